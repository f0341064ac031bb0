//! The list of all other steps of a case: what can be done now, and why the rest cannot.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::CaseView;
use crate::domain::account::Account;
use crate::domain::case::{Assessment, Number, Outcome, Standing, State, Step, may_end_early};
use crate::domain::claim::Channel;
use crate::domain::money::Money;
use crate::paper::text;
use crate::tui::screen::case::about::About;
use crate::tui::screen::case::next::owed;
use crate::tui::screen::case::verb::Verb;
use crate::tui::screen::sorry::capital;
use crate::tui::theme::Role;
use crate::tui::widget::list::List;
use crate::tui::widget::write;

/// What lies over the page for a moment.
#[derive(Debug)]
pub(super) enum Over {
    /// The list of steps, with one marked.
    Steps(List),
    /// The whole life of the case.
    Life,
}

/// A line of the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Other {
    letter: char,
    name: &'static str,
    /// The form it opens; none for the case's life.
    pub verb: Option<Verb>,
}

const fn other(letter: char, name: &'static str, verb: Verb) -> Other {
    Other { letter, name, verb: Some(verb) }
}

/// Every step that a person may want beside the one that comes next, always in the same places.
const OTHERS: &[Other] = &[
    other('p', "Take payment or write off", Verb::Pay),
    other('r', "Pay money back", Verb::Refund),
    other('m', "Change the choice", Verb::ChangeMind),
    other('k', "Keep a unit for this case", Verb::Keep),
    other('f', "Free a kept unit", Verb::Free),
    other('a', "Assess the unit", Verb::Assess),
    other('h', "Put on hold", Verb::Hold),
    other('u', "Take off hold", Verb::Unhold),
    other('t', "Customer was told", Verb::Tell),
    other('g', "Give the unit back", Verb::HandOver),
    other('b', "Take more parts in", Verb::Bring),
    other('w', "Let owed parts go", Verb::LetGo),
    other('x', "Close the case", Verb::Close),
    other('c', "Cancel the case", Verb::Cancel),
    other('v', "Take the hand-out back", Verb::Void),
    other('o', "Open the case again", Verb::Reopen),
    Other { letter: 'l', name: "Read the life of the case", verb: None },
];

/// The list, the first line marked.
pub(super) fn list() -> Over {
    Over::Steps(List::new(OTHERS.len()))
}

/// The line that is marked.
pub(super) fn marked(list: &List) -> Option<Other> {
    list.at().and_then(|at| OTHERS.get(at)).copied()
}

/// The line of a letter, in either case.
pub(super) fn lettered(letter: char) -> Option<Other> {
    OTHERS.iter().find(|other| other.letter == letter.to_ascii_lowercase()).copied()
}

/// Why a step cannot be done now; nothing when it can.
pub(super) fn why_not(verb: Verb, about: &About<'_>) -> Option<String> {
    let view = about.view?;
    let (Some(standing), Ok(number)) = (standing(view), view.number.parse::<Number>()) else {
        return Some("The case is in a state this program does not know.".to_owned());
    };
    if let Some(step) = verb.step().filter(|step| !step.possible(standing)) {
        return Some(step.may(standing, &number).err().map_or_else(String::new, |no| capital(&no.say)));
    }
    of_case(verb, (view, about))
}

fn standing(view: &CaseView) -> Option<Standing> {
    Some(Standing {
        state: view.state.parse::<State>().ok()?,
        channel: view.channel.parse::<Channel>().ok()?,
        assessment: if view.assessment_owed { Assessment::Owed } else { Assessment::Settled },
    })
}

/// What on this very case stands against a step that its state allows.
fn of_case(verb: Verb, (view, about): (&CaseView, &About<'_>)) -> Option<String> {
    if let (Verb::Pay | Verb::Work, Some(why)) = (verb, about.run_out()) {
        return Some(why);
    }
    let outcome = view.outcome.parse().unwrap_or(Outcome::None);
    let paid = view.paid.filter(|paid| paid.minor != 0);
    let says = match verb {
        Verb::Unhold if !view.held => "The case is not on hold",
        Verb::Hold if view.held => "The case is on hold already",
        Verb::ChangeMind | Verb::Cancel if paid.is_some() => {
            return paid.map(|paid| format!("{paid} was paid: pay it back first (r)"));
        }
        Verb::Cancel => {
            let done = may_end_early(&view.number, view.result.as_deref());
            return done.err().map(|no| capital(&no.say));
        }
        Verb::Reopen => return view.not_reopened.as_deref().map(capital),
        Verb::HandOver => return account(view).may_leave().err().map(|no| capital(&no.say)),
        Verb::Refund if paid.is_none() => "Nothing was paid",
        Verb::Pay if !outcome.costs() => "Nothing is to be paid on this case",
        Verb::Pay if view.due.is_some_and(|due| due.minor <= 0) => "Nothing is due",
        Verb::Keep | Verb::Free if outcome != Outcome::Replacement => "No replacement was chosen",
        Verb::Void if view.units.is_empty() => "No replacement was handed out",
        Verb::LetGo if view.parts_owed.is_empty() => "No part is owed",
        Verb::Bring if all_here(view, about) => "Every part is here",
        Verb::Close => {
            let owed = owed(view, &about.part_names(&view.parts_owed));
            return (!owed.is_empty()).then(|| format!("Still owed: {}", owed.join(", ")));
        }
        _ => return None,
    };
    Some(says.to_owned())
}

/// The case's money, what went back taken off what was paid.
fn account(view: &CaseView) -> Account {
    let minor = |money: Option<Money>| money.map_or(0, |money| money.minor);
    Account { fee: view.fee, paid: minor(view.paid), refunded: 0, waived: minor(view.waived) }
}

fn all_here(view: &CaseView, about: &About<'_>) -> bool {
    let here = view.handed_in.clone().unwrap_or_default();
    about.parts().iter().all(|part| here.iter().any(|known| known == part.as_str()))
}

/// Tells whether a step is one of a case's states at all, for a form that was put aside.
pub(super) fn begins(verb: Verb, view: &CaseView) -> bool {
    let begins = |step: Step| standing(view).is_some_and(|standing| step.possible(standing));
    verb.step().is_some_and(begins)
}

/// The reason as it fits beside the step: the states it needs, without what the title says already.
fn briefly(verb: Verb, about: &About<'_>) -> Option<String> {
    let state = about.view.and_then(standing);
    let waits = verb.step().filter(|step| state.is_some_and(|state| !step.possible(state)));
    waits.map(waits_for).or_else(|| why_not(verb, about))
}

fn waits_for(step: Step) -> String {
    format!("only {}", step.when())
}

fn line(other: Other, why: Option<&str>) -> String {
    let why = why.map_or_else(String::new, |why| format!("[no] {why}"));
    format!(" {}  {} {why}", other.letter, text::pad(other.name, 26))
}

/// Draws the list; what cannot be done stands back and says why.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, (list, about): (&List, &About<'_>)) {
    let theme = about.seen.theme;
    let title = "Other steps: press a letter, or Up, Down and Enter. Esc leaves.";
    write(frame, area, 0, (title, theme.style(Role::Title)));
    let room = usize::from(area.height).saturating_sub(1).max(1);
    let at = list.at().unwrap_or(0);
    let top = (at + 1).saturating_sub(room);
    for (row, (index, other)) in OTHERS.iter().enumerate().skip(top).take(room).enumerate() {
        let why = other.verb.and_then(|verb| briefly(verb, about));
        let role = match (index == at, &why) {
            (true, _) => Role::Focus,
            (false, None) => Role::Plain,
            (false, Some(_)) => Role::Quiet,
        };
        let line = line(*other, why.as_deref());
        write(frame, area, row + 1, (&text::pad(&line, usize::from(area.width)), theme.style(role)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_a_step_may_begin_fits_beside_its_name_at_80_columns() {
        for step in Step::ALL {
            for other in OTHERS {
                let line = line(*other, Some(&waits_for(*step)));
                assert!(text::width(&line) <= 78, "{line}");
            }
        }
    }
}
