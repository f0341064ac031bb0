//! The replacement certificate: old serial, new serial, what is left, and that no date moved.

use crate::paper::{Head, clauses, head, part_line, row, signature};

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

/// Renders the replacement certificate.
#[must_use]
pub fn certificate(values: &Certificate) -> String {
    let mut text = head(&values.head, "Replacement certificate");
    for (label, value) in [
        ("Customer", &values.customer),
        ("Product", &values.product),
        ("Old serial", &values.old),
        ("New serial", &values.new),
        ("Care plan", &values.plan),
        ("This replacement", &values.ordinal),
        ("Left on the plan", &values.balance),
        ("Plan ends", &values.ends),
        ("Warranty", &values.warranty),
        ("Fee", &values.fee),
    ] {
        text.push_str(&row(label, value));
    }
    text.push_str(&part_line());
    text.push_str(&clauses(&values.clauses));
    text.push_str("\nThe unit handed out is new or equivalent to new.\n");
    text.push_str(&signature("For the centre"));
    text
}
