//! The question before something that cannot be undone: before and after, and four characters to type.
//!
//! Never y/n. Scans are not for it, and Enter does not answer: F9 does, once the four are right.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Clear;

use crate::domain::serial::Serial;
use crate::paper::text;
use crate::tui::key::{self, Action, Edit};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::field::Field;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Focus, LABEL_CELLS, Look, Reply, write};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What would be done: "Hand out the new unit".
    pub title: String,
    /// What changes and what stays, a row each.
    pub rows: Vec<Row>,
    /// The serial whose last four characters are the answer.
    pub serial: Serial,
}

/// One row of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is compared.
    pub label: &'static str,
    /// As it is.
    pub before: String,
    /// As it will be.
    pub after: String,
}

/// An open question.
#[derive(Debug, Clone)]
pub struct Confirm {
    number: u64,
    question: Question,
    typed: Field,
    notice: Notice,
}

/// What came of a key at the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// None yet.
    Open,
    /// Do it.
    Yes,
    /// Leave it.
    No,
}

/// What came of a key at a question; once it is answered it is closed.
pub fn answered<Q>(open: &mut Option<Q>, act: impl FnOnce(&mut Q) -> Answer) -> Answer {
    let answer = open.as_mut().map_or(Answer::Open, act);
    if answer != Answer::Open {
        *open = None;
    }
    answer
}

/// The number of a question of this sort about something, the `asked`th on its screen.
#[must_use]
pub fn number_of((sort, about): (u64, &str), asked: u64) -> u64 {
    about.bytes().fold(sort, |sum, byte| (sum * 31 + u64::from(byte)) % 1_000_000) * 1_000 + asked
}

impl Confirm {
    /// Opens a question; `number` is another for each, so that keys pressed before it do not answer it.
    #[must_use]
    pub fn new(number: u64, question: Question) -> Self {
        Self { number, question, typed: last_four(), notice: Notice::default() }
    }

    /// The number of this question.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Takes a typed character.
    pub fn edit(&mut self, edit: Edit) {
        self.notice = Notice::default();
        // It would fill one of the four cells and count for nothing.
        if matches!(edit, Edit::Insert(c) if c.is_whitespace()) {
            self.notice =
                Notice::refused("No serial has a blank.", "Type the last four characters, then F9.");
            return;
        }
        self.typed.edit(edit);
    }

    /// Takes a typed character back that was a scanner's.
    pub fn take_back(&mut self) {
        self.typed.take_back();
    }

    /// Says that a scan is not taken here.
    pub fn drop_scan(&mut self) {
        self.notice = Notice::dropped_scan();
    }

    /// Takes a command: F9 answers when the four characters are right, Esc leaves.
    pub fn act(&mut self, action: Action) -> Answer {
        match action {
            Action::Commit if self.is_right() => Answer::Yes,
            Action::Commit => {
                self.notice = self.wrong();
                Answer::Open
            }
            Action::Back => Answer::No,
            other => {
                if self.typed.act(other) == Reply::Ignored && !matches!(other, Action::Left | Action::Right) {
                    let next = "Type the last four characters, then press F9; Esc leaves it.";
                    self.notice = Notice::refused("This key does not answer the question.", next);
                }
                Answer::Open
            }
        }
    }

    fn is_right(&self) -> bool {
        self.typed.text().to_ascii_uppercase() == self.question.serial.last_four()
    }

    /// What is wrong with the typed answer; four wrong characters make room for others.
    fn wrong(&mut self) -> Notice {
        let typed = self.typed.text().chars().count();
        if typed < 4 {
            let says = format!("{typed} of the four characters are typed.");
            return Notice::refused(&says, "Read them off the unit itself, then press F9.");
        }
        self.typed = last_four();
        Notice::refused(
            "These are not the last four characters of the serial under AFTER.",
            "Read them off the unit itself and type them again.",
        )
    }

    /// Draws the question over `area`.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        frame.render_widget(Clear, area);
        let lines = u16::try_from(self.question.rows.len() + 1).unwrap_or(u16::MAX);
        let rows = [1, 1, lines, 1, 1, 2, 2].map(Constraint::Length);
        let [title, _, sides, _, typed, hint, notice] = Layout::vertical(rows).areas(area);
        write(frame, title, 0, (&self.question.title, theme.style(Role::Title)));
        draw_rows(frame, sides, (&self.question.rows, theme));
        self.typed.draw(frame, typed, Look { theme, focus: Focus::Here });
        let commit = key::name_of(Action::Commit);
        let says = format!(
            "Type the last four characters of the serial under AFTER, then {commit}. Esc leaves everything as it is."
        );
        for (at, line) in text::wrap(&says, usize::from(hint.width)).iter().enumerate() {
            write(frame, hint, at, (line, theme.style(Role::Ask)));
        }
        self.notice.draw(frame, notice, theme);
    }
}

fn last_four() -> Field {
    Field::new("Last four", 4)
}

/// Draws before and after side by side; what changes stands out.
pub fn draw_rows(frame: &mut Frame<'_>, area: Rect, (rows, theme): (&[Row], Theme)) {
    let side = usize::from(area.width.saturating_sub(LABEL_CELLS) / 2).clamp(1, 40);
    let line = |cells: [&str; 3]| {
        let [label, before, after] = cells;
        let label = text::pad(label, usize::from(LABEL_CELLS));
        format!("{label}{}{after}", text::pad(&text::cut(before, side.saturating_sub(2)), side))
    };
    write(frame, area, 0, (&line(["", "BEFORE", "AFTER"]), theme.style(Role::Quiet)));
    for (at, row) in rows.iter().enumerate() {
        let changed = row.after != row.before && !row.after.ends_with("(unchanged)");
        let role = if changed { Role::Title } else { Role::Plain };
        write(frame, area, at + 1, (&line([row.label, &row.before, &row.after]), theme.style(role)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::tests::{draw_at_every_size, drawn};
    use rstest::rstest;

    fn question() -> Confirm {
        let row = |label, before: &str, after: &str| Row {
            label,
            before: before.to_owned(),
            after: after.to_owned(),
        };
        Confirm::new(
            1,
            Question {
                title: "Hand out the new unit".to_owned(),
                rows: vec![
                    row("Serial", "08QDE5J01200B3", "08QDE5J01200C7"),
                    row("Left on the plan", "2 of 2", "1 of 2"),
                ],
                serial: "08QDE5J01200C7".parse().unwrap(),
            },
        )
    }

    fn answered(typed: &str, action: Action) -> Answer {
        let mut confirm = question();
        for c in typed.chars() {
            confirm.edit(Edit::Insert(c));
        }
        confirm.act(action)
    }

    #[rstest]
    #[case::right("00C7", Action::Commit, Answer::Yes)]
    #[case::in_lower_case("00c7", Action::Commit, Answer::Yes)]
    #[case::the_old_unit("00B3", Action::Commit, Answer::Open)]
    #[case::three_of_four("00C", Action::Commit, Answer::Open)]
    #[case::a_blank_is_none_of_the_four(" 00 C7", Action::Commit, Answer::Yes)]
    #[case::nothing("", Action::Commit, Answer::Open)]
    #[case::enter_never_answers("00C7", Action::Accept, Answer::Open)]
    #[case::esc_leaves("00C7", Action::Back, Answer::No)]
    #[case::no_yes_or_no("y", Action::Commit, Answer::Open)]
    fn only_the_last_four_and_the_verb_confirm(
        #[case] typed: &str,
        #[case] action: Action,
        #[case] answer: Answer,
    ) {
        assert_eq!(answered(typed, action), answer);
    }

    #[test]
    fn four_wrong_characters_make_room_for_the_right_ones_and_three_stay() {
        let mut confirm = question();
        let mut answer = |typed: &str| {
            typed.chars().for_each(|c| confirm.edit(Edit::Insert(c)));
            (confirm.act(Action::Commit), drawn(80, 11, |f| confirm.draw(f, f.area(), Theme::Monochrome)))
        };
        let (open, shown) = answer("00B3");
        assert!(open == Answer::Open && shown.contains("These are not the last four"), "{shown}");
        let (open, shown) = answer("00C");
        assert!(open == Answer::Open && shown.contains("3 of the four characters"), "{shown}");
        assert_eq!(answer("7").0, Answer::Yes);
    }

    #[test]
    fn a_blank_is_not_taken_and_says_so() {
        let mut confirm = question();
        confirm.edit(Edit::Insert(' '));
        let shown = drawn(80, 11, |f| confirm.draw(f, f.area(), Theme::Monochrome));
        assert!(shown.contains("No serial has a blank."), "{shown}");
    }

    #[test]
    fn before_and_after_stand_side_by_side() {
        let shown = drawn(76, 11, |frame| question().draw(frame, frame.area(), Theme::Monochrome));
        insta::assert_snapshot!(shown, @r#"
        "Hand out the new unit                                                       "
        "                                                                            "
        "                  BEFORE                       AFTER                        "
        "Serial            08QDE5J01200B3               08QDE5J01200C7               "
        "Left on the plan  2 of 2                       1 of 2                       "
        "                                                                            "
        "Last four                                                                   "
        "Type the last four characters of the serial under AFTER, then F9. Esc leaves"
        "everything as it is.                                                        "
        "                                                                            "
        "                                                                            "
        "#);
    }

    #[test]
    fn a_question_draws_at_every_size() {
        draw_at_every_size(|frame| question().draw(frame, frame.area(), Theme::Colour));
    }
}
