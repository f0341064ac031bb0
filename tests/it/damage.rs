//! Damage of the file: whatever is not as it was written is found and told, and the file stays as it is.

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use rstest::rstest;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::kill::{Random, seed};
use crate::shop::{Known, Shop};

/// How often each page is struck, beside once in its first bytes, when `CAREDESK_STRIKES` says nothing else.
const STRIKES: usize = 2;

/// The file of a shop after a shift: a case closed, one with its replacement reserved and paid, one recorded.
static SHIFT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let shop = Shop::small();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    shop.run(&["case", "close", &case, "--json"]).well();
    shop.paid(Known::UNITS[0], &["propellers"]);
    shop.record(Known::SPARK, &["aircraft"]);
    shop.import("fees", "programme,model,currency,ordinal,amount\n2019-05,spark,USD,1,49.00\n").well();
    shop.import("notices", "serial,kind,issued_at\n08QDG6C01200B3,video-pending,2019-06-20T10:00:00Z\n")
        .well();
    shop.verified();
    assert!(!shop.folder().join("caredesk.db-wal").metadata().is_ok_and(|log| log.len() > 0));
    std::fs::read(shop.database()).unwrap()
});

/// A shop whose file holds these bytes.
fn shop_of(bytes: &[u8]) -> Shop {
    let shop = Shop::bare();
    std::fs::write(shop.database(), bytes).unwrap();
    shop
}

/// Everything the file says, read without its indexes; an error is something else than it said before.
fn dump(file: &Path) -> rusqlite::Result<String> {
    let connection = Connection::open(file)?;
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let mut text = format!("{} {}\n", number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    let mut tables =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let names: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    rows(&connection, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2", &mut text)?;
    for name in names {
        rows(&connection, &format!("SELECT * FROM \"{name}\" NOT INDEXED"), &mut text)?;
    }
    Ok(text)
}

fn rows(connection: &Connection, sql: &str, text: &mut String) -> rusqlite::Result<()> {
    let mut query = connection.prepare(sql)?;
    let columns = query.column_count();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            match row.get_ref(column)? {
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => write!(text, "{bytes:?} ").unwrap(),
                other => write!(text, "{other:?} ").unwrap(),
            }
        }
        text.push('\n');
    }
    Ok(())
}

/// Flips one bit, verifies, and tells whether it was found.
fn struck(shop: &Shop, (at, bit): (usize, u8), right: &str) -> bool {
    let mut bytes = SHIFT.clone();
    bytes[at] ^= 1 << bit;
    std::fs::write(shop.database(), &bytes).unwrap();
    let ran = shop.run(&["verify"]);
    let told = format!("byte {at}, bit {bit}: {ran:?}");
    assert!(std::fs::read(shop.database()).unwrap() == bytes, "verify changed the file: {told}");
    assert!(!ran.err.contains("panicked"), "{told}");
    if ran.code == 0 {
        // Only room that holds nothing may be struck unseen.
        assert!(dump(&shop.database()).is_ok_and(|now| now == right), "not found: {told}");
        return false;
    }
    assert!(matches!(ran.code, 1 | 2), "{told}");
    assert!(ran.out.len() + ran.err.len() > 20, "no words: {told}");
    true
}

#[test]
fn a_flipped_bit_anywhere_in_the_file_is_found_unless_it_holds_nothing() {
    let seed = seed();
    let size = usize::from(u16::from_be_bytes([SHIFT[16], SHIFT[17]]));
    let strikes = std::env::var("CAREDESK_STRIKES").map_or(STRIKES, |text| text.parse().unwrap());
    let right = dump(&shop_of(&SHIFT).database()).unwrap();
    let mut random = Random::new(seed);
    let mut below = |end: usize| usize::try_from(random.below(end as u64)).unwrap();
    let mut places: Vec<(usize, u8)> = (0..100).map(|at| (at, u8::try_from(below(8)).unwrap())).collect();
    for page in (0..SHIFT.len()).step_by(size) {
        places.push((page + below(8), u8::try_from(below(8)).unwrap()));
        places.extend((0..strikes).map(|_| (page + below(size), u8::try_from(below(8)).unwrap())));
    }
    let strike = |half: &[(usize, u8)]| {
        let shop = Shop::bare();
        half.iter().filter(|place| struck(&shop, **place, &right)).count()
    };
    let (one, other) = places.split_at(places.len() / 2);
    let found: usize = std::thread::scope(|scope| {
        let both = [scope.spawn(|| strike(one)), scope.spawn(|| strike(other))];
        both.into_iter().map(|half| half.join().unwrap_or_else(|_| panic!("seed {seed}"))).sum()
    });
    assert!(found > places.len() / 4, "seed {seed}: {found} of {}", places.len());
}

#[test]
fn every_bit_of_the_rows_of_the_counter_is_watched() {
    // Words of each table that a strike must not pass by: found in the file, every byte of them is struck.
    let right = dump(&shop_of(&SHIFT).database()).unwrap();
    let shop = Shop::bare();
    for words in ["It fell from a tree", "Maria L", "+1 415 555 0101", "Broken arm", "P-1", "shelf B4"] {
        let at = SHIFT.windows(words.len()).position(|window| window == words.as_bytes()).unwrap();
        for byte in at..at + words.len() {
            assert!(struck(&shop, (byte, 0), &right), "{words}: byte {byte}");
        }
    }
}

#[test]
fn a_file_cut_short_is_found() {
    let shop = Shop::bare();
    for length in [1, 15, 16, 99, 100, 512, 4096, 5000, SHIFT.len() / 2, SHIFT.len() - 4096, SHIFT.len() - 1]
    {
        std::fs::write(shop.database(), &SHIFT[..length]).unwrap();
        let ran = shop.run(&["verify"]);
        assert!(matches!(ran.code, 1 | 2), "{length}: {ran:?}");
        assert!(!ran.err.contains("panicked"), "{length}: {ran:?}");
        assert_eq!(std::fs::read(shop.database()).unwrap(), SHIFT[..length], "{length}: changed");
    }
}

/// Runs SQL of another program that takes the triggers of all tables out of its way and puts them back.
fn tamper(shop: &Shop, sql: &str) {
    let connection = Connection::open(shop.database()).unwrap();
    connection.pragma_update(None, "foreign_keys", 0).unwrap();
    let mut query = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers: Vec<(String, String)> =
        query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, _) in &triggers {
        connection.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    let before = connection.total_changes();
    connection.execute_batch(sql).unwrap();
    assert!(connection.total_changes() > before, "nothing was changed: {sql}");
    for (_, sql) in &triggers {
        connection.execute_batch(sql).unwrap();
    }
}

#[rstest]
#[case::a_payment("UPDATE payment SET minor = 100", "table payment")]
#[case::a_payment_taken_away("DELETE FROM payment", "table payment")]
#[case::a_line_of_the_journal("DELETE FROM journal WHERE seq = 8", "journal: line 8 is missing")]
#[case::the_last_line(
    "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
    "table notice: 1 rows that no import"
)]
#[case::an_actor("UPDATE journal SET actor = 'nobody' WHERE seq = 8", "journal line 8")]
#[case::a_case_of_a_line("UPDATE journal SET case_id = 'x' WHERE seq = 8", "journal line 8")]
#[case::an_owner("UPDATE owner SET name = 'Mario' WHERE device = 1", "table owner")]
#[case::a_device("UPDATE device SET purchased_on = '2019-06-16' WHERE id = 1", "table device")]
#[case::a_plan("UPDATE plan SET granted = 1 WHERE number = 'P-1'", "table plan")]
#[case::a_maker_use("DELETE FROM maker_use", "table maker_use")]
#[case::a_fee("UPDATE fee SET minor = 1", "table fee")]
#[case::a_notice("UPDATE notice SET kind = 'video-approved'", "table notice")]
#[case::a_place_in_stock("UPDATE stock SET place = 'pocket' WHERE serial = 'S-1001'", "table stock")]
#[case::what_the_customer_said(
    "UPDATE prose SET body = 'I threw it' WHERE body LIKE 'It fell%'",
    "not as it was written"
)]
#[case::a_customer("UPDATE person SET phone = '1'", "not as it was written")]
#[case::a_customers_key("DELETE FROM person_key WHERE kind = 'phone'", "the search has another")]
#[case::a_customers_key_too_many("INSERT INTO person_key SELECT 'word', 'x', id FROM person", "the search")]
#[case::words_hidden_as_erased(
    "UPDATE prose SET body = 'other', erased_at = '2020-03-02'",
    "not as it was written"
)]
#[case::a_text_taken_away("DELETE FROM prose WHERE body LIKE 'It fell%'", "not there")]
#[case::a_text_nobody_wrote(
    "INSERT INTO prose VALUES ('x', X'00', 'words', NULL)",
    "no line of the journal names it"
)]
#[case::a_decision("UPDATE journal SET payload = replace(payload, '7900', '0')", "its hash does not fit")]
#[case::facts("UPDATE journal SET payload = replace(payload, 'accident', 'water')", "its hash does not fit")]
#[case::a_cause("UPDATE cases SET cause = 'water'", "table cases")]
#[case::a_state("UPDATE cases SET state = 'CLOSED'", "table cases")]
#[case::a_slot("DELETE FROM slot WHERE plan = 'P-1' AND ordinal = 2", "table slot")]
#[case::a_slot_too_many("INSERT INTO slot VALUES ('P-1', 3)", "table slot")]
#[case::a_use_given_back("UPDATE slot_use SET state = 'released' WHERE state = 'reserved'", "table slot_use")]
#[case::a_ledger_line("DELETE FROM ledger WHERE entry = 'USE'", "table ledger")]
#[case::a_binding("UPDATE binding SET serial = '08QDG6C01200C3' WHERE to_at IS NULL", "table binding")]
#[case::a_replacement("DELETE FROM replacement", "table replacement")]
#[case::a_unit("DELETE FROM unit", "table unit")]
#[case::an_issued_part("UPDATE issued SET part = 'battery'", "table issued")]
#[case::the_site("UPDATE site SET region = 'CA'", "table site")]
#[case::the_till("UPDATE till SET incarnation = 2", "table till")]
#[case::a_paper("UPDATE paper SET copies = 7", "table paper")]
#[case::a_kept_result("UPDATE request SET result = '{}'", "request")]
#[case::a_request_id("UPDATE request SET id = id || 'x'", "request")]
#[case::a_request_line("UPDATE request SET seq = 1", "request")]
fn a_row_that_somebody_changed_is_told(#[case] sql: &str, #[case] words: &str) {
    let shop = shop_of(&SHIFT);
    tamper(&shop, sql);
    let ran = shop.run(&["verify"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains(words), "{}", ran.out);
    assert!(ran.out.contains("restore a backup"), "{}", ran.out);
}

#[rstest]
#[case::a_trigger_gone("DROP TRIGGER payment_no_update", "schema: payment_no_update is missing")]
#[case::an_index_gone("DROP INDEX slot_living", "schema: slot_living is missing")]
#[case::a_trigger_too_many(
    "CREATE TRIGGER x AFTER INSERT ON cases BEGIN DELETE FROM parked; END",
    "schema: x does not belong here"
)]
#[case::a_letter_of_a_tables_name(
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET tbl_name = 'Cases' WHERE name = 'case_open'",
    "schema: case_open is missing or changed"
)]
#[case::a_column_too_many("ALTER TABLE unit ADD COLUMN note TEXT", "schema: unit is missing or changed")]
fn a_changed_schema_is_told(#[case] sql: &str, #[case] words: &str) {
    let shop = shop_of(&SHIFT);
    Connection::open(shop.database()).unwrap().execute_batch(sql).unwrap();
    let ran = shop.run(&["verify"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains(words), "{}", ran.out);
}

#[test]
fn tampering_that_changes_nothing_is_not_told() {
    let shop = shop_of(&SHIFT);
    tamper(&shop, "UPDATE payment SET minor = minor");
    shop.verified();
}

/// A living case's row with one column other.
const ANOTHER_CASE: &str =
    "INSERT INTO cases (id, number, till, sequence, serial, chain, customer, said, channel,
        recorded_at, recorded_on, damaged_on, cause, parts, owner, repaired_elsewhere, state, outcome)
    SELECT 'x', '0001-00099-9', till, 99, serial, chain, customer, said, channel, recorded_at, recorded_on,
        damaged_on, cause, parts, owner, repaired_elsewhere, 'RECORDED', 'none' FROM cases";

#[rstest]
#[case::a_case_deleted("DELETE FROM cases", "never deleted")]
#[case::a_closed_case_changed("UPDATE cases SET cause = 'water' WHERE state = 'CLOSED'", "read-only")]
#[case::a_second_open_case("{case} WHERE state = 'RECORDED'", "UNIQUE")]
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
    "INSERT OR REPLACE INTO binding SELECT id, plan, serial, from_at, at, case_id FROM binding, (SELECT '1' AS at)",
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
fn the_file_itself_refuses_what_a_wrong_program_writes(#[case] sql: &str, #[case] words: &str) {
    let shop = shop_of(&SHIFT);
    let connection = Connection::open(shop.database()).unwrap();
    connection.pragma_update(None, "foreign_keys", 1).unwrap();
    let refused = connection.execute(&sql.replace("{case}", ANOTHER_CASE), []);
    let say = refused.map(|rows| panic!("{rows} rows were written: {sql}")).unwrap_err();
    assert_eq!(say.sqlite_error_code(), Some(rusqlite::ErrorCode::ConstraintViolation), "{say}");
    assert!(say.to_string().contains(words), "{say}");
    drop(connection);
    shop.verified();
}
