//! Events: every change of the shop's own tables, with every value the act used.
//!
//! Replaying them alone rebuilds those tables. Persons and free texts are named by id and salted digest.

use serde::{Deserialize, Serialize};

mod about;
mod case;
mod day;
mod enrol;
mod life;
mod shelf;
mod shop;
mod value;
mod visit;

pub use case::{Assessed, Chosen, Closed, Issued, Paid, Printed, Received, Recorded, Worked};
pub use day::{DayClosed, SheetPrinted};
pub use enrol::{Bound, Extended, GivenBack, Noticed};
pub use life::{
    Back, Brought, Cancelled, ChangedMind, Finished, HandedOver, Held, Kept, MovedBack, Override,
    PartsBrought, PartsWaived, Refunded, Reopened, Unflagged, Unheld, Voided, Whereabouts,
};
pub use shelf::{Arrival, Arrived, Counted, Found, Keeping, KeptFor, Quarantined, Shipped};
pub use shop::{Flagged, Imported, Setup};
pub use value::{Apart, Decided, Handed, Line, Method, Moved, Payment, Slot, Stated, Way};
pub use visit::{Appointed, Booking, Told};

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The counter got its name.
    Setup(Setup),
    /// A maker's file came in; it changed the registry only.
    Imported(Imported),
    /// A maker's row contradicts what a living case did with a replacement.
    Flagged(Flagged),
    /// A case was opened.
    Recorded(Recorded),
    /// The unit was taken in.
    Received(Received),
    /// A technician looked.
    Assessed(Assessed),
    /// The customer chose.
    Chosen(Chosen),
    /// Money moved; an unknown fee became the amount entered.
    Paid(Paid),
    /// Units were handed out.
    Issued(Issued),
    /// The case is done.
    Closed(Closed),
    /// A paper was made, or printed again.
    Printed(Printed),
    /// The customer wants something else.
    ChangedMind(ChangedMind),
    /// The case rests.
    Held(Held),
    /// The case goes on.
    Unheld(Unheld),
    /// The unit went into the workshop.
    Worked(Worked),
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
