//! Choose: the customer decides; a replacement is reserved and its quote frozen.

use crate::desk::act::{Work, claim_facts, must_be, stated};
use crate::desk::failure::{refused, wrong};
use crate::desk::ground::Ground;
use crate::desk::names::clean;
use crate::desk::{Act, CaseView, Desk, Failure};
use crate::domain::case::{Choice, Guard, State};
use crate::domain::claim::Owner;
use crate::domain::decision::{ClaimAnswer, Decision, Remedy};
use crate::domain::event::{Event, Slot, Stated};
use crate::domain::money::{Currency, Money};
use crate::domain::plan::Source;
use crate::domain::region::Code;
use crate::domain::replacement::{may_repair, may_replace};
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
}

impl Desk {
    /// Notes the customer's choice, asked again of today's decision.
    pub fn choose(&mut self, act: &Act, number: &str, wish: &Wish) -> Result<CaseView, Failure> {
        self.act((act, &format!("choose/{number}")), |work| choose(work, number, wish))
    }
}

fn choose(work: &Work<'_, '_>, number: &str, wish: &Wish) -> Result<String, Failure> {
    let case = work.case(number)?;
    must_be(&case, State::Assessed, "choose")?;
    let mut now = stated(&case)?;
    now.owner = wish.owner.unwrap_or(now.owner);
    let ground = work.ground(&case.serial)?;
    let (decision, decided) = work.decide(&ground, Some(&case.id), claim_facts(&case, &now)?)?;
    let reason = wish.reason.as_deref().map(clean).filter(|reason| !reason.is_empty());
    let (slot, fee) = outcome(work, &ground, (wish, &decision, reason.as_deref()))?;
    work.write(&Event::Chosen {
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
    })?;
    Ok(case.id)
}

type Asked<'a> = (&'a Wish, &'a Decision, Option<&'a str>);

/// The reservation and the fee that a choice brings with it; refused where it is not open.
fn outcome(
    work: &Work<'_, '_>,
    ground: &Ground,
    (wish, decision, reason): Asked<'_>,
) -> Result<(Option<Slot>, Option<Money>), Failure> {
    match wish.choice {
        Choice::Replacement => {
            may_replace(decision)?;
            let answer =
                decision.claim().ok_or_else(|| refused(Guard::NotCovered, "no claim was decided"))?;
            Ok((Some(slot(ground, answer)?), answer.fee))
        }
        Choice::PaidRepair => {
            may_repair(decision, Remedy::PaidRepair)?;
            let price =
                wish.price.as_deref().ok_or_else(|| wrong("price", "a paid repair needs its price"))?;
            Ok((None, Some(currency(work, ground)?.amount(price).map_err(|bad| wrong("price", bad))?)))
        }
        Choice::WarrantyRepair => {
            may_repair(decision, Remedy::WarrantyRepair)?;
            Ok((None, None))
        }
        Choice::ReturnUnrepaired | Choice::NoFault if reason.is_none() => {
            Err(wrong("reason", format!("{} needs a reason", wish.choice)))
        }
        Choice::ReturnUnrepaired | Choice::NoFault => Ok((None, None)),
    }
}

/// The slot that the decision names; it is free, or the file refuses it.
fn slot(ground: &Ground, answer: &ClaimAnswer) -> Result<Slot, Failure> {
    let none = || refused(Guard::NoBalance, "no replacement is left on the plan");
    let plan = ground.plan.as_ref().ok_or_else(none)?;
    let number = match answer.source.ok_or_else(none)? {
        Source::Refresh => &plan.number,
        Source::Plus => &plan.plus.as_ref().ok_or_else(none)?.number,
    };
    Ok(Slot { id: new_id(), plan: number.clone(), ordinal: answer.ordinal.ok_or_else(none)? })
}

/// The currency of money on a case: the plan's region's, else the centre's.
pub(super) fn currency(work: &Work<'_, '_>, ground: &Ground) -> Result<Currency, Failure> {
    let edition = ground.edition(&work.shop.editions);
    let plan = ground.plan.as_ref().map(|plan| plan.region.as_str());
    for text in plan.into_iter().chain([work.counter.region.as_str()]) {
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
) -> Result<(Decision, crate::domain::event::Decided), Failure> {
    let now: Stated = stated(case)?;
    work.decide(ground, Some(&case.id), claim_facts(case, &now)?)
}
