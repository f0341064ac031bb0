//! The papers that acts make: the intake slip on receiving, the certificate on handing out.

use crate::desk::Failure;
use crate::desk::failure::wrong;
use crate::desk::print::source::Source;
use crate::domain::clause::Clause;
use crate::domain::decision::Decision;
use crate::domain::event::Handed;
use crate::domain::facts::Facts;
use crate::paper::{Certificate, Slip};
use crate::repository::case;

/// Clauses that matter when the plan moved to another serial.
const MOVED: [Clause; 4] = [Clause::C26, Clause::C27, Clause::C25, Clause::C18];

/// Clauses that matter when parts were replaced and the serial stays.
const STAYED: [Clause; 4] = [Clause::C3, Clause::C24, Clause::C25, Clause::C18];

pub(super) fn slip(source: &Source<'_, '_, '_>) -> Result<Slip, Failure> {
    let (work, case) = (source.work, source.case);
    let (decision, _) = crate::desk::choose::again(work, case, &source.ground)?;
    let left = decision.claim().and_then(|answer| {
        let now = answer.balance_after?.saturating_add(u8::from(answer.ordinal.is_some()));
        Some((now, answer.granted?))
    });
    let plan = match (&source.ground.plan, left) {
        (Some(plan), Some((left, granted))) => {
            format!("{}, {left} of {granted} replacements left", plan.number)
        }
        _ => "none".to_owned(),
    };
    let person = &source.customer;
    let contact: Vec<&str> = person.phone.iter().chain(&person.email).map(String::as_str).collect();
    Ok(Slip {
        head: source.head(),
        customer: person.name.clone(),
        contact: contact.join(", "),
        serial: case.on_unit.clone().unwrap_or_else(|| case.serial.clone()),
        product: source.product(),
        plan,
        said: case::text(work.tx, &case.said)?,
        parts: source.part_names(&source.handed_in()?),
        condition: source.condition()?,
        verdict: crate::desk::card::verdict_in_words(&decision),
        clauses: source.clauses(&[Clause::C24, Clause::C33, Clause::C4]),
    })
}

pub(super) fn certificate(
    source: &Source<'_, '_, '_>,
    (facts, decision): (Facts, &Decision),
    units: &[Handed],
) -> Result<Certificate, Failure> {
    let (work, case) = (source.work, source.case);
    let question = facts.check(&work.shop.editions)?;
    let plan = question.plan.as_ref().ok_or_else(|| wrong("plan", "the case has no plan"))?;
    let warranty =
        crate::domain::decision::warranty_of(source.edition(), &question.device, Some(plan), work.today());
    let moved = units.iter().any(|unit| {
        question.device.model.carrying.as_ref().is_some_and(|carrying| carrying.as_str() == unit.part)
    });
    // What a second person decided is still a referral by the rules, which therefore count nothing off.
    let left = decision.claim().and_then(|answer| {
        let after = answer.balance_after?.saturating_sub(u8::from(answer.ordinal.is_none()));
        Some((after, answer.granted?))
    });
    let names: Vec<&str> = units.iter().map(|unit| unit.serial.as_str()).collect();
    let (_, _, ordinal) = case.slot.clone().ok_or_else(|| wrong("slot", "the case has no replacement"))?;
    let last = warranty.parts.iter().filter_map(|part| part.last).max();
    let old = if moved { plan.bound.to_string() } else { case.serial.clone() };
    Ok(Certificate {
        head: source.head(),
        customer: source.customer.name.clone(),
        product: source.product(),
        new: if moved {
            names.join(", ")
        } else {
            format!("{old} stays; parts handed out: {}", names.join(", "))
        },
        old,
        plan: plan.number.clone(),
        ordinal: ordinal_in_words(&question, ordinal),
        balance: left.map_or_else(|| "none".to_owned(), |(left, granted)| format!("{left} of {granted}")),
        ends: format!("{}, unchanged", plan.covered().last),
        warranty: last
            .map_or_else(|| "as before".to_owned(), |last| format!("longest part until {last}, unchanged")),
        fee: source.fee_in_words()?,
        clauses: source.clauses(if moved { &MOVED } else { &STAYED }),
    })
}

fn ordinal_in_words(question: &crate::domain::facts::Question<'_>, ordinal: u8) -> String {
    let granted = question.plan.as_ref().map_or(0, |plan| plan.balance.granted());
    let claim = match &question.asked {
        crate::domain::facts::Asked::Claim(claim) => Some(claim),
        _ => None,
    };
    let source = question
        .plan
        .as_ref()
        .zip(claim)
        .map(|(plan, claim)| plan.source_on(claim.recorded_on, &question.edition.settings));
    match source {
        Some(crate::domain::plan::Source::Plus) => "the replacement of plus".to_owned(),
        _ => format!("number {ordinal} of {granted}"),
    }
}
