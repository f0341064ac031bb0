//! Papers as stored, of a case and of none, and the rows that only papers speak of.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::event::Apart;
use crate::repository::case::{Paper, moved};
use crate::repository::journal::salted;
use crate::repository::{Fault, Tx};

fn read(row: &Row<'_>) -> rusqlite::Result<Paper> {
    Ok(Paper { id: row.get(0)?, kind: row.get(1)?, text: row.get(2)?, copies: row.get(3)? })
}

/// The newest paper of no case about a subject (a day, a packing list).
pub fn sheet(tx: &Tx<'_>, kind: &str, subject: &str) -> Result<Option<Paper>, Fault> {
    let sql = "SELECT id, kind, text, copies FROM sheet WHERE kind = :kind AND subject = :subject
               ORDER BY seq DESC LIMIT 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":kind": kind, ":subject": subject }, read).optional()?)
}

/// A stored text with what names it in the journal; none once it was erased.
pub fn snapshot(tx: &Tx<'_>, id: &str) -> Result<Option<(String, Apart)>, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT salt, body FROM prose WHERE id = :id")?;
    let read = |row: &Row<'_>| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<String>>(1)?));
    let (salt, body) = query.query_row(named_params! { ":id": id }, read)?;
    Ok(body.map(|body| {
        let digest = salted(&salt, &[Some(&body)]);
        (body, Apart { id: id.to_owned(), digest })
    }))
}

/// A line of a case's money that moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// When.
    pub at: String,
    /// `taken` or `refunded`.
    pub kind: String,
    /// How.
    pub method: Option<String>,
    /// Minor units, without a sign.
    pub minor: i64,
    /// The currency.
    pub currency: String,
}

/// The lines of money that moved on a case, oldest first.
pub fn moved(tx: &Tx<'_>, case: &str) -> Result<Vec<Moved>, Fault> {
    let sql = concat!(
        "SELECT at, kind, method, minor, currency FROM payment p WHERE case_id = :case AND kind <> 'waived' ORDER BY ",
        moved!(),
        ", id"
    );
    let mut query = tx.sql.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        Ok(Moved {
            at: row.get(0)?,
            kind: row.get(1)?,
            method: row.get(2)?,
            minor: row.get(3)?,
            currency: row.get(4)?,
        })
    };
    let rows = query.query_map(named_params! { ":case": case }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tells whether a payment or a waiver of a case has its reason.
pub fn paid_with_a_reason(tx: &Tx<'_>, case: &str) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM payment
               WHERE case_id = :case AND kind <> 'refunded' AND reason IS NOT NULL)";
    Ok(tx.sql.prepare_cached(sql)?.query_row(named_params! { ":case": case }, |row| row.get(0))?)
}

/// Units that a case handed out and that were not taken back: serial and part.
pub fn handed_out(tx: &Tx<'_>, case: &str) -> Result<Vec<(String, String)>, Fault> {
    let sql =
        "SELECT serial, part FROM issued WHERE case_id = :case AND undone_at IS NULL ORDER BY part, serial";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":case": case }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The workshop's words on a case.
pub fn work_done(tx: &Tx<'_>, case: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT (SELECT body FROM prose WHERE id = c.result) FROM cases c WHERE c.id = :case";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":case": case }, |row| row.get(0))?)
}

/// The facts of the newest decision before anything was handed out.
pub fn facts(tx: &Tx<'_>, case: &str) -> Result<Option<String>, Fault> {
    let sql =
        "SELECT facts FROM decision WHERE case_id = :case AND step <> 'issued' ORDER BY seq DESC LIMIT 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":case": case }, |row| row.get(0)).optional()?)
}

/// Which of its subject's originals a paper of no case is, from 1, and its snapshot's row.
pub fn sheet_text(tx: &Tx<'_>, id: &str) -> Result<(u32, String), Fault> {
    let sql = "SELECT (SELECT count(*) FROM sheet o WHERE o.kind = s.kind AND o.subject = s.subject AND o.seq <= s.seq),
                      s.text FROM sheet s WHERE s.id = :id";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// What went to the maker on one packing list: serial, model, part and case number, empty where there is none.
pub fn packed(tx: &Tx<'_>, list: &str) -> Result<Vec<[String; 4]>, Fault> {
    let sql = "SELECT s.serial, s.model, s.part, coalesce(c.number, '') FROM unit u
                 JOIN shelf s ON s.serial = u.serial LEFT JOIN cases c ON c.id = u.case_id
                WHERE u.packing = :list
               UNION ALL
               SELECT coalesce(p.serial, ''), p.model, p.part, c.number FROM old_part p
                 JOIN cases c ON c.id = p.case_id WHERE p.packing = :list
               ORDER BY 1, 4, 3";
    let mut query = tx.sql.prepare_cached(sql)?;
    let read = |row: &Row<'_>| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]);
    let rows = query.query_map(named_params! { ":list": list }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
