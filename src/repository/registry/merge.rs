//! The merge: checked rows go into the registry in short transactions, each remembering how far it came.

use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::domain::event::{Event, Flagged, Imported};
use crate::repository::journal::{self, Stamp, new_id};
use crate::repository::registry::check::CLASHES;
use crate::repository::registry::{Attached, Kind, staging_folder, table_digest};
use crate::repository::stock;
use crate::repository::{Fault, Repository, Tx};

mod empty;
mod pace;
mod rows;
mod settled;

/// Between two transactions others get the lock.
const PAUSE: Duration = Duration::from_millis(2);

/// A registry table: its name, rows and content digest.
type Table = (String, u64, String);

/// A merge that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// Its id.
    pub id: String,
    /// What the file holds.
    pub kind: Kind,
    /// SHA-256 of the file.
    pub digest: String,
    /// The staging file's name.
    pub staged: String,
    /// The first staged row that is not merged yet.
    pub next: i64,
    /// Rows read.
    pub rows: i64,
    /// Who imports.
    pub actor: String,
    /// When it began.
    pub started: String,
}

/// How far a merge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The row that comes next.
    Row(i64),
    /// So many steps of so many of a load into an empty registry, which has no rows one by one.
    Load(usize, usize),
}

/// What a merge did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// New rows.
    pub inserted: u64,
    /// Rows that are different now.
    pub changed: u64,
    /// Rows that contradict a case which went on while the file was read.
    pub conflicts: u64,
}

impl Merged {
    fn add(&mut self, part: Self) {
        self.inserted += part.inserted;
        self.changed += part.changed;
        self.conflicts += part.conflicts;
    }
}

/// Writes down rows of the maker's that contradict a living case, once each; returns how many were not known.
fn flag(tx: &Tx<'_>, stamp: &Stamp, clashes: Vec<(String, u8, String, String)>) -> Result<u64, Fault> {
    let mut known = tx.sql.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM main.conflict
                        WHERE (plan, ordinal, new_serial, case_id) = (:plan, :ordinal, :serial, :case))",
    )?;
    let mut new = 0;
    for (plan, ordinal, new_serial, case) in clashes {
        let values =
            named_params! { ":plan": plan, ":ordinal": ordinal, ":serial": new_serial, ":case": case };
        if !known.query_row(values, |row| row.get(0))? {
            let at = stamp.at.to_rfc3339();
            let flagged = Flagged { case, plan, ordinal, new_serial, at };
            journal::append(tx, stamp, &Event::Flagged(flagged))?;
            new += 1;
        }
    }
    Ok(new)
}

fn clash(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, u8, String, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

impl Attached<'_> {
    /// Flags the cases that rows contradict, also when the file is refused, and tells how many rows do.
    pub fn flag_conflicts(&mut self, stamp: &Stamp) -> Result<u64, Fault> {
        if self.kind != Kind::Claims {
            return Ok(0);
        }
        self.repository.write(|tx| {
            let mut query = tx.sql.prepare("SELECT plan, ordinal, new_serial, case_id FROM staged.clash")?;
            let clashes: Vec<_> = query.query_map([], clash)?.collect::<Result<_, _>>()?;
            let count = clashes.len() as u64;
            flag(tx, stamp, clashes)?;
            Ok(count)
        })
    }
}

/// Seals the staged rows that are to be merged: from here on the import will be finished, now or at the next
/// start. Nothing to merge is nothing to finish.
pub fn begin(staged: &mut Attached<'_>, stamp: &Stamp, (digest, rows): (&str, i64)) -> Result<Merge, Fault> {
    rows::leave_out_known(staged)?;
    let merge = Merge {
        id: new_id(),
        kind: staged.kind,
        digest: digest.to_owned(),
        staged: staged.name(),
        next: 1,
        rows,
        actor: stamp.actor.clone(),
        started: stamp.at.to_rfc3339(),
    };
    let any: bool =
        staged.sql().query_row("SELECT EXISTS (SELECT 1 FROM staged.row)", [], |row| row.get(0))?;
    if !any {
        return Ok(merge);
    }
    staged.sync()?;
    let begun = staged.repository.write(|tx| {
        tx.sql.execute(
            "INSERT INTO main.merge (id, kind, digest, staged, next, rows, actor, started)
             VALUES (:id, :kind, :digest, :staged, :next, :rows, :actor, :started)",
            named_params! {
                ":id": merge.id, ":kind": merge.kind.as_str(), ":digest": merge.digest, ":staged": merge.staged,
                ":next": merge.next, ":rows": merge.rows, ":actor": merge.actor, ":started": merge.started,
            },
        )?;
        Ok::<_, Fault>(())
    });
    // The room that the file takes is given back, unless the merge may be known.
    staged.keep(matches!(begun, Ok(()) | Err(Fault::CommitUnknown(_))));
    begun.map(|()| merge)
}

/// Undoes [`begin`] where no row is in yet; tells whether it did.
pub fn take_back(staged: &mut Attached<'_>, merge: &Merge) -> Result<bool, Fault> {
    // Plans that move go before the first rows.
    let sql = "DELETE FROM main.merge
               WHERE id = :id AND next = 1 AND (kind <> 'plans' OR NOT EXISTS (SELECT 1 FROM main.plan))";
    let gone = staged
        .repository
        .write(|tx| Ok::<_, Fault>(tx.sql.execute(sql, named_params! { ":id": merge.id })? > 0))?;
    staged.keep(!gone);
    Ok(gone)
}

/// The merge that was cut off, with its staging file.
pub fn interrupted(repository: &Repository) -> Result<Option<(Merge, std::path::PathBuf)>, Fault> {
    let sql =
        "SELECT id, kind, digest, staged, next, rows, actor, started FROM merge ORDER BY started LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| {
        let kind: String = row.get(1)?;
        let merge = Merge {
            id: row.get(0)?,
            kind: kind.parse().unwrap_or(Kind::Devices),
            digest: row.get(2)?,
            staged: row.get(3)?,
            next: row.get(4)?,
            rows: row.get(5)?,
            actor: row.get(6)?,
            started: row.get(7)?,
        };
        Ok(merge)
    };
    let merge = repository.connection().query_row(sql, [], read).optional()?;
    Ok(merge.map(|merge| {
        let path = staging_folder(repository).join(&merge.staged);
        (merge, path)
    }))
}

/// Forgets a merge whose staging file is gone.
pub fn give_up(repository: &mut Repository, merge: &Merge) -> Result<(), Fault> {
    repository.write(|tx| {
        tx.sql.execute("DELETE FROM main.merge WHERE id = ?", [&merge.id])?;
        Ok(())
    })
}

/// Merges from where it stands to the end; `each` hears how far it is.
pub fn merge(
    staged: &mut Attached<'_>,
    (merge, stamp): (&Merge, &Stamp),
    words: fn(&str) -> Vec<String>,
    each: &mut dyn FnMut(Step),
) -> Result<Merged, Fault> {
    staged.keep(true);
    let last: i64 =
        staged.sql().query_row("SELECT coalesce(max(n), 0) FROM staged.row", [], |row| row.get(0))?;
    if merge.next == 1
        && let Some(inserted) = empty::load(staged, words, |tx| move_on(tx, &merge.id, last + 1), each)?
    {
        return Ok(Merged { inserted, ..Merged::default() });
    }
    if merge.kind == Kind::Plans {
        staged.repository.write(rows::moved_plans)?;
    }
    let (mut merged, mut next, mut rows) = (Merged::default(), merge.next, pace::FIRST);
    while next <= last {
        let range = (next, end(staged.sql(), (next, rows))?);
        let begun = Instant::now();
        let part = staged.repository.write(|tx| {
            let part = chunk(tx, (merge, stamp), range, words)?;
            move_on(tx, &merge.id, range.1 + 1)?;
            Ok::<_, Fault>(part)
        })?;
        rows = pace::next(rows, begun.elapsed());
        merged.add(part);
        next = range.1 + 1;
        each(Step::Row(next));
        if next <= last {
            std::thread::sleep(PAUSE);
        }
    }
    Ok(merged)
}

/// The last of so many rows that go together from `next` on.
fn end(sql: &Connection, (next, rows): (i64, i64)) -> Result<i64, Fault> {
    let text = "SELECT coalesce(max(n), :next) FROM (
                    SELECT n FROM staged.row WHERE n >= :next ORDER BY n LIMIT :rows)";
    let mut query = sql.prepare_cached(text)?;
    Ok(query.query_row(named_params! { ":next": next, ":rows": rows }, |row| row.get(0))?)
}

fn move_on(tx: &Tx<'_>, id: &str, next: i64) -> Result<(), Fault> {
    let sql = "UPDATE main.merge SET next = :next WHERE id = :id";
    tx.sql.prepare_cached(sql)?.execute(named_params! { ":next": next, ":id": id })?;
    Ok(())
}

fn chunk(
    tx: &Tx<'_>,
    (merge, stamp): (&Merge, &Stamp),
    (from, to): (i64, i64),
    words: fn(&str) -> Vec<String>,
) -> Result<Merged, Fault> {
    let range = named_params! { ":from": from, ":to": to };
    let mut merged = Merged::default();
    if merge.kind == Kind::Claims {
        // A case may have gone on since the rows were checked.
        let text = format!("SELECT s.plan, s.ordinal, coalesce(s.new_serial, ''), u.case_id {CLASHES}");
        let mut query = tx.sql.prepare_cached(&text)?;
        let clashes = query.query_map(range, clash)?.collect::<Result<_, _>>()?;
        merged.conflicts = flag(tx, stamp, clashes)?;
    }
    let count = |there: &str, which: &str| -> Result<u64, Fault> {
        let text = format!(
            "SELECT count(*) FROM staged.row s {there} WHERE s.n BETWEEN :from AND :to AND ({which})"
        );
        let count: i64 = tx.sql.prepare_cached(&text)?.query_row(range, |row| row.get(0))?;
        Ok(count.unsigned_abs())
    };
    let (there, different) = rows::different(merge.kind);
    merged.inserted = count("", rows::new(merge.kind))?;
    merged.changed = count(there, different)?;
    if merge.kind == Kind::Devices {
        rows::devices(tx, (from, to), words)?;
    } else {
        for sql in rows::statements(merge.kind) {
            tx.sql.prepare_cached(sql)?.execute(range)?;
        }
    }
    Ok(merged)
}

/// Ends a merge: the tables' digests and the event go in together with the merge row's end.
///
/// `merged` is what the whole merge did; none when some of it was done by a program that was cut off. Nothing but
/// an import writes these tables, and one import runs at a time: what was counted before the transaction still
/// holds in it, and no counter waits for the counting.
pub fn finish(
    staged: &mut Attached<'_>,
    merge: &Merge,
    stamp: &Stamp,
    merged: Option<Merged>,
) -> Result<(), Fault> {
    let touched = merged.is_none_or(|merged| merged.inserted + merged.changed > 0);
    let tables = staged.repository.read(|tx| match tables_before(tx, merge.kind)? {
        // Counting tables anew that nobody wrote would make good what damaged them.
        Some(tables) if !touched => Ok::<_, Fault>(tables),
        _ => merge.kind.tables().iter().map(|table| digested(tx, table)).collect(),
    })?;
    let came_here = match merge.kind {
        Kind::Stock => Some(staged.repository.read(stock::listed_and_received)?),
        Kind::Devices | Kind::Plans | Kind::Claims | Kind::Notices | Kind::Fees => None,
    };
    let event = Event::Imported(Imported {
        kind: merge.kind.as_str().to_owned(),
        digest: merge.digest.clone(),
        rows: u64::try_from(merge.rows).unwrap_or_default(),
        tables,
        came_here,
    });
    staged.repository.write(|tx| {
        if merge.kind == Kind::Claims {
            settled::unflag(tx, stamp)?;
        }
        journal::append(tx, stamp, &event)?;
        tx.sql.execute("DELETE FROM main.merge WHERE id = ?", [&merge.id])?;
        Ok::<_, Fault>(())
    })?;
    staged.keep(false);
    Ok(())
}

fn digested(tx: &Tx<'_>, table: &str) -> Result<Table, Fault> {
    table_digest(tx, table).map(|(rows, digest)| (table.to_owned(), rows, digest))
}

/// The tables of a kind as its last import left them; none before the first.
fn tables_before(tx: &Tx<'_>, kind: Kind) -> Result<Option<Vec<Table>>, Fault> {
    let sql = "SELECT json_extract(payload, '$.tables') FROM main.journal
               WHERE kind = 'imported' AND json_extract(payload, '$.kind') = :kind ORDER BY seq DESC LIMIT 1";
    let read = |row: &rusqlite::Row<'_>| row.get::<_, String>(0);
    let text = tx.sql.query_row(sql, named_params! { ":kind": kind.as_str() }, read).optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}
