//! The line of keys: what is possible now stands bright, the rest dimmed, and a dimmed key says why.

use std::borrow::Cow;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::paper::text;
use crate::tui::key::{self, Action};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::pen::Pen;
use crate::tui::widget::row;

/// The cells between two commands.
const GAP: usize = 2;

/// One command of a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The command.
    pub action: Action,
    /// What it is called here; the screen's verb for F9.
    pub label: Cow<'static, str>,
    /// Whether it can be done now.
    pub possible: Possible,
}

/// Whether something can be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Possible {
    /// It can.
    Yes,
    /// It cannot: why, and what to do.
    No(Cow<'static, str>),
}

impl Offer {
    /// A command that can be done, under the table's own name.
    #[must_use]
    pub fn yes(action: Action) -> Self {
        Self { action, label: Cow::Borrowed(key::label_of(action)), possible: Possible::Yes }
    }

    /// A command that cannot be done now, and why.
    #[must_use]
    pub fn no(action: Action, why: impl Into<Cow<'static, str>>) -> Self {
        Self { possible: Possible::No(why.into()), ..Self::yes(action) }
    }

    /// The same command under a name of its own.
    #[must_use]
    pub fn called(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = label.into();
        self
    }
}

/// Why a command cannot be done now; nothing when it can.
///
/// A command that the screen does not offer at all has its reason too.
#[must_use]
pub fn refusal(offers: &[Offer], action: Action) -> Option<String> {
    match offers.iter().find(|offer| offer.action == action) {
        Some(Offer { possible: Possible::Yes, .. }) => None,
        Some(Offer { possible: Possible::No(why), .. }) => Some(why.clone().into_owned()),
        None => Some(format!("\"{}\" does nothing on this screen.", key::label_of(action))),
    }
}

/// Draws the offers in their order as far as they fit, and the menu that has them all.
pub fn draw(frame: &mut Frame<'_>, area: Rect, (offers, theme): (&[Offer], Theme)) {
    let Some(row) = row(area, 0) else { return };
    let menu = Offer::yes(Action::Menu);
    let cells = |name: &str, offer: &Offer| text::width(name) + 1 + text::width(&offer.label) + GAP;
    let menu_key = key::name_of(Action::Menu);
    let mut left = (usize::from(row.width) + GAP).saturating_sub(cells(&menu_key, &menu));
    let mut pen = Pen::new(frame, row);
    for offer in offers.iter().filter(|offer| offer.action != Action::Menu) {
        let key = key::name_of(offer.action);
        let Some(rest) = left.checked_sub(cells(&key, offer)) else { break };
        left = rest;
        put(&mut pen, (&key, offer), theme);
    }
    put(&mut pen, (&menu_key, &menu), theme);
}

fn put(pen: &mut Pen<'_>, (key, offer): (&str, &Offer), theme: Theme) {
    let (name, label) = match offer.possible {
        Possible::Yes => (Role::Key, Role::Plain),
        Possible::No(_) => (Role::Quiet, Role::Quiet),
    };
    pen.put(key, theme.style(name));
    for text in [" ", &offer.label, "  "] {
        pen.put(text, theme.style(label));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::tests::{draw_at_every_size, drawn};
    use ratatui::style::Modifier;
    use ratatui::{Terminal, backend::TestBackend};

    fn offers() -> Vec<Offer> {
        vec![
            Offer::no(Action::Commit, "Tick at least one part first.").called("Record"),
            Offer::yes(Action::NewCase),
            Offer::yes(Action::Why),
        ]
    }

    #[test]
    fn the_keys_stand_in_their_order_with_the_menu_last() {
        let shown = drawn(60, 1, |frame| draw(frame, frame.area(), (&offers(), Theme::Monochrome)));
        insta::assert_snapshot!(shown, @r#""F9 Record  F6 new case  F8 why?  Ctrl+G menu                ""#);
        let shown = drawn(36, 1, |frame| draw(frame, frame.area(), (&offers(), Theme::Monochrome)));
        insta::assert_snapshot!(shown, @r#""F9 Record  F6 new case  Ctrl+G menu ""#);
    }

    #[test]
    fn what_is_not_possible_is_dimmed_and_says_why() {
        let mut screen = Terminal::new(TestBackend::new(60, 1)).unwrap();
        screen.draw(|frame| draw(frame, frame.area(), (&offers(), Theme::Monochrome))).unwrap();
        let dimmed = |x| screen.backend().buffer()[(x, 0)].modifier.contains(Modifier::DIM);
        assert!(dimmed(0) && dimmed(4));
        assert!(!dimmed(11));
        assert_eq!(refusal(&offers(), Action::Commit).unwrap(), "Tick at least one part first.");
        assert_eq!(refusal(&offers(), Action::NewCase), None);
        assert_eq!(refusal(&offers(), Action::Print).unwrap(), "\"print\" does nothing on this screen.");
    }

    #[test]
    fn a_footer_draws_at_every_size() {
        draw_at_every_size(|frame| draw(frame, frame.area(), (&offers(), Theme::Colour)));
    }
}
