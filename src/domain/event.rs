//! Events: every change of the shop's own tables, with every value the act used.
//!
//! Replaying them alone rebuilds those tables. Persons and free texts are named by id and salted digest.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::case::{Outcome, State};
use crate::domain::claim::{Channel, Owner};
use crate::domain::money::Money;

mod about;
mod day;
mod enrol;
mod life;
mod shelf;
mod value;
mod visit;

pub use day::{DayClosed, SheetPrinted};
pub use enrol::{Bound, Extended, GivenBack, Noticed};
pub use life::{
    Back, Brought, Cancelled, ChangedMind, Finished, HandedOver, Held, Kept, MovedBack, Override,
    PartsBrought, PartsWaived, Refunded, Reopened, Unflagged, Unheld, Voided, Whereabouts,
};
pub use shelf::{Arrival, Arrived, Counted, Found, Keeping, KeptFor, Quarantined, Shipped};
pub use value::{Apart, Decided, Handed, Line, Method, Moved, Payment, Slot, Stated, Way};
pub use visit::{Appointed, Booking, Told};

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
        #[serde(default)]
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
        /// What the unit looked like, where it was noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        condition: Option<Apart>,
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
        #[serde(default)]
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
        #[serde(default)]
        decided: Decided,
        /// Who decided what the rules refer to a person.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        overridden: Option<Override>,
        /// Whether the assessment is still owed, as on the quick channel. Clause C30.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unassessed: bool,
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
        #[serde(default)]
        decided: Decided,
        /// Old units and parts that wait here for the maker from now on.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        kept: Vec<Kept>,
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
        /// How it went out; none for the original that an act makes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        way: Option<Way>,
    },
    /// The customer wants something else.
    ChangedMind(ChangedMind),
    /// The case rests.
    Held(Held),
    /// The case goes on.
    Unheld(Unheld),
    /// The unit went into the workshop.
    Worked {
        /// The case's id.
        case: String,
    },
    /// The repair is done.
    Finished(Finished),
    /// The customer was told that the unit is ready.
    Told(Told),
    /// The unit is the customer's again.
    HandedOver(HandedOver),
    /// Money went back.
    Refunded(Refunded),
    /// The case ended early.
    Cancelled(Cancelled),
    /// A hand-out was taken back.
    Voided(Voided),
    /// An ended case goes on.
    Reopened(Reopened),
    /// Owed parts came in.
    PartsBrought(PartsBrought),
    /// Owed parts were let go.
    PartsWaived(PartsWaived),
    /// The maker's record contradicts the case no longer.
    Unflagged(Unflagged),
    /// An appointment.
    Appointed(Appointed),
    /// Units came in.
    Arrived(Arrived),
    /// A unit is kept for a case, or free again.
    KeptFor(KeptFor),
    /// A shelf was counted.
    Counted(Counted),
    /// A unit was set aside.
    Quarantined(Quarantined),
    /// A unit is in stock again.
    Found(Found),
    /// Units and parts went back to the maker.
    Shipped(Shipped),
    /// A plan was bound.
    Bound(Bound),
    /// Plus was sold.
    Extended(Extended),
    /// A plan was given back.
    GivenBack(GivenBack),
    /// A notice was recorded.
    Noticed(Noticed),
    /// A day was closed.
    DayClosed(DayClosed),
    /// A paper of no case was printed.
    SheetPrinted(SheetPrinted),
}
