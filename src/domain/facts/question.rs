//! A question whose facts have been checked: every value is possible, every name is known.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::claim::Claim;
use crate::domain::edition::{ClockDay, Edition, FeeOrdinal};
use crate::domain::money::Money;
use crate::domain::plan::Plan;
use crate::domain::product::{Activation, Condition, Model, ModelId};
use crate::domain::region::Region;
use crate::domain::serial::Serial;

/// Checked facts with the edition that decides them.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// Echoed in the answer.
    pub id: Option<String>,
    /// The rules.
    pub edition: &'a Edition,
    /// Where and when.
    pub desk: Desk,
    /// The product.
    pub device: Device<'a>,
    /// Its plan.
    pub plan: Option<Plan>,
    /// What is asked.
    pub asked: Asked,
}

/// What is asked of plan and product.
#[derive(Debug, Clone)]
pub enum Asked {
    /// What is open for this damage?
    Claim(Claim),
    /// May a plan be bound?
    Bind(Bind),
    /// May plus be bought for this plan?
    Extend(Plan, Extend),
    /// May this plan be returned, with its product or without?
    Return(Plan, ProductGoes),
}

/// Whether the product goes back with its plan. Clauses C16, C17.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductGoes {
    /// It is returned as well.
    Back,
    /// The customer keeps it.
    Stays,
}

/// The centre and its clock.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The centre's region.
    pub region: Region,
    /// Now.
    pub at: DateTime<FixedOffset>,
    /// The desk's own day.
    pub day: NaiveDate,
    /// Its own fees.
    pub fees: Vec<FeeRow>,
}

/// One of the centre's own fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeRow {
    /// The model.
    pub model: ModelId,
    /// Which replacement.
    pub ordinal: FeeOrdinal,
    /// The amount.
    pub amount: Money,
}

/// The product.
#[derive(Debug, Clone)]
pub struct Device<'a> {
    /// Its serial.
    pub serial: Serial,
    /// What it is.
    pub model: &'a Model,
    /// Where it was bought, if known.
    pub purchase_region: Option<Region>,
    /// When it was bought, if known.
    pub purchased_on: Option<NaiveDate>,
    /// The warranty's first day where it is known by itself.
    pub warranty_starts_on: Option<NaiveDate>,
    /// When it was activated.
    pub activation: Activation,
    /// The packaging.
    pub condition: Condition,
    /// The serial that replaced this one.
    pub replaced_by: Option<Serial>,
    /// The day it was handed out as a replacement.
    pub issued_on: Option<NaiveDate>,
}

/// A wish to bind a plan.
#[derive(Debug, Clone)]
pub struct Bind {
    /// The moment of binding.
    pub at: DateTime<FixedOffset>,
    /// Its local day, the plan's first.
    pub day: NaiveDate,
    /// Where the plan is bought.
    pub region: Region,
    /// What the maker has sent.
    pub notices: Notices,
    /// Whether the unit has damage that is known.
    pub damaged: bool,
}

/// What the maker has sent about the product.
#[derive(Debug, Clone, Copy, Default)]
pub struct Notices {
    /// Who repaired it.
    pub repaired_by: Option<Repairer>,
    /// When the invitation after a repair was mailed.
    pub invited_at: Option<DateTime<FixedOffset>>,
    /// How far video verification is, and when its notice was sent.
    pub video: Option<(VideoState, Option<DateTime<FixedOffset>>)>,
}

crate::words! {
    /// Who repaired the product. Clause C11d.
    Repairer("repairer") {
        /// An official service centre.
        Official = "official",
        /// Anybody else.
        Other = "other",
    }
}

crate::words! {
    /// How far video verification is. Clauses C11e, C12.
    VideoState("state of a video") {
        /// Sent in.
        Pending = "pending",
        /// Turned down.
        Rejected = "rejected",
        /// Approved.
        Approved = "approved",
    }
}

/// A wish to buy plus.
#[derive(Debug, Clone, Copy)]
pub struct Extend {
    /// The day of purchase.
    pub on: NaiveDate,
    /// Where.
    pub region: Region,
}

/// The calendar day of an instant (setting `clock.day`).
pub(super) fn day_of(at: DateTime<FixedOffset>, rule: ClockDay) -> NaiveDate {
    match rule {
        ClockDay::Centre => at.date_naive(),
        ClockDay::Utc => at.naive_utc().date(),
    }
}
