//! The note of refusal: what failed, with its clauses, and what the customer can do instead.

use crate::desk::Failure;
use crate::desk::failure::refused;
use crate::desk::print::source::Source;
use crate::domain::case::{Guard, Outcome};
use crate::domain::clause::Clause;
use crate::domain::decision::{Decision, Finding, Open, Outcome as Found, Remedy};
use crate::paper::Refusal;

pub(super) fn refusal(source: &Source<'_, '_, '_>) -> Result<Refusal, Failure> {
    let decision = source.decision()?;
    let outcome = source.outcome()?;
    if let Some(why) = why_not(&decision, outcome) {
        return Err(refused(Guard::WrongState, format!("case {} {why}", source.case.number)));
    }
    let failed: Vec<&Finding> = decision
        .findings
        .iter()
        .filter(|it| it.outcome == Found::Fail && it.touches.contains(&Remedy::Replacement))
        .collect();
    let mut clauses: Vec<Clause> =
        failed.iter().flat_map(|finding| finding.clauses.iter().copied()).collect();
    clauses.sort_unstable();
    clauses.dedup();
    let because = failed.iter().map(|finding| {
        let ids: Vec<&str> = finding.clauses.iter().map(|clause| clause.as_str()).collect();
        (ids.join(" "), finding.say.to_string())
    });
    Ok(Refusal {
        head: source.head(),
        customer: source.customer.name.clone(),
        product: source.product(),
        serial: source.case.serial.clone(),
        asked: match &source.ground.plan {
            Some(plan) => format!("a replacement by plan {}", plan.number),
            None => "a replacement; no plan is known for this unit".to_owned(),
        },
        because: because.collect(),
        instead: instead(source, &decision, outcome)?,
        clauses: source.clauses(&clauses),
    })
}

/// Why there is nothing to refuse.
fn why_not(decision: &Decision, outcome: Outcome) -> Option<&'static str> {
    if outcome == Outcome::Replacement {
        return Some("gets its replacement: there is nothing to refuse");
    }
    match decision.choice(Remedy::Replacement).map(|choice| choice.open) {
        Some(Open::No) => None,
        Some(Open::Refer) => Some("is not refused: a person with more rights decides about its replacement"),
        Some(Open::Yes) | None => Some("is not refused: its replacement is open"),
    }
}

fn instead(
    source: &Source<'_, '_, '_>,
    decision: &Decision,
    outcome: Outcome,
) -> Result<Vec<String>, Failure> {
    let open = |remedy| decision.choice(remedy).map(|choice| choice.open);
    let mut ways = Vec::new();
    match open(Remedy::WarrantyRepair) {
        Some(Open::Yes) => {
            ways.push("Have it repaired under the maker's warranty, free of charge.".to_owned());
        }
        Some(Open::Refer) => ways.push(format!(
            "Ask for a repair under the maker's warranty; the head of this centre decides: {}",
            decision.reasons(Remedy::WarrantyRepair).join(" ")
        )),
        Some(Open::No) | None => {}
    }
    let fee = source.account()?.fee.filter(|_| outcome == Outcome::PaidRepair);
    match (open(Remedy::PaidRepair), fee) {
        (Some(Open::Yes), Some(fee)) => ways.push(format!("Have it repaired at your cost, for {fee}.")),
        (Some(Open::Yes), None) => {
            ways.push("Have it repaired at your cost; we tell the price before we begin.".to_owned());
        }
        (Some(Open::Refer), _) => {
            ways.push("Ask for a repair at your cost; the head of this centre decides.".to_owned());
        }
        (Some(Open::No) | None, _) => {}
    }
    ways.push("Take it home as it is.".to_owned());
    Ok(ways)
}
