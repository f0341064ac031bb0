//! The staging file: an import's rows beside the database, outside the counter's lock.

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::repository::apply::tail;
use crate::repository::registry::Kind;
use crate::repository::{Fault, Repository};

const ENDING: &str = "staged";

/// Pages in memory while an import runs (KiB, negative as SQLite has it): 256 MB.
const IMPORT_CACHE: i64 = -262_144;

/// A staging file that is being filled.
#[derive(Debug)]
pub struct Staging {
    connection: Connection,
    path: PathBuf,
    kind: Kind,
    insert: String,
    rows: i64,
}

/// What a device's row has beside its cells: what search needs.
#[derive(Debug, Default)]
pub struct Extra {
    /// The phone's digits, reversed.
    pub phone_tail: Option<String>,
    /// Words of the owner's name.
    pub words: Vec<String>,
}

/// Where staging files stand: beside the database, or in the system's temporary folder.
#[must_use]
pub fn staging_folder(repository: &Repository) -> PathBuf {
    let parent = repository.path().and_then(Path::parent).map(Path::to_owned);
    match parent {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        Some(_) => PathBuf::from("."),
        None => std::env::temp_dir(),
    }
}

fn said(path: &Path) -> impl FnOnce(std::io::Error) -> Fault + '_ {
    |cause| Fault::Folder { path: path.to_owned(), problem: cause.to_string() }
}

/// Takes the lock that one import at a time holds, or none when another has it.
pub fn lock(repository: &Repository) -> Result<Option<File>, Fault> {
    let path = match repository.path() {
        Some(path) => path.with_extension("import-lock"),
        None => std::env::temp_dir()
            .join(format!("caredesk-{}.import-lock", crate::repository::journal::new_id())),
    };
    let file = File::create(&path).map_err(said(&path))?;
    if repository.path().is_none() {
        // Nobody else can have a database in memory, so nothing is left behind.
        std::fs::remove_file(&path).map_err(said(&path))?;
    }
    Ok(file.try_lock().is_ok().then_some(file))
}

/// Deletes staging files that no merge is about: imports that were cut off before they were checked.
pub fn forget_unsealed(repository: &Repository) -> Result<(), Fault> {
    let Some(database) = repository.path() else { return Ok(()) };
    let folder = staging_folder(repository);
    let beginning = beginning(database);
    let mut query = repository.connection().prepare("SELECT staged FROM merge")?;
    let sealed: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for entry in std::fs::read_dir(&folder).map_err(said(&folder))? {
        let entry = entry.map_err(said(&folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let ours = name.starts_with(&beginning) && name.ends_with(&format!(".{ENDING}"));
        if ours && !sealed.contains(&name) {
            std::fs::remove_file(entry.path()).map_err(said(&folder))?;
        }
    }
    Ok(())
}

fn beginning(database: &Path) -> String {
    format!("{}-import-", database.file_stem().unwrap_or_default().to_string_lossy())
}

const fn declared(kind: Kind) -> &'static str {
    match kind {
        Kind::Devices => {
            "serial TEXT, model TEXT, purchase_region TEXT, purchased_on TEXT, activated_at TEXT,
             warranty_starts_on TEXT, owner_name TEXT, owner_phone TEXT, owner_email TEXT, replaced_by TEXT,
             tail TEXT, phone_tail TEXT"
        }
        Kind::Plans => {
            "number TEXT, tier TEXT, serial TEXT, region TEXT, programme TEXT, starts_on TEXT, ends_on TEXT,
             granted INTEGER, extends TEXT, sold_on TEXT, returned_on TEXT"
        }
        Kind::Claims => {
            "plan TEXT, ordinal INTEGER, used_on TEXT, \"case\" TEXT, old_serial TEXT, new_serial TEXT"
        }
        Kind::Notices => "serial TEXT, kind TEXT, issued_at TEXT",
        Kind::Stock => "serial TEXT, model TEXT, part TEXT, state TEXT, place TEXT",
        Kind::Fees => "programme TEXT, model TEXT, currency TEXT, ordinal TEXT, amount INTEGER, source TEXT",
    }
}

impl Staging {
    /// Makes an empty staging file beside the database.
    pub fn create(repository: &Repository, kind: Kind) -> Result<Self, Fault> {
        let beginning = repository.path().map_or_else(|| "caredesk-import-".to_owned(), beginning);
        let name = format!("{beginning}{}.{ENDING}", crate::repository::journal::new_id());
        let path = staging_folder(repository).join(name);
        let connection = Connection::open(&path)?;
        // Worth nothing until it is sealed, and then it is synced as a whole.
        connection.execute_batch(&format!(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
             CREATE TABLE row (n INTEGER PRIMARY KEY, line INTEGER NOT NULL, {});
             CREATE TABLE word (word TEXT NOT NULL, n INTEGER NOT NULL);
             CREATE TABLE bad (n INTEGER NOT NULL, line INTEGER NOT NULL, col TEXT NOT NULL, problem TEXT NOT NULL);
             CREATE TABLE clash (plan TEXT, ordinal INTEGER, new_serial TEXT, case_id TEXT);
             CREATE TABLE ordinals (i INTEGER PRIMARY KEY);
             WITH RECURSIVE o (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM o WHERE i < 99)
             INSERT INTO ordinals SELECT i FROM o;
             BEGIN",
            declared(kind)
        ))?;
        let cells = kind.columns().len() + if kind == Kind::Devices { 4 } else { 2 };
        let insert = format!("INSERT INTO row VALUES ({})", vec!["?"; cells].join(", "));
        Ok(Self { connection, path, kind, insert, rows: 0 })
    }

    /// Adds a row that was read from `line`.
    pub fn add(&mut self, line: u64, cells: &[Option<Cow<'_, str>>], extra: &Extra) -> Result<(), Fault> {
        self.rows += 1;
        let mut insert = self.connection.prepare_cached(&self.insert)?;
        let mut at = 3;
        insert.raw_bind_parameter(1, self.rows)?;
        insert.raw_bind_parameter(2, i64::try_from(line).unwrap_or(i64::MAX))?;
        for cell in cells {
            insert.raw_bind_parameter(at, cell.as_deref())?;
            at += 1;
        }
        if self.kind == Kind::Devices {
            let serial = cells.first().and_then(Option::as_deref).unwrap_or_default();
            insert.raw_bind_parameter(at, tail(serial))?;
            insert.raw_bind_parameter(at + 1, extra.phone_tail.as_deref())?;
        }
        insert.raw_execute()?;
        if !extra.words.is_empty() {
            let mut insert = self.connection.prepare_cached("INSERT INTO word VALUES (?, ?)")?;
            for word in &extra.words {
                insert.execute((word, self.rows))?;
            }
        }
        Ok(())
    }

    /// Rows so far.
    #[must_use]
    pub const fn rows(&self) -> i64 {
        self.rows
    }

    /// Ends the filling.
    pub fn close(self) -> Result<PathBuf, Fault> {
        let Self { connection, path, .. } = self;
        let closed = connection.execute_batch("COMMIT").map_err(Fault::from);
        let closed = closed.and_then(|()| connection.close().map_err(|(_, cause)| cause.into()));
        match closed {
            Ok(()) => Ok(path),
            Err(fault) => {
                // A disk that was full must not stay so. A file that stays is deleted by the next import.
                std::fs::remove_file(&path).unwrap_or_default();
                Err(fault)
            }
        }
    }

    /// Deletes the file.
    pub fn discard(self) {
        drop(self.connection);
        // A file that stays is deleted at the next start.
        std::fs::remove_file(&self.path).unwrap_or_default();
    }
}

/// A staging file attached to the database; dropping it detaches, and deletes a file that was not kept.
#[derive(Debug)]
pub struct Attached<'a> {
    pub(super) repository: &'a mut Repository,
    pub(super) kind: Kind,
    path: PathBuf,
    keep: bool,
}

impl<'a> Attached<'a> {
    /// Attaches a closed staging file; it is deleted when this drops, unless a merge row is about it.
    pub fn new(repository: &'a mut Repository, kind: Kind, path: PathBuf) -> Result<Self, Fault> {
        let sql = repository.connection_mut();
        sql.execute("ATTACH ? AS staged", [path.to_string_lossy()])?;
        let attached = Self { repository, kind, path, keep: false };
        // The sorts of an import may be larger than memory: they go to temporary files.
        attached.sql().execute_batch(&format!(
            "PRAGMA staged.journal_mode = OFF; PRAGMA staged.synchronous = OFF;
             PRAGMA main.cache_size = {IMPORT_CACHE}; PRAGMA temp_store = 1"
        ))?;
        Ok(attached)
    }

    pub(super) const fn sql(&self) -> &Connection {
        self.repository.connection()
    }

    /// The file's name, as a merge row holds it.
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Writes the file through to the disk.
    pub(super) fn sync(&self) -> Result<(), Fault> {
        File::open(&self.path).and_then(|file| file.sync_all()).map_err(said(&self.path))?;
        let folder = staging_folder(self.repository);
        if cfg!(unix) {
            File::open(&folder).and_then(|file| file.sync_all()).map_err(said(&folder))?;
        }
        Ok(())
    }

    /// Keeps the file when this drops, or not.
    pub(super) const fn keep(&mut self, keep: bool) {
        self.keep = keep;
    }

    /// Folds rows with the same key into the last one; an empty cell keeps what an earlier row said.
    pub fn fold(&self, words: fn(&str) -> Vec<String>) -> Result<(), Fault> {
        let columns = self.kind.columns();
        let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        let key: Vec<&str> = quoted.iter().take(self.kind.key()).map(String::as_str).collect();
        let key = key.join(", ");
        let sql = self.sql();
        sql.execute_batch(&format!(
            "CREATE INDEX staged.row_key ON row ({key});
             CREATE TABLE staged.twice AS SELECT {key}, max(n) AS n FROM staged.row GROUP BY {key} HAVING count(*) > 1"
        ))?;
        let filled: bool =
            sql.query_row("SELECT EXISTS (SELECT 1 FROM main.device)", [], |row| row.get(0))?;
        if self.kind == Kind::Devices && filled {
            sql.execute_batch("CREATE INDEX staged.word_n ON word (n)")?;
        }
        let twice: bool =
            sql.query_row("SELECT EXISTS (SELECT 1 FROM staged.twice)", [], |row| row.get(0))?;
        if !twice {
            return Ok(());
        }
        let same: Vec<String> =
            quoted.iter().take(self.kind.key()).map(|key| format!("r.{key} = t.{key}")).collect();
        let same = same.join(" AND ");
        let extra = if self.kind == Kind::Devices { vec!["phone_tail".to_owned()] } else { Vec::new() };
        for column in quoted.iter().skip(self.kind.key()).chain(&extra) {
            sql.execute(
                &format!(
                    "UPDATE staged.row SET {column} = (SELECT r.{column} FROM staged.twice t JOIN staged.row r ON {same}
                         WHERE t.n = row.n AND r.{column} IS NOT NULL ORDER BY r.n DESC LIMIT 1)
                     WHERE n IN (SELECT n FROM staged.twice)"
                ),
                [],
            )?;
        }
        sql.execute_batch(&format!(
            "DELETE FROM staged.row WHERE n IN (SELECT r.n FROM staged.twice t JOIN staged.row r ON {same} WHERE r.n <> t.n)"
        ))?;
        if self.kind == Kind::Devices { self.name_again(words) } else { Ok(()) }
    }

    /// Writes the words of folded rows anew.
    fn name_again(&self, words: fn(&str) -> Vec<String>) -> Result<(), Fault> {
        let sql = self.sql();
        sql.execute_batch(
            "DELETE FROM staged.word WHERE n IN (SELECT n FROM staged.twice) OR n NOT IN (SELECT n FROM staged.row)",
        )?;
        let mut query = sql.prepare(
            "SELECT n, owner_name FROM staged.row WHERE owner_name IS NOT NULL AND n IN (SELECT n FROM staged.twice)",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (n, name): (i64, String) = (row.get(0)?, row.get(1)?);
            for word in words(&name) {
                sql.prepare_cached("INSERT INTO staged.word VALUES (?, ?)")?.execute((word, n))?;
            }
        }
        Ok(())
    }
}

impl Drop for Attached<'_> {
    fn drop(&mut self) {
        let sql = self.repository.connection();
        sql.flush_prepared_statement_cache();
        let back =
            "DETACH staged; PRAGMA main.cache_size = -8192; PRAGMA temp_store = 2; PRAGMA shrink_memory";
        // What cannot be put back ends with the connection; a file that stays is deleted at the next start.
        sql.execute_batch(back).unwrap_or_default();
        if !self.keep {
            std::fs::remove_file(&self.path).unwrap_or_default();
        }
    }
}
