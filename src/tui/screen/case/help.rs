//! What is possible on a case, what was just done, and help in words.

use crate::desk::CaseView;
use crate::domain::case::State;
use crate::tui::key::Action;
use crate::tui::screen::Seen;
use crate::tui::screen::case::next::{self, Next};
use crate::tui::screen::case::steps::Over;
use crate::tui::screen::case::task::Task;
use crate::tui::screen::case::verb::Verb;
use crate::tui::screen::case::{CasePage, Subject, assess, choose, facts, pay, receive, record, void};
use crate::tui::widget::footer::Offer;

/// Why nothing can be done on a case whose hand-out was taken back below it.
pub(super) const ONLY_READ: &str = "This case can only be read: its unit is no customer's any more.";

/// The footer of a case.
pub(super) fn offers(page: &CasePage, seen: &Seen<'_>) -> Vec<Offer> {
    let leave = Offer::yes(Action::Back);
    if page.confirm.is_some() {
        return vec![Offer::yes(Action::Commit).called("Take back"), leave.called("leave it")];
    }
    match page.over {
        Some(Over::Steps(_)) => return vec![Offer::yes(Action::Accept).called("open"), leave, over_no()],
        Some(Over::Life) => return vec![Offer::yes(Action::PageUp).called("scroll"), leave, over_no()],
        None => {}
    }
    let mut offers = vec![commit(page, seen)];
    let values = page.task.as_ref().is_some_and(Task::has_values);
    if values || page.view().is_none() {
        offers.push(Offer::yes(Action::Values));
        if page.view().is_some() {
            offers.push(Offer::yes(Action::Steps).called("other steps"));
        }
    } else {
        offers.push(Offer::yes(Action::Values).called("other steps"));
    }
    if !page.is_bare() {
        offers.push(park(page));
    }
    offers.push(Offer::yes(Action::Why));
    offers.extend(papers(page));
    offers.extend([Action::Help, Action::Back].map(Offer::yes));
    if !page.is_bare() {
        offers.push(Offer::yes(Action::Undo));
    }
    if page.view().is_some() && !values {
        offers.push(Offer::yes(Action::Steps).called("other steps"));
    }
    offers.push(Offer::yes(Action::Recheck));
    offers
}

fn over_no() -> Offer {
    Offer::no(
        Action::Commit,
        "Nothing is done from here: Enter or a letter opens a step, and F9 does it there",
    )
}

fn commit(page: &CasePage, seen: &Seen<'_>) -> Offer {
    let yes = Offer::yes(Action::Commit);
    let no = |why: String| Offer::no(Action::Commit, why);
    match (&page.task, page.about(seen), page.next(seen)) {
        (Some(task), Some(about), _) => task.refusal(&about).map_or(yes, no).called(task.label()),
        (None, None, Some(_)) => no(ONLY_READ.to_owned()),
        (None, _, Some(Next::Issue)) => yes.called("Hand out"),
        (None, _, Some(Next::Nothing(why))) => no(why.into_owned()).called("nothing to do"),
        _ => no("The case is not loaded yet.".to_owned()),
    }
}

fn papers(page: &CasePage) -> Option<Offer> {
    let none_yet = "No paper yet: the first one is made when the unit is received.";
    match (page.paper(), page.view()) {
        (Some(_), _) => Some(Offer::yes(Action::Print).called("papers")),
        (None, Some(_)) => Some(Offer::no(Action::Print, none_yet)),
        (None, None) => None,
    }
}

fn park(page: &CasePage) -> Offer {
    let worth =
        page.parked_here().is_some() || page.task.as_ref().is_some_and(|task| task.form().is_edited());
    if worth {
        Offer::yes(Action::Park)
    } else {
        Offer::no(Action::Park, "Nothing was filled in yet: there is nothing to put aside.")
    }
}

/// What the list of parked forms calls this one.
pub(super) fn title(page: &CasePage, task: &Task, serial: &str) -> String {
    let name = page.view().map(|view| view.customer.name.clone());
    let name = name.unwrap_or_else(|| task.form().text(0).to_owned());
    let what = match page.view() {
        Some(view) => format!("{} · case {}", task.label(), view.number),
        None => "New case".to_owned(),
    };
    [what.as_str(), serial, &name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What was just done, in a line.
pub(super) fn done(view: &CaseView, verb: Option<Verb>) -> String {
    let number = &view.number;
    let straight = matches!(
        verb,
        None | Some(Verb::Record | Verb::Receive | Verb::Assess | Verb::Choose | Verb::Pay | Verb::Close)
    );
    if let (false, Some(step)) = (straight || view.state == State::Closed.as_str(), view.history.last()) {
        return format!("Case {number}: {}.", step.say.trim_end_matches('.'));
    }
    match view.state.parse() {
        Ok(State::Recorded) => format!("Case {number} is recorded. The unit is still with the customer."),
        Ok(State::Received) => format!("Case {number}: taken in. The intake slip is made: Ctrl+P prints it."),
        Ok(State::Assessed) => format!("Case {number} is assessed. Ask the customer to choose."),
        Ok(State::Chosen) => chosen(view, verb),
        Ok(State::Closed) => format!("Case {number} is closed."),
        _ => format!("Case {number}: {}.", facts::state(view).to_lowercase()),
    }
}

/// What was just done on a case whose remedy is chosen: the choice, or the payment.
fn chosen(view: &CaseView, verb: Option<Verb>) -> String {
    let paid = view.history.last().filter(|_| verb == Some(Verb::Pay));
    let Some(paid) = paid else {
        return facts::money(view)
            .map_or_else(|| "Chosen.".to_owned(), |(_, money)| format!("Chosen. {money}."));
    };
    let due = match view.due {
        Some(due) if due.minor > 0 => format!("{due} is still due."),
        Some(due) if due.minor < 0 => "More was paid than is due: F9 pays it back.".to_owned(),
        Some(_) | None => "Nothing is due.".to_owned(),
    };
    let scan = if next::next(view) == Next::Issue { " Scan the new unit." } else { "" };
    format!("{}. {due}{scan}", paid.say.trim_end_matches('.'))
}

/// Help for the page as it is now.
pub(super) fn help(page: &CasePage) -> Vec<String> {
    let verb = page.task.as_ref().map(|task| task.verb);
    let lines: &[&str] = match (&page.subject, verb) {
        (Subject::New(_), _) => record::HELP,
        (_, Some(Verb::Receive)) => receive::HELP,
        (_, Some(Verb::Assess)) => assess::HELP,
        (_, Some(Verb::Choose)) => choose::HELP,
        (_, Some(Verb::Pay)) => pay::HELP,
        (_, Some(Verb::Void)) => void::HELP,
        (_, Some(Verb::HandOver)) => &[
            "The unit goes back to the customer: scan it, the serial must be the case's.",
            "What is due is taken before. F4 lists all other steps, such as noting that the customer was told.",
        ],
        _ => &[
            "The case as it stands, with all that was done on it. PgUp and PgDn scroll its history.",
            "F9 does what comes next, when something does. Ctrl+P shows its papers.",
            "F4 (or Ctrl+G o) lists all other steps: hold, refund, change of mind, cancel, take back, reopen.",
        ],
    };
    let common = ["Esc goes back and puts an edited form aside by itself; F7 puts it aside at once."];
    lines.iter().chain(&common).map(|line| (*line).to_owned()).collect()
}
