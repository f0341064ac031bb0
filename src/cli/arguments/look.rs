//! `lookup` and `check`.

use clap::Args;

use crate::cli::arguments::{Format, Stamp};
use crate::domain::claim::{Cause, Owner};

/// `lookup`.
#[derive(Debug, Args)]
pub struct Lookup {
    /// Serial (whole, start, last four), case or plan number, phone or name
    pub text: String,
    /// List at most so many
    #[arg(long, value_name = "N", default_value_t = crate::desk::search::LIMIT)]
    pub limit: usize,
    #[command(flatten)]
    pub format: Format,
}

/// `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// The device's serial
    pub serial: String,
    /// Why it is broken
    #[arg(long, default_value = "accident")]
    pub cause: Cause,
    /// A damaged part; the part that carries the serial when absent
    #[arg(long = "part", value_name = "PART")]
    pub parts: Vec<String>,
    /// The day of the damage; today when absent
    #[arg(long, value_name = "DAY", value_parser = crate::domain::day::parse_day)]
    pub damaged_on: Option<chrono::NaiveDate>,
    /// Who brings it
    #[arg(long, default_value = "same")]
    pub owner: Owner,
    #[command(flatten)]
    pub stamp: Stamp,
}
