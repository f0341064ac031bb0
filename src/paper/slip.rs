//! The intake slip: what was taken in, from whom, and in which condition it is.

use crate::paper::{Block, Head, Sheet};

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
    /// What the unit looked like, where it was noted.
    pub condition: Option<String>,
    /// What the desk can say now.
    pub verdict: String,
    /// The clauses that matter.
    pub clauses: crate::paper::Clauses,
}

/// The intake slip as a paper.
#[must_use]
pub fn slip(values: Slip) -> Sheet {
    let mut rows = vec![
        ("Customer", values.customer),
        ("Reached at", values.contact),
        ("Product", values.product),
        ("Serial", values.serial),
        ("Care plan", values.plan),
        ("Parts here", values.parts),
    ];
    rows.extend(values.condition.map(|seen| ("Condition", seen)));
    rows.extend([("In your words", values.said), ("So far", values.verdict)]);
    let rows = rows.into_iter().map(|(label, value)| (label.to_owned(), value)).collect();
    let keep = "A technician's finding may change what is covered. Please keep this slip: the unit is handed \
                out against it.";
    Sheet {
        title: "Intake slip".to_owned(),
        head: values.head,
        blocks: vec![
            Block::Rows(rows),
            Block::Line,
            Block::Clauses(values.clauses),
            Block::text(keep),
            Block::Sign("Customer".to_owned()),
        ],
    }
}
