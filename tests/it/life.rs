//! The rest of a case's life from scripts: every command with its JSON, and its refusals.

use serde_json::Value;

use crate::shop::{Known, Ran, Shop};

/// Runs a step of a case as somebody.
fn case_as((shop, who): (&Shop, &str), step: &str, case: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["case", step, case];
    arguments.extend(more);
    arguments.extend(["--who", who, "--json"]);
    shop.run(&arguments)
}

fn case(shop: &Shop, step: &str, number: &str, more: &[&str]) -> Value {
    case_as((shop, "ana"), step, number, more).well().json()
}

fn guard(shop: &Shop, step: &str, number: &str, more: &[&str]) -> String {
    let ran = case_as((shop, "ana"), step, number, more);
    assert_eq!(ran.code, 1, "{ran:?}");
    ran.guard()
}

fn issued(shop: &Shop, number: &str, unit: &str) -> Value {
    shop.run(&["issue", number, "--unit", unit, "--who", "ana", "--json"]).well().json()
}

#[test]
fn a_repair_walks_through_the_workshop() {
    let shop = Shop::small();
    let number = shop.assessed(Known::FRESH, &["aircraft"]);
    assert_eq!(guard(&shop, "work", &number, &[]), "wrong-state");
    case(&shop, "choose", &number, &["paid-repair", "--price", "120.00"]);
    let again = case(&shop, "change-mind", &number, &["--reason", "asks for a better price"]);
    assert_eq!((&again["state"], &again["fee"]), (&"ASSESSED".into(), &Value::Null));
    case(&shop, "choose", &number, &["paid-repair", "--price", "99.00"]);
    assert_eq!(case(&shop, "work", &number, &[])["state"], "IN_WORK");
    let held = case(&shop, "hold", &number, &["--reason", "waits for a part"]);
    assert_eq!((&held["held"], &held["held_reason"]), (&true.into(), &"waits for a part".into()));
    assert_eq!(shop.run(&["case", "list", "--open", "--json"]).well().json()[0]["held"], true);
    case(&shop, "unhold", &number, &[]);
    assert_eq!(guard(&shop, "unhold", &number, &[]), "wrong-state");
    let done = case(&shop, "finish", &number, &["--result", "New arm"]);
    assert_eq!((&done["state"], &done["result"]), (&"READY".into(), &"New arm".into()));
    assert!(case(&shop, "tell", &number, &[])["told_at"].is_string());
    assert_eq!(guard(&shop, "hand-over", &number, &["--serial", Known::FRESH]), "fee-unpaid");
    case(&shop, "pay", &number, &["--method", "cash"]);
    assert_eq!(guard(&shop, "hand-over", &number, &["--serial", Known::SPARK]), "other-serial");
    assert_eq!(case(&shop, "hand-over", &number, &["--serial", Known::FRESH])["state"], "HANDED_OVER");
    let too_much = case_as((&shop, "ana"), "refund", &number, &["--amount", "100", "--reason", "late"]);
    assert_eq!((too_much.code, &too_much.json()["error"]["field"]), (1, &"amount".into()));
    let back = case(&shop, "refund", &number, &["--amount", "9.00", "--reason", "late"]);
    assert_eq!((&back["paid"]["minor"], &back["due"]["minor"]), (&9000.into(), &900.into()));
    assert_eq!(guard(&shop, "close", &number, &[]), "money-not-settled");
    case(&shop, "pay", &number, &["--method", "cash", "--amount", "0", "--reason", "late"]);
    let closed = case(&shop, "close", &number, &[]);
    let says: Vec<&str> =
        closed["history"].as_array().unwrap().iter().map(|step| step["say"].as_str().unwrap()).collect();
    assert!(says.contains(&"Paid back 9.00 USD by cash: late"), "{says:#?}");
    assert!(says.iter().all(|say| !say.is_empty()), "{says:#?}");
    shop.verified();
}

#[test]
fn a_hand_out_is_taken_back_and_made_again() {
    let shop = Shop::small();
    let number = shop.paid(Known::FRESH, &["aircraft"]);
    issued(&shop, &number, Known::UNITS[0]);
    let void = ["--reason", "wrong box", "--unit", Known::UNITS[0]];
    let by = |name: &'static str| [&["--by", name][..], &void[..]].concat();
    assert_eq!(guard(&shop, "void", &number, &by("ANA")), "same-person");
    let other = ["--by", "ben", "--reason", "wrong box", "--unit", Known::UNITS[1]];
    assert_eq!(guard(&shop, "void", &number, &other), "other-serial");
    let view = case(&shop, "void", &number, &by("ben"));
    assert_eq!(
        (&view["state"], &view["balance"], &view["unit"]),
        (&"ASSESSED".into(), &2.into(), &Value::Null)
    );
    assert_eq!(view["plan_serial"], Known::FRESH);
    case(&shop, "choose", &number, &["replacement"]);
    case(&shop, "pay", &number, &["--method", "card"]);
    assert_eq!(issued(&shop, &number, Known::UNITS[1])["balance"], 1);
    let lost = ["--by", "ben", "--reason", "stolen", "--unit", "lost"];
    assert_eq!(case(&shop, "void", &number, &lost)["balance"], 2);
    shop.verified();
}

#[test]
fn an_ended_case_goes_on_when_a_second_person_agrees() {
    let shop = Shop::small();
    let number = shop.chosen(Known::FRESH, &["aircraft"]);
    assert_eq!(case(&shop, "cancel", &number, &["--reason", "goes home"])["state"], "CANCELLED");
    let by = ["--by", "ben", "--reason", "came back"];
    assert_eq!(guard(&shop, "reopen", &number, &["--by", "Ana", "--reason", "came back"]), "same-person");
    let brought = [&by[..], &["--serial", Known::FRESH, "--part", "aircraft"]].concat();
    let again = case(&shop, "reopen", &number, &[&brought[..], &["--owner", "same"]].concat());
    assert_eq!((&again["state"], &again["owner"]), (&"RECEIVED".into(), &"same".into()));
    let retry = ["--request-id", "0190a6f0-0000-7000-8000-000000000001", "--reason", "goes home"];
    case(&shop, "cancel", &number, &retry);
    assert_eq!(case(&shop, "cancel", &number, &retry)["state"], "CANCELLED", "the same request again");
    assert_eq!(case(&shop, "reopen", &number, &by)["state"], "RECORDED");
    shop.verified();
}

#[test]
fn a_second_person_decides_and_owed_parts_come_or_are_let_go() {
    let shop = Shop::small();
    let number = shop.record(Known::FRESH, &["propellers", "battery", "camera"]);
    case(&shop, "receive", &number, &["--serial", Known::FRESH, "--part", "propellers"]);
    let finding = ["--cause", "accident", "--part", "propellers", "--part", "battery", "--finding", "Torn"];
    case(&shop, "assess", &number, &finding);
    assert_eq!(guard(&shop, "choose", &number, &["replacement"]), "parts-missing");
    let by = ["replacement", "--by", "ben", "--reason", "seen on video"];
    assert_eq!(case(&shop, "choose", &number, &by)["overridden_by"], "ben");
    case(&shop, "pay", &number, &["--method", "card"]);
    let issue = ["issue", &number, "--unit", Known::PROPELLERS, "--unit", Known::BATTERY, "--json"];
    assert_eq!(shop.run(&issue).well().json()["parts_owed"], serde_json::json!(["battery"]));
    assert_eq!(guard(&shop, "close", &number, &[]), "parts-owed");
    let agreed = ["--by", "ben", "--reason", "lost in the lake"];
    assert_eq!(case(&shop, "waive-parts", &number, &agreed)["parts_waived"], serde_json::json!(["battery"]));
    case(&shop, "bring", &number, &["--part", "battery"]);
    assert_eq!(case(&shop, "close", &number, &[])["state"], "CLOSED");
    shop.verified();
}

#[test]
fn a_quick_case_goes_out_at_once_and_is_assessed_afterwards() {
    let shop = Shop::small();
    let words = ["--said", "It fell from a tree", "--customer", "Maria", "--phone", "1", "--owner", "same"];
    let record = ["case", "record", Known::FRESH, "--cause", "accident", "--part", "aircraft"];
    let quick = [&record[..], &words[..], &["--channel", "quick", "--json"]].concat();
    let number = shop.run(&quick).well().json()["number"].as_str().unwrap().to_owned();
    case(&shop, "receive", &number, &["--serial", Known::FRESH, "--part", "aircraft"]);
    assert_eq!(case(&shop, "choose", &number, &["replacement"])["assessment_owed"], true);
    case(&shop, "pay", &number, &["--method", "card"]);
    issued(&shop, &number, Known::UNITS[0]);
    assert_eq!(guard(&shop, "close", &number, &[]), "assessment-owed");
    let finding = ["--cause", "accident", "--part", "aircraft", "--finding", "Broken arm"];
    assert_eq!(case(&shop, "assess", &number, &finding)["state"], "HANDED_OVER");
    assert_eq!(case(&shop, "close", &number, &[])["state"], "CLOSED");
    shop.verified();
}

#[test]
fn a_repair_that_is_done_cannot_be_cancelled_and_a_kept_unit_is_free_once_another_goes_out() {
    let shop = Shop::small();
    let number = shop.assessed(Known::FRESH, &["aircraft"]);
    case(&shop, "choose", &number, &["paid-repair", "--price", "500.00"]);
    case(&shop, "work", &number, &[]);
    case(&shop, "finish", &number, &["--result", "new gimbal fitted"]);
    assert_eq!(guard(&shop, "cancel", &number, &["--reason", "will not pay"]), "wrong-state");
    let fine = shop.chosen(Known::SPARK, &["aircraft"]);
    case(&shop, "pay", &fine, &["--method", "card", "--amount", "0", "--reason", "goodwill"]);
    shop.verified();

    let shop = Shop::small();
    let number = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["stock", "keep", Known::UNITS[1], &number, "--json"]).well();
    issued(&shop, &number, Known::UNITS[0]);
    let kept = shop.run(&["stock", "list", "--state", "reserved", "--json"]).well().json();
    assert_eq!(kept, serde_json::json!([]));
    shop.verified();
}
