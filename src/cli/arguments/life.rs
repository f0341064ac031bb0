//! The rest of `case`.

use clap::{Args, Subcommand};

use crate::cli::arguments::{Plain, Stamp};
use crate::domain::claim::Owner;
use crate::domain::event::Method;

/// Steps of a case beside the straight way.
#[derive(Debug, Subcommand)]
pub enum Life {
    /// Let the customer choose again; a reservation is released
    ChangeMind(Why),
    /// Begin a repair
    Work(Why),
    /// Put a case on hold; it keeps its state
    Hold(Why),
    /// Take a case off hold
    Unhold(Why),
    /// Note that a repair is done
    Finish {
        /// What was done
        #[arg(long, value_name = "TEXT")]
        result: String,
        #[command(flatten)]
        plain: Plain,
    },
    /// Note that the customer was told that the unit is ready
    Tell(Plain),
    /// Pay money back
    Refund(Refund),
    /// Give the unit back to the customer
    HandOver {
        /// The unit's serial, as it was scanned
        #[arg(long)]
        serial: String,
        #[command(flatten)]
        plain: Plain,
    },
    /// End a case before anything irreversible
    Cancel(Why),
    /// Take a hand-out back, agreed by a second person
    Void(Void),
    /// Let an ended case go on, agreed by a second person
    Reopen(Reopen),
    /// Take in parts that the customer owed
    Bring {
        /// A part that is brought
        #[arg(long = "part", value_name = "PART", required = true)]
        parts: Vec<String>,
        #[command(flatten)]
        plain: Plain,
    },
    /// Let owed parts go, agreed by a second person
    WaiveParts(Agreed),
}

/// A case and a reason.
#[derive(Debug, Args)]
pub struct Why {
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub plain: Plain,
}

/// What a second person agrees to.
#[derive(Debug, Args)]
pub struct Agreed {
    /// The second person
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub plain: Plain,
}

/// `case refund`.
#[derive(Debug, Args)]
pub struct Refund {
    /// How much, in major units (79.00)
    #[arg(long, value_name = "N")]
    pub amount: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// card, cash or other; the way the customer paid last when absent
    #[arg(long)]
    pub method: Option<Method>,
    #[command(flatten)]
    pub plain: Plain,
}

/// `case void`.
#[derive(Debug, Args)]
pub struct Void {
    /// A unit of the hand-out that is here again, or the word lost for what is not
    #[arg(long = "unit", value_name = "SERIAL", required = true)]
    pub units: Vec<String>,
    #[command(flatten)]
    pub agreed: Agreed,
}

/// `case reopen`.
#[derive(Debug, Args)]
pub struct Reopen {
    /// The serial on the unit, where a cancelled case's unit is brought again
    #[arg(long, requires = "parts")]
    pub serial: Option<String>,
    /// A part that is handed in with it
    #[arg(long = "part", value_name = "PART", requires = "serial")]
    pub parts: Vec<String>,
    /// Who brings it: same, other or unverified; unverified when absent
    #[arg(long, requires = "serial")]
    pub owner: Option<Owner>,
    /// What the unit looks like: scratches, missing screws, wet; the intake slip says it
    #[arg(long, value_name = "TEXT", requires = "serial")]
    pub condition: Option<String>,
    #[command(flatten)]
    pub agreed: Agreed,
}

impl Life {
    /// Who does it, when, and under which request.
    #[must_use]
    pub const fn stamp(&self) -> &Stamp {
        match self {
            Self::ChangeMind(it) | Self::Work(it) | Self::Hold(it) | Self::Unhold(it) | Self::Cancel(it) => {
                &it.plain.stamp
            }
            Self::Tell(plain)
            | Self::Finish { plain, .. }
            | Self::HandOver { plain, .. }
            | Self::Bring { plain, .. } => &plain.stamp,
            Self::Refund(it) => &it.plain.stamp,
            Self::Void(it) => &it.agreed.plain.stamp,
            Self::Reopen(it) => &it.agreed.plain.stamp,
            Self::WaiveParts(it) => &it.plain.stamp,
        }
    }
}
