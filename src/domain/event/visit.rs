//! Appointments, and the ready customer who was told.

use serde::{Deserialize, Serialize};

crate::words! {
    /// What happens to an appointment.
    Booking("booking") {
        /// It is made.
        Booked = "booked",
        /// It is put to another time.
        Moved = "moved",
        /// It is called off.
        Cancelled = "cancelled",
        /// Nobody came.
        NoShow = "no-show",
        /// The customer came.
        Kept = "kept",
    }
}

/// An appointment was booked, moved, called off, or nobody came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointed {
    /// The case's id.
    pub case: String,
    /// The appointment's id; a moved one gets a new row.
    pub id: String,
    /// The moment.
    pub slot: String,
    /// What happens to it.
    pub how: Booking,
    /// The row that this one takes the place of, when it is moved.
    pub instead_of: Option<String>,
}

/// The customer was told that the unit is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The case's id.
    pub case: String,
}
