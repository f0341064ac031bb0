//! Devices and plans into an empty registry: rows first, indexes after, all in one transaction.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use crate::repository::registry::merge::Step;
use crate::repository::registry::{Attached, Kind};
use crate::repository::{Fault, Tx};

/// What is loaded: which tables must be empty, the statements, which indexes and triggers wait for them, the
/// statement that an index then puts in order, and the one that asks of all rows what the triggers ask of each.
struct Load {
    empty: &'static str,
    statements: &'static [&'static str],
    waiting: &'static [&'static str],
    then: Option<&'static str>,
    wrong: Option<&'static str>,
}

impl Load {
    /// One for each table and index, and one for what an index puts in order.
    fn steps(&self) -> usize {
        self.statements.len() + self.waiting.len() + 1
    }
}

const DEVICES: Load = Load {
    empty: "SELECT NOT EXISTS (SELECT 1 FROM main.device) AND NOT EXISTS (SELECT 1 FROM main.owner)
               AND NOT EXISTS (SELECT 1 FROM main.owner_word)",
    // The trigger would look at the shelf once for each of a million rows, which first go to a temporary table for it.
    waiting: &["device_serial", "device_tail", "device_replaced_by", "owner_phone", "device_not_stock"],
    statements: &[
        "INSERT INTO main.device (id, serial, tail, model, purchase_region, purchased_on, activated_at,
             warranty_starts_on, replaced_by)
         SELECT n, serial, tail, model, purchase_region, purchased_on, activated_at, warranty_starts_on, replaced_by
         FROM staged.row ORDER BY n",
        "INSERT INTO main.owner (device, name, phone, email, phone_tail)
         SELECT n, owner_name, owner_phone, owner_email, phone_tail FROM staged.row
         WHERE owner_name IS NOT NULL OR owner_phone IS NOT NULL OR owner_email IS NOT NULL ORDER BY n",
    ],
    then: None,
    wrong: Some(
        "SELECT k.serial || ' is in stock' FROM main.shelf k CROSS JOIN main.device d ON d.serial = k.serial
         WHERE k.state NOT IN ('issued', 'returned') LIMIT 1",
    ),
};

const PLANS: Load = Load {
    empty: "SELECT NOT EXISTS (SELECT 1 FROM main.plan) AND NOT EXISTS (SELECT 1 FROM main.slot)",
    waiting: &["plan_number", "plan_serial", "plan_extends"],
    statements: &[
        "INSERT INTO main.plan (number, serial, region, programme, starts_on, ends_on, granted, extends,
             sold_on, returned_on)
         SELECT number, serial, region, programme, starts_on, ends_on, granted, extends, sold_on, returned_on
         FROM staged.row ORDER BY n",
    ],
    then: Some(
        "INSERT INTO main.slot (plan, ordinal)
         SELECT p.number, o.i FROM main.plan p CROSS JOIN staged.ordinals o ON o.i <= p.granted
         ORDER BY p.number, o.i",
    ),
    wrong: None,
};

const fn load_of(kind: Kind) -> Option<&'static Load> {
    match kind {
        Kind::Devices => Some(&DEVICES),
        Kind::Plans => Some(&PLANS),
        Kind::Claims | Kind::Notices | Kind::Stock | Kind::Fees => None,
    }
}

/// Loads every staged row when nothing of this kind is there yet; none when something is.
///
/// `end` is done in the same transaction; `each` hears how much of the load is done.
pub(super) fn load(
    staged: &mut Attached<'_>,
    words: fn(&str) -> Vec<String>,
    end: impl FnOnce(&Tx<'_>) -> Result<(), Fault>,
    each: &mut dyn FnMut(Step),
) -> Result<Option<u64>, Fault> {
    let kind = staged.kind;
    let Some(load) = load_of(kind) else { return Ok(None) };
    // Every row's parent is of the same file, so looking it up a million times would tell nothing; and the
    // setting cannot change within a transaction.
    foreign_keys(staged.sql(), 0)?;
    let loaded = staged.repository.write(|tx| {
        let empty: bool = tx.sql.query_row(load.empty, [], |row| row.get(0))?;
        if !empty {
            return Ok::<_, Fault>(None);
        }
        let rows = rows(tx, load, each)?;
        if kind == Kind::Devices {
            owner_words(tx, words)?;
        }
        each(Step::Load(load.steps(), load.steps()));
        end(tx)?;
        Ok(Some(rows))
    });
    foreign_keys(staged.sql(), 1)?;
    loaded
}

fn foreign_keys(sql: &Connection, wanted: i64) -> Result<(), Fault> {
    sql.pragma_update(None, "foreign_keys", wanted)?;
    let now: i64 = sql.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
    if now == wanted { Ok(()) } else { Err(Fault::Pragma("foreign_keys")) }
}

/// The indexes and triggers are made again, letter by letter as the migration wrote them.
fn rows(tx: &Tx<'_>, load: &Load, each: &mut dyn FnMut(Step)) -> Result<u64, Fault> {
    let mut done = 0;
    let mut step = || {
        done += 1;
        each(Step::Load(done, load.steps()));
    };
    let mut texts: Vec<String> = Vec::new();
    for name in load.waiting {
        let sql = "SELECT type, sql FROM main.sqlite_schema WHERE type IN ('index', 'trigger') AND name = ?";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?));
        let (sort, text) = tx.sql.query_row(sql, [name], read)?;
        texts.push(text);
        tx.sql.execute_batch(&format!("DROP {sort} main.{name}"))?;
    }
    let mut first = None;
    for statement in load.statements {
        let rows = tx.sql.execute(statement, [])? as u64;
        first.get_or_insert(rows);
        step();
    }
    for text in texts {
        tx.sql.execute_batch(&text)?;
        step();
    }
    if let Some(statement) = load.then {
        tx.sql.execute(statement, [])?;
    }
    let wrong = load.wrong.map(|sql| tx.sql.query_row(sql, [], |row| row.get(0)).optional()).transpose()?;
    match wrong.flatten() {
        Some(wrong) => Err(Fault::Constraint(wrong)),
        None => Ok(first.unwrap_or_default()),
    }
}

/// The words of the owners' names in the order of their table. A word is had by many, so that its list of
/// owners is a small thing to hold where all pairs would have to be sorted.
fn owner_words(tx: &Tx<'_>, words: fn(&str) -> Vec<String>) -> Result<(), Fault> {
    let mut lists: HashMap<String, Vec<i64>> = HashMap::new();
    let mut query = tx.sql.prepare("SELECT device, name FROM main.owner WHERE name IS NOT NULL")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (device, name): (i64, String) = (row.get(0)?, row.get(1)?);
        for word in words(&name) {
            lists.entry(word).or_default().push(device);
        }
    }
    let mut lists: Vec<_> = lists.into_iter().collect();
    lists.sort_unstable();
    let mut insert = tx.sql.prepare("INSERT INTO main.owner_word (word, device) VALUES (?, ?)")?;
    for (word, devices) in lists {
        insert.raw_bind_parameter(1, word)?;
        for device in devices {
            insert.raw_bind_parameter(2, device)?;
            insert.raw_execute()?;
        }
    }
    Ok(())
}
