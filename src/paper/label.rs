//! The label that is stuck on a unit while it is here.

use crate::paper::{Block, Head, Sheet};

/// What a label says; nothing that a passer-by should read beside the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The head.
    pub head: Head,
    /// The customer's name.
    pub customer: String,
    /// The product's name.
    pub product: String,
    /// The serial.
    pub serial: String,
    /// The parts that are here.
    pub parts: String,
}

/// The label as a paper.
#[must_use]
pub fn label(values: Label) -> Sheet {
    let rows = Block::rows([
        ("Customer", &values.customer),
        ("Product", &values.product),
        ("Serial", &values.serial),
        ("Parts", &values.parts),
    ]);
    Sheet { title: "Label".to_owned(), head: values.head, blocks: vec![rows] }
}
