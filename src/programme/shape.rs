//! Reads the values of a programme file into their shapes.
//!
//! By hand and not by serde: toml's deserialiser is made anew for every shape, three hundred kilobytes of the
//! program in all, and its words would have to be turned into those of someone who edits the file.

use serde::de::Unexpected;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::programme::mistake::Wrong;

/// A value as it stands in the file.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A text with its place.
pub(super) type Text = Spanned<String>;

/// The rows of a table in the order in which they are written.
#[derive(Debug)]
pub(super) struct Rows<T>(pub Vec<(Text, T)>);

/// What a value of the file can be read into.
pub(super) trait Shape: Sized {
    /// Reads it, or says what else stands there.
    fn read(value: &Value<'_>) -> Result<Self, Wrong>;
}

/// Reads a whole file.
pub(super) fn document<T: Shape>(text: &str) -> Result<T, Wrong> {
    let root = DeTable::parse(text).map_err(|error| Wrong::unread(&error))?;
    T::read(&Spanned::new(root.span(), DeValue::Table(root.into_inner())))
}

/// A table that has no other keys than its shape.
pub(super) struct Table<'a> {
    rows: &'a DeTable<'a>,
    whole: &'a Value<'a>,
}

impl<'a> Table<'a> {
    /// Refuses a key that is none of these.
    pub fn of(whole: &'a Value<'a>, keys: &[&str]) -> Result<Self, Wrong> {
        let rows = table(whole)?;
        match rows.keys().find(|key| !keys.contains(&key.get_ref().as_ref())) {
            Some(key) => Err(Wrong::at(key, format!("unknown key (one of {})", keys.join(", ")))),
            None => Ok(Self { rows, whole }),
        }
    }

    /// Reads the value of a key, which must be there.
    pub fn take<T: Shape>(&self, key: &str) -> Result<T, Wrong> {
        T::read(self.value(key)?)
    }

    fn value(&self, key: &str) -> Result<&'a Value<'a>, Wrong> {
        self.rows.get(key).ok_or_else(|| Wrong::missing(self.whole, key))
    }
}

fn table<'a>(value: &'a Value<'a>) -> Result<&'a DeTable<'a>, Wrong> {
    value.get_ref().as_table().ok_or_else(|| other(value, "a table"))
}

fn list<'a>(value: &'a Value<'a>) -> Result<&'a [Value<'a>], Wrong> {
    let list = value.get_ref().as_array().ok_or_else(|| other(value, "a list in [ ]"))?;
    Ok(list)
}

/// The rows by their places: the TOML reader sorts keys by name, staff see them as they are written.
fn in_order<'a>(value: &'a Value<'a>) -> Result<Vec<(&'a Spanned<DeString<'a>>, &'a Value<'a>)>, Wrong> {
    let mut rows: Vec<_> = table(value)?.iter().collect();
    rows.sort_unstable_by_key(|(key, _)| key.span().start);
    Ok(rows)
}

/// Something else stands there than is wanted.
pub(super) fn other(value: &Value<'_>, wanted: &str) -> Wrong {
    let found = match value.get_ref() {
        DeValue::String(text) => Unexpected::Str(text),
        DeValue::Integer(number) => integer(number.as_str(), number.radix())
            .map_or(Unexpected::Other("integer of too many digits"), Unexpected::Signed),
        DeValue::Float(number) => Unexpected::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(word) => Unexpected::Bool(*word),
        DeValue::Datetime(_) => Unexpected::Other("date"),
        DeValue::Array(_) => Unexpected::Seq,
        DeValue::Table(_) => Unexpected::Map,
    };
    let found = found.to_string().replace('`', "");
    Wrong::at(value, format!("{found} stands here; write {wanted}"))
}

fn integer(digits: &str, radix: u32) -> Option<i64> {
    i64::from_str_radix(digits, radix).ok()
}

/// Reads a whole number that its type can hold.
pub(super) fn number<T: TryFrom<i64>>(value: &Value<'_>, wanted: &str) -> Result<T, Wrong> {
    let number = value.get_ref().as_integer().and_then(|it| integer(it.as_str(), it.radix()));
    number.and_then(|number| T::try_from(number).ok()).ok_or_else(|| other(value, wanted))
}

/// Reads one of the words that a key knows.
pub(super) fn word<T: Copy>(value: &Value<'_>, words: &[(&str, T)]) -> Result<T, Wrong> {
    let written = value.get_ref().as_str();
    let written = written.ok_or_else(|| Wrong::at(value, "write one of its words, in quotes"))?;
    let known = words.iter().find(|(word, _)| *word == written);
    known.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        Wrong::at(value, format!("unknown value \"{written}\" (one of {})", words.join(", ")))
    })
}

impl<T: Shape> Shape for Spanned<T> {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        Ok(Self::new(value.span(), T::read(value)?))
    }
}

impl<T: Shape> Shape for Rows<T> {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        let row = |(key, value): (&Spanned<DeString<'_>>, _)| {
            Ok((Spanned::new(key.span(), key.get_ref().to_string()), T::read(value)?))
        };
        in_order(value)?.into_iter().map(row).collect::<Result<_, _>>().map(Self)
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        list(value)?.iter().map(T::read).collect()
    }
}

impl<T: Shape> Shape for [T; 2] {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        match list(value)? {
            [first, second] => Ok([T::read(first)?, T::read(second)?]),
            _ => Err(other(value, "two texts in [ ]")),
        }
    }
}

impl Shape for String {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        let text = value.get_ref().as_str().ok_or_else(|| other(value, "a text in quotes"))?;
        Ok(text.to_owned())
    }
}

impl Shape for bool {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        value.get_ref().as_bool().ok_or_else(|| other(value, "true or false"))
    }
}

impl Shape for u32 {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        number(value, "a whole number, not negative and without quotes")
    }
}

impl Shape for u8 {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        number(value, "a whole number from 0 to 255")
    }
}
