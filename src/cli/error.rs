//! An error on its way out: a line for a person, an object for a script, a code for a shell.

use std::ffi::OsString;
use std::io::Write;

use serde_json::{Value, json};

use crate::cli::write_json;
use crate::desk::{Failure, import};
use crate::domain::case::Refused;
use crate::domain::facts::Refusal;
use crate::paper::text;

/// A mistake in how the command was called.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

impl From<clap::Error> for Usage {
    /// clap's message as one line.
    fn from(wrong: clap::Error) -> Self {
        let text = wrong.to_string();
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("Usage:") && !line.starts_with("For more"))
            .collect();
        let plain = lines.join(" ");
        Self(format!("{}: see `caredesk --help`", plain.trim_start_matches("error: ")))
    }
}

/// Tells an error to a script that asked for JSON; what comes back is for a person.
pub(super) fn told(error: anyhow::Error, words: &[OsString], out: &mut dyn Write) -> anyhow::Error {
    if closed_pipe(&error) {
        return error;
    }
    if words.iter().any(|word| word == "--json") {
        // Where nobody reads, the exit code still says it.
        let _ = write_json(out, &json!({ "error": in_json(&error) }));
    }
    match error.downcast::<Failure>() {
        Ok(Failure::Facts(refusal)) => Failure::Facts(by_option(refusal, words)).into(),
        Ok(failure) => failure.into(),
        Err(error) => error,
    }
}

fn in_json(error: &anyhow::Error) -> Value {
    match error.downcast_ref() {
        Some(Failure::Refused(Refused { guard, say })) => json!({ "guard": guard, "say": say }),
        Some(Failure::Facts(Refusal { field, problem })) => json!({ "field": field, "say": problem }),
        Some(Failure::Fault(_) | Failure::File(_) | Failure::Write(_)) | None => {
            json!({ "say": one_line(error) })
        }
    }
}

/// A refused field as the option that gave it: its path is for scripts.
fn by_option(Refusal { field, problem }: Refusal, words: &[OsString]) -> Refusal {
    let path = field.split('[').next().unwrap_or_default();
    let name = path.rsplit('.').next().unwrap_or_default();
    let name = if name == "parts" { "part" } else { name };
    let option = format!("--{}", name.replace('_', "-"));
    let with_value = format!("{option}=");
    let given =
        |word: &OsString| word.to_str().is_some_and(|word| word == option || word.starts_with(&with_value));
    Refusal { field: if words.iter().any(given) { option } else { field }, problem }
}

/// Lets what was done or refused stand although its reader went away: the exit code must still say it.
pub fn heard(written: anyhow::Result<()>) -> anyhow::Result<()> {
    written.or_else(|error| if closed_pipe(&error) { Ok(()) } else { Err(error) })
}

/// An error and its causes as one line.
#[must_use]
pub fn one_line(error: &anyhow::Error) -> String {
    // What it quotes came from outside: it must not steer the terminal.
    text::clean(&format!("{error:#}")).into_owned()
}

/// The exit code of an error: 1 when a rule or a guard refused, else 2.
#[must_use]
pub fn code_of(error: &anyhow::Error) -> u8 {
    if let Some(import::Failure::NotThis { .. }) = error.downcast_ref() {
        return 1;
    }
    match error.downcast_ref::<Failure>() {
        Some(Failure::Refused(_) | Failure::Facts(_)) => 1,
        Some(Failure::Fault(_) | Failure::File(_) | Failure::Write(_)) | None => 2,
    }
}

/// Tells whether the reader of our output went away, which is no error.
#[must_use]
pub fn closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(broken)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|json| json.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
    })
}
