//! Choose: the customer decides; a replacement is reserved and its quote frozen.

use crate::desk::act::{Work, claim_facts, state, stated};
use crate::desk::failure::{refused, wrong};
use crate::desk::ground::Ground;
use crate::desk::life::begin;
use crate::desk::names::written;
use crate::desk::{Act, CaseView, Desk, Failure, question};
use crate::domain::case::{Choice, Guard, State, Step, second_person};
use crate::domain::claim::Owner;
use crate::domain::decision::{Decision, Open, Remedy, next_replacement};
use crate::domain::event::{Chosen, Decided, Event, Override, Slot, Stated};
use crate::domain::money::{Currency, Money};
use crate::domain::plan::Source;
use crate::domain::region::Code;
use crate::domain::replacement::{may_override, may_repair, may_replace};
use crate::domain::writing::Writing;
use crate::repository::case::Case;
use crate::repository::journal::{new_id, store_text};
use crate::repository::row::parsed;

/// What the customer wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Which remedy.
    pub choice: Choice,
    /// The price of a paid repair, in major units as typed.
    pub price: Option<String>,
    /// Why, where a reason is asked.
    pub reason: Option<String>,
    /// Who brings it, where it was checked now.
    pub owner: Option<Owner>,
    /// A second person, who decides what the rules refer to one.
    pub by: Option<String>,
}

impl Desk {
    /// Notes the customer's choice, asked again of today's decision.
    pub fn choose(&mut self, act: &Act, number: &str, wish: &Wish) -> Result<CaseView, Failure> {
        self.act((act, &format!("choose/{number}")), |work| choose(work, number, wish))
    }
}

fn choose(work: &Work<'_, '_>, number: &str, wish: &Wish) -> Result<String, Failure> {
    let case = begin(work, number, Step::Choose)?;
    let unassessed = case.assessment_owed || state(&case)? == State::Received;
    if unassessed && wish.choice != Choice::Replacement {
        let say = format!("case {number} is not assessed: before that only a replacement can be chosen");
        return Err(refused(Guard::WrongState, say));
    }
    let mut now = stated(&case)?;
    now.owner = wish.owner.unwrap_or(now.owner);
    let ground = work.ground(&case.serial)?;
    let (decision, decided) = work.decide(&ground, Some(&case.id), claim_facts(&case, &now)?)?;
    let reason = wish.reason.as_deref().map(|reason| written(Writing::Reason, reason)).transpose()?;
    let reason = reason.filter(|reason| !reason.is_empty());
    let overridden = overridden(work, (wish, &decision, reason.as_deref()), now.owner)?;
    let (slot, fee) = if wish.choice == Choice::Replacement {
        reserve(work, &ground, &decided)?
    } else {
        (None, price(work, &ground, (wish, &decision, reason.as_deref()))?)
    };
    let reason = reason.filter(|_| overridden.is_none());
    work.write(&Event::Chosen(Chosen {
        case: case.id.clone(),
        outcome: wish.choice.outcome(),
        state: wish.choice.leads_to(),
        owner: now.owner,
        at: work.at(),
        plan: ground.plan.as_ref().map(|plan| plan.number.clone()),
        slot,
        fee,
        reason: reason.as_deref().map(|reason| store_text(work.tx, reason)).transpose()?,
        decided,
        overridden,
        unassessed,
    }))?;
    Ok(case.id)
}

type Asked<'a> = (&'a Wish, &'a Decision, Option<&'a str>);

/// Refuses a replacement that is not open, unless a second person decides what is referred to one.
fn overridden(
    work: &Work<'_, '_>,
    (wish, decision, reason): Asked<'_>,
    owner: Owner,
) -> Result<Option<Override>, Failure> {
    if wish.choice != Choice::Replacement {
        return Ok(None);
    }
    let open = decision.choice(Remedy::Replacement).is_some_and(|choice| choice.open == Open::Yes);
    let Some(by) = wish.by.as_deref().filter(|_| !open) else {
        may_replace(decision)?;
        return Ok(None);
    };
    may_override(decision, owner)?;
    let by = written(Writing::Second, by)?.into_owned();
    second_person(&by, &work.stamp.actor, "asks for it")?;
    let reason = reason.ok_or_else(|| wrong("reason", "write why it is replaced all the same"))?;
    Ok(Some(Override { by, reason: store_text(work.tx, reason)? }))
}

/// The replacement of the source that the recording day picks, the lowest free one, with its fee.
fn reserve(
    work: &Work<'_, '_>,
    ground: &Ground,
    decided: &Decided,
) -> Result<(Option<Slot>, Option<Money>), Failure> {
    let none = || refused(Guard::NoBalance, "no replacement is left on the plan");
    let facts = question::read(&decided.facts)?;
    let (source, ordinal, fee) = next_replacement(&facts.check(&work.shop.editions)?).ok_or_else(none)?;
    let plan = ground.plan.as_ref().ok_or_else(none)?;
    let number = match source {
        Source::Refresh => &plan.number,
        Source::Plus => &plan.plus.as_ref().ok_or_else(none)?.number,
    };
    Ok((Some(Slot { id: new_id(), plan: number.clone(), ordinal }), fee))
}

/// What any other choice costs; refused where it is not open.
fn price(
    work: &Work<'_, '_>,
    ground: &Ground,
    (wish, decision, reason): Asked<'_>,
) -> Result<Option<Money>, Failure> {
    match wish.choice {
        Choice::PaidRepair => {
            may_repair(decision, Remedy::PaidRepair)?;
            let price =
                wish.price.as_deref().ok_or_else(|| wrong("price", "a paid repair needs its price"))?;
            Ok(Some(own_currency(work, ground)?.amount(price).map_err(|bad| wrong("price", bad))?))
        }
        Choice::WarrantyRepair => {
            may_repair(decision, Remedy::WarrantyRepair)?;
            Ok(None)
        }
        Choice::ReturnUnrepaired | Choice::NoFault if reason.is_none() => {
            Err(wrong("reason", format!("{} needs a reason", wish.choice)))
        }
        Choice::Replacement | Choice::ReturnUnrepaired | Choice::NoFault => Ok(None),
    }
}

/// The currency of a fee of the plan: its region's, else the centre's.
pub(super) fn fee_currency(work: &Work<'_, '_>, ground: &Ground) -> Result<Currency, Failure> {
    currency(work, ground, [plans_region(ground), Some(&work.counter.region)])
}

/// The currency of the centre's own prices; where its region is not listed, the plan's region's.
fn own_currency(work: &Work<'_, '_>, ground: &Ground) -> Result<Currency, Failure> {
    currency(work, ground, [Some(&work.counter.region), plans_region(ground)])
}

fn plans_region(ground: &Ground) -> Option<&str> {
    ground.plan.as_ref().map(|plan| plan.region.as_str())
}

/// The currency of the first of these regions that has one.
fn currency(work: &Work<'_, '_>, ground: &Ground, regions: [Option<&str>; 2]) -> Result<Currency, Failure> {
    let edition = ground.edition(&work.shop.editions);
    for text in regions.into_iter().flatten() {
        let code: Code = parsed("site", "1", text)?;
        if let Some(currency) = edition.region(code).currency() {
            return Ok(currency);
        }
    }
    Err(wrong("price", format!("no currency is known for {}", work.counter.region)))
}

/// Today's decision on a case as it stands.
pub(super) fn again(
    work: &Work<'_, '_>,
    case: &Case,
    ground: &Ground,
) -> Result<(Decision, Decided), Failure> {
    let now: Stated = stated(case)?;
    work.decide(ground, Some(&case.id), claim_facts(case, &now)?)
}
