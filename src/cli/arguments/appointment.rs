//! `appointment`.

use chrono::{DateTime, FixedOffset, NaiveDate};
use clap::{Args, Subcommand};

use crate::cli::arguments::{Plain, Stamp};
use crate::domain::day::{parse_day, parse_instant};

/// `appointment`.
#[derive(Debug, Subcommand)]
pub enum Appointment {
    /// Book a slot for a recorded case
    Book(At),
    /// Put a case's appointment to another slot
    Move(At),
    /// Call a case's appointment off
    Cancel(Plain),
    /// Note that nobody came
    NoShow(Plain),
    /// Show the line of a day in the order in which people are served
    List(List),
}

/// A case and a slot.
#[derive(Debug, Args)]
pub struct At {
    /// The case's number
    pub case: String,
    /// When the visit begins, with this counter's offset (2020-03-03T10:00:00-08:00)
    #[arg(long, value_name = "INSTANT", value_parser = parse_instant)]
    pub slot: DateTime<FixedOffset>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `appointment list`.
#[derive(Debug, Args)]
pub struct List {
    /// The day; today when absent
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub day: Option<NaiveDate>,
    #[command(flatten)]
    pub stamp: Stamp,
}
