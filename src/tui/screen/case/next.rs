//! What comes next on a case: a form, the hand-out, or nothing.

use std::borrow::Cow;

use crate::desk::CaseView;
use crate::domain::case::{Choice, Outcome, State};
use crate::domain::claim::Channel;
use crate::domain::decision::Open;
use crate::tui::screen::case::decided::Decided;
use crate::tui::screen::case::verb::Verb;

/// What comes next on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// A form.
    Fill(Verb),
    /// Hand the new unit out.
    Issue,
    /// Nothing here; why.
    Nothing(Cow<'static, str>),
}

/// What comes next on this case.
pub(super) fn next(view: &CaseView) -> Next {
    let outcome = view.outcome.parse().unwrap_or(Outcome::None);
    match view.state.parse() {
        Ok(State::Recorded) => Next::Fill(Verb::Receive),
        Ok(State::Received) if is_quick(view) && may_be_replaced(view) => Next::Fill(Verb::Choose),
        Ok(State::Received) => Next::Fill(Verb::Assess),
        Ok(State::Assessed) => Next::Fill(Verb::Choose),
        Ok(State::Chosen) => chosen(view, outcome),
        Ok(State::InWork) => Next::Fill(Verb::Finish),
        Ok(State::Ready) => Next::Fill(money(view).unwrap_or(Verb::HandOver)),
        Ok(State::HandedOver) => Next::Fill(settling(view).unwrap_or(Verb::Close)),
        Ok(State::Closed) => nothing("The case is closed: F4 reopens it, Ctrl+P prints its papers."),
        Ok(State::Cancelled) => nothing("The case was cancelled: F4 opens it again."),
        Err(_) => nothing("The case is in a state this program does not know."),
    }
}

const fn nothing(why: &'static str) -> Next {
    Next::Nothing(Cow::Borrowed(why))
}

fn is_quick(view: &CaseView) -> bool {
    view.channel == Channel::Quick.as_str()
}

/// Before the assessment only a replacement can be chosen. Clause C30.
fn may_be_replaced(view: &CaseView) -> bool {
    Decided::of(view).is_some_and(|decided| decided.standing(Choice::Replacement).open != Open::No)
}

fn chosen(view: &CaseView, outcome: Outcome) -> Next {
    let settled = view.due.is_some_and(|due| due.minor == 0);
    match outcome {
        Outcome::Replacement if settled => Next::Issue,
        Outcome::Replacement => Next::Fill(money(view).unwrap_or(Verb::Pay)),
        _ => Next::Fill(Verb::Work),
    }
}

/// The form that settles the money, where any is owed either way.
fn money(view: &CaseView) -> Option<Verb> {
    match view.due?.minor {
        0 => None,
        more if more > 0 => Some(Verb::Pay),
        _ => Some(Verb::Refund),
    }
}

/// The form that settles what stands against closing the case.
fn settling(view: &CaseView) -> Option<Verb> {
    let assess = view.assessment_owed.then_some(Verb::Assess);
    let parts = (!view.parts_owed.is_empty()).then_some(Verb::Bring);
    money(view).or(assess).or(parts)
}

/// What stands against closing the case, in words; empty when nothing does.
pub(in crate::tui::screen) fn owed(view: &CaseView, part_names: &str) -> Vec<String> {
    let mut owed = Vec::new();
    match view.due {
        Some(due) if due.minor > 0 => owed.push(format!("{due} from the customer")),
        Some(due) if due.minor < 0 => {
            let back = crate::domain::money::Money { minor: -due.minor, ..due };
            owed.push(format!("{back} to the customer"));
        }
        Some(_) | None => {}
    }
    if view.assessment_owed {
        owed.push("the assessment".to_owned());
    }
    if !view.parts_owed.is_empty() {
        owed.push(format!("parts ({part_names})"));
    }
    owed
}
