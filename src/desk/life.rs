//! The rest of a case's life: other minds, the workshop, rest, hand-over, and the early end.

use chrono::NaiveDate;

use crate::desk::act::Work;
use crate::desk::failure::{refused, wrong};
use crate::desk::ground::Ground;
use crate::desk::names::written;
use crate::desk::pay::account;
use crate::desk::{Act, CaseView, Desk, Failure};
use crate::domain::account::{quote_stands, quote_until};
use crate::domain::case::{Assessment, Guard, Number, Outcome, Standing, Step, may_end_early};
use crate::domain::claim::ILLEGIBLE;
use crate::domain::day::parse_instant;
use crate::domain::edition::Editions;
use crate::domain::event::{
    Apart, Cancelled, ChangedMind, Event, Finished, HandedOver, Held, Told, Unheld, Worked,
};
use crate::domain::serial::normalise;
use crate::domain::writing::Writing;
use crate::repository::case::Case;
use crate::repository::journal::store_text;
use crate::repository::row::{broken, parsed};
use crate::repository::{Fault, case};

mod back;
pub mod parts;
mod say;
#[cfg(test)]
mod tests;

pub use back::{Again, Void};
pub(super) use say::makers_use;
pub use say::sentence;

impl Desk {
    /// Lets the customer choose again: the reservation is released and the quote superseded.
    pub fn change_mind(
        &mut self,
        act: &Act,
        number: &str,
        reason: Option<&str>,
    ) -> Result<CaseView, Failure> {
        self.act((act, &format!("change-mind/{number}")), |work| {
            let case = begin(work, number, Step::ChangeMind)?;
            account(work.tx, &case)?.paid_back("change the choice")?;
            let slot = case.slot.clone().map(|(id, _, _)| id);
            let reason = reason.map(|text| maybe(work, Writing::Reason, text)).transpose()?.flatten();
            work.write(&Event::ChangedMind(ChangedMind { case: case.id.clone(), slot, reason }))?;
            Ok(case.id)
        })
    }

    /// Begins a repair.
    pub fn work(&mut self, act: &Act, number: &str) -> Result<CaseView, Failure> {
        self.act((act, &format!("work/{number}")), |work| {
            let case = begin(work, number, Step::Work)?;
            let outcome = outcome(&case)?;
            if !matches!(outcome, Outcome::PaidRepair | Outcome::WarrantyRepair) {
                let say = format!("case {number} is not a repair: nothing is mended on it");
                return Err(refused(Guard::WrongState, say));
            }
            quote(work, &case, &work.ground(&case.serial)?)?;
            work.write(&Event::Worked(Worked { case: case.id.clone() }))?;
            Ok(case.id)
        })
    }

    /// Ends a repair with the workshop's words.
    pub fn finish(&mut self, act: &Act, number: &str, result: &str) -> Result<CaseView, Failure> {
        self.act((act, &format!("finish/{number}")), |work| {
            let case = begin(work, number, Step::Finish)?;
            let result = needed(work, Writing::Result, result, "write what was done")?;
            work.write(&Event::Finished(Finished { case: case.id.clone(), result }))?;
            Ok(case.id)
        })
    }

    /// Puts a case on hold; it keeps its state, and every step stays possible.
    pub fn hold(&mut self, act: &Act, number: &str, reason: &str) -> Result<CaseView, Failure> {
        self.act((act, &format!("hold/{number}")), |work| {
            let case = begin(work, number, Step::Hold)?;
            if case.held {
                return Err(refused(Guard::WrongState, format!("case {number} is on hold already")));
            }
            let reason = needed(work, Writing::Reason, reason, "write why the case rests")?;
            work.write(&Event::Held(Held { case: case.id.clone(), reason }))?;
            Ok(case.id)
        })
    }

    /// Takes a case off hold.
    pub fn unhold(&mut self, act: &Act, number: &str, reason: Option<&str>) -> Result<CaseView, Failure> {
        self.act((act, &format!("unhold/{number}")), |work| {
            let case = begin(work, number, Step::Unhold)?;
            if !case.held {
                return Err(refused(Guard::WrongState, format!("case {number} is not on hold")));
            }
            let reason = reason.map(|text| maybe(work, Writing::Reason, text)).transpose()?.flatten();
            work.write(&Event::Unheld(Unheld { case: case.id.clone(), reason }))?;
            Ok(case.id)
        })
    }

    /// Notes that the customer was told that the unit is ready.
    pub fn tell(&mut self, act: &Act, number: &str) -> Result<CaseView, Failure> {
        self.act((act, &format!("tell/{number}")), |work| {
            let case = begin(work, number, Step::Tell)?;
            work.write(&Event::Told(Told { case: case.id.clone() }))?;
            Ok(case.id)
        })
    }

    /// Gives the unit back to the customer.
    pub fn hand_over(&mut self, act: &Act, number: &str, serial: &str) -> Result<CaseView, Failure> {
        self.act((act, &format!("hand-over/{number}")), |work| {
            let case = begin(work, number, Step::HandOver)?;
            account(work.tx, &case)?.may_leave()?;
            let serial = to_give(&case, serial)?;
            work.write(&Event::HandedOver(HandedOver { case: case.id.clone(), serial }))?;
            Ok(case.id)
        })
    }

    /// Ends a case before anything irreversible; a unit that is here goes back to the customer with it.
    pub fn cancel(&mut self, act: &Act, number: &str, reason: &str) -> Result<CaseView, Failure> {
        self.act((act, &format!("cancel/{number}")), |work| {
            let case = begin(work, number, Step::Cancel)?;
            account(work.tx, &case)?.paid_back("cancel the case")?;
            if !case::issued(work.tx, &case.id)?.is_empty() {
                let say = format!("units were handed out on case {number}: it cannot be cancelled any more");
                return Err(refused(Guard::WrongState, say));
            }
            may_end_early(number, case.result.as_deref())?;
            let slot = case.slot.clone().map(|(id, _, _)| id);
            let reason = needed(work, Writing::Reason, reason, "write why the case is cancelled")?;
            work.write(&Event::Cancelled(Cancelled { case: case.id.clone(), slot, reason }))?;
            Ok(case.id)
        })
    }
}

/// The case, refused unless the step may begin.
pub(super) fn begin(work: &Work<'_, '_>, number: &str, step: Step) -> Result<Case, Failure> {
    let case = work.case(number)?;
    may(&case, step)?;
    Ok(case)
}

/// Refuses unless the step may begin.
pub(super) fn may(case: &Case, step: Step) -> Result<(), Failure> {
    let number: Number = parsed("cases", &case.id, &case.number)?;
    let standing = Standing {
        state: parsed("cases", &case.number, &case.state)?,
        channel: parsed("cases", &case.number, &case.channel)?,
        assessment: if case.assessment_owed { Assessment::Owed } else { Assessment::Settled },
    };
    Ok(step.may(standing, &number)?)
}

/// What came of a case so far.
pub(super) fn outcome(case: &Case) -> Result<Outcome, Fault> {
    parsed("cases", &case.number, &case.outcome)
}

/// Refuses once a priced quote has run out (setting `quote.valid_days`).
pub(super) fn quote(work: &Work<'_, '_>, case: &Case, ground: &Ground) -> Result<(), Failure> {
    let Some((quoted, valid)) = priced(case, ground, &work.shop.editions)? else { return Ok(()) };
    Ok(quote_stands(quoted, work.today(), valid)?)
}

/// The last day of a priced quote; none where none is priced, or where it stands for ever.
pub(super) fn last_day(
    case: &Case,
    ground: &Ground,
    editions: &Editions,
) -> Result<Option<NaiveDate>, Fault> {
    Ok(priced(case, ground, editions)?.and_then(|(quoted, valid)| quote_until(quoted, valid)))
}

/// The day on which a price was told, and for how many days it stands.
fn priced(
    case: &Case,
    ground: &Ground,
    editions: &Editions,
) -> Result<Option<(NaiveDate, Option<u32>)>, Fault> {
    let Some(at) = case.quoted_at.as_deref() else { return Ok(None) };
    if !outcome(case)?.costs() {
        return Ok(None);
    }
    let quoted = parse_instant(at).map_err(|bad| broken("cases", &case.number, bad))?;
    Ok(Some((quoted.date_naive(), ground.edition(editions).settings.quote_valid_days)))
}

/// A text that must be there, kept apart.
pub(super) fn needed(work: &Work<'_, '_>, what: Writing, text: &str, ask: &str) -> Result<Apart, Failure> {
    maybe(work, what, text)?.ok_or_else(|| wrong(what.field(), ask))
}

/// A text that may be there, kept apart.
pub(super) fn maybe(work: &Work<'_, '_>, what: Writing, text: &str) -> Result<Option<Apart>, Failure> {
    let text = written(what, text)?;
    if text.is_empty() { Ok(None) } else { Ok(Some(store_text(work.tx, &text)?)) }
}

/// The serial that was scanned, refused unless it is the unit to give.
fn to_give(case: &Case, scanned: &str) -> Result<String, Failure> {
    let ours = case.on_unit.as_deref().unwrap_or(&case.serial);
    let serial = if scanned.trim() == ILLEGIBLE { ILLEGIBLE.to_owned() } else { normalise(scanned) };
    let known = serial == ours || (ours == ILLEGIBLE && serial == case.serial);
    if known {
        return Ok(serial);
    }
    let say = format!("the unit is {serial}, the one to give back is {ours}: look for that one");
    Err(refused(Guard::OtherSerial, say))
}
