//! The bar on top: where, who, when, how much is open, and special states in words.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::paper::text;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::pen::Pen;
use crate::tui::widget::row;

/// What the bar shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Top {
    /// The centre; empty before it is named.
    pub site: String,
    /// The counter's number; empty before it has one.
    pub counter: String,
    /// Who works here.
    pub person: String,
    /// Day and time, as text.
    pub clock: String,
    /// Open cases.
    pub open_cases: u32,
    /// Forms put aside.
    pub parked: usize,
    /// Whether the shop is a throw-away one.
    pub practice: Practice,
}

/// Cells of a site's name that are left to it before the person is cut.
const LEAST_OF_SITE: usize = 4;
/// Cells between site, counter and person, and before them.
const SEPARATORS: usize = 7;

/// Whether papers and cases count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Practice {
    /// They do.
    #[default]
    Real,
    /// They do not.
    Practice,
}

impl Top {
    /// Draws the bar on the first row of `area`.
    ///
    /// The right side (time and counts) stays whole; the site is cut first where room is short, then the person.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let Some(row) = row(area, 0) else { return };
        let room = usize::from(row.width);
        let state = match self.practice {
            Practice::Real => "",
            Practice::Practice => " PRACTICE ",
        };
        let right = text::cut(&format!(" {} ", self.counts()), room);
        let left = room.saturating_sub(text::width(&right) + text::width(state));
        let mut pen = Pen::new(frame, row);
        pen.put(&text::fit(state, room), theme.style(Role::Special));
        pen.put(&text::pad(&format!(" {}", self.place(left)), left), theme.style(Role::Bar));
        pen.put(&right, theme.style(Role::Bar));
    }

    fn place(&self, room: usize) -> String {
        let counter =
            if self.counter.is_empty() { String::new() } else { format!("counter {}", self.counter) };
        let others = text::width(&counter) + text::width(&self.person) + SEPARATORS;
        let site = text::cut(&self.site, room.saturating_sub(others).max(LEAST_OF_SITE));
        let parts = [site.as_str(), counter.as_str(), self.person.as_str()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn counts(&self) -> String {
        let parked = if self.parked == 0 { String::new() } else { format!(" · {} parked", self.parked) };
        let clock = if self.clock.is_empty() { String::new() } else { format!(" · {}", self.clock) };
        format!("{} open{parked}{clock}", self.open_cases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::tests::{draw_at_every_size, drawn};

    fn top() -> Top {
        Top {
            site: "Shenzhen 深圳 Centre".to_owned(),
            counter: "0001".to_owned(),
            person: "lin".to_owned(),
            clock: "2020-03-02 10:00".to_owned(),
            open_cases: 12,
            parked: 1,
            practice: Practice::Real,
        }
    }

    #[test]
    fn the_bar_names_place_person_counts_and_time() {
        let shown = drawn(80, 1, |frame| top().draw(frame, frame.area(), Theme::Monochrome));
        let bar = r#"" Shenzhen 深圳 Cent… · counter 0001 · lin 12 open · 1 parked · 2020-03-02 10:00 ""#;
        assert!(shown.starts_with(bar), "{shown}");
    }

    #[test]
    fn practice_is_said_in_words_first() {
        let practice = Top { practice: Practice::Practice, ..top() };
        let shown = drawn(80, 1, |frame| practice.draw(frame, frame.area(), Theme::Monochrome));
        assert!(shown.starts_with("\" PRACTICE  Shenzhe"), "{shown}");
        assert!(shown.contains("2020-03-02 10:00 \""), "{shown}");
    }

    #[test]
    fn a_long_sites_name_is_cut_before_the_person() {
        let practice =
            Top { practice: Practice::Practice, site: "Alameda Service Centre".to_owned(), ..top() };
        let shown = drawn(80, 1, |frame| practice.draw(frame, frame.area(), Theme::Monochrome));
        assert!(shown.contains("Alameda … · counter 0001 · lin 12 open · 1 parked"), "{shown}");
    }

    #[test]
    fn the_bar_draws_at_every_size() {
        draw_at_every_size(|frame| top().draw(frame, frame.area(), Theme::Colour));
    }
}
