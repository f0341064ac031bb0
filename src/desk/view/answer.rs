//! A stored decision as it is shown: its text, read only by those who ask what it says.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::domain::decision::Decision;

/// The answer of a stored decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer(String);

impl From<String> for Answer {
    fn from(json: String) -> Self {
        Self(json)
    }
}

impl Answer {
    /// A decision that is not stored.
    #[must_use]
    pub fn of(decision: &Decision) -> Self {
        Self(serde_json::to_string(decision).unwrap_or_default())
    }

    /// The answer, read as far as is asked; none when it cannot be.
    #[must_use]
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.0).ok()
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.read::<Value>().serialize(to)
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(Value::deserialize(from)?.to_string()))
    }
}
