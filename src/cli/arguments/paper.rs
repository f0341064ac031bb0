//! `paper`.

use std::str::FromStr;

use clap::Args;

use crate::cli::File;
use crate::cli::arguments::Stamp;
use crate::desk::print::Kind;
use crate::domain::claim::UnknownWord;
use crate::paper::Width;

/// `paper`.
#[derive(Debug, Args)]
pub struct Paper {
    /// slip, quote, certificate, receipt, hand-over, refusal or label of a case; day or packing
    pub kind: Wanted,
    /// The case's number; for `day` the day, for `packing` the packing list's number
    #[arg(value_name = "CASE")]
    pub subject: String,
    /// How wide: 80 for a page, 42 for a roll; the config's when absent
    #[arg(long)]
    pub width: Option<Width>,
    /// Write it to this file; standard output when absent
    #[arg(long, value_name = "FILE")]
    pub out: Option<File>,
    /// Send it to the printer
    #[arg(long)]
    pub print: bool,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// A paper of a case or of none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A case's.
    Case(Kind),
    /// A day's sheet.
    Day,
    /// A packing list.
    Packing,
}

impl Wanted {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case(kind) => kind.as_str(),
            Self::Day => "day",
            Self::Packing => "packing",
        }
    }
}

impl FromStr for Wanted {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "day" => Ok(Self::Day),
            "packing" => Ok(Self::Packing),
            _ => text.parse().map(Self::Case).map_err(|_| {
                let known = Kind::ALL.iter().map(|kind| kind.as_str());
                let known: Vec<&str> = known.chain(["day", "packing"]).collect();
                UnknownWord::new("paper", text, &known)
            }),
        }
    }
}
