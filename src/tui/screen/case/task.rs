//! What a case needs next: a form with a verb, and its stock phrases.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::CaseView;
use crate::desk::card::Inquiry;
use crate::domain::case::{Outcome, State};
use crate::tui::effect::{Effect, Request};
use crate::tui::key::{Action, Edit};
use crate::tui::screen::case::about::About;
use crate::tui::screen::case::saved::{self, Saved};
use crate::tui::screen::case::{assess, choose, pay, receive, record};
use crate::tui::theme::Theme;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Focus, Look, Reply};

crate::words! {
    /// What a form of a case does.
    Verb("verb") {
        /// Opens a case.
        Record = "record",
        /// Takes the unit in.
        Receive = "receive",
        /// Notes the finding.
        Assess = "assess",
        /// Notes the customer's choice.
        Choose = "choose",
        /// Takes money.
        Pay = "pay",
    }
}

/// What comes next on a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Next {
    /// A form.
    Fill(Verb),
    /// Hand the new unit out.
    Issue,
    /// Close it.
    Close,
    /// Nothing here; why.
    Nothing(&'static str),
}

/// What comes next on this case.
pub(super) fn next(view: &CaseView) -> Next {
    let outcome = view.outcome.parse().unwrap_or(Outcome::None);
    match view.state.parse() {
        Ok(State::Recorded) => Next::Fill(Verb::Receive),
        Ok(State::Received) => Next::Fill(Verb::Assess),
        Ok(State::Assessed) => Next::Fill(Verb::Choose),
        Ok(State::Chosen) => chosen(view, outcome),
        Ok(State::InWork) => Next::Nothing("The unit is in the workshop."),
        Ok(State::Ready) => Next::Nothing("The unit waits for the customer; nothing else is done here."),
        Ok(State::HandedOver) => Next::Close,
        Ok(State::Closed) => Next::Nothing("The case is closed: it can be read and its papers printed."),
        Ok(State::Cancelled) => Next::Nothing("The case was cancelled: it can only be read."),
        Err(_) => Next::Nothing("The case is in a state this program does not know."),
    }
}

fn chosen(view: &CaseView, outcome: Outcome) -> Next {
    let settled = pay::due(view).is_some_and(|due| due.minor == 0);
    match outcome {
        Outcome::Replacement if settled => Next::Issue,
        Outcome::PaidRepair if settled => Next::Nothing("Paid. The repair itself is done in the workshop."),
        Outcome::Replacement | Outcome::PaidRepair => Next::Fill(Verb::Pay),
        _ => Next::Nothing("Nothing is to be paid. The repair itself is done in the workshop."),
    }
}

/// Tells whether an edit right behind the digit that picked a phrase shows that the digit was meant as such.
fn is_digit_meant(edit: Edit) -> bool {
    matches!(edit, Edit::Backspace | Edit::Insert(_))
}

/// A form that does something to a case.
#[derive(Debug)]
pub(super) struct Task {
    pub verb: Verb,
    form: Form,
    phrases: Option<List>,
    /// The digit that picked a phrase with the last key; a scan takes it back, more typing puts it in.
    picked: Option<char>,
}

fn entries(verb: Verb, about: &About<'_>) -> Vec<Entry> {
    match verb {
        Verb::Record => record::entries(about),
        Verb::Receive => receive::entries(about),
        Verb::Assess => assess::entries(about),
        Verb::Choose => choose::entries(about),
        Verb::Pay => pay::entries(about),
    }
}

impl Task {
    /// The form for `verb`, filled in from what is known, or as it was parked.
    pub fn new(verb: Verb, about: &About<'_>, parked: Option<&Saved>) -> Self {
        let fresh = entries(verb, about);
        let form = match parked.filter(|saved| saved.verb == verb) {
            Some(saved) => saved::restored(fresh, saved),
            None => Form::new(fresh),
        };
        let mut task = Self { verb, form, phrases: None, picked: None };
        if verb == Verb::Record && parked.is_none() {
            task.form.go_to(record::first(&task.form));
        }
        task.form.remember(about.seen.last);
        task.refresh(about);
        task
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// How many rows it takes when all of it is seen.
    pub fn rows(&self) -> u16 {
        let form = u16::try_from(self.form.rows()).unwrap_or(u16::MAX);
        match (self.verb, form) {
            (Verb::Choose, 1) => choose::rows(),
            (Verb::Choose, more) => more.saturating_add(choose::rows()),
            _ => form,
        }
    }

    /// Tells whether a list lies over the form; Esc closes it first.
    pub fn is_open(&self) -> bool {
        self.form.is_open() || self.phrases.is_some()
    }

    /// Takes a command; ignored when it is none of a form's.
    pub fn act(&mut self, action: Action, about: &About<'_>) -> Reply {
        self.picked = None;
        if self.phrases.is_some() {
            return self.act_on_phrases(action, about);
        }
        if action == Action::Values && self.is_at_words() {
            let phrases = about.seen.phrases.len();
            self.phrases = (phrases > 0).then(|| List::new(phrases));
            return if phrases > 0 { Reply::Moved } else { Reply::Ignored };
        }
        let reply = self.form.act(self.stepping(action));
        self.refresh(about);
        reply
    }

    /// Up and Down go through the options where the choice is a table.
    fn stepping(&self, action: Action) -> Action {
        if self.verb != Verb::Choose || self.form.at() != choose::CHOICE || self.is_open() {
            return action;
        }
        match action {
            Action::Up => Action::Left,
            Action::Down => Action::Right,
            other => other,
        }
    }

    fn act_on_phrases(&mut self, action: Action, about: &About<'_>) -> Reply {
        let Some(list) = &mut self.phrases else { return Reply::Ignored };
        match action {
            Action::Accept => {
                let at = list.at();
                self.phrases = None;
                at.map_or(Reply::Moved, |at| self.pick(at, about))
            }
            Action::Back | Action::Values => {
                self.phrases = None;
                Reply::Moved
            }
            other => list.act(other),
        }
    }

    /// Takes an edit; a digit in the empty words picks a stock phrase, and what is typed on right behind it
    /// shows that the digit itself was meant.
    pub fn edit(&mut self, edit: Edit, about: &About<'_>) -> Reply {
        let reply = match self.picked.take() {
            Some(digit) if is_digit_meant(edit) => {
                let typed = match edit {
                    Edit::Insert(c) => format!("{digit}{c}"),
                    _ => digit.to_string(),
                };
                self.form.set_text(record::WORDS, &typed);
                Reply::Changed
            }
            _ => self.edit_here(edit, about),
        };
        self.refresh(about);
        reply
    }

    fn edit_here(&mut self, edit: Edit, about: &About<'_>) -> Reply {
        let digit = match edit {
            Edit::Insert(c) => c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)),
            _ => None,
        };
        let free = self.phrases.is_some() || self.form.text(record::WORDS).is_empty();
        if let Some(at) = digit.filter(|at| self.is_at_words() && free && *at < about.seen.phrases.len()) {
            let listed = self.phrases.take().is_some();
            let reply = self.pick(at, about);
            if let (Edit::Insert(c), false) = (edit, listed) {
                self.picked = Some(c);
            }
            return reply;
        }
        if self.phrases.is_some() {
            return Reply::Ignored;
        }
        // A price that is typed on the table of choices goes where it belongs.
        let price = self.verb == Verb::Choose && self.form.at() == choose::CHOICE && !self.is_open();
        if price && self.form.is_shown(choose::PRICE) && matches!(edit, Edit::Insert(c) if c.is_ascii_digit())
        {
            self.form.go_to(choose::PRICE);
        }
        self.form.edit(edit)
    }

    /// Why a key that was ignored did nothing.
    pub fn why_not(&self, action: Action, about: &About<'_>) -> Option<Notice> {
        if self.phrases.is_some() {
            return None;
        }
        if action == Action::Values && self.is_at_words() && about.seen.phrases.is_empty() {
            return Some(Notice::refused("This centre has no stock phrases.", "Type the customer's words."));
        }
        self.form.why_not(action)
    }

    /// Why a typed character that was ignored did nothing.
    pub fn why_no_edit(&self, edit: Edit) -> Option<Notice> {
        if self.phrases.is_some() {
            let next = "A digit picks one, Enter the marked one, Esc leaves the list.";
            return Some(Notice::refused("The list of phrases is open.", next));
        }
        self.form.why_no_edit(edit)
    }

    /// Brings the keys to the first entry that is still to be filled in.
    pub fn go_to_missing(&mut self, about: &About<'_>) {
        if let Some((at, _)) = self.missing(about).first() {
            self.form.go_to(*at);
        }
    }

    /// Takes the last typed character back, and a phrase that it picked.
    pub fn take_back(&mut self) {
        if self.picked.take().is_some() {
            self.form.act(Action::Undo);
        } else {
            self.form.take_back();
        }
    }

    /// Puts a pasted text in.
    pub fn paste(&mut self, text: &str, about: &About<'_>) -> Reply {
        self.picked = None;
        let reply = self.form.paste(text);
        self.refresh(about);
        reply
    }

    /// Puts a scanned serial in where one is asked; tells whether it was.
    pub fn scan(&mut self, serial: &str) -> bool {
        if self.verb == Verb::Receive {
            self.form.set_text(receive::SERIAL, serial);
        }
        self.verb == Verb::Receive
    }

    /// What the rules are asked while the form is filled in.
    pub fn inquiry(&self, about: &About<'_>) -> Option<Inquiry> {
        if self.verb == Verb::Record { record::inquiry(&self.form, about) } else { None }
    }

    /// What F9 is called.
    pub fn label(&self) -> &'static str {
        match self.verb {
            Verb::Record => record::verb(&self.form),
            Verb::Receive => "Receive",
            Verb::Assess => "Assess",
            Verb::Choose => "Choose",
            Verb::Pay => "Take payment",
        }
    }

    /// Why F9 cannot be done now; nothing when it can.
    pub fn refusal(&self, about: &About<'_>) -> Option<String> {
        if self.verb == Verb::Choose
            && let Some(why) = choose::closed(&self.form, about)
        {
            return Some(why);
        }
        let missing: Vec<String> = self.missing(about).into_iter().map(|(_, name)| name).collect();
        (!missing.is_empty()).then(|| format!("Still needed: {}", missing.join(", ")))
    }

    /// What is still to be filled in: where, and what in words.
    fn missing(&self, about: &About<'_>) -> Vec<(usize, String)> {
        let form = &self.form;
        match self.verb {
            Verb::Record => record::missing(form, about),
            Verb::Receive => receive::missing(form),
            Verb::Assess => assess::missing(form, about),
            Verb::Choose => choose::missing(form, about),
            Verb::Pay => pay::missing(form, about),
        }
    }

    /// The act; none while something is missing.
    pub fn effect(&self, about: &About<'_>, request: Request) -> Option<Effect> {
        match self.verb {
            Verb::Record => record::effect(&self.form, about, request),
            Verb::Receive => receive::effect(&self.form, about, request),
            Verb::Assess => assess::effect(&self.form, about, request),
            Verb::Choose => choose::effect(&self.form, about, request),
            Verb::Pay => pay::effect(&self.form, about, request),
        }
    }

    /// A word about the entry with the keys.
    pub fn hint(&self) -> String {
        if let Some(digit) = self.picked {
            return format!(
                "Phrase {digit}: Enter keeps it, End adds to it. Typing on makes it the digit {digit}."
            );
        }
        match self.verb {
            Verb::Record => record::hint(&self.form),
            Verb::Receive => receive::hint(&self.form),
            Verb::Assess => assess::hint(&self.form),
            Verb::Choose => choose::hint(&self.form),
            Verb::Pay => pay::hint(&self.form),
        }
    }

    /// Draws the form, and the open list of phrases over it.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, (about, theme): (&About<'_>, Theme)) {
        let area = if self.verb == Verb::Choose {
            choose::draw(frame, area, (&self.form, about, theme));
            let taken = choose::rows().min(area.height);
            Rect { y: area.y.saturating_add(taken), height: area.height.saturating_sub(taken), ..area }
        } else {
            area
        };
        // The table shows the choice itself.
        if self.verb != Verb::Choose || self.form.rows() > 1 || self.is_open() {
            self.form.draw(frame, area, theme);
        }
        let Some(list) = &self.phrases else { return };
        let phrases = about.seen.phrases;
        let height = u16::try_from(phrases.len()).unwrap_or(u16::MAX).min(area.height);
        let over = Rect { y: area.bottom().saturating_sub(height), height, ..area };
        let row = |at: usize| {
            let phrase = phrases.get(at).map_or("", String::as_str);
            if at < 9 { format!(" {}  {phrase}", at + 1) } else { format!("    {phrase}") }
        };
        list.draw_over(frame, over, (Look { theme, focus: Focus::Here }, &row));
    }

    fn is_at_words(&self) -> bool {
        self.verb == Verb::Record && self.form.at() == record::WORDS
    }

    fn pick(&mut self, at: usize, about: &About<'_>) -> Reply {
        let Some(phrase) = about.seen.phrases.get(at) else { return Reply::Ignored };
        self.form.set_text(record::WORDS, phrase);
        Reply::Changed
    }

    fn refresh(&mut self, about: &About<'_>) {
        let hidden = match self.verb {
            Verb::Record => record::hidden(&self.form, about),
            Verb::Receive => Vec::new(),
            Verb::Assess => assess::hidden(&self.form, about),
            Verb::Choose => choose::hidden(&self.form, about),
            Verb::Pay => pay::hidden(&self.form, about),
        };
        self.form.hide(hidden);
    }
}
