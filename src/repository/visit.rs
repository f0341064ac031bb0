//! Appointments, and who waits at the counter.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::repository::{Fault, Tx};

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The row's id.
    pub id: String,
    /// The case's number.
    pub case: String,
    /// The moment.
    pub slot: String,
    /// Where it is in its life.
    pub state: String,
}

const VISIT: &str =
    "SELECT a.id, c.number, a.slot, a.state FROM appointment a JOIN cases c ON c.id = a.case_id";

fn read(row: &Row<'_>) -> rusqlite::Result<Visit> {
    Ok(Visit { id: row.get(0)?, case: row.get(1)?, slot: row.get(2)?, state: row.get(3)? })
}

/// The living booking of the case with this id.
pub fn booked(tx: &Tx<'_>, case: &str) -> Result<Option<Visit>, Fault> {
    let sql = format!("{VISIT} WHERE a.case_id = :case AND a.state = 'booked'");
    let mut query = tx.sql.prepare_cached(&sql)?;
    Ok(query.query_row(named_params! { ":case": case }, read).optional()?)
}

/// Living bookings whose own local day lies from one day to another, both included.
pub fn taken(tx: &Tx<'_>, (from, to): (&str, &str)) -> Result<Vec<Visit>, Fault> {
    let sql = format!("{VISIT} WHERE a.slot >= :from AND a.slot < :to || 'U' AND a.state = 'booked'");
    let mut query = tx.sql.prepare_cached(&sql)?;
    let rows = query.query_map(named_params! { ":from": from, ":to": to }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A case that waits at the counter, or is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The case's number.
    pub case: String,
    /// The serial.
    pub serial: String,
    /// The customer's row.
    pub customer: String,
    /// How far the case is.
    pub case_state: String,
    /// The appointment's slot and state; none for one who walked in.
    pub booking: Option<(String, String)>,
    /// When a walk-in came.
    pub arrival: String,
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    let slot: Option<String> = row.get(4)?;
    let state: Option<String> = row.get(5)?;
    Ok(Waiting {
        case: row.get(0)?,
        serial: row.get(1)?,
        customer: row.get(2)?,
        case_state: row.get(3)?,
        booking: slot.zip(state),
        arrival: row.get(6)?,
    })
}

/// Bookings of a day that were not moved or called off.
pub fn bookings(tx: &Tx<'_>, day: &str) -> Result<Vec<Waiting>, Fault> {
    let sql = "SELECT c.number, c.serial, c.customer, c.state, a.slot, a.state, c.recorded_at
               FROM appointment a JOIN cases c ON c.id = a.case_id
               WHERE a.slot >= :day AND a.slot < :day || 'U' AND a.state IN ('booked', 'kept', 'no-show')
               ORDER BY a.slot, a.id";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":day": day }, waiting)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Cases of a day that came without a booking: recorded then and not yet received, or received then and not yet
/// assessed; what came in earlier waits in the queue. One that was sent in is nobody in the line, nor is one whose booking was called off before the unit
/// came, and one on hold waits for no turn.
pub fn walk_ins(tx: &Tx<'_>, day: &str) -> Result<Vec<Waiting>, Fault> {
    let sql = "SELECT c.number, c.serial, c.customer, c.state, NULL, NULL,
                      CASE WHEN substr(c.recorded_at, 1, 10) = :day THEN c.recorded_at ELSE c.since END
               FROM cases c
               WHERE c.held = 0 AND (
                   c.state = 'RECORDED' AND c.channel <> 'online' AND c.recorded_on = :day AND NOT EXISTS (
                       SELECT 1 FROM appointment a WHERE a.case_id = c.id)
                   OR c.state = 'RECEIVED' AND substr(c.since, 1, 10) = :day AND NOT EXISTS (
                       SELECT 1 FROM appointment a WHERE a.case_id = c.id AND a.state = 'kept'
                          AND a.slot >= :day AND a.slot < :day || 'U'))
               ORDER BY c.number";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":day": day }, waiting)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
