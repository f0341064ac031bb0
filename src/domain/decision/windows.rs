//! Windows in hours: elapsed time between two instants, whatever the clocks on the wall did, both ends included.

use chrono::{DateTime, FixedOffset, TimeDelta};

/// The last moment of a window of `hours` that opened at `opened`.
pub(super) fn closes_at(opened: DateTime<FixedOffset>, hours: u32) -> Option<DateTime<FixedOffset>> {
    opened.checked_add_signed(TimeDelta::hours(i64::from(hours)))
}

/// Tells whether `at` lies in the window of `hours` that opened at `opened`.
pub(super) fn within(opened: DateTime<FixedOffset>, hours: u32, at: DateTime<FixedOffset>) -> bool {
    opened <= at && closes_at(opened, hours).is_none_or(|closes| at <= closes)
}
