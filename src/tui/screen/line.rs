//! The line at the counter: bookings and those who walked in, in the order in which they are served.

use chrono::{DateTime, NaiveDate, TimeDelta};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::visit::Person;
use crate::domain::case::State;
use crate::domain::visit::Kind;
use crate::paper::text;
use crate::tui::effect::visit::{Told, Wish};
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::Action;
use crate::tui::run::Echo;
use crate::tui::screen::queue;
use crate::tui::screen::sorry::{moved, notice};
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::list::List;
use crate::tui::widget::{Focus, Look, below, write};

pub mod visit;

/// Cells of the time, the state, the number and the phone.
const TIME: usize = 6;
const STATE: usize = 15;
const NUMBER: usize = 14;
const PHONE: usize = 16;
/// From this width on there is room for longer product names, and the serial.
const WIDE: u16 = 100;

/// The day whose line is shown: the screen may stay open over midnight.
#[derive(Debug, Clone, Copy)]
enum Shown {
    /// It was today when it was read; reading again means the new today.
    Today(NaiveDate),
    /// A day that somebody went to.
    Other(NaiveDate),
}

impl Shown {
    const fn day(self) -> NaiveDate {
        match self {
            Self::Today(day) | Self::Other(day) => day,
        }
    }
}

/// The line of a day.
#[derive(Debug, Default)]
pub struct LinePage {
    /// None before the first was read.
    shown: Option<Shown>,
    people: Option<Result<Vec<Person>, Sorry>>,
    list: List,
}

impl LinePage {
    /// The line of today; opening it loads it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn people(&self) -> &[Person] {
        match &self.people {
            Some(Ok(people)) => people,
            Some(Err(_)) | None => &[],
        }
    }

    fn marked(&self) -> Option<&Person> {
        self.people().get(self.list.at()?)
    }

    /// Reads the line of the day that is shown.
    fn read(&mut self, seen: &Seen<'_>) -> Vec<Want> {
        let today = seen.now.date_naive();
        let day = match self.shown {
            Some(Shown::Other(day)) => day,
            Some(Shown::Today(_)) | None => today,
        };
        self.go(day, today)
    }

    /// Reads the line so many days from the one that is shown.
    fn step(&mut self, days: i64, seen: &Seen<'_>) -> Vec<Want> {
        let today = seen.now.date_naive();
        let from = self.shown.map_or(today, Shown::day);
        self.go(from.checked_add_signed(TimeDelta::days(days)).unwrap_or(from), today)
    }

    fn go(&mut self, day: NaiveDate, today: NaiveDate) -> Vec<Want> {
        self.shown = Some(if day == today { Shown::Today(day) } else { Shown::Other(day) });
        vec![Want::Do(Effect::Visit(Wish::Line(day)))]
    }

    fn says(&self, seen: &Seen<'_>) -> String {
        let today = seen.now.date_naive();
        let day = self.shown.map_or(today, Shown::day);
        let ahead = (day - today).num_days();
        let day = day.format("%Y-%m-%d, %A");
        let name = match ahead {
            0 => "Today".to_owned(),
            1 => "Tomorrow".to_owned(),
            -1 => "Yesterday".to_owned(),
            _ => "The line".to_owned(),
        };
        match &self.people {
            None => "Reading the line.".to_owned(),
            Some(Err(sorry)) => sorry.say.clone(),
            Some(Ok(people)) if people.is_empty() => format!("{name} ({day}): nobody is booked or waits."),
            Some(Ok(people)) => format!("{name} ({day}): {} in the order of their turn", people.len()),
        }
    }
}

impl Page for LinePage {
    fn title(&self) -> &'static str {
        "Line"
    }

    fn open(&mut self, seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        self.read(seen)
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        let (open, book) = match self.marked() {
            None => {
                let nobody = "Nobody is in the line: Left and Right show other days, Tab the queue";
                (Offer::no(Action::Accept, nobody), Offer::no(Action::Values, nobody))
            }
            Some(person) if person.case_state == State::Recorded.as_str() => {
                (Offer::yes(Action::Accept), Offer::yes(Action::Values))
            }
            Some(_) => {
                let here = "Their unit is here already: Enter opens the case";
                (Offer::yes(Action::Accept), Offer::no(Action::Values, here))
            }
        };
        vec![
            open.called("open case"),
            book.called("appointment"),
            Offer::yes(Action::Next).called("queue"),
            Offer::yes(Action::Left).called("day before"),
            Offer::yes(Action::Right).called("day after"),
            Offer::yes(Action::Recheck).called("read again"),
            Offer::yes(Action::Help),
            Offer::yes(Action::Back),
        ]
    }

    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        let number = self.marked().map(|person| person.number.clone());
        match (action, number) {
            (Action::Accept, Some(number)) => vec![Want::Open(Destination::Case(number))],
            (Action::Values, Some(number)) => vec![Want::Open(Destination::Appointment(number))],
            (Action::Left, _) => self.step(-1, seen),
            (Action::Right, _) => self.step(1, seen),
            (Action::Recheck, _) => self.read(seen),
            (Action::Next | Action::Previous | Action::Back, _) => vec![Want::Back],
            (other, _) => moved(self.list.act(other)),
        }
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        let Answer::Visit(Told::Line(found)) = answer else { return Vec::new() };
        let marked = self.marked().map(|person| person.number.clone());
        let said = found.as_ref().err().map(|sorry| Want::Say(notice(sorry)));
        self.people = Some(found);
        let at = self.people().iter().position(|person| Some(&person.number) == marked.as_ref());
        self.list = List::new(self.people().len()).with_at(at.unwrap_or(0));
        said.into_iter().collect()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let look = Look { theme: seen.theme, focus: Focus::Here };
        write(frame, area, 0, (&self.says(seen), look.style(Role::Title)));
        if self.people().is_empty() {
            return;
        }
        let columns = Columns::of(area.width);
        write(frame, area, 2, (&columns.head(), look.style(Role::Quiet)));
        let rows = below(area, 3);
        let row = |at: usize| self.people().get(at).map_or_else(String::new, |person| columns.row(person));
        self.list.draw(frame, rows, (look, &row));
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn help(&self) -> Vec<String> {
        [
            "Who is served next: a booking stands at its time, those who walked in fill the gaps as they came (C32).",
            "Enter opens the case: a customer who comes to an appointment is received there with F9, nothing is \
             typed again. F4 books, moves or calls off an appointment, or notes that nobody came.",
            "Left and Right show the day before and after. Tab goes back to the open cases. F5 reads again.",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

/// How wide the columns are.
#[derive(Debug, Clone, Copy)]
struct Columns {
    product: usize,
    name: usize,
    serial: usize,
}

impl Columns {
    fn of(width: u16) -> Self {
        let (product, serial) = if width >= WIDE { (24, 20) } else { (12, 0) };
        let name = usize::from(width).saturating_sub(TIME + STATE + NUMBER + PHONE + product + serial);
        Self { product, name, serial }
    }

    fn line(self, cells: [&str; 7]) -> String {
        let rooms = [TIME, STATE, NUMBER, PHONE, self.name, self.product, self.serial];
        let cell = |(cell, room): (&str, usize)| text::pad(&text::cut(cell, room.saturating_sub(1)), room);
        cells.into_iter().zip(rooms).map(cell).collect()
    }

    fn head(self) -> String {
        self.line(["Time", "State", "Case", "Phone", "Customer", "Product", "Serial"])
    }

    fn row(self, person: &Person) -> String {
        let at = person.slot.as_deref().or(person.arrival.as_deref()).unwrap_or_default();
        let time = DateTime::parse_from_rfc3339(at)
            .map_or_else(|_| at.to_owned(), |at| at.format("%H:%M").to_string());
        let phone = person.phone.as_deref().unwrap_or("no phone");
        let state = state(person);
        self.line([&time, &state, &person.number, phone, &person.customer, &person.product, &person.serial])
    }
}

/// How somebody stands in the line.
fn state(person: &Person) -> String {
    match (person.kind, person.state.as_str()) {
        (Kind::Booking, "booked") => "booked".to_owned(),
        (Kind::Booking, "no-show") => "nobody came".to_owned(),
        (Kind::Booking, _) => format!("came, {}", queue::state(&person.case_state)),
        (Kind::WalkIn, _) if person.case_state == State::Recorded.as_str() => "walked in".to_owned(),
        (Kind::WalkIn, _) => format!("in, {}", queue::state(&person.case_state)),
    }
}

#[cfg(test)]
mod tests;
