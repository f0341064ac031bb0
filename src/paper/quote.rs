//! The quote and choice sheet: what is open, what is not and why, and what the customer chose.

use crate::paper::{Block, Clauses, Head, Sheet};

/// What a quote says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The head.
    pub head: Head,
    /// The customer's name.
    pub customer: String,
    /// The product's name.
    pub product: String,
    /// The serial.
    pub serial: String,
    /// What a technician found.
    pub finding: String,
    /// Each remedy with whether it is open, and why not.
    pub options: Vec<(String, String)>,
    /// What was chosen.
    pub choice: String,
    /// What it costs.
    pub price: String,
    /// Until when the price stands.
    pub valid: String,
    /// The clauses that matter.
    pub clauses: Clauses,
}

/// The quote and choice sheet as a paper.
#[must_use]
pub fn quote(values: Quote) -> Sheet {
    let above = Block::rows([
        ("Customer", &values.customer),
        ("Product", &values.product),
        ("Serial", &values.serial),
        ("We found", &values.finding),
    ]);
    let below = Block::rows([
        ("You chose", &values.choice),
        ("Price", &values.price),
        ("Price stands", &values.valid),
    ]);
    Sheet {
        title: "Quote and choice".to_owned(),
        head: values.head,
        blocks: vec![
            above,
            Block::Heading("What can be done".to_owned()),
            Block::Rows(values.options),
            Block::Heading("Your choice".to_owned()),
            below,
            Block::Line,
            Block::Clauses(values.clauses),
            Block::Sign("Customer".to_owned()),
        ],
    }
}
