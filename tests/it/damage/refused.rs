//! What a wrong program writes past the rules: the file itself refuses it, by constraint or by trigger.

use std::sync::LazyLock;

use rstest::rstest;
use rusqlite::Connection;

use super::{SHIFT, shop_of};
use crate::shop::Known;

/// The same shift with what else a day brings: a booking, a count, a notice, papers of no case, a plan given back.
static DAY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let shop = shop_of(&SHIFT);
    let list: serde_json::Value = shop.run(&["case", "list", "--json"]).well().json();
    let spark = list.as_array().unwrap().iter().find(|case| case["state"] == "RECORDED").unwrap();
    let spark = spark["number"].as_str().unwrap();
    shop.run(&["appointment", "book", spark, "--slot", "2020-03-03T09:00:00-08:00"]).well();
    shop.run(&["appointment", "cancel", spark]).well();
    shop.run(&["appointment", "book", spark, "--slot", "2020-03-03T09:20:00-08:00"]).well();
    shop.run(&["stock", "count", "--place", "shelf B8", Known::SPARK_UNIT]).well();
    shop.run(&["stock", "ship", "--all"]).well();
    shop.run(&["plan", "notice", Known::CANADA, "repair-invitation"]).well();
    shop.run(&["paper", "day", "2020-03-02"]).well();
    shop.run(&["plan", "return", "P-2", "--product-returned", "yes"]).well();
    shop.verified();
    std::fs::read(shop.database()).unwrap()
});

#[rstest]
#[case::a_case_deleted("DELETE FROM cases", "never deleted")]
#[case::a_closed_case_changed("UPDATE cases SET cause = 'water' WHERE state = 'CLOSED'", "read-only")]
#[case::a_case_renumbered(
    "UPDATE cases SET number = '0001-00077-7' WHERE state = 'RECORDED'",
    "keeps its number"
)]
#[case::a_number_twice("UPDATE cases SET number = (SELECT number FROM cases WHERE state = 'CLOSED')", "")]
#[case::a_step_skipped("UPDATE cases SET state = 'CLOSED' WHERE state = 'RECORDED'", "no such step")]
#[case::a_state_of_no_life("UPDATE cases SET state = 'LOST' WHERE state = 'RECORDED'", "")]
#[case::damage_after_the_record(
    "UPDATE cases SET damaged_on = '2020-03-03' WHERE state = 'RECORDED'",
    "CHECK"
)]
#[case::a_slot_twice(
    "INSERT INTO slot_use SELECT 'x', plan, ordinal, case_id, 'reserved' FROM slot_use WHERE state = 'used'",
    "UNIQUE"
)]
#[case::a_slot_not_granted(
    "INSERT INTO slot_use SELECT 'x', plan, 3, case_id, 'reserved' FROM slot_use WHERE state = 'used'",
    "grants no such"
)]
#[case::a_slot_of_no_plan(
    "INSERT INTO slot_use SELECT 'x', 'nowhere', 1, case_id, 'reserved' FROM slot_use WHERE state = 'used'",
    "FOREIGN KEY"
)]
#[case::a_slot_the_maker_has_as_used(
    "INSERT INTO slot_use SELECT 'x', 'P-3', 1, id, 'reserved' FROM cases WHERE state = 'RECORDED'",
    "maker's record"
)]
#[case::a_maker_use_over_a_reservation(
    "INSERT INTO maker_use (plan, ordinal) SELECT plan, ordinal FROM slot_use WHERE state = 'reserved'",
    "reserved"
)]
#[case::a_use_undone("UPDATE slot_use SET state = 'reserved' WHERE state = 'used'", "no such step")]
#[case::a_use_moved_to_another_slot("UPDATE slot_use SET plan = 'P-2', ordinal = 1 WHERE state = 'used'", "")]
#[case::a_use_deleted("DELETE FROM slot_use", "stays")]
#[case::a_granted_slot_deleted("DELETE FROM slot", "stays")]
#[case::a_second_active_binding_of_a_plan(
    "INSERT INTO binding SELECT 'x', plan, '08QDG6C01200C3', from_at, NULL, case_id FROM binding WHERE to_at IS NULL",
    "UNIQUE"
)]
#[case::a_second_plan_on_a_serial(
    "INSERT INTO binding SELECT 'x', 'P-2', serial, from_at, NULL, case_id FROM binding WHERE to_at IS NULL",
    "UNIQUE"
)]
#[case::a_binding_deleted("DELETE FROM binding", "stays")]
#[case::a_device_that_is_in_stock(
    "INSERT INTO device (serial, tail, model) VALUES ('08QDH32HA0Z0TW', 'WT0Z0A', 'mavic-pro')",
    "in stock"
)]
#[case::a_stock_row_of_a_customers_device(
    "INSERT INTO stock VALUES ('08QDG6C01200C3', 'mavic-pro', 'aircraft', 'in-stock', NULL)",
    "customer's"
)]
#[case::an_issued_unit_back_on_the_shelf(
    "UPDATE unit SET state = 'in-stock' WHERE state = 'issued'",
    "customer's"
)]
#[case::a_replacement_by_a_unit_on_the_shelf(
    "INSERT INTO replacement (new_serial, tail, old_serial, model, case_id, at, issued_on)
     SELECT '08QDH32HA0Z0TW', 'WT0Z0A', serial, 'mavic-pro', id, recorded_at, recorded_on FROM cases WHERE state = 'RECORDED'",
    "only when it is issued"
)]
#[case::a_unit_deleted("DELETE FROM unit", "stays")]
#[case::a_journal_line_changed("UPDATE journal SET actor = 'x' WHERE seq = 1", "append-only")]
#[case::a_journal_line_deleted(
    "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
    "append-only"
)]
#[case::a_journal_line_replaced("INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1", "")]
#[case::a_gap_in_the_journal(
    "INSERT INTO journal SELECT seq + 2, at, hlc, till, incarnation, actor, kind, case_id, payload, hash, hash
     FROM journal ORDER BY seq DESC LIMIT 1",
    "no gaps"
)]
#[case::a_line_off_the_chain(
    "INSERT INTO journal SELECT seq + 1, at, hlc, till, incarnation, actor, kind, case_id, payload, prev, hash
     FROM journal ORDER BY seq DESC LIMIT 1",
    "no gaps"
)]
#[case::a_ledger_line_changed("UPDATE ledger SET entry = 'VOID'", "append-only")]
#[case::a_ledger_line_deleted("DELETE FROM ledger", "append-only")]
#[case::a_payment_changed("UPDATE payment SET minor = 0", "stays")]
#[case::a_payment_deleted("DELETE FROM payment", "stays")]
#[case::a_payment_below_zero(
    "INSERT INTO payment SELECT 'x', case_id, kind, method, -1, currency, reason, at, quote FROM payment LIMIT 1",
    "CHECK"
)]
#[case::a_waiver_without_a_reason(
    "INSERT INTO payment SELECT 'x', case_id, 'waived', NULL, 1, currency, NULL, at, quote FROM payment LIMIT 1",
    "CHECK"
)]
#[case::a_payment_replaced(
    "INSERT OR REPLACE INTO payment SELECT id, case_id, kind, method, 0, currency, reason, at, quote FROM payment",
    "stays"
)]
#[case::a_ledger_line_replaced(
    "INSERT OR REPLACE INTO ledger SELECT seq, 'VOID', use_id, at FROM ledger",
    "append-only"
)]
#[case::a_decision_replaced(
    "INSERT OR REPLACE INTO decision SELECT seq, id, case_id, step, at, facts, '{}' FROM decision",
    "stays"
)]
#[case::a_use_replaced(
    "INSERT OR REPLACE INTO slot_use SELECT id, plan, ordinal, case_id, 'released' FROM slot_use",
    "stays"
)]
#[case::a_binding_replaced(
    "INSERT OR REPLACE INTO binding SELECT id, plan, serial, from_at, at, case_id FROM binding, (SELECT '2020-03-03T10:00:00Z' AS at)",
    "stays"
)]
#[case::a_case_replaced(
    "INSERT OR REPLACE INTO cases (id, number, till, sequence, serial, chain, customer, said, channel,
         recorded_at, recorded_on, damaged_on, cause, parts, owner, repaired_elsewhere, state, outcome)
     SELECT id, number, till, sequence, serial, chain, customer, said, channel, recorded_at, recorded_on,
         damaged_on, 'water', parts, owner, repaired_elsewhere, 'RECORDED', 'none' FROM cases WHERE state = 'RECORDED'",
    "never deleted"
)]
#[case::a_decision_changed("UPDATE decision SET answer = '{}'", "stays")]
#[case::a_decision_deleted("DELETE FROM decision", "stays")]
#[case::a_payment_of_no_case(
    "INSERT INTO payment SELECT 'x', 'nowhere', kind, method, minor, currency, reason, at, quote FROM payment LIMIT 1",
    "FOREIGN KEY"
)]
#[case::text_in_place_of_a_number("UPDATE plan SET granted = 'two'", "")]
#[case::a_stock_row_deleted("DELETE FROM stock", "a stock row stays")]
#[case::a_stock_row_renamed("UPDATE stock SET serial = 'S-1' WHERE serial = 'S-1001'", "keeps its serial")]
#[case::a_device_deleted("DELETE FROM device", "a device stays")]
#[case::a_device_renamed("UPDATE device SET serial = '08QDH32HA0Z0TW' WHERE id = 1", "keeps its serial")]
#[case::a_plan_deleted("DELETE FROM plan", "a plan stays")]
#[case::a_maker_use_deleted("DELETE FROM maker_use", "stays")]
#[case::a_maker_use_moved("UPDATE maker_use SET plan = 'P-1'", "stays")]
#[case::a_granted_slot_moved("UPDATE slot SET plan = 'P-9' WHERE plan = 'P-2'", "stays")]
#[case::a_replacement_deleted("DELETE FROM replacement", "a replacement stays")]
#[case::a_replacement_changed("UPDATE replacement SET old_serial = '08QDG6C01200C3'", "a replacement stays")]
#[case::a_replacement_replaced(
    "INSERT OR REPLACE INTO replacement (new_serial, tail, old_serial, model, case_id, at, issued_on)
     SELECT new_serial, tail, '08QDG6C01200C3', model, case_id, at, issued_on FROM replacement",
    "a replacement stays"
)]
#[case::a_replacement_undone_at_no_moment("UPDATE replacement SET undone_at = 'now'", "no such moment")]
#[case::a_hand_out_deleted("DELETE FROM issued", "handed out stays")]
#[case::a_hand_out_of_another_unit("UPDATE issued SET serial = '08QDH32HA0Z0TW'", "handed out stays")]
#[case::a_person_deleted("DELETE FROM person", "not deleted")]
#[case::a_person_renamed("UPDATE person SET name = 'Mario'", "stays as written")]
#[case::a_person_erased_in_name_only(
    "UPDATE person SET erased_at = '2020-03-02T10:00:00Z'",
    "stays as written"
)]
#[case::a_text_deleted("DELETE FROM prose", "not deleted")]
#[case::a_text_changed("UPDATE prose SET body = 'other'", "stays as written")]
#[case::a_text_gone_without_a_mark("UPDATE prose SET body = NULL", "stays as written")]
#[case::a_text_erased_in_name_only("UPDATE prose SET erased_at = '2020-03-02T10:00:00Z'", "stays as written")]
#[case::a_text_replaced(
    "INSERT OR REPLACE INTO prose SELECT id, salt, 'other', NULL FROM prose",
    "not deleted"
)]
#[case::a_paper_deleted("DELETE FROM paper", "a printed paper stays")]
#[case::a_paper_with_other_words(
    "UPDATE paper SET text = (SELECT min(id) FROM prose)",
    "a printed paper stays"
)]
#[case::a_sheet_deleted("DELETE FROM sheet", "a printed paper stays")]
#[case::a_sheet_of_another_day("UPDATE sheet SET subject = '2020-03-01'", "a printed paper stays")]
#[case::an_old_part_deleted("DELETE FROM old_part", "an old part stays")]
#[case::an_old_part_that_left("UPDATE old_part SET state = 'waiting', packing = NULL", "left stays so")]
#[case::a_count_deleted("DELETE FROM stock_count", "a stock count stays")]
#[case::a_count_changed("UPDATE stock_count SET scanned = 0", "a stock count stays")]
#[case::an_appointment_deleted("DELETE FROM appointment", "an appointment stays")]
#[case::an_appointment_that_is_over(
    "UPDATE appointment SET state = 'kept' WHERE state = 'cancelled'",
    "is over"
)]
#[case::an_appointment_moved_in_place(
    "UPDATE appointment SET slot = '2020-03-03T10:00:00-08:00' WHERE state = 'booked'",
    ""
)]
#[case::a_plan_given_back_forgotten("DELETE FROM given_back", "given back stays so")]
#[case::a_plan_given_back_another_day("UPDATE given_back SET day = '2020-03-01'", "given back stays so")]
#[case::a_plan_given_back_on_no_day("INSERT INTO given_back VALUES ('P-4', 'now')", "no such day")]
#[case::a_notice_deleted("DELETE FROM noticed", "a notice stays")]
#[case::a_request_deleted("DELETE FROM request", "the result of an act stays")]
#[case::a_request_changed("UPDATE request SET result = '{}'", "the result of an act stays")]
#[case::a_request_replaced(
    "INSERT OR REPLACE INTO request SELECT id, seq, '{}', digest FROM request",
    "the result of an act stays"
)]
#[case::the_site_deleted("DELETE FROM site", "stays")]
#[case::a_till_deleted("DELETE FROM till", "stays")]
#[case::a_unit_of_another_part("UPDATE unit SET part = 'battery'", "keeps its serial")]
#[case::a_unit_since_no_moment("UPDATE unit SET at = 'now'", "no such moment")]
#[case::a_new_unit_since_no_moment(
    "INSERT INTO unit (serial, state, at) VALUES ('S-2', 'in-stock', 'now')",
    "no such moment"
)]
#[case::a_living_binding_moved(
    "UPDATE binding SET serial = '08QDG6C01200C3' WHERE to_at IS NULL",
    "keeps its plan"
)]
#[case::an_ended_binding_moved(
    "UPDATE binding SET serial = '08QDG6C01200C3' WHERE to_at IS NOT NULL",
    "keeps its plan"
)]
#[case::an_ended_binding_ended_again(
    "UPDATE binding SET to_at = '2020-03-03T10:00:00Z' WHERE to_at IS NOT NULL",
    "ended stays so"
)]
#[case::a_binding_ended_at_no_moment(
    "UPDATE binding SET to_at = 'now' WHERE to_at IS NULL",
    "no such moment"
)]
#[case::a_binding_from_no_moment(
    "INSERT INTO binding SELECT 'x', 'P-2', '08QDG6C01200C3', 'now', NULL, case_id FROM binding LIMIT 1",
    "no such moment"
)]
#[case::a_plans_first_day("UPDATE plan SET starts_on = '2020-01-01'", "only an import")]
#[case::a_plans_last_day("UPDATE plan SET ends_on = '2030-01-01'", "only an import")]
#[case::a_plans_grant("UPDATE plan SET granted = 3", "only an import")]
#[case::a_plan_returned_by_an_act("UPDATE plan SET returned_on = '2020-03-02'", "only an import")]
#[case::a_ledger_line_of_no_moment(
    "INSERT INTO ledger SELECT 999, 'VOID', id, 'now' FROM slot_use LIMIT 1",
    "no such moment"
)]
#[case::a_payment_at_no_moment(
    "INSERT INTO payment SELECT 'x', case_id, kind, method, 1, currency, reason, 'now', quote FROM payment LIMIT 1",
    "no such moment"
)]
#[case::a_payment_in_no_currency(
    "INSERT INTO payment SELECT 'x', case_id, kind, method, 1, 'usd', reason, at, quote FROM payment LIMIT 1",
    "no such moment or currency"
)]
#[case::a_journal_line_of_no_moment(
    "INSERT INTO journal SELECT seq + 1, 'now', hlc, till, incarnation, actor, kind, case_id, payload, hash, hash
     FROM journal ORDER BY seq DESC LIMIT 1",
    "no such moment"
)]
#[case::a_replacement_on_no_day(
    "INSERT INTO replacement (new_serial, tail, old_serial, model, case_id, at, issued_on)
     SELECT 'S-3', '3-S', serial, 'spark', id, recorded_at, 'today' FROM cases WHERE state = 'RECORDED'",
    "no such day"
)]
#[case::a_sold_plan_to_no_day(
    "INSERT INTO sold VALUES ('S-1', 'refresh', '08QDG6C01200C3', 'US', '2019-05', '2020-03-02', 'x', 2, NULL, '2020-03-02')",
    "no such day"
)]
#[case::a_case_of_no_cause("UPDATE cases SET cause = 'boom' WHERE state = 'RECORDED'", "no such cause")]
#[case::a_case_damaged_on_no_day(
    "UPDATE cases SET damaged_on = '1' WHERE state = 'RECORDED'",
    "no such cause or day"
)]
#[case::a_case_since_no_moment("UPDATE cases SET since = 'now' WHERE state = 'RECORDED'", "no such moment")]
#[case::a_fee_in_no_currency(
    "UPDATE cases SET fee_currency = '$' WHERE state = 'CHOSEN'",
    "no such moment or currency"
)]
#[case::a_case_of_another_chain("UPDATE cases SET chain = serial WHERE state = 'CHOSEN'", "keeps its number")]
#[case::a_case_of_another_customer(
    "UPDATE cases SET customer = 'x' WHERE state = 'RECORDED'",
    "keeps its number"
)]
fn the_file_itself_refuses_what_a_wrong_program_writes(#[case] sql: &str, #[case] words: &str) {
    let shop = shop_of(&DAY);
    let connection = Connection::open(shop.database()).unwrap();
    connection.pragma_update(None, "foreign_keys", 1).unwrap();
    let refused = connection.execute(sql, []);
    let say = refused.map(|rows| panic!("{rows} rows were written: {sql}")).unwrap_err();
    assert_eq!(say.sqlite_error_code(), Some(rusqlite::ErrorCode::ConstraintViolation), "{say}");
    assert!(say.to_string().contains(words), "{say}");
    drop(connection);
    shop.verified();
}

/// Records a case of a device that has none, with these columns other than they should be.
fn record(connection: &Connection, other: &[(&str, &str)]) -> rusqlite::Result<usize> {
    let mut columns = vec![
        ("id", "'x'"),
        ("number", "'0001-00099-9'"),
        ("sequence", "99"),
        ("serial", "'08QDG6C01200C3'"),
        ("chain", "'08QDG6C01200C3'"),
    ];
    columns.extend(
        "till customer said channel recorded_at recorded_on damaged_on cause parts owner repaired_elsewhere state outcome"
            .split(' ')
            .map(|name| (name, name)),
    );
    for (name, value) in other {
        columns.iter_mut().find(|(column, _)| column == name).unwrap().1 = value;
    }
    let (names, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
    let sql = format!(
        "INSERT INTO cases ({}) SELECT {} FROM cases WHERE state = 'RECORDED'",
        names.join(", "),
        values.join(", ")
    );
    connection.execute(&sql, [])
}

const NEW: &str = "'08QDH32F456EZY'";
const OLD: &str = "'08QDG6C01200B3'";

#[rstest]
#[case::of_the_same_serial(&[("serial", "serial"), ("chain", "chain")], "another case")]
#[case::of_the_same_serial_and_another_chain(&[("serial", "serial")], "another case")]
#[case::of_the_new_unit_as_its_own_chain(&[("serial", NEW), ("chain", NEW)], "another case")]
#[case::of_the_old_unit_as_its_own_chain(&[("serial", OLD), ("chain", "'x'")], "another case")]
#[case::of_another_serial_in_the_chain(&[("chain", "chain")], "UNIQUE")]
#[case::of_no_cause(&[("cause", "'boom'")], "no such cause")]
#[case::on_no_day(&[("recorded_on", "'x'")], "no such cause")]
#[case::at_no_moment(&[("recorded_at", "'hello'")], "no such cause")]
#[case::damaged_on_no_day(&[("damaged_on", "'1'")], "no such cause")]
#[case::begun_in_another_state(&[("state", "'CLOSED'")], "starts recorded")]
fn the_file_itself_refuses_a_case(#[case] other: &[(&str, &str)], #[case] words: &str) {
    let shop = shop_of(&DAY);
    let mut connection = Connection::open(shop.database()).unwrap();
    let say = record(&connection, other).unwrap_err();
    assert!(say.to_string().contains(words), "{say}");
    // The rest of the row is right.
    let rehearsal = connection.transaction().unwrap();
    assert_eq!(record(&rehearsal, &[]).unwrap(), 1);
}

#[rstest]
#[case::a_slot_that_the_plan_does_not_grant(
    "INSERT INTO slot VALUES ('P-2', 3)",
    "INSERT INTO slot_use SELECT 'x', 'P-2', 3, id, 'reserved' FROM cases WHERE state = 'RECORDED'",
    "grants no such"
)]
#[case::an_import_that_grants_less_than_is_used(
    "INSERT INTO merge VALUES ('m', 'plans', 'd', 's', 1, 1, 'a', 't')",
    "UPDATE plan SET granted = 1 WHERE number = 'P-1'",
    "what is used and reserved"
)]
#[case::an_import_that_renumbers_a_plan(
    "INSERT INTO merge VALUES ('m', 'plans', 'd', 's', 1, 1, 'a', 't')",
    "UPDATE plan SET number = 'P-9' WHERE number = 'P-2'",
    "keeps its number"
)]
fn what_comes_before_makes_no_wrong_write_right(
    #[case] before: &str,
    #[case] sql: &str,
    #[case] words: &str,
) {
    let shop = shop_of(&DAY);
    let connection = Connection::open(shop.database()).unwrap();
    assert_eq!(connection.execute(before, []).unwrap(), 1);
    let say = connection.execute(sql, []).unwrap_err();
    assert!(say.to_string().contains(words), "{say}");
}
