//! Unit after unit: a shelf is counted, or units that came in are booked.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::desk::shelf::Counted;
use crate::repository::request::Parked;
use crate::tui::effect::stock::{Ask as Wish, Stocked};
use crate::tui::effect::{Answer, Effect, Request};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{not_pasted, pasted, told, useless};
use crate::tui::screen::stock::saved::{Job, Saved};
use crate::tui::screen::{Page, Seen, Want, keep_first};
use crate::tui::theme::Role;
use crate::tui::widget::ask::Ask;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::form::Form;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Reply, write};

mod words;
mod work;

pub(super) use words::units;

/// Units scanned one after another, for one job.
#[derive(Debug)]
pub struct BatchPage {
    job: Job,
    form: Form,
    units: Vec<String>,
    stocked: Box<Stocked>,
    counted: Option<Counted>,
    asks: Asks,
    ask: Option<Ask>,
    done: Option<Vec<String>>,
    request: Request,
    saved: Option<Saved>,
    product: Option<usize>,
}

/// Questions asked so far, and whether the next preview is for one.
#[derive(Debug, Default)]
struct Asks {
    so_far: u64,
    finishing: Finishing,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Finishing {
    #[default]
    No,
    Yes,
}

impl BatchPage {
    /// An empty form; opening it loads what it needs.
    #[must_use]
    pub fn new(job: Job) -> Self {
        Self {
            job,
            form: Form::default(),
            units: Vec::new(),
            stocked: Box::default(),
            counted: None,
            asks: Asks::default(),
            ask: None,
            done: None,
            request: Request::new(),
            saved: None,
            product: None,
        }
    }

    /// A parked one, taken up again.
    #[must_use]
    pub fn take_up(saved: Saved, request: Request) -> Self {
        Self { units: saved.units.clone(), request, ..Self::new(saved.job) }.with_saved(saved)
    }

    fn with_saved(self, saved: Saved) -> Self {
        Self { saved: Some(saved), ..self }
    }

    /// The number of the shelf's field and of the unit's: the last two.
    const fn shelf(&self) -> usize {
        match self.job {
            Job::Receive => 2,
            Job::Count | Job::Ship | Job::Step => 0,
        }
    }

    const fn unit(&self) -> usize {
        self.shelf() + 1
    }

    fn is_typing(&self) -> bool {
        self.ask.is_none() && self.done.is_none()
    }
}

impl Page for BatchPage {
    fn title(&self) -> &'static str {
        match self.job {
            Job::Receive => "Receive units",
            Job::Count | Job::Ship | Job::Step => "Count a shelf",
        }
    }

    fn open(&mut self, _seen: &Seen<'_>, request: Request) -> Vec<Want> {
        keep_first(&mut self.request, request);
        vec![Want::Do(Effect::Stock(Wish::List))]
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        words::offers(self)
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        if self.ask.is_some() {
            return self.answer_question(action);
        }
        let last_scan = action == Action::Undo
            && self.form.at() == self.unit()
            && self.form.text(self.unit()).is_empty()
            && !self.units.is_empty();
        match action {
            Action::Commit => return self.commit(),
            Action::Back if !self.form.is_open() => return vec![Want::Back],
            _ if self.done.is_some() => return useless(),
            _ if last_scan => return self.take_last_off(),
            _ => {}
        }
        match self.form.act(action) {
            Reply::Ignored if action == Action::Accept && self.form.at() == self.unit() => {
                let unit = self.form.text(self.unit()).to_uppercase();
                if unit.is_empty() {
                    let says = "No unit is typed.";
                    return vec![Want::Say(Notice::refused(
                        says,
                        "Scan the next unit; F9 when all are scanned.",
                    ))];
                }
                self.add(unit)
            }
            Reply::Ignored => told(self.form.why_not(action)),
            _ => {
                self.changed();
                Vec::new()
            }
        }
    }

    fn refused(&mut self, action: Action, _seen: &Seen<'_>) {
        if let Some((at, _)) = self.lacks().filter(|_| action == Action::Commit) {
            self.form.go_to(at);
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        if let Some(ask) = &mut self.ask {
            ask.edit(edit);
            return Vec::new();
        }
        if self.done.is_some() {
            return vec![Want::Say(Notice::refused(
                "Nothing is typed here.",
                "F9 begins the next one, Esc goes back.",
            ))];
        }
        if self.form.edit(edit) == Reply::Ignored {
            return told(self.form.why_no_edit(edit));
        }
        self.changed();
        Vec::new()
    }

    fn take_back(&mut self) {
        match &mut self.ask {
            Some(ask) => ask.take_back(),
            None => self.form.take_back(),
        }
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        if self.is_typing() {
            return pasted(self.form.paste(text));
        }
        not_pasted()
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        if let Some(ask) = &mut self.ask {
            ask.drop_scan();
            return Vec::new();
        }
        if self.done.is_some() {
            let says = "The scan was not taken: this one is done.";
            return vec![Want::Say(Notice::refused(says, "F9 begins the next one, Esc goes back."))];
        }
        match scan {
            Scan::Serial(serial) => self.add(serial.to_string()),
            Scan::Stock(label) => self.add(label.clone()),
            Scan::Case(number) => {
                let says = format!("{number} is a case, no unit.");
                vec![Want::Say(Notice::refused(&says, "Scan the serial or the stock label of a unit."))]
            }
        }
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Stock(said) => self.said(said),
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        if let Some(ask) = &self.ask {
            ask.draw(frame, area, seen.theme);
            return;
        }
        let style = |role| seen.theme.style(role);
        if let Some(lines) = &self.done {
            write(frame, area, 0, (&words::result(self), style(Role::Title)));
            for (at, line) in lines.iter().enumerate() {
                write(frame, area, at + 2, (line, style(Role::Plain)));
            }
            return;
        }
        let rows = u16::try_from(self.form.rows()).unwrap_or(u16::MAX);
        let [form, _, summary, list] = Layout::vertical([
            Constraint::Length(rows),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Fill(1),
        ])
        .areas(area);
        write(frame, summary, 0, (&words::summary(self), style(Role::Title)));
        for (row, (at, unit)) in self.units.iter().enumerate().rev().enumerate() {
            let (word, role) = words::of(self.counted.as_ref(), unit);
            write(frame, list, row, (&format!("{:>4}  {unit:<24}  {word}", at + 1), style(role)));
        }
        // Last, so that a list that is open lies over all.
        self.form.draw(
            frame,
            Rect { height: area.height.min(form.height.saturating_add(list.height)), ..form },
            seen.theme,
        );
    }

    fn form(&self) -> Option<Parked> {
        let worth = self.saved.is_some() || !self.units.is_empty() || self.form.is_edited();
        if self.done.is_some() || !worth {
            return None;
        }
        let saved = self.saved.clone().unwrap_or_else(|| self.typed());
        let place = Some(saved.place.as_str()).filter(|place| !place.is_empty());
        let scanned = format!("{} scanned", self.units.len());
        let parts = [Some(self.title()), place, Some(&scanned)];
        let title = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        Some(Parked { id: self.request.clone(), title, body: saved.body(), at: String::new() })
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn question(&self) -> Option<u64> {
        self.ask.as_ref().map(Ask::number)
    }

    fn help(&self) -> Vec<String> {
        words::help(self.job)
    }
}
