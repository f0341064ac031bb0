//! The small forms of a case: each step asks some of the same few entries.

use crate::desk::life::{Again, Void};
use crate::desk::pay::MoneyBack;
use crate::desk::receive::Intake;
use crate::domain::case::State;
use crate::domain::claim::Owner;
use crate::domain::event::Method;
use crate::domain::money::Money;
use crate::domain::writing::Writing;
use crate::tui::effect::deed::Deed;
use crate::tui::effect::{Effect, Request};
use crate::tui::screen::case::about::{About, owner_names, place};
use crate::tui::screen::case::receive;
use crate::tui::screen::case::verb::Verb;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::ticks::Ticks;

/// Whether the unit is here again.
const HERE: usize = 0;
/// A serial or stock label that is scanned.
pub(super) const SERIAL: usize = 1;
const PARTS: usize = 2;
/// Who brings the unit again.
const OWNER: usize = 3;
const AMOUNT: usize = 4;
const WAY: usize = 5;
/// What the workshop did.
const RESULT: usize = 6;
const BY: usize = 7;
const REASON: usize = 8;
/// What the unit looks like; the last, for parked forms are kept by place.
const CONDITION: usize = 9;

/// The word for units that nobody has.
const LOST: &str = "lost";

/// What a step asks, in the order of the form; some only in some states.
const fn asks(verb: Verb) -> &'static [usize] {
    match verb {
        Verb::ChangeMind | Verb::Hold | Verb::Unhold | Verb::Cancel => &[REASON],
        Verb::Finish => &[RESULT],
        Verb::HandOver | Verb::Keep | Verb::Free => &[SERIAL],
        Verb::Refund => &[AMOUNT, WAY, REASON],
        Verb::Bring => &[PARTS],
        Verb::LetGo => &[BY, REASON],
        Verb::Void => &[SERIAL, BY, REASON],
        Verb::Reopen => &[HERE, SERIAL, PARTS, OWNER, BY, REASON, CONDITION],
        Verb::Work
        | Verb::Tell
        | Verb::Close
        | Verb::Record
        | Verb::Receive
        | Verb::Assess
        | Verb::Choose
        | Verb::Pay => &[],
    }
}

/// Tells whether a scan of a unit is for this form.
pub(super) fn takes_scans(verb: Verb) -> bool {
    asks(verb).contains(&SERIAL)
}

/// The entries; all of them, of which the step shows its own. None for a step that asks nothing.
pub(super) fn entries(verb: Verb, about: &About<'_>) -> Vec<Entry> {
    if asks(verb).is_empty() {
        return Vec::new();
    }
    let here = ["still with the customer", "here: take it in"].map(str::to_owned).to_vec();
    let ways = ["as it was paid", "card", "cash", "other"].map(str::to_owned).to_vec();
    let label = match verb {
        Verb::Void => "Units back",
        Verb::Keep | Verb::Free => "Unit",
        _ => "Serial on unit",
    };
    let serial = Field::new(label, 80);
    let lost = vec![(LOST.to_owned(), "nobody has it any more".to_owned())];
    let serial = if verb == Verb::Void { serial.with_values(lost) } else { serial };
    let listed = about.view.map(|view| about.lines_of(&view.parts)).unwrap_or_default();
    let ticked = if verb == Verb::Reopen { listed } else { Vec::new() };
    vec![
        Entry::Choice(Choice::new("The unit", here).with_chosen(0)),
        Entry::Text(serial),
        Entry::Ticks(Ticks::new("Handed in", labels(verb, about)).with_ticked(&ticked)),
        Entry::Choice(
            Choice::new("Brought by", owner_names()).with_chosen(place(Owner::ALL, &Owner::Unverified)),
        ),
        Entry::Text(Field::new("Amount", 14).with_text(&back(about))),
        Entry::Choice(Choice::new("Paid back by", ways).with_chosen(0)),
        Entry::Text(Field::new("What was done", Writing::Result.most())),
        Entry::Text(Field::new("Second person", Writing::Second.most())),
        Entry::Text(Field::new("Reason", Writing::Reason.most())),
        receive::condition(),
    ]
}

/// What goes back to the customer as a rule: what is too much, else all that was paid.
fn back(about: &About<'_>) -> String {
    let Some(view) = about.view else { return String::new() };
    let too_much = view.due.filter(|due| due.minor < 0);
    let too_much = too_much.map(|due| Money { minor: -due.minor, ..due });
    too_much.or(view.paid).map(Money::decimal).unwrap_or_default()
}

/// The parts that can be handed in now; brought ones are those that are not here.
fn parts(verb: Verb, about: &About<'_>) -> Vec<String> {
    let here = about.view.and_then(|view| view.handed_in.clone()).unwrap_or_default();
    let all = about.parts().into_iter().map(|part| part.as_str().to_owned());
    all.filter(|part| verb != Verb::Bring || !here.contains(part)).collect()
}

fn labels(verb: Verb, about: &About<'_>) -> Vec<String> {
    let owed = |part: &String| about.view.is_some_and(|view| view.parts_owed.contains(part));
    let name = |part: String| {
        let mark = if owed(&part) { " (owed)" } else { "" };
        format!("{}{mark}", about.part_names(&[part]))
    };
    parts(verb, about).into_iter().map(name).collect()
}

/// Entries that the step does not ask.
pub(super) fn hidden(verb: Verb, form: &Form, about: &About<'_>) -> Vec<usize> {
    let cancelled = about.view.is_some_and(|view| view.state == State::Cancelled.as_str());
    let brought = cancelled && form.chosen(HERE) == Some(1);
    let shown = |at: usize| match (verb, at) {
        (Verb::Reopen, HERE) => cancelled,
        (Verb::Reopen, SERIAL | PARTS | OWNER | CONDITION) => brought,
        _ => asks(verb).contains(&at),
    };
    (HERE..=CONDITION).filter(|at| !shown(*at)).collect()
}

/// What is still to be filled in: where, and what in words.
pub(super) fn missing(verb: Verb, form: &Form, about: &About<'_>) -> Vec<(usize, String)> {
    let amount = form.text(AMOUNT);
    let serial = match verb {
        Verb::Void => "the unit that was handed out (scan it, or write lost)",
        Verb::Keep | Verb::Free => "the unit (scan it)",
        _ => "the serial on the unit (scan it)",
    };
    let free = matches!(verb, Verb::ChangeMind | Verb::Unhold);
    let bad = !amount.is_empty() && !about.is_amount(amount);
    let wanted = [
        (form.text(SERIAL).is_empty(), SERIAL, serial.to_owned()),
        (form.ticked(PARTS).is_empty(), PARTS, "a part that is handed in".to_owned()),
        (amount.is_empty(), AMOUNT, "the amount".to_owned()),
        (bad, AMOUNT, format!("an amount like 79.00 (\"{amount}\" is none)")),
        (form.text(RESULT).is_empty(), RESULT, "what was done".to_owned()),
        (form.text(BY).is_empty(), BY, "the second person".to_owned()),
        (form.text(REASON).is_empty() && !free, REASON, "the reason".to_owned()),
    ];
    let wanted = wanted.into_iter().filter(|(absent, at, _)| *absent && form.is_shown(*at));
    wanted.map(|(_, at, name)| (at, name)).collect()
}

/// The act.
pub(super) fn effect(verb: Verb, (form, about): (&Form, &About<'_>), request: Request) -> Option<Effect> {
    let number = about.view?.number.clone();
    let text = |at| form.text(at).to_owned();
    let maybe = |at| Some(text(at)).filter(|text| !text.is_empty());
    let deed = match verb {
        Verb::ChangeMind => Deed::ChangeMind(maybe(REASON)),
        Verb::Work => Deed::Work,
        Verb::Finish => Deed::Finish(text(RESULT)),
        Verb::Hold => Deed::Hold(text(REASON)),
        Verb::Unhold => Deed::Unhold(maybe(REASON)),
        Verb::HandOver => Deed::HandOver(text(SERIAL)),
        Verb::Cancel => Deed::Cancel(text(REASON)),
        Verb::Refund => Deed::Refund(refund(form)),
        Verb::Bring => Deed::Bring(ticked(verb, form, about)),
        Verb::LetGo => Deed::LetGo(text(BY), text(REASON)),
        Verb::Void => {
            let units = text(SERIAL).split_whitespace().map(str::to_owned).collect();
            Deed::Void(Void { by: text(BY), reason: text(REASON), units })
        }
        Verb::Reopen => {
            let owner = form.chosen(OWNER).and_then(|at| Owner::ALL.get(at)).copied();
            let (serial, parts) = (text(SERIAL), ticked(verb, form, about));
            let intake = Intake { serial, parts, owner, condition: maybe(CONDITION) };
            let intake = Some(intake).filter(|_| form.is_shown(SERIAL));
            Deed::Reopen(Again { by: text(BY), reason: text(REASON), intake })
        }
        Verb::Keep => Deed::Keep(text(SERIAL)),
        Verb::Free => Deed::Free(text(SERIAL)),
        Verb::Tell => return Some(Effect::Tell(number, request)),
        Verb::Close => return Some(Effect::Close(number, request)),
        Verb::Record | Verb::Receive | Verb::Assess | Verb::Choose | Verb::Pay => return None,
    };
    Some(Effect::Step(number, Box::new(deed), request))
}

fn refund(form: &Form) -> MoneyBack {
    let way = form.chosen(WAY).and_then(|at| at.checked_sub(1));
    MoneyBack {
        method: way.and_then(|at| Method::ALL.get(at)).copied(),
        amount: form.text(AMOUNT).to_owned(),
        reason: form.text(REASON).to_owned(),
    }
}

fn ticked(verb: Verb, form: &Form, about: &About<'_>) -> Vec<String> {
    let parts = parts(verb, about);
    form.ticked(PARTS).into_iter().filter_map(|at| parts.get(at).cloned()).collect()
}

/// A word about the entry with the keys, or about the step.
pub(super) fn hint(verb: Verb, form: &Form) -> &'static str {
    match (verb, form.at()) {
        (Verb::Work, _) => "The unit goes to the workshop. The money can be taken before or after (F4, p).",
        (Verb::Tell, _) => "Call or write to the customer, then press F9: the case keeps when it was.",
        (Verb::Close, _) => "Nothing is owed either way. A closed case can only be read.",
        (_, BY) => "The full name of a second person, who agrees to this and is here.",
        (Verb::Void, SERIAL) => "Scan every unit that came back; write lost for one that nobody has (F4).",
        (Verb::HandOver, _) => {
            "Scan the unit that is given back, or type its serial. F4 shows all other steps."
        }
        (Verb::Keep, _) => "Scan the unit that is to wait on the shelf for this case.",
        (Verb::Free, _) => "Scan the unit that may go to another case again.",
        (Verb::Bring, _) => "Tick what the customer brings now. F4 shows how to let owed parts go.",
        (Verb::Finish, _) => "What the workshop did; the customer reads it on the hand-over receipt.",
        (Verb::Refund, AMOUNT) => "What goes back, like 79.00; all that was paid is filled in.",
        (Verb::Refund, WAY) => "Left and Right change it; F4 lists all.",
        (Verb::ChangeMind, _) => "Why, where the customer says it. The reservation is released.",
        (Verb::Cancel, _) => "Why the case ends. A unit that is here goes back to the customer.",
        (Verb::Hold, _) => "Why the case rests; it keeps its state and stands apart in the queue.",
        (Verb::Unhold, _) => "Why it goes on, where there is something to say.",
        (Verb::Reopen, HERE) => "A cancelled case goes on where the unit is: received, or only recorded.",
        (Verb::Reopen, SERIAL) => "Scan the unit. Where nobody can read it, type: illegible",
        (Verb::Reopen, OWNER) => receive::OWNER_HINT,
        (Verb::Reopen, CONDITION) => receive::CONDITION_HINT,
        (_, PARTS) => "A digit or Space ticks, a letter finds.",
        _ => "It is kept with the case, and every step shows who did it.",
    }
}
