//! Countries and regions. Which of them the programme lists stands in the edition.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use crate::domain::money::Currency;
use crate::domain::text;

/// A two-letter country code, or `EU`, as it is written in facts and files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Code([u8; 2]);

/// A text that is no region code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{0}\" is not a region (a two-letter country code such as US, or EU)")]
pub struct BadCode(pub String);

/// A region as one edition sees it: an EU member stands for the EU.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    code: Code,
    standing: Standing,
}

/// Whether the programme is offered in a region. Clause C13.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Offered, with fees in this currency.
    Listed(Currency),
    /// Not one of the listed countries.
    Unlisted,
}

impl Code {
    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl FromStr for Code {
    type Err = BadCode;

    fn from_str(text: &str) -> Result<Self, BadCode> {
        match text.as_bytes() {
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([a, b])),
            _ => Err(BadCode(text.to_owned())),
        }
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        text::parsed(from)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

impl Region {
    /// A region with its standing; `code` is already the group's where the country is a member of one.
    #[must_use]
    pub const fn new(code: Code, standing: Standing) -> Self {
        Self { code, standing }
    }

    /// The region's own code.
    #[must_use]
    pub const fn code(self) -> Code {
        self.code
    }

    /// Whether the programme is offered here.
    #[must_use]
    pub const fn standing(self) -> Standing {
        self.standing
    }

    /// The currency of fees here; none where the programme is not offered.
    #[must_use]
    pub const fn currency(self) -> Option<Currency> {
        match self.standing {
            Standing::Listed(currency) => Some(currency),
            Standing::Unlisted => None,
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.code.fmt(out)
    }
}
