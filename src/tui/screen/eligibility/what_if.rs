//! The what-if: cause, parts and day changed on the spot, decided, and never stored.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};

use crate::desk::card::{Card, Inquiry};
use crate::domain::claim::{Cause, Owner};
use crate::domain::day::parse_day;
use crate::domain::decision::Decision;
use crate::domain::edition::Edition;
use crate::domain::product::Part;
use crate::tui::screen::{Seen, days};
use crate::tui::theme::{Role, Theme};
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::write;

const CAUSE: usize = 0;
const DAY: usize = 1;
const PART: usize = 2;
const OWNER: usize = 3;

/// The rows it takes; an open list goes over what is below.
pub(super) const ROWS: u16 = 5;

/// The form of a what-if and what was decided on it.
#[derive(Debug, Clone)]
pub(super) struct WhatIf {
    /// The form.
    pub form: Form,
    parts: Vec<String>,
    stands: Result<Option<Box<Decision>>, String>,
}

impl WhatIf {
    /// A what-if that starts as the decision on screen: an accident today, the owner brings it.
    pub fn new((card, edition): (&Card, &Edition), seen: &Seen<'_>) -> Self {
        let model = edition.model(&card.model);
        let known = |id: &str| {
            model.is_some_and(|model| {
                model.replaceable.iter().any(|part| part.as_str() == id)
                    || model.warranty.iter().any(|row| row.part.as_str() == id)
            })
        };
        let parts: Vec<(String, String)> = edition
            .parts
            .iter()
            .filter(|(part, _)| known(part.as_str()))
            .map(|(part, name)| (part.as_str().to_owned(), name.clone()))
            .collect();
        let carrying = model.and_then(|model| model.carrying.as_ref()).map(Part::as_str);
        let ticked = parts.iter().position(|(id, _)| Some(id.as_str()) == carrying);
        let names = parts.iter().map(|(_, name)| name.clone()).collect();
        let cause_name = |cause: &Cause| {
            let route = edition.causes.get(cause).map(|route| route.name.clone());
            route.unwrap_or_else(|| words(cause.as_str()))
        };
        let part = Choice::new("Damaged part", names).with_chosen(ticked.unwrap_or(0));
        let mut form = Form::new(vec![
            Entry::Choice(Choice::new("Cause", Cause::ALL.iter().map(cause_name).collect()).with_chosen(0)),
            Entry::Text(Field::new("Day of damage", 10).with_values(days::lately(seen.now.date_naive()))),
            Entry::Choice(part),
            Entry::Choice(
                Choice::new("Brought by", Owner::ALL.iter().map(|owner| who(*owner)).collect())
                    .with_chosen(0),
            ),
        ]);
        form.remember(seen.last);
        Self { form, parts: parts.into_iter().map(|(id, _)| id).collect(), stands: Ok(None) }
    }

    /// What is asked, or what is missing for it.
    fn asked(&self, serial: &str) -> Result<Inquiry, String> {
        let cause = self.form.chosen(CAUSE).and_then(|at| Cause::ALL.get(at)).copied();
        let owner = self.form.chosen(OWNER).and_then(|at| Owner::ALL.get(at)).copied();
        let damaged_on = match self.form.text(DAY) {
            "" => None,
            day => Some(parse_day(day).map_err(|bad| format!("{bad}"))?),
        };
        Ok(Inquiry {
            serial: serial.to_owned(),
            cause: cause.ok_or("Choose a cause: F4 lists them")?,
            parts: self.form.chosen(PART).and_then(|at| self.parts.get(at)).cloned().into_iter().collect(),
            damaged_on,
            owner: owner.ok_or("Choose who brings it: F4 lists them")?,
        })
    }

    /// Asks again; where something is missing the old decision no longer stands.
    pub fn ask(&mut self, serial: &str) -> Option<Inquiry> {
        match self.asked(serial) {
            Ok(inquiry) => Some(inquiry),
            Err(why) => {
                self.stands = Err(why);
                None
            }
        }
    }

    /// Keeps the newest decision, or why there is none.
    pub fn decided(&mut self, decision: Result<Box<Decision>, String>) {
        self.stands = decision.map(Some);
    }

    /// The decision, while it is that of the form.
    pub fn decision(&self) -> Option<&Decision> {
        self.stands.as_ref().ok()?.as_deref()
    }

    /// What is missing for a decision.
    pub fn missing(&self) -> Option<&str> {
        self.stands.as_ref().err().map(String::as_str)
    }

    /// Draws it, marked as what it is.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        let [mark, form] = Layout::vertical([Constraint::Length(1), Constraint::Fill(1)]).areas(area);
        let says = " WHAT-IF - nothing of this is stored; without a day it is today's ";
        write(frame, mark, 0, (says, theme.style(Role::Special)));
        self.form.draw(frame, form, theme);
    }
}

/// Cause and parts of an inquiry as staff call them.
pub(super) fn in_words(asked: &Inquiry, edition: &Edition) -> String {
    let cause = edition.causes.get(&asked.cause).map(|route| route.name.clone());
    let part =
        |id: &String| edition.part(id).map_or_else(|| id.clone(), |part| edition.part_name(part).to_owned());
    let cause = cause.unwrap_or_else(|| words(asked.cause.as_str()));
    std::iter::once(cause).chain(asked.parts.iter().map(part)).collect::<Vec<_>>().join(", ")
}

fn words(id: &str) -> String {
    id.replace('-', " ")
}

fn who(owner: Owner) -> String {
    match owner {
        Owner::Same => "the owner",
        Owner::Other => "another person",
        Owner::Unverified => "not checked yet",
    }
    .to_owned()
}
