//! What happens to the counter as a whole: its name, and the files that the maker sends.

use serde::{Deserialize, Serialize};

/// The counter got its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The centre's name.
    pub site: String,
    /// Its region.
    pub region: String,
    /// The till's id.
    pub till: String,
    /// The till's number.
    pub number: u16,
}

/// A maker's file came in; it changed the registry only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Its kind.
    pub kind: String,
    /// SHA-256 of the file.
    pub digest: String,
    /// Rows read.
    pub rows: u64,
    /// Registry tables after it: rows and content digest, to find damage later.
    pub tables: Vec<(String, u64, String)>,
    /// Of a list of stock, how many of all its units had come in at the counter; an older program did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came_here: Option<u64>,
}

/// A maker's row contradicts what a living case did with a replacement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flagged {
    /// The case's id.
    pub case: String,
    /// The plan's number (plus has its own).
    pub plan: String,
    /// Which replacement.
    pub ordinal: u8,
    /// What the maker's row says was handed out; empty where it does not.
    pub new_serial: String,
    /// When.
    pub at: String,
}
