//! The form that takes a unit in.

use crate::desk::receive::Intake;
use crate::domain::claim::{ILLEGIBLE, Owner};
use crate::domain::writing::Writing;
use crate::tui::effect::{Effect, Request};
use crate::tui::screen::case::about::{About, owner_names, place};
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::ticks::Ticks;

/// The entry of the serial on the unit, which a scan fills in.
pub(super) const SERIAL: usize = 0;
const PARTS: usize = 1;
const OWNER: usize = 2;
pub(super) const CONDITION: usize = 3;

/// A word about who brings the unit.
pub(super) const OWNER_HINT: &str = "See who it is: only the plan's owner may use the plan (C18).";

/// A word about the condition of the unit.
pub(super) const CONDITION_HINT: &str =
    "Scratches, missing screws, wet, SD card inside; empty where there is nothing to note.";

/// The entry of the condition of a unit that comes in.
pub(super) fn condition() -> Entry {
    Entry::Text(Field::new("Condition", Writing::Condition.most()))
}

/// What is noted there.
pub(super) fn noted(form: &Form, at: usize) -> Option<String> {
    Some(form.text(at).to_owned()).filter(|text| !text.is_empty())
}

/// The entries, filled in.
pub(super) fn entries(about: &About<'_>) -> Vec<Entry> {
    let damaged = about.view.map(|view| about.lines_of(&view.parts)).unwrap_or_default();
    let owner = about.view.and_then(|view| view.owner.parse().ok()).unwrap_or(Owner::Unverified);
    vec![
        Entry::Text(Field::new("Serial on unit", 40)),
        Entry::Ticks(Ticks::new("Handed in", about.part_labels()).with_ticked(&damaged)),
        Entry::Choice(Choice::new("Brought by", owner_names()).with_chosen(place(Owner::ALL, &owner))),
        condition(),
    ]
}

/// What is still to be filled in, in words.
pub(super) fn missing(form: &Form) -> Vec<(usize, String)> {
    let wanted = [
        (form.text(SERIAL).is_empty(), SERIAL, "the serial on the unit (scan it)"),
        (form.ticked(PARTS).is_empty(), PARTS, "a part that is handed in"),
    ];
    wanted.into_iter().filter(|(absent, ..)| *absent).map(|(_, at, name)| (at, name.to_owned())).collect()
}

/// The act.
pub(super) fn effect(form: &Form, about: &About<'_>, request: Request) -> Option<Effect> {
    let intake = Intake {
        serial: form.text(SERIAL).to_owned(),
        parts: about.parts_at(&form.ticked(PARTS)),
        owner: form.chosen(OWNER).and_then(|at| Owner::ALL.get(at)).copied(),
        condition: noted(form, CONDITION),
    };
    Some(Effect::Receive(about.view?.number.clone(), intake, request))
}

/// What the condition of a unit is for, in a line of help.
pub(super) const SEEN: &str = "Condition: what you see on the unit, such as scratches or missing screws. \
     The slip and the history say it; it may stay empty.";

/// Help for its form.
pub(super) const HELP: &[&str] = &[
    "The unit is taken in: its own serial, the parts that stay here, and who brought it.",
    "The intake slip is made with it; the unit is handed out against the slip.",
    "A listed damaged part that is not here stops a replacement (C33).",
    SEEN,
];

/// A word about the entry with the keys.
pub(super) fn hint(form: &Form) -> String {
    match form.at() {
        SERIAL => format!("Scan the unit. Where nobody can read it, type: {ILLEGIBLE}"),
        PARTS => "Tick what the customer leaves here; a listed damaged part must be here (C33).".to_owned(),
        CONDITION => CONDITION_HINT.to_owned(),
        _ => OWNER_HINT.to_owned(),
    }
}
