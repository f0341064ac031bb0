//! What a search found: the list that narrows as one types.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::search::Hit;
use crate::domain::case::{BadNumber, Number};
use crate::domain::serial::Serial;
use crate::paper::text;
use crate::tui::screen::verdict::Line;
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::list::List;
use crate::tui::widget::{Focus, Look};

/// The hits of one search, one of them marked.
#[derive(Debug, Clone)]
pub struct Hits {
    /// What was searched for.
    pub text: String,
    found: Vec<Hit>,
    /// Which row is marked.
    pub list: List,
}

impl Hits {
    /// The hits for a text.
    #[must_use]
    pub fn new(text: String, found: Vec<Hit>) -> Self {
        Self { text, list: List::new(found.len()), found }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Tells whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The marked hit.
    #[must_use]
    pub fn marked(&self) -> Option<&Hit> {
        self.list.at().and_then(|at| self.found.get(at))
    }

    /// The one device that was meant for certain: the whole serial, or the only hit that is no guess.
    #[must_use]
    pub fn certain(&self) -> Option<&Hit> {
        let first = self.found.first()?;
        let whole = self.text.parse::<Serial>().is_ok_and(|serial| serial.as_str() == first.serial);
        (whole || (self.found.len() == 1 && !is_guess(first))).then_some(first)
    }

    /// What stands over the list.
    #[must_use]
    pub fn says(&self) -> Line {
        match (self.found.as_slice(), self.found.iter().any(is_guess)) {
            ([], _) => (format!("[no] Nothing is known by \"{}\".", self.text), Role::Bad),
            (_, true) => (format!("[?] Nothing is known by \"{}\". Did you mean:", self.text), Role::Ask),
            ([_], false) => ("1 found".to_owned(), Role::Quiet),
            (hits, false) => (format!("{} found; type on, or ↑ ↓ and Enter", hits.len()), Role::Quiet),
        }
    }

    /// What to do when nothing was found.
    #[must_use]
    pub fn advice(&self) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(bad_case_number(&self.text));
        let looks_like_serial = self.text.len() >= 10 && !self.text.contains(' ');
        if let (true, Err(bad)) = (looks_like_serial, self.text.parse::<Serial>()) {
            lines.push(format!("As a serial: {bad}."));
        }
        lines.push("A serial (whole, its start, or its last four), a case or plan number,".to_owned());
        lines.push(
            "a phone number or a name finds a device. Check the spelling, or scan the unit.".to_owned(),
        );
        lines
    }

    /// Draws the rows that fit.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let room = usize::from(area.width);
        let row = |at: usize| self.found.get(at).map_or_else(String::new, |hit| row(hit, room));
        self.list.draw(frame, area, (Look { theme, focus: Focus::Here }, &row));
    }
}

/// Cells of an owner's name.
const OWNER: usize = 18;

/// Tells whether a hit is only near to what was typed.
fn is_guess(hit: &Hit) -> bool {
    hit.why.starts_with("did you mean") || hit.why.starts_with("name like")
}

/// Tells whether a hit is a unit on the shelf.
#[must_use]
pub fn is_stock(hit: &Hit) -> bool {
    hit.why.starts_with("stock unit")
}

/// What is wrong with a text that is nearly a case number.
#[must_use]
pub fn bad_case_number(text: &str) -> Option<String> {
    let digits: Vec<&str> = text.trim().split('-').collect();
    let all_digits =
        digits.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    match digits.as_slice() {
        [till, sequence] if all_digits && till.len() == 4 && sequence.len() == 5 => {
            Some(format!("As a case number its last digit is missing, the check digit: {text}-?"))
        }
        _ => match text.parse::<Number>() {
            Err(BadNumber::Check(number)) => {
                Some(format!("As a case number {number} has a wrong digit: its check digit does not fit."))
            }
            _ => None,
        },
    }
}

fn row(hit: &Hit, room: usize) -> String {
    let region = hit.region.as_deref().unwrap_or("--");
    // That a unit is retired matters more than how it was found.
    let mut why: Vec<String> = hit.replaced_by.iter().map(|newer| format!("now {newer}")).collect();
    why.push(if hit.why == "did you mean" { String::new() } else { hit.why.clone() });
    why.retain(|word| !word.is_empty());
    // A serial has 14 or 20 characters; the longer ones push their own row only.
    let (serial, model) = (format!("{:<14}", hit.serial), text::pad(&hit.product, 18));
    let owner = text::pad(hit.owner.as_deref().unwrap_or("no name"), OWNER);
    text::cut(&format!(" {serial}  {model} {region} {owner} {}", why.join("; ")), room)
}
