//! Parts that the customer still owes: which, brought later, or let go by a second person. Clause C33.

use crate::desk::act::{Work, list};
use crate::desk::failure::{refused, wrong};
use crate::desk::life::{begin, needed, outcome};
use crate::desk::names::written;
use crate::desk::{Act, CaseView, Desk, Failure};
use crate::domain::case::{Guard, Outcome, State, Step, owed, second_person};
use crate::domain::edition::{Editions, Incomplete};
use crate::domain::event::{Event, Kept, PartsBrought, PartsWaived};
use crate::domain::writing::Writing;
use crate::repository::case::Case;
use crate::repository::journal::{self, new_id};
use crate::repository::{Fault, Tx, device, plan};

impl Desk {
    /// Takes in parts that were not here when the unit was received.
    pub fn bring(&mut self, act: &Act, number: &str, parts: &[String]) -> Result<CaseView, Failure> {
        self.act((act, &format!("bring/{number}")), |work| {
            let case = begin(work, number, Step::Parts)?;
            let mut here = listed_in(&case, case.handed_in.as_deref())?;
            let edition = work.ground(&case.serial)?.edition(&work.shop.editions).clone();
            for part in parts {
                edition.part_named(part).map_err(|unknown| wrong("part", unknown))?;
                if here.contains(part) {
                    return Err(wrong("part", format!("the {part} is here already")));
                }
                here.push(part.clone());
            }
            if parts.is_empty() {
                return Err(wrong("part", "name the parts that were brought"));
            }
            let kept = kept(work, &case, parts)?;
            work.write(&Event::PartsBrought(PartsBrought { case: case.id.clone(), handed_in: here, kept }))?;
            Ok(case.id)
        })
    }

    /// Lets owed parts go, by a second person.
    pub fn waive_parts(
        &mut self,
        act: &Act,
        number: &str,
        (by, reason): (&str, &str),
    ) -> Result<CaseView, Failure> {
        self.act((act, &format!("waive-parts/{number}")), |work| {
            let case = begin(work, number, Step::Parts)?;
            let still = still_owed(work.tx, &work.shop.editions, &case)?;
            if still.is_empty() {
                return Err(refused(Guard::WrongState, format!("no part is owed on case {number}")));
            }
            let by = written(Writing::Second, by)?.into_owned();
            second_person(&by, &work.stamp.actor, "asks to let the parts go")?;
            let reason = needed(work, Writing::Reason, reason, "write why the parts are let go")?;
            let mut parts = listed_in(&case, case.parts_waived.as_deref())?;
            parts.extend(still);
            work.write(&Event::PartsWaived(PartsWaived { case: case.id.clone(), parts, by, reason }))?;
            Ok(case.id)
        })
    }
}

/// A stored list of parts; none stored is none.
pub(in crate::desk) fn listed_in(case: &Case, text: Option<&str>) -> Result<Vec<String>, Fault> {
    Ok(text.map(|text| list(case, text)).transpose()?.unwrap_or_default())
}

/// The damaged parts that were replaced by the plan and that the customer still owes.
pub(in crate::desk) fn still_owed(
    tx: &Tx<'_>,
    editions: &Editions,
    case: &Case,
) -> Result<Vec<String>, Fault> {
    let plan = case.plan.as_deref().map(|number| plan::plan(tx, number)).transpose()?.flatten();
    let model = device::device(tx, &case.serial)?.map(|device| device.model).unwrap_or_default();
    owed_on(editions, case, (plan.as_ref(), &model))
}

/// The same where the case's plan and model are known.
pub(in crate::desk) fn owed_on(
    editions: &Editions,
    case: &Case,
    (plan, id): (Option<&plan::Plan>, &str),
) -> Result<Vec<String>, Fault> {
    if outcome(case)? != Outcome::Replacement || case.state != State::HandedOver.as_str() {
        return Ok(Vec::new());
    }
    let edition = plan.and_then(|plan| editions.named(&plan.programme));
    let ignored =
        |edition: &crate::domain::edition::Edition| edition.settings.claim.incomplete == Incomplete::Ignore;
    if edition.is_some_and(ignored) {
        return Ok(Vec::new());
    }
    let model = edition.and_then(|edition| edition.model(id)).or_else(|| editions.model(id));
    let replaces = |part: &String| {
        model.is_some_and(|model| model.replaceable.iter().any(|known| known.as_str() == part))
    };
    let listed: Vec<String> = list(case, &case.parts)?.into_iter().filter(replaces).collect();
    let here = listed_in(case, case.handed_in.as_deref())?;
    Ok(owed(&listed, &here, &listed_in(case, case.parts_waived.as_deref())?))
}

/// What of the brought parts waits for the maker: those that were owed.
fn kept(work: &Work<'_, '_>, case: &Case, brought: &[String]) -> Result<Vec<Kept>, Failure> {
    let still = still_owed(work.tx, &work.shop.editions, case)?;
    let old = last_issue(work, case)?.and_then(|(_, moved)| moved).map(|moved| moved.from);
    let ground = work.ground(&case.serial)?;
    let model = ground.device.model.clone();
    let edition = ground.edition(&work.shop.editions);
    let carrying = edition.model(&model).and_then(|model| model.carrying.as_ref());
    let keep = |part: &String| Kept {
        id: new_id(),
        part: part.clone(),
        model: model.clone(),
        serial: old.clone().filter(|_| carrying.is_some_and(|known| known.as_str() == part)),
    };
    Ok(brought.iter().filter(|part| still.contains(part)).map(keep).collect())
}

/// The last hand-out of a case: its line in the journal, and the move of the plan.
pub(super) fn last_issue(
    work: &Work<'_, '_>,
    case: &Case,
) -> Result<Option<(journal::Entry, Option<crate::domain::event::Moved>)>, Fault> {
    for entry in journal::of_case(work.tx, &case.id)?.into_iter().rev() {
        if let Event::Issued(it) = entry.event()? {
            return Ok(Some((entry, it.moved)));
        }
    }
    Ok(None)
}
