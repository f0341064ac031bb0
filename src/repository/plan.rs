//! Plans, who they are bound to, and which of their replacements are taken.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::repository::{Fault, Tx};

/// A plan as stored, with plus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number.
    pub number: String,
    /// Where it was bought.
    pub region: String,
    /// The edition it was sold under.
    pub programme: String,
    /// The serial it is bound to now.
    pub bound: String,
    /// First covered day.
    pub starts_on: String,
    /// Last covered day, where it is printed.
    pub ends_on: Option<String>,
    /// Replacements granted.
    pub granted: u8,
    /// When it was returned.
    pub returned_on: Option<String>,
    /// Plus.
    pub plus: Option<Plus>,
}

/// Plus as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plus {
    /// Its own number.
    pub number: String,
    /// When it was bought.
    pub sold_on: String,
    /// Replacements granted.
    pub granted: u8,
    /// Last covered day, where it is printed.
    pub ends_on: Option<String>,
}

/// One granted replacement that is not free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub ordinal: u8,
    /// Used up, or held by an open case.
    pub how: How,
}

/// How a replacement is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Used, by the maker's record or ours.
    Used,
    /// Reserved by this case.
    Reserved(String),
}

/// The plan of a chain of serials: the one bound to its newest serial, else to an older one.
pub fn of_chain(tx: &Tx<'_>, chain: &[String]) -> Result<Option<Plan>, Fault> {
    for serial in chain.iter().rev() {
        if let Some(plan) = bound_here(tx, serial)? {
            return Ok(Some(plan));
        }
    }
    Ok(None)
}

/// A plan that the counter moved has one living binding; the others are where the maker's record has them.
macro_rules! plan {
    () => {
        "SELECT p.number, p.region, p.programme, coalesce(b.serial, p.serial), p.starts_on, p.ends_on, p.granted,
                p.returned_on, x.number, coalesce(x.sold_on, x.starts_on), x.granted, x.ends_on,
                b.serial IS NULL AND EXISTS (SELECT 1 FROM maker_use m
                    WHERE m.plan IN (p.number, x.number) AND m.old_serial = p.serial AND m.new_serial <> p.serial)
         FROM plan p LEFT JOIN binding b ON b.plan = p.number AND b.to_at IS NULL
         LEFT JOIN plan x ON x.extends = p.number AND x.returned_on IS NULL
                         AND coalesce(x.sold_on, x.starts_on) IS NOT NULL
         WHERE p.tier = 'refresh' AND "
    };
}

/// The plan that is bound to a serial; a living one before one that was returned.
fn bound_here(tx: &Tx<'_>, serial: &str) -> Result<Option<Plan>, Fault> {
    // By the row's id, since by its number it would be looked for in another tree, on another page of the disk.
    let sql = concat!(
        plan!(),
        "p.id = coalesce(
            (SELECT q.id FROM binding h JOIN plan q ON q.number = h.plan
             WHERE h.serial = :key AND h.to_at IS NULL),
            (SELECT q.id FROM plan q WHERE q.serial = :key AND q.tier = 'refresh' AND q.returned_on IS NULL
               AND NOT EXISTS (SELECT 1 FROM binding h WHERE h.plan = q.number AND h.to_at IS NULL)),
            (SELECT q.id FROM plan q WHERE q.serial = :key AND q.tier = 'refresh' AND q.returned_on IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM binding h WHERE h.plan = q.number AND h.to_at IS NULL)
             ORDER BY q.starts_on DESC LIMIT 1))"
    );
    found(tx, sql, serial)
}

/// The plan with this number (not a plus's).
pub fn plan(tx: &Tx<'_>, number: &str) -> Result<Option<Plan>, Fault> {
    found(tx, concat!(plan!(), "p.number = :key"), number)
}

fn found(tx: &Tx<'_>, sql: &str, key: &str) -> Result<Option<Plan>, Fault> {
    let read = |row: &Row<'_>| {
        let plan = Plan {
            number: row.get(0)?,
            region: row.get(1)?,
            programme: row.get(2)?,
            bound: row.get(3)?,
            starts_on: row.get(4)?,
            ends_on: row.get(5)?,
            granted: row.get(6)?,
            returned_on: row.get(7)?,
            plus: plus(row)?,
        };
        Ok((plan, row.get(12)?))
    };
    let mut query = tx.sql.prepare_cached(sql)?;
    let Some((mut plan, ahead)) = query.query_row(named_params! { ":key": key }, read).optional()? else {
        return Ok(None);
    };
    if ahead {
        follow(tx, &mut plan)?;
    }
    Ok(Some(plan))
}

/// The maker's list of used replacements may be ahead of its list of plans: the plan follows it (C26).
fn follow(tx: &Tx<'_>, plan: &mut Plan) -> Result<(), Fault> {
    let sql = "SELECT new_serial FROM maker_use
               WHERE plan IN (:plan, :plus) AND old_serial = :bound AND new_serial <> :bound";
    let mut query = tx.sql.prepare_cached(sql)?;
    let plus = plan.plus.as_ref().map(|plus| plus.number.clone());
    for _ in 0..=u8::MAX {
        let values = named_params! { ":plan": plan.number, ":plus": plus, ":bound": plan.bound };
        match query.query_row(values, |row| row.get(0)).optional()? {
            Some(next) => plan.bound = next,
            None => break,
        }
    }
    Ok(())
}

fn plus(row: &Row<'_>) -> rusqlite::Result<Option<Plus>> {
    let Some(number) = row.get(8)? else { return Ok(None) };
    Ok(Some(Plus { number, sold_on: row.get(9)?, granted: row.get(10)?, ends_on: row.get(11)? }))
}

/// The replacements of a plan that are not free: a slot is used when either side says so.
pub fn taken(tx: &Tx<'_>, number: &str) -> Result<Vec<Taken>, Fault> {
    let sql = "SELECT ordinal, NULL FROM maker_use WHERE plan = :plan
               UNION ALL
               SELECT ordinal, CASE state WHEN 'reserved' THEN case_id END FROM slot_use
               WHERE plan = :plan AND state IN ('reserved', 'used')
                 AND NOT EXISTS (SELECT 1 FROM maker_use m WHERE m.plan = :plan AND m.ordinal = slot_use.ordinal)
               ORDER BY 1";
    let read = |row: &Row<'_>| {
        let case: Option<String> = row.get(1)?;
        Ok(Taken { ordinal: row.get(0)?, how: case.map_or(How::Used, How::Reserved) })
    };
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":plan": number }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The centre's own fees for a model under one edition: currency, ordinal, minor units.
pub fn fees(tx: &Tx<'_>, programme: &str, model: &str) -> Result<Vec<(String, String, i64)>, Fault> {
    let sql = "SELECT currency, ordinal, minor FROM fee WHERE programme = :programme AND model = :model
               ORDER BY currency, ordinal";
    let mut query = tx.sql.prepare_cached(sql)?;
    let values = named_params! { ":programme": programme, ":model": model };
    let rows = query.query_map(values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the maker's record says against a case: plan, ordinal, new serial.
pub fn conflicts(tx: &Tx<'_>, case: &str) -> Result<Vec<(String, u8, String)>, Fault> {
    let sql = "SELECT plan, ordinal, new_serial FROM conflict WHERE case_id = :case ORDER BY ordinal";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query
        .query_map(named_params! { ":case": case }, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
