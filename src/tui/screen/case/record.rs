//! The form of a new case, filled in from the device's card. Clause C28.

use crate::desk::card::Inquiry;
use crate::desk::record::Draft;
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::customer::{LEAST_WORDS, count_words, dialable};
use crate::domain::day::parse_day;
use crate::domain::writing::Writing;
use crate::repository::journal::Person;
use crate::tui::effect::{Effect, Request};
use crate::tui::screen::case::about::{About, channel_name, owner_names, place};
use crate::tui::screen::case::receive;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::ticks::Ticks;

const NAME: usize = 0;
const PHONE: usize = 1;
const MAIL: usize = 2;
const OWNER: usize = 3;
const CAUSE: usize = 4;
const PARTS: usize = 5;
const CYCLES: usize = 6;
/// The entry of the customer's words, which stock phrases fill in.
pub(super) const WORDS: usize = 7;
const DAY: usize = 8;
const CHANNEL: usize = 9;
pub(super) const UNIT: usize = 10;
pub(super) const CONDITION: usize = 11;

/// The entries, filled in.
pub(super) fn entries(about: &About<'_>) -> Vec<Entry> {
    let (name, phone, mail) = &about.card.owner;
    let text = |label, what: Writing, value: &Option<String>| {
        Entry::Text(Field::new(label, what.most()).with_text(value.as_deref().unwrap_or("")))
    };
    let channels = about.channels();
    let channel_names = channels.iter().map(|channel| channel_name(*channel).to_owned()).collect();
    let ticked = about.lines_of(&about.carrying());
    let today = about.today().to_string();
    let unit = ["here: take it in now", "comes later"].map(str::to_owned).to_vec();
    vec![
        text("Customer", Writing::Customer, name),
        text("Phone", Writing::Phone, phone),
        text("Mail", Writing::Mail, mail),
        Entry::Choice(Choice::new("Brought by", owner_names())),
        Entry::Choice(Choice::new("Cause", about.cause_names())),
        Entry::Ticks(Ticks::new("Damaged parts", about.part_labels()).with_ticked(&ticked)),
        Entry::Text(Field::new("Charge cycles", 5)),
        Entry::Text(Field::new("Customer's words", Writing::Said.most())),
        Entry::Text(Field::new("Day of damage", 10).with_text(&today).with_values(about.days())),
        Entry::Choice(Choice::new("Channel", channel_names).with_chosen(place(&channels, &Channel::Swift))),
        Entry::Choice(Choice::new("The unit", unit).with_chosen(0)),
        receive::condition(),
    ]
}

/// Where the keys begin: at the first entry that only the customer can fill in.
pub(super) fn first(form: &Form) -> usize {
    let reachable = !form.text(PHONE).is_empty() || !form.text(MAIL).is_empty();
    match (form.text(NAME).is_empty(), reachable) {
        (true, _) => NAME,
        (false, false) => PHONE,
        (false, true) => OWNER,
    }
}

/// Entries that are of no use now: charge cycles without a battery, the condition of a unit that comes later.
pub(super) fn hidden(form: &Form, about: &About<'_>) -> Vec<usize> {
    let battery = about.parts_at(&form.ticked(PARTS)).iter().any(|part| part == "battery");
    let useless = [(!battery, CYCLES), (comes_later(form), CONDITION)];
    useless.into_iter().filter(|(is, _)| *is).map(|(_, at)| at).collect()
}

fn comes_later(form: &Form) -> bool {
    form.chosen(UNIT) == Some(1)
}

/// What is still to be filled in, in words.
pub(super) fn missing(form: &Form, about: &About<'_>) -> Vec<(usize, String)> {
    let words = count_words(form.text(WORDS));
    let wanted = [
        (form.text(NAME).is_empty(), NAME, "the customer's name".to_owned()),
        (
            form.text(PHONE).is_empty() && form.text(MAIL).is_empty(),
            PHONE,
            "a phone number or mail address".to_owned(),
        ),
        (
            !form.text(PHONE).is_empty() && !dialable(form.text(PHONE)),
            PHONE,
            "the phone number in digits".to_owned(),
        ),
        (form.chosen(OWNER).is_none(), OWNER, "who brings it".to_owned()),
        (form.chosen(CAUSE).is_none(), CAUSE, "the cause".to_owned()),
        (form.ticked(PARTS).is_empty(), PARTS, "a damaged part".to_owned()),
        (words < LEAST_WORDS, WORDS, format!("the customer's words ({words} of {LEAST_WORDS})")),
        (parse_day(form.text(DAY)).is_err(), DAY, "the day as YYYY-MM-DD".to_owned()),
        (cycles(form, about).is_err(), CYCLES, "charge cycles as a number".to_owned()),
    ];
    wanted.into_iter().filter(|(absent, ..)| *absent).map(|(_, at, name)| (at, name)).collect()
}

fn cycles(form: &Form, about: &About<'_>) -> Result<Option<u32>, std::num::ParseIntError> {
    let text = form.text(CYCLES);
    if text.is_empty() || hidden(form, about).contains(&CYCLES) {
        return Ok(None);
    }
    text.parse().map(Some)
}

/// What the rules are asked while the form is filled in; nothing before a cause is known.
pub(super) fn inquiry(form: &Form, about: &About<'_>) -> Option<Inquiry> {
    let cause = *Cause::ALL.get(form.chosen(CAUSE)?)?;
    let owner = form.chosen(OWNER).and_then(|at| Owner::ALL.get(at)).copied().unwrap_or(Owner::Same);
    Some(Inquiry {
        cause,
        parts: about.parts_at(&form.ticked(PARTS)),
        damaged_on: parse_day(form.text(DAY)).ok(),
        owner,
        channel: form.chosen(CHANNEL).and_then(|at| about.channels().get(at).copied()),
        battery_cycles: cycles(form, about).ok().flatten(),
        ..Inquiry::today(&about.card.serial)
    })
}

/// The screen's verb.
pub(super) fn verb(form: &Form) -> &'static str {
    if comes_later(form) { "Record" } else { "Record & receive" }
}

/// The act; none while something is missing.
pub(super) fn effect(form: &Form, about: &About<'_>, request: Request) -> Option<Effect> {
    let text = |at| Some(form.text(at).to_owned()).filter(|text| !text.is_empty());
    let draft = Draft {
        serial: about.card.serial.clone(),
        cause: *Cause::ALL.get(form.chosen(CAUSE)?)?,
        parts: about.parts_at(&form.ticked(PARTS)),
        said: form.text(WORDS).to_owned(),
        customer: Person { name: form.text(NAME).to_owned(), phone: text(PHONE), email: text(MAIL) },
        owner: *Owner::ALL.get(form.chosen(OWNER)?)?,
        channel: about.channels().get(form.chosen(CHANNEL)?).copied()?,
        damaged_on: Some(parse_day(form.text(DAY)).ok()?),
        battery_cycles: cycles(form, about).ok()?,
    };
    Some(if comes_later(form) {
        Effect::Record(Box::new(draft), request)
    } else {
        Effect::WalkIn(Box::new(draft), receive::noted(form, CONDITION), request)
    })
}

/// Help for its form.
pub(super) const HELP: &[&str] = &[
    "A new case, filled in from the device's card.",
    "Enter accepts a field and goes on; it never records. F9 records and takes the unit in at once.",
    "Brought by: see who it is. A plan serves the owner it was sold to (C18).",
    "Cause: it decides what is open (C1, C5, C6, C28, C35). Beside it stands what the rules say now.",
    "Parts: those marked (plan) are replaced by the plan (C24); all that are damaged must be here (C33).",
    "Words: a digit picks a stock phrase, F4 lists them; ten characters at least. A digit that begins your \
     own words is one as soon as you type on behind it; End adds words to a phrase.",
    receive::SEEN,
];

/// A word about the entry with the keys.
pub(super) fn hint(form: &Form) -> String {
    match form.at() {
        OWNER => "Only the plan's owner may use the plan (C18): S same, O other, N not checked.",
        CAUSE => "Type its first letters, or F4 for the list.",
        PARTS => "A digit or Space ticks, a letter finds; (plan): the plan replaces it (C24).",
        CYCLES => "As the battery shows them; leave it empty when nobody can read them.",
        WORDS => {
            let typed = count_words(form.text(WORDS));
            return format!(
                "{typed} characters, at least {LEAST_WORDS}. A digit picks a stock phrase, F4 lists them."
            );
        }
        DAY => "YYYY-MM-DD; F4 lists days. Damage and visit must lie in the plan's term (C2).",
        CHANNEL => "The way the case goes (C29 to C32).",
        UNIT => "Left and Right: taken in with the same key, or later. Below: its condition.",
        CONDITION => receive::CONDITION_HINT,
        _ => "As the owner stands in the registry; correct it where it changed.",
    }
    .to_owned()
}
