//! Events: every change of the shop's own tables, with every value the act used.
//!
//! Replaying them alone rebuilds those tables. Persons and free texts are named by id and salted digest.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::case::{Outcome, State};
use crate::domain::claim::{Channel, Owner};
use crate::domain::money::Money;

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
            Self::ChangedMind(_) => "changed-mind",
            Self::Held(_) => "held",
            Self::Unheld(_) => "unheld",
            Self::Worked { .. } => "worked",
            Self::Finished(_) => "finished",
            Self::Told(_) => "told",
            Self::HandedOver(_) => "handed-over",
            Self::Refunded(_) => "refunded",
            Self::Cancelled(_) => "cancelled",
            Self::Voided(_) => "voided",
            Self::Reopened(_) => "reopened",
            Self::PartsBrought(_) => "parts-brought",
            Self::PartsWaived(_) => "parts-waived",
            Self::Unflagged(_) => "unflagged",
            Self::Appointed(_) => "appointed",
            Self::Arrived(_) => "arrived",
            Self::KeptFor(_) => "kept-for",
            Self::Counted(_) => "counted",
            Self::Quarantined(_) => "quarantined",
            Self::Found(_) => "found",
            Self::Shipped(_) => "shipped",
            Self::Bound(_) => "bound",
            Self::Extended(_) => "extended",
            Self::GivenBack(_) => "given-back",
            Self::Noticed(_) => "noticed",
            Self::DayClosed(_) => "day-closed",
            Self::SheetPrinted(_) => "sheet-printed",
        }
    }

    /// The case it is about.
    #[must_use]
    pub fn case(&self) -> Option<&str> {
        match self {
            Self::Setup { .. }
            | Self::Imported { .. }
            | Self::Arrived(_)
            | Self::Counted(_)
            | Self::Quarantined(_)
            | Self::Found(_)
            | Self::Shipped(_)
            | Self::Bound(_)
            | Self::Extended(_)
            | Self::GivenBack(_)
            | Self::Noticed(_)
            | Self::DayClosed(_)
            | Self::SheetPrinted(_) => None,
            Self::Flagged { case, .. }
            | Self::Recorded { case, .. }
            | Self::Received { case, .. }
            | Self::Assessed { case, .. }
            | Self::Chosen { case, .. }
            | Self::Paid { case, .. }
            | Self::Issued { case, .. }
            | Self::Closed { case }
            | Self::Worked { case }
            | Self::Printed { case, .. } => Some(case),
            Self::ChangedMind(it) => Some(&it.case),
            Self::Held(it) => Some(&it.case),
            Self::Unheld(it) => Some(&it.case),
            Self::Finished(it) => Some(&it.case),
            Self::Told(it) => Some(&it.case),
            Self::HandedOver(it) => Some(&it.case),
            Self::Refunded(it) => Some(&it.case),
            Self::Cancelled(it) => Some(&it.case),
            Self::Voided(it) => Some(&it.case),
            Self::Reopened(it) => Some(&it.case),
            Self::PartsBrought(it) => Some(&it.case),
            Self::PartsWaived(it) => Some(&it.case),
            Self::Unflagged(it) => Some(&it.case),
            Self::Appointed(it) => Some(&it.case),
            Self::KeptFor(it) => Some(&it.case),
        }
    }

    /// Every person and text it names.
    #[must_use]
    pub fn apart(&self) -> Vec<&Apart> {
        match self {
            Self::Setup { .. }
            | Self::Imported { .. }
            | Self::Flagged { .. }
            | Self::Unflagged(_)
            | Self::Received { .. }
            | Self::Issued { .. }
            | Self::Closed { .. }
            | Self::Worked { .. }
            | Self::Told(_)
            | Self::HandedOver(_)
            | Self::Appointed(_)
            | Self::PartsBrought(_)
            | Self::Arrived(_)
            | Self::KeptFor(_)
            | Self::Counted(_)
            | Self::Shipped(_)
            | Self::Bound(_)
            | Self::Extended(_)
            | Self::GivenBack(_)
            | Self::Noticed(_) => Vec::new(),
            Self::Recorded { customer, said, .. } => vec![customer, said],
            Self::Assessed { finding, .. } => vec![finding],
            Self::Chosen { reason, overridden, .. } => {
                reason.iter().chain(overridden.iter().map(|by| &by.reason)).collect()
            }
            Self::Paid { lines, .. } => value::reasons(lines),
            Self::Printed { text, .. } => vec![text],
            Self::ChangedMind(it) => it.reason.iter().collect(),
            Self::Held(it) => vec![&it.reason],
            Self::Unheld(it) => it.reason.iter().collect(),
            Self::Finished(it) => vec![&it.result],
            Self::Refunded(it) => it.line.reason.iter().collect(),
            Self::Cancelled(it) => vec![&it.reason],
            Self::Voided(it) => std::iter::once(&it.reason).chain(value::reasons(&it.lines)).collect(),
            Self::Reopened(it) => vec![&it.reason],
            Self::PartsWaived(it) => vec![&it.reason],
            Self::Quarantined(it) => vec![&it.reason],
            Self::Found(it) => it.reason.iter().collect(),
            Self::DayClosed(it) => it.explained.iter().collect(),
            Self::SheetPrinted(it) => vec![&it.text],
        }
    }
}
