//! A care plan: its term, its extension (plus), and the time they cover together.

use chrono::NaiveDate;

use crate::domain::day::{day_before, months_after};
use crate::domain::edition::{LastDay, Leftover, PlusRules, Settings, TermRules};
use crate::domain::region::Region;
use crate::domain::serial::Serial;

/// A plan as the desk knows it on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number.
    pub number: String,
    /// Where it was bought (C9).
    pub region: Region,
    /// The serial it is bound to now (C14, C26).
    pub bound: Serial,
    /// First and last covered day.
    pub term: Term,
    /// Replacements granted and used.
    pub balance: Balance,
    /// The day it was returned with its product (C16).
    pub returned_on: Option<NaiveDate>,
    /// Plus (C22).
    pub extension: Option<Extension>,
}

/// Days from the first to the last covered one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first covered day.
    pub first: NaiveDate,
    /// The last covered day.
    pub last: NaiveDate,
}

/// Replacements granted by one source, and which of them are taken. Clause C3.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balance {
    granted: u8,
    /// Ordinals that are used or held by a case; as many as are used up.
    taken: Vec<u8>,
}

/// Plus: one more term and one more replacement. Clause C22.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The day it was bought.
    pub bought_on: NaiveDate,
    /// The days it adds.
    pub term: Term,
    /// Its own replacement.
    pub balance: Balance,
}

crate::words! {
    /// Where a replacement comes from.
    Source("source") {
        /// The plan itself.
        Refresh = "refresh",
        /// Its extension.
        Plus = "plus",
    }
}

impl Term {
    /// The term of a plan from its first day; a printed last day always wins (setting `term.last_day`).
    #[must_use]
    pub fn of(first: NaiveDate, printed_last: Option<NaiveDate>, rules: &TermRules) -> Self {
        let last = printed_last.unwrap_or_else(|| last_covered(first, rules.months, rules.last_day));
        Self { first, last }
    }

    /// The term that plus adds: from the day after the original's last day. Clause C22.
    #[must_use]
    pub fn after(self, plus: &PlusRules, last_day: LastDay) -> Self {
        let first = self.last.succ_opt().unwrap_or(NaiveDate::MAX);
        Self { first, last: last_covered(first, plus.months, last_day) }
    }

    /// Tells whether `day` is covered.
    #[must_use]
    pub fn covers(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

/// The last covered day of something that starts on `first` and lasts `months`.
#[must_use]
pub fn last_covered(first: NaiveDate, months: u32, last_day: LastDay) -> NaiveDate {
    match last_day {
        LastDay::DayBefore => day_before(months_after(first, months)),
        LastDay::Anniversary => months_after(first, months),
    }
}

impl Balance {
    /// `used` of `granted` replacements, the lowest ordinals first.
    #[must_use]
    pub fn counted(granted: u8, used: u8) -> Self {
        Self { granted, taken: (1..=used.min(granted)).collect() }
    }

    /// Replacements of which just these ordinals are taken.
    #[must_use]
    pub fn with_taken(granted: u8, mut taken: Vec<u8>) -> Self {
        taken.retain(|ordinal| (1..=granted).contains(ordinal));
        taken.sort_unstable();
        taken.dedup();
        Self { granted, taken }
    }

    /// Replacements granted.
    #[must_use]
    pub const fn granted(&self) -> u8 {
        self.granted
    }

    /// Replacements used up.
    #[must_use]
    pub fn used(&self) -> u8 {
        u8::try_from(self.taken.len()).unwrap_or(u8::MAX)
    }

    /// Replacements left.
    #[must_use]
    pub fn left(&self) -> u8 {
        self.granted.saturating_sub(self.used())
    }

    /// The lowest free ordinal.
    #[must_use]
    pub fn next(&self) -> Option<u8> {
        (1..=self.granted).find(|ordinal| !self.taken.contains(ordinal))
    }
}

impl Plan {
    /// Tells whether the plan had been returned by `day`. Clause C16.
    #[must_use]
    pub fn returned_by(&self, day: NaiveDate) -> bool {
        self.returned_on.is_some_and(|returned| returned <= day)
    }

    /// The covered time: without a gap from the plan's first day to its last, or to plus's.
    #[must_use]
    pub fn covered(&self) -> Term {
        let last = self.extension.as_ref().map_or(self.term.last, |plus| plus.term.last.max(self.term.last));
        Term { first: self.term.first, last }
    }

    /// The source that a claim recorded on `day` uses (settings `plus.starts`, `plus.leftover`).
    #[must_use]
    pub fn source_on(&self, day: NaiveDate, settings: &Settings) -> Source {
        let carried = settings.plus.leftover == Leftover::Carry && self.balance.left() > 0;
        match &self.extension {
            Some(_) if day > self.term.last && !carried => Source::Plus,
            Some(_) | None => Source::Refresh,
        }
    }

    /// The balance of one source; a plan without plus has none there.
    #[must_use]
    pub fn balance_of(&self, source: Source) -> Balance {
        match source {
            Source::Refresh => self.balance.clone(),
            Source::Plus => self.extension.as_ref().map(|plus| plus.balance.clone()).unwrap_or_default(),
        }
    }
}
