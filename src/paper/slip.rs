//! The intake slip: what was taken in, from whom, and in which condition it was told to be.

use crate::paper::{Head, clauses, head, part_line, row, signature};

/// What an intake slip says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The head.
    pub head: Head,
    /// The customer's name.
    pub customer: String,
    /// How to reach them.
    pub contact: String,
    /// Serial of the unit, or that it cannot be read.
    pub serial: String,
    /// The product's name.
    pub product: String,
    /// The plan and what is left on it, in words.
    pub plan: String,
    /// The customer's words.
    pub said: String,
    /// The parts handed in, in words.
    pub parts: String,
    /// What the desk can say now.
    pub verdict: String,
    /// The clauses that matter.
    pub clauses: crate::paper::Clauses,
}

/// Renders the intake slip.
#[must_use]
pub fn slip(values: &Slip) -> String {
    let mut text = head(&values.head, "Intake slip");
    for (label, value) in [
        ("Customer", &values.customer),
        ("Reached at", &values.contact),
        ("Product", &values.product),
        ("Serial", &values.serial),
        ("Care plan", &values.plan),
        ("Parts handed in", &values.parts),
        ("In your words", &values.said),
        ("As it looks now", &values.verdict),
    ] {
        text.push_str(&row(label, value));
    }
    text.push_str(&part_line());
    text.push_str(&clauses(&values.clauses));
    text.push_str(
        "\nA technician's finding may change what is covered. Please keep this slip:\nthe unit is handed out against it.\n",
    );
    text.push_str(&signature("Customer"));
    text
}
