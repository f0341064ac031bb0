//! Opening the file: whose it is, which settings hold, which version it has.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::repository::Fault;
use crate::repository::migrate::{self, APPLICATION_ID, VERSION};

mod short;

/// Pages of the write-ahead log after which a commit writes it back: a small one, since the longest commit
/// is the one that does it.
const CHECKPOINT_PAGES: i64 = 300;

pub(super) fn open(path: &Path, wait: Duration) -> Result<Connection, Fault> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let problem =
            |cause: std::io::Error| Fault::Folder { path: folder.to_owned(), problem: cause.to_string() };
        std::fs::create_dir_all(folder).map_err(problem)?;
    }
    if path.metadata().is_ok_and(|file| file.is_dir() || file.len() > 0) {
        whose(path)?;
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(|cause| opened(path, cause))?;
    settings(&connection, wait).map_err(|cause| known(path, cause))?;
    wal(&connection).map_err(|cause| known(path, cause))?;
    migrate::migrate(&mut connection, path)?;
    Ok(connection)
}

/// Opens the file for looking only: not even its log is written back, and no setting of its own changes.
pub(super) fn for_looking(path: &Path, wait: Duration) -> Result<Connection, Fault> {
    let connection = readable(path, wait).map_err(|fault| match fault {
        Fault::Damaged(say) => {
            Fault::Unreadable { path: path.to_owned(), problem: short::cut_short(path).unwrap_or(say) }
        }
        other => other,
    })?;
    // A last page that is not whole may read as if it were, its end being filled with zeroes.
    if let Some(problem) = short::cut_short(path) {
        return Err(Fault::Unreadable { path: path.to_owned(), problem });
    }
    let found = migrate::version(&connection)?;
    if found == VERSION {
        Ok(connection)
    } else {
        Err(Fault::Older { path: path.to_owned(), found, known: VERSION })
    }
}

fn readable(path: &Path, wait: Duration) -> Result<Connection, Fault> {
    whose(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|cause| opened(path, cause))?;
    settings(&connection, wait).map_err(|cause| known(path, cause))?;
    Ok(connection)
}

pub(super) fn in_memory() -> Result<Connection, Fault> {
    let mut connection = Connection::open_in_memory()?;
    settings(&connection, Duration::ZERO)?;
    migrate::migrate(&mut connection, Path::new(":memory:"))?;
    Ok(connection)
}

/// Looks at the file read-only, so that a foreign one is not touched.
fn whose(path: &Path) -> Result<(), Fault> {
    if path.is_dir() {
        return Err(Fault::NotADatabase(path.to_owned()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|cause| opened(path, cause))?;
    connection.busy_timeout(Duration::from_secs(2))?;
    let ask = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0));
    let application = ask("PRAGMA application_id").map_err(|cause| known(path, Fault::from(cause)))?;
    let tables =
        ask("SELECT count(*) FROM sqlite_schema").map_err(|cause| known(path, Fault::from(cause)))?;
    let found = ask("PRAGMA user_version")?;
    if application != APPLICATION_ID && (application != 0 || tables > 0 || found != 0) {
        return Err(Fault::NotOurs(path.to_owned()));
    }
    if found > VERSION {
        return Err(Fault::Newer { path: path.to_owned(), found, known: VERSION });
    }
    Ok(())
}

fn opened(path: &Path, cause: rusqlite::Error) -> Fault {
    match cause.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => {
            Fault::Folder { path: path.to_owned(), problem: "the database cannot be opened".to_owned() }
        }
        _ => known(path, Fault::from(cause)),
    }
}

fn known(path: &Path, fault: Fault) -> Fault {
    match fault {
        Fault::Damaged(say) if say.contains("not a database") => Fault::NotADatabase(path.to_owned()),
        other => other,
    }
}

/// Sets every setting that decides about safety, and reads it back.
fn settings(connection: &Connection, wait: Duration) -> Result<(), Fault> {
    connection.busy_timeout(wait)?;
    connection.set_prepared_statement_cache_capacity(128);
    // Without it a bound run of a prepared statement is prepared again after ANALYZE, every time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    for (name, value) in [
        ("foreign_keys", 1_i64),
        ("trusted_schema", 0),
        ("synchronous", 2),
        ("wal_autocheckpoint", CHECKPOINT_PAGES),
        ("cache_size", -8192),
        ("temp_store", 2),
    ] {
        connection.pragma_update(None, name, value)?;
        let now: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
        if now != value {
            return Err(Fault::Pragma(name));
        }
    }
    Ok(())
}

fn wal(connection: &Connection) -> Result<(), Fault> {
    let mode: String = connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if mode == "wal" { Ok(()) } else { Err(Fault::Pragma("journal_mode")) }
}
