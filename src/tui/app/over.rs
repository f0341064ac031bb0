//! What lies over a screen for a moment: help, and the go menu.

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Clear;

use crate::domain::clause::Clause;
use crate::paper::text;
use crate::tui::key::menu::{self, Item, MENU};
use crate::tui::key::{Action, Edit};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::list::{List, unseen};
use crate::tui::widget::write;

/// What lies over the screen.
#[derive(Debug, Clone)]
pub(super) enum Over {
    /// Nothing.
    None,
    /// The menu, with a line marked.
    Menu(List),
    /// Help: its lines, and how many are scrolled away.
    Help(Help),
}

/// Help on its way to the screen.
#[derive(Debug, Clone)]
pub(super) struct Help {
    lines: Vec<String>,
    clauses: Vec<String>,
    above: usize,
}

/// What an overlay made of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reaction {
    /// It took it.
    Mine,
    /// It is gone, and this is to be done.
    Do(Action),
    /// It is for the screen.
    Not,
}

impl Over {
    /// The menu.
    pub fn menu() -> Self {
        Self::Menu(List::new(MENU.len()))
    }

    /// Help, with the text of every clause that its lines name.
    pub fn help(lines: &[String], clauses: &BTreeMap<Clause, String>) -> Self {
        let named = |clause: &Clause| {
            let is_it = |word: &str| word == clause.as_str();
            lines.iter().any(|line| line.split(|c: char| !c.is_ascii_alphanumeric()).any(is_it))
        };
        let say = |(clause, text): (&Clause, &String)| format!("{clause}  {text}");
        let clauses = clauses.iter().filter(|(clause, _)| named(clause)).map(say).collect();
        Self::Help(Help { lines: lines.to_vec(), clauses, above: 0 })
    }

    /// Tells whether the screen is free.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Takes a command.
    pub fn act(&mut self, action: Action) -> Reaction {
        match self {
            Self::None => return Reaction::Not,
            Self::Menu(list) => match action {
                Action::Accept => {
                    let chosen = list.at().and_then(|at| MENU.get(at)).map(|item| item.action);
                    *self = Self::None;
                    return chosen.map_or(Reaction::Mine, Reaction::Do);
                }
                Action::Up | Action::Down | Action::First | Action::Last => {
                    list.act(action);
                    return Reaction::Mine;
                }
                _ => {}
            },
            Self::Help(help) => match action {
                Action::Up => return help.scroll(|above| above.saturating_sub(1)),
                Action::Down => return help.scroll(|above| above + 1),
                Action::PageUp => return help.scroll(|above| above.saturating_sub(10)),
                Action::PageDown => return help.scroll(|above| above + 10),
                _ => {}
            },
        }
        let leaves = matches!(action, Action::Back | Action::Menu | Action::Help | Action::Accept);
        *self = Self::None;
        if leaves { Reaction::Mine } else { Reaction::Do(action) }
    }

    /// Takes a typed character: a letter of the menu; anything leaves help.
    pub fn edit(&mut self, edit: Edit) -> Reaction {
        match (std::mem::replace(self, Self::None), edit) {
            (Self::None, _) => Reaction::Not,
            (Self::Menu(list), Edit::Insert(letter)) => {
                let chosen = menu::choose(letter);
                if chosen.is_none() {
                    *self = Self::Menu(list);
                }
                chosen.map_or(Reaction::Mine, Reaction::Do)
            }
            (Self::Menu(_) | Self::Help(_), _) => Reaction::Mine,
        }
    }

    /// Draws it over `area`; `possible` tells which lines of the menu can be done now.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, (theme, possible): Possible<'_>) {
        match self {
            Self::None => {}
            Self::Menu(list) => {
                frame.render_widget(Clear, area);
                draw_menu(frame, area, (list, theme, possible));
            }
            Self::Help(help) => {
                frame.render_widget(Clear, area);
                help.draw(frame, area, theme);
            }
        }
    }
}

/// The theme, and which commands can be done now.
pub(super) type Possible<'a> = (Theme, &'a dyn Fn(Action) -> bool);

type Menu<'a> = (&'a List, Theme, &'a dyn Fn(Action) -> bool);

fn draw_menu(frame: &mut Frame<'_>, area: Rect, (list, theme, possible): Menu<'_>) {
    let [head, _, body] =
        Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    write(frame, head, 0, ("Menu: press a letter, or ↑ ↓ and Enter. Esc leaves.", theme.style(Role::Title)));
    let [go, does] = Layout::horizontal([Constraint::Length(30), Constraint::Fill(1)]).spacing(2).areas(body);
    let is_place = |item: &Item| matches!(item.action, Action::Go(_));
    let mut rows = [0_usize, 0];
    for (at, item) in MENU.iter().enumerate() {
        let (place, column) = if is_place(item) { (go, 0) } else { (does, 1) };
        let role = match (list.at() == Some(at), possible(item.action)) {
            (true, _) => Role::Focus,
            (false, true) => Role::Plain,
            (false, false) => Role::Quiet,
        };
        let Some(row) = rows.get_mut(column) else { continue };
        let line = text::pad(&format!(" {}  {}", item.letter, item.label), 30);
        write(frame, place, *row, (&line, theme.style(role)));
        *row += 1;
    }
}

/// Cells and rows of help in a window of 80 by 24.
const NARROWEST: usize = 78;
const LEAST_ROWS: usize = 18;

impl Help {
    fn scroll(&mut self, to: impl FnOnce(usize) -> usize) -> Reaction {
        // How far there is to go depends on the window; on the smallest that draws, the rows are these.
        let rows = |line: &String| text::wrap(line, NARROWEST).len();
        let all: usize = self.lines.iter().chain(&self.clauses).map(rows).sum();
        self.above = to(self.above).min((all + 4).saturating_sub(LEAST_ROWS));
        Reaction::Mine
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let room = usize::from(area.width.min(100));
        let mut rows = vec![("Help. Esc leaves it.".to_owned(), Role::Title), (String::new(), Role::Plain)];
        let plain = self.lines.iter().flat_map(|line| text::wrap(line, room));
        rows.extend(plain.map(|line| (line, Role::Plain)));
        if !self.clauses.is_empty() {
            rows.push((String::new(), Role::Plain));
            rows.push(("The programme says".to_owned(), Role::Title));
        }
        let quoted = self.clauses.iter().flat_map(|line| text::wrap(line, room));
        rows.extend(quoted.map(|line| (line, Role::Plain)));
        let height = usize::from(area.height);
        let fits = rows.len() <= height || height < 3;
        let body = if fits { height } else { height - 1 };
        let above = self.above.min(rows.len().saturating_sub(body));
        for (at, (line, role)) in rows.iter().skip(above).take(body).enumerate() {
            write(frame, area, at, (line, theme.style(*role)));
        }
        if !fits {
            let says = unseen(above, rows.len().saturating_sub(above + body));
            let says = format!("{says}: Up, Down, PgUp, PgDn");
            write(frame, area, body, (&says, theme.style(Role::Quiet)));
        }
    }
}
