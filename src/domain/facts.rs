//! The facts of one question, as they are written: what the desk knows before it decides.
//!
//! The wire form only; [`Facts::check`] turns it into a [`Question`], in which a wrong value cannot exist.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::day::{parse_day, parse_instant};
use crate::domain::money::Currency;
use crate::domain::product::Condition;
use crate::domain::region::Code;
use crate::domain::text;

mod check;
mod check_plan;
mod notice;
mod object;
mod question;

pub use check::{STORED, activated_on};
pub use notice::Notice;
pub use object::Object;
pub use question::{
    Asked, Bind, Desk, Device, Extend, FeeRow, Notices, ProductGoes, Question, Repairer, VideoState,
};

/// Facts that cannot be decided on: which field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize)]
#[error("{field}: {problem}")]
pub struct Refusal {
    /// The field's path, such as `device.model`.
    pub field: String,
    /// What is wrong, in a sentence.
    pub problem: String,
}

crate::words! {
    /// What is asked.
    Ask("ask") {
        /// What does the plan, or the warranty, do for this damage?
        Claim = "claim",
        /// May a plan be bound to this product?
        Bind = "bind",
        /// May plus be bought?
        Extend = "extend",
        /// May the plan be returned?
        ReturnPlan = "return-plan",
    }
}

/// A question with everything that is known. Absent and null mean "not known" unless a field says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// Echoed in the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What is asked.
    pub ask: Ask,
    /// The edition to decide by, where it is not to follow from the plan or the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// Where and when.
    #[serde(deserialize_with = "object::required")]
    pub desk: DeskFacts,
    /// The product.
    #[serde(deserialize_with = "object::required")]
    pub device: DeviceFacts,
    /// Its plan; none is a fact too (C7).
    #[serde(default, deserialize_with = "object::optional")]
    pub plan: Option<PlanFacts>,
    /// For `claim`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "object::optional")]
    pub claim: Option<ClaimFacts>,
    /// For `bind`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "object::optional")]
    pub bind: Option<BindFacts>,
    /// For `extend`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "object::optional")]
    pub extend: Option<ExtendFacts>,
    /// For `return-plan`.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "object::optional")]
    pub return_plan: Option<ReturnFacts>,
}

/// The centre and its clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskFacts {
    /// The centre's country or region.
    pub region: Code,
    /// Now; the local day is the day in this offset.
    #[serde(with = "instant")]
    pub at: DateTime<FixedOffset>,
    /// The centre's own fees, which go before the edition's.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "object::optional_list")]
    pub fees: Option<Vec<FeeFacts>>,
}

/// One row of the centre's own fees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeFacts {
    /// Model id.
    pub model: String,
    /// The currency.
    pub currency: Currency,
    /// `1`, `2` … or `plus`.
    pub ordinal: String,
    /// Minor units.
    pub minor: i64,
}

/// The product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviceFacts {
    /// Its serial.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// Where it was bought.
    #[serde(default)]
    pub purchase_region: Option<Code>,
    /// When it was bought.
    #[serde(default, with = "optional_day")]
    pub purchased_on: Option<NaiveDate>,
    /// The warranty's first day, where it is known by itself.
    #[serde(default, with = "optional_day")]
    pub warranty_starts_on: Option<NaiveDate>,
    /// Activation: null is never, absent is not known.
    #[serde(default, skip_serializing_if = "ActivationFact::is_absent")]
    pub activated_at: ActivationFact,
    /// The packaging.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// The serial that replaced this one (C26).
    #[serde(default)]
    pub replaced_by: Option<String>,
    /// The day this unit was handed out as a replacement.
    #[serde(default, deserialize_with = "object::stored", skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
}

/// Activation as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ActivationFact {
    /// The key is not there: not known.
    #[default]
    Absent,
    /// Null: never activated.
    Never,
    /// A bare day.
    On(NaiveDate),
    /// An instant.
    At(DateTime<FixedOffset>),
}

/// The plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFacts {
    /// Its number.
    pub number: String,
    /// `refresh`; plus is the extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// The edition it was sold under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<String>,
    /// Where it was bought.
    pub region: Code,
    /// The serial it is bound to.
    pub bound_serial: String,
    /// First covered day.
    #[serde(with = "day")]
    pub starts_on: NaiveDate,
    /// Last covered day as printed.
    #[serde(default, with = "optional_day")]
    pub ends_on: Option<NaiveDate>,
    /// Replacements granted.
    pub granted: u8,
    /// Replacements used.
    pub used: u8,
    /// Which ordinals are used or held, where they are not simply the first ones.
    #[serde(default, deserialize_with = "object::stored", skip_serializing_if = "Option::is_none")]
    pub taken: Option<Vec<u8>>,
    /// The day it was returned.
    #[serde(default, with = "optional_day")]
    pub returned_on: Option<NaiveDate>,
    /// Plus.
    #[serde(default, deserialize_with = "object::optional")]
    pub extension: Option<ExtensionFacts>,
}

/// Plus on a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtensionFacts {
    /// The day it was bought.
    #[serde(with = "day")]
    pub bought_on: NaiveDate,
    /// Of its replacements, those used.
    pub used: u8,
    /// Replacements granted, where they are not the edition's.
    #[serde(default, deserialize_with = "object::stored", skip_serializing_if = "Option::is_none")]
    pub granted: Option<u8>,
    /// Last covered day as printed.
    #[serde(default, deserialize_with = "object::stored", skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimFacts {
    /// Why it is broken.
    pub cause: Cause,
    /// Damaged parts, at least one.
    pub parts: Vec<String>,
    /// The day of the damage; else the day it was recorded.
    #[serde(default, with = "optional_day")]
    pub damaged_on: Option<NaiveDate>,
    /// The day the case was recorded; else the desk's.
    #[serde(default, with = "optional_day")]
    pub recorded_on: Option<NaiveDate>,
    /// Who brings it; else `unverified`.
    #[serde(default)]
    pub owner: Option<Owner>,
    /// The way the case goes; else `swift`.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// Parts handed in; else the damaged ones.
    #[serde(default)]
    pub handed_in: Option<Vec<String>>,
    /// Charge cycles of the battery.
    #[serde(default)]
    pub battery_cycles: Option<u32>,
    /// The serial on the unit, or `illegible`; else the device's.
    #[serde(default)]
    pub serial_on_unit: Option<String>,
    /// Repaired elsewhere or taken apart.
    #[serde(default)]
    pub repaired_elsewhere: Option<bool>,
}

/// A wish to bind a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BindFacts {
    /// The moment of binding; else the desk's.
    #[serde(default, with = "optional_instant")]
    pub at: Option<DateTime<FixedOffset>>,
    /// Where the plan is bought.
    pub region: Code,
    /// Who repaired the product, if it was.
    #[serde(default)]
    pub repaired_by: Option<Repairer>,
    /// When the invitation after an official repair was mailed (C11d).
    #[serde(default, with = "optional_instant")]
    pub repair_invitation_at: Option<DateTime<FixedOffset>>,
    /// Video verification (C11e).
    #[serde(default, deserialize_with = "object::optional")]
    pub video: Option<VideoFacts>,
    /// Whether the unit has damage that is known.
    #[serde(default)]
    pub damaged: Option<bool>,
}

/// Video verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VideoFacts {
    /// How far it is.
    pub state: VideoState,
    /// When the notice of approval was sent (C12).
    #[serde(default, with = "optional_instant")]
    pub notice_at: Option<DateTime<FixedOffset>>,
}

/// A wish to buy plus; the desk's day and region stand in for what is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtendFacts {
    /// The day of purchase.
    #[serde(default, with = "optional_day")]
    pub on: Option<NaiveDate>,
    /// Where it is bought.
    #[serde(default)]
    pub region: Option<Code>,
}

/// A wish to return the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnFacts {
    /// Whether the product is returned as well (C16, C17).
    pub product_returned: bool,
}

impl ActivationFact {
    fn is_absent(&self) -> bool {
        *self == Self::Absent
    }
}

impl Serialize for ActivationFact {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Never => out.serialize_none(),
            Self::On(day) => out.collect_str(day),
            Self::At(at) => out.serialize_str(&at.to_rfc3339()),
        }
    }
}

impl<'de> Deserialize<'de> for ActivationFact {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Written(ActivationFact);

        impl<'de> Deserialize<'de> for Written {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let written = |text: &str| match text.len() {
                    10 => parse_day(text).map(ActivationFact::On),
                    _ => parse_instant(text).map(ActivationFact::At),
                };
                text::read(from, written).map(Self)
            }
        }

        let written = Option::<Written>::deserialize(from)?;
        Ok(written.map_or(Self::Never, |Written(fact)| fact))
    }
}

/// Makes the serde modules that read strictly and write what they read.
macro_rules! strict {
    ($one:ident, $optional:ident, $type:ty, $parse:path, $show:expr) => {
        mod $one {
            use super::*;

            pub fn serialize<S: Serializer>(value: &$type, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(&$show(value))
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$type, D::Error> {
                text::read(from, $parse)
            }
        }

        mod $optional {
            use super::*;

            #[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
            pub fn serialize<S: Serializer>(value: &Option<$type>, out: S) -> Result<S::Ok, S::Error> {
                value.as_ref().map($show).serialize(out)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<$type>, D::Error> {
                Ok(Option::<Written>::deserialize(from)?.map(|Written(value)| value))
            }

            struct Written($type);

            impl<'de> Deserialize<'de> for Written {
                fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    super::$one::deserialize(from).map(Self)
                }
            }
        }
    };
}

strict!(day, optional_day, NaiveDate, parse_day, ToString::to_string);
strict!(instant, optional_instant, DateTime<FixedOffset>, parse_instant, DateTime::to_rfc3339);
