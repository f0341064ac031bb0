//! What holds of every decision, whatever the facts.

use std::io::Write;
use std::process::{Command, Stdio};

use caredesk::desk::question;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use crate::support::{WITH_STRICTER, answer, answered, fixture, json_lines, texts};

const SERIAL: &str = "08QDG6C01200B3";
const NEW: &str = "08QDH1100200C4";
const PARTS: [&str; 8] =
    ["aircraft", "gimbal", "camera", "propellers", "battery", "grip", "remote-controller", "goggles"];
const CAUSES: [&str; 12] = [
    "accident",
    "water",
    "normal-use",
    "defect",
    "cosmetic",
    "lost",
    "stolen",
    "deliberate",
    "modified",
    "third-party-part",
    "force-majeure",
    "unknown",
];
const ORDER: [&str; 14] = [
    "identity",
    "plan",
    "term",
    "region",
    "channel",
    "warranty",
    "parts",
    "handed-in",
    "cause",
    "taken-apart",
    "owner",
    "balance",
    "fee",
    "quick",
];

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 1, 1).unwrap().checked_add_days(Days::new(offset)).unwrap()
}

fn texts_of(choices: &'static [&'static str]) -> impl Strategy<Value = Value> {
    select(choices).prop_map(Value::from)
}

fn parts() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(PARTS.to_vec(), 1..=4).prop_shuffle()
}

/// A plan that starts on day 165, bound to the device or its replacement.
fn plans() -> impl Strategy<Value = Value> {
    let plus = proptest::option::of((165_u64..340, 0_u8..=1));
    let returned = proptest::option::weighted(0.2, 165_u64..900);
    let region = texts_of(&["US", "DE", "EU", "GB", "JP", "BR"]);
    let programme = texts_of(&["2019-05", "2021-stricter"]);
    (0_u8..=2, plus, returned, region, programme, select(vec![SERIAL, NEW])).prop_map(
        |(used, plus, returned, region, programme, bound)| {
            let plus = plus.map(|(bought, used)| json!({"bought_on": day(bought), "used": used}));
            json!({"number": "P-1", "region": region, "programme": programme, "bound_serial": bound,
                   "starts_on": day(165), "granted": 2, "used": used, "returned_on": returned.map(day),
                   "extension": plus})
        },
    )
}

fn devices() -> impl Strategy<Value = Value> {
    let model =
        texts_of(&["mavic-pro", "osmo-pocket", "ronin-s", "phantom-4-pro", "zenmuse-x7", "inspire-1"]);
    let bought = proptest::option::of(100_u64..200);
    (model, bought, proptest::option::weighted(0.3, Just(NEW))).prop_map(|(model, bought, replaced_by)| {
        json!({"serial": SERIAL, "model": model, "purchased_on": bought.map(day), "replaced_by": replaced_by})
    })
}

fn damages() -> impl Strategy<Value = Value> {
    let who = texts_of(&["same", "other", "unverified"]);
    let channel = texts_of(&["swift", "quick", "online"]);
    let unit = texts_of(&[SERIAL, NEW, "illegible"]);
    let cycles = proptest::option::of(190_u32..210);
    (select(&CAUSES[..]), parts(), proptest::option::of(parts()), who, channel, unit, cycles, any::<bool>())
        .prop_map(|(cause, parts, handed_in, who, channel, unit, cycles, elsewhere)| {
            json!({"cause": cause, "parts": parts, "handed_in": handed_in, "owner": who, "channel": channel,
                   "serial_on_unit": unit, "battery_cycles": cycles, "repaired_elsewhere": elsewhere})
        })
}

/// A claim that is not refused: damaged, then recorded, then decided.
fn claims() -> impl Strategy<Value = Value> {
    let desk = texts_of(&["US", "FR", "GB", "JP", "BR"]);
    let plan = proptest::option::weighted(0.9, plans());
    (desk, devices(), plan, damages(), 150_u64..900, 0_u64..30, 0_u64..30).prop_map(
        |(region, device, plan, mut claim, damaged, then, later)| {
            claim["damaged_on"] = json!(day(damaged));
            claim["recorded_on"] = json!(day(damaged + then));
            let at = format!("{}T12:00:00-05:00", day(damaged + then + later));
            json!({"id": "p", "ask": "claim", "desk": {"region": region, "at": at}, "device": device,
                   "plan": plan, "claim": claim})
        },
    )
}

fn decided(facts: &Value) -> Value {
    answer(&facts.to_string(), &WITH_STRICTER)
}

/// How good a verdict is, the best first.
fn rank(decision: &Value) -> usize {
    let verdict = decision["verdict"].as_str().unwrap();
    let order = ["warranty-repair", "replacement", "refer", "paid-repair", "none"];
    order.iter().position(|known| *known == verdict).unwrap()
}

fn findings(decision: &Value) -> &[Value] {
    decision["findings"].as_array().unwrap()
}

fn has(decision: &Value, rule: &str, outcome: &str) -> bool {
    findings(decision).iter().any(|finding| finding["rule"] == rule && finding["outcome"] == outcome)
}

proptest! {
    #[test]
    fn the_order_of_parts_does_not_matter(facts in claims()) {
        let mut turned = facts.clone();
        for list in ["parts", "handed_in"] {
            if let Some(parts) = turned["claim"][list].as_array_mut() {
                parts.reverse();
                let again = parts[0].clone();
                parts.push(again);
            }
        }
        let (one, other) = (facts.to_string(), turned.to_string());
        prop_assert_eq!(answered(&one, &WITH_STRICTER), answered(&other, &WITH_STRICTER));
    }

    #[test]
    fn more_balance_never_makes_a_worse_verdict(facts in claims(), of_plus in any::<bool>()) {
        let mut richer = facts.clone();
        let used = if of_plus { "/plan/extension/used" } else { "/plan/used" };
        if let Some(used) = richer.pointer_mut(used) {
            *used = json!(used.as_u64().unwrap().saturating_sub(1));
        }
        prop_assert!(rank(&decided(&richer)) <= rank(&decided(&facts)));
    }

    #[test]
    fn a_later_day_never_turns_an_expired_term_valid(facts in claims(), more in 1_u64..500) {
        let dates = ["recorded_on", "damaged_on"].map(|key| facts["claim"][key].as_str().unwrap().to_owned());
        let first = day(165).to_string();
        prop_assume!(dates.iter().all(|date| *date >= first) && has(&decided(&facts), "term", "fail"));
        let mut later = facts.clone();
        let recorded: NaiveDate = dates[0].parse().unwrap();
        let recorded = recorded.checked_add_days(Days::new(more)).unwrap();
        later["claim"]["recorded_on"] = json!(recorded);
        later["desk"]["at"] = json!(format!("{}T12:00:00-05:00", recorded.checked_add_days(Days::new(40)).unwrap()));
        prop_assert!(has(&decided(&later), "term", "fail"));
    }

    #[test]
    fn every_remedy_that_is_not_open_says_which_finding_stands_against_it(facts in claims()) {
        let decision = decided(&facts);
        for option in decision["options"].as_array().unwrap() {
            let because = texts(&option["because"]);
            let outcome = match option["open"].as_str().unwrap() {
                "no" => "fail",
                "refer" => "ask",
                _ => "",
            };
            prop_assert_eq!(because.is_empty(), outcome.is_empty());
            prop_assert!(because.iter().all(|rule| has(&decision, rule, outcome)), "{}", decision);
        }
    }

    #[test]
    fn findings_follow_the_programmes_order_and_no_step_is_left_out(facts in claims()) {
        let decision = decided(&facts);
        let place = |finding: &Value| ORDER.iter().position(|rule| finding["rule"] == *rule).unwrap();
        let places: Vec<usize> = findings(&decision).iter().map(place).collect();
        prop_assert!(places.is_sorted(), "{places:?}");
        prop_assert!((0..13).all(|step| places.contains(&step)), "{places:?}");
    }

    #[test]
    fn an_ordinal_a_source_and_a_fee_stand_only_with_a_replacement(facts in claims()) {
        let decision = decided(&facts);
        let replacement = decision["verdict"] == "replacement";
        prop_assert_eq!(decision["ordinal"].is_null(), !replacement);
        prop_assert_eq!(decision["source"].is_null(), !replacement);
        prop_assert!(replacement || decision["fee"].is_null());
        prop_assert_eq!(decision["balance_after"].is_null(), facts["plan"].is_null());
    }

    #[test]
    fn stored_facts_read_again_give_the_same_decision(facts in claims()) {
        let line = facts.to_string();
        let stored = question::write(&question::read(&line).unwrap());
        prop_assert_eq!(answered(&stored, &WITH_STRICTER), answered(&line, &WITH_STRICTER));
        prop_assert_eq!(question::write(&question::read(&stored).unwrap()), stored);
    }

    #[test]
    fn a_line_with_one_value_put_in_anywhere_is_answered(
        facts in claims(),
        at in any::<prop::sample::Index>(),
        value in values(),
    ) {
        let mut facts = facts;
        let places = pointers(&facts, "");
        *facts.pointer_mut(at.get::<String>(&places)).unwrap() = value;
        prop_assert!(is_answer(&answer(&facts.to_string(), &WITH_STRICTER)));
    }

    #[test]
    fn a_line_with_characters_cut_and_put_in_is_answered(
        facts in claims(),
        at in any::<prop::sample::Index>(),
        cut in 0_usize..12,
        put in "[\\PC{}\":,\\[\\]0-9\u{0}-\u{1f}]{0,6}",
    ) {
        let mut characters: Vec<char> = facts.to_string().chars().collect();
        let start = at.index(characters.len());
        let end = (start + cut).min(characters.len());
        characters.splice(start..end, put.chars());
        let line: String = characters.into_iter().collect();
        prop_assert!(is_answer(&answer(&line, &WITH_STRICTER)));
    }
}

/// JSON of any shape, with the numbers and days that are hard.
fn values() -> impl Strategy<Value = Value> {
    let hard = select(vec![
        json!(null),
        json!(-1),
        json!(255),
        json!(u64::MAX),
        json!(1e300),
        json!("0001-01-01"),
        json!("9999-12-31"),
        json!("9999-12-31T23:59:60-23:59"),
        json!("0000-01-01T00:00:00+23:59"),
        json!([[[]]]),
        json!({"": {}}),
    ]);
    prop_oneof![hard, "\\PC{0,30}".prop_map(Value::from), any::<i64>().prop_map(Value::from)]
}

/// The JSON pointers of everything in a value.
fn pointers(value: &Value, here: &str) -> Vec<String> {
    let mut all = vec![here.to_owned()];
    for (key, inner) in value.as_object().into_iter().flatten() {
        all.extend(pointers(inner, &format!("{here}/{key}")));
    }
    for (at, inner) in value.as_array().into_iter().flatten().enumerate() {
        all.extend(pointers(inner, &format!("{here}/{at}")));
    }
    all
}

fn is_answer(answer: &Value) -> bool {
    answer["verdict"].is_string()
        != (answer["error"]["field"].is_string() && answer["error"]["problem"].is_string())
}

#[test]
fn the_same_lines_give_the_same_bytes_in_any_time_zone() {
    let lines: Vec<String> = ["decisions.jsonl", "own-decisions.jsonl", "own-decisions-stricter.jsonl"]
        .iter()
        .flat_map(|file| json_lines(file))
        .filter(|line| line["facts"].is_object())
        .map(|line| line["facts"].to_string())
        .collect();
    let input = lines.join("\n");
    let outputs = ["UTC", "America/Los_Angeles", "Asia/Kolkata"].map(|zone| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_caredesk"))
            .arg("--programmes")
            .arg(fixture("programmes"))
            .arg("decide")
            .env("TZ", zone)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.clone();
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        String::from_utf8(output.stdout).unwrap()
    });
    assert_eq!(outputs[0].lines().count(), lines.len());
    assert!(outputs.iter().all(|output| *output == outputs[0]));
}
