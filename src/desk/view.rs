//! A case as screens and scripts see it.

use serde::{Deserialize, Serialize};

use crate::desk::act::{list, state};
use crate::desk::failure::refused;
use crate::desk::life::parts::{listed_in, owed_on};
use crate::desk::life::{makers_use, outcome, sentence};
use crate::desk::pay::account;
use crate::desk::record::other_case;
use crate::desk::{Desk, Failure};
use crate::domain::case::Guard;
use crate::domain::edition::Editions;
use crate::domain::event::{Apart, Decided};
use crate::domain::money::Money;
use crate::repository::apply::state_after;
use crate::repository::case::{self, Case, Which};
use crate::repository::{Fault, Tx, device, journal, plan};

mod answer;
mod kept;
mod left;

pub use answer::Answer;
pub(super) use kept::of;

/// A case with everything a person may ask about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseView {
    /// Its number.
    pub number: String,
    /// How far it is.
    pub state: String,
    /// What came of it.
    pub outcome: String,
    /// The serial it was recorded for.
    pub serial: String,
    /// The model's id.
    pub model: String,
    /// The plan's number.
    pub plan: Option<String>,
    /// Replacements granted − used, of the plan or of plus, whichever the case draws from.
    pub balance: Option<u8>,
    /// Replacements granted there.
    #[serde(default)]
    pub granted: Option<u8>,
    /// What is due in all; none while unknown.
    pub fee: Option<Money>,
    /// What the customer paid, less what was paid back.
    pub paid: Option<Money>,
    /// What the shop let go.
    pub waived: Option<Money>,
    /// The unit that was handed out.
    pub unit: Option<String>,
    /// All units that were handed out.
    pub units: Vec<Unit>,
    /// The serial that has the plan now.
    pub plan_serial: Option<String>,
    /// Which replacement it reserved or used.
    pub ordinal: Option<u8>,
    /// The customer.
    pub customer: Customer,
    /// The customer's words.
    pub said: String,
    /// The technician's words.
    pub finding: Option<String>,
    /// Cause.
    pub cause: String,
    /// Damaged parts.
    pub parts: Vec<String>,
    /// Parts handed in; none before the unit is received.
    pub handed_in: Option<Vec<String>>,
    /// What the unit looked like when it was received, where it was noted.
    #[serde(default)]
    pub condition: Option<String>,
    /// Who brings it.
    pub owner: String,
    /// Channel.
    pub channel: String,
    /// Day of the damage.
    pub damaged_on: String,
    /// When it was recorded.
    pub recorded_at: String,
    /// Charge cycles.
    pub battery_cycles: Option<u32>,
    /// Whether it was found to be repaired by others, or taken apart.
    #[serde(default)]
    pub repaired_elsewhere: bool,
    /// When its present state began.
    #[serde(default)]
    pub since: Option<String>,
    /// Whether somebody asked that it rests.
    #[serde(default)]
    pub held: bool,
    /// Why it rests.
    #[serde(default)]
    pub held_reason: Option<String>,
    /// When the price that is to be paid was told.
    #[serde(default)]
    pub quoted_at: Option<String>,
    /// What is still to be paid, less than nothing where too much was; none while the fee is unknown.
    #[serde(default)]
    pub due: Option<Money>,
    /// Whether the assessment of a quick case is still to come.
    #[serde(default)]
    pub assessment_owed: bool,
    /// Replaced parts that the customer still owes.
    #[serde(default)]
    pub parts_owed: Vec<String>,
    /// Owed parts that were let go.
    #[serde(default)]
    pub parts_waived: Vec<String>,
    /// Who decided what the rules refer to a person.
    #[serde(default)]
    pub overridden_by: Option<String>,
    /// The workshop's words.
    #[serde(default)]
    pub result: Option<String>,
    /// When the customer was told that it is ready.
    #[serde(default)]
    pub told_at: Option<String>,
    /// The newest appointment.
    #[serde(default)]
    pub appointment: Option<Appointment>,
    /// What stands against opening it again, once it has ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_reopened: Option<String>,
    /// What the maker's record says against it.
    pub flags: Vec<String>,
    /// Papers made so far.
    pub papers: Vec<String>,
    /// The newest decision.
    pub decision: Option<Answer>,
    /// Its life.
    pub history: Vec<Step>,
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The moment.
    pub slot: String,
    /// What became of it.
    pub state: String,
}

/// A unit that was handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Serial or label.
    pub serial: String,
    /// Part.
    pub part: String,
}

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: Option<String>,
    /// Mail address.
    pub email: Option<String>,
}

/// One step of a case's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// When.
    pub at: String,
    /// Who.
    pub who: String,
    /// The state before.
    pub from: Option<String>,
    /// The state after.
    pub to: Option<String>,
    /// What happened.
    pub event: String,
    /// The same in a sentence, with its amounts, reasons and second persons.
    #[serde(default)]
    pub say: String,
    /// Whether the moment was entered by hand.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub late: bool,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its number.
    pub number: String,
    /// How far it is.
    pub state: String,
    /// What came of it.
    pub outcome: String,
    /// What happened to the unit.
    pub cause: String,
    /// The serial.
    pub serial: String,
    /// The customer's name.
    pub customer: String,
    /// How to call them.
    pub phone: Option<String>,
    /// When it was recorded.
    pub recorded_at: String,
    /// When its present state began.
    pub since: String,
    /// Whether somebody asked that it rests.
    pub held: bool,
    /// Why it rests.
    pub held_reason: Option<String>,
    /// When the customer was told that it is ready.
    pub told_at: Option<String>,
}

impl Desk {
    /// One case.
    pub fn case(&mut self, number: &str) -> Result<CaseView, Failure> {
        let editions = &self.shop.editions;
        self.repository.read(|tx| {
            let number: crate::domain::case::Number =
                number.parse().map_err(|bad| refused(Guard::NoSuchCase, format!("{bad}")))?;
            let missing = || refused(Guard::NoSuchCase, format!("there is no case {number}"));
            let case = case::numbered(tx, &number.to_string())?.ok_or_else(missing)?;
            Ok(view((tx, editions), &case)?.0)
        })
    }

    /// Cases, longest in their state first.
    pub fn cases(&mut self, which: Which) -> Result<Vec<Line>, Failure> {
        self.repository.read(|tx| {
            let line = |case: Case| {
                let person = case::person(tx, &case.customer)?;
                let reason = case.held_reason.as_deref().map(|id| case::text(tx, id)).transpose()?;
                Ok(Line {
                    number: case.number,
                    state: case.state,
                    outcome: case.outcome,
                    cause: case.cause,
                    serial: case.serial,
                    customer: person.name,
                    phone: person.phone,
                    since: case.since.unwrap_or_else(|| case.recorded_at.clone()),
                    recorded_at: case.recorded_at,
                    held: case.held,
                    held_reason: reason,
                    told_at: case.told_at,
                })
            };
            case::list(tx, which)?.into_iter().map(line).collect()
        })
    }
}

/// The file, and the editions that read it.
type Known<'a, 'tx> = (&'a Tx<'tx>, &'a Editions);

fn known(tx: &Tx<'_>, id: &str) -> Result<Case, Failure> {
    case::by_id(tx, id)?.ok_or_else(|| refused(Guard::NoSuchCase, "the case is gone"))
}

/// What the journal alone says about a case.
struct Life {
    steps: Vec<Step>,
    /// The newest decision.
    decided: Option<Decided>,
    /// The condition of the unit.
    condition: Option<Apart>,
}

/// The ids of what a view shows beside the case's own row.
struct Beside {
    decision: Option<String>,
    condition: Option<String>,
}

/// A case, and what stands beside it.
fn view((tx, editions): Known<'_, '_>, case: &Case) -> Result<(CaseView, Beside), Failure> {
    let (person, account) = (case::person(tx, &case.customer)?, account(tx, case)?);
    let money = |minor| account.fee.map(|fee| Money { minor, ..fee });
    let (units, life) = (units(tx, case)?, life(tx, &case.id)?);
    let (decided, decision) = life.decided.map(|newest| (newest.id, Answer::from(newest.answer))).unzip();
    let beside = Beside { decision: decided, condition: life.condition.map(|noted| noted.id) };
    let plan = case.plan.as_deref().map(|number| plan::plan(tx, number)).transpose()?.flatten();
    let left = |plan: &plan::Plan| left::left((tx, editions), case, plan);
    let (balance, granted) = plan.as_ref().map(left).transpose()?.unzip();
    let text = |id: &Option<String>| id.as_deref().map(|id| case::text(tx, id)).transpose();
    let costs = outcome(case)?.costs();
    let model = device::model(tx, &case.serial)?;
    let view = CaseView {
        number: case.number.clone(),
        state: case.state.clone(),
        outcome: case.outcome.clone(),
        serial: case.serial.clone(),
        parts_owed: owed_on(editions, case, (plan.as_ref(), &model))?,
        model,
        plan: case.plan.clone(),
        balance,
        granted,
        plan_serial: plan.as_ref().map(|plan| plan.bound.clone()),
        fee: account.fee,
        paid: money(account.net()),
        waived: money(account.waived).filter(|waived| waived.minor > 0),
        unit: units.first().map(|unit| unit.serial.clone()),
        units,
        ordinal: case.slot.as_ref().map(|(_, _, ordinal)| *ordinal),
        customer: Customer { name: person.name, phone: person.phone, email: person.email },
        said: case::text(tx, &case.said)?,
        finding: text(&case.finding)?,
        cause: case.cause.clone(),
        parts: list(case, &case.parts)?,
        handed_in: case.handed_in.as_deref().map(|text| list(case, text)).transpose()?,
        condition: text(&beside.condition)?,
        owner: case.owner.clone(),
        channel: case.channel.clone(),
        damaged_on: case.damaged_on.clone(),
        recorded_at: case.recorded_at.clone(),
        battery_cycles: case.battery_cycles,
        repaired_elsewhere: case.repaired_elsewhere,
        since: case.since.clone(),
        held: case.held,
        held_reason: text(&case.held_reason)?,
        quoted_at: case.quoted_at.clone().filter(|_| costs),
        due: account.due().and_then(money),
        assessment_owed: case.assessment_owed,
        parts_waived: listed_in(case, case.parts_waived.as_deref())?,
        overridden_by: case.overridden_by.clone(),
        result: text(&case.result)?,
        told_at: case.told_at.clone(),
        appointment: case::appointment(tx, &case.id)?.map(|(slot, state)| Appointment { slot, state }),
        not_reopened: not_reopened(tx, case)?,
        flags: flags(tx, case)?,
        papers: case::papers(tx, &case.id)?.into_iter().map(|paper| paper.kind).collect(),
        decision,
        history: life.steps,
    };
    Ok((view, beside))
}

fn not_reopened(tx: &Tx<'_>, case: &Case) -> Result<Option<String>, Fault> {
    if state(case)?.open() {
        return Ok(None);
    }
    let Some((_, chain, _)) = device::with_chain(tx, &case.serial)? else { return Ok(None) };
    Ok(other_case(tx, &chain)?.map(|refused| refused.say))
}

fn units(tx: &Tx<'_>, case: &Case) -> Result<Vec<Unit>, Fault> {
    Ok(case::issued(tx, &case.id)?.into_iter().map(|(serial, part)| Unit { serial, part }).collect())
}

fn flags(tx: &Tx<'_>, case: &Case) -> Result<Vec<String>, Fault> {
    let say = |(plan, ordinal, serial): (String, u8, String)| {
        format!("the {}", makers_use(&plan, ordinal, &serial))
    };
    Ok(plan::conflicts(tx, &case.id)?.into_iter().map(say).collect())
}

fn life(tx: &Tx<'_>, case: &str) -> Result<Life, Fault> {
    let mut state: Option<String> = None;
    let (mut steps, mut newest, mut condition) = (Vec::new(), None, None);
    for entry in journal::of_case(tx, case)? {
        let (event, late) = entry.outline()?;
        let after = state_after(&event).map(|after| after.to_string()).or_else(|| state.clone());
        steps.push(Step {
            late,
            at: entry.at,
            who: entry.actor,
            say: sentence(&event, &|apart| case::text(tx, &apart.id))?,
            from: state.take(),
            to: after.clone(),
            event: entry.kind,
        });
        state = after;
        if event.decided().is_some() {
            newest = Some(entry.payload);
        }
        condition = event.condition_after(condition);
    }
    let decided = newest.map(|payload| journal::decided(&payload)).transpose()?;
    Ok(Life { steps, decided, condition })
}
