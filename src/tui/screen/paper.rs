//! A paper on the screen, as it was made; printing it again makes a copy.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::print::{Kind, Printed};
use crate::paper::{WIDTH, text};
use crate::repository::request::Parked;
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::Action;
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{notice, scanned_elsewhere, useless};
use crate::tui::screen::{Page, Seen, Want};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::write;

/// Lines a page key goes.
const PAGE: usize = 10;

/// One paper of a case.
#[derive(Debug)]
pub struct PaperPage {
    number: String,
    kind: Kind,
    printed: Option<Result<Printed, Sorry>>,
    lines: Vec<String>,
    top: usize,
    asked: Asked,
}

/// What the next answer is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Show,
    Copy,
}

impl PaperPage {
    /// The newest paper of this kind on a case; opening it loads the text.
    #[must_use]
    pub fn new(number: String, kind: Kind) -> Self {
        Self { number, kind, printed: None, lines: Vec::new(), top: 0, asked: Asked::Show }
    }

    fn name(&self) -> &'static str {
        match self.kind {
            Kind::Slip => "intake slip",
            Kind::Certificate => "replacement certificate",
        }
    }

    fn scroll(&mut self, action: Action) {
        let last = self.lines.len().saturating_sub(1);
        let to = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(PAGE),
            Action::PageDown => self.top + PAGE,
            Action::First => 0,
            Action::Last => last,
            _ => self.top,
        };
        self.top = to.min(last);
    }

    fn printed(&mut self, printed: Result<Printed, Sorry>, file: Option<&Sorry>) -> Vec<Want> {
        let asked = std::mem::replace(&mut self.asked, Asked::Show);
        let said = match (&printed, file, asked) {
            (Err(sorry), _, _) | (Ok(_), Some(sorry), _) => Some(notice(sorry)),
            (Ok(printed), None, Asked::Copy) => {
                Some(Notice::info(&format!("Printed again as a copy: {}", printed.file.display())))
            }
            (Ok(_), None, Asked::Show) => None,
        };
        // A copy that failed leaves the paper on the screen.
        if printed.is_ok() || self.lines.is_empty() {
            self.lines = printed
                .as_ref()
                .map(|printed| printed.text.lines().map(str::to_owned).collect())
                .unwrap_or_default();
            self.printed = Some(printed);
            self.top = 0;
        }
        said.map(Want::Say).into_iter().collect()
    }

    fn says(&self) -> String {
        match &self.printed {
            None => format!("Reading the {} of case {}.", self.name(), self.number),
            Some(Err(sorry)) => sorry.say.clone(),
            // The folder is long and its end is what tells papers apart.
            Some(Ok(printed)) => {
                let name = printed.file.file_name().unwrap_or_default().to_string_lossy();
                format!("File: papers/{name}")
            }
        }
    }
}

/// A paper has 80 cells: on a screen of 80 it needs the margin beside the page too.
fn full_width(area: Rect, screen: Rect) -> Rect {
    if usize::from(area.width) >= WIDTH {
        return area;
    }
    Rect { x: screen.x, width: screen.width, ..area }
}

impl Page for PaperPage {
    fn title(&self) -> &'static str {
        match self.kind {
            Kind::Slip => "Intake slip",
            Kind::Certificate => "Certificate",
        }
    }

    fn open(&mut self, _seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        vec![Want::Do(Effect::Paper(self.number.clone(), self.kind))]
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        let print = match &self.printed {
            Some(Ok(_)) => Offer::yes(Action::Print),
            Some(Err(_)) | None => Offer::no(Action::Print, "There is no paper here to print."),
        };
        let scroll = Offer::yes(Action::PageDown).called("scroll");
        vec![print.called("print a copy"), scroll, Offer::yes(Action::Help), Offer::yes(Action::Back)]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Print if matches!(self.printed, Some(Ok(_))) => {
                self.asked = Asked::Copy;
                vec![Want::Do(Effect::Reprint(self.number.clone(), self.kind))]
            }
            Action::Recheck => vec![Want::Do(Effect::Paper(self.number.clone(), self.kind))],
            Action::Find => vec![Want::Home],
            Action::Back | Action::Accept => vec![Want::Back],
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
                self.scroll(action);
                Vec::new()
            }
            _ => useless(),
        }
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        scanned_elsewhere(scan)
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Paper(printed, file) => self.printed(printed, file.as_ref()),
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let style = |role| seen.theme.style(role);
        let body = usize::from(area.height.saturating_sub(1));
        let most = self.lines.len().saturating_sub(body);
        let top = self.top.min(most);
        let seen_to = (top + body).min(self.lines.len());
        let place = if self.lines.len() > body {
            format!("  ({} to {seen_to} of {} lines)", top + 1, self.lines.len())
        } else {
            String::new()
        };
        let role = if matches!(self.printed, Some(Err(_))) { Role::Bad } else { Role::Quiet };
        let room = usize::from(area.width).saturating_sub(text::width(&place));
        write(frame, area, 0, (&format!("{}{place}", text::cut(&self.says(), room)), style(role)));
        let sheet = full_width(area, frame.area());
        for (at, line) in self.lines.iter().skip(top).take(body).enumerate() {
            write(frame, sheet, at + 1, (line, style(Role::Plain)));
        }
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
        vec![
            format!("The {} as it was made; it never changes afterwards.", self.name()),
            "Up, Down, PgUp and PgDn scroll.".to_owned(),
            "Ctrl+P prints it again: the same text, marked COPY and numbered.".to_owned(),
            "The line on top names the file, which any printer prints.".to_owned(),
        ]
    }
}

#[cfg(test)]
mod tests;
