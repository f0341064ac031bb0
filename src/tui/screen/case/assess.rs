//! The form of the technician's finding. Clause C29.

use crate::desk::assess::Assessment;
use crate::domain::claim::{Cause, Cycles, Owner};
use crate::domain::day::parse_day;
use crate::domain::writing::Writing;
use crate::tui::effect::{Effect, Request};
use crate::tui::screen::case::about::{About, owner_names, place};
use crate::tui::screen::sorry::capital;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::ticks::Ticks;

const FINDING: usize = 0;
const CAUSE: usize = 1;
const PARTS: usize = 2;
const CYCLES: usize = 3;
const OWNER: usize = 4;
const DAY: usize = 5;
const ELSEWHERE: usize = 6;

/// The entries, filled in from what was recorded.
pub(super) fn entries(about: &About<'_>) -> Vec<Entry> {
    let Some(view) = about.view else { return Vec::new() };
    let cause = view.cause.parse().unwrap_or(Cause::Unknown);
    let owner = view.owner.parse().unwrap_or(Owner::Unverified);
    let finding = format!("{}: {}", capital(about.cause_name(cause)), about.part_names(&view.parts));
    let cycles = view.battery_cycles.map(|cycles| cycles.to_string()).unwrap_or_default();
    let elsewhere = ["no", "yes, or taken apart (C6)"].map(str::to_owned).to_vec();
    vec![
        Entry::Text(Field::new("Finding", Writing::Finding.most()).with_text(&finding)),
        Entry::Choice(Choice::new("Cause", about.cause_names()).with_chosen(place(Cause::ALL, &cause))),
        Entry::Ticks(
            Ticks::new("Damaged parts", about.part_labels()).with_ticked(&about.lines_of(&view.parts)),
        ),
        Entry::Text(Field::new("Charge cycles", 5).with_text(&cycles)),
        Entry::Choice(Choice::new("Brought by", owner_names()).with_chosen(place(Owner::ALL, &owner))),
        Entry::Text(Field::new("Day of damage", 10).with_text(&view.damaged_on).with_values(about.days())),
        Entry::Choice(
            Choice::new("Repaired before", elsewhere).with_chosen(usize::from(view.repaired_elsewhere)),
        ),
    ]
}

/// Entries that are of no use now: charge cycles without a battery.
pub(super) fn hidden(form: &Form, about: &About<'_>) -> Vec<usize> {
    let battery = about.parts_at(&form.ticked(PARTS)).iter().any(|part| part == "battery");
    if battery { Vec::new() } else { vec![CYCLES] }
}

/// What is still to be filled in, in words.
pub(super) fn missing(form: &Form, about: &About<'_>) -> Vec<(usize, String)> {
    let wanted = [
        (form.text(FINDING).is_empty(), FINDING, "the finding"),
        (form.chosen(CAUSE).is_none(), CAUSE, "the cause"),
        (form.ticked(PARTS).is_empty(), PARTS, "a damaged part"),
        (form.chosen(OWNER).is_none(), OWNER, "who brings it"),
        (parse_day(form.text(DAY)).is_err(), DAY, "the day as YYYY-MM-DD"),
        (cycles(form, about).is_err(), CYCLES, "charge cycles as a number"),
    ];
    wanted.into_iter().filter(|(absent, ..)| *absent).map(|(_, at, name)| (at, name.to_owned())).collect()
}

fn cycles(form: &Form, about: &About<'_>) -> Result<Cycles, std::num::ParseIntError> {
    match form.text(CYCLES) {
        _ if !hidden(form, about).is_empty() => Ok(Cycles::AsSaid),
        "" => Ok(Cycles::Unreadable),
        text => text.parse().map(Cycles::Read),
    }
}

/// The act; none while something is missing.
pub(super) fn effect(form: &Form, about: &About<'_>, request: Request) -> Option<Effect> {
    let found = Assessment {
        cause: *Cause::ALL.get(form.chosen(CAUSE)?)?,
        parts: about.parts_at(&form.ticked(PARTS)),
        finding: form.text(FINDING).to_owned(),
        owner: Owner::ALL.get(form.chosen(OWNER)?).copied(),
        damaged_on: Some(parse_day(form.text(DAY)).ok()?),
        battery_cycles: cycles(form, about).ok()?,
        repaired_elsewhere: Some(form.chosen(ELSEWHERE) == Some(1)),
    };
    Some(Effect::Assess(about.view?.number.clone(), Box::new(found), request))
}

/// Help for its form.
pub(super) const HELP: &[&str] = &[
    "What the technician found. It may be another cause than the customer named (C29).",
    "The decision is made afresh, with the day the case was recorded.",
    "Taken apart or repaired by others: neither plan nor warranty holds (C6).",
];

/// A word about the entry with the keys.
pub(super) fn hint(form: &Form) -> String {
    match form.at() {
        FINDING => "Filled in from the cause; write what you see.",
        CAUSE => "What it really was; the decision is made afresh with it.",
        PARTS => "A digit or Space ticks, a letter finds; (plan): the plan replaces it (C24).",
        CYCLES => "As the battery shows them; empty where nobody can read them (C5).",
        OWNER => "Only the plan's owner may use the plan (C18).",
        DAY => "YYYY-MM-DD; F4 lists days. Damage and visit must lie in the plan's term (C2).",
        _ => "Repaired by somebody else, or taken apart: neither plan nor warranty holds (C6).",
    }
    .to_owned()
}
