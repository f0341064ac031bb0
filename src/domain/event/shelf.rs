//! What happens to units on the shelf and to the old parts that wait for the maker.

use serde::{Deserialize, Serialize};

use crate::domain::event::Apart;

/// A unit came in at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Its serial, or the shop's own label.
    pub serial: String,
    /// Its model.
    pub model: String,
    /// The part it is, or the carrying part for a whole unit.
    pub part: String,
    /// The shelf.
    pub place: Option<String>,
}

/// Units came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// The units.
    pub units: Vec<Arrival>,
}

/// A unit is kept for a case, or free again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFor {
    /// The case's id.
    pub case: String,
    /// The unit.
    pub serial: String,
    /// Kept, or let go.
    pub how: Keeping,
}

crate::words! {
    /// Whether a unit is kept for a case.
    Keeping("keeping") {
        /// It is.
        Kept = "kept",
        /// It is free again.
        Freed = "freed",
    }
}

/// A shelf was counted by scanning it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The count's id.
    pub id: String,
    /// The shelf.
    pub place: String,
    /// How many units were scanned.
    pub scanned: u32,
    /// Units that should be there and were not scanned; they are missing from now on.
    pub missing: Vec<String>,
    /// Units that were missing, or stood elsewhere, and are here; they are in stock at this place from now on.
    pub found: Vec<String>,
    /// Scanned serials that are no units of this shop's stock, or not free ones; nothing changes for them.
    pub strange: Vec<String>,
}

/// A unit is set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quarantined {
    /// The unit.
    pub serial: String,
    /// Why.
    pub reason: Apart,
}

/// A unit is in stock again: it was missing or set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The unit.
    pub serial: String,
    /// The shelf.
    pub place: Option<String>,
    /// Why, where a reason is asked.
    pub reason: Option<Apart>,
}

/// Units and old parts went back to the maker on one packing list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipped {
    /// The packing list's id.
    pub packing: String,
    /// Stock units by serial or label.
    pub units: Vec<String>,
    /// Old parts by their row's id.
    pub parts: Vec<String>,
}
