//! Lookup: one field, always ready for a scanner, that finds devices by all they are known by.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::card::Card;
use crate::desk::search::Hit;
use crate::domain::edition::Edition;
use crate::paper::text;
use crate::repository::request::Parked;
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::{Scan, shape_of};
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::widget::field::Field;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::notice::Notice;

mod card;
mod draw;
mod hits;

pub use card::Shown;
use hits::{Hits, is_stock};

/// Texts shorter than this are not searched for.
const LEAST: usize = 3;

/// The lookup screen.
#[derive(Debug, Clone)]
pub struct LookupPage {
    field: Field,
    /// The text whose hits are waited for or shown.
    asked: String,
    below: Below,
    /// The list a card was picked from, for Esc.
    picked_from: Option<Hits>,
    /// Enter was pressed before the hits were there.
    hurry: bool,
}

/// What stands below the field.
#[derive(Debug, Clone)]
enum Below {
    Hint,
    List(Hits, Option<Box<Shown>>),
    Card(Box<Shown>),
    Stock(Hit),
}

impl LookupPage {
    /// A lookup that searches for `text` at once; nothing for an empty one.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let field = Field::new("Find", 80).with_text(text);
        Self { field, asked: String::new(), below: Below::Hint, picked_from: None, hurry: false }
    }

    fn shown(&self) -> Option<&Shown> {
        match &self.below {
            Below::Card(shown) => Some(shown),
            Below::List(_, shown) => shown.as_deref(),
            Below::Hint | Below::Stock(_) => None,
        }
    }

    /// Looks for what the field holds; too short a text shows what was there before.
    fn search(&mut self) -> Vec<Want> {
        self.hurry = false;
        self.picked_from = None;
        let text = self.field.text().trim().to_owned();
        // Two characters are a whole name in Chinese, Japanese or Korean.
        let letters = text.chars().count();
        if letters < LEAST && text::width(&text) == letters {
            self.asked.clear();
            if let Below::List(..) | Below::Stock(_) = self.below {
                self.below = Below::Hint;
            }
            return Vec::new();
        }
        self.look_up(text)
    }

    fn look_up(&mut self, text: String) -> Vec<Want> {
        self.asked.clone_from(&text);
        vec![Want::Do(Effect::LookUp(text))]
    }

    /// Goes to what was scanned, or typed in whole.
    fn go_to(&mut self, scan: &Scan) -> Vec<Want> {
        self.asked.clear();
        match scan {
            Scan::Serial(serial) => vec![Want::Do(Effect::Card(serial.to_string()))],
            Scan::Case(number) => vec![Want::Open(Destination::Case(number.clone()))],
            Scan::Stock(label) => {
                self.field.set(label);
                self.look_up(label.clone())
            }
        }
    }

    fn accept(&mut self) -> Vec<Want> {
        let text = self.field.text().trim().to_owned();
        match &self.below {
            Below::List(hits, _) if hits.text == text && !hits.is_empty() => {
                let serial = hits.marked().filter(|hit| !is_stock(hit)).map(|hit| hit.serial.clone());
                serial.map(|serial| self.pick(serial)).unwrap_or_default()
            }
            Below::Card(_) if text == self.asked && !text.is_empty() => {
                // The card is what was typed; the field is free for the next.
                self.field.set("");
                Vec::new()
            }
            Below::Card(shown) if text.is_empty() => from_card(shown),
            _ if text.is_empty() => Vec::new(),
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
    fn pick(&mut self, serial: String) -> Vec<Want> {
        if let Below::List(hits, _) = std::mem::replace(&mut self.below, Below::Hint) {
            self.picked_from = Some(hits);
        }
        self.field.set("");
        vec![Want::Do(Effect::Card(serial))]
    }

    /// Esc: the list a card came from, else an empty field, else an empty screen.
    fn back(&mut self) -> Vec<Want> {
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

    fn found(&mut self, text: String, hits: Vec<Hit>) -> Vec<Want> {
        let hits = Hits::new(text, hits);
        let hurry = std::mem::take(&mut self.hurry) && hits.len() == 1;
        let certain = hits.certain().or_else(|| hits.marked().filter(|_| hurry)).cloned();
        match certain {
            Some(hit) if is_stock(&hit) => {
                self.below = Below::Stock(hit);
                Vec::new()
            }
            Some(hit) => {
                // The list stands until the card is there, which is before the next frame.
                self.below = Below::Hint;
                vec![Want::Do(Effect::Card(hit.serial))]
            }
            None => {
                let wants = preview(&hits);
                self.below = Below::List(hits, None);
                wants
            }
        }
    }

    fn card(&mut self, serial: String, card: Option<Box<(Card, Edition)>>) -> Vec<Want> {
        match (card, &mut self.below) {
            (Some(known), Below::List(hits, shown)) if !self.asked.is_empty() => {
                if hits.marked().is_some_and(|hit| hit.serial == serial) {
                    *shown = Some(shown_of(*known));
                }
                Vec::new()
            }
            (Some(known), _) => {
                if self.asked.is_empty() {
                    self.field.set("");
                }
                self.below = Below::Card(shown_of(*known));
                Vec::new()
            }
            (None, Below::List(..)) if !self.asked.is_empty() => Vec::new(),
            (None, _) => {
                // Not a customer's device: a unit on the shelf, or misread.
                self.field.set(&serial);
                self.look_up(serial)
            }
        }
    }

    fn new_case(&self, seen: &Seen<'_>) -> Offer {
        match self.shown() {
            None => Offer::no(Action::NewCase, "No device is on screen: scan its serial first"),
            Some(_) if seen.shop.counter.is_none() => {
                Offer::no(Action::NewCase, "This counter has no name yet: give it one with Ctrl+G 0")
            }
            Some(shown) => match (shown.successor(), shown.open_case()) {
                (Some(newest), _) => Offer::no(
                    Action::NewCase,
                    format!(
                        "This unit was replaced and is retired: take the case on {newest}, Enter goes there"
                    ),
                ),
                (None, Some((number, _))) => Offer::no(
                    Action::NewCase,
                    format!("Case {number} is open on this device: Enter opens it"),
                ),
                (None, None) => Offer::yes(Action::NewCase),
            },
        }
    }
}

/// The card of the marked row, to be seen below the list.
fn preview(hits: &Hits) -> Vec<Want> {
    let hit = hits.marked().filter(|hit| !is_stock(hit));
    hit.map(|hit| Want::Do(Effect::Card(hit.serial.clone()))).into_iter().collect()
}

fn shown_of((card, edition): (Card, Edition)) -> Box<Shown> {
    Box::new(Shown { card, edition })
}

/// Enter on a card: the unit that stands in for it, else the open case.
fn from_card(shown: &Shown) -> Vec<Want> {
    match (shown.successor(), shown.open_case()) {
        (Some(newest), _) => vec![Want::Do(Effect::Card(newest.to_owned()))],
        (None, Some((number, _))) => vec![Want::Open(Destination::Case(number.to_owned()))],
        (None, None) => vec![Want::Say(Notice::info("No case is open on this device. F6 starts one."))],
    }
}

fn failed(sorry: &Sorry) -> Vec<Want> {
    vec![Want::Say(Notice::refused("The search failed.", &sorry.say))]
}

impl Page for LookupPage {
    fn title(&self) -> &'static str {
        "Lookup"
    }

    fn open(&mut self, _seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        if let Below::Card(shown) = &self.below {
            return vec![Want::Do(Effect::Card(shown.card.serial.clone()))];
        }
        match shape_of(self.field.text()) {
            Some(Scan::Serial(serial)) => vec![Want::Do(Effect::Card(serial.to_string()))],
            _ => self.search(),
        }
    }

    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer> {
        let why = match self.shown() {
            Some(_) => Offer::yes(Action::Why),
            None => Offer::no(Action::Why, "No device is on screen: scan its serial first"),
        };
        let mut offers = Vec::new();
        let typed = !self.field.text().is_empty();
        match &self.below {
            Below::List(hits, _) if !hits.is_empty() => {
                offers.push(Offer::yes(Action::Accept).called("open"));
            }
            Below::Card(shown) if !typed && shown.successor().is_some() => {
                offers.push(Offer::yes(Action::Accept).called("new unit"));
            }
            Below::Card(shown) if !typed && shown.open_case().is_some() => {
                offers.push(Offer::yes(Action::Accept).called("open case"));
            }
            _ => {}
        }
        offers.extend([self.new_case(seen), why]);
        if seen.shop.parked > 0 {
            offers.push(Offer::yes(Action::Park).called("parked forms"));
        }
        offers.extend([Offer::yes(Action::Recheck), Offer::yes(Action::Help), Offer::yes(Action::Quit)]);
        offers
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Accept => self.accept(),
            Action::Back => self.back(),
            Action::Recheck => match &self.below {
                Below::Card(shown) => vec![Want::Do(Effect::Card(shown.card.serial.clone()))],
                Below::Hint | Below::List(..) | Below::Stock(_) => self.search(),
            },
            Action::NewCase => self.shown().map_or_else(Vec::new, |shown| {
                let (card, edition) = (Box::new(shown.card.clone()), Box::new(shown.edition.clone()));
                vec![Want::Open(Destination::NewCase(card, edition))]
            }),
            Action::Why => self.shown().map_or_else(Vec::new, |shown| {
                vec![Want::Open(Destination::Eligibility(shown.card.serial.clone()))]
            }),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => match &mut self.below {
                Below::List(hits, shown) => {
                    hits.list.act(action);
                    *shown = None;
                    preview(hits)
                }
                Below::Hint | Below::Card(_) | Below::Stock(_) => Vec::new(),
            },
            Action::Undo | Action::SameAsLast => {
                self.field.act(action);
                self.search()
            }
            other => {
                self.field.act(other);
                Vec::new()
            }
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        self.field.edit(edit);
        self.search()
    }

    fn take_back(&mut self) {
        self.field.take_back();
        self.asked.clear();
    }

    fn paste(&mut self, text: &str, _seen: &Seen<'_>) -> Vec<Want> {
        self.field.paste(text);
        self.search()
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        self.field.set("");
        self.picked_from = None;
        self.hurry = false;
        if let Below::List(..) | Below::Stock(_) = self.below {
            self.below = Below::Hint;
        }
        self.go_to(scan)
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Found(text, Ok(hits)) if text == self.asked => self.found(text, hits),
            Answer::Found(text, Err(sorry)) if text == self.asked => failed(&sorry),
            Answer::Card(serial, Ok(card)) => self.card(serial, card),
            Answer::Card(_, Err(sorry)) => failed(&sorry),
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        self.draw_all(frame, area, seen);
    }

    fn form(&self) -> Option<Parked> {
        None
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn question(&self) -> Option<u64> {
        None
    }

    fn help(&self) -> Vec<String> {
        [
            "Scan a serial, a case number or a stock label at any time; the field need not be touched.",
            "Or type: a whole serial, its start, its last four characters, a case or plan number, a phone \
             number or a name. One match opens the device; several make a list that narrows as you type.",
            "F6 starts a case on the device on screen. F8 shows every rule and lets you try other causes. \
             Enter goes to the newer unit or to the open case, where there is one.",
            "The first line says what would be open if the device came in today after an accident and its \
             owner brought it. A plan stays with the unit that replaced another (C26), and with its owner (C18).",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests;
