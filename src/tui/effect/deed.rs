//! The steps of a case beside its straight way, from the screens to the desk.

use crate::desk::life::{Again, Void};
use crate::desk::pay::MoneyBack;
use crate::desk::print::Kind;

/// What is done to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The customer wants something else; why, where they said it.
    ChangeMind(Option<String>),
    /// The repair begins.
    Work,
    /// The repair is done, in the workshop's words.
    Finish(String),
    /// The case rests, and why.
    Hold(String),
    /// The case goes on.
    Unhold(Option<String>),
    /// The unit with this serial goes back to the customer.
    HandOver(String),
    /// The case ends early, and why.
    Cancel(String),
    /// Money goes back.
    Refund(MoneyBack),
    /// These parts come in.
    Bring(Vec<String>),
    /// A second person lets owed parts go: who, and why.
    LetGo(String, String),
    /// A hand-out is taken back.
    Void(Void),
    /// An ended case goes on.
    Reopen(Again),
    /// This unit is kept for the case.
    Keep(String),
    /// This unit is kept no more.
    Free(String),
}

impl Deed {
    /// The paper that the customer gets with it; none for most.
    #[must_use]
    pub const fn paper(&self) -> Option<Kind> {
        match self {
            Self::Reopen(Again { intake: Some(_), .. }) => Some(Kind::Slip),
            Self::Reopen(Again { intake: None, .. })
            | Self::ChangeMind(_)
            | Self::Work
            | Self::Finish(_)
            | Self::Hold(_)
            | Self::Unhold(_)
            | Self::HandOver(_)
            | Self::Cancel(_)
            | Self::Refund(_)
            | Self::Bring(_)
            | Self::LetGo(..)
            | Self::Void(_)
            | Self::Keep(_)
            | Self::Free(_) => None,
        }
    }
}
