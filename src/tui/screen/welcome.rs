//! An empty shop: the two things one can do.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::paper::text;
use crate::tui::effect::{Answer, Effect, Request};
use crate::tui::key::Action;
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::useless;
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::{below, write};

/// The screen of a shop without a device.
#[derive(Debug, Clone, Copy)]
pub struct WelcomePage;

/// What an empty shop can do; a line that starts with `$` is an import, one with `%` another command.
const LINES: &[&str] = &[
    "1. Import the maker's files. In another window:",
    "$devices devices.csv",
    "$plans plans.csv",
    "$claims claims.csv",
    "$stock stock.csv",
    "   When they are in, scan.",
    "",
    "2. Practise with made-up people and devices. Leave with Ctrl+Q, then:",
    "%caredesk practice",
];

/// Draws the two things that an empty shop can do, under a line that leads to them.
pub(super) fn draw_two_things(frame: &mut Frame<'_>, area: Rect, (lead, seen): ((&str, Role), &Seen<'_>)) {
    let (title, role) = lead;
    let mut put = |at, line: &str, role| {
        let line = text::cut(line, usize::from(area.width));
        write(frame, area, at, (&line, seen.theme.style(role)));
    };
    put(0, title, role);
    for (at, line) in LINES.iter().enumerate() {
        let (line, role) = match (line.strip_prefix('$'), line.strip_prefix('%')) {
            (Some(import), _) => (format!("      {} import {import}", seen.command), Role::Key),
            (None, Some(command)) => (format!("      {command}"), Role::Key),
            (None, None) => ((*line).to_owned(), Role::Plain),
        };
        put(at + 2, &line, role);
    }
}

impl Page for WelcomePage {
    fn title(&self) -> &'static str {
        "Welcome"
    }

    fn open(&mut self, _seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        Vec::new()
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        vec![
            Offer::yes(Action::Recheck).called("look again"),
            Offer::yes(Action::Back).called("go to the lookup"),
            Offer::yes(Action::Quit),
        ]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Recheck => vec![Want::Do(Effect::Counts)],
            Action::Back => vec![Want::Back],
            _ => useless(),
        }
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        let text = match scan {
            Scan::Serial(serial) => serial.to_string(),
            Scan::Case(text) | Scan::Stock(text) => text.clone(),
        };
        vec![Want::Open(Destination::Lookup(text))]
    }

    fn answer(&mut self, _answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let says = "There is no device here yet. One of two things comes next.";
        draw_two_things(frame, below(area, 1), ((says, Role::Title), seen));
    }

    fn echo(&self) -> Echo {
        Echo::Held
    }

    fn help(&self) -> Vec<String> {
        vec![
            "Devices and plans come from the maker's files by import; caredesk never makes them up."
                .to_owned(),
            "A practice shop is made anew each time and forgotten when you leave it.".to_owned(),
        ]
    }
}
