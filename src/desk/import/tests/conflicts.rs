//! A re-import never takes back what the counter did.

use super::*;
use rstest::rstest;

const NEW: &str = "1636EA8UWQD6X1";
const OTHER: &str = "0AS6E7PDT1ZEUX";

/// The small shop with a case that has the plan's first replacement reserved.
fn reserved() -> Shop {
    let mut shop = Shop::small();
    shop.good(Kind::Stock, &format!("serial,model,part,state,place\n{NEW},mavic-pro,aircraft,in-stock,A1\n"));
    shop.sql(
        "INSERT INTO cases (id, number, till, sequence, serial, chain, plan, customer, said, channel, recorded_at,
             recorded_on, damaged_on, cause, parts, owner, repaired_elsewhere, state, outcome)
         VALUES ('c', '0001-00001-5', 1, 1, '08QDG6C01200B3', '08QDG6C01200B3', 'P1', 'p', 's', 'swift', '2020-03-01T10:00:00Z',
             '2020-03-01', '2020-03-01', 'accident', '[]', 'same', 0, 'RECORDED', 'none');
         INSERT INTO slot_use (id, plan, ordinal, case_id, state) VALUES ('u', 'P1', 1, 'c', 'reserved');",
    );
    shop
}

/// The same, issued.
fn issued() -> Shop {
    let shop = reserved();
    shop.sql(&format!(
        "UPDATE slot_use SET state = 'used';
         INSERT INTO unit (serial, state, case_id, at) VALUES ('{NEW}', 'issued', 'c', '2020-03-01T10:00:00Z');
         INSERT INTO issued (case_id, serial, part) VALUES ('c', '{NEW}', 'aircraft');
         INSERT INTO replacement (new_serial, tail, old_serial, model, region, plan, case_id, at, issued_on)
         VALUES ('{NEW}', '1X6DQW', '08QDG6C01200B3', 'mavic-pro', 'US', 'P1', 'c', '2020-03-01T10:00:00Z', '2020-03-01');
         INSERT INTO binding (id, plan, serial, to_at, case_id) VALUES ('b1', 'P1', '08QDG6C01200B3', '2020-03-01T10:00:00Z', 'c');
         INSERT INTO binding (id, plan, serial, from_at, case_id) VALUES ('b2', 'P1', '{NEW}', '2020-03-01T10:00:00Z', 'c');"
    ));
    shop
}

fn claim(new_serial: &str) -> String {
    format!(
        "plan,ordinal,used_on,case,old_serial,new_serial\nP1,1,2020-03-01,MK-1,08QDG6C01200B3,{new_serial}\n"
    )
}

#[rstest]
#[case::reserved(reserved(), NEW, "reserved")]
#[case::another_serial(issued(), OTHER, "used")]
fn a_row_that_contradicts_a_living_case_is_refused_and_flags_it(
    #[case] mut shop: Shop,
    #[case] new_serial: &str,
    #[case] how: &str,
) {
    let report = shop.import(Kind::Claims, &claim(new_serial));
    let say = format!(
        "f.csv:2: new_serial: replacement 1 of plan P1 is {how} by case 0001-00001-5 here, which the maker's row contradicts: look at the case"
    );
    assert_eq!((report.ended, report.conflicts), (Ended::Refused, 1));
    assert_eq!(report.bad[0].to_string(), say);
    assert_eq!(
        shop.ask("SELECT plan || ordinal || new_serial || case_id FROM conflict"),
        format!("P11{new_serial}c")
    );
    assert_eq!(shop.ask("SELECT count(*) || '' FROM maker_use"), "0");
}

#[test]
fn a_case_is_flagged_once_in_the_journal_however_often_the_file_comes() {
    let mut shop = reserved();
    for _ in 0..2 {
        assert_eq!(shop.import(Kind::Claims, &claim(NEW)).conflicts, 1);
        let flagged = "SELECT count(*) || case_id || json_extract(payload, '$.new_serial') FROM journal
                       WHERE kind = 'flagged'";
        assert_eq!(shop.ask(flagged), format!("1c{NEW}"));
    }
    shop.import(Kind::Claims, &claim(OTHER));
    assert_eq!(shop.ask("SELECT count(*) || '' FROM journal WHERE kind = 'flagged'"), "2");
    assert_eq!(shop.ask("SELECT count(*) || '' FROM conflict"), "2");
}

#[test]
fn a_dry_run_flags_no_case() {
    let mut shop = reserved();
    let report = shop.run(Kind::Claims, claim(NEW).as_bytes(), (Aim::DryRun, BadRows::RefuseAll)).unwrap();
    assert_eq!(report.bad_count, 1);
    assert_eq!(shop.ask("SELECT count(*) || '' FROM conflict"), "0");
}

#[test]
fn the_same_ordinal_with_the_same_new_serial_is_the_same_use() {
    let mut shop = issued();
    shop.good(Kind::Claims, &claim(NEW));
    assert_eq!(shop.export(Kind::Claims), claim(NEW));
}

#[test]
fn a_voided_use_stays_void_although_the_makers_row_still_shows_it() {
    let mut shop = issued();
    shop.sql("UPDATE slot_use SET state = 'void'");
    let report = shop.good(Kind::Claims, &claim(NEW));
    assert_eq!((report.ended, report.unchanged), (Ended::Merged, 1));
    assert_eq!(shop.ask("SELECT count(*) || '' FROM maker_use"), "0");
    shop.good(Kind::Claims, &claim(OTHER));
    assert_eq!(shop.ask("SELECT new_serial FROM maker_use"), OTHER);
}

#[rstest]
#[case(0, false)]
#[case(1, true)]
fn granted_below_what_is_taken_is_refused(#[case] granted: u8, #[case] good: bool) {
    let mut shop = reserved();
    let file = format!("number,tier,serial,region,granted\nP1,,,,{granted}\n");
    if good {
        shop.good(Kind::Plans, &file);
    } else {
        let say = "f.csv:2: granted: 0 is too few: replacement 1 of plan P1 is used or reserved already";
        assert_eq!(shop.bad(Kind::Plans, &file), [say]);
    }
}

#[test]
fn the_export_is_the_true_record() {
    let mut shop = issued();
    assert!(
        shop.export(Kind::Devices)
            .contains("08QDG6C01200B3,mavic-pro,US,2019-06-15,,,Zoë O’Neill,+45 30 98,,1636EA8UWQD6X1\n")
    );
    assert!(
        shop.export(Kind::Devices)
            .contains("1636EA8UWQD6X1,mavic-pro,US,2019-06-15,,,Zoë O’Neill,+45 30 98,,\n")
    );
    assert!(shop.export(Kind::Plans).contains("P1,refresh,1636EA8UWQD6X1,US,"));
    assert_eq!(shop.export(Kind::Claims), claim(NEW).replace("MK-1", "0001-00001-5"));
    assert_eq!(
        shop.export(Kind::Stock),
        format!("serial,model,part,state,place\n{NEW},mavic-pro,aircraft,issued,A1\n")
    );
}

#[test]
fn the_true_record_fills_another_shop_and_comes_back_to_this_one() {
    let mut shop = issued();
    let mut other = Shop::new();
    for kind in [Kind::Devices, Kind::Plans, Kind::Claims] {
        let record = shop.export(kind);
        other.good(kind, &record);
        assert_eq!(other.export(kind), record, "{kind}");
        shop.good(kind, &record);
        assert_eq!(shop.export(kind), record, "{kind} again");
    }
}

#[test]
fn a_stock_file_does_not_take_an_issued_unit_back() {
    let mut shop = issued();
    shop.good(Kind::Stock, &format!("serial,model,part,state,place\n{NEW},mavic-pro,aircraft,in-stock,B2\n"));
    assert!(shop.export(Kind::Stock).contains("issued,B2"));
}
