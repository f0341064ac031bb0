//! The acts of a case: what F9 asks of the desk, and what its answer opens next.

use crate::desk::CaseView;
use crate::desk::card::Card;
use crate::domain::edition::Edition;
use crate::tui::effect::{Effect, Request, Sorry};
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
        self.task = None;
        let parked = self.parked.take().map(|saved| Want::Do(Effect::Unpark(saved.request)));
        let mut wants: Vec<Want> = parked.into_iter().collect();
        let Some(view) = self.view() else { return wants };
        let next = task::next(view);
        if next == Next::Issue {
            wants.push(Want::Open(Destination::Issue(Box::new(view.clone()))));
        }
        wants.push(Want::Say(Notice::info(&help::done(view))));
        wants
    }

    pub(super) fn card(&mut self, found: Option<Box<(Card, Edition)>>, seen: &Seen<'_>) -> Vec<Want> {
        let Some(ground) = found else {
            let says = "The device of this form is not in the registry any more.";
            return vec![Want::Say(Notice::refused(says, "Import the maker's file, or look the serial up."))];
        };
        self.ground = Some(ground);
        self.go_on(seen);
        self.check(seen)
    }
}
