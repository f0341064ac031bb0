//! What serial numbers tell.

use toml::Spanned;

use crate::domain::edition::SerialShapes;
use crate::domain::product::Model;
use crate::programme::document::{Serial, Text};
use crate::programme::mistake::{Wrong, within};
use crate::programme::regions::model;

/// The shapes of serial numbers.
pub(super) fn shapes(written: &Serial, models: &[Model]) -> Result<SerialShapes, Wrong> {
    let mut product_codes = Vec::new();
    for (code, id) in &written.product_codes.0 {
        if code.get_ref().len() != 3 {
            return Err(Wrong::at(
                code,
                "a product code is the first three characters of a serial; write three",
            ));
        }
        product_codes.push((letters(code)?, model(id, models)?.as_str().to_owned()));
    }
    let dated_length = within(&written.dated_length, 7..=30)?;
    Ok(SerialShapes {
        dated_length: usize::try_from(dated_length).unwrap_or(usize::MAX),
        newer_prefix: letters(&written.newer_prefix)?,
        year_letters: row(&written.year_letters, 1..=34)?,
        first_year: year(&written.first_year)?,
        months: row(&written.months, 12..=12)?,
        days: row(&written.days, 31..=31)?,
        earliest_year: year(&written.earliest_year)?,
        product_codes,
    })
}

fn year(written: &Spanned<u32>) -> Result<i32, Wrong> {
    Ok(within(written, 1970..=9000)?.try_into().unwrap_or(i32::MAX))
}

/// Characters that a serial can have.
fn letters(written: &Text) -> Result<String, Wrong> {
    let text = written.get_ref();
    let fits = |c: char| c.is_ascii_digit() || (c.is_ascii_uppercase() && c != 'I' && c != 'O');
    if text.is_empty() || !text.chars().all(fits) {
        let problem = format!("\"{text}\" must be characters of a serial: 0-9 and A-Z without I and O");
        return Err(Wrong::at(written, problem));
    }
    Ok(text.clone())
}

/// A row of characters in which each stands for its place.
fn row(written: &Text, length: std::ops::RangeInclusive<usize>) -> Result<String, Wrong> {
    let text = letters(written)?;
    if !length.contains(&text.len()) {
        let (least, most) = (length.start(), length.end());
        let wanted = if least == most { most.to_string() } else { format!("{least} to {most}") };
        return Err(Wrong::at(written, format!("{} characters stand here; write {wanted}", text.len())));
    }
    match text.char_indices().find(|&(at, c)| text.chars().take(at).any(|earlier| earlier == c)) {
        Some((_, c)) => Err(Wrong::at(written, format!("the character {c} stands here twice; keep one"))),
        None => Ok(text),
    }
}
