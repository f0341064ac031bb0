//! What can go wrong with the file, in words for the person at the counter.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use thiserror::Error;

/// A fault of the database file.
#[derive(Debug, Error)]
pub enum Fault {
    /// The folder cannot be made or read.
    #[error("cannot use the folder {path}: {problem}: choose another with --data-dir")]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        problem: String,
    },
    /// A file that is no database.
    #[error("{0} is not a database: move it away or choose another folder with --data-dir")]
    NotADatabase(PathBuf),
    /// A database of another program.
    #[error(
        "{0} is a database of another program; nothing was changed: choose another folder with --data-dir"
    )]
    NotOurs(PathBuf),
    /// Made by a newer caredesk.
    #[error(
        "{path} was made by a newer caredesk (file version {found}, this program knows {known}); nothing was changed: install the newer program"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Made by an older caredesk, and only looked at.
    #[error(
        "{path} has the file version {found} instead of {known}: start caredesk once to bring it up to date, or restore a backup"
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// The file or its folder cannot be written.
    #[error("the database cannot be written: {0}: check that the folder is not read-only")]
    ReadOnly(String),
    /// The disk is full.
    #[error("the disk is full; nothing was saved: free some space and do it again")]
    Full,
    /// Somebody else is writing.
    #[error("another counter or an import is writing just now; nothing was saved: do it again")]
    Busy,
    /// The end of a write failed: it may be there.
    #[error("whether it was saved is not known ({0}): look the case up before doing it again")]
    CommitUnknown(String),
    /// The end of a write failed, and after opening the file again it is not there.
    #[error("it was not saved ({0}): do it again")]
    NotSaved(String),
    /// The disk failed.
    #[error(
        "the disk gave an error ({0}); nothing was saved: check the disk and its free space, and do it again"
    )]
    Disk(String),
    /// A row that this program did not write.
    #[error("the row {key} of table {table} cannot be read ({problem}): run `caredesk verify`")]
    Row {
        /// The table.
        table: &'static str,
        /// Which row.
        key: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The file is damaged.
    #[error("the database is damaged ({0}): run `caredesk verify` and restore a backup")]
    Damaged(String),
    /// The file is so damaged that it cannot even be looked at.
    #[error(
        "{path} is damaged and cannot be opened ({problem}); nothing was changed: keep it, and restore a backup"
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// How much of it is missing, or what SQLite says.
        problem: String,
    },
    /// A constraint of the file refused the write: the program had a wrong idea.
    #[error("the database refused the write ({0}); nothing was saved")]
    Constraint(String),
    /// A setting of the connection did not take.
    #[error("the database setting {0} did not take: this build of SQLite cannot be used")]
    Pragma(&'static str),
    /// Asked for a second connection to a file in memory.
    #[error("a database in memory has one connection only")]
    InMemory,
    /// A newer request made this one needless.
    #[error("stopped by a newer request")]
    Interrupted,
    /// Anything else that SQLite says.
    #[error("the database says: {0}")]
    Sqlite(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(cause: rusqlite::Error) -> Self {
        let say = cause.to_string();
        // The shared memory of the log has no code of its own for a full disk.
        if cause.sqlite_error().is_some_and(|error| error.extended_code == SQLITE_IOERR_SHMSIZE) {
            return Self::Full;
        }
        match cause.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly(say)
            }
            Some(ErrorCode::SystemIoFailure) => Self::Disk(say),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(say),
            Some(ErrorCode::ConstraintViolation) => Self::Constraint(say),
            Some(ErrorCode::OperationInterrupted) => Self::Interrupted,
            _ => Self::Sqlite(say),
        }
    }
}

impl Fault {
    /// What is wrong, for the list that a check of the whole file makes: there the advice to check it leads nowhere.
    #[must_use]
    pub fn found(&self) -> String {
        match self {
            Self::Row { table, key, problem } => {
                format!("the row {key} of table {table} cannot be read ({problem})")
            }
            Self::Damaged(say) => say.clone(),
            other => other.to_string(),
        }
    }

    /// Names a fault of COMMIT: anything but "busy" and "full" leaves the outcome unknown.
    pub(super) fn at_commit(cause: rusqlite::Error) -> Self {
        let say = cause.to_string();
        match Self::from(cause) {
            Self::Busy => Self::Busy,
            Self::Full => Self::Full,
            _ => Self::CommitUnknown(say),
        }
    }
}
