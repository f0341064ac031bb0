//! The parts that screens are made of; each draws itself at any size and knows nothing of cases.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::paper::text;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::pen::Pen;

pub mod ask;
pub mod choice;
pub mod confirm;
pub mod field;
pub mod footer;
pub mod form;
pub mod history;
pub mod list;
pub mod notice;
pub mod pen;
pub mod ticks;
pub mod too_small;
pub mod top;

/// How a part is drawn now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Colours or none.
    pub theme: Theme,
    /// Whether the keys go to this part.
    pub focus: Focus,
}

/// Whether the keys go to a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// Here.
    Here,
    /// To another part.
    Elsewhere,
}

impl Look {
    /// The style of a role.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// The role of a text that stands out while the keys go to its part.
    #[must_use]
    pub fn role(self) -> Role {
        match self.focus {
            Focus::Here => Role::Focus,
            Focus::Elsewhere => Role::Plain,
        }
    }
}

/// What a part made of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Nothing: it is for somebody else.
    Ignored,
    /// The cursor went elsewhere.
    Moved,
    /// The value is another.
    Changed,
    /// The value is another, and undo takes this change back as one.
    NewStep,
}

/// What became of a pasted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pasted {
    /// What the part made of it.
    pub reply: Reply,
    /// Characters that had no room.
    pub left_out: usize,
}

impl Pasted {
    /// A paste where no text goes.
    pub const NOWHERE: Self = Self { reply: Reply::Ignored, left_out: 0 };
}

/// The cells between the start of a label and its value.
pub const LABEL_CELLS: u16 = 18;

/// Writes a label on the first row and returns what is left beside it.
pub fn write_label(frame: &mut Frame<'_>, area: Rect, (label, look): (&str, Look)) -> Rect {
    let beside = LABEL_CELLS.min(area.width);
    let place = Rect { width: beside.saturating_sub(1), ..area };
    write(frame, place, 0, (label, look.style(Role::Quiet)));
    Rect { x: area.x.saturating_add(beside), width: area.width.saturating_sub(beside), ..area }
}

/// The row `index` of an area, when it has one.
#[must_use]
pub fn row(area: Rect, index: usize) -> Option<Rect> {
    let index = u16::try_from(index).ok().filter(|index| *index < area.height)?;
    Some(Rect { y: area.y.saturating_add(index), height: 1, ..area })
}

/// What is left of an area below its first `rows`.
#[must_use]
pub fn below(area: Rect, rows: usize) -> Rect {
    let rows = u16::try_from(rows).unwrap_or(u16::MAX).min(area.height);
    Rect { y: area.y.saturating_add(rows), height: area.height - rows, ..area }
}

/// Writes a text on row `index` of an area, cut to its width; the style of a text fills the row.
pub fn write(frame: &mut Frame<'_>, area: Rect, index: usize, (text, style): (&str, Style)) {
    let Some(row) = row(area, index) else { return };
    let text = text::fit(text, usize::from(row.width));
    if !text.is_empty() {
        let mut pen = Pen::new(frame, row);
        pen.put(&text, style);
        pen.fill(style);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use ratatui::backend::TestBackend;
    use ratatui::{Frame, Terminal};

    /// Draws at every size from 1×1 to 90×30, which must not panic.
    pub(crate) fn draw_at_every_size(draw: impl Fn(&mut Frame<'_>)) {
        for width in (1..24).chain([40, 79, 80, 90]) {
            for height in 1..30 {
                let mut screen = Terminal::new(TestBackend::new(width, height)).unwrap();
                screen.draw(|frame| draw(frame)).unwrap();
            }
        }
    }

    /// What stands on a screen of this size after drawing.
    pub(crate) fn drawn(width: u16, height: u16, draw: impl Fn(&mut Frame<'_>)) -> String {
        let mut screen = Terminal::new(TestBackend::new(width, height)).unwrap();
        screen.draw(|frame| draw(frame)).unwrap();
        screen.backend().to_string()
    }
}
