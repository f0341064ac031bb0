//! Damage of the file: whatever is not as it was written is found and told, and the file stays as it is.

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use rstest::rstest;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::kill::{Random, seed};
use crate::shop::{Known, Shop};

mod refused;

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
    shop.import("fees", "programme,model,currency,ordinal,amount,source\n2019-05,spark,USD,1,49.00,ours\n")
        .well();
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
        assert!(
            !ran.err.contains("caredesk verify") && !ran.out.contains("caredesk verify"),
            "{length}: {ran:?}"
        );
        if length >= 100 {
            let say = format!("cut short: {length} of its {} bytes are there", SHIFT.len());
            assert!(
                ran.code == 2 && ran.err.contains(&say) && ran.err.contains("restore a backup"),
                "{length}: {ran:?}"
            );
        }
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
#[case::a_customers_key_of_no_sort(
    "PRAGMA ignore_check_constraints = 1; UPDATE person_key SET kind = 'phon1' WHERE kind = 'phone'",
    "the search"
)]
#[case::a_customers_second_phone("INSERT INTO person_key SELECT 'phone', '0', id FROM person", "the search")]
#[case::a_customer_erased_in_name_only(
    "UPDATE person SET erased_at = '2020-03-02T10:00:00Z'; INSERT OR IGNORE INTO person_key SELECT 'word', 'maria', id FROM person",
    "marked as erased, but its words are there"
)]
#[case::a_text_erased_in_name_only(
    "UPDATE prose SET erased_at = '2020-03-02T10:00:00Z' WHERE body LIKE 'It fell%'",
    "marked as erased, but its words are there"
)]
#[case::a_text_gone_without_a_mark("UPDATE prose SET body = NULL", "not as it was written")]
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
#[case::every_request("DELETE FROM request", "a retry would do it again")]
#[case::the_last_request(
    "DELETE FROM request WHERE seq = (SELECT max(seq) FROM request)",
    "a retry would do it again"
)]
fn a_row_that_somebody_changed_is_told(#[case] sql: &str, #[case] words: &str) {
    let shop = shop_of(&SHIFT);
    tamper(&shop, sql);
    let ran = shop.run(&["verify"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains(words), "{}", ran.out);
    assert!(ran.out.contains("restore a backup"), "{}", ran.out);
}

#[test]
fn a_request_whose_result_was_taken_away_is_told_with_its_line() {
    let shop = Shop::small();
    let case = shop.record(Known::SPARK, &["aircraft"]);
    for (minute, slot) in [("10", "09:00"), ("20", "09:20"), ("30", "09:40")] {
        let (at, slot) = (format!("2020-03-02T10:{minute}:00-08:00"), format!("2020-03-03T{slot}:00-08:00"));
        shop.run(&["appointment", "book", &case, "--slot", &slot, "--at", &at]).well();
        shop.run(&["appointment", "cancel", &case, "--at", &at]).well();
    }
    shop.verified();
    let seq = |minute: &str| {
        let sql = format!("SELECT max(seq) FROM journal WHERE at LIKE '%:{minute}:%'");
        Connection::open(shop.database()).unwrap().query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    let line = seq("10");
    tamper(&shop, &format!("DELETE FROM request WHERE seq = {line}"));
    let ran = shop.run(&["verify"]);
    assert_eq!(ran.out.lines().count(), 2, "{}", ran.out);
    let say = format!("journal line {line}: the result of its act is gone: a retry would do it again");
    assert!(ran.out.contains(&say), "{}", ran.out);
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
#[case::a_text_that_became_bytes(
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = CAST(sql AS BLOB) WHERE name = 'case_steps'",
    "schema: case_steps is missing or changed"
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
