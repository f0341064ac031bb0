//! Every case as one row of a record, read one after another.

use rusqlite::Row;

use crate::repository::{Fault, Tx};

/// A case in a record; nobody is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its number.
    pub number: String,
    /// How far it is.
    pub state: String,
    /// What came of it.
    pub outcome: String,
    /// The serial.
    pub serial: String,
    /// The model.
    pub model: Option<String>,
    /// The plan.
    pub plan: Option<String>,
    /// Which replacement it reserved or used.
    pub ordinal: Option<u8>,
    /// When it was opened.
    pub opened: String,
    /// When its present state began.
    pub since: Option<String>,
    /// The channel.
    pub channel: String,
    /// The cause.
    pub cause: String,
    /// Damaged parts, a JSON list.
    pub parts: String,
    /// What it costs, in minor units.
    pub fee: Option<i64>,
    /// The currency of its money.
    pub currency: Option<String>,
    /// Taken, paid back, and let go on the quote that stands.
    pub money: [i64; 3],
    /// The first unit that was handed out and not taken back.
    pub unit: Option<String>,
}

const RECORDS: &str = "SELECT c.number, c.state, c.outcome, c.serial,
        coalesce((SELECT model FROM replacement r WHERE r.new_serial = c.serial AND undone_at IS NULL),
                 (SELECT model FROM device d WHERE d.serial = c.serial),
                 (SELECT model FROM replacement r WHERE r.new_serial = c.serial)),
        c.plan, c.slot_ordinal, c.recorded_at, c.since, c.channel, c.cause, c.parts, c.fee_minor,
        coalesce(c.fee_currency, (SELECT currency FROM payment p WHERE p.case_id = c.id LIMIT 1)),
        (SELECT coalesce(sum(minor), 0) FROM payment p WHERE p.case_id = c.id AND p.kind = 'taken'),
        (SELECT coalesce(sum(minor), 0) FROM payment p WHERE p.case_id = c.id AND p.kind = 'refunded'),
        (SELECT coalesce(sum(minor), 0) FROM payment p
          WHERE p.case_id = c.id AND p.kind = 'waived' AND p.quote = c.quote),
        (SELECT serial FROM issued i WHERE i.case_id = c.id AND i.undone_at IS NULL
          ORDER BY part, serial LIMIT 1)
    FROM cases c ORDER BY c.till, c.sequence";

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    Ok(Record {
        number: row.get(0)?,
        state: row.get(1)?,
        outcome: row.get(2)?,
        serial: row.get(3)?,
        model: row.get(4)?,
        plan: row.get(5)?,
        ordinal: row.get(6)?,
        opened: row.get(7)?,
        since: row.get(8)?,
        channel: row.get(9)?,
        cause: row.get(10)?,
        parts: row.get(11)?,
        fee: row.get(12)?,
        currency: row.get(13)?,
        money: [row.get(14)?, row.get(15)?, row.get(16)?],
        unit: row.get(17)?,
    })
}

/// Gives every case to `each`, in the order of its number.
pub fn cases<E: From<Fault>>(tx: &Tx<'_>, mut each: impl FnMut(Record) -> Result<(), E>) -> Result<(), E> {
    let mut query = tx.sql.prepare(RECORDS).map_err(Fault::from)?;
    for row in query.query_map([], record).map_err(Fault::from)? {
        each(row.map_err(Fault::from)?)?;
    }
    Ok(())
}
