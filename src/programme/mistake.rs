//! What is wrong with a programme file, on one line.

use std::fmt;
use std::ops::{Range, RangeInclusive};
use std::string::FromUtf8Error;

use thiserror::Error;
use toml::Spanned;

use crate::programme::place::Place;

/// What is wrong with a programme file, where, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.sentence())]
pub struct BadProgramme {
    /// The file, or the folder.
    pub file: String,
    /// The line, counted from 1; none when the file as a whole is wrong.
    pub line: Option<usize>,
    /// The dotted key, such as `bind.rebind`; empty when no key can be named.
    pub key: String,
    /// What is wrong and what to do.
    pub problem: String,
}

/// A mistake at a place of the text, before the place has its line and key.
#[derive(Debug)]
pub(super) struct Wrong {
    at: Range<usize>,
    below: Option<String>,
    problem: String,
}

impl BadProgramme {
    /// The file as a whole is wrong.
    pub(super) fn whole(file: &str, problem: String) -> Self {
        Self { file: file.to_owned(), line: None, key: String::new(), problem }
    }

    /// The file is in another encoding: told with the line of the first byte that shows it.
    pub(super) fn encoding(file: &str, bad: &FromUtf8Error) -> Self {
        let valid = bad.as_bytes().iter().take(bad.utf8_error().valid_up_to());
        let line = 1 + valid.filter(|byte| **byte == b'\n').count();
        let problem = "is not UTF-8 here: save the file as UTF-8".to_owned();
        Self { file: file.to_owned(), line: Some(line), key: String::new(), problem }
    }

    /// A check found a mistake.
    pub(super) fn wrong(file: &str, text: &str, wrong: Wrong) -> Self {
        let Place { line, key } = Place::of(text, &wrong.at);
        let key = match wrong.below {
            Some(below) if key.is_empty() => below,
            Some(below) => format!("{key}.{below}"),
            None => key,
        };
        Self { file: file.to_owned(), line: Some(line), key, problem: wrong.problem }
    }

    fn sentence(&self) -> String {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        let key = if self.key.is_empty() { String::new() } else { format!("{}: ", self.key) };
        let all = format!("{}{line}: {key}{}", self.file, self.problem);
        // A value quoted from the file may hold a line break; the answer stays one line.
        all.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
    }
}

impl Wrong {
    /// The TOML reader refused the text.
    pub fn unread(error: &toml::de::Error) -> Self {
        let problem = match error.message() {
            "duplicate key" => "stands here twice; keep one".to_owned(),
            message => format!("{message}; correct this line"),
        };
        Self { at: error.span().unwrap_or(0..0), below: None, problem }
    }

    /// A mistake in this value.
    pub fn at<T>(value: &Spanned<T>, problem: impl fmt::Display) -> Self {
        Self { at: value.span(), below: None, problem: problem.to_string() }
    }

    /// A key that is missing in this table.
    pub fn missing<T>(table: &Spanned<T>, key: &str) -> Self {
        Self {
            at: table.span(),
            below: Some(key.to_owned()),
            problem: "this key is missing; add it".to_owned(),
        }
    }

    /// An id that nothing in the file has.
    pub fn unknown<'a>(what: &str, id: &Spanned<String>, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        Self::at(id, format!("unknown {what} \"{}\" (one of {})", id.get_ref(), known.join(", ")))
    }

    /// Something that may stand only once.
    pub fn twice(what: &str, value: &Spanned<String>) -> Self {
        Self::at(value, format!("the {what} \"{}\" stands here twice; keep one", value.get_ref()))
    }
}

/// Takes a number that lies in the range.
pub(super) fn within(value: &Spanned<u32>, range: RangeInclusive<u32>) -> Result<u32, Wrong> {
    let (least, most) = (range.start(), range.end());
    let problem = || Wrong::at(value, format!("{} is out of range ({least} to {most})", value.get_ref()));
    Some(*value.get_ref()).filter(|number| range.contains(number)).ok_or_else(problem)
}

/// Takes a number of replacements.
pub(super) fn count(value: &Spanned<u8>) -> Result<u8, Wrong> {
    let problem = || Wrong::at(value, format!("{} is out of range (1 to 99)", value.get_ref()));
    Some(*value.get_ref()).filter(|number| (1..=99).contains(number)).ok_or_else(problem)
}

/// Takes a text that says something.
pub(super) fn said(value: &Spanned<String>) -> Result<String, Wrong> {
    match value.get_ref().trim() {
        "" => Err(Wrong::at(value, "this text is empty; write it")),
        text => Ok(text.to_owned()),
    }
}

/// Takes an id: small letters, digits and hyphens.
pub(super) fn id_shape(value: &Spanned<String>) -> Result<String, Wrong> {
    let id = value.get_ref();
    let fits = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if id.is_empty() || !fits {
        return Err(Wrong::at(value, format!("\"{id}\" is no id (small letters, digits and hyphens)")));
    }
    Ok(id.clone())
}

/// Reads a word through the type's own words.
pub(super) fn parsed<T>(value: &Spanned<String>) -> Result<T, Wrong>
where
    T: std::str::FromStr<Err: fmt::Display>,
{
    value.get_ref().parse().map_err(|error| Wrong::at(value, error))
}

/// Refuses a list that names something twice.
pub(super) fn once(what: &str, list: &[Spanned<String>]) -> Result<(), Wrong> {
    for (at, one) in list.iter().enumerate() {
        if list.iter().take(at).any(|earlier| earlier.get_ref() == one.get_ref()) {
            return Err(Wrong::twice(what, one));
        }
    }
    Ok(())
}
