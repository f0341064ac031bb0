//! What takes a second person: a hand-out that is taken back, and an ended case that goes on.

use crate::desk::act::{Work, state};
use crate::desk::failure::{refused, wrong};
use crate::desk::life::parts::last_issue;
use crate::desk::life::{begin, maybe, needed};
use crate::desk::names::{clean, written};
use crate::desk::print::{self, Kind};
use crate::desk::receive::{Intake, taken_in};
use crate::desk::record::no_other_case;
use crate::desk::{Act, CaseView, Desk, Failure};
use crate::domain::account::all_back;
use crate::domain::case::{Guard, State, Step, second_person};
use crate::domain::claim::Owner;
use crate::domain::event::{
    Back, Brought, Event, Line, Method, Moved, MovedBack, Payment, Reopened, Voided, Whereabouts,
};
use crate::domain::money::Money;
use crate::domain::writing::Writing;
use crate::repository::case::{self, Case};
use crate::repository::journal::{self, Entry, new_id, store_text};
use crate::repository::row::parsed;
use crate::repository::{device, plan};

/// A hand-out to be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Void {
    /// The second person.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The units that are here again; the word `lost` stands for those that are not.
    pub units: Vec<String>,
}

/// An ended case to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// The second person.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The unit, where it was brought again.
    pub intake: Option<Intake>,
}

/// The word for units that nobody has.
const LOST: &str = "lost";

impl Desk {
    /// Takes a hand-out back: ordinal, binding, units and money, in one act. Clauses C3, C26.
    pub fn void(&mut self, act: &Act, number: &str, wish: &Void) -> Result<CaseView, Failure> {
        self.act((act, &format!("void/{number}")), |work| {
            let case = begin(work, number, Step::Void)?;
            let event = voided(work, &case, wish)?;
            work.write(&event)?;
            Ok(case.id)
        })
    }

    /// Lets an ended case go on.
    pub fn reopen(&mut self, act: &Act, number: &str, wish: &Again) -> Result<CaseView, Failure> {
        self.act((act, &format!("reopen/{number}")), |work| {
            let case = begin(work, number, Step::Reopen)?;
            let event = reopened(work, &case, wish)?;
            work.write(&event)?;
            // A unit that is brought again is taken in again: the customer's slip names what is here now.
            if matches!(&event, Event::Reopened(it) if it.state == State::Received) {
                print::make(work, &case.id, Kind::Slip)?;
            }
            Ok(case.id)
        })
    }
}

fn voided(work: &Work<'_, '_>, case: &Case, wish: &Void) -> Result<Event, Failure> {
    let nothing =
        || refused(Guard::WrongState, format!("no replacement was handed out on case {}", case.number));
    let (slot, plan, _) = case.slot.clone().ok_or_else(nothing)?;
    let (issue, moved) = last_issue(work, case)?.ok_or_else(nothing)?;
    let by = written(Writing::Second, &wish.by)?.into_owned();
    second_person(&by, &issue.actor, "handed the replacement out")?;
    let units = units(work, case, &wish.units)?;
    untouched(work, case, (&issue, moved.as_ref(), &plan))?;
    let reason = needed(work, Writing::Reason, &wish.reason, "write why the hand-out is taken back")?;
    let lines = all_money_back(work, case, &clean(&wish.reason))?;
    let moved =
        moved.map(|moved| MovedBack { plan: moved.plan, from: moved.to, to: moved.from, binding: new_id() });
    Ok(Event::Voided(Voided { case: case.id.clone(), by, reason, slot, units, moved, lines }))
}

/// Where every unit of the hand-out is now: named and here, or lost.
fn units(work: &Work<'_, '_>, case: &Case, named: &[String]) -> Result<Vec<Back>, Failure> {
    let issued = case::issued(work.tx, &case.id)?;
    let lost = named.iter().any(|text| text.trim().eq_ignore_ascii_case(LOST));
    let mut here = Vec::new();
    for text in named.iter().filter(|text| !text.trim().eq_ignore_ascii_case(LOST)) {
        let serial = crate::desk::shelf::scanned(text);
        if !issued.iter().any(|(known, _)| *known == serial) {
            let known: Vec<&str> = issued.iter().map(|(serial, _)| serial.as_str()).collect();
            let say = format!("{serial} was not handed out on this case: that was {}", known.join(", "));
            return Err(refused(Guard::OtherSerial, say));
        }
        here.push(serial);
    }
    let mut units = Vec::new();
    for (serial, _) in issued {
        let how = if here.contains(&serial) { Whereabouts::Back } else { Whereabouts::Lost };
        if how == Whereabouts::Lost && !lost {
            let say = format!("{serial} was handed out too: scan it, or say that it is lost");
            return Err(wrong("unit", say));
        }
        units.push(Back { serial, how });
    }
    if lost && units.iter().all(|unit| unit.how == Whereabouts::Back) {
        return Err(wrong("unit", "every unit is here: none is lost"));
    }
    Ok(units)
}

/// Refuses once something was built on the hand-out.
fn untouched(
    work: &Work<'_, '_>,
    case: &Case,
    (issue, moved, source): (&Entry, Option<&Moved>, &str),
) -> Result<(), Failure> {
    let built = |what: String| {
        refused(Guard::BuiltUpon, format!("{what}: the hand-out cannot be taken back any more"))
    };
    let newest = moved.map_or(case.serial.as_str(), |moved| moved.to.as_str());
    if moved.is_some()
        && let Some(later) = later_case(work, newest)?
    {
        return Err(built(format!("{newest} has case {later}")));
    }
    if let Some(next) = device::successor(work.tx, newest)? {
        return Err(built(format!("{newest} was replaced by {next}")));
    }
    let number = moved.map(|moved| moved.plan.as_str()).or(case.plan.as_deref()).unwrap_or(source);
    let changed = plan::changed_after(work.tx, number, issue.seq)?;
    let on = issue.at.get(..10).unwrap_or_default();
    let by_the_maker = plan::plan(work.tx, number)?.is_some_and(|plan| {
        plan.returned_on.is_some_and(|day| day.as_str() >= on)
            || plan.plus.is_some_and(|plus| plus.sold_on.as_str() > on)
    });
    if changed || by_the_maker {
        return Err(built(format!("plan {number} was extended or given back since")));
    }
    if case::old_parts_shipped(work.tx, &case.id)? {
        return Err(built("the old unit or a part went back to the maker already".to_owned()));
    }
    Ok(())
}

/// The newest case on a unit, those passed over that ended and left nothing.
fn later_case(work: &Work<'_, '_>, serial: &str) -> Result<Option<String>, Failure> {
    for later in case::of_serial(work.tx, serial)? {
        let outcome = parsed("cases", &later.number, &later.outcome)?;
        if !state(&later)?.left_nothing(outcome) {
            return Ok(Some(later.number));
        }
    }
    Ok(None)
}

/// A line for each method by which the customer's money goes back.
fn all_money_back(work: &Work<'_, '_>, case: &Case, reason: &str) -> Result<Vec<Line>, Failure> {
    let mut nets: Vec<(Method, i64)> = Vec::new();
    let mut currency = None;
    for (method, net, code) in case::by_method(work.tx, &case.id)? {
        nets.push((parsed("payment", &case.number, &method)?, net));
        currency = Some(parsed("payment", &case.number, &code)?);
    }
    let mut lines = Vec::new();
    for (method, minor) in all_back(&nets) {
        let Some(currency) = currency else { continue };
        lines.push(Line {
            id: new_id(),
            kind: Payment::Refunded,
            method: Some(method),
            amount: Money { minor, currency },
            reason: Some(store_text(work.tx, reason)?),
        });
    }
    Ok(lines)
}

fn reopened(work: &Work<'_, '_>, case: &Case, wish: &Again) -> Result<Event, Failure> {
    let by = written(Writing::Second, &wish.by)?.into_owned();
    let closed = state(case)? == State::Closed;
    let (kind, what) =
        if closed { ("closed", "closed the case") } else { ("cancelled", "cancelled the case") };
    let ended = journal::of_case(work.tx, &case.id)?.into_iter().rev().find(|entry| entry.kind == kind);
    second_person(&by, &ended.map(|entry| entry.actor).unwrap_or_default(), what)?;
    let ground = work.ground(&case.serial)?;
    no_other_case(work.tx, &ground.chain)?;
    let reason = needed(work, Writing::Reason, &wish.reason, "write why the case goes on")?;
    let (state, brought) = match (&wish.intake, closed) {
        (Some(_), true) => {
            let say = format!("case {} was closed: a unit that comes in again needs a new case", case.number);
            return Err(refused(Guard::WrongState, say));
        }
        (None, true) => (State::HandedOver, None),
        (None, false) => (State::Recorded, None),
        (Some(intake), false) => {
            let unit = taken_in((case, &ground), work, intake)?;
            let handed_in = intake.parts.clone();
            // Another person may bring it this time: who was seen before the case ended says nothing. Clause C18.
            let owner = Some(intake.owner.unwrap_or(Owner::Unverified));
            let condition = maybe(work, Writing::Condition, intake.condition.as_deref().unwrap_or_default())?;
            (State::Received, Some(Brought { on_unit: unit.to_string(), handed_in, owner, condition }))
        }
    };
    Ok(Event::Reopened(Reopened { case: case.id.clone(), by, reason, state, brought }))
}
