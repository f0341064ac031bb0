//! Products of the programme: models, their series and kind, and the parts that can be damaged.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// What sort of product a model is: it decides the window for binding a plan (C11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Flies.
    Aircraft,
    /// Held in the hand (Osmo, Ronin).
    Handheld,
    /// Hangs under an aircraft (Zenmuse).
    Gimbal,
}

/// A part's id, such as `aircraft` or `remote-controller`; only editions make them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Part(String);

/// A model's id, such as `mavic-pro`; only editions make them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ModelId(String);

/// A product model of one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// The id in facts and files.
    pub id: ModelId,
    /// The name on screen and paper.
    pub name: String,
    /// The series' name, such as `Phantom`.
    pub series: String,
    /// Aircraft, handheld or gimbal; none for a product the programme has no plan for and whose kind no
    /// rule asks.
    pub kind: Option<Kind>,
    /// The part that bears the plan's serial, and under which a whole unit is stocked.
    pub carrying: Option<Part>,
    /// What the plan replaces (C24); empty where the programme has no plan for the model (C14).
    pub replaceable: Vec<Part>,
    /// Warranty by part (C5).
    pub warranty: Vec<PartWarranty>,
    /// Whether no source was found for this model's warranty table and a pattern stands in.
    pub warranty_assumed: bool,
    /// What the source says beyond the table, for the screen.
    pub warranty_note: String,
}

/// How long the maker's warranty on one part lasts. Clause C5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartWarranty {
    /// The part.
    pub part: Part,
    /// Months from the warranty's first day.
    pub months: u32,
    /// Charge cycles that end it earlier: it stands below this number.
    pub below_cycles: Option<u32>,
}

/// When the product was first activated, as far as the desk knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// Nobody knows.
    Unknown,
    /// Never activated.
    Never,
    /// Known as a bare day.
    On(NaiveDate),
    /// Known to the second.
    At(DateTime<FixedOffset>),
}

crate::words! {
    /// The state of the product's packaging, where a plan is to be bound. Clause C11a.
    Condition("condition") {
        /// Never opened.
        Sealed = "sealed",
        /// Opened.
        Opened = "opened",
        /// Not known.
        Unknown = "unknown",
    }
}

impl Part {
    /// Names a part; the edition's reader makes these.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ModelId {
    /// Names a model; the edition's reader makes these.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Model {
    /// Tells whether the programme has a plan for this model. Clause C14.
    #[must_use]
    pub fn has_plan(&self) -> bool {
        !self.replaceable.is_empty()
    }

    /// The warranty on `part`; none when the maker gives none.
    #[must_use]
    pub fn warranty_on(&self, part: &Part) -> Option<&PartWarranty> {
        self.warranty.iter().find(|row| row.part == *part)
    }

    /// Tells whether the plan replaces `part`. Clause C24.
    #[must_use]
    pub fn replaces(&self, part: &Part) -> bool {
        self.replaceable.contains(part)
    }

    /// Those of the damaged parts that the plan replaces. Clause C24.
    #[must_use]
    pub fn listed(&self, damaged: &[String]) -> Vec<Part> {
        self.replaceable.iter().filter(|part| damaged.iter().any(|id| id == part.as_str())).cloned().collect()
    }
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

impl fmt::Display for ModelId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}
