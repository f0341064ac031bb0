//! The day sheet: what happened on a day, and that money and shelf balance.

use crate::paper::{Block, Column, Head, Sheet};

/// What a day sheet says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySheet {
    /// The head.
    pub head: Head,
    /// The day, and whether it is closed.
    pub day: String,
    /// What happened, with how often.
    pub counts: Vec<(String, String)>,
    /// Replacements: product, which one, how many.
    pub replacements: Vec<[String; 3]>,
    /// Money: how, taken, paid back, net.
    pub money: Vec<[String; 4]>,
    /// What takes two persons or a reason: what, case, both names, why.
    pub watched: Vec<[String; 4]>,
    /// The shelf: a word and a number each.
    pub shelf: Vec<(String, String)>,
    /// Parts that customers still owe: case and parts.
    pub owed: Vec<(String, String)>,
    /// What is or was open.
    pub open: Vec<String>,
    /// What was said about it.
    pub explained: String,
    /// The journal's newest line.
    pub journal: String,
}

/// The day sheet as a paper.
#[must_use]
pub fn day_sheet(values: DaySheet) -> Sheet {
    let mut blocks = vec![Block::Rows(vec![("Day".to_owned(), values.day)]), Block::Rows(values.counts)];
    let product = vec![Column::words("Product"), Column::words("Replacement"), Column::numbers("Units")];
    section(&mut blocks, "Replacements", product, values.replacements);
    let money = vec![
        Column::words("Method"),
        Column::numbers("Taken"),
        Column::numbers("Paid back"),
        Column::numbers("Net"),
    ];
    section(&mut blocks, "Money", money, values.money);
    let watched =
        vec![Column::words("What"), Column::words("Case"), Column::words("Who"), Column::words("Why")];
    section(&mut blocks, "Waived, overridden, undone", watched, values.watched);
    blocks.extend([Block::Heading("Shelf".to_owned()), Block::Rows(values.shelf)]);
    if !values.owed.is_empty() {
        blocks.extend([Block::Heading("Parts owed".to_owned()), Block::Rows(values.owed)]);
    }
    if !values.open.is_empty() {
        blocks.push(Block::Heading("To explain".to_owned()));
        blocks.extend(values.open.into_iter().map(|say| Block::Rows(vec![("-".to_owned(), say)])));
    }
    if !values.explained.is_empty() {
        blocks.push(Block::Rows(vec![("Explained".to_owned(), values.explained)]));
    }
    blocks.extend([
        Block::Line,
        Block::Rows(vec![("Journal".to_owned(), values.journal)]),
        Block::Sign("For the centre".to_owned()),
    ]);
    Sheet { title: "Day sheet".to_owned(), head: values.head, blocks }
}

fn section<const N: usize>(
    blocks: &mut Vec<Block>,
    name: &str,
    columns: Vec<Column>,
    rows: Vec<[String; N]>,
) {
    blocks.push(Block::Heading(name.to_owned()));
    if rows.is_empty() {
        blocks.push(Block::Rows(vec![("none".to_owned(), String::new())]));
    } else {
        blocks.push(Block::Table(columns, rows.into_iter().map(Vec::from).collect()));
    }
}
