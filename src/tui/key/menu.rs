//! The go menu (Ctrl+G): every command behind a letter, for terminals that keep function keys to themselves.
//!
//! It offers only what this program has.

use crate::tui::key::{Action, Place};

/// One line of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The letter or digit that chooses it.
    pub letter: char,
    /// What it does.
    pub label: &'static str,
    /// What it means.
    pub action: Action,
}

const fn item(letter: char, label: &'static str, action: Action) -> Item {
    Item { letter, label, action }
}

/// The menu, in the order it is shown.
pub const MENU: &[Item] = &[
    item('1', "Lookup", Action::Go(Place::Lookup)),
    item('2', "Eligibility", Action::Go(Place::Eligibility)),
    item('3', "Case", Action::Go(Place::Case)),
    item('4', "Issue", Action::Go(Place::Issue)),
    item('5', "Queue", Action::Go(Place::Queue)),
    item('t', "Today's line", Action::Go(Place::Line)),
    item('a', "Appointment", Action::Go(Place::Appointment)),
    item('c', "Care plan", Action::Go(Place::Plan)),
    item('6', "Stock", Action::Go(Place::Stock)),
    item('7', "Day", Action::Go(Place::Day)),
    item('0', "Set-up", Action::Go(Place::Setup)),
    item('f', "find", Action::Find),
    item('n', "new case", Action::NewCase),
    item('s', "do what F9 does here", Action::Commit),
    item('r', "check again", Action::Recheck),
    item('e', "why? every rule", Action::Why),
    item('o', "other steps of this case", Action::Steps),
    item('p', "print", Action::Print),
    item('k', "park this form", Action::Park),
    item('l', "list of parked forms", Action::Parked),
    item('v', "values for this field", Action::Values),
    item('d', "same as last time", Action::SameAsLast),
    item('z', "undo", Action::Undo),
    item('b', "back", Action::Back),
    item('h', "help", Action::Help),
    item('q', "quit", Action::Quit),
];

/// What a letter chooses, in either case.
#[must_use]
pub fn choose(letter: char) -> Option<Action> {
    let letter = letter.to_ascii_lowercase();
    MENU.iter().find(|item| item.letter == letter).map(|item| item.action)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_letter_chooses_one_thing() {
        let letters: HashSet<_> = MENU.iter().map(|item| item.letter).collect();
        assert_eq!(letters.len(), MENU.len());
    }

    #[test]
    fn capitals_choose_too_and_other_letters_nothing() {
        assert_eq!(choose('Q'), Some(Action::Quit));
        assert_eq!(choose('j'), None);
    }
}
