//! Product serial numbers: normalising, shape, look-alike letters.
//!
//! What the characters mean (manufacture date, product code) stands with the edition's
//! [`serial shapes`](crate::domain::edition::SerialShapes).

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A product's serial number: blanks and hyphens dropped, upper-cased, 14 or 20 characters of
/// `0`–`9` and `A`–`Z` without `I` and `O`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(String);

/// Why a text is not a serial number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadSerial {
    /// Nothing but blanks.
    #[error("the serial number is empty")]
    Empty,
    /// Twelve or thirteen digits.
    #[error("\"{0}\" is the product's barcode; scan the serial")]
    Barcode(String),
    /// 10–13 or 15–19 characters of the right alphabet.
    #[error("\"{0}\" has {1} characters, a serial has 14 or 20: cut off?")]
    CutOff(String, usize),
    /// The right length, but with letters no serial has.
    #[error("\"{0}\" has {1}, which no serial has{2}")]
    LookAlike(String, String, Suggestion),
    /// Anything else.
    #[error("\"{0}\" is not a serial number (14 or 20 characters, 0-9 and A-Z without I and O)")]
    Shape(String),
}

/// The serial that may have been meant; written as a half-sentence, empty when there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion(Option<Serial>);

impl fmt::Display for Suggestion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |serial| write!(out, "; did you mean {serial}?"))
    }
}

impl BadSerial {
    /// Why a text that was meant as a serial is none, where more can be said than that: a barcode, one that is cut
    /// off, a letter that no serial has.
    #[must_use]
    pub fn nearly(text: &str) -> Option<Self> {
        let bad = text.parse::<Serial>().err()?;
        matches!(bad, Self::Barcode(_) | Self::CutOff(..) | Self::LookAlike(..)).then_some(bad)
    }

    /// The serial that may have been meant, never applied in silence.
    #[must_use]
    pub fn suggestion(&self) -> Option<&Serial> {
        match self {
            Self::LookAlike(_, _, Suggestion(serial)) => serial.as_ref(),
            Self::Empty | Self::Barcode(_) | Self::CutOff(..) | Self::Shape(_) => None,
        }
    }
}

/// Drops blanks and hyphens and upper-cases, as typed and scanned input needs it.
#[must_use]
pub fn normalise(text: &str) -> String {
    // What is stored or scanned has nothing to drop.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_ascii_uppercase();
    }
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Tells whether `c` may stand in a serial number.
#[must_use]
pub fn in_alphabet(c: char) -> bool {
    c.is_ascii_digit() || (c.is_ascii_uppercase() && c != 'I' && c != 'O')
}

impl Serial {
    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last four characters, which staff type to confirm.
    #[must_use]
    pub fn last_four(&self) -> String {
        let skip = self.0.chars().count().saturating_sub(4);
        self.0.chars().skip(skip).collect()
    }

    /// Serials that differ from this one in a single look-alike pair (B/8, S/5, Z/2, G/6).
    #[must_use]
    pub fn look_alikes(&self) -> Vec<Self> {
        let pair = |c| match c {
            'B' => Some('8'),
            '8' => Some('B'),
            'S' => Some('5'),
            '5' => Some('S'),
            'Z' => Some('2'),
            '2' => Some('Z'),
            'G' => Some('6'),
            '6' => Some('G'),
            _ => None,
        };
        let swapped = |at: usize| -> Option<Self> {
            let other = pair(self.0.chars().nth(at)?)?;
            Some(Self(self.0.chars().enumerate().map(|(i, c)| if i == at { other } else { c }).collect()))
        };
        (0..self.0.len()).filter_map(swapped).collect()
    }
}

impl FromStr for Serial {
    type Err = BadSerial;

    fn from_str(text: &str) -> Result<Self, BadSerial> {
        // Nearly every serial comes from the file, where it stands as it should.
        if matches!(text.len(), 14 | 20) && text.bytes().all(|byte| in_alphabet(char::from(byte))) {
            return Ok(Self(text.to_owned()));
        }
        let clean = normalise(text);
        let length = clean.chars().count();
        let all_digits = clean.bytes().all(|byte| byte.is_ascii_digit());
        if length == 0 {
            return Err(BadSerial::Empty);
        }
        if matches!(length, 12 | 13) && all_digits {
            return Err(BadSerial::Barcode(clean));
        }
        if clean.chars().all(in_alphabet) {
            return match length {
                14 | 20 => Ok(Self(clean)),
                10..=19 => Err(BadSerial::CutOff(clean, length)),
                _ => Err(BadSerial::Shape(clean)),
            };
        }
        if matches!(length, 14 | 20) && clean.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Err(look_alike(clean));
        }
        Err(BadSerial::Shape(clean.chars().take(40).collect()))
    }
}

/// The refusal for a text whose only fault is an `I` or an `O`.
fn look_alike(clean: String) -> BadSerial {
    let meant = clean.replace('I', "1").replace('O', "0");
    let letters = match (clean.contains('I'), clean.contains('O')) {
        (true, true) => "the letters I and O",
        (true, false) => "the letter I",
        (false, _) => "the letter O",
    };
    BadSerial::LookAlike(clean, letters.to_owned(), Suggestion(Some(Serial(meant))))
}

impl fmt::Display for Serial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl AsRef<str> for Serial {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case::as_printed("08QDE5J01200B3")]
    #[case::typed_with_blanks_and_hyphens(" 08q-de5j 0120 0b3 ")]
    #[case::with_a_typographic_hyphen("08Q\u{2011}DE5J01200B3")]
    fn typed_input_becomes_the_same_serial(#[case] text: &str) {
        assert_eq!(text.parse::<Serial>().unwrap().as_str(), "08QDE5J01200B3");
    }

    #[rstest]
    #[case::twelve_digits("190021000001", BadSerial::Barcode("190021000001".into()))]
    #[case::thirteen_digits("6958265132001", BadSerial::Barcode("6958265132001".into()))]
    #[case::thirteen_but_letters("08QDE5J01200B", BadSerial::CutOff("08QDE5J01200B".into(), 13))]
    #[case::fifteen("08QDE5J01200B34", BadSerial::CutOff("08QDE5J01200B34".into(), 15))]
    #[case::nine("08QDE5J01", BadSerial::Shape("08QDE5J01".into()))]
    #[case::twenty_one("1581F0000000000000001", BadSerial::Shape("1581F0000000000000001".into()))]
    #[case::blank("  - ", BadSerial::Empty)]
    fn another_shape_is_named(#[case] text: &str, #[case] problem: BadSerial) {
        assert_eq!(text.parse::<Serial>(), Err(problem));
    }

    #[test]
    fn the_letters_i_and_o_are_offered_as_digits_never_applied() {
        let refused = "O8QDE5JI1200B3".parse::<Serial>().unwrap_err();
        assert_eq!(refused.suggestion().map(Serial::as_str), Some("08QDE5J11200B3"));
        assert_eq!(
            refused.to_string(),
            "\"O8QDE5JI1200B3\" has the letters I and O, which no serial has; did you mean 08QDE5J11200B3?"
        );
    }

    #[test]
    fn twenty_characters_are_the_newer_shape() {
        assert!("1581F0000000000000B3".parse::<Serial>().is_ok());
    }

    #[test]
    fn look_alikes_differ_in_one_pair() {
        let serial: Serial = "08QDE5J01200B3".parse().unwrap();
        let near: Vec<_> = serial.look_alikes().iter().map(|s| s.as_str().to_owned()).collect();
        assert_eq!(near, ["0BQDE5J01200B3", "08QDESJ01200B3", "08QDE5J01Z00B3", "08QDE5J0120083"]);
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_prints_back(text in "\\PC{0,40}") {
            if let Ok(serial) = text.parse::<Serial>() {
                prop_assert_eq!(serial.to_string().parse::<Serial>().unwrap(), serial);
            }
        }
    }
}
