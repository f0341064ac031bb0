//! What happens to a case beside the straight way: other minds, the workshop, hand-over, undoing.

use serde::{Deserialize, Serialize};

use crate::domain::case::State;
use crate::domain::claim::Owner;
use crate::domain::event::{Apart, Line};

/// The customer wants something else: the reservation is released and the quote superseded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedMind {
    /// The case's id.
    pub case: String,
    /// The reservation that is released.
    pub slot: Option<String>,
    /// Why.
    pub reason: Option<Apart>,
}

/// Somebody asked that the case rests; it keeps its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The case's id.
    pub case: String,
    /// Why.
    pub reason: Apart,
}

/// The case goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unheld {
    /// The case's id.
    pub case: String,
    /// Why.
    pub reason: Option<Apart>,
}

/// The repair is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// The case's id.
    pub case: String,
    /// What was done.
    pub result: Apart,
}

/// The unit is the customer's again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// The case's id.
    pub case: String,
    /// The serial that was scanned.
    pub serial: String,
}

/// Money went back to the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    /// The case's id.
    pub case: String,
    /// The line.
    pub line: Line,
}

/// The case ended before anything irreversible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// The case's id.
    pub case: String,
    /// The reservation that is released.
    pub slot: Option<String>,
    /// Why.
    pub reason: Apart,
}

/// A hand-out was taken back by a second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// The case's id.
    pub case: String,
    /// The second person.
    pub by: String,
    /// Why.
    pub reason: Apart,
    /// The use that is void, which gives its ordinal back.
    pub slot: String,
    /// Units handed out, and what became of them.
    pub units: Vec<Back>,
    /// The binding that is reversed.
    pub moved: Option<MovedBack>,
    /// What is paid back, a line for each method.
    pub lines: Vec<Line>,
}

/// A unit of a hand-out that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Back {
    /// Its serial or label.
    pub serial: String,
    /// What became of it.
    pub how: Whereabouts,
}

crate::words! {
    /// What became of a unit whose hand-out is void.
    Whereabouts("whereabouts") {
        /// It is here again, and is set aside.
        Back = "back",
        /// Nobody has it.
        Lost = "lost",
    }
}

/// The plan goes back to the serial it was on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedBack {
    /// The plan.
    pub plan: String,
    /// The serial that loses it.
    pub from: String,
    /// The serial that has it again.
    pub to: String,
    /// The new binding's id.
    pub binding: String,
}

/// A case that had ended goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopened {
    /// The case's id.
    pub case: String,
    /// The second person.
    pub by: String,
    /// Why.
    pub reason: Apart,
    /// The state afterwards.
    pub state: State,
    /// The unit that was brought again, where the case had been cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brought: Option<Brought>,
}

/// A unit that came in again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// The serial found on it, or `illegible`.
    pub on_unit: String,
    /// Parts handed in.
    pub handed_in: Vec<String>,
    /// Who brought it; none in a line from before this was asked, which leaves what was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// What the unit looked like, where it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Apart>,
}

/// The maker's record contradicts the case no longer: its row came in, or was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unflagged {
    /// The case's id.
    pub case: String,
    /// The plan's number (plus has its own).
    pub plan: String,
    /// Which replacement.
    pub ordinal: u8,
    /// What the row said that contradicted; empty where it did not say.
    pub new_serial: String,
}

/// Parts that were owed came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartsBrought {
    /// The case's id.
    pub case: String,
    /// All parts that are here now.
    pub handed_in: Vec<String>,
    /// What goes to the parts list.
    pub kept: Vec<Kept>,
}

/// A second person let owed parts go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartsWaived {
    /// The case's id.
    pub case: String,
    /// The parts.
    pub parts: Vec<String>,
    /// The second person.
    pub by: String,
    /// Why.
    pub reason: Apart,
}

/// An old unit or part that waits here until it is sent back to the maker. Clause C26.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The row's id.
    pub id: String,
    /// The part.
    pub part: String,
    /// The model.
    pub model: String,
    /// Its serial, where it has one.
    pub serial: Option<String>,
}

/// A second person decided what the rules refer to a person. Both names stand in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// The second person.
    pub by: String,
    /// Why.
    pub reason: Apart,
}
