//! Migrations: numbered files, one IMMEDIATE transaction each; a released file never changes.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::repository::{Fault, Repository};

/// Marks the file as caredesk's ("cdsk").
pub const APPLICATION_ID: i64 = 0x6364_736B;

const MIGRATIONS: [&str; 1] = [include_str!("../../assets/migrations/0001_shop.sql")];

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
        let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another program may have migrated while this one waited for the lock.
        let found = version(&tx)?;
        if found > VERSION {
            return Err(Fault::Newer { path: path.to_owned(), found, known: VERSION });
        }
        if found < number {
            tx.execute_batch(sql)?;
            tx.pragma_update(None, "application_id", APPLICATION_ID)?;
            tx.pragma_update(None, "user_version", number)?;
            tx.commit()?;
        }
    }
    Ok(())
}

/// The tables, indexes and triggers of a new file: what a file of this version must hold.
pub fn schema_of_a_new_file() -> Result<Vec<(String, String)>, Fault> {
    schema(Repository::in_memory()?.connection())
}

/// Names and texts of everything in a file's schema.
pub(super) fn schema(connection: &Connection) -> Result<Vec<(String, String)>, Fault> {
    let mut query = connection
        .prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
