//! Writes texts on a row, one behind another, straight into the frame's cells.
//!
//! The library's own lines measure each text twice by graphemes before they draw it by graphemes, which
//! took half of a frame; nearly every text here is made of characters that are a cell each.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::paper::text;

/// A place on a row, and what is left of the row from there on.
#[derive(Debug)]
pub struct Pen<'a> {
    buffer: &'a mut Buffer,
    rest: Rect,
}

impl<'a> Pen<'a> {
    /// A pen at the start of an area's first row.
    #[must_use]
    pub fn new(frame: &'a mut Frame<'_>, area: Rect) -> Self {
        let buffer = frame.buffer_mut();
        let rest = Rect { height: area.height.min(1), ..area }.intersection(buffer.area);
        Self { buffer, rest }
    }

    /// Writes a text as far as it fits.
    pub fn put(&mut self, text: &str, style: Style) {
        let Rect { x, y, width, .. } = self.rest;
        if self.rest.is_empty() {
            return;
        }
        let end = if text::is_plain(text) {
            let from = self.buffer.index_of(x, y);
            let cells = self.buffer.content.iter_mut().skip(from).take(usize::from(width));
            let written = cells.zip(text.chars()).map(|(cell, c)| cell.set_char(c).set_style(style)).count();
            x.saturating_add(u16::try_from(written).unwrap_or(width))
        } else {
            self.buffer.set_stringn(x, y, text, usize::from(width), style).0
        };
        self.rest = Rect { x: end, width: self.rest.right().saturating_sub(end), ..self.rest };
    }

    /// Gives what is left of the row a style.
    pub fn fill(&mut self, style: Style) {
        if style != Style::new() {
            self.buffer.set_style(self.rest, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;
    use ratatui::text::Line;

    use super::*;
    use crate::tui::theme::{Role, Theme};
    use crate::tui::widget::write;

    fn drawn(draw: impl Fn(&mut Frame<'_>)) -> Buffer {
        let mut screen = Terminal::new(TestBackend::new(12, 2)).unwrap();
        screen.draw(|frame| draw(frame)).unwrap();
        screen.backend().buffer().clone()
    }

    proptest! {
        #[test]
        fn a_text_is_written_as_the_library_would(text in "([ -~é→…·李김がｶ][ -~é→…·李김がｶﾞ\u{301}\u{200d}]{0,15})?", at in 0..14_u16) {
            let style = Theme::Colour.style(Role::Bad);
            let place = Rect { x: at, y: 1, width: 12, height: 1 };
            let ours = drawn(|frame| write(frame, place, 0, (&text, style)));
            let theirs = drawn(|frame| {
                let line = Line::styled(text::cut(&text, 12), style);
                frame.render_widget(line, place.intersection(frame.area()));
            });
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn texts_stand_one_behind_another_and_end_at_the_edge() {
        let shown = drawn(|frame| {
            let mut pen = Pen::new(frame, Rect::new(2, 0, 7, 2));
            for text in ["ab", "李", "c", "defg", "h"] {
                pen.put(text, Style::new());
            }
        });
        let row: String = shown.content.iter().take(12).map(ratatui::buffer::Cell::symbol).collect();
        assert_eq!(row, "  ab李 cde   ", "the second cell of a wide character is a blank");
    }
}
