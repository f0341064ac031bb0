//! Why a key did nothing in a form, and what to press instead: no key is silent.

use crate::tui::key::{Action, Edit};
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::notice::Notice;

impl Form {
    /// Why a command that the form ignored does nothing here; none for one that only moves about in a text.
    #[must_use]
    pub fn why_not(&self, action: Action) -> Option<Notice> {
        let entry = self.entries.get(self.at)?;
        let label = entry.label();
        let (says, next) = match (action, entry) {
            (Action::Values, Entry::Ticks(_)) => (
                format!("All of \"{label}\" stands on the screen."),
                "A digit ticks its line, Space the marked one.",
            ),
            (Action::Values, _) => (format!("\"{label}\" has no list of values."), "Type it."),
            (Action::SameAsLast, _) => (
                format!("\"{label}\" has no other value from last time."),
                "What stands in a form when it is done is kept for the next one.",
            ),
            (Action::Undo, _) => {
                ("Nothing was changed in this form.".to_owned(), "Ctrl+Z takes the last change back.")
            }
            (Action::Accept | Action::Next | Action::Down, _) => {
                ("This is the last field.".to_owned(), "F9 does it; Shift+Tab goes back.")
            }
            (Action::Previous | Action::Up, _) => {
                ("This is the first field.".to_owned(), "Enter or Tab goes to the next.")
            }
            (Action::Left | Action::Right, Entry::Ticks(_)) => {
                ("There is no line beside this one.".to_owned(), "Up and Down go through the lines.")
            }
            (Action::PageUp | Action::PageDown, _) => {
                ("There is nothing to scroll here.".to_owned(), "Up and Down go through the fields.")
            }
            _ => return None,
        };
        Some(Notice::refused(&says, next))
    }

    /// Why a typed character that the form ignored does nothing here; none where nothing was to be removed.
    #[must_use]
    pub fn why_no_edit(&self, edit: Edit) -> Option<Notice> {
        let Edit::Insert(c) = edit else { return None };
        let entry = self.entries.get(self.at)?;
        let label = entry.label();
        let (says, next) = match entry {
            Entry::Text(field) if field.is_full() => {
                (format!("\"{label}\" is full."), "Backspace makes room.".to_owned())
            }
            Entry::Text(_) => return None,
            Entry::Choice(_) => (
                format!("No value of \"{label}\" begins with \"{c}\"."),
                format!("F4 lists them.{}", self.where_one_types()),
            ),
            Entry::Ticks(_) => (
                format!("No line of \"{label}\" begins with \"{c}\"."),
                "A digit ticks its line, Space the marked one.".to_owned(),
            ),
        };
        Some(Notice::refused(&says, &next))
    }

    /// The next entry that is typed, in words; empty when there is none.
    fn where_one_types(&self) -> String {
        let next = (self.at + 1..self.entries.len()).find(|at| self.is_shown(*at));
        match next.and_then(|at| self.entries.get(at)) {
            Some(Entry::Text(field)) => format!(" Tab goes to \"{}\", where one types.", field.label()),
            Some(Entry::Choice(_) | Entry::Ticks(_)) | None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::choice::Choice;
    use crate::tui::widget::field::Field;
    use crate::tui::widget::ticks::Ticks;
    use rstest::rstest;

    fn form(at: usize) -> Form {
        let mut form = Form::new(vec![
            Entry::Choice(Choice::new("Choice", vec!["repair".to_owned()])),
            Entry::Text(Field::new("Price", 3).with_text("123")),
            Entry::Ticks(Ticks::new("Parts", vec!["gimbal".to_owned()])),
        ]);
        form.go_to(at);
        form
    }

    #[rstest]
    #[case::no_list(1, Action::Values, "has no list")]
    #[case::ticks_are_all_there(2, Action::Values, "stands on the screen")]
    #[case::no_last_time(0, Action::SameAsLast, "from last time")]
    #[case::nothing_to_undo(0, Action::Undo, "Nothing was changed")]
    #[case::the_last_field(2, Action::Accept, "the last field")]
    #[case::the_first_field(0, Action::Previous, "the first field")]
    fn a_command_that_does_nothing_says_why(#[case] at: usize, #[case] action: Action, #[case] says: &str) {
        let mut form = form(at);
        assert_eq!(form.act(action), crate::tui::widget::Reply::Ignored);
        let notice = form.why_not(action).unwrap();
        assert!(notice.text()[0].contains(says), "{notice:?}");
    }

    #[rstest]
    #[case::a_price_on_a_list(0, '9', "Tab goes to \"Price\"")]
    #[case::a_full_field(1, '9', "Backspace")]
    #[case::no_such_line(2, 'x', "A digit ticks")]
    fn a_character_that_is_lost_says_where_to_type(#[case] at: usize, #[case] c: char, #[case] next: &str) {
        let mut form = form(at);
        assert_eq!(form.edit(Edit::Insert(c)), crate::tui::widget::Reply::Ignored);
        let notice = form.why_no_edit(Edit::Insert(c)).unwrap();
        assert!(notice.text()[1].contains(next), "{notice:?}");
    }
}
