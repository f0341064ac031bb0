//! What several tests need: the fixtures, the editions, one decision as JSON.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use caredesk::desk::question;
use caredesk::domain::edition::Editions;
use caredesk::programme;
use serde_json::Value;

/// The built-in edition alone.
pub static BUILT_IN: LazyLock<Editions> = LazyLock::new(|| programme::editions(None).unwrap());

/// The built-in edition and the stricter one of the fixtures.
pub static WITH_STRICTER: LazyLock<Editions> =
    LazyLock::new(|| programme::editions(Some(&fixture("programmes"))).unwrap());

/// The path of a fixture.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The lines of a JSON Lines fixture.
pub fn json_lines(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(fixture(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// One line of facts answered, as it is written.
pub fn answered(line: &str, editions: &Editions) -> String {
    serde_json::to_string(&question::answer(line, editions)).unwrap()
}

/// One line of facts answered, to look into.
pub fn answer(line: &str, editions: &Editions) -> Value {
    serde_json::from_str(&answered(line, editions)).unwrap()
}

/// The texts of a JSON list.
pub fn texts(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}
