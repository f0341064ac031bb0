//! The SQLite file: opening, migrations, transactions, queries, journal. All SQL stands here, and only SQL.
//!
//! Knows no rule of the programme. Every write is one IMMEDIATE transaction; a fault or a drop changes nothing.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

pub mod apply;
pub mod case;
pub mod daybook;
pub mod device;
mod fault;
pub mod inspect;
pub mod journal;
mod migrate;
pub mod notice;
mod open;
pub mod paper;
pub mod person;
pub mod plan;
pub mod records;
pub mod registry;
pub mod request;
pub mod row;
pub mod search;
pub mod stock;
pub mod visit;

pub use fault::Fault;
pub use migrate::VERSION;

/// Who waits for this connection, and so how long it may wait for another's lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// A person in front of a screen: a quarter of a second.
    Screen,
    /// A command or a worker: some seconds.
    Command,
}

impl Patience {
    const fn wait(self) -> Duration {
        match self {
            Self::Screen => Duration::from_millis(250),
            Self::Command => Duration::from_secs(10),
        }
    }
}

/// The shop's file.
#[derive(Debug)]
pub struct Repository {
    connection: Connection,
    path: Option<PathBuf>,
    patience: Patience,
}

/// A transaction: reads see one moment, writes become durable together or not at all.
#[derive(Debug)]
pub struct Tx<'a> {
    pub(crate) sql: &'a Connection,
}

impl<'a> Tx<'a> {
    // Held statements: rusqlite's own transaction compiles its BEGIN and its end anew each time.
    fn begin(sql: &'a Connection, how: &str) -> Result<Self, Fault> {
        sql.prepare_cached(how)?.execute([])?;
        Ok(Self { sql })
    }

    fn commit(self) -> rusqlite::Result<()> {
        self.sql.prepare_cached("COMMIT")?.execute([]).map(|_| ())
    }
}

impl Drop for Tx<'_> {
    fn drop(&mut self) {
        if !self.sql.is_autocommit() {
            // Nothing is left to be told: SQLite has ended it itself, or ends it when the file is closed.
            let _ended = self.sql.prepare_cached("ROLLBACK").and_then(|mut end| end.execute([]));
        }
    }
}

impl Repository {
    /// Opens the file, makes it on first use and brings it to this program's version.
    ///
    /// # Errors
    /// A file of another program or of a newer version is refused and not touched.
    pub fn open(path: &Path, patience: Patience) -> Result<Self, Fault> {
        let connection = open::open(path, patience.wait())?;
        Ok(Self { connection, path: Some(path.to_owned()), patience })
    }

    /// Opens the file for looking only: whatever is wrong with it stays as it is.
    ///
    /// # Errors
    /// A file of another program or of another version, older or newer.
    pub fn open_for_looking(path: &Path) -> Result<Self, Fault> {
        let patience = Patience::Command;
        let connection = open::for_looking(path, patience.wait())?;
        Ok(Self { connection, path: Some(path.to_owned()), patience })
    }

    /// A file that lives in memory, for tests and for replaying a journal.
    pub fn in_memory() -> Result<Self, Fault> {
        let connection = open::in_memory()?;
        Ok(Self { connection, path: None, patience: Patience::Command })
    }

    /// A second connection to the same file, for a worker.
    pub fn another(&self, patience: Patience) -> Result<Self, Fault> {
        match &self.path {
            Some(path) => Self::open(path, patience),
            None => Err(Fault::InMemory),
        }
    }

    /// Opens the same file again, after a fault that left the outcome unknown.
    pub fn reopen(&mut self) -> Result<(), Fault> {
        if let Some(path) = &self.path {
            self.connection = open::open(path, self.patience.wait())?;
        }
        Ok(())
    }

    /// Where the file is; none in memory.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// A handle that stops a long query from another thread.
    #[must_use]
    pub fn interrupter(&self) -> rusqlite::InterruptHandle {
        self.connection.get_interrupt_handle()
    }

    /// Reads at one moment.
    pub fn read<T, E: From<Fault>>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let tx = Tx::begin(&self.connection, "BEGIN DEFERRED")?;
        work(&tx)
    }

    /// Writes in one IMMEDIATE transaction; an error from `work` changes nothing.
    ///
    /// # Errors
    /// A fault at COMMIT is [`Fault::CommitUnknown`]: the rows may be there. Reopen and look before speaking.
    pub fn write<T, E: From<Fault>>(&mut self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let tx = Tx::begin(&self.connection, "BEGIN IMMEDIATE")?;
        let value = work(&tx)?;
        tx.commit().map_err(|cause| E::from(Fault::at_commit(cause)))?;
        Ok(value)
    }

    /// Writes the log back into the file and shortens it; done when the program ends.
    pub fn tidy(&self) -> Result<(), Fault> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// The raw connection, for the other modules of the repository.
    pub(crate) const fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The raw connection, to attach and detach files.
    pub(crate) const fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}
