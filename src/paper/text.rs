//! Text on its way to paper and screen: cleaning, and cutting, padding and wrapping by terminal cells.
//!
//! Cleaned text measures here as the screen's drawing library draws it.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The sign that stands where a text was cut.
const CUT: &str = "…";

/// Makes a text safe to show: controls become blanks, direction marks and invisible characters go.
///
/// Names are composed (NFC), so that a letter and its accent share a cell.
/// Half-width katakana with a voicing mark become full-width: the mark has no cell of its own for
/// some and one for others, the drawing library among them.
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    if known_width(text).is_some() {
        return Cow::Borrowed(text);
    }
    if text.chars().all(|c| !c.is_control() && !is_hidden(c) && !is_voicing(c)) && is_nfc(text) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter(|c| !is_hidden(*c)).map(|c| if c.is_control() { ' ' } else { c });
    Cow::Owned(widen_voiced(shown).nfc().collect())
}

/// A stored moment as it is read: day, hour and minute, by its own clock.
#[must_use]
pub fn moment(at: &str) -> String {
    at.replace('T', " ").chars().take(16).collect()
}

/// Tells whether a character is a half-width voicing mark.
fn is_voicing(c: char) -> bool {
    matches!(c, '\u{FF9E}' | '\u{FF9F}')
}

/// Writes each half-width kana that has a voicing mark, and the mark, in full width.
fn widen_voiced(text: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in text {
        match out.chars().next_back() {
            Some(kana @ '\u{FF66}'..='\u{FF9D}') if is_voicing(c) => {
                out.pop();
                out.extend(String::from_iter([kana, c]).nfkc());
            }
            _ if c == '\u{FF9E}' => out.push('\u{309B}'),
            _ if c == '\u{FF9F}' => out.push('\u{309C}'),
            _ => out.push(c),
        }
    }
    out
}

/// Tells whether a character takes no room yet changes what is read around it.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Tells whether a character is one cell, and stands for itself among others of its kind.
///
/// Nearly all that is shown is made of these, and measuring them is counting.
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A1}'..='\u{AC}' | '\u{AE}'..='\u{17F}' | '–' | '’' | '…' | '→' | '↑' | '↓' | '─')
}

/// The cells of a text of characters that stand for themselves among others of their kind: simple ones, and the
/// Chinese, Korean and Japanese ones of names, which are two. None where another character joins them.
fn known_width(text: &str) -> Option<usize> {
    if is_typed(text) {
        return Some(text.len());
    }
    let cells = |c: char| match c {
        _ if is_simple(c) => Some(1),
        '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FA}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => Some(2),
        _ => None,
    };
    text.chars().map(cells).sum()
}

/// Tells whether every character of a text is one cell: it is clean then, and drawn as it is.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    is_typed(text) || text.chars().all(is_simple)
}

/// The same of what a plain keyboard types, where a byte is a cell. Looked at as a whole, without an early end, a
/// row of a screen is a few instructions, and each text is measured some times before it is drawn.
fn is_typed(text: &str) -> bool {
    text.bytes().fold(true, |typed, byte| typed & matches!(byte, b' '..=b'~'))
}

/// Counts the terminal cells a text takes.
#[must_use]
pub fn width(text: &str) -> usize {
    known_width(text).unwrap_or_else(|| clean(text).graphemes(true).map(cells).sum())
}

/// Counts the cells of one cleaned grapheme.
fn cells(grapheme: &str) -> usize {
    grapheme.width()
}

/// Cuts a text to at most `room` cells, with `…` where something is missing.
#[must_use]
pub fn cut(text: &str, room: usize) -> String {
    fit(text, room).into_owned()
}

/// The same without a copy of a text that fits as it is.
#[must_use]
pub fn fit(text: &str, room: usize) -> Cow<'_, str> {
    let text = clean(text);
    if width(&text) <= room {
        return text;
    }
    let Some(before) = room.checked_sub(1) else { return Cow::Borrowed("") };
    Cow::Owned(format!("{}{CUT}", head(&text, before)))
}

/// Pads or cuts a text to exactly `room` cells, text on the left.
#[must_use]
pub fn pad(text: &str, room: usize) -> String {
    let text = fit(text, room);
    let blank = room.saturating_sub(width(&text));
    let mut line = String::with_capacity(text.len() + blank);
    line.push_str(&text);
    line.extend(std::iter::repeat_n(' ', blank));
    line
}

/// Pads or cuts a text to exactly `room` cells, text on the right.
#[must_use]
pub fn pad_left(text: &str, room: usize) -> String {
    let line = cut(text, room);
    let blank = room.saturating_sub(width(&line));
    std::iter::repeat_n(' ', blank).chain(line.chars()).collect()
}

/// The part of a text from cell `from` on that fits `room` cells.
///
/// A wide character that the left edge cuts in half becomes a blank.
#[must_use]
pub fn window(text: &str, from: usize, room: usize) -> String {
    let text = clean(text);
    let mut at = 0;
    let mut seen = String::new();
    for grapheme in text.graphemes(true) {
        let next = at + cells(grapheme);
        if next > from + room {
            break;
        }
        if at >= from {
            seen.push_str(grapheme);
        } else {
            seen.extend(std::iter::repeat_n(' ', next.saturating_sub(from)));
        }
        at = next;
    }
    seen
}

/// The longest start of a cleaned text that fits `room` cells.
fn head(text: &str, room: usize) -> &str {
    if is_plain(text) {
        let end = text.char_indices().nth(room).map_or(text.len(), |(at, _)| at);
        return text.get(..end).unwrap_or_default();
    }
    let mut used = 0;
    let fits = |(_, grapheme): &(usize, &str)| {
        used += cells(grapheme);
        used <= room
    };
    let last = text.grapheme_indices(true).take_while(fits).last();
    last.and_then(|(at, grapheme)| text.get(..at + grapheme.len())).unwrap_or_default()
}

/// Wraps a text to lines of at most `room` cells, at blanks where there are any.
///
/// Line breaks in the text are kept; an empty text is one empty line.
#[must_use]
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    if room == 0 {
        return Vec::new();
    }
    text.split('\n').flat_map(|line| wrap_line(&clean(line), room)).collect()
}

/// Wraps one cleaned line that holds no break.
fn wrap_line(line: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut now = String::new();
    let mut used = 0;
    for word in line.split(' ') {
        if used > 0 && used + 1 + width(word) > room {
            lines.push(std::mem::take(&mut now));
            used = 0;
        }
        if used > 0 {
            now.push(' ');
            used += 1;
        }
        let rest = split_long(word, room, &mut lines);
        used += width(rest);
        now.push_str(rest);
    }
    lines.push(now);
    lines
}

/// Puts the full lines of a word longer than a line away and returns what is left of it.
fn split_long<'a>(word: &'a str, room: usize, lines: &mut Vec<String>) -> &'a str {
    let mut rest = word;
    while width(rest) > room {
        let start = head(rest, room);
        match rest.strip_prefix(start) {
            Some(tail) if !start.is_empty() => rest = tail,
            _ => break,
        }
        lines.push(start.to_owned());
    }
    rest
}

#[cfg(test)]
mod tests;
