//! Plans at the counter: sold, extended, given back, and seen by everything that sees plans.

use crate::shop::{Known, NOW, Shop};

const DEVICES: &str = "serial,model,purchase_region,purchased_on,activated_at
08QDG6C01200F3,mavic-pro,US,2020-03-01,2020-03-01T17:00:00Z
08QDG6C01200G3,mavic-pro,US,2019-06-15,2019-06-16T17:00:00Z
08QDG6C01200H3,mavic-pro,CA,2020-03-01,2020-03-01T17:00:00Z
";
const YOUNG: &str = "08QDG6C01200F3";
const OLD: &str = "08QDG6C01200G3";
const FOREIGN: &str = "08QDG6C01200H3";

fn shop() -> Shop {
    let shop = Shop::small();
    shop.import("devices", DEVICES).well();
    shop
}

/// A shop that sold P-77 for a product activated a day ago.
fn sold() -> Shop {
    let shop = shop();
    shop.run(&["plan", "bind", YOUNG, "--number", "P-77", "--json"]).well();
    shop
}

#[test]
fn a_plan_sold_here_is_sold_with_its_criterion_and_term() {
    let shop = shop();
    let check = shop.run(&["plan", "check", YOUNG, "--json"]).well().json();
    assert_eq!((&check["verdict"], &check["criterion"]), (&"bind".into(), &"C11b".into()));
    assert_eq!(check["clocks"][0]["closes_at"], "2020-03-03T09:00:00-08:00");
    assert_eq!(check["clocks"][0]["say"], "closes in 23 h 0 min (3 Mar 2020 09:00)");
    let text = shop.run(&["plan", "check", YOUNG]).well().out;
    assert!(text.starts_with("A PLAN CAN BE BOUND - C11b, closes in 23 h 0 min"), "{text}");

    let plan = shop.run(&["plan", "bind", YOUNG, "--number", "P-77", "--json"]).well().json();
    let said =
        ["number", "serial", "criterion", "starts_on", "ends_on"].map(|field| plan[field].as_str().unwrap());
    assert_eq!(said, ["P-77", YOUNG, "C11b", "2020-03-02", "2021-03-01"]);
    assert_eq!((&plan["granted"], &plan["balance"]), (&2.into(), &2.into()));
    let text = shop.run(&["plan", "show", "P-77"]).well().out;
    assert!(text.contains("bound by C11b") && text.contains("2 of 2 replacements left"), "{text}");
    let found = shop.run(&["lookup", "P-77", "--json"]).well().json();
    assert_eq!(found[0]["serial"], YOUNG);
    shop.verified();
}

#[test]
fn what_stands_against_a_sale_is_named_with_its_clause_and_nothing_is_written() {
    let shop = shop();
    let refused = |arguments: &[&str]| {
        let mut all = vec!["plan"];
        all.extend(arguments);
        all.push("--json");
        let ran = shop.run(&all);
        assert_eq!(ran.code, 1, "{ran:?}");
        let error = ran.json()["error"].clone();
        let guard = error["guard"].as_str().or(error["field"].as_str()).unwrap_or_default().to_owned();
        (guard, error["say"].as_str().unwrap().to_owned())
    };
    let (guard, say) = refused(&["bind", FOREIGN, "--number", "P-77"]);
    assert_eq!(guard, "not-covered");
    assert!(say.contains("The product was bought in CA, the plan in US (C10)."), "{say}");
    let (guard, say) = refused(&["bind", OLD, "--number", "P-77"]);
    assert_eq!(guard, "not-covered");
    assert!(say.contains("(C11b)") && say.ends_with("apply for video verification (C11e)."), "{say}");
    let (guard, say) = refused(&["bind", Known::FRESH, "--number", "P-77"]);
    assert_eq!(guard, "not-covered");
    assert!(say.contains("This serial has or had plan P-1 (C18)."), "{say}");
    assert_eq!(refused(&["bind", YOUNG, "--number", "P-77", "--damaged"]).0, "refer");
    assert_eq!(refused(&["bind", YOUNG, "--number", "P-1"]).0, "number");
    assert_eq!(refused(&["bind", "08QDG6C01200Z3", "--number", "P-77"]).0, "no-such-device");
    assert_eq!(refused(&["extend", "P-77", "--number", "P-78"]).0, "plan");
    assert_eq!(refused(&["extend", "P-1", "--number", "P-2"]).0, "number");
    assert_eq!(refused(&["return", "P-1", "--product-returned", "no"]).0, "not-covered");
    assert_eq!(
        refused(&["notice", OLD, "video-approved", "--issued-at", "2021-01-01T00:00:00Z"]).0,
        "issued_at"
    );
    assert_eq!(shop.run(&["plan", "notice", OLD, "video-maybe"]).code, 2);
    assert_eq!(shop.run(&["plan", "return", "P-1", "--product-returned", "perhaps"]).code, 2);
    assert_eq!(refused(&["show", "P-77"]).0, "plan");
    shop.verified();
}

#[test]
fn a_notice_opens_the_way_that_was_closed() {
    let shop = shop();
    let told = shop.run(&["plan", "notice", OLD, "video-approved", "--json"]).well().json();
    assert_eq!((&told["kind"], &told["issued_at"]), (&"video-approved".into(), &NOW.into()));
    let plan = shop.run(&["plan", "bind", OLD, "--number", "P-77", "--json"]).well().json();
    assert_eq!(plan["criterion"], "C11e");
    let csv = shop.run(&["export", "notices"]).well().out;
    assert_eq!(csv, format!("serial,kind,issued_at\n{OLD},video-approved,{NOW}\n"));
    shop.import("notices", &csv).well();
    assert_eq!(shop.run(&["export", "notices"]).well().out, csv);
    shop.verified();
}

#[test]
fn a_plan_sold_here_replaces_a_unit_and_moves_with_it() {
    let shop = sold();
    let case = shop.chosen(YOUNG, &["aircraft"]);
    let back = ["plan", "return", "P-77", "--product-returned", "yes", "--json"];
    assert_eq!(shop.run(&back).guard(), "open-case");
    shop.run(&["case", "pay", &case, "--method", "card", "--json"]).well();
    let issued = shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well().json();
    assert_eq!((&issued["plan"], &issued["balance"]), (&"P-77".into(), &1.into()));
    shop.run(&["case", "close", &case, "--json"]).well();
    assert_eq!(shop.run(&back).guard(), "refer", "a replacement was used");

    let plan = shop.run(&["plan", "extend", "P-77", "--number", "P-77P", "--json"]).well().json();
    assert_eq!((&plan["serial"], &plan["balance"]), (&Known::UNITS[0].into(), &1.into()));
    assert_eq!((&plan["plus"]["starts_on"], &plan["plus"]["granted"]), (&"2021-03-02".into(), &1.into()));
    let bound: Vec<&str> =
        plan["bindings"].as_array().unwrap().iter().map(|row| row["serial"].as_str().unwrap()).collect();
    assert_eq!(bound, [YOUNG, Known::UNITS[0]]);
    let asked: Vec<&str> =
        plan["decisions"].as_array().unwrap().iter().map(|row| row["ask"].as_str().unwrap()).collect();
    assert_eq!(asked, ["bind", "extend"]);
    let too_few = "number,tier,serial,region,granted\nP-77,refresh,08QDG6C01200F3,US,0\n";
    let ran = shop.import("plans", too_few);
    assert!(ran.err.contains("0 is too few: replacement 1 of plan P-77 is used"), "{ran:?}");
    shop.verified();
}

#[test]
fn a_plan_given_back_covers_nothing_any_more() {
    let shop = sold();
    let back = ["plan", "return", "P-77", "--product-returned", "yes", "--json"];
    assert_eq!(shop.run(&back).well().json()["returned_on"], "2020-03-02");
    assert_eq!(shop.run(&back).guard(), "not-covered");
    let check = shop.run(&["check", YOUNG, "--json"]).well().json();
    assert_eq!(check["verdict"], "paid-repair");
    let plans = shop.run(&["export", "plans"]).well().out;
    let row = "P-77,refresh,08QDG6C01200F3,US,2019-05,2020-03-02,2021-03-01,2,,2020-03-02,2020-03-02";
    assert!(plans.lines().any(|line| line == row), "{plans}");
    // The maker's own plan, given back here.
    shop.run(&["plan", "return", "P-1", "--product-returned", "yes", "--json"]).well();
    let check = shop.run(&["check", Known::FRESH, "--json"]).well().json();
    assert_eq!(check["verdict"], "paid-repair");
    shop.verified();
}

#[test]
fn plans_sold_here_come_into_a_fresh_shop_by_their_export_and_back_into_this_one() {
    let shop = sold();
    shop.run(&["plan", "extend", "P-77", "--number", "P-77P", "--json"]).well();
    let plans = shop.run(&["export", "plans"]).well().out;
    let fresh = Shop::bare();
    fresh.run(&["setup", "--site", "Oakland", "--region", "US"]).well();
    fresh.import("devices", &shop.run(&["export", "devices"]).well().out).well();
    fresh.import("plans", &plans).well();
    assert_eq!(fresh.run(&["export", "plans"]).well().out, plans);
    let [here, there] =
        [&shop, &fresh].map(|shop| shop.run(&["plan", "show", "P-77", "--json"]).well().json());
    for field in ["serial", "starts_on", "ends_on", "granted", "plus"] {
        assert_eq!(here[field], there[field], "{field}");
    }
    fresh.verified();

    // A use of ours stays ours when the maker's list of plans brings the same number.
    let case = shop.paid(YOUNG, &["aircraft"]);
    shop.import("plans", &plans).well();
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    let plan = shop.run(&["plan", "show", "P-77", "--json"]).well().json();
    assert_eq!((&plan["used"], &plan["serial"]), (&1.into(), &Known::UNITS[0].into()));
    shop.import("plans", &plans).well();
    shop.verified();
}

#[test]
fn the_plus_of_a_plan_that_moved_is_exported_with_the_serial_that_has_it_and_decides_the_same_elsewhere() {
    let shop = sold();
    let case = shop.paid(YOUNG, &["aircraft"]);
    shop.run(&["plan", "extend", "P-77", "--number", "P-77P", "--json"]).well();
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    let plans = shop.run(&["export", "plans"]).well().out;
    let serial = |number: &str| {
        let row = plans.lines().find(|row| row.starts_with(&format!("{number},"))).unwrap();
        row.split(',').nth(2).unwrap().to_owned()
    };
    assert_eq!([serial("P-77"), serial("P-77P")], [Known::UNITS[0]; 2]);

    let other = Shop::bare();
    other.run(&["setup", "--site", "Alameda Center", "--region", "US"]).well();
    for kind in ["devices", "plans", "claims"] {
        other.import(kind, &shop.run(&["export", kind]).well().out).well();
        assert_eq!(other.run(&["export", kind]).well().out, shop.run(&["export", kind]).well().out);
    }
    for at in ["2020-04-01T10:00:00-07:00", "2021-04-01T10:00:00-07:00"] {
        for serial in [Known::UNITS[0], YOUNG] {
            let check = ["check", serial, "--at", at, "--json"];
            assert_eq!(other.run(&check).well().out, shop.run(&check).well().out, "{serial} at {at}");
        }
    }
    other.verified();
}

#[test]
fn of_two_plans_whose_numbers_differ_in_their_letters_alone_the_one_that_was_typed_is_meant() {
    let shop = shop();
    let small = format!("number,tier,serial,region,starts_on\np-1,refresh,{OLD},US,2019-06-15\n");
    shop.import("plans", &small).well();
    for (number, serial) in [("P-1", Known::FRESH), ("p-1", OLD)] {
        assert_eq!(shop.run(&["plan", "show", number, "--json"]).well().json()["serial"], serial);
        assert_eq!(shop.run(&["lookup", number, "--json"]).well().json()[0]["serial"], serial);
    }
    let back = shop.run(&["plan", "return", "p-1", "--product-returned", "yes", "--json"]).well().json();
    assert_eq!(back["serial"], OLD);
    assert_eq!(shop.run(&["check", Known::FRESH, "--json"]).well().json()["verdict"], "replacement");
}
