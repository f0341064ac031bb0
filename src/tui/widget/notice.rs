//! The message line: what happened, and on a line of its own what to do next.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::serial::BadSerial;
use crate::paper::text;
use crate::tui::theme::{Role, Theme, sign};
use crate::tui::widget::write;

/// What the message line says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notice {
    kind: Kind,
    says: String,
    next: String,
}

/// Cells of the sign before a message.
const SIGN: usize = 5;
/// The fewest and the most rows of a message.
const LEAST: usize = 2;
const MOST: usize = 6;

/// Which half of a message a row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Happened,
    Next,
}

/// How weighty it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Silent,
    Info,
    Refused,
}

impl Notice {
    /// Something that went well.
    #[must_use]
    pub fn info(says: &str) -> Self {
        Self { kind: Kind::Info, says: text::clean(says).into_owned(), next: String::new() }
    }

    /// Something to know, and what can be done about it.
    #[must_use]
    pub fn told(says: &str, next: &str) -> Self {
        Self { next: text::clean(next).into_owned(), ..Self::info(says) }
    }

    /// Something that was refused, and what to do about it.
    #[must_use]
    pub fn refused(says: &str, next: &str) -> Self {
        let [says, next] = [says, next].map(|text| text::clean(text).into_owned());
        Self { kind: Kind::Refused, says, next }
    }

    /// A scan that nothing is known by.
    #[must_use]
    pub fn unknown_scan(text: &str) -> Self {
        let says = match BadSerial::nearly(text) {
            Some(bad) => format!("The scan {bad}"),
            None => format!("Scanned \"{}\": no serial, case number or stock label.", text::cut(text, 40)),
        };
        Self::refused(&says, "Scan the serial on the unit or its box, or type it.")
    }

    /// A scan at a place that takes none.
    #[must_use]
    pub fn dropped_scan() -> Self {
        Self::refused("The scan was not taken.", "Answer the question first, or leave it with Esc.")
    }

    /// The two lines, for tests of screens.
    #[must_use]
    pub fn text(&self) -> [&str; 2] {
        [&self.says, &self.next]
    }

    /// How many rows it needs: two at least, so that the page stands still, and a few more for a long one.
    #[must_use]
    pub fn rows(&self, width: u16) -> u16 {
        let rows = self.lines(width).len().clamp(LEAST, MOST);
        u16::try_from(rows).unwrap_or(2)
    }

    /// What happened, then what to do, as they fit beside the sign.
    fn lines(&self, width: u16) -> Vec<(String, Said)> {
        let room = usize::from(width).saturating_sub(SIGN).max(1);
        let says = text::wrap(&self.says, room).into_iter().map(|line| (line, Said::Happened));
        let next = text::wrap(&self.next, room).into_iter().map(|line| (line, Said::Next));
        says.chain(next).filter(|(line, _)| !line.is_empty()).collect()
    }

    /// Draws what happened, and below it what to do.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let role = match self.kind {
            Kind::Silent => return,
            Kind::Info => Role::Good,
            Kind::Refused => Role::Bad,
        };
        for (row, (line, said)) in self.lines(area.width).into_iter().enumerate() {
            let before = if row == 0 { sign(role) } else { "" };
            let role = if said == Said::Happened { role } else { Role::Plain };
            write(frame, area, row, (&format!("{}{line}", text::pad(before, SIGN)), theme.style(role)));
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::tui::widget::tests::{draw_at_every_size, drawn};

    #[test]
    fn a_refusal_says_what_to_do_on_a_line_of_its_own() {
        let notice = Notice::refused("The fee is not paid.", "Take the payment with F9.");
        let shown = drawn(32, 2, |frame| notice.draw(frame, frame.area(), Theme::Monochrome));
        insta::assert_snapshot!(shown, @r#"
        "[no] The fee is not paid.       "
        "     Take the payment with F9.  "
        "#);
        draw_at_every_size(|frame| notice.draw(frame, frame.area(), Theme::Colour));
    }

    #[test]
    fn a_long_message_is_seen_to_its_end() {
        let notice = Notice::refused(
            "Case 0001-00002-4 is open on this device.",
            "Go on with it, or close it before another one.",
        );
        assert_eq!((notice.rows(80), notice.rows(32)), (2, 4));
        let shown = drawn(32, 4, |frame| notice.draw(frame, frame.area(), Theme::Monochrome));
        insta::assert_snapshot!(shown, @r#"
        "[no] Case 0001-00002-4 is open  "
        "     on this device.            "
        "     Go on with it, or close it "
        "     before another one.        "
        "#);
    }

    #[rstest]
    #[case::a_barcode("190021012345", "The scan \"190021012345\" is the product's barcode; scan the serial")]
    #[case::cut_off(
        "08QDE5J01200B",
        "The scan \"08QDE5J01200B\" has 13 characters, a serial has 14 or 20: cut off?"
    )]
    #[case::a_letter(
        "08QDE5JO1200B3",
        "The scan \"08QDE5JO1200B3\" has the letter O, which no serial has; did you mean 08QDE5J01200B3?"
    )]
    #[case::something_else("HTTP://X", "Scanned \"HTTP://X\": no serial, case number or stock label.")]
    fn a_scan_that_is_nearly_a_serial_says_what_is_wrong(#[case] scan: &str, #[case] says: &str) {
        assert_eq!(Notice::unknown_scan(scan).text()[0], says);
    }

    #[test]
    fn an_unknown_scan_is_shown_and_cannot_steer_the_terminal() {
        let notice = Notice::unknown_scan("\u{1b}]0;x\u{202e}123");
        assert_eq!(notice.text()[0], "Scanned \" ]0;x123\": no serial, case number or stock label.");
    }
}
