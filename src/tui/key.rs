//! The one table of keys: what each means, what it is called, and which twin does the same.
//!
//! Footer, help and tests read it; no key is compared anywhere else. Text fields get what the
//! table leaves over, as an [`Edit`].

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub mod menu;

/// What a person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Help for this field and screen.
    Help,
    /// Go to the look-up field.
    Find,
    /// One level back; an edited form is parked, never thrown away.
    Back,
    /// The list of values for this field.
    Values,
    /// Ask the rules again, now.
    Recheck,
    /// A new case from what is on screen.
    NewCase,
    /// Put this form aside.
    Park,
    /// The list of forms put aside.
    Parked,
    /// Every rule and its clause.
    Why,
    /// The screen's verb.
    Commit,
    /// Lock the screen.
    Lock,
    /// The menu that reaches every command by a letter.
    Menu,
    /// Print or reprint this object.
    Print,
    /// The value this field had last time.
    SameAsLast,
    /// Take the last change in this form back.
    Undo,
    /// Leave the program.
    Quit,
    /// Accept this field and go to the next one; never commits.
    Accept,
    /// The next field.
    Next,
    /// The field before.
    Previous,
    /// Up a line.
    Up,
    /// Down a line.
    Down,
    /// Left a character.
    Left,
    /// Right a character.
    Right,
    /// Up a page.
    PageUp,
    /// Down a page.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// The list of all other steps of a case.
    Steps,
    /// Show another screen.
    Go(Place),
}

/// A screen the menu goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// One field that finds everything.
    Lookup,
    /// The verdict and why.
    Eligibility,
    /// The form and the state of a case.
    Case,
    /// Handing the new unit out.
    Issue,
    /// The open cases, longest wait first.
    Queue,
    /// The line at the counter.
    Line,
    /// The appointment of the case.
    Appointment,
    /// The plan of the device.
    Plan,
    /// The shelf.
    Stock,
    /// The day's figures.
    Day,
    /// This counter's name.
    Setup,
}

/// A change to the text under the cursor: the keys the table leaves over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Puts a character in.
    Insert(char),
    /// Removes the character before the cursor.
    Backspace,
    /// Removes the character at the cursor.
    Delete,
    /// Removes the word before the cursor.
    DeleteWord,
    /// Removes everything.
    Clear,
    /// Goes a word to the left.
    WordLeft,
    /// Goes a word to the right.
    WordRight,
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The key.
    pub code: KeyCode,
    /// What is held down with it.
    pub with: KeyModifiers,
    /// What it means.
    pub action: Action,
    /// What it does, in a word or three.
    pub label: &'static str,
}

const NONE: KeyModifiers = KeyModifiers::NONE;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

const fn key(code: KeyCode, with: KeyModifiers, action: Action, label: &'static str) -> Binding {
    Binding { code, with, action, label }
}

/// Every key that means something; the first row of an action is its name in the footer.
pub const BINDINGS: &[Binding] = &[
    key(KeyCode::F(1), NONE, Action::Help, "help"),
    key(KeyCode::F(2), NONE, Action::Find, "find"),
    key(KeyCode::Char('f'), CTRL, Action::Find, "find"),
    key(KeyCode::Esc, NONE, Action::Back, "back"),
    key(KeyCode::F(3), NONE, Action::Back, "back"),
    key(KeyCode::F(4), NONE, Action::Values, "values"),
    key(KeyCode::Down, KeyModifiers::ALT, Action::Values, "values"),
    key(KeyCode::F(5), NONE, Action::Recheck, "check again"),
    key(KeyCode::Char('r'), CTRL, Action::Recheck, "check again"),
    key(KeyCode::F(6), NONE, Action::NewCase, "new case"),
    key(KeyCode::Char('n'), CTRL, Action::NewCase, "new case"),
    key(KeyCode::F(7), NONE, Action::Park, "park"),
    key(KeyCode::Char('k'), CTRL, Action::Park, "park"),
    key(KeyCode::F(8), NONE, Action::Why, "why?"),
    key(KeyCode::Char('e'), CTRL, Action::Why, "why?"),
    key(KeyCode::F(9), NONE, Action::Commit, "do it"),
    key(KeyCode::Char('s'), CTRL, Action::Commit, "do it"),
    key(KeyCode::F(12), NONE, Action::Lock, "lock"),
    key(KeyCode::Char('g'), CTRL, Action::Menu, "menu"),
    key(KeyCode::Char('p'), CTRL, Action::Print, "print"),
    key(KeyCode::Char('d'), CTRL, Action::SameAsLast, "same as last time"),
    key(KeyCode::Char('z'), CTRL, Action::Undo, "undo"),
    key(KeyCode::Char('q'), CTRL, Action::Quit, "quit"),
    key(KeyCode::Char('c'), CTRL, Action::Quit, "quit"),
    key(KeyCode::Enter, NONE, Action::Accept, "accept"),
    key(KeyCode::Tab, NONE, Action::Next, "next field"),
    key(KeyCode::BackTab, NONE, Action::Previous, "field before"),
    key(KeyCode::Up, NONE, Action::Up, "up"),
    key(KeyCode::Down, NONE, Action::Down, "down"),
    key(KeyCode::Left, NONE, Action::Left, "left"),
    key(KeyCode::Right, NONE, Action::Right, "right"),
    key(KeyCode::PageUp, NONE, Action::PageUp, "page up"),
    key(KeyCode::PageDown, NONE, Action::PageDown, "page down"),
    key(KeyCode::Home, NONE, Action::First, "first"),
    key(KeyCode::End, NONE, Action::Last, "last"),
];

/// Keys inside a text that are no characters.
const EDITS: &[(KeyCode, KeyModifiers, Edit)] = &[
    (KeyCode::Backspace, NONE, Edit::Backspace),
    // Some terminals send Ctrl-H for the Backspace key.
    (KeyCode::Char('h'), CTRL, Edit::Backspace),
    (KeyCode::Delete, NONE, Edit::Delete),
    (KeyCode::Char('w'), CTRL, Edit::DeleteWord),
    (KeyCode::Backspace, KeyModifiers::ALT, Edit::DeleteWord),
    (KeyCode::Char('u'), CTRL, Edit::Clear),
    (KeyCode::Left, CTRL, Edit::WordLeft),
    (KeyCode::Right, CTRL, Edit::WordRight),
];

/// What a pressed key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A command of the table.
    Act(Action),
    /// A change to the text under the cursor.
    Edit(Edit),
    /// Nothing here.
    Nothing,
}

/// Looks a key up in the tables.
#[must_use]
pub fn meaning(event: KeyEvent) -> Meaning {
    let (code, with) = plain(event);
    if let Some(binding) = BINDINGS.iter().find(|b| b.code == code && b.with == with) {
        return Meaning::Act(binding.action);
    }
    if let Some((_, _, edit)) = EDITS.iter().find(|(c, w, _)| *c == code && *w == with) {
        return Meaning::Edit(*edit);
    }
    character(event).map_or(Meaning::Nothing, |c| Meaning::Edit(Edit::Insert(c)))
}

/// The character a key types, when it types one.
#[must_use]
pub fn character(event: KeyEvent) -> Option<char> {
    // AltGr arrives as Ctrl+Alt on some systems and is part of typing there.
    let alt_gr = KeyModifiers::CONTROL | KeyModifiers::ALT;
    let held = event.modifiers - KeyModifiers::SHIFT;
    match event.code {
        KeyCode::Char(c) if !c.is_control() && (held.is_empty() || held == alt_gr) => Some(c),
        _ => None,
    }
}

/// Tells whether a key is one that scanners send after the code: Enter, Tab or a line feed.
#[must_use]
pub fn ends_scan(event: KeyEvent) -> bool {
    match event.code {
        KeyCode::Enter | KeyCode::Tab => event.modifiers.is_empty(),
        KeyCode::Char('j') => event.modifiers == CTRL,
        _ => false,
    }
}

/// A key as the tables write it: Shift matters to none of them, nor does the case of a Ctrl letter.
fn plain(event: KeyEvent) -> (KeyCode, KeyModifiers) {
    let with = event.modifiers - KeyModifiers::SHIFT;
    match event.code {
        KeyCode::Char(c) if with == CTRL => (KeyCode::Char(c.to_ascii_lowercase()), with),
        KeyCode::Tab if event.modifiers == KeyModifiers::SHIFT => (KeyCode::BackTab, NONE),
        code => (code, with),
    }
}

/// The name of the key that does `action`, as printed in the footer: `F9`, `Ctrl+P`, `Ctrl+G 5`.
#[must_use]
pub fn name_of(action: Action) -> String {
    let bound = BINDINGS.iter().find(|b| b.action == action).map(Binding::name);
    let in_menu = || menu::MENU.iter().find(|item| item.action == action);
    bound.or_else(|| in_menu().map(|item| format!("Ctrl+G {}", item.letter))).unwrap_or_default()
}

/// The label of `action`.
#[must_use]
pub fn label_of(action: Action) -> &'static str {
    let bound = BINDINGS.iter().find(|b| b.action == action).map(|b| b.label);
    bound
        .or_else(|| menu::MENU.iter().find(|item| item.action == action).map(|item| item.label))
        .unwrap_or("")
}

impl Binding {
    /// The key's name as staff know it.
    #[must_use]
    pub fn name(&self) -> String {
        let held = match self.with {
            CTRL => "Ctrl+",
            KeyModifiers::ALT => "Alt+",
            _ => "",
        };
        let key = match self.code {
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::Char(c) => c.to_ascii_uppercase().to_string(),
            KeyCode::BackTab => "Shift+Tab".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            code => format!("{code:?}"),
        };
        format!("{held}{key}")
    }
}

#[cfg(test)]
mod tests;
