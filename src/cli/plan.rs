//! `plan`: enrolment at the counter without the screens.

use std::io::Write;

use serde::Serialize;

use crate::cli::arguments::{Plan, Seen, Stamp};
use crate::cli::{Done, Outcome, stamp, write_json};
use crate::desk::config::Settled;
use crate::desk::enrol::{Enrolment, NoticeView, PlanView, Unit};
use crate::desk::{Act, Desk, Failure};
use crate::domain::product::Condition;

type Out<'a> = (&'a Settled, &'a mut dyn Write);

/// Runs what is done to a plan.
pub fn run(act: Plan, desk: &mut Desk, out: Out<'_>) -> Outcome {
    match act {
        Plan::Check(it) => told((&it.stamp, out), |act| desk.bindable(act, &unit(&it.seen)), checked),
        Plan::Bind(it) => {
            told((&it.stamp, out), |act| desk.bind_plan(act, &unit(&it.seen), &it.number), shown)
        }
        Plan::Extend(it) => told((&it.stamp, out), |act| desk.extend_plan(act, &it.plan, &it.number), shown),
        Plan::Return(it) => {
            told((&it.stamp, out), |act| desk.return_plan(act, &it.plan, it.product_returned), shown)
        }
        Plan::Notice(it) => {
            let what = (it.serial.as_str(), it.kind);
            told((&it.stamp, out), |act| desk.record_notice(act, what, it.issued_at), noticed)
        }
        Plan::Show(it) => told((&it.stamp, out), |act| desk.plan(act, &it.plan), shown),
    }
}

fn unit(seen: &Seen) -> Unit {
    let unit = Unit::of(&seen.serial);
    Unit { condition: seen.condition.unwrap_or(Condition::Unknown), damaged: seen.damaged, ..unit }
}

/// Does an act and tells its answer.
fn told<T: Serialize>(
    (given, (settled, out)): (&Stamp, Out<'_>),
    work: impl FnOnce(&Act) -> Result<T, Failure>,
    text: impl FnOnce(&T) -> String,
) -> Outcome {
    let answer = work(&stamp(given, settled)?)?;
    if given.json {
        write_json(out, &answer)?;
    } else {
        out.write_all(text(&answer).as_bytes())?;
    }
    Ok(Done::Well)
}

fn checked(answer: &Enrolment) -> String {
    let mut lines = vec![answer.say.clone()];
    for finding in &answer.decision.findings {
        let clauses: Vec<&str> = finding.clauses.iter().map(|clause| clause.as_str()).collect();
        lines.push(format!("  {:<4}  {} ({})", finding.outcome, finding.say, clauses.join(", ")));
    }
    lines.extend(answer.clocks.iter().map(|open| format!("{:<5} {}", open.criterion, open.say)));
    lines.push(String::new());
    lines.join("\n")
}

fn noticed(it: &NoticeView) -> String {
    format!("{}: {}, sent {}\n", it.serial, it.kind.words(), it.issued_at)
}

fn shown(plan: &PlanView) -> String {
    let term = |first: &str, last: &str| format!("{first} to {last}");
    let left = |left: u8, granted: u8| format!("{left} of {granted} replacements left");
    let by = plan.criterion.as_ref().map_or_else(String::new, |by| format!(", bound by {by}"));
    let mut rows = vec![
        ("plan", format!("{}{by}, sold in {}", plan.number, plan.region)),
        ("serial", format!("{} {}", plan.serial, plan.product)),
        ("term", term(&plan.starts_on, &plan.ends_on)),
        ("balance", left(plan.balance, plan.granted)),
    ];
    if plan.held > 0 {
        rows.push(("", format!("{} reserved by an open case", plan.held)));
    }
    if let Some(plus) = &plan.plus {
        let (days, left) = (term(&plus.starts_on, &plus.ends_on), left(plus.balance, plus.granted));
        rows.push(("plus", format!("{}, {days}, {left}", plus.number)));
    }
    rows.extend(plan.returned_on.iter().map(|day| ("returned", day.clone())));
    for bound in plan.bindings.iter().filter(|_| plan.bindings.len() > 1) {
        let since = bound.from.as_ref().map_or_else(String::new, |from| format!(" since {from}"));
        rows.push(("bound to", format!("{}{since}", bound.serial)));
    }
    rows.extend(plan.decisions.iter().map(|it| ("decided", format!("{}  {}", it.at, it.verdict))));
    rows.iter().map(|(label, value)| format!("{label:<9} {value}\n")).collect::<Vec<_>>().concat()
}
