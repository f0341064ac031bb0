//! Facts as JSON: one line in, one decision or refusal out. Stored facts are read by the same way.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::decision::{Decision, decide};
use crate::domain::edition::Editions;
use crate::domain::facts::{Facts, Object, Refusal, STORED};

mod path;

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
    let mut json = serde_json::Deserializer::from_str(line);
    let Object(facts) = Object::deserialize(&mut json).map_err(|error| refused(&error, line))?;
    match json.end() {
        Ok(()) => Ok(facts),
        Err(_) => Err(whole("has something after its end".to_owned())),
    }
}

fn whole(problem: String) -> Refusal {
    Refusal { field: "line".to_owned(), problem }
}

/// serde's message as a refusal in plain words.
fn refused(error: &serde_json::Error, line: &str) -> Refusal {
    let text = error.to_string();
    let plain = text.rsplit_once(" at line ").map_or(text.as_str(), |(plain, _)| plain);
    if error.is_eof() {
        return whole("is cut off: one whole JSON object is needed on a line".to_owned());
    }
    if error.is_syntax() {
        return whole(format!("is not JSON: {plain}"));
    }
    let path = path::of(error, line);
    let quoted = |start| plain.strip_prefix(start).and_then(|rest: &str| rest.strip_suffix('`'));
    let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let (field, problem) = if let Some(name) = quoted("missing field `") {
        (inside(name), "is missing".to_owned())
    } else if let Some(name) = quoted("duplicate field `") {
        (inside(name), "stands twice: leave one of the two".to_owned())
    } else if let Some((name, known)) = unknown(plain, "unknown field `") {
        let known = known.split(", ").filter(|name| !STORED.contains(&inside(name).as_str()));
        let known = known.collect::<Vec<_>>().join(", ");
        (inside(name), format!("unknown field \"{name}\" (known here: {known})"))
    } else if STORED.contains(&path.as_str()) {
        (path.clone(), "unknown field".to_owned())
    } else {
        (path.clone(), in_words(plain))
    };
    // A name that cannot be seen says nothing.
    if matches!(field.as_str(), "" | ".") { whole(problem) } else { Refusal { field, problem } }
}

/// What serde expected, as staff would say it.
fn in_words(plain: &str) -> String {
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
