//! The plan's steps of a claim: identity, plan, term, region, channel, parts, hands, balance.

use chrono::NaiveDate;

use crate::domain::claim::{Claim, OnUnit, Owner};
use crate::domain::clause::Clause::{C2, C3, C6, C7, C9, C13, C16, C18, C19, C24, C26, C31, C33};
use crate::domain::decision::Remedy::{Replacement, WarrantyRepair};
use crate::domain::decision::{Finding, Rule};
use crate::domain::edition::{DamageInTerm, Incomplete, OwnerPolicy};
use crate::domain::facts::Question;
use crate::domain::plan::{Balance, Plan, Source};
use crate::domain::product::Part;
use crate::domain::region::{Region, Standing};
use crate::domain::serial::Serial;

/// The steps up to the region, in the programme's order.
pub(super) fn identity_and_plan(question: &Question<'_>, claim: &Claim) -> Vec<Finding> {
    let mut findings = identity(question, claim);
    findings.extend(plan(question));
    findings.push(term(question, claim));
    findings.extend(region(question));
    findings
}

fn identity(question: &Question<'_>, claim: &Claim) -> Vec<Finding> {
    let device = &question.device;
    let bound_to = |serial: &Serial| question.plan.as_ref().is_some_and(|plan| plan.bound == *serial);
    let finding = match (&claim.on_unit, &device.replaced_by) {
        (OnUnit::Illegible, _) => Finding::ask(
            Rule::Identity,
            &[C19],
            "The serial on the unit cannot be read: find out which unit it is.",
        ),
        (OnUnit::Serial(unit), Some(new)) if *unit == device.serial => {
            let say = format!("{unit} was replaced by {new}; this is the old unit, the plan is not on it.");
            Finding::fail(Rule::Identity, &[C26], say)
        }
        (OnUnit::Serial(unit), Some(new)) if unit == new && bound_to(new) => {
            let pass = Finding::pass(Rule::Identity, &[C26], format!("The unit's serial is {unit}."));
            let say = format!("It replaced {}; the plan is bound to it.", device.serial);
            return vec![pass, Finding::note(Rule::Identity, &[C26], say)];
        }
        (OnUnit::Serial(unit), None) if *unit == device.serial => {
            Finding::pass(Rule::Identity, &[C26], format!("The unit's serial is {unit}."))
        }
        (OnUnit::Serial(unit), _) => {
            let say = format!("The unit at the counter is {unit}, not {}.", device.serial);
            Finding::fail(Rule::Identity, &[C26], say)
        }
    };
    vec![finding.about(&[Replacement, WarrantyRepair])]
}

fn plan(question: &Question<'_>) -> Vec<Finding> {
    let Some(plan) = &question.plan else {
        let say = "There is no care plan for this unit; the warranty and paid repair stand without one.";
        return vec![Finding::fail(Rule::Plan, &[C7], say).about(&[Replacement])];
    };
    let device = &question.device;
    let mut findings = Vec::new();
    if let Some(day) = plan.returned_on.filter(|_| plan.returned_by(question.desk.day)) {
        let say = format!("Plan {} was returned on {day}.", plan.number);
        findings.push(Finding::fail(Rule::Plan, &[C16], say).about(&[Replacement]));
    }
    if plan.bound != device.serial && device.replaced_by.as_ref() != Some(&plan.bound) {
        let say =
            format!("Plan {} is bound to {}, and no replacement joins the two.", plan.number, plan.bound);
        findings.push(Finding::fail(Rule::Plan, &[C18], say).about(&[Replacement]));
    }
    if findings.is_empty() {
        let say = format!("Plan {} is bound to {}.", plan.number, plan.bound);
        findings.push(Finding::pass(Rule::Plan, &[C7], say));
    }
    findings
}

fn term(question: &Question<'_>, claim: &Claim) -> Finding {
    let Some(plan) = &question.plan else {
        return Finding::note(Rule::Term, &[C2], "No plan, so no term.");
    };
    let covered = plan.covered();
    let span = format!("covers {} to {}", covered.first, covered.last);
    let outside = |what: &str, day: NaiveDate| {
        let side =
            if day < covered.first { "before the plan's first day" } else { "after the plan's last day" };
        format!("{what} on {day}, {side}")
    };
    let damage_counts = match question.edition.settings.claim.damage_in_term {
        DamageInTerm::Both => true,
        DamageInTerm::Recorded => false,
    };
    let mut late = Vec::new();
    if !covered.covers(claim.recorded_on) {
        late.push(outside("Recorded", claim.recorded_on));
    }
    if damage_counts && !covered.covers(claim.damaged_on) {
        late.push(outside("Damaged", claim.damaged_on));
    }
    if !late.is_empty() {
        let say = format!("{}. The plan {span}.", late.join(". "));
        return Finding::fail(Rule::Term, &[C2], say).about(&[Replacement]);
    }
    let say = match plan.extension.as_ref().filter(|_| claim.recorded_on > plan.term.last) {
        Some(plus) => format!("Recorded {} in plus, which covers to {}.", claim.recorded_on, plus.term.last),
        None => format!("Recorded {}; the plan {span}.", claim.recorded_on),
    };
    Finding::pass(Rule::Term, &[C2], say)
}

fn region(question: &Question<'_>) -> Vec<Finding> {
    let centre = question.desk.region;
    let plan = question.plan.as_ref().map(|plan: &Plan| plan.region);
    let unlisted = |region: Region| region.standing() == Standing::Unlisted;
    let mut findings = Vec::new();
    if let Some(region) = plan.filter(|region| unlisted(*region)) {
        let say = format!("The programme is not offered in the plan's region {region}.");
        findings.push(Finding::fail(Rule::Region, &[C13], say));
    }
    if unlisted(centre) {
        let say = format!("The programme is not offered in this centre's region {centre}.");
        findings.push(Finding::fail(Rule::Region, &[C13], say));
    }
    findings.extend(match plan {
        Some(region) if region == centre && findings.is_empty() => {
            Some(Finding::pass(Rule::Region, &[C9], format!("Plan region {region} is this centre's region.")))
        }
        Some(region) if region == centre => None,
        Some(region) if question.edition.refers_mismatch(region, centre) => {
            let say = format!(
                "The plan is for {region}, this centre is in {centre}; the two were one region before, so a person with more rights must decide."
            );
            Some(Finding::ask(Rule::Region, &[C9], say))
        }
        Some(region) => {
            let say = format!("The plan is for {region}; this centre is in {centre}.");
            Some(Finding::fail(Rule::Region, &[C9], say))
        }
        None if findings.is_empty() => {
            Some(Finding::note(Rule::Region, &[C9], "No plan, so no plan region."))
        }
        None => None,
    });
    findings.into_iter().map(|finding| finding.about(&[Replacement])).collect()
}

pub(super) fn channel(question: &Question<'_>, claim: &Claim) -> Finding {
    let region = question.desk.region;
    if question.edition.offers(claim.channel, region) {
        let say = format!("The {} channel is offered in {region}.", claim.channel);
        return Finding::pass(Rule::Channel, &[C31], say);
    }
    let offered: Vec<_> = question.edition.channels(region).iter().map(|channel| channel.as_str()).collect();
    let instead = if offered.is_empty() { "none is".to_owned() } else { offered.join(", ") };
    let say = format!("The {} channel is not offered in {region}; offered: {instead}.", claim.channel);
    Finding::fail(Rule::Channel, &[C31], say).about(&[Replacement])
}

/// Names of parts for a sentence.
pub(super) fn names(question: &Question<'_>, parts: &[&Part]) -> String {
    let names: Vec<_> = parts.iter().map(|part| question.edition.part_name(part)).collect();
    names.join(", ")
}

/// The damaged parts: which the plan replaces (C24), and whether those are here (C33).
pub(super) fn parts(question: &Question<'_>, claim: &Claim) -> Vec<Finding> {
    let model = question.device.model;
    let (listed, others): (Vec<&Part>, Vec<&Part>) =
        claim.parts.iter().partition(|part| model.replaces(part));
    let covered = match (listed.is_empty(), others.is_empty()) {
        (true, _) if !model.has_plan() => {
            let say = format!("The programme has no plan for {}, so it replaces no part of it.", model.name);
            Finding::fail(Rule::Parts, &[C24], say).about(&[Replacement])
        }
        (true, _) => {
            let say = format!("The plan for {} does not replace: {}.", model.name, names(question, &others));
            Finding::fail(Rule::Parts, &[C24], say).about(&[Replacement])
        }
        (false, true) => {
            Finding::pass(Rule::Parts, &[C24], format!("The plan replaces: {}.", names(question, &listed)))
        }
        (false, false) => {
            let (listed, others) = (names(question, &listed), names(question, &others));
            Finding::pass(Rule::Parts, &[C24], format!("The plan replaces: {listed}; to be paid: {others}."))
        }
    };
    vec![covered, handed_in(question, claim, &listed)]
}

fn handed_in(question: &Question<'_>, claim: &Claim, listed: &[&Part]) -> Finding {
    let missing: Vec<&Part> = listed.iter().copied().filter(|part| !claim.handed_in.contains(part)).collect();
    if missing.is_empty() {
        return Finding::pass(Rule::HandedIn, &[C33], "The damaged parts that the plan replaces are here.");
    }
    let missing = names(question, &missing);
    match question.edition.settings.claim.incomplete {
        Incomplete::Refer => {
            let say = format!("Damaged, but not handed in yet: {missing}. Ask for what is missing.");
            Finding::ask(Rule::HandedIn, &[C33], say).about(&[Replacement])
        }
        Incomplete::Ignore => Finding::note(Rule::HandedIn, &[C33], format!("Not handed in: {missing}.")),
    }
}

/// What happened to the unit in other hands: taken apart (C6), brought by another person (C18).
pub(super) fn hands(question: &Question<'_>, claim: &Claim) -> [Finding; 2] {
    let taken_apart = if claim.repaired_elsewhere {
        let say = "Repaired elsewhere or taken apart: a technician must look at it first.";
        Finding::ask(Rule::TakenApart, &[C6], say).about(&[Replacement, WarrantyRepair])
    } else {
        Finding::pass(Rule::TakenApart, &[C6], "No sign that it was repaired elsewhere or taken apart.")
    };
    let policy = question.edition.settings.claim.owner_policy;
    let owner = match (claim.owner, policy) {
        (Owner::Same, _) => Finding::pass(Rule::Owner, &[C18], "The plan's owner brings it."),
        (Owner::Other | Owner::Unverified, OwnerPolicy::Ignore) => {
            Finding::note(Rule::Owner, &[C18], "Who brings it makes no difference by this edition.")
        }
        (Owner::Unverified, OwnerPolicy::Strict | OwnerPolicy::Refer) => {
            Finding::ask(Rule::Owner, &[C18], "Not checked yet whether the plan's owner brings it.")
        }
        (Owner::Other, OwnerPolicy::Refer) => {
            Finding::ask(Rule::Owner, &[C18], "Another person brings it; the plan is its owner's.")
        }
        (Owner::Other, OwnerPolicy::Strict) => {
            Finding::fail(Rule::Owner, &[C18], "Another person brings it; the plan is not transferable.")
        }
    };
    [taken_apart, owner.about(&[Replacement])]
}

pub(super) fn balance(next: Option<(Source, &Balance)>) -> Finding {
    let Some((source, balance)) = next else {
        return Finding::note(Rule::Balance, &[C3], "No plan, so no replacements.");
    };
    let of = match source {
        Source::Refresh => "on the plan",
        Source::Plus => "in plus",
    };
    let left = balance.left();
    let say = format!("Replacements left {of}: {left} of {}.", balance.granted());
    if left == 0 {
        return Finding::fail(Rule::Balance, &[C3], say).about(&[Replacement]);
    }
    Finding::pass(Rule::Balance, &[C3], say)
}
