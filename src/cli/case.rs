//! `case` and `issue`: the counter's acts without the screens.

use std::io::Write;

use crate::cli::arguments::{Assess, Issue, List, Record, Stamp, Step};
use crate::cli::{Done, Outcome, stamp, write_json};
use crate::desk::assess::Assessment;
use crate::desk::choose::Wish;
use crate::desk::config::Settled;
use crate::desk::pay::Tender;
use crate::desk::print::Kind;
use crate::desk::receive::Intake;
use crate::desk::record::Draft;
use crate::desk::{Act, CaseView, Desk, Failure};
use crate::domain::claim::Cycles;
use crate::paper::text;
use crate::repository::case::Which;
use crate::repository::journal::Person;

mod life;

type Out<'a> = (&'a Settled, &'a mut dyn Write);

/// Runs one step of a case.
pub fn run(step: Step, desk: &mut Desk, out: Out<'_>) -> Outcome {
    match step {
        Step::Record(it) => {
            let draft = draft(&it);
            act(&it.stamp, out, |act| desk.record(act, &draft))
        }
        Step::Receive(it) => {
            let (serial, parts, owner, condition) = (it.serial, it.parts, it.owner, it.condition);
            let intake = Intake { serial, parts, owner, condition };
            act(&it.stamp, out, |act| filed(desk, Kind::Slip, |desk| desk.receive(act, &it.case, &intake)))
        }
        Step::Assess(it) => {
            let found = assessment(&it);
            act(&it.stamp, out, |act| desk.assess(act, &it.case, &found))
        }
        Step::Choose(it) => {
            let wish =
                Wish { choice: it.choice, price: it.price, reason: it.reason, owner: it.owner, by: it.by };
            act(&it.stamp, out, |act| desk.choose(act, &it.case, &wish))
        }
        Step::Pay(it) => {
            let tender = Tender { method: it.method, amount: it.amount, reason: it.reason, shown: None };
            act(&it.stamp, out, |act| desk.pay(act, &it.case, &tender))
        }
        Step::Life(it) => {
            let stamp = it.stamp().clone();
            act(&stamp, out, |act| life::run(it, desk, act))
        }
        Step::Close(it) => act(&it.stamp, out, |act| desk.close(act, &it.case)),
        Step::Show(it) => act(&it.stamp, out, |_| desk.case(&it.case)),
        Step::List(it) => list(&it, desk, out.1),
    }
}

fn draft(it: &Record) -> Draft {
    Draft {
        serial: it.serial.clone(),
        cause: it.cause,
        parts: it.parts.clone(),
        said: it.said.clone(),
        customer: Person { name: it.customer.clone(), phone: it.phone.clone(), email: it.email.clone() },
        owner: it.owner,
        channel: it.channel,
        damaged_on: it.damaged_on,
        battery_cycles: it.battery_cycles,
    }
}

fn assessment(it: &Assess) -> Assessment {
    Assessment {
        cause: it.cause,
        parts: it.parts.clone(),
        finding: it.finding.clone(),
        owner: it.owner,
        damaged_on: it.damaged_on,
        battery_cycles: it.battery_cycles.map_or(Cycles::AsSaid, Cycles::Read),
        repaired_elsewhere: it.repaired_elsewhere,
    }
}

/// Hands out a replacement.
pub fn issue(it: &Issue, desk: &mut Desk, out: Out<'_>) -> Outcome {
    act(&it.stamp, out, |act| filed(desk, Kind::Certificate, |desk| desk.issue(act, &it.case, &it.units)))
}

/// Does an act and shows the case as it is then.
fn act(
    given: &Stamp,
    (settled, out): Out<'_>,
    work: impl FnOnce(&Act) -> Result<CaseView, Failure>,
) -> Outcome {
    let view = work(&stamp(given, settled)?)?;
    if given.json {
        write_json(out, &view)?;
    } else {
        out.write_all(in_words(&view).as_bytes())?;
    }
    Ok(Done::Well)
}

/// Does an act and writes its paper beside the database; the act stands whatever becomes of the file.
fn filed(
    desk: &mut Desk,
    kind: Kind,
    work: impl FnOnce(&mut Desk) -> Result<CaseView, Failure>,
) -> Result<CaseView, Failure> {
    let view = work(desk)?;
    let made = desk.paper(&view.number, kind).and_then(|printed| Desk::file(&printed));
    if let Err(failure) = made {
        // The act is done: what went wrong with its file is told and changes nothing.
        let _ = writeln!(std::io::stderr(), "caredesk: {failure}");
    }
    Ok(view)
}

fn list(it: &List, desk: &mut Desk, out: &mut dyn Write) -> Outcome {
    let which = if it.open { Which::Open } else { Which::All };
    let lines = desk.cases(which)?;
    if it.format.json {
        write_json(out, &lines)?;
        return Ok(Done::Well);
    }
    for line in lines {
        let phone = line.phone.unwrap_or_default();
        let held = if line.held { "  on hold" } else { "" };
        let [serial, customer] =
            [(&line.serial, 20), (&line.customer, 24)].map(|(it, room)| text::pad(it, room));
        writeln!(out, "{}  {:<11}  {serial}  {customer}  {phone}{held}", line.number, line.state)?;
    }
    Ok(Done::Well)
}

fn in_words(view: &CaseView) -> String {
    let mut rows = vec![
        ("case", format!("{} {} ({})", view.number, view.state, view.outcome)),
        ("serial", format!("{} {}", view.serial, view.model)),
        ("customer", view.customer.name.clone()),
        ("claim", format!("{}: {}, damaged {}", view.cause, view.parts.join(", "), view.damaged_on)),
    ];
    if let (Some(plan), Some(balance)) = (&view.plan, view.balance) {
        rows.push(("plan", format!("{plan}, {balance} left")));
    }
    if let Some(fee) = view.fee {
        let paid = view.paid.map_or_else(String::new, |paid| format!(", paid {paid}"));
        let waived = view.waived.map_or_else(String::new, |waived| format!(", waived {waived}"));
        let due =
            view.due.filter(|due| due.minor != 0).map_or_else(String::new, |due| format!(", due {due}"));
        rows.push(("fee", format!("{fee}{paid}{waived}{due}")));
    }
    for unit in &view.units {
        rows.push(("unit", format!("{} ({})", unit.serial, unit.part)));
    }
    rows.extend(view.flags.iter().map(|flag| ("flag", flag.clone())));
    if let Some(reason) = &view.held_reason {
        rows.push(("on hold", reason.clone()));
    }
    if !view.parts_owed.is_empty() {
        rows.push(("owed", view.parts_owed.join(", ")));
    }
    for step in &view.history {
        rows.push(("", format!("{}  {}  {}", text::moment(&step.at), step.who, step.say)));
    }
    rows.iter().map(|(label, value)| format!("{label:<9} {value}\n")).collect::<Vec<_>>().concat()
}
