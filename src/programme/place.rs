//! Where something stands in a file: its line and its key.

use std::ops::Range;

use toml::de::{DeArray, DeTable, DeValue};

/// A line, counted from 1, and the dotted key that stands there; empty for the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub line: usize,
    pub key: String,
}

impl Place {
    /// Finds the place of a span that the TOML reader gave.
    pub fn of(text: &str, span: &Range<usize>) -> Self {
        let line = 1 + text.bytes().take(span.start).filter(|&byte| byte == b'\n').count();
        if *span == (0..0) {
            return Self { line, key: String::new() };
        }
        // The recoverable reader keeps what it understood of a broken file.
        let (tree, _) = DeTable::parse_recoverable(text);
        let key = in_table(tree.get_ref(), span).unwrap_or_else(|| by_lines(text, line));
        Self { line, key }
    }
}

fn in_table(table: &DeTable<'_>, span: &Range<usize>) -> Option<String> {
    table.iter().find_map(|(key, value)| {
        let name: &str = key.get_ref();
        let deeper = match value.get_ref() {
            DeValue::Table(inner) => in_table(inner, span).map(|rest| format!("{name}.{rest}")),
            DeValue::Array(items) => in_array(items, span).map(|rest| format!("{name}{rest}")),
            _ => None,
        };
        let here = || (key.span() == *span || value.span() == *span).then(|| name.to_owned());
        deeper.or_else(here)
    })
}

/// Tables in a list are counted from 1; a bare value is called by the name of its list.
fn in_array(items: &DeArray<'_>, span: &Range<usize>) -> Option<String> {
    items.iter().zip(1..).find_map(|(item, number)| match item.get_ref() {
        DeValue::Table(inner) => match in_table(inner, span) {
            Some(rest) => Some(format!("[{number}].{rest}")),
            None => (item.span() == *span).then(|| format!("[{number}]")),
        },
        DeValue::Array(inner) if item.span() != *span => in_array(inner, span).map(|_| String::new()),
        _ => (item.span() == *span).then(String::new),
    })
}

/// What the lines themselves say, for a mistake that left nothing in the tree.
fn by_lines(text: &str, line: usize) -> String {
    let read: Vec<&str> = text.lines().take(line).map(str::trim).collect();
    let header = read.iter().rev().find(|line| line.starts_with('[') && line.contains(']'));
    let table = header.map(|line| line.split(']').next().unwrap_or(line).trim_start_matches('['));
    let last = read.last().filter(|line| !line.starts_with(['[', '#', '"']));
    let key = last.and_then(|line| line.split_once('=')).map(|(key, _)| key.trim());
    [table, key].into_iter().flatten().collect::<Vec<_>>().join(".")
}
