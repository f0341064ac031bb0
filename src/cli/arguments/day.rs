//! `day`.

use clap::{Args, Subcommand};

use crate::cli::arguments::Stamp;
use crate::domain::day::parse_day;
use crate::paper::Width;

/// `day`.
#[derive(Debug, Subcommand)]
pub enum Day {
    /// Show a day's figures: what happened, money, shelf, and what is still to explain
    Show(Show),
    /// Close a day; its figures never change from then on
    Close(Close),
}

/// `day show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The day; today when absent
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub day: Option<chrono::NaiveDate>,
    /// How wide the sheet is: 80 or 42
    #[arg(long, default_value_t = Width::Page)]
    pub width: Width,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `day close`.
#[derive(Debug, Args)]
pub struct Close {
    /// The day; today when absent
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub day: Option<chrono::NaiveDate>,
    /// What became of what is still open: missing units, bookings, parked forms
    #[arg(long, value_name = "TEXT")]
    pub explain: Option<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}
