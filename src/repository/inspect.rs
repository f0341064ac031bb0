//! Looking for damage: the file's own checks, the journal's chain, and the tables that replaying it gives.
//!
//! Nothing is ever repaired here.

use std::collections::BTreeSet;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::domain::event::{Apart, Event};
use crate::repository::journal::{self, Entry, salted};
use crate::repository::{Fault, Repository, Tx, apply, migrate, request};

mod answered;

/// Tables that the journal alone rebuilds, with the columns that put their rows in order.
const REPLAYED: [(&str, &str); 21] = [
    ("site", "one"),
    ("till", "id"),
    ("cases", "id"),
    ("slot_use", "id"),
    ("ledger", "seq"),
    ("conflict", "plan, ordinal, new_serial, case_id"),
    ("binding", "id"),
    ("replacement", "new_serial"),
    ("unit", "serial"),
    ("issued", "case_id, serial"),
    ("payment", "id"),
    ("paper", "id"),
    ("appointment", "id"),
    ("old_part", "id"),
    ("stock_count", "id"),
    ("sold", "number"),
    ("given_back", "plan"),
    ("noticed", "serial, kind, issued_at"),
    ("enrolment", "id"),
    ("day", "day"),
    ("sheet", "id"),
];

/// At most so many sentences about one sort of damage.
const ENOUGH: usize = 20;

/// What SQLite itself finds wrong: pages, indexes, foreign keys, schema.
pub fn structure(repository: &Repository) -> Result<Vec<String>, Fault> {
    let connection = repository.connection();
    let mut found = Vec::new();
    let mut query = connection.prepare("PRAGMA integrity_check(20)")?;
    let rows = query.query_map([], |row| row.get::<_, String>(0))?;
    for row in rows {
        match row {
            Ok(text) if text == "ok" => {}
            Ok(text) => found.push(format!("file: {text}")),
            Err(cause) => found.push(format!("file: {cause}")),
        }
    }
    found.extend(foreign_keys(connection)?);
    found.extend(schema(connection)?);
    Ok(found)
}

fn foreign_keys(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut query = connection.prepare("PRAGMA foreign_key_check")?;
    let say = |row: &rusqlite::Row<'_>| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        Ok(format!("table {table}: a row points to a row of {parent} that is not there"))
    };
    let rows = query.query_map([], say)?;
    Ok(rows.take(ENOUGH).collect::<Result<_, _>>()?)
}

fn schema(connection: &Connection) -> Result<Vec<String>, Fault> {
    let (here, right) = (migrate::schema(connection)?, migrate::schema_of_a_new_file()?);
    let missing = right
        .iter()
        .filter(|part| !here.contains(part))
        .map(|(name, _)| format!("schema: {name} is missing or changed"));
    let known = |name: &str| right.iter().any(|(there, _)| there == name);
    let strange = here
        .iter()
        .filter(|(name, _)| !known(name))
        .map(|(name, _)| format!("schema: {name} does not belong here"));
    Ok(missing.chain(strange).collect())
}

/// Walks the journal: its chain, the people and texts it names, and the tables it must give.
pub fn journal(tx: &Tx<'_>) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    let mut replay = Replay::new()?;
    let mut before: Option<Entry> = None;
    let mut named = Vec::new();
    let mut answered = answered::Answered::new(tx)?;
    journal::walk(tx, |entry| {
        found.extend(chained(&entry, before.as_ref()));
        match entry.event() {
            Ok(event) => {
                if entry.case.as_deref() != event.case() {
                    found.push(format!("journal line {}: it stands under another case", entry.seq));
                }
                named.extend(event.apart().into_iter().cloned());
                found.extend(answered.hear(&entry, &event));
                if let Err(fault) = replay.apply(&entry, &event) {
                    found.push(format!("journal line {}: cannot be replayed: {}", entry.seq, fault.found()));
                }
            }
            Err(fault) => found.push(format!("journal line {}: {}", entry.seq, fault.found())),
        }
        before = Some(entry);
        Ok::<_, Fault>(())
    })?;
    found.extend(answered.end());
    found.extend(replay.differences(tx)?);
    found.extend(apart(tx, &named)?);
    found.truncate(ENOUGH * 5);
    Ok(found)
}

fn chained(entry: &Entry, before: Option<&Entry>) -> Option<String> {
    let seq = before.map_or(1, |before| before.seq + 1);
    let prev = before.map_or_else(|| vec![0; 32], |before| before.hash.clone());
    if entry.seq != seq {
        return Some(format!("journal: line {seq} is missing"));
    }
    if entry.prev != prev || entry.hash != entry.right_hash() {
        return Some(format!("journal line {seq}: its hash does not fit its words or the line before"));
    }
    None
}

/// A file in memory on which the journal is played again.
struct Replay {
    repository: Repository,
}

impl Replay {
    fn new() -> Result<Self, Fault> {
        let repository = Repository::in_memory()?;
        // The registry, which some rows point to, is not replayed.
        repository.connection().pragma_update(None, "foreign_keys", 0)?;
        Ok(Self { repository })
    }

    fn apply(&mut self, entry: &Entry, event: &Event) -> Result<(), Fault> {
        self.repository.write(|tx| {
            journal::insert(tx, entry)?;
            apply::apply(tx, entry.seq, event)
        })
    }

    fn differences(&mut self, real: &Tx<'_>) -> Result<Vec<String>, Fault> {
        self.repository.read(|replayed| {
            let mut found = Vec::new();
            for (table, order) in REPLAYED {
                let (here, right) = (rows(real, table, order)?, rows(replayed, table, order)?);
                if here != right {
                    found.push(difference(table, &here, &right));
                }
            }
            Ok(found)
        })
    }
}

fn difference(table: &str, here: &[Vec<String>], right: &[Vec<String>]) -> String {
    let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (here.iter().collect(), right.iter().collect());
    let odd = ours.symmetric_difference(&theirs).next();
    let key = odd.and_then(|row| row.first()).map_or("", String::as_str);
    let (rows, lines) = (here.len(), right.len());
    format!("table {table}: not what the journal says (row {key}; {rows} rows, by the journal {lines})")
}

/// A table with everything that stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns' names.
    pub columns: Vec<String>,
    /// Its rows: texts in quotes, blobs in hexadecimal, nothing as a dash.
    pub rows: Vec<Vec<String>>,
}

/// Every table of the file and the stored decisions, to compare it as a whole with what it was.
pub fn contents(tx: &Tx<'_>) -> Result<Vec<Table>, Fault> {
    let mut query =
        tx.sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' OR name = 'decision'")?;
    let names: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let table = |name: String| {
        let query = tx.sql.prepare(&format!("SELECT * FROM {name}"))?;
        let columns = query.column_names().map(str::to_owned).collect();
        Ok(Table { columns, rows: rows(tx, &name, "1")?, name })
    };
    names.into_iter().map(table).collect()
}

/// A table as texts. Its name comes from the list or the schema above, never from outside.
fn rows(tx: &Tx<'_>, table: &str, order: &str) -> Result<Vec<Vec<String>>, Fault> {
    let mut query = tx.sql.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
    let columns = query.column_count();
    let read = |row: &rusqlite::Row<'_>| (0..columns).map(|at| Ok(shown(row.get_ref(at)?))).collect();
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "-".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => format!("'{}'", String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => journal::hex(bytes),
    }
}

/// People and texts: each one named must be there and fit its digest, unless it was erased: then no word is left.
///
/// Erasing has no line of its own in the journal, so that it can be told from hiding only by what it left.
fn apart(tx: &Tx<'_>, named: &[Apart]) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    for apart in named {
        match digest_of(tx, &apart.id)? {
            Standing::Missing => {
                found.push(format!("person or text {}: named by the journal, but not there", apart.id));
            }
            Standing::There { digest, .. } if digest != apart.digest => {
                found.push(format!("person or text {}: not as it was written", apart.id));
            }
            Standing::There { marked: true, .. } => {
                found.push(format!("person or text {}: marked as erased, but its words are there", apart.id));
            }
            Standing::There { .. } | Standing::Erased => {}
        }
    }
    let mut known: Vec<&str> = named.iter().map(|apart| apart.id.as_str()).collect();
    known.sort_unstable();
    for sql in ["SELECT id FROM person", "SELECT id FROM prose"] {
        let mut query = tx.sql.prepare(sql)?;
        let ids = query.query_map([], |row| row.get::<_, String>(0))?;
        for id in ids {
            let id = id?;
            if known.binary_search(&id.as_str()).is_err() {
                found.push(format!("person or text {id}: no line of the journal names it"));
            }
        }
    }
    Ok(found)
}

/// What stands apart under an id.
enum Standing {
    Missing,
    Erased,
    There { digest: String, marked: bool },
}

fn standing(erased: Option<&String>, digest: String, nothing_left: bool) -> Standing {
    let marked = erased.is_some();
    if marked && nothing_left { Standing::Erased } else { Standing::There { digest, marked } }
}

fn digest_of(tx: &Tx<'_>, id: &str) -> Result<Standing, Fault> {
    let person = "SELECT salt, name, phone, email, erased_at FROM person WHERE id = :id";
    let read = |row: &rusqlite::Row<'_>| {
        let salt: Vec<u8> = row.get(0)?;
        let texts: [Option<String>; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
        let erased: Option<String> = row.get(4)?;
        let texts = texts.each_ref().map(|text| text.as_deref());
        let nothing_left = texts.iter().all(Option::is_none);
        Ok(standing(erased.as_ref(), salted(&salt, &texts), nothing_left))
    };
    let mut query = tx.sql.prepare_cached(person)?;
    if let Some(person) = query.query_row(named_params! { ":id": id }, read).optional()? {
        return Ok(person);
    }
    let read = |row: &rusqlite::Row<'_>| {
        let (salt, body, erased): (Vec<u8>, Option<String>, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(standing(erased.as_ref(), salted(&salt, &[body.as_deref()]), body.is_none()))
    };
    let mut query = tx.sql.prepare_cached("SELECT salt, body, erased_at FROM prose WHERE id = :id")?;
    Ok(query.query_row(named_params! { ":id": id }, read).optional()?.unwrap_or(Standing::Missing))
}

/// Kept results and parked forms that are not as they were written, and plans without their slots.
pub fn kept(tx: &Tx<'_>) -> Result<Vec<String>, Fault> {
    let mut found = Vec::new();
    for (what, sql) in [
        ("result of request", "SELECT id, digest, seq, result FROM request"),
        ("parked form", "SELECT id, digest, title, at, body FROM parked"),
    ] {
        let mut query = tx.sql.prepare(sql)?;
        let columns = query.column_count();
        let read = |row: &rusqlite::Row<'_>| {
            let mut texts = vec![row.get::<_, String>(0)?];
            for at in 2..columns {
                texts.push(match row.get_ref(at)? {
                    ValueRef::Integer(number) => number.to_string(),
                    other => other.as_str()?.to_owned(),
                });
            }
            Ok((texts, row.get::<_, Vec<u8>>(1)?))
        };
        for row in query.query_map([], read)? {
            let (texts, digest) = row?;
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            if request::digest(&texts) != digest {
                let id = texts.first().unwrap_or(&"");
                found.push(format!("{what} {id}: not as it was written"));
            }
        }
    }
    let sql = "SELECT number FROM plans p WHERE (SELECT count(*) FROM slot s WHERE s.plan = p.number) < p.granted LIMIT 20";
    let mut query = tx.sql.prepare(sql)?;
    for number in query.query_map([], |row| row.get::<_, String>(0))? {
        found.push(format!("plan {}: it has fewer replacements than it grants", number?));
    }
    Ok(found)
}

/// Every stored decision: its id, facts and answer.
pub fn decisions<E: From<Fault>>(
    tx: &Tx<'_>,
    mut each: impl FnMut(&str, &str, &str) -> Result<(), E>,
) -> Result<(), E> {
    let mut query = tx
        .sql
        .prepare("SELECT id, facts, answer FROM decision UNION ALL SELECT id, facts, answer FROM enrolment")
        .map_err(Fault::from)?;
    let mut rows = query.query([]).map_err(Fault::from)?;
    while let Some(row) = rows.next().map_err(Fault::from)? {
        let texts: rusqlite::Result<(String, String, String)> =
            (|| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))();
        let (id, facts, answer) = texts.map_err(Fault::from)?;
        each(&id, &facts, &answer)?;
    }
    Ok(())
}

/// The registry tables as the last import left them: table, rows, digest.
pub fn registry_as_imported(tx: &Tx<'_>) -> Result<Vec<(String, u64, String)>, Fault> {
    let mut last: std::collections::BTreeMap<String, (u64, String)> = std::collections::BTreeMap::new();
    journal::walk(tx, |entry| {
        if let Ok(Event::Imported(it)) = entry.event() {
            for (table, rows, digest) in it.tables {
                last.insert(table, (rows, digest));
            }
        }
        Ok::<_, Fault>(())
    })?;
    Ok(last.into_iter().map(|(table, (rows, digest))| (table, rows, digest)).collect())
}
