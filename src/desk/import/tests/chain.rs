//! What files say of units that took one another's place.

use super::*;
use rstest::rstest;

const A: &str = "1636EA8UWQD6X1";
const B: &str = "0AS6E7PDT1ZEUX";
const C: &str = "0ASDE7QBJ7MYTY";
/// The units of the small shop: one with the plan P1, one without a plan.
const PLANNED: &str = "08QDG6C01200B3";
const PLAIN: &str = "0K1XH34GTPE36Y";

/// Devices, each with what replaced it.
fn devices(rows: &[(&str, &str)]) -> String {
    let row = |(serial, by): &(&str, &str)| format!("{serial},spark,{by}\n");
    rows.iter().map(row).fold("serial,model,replaced_by\n".to_owned(), |text, row| text + &row)
}

#[rstest]
#[case::one_after_another(&[(A, B), (B, C), (C, "")], &[])]
#[case::in_any_order(&[(C, ""), (B, C), (A, B)], &[])]
#[case::by_one_that_nobody_lists(&[(A, B)], &[])]
#[case::two_by_one(&[(A, C), (B, C)], &[])]
#[case::each_other(&[(A, B), (B, A)], &[(2, B, A), (3, A, B)])]
#[case::round_three(&[(A, B), (B, C), (C, A)], &[(2, B, A), (3, C, B), (4, A, C)])]
#[case::beside_the_circle(&[(PLAIN, A), (A, B), (B, A)], &[(3, B, A), (4, A, B)])]
fn a_device_does_not_come_after_itself(#[case] rows: &[(&str, &str)], #[case] bad: &[(u64, &str, &str)]) {
    let say = |(line, new, old): &(u64, &str, &str)| {
        format!(
            "f.csv:{line}: replaced_by: {new} was itself replaced by {old} in the end: correct one of the two"
        )
    };
    let bad: Vec<String> = bad.iter().map(say).collect();
    let report = Shop::new().import(Kind::Devices, &devices(rows));
    assert_eq!(report.bad.iter().map(ToString::to_string).collect::<Vec<_>>(), bad);
}

#[rstest]
#[case::with_the_registry(&[(B, A)], false)]
#[case::that_this_file_turns_round(&[(A, ""), (B, A)], false)]
#[case::that_this_file_opens(&[(A, C), (B, A)], true)]
#[case::beside_it(&[(C, A)], true)]
fn a_circle_is_seen_with_what_the_registry_has(#[case] rows: &[(&str, &str)], #[case] good: bool) {
    let mut shop = Shop::new();
    shop.good(Kind::Devices, &devices(&[(A, B)]));
    let file = devices(rows);
    if good {
        shop.good(Kind::Devices, &file);
    } else {
        assert_eq!(shop.bad(Kind::Devices, &file).len(), 1);
    }
}

#[test]
fn a_circle_is_seen_with_what_the_counter_handed_out() {
    let mut shop = Shop::new();
    shop.good(Kind::Devices, &devices(&[(A, ""), (B, "")]));
    shop.sql(&format!(
        "PRAGMA foreign_keys = OFF;
         INSERT INTO replacement (new_serial, tail, old_serial, model, case_id, at, issued_on)
         VALUES ('{B}', 'XUEZ1T', '{A}', 'spark', 'c', '2020-03-01T10:00:00Z', '2020-03-01')"
    ));
    assert_eq!(shop.bad(Kind::Devices, &devices(&[(B, A)])).len(), 1);
    shop.good(Kind::Devices, &devices(&[(A, B)]));
}

#[test]
fn a_circle_of_earlier_imports_comes_in_again_as_it_is() {
    let mut shop = Shop::new();
    shop.good(Kind::Devices, &devices(&[(A, B), (B, "")]));
    shop.sql(&format!("UPDATE device SET replaced_by = '{A}' WHERE serial = '{B}'"));
    let record = shop.export(Kind::Devices);
    shop.good(Kind::Devices, &record);
    assert_eq!(shop.export(Kind::Devices), record);
}

fn claims(rows: &[&str]) -> String {
    format!("plan,ordinal,used_on,old_serial,new_serial\n{}\n", rows.join("\n"))
}

#[rstest]
#[case::the_day_before("2019-06-14", Some("2019-06-14 is before plan P1 starts on 2019-06-15"))]
#[case::the_first_day("2019-06-15", None)]
#[case::not_known("", None)]
fn a_replacement_is_not_used_before_its_plan_starts(#[case] day: &str, #[case] bad: Option<&str>) {
    let mut shop = Shop::small();
    let file = claims(&[&format!("P1,1,{day},,")]);
    match bad {
        Some(say) => assert_eq!(shop.bad(Kind::Claims, &file), [format!("f.csv:2: used_on: {say}")]),
        None => drop(shop.good(Kind::Claims, &file)),
    }
}

#[rstest]
#[case::one_after_another(&["P1,1,,08QDG6C01200B3,1636EA8UWQD6X1", "P1,2,,1636EA8UWQD6X1,0AS6E7PDT1ZEUX"], &[])]
#[case::the_second_slot_first(&["P1,2,,08QDG6C01200B3,1636EA8UWQD6X1", "P1,1,,1636EA8UWQD6X1,0AS6E7PDT1ZEUX"], &[])]
#[case::back_again(
    &["P1,1,,08QDG6C01200B3,1636EA8UWQD6X1", "P1,2,,1636EA8UWQD6X1,08QDG6C01200B3"],
    &["f.csv:2: new_serial: 1636EA8UWQD6X1 was handed in for plan P1 itself: it cannot be the new unit",
      "f.csv:3: new_serial: 08QDG6C01200B3 was handed in for plan P1 itself: it cannot be the new unit"]
)]
fn a_unit_that_was_handed_in_for_a_plan_is_not_its_new_unit(#[case] rows: &[&str], #[case] bad: &[&str]) {
    let report = Shop::small().import(Kind::Claims, &claims(rows));
    assert_eq!(report.bad.iter().map(ToString::to_string).collect::<Vec<_>>(), bad);
}

#[test]
fn a_new_unit_is_held_against_the_old_one_that_the_registry_has() {
    let mut shop = Shop::small();
    shop.good(Kind::Claims, &claims(&[&format!("P1,1,,{PLANNED},{A}")]));
    let again = claims(&[&format!("P1,1,,,{PLANNED}")]);
    let say =
        format!("f.csv:2: new_serial: {PLANNED} was handed in for plan P1 itself: it cannot be the new unit");
    assert_eq!(shop.bad(Kind::Claims, &again), [say]);
    assert_eq!(shop.bad(Kind::Claims, &claims(&[&format!("P1,2,,{A},{PLANNED}")])).len(), 1);
    shop.good(Kind::Claims, &claims(&[&format!("P1,2,,{A},{B}")]));
}

/// The small shop, where the plain device has an owner and, if so, a plan of its own.
fn two_customers(plan: bool, owner: &str) -> Shop {
    let mut shop = Shop::small();
    shop.good(Kind::Devices, &format!("serial,model,owner_name,owner_phone\n{PLAIN},,{owner}\n"));
    if plan {
        shop.good(
            Kind::Plans,
            &format!("number,tier,serial,region,starts_on\nP2,refresh,{PLAIN},US,2019-06-15\n"),
        );
    }
    shop
}

const BEFORE: &str = "UPDATE device SET replaced_by = '0K1XH34GTPE36Y' WHERE serial = '08QDG6C01200B3'";

#[rstest]
#[case::with_a_plan_of_its_own((true, "Zoë O’Neill,+45 30 98"), "", &[PLAIN, A], false)]
#[case::of_another_owner((false, "李娜,+1"), "", &[PLAIN, A], false)]
#[case::of_the_same_owner((false, "Zoë O’Neill,+1"), "", &[PLAIN, A], true)]
#[case::of_the_same_phone((false, "Z. O’Neill,+45 30 98"), "", &[PLAIN, A], true)]
#[case::that_became_the_plans((true, "李娜,+1"), "", &[PLAIN, PLANNED], true)]
#[case::the_plans_own((true, "李娜,+1"), "", &[PLANNED, A], true)]
#[case::that_the_maker_joins_to_it((true, "李娜,+1"), BEFORE, &[PLAIN, A], true)]
#[case::that_nobody_lists((true, "李娜,+1"), "", &[B, A], true)]
fn an_old_unit_is_not_another_customers(
    #[case] (plan, owner): (bool, &str),
    #[case] sql: &str,
    #[case] units: &[&str; 2],
    #[case] good: bool,
) {
    let mut shop = two_customers(plan, owner);
    shop.sql(sql);
    let file = claims(&[&format!("P1,1,,{},{}", units[0], units[1])]);
    if good {
        shop.good(Kind::Claims, &file);
        return;
    }
    let say = format!(
        "f.csv:2: old_serial: {PLAIN} is another customer's device: no replacement joins it to plan P1"
    );
    assert_eq!(shop.bad(Kind::Claims, &file), [say]);
}

#[test]
fn an_old_unit_is_joined_by_the_plans_other_claims_or_left_alone_where_one_does_not_tell_its_units() {
    let second = format!("P1,2,,{PLAIN},{A}");
    for first in [format!("P1,1,,{PLANNED},{PLAIN}"), "P1,1,,,".to_owned()] {
        two_customers(true, "李娜,+1").good(Kind::Claims, &claims(&[&second, &first]));
        let mut shop = two_customers(true, "李娜,+1");
        shop.good(Kind::Claims, &claims(&[&first]));
        shop.good(Kind::Claims, &claims(&[&second]));
    }
    assert_eq!(two_customers(true, "李娜,+1").bad(Kind::Claims, &claims(&[&second])).len(), 1);
}

#[test]
fn a_claim_of_earlier_imports_comes_in_again_as_it_is() {
    let mut shop = two_customers(true, "李娜,+1");
    shop.sql(&format!(
        "INSERT INTO maker_use (plan, ordinal, used_on, old_serial, new_serial)
         VALUES ('P1', 1, '2019-01-01', '{PLAIN}', '{A}'), ('P1', 2, NULL, '{A}', '{PLAIN}')"
    ));
    let record = shop.export(Kind::Claims);
    shop.good(Kind::Claims, &record);
    assert_eq!(shop.export(Kind::Claims), record);
}

#[test]
fn the_units_of_a_plus_may_stand_under_the_plan_that_it_extends() {
    let mut shop = Shop::small();
    shop.good(Kind::Devices, &devices(&[(A, "")]));
    shop.good(Kind::Plans, &format!("number,tier,serial,region\nP1,,{A},\n"));
    shop.good(Kind::Claims, &claims(&[&format!("P1P,1,,{A},{B}")]));
    shop.good(Kind::Claims, &claims(&[&format!("P1,1,,{PLANNED},{C}")]));
}
