//! The receipt: every line of money of a case, paid and paid back, and that it balances.

use crate::paper::{Block, Column, Head, Sheet};

/// What a receipt says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The head.
    pub head: Head,
    /// The customer's name.
    pub customer: String,
    /// What it is for.
    pub purpose: String,
    /// What it costs in all.
    pub fee: String,
    /// Each line: when, what, how, how much, why.
    pub lines: Vec<Entry>,
    /// What was paid, less what was paid back.
    pub net: String,
    /// What the centre let go; empty when nothing.
    pub waived: String,
    /// What is still due.
    pub due: String,
}

/// A line of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: String,
    /// Paid, paid back or let go.
    pub what: String,
    /// Card, cash or other.
    pub how: String,
    /// How much, with its sign.
    pub amount: String,
}

/// The receipt as a paper; the reasons of staff stay inside.
#[must_use]
pub fn receipt(values: Receipt) -> Sheet {
    let columns =
        vec![Column::words("When"), Column::words("What"), Column::words("How"), Column::numbers("Amount")];
    let lines =
        values.lines.into_iter().map(|line| vec![line.at, line.what, line.how, line.amount]).collect();
    let above =
        Block::rows([("Customer", &values.customer), ("For", &values.purpose), ("Costs", &values.fee)]);
    let mut sums = vec![("Paid".to_owned(), values.net)];
    if !values.waived.is_empty() {
        sums.push(("Not charged".to_owned(), values.waived));
    }
    sums.push(("Still due".to_owned(), values.due));
    Sheet {
        title: "Receipt".to_owned(),
        head: values.head,
        blocks: vec![
            above,
            Block::Line,
            Block::Table(columns, lines),
            Block::Line,
            Block::Rows(sums),
            Block::Sign("For the centre".to_owned()),
        ],
    }
}
