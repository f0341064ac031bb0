//! The queue: open cases, the longest wait first, with how long they wait and how to call the customer.

use chrono::{DateTime, FixedOffset};
use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::view::Line;
use crate::domain::case::{Outcome, State};
use crate::paper::text;
use crate::repository::request::Parked;
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::Action;
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{notice, scanned_elsewhere, useless};
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::list::List;
use crate::tui::widget::{Focus, Look, Reply, write};

/// Cells of wait, number and phone.
const WAIT: usize = 10;
const NUMBER: usize = 14;
const PHONE: usize = 16;
/// From this width on there is room for what came of a case, and its serial.
const WIDE: u16 = 100;

/// The open cases.
#[derive(Debug, Default)]
pub struct QueuePage {
    lines: Option<Result<Vec<Line>, Sorry>>,
    list: List,
}

impl QueuePage {
    /// An empty queue; opening it loads the cases.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn cases(&self) -> &[Line] {
        match &self.lines {
            Some(Ok(lines)) => lines,
            Some(Err(_)) | None => &[],
        }
    }

    fn marked(&self) -> Option<&Line> {
        self.cases().get(self.list.at()?)
    }

    fn says(&self) -> String {
        match &self.lines {
            None => "Reading the open cases.".to_owned(),
            Some(Err(sorry)) => sorry.say.clone(),
            Some(Ok(lines)) => match lines.len() {
                0 => "No case is open. Scan a unit to begin one.".to_owned(),
                1 => "1 open case".to_owned(),
                many => format!("{many} open cases, the longest wait first"),
            },
        }
    }
}

impl Page for QueuePage {
    fn title(&self) -> &'static str {
        "Queue"
    }

    fn open(&mut self, _seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        vec![Want::Do(Effect::Cases)]
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        let open = Offer::yes(Action::Accept).called("open case");
        let first = if self.marked().is_some() {
            open
        } else {
            Offer::no(Action::Accept, "No case is open: there is nothing to show.").called("open case")
        };
        vec![
            first,
            Offer::yes(Action::Recheck).called("read again"),
            Offer::yes(Action::Help),
            Offer::yes(Action::Back),
        ]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Accept | Action::Commit => match self.marked() {
                Some(line) => vec![Want::Open(Destination::Case(line.number.clone()))],
                None => useless(),
            },
            Action::Recheck => vec![Want::Do(Effect::Cases)],
            Action::Find => vec![Want::Home],
            Action::Back => vec![Want::Back],
            other => match self.list.act(other) {
                Reply::Ignored => useless(),
                _ => Vec::new(),
            },
        }
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        scanned_elsewhere(scan)
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        let Answer::Cases(found) = answer else { return Vec::new() };
        let marked = self.marked().map(|line| line.number.clone());
        let said = found.as_ref().err().map(|sorry| Want::Say(notice(sorry)));
        self.lines = Some(found);
        let at = self.cases().iter().position(|line| Some(&line.number) == marked.as_ref()).unwrap_or(0);
        self.list = List::new(self.cases().len()).with_at(at);
        said.into_iter().collect()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let look = Look { theme: seen.theme, focus: Focus::Here };
        write(frame, area, 0, (&self.says(), look.style(Role::Title)));
        if self.cases().is_empty() {
            return;
        }
        let columns = Columns::of(area.width);
        write(frame, area, 2, (&columns.head(), look.style(Role::Quiet)));
        let rows = Rect { y: area.y.saturating_add(3), height: area.height.saturating_sub(3), ..area };
        let row =
            |at: usize| self.cases().get(at).map_or_else(String::new, |line| columns.row(line, seen.now));
        self.list.draw(frame, rows, (look, &row));
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
            "Every case that still needs somebody, the longest wait first.",
            "Up and Down mark a case, Enter opens it. F5 reads the list again.",
            "A scanned case number or serial opens that one at once.",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

/// How wide the columns of a list are.
#[derive(Debug, Clone, Copy)]
struct Columns {
    state: usize,
    name: usize,
    serial: usize,
}

impl Columns {
    fn of(width: u16) -> Self {
        let (state, serial) = if width >= WIDE { (26, 20) } else { (13, 0) };
        let room = usize::from(width).saturating_sub(WAIT + NUMBER + PHONE + state + serial);
        Self { state, name: room, serial }
    }

    fn line(self, cells: [&str; 6]) -> String {
        let [wait, number, state, phone, name, serial] = cells;
        let columns =
            [(wait, WAIT), (number, NUMBER), (state, self.state), (phone, PHONE), (name, self.name)];
        let mut line: String = columns
            .iter()
            .map(|(cell, room)| text::pad(&text::cut(cell, room.saturating_sub(1)), *room))
            .collect();
        line.push_str(&text::cut(serial, self.serial));
        line
    }

    fn head(self) -> String {
        self.line(["Waits", "Case", "State", "Phone", "Customer", "Serial"])
    }

    fn row(self, line: &Line, now: DateTime<FixedOffset>) -> String {
        let wait = wait(&line.recorded_at, now);
        let phone = line.phone.as_deref().unwrap_or("no phone");
        let standing = if self.serial == 0 { state(line) } else { standing(line) };
        self.line([&wait, &line.number, &standing, phone, &line.customer, &line.serial])
    }
}

/// The state in words.
fn state(line: &Line) -> String {
    line.state.parse::<State>().map_or_else(|_| line.state.clone(), |state| state.words().to_owned())
}

/// State and outcome in words.
fn standing(line: &Line) -> String {
    let state = state(line);
    match line.outcome.parse::<Outcome>() {
        Ok(Outcome::None) | Err(_) => state,
        Ok(outcome) => format!("{state}, {}", in_words(outcome)),
    }
}

/// An outcome in words.
pub(in crate::tui::screen) const fn in_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::None => "open",
        Outcome::Replacement => "replacement",
        Outcome::PaidRepair => "paid repair",
        Outcome::WarrantyRepair => "warranty repair",
        Outcome::ReturnUnrepaired => "goes back",
        Outcome::NoFault => "no fault",
    }
}

/// The time since a stored moment, in its two largest units.
fn wait(since: &str, now: DateTime<FixedOffset>) -> String {
    let Ok(since) = DateTime::parse_from_rfc3339(since) else { return "not known".to_owned() };
    let minutes = now.signed_duration_since(since).num_minutes().max(0);
    let (days, hours) = (minutes / (24 * 60), minutes / 60 % 24);
    match (days, hours) {
        (0, 0) => format!("{minutes} min"),
        (0, hours) => format!("{hours} h {} m", minutes % 60),
        (days, hours) => format!("{days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests;
