//! Forms put aside, newest first; Enter takes one up again.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::paper::text;
use crate::repository::request::Parked;
use crate::tui::effect::{Answer, Effect, Request};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::sorry::{moved, useless};
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::theme::Role;
use crate::tui::widget::footer::Offer;
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Focus, Look, below, write};

/// The list of parked forms.
#[derive(Debug, Clone, Default)]
pub struct ParkedPage {
    forms: Vec<Parked>,
    list: List,
    /// The form whose throwing away was asked for once.
    doomed: Option<String>,
}

impl ParkedPage {
    fn marked(&self) -> Option<&Parked> {
        self.list.at().and_then(|at| self.forms.get(at))
    }

    /// Throws the marked form away when it is asked for twice.
    fn throw_away(&mut self) -> Vec<Want> {
        let Some(form) = self.marked().cloned() else { return Vec::new() };
        if self.doomed.take().as_ref() == Some(&form.id) {
            self.forms.retain(|other| other.id != form.id);
            self.list = List::new(self.forms.len()).with_at(self.list.at().unwrap_or(0));
            let says = format!("Thrown away: {}.", form.title);
            return vec![Want::Do(Effect::Unpark(form.id)), Want::Say(Notice::info(&says))];
        }
        self.doomed = Some(form.id);
        let says = format!("Throw away \"{}\"?", form.title);
        vec![Want::Say(Notice::refused(
            &says,
            "Press Delete again to throw it away; any other key keeps it.",
        ))]
    }
}

impl Page for ParkedPage {
    fn title(&self) -> &'static str {
        "Parked forms"
    }

    fn open(&mut self, _seen: &Seen<'_>, _request: Request) -> Vec<Want> {
        vec![Want::Do(Effect::Parked)]
    }

    fn offers(&self, _seen: &Seen<'_>) -> Vec<Offer> {
        let take = if self.forms.is_empty() {
            Offer::no(Action::Accept, "Nothing is parked.")
        } else {
            Offer::yes(Action::Accept)
        };
        vec![take.called("take up"), Offer::yes(Action::Back)]
    }

    fn act(&mut self, action: Action, _seen: &Seen<'_>) -> Vec<Want> {
        self.doomed = None;
        match (action, self.marked()) {
            (Action::Back, _) => vec![Want::Back],
            (Action::Accept, Some(form)) => vec![Want::Open(Destination::TakeUp(form.clone()))],
            (action, _) => moved(self.list.act(action)),
        }
    }

    fn edit(&mut self, edit: Edit, _seen: &Seen<'_>) -> Vec<Want> {
        if edit == Edit::Delete {
            return self.throw_away();
        }
        self.doomed = None;
        useless()
    }

    fn scan(&mut self, scan: &Scan, _seen: &Seen<'_>) -> Vec<Want> {
        vec![Want::Open(match scan {
            Scan::Case(number) => Destination::Case(number.clone()),
            Scan::Serial(serial) => Destination::Lookup(serial.to_string()),
            Scan::Stock(label) => Destination::Lookup(label.clone()),
        })]
    }

    fn answer(&mut self, answer: Answer, _seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Parked(Ok(forms)) => {
                self.list = List::new(forms.len()).with_at(self.list.at().unwrap_or(0));
                self.forms = forms;
                Vec::new()
            }
            Answer::Parked(Err(sorry)) => {
                vec![Want::Say(Notice::refused("The parked forms cannot be read.", &sorry.say))]
            }
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        let hint = "Enter takes a form up where it was left. Delete, twice, throws it away.";
        write(frame, area, 1, (hint, seen.theme.style(Role::Quiet)));
        if self.forms.is_empty() {
            write(frame, area, 3, ("Nothing is parked.", seen.theme.style(Role::Plain)));
            return;
        }
        let rows = below(area, 3);
        let room = usize::from(area.width).saturating_sub(20);
        let row = |at: usize| {
            let form = self.forms.get(at);
            let when = form.map_or_else(String::new, |form| text::moment(&form.at));
            let title = form.map_or("", |form| form.title.as_str());
            format!(" {}  {when}", text::pad(title, room))
        };
        let look = Look { theme: seen.theme, focus: Focus::Here };
        self.list.draw(frame, rows, (look, &row));
    }

    fn echo(&self) -> Echo {
        Echo::Held
    }

    fn help(&self) -> Vec<String> {
        vec![
            "A form that is left before it is recorded is parked here, with everything typed.".to_owned(),
            "Enter takes it up again. It leaves the list when its case is recorded.".to_owned(),
            "Delete throws the marked form away; it asks by wanting the key twice.".to_owned(),
        ]
    }
}
