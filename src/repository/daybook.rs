//! A day's lines of the journal, and the days that are closed.

use rusqlite::{OptionalExtension, named_params};

use crate::repository::journal::{self, Entry};
use crate::repository::{Fault, Tx};

/// A day that was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The day.
    pub day: String,
    /// The journal's line that closed it.
    pub seq: i64,
    /// Its figures, as JSON.
    pub figures: String,
}

/// The newest closed day, or the newest before `day`.
pub fn last_closed(tx: &Tx<'_>, before: Option<&str>) -> Result<Option<Closed>, Fault> {
    let sql =
        "SELECT day, seq, figures FROM day WHERE :before IS NULL OR day < :before ORDER BY day DESC LIMIT 1";
    closed_by(tx, sql, before)
}

/// The first closed day that is not before `day`: with its closing `day` was over too.
pub fn first_closed(tx: &Tx<'_>, day: &str) -> Result<Option<Closed>, Fault> {
    closed_by(tx, "SELECT day, seq, figures FROM day WHERE day >= :before ORDER BY day LIMIT 1", Some(day))
}

/// A day's figures as they were closed.
pub fn closed(tx: &Tx<'_>, day: &str) -> Result<Option<Closed>, Fault> {
    closed_by(tx, "SELECT day, seq, figures FROM day WHERE day = :before", Some(day))
}

fn closed_by(tx: &Tx<'_>, sql: &str, before: Option<&str>) -> Result<Option<Closed>, Fault> {
    let mut query = tx.sql.prepare_cached(sql)?;
    let read =
        |row: &rusqlite::Row<'_>| Ok(Closed { day: row.get(0)?, seq: row.get(1)?, figures: row.get(2)? });
    Ok(query.query_row(named_params! { ":before": before }, read).optional()?)
}

/// The lines of a day, in order; a moment is stored with its own offset, so its first ten letters are its day.
pub fn lines_of(tx: &Tx<'_>, day: &str) -> Result<Vec<Entry>, Fault> {
    journal::some(tx, "substr(at, 1, 10) = :key", &day)
}

/// The lines that move units on the shelf.
pub fn shelf_lines(tx: &Tx<'_>) -> Result<Vec<Entry>, Fault> {
    let kinds = "seq > :key AND kind IN ('imported', 'arrived', 'counted', 'found', 'quarantined', 'issued', 'voided', 'shipped')";
    journal::some(tx, kinds, &0)
}

/// Units that stand here now: in stock, kept for a case, or set aside.
pub fn on_hand(tx: &Tx<'_>) -> Result<i64, Fault> {
    let sql = "SELECT count(*) FROM shelf WHERE state IN ('in-stock', 'reserved', 'quarantine')";
    Ok(tx.sql.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

/// The state a unit is in, and the model of a case's device, for the day sheet's lines.
pub fn unit_state(tx: &Tx<'_>, serial: &str) -> Result<Option<String>, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT state FROM shelf WHERE serial = :serial")?;
    Ok(query.query_row(named_params! { ":serial": serial }, |row| row.get(0)).optional()?)
}

/// Cases with a booking of a day that is still open.
pub fn open_bookings(tx: &Tx<'_>, day: &str) -> Result<Vec<String>, Fault> {
    let sql = "SELECT c.number FROM appointment a JOIN cases c ON c.id = a.case_id
               WHERE a.state = 'booked' AND substr(a.slot, 1, 10) = :day ORDER BY a.slot";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":day": day }, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
