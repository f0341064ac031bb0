//! Papers: values in, plain text out. Papers never promise a "new" unit (C25).
//!
//! Knows nothing of the database; widths are cells, so that wide names line up.

mod certificate;
mod slip;
pub mod text;
mod why;

pub use certificate::{Certificate, certificate};
pub use slip::{Slip, slip};
pub use why::{Why, why};

use crate::paper::text::{pad, width, wrap};

/// What every paper says at its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The centre's name.
    pub site: String,
    /// The case's number.
    pub case: String,
    /// The moment, as the customer reads it.
    pub at: String,
    /// Whether it comes from a shop to learn in.
    pub practice: bool,
}

/// The clauses that matter, with their short texts.
pub type Clauses = Vec<(String, String)>;

/// Cells of a paper's line.
pub const WIDTH: usize = 80;

const LABEL: usize = 22;

/// The mark of a reprint, above the snapshot.
#[must_use]
pub fn copy(snapshot: &str, number: u32) -> String {
    format!("{:>WIDTH$}\n{snapshot}", format!("COPY {number}"))
}

fn head(head: &Head, title: &str) -> String {
    let mut lines = Vec::new();
    if head.practice {
        lines.push("*** PRACTICE - not a real paper ***".to_owned());
    }
    let gap = WIDTH.saturating_sub(width(&head.site) + width(&head.case));
    lines.push(format!("{}{}{}", head.site, " ".repeat(gap.max(1)), head.case));
    lines.push(rule('='));
    lines.push(title.to_uppercase());
    lines.push(head.at.clone());
    lines.push(String::new());
    lines.join("\n") + "\n"
}

fn rule(with: char) -> String {
    String::from(with).repeat(WIDTH)
}

/// The line between what was done and the clauses.
fn part_line() -> String {
    format!("\n{}\n", rule('-'))
}

/// One labelled value; a long one goes on under itself.
fn row(label: &str, value: &str) -> String {
    let mut lines = wrap(value, WIDTH - LABEL).into_iter();
    let first = format!("{}{}\n", pad(label, LABEL), lines.next().unwrap_or_default());
    lines.fold(first.trim_end().to_owned() + "\n", |mut text, line| {
        text.push_str(&" ".repeat(LABEL));
        text.push_str(&line);
        text.push('\n');
        text
    })
}

fn clauses(clauses: &Clauses) -> String {
    clauses.iter().map(|(id, text)| row(id, text)).collect()
}

fn signature(who: &str) -> String {
    format!("\n\n{}\n{who}\n", rule('_').chars().take(40).collect::<String>())
}
