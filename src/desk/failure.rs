//! Why an act or a question came to nothing.

use thiserror::Error;

use crate::domain::case::{Guard, Refused};
use crate::domain::facts::Refusal;
use crate::repository::Fault;

/// A refusal or a fault; neither changes anything.
#[derive(Debug, Error)]
pub enum Failure {
    /// A guard refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A value cannot be.
    #[error(transparent)]
    Facts(#[from] Refusal),
    /// The file.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// Records that cannot be written out; a closed pipe is one of these.
    #[error("the export cannot be written: {0}: check the disk and the folder")]
    Write(#[from] std::io::Error),
    /// A paper or another file beside the database.
    #[error("{0}")]
    File(String),
}

/// Refuses in words.
pub(super) fn refused(guard: Guard, say: impl Into<String>) -> Failure {
    Failure::Refused(Refused::new(guard, say))
}

/// Refuses a field.
pub(super) fn wrong(field: &str, problem: impl std::fmt::Display) -> Failure {
    Failure::Facts(Refusal { field: field.to_owned(), problem: problem.to_string() })
}
