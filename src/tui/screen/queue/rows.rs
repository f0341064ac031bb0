//! The rows of the queue: its groups, and the columns of a case.

use chrono::{DateTime, FixedOffset};

use crate::desk::view::Line;
use crate::domain::case::{Outcome, State};
use crate::paper::text;

/// Cells of wait, number and phone.
const WAIT: usize = 11;
const NUMBER: usize = 14;
const PHONE: usize = 16;
/// From this width on there is room for the serial, and for longer reasons.
const WIDE: u16 = 100;

/// Cases that stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Ready, and the customer does not know.
    Untold,
    /// In one state.
    In(State),
    /// On hold.
    Held,
    /// In a state that this program does not know.
    Unknown,
}

impl Group {
    /// The group in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Untold => "READY, NOT TOLD",
            Self::In(state) => match state {
                State::Recorded => "RECORDED, the unit is still to come",
                State::Received => "RECEIVED, to be assessed",
                State::Assessed => "ASSESSED, the customer chooses",
                State::Chosen => "CHOSEN, to be done",
                State::InWork => "IN WORK",
                State::Ready => "READY, the customer was told",
                State::HandedOver => "HANDED OVER, to be closed",
                State::Closed => "CLOSED",
                State::Cancelled => "CANCELLED",
            },
            Self::Held => "ON HOLD",
            Self::Unknown => "OTHER",
        }
    }
}

/// The group of a case.
pub(super) fn group(line: &Line) -> Group {
    match line.state.parse::<State>() {
        _ if line.held => Group::Held,
        Ok(State::Ready) if line.told_at.is_none() => Group::Untold,
        Ok(state) => Group::In(state),
        Err(_) => Group::Unknown,
    }
}

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// The name of a group, and how many cases it has.
    Head(Group, usize),
    /// A case by its place.
    Case(usize),
}

/// The rows of cases that stand by their groups.
pub(super) fn rows(lines: &[Line]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut at = 0;
    for cases in lines.chunk_by(|one, other| group(one) == group(other)) {
        rows.extend(cases.first().map(|line| Row::Head(group(line), cases.len())));
        rows.extend((at..at + cases.len()).map(Row::Case));
        at += cases.len();
    }
    rows
}

/// How wide the columns of a list are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    name: usize,
    note: usize,
    serial: usize,
}

impl Columns {
    /// The columns that fit.
    pub fn of(width: u16) -> Self {
        let (note, serial) = if width >= WIDE { (28, 20) } else { (18, 0) };
        let name = usize::from(width).saturating_sub(WAIT + NUMBER + PHONE + note + serial);
        Self { name, note, serial }
    }

    fn line(self, cells: [&str; 6]) -> String {
        let [wait, number, phone, name, note, serial] = cells;
        let columns = [(wait, WAIT), (number, NUMBER), (phone, PHONE), (name, self.name), (note, self.note)];
        let mut line: String = columns
            .iter()
            .map(|(cell, room)| text::pad(&text::cut(cell, room.saturating_sub(1)), *room))
            .collect();
        line.push_str(&text::cut(serial, self.serial));
        line
    }

    /// The names of the columns.
    pub fn head(self) -> String {
        let serial = if self.serial == 0 { "" } else { "Serial" };
        self.line([" In state", "Case", "Phone", "Customer", "What", serial])
    }

    /// A case.
    pub fn row(self, line: &Line, now: DateTime<FixedOffset>) -> String {
        let wait = format!(" {}", wait(&line.since, now));
        let phone = line.phone.as_deref().unwrap_or("no phone");
        self.line([&wait, &line.number, phone, &line.customer, &note(line), &line.serial])
    }
}

/// What came of a case, until then its cause; of one on hold its state and the reason.
fn note(line: &Line) -> String {
    match (&line.held_reason, line.outcome.parse::<Outcome>()) {
        (Some(reason), _) if line.held => format!("{}: {reason}", state(&line.state)),
        (_, Ok(Outcome::None) | Err(_)) if line.held => state(&line.state),
        (_, Ok(Outcome::None) | Err(_)) => line.cause.replace('-', " "),
        (_, Ok(outcome)) => in_words(outcome).to_owned(),
    }
}

/// A state in words.
pub(in crate::tui::screen) fn state(word: &str) -> String {
    word.parse::<State>().map_or_else(|_| word.to_owned(), |state| state.words().to_owned())
}

/// An outcome in words.
pub(in crate::tui::screen) const fn in_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::None => "open",
        Outcome::Replacement => "replacement",
        Outcome::PaidRepair => "paid repair",
        Outcome::WarrantyRepair => "warranty repair",
        Outcome::ReturnUnrepaired => "goes back",
        Outcome::NoFault => "no fault",
    }
}

/// The time since a stored moment, in its two largest units.
pub(super) fn wait(since: &str, now: DateTime<FixedOffset>) -> String {
    let Ok(since) = DateTime::parse_from_rfc3339(since) else { return "not known".to_owned() };
    let minutes = now.signed_duration_since(since).num_minutes().max(0);
    let (days, hours) = (minutes / (24 * 60), minutes / 60 % 24);
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, hours) => format!("{hours} h {} m", minutes % 60),
        (days, hours) => format!("{days} d {hours} h"),
    }
}
