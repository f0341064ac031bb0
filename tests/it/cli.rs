//! The whole job on the command line: its answers, its guards, its retries.

use rstest::rstest;
use serde_json::Value;

use crate::shop::{Known, Shop};

fn number(value: &Value) -> &str {
    value["number"].as_str().unwrap()
}

#[test]
fn a_replacement_moves_the_plan_and_no_date() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    let issued = shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well().json();
    assert_eq!(number(&issued), case);
    assert_eq!(issued["state"], "HANDED_OVER");
    assert_eq!(issued["outcome"], "REPLACEMENT");
    assert_eq!(issued["unit"], Known::UNITS[0]);
    assert_eq!(issued["balance"], 1);
    assert_eq!(issued["fee"], serde_json::json!({"minor": 7900, "currency": "USD"}));
    assert_eq!(issued["paid"], serde_json::json!({"minor": 7900, "currency": "USD"}));

    let new = shop.run(&["check", Known::UNITS[0], "--json"]).well().json();
    assert_eq!((&new["verdict"], &new["ordinal"]), (&"replacement".into(), &2.into()));
    let term = new["findings"].as_array().unwrap().iter().find(|finding| finding["rule"] == "term").unwrap();
    assert!(term["say"].as_str().unwrap().contains("2020-06-14"), "{term}");
    let old = shop.run(&["lookup", Known::FRESH, "--json"]).well().json();
    assert_eq!(old[0]["replaced_by"], Known::UNITS[0]);

    let closed = shop.run(&["case", "close", &case, "--json"]).well().json();
    assert_eq!(closed["state"], "CLOSED");
    let steps: Vec<_> =
        closed["history"].as_array().unwrap().iter().map(|step| step["event"].as_str().unwrap()).collect();
    assert_eq!(
        steps,
        ["recorded", "received", "printed", "assessed", "chosen", "paid", "issued", "printed", "closed"]
    );
    shop.verified();
}

#[test]
fn propellers_use_the_balance_and_leave_the_plan_where_it_is() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["propellers"]);
    let issued = shop.run(&["issue", &case, "--unit", "s-1001", "--json"]).well().json();
    assert_eq!((&issued["balance"], &issued["plan_serial"]), (&1.into(), &Known::FRESH.into()));
    let card = shop.run(&["lookup", Known::FRESH, "--json"]).well().json();
    assert_eq!(card[0]["replaced_by"], Value::Null);
    shop.verified();
}

#[test]
fn one_unit_for_each_damaged_part_or_one_whole_unit() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["propellers", "battery"]);
    let short = shop.run(&["issue", &case, "--unit", Known::PROPELLERS, "--json"]);
    assert_eq!((short.code, short.guard().as_str()), (1, "unit-wrong-part"));
    shop.run(&["issue", &case, "--unit", Known::PROPELLERS, "--unit", Known::BATTERY, "--json"]).well();
    shop.verified();
}

#[rstest]
#[case::another_model(Known::SPARK_UNIT, "unit-wrong-model")]
#[case::another_part(Known::BATTERY, "unit-wrong-part")]
#[case::nowhere_in_stock("08QDH32AAAAAA1", "unit-unknown")]
#[case::a_customers_before(Known::BOUND_BEFORE, "serial-bound-before")]
#[case::a_customers_device(Known::CANADA, "serial-bound-before")]
fn a_unit_that_does_not_serve_is_refused(#[case] unit: &str, #[case] guard: &str) {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    let before = shop.run(&["export", "journal"]).out;
    let refused = shop.run(&["issue", &case, "--unit", unit, "--json"]);
    assert_eq!((refused.code, refused.guard().as_str()), (1, guard));
    assert!(refused.err.starts_with("caredesk: "), "{}", refused.err);
    assert_eq!(shop.run(&["export", "journal"]).out, before);
}

#[test]
fn a_unit_already_issued_is_refused() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    shop.run(&["case", "close", &case, "--json"]).well();
    let second = shop.paid(Known::UNITS[0], &["aircraft"]);
    let refused = shop.run(&["issue", &second, "--unit", Known::UNITS[0], "--json"]);
    assert_eq!((refused.code, refused.guard().as_str()), (1, "unit-not-in-stock"));
}

#[test]
fn the_fee_must_be_paid_first() {
    let shop = Shop::small();
    let case = shop.chosen(Known::FRESH, &["aircraft"]);
    let refused = shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]);
    assert_eq!((refused.code, refused.guard().as_str()), (1, "fee-unpaid"));
    let other = shop.run(&["case", "pay", &case, "--method", "cash", "--amount", "50.00", "--json"]);
    assert_eq!((other.code, other.guard().as_str()), (1, "fee-unpaid"));
    let less =
        ["case", "pay", &case, "--method", "cash", "--amount", "50.00", "--reason", "goodwill", "--json"];
    let paid = shop.run(&less).well().json();
    assert_eq!((&paid["paid"]["minor"], &paid["waived"]["minor"]), (&5000.into(), &2900.into()));
    let shown = shop.run(&["case", "show", &case]).well().out;
    assert!(shown.contains("79.00 USD, paid 50.00 USD, waived 29.00 USD\n"), "{shown}");
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    shop.verified();
}

#[test]
fn an_unknown_fee_is_entered_with_a_reason() {
    let shop = Shop::small();
    let case = shop.chosen(Known::SPARK, &["aircraft"]);
    let issue = ["issue", &case, "--unit", Known::SPARK_UNIT, "--json"];
    assert_eq!(shop.run(&issue).guard(), "fee-unknown");
    assert_eq!(shop.run(&["case", "pay", &case, "--method", "card", "--json"]).guard(), "fee-unknown");
    let pay = [
        "case",
        "pay",
        &case,
        "--method",
        "card",
        "--amount",
        "49",
        "--reason",
        "price list of the day",
        "--json",
    ];
    assert_eq!(shop.run(&pay).well().json()["fee"]["minor"], 4900);
    shop.run(&issue).well();
    for paper in ["certificate", "receipt", "quote"] {
        let printed = shop.run(&["paper", paper, &case]).well().out.clone();
        assert!(printed.contains("49.00 USD (price list of the day)"), "{paper}: {printed}");
    }
    shop.verified();
}

#[test]
fn a_case_without_balance_or_in_another_region_is_not_replaced() {
    let shop = Shop::small();
    let empty = shop.assessed(Known::EMPTY, &["aircraft"]);
    assert_eq!(shop.run(&["case", "choose", &empty, "replacement", "--json"]).guard(), "no-balance");
    let canada = shop.assessed(Known::CANADA, &["aircraft"]);
    assert_eq!(shop.run(&["case", "choose", &canada, "replacement", "--json"]).guard(), "not-covered");
    let warranty = shop.run(&["case", "choose", &canada, "warranty-repair", "--json"]);
    assert_eq!(warranty.guard(), "remedy-closed");
    let repair = shop.run(&["case", "choose", &canada, "paid-repair", "--price", "120.00", "--json"]);
    assert_eq!(repair.well().json()["fee"]["currency"], "USD", "a repair is paid in the centre's own money");
    shop.verified();
}

#[test]
fn who_brings_the_unit_and_what_is_here_is_asked_before_a_replacement() {
    let shop = Shop::small();
    let words = ["--said", "It fell from a tree", "--customer", "Maria", "--phone", "1", "--json"];
    let mut record =
        vec!["case", "record", Known::FRESH, "--cause", "accident", "--part", "gimbal", "--part", "camera"];
    record.extend(words);
    let case = number(&shop.run(&record).well().json()).to_owned();
    shop.run(&["case", "receive", &case, "--serial", Known::FRESH, "--part", "gimbal", "--json"]).well();
    let assess = [
        "case",
        "assess",
        &case,
        "--cause",
        "accident",
        "--part",
        "gimbal",
        "--part",
        "camera",
        "--finding",
        "both broken",
        "--json",
    ];
    shop.run(&assess).well();
    let choose =
        |owner: &str| shop.run(&["case", "choose", &case, "replacement", "--owner", owner, "--json"]).guard();
    assert_eq!(shop.run(&["case", "choose", &case, "replacement", "--json"]).guard(), "owner-not-seen");
    assert_eq!(choose("other"), "not-covered");
    assert_eq!(choose("same"), "parts-missing");
}

#[test]
fn a_step_out_of_turn_and_a_second_case_are_refused() {
    let shop = Shop::small();
    let case = shop.record(Known::FRESH, &["aircraft"]);
    let early = shop.run(&["case", "choose", &case, "replacement", "--json"]);
    assert_eq!((early.code, early.guard().as_str()), (1, "wrong-state"));
    let again = shop.run(&[
        "case",
        "record",
        Known::FRESH,
        "--cause",
        "water",
        "--part",
        "aircraft",
        "--said",
        "Fell into the lake",
        "--customer",
        "Maria",
        "--phone",
        "1",
        "--json",
    ]);
    assert_eq!(again.guard(), "open-case");
    assert!(again.err.contains(&case), "{}", again.err);
    assert_eq!(shop.run(&["case", "show", "0001-00009-9", "--json"]).guard(), "no-such-case");
}

#[rstest]
#[case::too_few_words(&["--said", "broken", "--customer", "Maria", "--phone", "1"], "words-too-short")]
fn the_customers_words_are_needed(#[case] words: &[&str], #[case] guard: &str) {
    let shop = Shop::small();
    let mut record =
        vec!["case", "record", Known::FRESH, "--cause", "accident", "--part", "aircraft", "--json"];
    record.extend(words);
    assert_eq!(shop.run(&record).guard(), guard);
}

#[test]
fn nothing_but_import_and_lookup_works_before_set_up() {
    let shop = Shop::bare();
    let check = shop.run(&["check", Known::FRESH, "--json"]);
    assert_eq!((check.code, check.guard().as_str()), (1, "not-set-up"));
    assert_eq!(shop.run(&["lookup", "08Q", "--json"]).well().out, "[]\n");
    shop.run(&["setup", "--site", "Alameda", "--region", "us"]).well();
    shop.run(&["setup", "--site", "Alameda", "--region", "US"]).well();
    assert_eq!(shop.run(&["setup", "--site", "Oakland", "--region", "US"]).code, 1);
    assert_eq!(shop.run(&["check", Known::FRESH, "--json"]).guard(), "no-such-device");
}

#[test]
fn the_wrong_unit_is_not_received() {
    let shop = Shop::small();
    let case = shop.record(Known::FRESH, &["aircraft"]);
    let receive = |serial: &str| {
        shop.run(&["case", "receive", &case, "--serial", serial, "--part", "aircraft", "--json"])
    };
    assert_eq!(receive(Known::CANADA).guard(), "other-serial");
    assert_eq!(receive("illegible").well().json()["state"], "RECEIVED");
}

#[test]
fn the_same_request_again_returns_the_first_result() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    let id = "0192aaaa-0000-7000-8000-000000000001";
    let issue = ["issue", &case, "--unit", Known::UNITS[0], "--request-id", id, "--json"];
    let first = shop.run(&issue).well().out;
    assert_eq!(shop.run(&issue).well().out, first);
    let journal = shop.run(&["export", "journal"]).out;
    assert_eq!(journal.matches(",issued,").count(), 1);
}

#[test]
fn the_first_result_is_given_again_also_when_the_case_has_gone_on() {
    let shop = Shop::small();
    let case = shop.chosen(Known::FRESH, &["aircraft"]);
    let id = "0192aaaa-0000-7000-8000-000000000001";
    let pay = ["case", "pay", &case, "--method", "card", "--request-id", id, "--json"];
    let first = shop.run(&pay).well().out;
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    shop.run(&["case", "close", &case, "--json"]).well();
    assert_eq!(shop.run(&pay).well().out, first);
    shop.verified();
    // A program before this one kept every word of it.
    let kept = rusqlite::Connection::open(shop.database()).unwrap();
    kept.execute_batch("DROP TRIGGER request_no_update").unwrap();
    let sql = "UPDATE request SET result = ?1 WHERE id LIKE ?2";
    assert_eq!(kept.execute(sql, [first.trim(), &format!("{id}/%")]).unwrap(), 1);
    assert_eq!(shop.run(&pay).well().out, first);
}

#[test]
fn two_processes_issuing_the_same_case_at_once_issue_it_once() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    let issue = |unit: &str| {
        let mut command = shop.command();
        command.args(["issue", &case, "--unit", unit, "--json"]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
    };
    let both = [issue(Known::UNITS[0]), issue(Known::UNITS[1])];
    let ran: Vec<crate::shop::Ran> =
        both.into_iter().map(|child| child.wait_with_output().unwrap().into()).collect();
    let codes: Vec<i32> = {
        let mut codes: Vec<i32> = ran.iter().map(|ran| ran.code).collect();
        codes.sort_unstable();
        codes
    };
    assert_eq!(codes, [0, 1], "{ran:?}");
    let refused = ran.iter().find(|ran| ran.code == 1).unwrap();
    assert_eq!(refused.guard(), "wrong-state");
    shop.verified();
}

#[test]
fn an_import_that_spends_the_balance_stops_the_choice() {
    let shop = Shop::small();
    let case = shop.assessed(Known::FRESH, &["aircraft"]);
    let claims =
        "plan,ordinal,used_on,case,old_serial,new_serial\nP-1,1,2020-03-01,MK-8,,\nP-1,2,2020-03-01,MK-9,,\n";
    shop.import("claims", claims).well();
    assert_eq!(shop.run(&["case", "choose", &case, "replacement", "--json"]).guard(), "no-balance");
}

#[rstest]
#[case::by_another_unit("08QDH32ZZZZZZ1", "as used for 08QDH32ZZZZZZ1 already: ask before")]
#[case::by_a_unit_that_is_not_named("", "as used already: ask before")]
fn an_import_over_a_reservation_is_a_conflict_that_stops_the_issue(#[case] unit: &str, #[case] says: &str) {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    let head = "plan,ordinal,used_on,case,old_serial,new_serial";
    let import = shop.import("claims", &format!("{head}\nP-1,1,2020-03-01,MK-8,08QDG6C01200B3,{unit}\n"));
    assert_eq!(import.code, 1);
    assert!(import.err.contains(&case), "{}", import.err);
    let issue = shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]);
    assert_eq!(issue.guard(), "no-balance");
    assert!(issue.err.contains(says), "{}", issue.err);
    let flags = shop.run(&["case", "show", &case, "--json"]).well().json()["flags"].clone();
    assert_eq!(flags.as_array().unwrap().len(), 1);
    assert!(says.starts_with(flags[0].as_str().unwrap().split_once("P-1 ").unwrap().1), "{flags}");
    shop.verified();
}

#[test]
fn an_import_says_one_row_and_two_rows_and_a_contradiction_of_any_case() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0]]).well();
    shop.run(&["case", "close", &case]).well();
    let claims = "plan,ordinal,new_serial\nP-1,1,08QDH32ZZZZZZ1\n";
    let ran = shop.import("claims", claims);
    let say = "1 row, nothing imported: correct the bad rows, or use --keep-going, 1 bad, 1 in conflict with cases here";
    assert!(ran.code == 1 && ran.out.contains(say), "{ran:?}");
    for (more, say) in [("", "1 row: 1 new"), ("P-2,2\n", "2 rows: 1 new")] {
        let ran = shop.import("claims", &format!("plan,ordinal\nP-2,1\n{more}")).well();
        assert!(ran.out.contains(say), "{ran:?}");
    }
}

#[test]
fn the_papers_say_what_moved_and_a_reprint_is_a_copy() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    let file = shop.folder().join(format!("papers/{case}-certificate.txt"));
    let text = std::fs::read_to_string(file).unwrap();
    insta::assert_snapshot!(text.replace(&case, "CASE-NUMBER"));
    let copy = shop.run(&["paper", "certificate", &case]).well().out;
    assert!(copy.lines().next().unwrap().ends_with("COPY 1"), "{copy}");
    assert!(shop.run(&["paper", "certificate", &case]).well().out.contains("COPY 2"));
    assert!(shop.folder().join(format!("papers/{case}-slip.txt")).exists());
    shop.verified();
}

#[rstest]
#[case::a_short_number_whole("P-1", true)]
#[case::in_lower_case("p-1", true)]
#[case::its_start_alone("P-", false)]
fn a_plan_is_found_by_its_number_however_short(#[case] typed: &str, #[case] found: bool) {
    let shop = Shop::small();
    let hits = shop.run(&["lookup", typed, "--json"]).json();
    let why: Vec<&str> = hits.as_array().unwrap().iter().map(|hit| hit["why"].as_str().unwrap()).collect();
    assert_eq!(why.contains(&"plan number"), found, "{hits}");
}
