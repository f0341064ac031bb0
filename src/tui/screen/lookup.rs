//! Lookup: one field, always ready for a scanner, that finds devices by all they are known by.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::search::Hit;
use crate::domain::writing::Writing;
use crate::paper::text;
use crate::tui::effect::{Answer, Effect, Ground, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::{Scan, shape_of};
use crate::tui::screen::sorry::pasted;
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::widget::field::Field;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::form::LastTime;
use crate::tui::widget::notice::Notice;

mod card;
mod draw;
mod hits;
mod typed;

pub use card::Shown;
use hits::{Hits, bad_case_number, is_stock};

/// By what the last device is kept for Ctrl+D.
const LAST: &str = "Find";

/// Characters of the field.
const ROOM: usize = Writing::Sought.most();

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
    /// Lines of what one can try that are scrolled away.
    above: usize,
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
        let field = Field::new("Find", ROOM).with_text(text);
        Self { field, asked: String::new(), below: Below::Hint, picked_from: None, hurry: false, above: 0 }
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
            Scan::Case(number) => match bad_case_number(number) {
                Some(why) => {
                    let next = "Read it again, or find the case in the queue (Ctrl+G 5).";
                    vec![Want::Say(Notice::refused(&why, next))]
                }
                None => vec![Want::Open(Destination::Case(number.clone()))],
            },
            Scan::Stock(label) => {
                self.field.set(label);
                self.look_up(label.clone())
            }
        }
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

    fn card(&mut self, serial: String, card: Option<Box<Ground>>) -> Vec<Want> {
        match (card, &mut self.below) {
            (Some(known), Below::List(hits, shown)) if !self.asked.is_empty() => {
                if hits.marked().is_some_and(|hit| hit.serial == serial) {
                    *shown = Some(shown_of(*known));
                }
                Vec::new()
            }
            (Some(known), _) => {
                if self.asked.is_empty() {
                    self.empty_field();
                }
                self.below = Below::Card(shown_of(*known));
                vec![Want::Remember(LastTime::from([(LAST, serial)]))]
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

fn shown_of((card, edition): Ground) -> Box<Shown> {
    Box::new(Shown { card, edition })
}

fn say(says: &str, next: &str) -> Vec<Want> {
    vec![Want::Say(Notice::refused(says, next))]
}

fn failed(sorry: &Sorry) -> Vec<Want> {
    vec![Want::Say(Notice::refused("The search failed.", &sorry.say))]
}

impl Page for LookupPage {
    fn title(&self) -> &'static str {
        "Lookup"
    }

    fn open(&mut self, seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        if seen.shop.empty && self.field.text().is_empty() {
            return vec![Want::Do(Effect::Counts)];
        }
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
        if self.shown().is_some() {
            offers.push(Offer::yes(Action::Commit).called("plan"));
        }
        if seen.shop.parked > 0 {
            offers.push(Offer::yes(Action::Park).called("parked forms"));
        }
        offers.extend([Offer::yes(Action::Recheck), Offer::yes(Action::Help), Offer::yes(Action::Quit)]);
        let no_list = "There is no list of values here: type a serial, a number or a name. Ctrl+G 5 lists the open cases.";
        offers.push(Offer::no(Action::Values, no_list));
        offers
    }

    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Accept => self.accept(),
            Action::Back => self.back(),
            Action::Recheck => match &self.below {
                Below::Card(shown) => vec![Want::Do(Effect::Card(shown.card.serial.clone()))],
                Below::Hint | Below::List(..) | Below::Stock(_) => self.search(),
            },
            Action::NewCase => self.shown().map_or_else(Vec::new, |shown| {
                let (card, edition) = (Box::new(shown.card.clone()), shown.edition.clone());
                vec![Want::Open(Destination::NewCase(card, edition))]
            }),
            Action::Commit => self.shown().map_or_else(Vec::new, |shown| {
                vec![Want::Open(Destination::Plan(shown.card.serial.clone()))]
            }),
            Action::Why => self.shown().map_or_else(Vec::new, |shown| {
                vec![Want::Open(Destination::Eligibility(shown.card.serial.clone()))]
            }),
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => self.move_mark(action, seen),
            Action::Undo | Action::SameAsLast => self.retype(action, seen),
            Action::Next | Action::Previous => say("There is one field here.", "Enter opens what was found."),
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
        let done = self.field.paste(text);
        self.search().into_iter().chain(pasted(done)).collect()
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        self.empty_field();
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

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn help(&self) -> Vec<String> {
        [
            "Scan a serial, a case number or a stock label at any time; the field need not be touched.",
            "Or type: a whole serial, its start, its last four characters, a case or plan number, a phone \
             number or a name. One match opens the device; several make a list that narrows as you type.",
            "F6 starts a case on the device on screen. F8 shows every rule and lets you try other causes. \
             F9 shows its plan: there one is bound, extended or taken back. \
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
