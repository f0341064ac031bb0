//! From columns to domain types: a value that does not parse is a fault that names table and key.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::domain::day::parse_day;
use crate::domain::stock::State;
use crate::repository::Fault;

/// Parses a stored text.
pub fn parsed<T: FromStr<Err: Display>>(table: &'static str, key: &str, text: &str) -> Result<T, Fault> {
    text.parse().map_err(|problem: T::Err| broken(table, key, problem))
}

/// Parses a stored day.
pub fn day(table: &'static str, key: &str, text: &str) -> Result<NaiveDate, Fault> {
    parse_day(text).map_err(|problem| broken(table, key, problem))
}

/// Names a row that cannot be read.
pub fn broken(table: &'static str, key: &str, problem: impl Display) -> Fault {
    Fault::Row { table, key: key.to_owned(), problem: problem.to_string() }
}

/// Names the row of a query whose column does not parse; other errors stay what they are.
pub fn named(table: &'static str, key: &str) -> impl Fn(rusqlite::Error) -> Fault {
    move |cause| match cause {
        rusqlite::Error::FromSqlConversionFailure(_, _, problem) => broken(table, key, problem),
        other => other.into(),
    }
}

impl FromSql for State {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|unknown| FromSqlError::Other(Box::new(unknown)))
    }
}
