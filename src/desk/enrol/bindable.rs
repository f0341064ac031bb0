//! Whether a plan can be bound to a product now, and how long its windows stay open. Nothing is stored.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;

use crate::desk::act;
use crate::desk::enrol::Unit;
use crate::desk::failure::{refused, wrong};
use crate::desk::ground::Ground;
use crate::desk::{Act, Desk, Failure};
use crate::domain::case::{Guard, Outcome as CaseOutcome, State};
use crate::domain::clause::Clause;
use crate::domain::day::parse_instant;
use crate::domain::decision::{Answer, BindAnswer, Clock, Decision, Outcome, Rule, Verdict, clocks, decide};
use crate::domain::edition::Editions;
use crate::domain::facts::{BindFacts, Facts, Notice};
use crate::domain::serial::Serial;
use crate::repository::row::{broken, parsed};
use crate::repository::{Fault, Tx, case, notice};

/// What a wish to bind a plan would come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Enrolment {
    /// The serial.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// The model's name.
    pub product: String,
    /// The plan that it has or had.
    pub plan: Option<String>,
    /// The verdict as a clerk reads it first.
    pub say: String,
    /// The windows that are open.
    pub clocks: Vec<Open>,
    /// The decision with its findings.
    #[serde(flatten)]
    pub decision: Decision,
}

/// A window that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Open {
    /// Its criterion.
    pub criterion: Clause,
    /// Its last moment; none without a time limit.
    pub closes_at: Option<String>,
    /// The same in words.
    pub say: String,
}

impl Desk {
    /// Decides whether a plan could be bound now. Nothing is stored.
    pub fn bindable(&mut self, act: &Act, unit: &Unit) -> Result<Enrolment, Failure> {
        let shop = &self.shop;
        self.repository.read(|tx| {
            let counter = act::named_counter(tx)?;
            let serial: Serial = unit.serial.parse().map_err(|bad| wrong("serial", bad))?;
            let say =
                || format!("{serial} is not in the registry: check the serial, or import the maker's file");
            let ground = Ground::load(tx, &shop.editions, (serial.as_str(), act.stamp.at))?
                .ok_or_else(|| refused(Guard::NoSuchDevice, say()))?;
            let desk = (counter.region.as_str(), act.stamp.at);
            let question = facts(tx, &ground, (&shop.editions, desk), unit)?.check(&shop.editions)?;
            let decision = decide(&question);
            // A window that leads nowhere is no help to anybody.
            let open = if decision.verdict == Verdict::NoBind { Vec::new() } else { clocks(&question) };
            let model = question.device.model;
            Ok(Enrolment {
                serial: serial.to_string(),
                model: model.id.to_string(),
                product: model.name.clone(),
                plan: question.plan.as_ref().map(|plan| plan.number.clone()),
                say: words(&decision, &open, act.stamp.at),
                clocks: open.iter().map(|clock| shown(clock, act.stamp.at)).collect(),
                decision,
            })
        })
    }
}

fn shown(clock: &Clock, now: DateTime<FixedOffset>) -> Open {
    let closes_at = clock.closes.map(|closes| closes.to_rfc3339());
    Open { criterion: clock.criterion, closes_at, say: clock.words(now) }
}

type At<'a> = (&'a Editions, (&'a str, DateTime<FixedOffset>));

/// The facts of a wish to bind a plan to this unit.
pub(in crate::desk) fn facts(
    tx: &Tx<'_>,
    ground: &Ground,
    (editions, desk): At<'_>,
    unit: &Unit,
) -> Result<Facts, Failure> {
    let (region, at) = desk;
    let bind = BindFacts {
        at: None,
        region: parsed("site", "1", region)?,
        repaired_by: None,
        repair_invitation_at: None,
        video: None,
        damaged: Some(unit.damaged || claimed(tx, &ground.chain)?),
    };
    let bind = bind.noticed(&notices(tx, &ground.device.serial)?, at);
    let programme = &editions.on(at.date_naive()).id;
    ground.bind(desk, programme, (unit.condition, bind))
}

/// Damage that an open case speaks of is known, whatever is seen on the unit.
fn claimed(tx: &Tx<'_>, chain: &[String]) -> Result<bool, Fault> {
    for serial in chain {
        for case in case::of_serial(tx, serial)? {
            let state: State = parsed("cases", &case.number, &case.state)?;
            if state.open() && case.outcome != CaseOutcome::NoFault.as_str() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The notices about a serial.
pub(super) fn notices(tx: &Tx<'_>, serial: &str) -> Result<Vec<(Notice, DateTime<FixedOffset>)>, Fault> {
    let read = |(kind, sent): &(String, String)| {
        let at = parse_instant(sent).map_err(|bad| broken("notice", serial, bad))?;
        Ok((parsed("notice", serial, kind)?, at))
    };
    notice::of_serial(tx, serial)?.iter().map(read).collect()
}

fn words(decision: &Decision, open: &[Clock], now: DateTime<FixedOffset>) -> String {
    let reasons = |outcome| {
        let of = decision.findings.iter().filter(|finding| finding.outcome == outcome);
        let mut words: Vec<&str> = of.map(|finding| in_a_word(finding.rule)).collect();
        words.dedup();
        words.join(", ")
    };
    match (decision.verdict, &decision.answer) {
        (Verdict::Bind, Answer::Bind(BindAnswer { criterion: Some(criterion), .. })) => {
            let clock = open.iter().find(|clock| clock.criterion == *criterion);
            let left = clock.map_or_else(|| "open".to_owned(), |clock| clock.words(now));
            format!("A PLAN CAN BE BOUND - {criterion}, {left}")
        }
        (Verdict::Refer, _) => format!("ASK - {}", reasons(Outcome::Ask)),
        (_, Answer::Bind(BindAnswer { video_route: true, .. })) => {
            "NO PLAN CAN BE BOUND - no window is open; video verification may open one".to_owned()
        }
        _ => format!("NO PLAN CAN BE BOUND - {}", reasons(Outcome::Fail)),
    }
}

fn in_a_word(rule: Rule) -> &'static str {
    match rule {
        Rule::Region => "not offered here",
        Rule::SameRegion => "bought in another region, or nobody knows where",
        Rule::Model => "no plan for this model",
        Rule::Rebind => "it has or had a plan",
        Rule::Damage => "damage on the unit",
        Rule::New => "sealed or opened is not known, or it was activated",
        _ => "no window is open",
    }
}
