//! A form of a case with its verb, and its stock phrases.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::card::Inquiry;
use crate::tui::effect::{Effect, Request};
use crate::tui::key::{Action, Edit};
use crate::tui::screen::case::about::About;
use crate::tui::screen::case::saved::Saved;
use crate::tui::screen::case::verb::Verb;
use crate::tui::screen::case::{choose, receive, record, small, steps};
use crate::tui::theme::Theme;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Focus, Look, Pasted, Reply, below};

/// Tells whether an edit right behind the digit that picked a phrase shows that the digit was meant as such.
fn is_digit_meant(edit: Edit) -> bool {
    matches!(edit, Edit::Backspace | Edit::Insert(_))
}

/// More entries than any form of a case has.
const MOST_ENTRIES: usize = 32;

/// A form that does something to a case.
#[derive(Debug)]
pub(super) struct Task {
    pub verb: Verb,
    form: Form,
    phrases: Option<List>,
    /// The digit that picked a phrase with the last key; a scan takes it back, more typing puts it in.
    picked: Option<char>,
}

fn nothing_to_fill_in() -> Notice {
    Notice::refused("Nothing is filled in here now.", "F9 does what comes next, F4 lists all other steps.")
}

impl Task {
    /// The form for `verb`, filled in from what is known, or as it was parked.
    pub fn new(verb: Verb, about: &About<'_>, parked: Option<&Saved>) -> Self {
        let fresh = Form::new(verb.entries(about));
        let form = match parked.filter(|saved| saved.verb == verb) {
            Some(saved) => fresh.with_kept(&saved.form),
            None => fresh,
        };
        let mut task = Self { verb, form, phrases: None, picked: None };
        if verb == Verb::Record && parked.is_none() {
            task.form.go_to(record::first(&task.form));
        }
        task.form.remember(about.seen.last);
        task.refresh(about);
        task.go_to_shown();
        task
    }

    /// Brings the keys to an entry that is shown.
    fn go_to_shown(&mut self) {
        let from = self.form.at();
        let shown = (from..from + MOST_ENTRIES).find(|at| self.form.is_shown(*at));
        self.form.go_to(shown.unwrap_or(from));
    }

    /// Tells whether nothing is filled in: F9 alone does it.
    pub fn is_bare(&self) -> bool {
        self.form.entry(0).is_none()
    }

    /// Tells whether F4 has a list of values at the entry with the keys.
    pub fn has_values(&self) -> bool {
        match self.form.entry(self.form.at()) {
            Some(Entry::Text(field)) => self.is_at_words() || field.has_values(),
            Some(Entry::Choice(_)) => true,
            Some(Entry::Ticks(_)) | None => false,
        }
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
        if self.is_bare() {
            return Some(nothing_to_fill_in());
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
        if self.is_bare() {
            return Some(nothing_to_fill_in());
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
    pub fn paste(&mut self, text: &str, about: &About<'_>) -> Pasted {
        self.picked = None;
        let pasted = self.form.paste(text);
        self.refresh(about);
        pasted
    }

    /// Puts a scanned serial in where one is asked; tells whether it was.
    pub fn scan(&mut self, serial: &str) -> bool {
        let at = match self.verb {
            Verb::Receive => receive::SERIAL,
            verb if small::takes_scans(verb) && self.form.is_shown(small::SERIAL) => small::SERIAL,
            _ => return false,
        };
        let there = self.form.text(at).to_owned();
        let known = there.split_whitespace().any(|one| one == serial);
        let all = match self.verb {
            // A hand-out can be several units, and each is scanned.
            Verb::Void if !there.is_empty() && !known => format!("{there} {serial}"),
            Verb::Void if known => there,
            _ => serial.to_owned(),
        };
        self.form.set_text(at, &all);
        true
    }

    /// What the rules are asked while the form is filled in.
    pub fn inquiry(&self, about: &About<'_>) -> Option<Inquiry> {
        match self.verb {
            Verb::Record => record::inquiry(&self.form, about),
            Verb::Choose => choose::inquiry(&self.form, about),
            _ => None,
        }
    }

    /// What F9 is called.
    pub fn label(&self) -> &'static str {
        self.verb.label(&self.form)
    }

    /// Why F9 cannot be done now; nothing when it can.
    pub fn refusal(&self, about: &About<'_>) -> Option<String> {
        if let Some(why) = steps::why_not(self.verb, about) {
            return Some(why);
        }
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
        self.verb.missing(&self.form, about)
    }

    /// The act; none while something is missing.
    pub fn effect(&self, about: &About<'_>, request: Request) -> Option<Effect> {
        self.verb.effect((&self.form, about), request)
    }

    /// A word about the entry with the keys.
    pub fn hint(&self, about: &About<'_>) -> String {
        if let Some(digit) = self.picked {
            return format!(
                "Phrase {digit}: Enter keeps it, End adds to it. Typing on makes it the digit {digit}."
            );
        }
        self.verb.hint(&self.form, about)
    }

    /// Draws the form, and the open list of phrases over it.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, (about, theme): (&About<'_>, Theme)) {
        let area = if self.verb == Verb::Choose {
            choose::draw(frame, area, (&self.form, about, theme));
            below(area, usize::from(choose::rows()))
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

    /// Hides the entries that are of no use now.
    pub fn refresh(&mut self, about: &About<'_>) {
        let hidden = self.verb.hidden(&self.form, about);
        self.form.hide(hidden);
    }
}
