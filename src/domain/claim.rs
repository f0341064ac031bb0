//! What a customer asks for: the cause of the damage, the parts, the days, who brings the unit.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use thiserror::Error;

use crate::domain::case::{Guard, Refused};
use crate::domain::product::Part;
use crate::domain::serial::Serial;

/// A word that is none of those a field knows.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("unknown {what} \"{word}\" (one of: {known})")]
pub struct UnknownWord {
    what: &'static str,
    word: String,
    known: String,
}

impl UnknownWord {
    /// Names the field, the word and the words that it knows.
    #[must_use]
    pub fn new(what: &'static str, word: &str, known: &[&str]) -> Self {
        Self { what, word: word.to_owned(), known: known.join(", ") }
    }
}

/// Makes an enum whose variants are written as fixed words in facts, files and commands.
#[macro_export]
macro_rules! words {
    ($(#[doc = $doc:literal])+ $name:ident ($what:literal) { $($(#[doc = $word:literal])+ $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(into = "&'static str")]
        pub enum $name { $($(#[doc = $word])+ $variant),+ }

        impl $name {
            /// Every one, in the order staff see them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word in facts, files and commands.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::claim::UnknownWord;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let unknown = || $crate::domain::claim::UnknownWord::new($what, text, &[$($text),+]);
                Self::ALL.iter().copied().find(|one| one.as_str() == text).ok_or_else(unknown)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::domain::text::parsed(from)
            }
        }

        impl From<$name> for &'static str {
            fn from(one: $name) -> Self {
                one.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.pad(self.as_str())
            }
        }
    };
}

words! {
    /// Why the unit is broken.
    Cause("cause") {
        /// A crash, a drop.
        Accident = "accident",
        /// Water.
        Water = "water",
        /// Broke in normal use, no accident.
        NormalUse = "normal-use",
        /// Failed by itself: the maker's fault.
        Defect = "defect",
        /// Scratches and the like.
        Cosmetic = "cosmetic",
        /// Flown away: there is no unit.
        Lost = "lost",
        /// Stolen: there is no unit.
        Stolen = "stolen",
        /// Broken on purpose.
        Deliberate = "deliberate",
        /// Circuit changed, unsuitable battery or charger.
        Modified = "modified",
        /// An accessory or part of another maker may have caused it.
        ThirdPartyPart = "third-party-part",
        /// Fire, earthquake, war.
        ForceMajeure = "force-majeure",
        /// Not yet known.
        Unknown = "unknown",
    }
}

words! {
    /// Who brings the unit. Clause C18.
    Owner("owner") {
        /// The person the plan was sold to.
        Same = "same",
        /// Another person.
        Other = "other",
        /// Not checked yet.
        Unverified = "unverified",
    }
}

words! {
    /// The way a case goes. Clauses C29 to C32.
    Channel("channel") {
        /// Walk in, and go home with the replacement.
        Swift = "swift",
        /// The replacement goes out as soon as the damaged product is received.
        Quick = "quick",
        /// Sent in, assessed, then the customer chooses.
        Online = "online",
    }
}

/// What an assessment says of the battery's charge cycles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cycles {
    /// Nothing: what was said before stands.
    AsSaid,
    /// Nobody can read them.
    Unreadable,
    /// They were read.
    Read(u32),
}

impl Cycles {
    /// The charge cycles from now on, where they are known. Clause C5.
    #[must_use]
    pub const fn after(self, said: Option<u32>) -> Option<u32> {
        match self {
            Self::AsSaid => said,
            Self::Unreadable => None,
            Self::Read(cycles) => Some(cycles),
        }
    }
}

/// The serial found on the unit at the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnUnit {
    /// Read.
    Serial(Serial),
    /// Cannot be read.
    Illegible,
}

/// The word that stands for a serial that cannot be read.
pub const ILLEGIBLE: &str = "illegible";

impl OnUnit {
    /// Refuses a unit that is not the case's: neither its serial nor the one that took its place in the plan.
    /// The counter's guard on receiving; clause C26.
    pub fn must_be(&self, case: &str, newest: Option<&str>) -> Result<(), Refused> {
        match self {
            Self::Serial(serial) if serial.as_str() != case && newest != Some(serial.as_str()) => {
                let say = format!(
                    "the unit is {serial}, the case is for {case}: look {serial} up and record its own case"
                );
                Err(Refused::new(Guard::OtherSerial, say))
            }
            Self::Serial(_) | Self::Illegible => Ok(()),
        }
    }
}

/// A claim against the plan or the warranty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Why it is broken.
    pub cause: Cause,
    /// Damaged parts, at least one, in order and without repetition.
    pub parts: Vec<Part>,
    /// The day of the damage.
    pub damaged_on: NaiveDate,
    /// The day the case was recorded.
    pub recorded_on: NaiveDate,
    /// Who brings it.
    pub owner: Owner,
    /// The way the case goes.
    pub channel: Channel,
    /// Parts handed in.
    pub handed_in: Vec<Part>,
    /// Charge cycles of the battery, where known.
    pub battery_cycles: Option<u32>,
    /// The serial on the unit.
    pub on_unit: OnUnit,
    /// Whether it was repaired elsewhere or taken apart (C6).
    pub repaired_elsewhere: bool,
}

impl FromStr for OnUnit {
    type Err = crate::domain::serial::BadSerial;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == ILLEGIBLE { Ok(Self::Illegible) } else { text.parse().map(Self::Serial) }
    }
}

impl fmt::Display for OnUnit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serial(serial) => serial.fmt(out),
            Self::Illegible => out.pad(ILLEGIBLE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::the_cases_own("08QDG6C01200B3", None, true)]
    #[case::the_one_that_took_its_place("08QDH32F456EZY", Some("08QDH32F456EZY"), true)]
    #[case::not_to_be_read("illegible", None, true)]
    #[case::another("08QDH32F456EZY", None, false)]
    #[case::another_than_both("08QDH32F456EZY", Some("08QDH32HA0Z0TW"), false)]
    fn only_the_cases_unit_is_received(
        #[case] unit: &str,
        #[case] newest: Option<&str>,
        #[case] taken: bool,
    ) {
        let unit: OnUnit = unit.parse().unwrap();
        let guard = unit.must_be("08QDG6C01200B3", newest).map_err(|no| no.guard);
        assert_eq!(guard, taken.then_some(()).ok_or(Guard::OtherSerial));
    }
}
