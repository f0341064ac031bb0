//! What the screens ask about the line and about appointments.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::desk::visit::{Appointment, Person};
use crate::tui::effect::{Request, Sorry};

/// A moment with the offset of this counter's clock.
type Slot = DateTime<FixedOffset>;

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// The line of a day.
    Line(NaiveDate),
    /// The slots of a day that are free.
    Slots(NaiveDate),
    /// A slot for a case.
    Book(String, Slot, Request),
    /// Another slot for a case.
    Move(String, Slot, Request),
    /// The appointment is called off.
    CallOff(String, Request),
    /// Nobody came.
    NoShow(String, Request),
}

/// What the desk says.
#[derive(Debug)]
pub enum Told {
    /// The line of a day.
    Line(Result<Vec<Person>, Sorry>),
    /// The free slots of a day.
    Slots(NaiveDate, Result<Vec<Slot>, Sorry>),
    /// An appointment after an act.
    Done(Result<Appointment, Sorry>),
}
