//! Enrolment: plans bound, extended and given back at the counter, and the notices that a binding rests on.

use chrono::{DateTime, FixedOffset, Timelike as _};
use serde::{Deserialize, Serialize};

use crate::desk::act::{Work, decided};
use crate::desk::failure::{refused, wrong};
use crate::desk::ground::Ground;
use crate::desk::names::{clean, numbers};
use crate::desk::{Act, Desk, Failure};
use crate::domain::case::Guard;
use crate::domain::clause::Clause;
use crate::domain::decision::{Answer, BindAnswer, Decision, ExtendAnswer, Outcome, Verdict};
use crate::domain::event::{Bound, Event, Extended, GivenBack, Noticed};
use crate::domain::facts::{Notice, ProductGoes};
use crate::domain::product::Condition;
use crate::domain::serial::Serial;
use crate::domain::writing::Writing;
use crate::repository::plan::Plan;
use crate::repository::{Tx, plan};

pub(super) mod bindable;
mod preview;
mod view;

#[cfg(test)]
mod tests;

pub use bindable::{Enrolment, Open};
pub use preview::Prospect;
pub use view::{PlanView, PlusView, Told};

/// A unit that is to get a plan, as seen at the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its serial.
    pub serial: String,
    /// Its packaging.
    pub condition: Condition,
    /// Whether damage is seen on it.
    pub damaged: bool,
}

impl Unit {
    /// A unit of which nothing but the serial is known.
    #[must_use]
    pub fn of(serial: &str) -> Self {
        Self { serial: serial.to_owned(), condition: Condition::Unknown, damaged: false }
    }
}

/// A notice as it was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoticeView {
    /// The serial.
    pub serial: String,
    /// Its kind.
    pub kind: Notice,
    /// When the maker sent it.
    pub issued_at: String,
}

impl Desk {
    /// Binds a new plan to a product. Clauses C10 to C14.
    pub fn bind_plan(&mut self, act: &Act, unit: &Unit, number: &str) -> Result<PlanView, Failure> {
        self.once((act, &format!("bind/{}/{number}", unit.serial)), |work| bind(work, unit, number))
    }

    /// Sells plus for a plan. Clauses C21 to C23.
    pub fn extend_plan(&mut self, act: &Act, number: &str, plus: &str) -> Result<PlanView, Failure> {
        self.once((act, &format!("extend/{number}/{plus}")), |work| extend(work, number, plus))
    }

    /// Takes a plan back with its product. Clauses C16, C17.
    pub fn return_plan(&mut self, act: &Act, number: &str, goes: ProductGoes) -> Result<PlanView, Failure> {
        self.once((act, &format!("return-plan/{number}")), |work| give_back(work, number, goes))
    }

    /// Writes down a notice that the customer shows; without a moment it was sent just now. Clauses C11d to C12.
    pub fn record_notice(
        &mut self,
        act: &Act,
        (serial, kind): (&str, Notice),
        sent: Option<DateTime<FixedOffset>>,
    ) -> Result<NoticeView, Failure> {
        self.once((act, &format!("notice/{serial}/{kind}")), |work| notice(work, (serial, kind), sent))
    }

    /// A plan with its plus, its balance and its history.
    pub fn plan(&mut self, act: &Act, number: &str) -> Result<PlanView, Failure> {
        let shop = &self.shop;
        self.repository.read(|tx| view::of(tx, shop, (number, act.stamp.at)))
    }
}

fn bind(work: &Work<'_, '_>, unit: &Unit, number: &str) -> Result<PlanView, Failure> {
    let serial: Serial = unit.serial.parse().map_err(|bad| wrong("serial", bad))?;
    let number = new_number(work.tx, number)?;
    let ground = work.ground(serial.as_str())?;
    let desk = (work.counter.region.as_str(), work.stamp.at);
    let facts = bindable::facts(work.tx, &ground, (&work.shop.editions, desk), unit)?;
    let (decision, decided) = decided(work.shop, facts)?;
    let (criterion, starts_on, ends_on) = match &decision.answer {
        Answer::Bind(BindAnswer {
            criterion: Some(criterion),
            starts_on: Some(first),
            ends_on: Some(last),
            ..
        }) => (*criterion, *first, *last),
        _ => return Err(against(&decision, "no plan can be bound to this product")),
    };
    let edition = work.shop.editions.named(&decision.programme);
    work.write(&Event::Bound(Bound {
        plan: number.clone(),
        serial: serial.to_string(),
        region: work.counter.region.clone(),
        programme: decision.programme.clone(),
        starts_on,
        ends_on,
        granted: edition.map_or(0, |edition| edition.allowance),
        on: work.today(),
        criterion: criterion.as_str().to_owned(),
        decided,
    }))?;
    view::of(work.tx, work.shop, (&number, work.stamp.at))
}

fn extend(work: &Work<'_, '_>, number: &str, plus: &str) -> Result<PlanView, Failure> {
    let (plan, ground) = ground_of(work, number)?;
    let new = new_number(work.tx, plus)?;
    let (decision, decided) = decided(work.shop, ground.extend((&work.counter.region, work.stamp.at))?)?;
    let (starts_on, ends_on, granted) = match &decision.answer {
        Answer::Extend(ExtendAnswer {
            starts_on: Some(first),
            ends_on: Some(last),
            granted: Some(granted),
        }) => (*first, *last, *granted),
        _ => return Err(against(&decision, "plus cannot be sold for this plan")),
    };
    preview::one_plus(work.tx, &plan)?;
    let number = plan.number.clone();
    work.write(&Event::Extended(Extended {
        number: new,
        plan: plan.number,
        serial: plan.bound,
        region: plan.region,
        programme: plan.programme,
        starts_on,
        ends_on,
        granted,
        on: work.today(),
        decided,
    }))?;
    view::of(work.tx, work.shop, (&number, work.stamp.at))
}

fn give_back(work: &Work<'_, '_>, number: &str, goes: ProductGoes) -> Result<PlanView, Failure> {
    let (plan, ground) = ground_of(work, number)?;
    preview::at_rest(work.tx, (&plan, &ground))?;
    let facts = ground.give_back((&work.counter.region, work.stamp.at), goes)?;
    let (decision, decided) = decided(work.shop, facts)?;
    if decision.verdict != Verdict::Return {
        return Err(against(&decision, "this plan cannot be given back"));
    }
    preview::still_here(&plan)?;
    let number = plan.number.clone();
    let given = GivenBack { plan: plan.number, serial: plan.bound, on: work.today(), decided };
    work.write(&Event::GivenBack(given))?;
    view::of(work.tx, work.shop, (&number, work.stamp.at))
}

fn notice(
    work: &Work<'_, '_>,
    (serial, kind): (&str, Notice),
    sent: Option<DateTime<FixedOffset>>,
) -> Result<NoticeView, Failure> {
    let serial: Serial = serial.parse().map_err(|bad| wrong("serial", bad))?;
    work.ground(serial.as_str())?;
    let now = work.stamp.at;
    // Nobody knows the moment of a notice to a fraction of a second.
    let sent = sent.unwrap_or_else(|| now.with_nanosecond(0).unwrap_or(now));
    let (words, moment) = (kind.words(), sent.format("%Y-%m-%d %H:%M"));
    if sent > now {
        let say = format!("{moment} has not come yet: write when the maker sent the notice");
        return Err(wrong("issued_at", say));
    }
    if bindable::notices(work.tx, serial.as_str())?.contains(&(kind, sent)) {
        let say = format!("the {words} for {serial}, sent {moment}, is written down already");
        return Err(wrong("issued_at", say));
    }
    let issued_at = sent.to_rfc3339();
    work.write(&Event::Noticed(Noticed {
        serial: serial.to_string(),
        kind: kind.as_str().to_owned(),
        issued_at: issued_at.clone(),
    }))?;
    Ok(NoticeView { serial: serial.to_string(), kind, issued_at })
}

/// A number for a plan that is sold now: it must be nobody's yet.
fn new_number(tx: &Tx<'_>, text: &str) -> Result<String, Failure> {
    let number = clean(text).trim().to_owned();
    if number.is_empty() {
        return Err(wrong("number", "is empty: write the number on the agreement"));
    }
    Writing::PlanNumber.fits(&number)?;
    for known in numbers(&number) {
        if plan::known(tx, &known)? {
            let say = format!("{known} is a plan already: write the number on the new agreement");
            return Err(wrong("number", say));
        }
    }
    Ok(number)
}

/// The plan with this number.
pub(super) fn named(tx: &Tx<'_>, number: &str) -> Result<Plan, Failure> {
    for number in numbers(number) {
        if let Some(plan) = plan::plan(tx, &number)? {
            return Ok(plan);
        }
        if let Some(original) = plan::extended_by(tx, &number)? {
            return Err(wrong("plan", format!("{number} is the plus of plan {original}: give that number")));
        }
    }
    let say = format!("there is no plan {}: look the product up by its serial", clean(number).trim());
    Err(wrong("plan", say))
}

fn ground_of(work: &Work<'_, '_>, number: &str) -> Result<(Plan, Ground), Failure> {
    let plan = named(work.tx, number)?;
    let ground = Ground::of_plan(work.tx, &work.shop.editions, (plan.clone(), work.stamp.at))?;
    Ok((plan.clone(), ground.ok_or_else(|| stranger(&plan))?))
}

/// A plan whose product is in no registry.
fn stranger(plan: &Plan) -> Failure {
    let say = format!(
        "{}, which has the plan {}, is not in the registry: import the maker's file",
        plan.bound, plan.number
    );
    refused(Guard::NoSuchDevice, say)
}

/// Refuses in the words of the findings that stand against it, each with its clauses.
fn against(decision: &Decision, what: &str) -> Failure {
    let (guard, stands, start) = match decision.verdict {
        Verdict::Refer => (Guard::Refer, Outcome::Ask, "ask a person with more rights"),
        _ => (Guard::NotCovered, Outcome::Fail, what),
    };
    let findings = decision.findings.iter().filter(|finding| finding.outcome == stands);
    let mut sentences: Vec<String> = findings
        .map(|finding| {
            let clauses: Vec<&str> = finding.clauses.iter().copied().map(Clause::as_str).collect();
            format!("{} ({}).", finding.say.trim_end_matches('.'), clauses.join(", "))
        })
        .collect();
    if let Answer::Bind(BindAnswer { video_route: true, .. }) = &decision.answer {
        sentences.push("The customer may still apply for video verification (C11e).".to_owned());
    }
    refused(guard, format!("{start}: {}", sentences.join(" ")))
}
