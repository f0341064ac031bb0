//! Facts as JSON: one line in, one decision or refusal out. Stored facts are read by the same way.

use serde::Serialize;
use serde_json::Value;

use crate::domain::decision::{Decision, decide};
use crate::domain::edition::Editions;
use crate::domain::facts::{Facts, Object, Refusal};

/// What becomes of a line of facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answered {
    /// It was decided.
    Decision(Box<Decision>),
    /// It could not be.
    Refused {
        /// The line's id, where it could be read.
        id: Option<String>,
        /// Which field, and why.
        error: Refusal,
    },
}

/// Decides one line of facts.
#[must_use]
pub fn answer(line: &str, editions: &Editions) -> Answered {
    let facts = match read(line) {
        Ok(facts) => facts,
        Err(error) => return Answered::Refused { id: id_of(line), error },
    };
    let id = facts.id.clone();
    match facts.only_public().and_then(|facts| facts.check(editions)) {
        Ok(question) => Answered::Decision(Box::new(decide(&question))),
        Err(error) => Answered::Refused { id, error },
    }
}

/// Reads facts; a refusal names the field.
pub fn read(line: &str) -> Result<Facts, Refusal> {
    // The path of a field costs time, so it is looked for only once something is wrong.
    serde_json::from_str(line).map(|Object(facts)| facts).map_err(|_| locate(line))
}

fn locate(line: &str) -> Refusal {
    let mut json = serde_json::Deserializer::from_str(line);
    match serde_path_to_error::deserialize::<_, Object<Facts>>(&mut json) {
        Ok(_) => Refusal { field: "line".to_owned(), problem: "has something after its end".to_owned() },
        Err(error) => {
            let path = error.path().to_string();
            refused(if path == "." { "" } else { &path }, &error.into_inner())
        }
    }
}

/// serde's message as a refusal in plain words; `path` is empty for the line itself.
fn refused(path: &str, error: &serde_json::Error) -> Refusal {
    let text = error.to_string();
    let plain = text.rsplit_once(" at line ").map_or(text.as_str(), |(plain, _)| plain);
    let whole = |problem: String| Refusal { field: "line".to_owned(), problem };
    if error.is_eof() {
        return whole("is cut off: one whole JSON object is needed on a line".to_owned());
    }
    if error.is_syntax() {
        return whole(format!("is not JSON: {plain}"));
    }
    let quoted = |start| plain.strip_prefix(start).and_then(|rest: &str| rest.strip_suffix('`'));
    let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    if let Some(name) = quoted("missing field `") {
        return Refusal { field: inside(name), problem: "is missing".to_owned() };
    }
    if let Some(name) = quoted("duplicate field `") {
        return Refusal { field: inside(name), problem: "stands twice: leave one of the two".to_owned() };
    }
    let field = if path.is_empty() { "line".to_owned() } else { path.to_owned() };
    Refusal { field, problem: in_words(plain) }
}

/// What serde expected, as staff would say it.
fn in_words(plain: &str) -> String {
    if let Some((found, known)) = unknown(plain, "unknown field `") {
        return format!("unknown field \"{found}\" (known here: {known})");
    }
    if let Some((found, known)) = unknown(plain, "unknown variant `") {
        return format!("unknown word \"{found}\" (one of: {known})");
    }
    let wrong = plain.strip_prefix("invalid type: ").or_else(|| plain.strip_prefix("invalid value: "));
    let Some((found, expected)) = wrong.and_then(|rest| rest.rsplit_once(", expected ")) else {
        return plain.to_owned();
    };
    let needed = match expected {
        "a string" => "a text in quotes",
        "a boolean" => "true or false",
        "a sequence" => "a list in square brackets",
        "u8" => "a whole number from 0 to 255",
        "u32" => "a whole number from 0 to 4294967295",
        "i64" => "a whole number",
        other => other,
    };
    format!("needs {needed}, not {}", found.replace('`', ""))
}

/// The unknown name of a message and the names that were expected.
fn unknown<'a>(plain: &'a str, start: &str) -> Option<(&'a str, String)> {
    let (found, known) = plain.strip_prefix(start)?.rsplit_once("`, expected ")?;
    Some((found, known.trim_start_matches("one of ").replace('`', "")))
}

fn id_of(line: &str) -> Option<String> {
    let value: Value = serde_json::from_str(line).ok()?;
    value.get("id")?.as_str().map(str::to_owned)
}

/// Writes facts as they are stored.
#[must_use]
pub fn write(facts: &Facts) -> String {
    serde_json::to_string(facts).unwrap_or_default()
}
