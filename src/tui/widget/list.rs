//! A list of any length with one row marked; only the rows that fit are made.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use crate::paper::text;
use crate::tui::key::Action;
use crate::tui::theme::Role;
use crate::tui::widget::{Look, Reply, write};

/// Rows a page key goes.
const PAGE: usize = 10;

/// The fewest rows of which one is given to what is not seen.
const LEAST: usize = 3;

/// How many rows there are, and which is marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    rows: usize,
    at: usize,
}

impl List {
    /// A list of `rows` rows, the first marked.
    #[must_use]
    pub fn new(rows: usize) -> Self {
        Self { rows, at: 0 }
    }

    /// The same list with another row marked, the last when there are fewer.
    #[must_use]
    pub fn with_at(mut self, at: usize) -> Self {
        self.at = at.min(self.rows.saturating_sub(1));
        self
    }

    /// The marked row, when there is any.
    #[must_use]
    pub fn at(&self) -> Option<usize> {
        (self.rows > 0).then_some(self.at)
    }

    /// Takes the commands that move the mark.
    pub fn act(&mut self, action: Action) -> Reply {
        let last = self.rows.saturating_sub(1);
        let to = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at + 1,
            Action::PageUp => self.at.saturating_sub(PAGE),
            Action::PageDown => self.at + PAGE,
            Action::First => 0,
            Action::Last => last,
            _ => return Reply::Ignored,
        };
        self.at = to.min(last);
        Reply::Moved
    }

    /// The first row that is drawn in `height` rows, so that the mark is among them.
    fn top(&self, height: usize) -> usize {
        let middle = self.at.saturating_sub(height / 2);
        middle.min(self.rows.saturating_sub(height))
    }

    /// Draws the rows that fit, each made by the given function; the last says how many are above and below.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, (look, row): (Look, &dyn Fn(usize) -> String)) {
        let height = usize::from(area.height);
        let fits = self.rows <= height || height < LEAST;
        let body = if fits { height } else { height - 1 };
        let top = self.top(body);
        for index in (top..self.rows).take(body) {
            let role = if index == self.at { look.role() } else { Role::Plain };
            let text = row(index);
            // The mark is seen on a row too of which nothing is shown.
            let text = if text::clean(&text).is_empty() { " " } else { text.as_str() };
            write(frame, area, index - top, (text, look.style(role)));
        }
        if !fits {
            let says = unseen(top, self.rows.saturating_sub(top + body));
            write(frame, area, body, (&format!(" {says}"), look.style(Role::Quiet)));
        }
    }

    /// Draws the list over what is there, as high as it needs.
    pub fn draw_over(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        (look, row): (Look, &dyn Fn(usize) -> String),
    ) {
        let height = self.rows.min(usize::from(area.height));
        let area = Rect { height: u16::try_from(height).unwrap_or(area.height), ..area };
        frame.render_widget(Clear, area);
        self.draw(frame, area, (look, row));
    }
}

/// What is not seen of something that scrolls, in words; empty when all is.
#[must_use]
pub fn unseen(above: usize, below: usize) -> String {
    let parts = [(above, "more above"), (below, "more below")];
    let parts = parts.into_iter().filter(|(rows, _)| *rows > 0);
    parts.map(|(rows, where_to)| format!("{where_to} ({rows})")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;
    use crate::tui::widget::Focus;
    use crate::tui::widget::tests::{draw_at_every_size, drawn};
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::style::Modifier;
    use rstest::rstest;
    use std::cell::Cell;

    const HERE: Look = Look { theme: Theme::Monochrome, focus: Focus::Here };

    #[rstest]
    #[case::at_the_start(0, 0)]
    #[case::in_the_middle(50, 49)]
    #[case::at_the_end(99, 97)]
    fn the_marked_row_is_always_seen(#[case] at: usize, #[case] first: usize) {
        let list = List::new(100).with_at(at);
        let shown = drawn(8, 4, |frame| list.draw(frame, frame.area(), (HERE, &|row| format!("row {row}"))));
        assert!(
            shown.contains(&format!("row {first} ")) || shown.contains(&format!("row {first}")),
            "{shown}"
        );
        assert!(shown.contains(&format!("row {at}")), "{shown}");
    }

    #[rstest]
    #[case::without_a_character("")]
    #[case::of_direction_marks("\u{202e}\u{2066}")]
    #[case::of_controls("\u{7}\u{1b}")]
    fn the_mark_goes_to_the_edge_on_a_row_where_nothing_is_seen(#[case] text: &str) {
        let list = List::new(3).with_at(1);
        let mut screen = Terminal::new(TestBackend::new(5, 3)).unwrap();
        screen.draw(|frame| list.draw(frame, frame.area(), (HERE, &|_| text.to_owned()))).unwrap();
        let cells = screen.backend().buffer().content.iter();
        let marked: Vec<bool> = cells.map(|cell| cell.modifier.contains(Modifier::REVERSED)).collect();
        assert_eq!(marked, [[false; 5], [true; 5], [false; 5]].concat());
    }

    #[test]
    fn only_visible_rows_are_made() {
        let made = Cell::new(0);
        let list = List::new(10_000_000).with_at(5_000_000);
        drawn(20, 10, |frame| {
            let row = |_| {
                made.set(made.get() + 1);
                String::new()
            };
            list.draw(frame, frame.area(), (HERE, &row));
        });
        assert_eq!(made.get(), 9, "one row says what is above and below");
    }

    #[rstest]
    #[case::below_the_last(Action::Down, 2, 2)]
    #[case::above_the_first(Action::Up, 0, 0)]
    #[case::a_page_too_far(Action::PageDown, 0, 2)]
    #[case::to_the_last(Action::Last, 0, 2)]
    fn the_mark_stays_on_the_list(#[case] action: Action, #[case] from: usize, #[case] to: usize) {
        let mut list = List::new(3).with_at(from);
        list.act(action);
        assert_eq!(list.at(), Some(to));
    }

    #[test]
    fn an_empty_list_has_nothing_marked() {
        let mut list = List::new(0);
        list.act(Action::Down);
        assert_eq!(list.at(), None);
    }

    #[rstest]
    #[case::all_of_it(7, 0, "row 6")]
    #[case::its_start(4, 0, "more below (4)")]
    #[case::its_middle(4, 3, "more above (2), more below (2)")]
    #[case::its_end(4, 6, "more above (4)")]
    fn a_list_over_others_says_what_is_not_seen(#[case] height: u16, #[case] at: usize, #[case] says: &str) {
        let list = List::new(7).with_at(at);
        let row = |row| format!("row {row}");
        let shown = drawn(40, height, |frame| list.draw_over(frame, frame.area(), (HERE, &row)));
        assert!(shown.contains(says), "{shown}");
        assert!(shown.contains(&format!("row {at}")), "{shown}");
    }

    #[test]
    fn a_list_draws_at_every_size() {
        draw_at_every_size(|frame| {
            List::new(7).with_at(3).draw_over(frame, frame.area(), (HERE, &|row| format!("李 {row}")));
            List::new(7).with_at(6).draw(frame, frame.area(), (HERE, &|row| format!("李 {row}")));
        });
    }
}
