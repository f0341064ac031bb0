//! What the screen of unit after unit says.

use crate::desk::shelf::{Counted, Shelved};
use crate::tui::effect::stock::Stocked;
use crate::tui::key::Action;
use crate::tui::screen::sorry::capital;
use crate::tui::screen::stock::batch::BatchPage;
use crate::tui::screen::stock::saved::Job;
use crate::tui::theme::Role;
use crate::tui::widget::ask::Asked;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::notice::Notice;

/// So many units, in words.
pub(in crate::tui::screen::stock) fn units(count: usize) -> String {
    if count == 1 { "1 unit".to_owned() } else { format!("{count} units") }
}

/// What a count makes of one unit.
pub(super) fn of(counted: Option<&Counted>, unit: &String) -> (&'static str, Role) {
    match counted {
        Some(it) if it.here.contains(unit) => ("belongs here", Role::Plain),
        Some(it) if it.found.contains(unit) => ("found: it was missing, or stood elsewhere", Role::Ask),
        Some(it) if it.strange.contains(unit) => ("not in stock here: look it up", Role::Bad),
        Some(_) | None => ("", Role::Plain),
    }
}

pub(super) fn scanned(counted: &Counted, last: Option<&String>) -> Notice {
    let Some(unit) = last else { return Notice::default() };
    let (word, role) = of(Some(counted), unit);
    let says = format!("Number {}: {unit} {word}.", counted.scanned);
    if role == Role::Bad {
        let why = counted.says.iter().find(|say| say.contains(unit.as_str())).map_or("", String::as_str);
        return Notice::refused(&says, why);
    }
    Notice::told(&says, "Scan the next unit; F9 finishes the count.")
}

pub(super) fn summary(page: &BatchPage) -> String {
    let scanned = format!("{} scanned", units(page.units.len()));
    match (&page.counted, page.job) {
        (Some(it), Job::Count) => format!(
            "{scanned}: {} of the {} that belong here, {} found, {} not in stock",
            it.here.len(),
            it.here.len() + it.missing.len(),
            it.found.len(),
            it.strange.len()
        ),
        _ => scanned,
    }
}

pub(super) fn result(page: &BatchPage) -> String {
    match (&page.counted, page.job) {
        (Some(it), Job::Count) => {
            format!("{} is counted: {} scanned.", capital(&it.place), units(it.scanned))
        }
        _ => format!("{} can be handed out from now on.", units(page.units.len())),
    }
}

pub(super) fn booked(stocked: &Stocked, unit: &Shelved) -> String {
    let place = unit.place.as_deref().map_or_else(String::new, |place| format!(", shelf {place}"));
    let odd = unit.advice.as_deref().map_or_else(String::new, |advice| format!(" ({advice})"));
    format!("{}  {}, {}{place}{odd}", unit.serial, stocked.product(&unit.model), stocked.part(&unit.part))
}

/// The differences of a count, each unit on a line.
pub(super) fn lines(counted: &Counted) -> Vec<String> {
    let group = |head: &str, list: &[String]| {
        let mut lines = vec![format!("{head}: {}", list.len())];
        lines.extend(list.iter().map(|serial| format!("    {serial}")));
        lines
    };
    let mut lines = vec![format!("Where they belong: {}", counted.here.len())];
    lines.extend(group("Missing (not scanned)", &counted.missing));
    lines.extend(group("Found (missing before, or stood elsewhere)", &counted.found));
    lines.extend(group("Not in stock (nothing changes for them)", &counted.strange));
    lines.extend(counted.says.iter().map(|say| capital(say)));
    lines
}

pub(super) fn question(counted: &Counted) -> Asked {
    let missing = counted.missing.len();
    let (answer, hint) = if missing == 0 {
        (String::new(), "Nothing is missing. F9 writes the count down; Esc goes back to scanning.".to_owned())
    } else {
        let hint = "Type how many units are missing, then F9: they cannot be handed out from then on. Esc goes \
                    back to scanning.";
        (missing.to_string(), hint.to_owned())
    };
    let title = format!("The count of {}", counted.place);
    Asked { title, lines: lines(counted), label: "Missing units", answer, hint }
}

pub(super) fn offers(page: &BatchPage) -> Vec<Offer> {
    let [help, back] = [Action::Help, Action::Back].map(Offer::yes);
    if page.ask.is_some() {
        return vec![Offer::yes(Action::Commit).called("write it down"), back.called("scan on")];
    }
    let counts = page.job == Job::Count;
    if page.done.is_some() {
        let next = if counts { "count another shelf" } else { "receive more" };
        return vec![Offer::yes(Action::Commit).called(next), help, back];
    }
    let commit = page.refusal().map_or(Offer::yes(Action::Commit), |why| Offer::no(Action::Commit, why));
    let mut offers = vec![
        commit.called(if counts { "finish the count" } else { "book them" }),
        Offer::yes(Action::Values),
    ];
    if !page.units.is_empty() {
        offers.push(Offer::yes(Action::Undo).called("take last scan off"));
    }
    offers.extend([help, back]);
    offers
}

pub(super) fn help(job: Job) -> Vec<String> {
    let lines: &[&str] = match job {
        Job::Receive => &[
            "Choose product, part and shelf, then scan unit after unit; a typed serial goes in with Enter.",
            "A part without a serial of its own is booked by the shop's stock label (S- and digits).",
            "Ctrl+Z takes the last scan off. F9 books all of them at once.",
        ],
        Job::Count | Job::Ship | Job::Step => &[
            "Type the shelf, or choose it with F4, then scan everything that stands on it.",
            "Each scan says its number and whether the unit belongs here. Ctrl+Z takes the last scan off.",
            "F9 shows what is missing, found and not in stock before anything is written, and asks for the number of \
             missing units. An empty shelf is counted with no scan.",
        ],
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}
