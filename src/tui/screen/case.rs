//! A case: the form that opens it, then whatever its state demands next, with its facts and its life beside it.

use std::sync::Arc;

use crate::desk::CaseView;
use crate::desk::card::{Card, Inquiry};
use crate::desk::print::Kind;
use crate::domain::decision::Decision;
use crate::domain::edition::Edition;
use crate::repository::request::Parked;
use crate::tui::effect::{Effect, Ground, Request};
use crate::tui::key::Action;
use crate::tui::screen::{Destination, Seen, Want};
use crate::tui::widget::confirm::Confirm;
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;
use chrono::{DateTime, FixedOffset};

mod about;
mod acts;
mod assess;
mod choose;
pub(super) mod decided;
mod draw;
mod facts;
mod help;
pub(super) mod next;
mod over;
mod page;
mod pay;
mod receive;
mod record;
mod saved;
mod small;
mod steps;
mod task;
mod verb;
mod void;

use about::About;
use next::Next;
use saved::Saved;
use steps::Over;
use task::Task;
use verb::Verb;

/// A case, new or known.
#[derive(Debug)]
pub struct CasePage {
    subject: Subject,
    ground: Option<Box<Ground>>,
    task: Option<Task>,
    history: List,
    parked: Option<Saved>,
    request: Request,
    acts: u32,
    /// Another step than the one that comes next, which somebody picked.
    picked: Option<Verb>,
    over: Option<Over>,
    confirm: Option<Confirm>,
    questions: u64,
    /// The life of the case, in lines.
    life: Vec<String>,
    /// Whether an act is on its way.
    acting: bool,
    checked: Option<(Inquiry, Option<Box<Decision>>)>,
    now: Option<DateTime<FixedOffset>>,
}

/// What the page is about.
#[derive(Debug)]
enum Subject {
    /// A device for which a case is opened.
    New(String),
    /// A case by its number, and what it is once it is loaded.
    Case(String, Option<Box<CaseView>>),
}

impl CasePage {
    /// The form of a new case on this device.
    #[must_use]
    pub fn new_case(card: Card, edition: Arc<Edition>) -> Self {
        let subject = Subject::New(card.serial.clone());
        Self { ground: Some(Box::new((card, edition))), ..Self::on(subject) }
    }

    /// A case that is there already; opening it loads it.
    #[must_use]
    pub fn existing(number: String) -> Self {
        Self::on(Subject::Case(number, None))
    }

    /// A form that was put aside; none when it is another screen's.
    #[must_use]
    pub fn take_up(parked: &Parked) -> Option<Self> {
        let saved = Saved::read(&parked.body)?;
        let subject = match &saved.number {
            Some(number) => Subject::Case(number.clone(), None),
            None => Subject::New(saved.serial.clone()),
        };
        let request = saved.request.clone();
        let picked = saved.number.is_some().then_some(saved.verb);
        Some(Self { parked: Some(saved), request, picked, ..Self::on(subject) })
    }

    fn on(subject: Subject) -> Self {
        Self {
            subject,
            ground: None,
            task: None,
            history: List::new(0),
            parked: None,
            request: Request::new(),
            acts: 0,
            picked: None,
            over: None,
            confirm: None,
            questions: 0,
            life: Vec::new(),
            acting: false,
            checked: None,
            now: None,
        }
    }

    fn view(&self) -> Option<&CaseView> {
        match &self.subject {
            Subject::Case(_, view) => view.as_deref(),
            Subject::New(_) => None,
        }
    }

    /// What the page is filled in from; nothing before the device is loaded.
    fn about<'a>(&'a self, seen: &'a Seen<'a>) -> Option<About<'a>> {
        let (card, edition) = self.ground.as_deref()?;
        Some(About { card, edition, view: self.view(), seen })
    }

    /// What comes next; nothing is handed out for a price that has run out.
    fn next(&self, seen: &Seen<'_>) -> Option<Next> {
        let next = next::next(self.view()?);
        let run_out = || self.about(seen)?.run_out();
        let stopped = if next == Next::Issue { run_out() } else { None };
        Some(stopped.map_or(next, |why| Next::Nothing(why.into())))
    }

    /// The decision on what the form says, else on an accident today.
    fn decision<'a>(&'a self, about: &About<'a>) -> &'a Decision {
        match &self.checked {
            Some((_, Some(decision))) => decision,
            Some((_, None)) | None => &about.card.today,
        }
    }

    fn decision_title(&self) -> &'static str {
        match &self.checked {
            Some((_, Some(_))) => "What the rules say to this form",
            Some((_, None)) | None => "What the rules say to an accident today",
        }
    }

    /// The effects that load what is missing.
    fn load(&self) -> Vec<Want> {
        match &self.subject {
            Subject::Case(number, _) => vec![Want::Do(Effect::Case(number.clone()))],
            Subject::New(serial) => vec![Want::Do(Effect::Card(serial.clone()))],
        }
    }

    /// Opens the form that comes next, unless it is open already.
    fn go_on(&mut self, seen: &Seen<'_>) {
        let possible = |verb: &Verb| self.view().is_some_and(|view| steps::begins(*verb, view));
        self.picked = self.picked.filter(|verb| self.view().is_none() || possible(verb));
        let verb = match (&self.subject, self.next(seen)) {
            (Subject::New(_), _) => Some(Verb::Record),
            _ if self.picked.is_some() => self.picked,
            (_, Some(Next::Fill(verb))) => Some(verb),
            _ => None,
        };
        let (Some(verb), Some(about)) = (verb, self.about(seen)) else {
            self.task = None;
            return;
        };
        if self.task.as_ref().is_some_and(|task| task.verb == verb) {
            return;
        }
        self.task = Some(Task::new(verb, &about, self.parked.as_ref()));
    }

    /// Does something to the form with what it is filled in from.
    fn with_task<T>(&mut self, seen: &Seen<'_>, does: impl FnOnce(&mut Task, &About<'_>) -> T) -> Option<T> {
        let mut task = self.task.take()?;
        let done = self.ground.as_deref().map(|(card, edition)| {
            let about = About { card, edition, view: self.view(), seen };
            does(&mut task, &about)
        });
        self.task = Some(task);
        done
    }

    /// Asks the rules again when the form says something else than before.
    fn check(&mut self, seen: &Seen<'_>) -> Vec<Want> {
        self.now = Some(seen.now);
        let asked = self.with_task(seen, |task, about| task.inquiry(about)).flatten();
        match asked {
            Some(asked) if self.checked.as_ref().is_none_or(|(before, _)| *before != asked) => {
                let effect = Effect::Check(asked.clone());
                let shown = self.checked.take().and_then(|(_, decision)| decision);
                self.checked = Some((asked, shown));
                vec![Want::Do(effect)]
            }
            Some(_) => Vec::new(),
            None => {
                // Without a cause the form says nothing any more: an old verdict must not stay.
                self.checked = None;
                Vec::new()
            }
        }
    }

    /// Commands that are for the case and not for the form.
    fn command(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Commit => self.commit(seen),
            Action::Back => self.leave(seen),
            Action::Recheck => {
                self.checked = None;
                self.load()
            }
            Action::Why => self
                .inquiry()
                .map(|asked| Want::Open(Destination::Judged(Box::new(asked))))
                .into_iter()
                .collect(),
            Action::Values | Action::Steps if self.view().is_some() => match self.ground {
                Some(_) => {
                    self.over = Some(steps::list());
                    Vec::new()
                }
                None => vec![Want::Say(Notice::refused(help::ONLY_READ, "Ctrl+P shows its papers."))],
            },
            Action::Print => match self.paper() {
                Some((number, kind)) => vec![Want::Open(Destination::Paper(number, kind))],
                None => Vec::new(),
            },
            Action::PageUp | Action::PageDown if self.view().is_some() => self.scroll(action),
            Action::Up | Action::Down | Action::First | Action::Last if self.is_bare() => self.scroll(action),
            other => self.why_not(other, seen),
        }
    }

    /// Tells whether nothing is filled in now.
    fn is_bare(&self) -> bool {
        self.task.as_ref().is_none_or(Task::is_bare)
    }

    /// The paper that the last act makes or changes.
    fn paper(&self) -> Option<(String, Kind)> {
        let view = self.view()?;
        let of = |event: &str| match event {
            "received" => Some(Kind::Slip),
            "assessed" | "chosen" | "changed-mind" => Some(Kind::Quote),
            "paid" | "refunded" => Some(Kind::Receipt),
            "voided" if view.history.iter().any(|step| step.event == "paid") => Some(Kind::Receipt),
            "issued" => Some(Kind::Certificate),
            "handed-over" => Some(Kind::HandOver),
            _ => None,
        };
        let kind = view.history.iter().rev().find_map(|step| of(&step.event))?;
        Some((view.number.clone(), kind))
    }

    /// The unit's own serial, to tell it from another one that is scanned.
    fn serial(&self) -> Option<&str> {
        match &self.subject {
            Subject::New(serial) => Some(serial),
            Subject::Case(_, view) => view.as_ref().map(|view| view.serial.as_str()),
        }
    }
}

#[cfg(test)]
mod tests;
