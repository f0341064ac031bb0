//! The queue: who is ready and must be told, then the open cases by their state, and apart those that rest.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::view::Line;
use crate::domain::case::State;
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::Action;
use crate::tui::run::Echo;
use crate::tui::screen::sorry::{moved, notice};
use crate::tui::screen::{Destination, Page, Seen, Want, keep_first};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Focus, Look, write};

mod rows;

use rows::{Columns, Group, Row, group, rows};
pub(in crate::tui::screen) use rows::{in_words, state};

/// The open cases.
#[derive(Debug, Default)]
pub struct QueuePage {
    /// The cases in the order in which they stand on the screen.
    lines: Option<Result<Vec<Line>, Sorry>>,
    list: List,
    request: Request,
    acts: u32,
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
                0 => "No case is open. Scan a unit to begin one. Tab shows today's line.".to_owned(),
                1 => "1 open case".to_owned(),
                many => format!("{many} open cases, the longest in their state first"),
            },
        }
    }

    /// What there is to know about the marked case beside its row.
    fn about(&self) -> String {
        let Some(line) = self.marked() else { return String::new() };
        match (group(line), &line.held_reason) {
            (Group::Untold, _) => {
                let phone = line.phone.as_deref().unwrap_or("no phone is known");
                format!("Call {} ({phone}), then press F9.", line.customer)
            }
            (Group::Held, Some(reason)) => format!("On hold: {reason}"),
            _ => String::new(),
        }
    }

    fn tell(&self) -> Offer {
        let why = "Nobody to be told is marked: F9 is for a case under \"Ready, not told\"";
        let can = self.marked().is_some_and(|line| group(line) == Group::Untold);
        if can { Offer::yes(Action::Commit) } else { Offer::no(Action::Commit, why) }.called("told")
    }

    fn appoint(&self) -> Offer {
        let why = "Nothing to book here: an appointment is for a case whose unit is still to come";
        let can = self.marked().is_some_and(|line| line.state == State::Recorded.as_str());
        if can { Offer::yes(Action::Values) } else { Offer::no(Action::Values, why) }.called("appointment")
    }

    fn take(&mut self, found: Result<Vec<Line>, Sorry>) -> Vec<Want> {
        let marked = self.marked().map(|line| line.number.clone());
        let at = self.list.at().unwrap_or(0);
        let said = found.as_ref().err().map(|sorry| Want::Say(notice(sorry)));
        self.lines = Some(found.map(|mut lines| {
            // The sort keeps what is older first within a group.
            lines.sort_by_key(group);
            lines
        }));
        let same = self.cases().iter().position(|line| Some(&line.number) == marked.as_ref());
        // Of a case that is gone the next one takes the mark, not the first of all.
        self.list = List::new(self.cases().len()).with_at(same.unwrap_or(at));
        said.into_iter().collect()
    }
}

impl Page for QueuePage {
    fn title(&self) -> &'static str {
        "Queue"
    }

    fn open(&mut self, _seen: &Seen<'_>, request: Request) -> Vec<Want> {
        keep_first(&mut self.request, request);
        vec![Want::Do(Effect::Cases)]
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        let open = match self.marked() {
            Some(_) => Offer::yes(Action::Accept),
            None => Offer::no(Action::Accept, "No case is open: there is nothing to show."),
        };
        vec![
            open.called("open case"),
            self.tell(),
            self.appoint(),
            Offer::yes(Action::Next).called("today's line"),
            Offer::yes(Action::Recheck).called("read again"),
            Offer::yes(Action::Help),
            Offer::yes(Action::Back),
        ]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        let number = self.marked().map(|line| line.number.clone());
        match (action, number) {
            (Action::Accept, Some(number)) => vec![Want::Open(Destination::Case(number))],
            (Action::Commit, Some(number)) => {
                let request = format!("{}-{}", self.request, self.acts);
                vec![Want::Do(Effect::Tell(number, request))]
            }
            (Action::Values, Some(number)) => vec![Want::Open(Destination::Appointment(number))],
            (Action::Next | Action::Previous | Action::Left | Action::Right, _) => {
                vec![Want::Open(Destination::Line)]
            }
            (Action::Recheck, _) => vec![Want::Do(Effect::Cases)],
            (Action::Back, _) => vec![Want::Back],
            (other, _) => moved(self.list.act(other)),
        }
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Cases(found) => self.take(found),
            Answer::Case(Ok(case)) => {
                self.acts += 1;
                let says =
                    format!("Noted: {} was told that case {} is ready.", case.customer.name, case.number);
                vec![Want::Do(Effect::Cases), Want::Say(Notice::info(&says))]
            }
            Answer::Case(Err(sorry)) => vec![Want::Do(Effect::Cases), Want::Say(notice(&sorry))],
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let look = Look { theme: seen.theme, focus: Focus::Here };
        write(frame, area, 0, (&self.says(), look.style(Role::Title)));
        if self.cases().is_empty() {
            return;
        }
        let columns = Columns::of(area.width);
        write(frame, area, 1, (&columns.head(), look.style(Role::Quiet)));
        let place = Rect { y: area.y.saturating_add(2), height: area.height.saturating_sub(3), ..area };
        let rows = rows(self.cases());
        let at = rows.iter().position(|row| Some(*row) == self.list.at().map(Row::Case)).unwrap_or(0);
        let row = |at: usize| match rows.get(at) {
            Some(Row::Case(at)) => self.cases().get(*at).map(|line| columns.row(line, seen.now)),
            Some(Row::Head(group, cases)) => Some(format!("{} ({cases})", group.words())),
            None => None,
        };
        let list = List::new(rows.len()).with_at(at);
        list.draw(frame, place, (look, &|at| row(at).unwrap_or_default()));
        let bottom = usize::from(area.height).saturating_sub(1);
        write(frame, area, bottom, (&self.about(), look.style(Role::Plain)));
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn help(&self) -> Vec<String> {
        [
            "Every case that still needs somebody. On top those that are ready and whose customer was not told: \
             call, then F9 notes it. Below them the cases by their state, and last those on hold with the reason.",
            "The first column says how long a case is in its state; the longest stands first.",
            "Up and Down mark a case, Enter opens it. F4 books or moves an appointment of a case whose unit is \
             still to come. Tab shows today's line at the counter. F5 reads the list again.",
            "A scanned case number or serial opens that one at once.",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests;
