//! Names and phones as people type them: cleaned for storing, folded into words for search.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::domain::facts::Refusal;
use crate::domain::writing::Writing;

/// Characters that nobody sees, and that make two texts look the same or run backwards.
const fn unseen(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// So many of a thing, in words: one has no s.
#[must_use]
pub fn several(count: u64, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Cleans a text for storing: no control, bidi or zero-width characters, no blanks around it, NFC.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let bad = |c: char| unseen(c) || c.is_control();
    if !text.contains(bad) && is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    // A tab or a line break parted words, so a blank takes its place.
    let seen = text.chars().filter(|&c| !unseen(c)).map(|c| if c.is_control() { ' ' } else { c });
    let seen: String = seen.collect::<String>().nfc().collect();
    Cow::Owned(seen.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Cleans what a person wrote, and refuses more of it than its field takes.
pub fn written(what: Writing, text: &str) -> Result<Cow<'_, str>, Refusal> {
    let text = clean(text);
    what.fits(&text)?;
    Ok(text)
}

/// Splits a name into the words that search knows: lower case, without marks on Latin letters.
///
/// What stands after an apostrophe is a word of its own too, so that O'Neill is found as `neill`.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let folded = if name.is_ascii() { name.to_ascii_lowercase() } else { fold(name) };
    let parts = |c: char| !c.is_alphanumeric() && !is_apostrophe(c) && !is_combining_mark(c);
    for piece in folded.split(parts) {
        let whole: String = piece.chars().filter(|&c| !is_apostrophe(c)).collect();
        let after = piece.rsplit(is_apostrophe).next().filter(|after| after.len() < piece.len());
        for word in std::iter::once(whole.as_str()).chain(after.filter(|after| after.chars().count() > 1)) {
            if !word.is_empty() && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
    }
    words
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2BC}' | '`' | '\u{B4}')
}

/// Compatibility forms, lower case, and Latin, Greek and Cyrillic letters without their marks.
fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    // A text, since every other kind of iterator brings its own copy of the composer into the program.
    let seen: Cow<'_, str> =
        if name.contains(unseen) { name.chars().filter(|&c| !unseen(c)).collect() } else { name.into() };
    for c in seen.nfkc().flat_map(char::to_lowercase) {
        match c {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            '\u{300}'..='\u{36F}' => {}
            // Marks of other scripts make other letters (が is not か).
            '\u{C0}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}' => {
                decompose_canonical(c, |part| {
                    if !is_combining_mark(part) {
                        out.push(part);
                    }
                });
            }
            other => out.push(other),
        }
    }
    out
}

/// The ways in which a plan's number may stand in the file: as it was typed, and in capitals.
#[must_use]
pub fn numbers(typed: &str) -> Vec<String> {
    let typed = clean(typed).trim().to_owned();
    let capitals = typed.to_uppercase();
    let mut ways = vec![typed, capitals];
    ways.dedup();
    ways
}

/// The digits of a phone number.
#[must_use]
pub fn digits(phone: &str) -> String {
    if phone.is_ascii() {
        return phone.chars().filter(char::is_ascii_digit).collect();
    }
    phone.nfkc().filter(char::is_ascii_digit).collect()
}

/// The digits of a phone number, reversed: people know the end of it.
#[must_use]
pub fn phone_tail(phone: &str) -> Option<String> {
    let mut tail = String::with_capacity(phone.len());
    tail.extend(digits(phone).bytes().rev().map(char::from));
    (!tail.is_empty()).then_some(tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::plain("Liam Smith", &["liam", "smith"])]
    #[case::apostrophe("Liam O’Neill", &["liam", "oneill", "neill"])]
    #[case::marks("Zoë Łukasz-Müller", &["zoe", "lukasz", "muller"])]
    #[case::letters_of_their_own("Søren Æbelø Đorđe Weiß", &["soren", "aebelo", "dorde", "weiss"])]
    #[case::taken_apart("Zoe\u{308}", &["zoe"])]
    #[case::chinese("李娜", &["李娜"])]
    #[case::korean("김민준", &["김민준"])]
    #[case::voiced_kana_stay("ガンダム", &["ガンダム"])]
    #[case::half_width_kana("ｶﾞﾝﾀﾞﾑ", &["ガンダム"])]
    #[case::full_width("Ｌｉａｍ", &["liam"])]
    #[case::twice("Ann Ann", &["ann"])]
    #[case::nothing(" - ' ", &[])]
    fn a_name_becomes_its_words(#[case] name: &str, #[case] expected: &[&str]) {
        assert_eq!(words(name), expected);
    }

    #[rstest]
    #[case::untouched("Liam O’Neill", "Liam O’Neill")]
    #[case::blanks("  Liam ", "Liam")]
    #[case::bidi("Li\u{202E}am", "Liam")]
    #[case::zero_width("Li\u{200B}am\u{FEFF}", "Liam")]
    #[case::line_break("Liam\nSmith", "Liam Smith")]
    #[case::escape("a\u{1b}[31mb", "a [31mb")]
    #[case::composed("Zoe\u{308}", "Zoë")]
    fn a_text_is_cleaned_for_storing(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[rstest]
    #[case("+45 (309) 86-382", Some("2836890354"))]
    #[case("none", None)]
    #[case("０１２", Some("210"))]
    fn a_phone_becomes_its_digits_from_the_end(#[case] phone: &str, #[case] expected: Option<&str>) {
        assert_eq!(phone_tail(phone).as_deref(), expected);
    }
}
