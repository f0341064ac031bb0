//! A form: fields, choices and ticks in order, one of them with the keys.
//!
//! Enter accepts an entry and goes to the next, and never commits. Undo goes through the whole form
//! in the order things were changed. A form is put aside by keeping its value.

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::key::{Action, Edit};
use crate::tui::theme::Theme;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::ticks::Ticks;
use crate::tui::widget::{Focus, LABEL_CELLS, Look, Pasted, Reply};

mod kept;
mod silent;

pub use kept::Kept;

/// What entries held last time, by their labels.
pub type LastTime = BTreeMap<&'static str, String>;

/// One entry of a form.
#[derive(Debug, Clone)]
pub enum Entry {
    /// A line of text.
    Text(Field),
    /// One of a list.
    Choice(Choice),
    /// Some of a list.
    Ticks(Ticks),
}

impl Entry {
    /// The label.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Text(field) => field.label(),
            Self::Choice(choice) => choice.label(),
            Self::Ticks(ticks) => ticks.label(),
        }
    }

    fn rows(&self) -> usize {
        match self {
            Self::Text(_) | Self::Choice(_) => 1,
            Self::Ticks(ticks) => ticks.rows(),
        }
    }

    fn edit(&mut self, edit: Edit) -> Reply {
        match self {
            Self::Text(field) => field.edit(edit),
            Self::Choice(choice) => choice.edit(edit),
            Self::Ticks(ticks) => ticks.edit(edit),
        }
    }

    fn act(&mut self, action: Action) -> Reply {
        match self {
            Self::Text(field) => field.act(action),
            Self::Choice(choice) => choice.act(action),
            Self::Ticks(ticks) => ticks.act(action),
        }
    }

    fn undo(&mut self) -> Reply {
        match self {
            Self::Text(field) => field.undo(),
            Self::Choice(choice) => choice.undo(),
            Self::Ticks(ticks) => ticks.undo(),
        }
    }

    fn take_back(&mut self) -> Reply {
        match self {
            Self::Text(field) => field.take_back(),
            Self::Choice(choice) => choice.take_back(),
            Self::Ticks(ticks) => ticks.take_back(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, look: Look) {
        match self {
            Self::Text(field) => field.draw(frame, area, look),
            Self::Choice(choice) => choice.draw(frame, area, look),
            Self::Ticks(ticks) => ticks.draw(frame, area, look),
        }
    }

    fn draw_list(&self, frame: &mut Frame<'_>, area: Rect, look: Look) {
        match self {
            Self::Text(field) => field.draw_list(frame, area, look),
            Self::Choice(choice) => choice.draw_list(frame, area, look),
            Self::Ticks(_) => {}
        }
    }

    fn is_open(&self) -> bool {
        match self {
            Self::Text(field) => field.is_open(),
            Self::Choice(choice) => choice.is_open(),
            Self::Ticks(_) => false,
        }
    }

    fn value(&self) -> String {
        match self {
            Self::Text(field) => field.text().trim().to_owned(),
            Self::Choice(choice) => choice.text().to_owned(),
            Self::Ticks(ticks) => ticks.text(),
        }
    }
}

/// The fewest rows below an entry in which its list is of use.
const LEAST_LIST: u16 = 4;

/// Entries in order, and which of them the keys go to.
#[derive(Debug, Clone, Default)]
pub struct Form {
    entries: Vec<Entry>,
    at: usize,
    changed: Vec<usize>,
    edited: bool,
    hidden: Vec<usize>,
}

impl Form {
    /// A form with the keys at its first entry.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        Self { entries, ..Self::default() }
    }

    /// Tells whether somebody has changed anything since it was made.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.edited
    }

    /// The number of the entry with the keys.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// Gives the keys to another entry.
    pub fn go_to(&mut self, at: usize) {
        self.at = at.min(self.entries.len().saturating_sub(1));
    }

    /// Hides these entries: they keep their values, are not drawn, and the keys pass them by.
    pub fn hide(&mut self, hidden: Vec<usize>) {
        self.hidden = hidden;
    }

    /// Tells whether entry `at` is there to be filled in.
    #[must_use]
    pub fn is_shown(&self, at: usize) -> bool {
        at < self.entries.len() && !self.hidden.contains(&at)
    }

    /// Tells whether a list lies over the form; Enter, Esc and the arrows are its own then.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.entries.get(self.at).is_some_and(Entry::is_open)
    }

    /// What its entries hold, for the next form like it.
    #[must_use]
    pub fn values(&self) -> LastTime {
        let shown = self.entries.iter().enumerate().filter(|(at, _)| self.is_shown(*at));
        let values = shown.map(|(_, entry)| (entry.label(), entry.value()));
        values.filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Keeps what entries with these labels held last time for Ctrl+D.
    pub fn remember(&mut self, last: &LastTime) {
        for entry in &mut self.entries {
            let Some(text) = last.get(entry.label()) else { continue };
            match entry {
                Entry::Text(field) => field.remember(text),
                Entry::Choice(choice) => choice.remember(text),
                Entry::Ticks(ticks) => ticks.remember(text),
            }
        }
    }

    /// Puts another entry in the place of entry `at`, such as a list of other values.
    pub fn replace(&mut self, at: usize, entry: Entry) {
        if let Some(place) = self.entries.get_mut(at) {
            *place = entry;
        }
    }

    /// How many rows the form takes when all of it is seen.
    #[must_use]
    pub fn rows(&self) -> usize {
        let shown = self.entries.iter().enumerate().filter(|(at, _)| self.is_shown(*at));
        shown.map(|(_, entry)| entry.rows()).sum()
    }

    /// Entry number `at`.
    #[must_use]
    pub fn entry(&self, at: usize) -> Option<&Entry> {
        self.entries.get(at)
    }

    /// The text of entry `at`: what was typed, or the chosen value.
    #[must_use]
    pub fn text(&self, at: usize) -> &str {
        match self.entries.get(at) {
            Some(Entry::Text(field)) => field.text().trim(),
            Some(Entry::Choice(choice)) => choice.text(),
            Some(Entry::Ticks(_)) | None => "",
        }
    }

    /// The number of the value chosen in entry `at`.
    #[must_use]
    pub fn chosen(&self, at: usize) -> Option<usize> {
        match self.entries.get(at) {
            Some(Entry::Choice(choice)) => choice.chosen(),
            Some(Entry::Text(_) | Entry::Ticks(_)) | None => None,
        }
    }

    /// The numbers of the lines ticked in entry `at`.
    #[must_use]
    pub fn ticked(&self, at: usize) -> Vec<usize> {
        match self.entries.get(at) {
            Some(Entry::Ticks(ticks)) => ticks.ticked(),
            Some(Entry::Text(_) | Entry::Choice(_)) | None => Vec::new(),
        }
    }

    /// Puts a text into the field at `at`, as if it had been typed there at once.
    pub fn set_text(&mut self, at: usize, text: &str) {
        if let Some(Entry::Text(field)) = self.entries.get_mut(at) {
            let reply = field.set(text);
            self.note(at, reply);
        }
    }

    /// Takes an edit for the entry with the keys.
    pub fn edit(&mut self, edit: Edit) -> Reply {
        self.with_entry(|entry| entry.edit(edit))
    }

    /// Puts a pasted text in where text goes.
    pub fn paste(&mut self, text: &str) -> Pasted {
        let Some(Entry::Text(field)) = self.entries.get_mut(self.at) else { return Pasted::NOWHERE };
        let pasted = field.paste(text);
        self.note(self.at, pasted.reply);
        pasted
    }

    /// Takes the last typed character back.
    pub fn take_back(&mut self) {
        let Some(entry) = self.entries.get_mut(self.at) else { return };
        if entry.take_back() == Reply::NewStep {
            self.changed.pop();
        }
    }

    /// Takes the commands a form understands.
    pub fn act(&mut self, action: Action) -> Reply {
        if action == Action::Undo {
            return self.undo();
        }
        match self.with_entry(|entry| entry.act(action)) {
            Reply::Ignored => {}
            reply => return reply,
        }
        match action {
            Action::Accept | Action::Next | Action::Down => {
                self.go((self.at + 1..self.entries.len()).find(|at| self.is_shown(*at)))
            }
            Action::Previous | Action::Up => self.go((0..self.at).rev().find(|at| self.is_shown(*at))),
            _ => Reply::Ignored,
        }
    }

    /// Draws the entries that fit, the one with the keys among them, and its open list.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let skipped = self.skipped(usize::from(area.height));
        let mut y = area.y;
        let mut list = None;
        for (at, entry) in self.entries.iter().enumerate().skip(skipped).filter(|(at, _)| self.is_shown(*at))
        {
            let left = area.bottom().saturating_sub(y);
            let height = u16::try_from(entry.rows()).unwrap_or(u16::MAX).min(left);
            let place = Rect { y, height, ..area };
            let look = Look { theme, focus: if at == self.at { Focus::Here } else { Focus::Elsewhere } };
            entry.draw(frame, place, look);
            y = y.saturating_add(height);
            if look.focus == Focus::Here {
                list = Some((entry, place, look));
            }
        }
        if let Some((entry, place, look)) = list {
            entry.draw_list(frame, room_for_list(area, place), look);
        }
    }

    /// How many entries stand above the first that is drawn.
    fn skipped(&self, height: usize) -> usize {
        let rows = |from: usize| -> usize {
            let shown = self.entries.iter().enumerate().filter(|(at, _)| self.is_shown(*at));
            shown.filter(|(at, _)| (from..=self.at).contains(at)).map(|(_, entry)| entry.rows()).sum()
        };
        (0..=self.at).find(|from| rows(*from) <= height).unwrap_or(self.at)
    }

    fn go(&mut self, to: Option<usize>) -> Reply {
        let Some(to) = to else { return Reply::Ignored };
        self.at = to;
        Reply::Moved
    }

    fn undo(&mut self) -> Reply {
        let Some(at) = self.changed.pop() else { return Reply::Ignored };
        self.at = at;
        self.entries.get_mut(at).map_or(Reply::Ignored, Entry::undo)
    }

    fn with_entry(&mut self, does: impl FnOnce(&mut Entry) -> Reply) -> Reply {
        let Some(entry) = self.entries.get_mut(self.at) else { return Reply::Ignored };
        let reply = does(entry);
        self.note(self.at, reply);
        reply
    }

    fn note(&mut self, at: usize, reply: Reply) {
        if reply == Reply::NewStep {
            self.changed.push(at);
        }
        self.edited |= matches!(reply, Reply::NewStep | Reply::Changed);
    }
}

/// Where an entry's list goes: below it, or over what is above it where there is clearly more room.
fn room_for_list(area: Rect, entry: Rect) -> Rect {
    let beside = LABEL_CELLS.min(area.width);
    let (x, width) = (area.x.saturating_add(beside), area.width.saturating_sub(beside));
    let (above, below) = (entry.y.saturating_sub(area.y), area.bottom().saturating_sub(entry.bottom()));
    if below >= LEAST_LIST || below >= above {
        return Rect { x, y: entry.bottom(), width, height: below };
    }
    Rect { x, y: area.y, width, height: above }
}

#[cfg(test)]
mod tests;
