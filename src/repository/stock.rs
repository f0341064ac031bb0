//! Units on the shelf: what was sent, and what the counter did with it.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::repository::{Fault, Tx};

/// A stock unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its serial, or the shop's own label.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// The part it is, or the carrying part for a whole unit.
    pub part: String,
    /// Where it is in its life.
    pub state: String,
    /// The shelf.
    pub place: Option<String>,
    /// The case that has or had it.
    pub case: Option<String>,
}

const UNIT: &str = "SELECT s.serial, s.model, s.part, coalesce(u.state, s.state), s.place, c.number
                    FROM stock s LEFT JOIN unit u ON u.serial = s.serial LEFT JOIN cases c ON c.id = u.case_id";

fn read(row: &Row<'_>) -> rusqlite::Result<Unit> {
    Ok(Unit {
        serial: row.get(0)?,
        model: row.get(1)?,
        part: row.get(2)?,
        state: row.get(3)?,
        place: row.get(4)?,
        case: row.get(5)?,
    })
}

/// The unit with this serial or label.
pub fn unit(tx: &Tx<'_>, serial: &str) -> Result<Option<Unit>, Fault> {
    let mut query = tx.sql.prepare_cached(&format!("{UNIT} WHERE s.serial = :serial"))?;
    Ok(query.query_row(named_params! { ":serial": serial }, read).optional()?)
}

/// Units of a model that can be handed out, the first few.
pub fn free_units(tx: &Tx<'_>, model: &str, limit: u32) -> Result<Vec<Unit>, Fault> {
    let sql = format!(
        "{UNIT} WHERE s.model = :model AND coalesce(u.state, s.state) = 'in-stock' ORDER BY s.part, s.place, s.serial LIMIT :limit"
    );
    let mut query = tx.sql.prepare_cached(&sql)?;
    let rows = query.query_map(named_params! { ":model": model, ":limit": limit }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
