//! A labelled line of text.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use tui_input::{Input, InputRequest};

use crate::paper::text;
use crate::tui::key::{Action, Edit};
use crate::tui::widget::history::{History, Kind};
use crate::tui::widget::list::List;
use crate::tui::widget::{Focus, Look, Pasted, Reply, write, write_label};

/// One line of text with a label, a limit and its own undo.
#[derive(Debug, Clone)]
pub struct Field {
    label: &'static str,
    limit: usize,
    input: Input,
    history: History<Input>,
    last_time: Option<String>,
    /// Values that are often meant, with a word about each, for F4.
    values: Vec<(String, String)>,
    open: Option<List>,
}

impl Field {
    /// An empty field that takes at most `limit` characters.
    #[must_use]
    pub fn new(label: &'static str, limit: usize) -> Self {
        let (input, history) = (Input::default(), History::default());
        Self { label, limit, input, history, last_time: None, values: Vec::new(), open: None }
    }

    /// The same field, filled in.
    #[must_use]
    pub fn with_text(mut self, text: &str) -> Self {
        self.input = Input::new(text::clean(text).chars().take(self.limit).collect());
        self
    }

    /// The same field with a list of values that are often meant, a word about each.
    #[must_use]
    pub fn with_values(mut self, values: Vec<(String, String)>) -> Self {
        self.values = values;
        self
    }

    /// Keeps what it held last time for Ctrl+D.
    pub fn remember(&mut self, text: &str) {
        self.last_time = Some(text.to_owned());
    }

    /// Tells whether its list stands open; Enter, Esc and the arrows are its own then.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Tells whether F4 lists values for it.
    #[must_use]
    pub fn has_values(&self) -> bool {
        !self.values.is_empty()
    }

    /// Tells whether no more characters go in.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.text().chars().count() >= self.limit
    }

    /// The label.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.label
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// Puts another text in, as one step of undo.
    pub fn set(&mut self, text: &str) -> Reply {
        let text = text::clean(text);
        let kept = text.chars().take(self.limit).collect();
        self.change(Kind::Whole, |input| *input = Input::new(kept))
    }

    /// Takes an edit; an open list is left by it.
    pub fn edit(&mut self, edit: Edit) -> Reply {
        self.open = None;
        match edit {
            Edit::Insert(c) => self.insert(c),
            Edit::Backspace => self.request(Kind::Deleting, InputRequest::DeletePrevChar),
            Edit::Delete => self.request(Kind::Deleting, InputRequest::DeleteNextChar),
            Edit::DeleteWord => self.request(Kind::Whole, InputRequest::DeletePrevWord),
            Edit::Clear => self.request(Kind::Whole, InputRequest::DeleteLine),
            Edit::WordLeft => self.go(InputRequest::GoToPrevWord),
            Edit::WordRight => self.go(InputRequest::GoToNextWord),
        }
    }

    /// Takes the commands a text understands.
    pub fn act(&mut self, action: Action) -> Reply {
        if self.open.is_some() {
            return self.act_on_list(action);
        }
        match action {
            Action::Values if !self.values.is_empty() => {
                let at = self.values.iter().position(|(value, _)| value == self.text()).unwrap_or(0);
                self.open = Some(List::new(self.values.len()).with_at(at));
                Reply::Moved
            }
            Action::Left => self.go(InputRequest::GoToPrevChar),
            Action::Right => self.go(InputRequest::GoToNextChar),
            Action::First => self.go(InputRequest::GoToStart),
            Action::Last => self.go(InputRequest::GoToEnd),
            Action::Undo => self.undo(),
            Action::SameAsLast => match self.last_time.clone() {
                Some(text) => self.set(&text),
                None => Reply::Ignored,
            },
            _ => Reply::Ignored,
        }
    }

    fn act_on_list(&mut self, action: Action) -> Reply {
        match action {
            Action::Accept => {
                let at = self.open.take().and_then(|list| list.at());
                let value = at.and_then(|at| self.values.get(at)).map(|(value, _)| value.clone());
                match value.map(|value| self.set(&value)) {
                    Some(Reply::Ignored) | None => Reply::Moved,
                    Some(reply) => reply,
                }
            }
            Action::Back | Action::Values => {
                self.open = None;
                Reply::Moved
            }
            other => match &mut self.open {
                Some(list) => list.act(other),
                None => Reply::Ignored,
            },
        }
    }

    /// Puts a pasted text in at the cursor, as far as the limit allows.
    pub fn paste(&mut self, text: &str) -> Pasted {
        let text = text::clean(text);
        let room = self.limit.saturating_sub(self.text().chars().count());
        let left_out = text.chars().count().saturating_sub(room);
        let reply = self.change(Kind::Whole, |input| {
            let at = input.cursor();
            let added: String = text.chars().take(room).collect();
            let before: String = input.value().chars().take(at).collect();
            let after: String = input.value().chars().skip(at).collect();
            let cursor = at + added.chars().count();
            *input = Input::new(format!("{before}{added}{after}")).with_cursor(cursor);
        });
        Pasted { reply, left_out }
    }

    /// Takes the last typed character back, as if it had not been typed.
    pub fn take_back(&mut self) -> Reply {
        self.history.take_back_into(&mut self.input)
    }

    /// Goes a step back.
    pub fn undo(&mut self) -> Reply {
        self.history.undo_into(&mut self.input)
    }

    /// Draws label and text on the first row, and the cursor when the keys go here.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, look: Look) {
        let text_area = write_label(frame, area, (self.label, look));
        self.draw_text(frame, text_area, look);
    }

    /// Draws the open list over `area`; does nothing while it is closed.
    pub fn draw_list(&self, frame: &mut Frame<'_>, area: Rect, look: Look) {
        if let Some(list) = &self.open {
            let row = |at: usize| {
                self.values.get(at).map_or_else(String::new, |(value, says)| format!(" {value}  {says}"))
            };
            list.draw_over(frame, area, (look, &row));
        }
    }

    /// Draws the text alone.
    pub fn draw_text(&self, frame: &mut Frame<'_>, area: Rect, look: Look) {
        if area.is_empty() {
            return;
        }
        let room = usize::from(area.width);
        let cursor = self.cursor_cell();
        // The cursor may stand behind the last character and needs a cell of its own there.
        let from = (cursor + 1).saturating_sub(room);
        let shown = text::pad(&text::window(self.text(), from, room), room);
        write(frame, area, 0, (&shown, look.style(look.role())));
        if look.focus == Focus::Here {
            let x = u16::try_from(cursor - from).unwrap_or(0);
            frame.set_cursor_position(Position::new(area.x.saturating_add(x), area.y));
        }
    }

    /// The cell the cursor stands on, counted from the start of the text.
    fn cursor_cell(&self) -> usize {
        let before: String = self.text().chars().take(self.input.cursor()).collect();
        text::width(&before)
    }

    fn insert(&mut self, c: char) -> Reply {
        if self.is_full() || text::clean(&c.to_string()).is_empty() {
            return Reply::Ignored;
        }
        self.request(Kind::Typing, InputRequest::InsertChar(c))
    }

    fn request(&mut self, kind: Kind, request: InputRequest) -> Reply {
        self.change(kind, |input| {
            let _what_changed = input.handle(request);
        })
    }

    /// Makes a change, noted for undo when the text is another after it.
    fn change(&mut self, kind: Kind, change: impl FnOnce(&mut Input)) -> Reply {
        let before = self.input.clone();
        change(&mut self.input);
        if self.input.value() == before.value() {
            return Reply::Ignored;
        }
        if self.history.note(&before, kind) { Reply::NewStep } else { Reply::Changed }
    }

    fn go(&mut self, request: InputRequest) -> Reply {
        self.history.pause();
        self.input.handle(request).map_or(Reply::Ignored, |_| Reply::Moved)
    }
}

#[cfg(test)]
mod tests;
