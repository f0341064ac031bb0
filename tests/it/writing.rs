//! What people write: as long in a command as on a screen, and nothing in it that steers a terminal.

use rstest::rstest;
use serde_json::Value;

use crate::shop::{Known, Shop};

/// Replaces an option's value by a text of so many characters.
fn with_length(arguments: &[&str], option: &str, length: usize) -> Vec<String> {
    let mut arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    let at = arguments.iter().position(|argument| argument == option).unwrap();
    arguments[at + 1] = "7".repeat(length);
    arguments
}

const RECORD: &[&str] = &[
    "case",
    "record",
    Known::FRESH,
    "--cause",
    "accident",
    "--part",
    "aircraft",
    "--said",
    "It fell from a tree",
    "--customer",
    "Maria",
    "--phone",
    "1",
    "--email",
    "m@example.org",
    "--owner",
    "same",
    "--who",
    "ana",
];
const RECEIVE: &[&str] =
    &["case", "receive", "CASE", "--serial", Known::FRESH, "--part", "aircraft", "--condition", "wet"];
const ASSESS: &[&str] =
    &["case", "assess", "CASE", "--cause", "accident", "--part", "aircraft", "--finding", "Broken arm"];
const REFER: &[&str] = &["case", "choose", "CASE", "return-unrepaired", "--reason", "goes home"];
const HOLD: &[&str] = &["case", "hold", "CASE", "--reason", "waits"];
const STOCK: &[&str] = &["stock", "receive", "08QDH32FG92G55", "--model", "mavic-pro", "--place", "A1"];
const ASIDE: &[&str] = &["stock", "quarantine", Known::UNITS[0], "--reason", "scratched"];
const PAY: &[&str] = &["case", "pay", "CASE", "--method", "card", "--amount", "1", "--reason", "less"];
const BIND: &[&str] = &["plan", "bind", Known::FRESH, "--number", "P-9"];
const SETUP: &[&str] = &["setup", "--site", "Alameda", "--region", "US"];

#[rstest]
#[case::name(RECORD, "--customer", 80)]
#[case::phone(RECORD, "--phone", 40)]
#[case::mail(RECORD, "--email", 80)]
#[case::words(RECORD, "--said", 500)]
#[case::who(RECORD, "--who", 60)]
#[case::condition(RECEIVE, "--condition", 200)]
#[case::finding(ASSESS, "--finding", 500)]
#[case::choice(REFER, "--reason", 200)]
#[case::rest(HOLD, "--reason", 200)]
#[case::payment(PAY, "--reason", 200)]
#[case::shelf(STOCK, "--place", 40)]
#[case::aside(ASIDE, "--reason", 200)]
#[case::plan(BIND, "--number", 64)]
#[case::centre(SETUP, "--site", 60)]
fn a_text_is_as_long_in_a_command_as_on_a_screen(
    #[case] command: &[&str],
    #[case] option: &str,
    #[case] most: usize,
) {
    let shop = if command == SETUP { Shop::bare() } else { Shop::small() };
    let case = match command {
        _ if command == RECEIVE || command == HOLD => shop.record(Known::FRESH, &["aircraft"]),
        _ if command == ASSESS => {
            let case = shop.record(Known::FRESH, &["aircraft"]);
            shop.run(&["case", "receive", &case, "--serial", Known::FRESH, "--part", "aircraft", "--json"])
                .well();
            case
        }
        _ if command == REFER => shop.assessed(Known::FRESH, &["aircraft"]),
        _ if command == PAY => shop.chosen(Known::FRESH, &["aircraft"]),
        _ => String::new(),
    };
    let run = |length: usize| {
        let arguments = with_length(command, option, length);
        let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        arguments.iter_mut().filter(|argument| **argument == "CASE").for_each(|argument| *argument = &case);
        arguments.push("--json");
        shop.run(&arguments)
    };
    for long in [most + 1, 100_000] {
        let refused = run(long);
        assert_eq!(refused.code, 1, "{option}: {}", refused.err);
        assert_eq!(refused.json()["error"]["field"], option.trim_start_matches('-'));
        assert!(refused.err.contains(&format!("is longer than {most} characters")), "{}", refused.err);
    }
    let fits = run(most);
    let why = fits.json()["error"]["say"].as_str().unwrap_or_default().to_owned();
    assert!(!why.contains("longer"), "{why}");
    shop.verified();
}

/// A colour, a bell, a text that runs backwards and one that nobody sees.
const STEERING: &str = "An\u{1b}[31mna\u{7}\u{202e}x\u{200b}y";

#[test]
fn nothing_that_steers_a_terminal_is_kept_of_what_is_written() {
    let shop = Shop::bare();
    shop.run(&["setup", "--site", STEERING, "--region", "US", "--who", STEERING]).well();
    for (kind, text) in Shop::small_files() {
        shop.import(kind, text).well();
    }
    let mut record: Vec<&str> = RECORD.to_vec();
    for (at, word) in RECORD.iter().enumerate() {
        if matches!(*word, "--said" | "--customer" | "--who") {
            record[at + 1] = STEERING;
        }
    }
    let view = shop.run(&[&record[..], &["--json"]].concat()).well().json();
    let case = view["number"].as_str().unwrap();
    let unit = ["--serial", Known::FRESH, "--part", "aircraft", "--condition", STEERING, "--who", STEERING];
    shop.run(&[&["case", "receive", case][..], &unit, &["--json"]].concat()).well();
    let clean = |text: &str| {
        text.chars().all(|c| c == '\n' || !(c.is_control() || matches!(c, '\u{202e}' | '\u{200b}')))
    };
    for arguments in
        [&["case", "show", case][..], &["paper", "slip", case], &["day", "show"], &["export", "journal"]]
    {
        let told = shop.run(arguments).well().out;
        assert!(clean(&told) && told.contains("xy"), "{arguments:?}: {told:?}");
    }
    let who: Value = shop.run(&["case", "show", case, "--json"]).well().json()["history"][0]["who"].clone();
    assert!(clean(who.as_str().unwrap()), "{who}");
    shop.verified();
}

#[test]
fn what_is_looked_up_is_no_longer_than_the_field_takes() {
    let shop = Shop::small();
    for long in [81, 100_000] {
        let refused = shop.run(&["lookup", &"x".repeat(long), "--json"]);
        assert_eq!((refused.code, &refused.json()["error"]["field"]), (1, &"text".into()), "{}", refused.err);
    }
    assert_eq!(shop.run(&["lookup", &"x".repeat(80), "--json"]).well().json(), serde_json::json!([]));
}
