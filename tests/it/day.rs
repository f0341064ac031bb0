//! The day: figures that balance, a closing that asks what is open, and nothing that changes afterwards.

use rstest::rstest;
use serde_json::{Value, json};

use crate::shop::{Known, Ran, Shop};

const NEXT: &str = "2020-03-03T09:00:00-08:00";

fn shown(shop: &Shop, day: &str) -> Value {
    shop.run(&["day", "show", "--day", day, "--json"]).well().json()
}

/// A shop with one replacement of today, paid by card and closed.
fn worked() -> Shop {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    shop.run(&["case", "close", &case, "--json"]).well();
    shop
}

#[test]
fn a_day_counts_what_happened_and_its_money_and_shelf_balance() {
    let day = shown(&worked(), "2020-03-02");
    for (key, count) in [("opened", 1), ("received", 1), ("issued", 1), ("closed", 1), ("cancelled", 0)] {
        assert_eq!(day[key], count, "{key}");
    }
    assert_eq!(day["money"]["card"], json!({"currency": "USD", "taken": 7900, "refunded": 0, "net": 7900}));
    assert_eq!(
        day["replacements"],
        json!([{"model": "mavic-pro", "source": "refresh", "ordinal": 1, "count": 1}])
    );
    let stock = &day["stock"];
    assert_eq!(
        (&stock["start"], &stock["in"], &stock["issued"], &stock["end"]),
        (&0.into(), &6.into(), &1.into(), &5.into())
    );
    assert_eq!(day["to_explain"], json!([]));
}

#[test]
fn a_day_on_which_nothing_happened_starts_and_ends_with_the_same_shelf() {
    let day = shown(&worked(), "2020-03-03");
    assert_eq!(
        (&day["opened"], &day["stock"]["start"], &day["stock"]["end"]),
        (&0.into(), &5.into(), &5.into())
    );
    assert_eq!(day["money"], json!({}));
}

/// Records a case on another device, at the moment these flags name.
fn record_at(shop: &Shop, at: &[&str]) -> Ran {
    let record = ["case", "record", Known::SPARK, "--cause", "accident", "--part", "aircraft"];
    let said = ["--said", "It fell into the yard", "--customer", "Søren", "--phone", "1", "--json"];
    shop.run(&[&record[..], &said, at].concat())
}

#[test]
fn a_closed_day_never_changes_and_no_act_can_bear_it() {
    let shop = worked();
    let closed = shop.run(&["day", "close", "--json"]).well().json();
    assert_eq!(closed["state"], "closed");
    let refused = record_at(&shop, &[]);
    assert_eq!((refused.code, refused.guard().as_str()), (1, "day-closed"));
    let again = shop.run(&["day", "close", "--json"]);
    assert_eq!((again.code, again.guard().as_str()), (1, "day-closed"));

    // Units that come with the maker's list after the closing belong to the next day.
    shop.import(
        "stock",
        "serial,model,part,state,place\n08QDH32FG92G55,mavic-pro,aircraft,in-stock,shelf B2\n",
    )
    .well();
    assert_eq!(shown(&shop, "2020-03-02"), closed);
    let next = shown(&shop, "2020-03-03");
    assert_eq!(
        (&next["stock"]["start"], &next["stock"]["in"], &next["stock"]["end"]),
        (&5.into(), &1.into(), &6.into())
    );

    record_at(&shop, &["--at", NEXT]).well();
    assert_eq!(shown(&shop, "2020-03-03")["opened"], 1);
    shop.verified();
}

#[test]
fn a_day_before_a_closed_one_is_closed_too_and_a_day_to_come_cannot_be_closed() {
    let shop = worked();
    let early = shop.run(&["day", "close", "--day", "2020-03-04", "--json"]);
    assert_eq!((early.code, early.json()["error"]["field"].as_str()), (1, Some("day")));
    // Nor can a moment given by hand bring it nearer, not even later today.
    for (day, ahead) in
        [("2020-03-04", "2020-03-04T20:00:00-08:00"), ("2020-03-02", "2020-03-02T10:00:01-08:00")]
    {
        let early = shop.run(&["day", "close", "--day", day, "--at", ahead, "--json"]);
        assert_eq!((early.code, early.json()["error"]["field"].as_str()), (1, Some("at")), "{early:?}");
        assert!(early.err.contains("by this counter's clock it is 2020-03-02T10:00:00-08:00"), "{early:?}");
        assert_eq!(shown(&shop, day)["state"], "open");
    }
    shop.run(&["day", "close", "--json"]).well();
    let before = shop.run(&["day", "close", "--day", "2020-02-28", "--json"]);
    assert_eq!((before.code, before.guard().as_str()), (1, "day-closed"));
    // Who acts by a clock that went back reads which day it would be.
    let act = record_at(&shop, &["--at", "1970-01-02T00:05:00-08:00"]);
    assert_eq!((act.code, act.guard().as_str()), (1, "day-closed"));
    assert!(act.err.contains("2020-03-02 is closed, and with it 1970-01-02 before it"), "{act:?}");
}

/// How the books of the first day come to be written beside those of the next.
enum FirstDay {
    ClosedInTime,
    ClosedLate,
    EnteredLate,
}

#[rstest]
#[case::closed_before_the_next_day(FirstDay::ClosedInTime)]
#[case::closed_after_the_next_days_work(FirstDay::ClosedLate)]
#[case::entered_in_part_after_the_next_days_work(FirstDay::EnteredLate)]
fn a_days_shelf_is_what_moved_on_it_however_late_the_day_before_is_written(#[case] first: FirstDay) {
    let shop = worked();
    let case = shop.chosen(Known::SPARK, &["aircraft"]);
    let fee = ["--method", "cash", "--amount", "49.00", "--reason", "by the maker's list"];
    shop.run(&[&["case", "pay", &case][..], &fee, &["--json"]].concat()).well();
    let brought = |unit: &str, at: &str| {
        let file = format!("serial,model,part,state,place\n{unit},mavic-pro,aircraft,in-stock,B2\n");
        shop.import_bytes("stock", file.as_bytes(), &["--at", at]).well();
    };
    let late = "08QDH32FG92G66";
    if !matches!(first, FirstDay::EnteredLate) {
        brought(late, "2020-03-02T12:00:00-08:00");
    }
    if matches!(first, FirstDay::ClosedInTime) {
        shop.run(&["day", "close", "--json"]).well();
    }
    brought("08QDH32FG92G55", NEXT);
    shop.run(&["issue", &case, "--unit", Known::SPARK_UNIT, "--at", NEXT, "--json"]).well();
    match first {
        FirstDay::ClosedInTime => {}
        FirstDay::ClosedLate => _ = shop.run(&["day", "close", "--json"]).well(),
        FirstDay::EnteredLate => brought(late, "2020-03-02T12:00:00-08:00"),
    }
    for (day, figures) in [("2020-03-02", [0, 7, 1, 6]), ("2020-03-03", [6, 1, 1, 6])] {
        let stock = &shown(&shop, day)["stock"];
        let told = ["start", "in", "issued", "end"].map(|key| stock[key].as_i64().unwrap());
        assert_eq!(told, figures, "{day}");
    }
    shop.verified();
}

#[test]
fn the_sheet_says_the_same_at_both_widths() {
    let shop = worked();
    for width in ["80", "42"] {
        let sheet = shop.run(&["day", "show", "--width", width]).well().out;
        assert!(sheet.contains("DAY SHEET") && sheet.contains("79.00 USD"), "{sheet}");
        assert!(sheet.lines().all(|line| line.chars().count() <= width.parse().unwrap()), "{sheet}");
    }
}

#[test]
fn a_day_lists_the_parts_that_customers_owe_until_they_are_let_go() {
    let shop = Shop::small();
    let case = shop.record(Known::FRESH, &["propellers", "battery"]);
    let act = |verb: &str, more: &[&str]| {
        let arguments = [&["case", verb, &case][..], more, &["--json"]].concat();
        shop.run(&arguments).well();
    };
    act("receive", &["--serial", Known::FRESH, "--part", "propellers"]);
    act("assess", &["--cause", "accident", "--part", "propellers", "--part", "battery", "--finding", "Torn"]);
    act("choose", &["replacement", "--by", "ben", "--reason", "seen on video"]);
    act("pay", &["--method", "card"]);
    assert_eq!(shown(&shop, "2020-03-02")["parts_owed"], json!([]));
    shop.run(&["issue", &case, "--unit", Known::PROPELLERS, "--unit", Known::BATTERY, "--json"]).well();
    let owed = json!([{"case": case, "parts": ["battery"]}]);
    assert_eq!(shown(&shop, "2020-03-02")["parts_owed"], owed);
    assert!(shop.run(&["day", "show"]).well().out.to_lowercase().contains("parts owed"));
    act("waive-parts", &["--by", "ben", "--reason", "lost in the lake"]);
    assert_eq!(shown(&shop, "2020-03-02")["parts_owed"], json!([]));
}

#[test]
fn an_import_that_bears_a_closed_day_changes_no_figure_of_it_nor_of_a_day_before_it() {
    let shop = worked();
    let days = ["2020-02-28", "2020-03-01", "2020-03-02"];
    shop.run(&["day", "close", "--json"]).well();
    // The journal goes on while a day is open; a closed one keeps its line.
    let figures = |day| {
        let mut day = shown(&shop, day);
        if day["state"] == "open" {
            day["head"].take();
        }
        day
    };
    let before = days.map(figures);
    let header = "serial,model,part,state,place\n";
    let units = ["08QDH32FG92G55", "08QDH32FG92G66", "08QDH32FG92G77"];
    for (unit, day) in units.into_iter().zip(days) {
        let file = format!("{header}{unit},mavic-pro,aircraft,in-stock,B2\n");
        let at = format!("{day}T12:00:00-08:00");
        shop.import_bytes("stock", file.as_bytes(), &["--at", &at]).well();
    }
    let claim = "plan,ordinal,used_on,case,old_serial,new_serial\nP-1,1,2020-03-02,MK-8,,08QDH32ZZZZZZ1\n";
    let flags = shop.import_bytes("claims", claim.as_bytes(), &["--at", "2020-03-02T12:00:00-08:00"]);
    assert_eq!(flags.code, 1);
    assert_eq!(days.map(figures), before);
    for (day, start, came, end) in [("2020-03-03", 5, 3, 8), ("2020-03-04", 8, 0, 8)] {
        let stock = &shown(&shop, day)["stock"];
        let figures = (&stock["start"], &stock["in"], &stock["end"]);
        assert_eq!(figures, (&start.into(), &came.into(), &end.into()), "{day}");
    }
    shop.verified();
}

#[test]
fn the_sheet_of_an_open_day_is_a_copy_until_something_happens_and_a_closed_one_has_the_journals_line() {
    let shop = worked();
    let sheet = || shop.run(&["paper", "day", "2020-03-02"]).well().out;
    assert!(sheet().contains("open, so far"));
    assert!(sheet().contains("COPY 1") && sheet().contains("COPY 2"));
    shop.record(Known::SPARK, &["aircraft"]);
    assert!(!sheet().contains("COPY"), "a case was opened");
    shop.run(&["day", "close", "--json"]).well();
    let closed = sheet();
    assert!(!closed.contains("COPY") && !closed.contains("so far") && closed.contains("line "), "{closed}");
    assert!(sheet().contains("COPY 1"));
}

/// A unit that came in at the counter and that the maker lists afterwards, a day later or two.
#[rstest]
#[case::listed_alone(&[])]
#[case::listed_after_another_list(&["2020-03-03T12:00:00-08:00"])]
fn a_unit_received_here_that_the_maker_lists_later_is_counted_once_on_every_day(#[case] before: &[&str]) {
    let shop = Shop::bare();
    shop.run(&["setup", "--site", "Alameda Center", "--region", "US"]).well();
    let [own, other] = ["08QDH32FG92G55", "08QDH32FG92G66"];
    shop.run(&["stock", "receive", own, "--model", "mavic-pro", "--json"]).well();
    let list = |unit: &str, at: &str| {
        let file = format!("serial,model,part,state,place\n{unit},mavic-pro,aircraft,in-stock,B2\n");
        shop.import_bytes("stock", file.as_bytes(), &["--at", at]).well();
    };
    for at in before {
        list(other, at);
    }
    list(own, "2020-03-04T12:00:00-08:00");
    shop.run(&[
        "stock",
        "receive",
        "08QDH32FG92G77",
        "--model",
        "mavic-pro",
        "--at",
        "2020-03-05T12:00:00-08:00",
    ])
    .well();
    let listed = i64::try_from(before.len()).unwrap();
    let days = [("02", [0, 1, 1]), ("03", [1, listed, 1 + listed]), ("04", [1 + listed, 0, 1 + listed])];
    let days =
        days.into_iter().chain([("05", [1 + listed, 1, 2 + listed]), ("06", [2 + listed, 0, 2 + listed])]);
    for (day, figures) in days {
        let stock = &shown(&shop, &format!("2020-03-{day}"))["stock"];
        let told = ["start", "in", "end"].map(|key| stock[key].as_i64().unwrap());
        assert_eq!(told, figures, "{day}");
    }
    shop.verified();
}

#[test]
fn a_replacement_of_plus_that_a_second_person_decided_is_one_of_plus_on_the_day() {
    let shop = Shop::small();
    let at = |moment: &str, arguments: &[&str]| {
        shop.run(&[arguments, &["--at", moment, "--json"]].concat()).well();
    };
    let day = "2020-07-01T10:00:00-07:00";
    at("2020-05-01T10:00:00-07:00", &["plan", "extend", "P-1", "--number", "P-1P"]);
    let case = "0001-00001-5";
    let record =
        ["case", "record", Known::FRESH, "--cause", "accident", "--part", "aircraft", "--part", "battery"];
    let words = ["--said", "It fell from a tree", "--customer", "Maria", "--phone", "1", "--owner", "same"];
    at(day, &[&record[..], &words].concat());
    at(day, &["case", "receive", case, "--serial", Known::FRESH, "--part", "aircraft"]);
    let found = ["--cause", "accident", "--part", "aircraft", "--part", "battery", "--finding", "Torn"];
    at(day, &[&["case", "assess", case][..], &found].concat());
    at(day, &["case", "choose", case, "replacement", "--by", "ben", "--reason", "seen on video"]);
    at(day, &["case", "pay", case, "--method", "card", "--amount", "99", "--reason", "by the house"]);
    at(day, &["issue", case, "--unit", Known::UNITS[0]]);
    assert_eq!(
        shown(&shop, "2020-07-01")["replacements"],
        json!([{"model": "mavic-pro", "source": "plus", "ordinal": 1, "count": 1}])
    );
}
