//! Customers' devices: the registry's row, or the one a replacement made, and the chain of serials.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::repository::{Fault, Tx};

/// A device as stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    /// Its serial.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// Where it was bought.
    pub purchase_region: Option<String>,
    /// When it was bought.
    pub purchased_on: Option<String>,
    /// Instant, day or `never`.
    pub activated_at: Option<String>,
    /// The warranty's first day.
    pub warranty_starts_on: Option<String>,
    /// Its owner as the registry knows them.
    pub owner: Option<Owner>,
    /// The day this unit was handed out as a replacement.
    pub issued_on: Option<String>,
}

/// An owner as the registry knows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owner {
    /// Name.
    pub name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Mail address.
    pub email: Option<String>,
}

/// A chain of replacements is never followed further than this.
const LONGEST_CHAIN: usize = 64;

fn registry(tx: &Tx<'_>, serial: &str) -> Result<Option<Device>, Fault> {
    let sql = "SELECT d.model, d.purchase_region, d.purchased_on, d.activated_at, d.warranty_starts_on,
                      o.name, o.phone, o.email
               FROM device d LEFT JOIN owner o ON o.device = d.id WHERE d.serial = :serial";
    let read = |row: &Row<'_>| {
        let owner = Owner { name: row.get(5)?, phone: row.get(6)?, email: row.get(7)? };
        Ok(Device {
            serial: serial.to_owned(),
            model: row.get(0)?,
            purchase_region: row.get(1)?,
            purchased_on: row.get(2)?,
            activated_at: row.get(3)?,
            warranty_starts_on: row.get(4)?,
            owner: Some(owner).filter(|owner| *owner != Owner::default()),
            issued_on: None,
        })
    };
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":serial": serial }, read).optional()?)
}

/// What a replacement says of its new unit: the old serial, the model, the day.
fn replacement(tx: &Tx<'_>, serial: &str) -> Result<Option<(String, String, String)>, Fault> {
    let sql = "SELECT old_serial, model, issued_on FROM replacement
               WHERE new_serial = :serial AND undone_at IS NULL";
    let mut query = tx.sql.prepare_cached(sql)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    Ok(query.query_row(named_params! { ":serial": serial }, read).optional()?)
}

/// The device with this serial; a replacement's facts are those of the unit it replaced (C27), also when the
/// maker's record knows the new unit but says less of it.
pub fn device(tx: &Tx<'_>, serial: &str) -> Result<Option<Device>, Fault> {
    let own = registry(tx, serial)?;
    let Some((mut old, model, issued_on)) = replacement(tx, serial)? else {
        return Ok(own);
    };
    let mut first = None;
    for _ in 0..LONGEST_CHAIN {
        first = registry(tx, &old)?;
        match replacement(tx, &old)? {
            Some((older, _, _)) if first.is_none() => old = older,
            _ => break,
        }
    }
    let (first, own) = (first.unwrap_or_default(), own.unwrap_or_default());
    Ok(Some(Device {
        serial: serial.to_owned(),
        model,
        purchase_region: first.purchase_region.or(own.purchase_region),
        purchased_on: first.purchased_on.or(own.purchased_on),
        activated_at: first.activated_at.or(own.activated_at),
        warranty_starts_on: first.warranty_starts_on.or(own.warranty_starts_on),
        owner: own.owner.or(first.owner),
        issued_on: Some(issued_on),
    }))
}

fn serial_of(tx: &Tx<'_>, sql: &str, serial: &str) -> Result<Option<String>, Fault> {
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":serial": serial }, |row| row.get(0))?)
}

/// The serial that replaced this one, by the counter's acts or the maker's record.
pub fn successor(tx: &Tx<'_>, serial: &str) -> Result<Option<String>, Fault> {
    // One statement, since a list asks this for every row of it.
    let sql = "SELECT coalesce(
        (SELECT new_serial FROM replacement WHERE old_serial = :serial AND undone_at IS NULL AND new_serial <> :serial),
        (SELECT new_serial FROM maker_use WHERE old_serial = :serial AND new_serial <> :serial),
        (SELECT replaced_by FROM device WHERE serial = :serial AND replaced_by <> :serial))";
    serial_of(tx, sql, serial)
}

fn predecessor(tx: &Tx<'_>, serial: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT coalesce(
        (SELECT old_serial FROM replacement WHERE new_serial = :serial AND undone_at IS NULL AND old_serial <> :serial),
        (SELECT old_serial FROM maker_use WHERE new_serial = :serial AND old_serial <> :serial),
        (SELECT serial FROM device WHERE replaced_by = :serial AND serial <> :serial))";
    serial_of(tx, sql, serial)
}

/// The serials that replaced one another, oldest first; a device never replaced is a chain of one.
pub fn chain(tx: &Tx<'_>, serial: &str) -> Result<Vec<String>, Fault> {
    let mut chain = std::collections::VecDeque::from([serial.to_owned()]);
    while let Some(before) = chain.front().map(|first| predecessor(tx, first)).transpose()?.flatten() {
        if chain.contains(&before) || chain.len() >= LONGEST_CHAIN {
            break;
        }
        chain.push_front(before);
    }
    while let Some(next) = chain.back().map(|last| successor(tx, last)).transpose()?.flatten() {
        if chain.contains(&next) || chain.len() >= LONGEST_CHAIN {
            break;
        }
        chain.push_back(next);
    }
    Ok(chain.into())
}

/// Tells whether a serial is or was a customer's, by anybody's record.
pub fn was_a_customers(tx: &Tx<'_>, serial: &str) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM device WHERE serial = :serial OR replaced_by = :serial)
                   OR EXISTS (SELECT 1 FROM plan WHERE serial = :serial)
                   OR EXISTS (SELECT 1 FROM binding WHERE serial = :serial)
                   OR EXISTS (SELECT 1 FROM replacement WHERE new_serial = :serial OR old_serial = :serial)
                   OR EXISTS (SELECT 1 FROM maker_use WHERE old_serial = :serial)
                   OR EXISTS (SELECT 1 FROM maker_use WHERE new_serial = :serial)";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":serial": serial }, |row| row.get(0))?)
}
