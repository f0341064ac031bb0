//! A day that was closed, and papers that belong to no case.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::event::{Apart, Way};

/// A day was closed; its figures never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayClosed {
    /// The day.
    pub day: NaiveDate,
    /// The figures, as JSON.
    pub figures: String,
    /// What was open, explained.
    pub explained: Option<Apart>,
}

/// A paper that belongs to no case was made, or printed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPrinted {
    /// The paper's id.
    pub sheet: String,
    /// Its kind.
    pub kind: String,
    /// The day or the packing list it is about.
    pub subject: String,
    /// The snapshot.
    pub text: Apart,
    /// 0 is the original, 1 the first copy.
    pub copy: u32,
    /// How it went out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
}
