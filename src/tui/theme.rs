//! How meaning looks: words first, a sign second, colour last.
//!
//! Blue and orange only, which nearly every eye tells apart. Without colour every role still differs
//! by weight or reverse video, and no cell carries any colour at all: the terminal library drops
//! bold and reverse from cells that do when `NO_COLOR` is set.

use std::ffi::OsStr;

use ratatui::style::{Color, Modifier, Style};

const BLUE: Color = Color::Indexed(33);
const ORANGE: Color = Color::Indexed(208);

/// What a piece of text is, which decides how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Plain,
    /// Text that stands back: labels, hints, what is not possible now.
    Quiet,
    /// The name of a screen or a part of it.
    Title,
    /// What has the focus or is chosen in a list.
    Focus,
    /// The name of a key in the footer.
    Key,
    /// A good answer: covered, open, done.
    Good,
    /// A refusal or a danger.
    Bad,
    /// A question somebody must answer.
    Ask,
    /// The bar on top.
    Bar,
    /// A special state in the bar: PRACTICE.
    Special,
}

/// With colour or without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Blue and orange on the terminal's own background.
    Colour,
    /// No colour at all.
    Monochrome,
}

impl Theme {
    /// Chooses by the environment's `NO_COLOR`, which counts when it is set and not empty.
    #[must_use]
    pub fn for_no_color(value: Option<&OsStr>) -> Self {
        match value {
            Some(text) if !text.is_empty() => Self::Monochrome,
            _ => Self::Colour,
        }
    }

    /// The style of a role.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let style = Style::new().add_modifier(weight(role));
        match (self, colour(role)) {
            (Self::Colour, Some(colour)) => style.fg(colour),
            (Self::Colour, None) | (Self::Monochrome, _) => style,
        }
    }
}

/// The colour of a role, where it has one.
fn colour(role: Role) -> Option<Color> {
    match role {
        Role::Good | Role::Key => Some(BLUE),
        Role::Bad | Role::Ask | Role::Special => Some(ORANGE),
        Role::Plain | Role::Quiet | Role::Title | Role::Focus | Role::Bar => None,
    }
}

/// What sets a role apart where there is no colour.
fn weight(role: Role) -> Modifier {
    match role {
        Role::Plain => Modifier::empty(),
        Role::Quiet => Modifier::DIM,
        Role::Title | Role::Key | Role::Good => Modifier::BOLD,
        Role::Focus | Role::Bar => Modifier::REVERSED,
        Role::Ask => Modifier::UNDERLINED,
        Role::Bad => Modifier::BOLD.union(Modifier::UNDERLINED),
        Role::Special => Modifier::BOLD.union(Modifier::REVERSED),
    }
}

/// The sign that goes before a word of this role, for eyes and printers without colour.
#[must_use]
pub fn sign(role: Role) -> &'static str {
    match role {
        Role::Good => "[ok]",
        Role::Bad => "[no]",
        Role::Ask => "[?]",
        Role::Plain | Role::Quiet | Role::Title | Role::Focus | Role::Key | Role::Bar | Role::Special => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    fn the_monochrome_theme_sets_no_colour_at_all(
        #[values(
            Role::Plain,
            Role::Quiet,
            Role::Title,
            Role::Focus,
            Role::Key,
            Role::Good,
            Role::Bad,
            Role::Ask,
            Role::Bar,
            Role::Special
        )]
        role: Role,
    ) {
        let style = Theme::Monochrome.style(role);
        assert_eq!((style.fg, style.bg), (None, None));
    }

    #[test]
    fn good_bad_and_ask_differ_without_colour() {
        let look = |role| (Theme::Monochrome.style(role), sign(role));
        assert_ne!(look(Role::Good), look(Role::Bad));
        assert_ne!(look(Role::Good), look(Role::Ask));
        assert_ne!(look(Role::Bad), look(Role::Ask));
    }

    #[test]
    fn good_is_blue_and_bad_is_orange() {
        assert_eq!(Theme::Colour.style(Role::Good).fg, Some(BLUE));
        assert_eq!(Theme::Colour.style(Role::Bad).fg, Some(ORANGE));
    }

    #[rstest]
    #[case::unset(None, Theme::Colour)]
    #[case::empty(Some(""), Theme::Colour)]
    #[case::one(Some("1"), Theme::Monochrome)]
    #[case::any_word(Some("no"), Theme::Monochrome)]
    fn no_color_counts_when_it_is_set_and_not_empty(#[case] value: Option<&str>, #[case] theme: Theme) {
        assert_eq!(Theme::for_no_color(value.map(OsStr::new)), theme);
    }
}
