//! The staging file: an import's rows beside the database, outside the counter's lock.

use std::borrow::Cow;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::repository::apply::tail;
use crate::repository::registry::Kind;
use crate::repository::{Fault, Repository};

const ENDING: &str = "staged";

/// Pages in memory while an import runs (KiB, negative as SQLite has it): 256 MB.
const IMPORT_CACHE: i64 = -262_144;

/// The same of the staging file, which is read from its beginning to its end: 16 MB.
const STAGED_CACHE: i64 = -16_384;

/// A staging file that is being filled.
#[derive(Debug)]
pub struct Staging {
    connection: Connection,
    path: PathBuf,
    kind: Kind,
    insert: String,
    rows: i64,
    seen: Seen,
}

/// Hashes of what may not be twice, so that a file in which nothing is needs no index to show it.
#[derive(Debug, Default)]
struct Seen {
    hash: RandomState,
    keys: Vec<u64>,
    /// Serials of refresh plans.
    serials: Vec<u64>,
    /// Plans whose serial or tier the registry has to tell.
    partial: bool,
    /// Devices that name the unit that replaced them.
    replaced: bool,
}

impl Seen {
    fn row(&mut self, kind: Kind, cells: &[Option<Cow<'_, str>>]) {
        self.keys.push(self.hash.hash_one(cells.get(..kind.key()).unwrap_or_default()));
        if kind == Kind::Devices {
            self.replaced |= cells.last().is_some_and(Option::is_some);
        }
        if kind != Kind::Plans {
            return;
        }
        match (cells.get(1).and_then(Option::as_deref), cells.get(2).and_then(Option::as_deref)) {
            (Some("refresh"), Some(serial)) => self.serials.push(self.hash.hash_one(serial)),
            (Some(_), Some(_)) => {}
            _ => self.partial = true,
        }
    }
}

/// Whether a number stands twice in a list; two texts of one hash only cost the longer way.
fn twice(mut hashes: Vec<u64>) -> bool {
    hashes.sort_unstable();
    hashes.windows(2).any(|pair| pair.first() == pair.last())
}

/// What a device's row has beside its cells: what search needs.
#[derive(Debug, Default)]
pub struct Extra {
    /// The phone's digits, reversed.
    pub phone_tail: Option<String>,
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

/// How often the lock is tried, a hundredth of a second apart.
const PATIENCE: u32 = 20;

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
    // A command that is being started (the printer's) holds a copy of every open file for a moment, and with it the
    // lock of an import that has just ended.
    for _ in 0..PATIENCE {
        if file.try_lock().is_ok() {
            return Ok(Some(file));
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    Ok(None)
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
        Ok(Self { connection, path, kind, insert, rows: 0, seen: Seen::default() })
    }

    /// Adds a row that was read from `line`.
    pub fn add(&mut self, line: u64, cells: &[Option<Cow<'_, str>>], extra: &Extra) -> Result<(), Fault> {
        self.rows += 1;
        self.seen.row(self.kind, cells);
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
        Ok(())
    }

    /// Rows so far.
    #[must_use]
    pub const fn rows(&self) -> i64 {
        self.rows
    }

    /// Ends the filling; rows that may be of one key, or plans of one serial, get what finds them.
    pub fn close(self) -> Result<PathBuf, Fault> {
        let Self { connection, path, kind, seen, .. } = self;
        let key = quoted(kind.columns().iter().take(kind.key())).join(", ");
        let twice_a_key = twice(seen.keys);
        // Claims are looked for from the side of the few uses here.
        let mut keys = String::new();
        if twice_a_key || kind == Kind::Claims {
            keys = format!("CREATE INDEX row_key ON row ({key});");
        }
        if twice_a_key {
            let twice = format!(
                "CREATE TABLE twice AS SELECT {key}, max(n) AS n FROM row GROUP BY {key} HAVING count(*) > 1;"
            );
            keys.push_str(&twice);
        }
        let serials = if kind == Kind::Plans && (twice_a_key || seen.partial || twice(seen.serials)) {
            "CREATE INDEX row_serial ON row (serial);"
        } else {
            ""
        };
        let replaced = if seen.replaced {
            "CREATE INDEX row_replaced ON row (serial, replaced_by) WHERE replaced_by IS NOT NULL;"
        } else {
            ""
        };
        let closed =
            connection.execute_batch(&format!("{keys}{serials}{replaced}COMMIT")).map_err(Fault::from);
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
             PRAGMA main.cache_size = {IMPORT_CACHE}; PRAGMA staged.cache_size = {STAGED_CACHE};
             PRAGMA temp_store = 1"
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

    /// Whether the staging file has such a table or index.
    pub(super) fn has(&self, name: &str) -> Result<bool, Fault> {
        let sql = "SELECT EXISTS (SELECT 1 FROM staged.sqlite_schema WHERE name = ?)";
        Ok(self.sql().query_row(sql, [name], |row| row.get(0))?)
    }

    /// Folds rows with the same key into the last one; an empty cell keeps what an earlier row said.
    pub fn fold(&self) -> Result<(), Fault> {
        if !self.has("twice")? {
            return Ok(());
        }
        let (columns, sql) = (quoted(self.kind.columns()), self.sql());
        let same: Vec<String> =
            columns.iter().take(self.kind.key()).map(|key| format!("r.{key} = t.{key}")).collect();
        let same = same.join(" AND ");
        let extra = if self.kind == Kind::Devices { vec!["phone_tail".to_owned()] } else { Vec::new() };
        for column in columns.iter().skip(self.kind.key()).chain(&extra) {
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
        Ok(())
    }
}

/// Columns as SQL has them: one is called `case`.
fn quoted<'a>(columns: impl IntoIterator<Item = &'a &'a str>) -> Vec<String> {
    columns.into_iter().map(|column| format!("\"{column}\"")).collect()
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
