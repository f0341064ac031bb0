//! A plan as screens and scripts see it.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::desk::enrol::{named, stranger};
use crate::desk::ground::Ground;
use crate::desk::{Failure, Shop};
use crate::domain::facts::ProductGoes;
use crate::domain::plan::Extension;
use crate::repository::plan::{self, How, Plan, Taken};
use crate::repository::row::broken;
use crate::repository::{Fault, Tx};

/// A plan with everything a person may ask about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanView {
    /// Its number.
    pub number: String,
    /// The serial it is bound to now.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// The model's name.
    pub product: String,
    /// Where it was sold.
    pub region: String,
    /// The edition it was sold under.
    pub programme: String,
    /// Which criterion held when it was bound here (C11a to C11e).
    pub criterion: Option<String>,
    /// First covered day.
    pub starts_on: String,
    /// Last covered day of the plan itself.
    pub ends_on: String,
    /// Replacements granted.
    pub granted: u8,
    /// Replacements used.
    pub used: u8,
    /// Replacements that a case has reserved.
    pub held: u8,
    /// Replacements granted − used.
    pub balance: u8,
    /// The day it was given back.
    pub returned_on: Option<String>,
    /// Plus.
    pub plus: Option<PlusView>,
    /// The serials it was bound to, oldest first.
    pub bindings: Vec<BoundTo>,
    /// What was decided about it here, oldest first.
    pub decisions: Vec<Told>,
    /// The newest of these decisions.
    pub decision: Option<Value>,
}

/// Plus on a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlusView {
    /// Its own number.
    pub number: String,
    /// When it was sold.
    pub sold_on: String,
    /// First covered day.
    pub starts_on: String,
    /// Last covered day.
    pub ends_on: String,
    /// Replacements granted.
    pub granted: u8,
    /// Replacements granted − used.
    pub balance: u8,
}

/// A serial that has or had the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundTo {
    /// The serial.
    pub serial: String,
    /// Since when, where a replacement brought the plan to it.
    pub from: Option<String>,
    /// Until when; none while it has the plan.
    pub to: Option<String>,
    /// The case that brought the plan to it.
    pub case: Option<String>,
}

/// A decision about a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// When.
    pub at: String,
    /// What was asked: bind, extend or return-plan.
    pub ask: String,
    /// The decision in one word.
    pub verdict: String,
}

/// The plan with this number.
pub(super) fn of(
    tx: &Tx<'_>,
    shop: &Shop,
    (number, at): (&str, DateTime<FixedOffset>),
) -> Result<PlanView, Failure> {
    let plan = named(tx, number)?;
    let ground = Ground::of_plan(tx, &shop.editions, (plan.clone(), at))?.ok_or_else(|| stranger(&plan))?;
    // Any question checks the plan's facts by its edition, which tells the days that are not printed.
    let facts = ground.give_back((&plan.region, at), ProductGoes::Back)?;
    let question = facts.check(&shop.editions)?;
    let (model, checked) = (question.device.model, question.plan.as_ref());
    let (decisions, newest) = decisions(tx, &plan)?;
    let days = checked.map(|plan| (plan.term.first.to_string(), plan.term.last.to_string()));
    let (starts_on, ends_on) = days.unwrap_or_default();
    let used = used(&ground.taken);
    let criterion = newest.bound.as_ref().and_then(|bound| bound.get("criterion")?.as_str());
    let plus = checked.and_then(|plan| plan.extension.as_ref());
    Ok(PlanView {
        serial: plan.bound.clone(),
        model: model.id.to_string(),
        product: model.name.clone(),
        region: plan.region.clone(),
        programme: plan.programme.clone(),
        criterion: criterion.map(str::to_owned),
        starts_on,
        ends_on,
        granted: plan.granted,
        used,
        held: count(&ground.taken).saturating_sub(used),
        balance: plan.granted.saturating_sub(used),
        returned_on: plan.returned_on.clone(),
        plus: plus.and_then(|plus| shown(&plan, plus, &ground.plus_taken)),
        bindings: plan::bindings(tx, &plan)?.into_iter().map(BoundTo::from).collect(),
        decisions,
        decision: newest.of_all,
        number: plan.number,
    })
}

fn shown(plan: &Plan, checked: &Extension, taken: &[Taken]) -> Option<PlusView> {
    let plus = plan.plus.as_ref()?;
    Some(PlusView {
        number: plus.number.clone(),
        sold_on: plus.sold_on.clone(),
        starts_on: checked.term.first.to_string(),
        ends_on: checked.term.last.to_string(),
        granted: plus.granted,
        balance: plus.granted.saturating_sub(used(taken)),
    })
}

fn count(taken: &[Taken]) -> u8 {
    u8::try_from(taken.len()).unwrap_or(u8::MAX)
}

fn used(taken: &[Taken]) -> u8 {
    let used = taken.iter().filter(|taken| taken.how == How::Used).count();
    u8::try_from(used).unwrap_or(u8::MAX)
}

/// The newest decision, and the one that bound the plan.
#[derive(Default)]
struct Newest {
    of_all: Option<Value>,
    bound: Option<Value>,
}

fn decisions(tx: &Tx<'_>, plan: &Plan) -> Result<(Vec<Told>, Newest), Fault> {
    let (mut told, mut newest) = (Vec::new(), Newest::default());
    for (at, ask, answer) in plan::enrolments(tx, &plan.number)? {
        let answer: Value =
            serde_json::from_str(&answer).map_err(|bad| broken("enrolment", &plan.number, bad))?;
        let verdict = answer.get("verdict").and_then(Value::as_str).unwrap_or_default().to_owned();
        if ask == "bind" {
            newest.bound = Some(answer.clone());
        }
        told.push(Told { at, ask, verdict });
        newest.of_all = Some(answer);
    }
    Ok((told, newest))
}

impl From<plan::BoundTo> for BoundTo {
    fn from(row: plan::BoundTo) -> Self {
        Self { serial: row.serial, from: row.from, to: row.to, case: row.case }
    }
}
