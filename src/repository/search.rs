//! Search by index only, never a scan: the list asks for what fits.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::repository::{Fault, Tx, apply};

mod name;

pub(super) use name::rarest;
pub use name::{name, words_near};

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its serial.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// Where it was bought.
    pub region: Option<String>,
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found { serial: row.get(0)?, model: row.get(1)?, region: row.get(2)? })
}

/// The text just above every text that begins with `start`.
pub(super) fn above(start: &str) -> String {
    format!("{start}\u{10FFFF}")
}

fn ask(tx: &Tx<'_>, sql: &str, (text, limit): (&str, usize)) -> Result<Vec<Found>, Fault> {
    let mut query = tx.sql.prepare_cached(sql)?;
    let values = named_params! { ":text": text, ":above": above(text), ":limit": count(limit) };
    let rows = query.query_map(values, found)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Devices whose serial begins with a text.
pub fn starting(tx: &Tx<'_>, start: &str, limit: usize) -> Result<Vec<Found>, Fault> {
    let registry = "SELECT serial, model, purchase_region FROM device
                    WHERE serial >= :text AND serial < :above ORDER BY serial LIMIT :limit";
    let ours = "SELECT new_serial, model, region FROM replacement
                WHERE new_serial >= :text AND new_serial < :above AND undone_at IS NULL ORDER BY 1 LIMIT :limit";
    let mut hits = ask(tx, registry, (start, limit))?;
    merge(&mut hits, ask(tx, ours, (start, limit))?);
    Ok(hits)
}

/// Devices whose serial ends with a text of four or more characters.
pub fn ending(tx: &Tx<'_>, end: &str, limit: usize) -> Result<Vec<Found>, Fault> {
    let tail = apply::tail(end);
    let registry = "SELECT serial, model, purchase_region FROM device
                    WHERE tail >= :text AND tail < :above ORDER BY tail, serial LIMIT :limit";
    let ours = "SELECT new_serial, model, region FROM replacement
                WHERE tail >= :text AND tail < :above AND undone_at IS NULL ORDER BY 1 LIMIT :limit";
    // Only six characters are indexed: a longer end is looked for among their few hits.
    let wide = if end.len() > 6 { limit.saturating_mul(50) } else { limit };
    let mut hits = ask(tx, registry, (&tail, wide))?;
    merge(&mut hits, ask(tx, ours, (&tail, wide))?);
    hits.retain(|hit| hit.serial.ends_with(end));
    hits.truncate(limit);
    Ok(hits)
}

fn merge(hits: &mut Vec<Found>, more: Vec<Found>) {
    for hit in more {
        if !hits.iter().any(|there| there.serial == hit.serial) {
            hits.push(hit);
        }
    }
}

/// Devices whose owner's phone number ends with these digits.
pub fn phone(tx: &Tx<'_>, digits: &str, limit: usize) -> Result<Vec<Found>, Fault> {
    let sql = "SELECT d.serial, d.model, d.purchase_region FROM owner o JOIN device d ON d.id = o.device
               WHERE o.phone_tail >= :text AND o.phone_tail < :above ORDER BY o.phone_tail LIMIT :limit";
    let reversed: String = digits.chars().rev().collect();
    ask(tx, sql, (&reversed, limit))
}

pub(super) fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn by_id(tx: &Tx<'_>, id: i64) -> Result<Option<Found>, Fault> {
    let sql = "SELECT serial, model, purchase_region FROM device WHERE id = :id";
    Ok(tx.sql.prepare_cached(sql)?.query_row(named_params! { ":id": id }, found).optional()?)
}

/// Plans whose number, or that of whose plus, begins with a text: the plan's number, and the serial beside it.
pub fn plan(tx: &Tx<'_>, number: &str, limit: usize) -> Result<Vec<(String, String)>, Fault> {
    // One statement each: over both together the numbers would be sorted before the first is known.
    let makers = "SELECT coalesce(extends, number), serial FROM plan
                  WHERE number >= :text AND number < :above ORDER BY number LIMIT :limit";
    let sold = "SELECT coalesce(extends, number), serial FROM sold
                WHERE number >= :text AND number < :above ORDER BY number LIMIT :limit";
    let mut found = Vec::new();
    for sql in [makers, sold] {
        let mut query = tx.sql.prepare_cached(sql)?;
        let values = named_params! { ":text": number, ":above": above(number), ":limit": count(limit) };
        for row in query.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))? {
            found.push(row?);
        }
    }
    Ok(found)
}

/// Whether the registry holds no device.
pub fn is_empty(tx: &Tx<'_>) -> Result<bool, Fault> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM device)";
    Ok(tx.sql.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}
