//! Screens: each owns its state and is rebuilt, not reset. What all of them can do stands here.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::practice::Task;
use crate::repository::request::Parked;
use crate::tui::effect::{Answer, Effect, Request, Shop};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::theme::Theme;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::form::LastTime;
use crate::tui::widget::notice::Notice;

pub mod case;
#[cfg(test)]
mod counter;
pub mod day;
mod days;
mod device;
pub mod eligibility;
pub mod issue;
pub mod line;
pub mod lookup;
pub mod paper;
pub mod parked;
pub mod plan;
pub mod queue;
pub mod setup;
#[cfg(test)]
mod silent;
mod sorry;
pub mod stock;
pub mod verdict;
pub mod welcome;

/// What a screen may see beside its own state.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    /// The moment.
    pub now: DateTime<FixedOffset>,
    /// The shop's counts and name.
    pub shop: &'a Shop,
    /// How meaning looks.
    pub theme: Theme,
    /// Stock phrases of the centre for the customer's words.
    pub phrases: &'a [String],
    /// What to try in a practice shop.
    pub tasks: &'a [Task],
    /// What forms held when they were done, for Ctrl+D.
    pub last: &'a LastTime,
    /// How the program is called for this shop.
    pub command: &'a str,
}

/// What a screen wants of the program around it.
#[derive(Debug)]
pub enum Want {
    /// Something of the desk.
    Do(Effect),
    /// Another screen on top of this one; Esc comes back.
    Open(Destination),
    /// Back to the screen below.
    Back,
    /// Back to an empty lookup.
    Home,
    /// A line for the person.
    Say(Notice),
    /// What a form held when it was done, for Ctrl+D in the next one.
    Remember(LastTime),
}

/// Where one can go.
#[derive(Debug)]
pub enum Destination {
    /// Lookup, with a text.
    Lookup(String),
    /// The eligibility of a device.
    Eligibility(String),
    /// The eligibility of a device for what a case says.
    Judged(Box<crate::desk::card::Inquiry>),
    /// A new case from what is on screen, on this serial.
    NewCase(Box<crate::desk::card::Card>, Arc<crate::domain::edition::Edition>),
    /// An existing case.
    Case(String),
    /// The issue of a case's replacement.
    Issue(Box<crate::desk::CaseView>),
    /// A paper.
    Paper(String, crate::desk::print::Kind),
    /// Open cases.
    Queue,
    /// The line at the counter.
    Line,
    /// The appointment of a case.
    Appointment(String),
    /// The plan of a product, by its serial.
    Plan(String),
    /// The shelf.
    Stock,
    /// One of the jobs on the shelf.
    Shelf(stock::Job),
    /// Today's figures.
    Day,
    /// Parked forms.
    Parked,
    /// A parked form taken up again.
    TakeUp(Parked),
    /// This counter's name.
    Setup,
}

/// What every screen can do.
pub trait Page {
    /// Its name in the top line.
    fn title(&self) -> &'static str;
    /// What it needs as soon as it is on top: effects that load it. Asked again on every return to it from a
    /// screen above, so a form keeps the request it got first until that one has had its result.
    fn open(&mut self, seen: &Seen<'_>, request: Request) -> Vec<Want>;
    /// What is possible now, and why not what is not; the footer shows it and dead keys are told from it.
    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer>;
    /// A key that means something. Find, help, menu, quit, park and the go keys never arrive here; Back does,
    /// and a page that has nothing of its own to leave (a list, a question) answers [`Want::Back`]. The form
    /// of a page that is left is put aside by the program when [`Page::form`] has one.
    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want>;
    /// A command was refused with its reason: the page can bring the keys to what is missing.
    fn refused(&mut self, _action: Action, _seen: &Seen<'_>) {}
    /// A typed character; a page without a field says that it has no use for it.
    fn edit(&mut self, _edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        vec![Want::Say(Notice::refused(
            "Nothing is typed on this screen.",
            "F2 finds a device, Ctrl+G shows all commands.",
        ))]
    }
    /// The last typed character belonged to a scan.
    fn take_back(&mut self) {}
    /// A pasted text that is no scan.
    fn paste(&mut self, _text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        sorry::not_pasted()
    }
    /// A scan; a page that has no use for it goes to where it is.
    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        sorry::scanned_elsewhere(scan)
    }
    /// The desk's answer.
    fn answer(&mut self, answer: Answer, seen: &Seen<'_>) -> Vec<Want>;
    /// Draws it between top line and message line.
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>);
    /// The edited form to park, when there is one worth keeping.
    fn form(&self) -> Option<Parked> {
        None
    }
    /// Whether a typed letter can be taken back here.
    fn echo(&self) -> Echo;
    /// The number of an open question.
    fn question(&self) -> Option<u64> {
        None
    }
    /// Help for the field and screen: lines of text, clauses by their ids.
    fn help(&self) -> Vec<String>;
}

/// Keeps the request that a form got first: opened again before its result, it is the same act.
fn keep_first(request: &mut Request, fresh: Request) {
    if request.is_empty() {
        *request = fresh;
    }
}
