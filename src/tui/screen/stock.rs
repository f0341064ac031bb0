//! The shelf: its units narrowed as one types, what can be done with one, and the way to counting and packing.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::shelf::{OldPart, Shelved};
use crate::domain::stock::State;
use crate::repository::request::Parked;
use crate::tui::effect::stock::{Ask as Wish, Said, Stocked};
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{not_pasted, notice, pasted, scanned_elsewhere, useless};
use crate::tui::screen::{Destination, Page, Seen, Want, keep_first};
use crate::tui::widget::Reply;
use crate::tui::widget::field::Field;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::form::Form;
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;

pub mod batch;
mod draw;
mod lines;
mod over;
pub mod saved;
pub mod ship;
mod step;

pub use saved::{Job, job, take_up};

/// The units of the shop.
#[derive(Debug)]
pub struct StockPage {
    stocked: Option<Result<Box<Stocked>, Sorry>>,
    view: View,
    find: Field,
    shown: Vec<usize>,
    list: List,
    over: Over,
    request: Request,
    steps: u32,
    saved: Option<saved::Saved>,
}

/// Which list is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Units,
    Waiting,
}

/// What lies over the list.
#[derive(Debug)]
enum Over {
    /// Nothing.
    List,
    /// What can be done on the shelf.
    Jobs(List),
    /// One unit and what can be done with it.
    Unit(String, List),
    /// The form of a step.
    Step(String, step::Kind, Form),
}

/// What can be done on the shelf, in the order of the list.
const JOBS: [(Job, &str); 3] = [
    (Job::Count, "count a shelf"),
    (Job::Receive, "receive units"),
    (Job::Ship, "send units and old parts to the maker"),
];

impl StockPage {
    /// An empty list; opening it loads the units.
    #[must_use]
    pub fn new() -> Self {
        Self {
            stocked: None,
            view: View::Units,
            find: Field::new("Find", 40),
            shown: Vec::new(),
            list: List::default(),
            over: Over::List,
            request: Request::new(),
            steps: 0,
            saved: None,
        }
    }

    /// With a parked step, taken up again.
    #[must_use]
    pub fn take_up(saved: saved::Saved, request: Request) -> Self {
        Self { saved: Some(saved), request, ..Self::new() }
    }

    fn stocked(&self) -> Option<&Stocked> {
        self.stocked.as_ref().and_then(|stocked| stocked.as_ref().ok()).map(Box::as_ref)
    }

    fn unit(&self, serial: &str) -> Option<&Shelved> {
        self.stocked()?.unit(serial)
    }

    fn marked_unit(&self) -> Option<&Shelved> {
        let at = *self.shown.get(self.list.at()?)?;
        self.stocked()?.units.get(at).filter(|_| self.view == View::Units)
    }

    fn marked_part(&self) -> Option<&OldPart> {
        let at = *self.shown.get(self.list.at()?)?;
        self.stocked()?.parts.get(at).filter(|_| self.view == View::Waiting)
    }

    /// The line of a row, as it is narrowed by.
    fn line(&self, at: usize, width: u16) -> String {
        let Some(stocked) = self.stocked() else { return String::new() };
        match self.view {
            View::Units => {
                stocked.units.get(at).map_or_else(String::new, |unit| lines::unit(stocked, unit, width))
            }
            View::Waiting => {
                stocked.parts.get(at).map_or_else(String::new, |part| lines::waiting(stocked, part))
            }
        }
    }

    /// Narrows the list to what is typed; the mark stays on its row when that is still there.
    fn narrow(&mut self) {
        let marked = self.list.at().and_then(|at| self.shown.get(at)).copied();
        let rows = self.stocked().map_or(0, |stocked| match self.view {
            View::Units => stocked.units.len(),
            View::Waiting => stocked.parts.len(),
        });
        let typed = self.find.text();
        // The widest line says everything.
        self.shown = (0..rows).filter(|at| lines::fits(&self.line(*at, u16::MAX), typed)).collect();
        let at = self.shown.iter().position(|at| Some(*at) == marked).unwrap_or(0);
        self.list = List::new(self.shown.len()).with_at(at);
    }

    fn count(&self, state: State) -> usize {
        let units = self.stocked().map_or(&[][..], |stocked| &stocked.units);
        units.iter().filter(|unit| unit.state == state).count()
    }

    /// Shows a unit that was scanned; what is no unit of the shop is looked up.
    fn jump(&mut self, serial: &str, scan: &Scan) -> Vec<Want> {
        if self.unit(serial).is_none() {
            return scanned_elsewhere(scan);
        }
        self.view = View::Units;
        self.find = Field::new("Find", 40);
        self.narrow();
        let place = |at: &usize| {
            self.stocked()
                .and_then(|stocked| stocked.units.get(*at))
                .is_some_and(|unit| unit.serial == serial)
        };
        let at = self.shown.iter().position(place).unwrap_or(0);
        self.list = List::new(self.shown.len()).with_at(at);
        self.over = Over::Unit(serial.to_owned(), List::new(step::Kind::ALL.len()));
        Vec::new()
    }

    fn turn(&mut self) {
        self.view = match self.view {
            View::Units => View::Waiting,
            View::Waiting => View::Units,
        };
        self.list = List::default();
        self.narrow();
    }

    /// The act of this moment: each step is a request of its own.
    fn next_request(&mut self) -> Request {
        self.steps += 1;
        format!("{}-{}", self.request, self.steps)
    }

    fn loaded(&mut self, stocked: Box<Stocked>) {
        self.stocked = Some(Ok(stocked));
        self.narrow();
        let Some(saved) = self.saved.take() else { return };
        let Some((kind, unit)) = step::Kind::read(&saved.product).zip(self.unit(&saved.part)) else { return };
        let mut form = kind.form(unit);
        for (at, text) in saved.units.iter().enumerate() {
            form.set_text(at, text);
        }
        self.over = Over::Step(saved.part, kind, form);
    }

    fn said(&mut self, said: Said) -> Vec<Want> {
        match said {
            Said::List(Ok(stocked)) => {
                self.loaded(stocked);
                Vec::new()
            }
            Said::List(Err(sorry)) => {
                self.stocked = Some(Err(sorry));
                Vec::new()
            }
            Said::Step(Ok(unit)) => {
                let says = match (&unit.case, unit.state) {
                    (Some(case), State::Reserved) => format!("{} is kept for case {case}.", unit.serial),
                    _ => format!("{} is {} now.", unit.serial, unit.state.words()),
                };
                self.over = Over::Unit(unit.serial, List::new(step::Kind::ALL.len()));
                vec![Want::Do(Effect::Stock(Wish::List)), Want::Say(Notice::info(&says))]
            }
            Said::Step(Err(sorry)) => vec![Want::Say(notice(&sorry))],
            _ => Vec::new(),
        }
    }

    fn act_on_list(&mut self, action: Action) -> Vec<Want> {
        match action {
            Action::Back if !self.find.text().is_empty() => {
                self.find = Field::new("Find", 40);
                self.narrow();
            }
            Action::Back => return vec![Want::Back],
            Action::Recheck => return vec![Want::Do(Effect::Stock(Wish::List))],
            Action::Commit | Action::Values => self.over = Over::Jobs(List::new(JOBS.len())),
            Action::Left | Action::Right | Action::Next | Action::Previous => self.turn(),
            Action::Accept => {
                if let Some(part) = self.marked_part() {
                    return vec![Want::Open(Destination::Case(part.case.clone()))];
                }
                match self.marked_unit().map(|unit| unit.serial.clone()) {
                    Some(serial) => self.over = Over::Unit(serial, List::new(step::Kind::ALL.len())),
                    None => return useless(),
                }
            }
            Action::Undo => {
                if self.find.undo() == Reply::Ignored {
                    return vec![Want::Say(Notice::refused(
                        "Nothing was typed.",
                        "Type to narrow the list.",
                    ))];
                }
                self.narrow();
            }
            other if self.list.act(other) == Reply::Ignored => return useless(),
            _ => {}
        }
        Vec::new()
    }
}

impl Default for StockPage {
    fn default() -> Self {
        Self::new()
    }
}

impl Page for StockPage {
    fn title(&self) -> &'static str {
        "Stock"
    }

    fn open(&mut self, _seen: &Seen<'_>, request: Request) -> Vec<Want> {
        keep_first(&mut self.request, request);
        vec![Want::Do(Effect::Stock(Wish::List))]
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        self.all_offers()
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        if let Over::List = self.over { self.act_on_list(action) } else { self.act_over(action) }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        if let Over::List = self.over {
            self.find.edit(edit);
            self.narrow();
            return Vec::new();
        }
        self.edit_over(edit)
    }

    fn take_back(&mut self) {
        match &mut self.over {
            Over::List => {
                self.find.take_back();
                self.narrow();
            }
            Over::Step(_, _, form) => form.take_back(),
            Over::Jobs(_) | Over::Unit(..) => {}
        }
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        match &mut self.over {
            Over::List => {
                let done = self.find.paste(text);
                self.narrow();
                pasted(done)
            }
            Over::Step(_, _, form) => pasted(form.paste(text)),
            Over::Jobs(_) | Over::Unit(..) => not_pasted(),
        }
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        match (&mut self.over, scan) {
            (Over::Step(_, step::Kind::Keep, form), Scan::Case(number)) => {
                form.set_text(0, number);
                Vec::new()
            }
            (Over::Step(_, kind, form), _) if form.is_edited() => {
                let says = format!("The scan was not taken: \"{}\" is being filled in.", kind.label());
                vec![Want::Say(Notice::refused(&says, "F9 does it, Esc leaves it; then scan again."))]
            }
            (_, Scan::Case(_)) => scanned_elsewhere(scan),
            (_, Scan::Serial(serial)) => self.jump(serial.as_ref(), scan),
            (_, Scan::Stock(label)) => self.jump(label, scan),
        }
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Stock(said) => self.said(said),
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        draw::page(self, frame, (area, seen.theme));
    }

    fn form(&self) -> Option<Parked> {
        let Over::Step(serial, kind, form) = &self.over else { return None };
        if !form.is_edited() {
            return None;
        }
        let body = saved::Saved {
            job: Job::Step,
            product: kind.word().to_owned(),
            part: serial.clone(),
            place: String::new(),
            typed: String::new(),
            units: (0..2).map(|at| form.text(at).to_owned()).collect(),
        };
        let title = format!("Unit {serial}: {}", kind.label());
        Some(Parked { id: self.request.clone(), title, body: body.body(), at: String::new() })
    }

    fn echo(&self) -> Echo {
        match self.over {
            Over::List | Over::Step(..) => Echo::AtOnce,
            // A digit does something there.
            Over::Jobs(_) | Over::Unit(..) => Echo::Held,
        }
    }

    fn help(&self) -> Vec<String> {
        [
            "Every unit of this shop, whatever became of it. Type to narrow the list: the end of a serial, a \
             product, a shelf, a state, in any order. A scan shows its unit at once.",
            "Enter shows the marked unit and what can be done with it: keep it for a case, free it, set it aside, \
             put it back.",
            "Left and Right turn to what waits for the maker; OVERDUE waits longer than it may.",
            "F4 counts a shelf, receives units, and sends things to the maker.",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests;
