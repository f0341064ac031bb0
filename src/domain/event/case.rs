//! What happens to a case on the straight way: recorded, received, assessed, chosen, paid, issued, closed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::case::{Outcome, State};
use crate::domain::claim::{Channel, Owner};
use crate::domain::event::{Apart, Decided, Handed, Kept, Line, Moved, Override, Slot, Stated, Way};
use crate::domain::money::Money;

/// A case was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The case's id.
    pub case: String,
    /// Its number.
    pub number: String,
    /// Its till.
    pub till: u16,
    /// The till's running number.
    pub sequence: u32,
    /// The serial.
    pub serial: String,
    /// The oldest serial of its chain.
    pub chain: String,
    /// The plan.
    pub plan: Option<String>,
    /// The customer.
    pub customer: Apart,
    /// The customer's words.
    pub said: Apart,
    /// The channel.
    pub channel: Channel,
    /// When.
    pub at: String,
    /// The desk's day.
    pub on: NaiveDate,
    /// What is claimed.
    pub stated: Stated,
    /// The first decision.
    #[serde(default)]
    pub decided: Decided,
}

/// The unit was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The case's id.
    pub case: String,
    /// The serial found on it, or `illegible`.
    pub on_unit: String,
    /// Parts handed in.
    pub handed_in: Vec<String>,
    /// Who brought it.
    pub owner: Owner,
    /// What the unit looked like, where it was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Apart>,
}

/// A technician looked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessed {
    /// The case's id.
    pub case: String,
    /// What was found.
    pub finding: Apart,
    /// What is claimed now.
    pub stated: Stated,
    /// The fresh decision.
    #[serde(default)]
    pub decided: Decided,
    /// The state afterwards (a quick case keeps its own).
    pub state: State,
}

/// The customer chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The case's id.
    pub case: String,
    /// What.
    pub outcome: Outcome,
    /// The state afterwards.
    pub state: State,
    /// Who brought it, as seen now.
    pub owner: Owner,
    /// When the quote was frozen.
    pub at: String,
    /// The plan, which may have come in after the case was recorded.
    pub plan: Option<String>,
    /// The replacement that is reserved.
    pub slot: Option<Slot>,
    /// What it will cost, when known.
    pub fee: Option<Money>,
    /// Why, where a reason is asked.
    pub reason: Option<Apart>,
    /// Today's decision.
    #[serde(default)]
    pub decided: Decided,
    /// Who decided what the rules refer to a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Override>,
    /// Whether the assessment is still owed, as on the quick channel. Clause C30.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unassessed: bool,
}

/// Money moved; an unknown fee became the amount entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paid {
    /// The case's id.
    pub case: String,
    /// The fee from now on.
    pub fee: Money,
    /// Lines of money.
    pub lines: Vec<Line>,
}

/// Units were handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The case's id.
    pub case: String,
    /// When.
    pub at: String,
    /// The desk's day.
    pub on: NaiveDate,
    /// The reservation that becomes a use.
    pub slot: Slot,
    /// The units.
    pub units: Vec<Handed>,
    /// The move of the plan, when the part that carries the serial was replaced.
    pub moved: Option<Moved>,
    /// The decision it rests on.
    #[serde(default)]
    pub decided: Decided,
    /// Old units and parts that wait here for the maker from now on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
}

/// The case is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// The case's id.
    pub case: String,
}

/// A paper was made, or printed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The case's id.
    pub case: String,
    /// The paper's id.
    pub paper: String,
    /// Its kind.
    pub kind: String,
    /// The snapshot.
    pub text: Apart,
    /// When.
    pub at: String,
    /// 0 is the original, 1 the first copy.
    pub copy: u32,
    /// How it went out; none for the original that an act makes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<Way>,
}

/// The unit went into the workshop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worked {
    /// The case's id.
    pub case: String,
}
