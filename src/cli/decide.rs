//! `decide`: JSON Lines of facts in, JSON Lines of decisions out; no database.

use std::io::{BufRead, BufWriter, Write};
use std::path::Path;

use anyhow::Context;

use crate::cli::{Done, Outcome, open_input};
use crate::desk::question::{Answered, answer};
use crate::domain::edition::Editions;
use crate::domain::facts::Refusal;

/// A line longer than this is refused without being kept.
const LONGEST_LINE: usize = 1 << 20;

/// Decides every line of `file`, or of standard input.
pub fn run(file: Option<&Path>, editions: &Editions, out: &mut dyn Write) -> Outcome {
    let mut input = open_input(file)?;
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let mut line = Vec::new();
    let mut done = Done::Well;
    let mut first = true;
    loop {
        line.clear();
        let whole = bounded_line(&mut input, &mut line).with_context(|| unreadable(file))?;
        if whole == Line::End {
            break;
        }
        let answered = decided(&line, whole, (first, editions));
        first = false;
        let Some(answered) = answered else { continue };
        if matches!(answered, Answered::Refused { .. }) {
            done = Done::Refused;
        }
        serde_json::to_writer(&mut out, &answered)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(done)
}

fn unreadable(file: Option<&Path>) -> String {
    let name = file.map_or_else(|| "standard input".to_owned(), |file| file.display().to_string());
    format!("cannot read the facts in {name}: check the file")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Whole,
    TooLong,
    End,
}

fn decided(line: &[u8], whole: Line, (first, editions): (bool, &Editions)) -> Option<Answered> {
    let refused = |problem: &str| {
        let error = Refusal { field: "line".to_owned(), problem: problem.to_owned() };
        Some(Answered::Refused { id: None, error })
    };
    if whole == Line::TooLong {
        return refused("is longer than 1 MiB");
    }
    let Ok(text) = std::str::from_utf8(line) else {
        return refused("is not UTF-8: save the file as UTF-8");
    };
    // Editors on some machines put a byte order mark before the first line.
    let text = if first { text.trim_start_matches('\u{feff}') } else { text };
    if text.trim().is_empty() { None } else { Some(answer(text, editions)) }
}

/// Reads a line into `line`, but never more than fits; the rest of a longer one is passed over.
fn bounded_line(input: &mut dyn BufRead, line: &mut Vec<u8>) -> std::io::Result<Line> {
    let mut whole = Line::Whole;
    loop {
        let ready = input.fill_buf()?;
        if ready.is_empty() {
            return Ok(if line.is_empty() && whole == Line::Whole { Line::End } else { whole });
        }
        let end = ready.iter().position(|byte| *byte == b'\n');
        let text = end.and_then(|end| ready.get(..end)).unwrap_or(ready);
        if line.len() + text.len() > LONGEST_LINE {
            whole = Line::TooLong;
        } else {
            line.extend_from_slice(text);
        }
        let count = text.len() + usize::from(end.is_some());
        input.consume(count);
        if end.is_some() {
            return Ok(whole);
        }
    }
}
