//! The acts of a case: what F9 asks of the desk, and what its answer opens next.

use crate::desk::CaseView;
use crate::desk::card::Inquiry;
use crate::desk::view::Answer;
use crate::domain::case::State;
use crate::domain::decision::Decision;
use crate::paper::text;
use crate::repository::request::Parked;
use crate::tui::effect::{Effect, Ground, Request, Sorry};
use crate::tui::key::Action;
use crate::tui::screen::case::next::{self, Next};
use crate::tui::screen::case::saved::Saved;
use crate::tui::screen::case::steps::Over;
use crate::tui::screen::case::task::Task;
use crate::tui::screen::case::verb::Verb;
use crate::tui::screen::case::{CasePage, Subject, facts, help};
use crate::tui::screen::sorry::{notice, told};
use crate::tui::screen::{Destination, Seen, Want};
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;

impl CasePage {
    /// The form that was put aside and stands open again.
    pub(super) fn parked_here(&self) -> Option<&Saved> {
        let verb = self.task.as_ref()?.verb;
        self.parked.as_ref().filter(|saved| saved.verb == verb)
    }

    /// The request of the next act: the same until it is done.
    pub(super) fn request(&self) -> Request {
        match self.parked_here() {
            Some(saved) => saved.request.clone(),
            None if self.acts == 0 => self.request.clone(),
            None => format!("{}-{}", self.request, self.acts),
        }
    }

    pub(super) fn commit(&mut self, seen: &Seen<'_>) -> Vec<Want> {
        let request = self.request();
        if self.task.is_some() {
            let acted = self.with_task(seen, |task, about| {
                task.refusal(about).map_or_else(|| Ok(task.effect(about, request)), Err)
            });
            return match acted {
                Some(Ok(Some(_))) if self.asks_first() => self.ask(),
                Some(Ok(Some(effect))) => {
                    self.acting = true;
                    vec![Want::Do(effect)]
                }
                Some(Err(why)) => vec![Want::Say(notice(&Sorry { guard: None, say: why }))],
                Some(Ok(None)) | None => Vec::new(),
            };
        }
        match (self.view(), self.next(seen)) {
            (Some(view), Some(Next::Issue)) => vec![Want::Open(Destination::Issue(Box::new(view.clone())))],
            (_, Some(Next::Nothing(why))) => {
                vec![Want::Say(notice(&Sorry { guard: None, say: why.into_owned() }))]
            }
            _ => Vec::new(),
        }
    }

    /// Takes in a case, loaded or after an act.
    pub(super) fn loaded(&mut self, view: CaseView, seen: &Seen<'_>) -> Vec<Want> {
        let before = self.view().map(|view| view.state.clone());
        let was_new = matches!(self.subject, Subject::New(_));
        let acting = std::mem::take(&mut self.acting);
        let acted =
            was_new || acting || before.is_some_and(|state| state != view.state) || self.paid_now(&view);
        self.life = view.history.iter().flat_map(facts::step).collect();
        self.history = List::new(self.life.len()).with_at(usize::MAX);
        let serial = view.serial.clone();
        self.subject = Subject::Case(view.number.clone(), Some(Box::new(view)));
        let mut wants = vec![Want::Do(Effect::Card(serial))];
        if acted {
            wants.extend(self.done());
        }
        self.go_on(seen);
        self.ask_again(seen).into_iter().chain(wants).collect()
    }

    /// Asks what the rules say now to a case whose customer has yet to choose: what was brought, another window, an
    /// import or a night may have changed it since it was decided.
    pub(super) fn ask_again(&mut self, seen: &Seen<'_>) -> Vec<Want> {
        let open = [State::Recorded, State::Received, State::Assessed];
        if !self.view().is_some_and(|view| open.iter().any(|state| state.as_str() == view.state)) {
            return Vec::new();
        }
        self.asked(seen).map(|asked| Want::Do(Effect::Check(asked))).into_iter().collect()
    }

    /// What its form says of this case, else the case itself.
    fn asked(&mut self, seen: &Seen<'_>) -> Option<Inquiry> {
        let form = self.with_task(seen, |task, about| task.inquiry(about)).flatten();
        form.or_else(|| Inquiry::of_case(self.view()?))
    }

    /// Takes in what the rules say now to this case; a form in which nothing is typed begins with it.
    pub(super) fn decided(&mut self, (asked, decision): (&Inquiry, &Decision), seen: &Seen<'_>) {
        if self.asked(seen).as_ref() != Some(asked) {
            return;
        }
        let Subject::Case(_, Some(view)) = &mut self.subject else { return };
        view.decision = Some(Answer::of(decision));
        let untouched = |task: &Task| task.verb == Verb::Choose && !task.form().is_edited();
        self.task = self.task.take().filter(|task| !untouched(task));
        self.go_on(seen);
        self.with_task(seen, Task::refresh);
    }

    fn paid_now(&self, view: &CaseView) -> bool {
        self.view().is_some_and(|before| before.paid != view.paid || before.waived != view.waived)
    }

    /// An act is done: says so, forgets its form, and goes to the issue once everything is paid.
    fn done(&mut self) -> Vec<Want> {
        let here = self.parked_here().is_some();
        let parked = if here { self.parked.take() } else { None };
        self.acts += 1;
        self.picked = None;
        let verb = self.task.as_ref().map(|task| task.verb);
        let values = self.task.take().map(|task| Want::Remember(task.form().values()));
        let parked = parked.map(|saved| Want::Do(Effect::Unpark(saved.request)));
        let mut wants: Vec<Want> = parked.into_iter().chain(values).collect();
        let Some(view) = self.view() else { return wants };
        let straight = matches!(verb, Some(Verb::Pay | Verb::Choose));
        if straight && next::next(view) == Next::Issue {
            wants.push(Want::Open(Destination::Issue(Box::new(view.clone()))));
        }
        wants.push(Want::Say(Notice::info(&help::done(view, verb))));
        wants
    }

    pub(super) fn card(&mut self, found: Option<Box<Ground>>, seen: &Seen<'_>) -> Vec<Want> {
        let Some(ground) = found else {
            if self.view().is_some() {
                return vec![Want::Say(Notice::told(help::ONLY_READ, "Ctrl+P shows its papers."))];
            }
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
        let at = text::moment(&form.at);
        let says = format!("A form for this device was parked {at}: it is taken up again.");
        let next = "To begin anew, put it back with F7; Delete in the list of parked forms throws it away.";
        vec![Want::Open(Destination::TakeUp(form.clone())), Want::Say(Notice::told(&says, next))]
    }

    /// Scrolls the case's life; over a form it is shown whole.
    pub(super) fn scroll(&mut self, action: Action) -> Vec<Want> {
        if !self.is_bare() && self.over.is_none() {
            self.over = Some(Over::Life);
            return Vec::new();
        }
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
        told(why)
    }

    /// What the form, or the case, says; an accident today while the form says nothing yet.
    pub(super) fn inquiry(&self) -> Option<Inquiry> {
        if let Some((asked, _)) = &self.checked {
            return Some(asked.clone());
        }
        let Some(view) = self.view() else {
            return self.ground.as_ref().map(|ground| Inquiry::today(&ground.0.serial));
        };
        Inquiry::of_case(view)
    }
}
