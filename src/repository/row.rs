//! From columns to domain types: a value that does not parse is a fault that names table and key.

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::domain::day::parse_day;
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
