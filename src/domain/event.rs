//! Events: every change of the shop's own tables, with every value the act used.
//!
//! Replaying them alone rebuilds those tables. Persons and free texts are named by id and salted digest.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::case::{Outcome, State};
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::money::Money;

/// A person or a text that stands in a table of its own: its id, and a salted digest that proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// The row's id.
    pub id: String,
    /// SHA-256 over its salt and content, in hexadecimal.
    pub digest: String,
}

/// A decision as it was made: its facts and its answer, both JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The row's id.
    pub id: String,
    /// The facts.
    pub facts: String,
    /// The answer.
    pub answer: String,
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

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The counter got its name.
    Setup {
        /// The centre's name.
        site: String,
        /// Its region.
        region: String,
        /// The till's id.
        till: String,
        /// The till's number.
        number: u16,
    },
    /// A maker's file came in; it changed the registry only.
    Imported {
        /// Its kind.
        kind: String,
        /// SHA-256 of the file.
        digest: String,
        /// Rows read.
        rows: u64,
        /// Registry tables after it: rows and content digest, to find damage later.
        tables: Vec<(String, u64, String)>,
    },
    /// A maker's row contradicts what a living case did with a replacement.
    Flagged {
        /// The case's id.
        case: String,
        /// The plan's number (plus has its own).
        plan: String,
        /// Which replacement.
        ordinal: u8,
        /// What the maker's row says was handed out; empty where it does not.
        new_serial: String,
        /// When.
        at: String,
    },
    /// A case was opened.
    Recorded {
        /// The case's id.
        case: String,
        /// Its number.
        number: String,
        /// Till and running number.
        till: u16,
        /// The till's running number.
        sequence: u32,
        /// The serial.
        serial: String,
        /// The oldest serial of its chain.
        chain: String,
        /// The plan.
        plan: Option<String>,
        /// The customer.
        customer: Apart,
        /// The customer's words.
        said: Apart,
        /// The channel.
        channel: Channel,
        /// When.
        at: String,
        /// The desk's day.
        on: NaiveDate,
        /// What is claimed.
        stated: Stated,
        /// The first decision.
        decided: Decided,
    },
    /// The unit was taken in.
    Received {
        /// The case's id.
        case: String,
        /// The serial found on it, or `illegible`.
        on_unit: String,
        /// Parts handed in.
        handed_in: Vec<String>,
        /// Who brought it.
        owner: Owner,
    },
    /// A technician looked.
    Assessed {
        /// The case's id.
        case: String,
        /// What was found.
        finding: Apart,
        /// What is claimed now.
        stated: Stated,
        /// The fresh decision.
        decided: Decided,
        /// The state afterwards (a quick case keeps its own).
        state: State,
    },
    /// The customer chose.
    Chosen {
        /// The case's id.
        case: String,
        /// What.
        outcome: Outcome,
        /// The state afterwards.
        state: State,
        /// Who brought it, as seen now.
        owner: Owner,
        /// When the quote was frozen.
        at: String,
        /// The plan, which may have come in after the case was recorded.
        plan: Option<String>,
        /// The replacement that is reserved.
        slot: Option<Slot>,
        /// What it will cost, when known.
        fee: Option<Money>,
        /// Why, where a reason is asked.
        reason: Option<Apart>,
        /// Today's decision.
        decided: Decided,
    },
    /// Money moved; an unknown fee became the amount entered.
    Paid {
        /// The case's id.
        case: String,
        /// The fee from now on.
        fee: Money,
        /// Lines of money.
        lines: Vec<Line>,
    },
    /// Units were handed out.
    Issued {
        /// The case's id.
        case: String,
        /// When.
        at: String,
        /// The desk's day.
        on: NaiveDate,
        /// The reservation that becomes a use.
        slot: Slot,
        /// The units.
        units: Vec<Handed>,
        /// The move of the plan, when the part that carries the serial was replaced.
        moved: Option<Moved>,
        /// The decision it rests on.
        decided: Decided,
    },
    /// The case is done.
    Closed {
        /// The case's id.
        case: String,
    },
    /// A paper was made, or printed again.
    Printed {
        /// The case's id.
        case: String,
        /// The paper's id.
        paper: String,
        /// Its kind.
        kind: String,
        /// The snapshot.
        text: Apart,
        /// When.
        at: String,
        /// 0 is the original, 1 the first copy.
        copy: u32,
    },
}

impl Event {
    /// The event's word in the journal.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Setup { .. } => "setup",
            Self::Imported { .. } => "imported",
            Self::Flagged { .. } => "flagged",
            Self::Recorded { .. } => "recorded",
            Self::Received { .. } => "received",
            Self::Assessed { .. } => "assessed",
            Self::Chosen { .. } => "chosen",
            Self::Paid { .. } => "paid",
            Self::Issued { .. } => "issued",
            Self::Closed { .. } => "closed",
            Self::Printed { .. } => "printed",
        }
    }

    /// The case it is about.
    #[must_use]
    pub fn case(&self) -> Option<&str> {
        match self {
            Self::Setup { .. } | Self::Imported { .. } => None,
            Self::Flagged { case, .. }
            | Self::Recorded { case, .. }
            | Self::Received { case, .. }
            | Self::Assessed { case, .. }
            | Self::Chosen { case, .. }
            | Self::Paid { case, .. }
            | Self::Issued { case, .. }
            | Self::Closed { case }
            | Self::Printed { case, .. } => Some(case),
        }
    }

    /// Every person and text it names.
    #[must_use]
    pub fn apart(&self) -> Vec<&Apart> {
        match self {
            Self::Setup { .. }
            | Self::Imported { .. }
            | Self::Flagged { .. }
            | Self::Received { .. }
            | Self::Issued { .. }
            | Self::Closed { .. } => Vec::new(),
            Self::Recorded { customer, said, .. } => vec![customer, said],
            Self::Assessed { finding, .. } => vec![finding],
            Self::Chosen { reason, .. } => reason.iter().collect(),
            Self::Paid { lines, .. } => lines.iter().filter_map(|line| line.reason.as_ref()).collect(),
            Self::Printed { text, .. } => vec![text],
        }
    }
}
