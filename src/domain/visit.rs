//! Appointments: opening hours, the grid of slots, which slot may be booked, and the line at the counter.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// What is wrong with opening hours.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadHours {
    /// Not written as spans.
    #[error("\"{0}\" is not opening hours (write 09:00-18:00, or 09:00-12:00, 13:00-18:00, or closed)")]
    Shape(String),
    /// A span ends before it begins, or before the one ahead of it ended.
    #[error("\"{0}\" runs backwards: each time must be later than the one before")]
    Order(String),
}

/// What is wrong with the length of a slot.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0} is not the length of a slot in minutes (5 to 240)")]
pub struct BadLength(pub u16);

/// The hours of one weekday: spans in minutes after midnight, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Hours(Vec<(u16, u16)>);

/// The opening hours of a week; a day that is not named is open as usual (Monday to Saturday, 09:00-18:00).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Opening {
    mon: Hours,
    tue: Hours,
    wed: Hours,
    thu: Hours,
    fri: Hours,
    sat: Hours,
    sun: Hours,
}

/// The length of a slot in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct Length(u16);

/// When this centre sees people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The opening hours.
    pub opening: Opening,
    /// How long one visit takes.
    pub length: Length,
}

impl Default for Opening {
    fn default() -> Self {
        let usual = || Hours(vec![(9 * 60, 18 * 60)]);
        Self {
            mon: usual(),
            tue: usual(),
            wed: usual(),
            thu: usual(),
            fri: usual(),
            sat: usual(),
            sun: Hours::default(),
        }
    }
}

impl Default for Length {
    fn default() -> Self {
        Self(20)
    }
}

impl TryFrom<u16> for Length {
    type Error = BadLength;

    fn try_from(minutes: u16) -> Result<Self, BadLength> {
        if (5..=240).contains(&minutes) { Ok(Self(minutes)) } else { Err(BadLength(minutes)) }
    }
}

impl TryFrom<String> for Hours {
    type Error = BadHours;

    fn try_from(text: String) -> Result<Self, BadHours> {
        if text.trim() == "closed" {
            return Ok(Self::default());
        }
        let mut spans: Vec<(u16, u16)> = Vec::new();
        for span in text.split(',') {
            let ends = span.split_once('-').and_then(|(from, to)| minute(from).zip(minute(to)));
            let (from, to) = ends.ok_or_else(|| BadHours::Shape(text.clone()))?;
            if from >= to || spans.last().is_some_and(|(_, before)| from < *before) {
                return Err(BadHours::Order(text));
            }
            spans.push((from, to));
        }
        Ok(Self(spans))
    }
}

/// Minutes after midnight of a time written `HH:MM`; 24:00 is the day's end.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let two =
        |text: &str| (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok());
    let (hours, minutes): (u16, u16) = two(hours)?.zip(two(minutes)?)?;
    Some(hours * 60 + minutes).filter(|all| minutes < 60 && *all <= DAY)
}

impl Opening {
    fn on(&self, day: NaiveDate) -> &Hours {
        match day.weekday() {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat => &self.sat,
            Weekday::Sun => &self.sun,
        }
    }
}

impl std::fmt::Display for Hours {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let clock = |at: u16| format!("{:02}:{:02}", at / 60, at % 60);
        let spans: Vec<String> =
            self.0.iter().map(|(from, to)| format!("{} to {}", clock(*from), clock(*to))).collect();
        if spans.is_empty() { out.pad("closed") } else { write!(out, "open {}", spans.join(" and ")) }
    }
}

/// Why a slot cannot be booked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadSlot {
    /// The centre is not open then, or closes before the visit ends.
    #[error("{at} is outside the opening hours: on {day} this centre is {hours}")]
    Closed {
        /// The time asked for.
        at: String,
        /// Its day.
        day: NaiveDate,
        /// The hours of that day.
        hours: Hours,
    },
    /// Between two slots.
    #[error("{at} is between two slots: the nearest begin at {before} and {after}")]
    OffGrid {
        /// The time asked for.
        at: String,
        /// The slot before it.
        before: String,
        /// The slot after it.
        after: String,
    },
    /// It has begun already.
    #[error("{0} is past: take a later slot")]
    Past(String),
    /// Somebody else has it.
    #[error("{0} is taken: take another slot")]
    Taken(String),
}

fn shown(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M").to_string()
}

impl Calendar {
    fn length(&self) -> TimeDelta {
        TimeDelta::minutes(i64::from(self.length.0))
    }

    /// The times of a day at which a visit may begin; each ends before the centre closes.
    #[must_use]
    pub fn grid(&self, day: NaiveDate) -> Vec<NaiveTime> {
        let step = usize::from(self.length.0);
        let starts = |(from, to): &(u16, u16)| {
            let last = (to + 1).saturating_sub(self.length.0);
            (*from..last.max(*from)).step_by(step)
        };
        let time = |at: u16| NaiveTime::from_hms_opt(u32::from(at / 60), u32::from(at % 60), 0);
        self.opening.on(day).0.iter().flat_map(starts).filter_map(time).collect()
    }

    /// Refuses a slot that is not on the grid inside opening hours, is past, or overlaps a taken one.
    ///
    /// The slot's own offset says what its wall clock shows. Clause C32.
    pub fn may_book(
        &self,
        slot: DateTime<FixedOffset>,
        now: DateTime<FixedOffset>,
        taken: &[DateTime<FixedOffset>],
    ) -> Result<(), BadSlot> {
        self.on_grid(slot)?;
        if slot < now {
            return Err(BadSlot::Past(shown(slot)));
        }
        if self.overlaps(slot, taken) {
            return Err(BadSlot::Taken(shown(slot)));
        }
        Ok(())
    }

    fn on_grid(&self, slot: DateTime<FixedOffset>) -> Result<(), BadSlot> {
        let (day, time) = (slot.date_naive(), slot.time());
        let grid = self.grid(day);
        if grid.contains(&time) {
            return Ok(());
        }
        let near = |at: &NaiveTime| (time - *at).abs() < self.length();
        let before = grid.iter().rev().find(|at| **at < time).filter(|at| near(at));
        let after = grid.iter().find(|at| **at > time).filter(|at| near(at));
        let clock = |at: &NaiveTime| format!("{:02}:{:02}", at.hour(), at.minute());
        match before.zip(after) {
            Some((before, after)) => {
                Err(BadSlot::OffGrid { at: shown(slot), before: clock(before), after: clock(after) })
            }
            None => Err(BadSlot::Closed { at: shown(slot), day, hours: self.opening.on(day).clone() }),
        }
    }

    fn overlaps(&self, slot: DateTime<FixedOffset>, taken: &[DateTime<FixedOffset>]) -> bool {
        taken.iter().any(|other| (slot - *other).abs() < self.length())
    }

    /// Tells which of these moments can still be booked.
    #[must_use]
    pub fn free(
        &self,
        slots: Vec<DateTime<FixedOffset>>,
        now: DateTime<FixedOffset>,
        taken: &[DateTime<FixedOffset>],
    ) -> Vec<DateTime<FixedOffset>> {
        slots.into_iter().filter(|slot| *slot >= now && !self.overlaps(*slot, taken)).collect()
    }

    /// Tells whether a slot is over: until then the customer may still come.
    #[must_use]
    pub fn passed(&self, slot: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> bool {
        now >= slot + self.length()
    }
}

crate::words! {
    /// How somebody stands in the line.
    Kind("kind") {
        /// With an appointment.
        Booking = "booking",
        /// Without one.
        WalkIn = "walk-in",
    }
}

/// A place in the line: a booking's slot, or a walk-in's arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Turn {
    /// The slot, or the arrival.
    pub at: DateTime<FixedOffset>,
    /// Which of the two.
    pub kind: Kind,
}

/// Puts people in the order in which they are served.
///
/// A booking stands at its slot, walk-ins fill the gaps as they came; a booking goes before a walk-in that
/// came at its slot or later. Clause C32.
pub fn line_up<T>(people: &mut [(Turn, T)]) {
    people.sort_by_key(|(turn, _)| *turn);
}

#[cfg(test)]
mod tests;
