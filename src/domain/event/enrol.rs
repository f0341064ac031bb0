//! Plans at the counter: bound, extended, given back, and the notices they rest on.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::event::Decided;

/// A plan was bound to a product. Clause C11.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// The plan's number.
    pub plan: String,
    /// The product's serial.
    pub serial: String,
    /// The region it was sold in.
    pub region: String,
    /// The edition it was sold under.
    pub programme: String,
    /// First covered day.
    pub starts_on: NaiveDate,
    /// Last covered day.
    pub ends_on: NaiveDate,
    /// Replacements granted.
    pub granted: u8,
    /// The day of the sale.
    pub on: NaiveDate,
    /// Which criterion held (C11a to C11e).
    pub criterion: String,
    /// The decision.
    pub decided: Decided,
}

/// Plus was sold for a plan. Clauses C21 to C23.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    /// Plus's own number.
    pub number: String,
    /// The plan it extends.
    pub plan: String,
    /// The serial the plan is bound to.
    pub serial: String,
    /// The plan's region.
    pub region: String,
    /// The plan's edition.
    pub programme: String,
    /// First covered day.
    pub starts_on: NaiveDate,
    /// Last covered day.
    pub ends_on: NaiveDate,
    /// Replacements granted.
    pub granted: u8,
    /// The day of the sale.
    pub on: NaiveDate,
    /// The decision.
    pub decided: Decided,
}

/// A plan was given back with its product. Clause C16.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenBack {
    /// The plan.
    pub plan: String,
    /// The serial it was bound to.
    pub serial: String,
    /// The day.
    pub on: NaiveDate,
    /// The decision.
    pub decided: Decided,
}

/// A notice of the maker that the customer showed. Clauses C11d, C11e, C12.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noticed {
    /// The product's serial.
    pub serial: String,
    /// Its kind, as in a notices file.
    pub kind: String,
    /// When the maker sent it.
    pub issued_at: String,
}
