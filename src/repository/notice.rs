//! The maker's notices about a product: those of its files, and those written down at the counter.

use rusqlite::named_params;

use crate::repository::{Fault, Tx};

/// The notices of a serial, oldest first: kind and when it was sent.
pub fn of_serial(tx: &Tx<'_>, serial: &str) -> Result<Vec<(String, String)>, Fault> {
    let sql = "SELECT kind, issued_at FROM notice WHERE serial = :serial
               UNION SELECT kind, issued_at FROM noticed WHERE serial = :serial ORDER BY 2, 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":serial": serial }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
