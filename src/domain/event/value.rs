//! The values that events carry.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::claim::{Cause, Owner};
use crate::domain::event::{Assessed, Chosen, Event, Issued, Recorded};
use crate::domain::money::Money;

/// A person or a text that stands in a table of its own: its id, and a salted digest that proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// The row's id.
    pub id: String,
    /// SHA-256 over its salt and content, in hexadecimal.
    pub digest: String,
}

/// A decision as it was made: its facts and its answer, both JSON; empty where a line was read without it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The row's id.
    pub id: String,
    /// The facts.
    pub facts: String,
    /// The answer.
    pub answer: String,
}

impl Event {
    /// The decision on a case that it rests on.
    #[must_use]
    pub const fn decided(&self) -> Option<&Decided> {
        if let Self::Recorded(Recorded { decided, .. })
        | Self::Assessed(Assessed { decided, .. })
        | Self::Chosen(Chosen { decided, .. })
        | Self::Issued(Issued { decided, .. }) = self
        {
            Some(decided)
        } else {
            None
        }
    }
}

/// What a claim on a case says, as far as it is known at one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// Why it is broken.
    pub cause: Cause,
    /// The damaged parts.
    pub parts: Vec<String>,
    /// The day of the damage.
    pub damaged_on: NaiveDate,
    /// Who brings it.
    pub owner: Owner,
    /// Charge cycles.
    pub battery_cycles: Option<u32>,
    /// Repaired elsewhere or taken apart.
    pub repaired_elsewhere: bool,
}

/// A replacement of a plan that a case has reserved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// The id of the reservation, which becomes the use.
    pub id: String,
    /// The plan's number (plus has its own).
    pub plan: String,
    /// Which replacement.
    pub ordinal: u8,
}

/// What moves when a unit that carries the serial is replaced. Clauses C26, C27.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The plan, by its own number also when plus gave the replacement.
    pub plan: String,
    /// The old serial.
    pub from: String,
    /// The new one.
    pub to: String,
    /// The model.
    pub model: String,
    /// The product's region, for the list on screen.
    pub region: Option<String>,
    /// The new binding's id.
    pub binding: String,
    /// The id of the binding that ends; it is written now where the registry's row was all there was.
    pub ends: String,
}

/// One unit that was handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// Its serial or stock label.
    pub serial: String,
    /// The part.
    pub part: String,
}

/// How money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payment {
    /// The customer paid.
    Taken,
    /// The customer was paid back.
    Refunded,
    /// The shop let it go.
    Waived,
}

crate::words! {
    /// How the customer pays.
    Method("method") {
        /// Card.
        Card = "card",
        /// Cash.
        Cash = "cash",
        /// Anything else.
        Other = "other",
    }
}

/// One line of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// Which way.
    pub kind: Payment,
    /// How; none when waived.
    pub method: Option<Method>,
    /// How much.
    pub amount: Money,
    /// Why, where it is not simply the fee.
    pub reason: Option<Apart>,
}

pub(super) fn reasons(lines: &[Line]) -> Vec<&Apart> {
    lines.iter().filter_map(|line| line.reason.as_ref()).collect()
}

crate::words! {
    /// How a paper went out.
    Way("way") {
        /// As text, to whoever asked for it.
        Text = "text",
        /// Into a file.
        File = "file",
        /// To the printer.
        Printer = "printer",
    }
}
