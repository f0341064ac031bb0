//! The replacement certificate: old serial, new serial, what is left, and that no date moved.

use crate::paper::{Block, Head, Sheet};

/// What a replacement certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The head.
    pub head: Head,
    /// The customer's name.
    pub customer: String,
    /// The product's name.
    pub product: String,
    /// The old serial.
    pub old: String,
    /// The new serial, or the parts replaced where the serial stays.
    pub new: String,
    /// The plan's number.
    pub plan: String,
    /// Which replacement it was, in words.
    pub ordinal: String,
    /// What is left, in words.
    pub balance: String,
    /// The plan's last day, unchanged.
    pub ends: String,
    /// The warranty's end, unchanged.
    pub warranty: String,
    /// What was paid.
    pub fee: String,
    /// The clauses that matter.
    pub clauses: crate::paper::Clauses,
}

/// The replacement certificate as a paper.
#[must_use]
pub fn certificate(values: Certificate) -> Sheet {
    let rows = Block::rows([
        ("Customer", &values.customer),
        ("Product", &values.product),
        ("Old serial", &values.old),
        ("New serial", &values.new),
        ("Care plan", &values.plan),
        ("Replacement", &values.ordinal),
        ("Left on plan", &values.balance),
        ("Plan ends", &values.ends),
        ("Warranty", &values.warranty),
        ("Fee", &values.fee),
    ]);
    Sheet {
        title: "Replacement certificate".to_owned(),
        head: values.head,
        blocks: vec![
            rows,
            Block::Line,
            Block::Clauses(values.clauses),
            Block::text("The unit handed out is new or equivalent to new."),
            Block::Sign("For the centre".to_owned()),
        ],
    }
}
