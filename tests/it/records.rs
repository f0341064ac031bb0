//! Two records of one truth: the maker's files and the counter's acts, in whatever order they come.

use crate::shop::{Known, Shop};

const PLANS: &str =
    "number,tier,serial,region,programme,starts_on,ends_on,granted,extends,sold_on,returned_on\n";

fn finding(decision: &serde_json::Value, rule: &str) -> String {
    let findings = decision["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["rule"] == rule).unwrap();
    found["say"].as_str().unwrap().to_owned()
}

#[test]
fn a_plan_that_comes_in_after_the_case_moves_with_the_replacement() {
    let shop = Shop::small();
    shop.import(
        "devices",
        "serial,model,purchase_region,purchased_on\n08QDG6C01200F3,mavic-pro,US,2019-06-15\n",
    )
    .well();
    let case = shop.record("08QDG6C01200F3", &["aircraft"]);
    shop.import(
        "plans",
        &format!("{PLANS}P-9,refresh,08QDG6C01200F3,US,2019-05,2019-06-15,,2,,2019-06-15,\n"),
    )
    .well();
    shop.run(&["case", "receive", &case, "--serial", "08QDG6C01200F3", "--part", "aircraft", "--json"])
        .well();
    let assess =
        ["case", "assess", &case, "--cause", "accident", "--part", "aircraft", "--finding", "arm", "--json"];
    shop.run(&assess).well();
    shop.run(&["case", "choose", &case, "replacement", "--json"]).well();
    shop.run(&["case", "pay", &case, "--method", "card", "--json"]).well();
    let issued = shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well().json();
    assert_eq!((&issued["plan"], &issued["plan_serial"]), (&"P-9".into(), &Known::UNITS[0].into()));
    shop.verified();
}

#[test]
fn a_makers_row_that_says_less_of_the_new_unit_moves_no_date() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    shop.run(&["case", "close", &case, "--json"]).well();
    let check = ["check", Known::UNITS[0], "--cause", "defect", "--json"];
    let before = finding(&shop.run(&check).well().json(), "warranty");
    shop.import("devices", &format!("serial,model\n{},mavic-pro\n", Known::UNITS[0])).well();
    assert_eq!(finding(&shop.run(&check).well().json(), "warranty"), before);
}

#[test]
fn the_plan_follows_the_makers_list_of_used_replacements() {
    let shop = Shop::small();
    let new = "08QDG6C01200G3";
    shop.import("devices", &format!("serial,model,purchase_region\n{new},mavic-pro,US\n")).well();
    let claims = "plan,ordinal,used_on,case,old_serial,new_serial\n";
    shop.import("claims", &format!("{claims}P-1,1,2020-01-05,MK-5,{},{new}\n", Known::FRESH)).well();
    let decision = shop.run(&["check", new, "--json"]).well().json();
    assert_eq!((&decision["verdict"], &decision["ordinal"]), (&"replacement".into(), &2.into()));
    let old = shop.run(&["check", Known::FRESH, "--json"]).well().json();
    assert_eq!(old["verdict"], "paid-repair", "the old unit is retired");
}

#[test]
fn what_is_printed_on_plus_wins_over_the_edition() {
    let shop = Shop::small();
    let plus = format!("{PLANS}P-1P,plus,{},US,2019-05,,2022-12-31,2,P-1,2019-12-01,\n", Known::FRESH);
    shop.import("plans", &plus).well();
    let check = ["check", Known::FRESH, "--at", "2022-06-01T10:00:00-07:00", "--json"];
    let decision = shop.run(&check).well().json();
    assert_eq!((&decision["source"], &decision["balance_after"]), (&"plus".into(), &1.into()), "{decision}");
}

#[test]
fn a_request_id_belongs_to_one_act_on_one_case() {
    let shop = Shop::small();
    let case = shop.chosen(Known::FRESH, &["aircraft"]);
    let id = "0192aaaa-0000-7000-8000-000000000002";
    shop.run(&["case", "pay", &case, "--method", "card", "--request-id", id, "--json"]).well();
    let issue = ["issue", &case, "--unit", Known::UNITS[0], "--request-id", id, "--json"];
    assert_eq!(shop.run(&issue).well().json()["state"], "HANDED_OVER");
    shop.verified();
}

#[test]
fn a_reservation_of_the_devices_own_case_does_not_change_its_card() {
    let shop = Shop::small();
    shop.chosen(Known::FRESH, &["aircraft"]);
    let decision = shop.run(&["check", Known::FRESH, "--json"]).well().json();
    assert_eq!((&decision["ordinal"], &decision["balance_after"]), (&1.into(), &1.into()));
}

#[test]
fn four_zeros_are_no_phone_number() {
    let shop = Shop::small();
    assert_eq!(shop.run(&["lookup", "0000", "--json"]).well().out, "[]\n");
    for typed in ["555 0101", "0101", "(0415) 555-0101", "+1 415 555 0101"] {
        assert_eq!(
            shop.run(&["lookup", typed, "--json"]).well().json()[0]["serial"],
            Known::FRESH,
            "{typed}"
        );
    }
}

#[test]
fn cases_are_exported_for_a_spreadsheet_and_for_a_program() {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    let csv = shop.run(&["export", "cases"]).well().out;
    let (header, row) = csv.trim_end().split_once('\n').unwrap();
    assert_eq!(
        header,
        "number,state,outcome,serial,model,plan,ordinal,opened,closed,channel,cause,parts,fee,paid,refunded,waived,due,currency,unit,since"
    );
    let now = crate::shop::NOW;
    let (old, new) = (Known::FRESH, Known::UNITS[0]);
    assert_eq!(
        row,
        format!(
            "{case},HANDED_OVER,REPLACEMENT,{old},mavic-pro,P-1,1,{now},,swift,accident,aircraft,79.00,79.00,0.00,0.00,0.00,USD,{new},{now}"
        )
    );
    let json = shop.run(&["export", "cases", "--format", "jsonl"]).well().json();
    assert_eq!(
        (&json["fee"], &json["due"], &json["parts"][0]),
        (&7900.into(), &0.into(), &"aircraft".into())
    );
    assert!(json["closed"].is_null());
    assert_eq!(shop.run(&["export", "stock", "--format", "jsonl"]).code, 2);
}

#[test]
fn a_unit_that_was_handed_out_is_one_model_to_all_whatever_the_makers_record_calls_it() {
    let shop = Shop::small();
    let new = Known::UNITS[0];
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", new, "--json"]).well();
    shop.run(&["case", "close", &case, "--json"]).well();
    shop.import("devices", &format!("serial,model,purchase_region\n{new},spark,CA\n")).well();
    let (start, end) = new.split_at(new.len() - 4);
    for typed in [new, start, end, "P-1"] {
        let hit = &shop.run(&["lookup", typed, "--json"]).well().json()[0];
        let said = ["serial", "model", "region"].map(|field| hit[field].as_str().unwrap());
        assert_eq!(said, [new, "mavic-pro", "US"], "{typed}: {hit}");
    }
    let case = shop.assessed(new, &["aircraft"]);
    let shown = shop.run(&["case", "show", &case, "--json"]).well().json();
    let csv = shop.run(&["export", "cases", "--format", "jsonl"]).well().out;
    let row = csv.lines().find(|line| line.contains(&case)).unwrap();
    let row: serde_json::Value = serde_json::from_str(row).unwrap();
    assert_eq!((&row["model"], &shown["model"]), (&"mavic-pro".into(), &"mavic-pro".into()));
}

#[test]
fn the_exported_journal_reads_well_names_nobody_and_guards_its_cells() {
    let shop = Shop::small();
    let case = shop.assessed(Known::FRESH, &["aircraft"]);
    let label = ["paper", "label", &case, "--who", "=1+1\u{202e}x"];
    shop.run(&label).well();
    let csv = shop.run(&["export", "journal"]).well().out;
    assert!(csv.starts_with("seq,at,actor,kind,case,from,to,say,payload,"), "{csv}");
    let mine: Vec<&str> = csv.lines().filter(|line| line.contains(&case)).collect();
    assert!(mine.iter().any(|line| line.contains(",assessed,") && line.contains(",RECEIVED,ASSESSED,")));
    assert!(csv.contains(",'=1+1x,printed,"), "{csv}");
    assert!(!csv.contains("Maria") && !csv.contains("415 555") && !csv.contains("tree"), "{csv}");
    let lines = shop.run(&["export", "journal", "--format", "jsonl"]).well().out;
    let first: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!((&first["seq"], &first["payload"]["event"]), (&1.into(), &"setup".into()));
}
