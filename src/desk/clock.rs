//! The desk's clock: the only place that reads the machine's.

use chrono::{DateTime, FixedOffset, Local, NaiveDateTime, TimeDelta, TimeZone};

use crate::desk::{Desk, Failure};
use crate::domain::day::{BadTime, parse_instant};
use crate::repository::journal::{self, Clock, Stamp};
use crate::repository::row::broken;

/// So far a clock may be set back without a word: it ran a little fast.
const SLACK: TimeDelta = TimeDelta::hours(1);

/// Fixes the clock, for tests and papers that must not change.
pub const NOW: &str = "CAREDESK_NOW";

/// The moment of an act: given by hand, else fixed by the environment, else the machine's.
pub fn now(given: Option<&str>) -> Result<(DateTime<FixedOffset>, Clock), BadTime> {
    if let Some(text) = given {
        return parse_instant(text).map(|at| (at, Clock::Given));
    }
    match std::env::var(NOW) {
        Ok(text) => parse_instant(&text).map(|at| (at, Clock::Given)),
        Err(_) => Ok((machine(), Clock::Machine)),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one clock")]
fn machine() -> DateTime<FixedOffset> {
    Local::now().fixed_offset()
}

/// The instant at which this counter's wall clock shows a time. None where the clock jumps over it.
///
/// The machine's zone knows about summer time; a clock that was given keeps the offset of its moment.
#[must_use]
pub fn wall(stamp: &Stamp, time: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
    match stamp.clock {
        Clock::Machine => Local.from_local_datetime(&time).earliest().map(|at| at.fixed_offset()),
        Clock::Given => stamp.at.offset().from_local_datetime(&time).earliest(),
    }
}

/// A moment as the same wall clock shows it, whatever offset it was written in.
#[must_use]
pub fn here(stamp: &Stamp, at: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
    match stamp.clock {
        Clock::Machine => at.with_timezone(&Local).fixed_offset(),
        Clock::Given => at.with_timezone(stamp.at.offset()),
    }
}

impl Desk {
    /// What stands against the machine's clock: it wrote a line of the journal that lies ahead of it.
    ///
    /// A laptop whose battery died starts years ago, and no plan of today covers that day. Nothing is refused for it:
    /// it may be the line that is wrong. A line whose moment was given by hand tells nothing about the clock, and what
    /// the wrong clock itself wrote since, be it only the end of an import at the start, does not hide the rest. Once
    /// the shop has worked two days by this clock, it is the line ahead that was wrong.
    pub fn behind(&mut self, stamp: &Stamp) -> Result<Option<String>, Failure> {
        if stamp.clock == Clock::Given {
            return Ok(None);
        }
        let day = stamp.at.date_naive() - TimeDelta::days(1);
        let latest = self.repository.read(|tx| journal::latest(tx, &day.to_string()))?;
        let Some((seq, latest)) = latest else { return Ok(None) };
        let latest = parse_instant(&latest).map_err(|bad| broken("journal", &latest, bad))?;
        if latest - stamp.at <= SLACK || self.repository.read(|tx| journal::two_days_after(tx, seq))? {
            return Ok(None);
        }
        let show = |at: DateTime<FixedOffset>| at.format("%Y-%m-%d %H:%M").to_string();
        Ok(Some(format!(
            "this computer's clock says {}, but it has written a line of {} already: \
             set the clock right before anything is decided or recorded",
            show(stamp.at),
            show(latest.with_timezone(stamp.at.offset()))
        )))
    }
}
