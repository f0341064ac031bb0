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
    /// What it starts from; the form says in what it differs.
    about: Inquiry,
    /// The parts of each line of the form's list.
    parts: Vec<Vec<String>>,
    stands: Result<Option<Box<Decision>>, String>,
}

impl WhatIf {
    /// A what-if that starts as the decision on screen: what a case says, else an accident today that the owner
    /// brings in.
    pub fn new((card, edition): (&Card, &Edition), about: Option<&Inquiry>, seen: &Seen<'_>) -> Self {
        let about = about.cloned().unwrap_or_else(|| Inquiry::today(&card.serial));
        let model = edition.model(&card.model);
        let known = |id: &str| {
            model.is_some_and(|model| {
                model.replaceable.iter().any(|part| part.as_str() == id)
                    || model.warranty.iter().any(|row| row.part.as_str() == id)
            })
        };
        let each = edition.parts.iter().map(|(part, _)| part.as_str()).filter(|id| known(id));
        let mut parts: Vec<Vec<String>> = each.map(|id| vec![id.to_owned()]).collect();
        let carrying = model.and_then(|model| model.carrying.as_ref()).map(Part::as_str);
        let first: Vec<String> = match about.parts.as_slice() {
            [] => carrying.into_iter().map(str::to_owned).collect(),
            said => said.to_vec(),
        };
        if !first.is_empty() && !parts.contains(&first) {
            parts.insert(0, first.clone());
        }
        let ticked = parts.iter().position(|ids| *ids == first);
        let names = parts.iter().map(|ids| part_names(ids, edition)).collect();
        let cause_name = |cause: &Cause| {
            let route = edition.causes.get(cause).map(|route| route.name.clone());
            route.unwrap_or_else(|| words(cause.as_str()))
        };
        let part = Choice::new("Damaged part", names).with_chosen(ticked.unwrap_or(0));
        let mut form = Form::new(vec![
            Entry::Choice(
                Choice::new("Cause", Cause::ALL.iter().map(cause_name).collect())
                    .with_chosen(place(Cause::ALL, &about.cause)),
            ),
            Entry::Text(
                Field::new("Day of damage", 10)
                    .with_text(&about.damaged_on.map(|day| day.to_string()).unwrap_or_default())
                    .with_values(days::lately(seen.now.date_naive())),
            ),
            Entry::Choice(part),
            Entry::Choice(
                Choice::new("Brought by", Owner::ALL.iter().map(|owner| who(*owner)).collect())
                    .with_chosen(place(Owner::ALL, &about.owner)),
            ),
        ]);
        form.remember(seen.last);
        Self { form, about, parts, stands: Ok(None) }
    }

    /// What is asked, or what is missing for it.
    fn asked(&self) -> Result<Inquiry, String> {
        let cause = self.form.chosen(CAUSE).and_then(|at| Cause::ALL.get(at)).copied();
        let owner = self.form.chosen(OWNER).and_then(|at| Owner::ALL.get(at)).copied();
        let damaged_on = match self.form.text(DAY) {
            "" => None,
            day => Some(parse_day(day).map_err(|bad| format!("{bad}"))?),
        };
        Ok(Inquiry {
            cause: cause.ok_or("Choose a cause: F4 lists them")?,
            parts: self.form.chosen(PART).and_then(|at| self.parts.get(at)).cloned().unwrap_or_default(),
            damaged_on,
            owner: owner.ok_or("Choose who brings it: F4 lists them")?,
            ..self.about.clone()
        })
    }

    /// Asks again; where something is missing the old decision no longer stands.
    pub fn ask(&mut self) -> Option<Inquiry> {
        match self.asked() {
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
        let rest = match &self.about.case {
            Some(number) => format!("the rest is as case {number} has it"),
            None => "without a day it is today's".to_owned(),
        };
        let says = format!(" WHAT-IF - nothing of this is stored; {rest} ");
        write(frame, mark, 0, (&says, theme.style(Role::Special)));
        self.form.draw(frame, form, theme);
    }
}

/// Cause and parts of an inquiry as staff call them.
pub(super) fn in_words(asked: &Inquiry, edition: &Edition) -> String {
    let cause = edition.causes.get(&asked.cause).map(|route| route.name.clone());
    let cause = cause.unwrap_or_else(|| words(asked.cause.as_str()));
    let parts = Some(part_names(&asked.parts, edition)).filter(|parts| !parts.is_empty());
    std::iter::once(cause).chain(parts).collect::<Vec<_>>().join(", ")
}

fn part_names(ids: &[String], edition: &Edition) -> String {
    let name = |id: &String| edition.part(id).map_or(id.as_str(), |part| edition.part_name(part)).to_owned();
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Where a value stands in its list.
fn place<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|other| other == one).unwrap_or(0)
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
