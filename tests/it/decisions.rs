//! Facts and what must come out, line by line.
//!
//! A fixture's line holds `facts` (or a raw `line`) and `expect`, of which only the keys it holds are compared.
//! `error`: the line is refused; `error_field`: at this field; `fail_clause`: clauses that stand in failed
//! findings; `closed`, `opened`, `referred`: remedies; `passed`, `noted`: rules with such a finding.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use caredesk::domain::edition::Editions;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::{BUILT_IN, WITH_STRICTER, answer, fixture, json_lines, texts};

#[rstest]
#[case::examples("decisions.jsonl", &BUILT_IN, 32)]
#[case::own("own-decisions.jsonl", &BUILT_IN, 400)]
#[case::stricter("own-decisions-stricter.jsonl", &WITH_STRICTER, 45)]
fn every_line_of_a_fixture_is_decided_as_expected(
    #[case] file: &str,
    #[case] editions: &Editions,
    #[case] at_least: usize,
) {
    let lines = json_lines(file);
    assert!(lines.len() >= at_least, "{file} has only {} lines", lines.len());
    let wrong: Vec<String> = lines.iter().flat_map(|line| differences(line, editions)).collect();
    assert!(wrong.is_empty(), "{file}:\n{}", wrong.join("\n"));
}

/// What a line's answer has that its `expect` has not.
fn differences(line: &Value, editions: &Editions) -> Vec<String> {
    let text = line["line"].as_str().map_or_else(|| line["facts"].to_string(), str::to_owned);
    let got = answer(&text, editions);
    let expect = line["expect"].as_object().unwrap();
    assert!(!expect.is_empty(), "nothing is expected of {text}");
    let name = line["facts"]["id"].as_str().map_or_else(|| text.clone(), str::to_owned);
    let mut wrong: Vec<String> = expect
        .iter()
        .filter(|(key, value)| !holds(key, value, &got))
        .map(|(key, value)| format!("{name}: {key} is not {value}: {got}"))
        .collect();
    if got.get("error").is_some() && !expect.contains_key("error") {
        wrong.push(format!("{name}: refused: {got}"));
    }
    if line["facts"]["id"].is_string() && got["id"] != line["facts"]["id"] {
        wrong.push(format!("{name}: the id is not echoed: {got}"));
    }
    wrong
}

fn holds(key: &str, value: &Value, got: &Value) -> bool {
    let standing = |open: &str| {
        let with = |remedy: &&str| {
            let found = |option: &Value| option["remedy"] == **remedy && option["open"] == open;
            got["options"].as_array().is_some_and(|options| options.iter().any(found))
        };
        texts(value).iter().all(with)
    };
    let findings = |outcome: &str| found(got, outcome);
    match key {
        "error" => got.get("error").is_some() == value.as_bool().unwrap(),
        "error_field" => got["error"]["field"] == *value,
        "closed" => standing("no"),
        "opened" => standing("yes"),
        "referred" => standing("refer"),
        "fail_clause" => {
            let failed = findings("fail");
            let clauses: BTreeSet<&str> =
                failed.iter().flat_map(|finding| texts(&finding["clauses"])).collect();
            texts(value).iter().all(|clause| clauses.contains(clause))
        }
        "noted" | "passed" => {
            let found = findings(if key == "noted" { "note" } else { "pass" });
            texts(value).iter().all(|rule| found.iter().any(|finding| finding["rule"] == **rule))
        }
        _ => got.get(key) == Some(value),
    }
}

/// The findings with an outcome.
fn found<'a>(got: &'a Value, outcome: &str) -> Vec<&'a Value> {
    let all = got["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().filter(|finding| finding["outcome"] == outcome).collect()
}

fn decide(input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_caredesk"))
        .arg("decide")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn answers(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A line of facts that is decided.
fn good() -> String {
    let lines = json_lines("decisions.jsonl");
    let line = lines.iter().find(|line| line["facts"]["id"] == "B38").unwrap();
    line["facts"].to_string()
}

#[rstest]
#[case::line_feed("\n")]
#[case::carriage_return_and_line_feed("\r\n")]
fn a_byte_order_mark_and_either_line_end_are_read(#[case] end: &str) {
    let output = decide(format!("\u{feff}{0}{end}{0}{end}", good()).as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let verdicts: Vec<_> = answers(&output).iter().map(|answer| answer["verdict"].clone()).collect();
    assert_eq!(verdicts, [json!("replacement"), json!("replacement")]);
}

#[test]
fn a_refused_line_makes_the_exit_code_one_and_the_others_are_decided() {
    let output = decide(format!("{0}\nnonsense\n{0}", good()).as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let answers = answers(&output);
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[1]["id"], Value::Null);
    assert_eq!(answers[1]["error"]["field"], "line");
    assert_eq!(
        (&answers[0]["verdict"], &answers[2]["verdict"]),
        (&json!("replacement"), &json!("replacement"))
    );
}

#[test]
fn a_line_that_is_no_utf8_or_too_long_is_refused_alone() {
    let mut input = b"{\"id\":\"\xff\"}\n{\"id\":\"".to_vec();
    input.extend(std::iter::repeat_n(b'x', 1 << 20));
    input.extend_from_slice(format!("\"}}\n{}\n", good()).as_bytes());
    let output = decide(&input);
    assert_eq!(output.status.code(), Some(1));
    let refused: Vec<bool> = answers(&output).iter().map(|answer| answer.get("error").is_some()).collect();
    assert_eq!(refused, [true, true, false]);
}

#[test]
fn nothing_in_is_nothing_out() {
    let output = decide(b"");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn a_file_that_cannot_be_opened_is_exit_code_two_and_one_line() {
    let missing = fixture("no-such-file.jsonl");
    let output = Command::new(env!("CARGO_BIN_EXE_caredesk")).arg("decide").arg(&missing).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("caredesk: cannot open "), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}
