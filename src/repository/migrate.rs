//! Migrations: numbered files, one IMMEDIATE transaction each; a released file never changes.

use std::path::Path;

use chrono::DateTime;
use rusqlite::Connection;

use crate::domain::event::{Event, Flagged};
use crate::repository::journal::{self, Clock, Stamp};
use crate::repository::{Fault, Repository, Tx};

/// Marks the file as caredesk's ("cdsk").
pub(super) const APPLICATION_ID: i64 = 0x6364_736B;

const MIGRATIONS: [&str; 7] = [
    include_str!("../../assets/migrations/0001_shop.sql"),
    include_str!("../../assets/migrations/0002_registry.sql"),
    include_str!("../../assets/migrations/0003_people.sql"),
    include_str!("../../assets/migrations/0004_whole_life.sql"),
    include_str!("../../assets/migrations/0005_fewer_pages.sql"),
    include_str!("../../assets/migrations/0006_refusals.sql"),
    include_str!("../../assets/migrations/0007_order.sql"),
];

/// The schema version this program writes.
#[expect(clippy::cast_possible_wrap, reason = "a handful of files")]
pub const VERSION: i64 = MIGRATIONS.len() as i64;

pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), Fault> {
    if version(connection)? == VERSION {
        return Ok(());
    }
    for (sql, number) in MIGRATIONS.iter().zip(1_i64..) {
        let tx = Tx::begin(connection, "BEGIN IMMEDIATE")?;
        // Another program may have migrated while this one waited for the lock.
        let found = version(tx.sql)?;
        if found > VERSION {
            return Err(Fault::Newer { path: path.to_owned(), found, known: VERSION });
        }
        if found < number {
            tx.sql.execute_batch(sql)?;
            if number == 2 {
                flags_into_the_journal(&tx)?;
            }
            tx.sql.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.sql.pragma_update(None, "user_version", number)?;
            tx.commit()?;
        }
    }
    Ok(())
}

/// Version 1 flagged cases without a line in the journal. They get it now, of the moment of the newest line.
fn flags_into_the_journal(tx: &Tx<'_>) -> Result<(), Fault> {
    let Some(last) = journal::last(tx)? else { return Ok(()) };
    let at = DateTime::parse_from_rfc3339(&last.at)
        .map_err(|cause| crate::repository::row::broken("journal", &last.seq.to_string(), cause))?;
    let stamp = Stamp { at, actor: "caredesk".to_owned(), clock: Clock::Machine };
    let mut query =
        tx.sql.prepare("SELECT case_id, plan, ordinal, new_serial, at FROM conflict ORDER BY at")?;
    let flags = query.query_map([], |row| {
        let (case, plan, ordinal) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Event::Flagged(Flagged { case, plan, ordinal, new_serial: row.get(3)?, at: row.get(4)? }))
    })?;
    for flag in flags.collect::<Result<Vec<_>, _>>()? {
        journal::append(tx, &stamp, &flag)?;
    }
    Ok(())
}

/// The tables, indexes and triggers of a new file: what a file of this version must hold.
pub(super) fn schema_of_a_new_file() -> Result<Vec<(String, String)>, Fault> {
    schema(Repository::in_memory()?.connection())
}

/// Names of everything in a file's schema, and what each is: SQLite takes a name whose letters changed their case, and
/// bytes in the place of a text.
pub(super) fn schema(connection: &Connection) -> Result<Vec<(String, String)>, Fault> {
    let mut query = connection.prepare(
        "SELECT name, quote(type) || ' of ' || quote(tbl_name) || ': ' || quote(sql) FROM sqlite_schema ORDER BY name",
    )?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
