//! The cause's step of a claim: defect or damage, and what each cause opens.

use crate::domain::claim::{Cause, Claim};
use crate::domain::clause::Clause::{C5, C8};
use crate::domain::decision::Remedy::{PaidRepair, Replacement, WarrantyRepair};
use crate::domain::decision::warranty::Standing;
use crate::domain::decision::{Finding, Remedy, Rule};
use crate::domain::edition::{CauseRoute, Openness, WarrantyRoute};
use crate::domain::facts::Question;

pub(super) fn findings(question: &Question<'_>, claim: &Claim, warranty: &Standing) -> Vec<Finding> {
    let Some(route) = question.edition.causes.get(&claim.cause) else {
        return Vec::new();
    };
    let name = upper_first(&route.name);
    match (route.warranty, warranty) {
        (WarrantyRoute::Rule, Standing::Inside { .. }) => {
            let say = format!("{name}: the warranty mends it, the plan is not touched.");
            // The warranty's own clauses are what closes the replacement.
            let mut clauses = vec![C5, C8];
            clauses.extend(route.clauses.iter().filter(|clause| !matches!(clause, C5 | C8)));
            vec![Finding::fail(Rule::Cause, clauses, say).about(&[Replacement])]
        }
        (WarrantyRoute::Rule, Standing::NotKnown { .. }) => {
            let say = format!("{name}: first find out about the warranty; if it is over, a plan covers it.");
            vec![Finding::note(Rule::Cause, route.clauses.clone(), say)]
        }
        (WarrantyRoute::Rule, Standing::Outside { .. }) => {
            with_note(route, "and no damaged part is in warranty")
        }
        (WarrantyRoute::AskWhileInWarranty, Standing::Inside { .. } | Standing::NotKnown { .. }) => {
            vec![routed(route).about(&[Replacement, WarrantyRepair])]
        }
        (WarrantyRoute::Closed, _) if claim.cause == Cause::NormalUse => {
            with_note(&normal_use(question, route), "the plan covers normal use")
        }
        (WarrantyRoute::AskWhileInWarranty, Standing::Outside { .. }) | (WarrantyRoute::Closed, _) => {
            vec![routed(route)]
        }
    }
}

/// How a cause stands to the warranty; an edition holds every cause.
pub(super) fn warranty_route(question: &Question<'_>, cause: Cause) -> WarrantyRoute {
    question.edition.causes.get(&cause).map_or(WarrantyRoute::Closed, |route| route.warranty)
}

/// The route of normal use as the setting `cause.normal_use` has it.
fn normal_use(question: &Question<'_>, route: &CauseRoute) -> CauseRoute {
    CauseRoute { replacement: question.edition.settings.claim.normal_use, ..route.clone() }
}

/// The route's finding and, where the replacement is open, a note that there was no accident.
fn with_note(route: &CauseRoute, why: &str) -> Vec<Finding> {
    let mut findings = vec![routed(route)];
    if route.replacement == Openness::Open {
        let say = format!("No accident was reported: {}, {why}.", route.name);
        findings.push(Finding::note(Rule::Cause, route.clauses.clone(), say));
    }
    findings
}

fn upper_first(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn routed(route: &CauseRoute) -> Finding {
    let name = upper_first(&route.name);
    let about = |openness| -> &'static [Remedy] {
        match openness {
            Openness::Closed => &[Replacement, WarrantyRepair, PaidRepair],
            Openness::Open | Openness::Refer => &[Replacement],
        }
    };
    match (route.replacement, route.paid) {
        (Openness::Open, _) => {
            Finding::pass(Rule::Cause, route.clauses.clone(), format!("{name}: a plan covers it."))
        }
        (Openness::Refer, _) => {
            let say = match route.warranty {
                WarrantyRoute::AskWhileInWarranty => format!("{name}: assess the unit first."),
                WarrantyRoute::Closed | WarrantyRoute::Rule => {
                    format!("{name}: ask whether a plan covers it.")
                }
            };
            Finding::ask(Rule::Cause, route.clauses.clone(), say).about(&[Replacement])
        }
        (Openness::Closed, Openness::Closed) => {
            let say = format!("{name}: there is no unit to repair or replace.");
            Finding::fail(Rule::Cause, route.clauses.clone(), say).about(about(Openness::Closed))
        }
        (Openness::Closed, Openness::Open | Openness::Refer) => {
            let say = format!("{name}: no plan covers it.");
            Finding::fail(Rule::Cause, route.clauses.clone(), say).about(about(Openness::Open))
        }
    }
}
