//! The hand-over receipt: which unit the customer takes home, and what was done to it.

use crate::paper::{Block, Head, Sheet};

/// What a hand-over receipt says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOver {
    /// The head.
    pub head: Head,
    /// The customer's name.
    pub customer: String,
    /// The product's name.
    pub product: String,
    /// The serial that is given.
    pub serial: String,
    /// What was done.
    pub done: String,
    /// The workshop's or the desk's words.
    pub result: String,
    /// What was paid.
    pub paid: String,
    /// Parts that are still owed; empty when none.
    pub owed: String,
}

/// The hand-over receipt as a paper.
#[must_use]
pub fn hand_over(values: HandOver) -> Sheet {
    let mut rows = vec![
        ("Customer", values.customer),
        ("Product", values.product),
        ("Serial", values.serial),
        ("Done", values.done),
        ("Result", values.result),
        ("Paid", values.paid),
    ];
    if !values.owed.is_empty() {
        rows.push(("Still to bring", values.owed));
    }
    let rows = rows.into_iter().map(|(label, value)| (label.to_owned(), value)).collect();
    Sheet {
        title: "Hand-over receipt".to_owned(),
        head: values.head,
        blocks: vec![
            Block::Rows(rows),
            Block::text("I have received the unit named above."),
            Block::Sign("Customer".to_owned()),
            Block::Sign("For the centre".to_owned()),
        ],
    }
}
