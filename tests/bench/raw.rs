//! The yardstick of the import: records straight into the same tables and indexes, with no check of our own.

use std::path::Path;

use caredesk::desk::names::{phone_tail, words};
use rusqlite::{Connection, Statement, Transaction, params};

const INDEXES: [&str; 4] = ["device_serial", "device_tail", "device_replaced_by", "owner_phone"];
const PLAN_INDEXES: [&str; 3] = ["plan_number", "plan_serial", "plan_extends"];

fn open(database: &Path) -> anyhow::Result<Connection> {
    let sql = Connection::open(database)?;
    sql.execute_batch("PRAGMA cache_size = -262144; PRAGMA foreign_keys = OFF; PRAGMA synchronous = FULL")?;
    Ok(sql)
}

fn end(sql: &Connection) -> anyhow::Result<()> {
    Ok(sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
}

/// Takes indexes off and returns how to make them again.
fn without(tx: &Transaction<'_>, indexes: &[&str]) -> anyhow::Result<Vec<String>> {
    let mut texts = Vec::new();
    for index in indexes {
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?";
        texts.push(tx.query_row(sql, [index], |row| row.get(0))?);
        tx.execute_batch(&format!("DROP INDEX {index}"))?;
    }
    Ok(texts)
}

fn tail(serial: &str) -> String {
    serial.chars().rev().take(6).collect()
}

fn cell(record: &csv::StringRecord, at: usize) -> Option<&str> {
    record.get(at).filter(|cell| !cell.is_empty())
}

fn bind(device: &mut Statement<'_>, row: &csv::StringRecord) -> rusqlite::Result<usize> {
    let get = |at| cell(row, at);
    device.execute(params![get(0), get(0).map(tail), get(1), get(2), get(3), get(4), get(5), get(9)])
}

/// An empty table: rows first, indexes after.
pub fn devices(database: &Path, file: &Path) -> anyhow::Result<()> {
    let mut sql = open(database)?;
    let tx = sql.transaction()?;
    let indexes = without(&tx, &INDEXES)?;
    let mut named: Vec<(String, i64)> = Vec::new();
    {
        let mut device = tx.prepare(
            "INSERT INTO device (serial, tail, model, purchase_region, purchased_on, activated_at,
                 warranty_starts_on, replaced_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut owner = tx.prepare("INSERT INTO owner VALUES (?, ?, ?, ?, ?)")?;
        let mut word = tx.prepare("INSERT INTO owner_word VALUES (?, ?)")?;
        let mut reader = csv::Reader::from_path(file)?;
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row)? {
            bind(&mut device, &row)?;
            let id = tx.last_insert_rowid();
            let phone = cell(&row, 7);
            owner.execute(params![id, cell(&row, 6), phone, cell(&row, 8), phone.and_then(phone_tail)])?;
            named.extend(words(cell(&row, 6).unwrap_or_default()).into_iter().map(|word| (word, id)));
        }
        named.sort_unstable();
        for (text, id) in &named {
            word.execute(params![text, id])?;
        }
    }
    indexes.iter().try_for_each(|index| tx.execute_batch(index))?;
    tx.commit()?;
    end(&sql)
}

/// A filled table: upsert of the same records by way of a temporary one.
///
/// Every row is written whether it changed or not, as such a statement does; the words of names are not looked at,
/// since none changed.
pub fn devices_again(database: &Path, file: &Path) -> anyhow::Result<()> {
    let mut sql = open(database)?;
    sql.execute_batch(
        "CREATE TEMP TABLE new (serial, tail, model, region, bought, active, starts, next, name, phone,
                           email, phone_tail)",
    )?;
    let tx = sql.transaction()?;
    {
        let mut add = tx.prepare("INSERT INTO temp.new VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
        let mut reader = csv::Reader::from_path(file)?;
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row)? {
            let get = |at| cell(&row, at);
            let tails = (get(0).map(tail), get(7).and_then(phone_tail));
            add.execute(params![
                get(0),
                tails.0,
                get(1),
                get(2),
                get(3),
                get(4),
                get(5),
                get(9),
                get(6),
                get(7),
                get(8),
                tails.1
            ])?;
        }
    }
    tx.execute_batch(
        "INSERT INTO device (serial, tail, model, purchase_region, purchased_on, activated_at, warranty_starts_on,
             replaced_by) SELECT serial, tail, model, region, bought, active, starts, next FROM temp.new WHERE true
         ON CONFLICT (serial) DO UPDATE SET model = excluded.model, purchase_region = excluded.purchase_region,
             purchased_on = excluded.purchased_on, activated_at = excluded.activated_at,
             warranty_starts_on = excluded.warranty_starts_on, replaced_by = excluded.replaced_by;
         INSERT INTO owner SELECT d.id, n.name, n.phone, n.email, n.phone_tail
         FROM temp.new n JOIN device d ON d.serial = n.serial WHERE true
         ON CONFLICT (device) DO UPDATE SET name = excluded.name, phone = excluded.phone, email = excluded.email,
             phone_tail = excluded.phone_tail",
    )?;
    tx.commit()?;
    end(&sql)
}

/// Plans and their slots into empty tables.
pub fn plans(database: &Path, file: &Path) -> anyhow::Result<()> {
    let mut sql = open(database)?;
    let tx = sql.transaction()?;
    let indexes = without(&tx, &PLAN_INDEXES)?;
    {
        let mut plan = tx.prepare(
            "INSERT INTO plan (number, serial, region, programme, starts_on, ends_on, granted, extends,
                 sold_on, returned_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut slot = tx.prepare("INSERT INTO slot VALUES (?, ?)")?;
        let mut reader = csv::Reader::from_path(file)?;
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row)? {
            let get = |at| cell(&row, at);
            let granted: u8 = get(7).unwrap_or("0").parse()?;
            plan.execute(params![
                get(0),
                get(2),
                get(3),
                get(4),
                get(5),
                get(6),
                granted,
                get(8),
                get(9),
                get(10)
            ])?;
            for ordinal in 1..=granted {
                slot.execute(params![get(0), ordinal])?;
            }
        }
    }
    indexes.iter().try_for_each(|index| tx.execute_batch(index))?;
    tx.commit()?;
    end(&sql)
}
