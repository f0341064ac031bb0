//! A case: the form that opens it, then whatever its state demands next, with its facts and its life beside it.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::CaseView;
use crate::desk::card::{Card, Inquiry};
use crate::desk::print::Kind;
use crate::domain::decision::Decision;
use crate::domain::edition::Edition;
use crate::repository::request::Parked;
use crate::tui::effect::{Answer, Effect, Ground, Request};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{notice, scanned_elsewhere};
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Reply, write};

mod about;
mod acts;
mod assess;
mod choose;
pub(super) mod decided;
mod draw;
mod facts;
mod help;
pub(super) mod pay;
mod receive;
mod record;
mod saved;
mod task;

use about::About;
use saved::Saved;
use task::{Next, Task, Verb};

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
        Self { ground: Some(Box::new((card, edition))), ..Self::about(subject) }
    }

    /// A case that is there already; opening it loads it.
    #[must_use]
    pub fn existing(number: String) -> Self {
        Self::about(Subject::Case(number, None))
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
        Some(Self { parked: Some(saved), request, ..Self::about(subject) })
    }

    fn about(subject: Subject) -> Self {
        Self {
            subject,
            ground: None,
            task: None,
            history: List::new(0),
            parked: None,
            request: Request::new(),
            acts: 0,
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

    fn next(&self) -> Option<Next> {
        self.view().map(task::next)
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
        let verb = match (&self.subject, self.next()) {
            (Subject::New(_), _) => Some(Verb::Record),
            (_, Some(Next::Fill(verb))) => Some(verb),
            _ => None,
        };
        let (Some(verb), Some(ground)) = (verb, &self.ground) else {
            self.task = None;
            return;
        };
        if self.task.as_ref().is_some_and(|task| task.verb == verb) {
            return;
        }
        let (card, edition) = &**ground;
        let about = About { card, edition, view: self.view(), seen };
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
            Action::Back => vec![Want::Back],
            Action::Recheck => {
                self.checked = None;
                self.load()
            }
            Action::Why => self
                .inquiry()
                .map(|asked| Want::Open(Destination::Judged(Box::new(asked))))
                .into_iter()
                .collect(),
            Action::Print => match self.paper() {
                Some((number, kind)) => vec![Want::Open(Destination::Paper(number, kind))],
                None => Vec::new(),
            },
            Action::PageUp | Action::PageDown if self.view().is_some() => self.scroll(action),
            Action::Up | Action::Down | Action::First | Action::Last if self.task.is_none() => {
                self.scroll(action)
            }
            other => self.why_not(other, seen),
        }
    }

    /// The newest paper of the case.
    fn paper(&self) -> Option<(String, Kind)> {
        let view = self.view()?;
        let kind = view.papers.iter().rev().find_map(|kind| kind.parse().ok())?;
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

impl Page for CasePage {
    fn title(&self) -> &'static str {
        match self.subject {
            Subject::New(_) => "New case",
            Subject::Case(..) => "Case",
        }
    }

    fn open(&mut self, seen: &Seen<'_>, request: Request) -> Vec<Want> {
        self.now = Some(seen.now);
        if self.request.is_empty() {
            self.request = request;
        }
        self.go_on(seen);
        match (&self.subject, &self.ground) {
            // A form for this device may be parked already: it is the one to go on with.
            (Subject::New(_), Some(_)) if seen.shop.parked > 0 && self.parked.is_none() => {
                vec![Want::Do(Effect::Parked)]
            }
            (Subject::New(_), Some(_)) => Vec::new(),
            _ => self.load(),
        }
    }

    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer> {
        help::offers(self, seen)
    }

    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        let open = self.task.as_ref().is_some_and(Task::is_open);
        let own = matches!(action, Action::PageUp | Action::PageDown | Action::Commit | Action::Back);
        if self.task.is_none() || (own && !open) {
            return self.command(action, seen);
        }
        match self.with_task(seen, |task, about| task.act(action, about)) {
            Some(Reply::Ignored) | None => self.command(action, seen),
            Some(Reply::Moved | Reply::Changed | Reply::NewStep) => self.check(seen),
        }
    }

    fn edit(&mut self, edit: Edit, seen: &Seen<'_>) -> Vec<Want> {
        let reply = self.with_task(seen, |task, about| task.edit(edit, about));
        let mut wants = self.check(seen);
        let why = match (&self.task, reply) {
            (Some(task), Some(Reply::Ignored)) => task.why_no_edit(edit),
            (None, _) => Some(Notice::refused(
                "Nothing is typed here now.",
                "F2 finds a device, F9 does what comes next.",
            )),
            _ => None,
        };
        wants.extend(why.map(Want::Say));
        wants
    }

    fn refused(&mut self, action: Action, seen: &Seen<'_>) {
        if action == Action::Commit {
            self.with_task(seen, Task::go_to_missing);
        }
    }

    fn take_back(&mut self) {
        if let Some(task) = &mut self.task {
            task.take_back();
        }
    }

    fn paste(&mut self, text: &str, seen: &Seen<'_>) -> Vec<Want> {
        self.with_task(seen, |task, about| task.paste(text, about));
        self.check(seen)
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        if let (Scan::Serial(serial), Some(task)) = (scan, &mut self.task)
            && task.scan(serial.as_str())
        {
            return Vec::new();
        }
        let same = matches!(scan, Scan::Serial(serial) if Some(serial.as_str()) == self.serial());
        if same {
            return vec![Want::Say(Notice::info("This is the unit of this case."))];
        }
        match (scan, self.next()) {
            (Scan::Serial(_) | Scan::Stock(_), Some(Next::Issue)) => {
                vec![Want::Say(Notice::refused(
                    "Nothing was handed out.",
                    "Press F9 first, then scan the new unit.",
                ))]
            }
            _ if self.form().is_some() => {
                let says = "The scan is another unit than the one of this form; the form stays.";
                vec![Want::Say(Notice::refused(says, "Put the form aside with F7 first, then scan again."))]
            }
            _ => scanned_elsewhere(scan),
        }
    }

    fn answer(&mut self, answer: Answer, seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Case(Ok(view)) | Answer::Issued(Ok(view)) => self.loaded(*view, seen),
            Answer::Card(serial, Ok(found)) if Some(serial.as_str()) == self.serial() => {
                self.card(found, seen)
            }
            Answer::Checked(asked, Ok(decision)) => {
                if let Some((now, shown)) = &mut self.checked
                    && *now == *asked
                {
                    *shown = Some(decision);
                }
                Vec::new()
            }
            Answer::Parked(Ok(forms)) => self.take_up_parked(&forms),
            Answer::Case(Err(sorry)) | Answer::Issued(Err(sorry)) | Answer::Card(_, Err(sorry)) => {
                vec![Want::Say(notice(&sorry))]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        match &self.ground {
            Some(ground) => {
                let (card, edition) = &**ground;
                let about = About { card, edition, view: self.view(), seen };
                draw::page(frame, area, (self, &about));
            }
            None => write(frame, area, 0, ("Reading the case.", seen.theme.style(Role::Quiet))),
        }
    }

    fn form(&self) -> Option<Parked> {
        let task = self.task.as_ref()?;
        let worth = task.form().is_edited() || self.parked.is_some();
        if !worth {
            return None;
        }
        let (serial, number) = (self.serial()?, self.view().map(|view| view.number.as_str()));
        let saved = Saved::of(task, (&self.request(), serial), number);
        let at = self.now.map(|now| now.to_rfc3339()).unwrap_or_default();
        let title = help::title(self, task, serial);
        Some(Parked { id: saved.request.clone(), title, body: saved.body(), at })
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn question(&self) -> Option<u64> {
        None
    }

    fn help(&self) -> Vec<String> {
        help::help(self)
    }
}

#[cfg(test)]
mod tests;
