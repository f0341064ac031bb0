//! A field whose value is one of a list: type-ahead, arrows, and the list itself.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::key::{Action, Edit};
use crate::tui::theme::Role;
use crate::tui::widget::history::{History, Kind};
use crate::tui::widget::list::List;
use crate::tui::widget::{Look, Reply, write, write_label};

/// One value of a list, or none yet.
#[derive(Debug, Clone)]
pub struct Choice {
    label: &'static str,
    values: Vec<String>,
    now: Picked,
    history: History<Picked>,
    last_time: Option<usize>,
    open: Option<List>,
}

/// What is chosen, and what was typed to find it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Picked {
    at: Option<usize>,
    typed: String,
}

impl Choice {
    /// A choice among `values`, nothing chosen.
    #[must_use]
    pub fn new(label: &'static str, values: Vec<String>) -> Self {
        Self {
            label,
            values,
            now: Picked::default(),
            history: History::default(),
            last_time: None,
            open: None,
        }
    }

    /// The same choice with value number `at` chosen.
    #[must_use]
    pub fn with_chosen(mut self, at: usize) -> Self {
        self.now = Picked { at: Some(at).filter(|at| *at < self.values.len()), typed: String::new() };
        self
    }

    /// The label.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.label
    }

    /// The number of the chosen value.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.now.at
    }

    /// Keeps what it was last time for Ctrl+D, when that is still one of its values.
    pub fn remember(&mut self, text: &str) {
        self.last_time = self.values.iter().position(|value| value == text);
    }

    /// The chosen value, empty when there is none.
    #[must_use]
    pub fn text(&self) -> &str {
        self.now.at.and_then(|at| self.values.get(at)).map_or("", String::as_str)
    }

    /// Tells whether the list stands open; Enter, Esc and the arrows are its own then.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Chooses a value, as one step of undo.
    pub fn choose(&mut self, at: Option<usize>) -> Reply {
        self.change(Kind::Whole, Picked { at: at.filter(|at| *at < self.values.len()), typed: String::new() })
    }

    /// Takes an edit: letters look for a value, Backspace clears.
    pub fn edit(&mut self, edit: Edit) -> Reply {
        match edit {
            Edit::Insert(c) => self.look_for(c),
            Edit::Backspace | Edit::Delete | Edit::DeleteWord | Edit::Clear => self.choose(None),
            Edit::WordLeft | Edit::WordRight => Reply::Ignored,
        }
    }

    /// Takes the commands a choice understands.
    pub fn act(&mut self, action: Action) -> Reply {
        if let Some(list) = &mut self.open {
            return match action {
                Action::Accept => {
                    let at = list.at();
                    self.open = None;
                    self.choose(at);
                    Reply::Changed
                }
                Action::Back | Action::Values => {
                    self.open = None;
                    Reply::Moved
                }
                other => list.act(other),
            };
        }
        match action {
            Action::Values => {
                self.open = Some(List::new(self.values.len()).with_at(self.now.at.unwrap_or(0)));
                Reply::Moved
            }
            Action::Left => self.step(|at| at.map_or(Some(0), |at| at.checked_sub(1))),
            Action::Right => self.step(|at| Some(at.map_or(0, |at| at + 1))),
            Action::First => self.choose(Some(0)),
            Action::Last => self.choose(self.values.len().checked_sub(1)),
            Action::Undo => self.undo(),
            Action::SameAsLast => self.last_time.map_or(Reply::Ignored, |at| self.choose(Some(at))),
            _ => Reply::Ignored,
        }
    }

    /// Takes the last typed letter back, as if it had not been typed.
    pub fn take_back(&mut self) -> Reply {
        self.history.take_back_into(&mut self.now)
    }

    /// Goes a step back.
    pub fn undo(&mut self) -> Reply {
        self.history.undo_into(&mut self.now)
    }

    /// Draws label and value on the first row.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, look: Look) {
        let beside = write_label(frame, area, (self.label, look));
        let shown = if self.text().is_empty() { "(F4 lists the values)" } else { self.text() };
        let role =
            if self.text().is_empty() && look.role() == Role::Plain { Role::Quiet } else { look.role() };
        write(frame, beside, 0, (shown, look.style(role)));
    }

    /// Draws the open list over `area`; does nothing while it is closed.
    pub fn draw_list(&self, frame: &mut Frame<'_>, area: Rect, look: Look) {
        if let Some(list) = &self.open {
            let row = |at: usize| format!(" {}", self.values.get(at).map_or("", String::as_str));
            list.draw_over(frame, area, (look, &row));
        }
    }

    /// Finds the first value that starts with what was typed, a word of it otherwise; the same letter again
    /// goes on to the next one.
    fn look_for(&mut self, c: char) -> Reply {
        let longer: String = self.now.typed.chars().chain(c.to_lowercase()).collect();
        let alone: String = c.to_lowercase().collect();
        let again = self.now.typed == alone;
        for typed in [longer, alone] {
            let from = self.now.at.filter(|_| again && typed == self.now.typed).map_or(0, |at| at + 1);
            if let Some(at) = self.find(&typed, from) {
                if let Some(list) = &mut self.open {
                    *list = list.clone().with_at(at);
                }
                return self.change(Kind::Typing, Picked { at: Some(at), typed });
            }
        }
        Reply::Ignored
    }

    fn find(&self, typed: &str, from: usize) -> Option<usize> {
        let whole = |value: &str| value.starts_with(typed);
        let between = |c: char| !c.is_alphanumeric() && c != '\'';
        let word = |value: &str| value.split(between).any(|word| word.starts_with(typed));
        let lower: Vec<String> = self.values.iter().map(|value| value.to_lowercase()).collect();
        let at = |start: usize, fits: &dyn Fn(&str) -> bool| {
            let found = lower.iter().skip(start).position(|value| fits(value));
            found.map(|at| at + start)
        };
        at(from, &whole).or_else(|| at(0, &whole)).or_else(|| at(from, &word)).or_else(|| at(0, &word))
    }

    fn step(&mut self, to: impl Fn(Option<usize>) -> Option<usize>) -> Reply {
        match to(self.now.at).filter(|at| *at < self.values.len()) {
            Some(at) => self.choose(Some(at)),
            None => Reply::Moved,
        }
    }

    fn change(&mut self, kind: Kind, after: Picked) -> Reply {
        let before = std::mem::replace(&mut self.now, after);
        if before.at == self.now.at && kind == Kind::Whole {
            return Reply::Ignored;
        }
        if self.history.note(&before, kind) { Reply::NewStep } else { Reply::Changed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;
    use crate::tui::widget::Focus;
    use crate::tui::widget::tests::draw_at_every_size;
    use rstest::rstest;

    fn causes() -> Choice {
        let values = ["accident", "water damage", "normal use", "not known", "stolen"];
        Choice::new("Cause", values.map(str::to_owned).to_vec())
    }

    #[rstest]
    #[case::first_letter("w", "water damage")]
    #[case::two_letters("no", "normal use")]
    #[case::a_third_decides("not", "not known")]
    #[case::a_word_inside("d", "water damage")]
    #[case::capitals("ST", "stolen")]
    #[case::starts_anew_when_nothing_fits("ns", "stolen")]
    #[case::the_start_of_a_label_goes_before_a_word("k", "not known")]
    #[case::never_inside_a_word("o", "")]
    #[case::the_same_letter_again_goes_on("nn", "not known")]
    #[case::and_round_again("nnn", "normal use")]
    #[case::nothing_fits("x", "")]
    fn typing_looks_for_a_value(#[case] typed: &str, #[case] value: &str) {
        let mut choice = causes();
        for c in typed.chars() {
            choice.edit(Edit::Insert(c));
        }
        assert_eq!(choice.text(), value);
    }

    #[test]
    fn the_open_list_takes_enter_and_esc_for_itself() {
        let mut choice = causes();
        choice.act(Action::Values);
        choice.act(Action::Down);
        assert_eq!(choice.chosen(), None, "looking is not choosing");
        assert_eq!(choice.act(Action::Back), Reply::Moved);
        assert_eq!((choice.is_open(), choice.chosen()), (false, None));
        choice.act(Action::Values);
        choice.act(Action::Down);
        assert_eq!(choice.act(Action::Accept), Reply::Changed);
        assert_eq!((choice.is_open(), choice.text()), (false, "water damage"));
    }

    #[test]
    fn arrows_step_and_stop_at_both_ends() {
        let mut choice = causes().with_chosen(4);
        choice.act(Action::Right);
        assert_eq!(choice.chosen(), Some(4));
        choice.choose(Some(0));
        choice.act(Action::Left);
        assert_eq!(choice.chosen(), Some(0));
    }

    #[test]
    fn a_scanners_letter_is_taken_back_and_a_choice_undone() {
        let mut choice = causes().with_chosen(0);
        choice.edit(Edit::Insert('s'));
        choice.take_back();
        assert_eq!(choice.text(), "accident");
        choice.choose(Some(1));
        choice.act(Action::Undo);
        assert_eq!(choice.text(), "accident");
    }

    #[test]
    fn a_choice_draws_at_every_size() {
        let mut choice = causes();
        choice.act(Action::Values);
        let look = Look { theme: Theme::Colour, focus: Focus::Here };
        draw_at_every_size(|frame| {
            choice.draw(frame, frame.area(), look);
            choice.draw_list(frame, frame.area(), look);
        });
    }
}
