//! What stands on a screen that is too small to work on; the program waits behind it.

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

use crate::paper::text;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::write;

/// The least size the screens are made for.
pub const LEAST: Size = Size { width: 80, height: 24 };

/// Tells whether a window is too small to draw a screen on.
#[must_use]
pub fn is_too_small(window: Size) -> bool {
    window.width < LEAST.width || window.height < LEAST.height
}

/// Says which size is needed and which is there.
pub fn draw(frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let says = format!(
        "caredesk needs at least {}×{}, this is {}×{}. Make the window larger; nothing is lost.",
        LEAST.width, LEAST.height, area.width, area.height
    );
    let mut lines = text::wrap(&says, usize::from(area.width));
    if lines.len() > usize::from(area.height) {
        let short = format!("Needs {}×{}; nothing is lost.", LEAST.width, LEAST.height);
        lines = text::wrap(&short, usize::from(area.width));
    }
    for (at, line) in lines.iter().enumerate() {
        write(frame, area, at, (line, theme.style(Role::Plain)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::tests::{draw_at_every_size, drawn};
    use rstest::rstest;

    #[rstest]
    #[case::least(80, 24, false)]
    #[case::one_column_less(79, 24, true)]
    #[case::one_row_less(80, 23, true)]
    #[case::wide(200, 60, false)]
    fn the_least_size_is_80_by_24(#[case] width: u16, #[case] height: u16, #[case] too_small: bool) {
        assert_eq!(is_too_small(Size { width, height }), too_small);
    }

    #[test]
    fn it_says_which_size_it_has() {
        let shown = drawn(40, 4, |frame| draw(frame, frame.area(), Theme::Monochrome));
        insta::assert_snapshot!(shown, @r#"
        "caredesk needs at least 80×24, this is  "
        "40×4. Make the window larger; nothing is"
        "lost.                                   "
        "                                        "
        "#);
        let shown = drawn(10, 3, |frame| draw(frame, frame.area(), Theme::Monochrome));
        insta::assert_snapshot!(shown, @r#"
        "Needs     "
        "80×24;    "
        "nothing is"
        "#);
        draw_at_every_size(|frame| draw(frame, frame.area(), Theme::Colour));
    }
}
