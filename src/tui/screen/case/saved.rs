//! A form of a case as it is put aside, and taken up again exactly.

use serde::{Deserialize, Serialize};

use crate::tui::screen::case::task::Task;
use crate::tui::screen::case::verb::Verb;
use crate::tui::widget::form::{Entry, Form};

/// The word by which a parked form says that it is a case's.
const SCREEN: &str = "case";

/// A form put aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Saved {
    screen: String,
    /// The parked form's id, which is the form's request too: the act is done once, whoever presses F9.
    pub request: String,
    /// The serial it is about.
    pub serial: String,
    /// The case, when there is one already.
    pub number: Option<String>,
    /// What it does.
    pub verb: Verb,
    at: usize,
    values: Vec<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Value {
    Text(String),
    Chosen(Option<usize>),
    Ticked(Vec<usize>),
}

impl Saved {
    /// Writes a form down.
    pub fn of(task: &Task, (request, serial): (&str, &str), number: Option<&str>) -> Self {
        let form = task.form();
        Self {
            screen: SCREEN.to_owned(),
            request: request.to_owned(),
            serial: serial.to_owned(),
            number: number.map(str::to_owned),
            verb: task.verb,
            at: form.at(),
            values: (0..).map_while(|at| form.entry(at)).map(value_of).collect(),
        }
    }

    /// Reads a parked form's body; none when it is another screen's.
    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok().filter(|saved: &Self| saved.screen == SCREEN)
    }

    /// The body as it is stored.
    pub fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

fn value_of(entry: &Entry) -> Value {
    match entry {
        Entry::Text(field) => Value::Text(field.text().to_owned()),
        Entry::Choice(choice) => Value::Chosen(choice.chosen()),
        Entry::Ticks(ticks) => Value::Ticked(ticks.ticked()),
    }
}

/// The form with the values that were put aside, and the keys where they were.
pub(super) fn restored(entries: Vec<Entry>, saved: &Saved) -> Form {
    let mut values = saved.values.iter();
    let filled = entries.into_iter().map(|entry| match (entry, values.next()) {
        (Entry::Text(field), Some(Value::Text(text))) => Entry::Text(field.with_text(text)),
        (Entry::Choice(choice), Some(Value::Chosen(at))) => {
            Entry::Choice(choice.with_chosen(at.unwrap_or(usize::MAX)))
        }
        (Entry::Ticks(ticks), Some(Value::Ticked(lines))) => Entry::Ticks(ticks.with_ticked(lines)),
        (entry, _) => entry,
    });
    let mut form = Form::new(filled.collect());
    form.go_to(saved.at);
    form
}
