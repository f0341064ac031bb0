//! The plans on a card: the one that decides, and what else its chain of serials has or had.

use chrono::NaiveDate;

use crate::desk::ground::Ground;
use crate::domain::edition::Editions;
use crate::domain::plan::{Plan, Term};
use crate::repository::row::day;
use crate::repository::{Fault, Tx, plan};

/// The plan that decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCard {
    /// Its number.
    pub number: String,
    /// Where it was bought.
    pub region: String,
    /// The edition it was sold under.
    pub programme: String,
    /// The serial it is bound to.
    pub bound: String,
    /// Its own term.
    pub term: Term,
    /// Plus's term, with replacements left and granted.
    pub plus: Option<(Term, u8, u8)>,
    /// Replacements left, held by a case, granted.
    pub balance: (u8, u8, u8),
    /// When it was returned.
    pub returned_on: Option<NaiveDate>,
}

impl PlanCard {
    /// The plan of a device as its card shows it.
    pub(super) fn of(ground: &Ground, plan: &Plan) -> Self {
        let stored = ground.plan.as_ref();
        let held = ground.taken.iter().filter(|taken| taken.how != plan::How::Used).count();
        let left = ground.left().unwrap_or(0);
        Self {
            number: plan.number.clone(),
            region: plan.region.to_string(),
            programme: stored.map(|plan| plan.programme.clone()).unwrap_or_default(),
            bound: plan.bound.to_string(),
            term: plan.term,
            plus: plan
                .extension
                .as_ref()
                .map(|plus| (plus.term, plus.balance.left(), plus.balance.granted())),
            balance: (left, u8::try_from(held).unwrap_or(u8::MAX), plan.balance.granted()),
            returned_on: plan.returned_on,
        }
    }
}

/// Another plan that a unit of the chain has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPlan {
    /// Its number.
    pub number: String,
    /// Where it was bought.
    pub region: String,
    /// Its own term.
    pub term: Term,
    /// The serial it is bound to, or was when it was returned.
    pub bound: String,
    /// When it was returned.
    pub returned_on: Option<NaiveDate>,
}

/// The plans of a chain beside the one that decides, the newest first.
pub(super) fn others(tx: &Tx<'_>, editions: &Editions, ground: &Ground) -> Result<Vec<OtherPlan>, Fault> {
    // Most devices were never replaced and had one plan in all their life, which the plan's own statement tells.
    if ground.chain.len() == 1 && ground.plan.as_ref().is_some_and(|plan| !plan.touched) {
        return Ok(Vec::new());
    }
    let decides = ground.plan.as_ref().map(|plan| plan.number.as_str());
    let mut others: Vec<OtherPlan> = Vec::new();
    for serial in &ground.chain {
        for number in plan::numbers(tx, serial)? {
            if Some(number.as_str()) == decides || others.iter().any(|other| other.number == number) {
                continue;
            }
            if let Some(plan) = plan::plan(tx, &number)? {
                others.push(other(editions, plan)?);
            }
        }
    }
    others.sort_unstable_by(|a, b| b.term.first.cmp(&a.term.first).then_with(|| b.number.cmp(&a.number)));
    Ok(others)
}

fn other(editions: &Editions, plan: plan::Plan) -> Result<OtherPlan, Fault> {
    let days =
        |text: &Option<String>| text.as_deref().map(|text| day("plan", &plan.number, text)).transpose();
    let edition = editions.named(&plan.programme).unwrap_or_else(|| editions.on(NaiveDate::MAX));
    let first = day("plan", &plan.number, &plan.starts_on)?;
    Ok(OtherPlan {
        term: Term::of(first, days(&plan.ends_on)?, &edition.settings.term),
        returned_on: days(&plan.returned_on)?,
        number: plan.number,
        region: plan.region,
        bound: plan.bound,
    })
}
