//! Telling a scanner from a person: pure, key events with their times in, keys and scans out.
//!
//! A scanner is a keyboard that types fast. A burst is six or more characters with gaps of
//! [`GAP`] or less. One that has a known shape is a scan wherever the cursor is.
//!
//! - The first character of a burst is shown at once, so that typing never waits, and taken back
//!   ([`Heard::TakeBack`]) when the burst turns out to be a scan. The others are held until the
//!   burst ends or `GAP` passes, and are then typed in their order: none is lost.
//! - Enter, Tab or a line feed within `GAP` of a burst belongs to it, and so does one more such key
//!   behind it (CR LF). A later one is a person's: it accepts a field and never commits anything.
//! - Two codes that arrive as one burst with no key between them are not guessed apart.
//! - One character over and over is a key held down, and more than a few hundred characters are no label.

use std::time::{Duration, Instant};

use ratatui::crossterm::event::KeyEvent;

use crate::domain::serial::Serial;
use crate::tui::key;

/// The longest pause between two characters of a scan.
pub const GAP: Duration = Duration::from_millis(50);
/// The fewest characters that make a burst.
const LEAST: usize = 6;
/// The most characters held back; more is a long text from a terminal that does not mark pastes.
const MOST: usize = 256;

/// Something scanned, by its shape; whether it exists is asked elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scan {
    /// A product's serial number.
    Serial(Serial),
    /// A case number, `TTTT-NNNNN-C`.
    Case(String),
    /// A label of the shop's own on a part without a serial, `S-` and digits.
    Stock(String),
}

/// What came out of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A person's key, with the time it was pressed.
    Key(KeyEvent, Instant),
    /// The last character given out was a scanner's: undo what it did.
    TakeBack,
    /// A scan of a known shape.
    Scan(Scan),
    /// A burst of no known shape that ended in Enter or Tab: to be shown, not typed.
    Unknown(String),
    /// A pasted text, on one line.
    Paste(String),
}

/// Reads a whole text as a scan, when it has the shape of one.
#[must_use]
pub fn shape_of(text: &str) -> Option<Scan> {
    let text = text.trim();
    if text.chars().any(char::is_whitespace) {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    if is_stock(&upper) {
        return Some(Scan::Stock(upper));
    }
    if is_case(&upper) {
        return Some(Scan::Case(upper));
    }
    text.parse().ok().map(Scan::Serial)
}

fn is_stock(text: &str) -> bool {
    text.strip_prefix("S-").is_some_and(|number| !number.is_empty() && all_digits(number))
}

fn is_case(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    matches!(parts.as_slice(), [till, sequence, check]
        if till.len() == 4 && sequence.len() >= 5 && check.len() == 1 && parts.iter().all(|part| all_digits(part)))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Puts a pasted text on one line: each line break becomes a blank, breaks at the ends go.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.trim_matches(['\r', '\n']).replace("\r\n", " ").replace(['\r', '\n', '\t'], " ")
}

/// The detector: what it holds is a burst that has not ended yet.
#[derive(Debug, Default)]
pub struct Detector {
    held: Vec<(KeyEvent, Instant)>,
    text: String,
    /// How many of the held were given out already: none or the first.
    shown: usize,
    /// Whether the burst turned out to be long or one key held down, and is let through.
    passing: bool,
    last: Option<Instant>,
    swallowed: Option<Instant>,
}

impl Detector {
    /// Takes a key pressed at `at`.
    pub fn key(&mut self, event: KeyEvent, at: Instant) -> Vec<Heard> {
        let mut heard = Vec::new();
        if !self.last.is_some_and(|last| near(last, at)) {
            self.end(&mut heard);
        }
        match key::character(event) {
            Some(c) => self.hold(c, event, at).map_or((), |all| heard.extend(all)),
            None if key::ends_scan(event) => self.terminate(event, at, &mut heard),
            None => {
                self.end(&mut heard);
                heard.push(Heard::Key(event, at));
            }
        }
        heard
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) -> Vec<Heard> {
        let mut heard = Vec::new();
        self.end(&mut heard);
        heard.push(match shape_of(text) {
            Some(scan) => Heard::Scan(scan),
            None => Heard::Paste(one_line(text)),
        });
        heard
    }

    /// Gives a lone first character out; called when no more keys wait and it can be taken back.
    pub fn settle(&mut self) -> Option<Heard> {
        match self.held.as_slice() {
            [(event, at)] if self.shown == 0 => {
                self.shown = 1;
                Some(Heard::Key(*event, *at))
            }
            _ => None,
        }
    }

    /// The instant at which held characters must be given out, when there are any.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        let waiting = self.held.len() > self.shown;
        self.last.filter(|_| waiting).map(|last| last + GAP + Duration::from_millis(1))
    }

    /// Ends a burst that has been silent for too long by `now`; called when no more keys wait.
    pub fn expire(&mut self, now: Instant) -> Vec<Heard> {
        let mut heard = Vec::new();
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            self.end(&mut heard);
        }
        heard
    }

    /// Adds a character to the burst; returns what must not be held any longer.
    fn hold(&mut self, c: char, event: KeyEvent, at: Instant) -> Option<Vec<Heard>> {
        self.last = Some(at);
        self.swallowed = None;
        if self.passing {
            return Some(vec![Heard::Key(event, at)]);
        }
        self.held.push((event, at));
        self.text.push(c);
        let one_key = self.held.len() >= LEAST && self.text.chars().all(|other| other == c);
        if !one_key && self.held.len() <= MOST {
            return None;
        }
        let released = self.release().collect();
        self.passing = true;
        Some(released)
    }

    /// Handles Enter, Tab or line feed: the burst's own, or a person's.
    fn terminate(&mut self, event: KeyEvent, at: Instant, heard: &mut Vec<Heard>) {
        if self.swallowed.take().is_some_and(|before| near(before, at)) {
            return;
        }
        if self.passing {
            *self = Self { swallowed: Some(at), ..Self::default() };
        } else if self.held.len() >= LEAST {
            let found = shape_of(&self.text).map_or_else(|| Heard::Unknown(self.text.clone()), Heard::Scan);
            heard.extend((self.shown > 0).then_some(Heard::TakeBack));
            heard.push(found);
            *self = Self { swallowed: Some(at), ..Self::default() };
        } else {
            self.end(heard);
            heard.push(Heard::Key(event, at));
        }
    }

    /// Ends the burst without a terminator: a scan if it has a shape, else a person's keys.
    fn end(&mut self, heard: &mut Vec<Heard>) {
        let scan = (self.held.len() >= LEAST).then(|| shape_of(&self.text)).flatten();
        match scan {
            Some(scan) => {
                heard.extend((self.shown > 0).then_some(Heard::TakeBack));
                heard.push(Heard::Scan(scan));
            }
            None => heard.extend(self.release()),
        }
        *self = Self { swallowed: self.swallowed, ..Self::default() };
    }

    /// The held characters that were not given out yet, as keys.
    fn release(&mut self) -> impl Iterator<Item = Heard> {
        self.text.clear();
        let shown = std::mem::take(&mut self.shown);
        std::mem::take(&mut self.held).into_iter().skip(shown).map(|(event, at)| Heard::Key(event, at))
    }
}

/// Tells whether two keys belong to one burst.
fn near(before: Instant, at: Instant) -> bool {
    at.saturating_duration_since(before) <= GAP
}

#[cfg(test)]
mod tests;
