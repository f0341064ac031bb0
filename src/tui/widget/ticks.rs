//! A list of things to tick: Space at the mark, or the digit before a line.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::key::{Action, Edit};
use crate::tui::theme::Role;
use crate::tui::widget::history::{History, Kind};
use crate::tui::widget::list::List;
use crate::tui::widget::{Look, Reply, write, write_label};

/// What stands between ticked lines in a text.
const BETWEEN: &str = ", ";

/// The most lines that stand below one another; more go on in a second column.
const ONE_COLUMN: usize = 4;

/// Lines with a tick each.
#[derive(Debug, Clone)]
pub struct Ticks {
    label: &'static str,
    items: Vec<String>,
    ticked: Vec<bool>,
    list: List,
    history: History<Vec<bool>>,
    last_time: Option<Vec<usize>>,
}

impl Ticks {
    /// Lines, none ticked.
    #[must_use]
    pub fn new(label: &'static str, items: Vec<String>) -> Self {
        let (ticked, list) = (vec![false; items.len()], List::new(items.len()));
        Self { label, items, ticked, list, history: History::default(), last_time: None }
    }

    /// The same lines with these ticked.
    #[must_use]
    pub fn with_ticked(mut self, lines: &[usize]) -> Self {
        self.ticked = self.pattern(lines);
        self
    }

    /// Keeps what was ticked last time for Ctrl+D, when all of it is still here.
    pub fn remember(&mut self, text: &str) {
        let place = |name: &str| self.items.iter().position(|item| item == name);
        self.last_time = text.split(BETWEEN).map(place).collect();
    }

    /// The ticked lines in words.
    #[must_use]
    pub fn text(&self) -> String {
        let items = self.items.iter().zip(&self.ticked).filter(|(_, on)| **on);
        items.map(|(item, _)| item.as_str()).collect::<Vec<_>>().join(BETWEEN)
    }

    /// The label.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.label
    }

    /// The numbers of the ticked lines, in order.
    #[must_use]
    pub fn ticked(&self) -> Vec<usize> {
        self.ticked.iter().enumerate().filter(|(_, on)| **on).map(|(at, _)| at).collect()
    }

    /// How many lines there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Tells whether there is nothing to tick.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many rows the lines take: a long list stands in two columns.
    #[must_use]
    pub fn rows(&self) -> usize {
        if self.len() > ONE_COLUMN { self.len().div_ceil(2) } else { self.len().max(1) }
    }

    /// Takes an edit: Space ticks the marked line, a digit its own, a letter marks the next that begins so.
    pub fn edit(&mut self, edit: Edit) -> Reply {
        if let Edit::Insert(c) = edit
            && c.is_alphabetic()
        {
            return self.look_for(c);
        }
        let line = match edit {
            Edit::Insert(' ') => self.list.at(),
            Edit::Insert(c) => c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1)),
            _ => None,
        };
        match line.filter(|at| *at < self.items.len()) {
            Some(at) => {
                let turned = self.ticked.iter().enumerate().map(|(i, on)| if i == at { !on } else { *on });
                self.change(Kind::Typing, turned.collect());
                // Each tick is a step of its own, though a single key made it.
                Reply::NewStep
            }
            None => Reply::Ignored,
        }
    }

    /// Takes the commands ticks understand; at the ends the arrows are somebody else's.
    pub fn act(&mut self, action: Action) -> Reply {
        match action {
            Action::Up if self.list.at() == Some(0) => Reply::Ignored,
            Action::Down if self.list.at().is_none_or(|at| at + 1 == self.items.len()) => Reply::Ignored,
            Action::Up | Action::Down | Action::First | Action::Last => self.list.act(action),
            Action::Right if self.beside(self.rows()) => Reply::Moved,
            Action::Left if self.list.at().is_some_and(|at| at >= self.rows()) => {
                let at = self.list.at().unwrap_or(0);
                self.list = self.list.clone().with_at(at - self.rows());
                Reply::Moved
            }
            Action::Undo => self.undo(),
            Action::SameAsLast => match self.last_time.clone() {
                Some(lines) => self.change(Kind::Whole, self.pattern(&lines)),
                None => Reply::Ignored,
            },
            _ => Reply::Ignored,
        }
    }

    /// Takes the last tick back, as if its key had not been pressed.
    pub fn take_back(&mut self) -> Reply {
        self.history.take_back_into(&mut self.ticked)
    }

    /// Goes a step back.
    pub fn undo(&mut self) -> Reply {
        self.history.undo_into(&mut self.ticked)
    }

    /// Draws the label and, beside it, a line for each item.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, look: Look) {
        let beside = write_label(frame, area, (self.label, look));
        for (at, (item, on)) in self.items.iter().zip(&self.ticked).enumerate() {
            let sign = if *on { "[x]" } else { "[ ]" };
            let number = if at < 9 { format!("{}", at + 1) } else { " ".to_owned() };
            let role = if self.list.at() == Some(at) { look.role() } else { Role::Plain };
            let (place, line) = self.place(beside, at);
            write(frame, place, line, (&format!("{number} {sign} {item}"), look.style(role)));
        }
    }

    /// The column and the row of a line.
    fn place(&self, area: Rect, at: usize) -> (Rect, usize) {
        let rows = self.rows();
        if self.len() <= ONE_COLUMN {
            return (area, at);
        }
        let half = area.width / 2;
        let column = Rect { width: half.saturating_sub(1), ..area };
        match at.checked_sub(rows) {
            None => (column, at),
            Some(line) => (Rect { x: area.x.saturating_add(half), ..column }, line),
        }
    }

    /// Marks the line so many further on, when there is one.
    fn beside(&mut self, rows: usize) -> bool {
        let to = self.list.at().map_or(0, |at| at + rows);
        let there = to < self.len() && self.len() > ONE_COLUMN;
        if there {
            self.list = self.list.clone().with_at(to);
        }
        there
    }

    fn look_for(&mut self, c: char) -> Reply {
        let typed: String = c.to_lowercase().collect();
        let from = self.list.at().map_or(0, |at| at + 1);
        let mut order = (from..self.len()).chain(0..from);
        let begins =
            |at: &usize| self.items.get(*at).is_some_and(|item| item.to_lowercase().starts_with(&typed));
        let Some(at) = order.find(begins) else { return Reply::Ignored };
        self.list = self.list.clone().with_at(at);
        Reply::Moved
    }

    fn pattern(&self, lines: &[usize]) -> Vec<bool> {
        (0..self.items.len()).map(|at| lines.contains(&at)).collect()
    }

    fn change(&mut self, kind: Kind, after: Vec<bool>) -> Reply {
        if after == self.ticked {
            return Reply::Ignored;
        }
        self.history.pause();
        self.history.note(&self.ticked, kind);
        self.ticked = after;
        Reply::NewStep
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;
    use crate::tui::widget::Focus;
    use crate::tui::widget::tests::{draw_at_every_size, drawn};

    fn parts() -> Ticks {
        Ticks::new("Parts", ["aircraft", "battery", "remote"].map(str::to_owned).to_vec())
    }

    #[test]
    fn digits_and_space_tick_and_untick() {
        let mut ticks = parts();
        ticks.edit(Edit::Insert('3'));
        ticks.edit(Edit::Insert(' '));
        assert_eq!(ticks.ticked(), [0, 2]);
        ticks.edit(Edit::Insert('3'));
        assert_eq!(ticks.ticked(), [0]);
    }

    #[test]
    fn digits_without_a_line_and_letters_do_nothing() {
        let mut ticks = parts();
        for c in ['0', '4', 'x'] {
            assert_eq!(ticks.edit(Edit::Insert(c)), Reply::Ignored);
        }
        assert!(ticks.ticked().is_empty());
    }

    #[test]
    fn a_letter_marks_the_next_line_that_begins_so_and_space_ticks_it() {
        let mut ticks = parts();
        assert_eq!(ticks.edit(Edit::Insert('R')), Reply::Moved);
        ticks.edit(Edit::Insert(' '));
        assert_eq!(ticks.ticked(), [2]);
        assert_eq!(ticks.text(), "remote");
    }

    #[test]
    fn what_was_ticked_last_time_comes_back_when_all_of_it_is_there() {
        let mut ticks = parts();
        ticks.remember("battery, remote");
        ticks.act(Action::SameAsLast);
        assert_eq!(ticks.ticked(), [1, 2]);
        ticks.remember("battery, gimbal");
        assert_eq!(ticks.act(Action::SameAsLast), Reply::Ignored);
    }

    #[test]
    fn left_and_right_go_between_two_columns() {
        let mut ticks = Ticks::new("Parts", (0..5).map(|at| at.to_string()).collect());
        assert_eq!(ticks.act(Action::Right), Reply::Moved);
        ticks.edit(Edit::Insert(' '));
        assert_eq!(ticks.ticked(), [3]);
        assert_eq!(ticks.act(Action::Left), Reply::Moved);
        assert_eq!(ticks.act(Action::Left), Reply::Ignored);
    }

    #[test]
    fn each_tick_is_a_step_of_undo_and_a_scanners_is_taken_back() {
        let mut ticks = parts().with_ticked(&[1]);
        ticks.edit(Edit::Insert('1'));
        ticks.edit(Edit::Insert('3'));
        ticks.act(Action::Undo);
        assert_eq!(ticks.ticked(), [0, 1]);
        ticks.edit(Edit::Insert('2'));
        ticks.take_back();
        assert_eq!(ticks.ticked(), [0, 1]);
    }

    #[test]
    fn arrows_leave_the_list_at_its_ends() {
        let mut ticks = parts();
        assert_eq!(ticks.act(Action::Up), Reply::Ignored);
        assert_eq!(ticks.act(Action::Last), Reply::Moved);
        assert_eq!(ticks.act(Action::Down), Reply::Ignored);
    }

    #[test]
    fn ticks_show_number_and_sign() {
        let look = Look { theme: Theme::Monochrome, focus: Focus::Here };
        let shown = drawn(34, 3, |frame| parts().with_ticked(&[1]).draw(frame, frame.area(), look));
        insta::assert_snapshot!(shown, @r#"
        "Parts             1 [ ] aircraft  "
        "                  2 [x] battery   "
        "                  3 [ ] remote    "
        "#);
        draw_at_every_size(|frame| parts().draw(frame, frame.area(), look));
    }
}
