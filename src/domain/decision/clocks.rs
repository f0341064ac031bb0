//! The clocks of binding: which of the five criteria are open now, and when each one closes.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone as _, Utc};

use crate::domain::clause::Clause::{self, C11a, C11b, C11c, C11d, C11e};
use crate::domain::day::days_after;
use crate::domain::decision::windows::{closes_at, within};
use crate::domain::edition::{ClockDay, HandheldClock};
use crate::domain::facts::{Asked, Bind, Question, Repairer, VideoState, activated_on};
use crate::domain::product::{Activation, Condition, Kind};

/// One criterion that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Which (C11a to C11e).
    pub criterion: Clause,
    /// The last moment at which it holds, told by the counter's clock; none without a time limit.
    pub closes: Option<DateTime<FixedOffset>>,
}

/// A window that is open: how long, or for ever.
type Open = Option<Option<DateTime<FixedOffset>>>;

/// The criteria of a wish to bind that are open at its moment, in the order in which they are tried. Clause C11.
///
/// What stands against the binding besides the criteria is not looked at.
#[must_use]
pub fn clocks(question: &Question<'_>) -> Vec<Clock> {
    let Asked::Bind(bind) = &question.asked else { return Vec::new() };
    let open = [
        (C11a, sealed(question)),
        (C11b, activation(question, bind)),
        (C11c, handheld(question, bind)),
        (C11d, invitation(question, bind)),
        (C11e, video(question, bind)),
    ];
    let clock = |(criterion, open): (Clause, Open)| Some(Clock { criterion, closes: open? });
    open.into_iter().filter_map(clock).collect()
}

fn sealed(question: &Question<'_>) -> Open {
    let new = (Activation::Never, Condition::Sealed);
    ((question.device.activation, question.device.condition) == new).then_some(None)
}

fn activation(question: &Question<'_>, bind: &Bind) -> Open {
    let rules = &question.edition.settings.bind;
    match (question.device.model.kind, question.device.activation) {
        (Some(Kind::Handheld) | None, _) | (_, Activation::Unknown | Activation::Never) => None,
        (_, Activation::At(activated)) => hours(activated, rules.activation_hours, bind),
        (_, Activation::On(day)) => days((day, rules.date_only.inside_days), question, bind),
    }
}

fn handheld(question: &Question<'_>, bind: &Bind) -> Open {
    let rules = &question.edition.settings.bind;
    let (device, length) = (&question.device, rules.handheld_window_days);
    if device.model.kind != Some(Kind::Handheld) {
        return None;
    }
    let activated = activated_on(device.activation, bind.at, question.edition.settings.clock_day)?;
    match (rules.handheld_days, device.activation) {
        (HandheldClock::Elapsed, Activation::At(at)) => hours(at, length * 24, bind),
        (HandheldClock::Elapsed, _) => days((activated, length.saturating_sub(1)), question, bind),
        (HandheldClock::Calendar, _) => days((activated, length), question, bind),
    }
}

fn invitation(question: &Question<'_>, bind: &Bind) -> Open {
    match (bind.notices.repaired_by, bind.notices.invited_at) {
        (Some(Repairer::Official), Some(invited)) => {
            hours(invited, question.edition.settings.bind.invitation_hours, bind)
        }
        _ => None,
    }
}

fn video(question: &Question<'_>, bind: &Bind) -> Open {
    match (question.device.model.kind, bind.notices.video) {
        (Some(Kind::Aircraft), Some((VideoState::Approved, Some(notice)))) => {
            hours(notice, question.edition.settings.bind.approval_hours, bind)
        }
        _ => None,
    }
}

fn hours(opened: DateTime<FixedOffset>, length: u32, bind: &Bind) -> Open {
    let closes = || closes_at(opened, length).map(|closes| closes.with_timezone(bind.at.offset()));
    within(opened, length, bind.at).then(closes)
}

/// A window of whole days, to the end of the last one.
fn days((opened, length): (NaiveDate, u32), question: &Question<'_>, bind: &Bind) -> Open {
    let last = days_after(opened, length);
    (bind.day <= last).then(|| end_of(last, question.edition.settings.clock_day, bind.at))
}

fn end_of(day: NaiveDate, rule: ClockDay, at: DateTime<FixedOffset>) -> Option<DateTime<FixedOffset>> {
    let end = day.and_time(NaiveTime::from_hms_opt(23, 59, 59)?);
    match rule {
        ClockDay::Centre => at.offset().from_local_datetime(&end).single(),
        ClockDay::Utc => Some(Utc.from_utc_datetime(&end).with_timezone(at.offset())),
    }
}

impl Clock {
    /// How long it stays open, such as "closes in 5 h 12 min (3 Mar 2020 14:05)".
    #[must_use]
    pub fn words(&self, now: DateTime<FixedOffset>) -> String {
        let Some(closes) = self.closes else { return "no time limit".to_owned() };
        let left = (closes - now).num_minutes();
        let span = match (left / 60, left % 60) {
            (..=0, ..1) => "less than a minute".to_owned(),
            (..=0, minutes) => format!("{minutes} min"),
            // Windows of hours are spoken of in hours, up to the longest of them.
            (hours @ ..=72, minutes) => format!("{hours} h {minutes} min"),
            (hours, _) => format!("{} days {} h", hours / 24, hours % 24),
        };
        format!("closes in {span} ({})", closes.format("%-d %b %Y %H:%M"))
    }
}
