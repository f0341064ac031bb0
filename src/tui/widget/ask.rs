//! A question before something final: what it comes to, and a number or a few characters to type.
//!
//! Never y/n. Scans are not for it, and Enter does not answer: F9 does, once what is typed is right.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Clear;

use crate::paper::text;
use crate::tui::key::{Action, Edit};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::confirm::Answer;
use crate::tui::widget::field::Field;
use crate::tui::widget::list::unseen;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Focus, Look, Reply, write};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What would be done.
    pub title: String,
    /// What it comes to.
    pub lines: Vec<String>,
    /// What is to be typed, in a word or two.
    pub label: &'static str,
    /// What must be typed; nothing when F9 alone is enough.
    pub answer: String,
    /// Where the answer is found, in a sentence.
    pub hint: String,
}

/// An open question.
#[derive(Debug, Clone)]
pub struct Ask {
    number: u64,
    asked: Asked,
    typed: Field,
    notice: Notice,
    above: usize,
}

impl Ask {
    /// Opens a question; `number` is another for each, so that keys pressed before it do not answer it.
    #[must_use]
    pub fn new(number: u64, asked: Asked) -> Self {
        let typed = Field::new(asked.label, 6);
        Self { number, asked, typed, notice: Notice::default(), above: 0 }
    }

    /// The number of this question.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Takes a typed character.
    pub fn edit(&mut self, edit: Edit) {
        self.notice = Notice::default();
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

    /// Takes a command: F9 answers when what is typed is right, Esc leaves.
    pub fn act(&mut self, action: Action) -> Answer {
        self.notice = Notice::default();
        match action {
            Action::Commit if self.is_right() => return Answer::Yes,
            Action::Commit => {
                let says = format!("\"{}\" is not what is asked for.", self.typed.text());
                self.notice = Notice::refused(&says, "Nothing was done.");
            }
            Action::Back => return Answer::No,
            Action::Up => self.above = self.above.saturating_sub(1),
            Action::Down => self.above = (self.above + 1).min(self.asked.lines.len().saturating_sub(1)),
            other => {
                if self.typed.act(other) == Reply::Ignored && !matches!(other, Action::Left | Action::Right) {
                    let next = "F9 does it when the answer is right; Esc leaves everything as it is.";
                    self.notice = Notice::refused("This key does not answer the question.", next);
                }
            }
        }
        Answer::Open
    }

    fn is_right(&self) -> bool {
        let plain = |text: &str| text.replace('-', "").trim().to_owned();
        plain(self.typed.text()) == plain(&self.asked.answer)
    }

    /// Draws the question over `area`.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        frame.render_widget(Clear, area);
        let typed = u16::from(!self.asked.answer.is_empty());
        let rows = [1, 0, typed, 2, 2]
            .map(|rows| if rows == 0 { Constraint::Fill(1) } else { Constraint::Length(rows) });
        let [title, body, field, hint, notice] = if typed == 0 {
            let rows =
                [Constraint::Length(1), Constraint::Fill(1), Constraint::Length(2), Constraint::Length(2)];
            let [title, body, hint, notice] = Layout::vertical(rows).areas(area);
            [title, body, Rect::default(), hint, notice]
        } else {
            Layout::vertical(rows).areas(area)
        };
        write(frame, title, 0, (&self.asked.title, theme.style(Role::Title)));
        self.draw_lines(frame, body, theme);
        if typed > 0 {
            self.typed.draw(frame, field, Look { theme, focus: Focus::Here });
        }
        for (at, line) in text::wrap(&self.asked.hint, usize::from(hint.width)).iter().enumerate() {
            write(frame, hint, at, (line, theme.style(Role::Ask)));
        }
        self.notice.draw(frame, notice, theme);
    }

    fn draw_lines(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let room = usize::from(area.width).max(1);
        let lines: Vec<String> = self.asked.lines.iter().flat_map(|line| text::wrap(line, room)).collect();
        let height = usize::from(area.height).saturating_sub(1);
        let above = self.above.min(lines.len().saturating_sub(height));
        for (at, line) in lines.iter().skip(above).take(height).enumerate() {
            write(frame, area, at, (line, theme.style(Role::Plain)));
        }
        if lines.len() > height {
            let below = lines.len().saturating_sub(above + height);
            write(
                frame,
                area,
                height,
                (&format!("{}: Up, Down", unseen(above, below)), theme.style(Role::Quiet)),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::tests::draw_at_every_size;
    use rstest::rstest;

    fn asked(answer: &str) -> Ask {
        let lines = vec!["one".to_owned(), "two".to_owned()];
        let (title, hint) = ("Close".to_owned(), "Type it.".to_owned());
        Ask::new(1, Asked { title, lines, label: "Answer", answer: answer.to_owned(), hint })
    }

    #[rstest]
    #[case::right("0302", "0302", Answer::Yes)]
    #[case::with_its_hyphen("0302", "03-02", Answer::Yes)]
    #[case::wrong("0302", "0303", Answer::Open)]
    #[case::nothing("0302", "", Answer::Open)]
    #[case::no_answer_wanted("", "", Answer::Yes)]
    fn only_what_is_asked_for_answers(#[case] answer: &str, #[case] typed: &str, #[case] said: Answer) {
        let mut ask = asked(answer);
        for c in typed.chars() {
            ask.edit(Edit::Insert(c));
        }
        assert_eq!(ask.act(Action::Accept), Answer::Open, "Enter never answers");
        assert_eq!(ask.act(Action::Commit), said);
        assert_eq!(ask.act(Action::Back), Answer::No);
    }

    #[test]
    fn a_question_with_and_without_an_answer_draws_at_every_size() {
        for answer in ["", "12"] {
            draw_at_every_size(|frame| asked(answer).draw(frame, frame.area(), Theme::Colour));
        }
    }
}
