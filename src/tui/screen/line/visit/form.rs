//! The form of an appointment: what, the day, the time.

use chrono::{NaiveDate, TimeDelta};

use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};

pub(super) const WHAT: usize = 0;
pub(super) const DAY: usize = 1;
pub(super) const TIME: usize = 2;

/// How many days the list of days goes on.
const AHEAD: i64 = 21;
/// What can be done about an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    /// A slot is taken.
    Book,
    /// Another slot is taken.
    Move,
    /// Nobody will come.
    CallOff,
    /// Nobody came.
    NoShow,
}

impl Verb {
    /// Those that need a booked appointment, in the order of the list.
    pub const ON_BOOKED: [Self; 3] = [Self::Move, Self::CallOff, Self::NoShow];

    /// The verb in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Book => "book a time",
            Self::Move => "move it to another time",
            Self::CallOff => "call it off",
            Self::NoShow => "nobody came",
        }
    }
}

/// The form with these verbs to choose from.
pub(super) fn form(verbs: Vec<Verb>, today: NaiveDate) -> Form {
    let words = verbs.into_iter().map(|verb| verb.words().to_owned()).collect();
    Form::new(vec![
        Entry::Choice(Choice::new("What", words).with_chosen(0)),
        Entry::Text(day_field(today)),
        Entry::Choice(Choice::new("Time", Vec::new())),
    ])
}

/// A day with the coming ones for its list.
pub(super) fn day_field(today: NaiveDate) -> Field {
    let word = |ahead: i64, day: NaiveDate| match ahead {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => day.format("%A").to_string(),
    };
    let day = |ahead: i64| {
        let day = today.checked_add_signed(TimeDelta::days(ahead))?;
        Some((day.to_string(), word(ahead, day)))
    };
    Field::new("Day", 10).with_values((0..=AHEAD).filter_map(day).collect())
}
