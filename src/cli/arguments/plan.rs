//! The words of `plan`.

use chrono::{DateTime, FixedOffset};
use clap::{Args, Subcommand};

use crate::cli::arguments::Stamp;
use crate::domain::facts::{Notice, ProductGoes};
use crate::domain::product::Condition;

/// `plan`.
#[derive(Debug, Subcommand)]
pub enum Plan {
    /// Decide whether a plan can be bound, and how long; nothing is stored
    Check(Check),
    /// Sell a plan for a product
    Bind(Bind),
    /// Sell plus for a plan
    Extend(Extend),
    /// Take a plan back with its product
    Return(Return),
    /// Write down a notice of the maker that the customer shows
    Notice(Told),
    /// Show a plan with its plus, balance and history
    Show(Show),
}

/// A unit as seen at the counter.
#[derive(Debug, Args)]
pub struct Seen {
    /// The product's serial
    pub serial: String,
    /// Its packaging: sealed or opened
    #[arg(long, value_name = "sealed|opened", value_parser = condition)]
    pub condition: Option<Condition>,
    /// Damage is seen on it
    #[arg(long)]
    pub damaged: bool,
}

/// `plan check`.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub seen: Seen,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `plan bind`.
#[derive(Debug, Args)]
pub struct Bind {
    #[command(flatten)]
    pub seen: Seen,
    /// The number on the new agreement
    #[arg(long, value_name = "P")]
    pub number: String,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `plan extend`.
#[derive(Debug, Args)]
pub struct Extend {
    /// The plan's number
    pub plan: String,
    /// The number of plus
    #[arg(long, value_name = "P2")]
    pub number: String,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `plan return`.
#[derive(Debug, Args)]
pub struct Return {
    /// The plan's number
    pub plan: String,
    /// Whether the product is returned too: yes or no
    #[arg(long, value_name = "yes|no", value_parser = goes)]
    pub product_returned: ProductGoes,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `plan notice`.
#[derive(Debug, Args)]
pub struct Told {
    /// The product's serial
    pub serial: String,
    /// repair-invitation, video-approved, video-rejected or video-pending
    pub kind: Notice,
    /// When the maker sent it; now when absent
    #[arg(long, value_name = "INSTANT", value_parser = crate::domain::day::parse_instant)]
    pub issued_at: Option<DateTime<FixedOffset>>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `plan show`.
#[derive(Debug, Args)]
pub struct Show {
    /// The plan's number
    pub plan: String,
    #[command(flatten)]
    pub stamp: Stamp,
}

fn condition(text: &str) -> Result<Condition, String> {
    match text {
        "sealed" => Ok(Condition::Sealed),
        "opened" => Ok(Condition::Opened),
        _ => Err("write sealed or opened".to_owned()),
    }
}

fn goes(text: &str) -> Result<ProductGoes, String> {
    match text {
        "yes" => Ok(ProductGoes::Back),
        "no" => Ok(ProductGoes::Stays),
        _ => Err("write yes or no".to_owned()),
    }
}
