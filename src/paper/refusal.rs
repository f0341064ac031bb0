//! The refusal note: what was found, which clause stands against it, what the customer can do.

use crate::paper::{Block, Clauses, Head, Sheet};

/// What a refusal note says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The head.
    pub head: Head,
    /// The customer's name.
    pub customer: String,
    /// The product's name.
    pub product: String,
    /// The serial.
    pub serial: String,
    /// What was asked for.
    pub asked: String,
    /// What stands against it: clause ids and sentence.
    pub because: Vec<(String, String)>,
    /// What the customer can do.
    pub instead: Vec<String>,
    /// The clauses that matter.
    pub clauses: Clauses,
}

/// The refusal note as a paper.
#[must_use]
pub fn refusal(values: Refusal) -> Sheet {
    let above = Block::rows([
        ("Customer", &values.customer),
        ("Product", &values.product),
        ("Serial", &values.serial),
        ("You asked for", &values.asked),
    ]);
    let mut blocks = vec![
        above,
        Block::Heading("Why the plan does not cover it".to_owned()),
        Block::Rows(values.because),
        Block::Heading("What you can do".to_owned()),
    ];
    let numbered = values.instead.into_iter().zip(1..).map(|(say, at)| (format!("{at}."), say));
    blocks.push(Block::Rows(numbered.collect()));
    blocks.extend([Block::Line, Block::Clauses(values.clauses), Block::Sign("For the centre".to_owned())]);
    Sheet { title: "Note of refusal".to_owned(), head: values.head, blocks }
}
