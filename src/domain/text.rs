//! Values that facts and files write as a text: read where the text stands, without a copy of it.

use std::fmt::{self, Display};
use std::str::FromStr;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Reads a text by its type's own words.
pub fn parsed<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: Display>,
{
    read(from, str::parse)
}

/// Reads a text by a function.
pub fn read<'de, D, T, E>(from: D, parse: impl Fn(&str) -> Result<T, E>) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: Display,
{
    let mut value = None;
    let mut take = |text: &str| {
        value = Some(parse(text).map_err(|bad| bad.to_string())?);
        Ok(())
    };
    // One body for each format, whatever is read.
    from.deserialize_str(Text(&mut take))?;
    value.ok_or_else(|| D::Error::custom("no text"))
}

struct Text<'a>(&'a mut dyn FnMut(&str) -> Result<(), String>);

impl Visitor<'_> for Text<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        (self.0)(text).map_err(E::custom)
    }
}
