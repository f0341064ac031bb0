//! A form of a case as it is put aside, and taken up again exactly.

use serde::{Deserialize, Serialize};

use crate::tui::screen::case::task::Task;
use crate::tui::screen::case::verb::Verb;
use crate::tui::widget::form::Kept;

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
    /// What was filled in.
    #[serde(flatten)]
    pub form: Kept,
}

impl Saved {
    /// Writes a form down.
    pub fn of(task: &Task, (request, serial): (&str, &str), number: Option<&str>) -> Self {
        Self {
            screen: SCREEN.to_owned(),
            request: request.to_owned(),
            serial: serial.to_owned(),
            number: number.map(str::to_owned),
            verb: task.verb,
            form: task.form().kept(),
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
