//! The packing list: what goes back to the maker in one box.

use crate::paper::{Block, Column, Head, Sheet};

/// What a packing list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packing {
    /// The head.
    pub head: Head,
    /// Its number.
    pub number: String,
    /// Each item: serial, product, part, case.
    pub items: Vec<[String; 4]>,
}

/// The packing list as a paper.
#[must_use]
pub fn packing(values: Packing) -> Sheet {
    let columns =
        vec![Column::words("Serial"), Column::words("Product"), Column::words("Part"), Column::words("Case")];
    let count = values.items.len();
    let items = values.items.into_iter().map(Vec::from).collect();
    let number = ("Packing list".to_owned(), values.number);
    Sheet {
        title: "Packing list".to_owned(),
        head: values.head,
        blocks: vec![
            Block::Rows(vec![number, ("Items".to_owned(), count.to_string())]),
            Block::Line,
            Block::Table(columns, items),
            Block::Sign("Packed by".to_owned()),
        ],
    }
}
