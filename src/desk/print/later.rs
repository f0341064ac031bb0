//! The papers that are made when they are asked for: quote, receipt, hand-over receipt, label.
//!
//! They say what the customer may read: no reason of staff, no hold, no note.

use crate::desk::Failure;
use crate::desk::act::state;
use crate::desk::life::last_day;
use crate::desk::life::parts::still_owed;
use crate::desk::print::source::{Source, in_words};
use crate::desk::print::{Kind, not_yet, refusal};
use crate::domain::case::{Outcome, State};
use crate::domain::clause::Clause;
use crate::domain::decision::{Decision, Open, Remedy};
use crate::domain::event::Event;
use crate::domain::money::Money;
use crate::paper::text;
use crate::paper::{self, Entry, HandOver, Label, Quote, Receipt, Sheet};
use crate::repository::case::Case;
use crate::repository::{Fault, case, journal, paper as stored};

/// The paper as the case would have it now; refused where it cannot have it yet.
pub(super) fn draft(source: &Source<'_, '_, '_>, kind: Kind) -> Result<Sheet, Failure> {
    let case = source.case;
    let state = state(case)?;
    let there = match kind {
        Kind::Slip | Kind::Certificate => false,
        Kind::Refusal => true,
        Kind::Quote => matches!(
            state,
            State::Assessed
                | State::Chosen
                | State::InWork
                | State::Ready
                | State::HandedOver
                | State::Closed
        ),
        Kind::Receipt => !stored::moved(source.work.tx, &case.id)?.is_empty(),
        Kind::HandOver => matches!(state, State::HandedOver | State::Closed),
        Kind::Label => state != State::Recorded && case.handed_in.is_some(),
    };
    if !there {
        return Err(not_yet(case, kind));
    }
    Ok(match kind {
        Kind::Quote => paper::quote(quote(source)?),
        Kind::Receipt => paper::receipt(receipt(source)?),
        Kind::HandOver => paper::hand_over(hand_over(source)?),
        Kind::Refusal => paper::refusal(refusal::refusal(source)?),
        Kind::Label | Kind::Slip | Kind::Certificate => paper::label(Label {
            head: source.head(),
            customer: source.customer.name.clone(),
            product: source.product(),
            serial: source.serial(),
            parts: source.part_names(&source.handed_in()?),
        }),
    })
}

fn quote(source: &Source<'_, '_, '_>) -> Result<Quote, Failure> {
    let case = source.case;
    let decision = source.decision()?;
    let outcome = source.outcome()?;
    let fee = source.account()?.fee;
    let chosen = outcome != Outcome::None;
    let finding = case.finding.as_deref().map(|id| case::text(source.work.tx, id)).transpose()?;
    let day = case.quoted_at.as_deref().and_then(|at| at.get(..10)).unwrap_or_default();
    Ok(Quote {
        head: source.head(),
        customer: source.customer.name.clone(),
        product: source.product(),
        serial: case.serial.clone(),
        finding: finding.unwrap_or_else(|| "not looked at yet: by what you told us".to_owned()),
        options: options((&decision, case), (outcome, fee)),
        choice: in_words(outcome).to_owned(),
        price: match fee.filter(|_| outcome.costs()) {
            Some(fee) => source.with_its_reason(fee)?,
            None => price(outcome, fee),
        },
        valid: match last_day(case, &source.ground, &source.work.shop.editions)? {
            Some(last) => format!("as told on {day}, until {last}"),
            None if chosen => format!("as told on {day}, until the unit is handed out"),
            None => "-".to_owned(),
        },
        clauses: source.clauses(&[Clause::C4, Clause::C8]),
    })
}

fn price(outcome: Outcome, fee: Option<Money>) -> String {
    match (outcome, fee) {
        (Outcome::Replacement | Outcome::PaidRepair, Some(fee)) => fee.to_string(),
        (Outcome::Replacement | Outcome::PaidRepair, None) => "told before you pay".to_owned(),
        (Outcome::WarrantyRepair | Outcome::ReturnUnrepaired | Outcome::NoFault, _) => "free".to_owned(),
        (Outcome::None, _) => "-".to_owned(),
    }
}

/// What cannot be chosen before the unit was looked at.
const UNASSESSED: &str = "not open before the unit was looked at";

/// What can be done; before the assessment that is a replacement alone. Clause C30.
fn options(
    (decision, case): (&Decision, &Case),
    (outcome, fee): (Outcome, Option<Money>),
) -> Vec<(String, String)> {
    let option = |remedy: &Remedy| {
        let (name, its) = match remedy {
            Remedy::WarrantyRepair => ("Warranty", Outcome::WarrantyRepair),
            Remedy::Replacement => ("Replacement", Outcome::Replacement),
            Remedy::PaidRepair => ("Paid repair", Outcome::PaidRepair),
        };
        let choice = decision.choice(*remedy)?;
        let of_plan = decision.claim().and_then(|answer| answer.fee).filter(|_| its == Outcome::Replacement);
        let known = fee.filter(|_| its == outcome).or(of_plan);
        let say = match choice.open {
            _ if case.assessment_owed && its != Outcome::Replacement => UNASSESSED.to_owned(),
            Open::Yes => match known {
                None if its != Outcome::WarrantyRepair => "open, its price is told before you pay".to_owned(),
                None | Some(_) => format!("open, {}", price(its, known)),
            },
            Open::No => format!("not open: {}", decision.reasons(*remedy).join(" ")),
            Open::Refer => format!("to be decided: {}", decision.reasons(*remedy).join(" ")),
        };
        Some((name.to_owned(), say))
    };
    let back = if case.assessment_owed { UNASSESSED } else { "open, free" };
    let back = ("Take it back".to_owned(), back.to_owned());
    Remedy::ALL.iter().filter_map(option).chain([back]).collect()
}

fn receipt(source: &Source<'_, '_, '_>) -> Result<Receipt, Failure> {
    let account = source.account()?;
    let currency = source.currency()?.ok_or_else(|| not_yet(source.case, Kind::Receipt))?;
    let show = |minor| Money { minor, currency }.to_string();
    let lines = stored::moved(source.work.tx, &source.case.id)?.into_iter().map(|line| {
        let (what, sign) = if line.kind == "refunded" { ("paid back", -1) } else { ("paid", 1) };
        Entry {
            at: text::moment(&line.at),
            what: what.to_owned(),
            how: line.method.unwrap_or_default(),
            amount: show(sign * line.minor),
        }
    });
    Ok(Receipt {
        head: source.head(),
        customer: source.customer.name.clone(),
        purpose: match source.outcome()? {
            Outcome::None => "nothing: the choice was taken back".to_owned(),
            chosen => in_words(chosen).to_owned(),
        },
        fee: account.fee.map_or_else(|| Ok("nothing".to_owned()), |fee| source.with_its_reason(fee))?,
        lines: lines.collect(),
        net: show(account.net()),
        waived: if account.waived == 0 { String::new() } else { show(account.waived) },
        due: show(account.due().unwrap_or(-account.net())),
    })
}

fn hand_over(source: &Source<'_, '_, '_>) -> Result<HandOver, Failure> {
    let outcome = source.outcome()?;
    let (work, case) = (source.work, source.case);
    let result = stored::work_done(work.tx, &case.id)?;
    let units = stored::handed_out(work.tx, &case.id)?;
    let serial = match outcome {
        Outcome::Replacement => units.iter().map(|(serial, _)| serial.clone()).collect::<Vec<_>>().join(", "),
        Outcome::None
        | Outcome::PaidRepair
        | Outcome::WarrantyRepair
        | Outcome::ReturnUnrepaired
        | Outcome::NoFault => scanned(source)?.unwrap_or_else(|| source.serial()),
    };
    let told = match outcome {
        Outcome::Replacement => "a unit that is new or equivalent to new",
        Outcome::NoFault => "nothing was wrong with it",
        Outcome::ReturnUnrepaired => "nothing was done to it",
        Outcome::None | Outcome::PaidRepair | Outcome::WarrantyRepair => "done",
    };
    let repaired = matches!(outcome, Outcome::PaidRepair | Outcome::WarrantyRepair);
    Ok(HandOver {
        head: source.head(),
        customer: source.customer.name.clone(),
        product: source.product(),
        serial,
        done: in_words(outcome).to_owned(),
        result: result.filter(|_| repaired).unwrap_or_else(|| told.to_owned()),
        paid: paid(source)?,
        owed: source.part_names(&still_owed(work.tx, &work.shop.editions, case)?),
    })
}

/// What was paid, less what was paid back.
fn paid(source: &Source<'_, '_, '_>) -> Result<String, Fault> {
    let account = source.account()?;
    let show = |currency| Money { minor: account.net(), currency }.to_string();
    Ok(source.currency()?.map_or_else(|| "nothing".to_owned(), show))
}

/// The serial that was scanned when the unit was given back.
fn scanned(source: &Source<'_, '_, '_>) -> Result<Option<String>, Fault> {
    let mut scanned = None;
    for entry in journal::of_case(source.work.tx, &source.case.id)? {
        if let Event::HandedOver(it) = entry.event()? {
            scanned = Some(it.serial);
        }
    }
    Ok(scanned)
}
