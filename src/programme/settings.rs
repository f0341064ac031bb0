//! The settings of a file, checked.

use toml::Spanned;

use crate::domain::edition::{
    BindRules, ClaimRules, DateOnly, FirstDay, PlusRules, Settings, TermRules, WarrantyRules,
};
use crate::programme::document::{Bind, Document, Plus, Term, Text};
use crate::programme::mistake::{Wrong, count, within};

/// A century: nothing of the programme is longer, and no sum of days leaves the calendar.
const MOST_MONTHS: u32 = 1_200;
const MOST_DAYS: u32 = 36_500;
const MOST_HOURS: u32 = 24 * MOST_DAYS;

/// All settings.
pub(super) fn settings(document: &Document) -> Result<Settings, Wrong> {
    only(&document.balance.per_case, "one", "one case uses one replacement, however many parts")?;
    let warranty = &document.warranty;
    Ok(Settings {
        term: term(&document.term)?,
        clock_day: document.clock.day,
        bind: bind(&document.bind)?,
        claim: ClaimRules {
            owner_policy: document.owner.policy,
            damage_in_term: document.claim.damage_in_term,
            incomplete: document.parts.incomplete,
            normal_use: *document.cause.normal_use.get_ref(),
        },
        plus: plus(&document.plus)?,
        warranty: WarrantyRules {
            no_receipt_days: within(&warranty.no_receipt_days, 0..=MOST_DAYS)?,
            min_days_after_replacement: within(&warranty.min_days_after_replacement, 0..=MOST_DAYS)?,
        },
        return_after_use: document.returned.after_use,
        quote_valid_days: document.quote.valid_days.0,
    })
}

/// Takes a key whose one word is all that the program understands.
pub(super) fn only(value: &Text, word: &str, meaning: &str) -> Result<(), Wrong> {
    if value.get_ref() == word {
        return Ok(());
    }
    let problem = format!("\"{}\" is not understood here; write \"{word}\": {meaning}", value.get_ref());
    Err(Wrong::at(value, problem))
}

fn term(term: &Term) -> Result<TermRules, Wrong> {
    Ok(TermRules {
        months: within(&term.months, 1..=MOST_MONTHS)?,
        last_day: term.last_day,
        starts: starts(&term.starts)?,
        ship_days: within(&term.ship_days, 0..=MOST_DAYS)?,
    })
}

/// A plan must start some day: `bound`, the only day that is always known, is the last resort.
fn starts(written: &Spanned<Vec<FirstDay>>) -> Result<Vec<FirstDay>, Wrong> {
    let starts = written.get_ref();
    if starts.last() != Some(&FirstDay::Bound) {
        return Err(Wrong::at(written, "end this list with \"bound\", the day that is always known"));
    }
    if starts.iter().enumerate().any(|(at, one)| starts.iter().take(at).any(|earlier| earlier == one)) {
        return Err(Wrong::at(written, "a word stands in this list twice; keep one"));
    }
    Ok(starts.clone())
}

fn bind(bind: &Bind) -> Result<BindRules, Wrong> {
    Ok(BindRules {
        activation_hours: within(&bind.activation_hours, 1..=MOST_HOURS)?,
        handheld_window_days: within(&bind.handheld_window_days, 1..=MOST_DAYS)?,
        handheld_days: bind.handheld_days,
        invitation_hours: within(&bind.invitation_hours, 1..=MOST_HOURS)?,
        approval_hours: within(&bind.approval_hours, 1..=MOST_HOURS)?,
        date_only: date_only(&bind.date_only)?,
        rebind: bind.rebind,
    })
}

fn date_only(written: &Spanned<DateOnly>) -> Result<DateOnly, Wrong> {
    let days = *written.get_ref();
    if days.refer_days < days.inside_days {
        let problem = "refer_days is less than inside_days; write the same number where nothing is referred";
        return Err(Wrong::at(written, problem));
    }
    if days.refer_days > MOST_DAYS {
        return Err(Wrong::at(written, format!("refer_days is out of range (0 to {MOST_DAYS})")));
    }
    Ok(days)
}

fn plus(plus: &Plus) -> Result<PlusRules, Wrong> {
    only(&plus.starts, "after-original", "plus starts the day after the original's last day")?;
    Ok(PlusRules {
        months: within(&plus.months, 1..=MOST_MONTHS)?,
        granted: count(&plus.granted)?,
        leftover: plus.leftover,
        once: plus.once,
        region: plus.region,
        revives: plus.revives,
    })
}
