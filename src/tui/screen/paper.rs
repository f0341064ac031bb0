//! The papers of a case: as they were made, or as they would be made now; printing one makes an original or a copy.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::print::{Kind, Loose, Printed, Stage, Standing};
use crate::paper::{Width, text};
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::screen::sorry::{capital, notice, told, useless};
use crate::tui::screen::{Page, Seen, Want};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::write;

/// Cells of a line that says why there is no paper.
const PROSE: usize = 76;

/// Lines a page key goes.
const PAGE: usize = 10;

/// One paper of a case, and the way to its others.
#[derive(Debug)]
pub struct PaperPage {
    about: About,
    width: Option<Width>,
    papers: Vec<Standing>,
    printed: Option<Result<Printed, Sorry>>,
    lines: Vec<String>,
    top: usize,
    asked: Asked,
}

/// What a paper is about.
#[derive(Debug, Clone)]
enum About {
    /// A case, and which of its papers.
    Case(String, Kind),
    /// No case.
    Sheet(Loose),
}

/// What the next answer is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    Show,
    Print,
}

impl PaperPage {
    /// The newest paper of this kind on a case; opening it loads the text.
    #[must_use]
    pub fn new(number: String, kind: Kind) -> Self {
        Self::about(About::Case(number, kind))
    }

    /// A paper of no case.
    #[must_use]
    pub fn sheet(which: Loose) -> Self {
        Self::about(About::Sheet(which))
    }

    const fn about(about: About) -> Self {
        Self {
            about,
            width: None,
            papers: Vec::new(),
            printed: None,
            lines: Vec::new(),
            top: 0,
            asked: Asked::Show,
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

    /// Goes to the next paper, or to the one before; the row is a ring.
    fn turn(&mut self, action: Action) -> Vec<Want> {
        let About::Case(_, kind) = &mut self.about else {
            return vec![Want::Say(Notice::refused(
                "There is no other paper beside this one.",
                "Esc goes back.",
            ))];
        };
        let kinds = Kind::ALL;
        let at = kinds.iter().position(|known| known == kind).unwrap_or(0);
        let to = if action == Action::Left { at + kinds.len() - 1 } else { at + 1 };
        *kind = kinds.get(to % kinds.len()).copied().unwrap_or(*kind);
        self.printed = None;
        self.lines = Vec::new();
        self.show()
    }

    fn show(&mut self) -> Vec<Want> {
        self.asked = Asked::Show;
        vec![Want::Do(match &self.about {
            About::Case(number, kind) => Effect::Paper(number.clone(), *kind, self.width),
            About::Sheet(which) => Effect::Sheet(which.clone(), self.width),
        })]
    }

    fn load(&mut self) -> Vec<Want> {
        let mut wants = self.others();
        wants.extend(self.show());
        wants
    }

    /// Reads which papers the case has beside this one.
    fn others(&self) -> Vec<Want> {
        match &self.about {
            About::Case(number, _) => vec![Want::Do(Effect::Papers(number.clone()))],
            About::Sheet(_) => Vec::new(),
        }
    }

    fn print(&mut self) -> Vec<Want> {
        if !matches!(self.printed, Some(Ok(_))) {
            return Vec::new();
        }
        self.asked = Asked::Print;
        let mut wants = vec![Want::Do(match &self.about {
            About::Case(number, kind) => Effect::Print(number.clone(), *kind, self.width),
            About::Sheet(which) => Effect::PrintSheet(which.clone(), self.width),
        })];
        wants.extend(self.others());
        wants
    }

    fn printed(&mut self, printed: Result<Printed, Sorry>, file: Option<&Sorry>) -> Vec<Want> {
        let asked = std::mem::replace(&mut self.asked, Asked::Show);
        let said = match (&printed, file, asked) {
            (Err(sorry), _, Asked::Print) | (Ok(_), Some(sorry), _) => Some(notice(sorry)),
            (Ok(printed), None, Asked::Print) => {
                let what = match printed.stage {
                    Stage::Draft | Stage::Original => "Written".to_owned(),
                    Stage::Copy(copy) => format!("Copy {copy} is written"),
                };
                // Whether the printer took it is told when it did.
                Some(Notice::info(&format!("{what} to {}", printed.file.display())))
            }
            // Why there is none stands where the paper would.
            (Err(_) | Ok(_), None, Asked::Show) | (Err(_), Some(_), Asked::Show) => None,
        };
        // A print that failed leaves the paper on the screen.
        if printed.is_ok() || self.lines.is_empty() {
            self.lines = match &printed {
                Ok(printed) => printed.text.lines().map(str::to_owned).collect(),
                Err(sorry) => text::wrap(&capital(&sorry.say), PROSE),
            };
            self.printed = Some(printed);
            self.top = 0;
        }
        told(said)
    }

    const fn name(&self) -> &'static str {
        match &self.about {
            About::Case(_, kind) => kind.name(),
            About::Sheet(which) => which.name(),
        }
    }

    fn says(&self) -> String {
        let name = self.name();
        match &self.printed {
            None => format!("Reading the {name}."),
            Some(Err(_)) => format!("No {name}."),
            // The folder is long and its end is what tells papers apart.
            Some(Ok(printed)) => {
                let file = printed.file.file_name().unwrap_or_default().to_string_lossy();
                match printed.stage {
                    Stage::Draft => "Not printed yet: F9 prints it.".to_owned(),
                    Stage::Original | Stage::Copy(_) => format!("File: papers/{file}"),
                }
            }
        }
    }

    /// How many rows stand above the paper.
    fn rows_above(&self) -> usize {
        1 + usize::from(!self.papers.is_empty())
    }

    /// The papers in a row: the one on the screen stands out, those that the case cannot have stand back.
    fn draw_row(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let mut at = 0;
        for paper in &self.papers {
            let role =
                match (matches!(self.about, About::Case(_, kind) if kind == paper.kind), &paper.why_not) {
                    (true, _) => Role::Focus,
                    (false, None) => Role::Plain,
                    (false, Some(_)) => Role::Quiet,
                };
            let label = format!(" {} ", title(paper.kind));
            let room = area.width.saturating_sub(at);
            let place = Rect { x: area.x.saturating_add(at), width: room, ..area };
            write(frame, place, 0, (&label, seen.theme.style(role)));
            at = at.saturating_add(u16::try_from(text::width(&label)).unwrap_or(u16::MAX));
        }
    }
}

const fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Slip => "Intake slip",
        Kind::Quote => "Quote",
        Kind::Certificate => "Certificate",
        Kind::Receipt => "Receipt",
        Kind::HandOver => "Hand-over",
        Kind::Refusal => "Refusal",
        Kind::Label => "Label",
    }
}

/// A paper has 80 cells: on a screen of 80 it needs the margin beside the page too.
pub(super) fn full_width(area: Rect, screen: Rect) -> Rect {
    if usize::from(area.width) >= Width::Page.cells() {
        return area;
    }
    Rect { x: screen.x, width: screen.width, ..area }
}

impl Page for PaperPage {
    fn title(&self) -> &'static str {
        match &self.about {
            About::Case(_, kind) => title(*kind),
            About::Sheet(Loose::Packing(_)) => "Packing list",
            About::Sheet(Loose::Day(_)) => "Day sheet",
        }
    }

    fn open(&mut self, _seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        self.load()
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        let (commit, print, label) = match &self.printed {
            Some(Ok(printed)) => {
                let label = if printed.stage == Stage::Draft { "print" } else { "print a copy" };
                (Offer::yes(Action::Commit), Offer::yes(Action::Print), label)
            }
            Some(Err(sorry)) => {
                let no = |action| Offer::no(action, sorry.say.clone());
                (no(Action::Commit), no(Action::Print), "print")
            }
            None => {
                let no = |action| Offer::no(action, "There is no paper here to print.");
                (no(Action::Commit), no(Action::Print), "print")
            }
        };
        let turn = match self.about {
            About::Case(..) => Offer::yes(Action::Right),
            About::Sheet(_) => Offer::no(Action::Right, "There is no other paper beside this one"),
        };
        let turn = turn.called("other papers");
        let scroll = Offer::yes(Action::PageDown).called("scroll");
        let [help, back] = [Action::Help, Action::Back].map(Offer::yes);
        vec![commit.called(label), print.called(label), turn, scroll, help, back]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        match action {
            Action::Print | Action::Commit => self.print(),
            Action::Left | Action::Right => self.turn(action),
            Action::Recheck => self.load(),
            Action::Find => vec![Want::Home],
            Action::Back | Action::Accept => vec![Want::Back],
            Action::Up | Action::Down | Action::PageUp | Action::PageDown | Action::First | Action::Last => {
                self.scroll(action);
                Vec::new()
            }
            _ => useless(),
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        let (Edit::Insert('w' | 'W'), Some(Ok(printed))) = (edit, &self.printed) else { return Vec::new() };
        self.width = Some(match printed.width {
            Width::Page => Width::Roll,
            Width::Roll => Width::Page,
        });
        self.show()
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Paper(printed, file) => self.printed(printed, file.as_ref()),
            Answer::Papers(Ok(papers)) => {
                self.papers = papers;
                Vec::new()
            }
            Answer::Papers(Err(sorry)) => vec![Want::Say(notice(&sorry))],
            Answer::Sent(file) => {
                // It is no draft any more.
                let mut wants = self.load();
                wants.push(Want::Say(Notice::info(&format!("The printer has it: {}", file.display()))));
                wants
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let style = |role| seen.theme.style(role);
        let above = self.rows_above();
        if above > 1 {
            self.draw_row(frame, area, seen);
        }
        let body = usize::from(area.height).saturating_sub(above);
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
        write(frame, area, above - 1, (&format!("{}{place}", text::cut(&self.says(), room)), style(role)));
        let sheet = full_width(area, frame.area());
        for (at, line) in self.lines.iter().skip(top).take(body).enumerate() {
            write(frame, sheet, at + above, (line, style(Role::Plain)));
        }
    }

    fn echo(&self) -> Echo {
        // A letter does something here.
        Echo::Held
    }

    fn help(&self) -> Vec<String> {
        vec![
            format!("The {}: as it was made, or as it would be made now.", self.name()),
            "Left and Right go through the papers of this case; a dimmed one says why not yet.".to_owned(),
            "Up, Down, PgUp and PgDn scroll. w shows it 80 or 42 columns wide.".to_owned(),
            "F9 or Ctrl+P prints it: the first is the original, then copies, marked and numbered.".to_owned(),
            "When what it says has changed since, the next print is an original again.".to_owned(),
        ]
    }
}

#[cfg(test)]
mod tests;
