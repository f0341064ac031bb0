//! What lies over the page of a case: the list of other steps, its life, and the question before a hand-out is
//! taken back.

use crate::tui::effect::Effect;
use crate::tui::key::{Action, Edit};
use crate::tui::screen::case::saved::Saved;
use crate::tui::screen::case::steps::{self, Other, Over};
use crate::tui::screen::case::verb::Verb;
use crate::tui::screen::case::{CasePage, small, void};
use crate::tui::screen::{Page, Seen, Want};
use crate::tui::widget::Reply;
use crate::tui::widget::confirm::{self, Confirm};
use crate::tui::widget::notice::Notice;

impl CasePage {
    /// A command while something lies over the page.
    pub(super) fn act_over(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        if matches!(action, Action::Back | Action::Values | Action::Steps) {
            self.over = None;
            return Vec::new();
        }
        let (reply, chosen) = match &mut self.over {
            Some(Over::Steps(list)) if action == Action::Accept => (Reply::Moved, steps::marked(list)),
            Some(Over::Steps(list)) => (list.act(action), None),
            Some(Over::Life) => (self.history.act(action), None),
            None => (Reply::Moved, None),
        };
        match (reply, chosen) {
            (_, Some(other)) => self.pick(other, seen),
            (Reply::Ignored, None) => vec![Want::Say(no_use())],
            (_, None) => Vec::new(),
        }
    }

    /// A typed character while something lies over the page: a letter of the list.
    pub(super) fn edit_over(&mut self, edit: Edit, seen: &Seen<'_>) -> Vec<Want> {
        let chosen = match (&self.over, edit) {
            (Some(Over::Steps(_)), Edit::Insert(letter)) => steps::lettered(letter),
            _ => None,
        };
        chosen.map_or_else(|| vec![Want::Say(no_use())], |other| self.pick(other, seen))
    }

    /// Opens the form of a step, or says why it cannot be done now.
    fn pick(&mut self, other: Other, seen: &Seen<'_>) -> Vec<Want> {
        let Some(verb) = other.verb else {
            self.over = Some(Over::Life);
            return Vec::new();
        };
        let why = self.about(seen).and_then(|about| steps::why_not(verb, &about));
        if let Some(why) = why {
            let (says, next) = why.split_once(": ").unwrap_or((&why, ""));
            return vec![Want::Say(Notice::refused(says, next))];
        }
        self.over = None;
        if self.task.as_ref().is_some_and(|task| task.verb == verb) {
            return Vec::new();
        }
        let mut wants = self.put_aside();
        self.picked = Some(verb);
        self.go_on(seen);
        wants.extend(self.ask_again(seen));
        wants
    }

    /// Puts the form aside when something is typed in it; it comes back when its step does.
    fn put_aside(&mut self) -> Vec<Want> {
        let Some(form) = self.form() else { return Vec::new() };
        self.parked = Saved::read(&form.body);
        // The form keeps its request, so that whoever does it first does it once; the next one gets another.
        self.acts += 1;
        let says = format!("{} is put aside: it comes back, and F7 lists it.", form.title);
        vec![Want::Do(Effect::Park(form)), Want::Say(Notice::info(&says))]
    }

    /// Leaves a step that was picked, else the page.
    pub(super) fn leave(&mut self, seen: &Seen<'_>) -> Vec<Want> {
        if self.picked.is_none() || self.task.is_none() {
            return vec![Want::Back];
        }
        let mut wants = self.put_aside();
        self.picked = None;
        self.go_on(seen);
        wants.extend(self.ask_again(seen));
        wants
    }

    /// Tells whether the act is asked about first, with before and after.
    pub(super) fn asks_first(&self) -> bool {
        self.task.as_ref().is_some_and(|task| task.verb == Verb::Void)
    }

    /// Opens the question.
    pub(super) fn ask(&mut self) -> Vec<Want> {
        let scanned = self.task.as_ref().map_or("", |task| task.form().text(small::SERIAL));
        let Some(question) = self.view().and_then(|view| void::question(view, scanned)) else {
            let says = "The serial of this case cannot be read: the hand-out cannot be taken back here.";
            return vec![Want::Say(Notice::refused(says, ""))];
        };
        self.questions += 1;
        let case = self.view().map_or("", |view| view.number.as_str());
        self.confirm = Some(Confirm::new(confirm::number_of((7, case), self.questions), question));
        Vec::new()
    }

    /// A command while the question is open.
    pub(super) fn answer_question(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        match confirm::answered(&mut self.confirm, |confirm| confirm.act(action)) {
            confirm::Answer::Open => Vec::new(),
            confirm::Answer::No => vec![Want::Say(Notice::info("Nothing was taken back."))],
            confirm::Answer::Yes => {
                let request = self.request();
                let effect = self.with_task(seen, |task, about| task.effect(about, request)).flatten();
                self.acting = effect.is_some();
                effect.map(Want::Do).into_iter().collect()
            }
        }
    }
}

fn no_use() -> Notice {
    Notice::refused("This key does nothing here.", "Esc leaves; F1 says what can be done here.")
}
