//! A sheet as plain text, 80 columns for a page and 42 for a roll.

use crate::paper::sheet::{Block, Column, Head, Sheet, Side};
use crate::paper::text::{pad, pad_left, width, wrap};
use crate::paper::{Print, Width, qr};

/// Renders a sheet.
#[must_use]
pub fn render(sheet: &Sheet, print: Print) -> String {
    let room = print.width.cells();
    let mut lines = Vec::new();
    if print.copy > 0 {
        lines.push(pad_left(&format!("COPY {}", print.copy), room));
    }
    head(&mut lines, (&sheet.head, &sheet.title), room);
    for block in &sheet.blocks {
        draw(&mut lines, block, print.width);
    }
    if let Some(case) = &sheet.head.case {
        code(&mut lines, case, room);
    }
    let mut text = lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n");
    text.push('\n');
    text
}

fn head(lines: &mut Vec<String>, (head, title): (&Head, &str), room: usize) {
    if head.practice {
        lines.push("*** PRACTICE - not a real paper ***".to_owned());
    }
    let case = head.case.as_ref().map_or_else(String::new, |case| format!("Case {case}"));
    let gap = room.saturating_sub(width(&head.site) + width(&case));
    if gap > 0 {
        lines.push(format!("{}{}{case}", head.site, " ".repeat(gap)));
    } else {
        lines.extend(wrap(&head.site, room));
        lines.push(case);
    }
    lines.push("=".repeat(room));
    lines.push(title.to_uppercase());
    lines.extend(wrap(&head.at, room));
    lines.push(String::new());
}

fn draw(lines: &mut Vec<String>, block: &Block, size: Width) {
    let room = size.cells();
    match block {
        Block::Rows(rows) | Block::Clauses(rows) => {
            for (label, value) in rows {
                row(lines, (label, value), size);
            }
        }
        Block::Text(text) => {
            lines.push(String::new());
            lines.extend(wrap(text, room));
        }
        Block::Heading(text) => lines.extend([String::new(), text.to_uppercase(), "-".repeat(room)]),
        Block::Table(columns, rows) => table(lines, (columns, rows), size),
        Block::Line => lines.extend([String::new(), "-".repeat(room)]),
        Block::Sign(who) => {
            lines.extend([String::new(), String::new(), "_".repeat(room.min(40)), who.clone()]);
        }
    }
}

/// One labelled value; a long one goes on under itself, and on a roll it may stand under its label.
fn row(lines: &mut Vec<String>, (label, value): (&str, &str), size: Width) {
    // A long label keeps a blank between it and its value.
    let room = size.cells();
    let label_room = size.label().max((width(label) + 1).min(room / 2));
    let mut values = wrap(value, room.saturating_sub(label_room)).into_iter();
    lines.push(format!("{}{}", pad(label, label_room), values.next().unwrap_or_default()));
    lines.extend(values.map(|value| format!("{}{value}", " ".repeat(label_room))));
}

/// A list with columns; where the columns do not fit, each line of it becomes labelled values.
fn table(lines: &mut Vec<String>, (columns, rows): (&[Column], &[Vec<String>]), size: Width) {
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell));
            cells.chain([width(&column.name)]).max().unwrap_or(0)
        })
        .collect();
    let gaps = 2 * columns.len().saturating_sub(1);
    if widths.iter().sum::<usize>() + gaps > size.cells() {
        for one in rows {
            for (column, cell) in columns.iter().zip(one).filter(|(_, cell)| !cell.is_empty()) {
                row(lines, (&column.name, cell), size);
            }
            lines.push(String::new());
        }
        return;
    }
    let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    for cells in std::iter::once(&names).chain(rows) {
        let parts = columns.iter().zip(cells).zip(&widths).map(|((column, cell), room)| match column.side {
            Side::Left => pad(cell, *room),
            Side::Right => pad_left(cell, *room),
        });
        lines.push(parts.collect::<Vec<_>>().join("  "));
    }
}

/// The case's number for the scanner; on the next visit one scan opens the case.
fn code(lines: &mut Vec<String>, case: &str, room: usize) {
    let Some(rows) = qr::blocks(case) else { return };
    if rows.first().is_some_and(|row| row.chars().count() > room) {
        return;
    }
    lines.push(String::new());
    lines.extend(rows);
    lines.push(format!("  {case}"));
}
