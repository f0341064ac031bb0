//! Issue: the new unit goes out, and plan, balance and warranty move with it; all of it or nothing.

use crate::desk::act::{Work, claim_facts, decided, list, stated};
use crate::desk::failure::refused;
use crate::desk::ground::Ground;
use crate::desk::life::parts::listed_in;
use crate::desk::life::{makers_use, may, outcome, quote};
use crate::desk::pay::account;
use crate::desk::{Act, CaseView, Desk, Failure, print, shelf};
use crate::domain::case::{Guard, Outcome, Step};
use crate::domain::decision::{Decision, Remedy, Rule};
use crate::domain::event::{Decided, Event, Handed, Issued, Kept, Moved, Slot};
use crate::domain::facts::Facts;
use crate::domain::product::{Model, Part};
use crate::domain::replacement::{Effect, OldPart, Unit, fitting, left_here, may_issue};
use crate::domain::serial::Serial;
use crate::domain::stock::whole_serial;
use crate::repository::case::Case;
use crate::repository::journal::new_id;
use crate::repository::row::broken;
use crate::repository::{case, device, plan, stock};

/// So many units of a part are enough to choose from.
const FEW: usize = 12;

impl Desk {
    /// Hands out the scanned units. Clauses C25 to C27.
    pub fn issue(&mut self, act: &Act, number: &str, units: &[String]) -> Result<CaseView, Failure> {
        self.act((act, &format!("issue/{number}")), |work| {
            let case = work.case(number)?;
            let planned = planned(work, &case, units)?;
            work.write(&Event::Issued(planned.issued.clone()))?;
            print::certify(work, &case, planned)?;
            Ok(case.id)
        })
    }

    /// Units that serve a case, the first few of each part: those kept for it, then those in stock for its listed
    /// parts, then whole units.
    pub fn shelf(&mut self, act: &Act, number: &str) -> Result<Vec<stock::Unit>, Failure> {
        self.looking(act, |work| {
            let case = work.case(number)?;
            let ground = work.ground(&case.serial)?;
            let model = model(work, &ground)?;
            let listed = model.listed(&list(&case, &case.parts)?);
            let carrying = model.carrying.iter().filter(|part| !listed.contains(part));
            let mut units = stock::kept_for(work.tx, &case.id)?;
            for part in listed.iter().chain(carrying) {
                let is_part = model.carrying.as_ref() != Some(part);
                let serves = |unit: &stock::Unit| is_part || whole_serial(&unit.serial).is_ok();
                let of = (model.id.as_str(), part.as_str());
                units.extend(stock::free_units(work.tx, of, (FEW, serves))?);
            }
            Ok(units)
        })
    }

    /// What issuing these units would do, refused by the same guards; nothing is written.
    pub fn before_issue(&mut self, act: &Act, number: &str, units: &[String]) -> Result<Effect, Failure> {
        let shop = &self.shop;
        self.repository.read(|tx| {
            let counter = crate::desk::act::counter(tx)?
                .ok_or_else(|| refused(Guard::NotSetUp, "this counter has no name yet"))?;
            let work = Work { tx, shop, counter, stamp: &act.stamp };
            Ok(planned(&work, &work.case(number)?, units)?.effect)
        })
    }
}

/// A hand-out that every guard lets through, and what it rests on.
pub(super) struct Planned {
    pub issued: Issued,
    effect: Effect,
    pub ground: Ground,
    pub facts: Facts,
    pub decision: Decision,
}

/// The model of a device by its plan's edition.
fn model<'a>(work: &Work<'a, '_>, ground: &Ground) -> Result<&'a Model, Failure> {
    let edition = ground.edition(&work.shop.editions);
    let unknown =
        || refused(Guard::UnitWrongModel, format!("no edition knows the model {}", ground.device.model));
    edition.model(&ground.device.model).ok_or_else(unknown)
}

fn planned(work: &Work<'_, '_>, case: &Case, units: &[String]) -> Result<Planned, Failure> {
    let (ground, facts, (decision, decided)) = allowed(work, case)?;
    let number = &case.number;
    let model = model(work, &ground)?;
    let listed = model.listed(&list(case, &case.parts)?);
    let here = listed_in(case, case.handed_in.as_deref())?;
    let scanned = scanned(work, units)?;
    let effect = fitting(&scanned, (ground.edition(&work.shop.editions), model), (&listed, number))?;
    let reserved = || refused(Guard::NoBalance, format!("case {number} has no replacement reserved"));
    let (id, plan, ordinal) = case.slot.clone().ok_or_else(reserved)?;
    let moved = match &effect {
        Effect::Stays => None,
        Effect::Moves(to) => Some(moved(case, &ground, to).ok_or_else(reserved)?),
    };
    let from = moved.as_ref().map(|moved| &moved.from);
    let kept = kept((model, from), left_here(&effect, model, (&scanned, &listed, &here)));
    let units = scanned.into_iter().map(|unit| Handed { serial: unit.serial, part: unit.part }).collect();
    let issued = Issued {
        case: case.id.clone(),
        at: work.at(),
        on: work.today(),
        slot: Slot { id, plan, ordinal },
        units,
        moved,
        decided,
        kept,
    };
    Ok(Planned { issued, effect, ground, facts, decision })
}

/// What the hand-out is decided on: a paid replacement that the rules, asked again, leave open.
fn allowed(work: &Work<'_, '_>, case: &Case) -> Result<(Ground, Facts, (Decision, Decided)), Failure> {
    may(case, Step::Issue)?;
    if outcome(case)? != Outcome::Replacement {
        let say = format!("case {} is not a replacement: nothing is issued on it", case.number);
        return Err(refused(Guard::WrongState, say));
    }
    no_conflict(work, case)?;
    let ground = work.ground(&case.serial)?;
    let desk = (work.counter.region.as_str(), work.stamp.at);
    let facts = ground.claim(desk, Some(&case.id), claim_facts(case, &stated(case)?)?)?;
    let decision = decided(work.shop, facts.clone())?;
    may_issue(&decision.0, &decided_by_person(work, case)?)?;
    quote(work, case, &ground)?;
    paid(work, case)?;
    Ok((ground, facts, decision))
}

/// The move of the plan to the new serial.
fn moved(case: &Case, ground: &Ground, to: &Serial) -> Option<Moved> {
    Some(Moved {
        plan: ground.plan.as_ref().map(|plan| plan.number.clone())?,
        from: ground.plan.as_ref().map_or_else(|| case.serial.clone(), |plan| plan.bound.clone()),
        to: to.to_string(),
        model: ground.device.model.clone(),
        region: ground.device.purchase_region.clone(),
        binding: new_id(),
        ends: new_id(),
    })
}

/// The old parts that stay here, as rows of the list of parts that wait for the maker.
fn kept((model, old): (&Model, Option<&String>), left: Vec<(Part, OldPart)>) -> Vec<Kept> {
    let row = |(part, what): (Part, OldPart)| Kept {
        id: new_id(),
        part: part.to_string(),
        model: model.id.to_string(),
        serial: old.cloned().filter(|_| what == OldPart::Unit),
    };
    left.into_iter().map(row).collect()
}

/// What the rules referred when a person with more rights decided; nothing where nobody did.
fn decided_by_person(work: &Work<'_, '_>, case: &Case) -> Result<Vec<Rule>, Failure> {
    /// The part of a stored answer that is read again.
    #[derive(serde::Deserialize)]
    struct Answer {
        options: Vec<Referred>,
    }
    #[derive(serde::Deserialize)]
    struct Referred {
        remedy: Remedy,
        because: Vec<Rule>,
    }
    if case.overridden_by.is_none() {
        return Ok(Vec::new());
    }
    let answer = case::chosen_answer(work.tx, &case.id)?.unwrap_or_default();
    let answer: Answer =
        serde_json::from_str(&answer).map_err(|cause| broken("decision", &case.number, cause))?;
    let replacement = answer.options.into_iter().find(|option| option.remedy == Remedy::Replacement);
    Ok(replacement.map(|option| option.because).unwrap_or_default())
}

/// The maker's record may say that the reserved replacement was used elsewhere.
fn no_conflict(work: &Work<'_, '_>, case: &Case) -> Result<(), Failure> {
    match plan::conflicts(work.tx, &case.id)?.first() {
        None => Ok(()),
        Some((plan, ordinal, serial)) => {
            let used = makers_use(plan, *ordinal, serial);
            let say = format!("the {used} already: ask before anything is handed out");
            Err(refused(Guard::NoBalance, say))
        }
    }
}

fn paid(work: &Work<'_, '_>, case: &Case) -> Result<(), Failure> {
    let account = account(work.tx, case)?;
    match (account.fee, account.due()) {
        (None, _) => Err(refused(
            Guard::FeeUnknown,
            "the fee is not known: take the payment with its amount and a reason first",
        )),
        (Some(_), Some(0)) => Ok(()),
        (Some(fee), _) => Err(refused(Guard::FeeUnpaid, format!("the fee of {fee} is not paid yet"))),
    }
}

fn scanned(work: &Work<'_, '_>, units: &[String]) -> Result<Vec<Unit>, Failure> {
    let mut found: Vec<Unit> = Vec::new();
    for text in units {
        let serial = shelf::scanned(text);
        let was_a_customers = device::was_a_customers(work.tx, &serial)?;
        let Some(unit) = stock::unit(work.tx, &serial)? else {
            let (guard, say) = if was_a_customers {
                (Guard::SerialBoundBefore, format!("{serial} is a customer's device, not a stock unit"))
            } else {
                (
                    Guard::UnitUnknown,
                    format!("{serial} is not in stock: scan the unit again, or import the stock list"),
                )
            };
            return Err(refused(guard, say));
        };
        if found.iter().any(|other| other.serial == unit.serial) {
            return Err(refused(Guard::UnitWrongPart, format!("unit {serial} was scanned twice")));
        }
        found.push(Unit {
            serial: unit.serial,
            model: unit.model,
            part: unit.part,
            state: unit.state,
            case: unit.case,
            was_a_customers,
        });
    }
    Ok(found)
}
