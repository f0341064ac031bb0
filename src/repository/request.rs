//! Request ids: pressing twice, or retrying after an error, returns the first result. And parked forms.

use rusqlite::{OptionalExtension, Row, named_params};
use sha2::{Digest, Sha256};

use crate::repository::{Fault, Tx};

/// The first result of a request; none when it is new.
pub fn first(tx: &Tx<'_>, id: &str) -> Result<Option<String>, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT result FROM request WHERE id = :id")?;
    Ok(query.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?)
}

/// SHA-256 over texts with length prefixes: what a kept row must still say.
pub(super) fn digest(texts: &[&str]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().to_vec()
}

/// Keeps a request's result.
pub fn keep(tx: &Tx<'_>, id: &str, result: &str) -> Result<(), Fault> {
    let sql = "INSERT INTO request (id, seq, result, digest)
               VALUES (:id, :seq, :result, :digest)";
    let newest = "SELECT coalesce(max(seq), 0) FROM journal";
    let seq: i64 = tx.sql.prepare_cached(newest)?.query_row([], |row| row.get(0))?;
    let digest = digest(&[id, &seq.to_string(), result]);
    let values = named_params! { ":id": id, ":seq": seq, ":result": result, ":digest": digest };
    tx.sql.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

/// A parked form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// Its id.
    pub id: String,
    /// What the list shows.
    pub title: String,
    /// The form as its screen wrote it.
    pub body: String,
    /// When it was parked.
    pub at: String,
}

/// Parks a form, or parks it anew.
pub fn park(tx: &Tx<'_>, form: &Parked) -> Result<(), Fault> {
    let sql = "INSERT INTO parked (id, title, body, at, digest) VALUES (:id, :title, :body, :at, :digest)
               ON CONFLICT (id) DO UPDATE SET title = :title, body = :body, at = :at, digest = :digest";
    let digest = digest(&[&form.id, &form.title, &form.at, &form.body]);
    tx.sql.prepare_cached(sql)?.execute(named_params! {
        ":id": form.id, ":title": form.title, ":body": form.body, ":at": form.at, ":digest": digest,
    })?;
    Ok(())
}

/// Takes a form out of the parked ones.
pub fn unpark(tx: &Tx<'_>, id: &str) -> Result<(), Fault> {
    tx.sql.prepare_cached("DELETE FROM parked WHERE id = :id")?.execute(named_params! { ":id": id })?;
    Ok(())
}

/// Parked forms, newest first; of those parked at the same moment, the one whose id was made last.
pub fn parked(tx: &Tx<'_>) -> Result<Vec<Parked>, Fault> {
    let sql = "SELECT id, title, body, at FROM parked ORDER BY at DESC, length(id) DESC, id DESC";
    let mut query = tx.sql.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        Ok(Parked { id: row.get(0)?, title: row.get(1)?, body: row.get(2)?, at: row.get(3)? })
    };
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
