//! A paper as a document: what it says, not how wide. The stored snapshot is this; every print renders it.

use serde::{Deserialize, Serialize};

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What it is, in words.
    pub title: String,
    /// What every paper says at its head.
    pub head: Head,
    /// What it says, from top to bottom.
    pub blocks: Vec<Block>,
}

/// What every paper says at its head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The centre's name.
    pub site: String,
    /// The case's number; printed as a QR code too. A paper of no case has none.
    pub case: Option<String>,
    /// The moment and the person, as the customer reads it.
    pub at: String,
    /// Whether it comes from a shop to learn in.
    pub practice: bool,
}

/// A piece of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Labels with their values.
    Rows(Vec<(String, String)>),
    /// A sentence or more.
    Text(String),
    /// A heading over what follows.
    Heading(String),
    /// A list with columns; the first line is their names.
    Table(Vec<Column>, Vec<Vec<String>>),
    /// The clauses that matter, with their short texts.
    Clauses(Vec<(String, String)>),
    /// A line across.
    Line,
    /// A line for a signature, and whose.
    Sign(String),
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Which side its values stand on.
    pub side: Side,
}

/// The side on which a column's values stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Words.
    Left,
    /// Numbers and money.
    Right,
}

impl Column {
    /// A column of words.
    pub fn words(name: impl Into<String>) -> Self {
        Self { name: name.into(), side: Side::Left }
    }

    /// A column of numbers.
    pub fn numbers(name: impl Into<String>) -> Self {
        Self { name: name.into(), side: Side::Right }
    }
}

impl Block {
    /// Labels with their values.
    #[must_use]
    pub fn rows<const N: usize>(rows: [(&str, &String); N]) -> Self {
        Self::Rows(rows.into_iter().map(|(label, value)| (label.to_owned(), value.clone())).collect())
    }

    /// A sentence.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}
