//! The acts of a case: what F9 asks of the desk, and what its answer opens next.

use crate::desk::CaseView;
use crate::desk::card::Inquiry;
use crate::repository::request::Parked;
use crate::tui::effect::{Effect, Ground, Request, Sorry};
use crate::tui::key::Action;
use crate::tui::screen::case::saved::Saved;
use crate::tui::screen::case::task::{self, Next};
use crate::tui::screen::case::{CasePage, Subject, help};
use crate::tui::screen::sorry::notice;
use crate::tui::screen::{Destination, Seen, Want};
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;

impl CasePage {
    /// The request of the next act: the same until it is done.
    pub(super) fn request(&self) -> Request {
        if self.acts == 0 { self.request.clone() } else { format!("{}-{}", self.request, self.acts) }
    }

    pub(super) fn commit(&mut self, seen: &Seen<'_>) -> Vec<Want> {
        let request = self.request();
        if self.task.is_some() {
            let acted = self.with_task(seen, |task, about| {
                task.refusal(about).map_or_else(|| Ok(task.effect(about, request)), Err)
            });
            return match acted {
                Some(Ok(Some(effect))) => vec![Want::Do(effect)],
                Some(Err(why)) => vec![Want::Say(notice(&Sorry { guard: None, say: why }))],
                Some(Ok(None)) | None => Vec::new(),
            };
        }
        match (self.view(), self.next()) {
            (Some(view), Some(Next::Issue)) => vec![Want::Open(Destination::Issue(Box::new(view.clone())))],
            (Some(view), Some(Next::Close)) => vec![Want::Do(Effect::Close(view.number.clone(), request))],
            (_, Some(Next::Nothing(why))) => vec![Want::Say(Notice::refused(why, ""))],
            _ => Vec::new(),
        }
    }

    pub(super) fn loaded(&mut self, view: CaseView, seen: &Seen<'_>) -> Vec<Want> {
        let before = self.view().map(|view| view.state.clone());
        let was_new = matches!(self.subject, Subject::New(_));
        let acted = was_new || before.is_some_and(|state| state != view.state) || self.paid_now(&view);
        self.history = List::new(view.history.len()).with_at(usize::MAX);
        let serial = view.serial.clone();
        self.subject = Subject::Case(view.number.clone(), Some(Box::new(view)));
        let mut wants = vec![Want::Do(Effect::Card(serial))];
        if acted {
            wants.extend(self.done());
        }
        self.go_on(seen);
        wants
    }

    fn paid_now(&self, view: &CaseView) -> bool {
        self.view().is_some_and(|before| before.paid != view.paid || before.waived != view.waived)
    }

    /// An act is done: says so, forgets its form, and goes to the issue once everything is paid.
    fn done(&mut self) -> Vec<Want> {
        self.acts += 1;
        let values = self.task.take().map(|task| Want::Remember(task.form().values()));
        let parked = self.parked.take().map(|saved| Want::Do(Effect::Unpark(saved.request)));
        let mut wants: Vec<Want> = parked.into_iter().chain(values).collect();
        let Some(view) = self.view() else { return wants };
        let next = task::next(view);
        if next == Next::Issue {
            wants.push(Want::Open(Destination::Issue(Box::new(view.clone()))));
        }
        wants.push(Want::Say(Notice::info(&help::done(view))));
        wants
    }

    pub(super) fn card(&mut self, found: Option<Box<Ground>>, seen: &Seen<'_>) -> Vec<Want> {
        let Some(ground) = found else {
            let says = "The device of this form is not in the registry any more.";
            return vec![Want::Say(Notice::refused(says, "Import the maker's file, or look the serial up."))];
        };
        self.ground = Some(ground);
        self.go_on(seen);
        self.check(seen)
    }

    /// Goes on with the form that is parked for this device, instead of beginning a second one.
    pub(super) fn take_up_parked(&self, forms: &[Parked]) -> Vec<Want> {
        let untouched = self.task.as_ref().is_none_or(|task| !task.form().is_edited());
        let (Subject::New(serial), true) = (&self.subject, untouched) else { return Vec::new() };
        let same = |saved: Saved| saved.number.is_none() && saved.serial == *serial;
        let Some(form) = forms.iter().find(|form| Saved::read(&form.body).is_some_and(same)) else {
            return Vec::new();
        };
        let at = form.at.get(..16).unwrap_or(&form.at).replace('T', " ");
        let says = format!("A form for this device was parked {at}: it is taken up again.");
        let next = "To begin anew, put it back with F7; Delete in the list of parked forms throws it away.";
        vec![Want::Open(Destination::TakeUp(form.clone())), Want::Say(Notice::told(&says, next))]
    }

    pub(super) fn scroll(&mut self, action: Action) -> Vec<Want> {
        self.history.act(action);
        Vec::new()
    }

    /// Why a key did nothing: no key is silent.
    pub(super) fn why_not(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        let nothing = || {
            let moves = matches!(action, Action::Left | Action::Right);
            (!moves).then(|| {
                Notice::refused(
                    "Nothing is filled in here now.",
                    "F9 does what comes next; PgUp and PgDn scroll.",
                )
            })
        };
        let why = match &self.task {
            Some(_) => self.with_task(seen, |task, about| task.why_not(action, about)).flatten(),
            None => nothing(),
        };
        why.map(Want::Say).into_iter().collect()
    }

    /// What the form, or the case, says; an accident today while the form says nothing yet.
    pub(super) fn inquiry(&self) -> Option<Inquiry> {
        if let Some((asked, _)) = &self.checked {
            return Some(asked.clone());
        }
        let Some(view) = self.view() else {
            return self.ground.as_ref().map(|ground| Inquiry::today(&ground.0.serial));
        };
        Some(Inquiry {
            serial: view.serial.clone(),
            cause: view.cause.parse().ok()?,
            parts: view.parts.clone(),
            damaged_on: crate::domain::day::parse_day(&view.damaged_on).ok(),
            owner: view.owner.parse().ok()?,
        })
    }
}
