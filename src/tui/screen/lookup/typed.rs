//! What the keys do to the field of the lookup, and to the list or card below it.

use crate::tui::effect::Effect;
use crate::tui::key::Action;
use crate::tui::scan::shape_of;
use crate::tui::screen::lookup::hits::is_stock;
use crate::tui::screen::lookup::{Below, LAST, LookupPage, ROOM, Shown, preview, say};
use crate::tui::screen::{Destination, Seen, Want};
use crate::tui::widget::Reply;
use crate::tui::widget::field::Field;
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;

impl LookupPage {
    pub(super) fn accept(&mut self) -> Vec<Want> {
        let text = self.field.text().trim().to_owned();
        match &self.below {
            Below::List(hits, _) if hits.text == text && !hits.is_empty() => {
                let serial = hits.marked().filter(|hit| !is_stock(hit)).map(|hit| hit.serial.clone());
                match serial {
                    Some(serial) => self.pick(serial),
                    None => say("This is a unit of our stock.", "Scan it on the screen that hands out."),
                }
            }
            Below::Card(_) if text == self.asked && !text.is_empty() => {
                // The card is what was typed; the field is free for the next.
                self.empty_field();
                Vec::new()
            }
            Below::Card(shown) if text.is_empty() => from_card(shown),
            _ if text.is_empty() => say("Nothing is typed yet.", "Scan a unit, or type what you know of it."),
            _ => {
                if let Some(scan) = shape_of(&text) {
                    return self.go_to(&scan);
                }
                let wants = self.look_up(text);
                self.hurry = true;
                wants
            }
        }
    }

    /// Opens a row of the list.
    pub(super) fn pick(&mut self, serial: String) -> Vec<Want> {
        if let Below::List(hits, _) = std::mem::replace(&mut self.below, Below::Hint) {
            self.picked_from = Some(hits);
        }
        self.empty_field();
        vec![Want::Do(Effect::Card(serial))]
    }

    /// The field is free for the next; what the program took out is nothing to undo.
    pub(super) fn empty_field(&mut self) {
        self.field = Field::new("Find", ROOM);
    }

    /// Ctrl+Z and Ctrl+D: only the typed text is another, a card stays until something else is found.
    pub(super) fn retype(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        if let Some(last) = seen.last.get(LAST) {
            self.field.remember(last);
        }
        match (self.field.act(action), action) {
            (Reply::Ignored, Action::Undo) => {
                say("Nothing was typed here that could be undone.", "Esc empties the screen.")
            }
            (Reply::Ignored, _) => {
                say("Nothing was looked for before that could come back.", "Type what you know of the unit.")
            }
            _ => self.search(),
        }
    }

    pub(super) fn move_mark(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        match &mut self.below {
            Below::List(hits, shown) if !hits.is_empty() => {
                hits.list.act(action);
                *shown = None;
                preview(hits)
            }
            Below::Hint if !seen.tasks.is_empty() => {
                let mut to = List::new(seen.tasks.len()).with_at(self.above);
                to.act(action);
                self.above = to.at().unwrap_or(0);
                Vec::new()
            }
            _ => say("No list is on screen.", "Type more or less of a name or a serial to get one."),
        }
    }

    /// Esc: the list a card came from, else an empty field, else an empty screen.
    pub(super) fn back(&mut self) -> Vec<Want> {
        if let Some(hits) = self.picked_from.take() {
            self.field.set(&hits.text);
            self.asked.clone_from(&hits.text);
            let wants = preview(&hits);
            self.below = Below::List(hits, None);
            return wants;
        }
        let over = self.field.text().is_empty() || !matches!(self.below, Below::Card(_));
        self.field.set("");
        self.asked.clear();
        if over {
            self.below = Below::Hint;
        }
        Vec::new()
    }
}

/// Enter on a card: the unit that stands in for it, else the open case.
fn from_card(shown: &Shown) -> Vec<Want> {
    match (shown.successor(), shown.open_case()) {
        (Some(newest), _) => vec![Want::Do(Effect::Card(newest.to_owned()))],
        (None, Some((number, _))) => vec![Want::Open(Destination::Case(number.to_owned()))],
        (None, None) => vec![Want::Say(Notice::info("No case is open on this device. F6 starts one."))],
    }
}
