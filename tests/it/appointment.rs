//! Appointments from scripts, and the line of the day.

use crate::shop::{Known, Shop};

const NINE: &str = "2020-03-03T09:00:00-08:00";
const TWENTY_PAST: &str = "2020-03-03T09:20:00-08:00";

#[test]
fn a_booking_is_made_moved_missed_and_made_again() {
    let shop = Shop::small();
    let case = shop.record(Known::FRESH, &["aircraft"]);
    let other = shop.record(Known::SPARK, &["aircraft"]);
    let booked = shop.run(&["appointment", "book", &case, "--slot", NINE, "--json"]).well().json();
    assert_eq!(booked, serde_json::json!({ "number": case, "slot": NINE, "state": "booked" }));
    let taken = shop.run(&["appointment", "book", &other, "--slot", NINE, "--json"]);
    assert_eq!((taken.code, taken.json()["error"]["field"].as_str()), (1, Some("slot")));
    shop.run(&["appointment", "move", &case, "--slot", TWENTY_PAST]).well();
    shop.run(&["appointment", "book", &other, "--slot", NINE]).well();
    assert_eq!(shop.run(&["appointment", "no-show", &case, "--json"]).code, 1);
    let after = "2020-03-03T09:40:00-08:00";
    shop.run(&["appointment", "no-show", &case, "--at", after]).well();
    shop.run(&["appointment", "book", &case, "--slot", "2020-03-03T17:40:00-08:00", "--at", after]).well();
    shop.run(&["appointment", "cancel", &other]).well();
    let line = shop.run(&["appointment", "list", "--day", "2020-03-03", "--json"]).well().json();
    let states: Vec<_> = line.as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["no-show", "booked"]);
    shop.verified();
}

/// A script may write the slot in another offset than the counter's: the customer comes by the counter's wall clock.
#[test]
fn a_slot_in_another_offset_is_a_time_of_the_counters_own_clock() {
    let shop = Shop::small();
    let case = shop.record(Known::FRESH, &["aircraft"]);
    let book = |slot: &str| {
        let mut command = shop.command();
        command.env_remove("CAREDESK_NOW").env("TZ", "<+05>-5");
        let made = command.args(["appointment", "book", &case, "--slot", slot, "--json"]).output().unwrap();
        serde_json::from_slice::<serde_json::Value>(&made.stdout).unwrap()
    };
    let say =
        "2099-03-04 21:00 is outside the opening hours: on 2099-03-04 this centre is open 09:00 to 18:00";
    assert_eq!(book("2099-03-04T16:00:00Z")["error"]["say"], say);
    assert_eq!(book("2099-03-04T10:00:00Z")["slot"], "2099-03-04T15:00:00+05:00");
}

#[test]
fn the_line_of_today_holds_who_walked_in() {
    let shop = Shop::small();
    let case = shop.record(Known::FRESH, &["aircraft"]);
    let line = shop.run(&["appointment", "list"]).well().out;
    assert_eq!(
        line,
        format!(
            "2020-03-02 10:00  walk-in  waiting  {case}  08QDG6C01200B3  Mavic Pro  Maria López  +1 415 555 0101\n"
        )
    );
    let tomorrow = shop.run(&["appointment", "list", "--day", "2020-03-03"]).well().out;
    assert_eq!(tomorrow, "nobody is booked or waiting on 2020-03-03\n");
}

#[test]
fn opening_hours_are_the_configs() {
    let shop = Shop::small();
    let case = shop.record(Known::FRESH, &["aircraft"]);
    let config = shop.folder().join("config.toml");
    let book = |slot: &str| {
        let config = config.to_str().unwrap();
        shop.run(&["--config", config, "appointment", "book", &case, "--slot", slot, "--json"])
    };
    std::fs::write(&config, "opening = { tue = \"closed\" }\n").unwrap();
    let closed = book(NINE);
    let say = "2020-03-03 09:00 is outside the opening hours: on 2020-03-03 this centre is closed";
    assert_eq!((closed.code, closed.json()["error"]["say"].as_str()), (1, Some(say)));
    std::fs::write(&config, "opening = { tue = \"nine\" }\n").unwrap();
    let wrong = book(NINE);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("config.toml:1: ") && wrong.err.contains("not opening hours"), "{wrong:?}");
}
