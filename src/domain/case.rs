//! A case: its number, its states and outcomes, and the guards that may refuse a step.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

mod second;
mod step;

pub use second::{owed, second_person};
pub use step::{Assessment, Standing, Step, may_end_early};

crate::words! {
    /// How far a case is.
    State("state") {
        /// The customer's words are written down.
        Recorded = "RECORDED",
        /// The unit is in our hands.
        Received = "RECEIVED",
        /// A technician has looked.
        Assessed = "ASSESSED",
        /// The customer has chosen.
        Chosen = "CHOSEN",
        /// In the workshop.
        InWork = "IN_WORK",
        /// Waiting for the customer.
        Ready = "READY",
        /// Handed over.
        HandedOver = "HANDED_OVER",
        /// Done; read-only.
        Closed = "CLOSED",
        /// Ended before anything irreversible.
        Cancelled = "CANCELLED",
    }
}

crate::words! {
    /// What came of a case.
    Outcome("outcome") {
        /// Nothing yet.
        None = "none",
        /// Replaced by the plan.
        Replacement = "REPLACEMENT",
        /// Repaired at the customer's cost.
        PaidRepair = "PAID_REPAIR",
        /// Repaired by the warranty.
        WarrantyRepair = "WARRANTY_REPAIR",
        /// Given back as it was.
        ReturnUnrepaired = "RETURN_UNREPAIRED",
        /// Nothing was wrong.
        NoFault = "NO_FAULT",
    }
}

crate::words! {
    /// What the customer chooses.
    Choice("choice") {
        /// A replacement by the plan.
        Replacement = "replacement",
        /// Repair at the customer's cost.
        PaidRepair = "paid-repair",
        /// Repair by the warranty.
        WarrantyRepair = "warranty-repair",
        /// The unit back as it is.
        ReturnUnrepaired = "return-unrepaired",
        /// Nothing is wrong with it.
        NoFault = "no-fault",
    }
}

crate::words! {
    /// What refuses an act.
    Guard("guard") {
        /// The counter has no name and region yet.
        NotSetUp = "not-set-up",
        /// The serial is not in the registry.
        NoSuchDevice = "no-such-device",
        /// No case has this number.
        NoSuchCase = "no-such-case",
        /// Another case on this serial or its chain is open.
        OpenCase = "open-case",
        /// The case is not where this act begins.
        WrongState = "wrong-state",
        /// The unit is not the case's.
        OtherSerial = "other-serial",
        /// The channel is not offered in this region.
        ChannelNotOffered = "channel-not-offered",
        /// The customer's words are too few.
        WordsTooShort = "words-too-short",
        /// The plan does not cover it.
        NotCovered = "not-covered",
        /// This remedy is not open.
        RemedyClosed = "remedy-closed",
        /// A person with more rights must decide.
        Refer = "refer",
        /// No replacement is left.
        NoBalance = "no-balance",
        /// Nobody has checked who brings the unit.
        OwnerNotSeen = "owner-not-seen",
        /// A damaged part is not here.
        PartsMissing = "parts-missing",
        /// The fee is not paid.
        FeeUnpaid = "fee-unpaid",
        /// The fee is not known.
        FeeUnknown = "fee-unknown",
        /// The unit is not in stock at all.
        UnitUnknown = "unit-unknown",
        /// The unit is not free.
        UnitNotInStock = "unit-not-in-stock",
        /// The unit is another model.
        UnitWrongModel = "unit-wrong-model",
        /// The unit is another part.
        UnitWrongPart = "unit-wrong-part",
        /// The unit's serial was a customer's before.
        SerialBoundBefore = "serial-bound-before",
        /// Money is owed one way or the other.
        MoneyNotSettled = "money-not-settled",
        /// The assessment is still owed.
        AssessmentOwed = "assessment-owed",
        /// Parts are still owed.
        PartsOwed = "parts-owed",
        /// It takes another person.
        SamePerson = "same-person",
        /// Something was built on it.
        BuiltUpon = "built-upon",
        /// The day is closed.
        DayClosed = "day-closed",
    }
}

/// A refusal by a guard, with its sentence. A value, not an error.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{say}")]
pub struct Refused {
    /// Which guard.
    pub guard: Guard,
    /// What is wrong and what to do, in a sentence.
    pub say: String,
}

impl Refused {
    /// Refuses in words.
    pub fn new(guard: Guard, say: impl Into<String>) -> Self {
        Self { guard, say: say.into() }
    }
}

impl State {
    /// Tells whether the case still needs somebody.
    #[must_use]
    pub const fn open(self) -> bool {
        !matches!(self, Self::Closed | Self::Cancelled)
    }

    /// Tells whether a case that stands so, with this outcome, has left nothing: whatever was done is undone, or
    /// the customer took the unit away as it had come.
    #[must_use]
    pub const fn left_nothing(self, outcome: Outcome) -> bool {
        match self {
            Self::Cancelled => true,
            Self::Closed => matches!(outcome, Outcome::ReturnUnrepaired | Outcome::NoFault),
            Self::Recorded
            | Self::Received
            | Self::Assessed
            | Self::Chosen
            | Self::InWork
            | Self::Ready
            | Self::HandedOver => false,
        }
    }

    /// The state in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Received => "received",
            Self::Assessed => "assessed",
            Self::Chosen => "chosen",
            Self::InWork => "in work",
            Self::Ready => "ready",
            Self::HandedOver => "handed over",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Outcome {
    /// Tells whether the customer pays for it: the plan's charge (C4) or a repair they chose (C29); what the
    /// warranty does is free (C5, C8), and so is giving a unit back.
    #[must_use]
    pub const fn costs(self) -> bool {
        match self {
            Self::Replacement | Self::PaidRepair => true,
            Self::None | Self::WarrantyRepair | Self::ReturnUnrepaired | Self::NoFault => false,
        }
    }
}

impl Choice {
    /// The outcome this choice leads to.
    #[must_use]
    pub const fn outcome(self) -> Outcome {
        match self {
            Self::Replacement => Outcome::Replacement,
            Self::PaidRepair => Outcome::PaidRepair,
            Self::WarrantyRepair => Outcome::WarrantyRepair,
            Self::ReturnUnrepaired => Outcome::ReturnUnrepaired,
            Self::NoFault => Outcome::NoFault,
        }
    }

    /// The state a case is in once this is chosen.
    #[must_use]
    pub const fn leads_to(self) -> State {
        match self {
            Self::Replacement | Self::PaidRepair | Self::WarrantyRepair => State::Chosen,
            Self::ReturnUnrepaired | Self::NoFault => State::Ready,
        }
    }
}

/// The spoken number of a case: `TTTT-NNNNN-C`, till, sequence and a Damm check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    till: u16,
    sequence: u32,
}

/// Why a text is not a case number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadNumber {
    /// Not of the form.
    #[error("\"{0}\" is not a case number (it looks like 0001-00042-7)")]
    Shape(String),
    /// The check digit says that a digit is wrong.
    #[error("case number {0} has a wrong digit: read it again")]
    Check(String),
}

/// Damm's quasigroup of order 10: finds every single wrong digit and every swap of neighbours.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn damm(digits: &str) -> u8 {
    digits.bytes().filter(u8::is_ascii_digit).fold(0, |check, digit| {
        let row = DAMM.get(usize::from(check));
        row.and_then(|row| row.get(usize::from(digit - b'0'))).copied().unwrap_or(0)
    })
}

impl Number {
    /// The number of a till's case; none when either is out of its range.
    #[must_use]
    pub fn new(till: u16, sequence: u32) -> Option<Self> {
        ((1..=9999).contains(&till) && (1..=99_999).contains(&sequence)).then_some(Self { till, sequence })
    }

    /// The till's number.
    #[must_use]
    pub const fn till(self) -> u16 {
        self.till
    }

    /// The till's running number.
    #[must_use]
    pub const fn sequence(self) -> u32 {
        self.sequence
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = format!("{:04}-{:05}", self.till, self.sequence);
        out.pad(&format!("{body}-{}", damm(&body)))
    }
}

impl FromStr for Number {
    type Err = BadNumber;

    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let shape = || BadNumber::Shape(text.chars().take(40).collect());
        let clean = text.trim();
        let dashes = clean.bytes().enumerate().all(|(at, byte)| match at {
            4 | 10 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if clean.len() != 12 || !dashes {
            return Err(shape());
        }
        let (till, rest) = clean.split_once('-').ok_or_else(shape)?;
        let (sequence, _) = rest.split_once('-').ok_or_else(shape)?;
        if damm(clean) != 0 {
            return Err(BadNumber::Check(clean.to_owned()));
        }
        let parsed = till.parse().ok().zip(sequence.parse().ok());
        parsed.and_then(|(till, sequence)| Self::new(till, sequence)).ok_or_else(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_customer_pays_for_a_replacement_and_a_repair_they_chose() {
        let cost: Vec<Outcome> = Outcome::ALL.iter().copied().filter(|outcome| outcome.costs()).collect();
        assert_eq!(cost, [Outcome::Replacement, Outcome::PaidRepair]);
    }

    #[test]
    fn damm_gives_the_published_check_digit() {
        assert_eq!(damm("572"), 4);
    }

    proptest! {
        #[test]
        fn a_number_prints_and_reads_back(till in 1_u16..=9999, sequence in 1_u32..=99_999) {
            let number = Number::new(till, sequence).unwrap();
            prop_assert_eq!(number.to_string().parse::<Number>().unwrap(), number);
        }

        #[test]
        fn one_wrong_digit_is_found(till in 1_u16..=9999, sequence in 1_u32..=99_999, at in 0_usize..12, digit in 0_u8..10) {
            let right = Number::new(till, sequence).unwrap().to_string();
            let mut wrong = right.clone().into_bytes();
            if wrong[at] == b'-' || wrong[at] == b'0' + digit { return Ok(()); }
            wrong[at] = b'0' + digit;
            prop_assert!(String::from_utf8(wrong).unwrap().parse::<Number>().is_err());
        }
    }
}
