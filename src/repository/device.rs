//! Customers' devices: the registry's row, or the one a replacement made, and the chain of serials.

use rusqlite::{Row, named_params};

use crate::repository::{Fault, Tx, stock};

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

/// The serial that replaced `:s`, by the counter's acts or the maker's record, with its own row as `d`.
macro_rules! successor {
    () => {
        "coalesce((SELECT new_serial FROM replacement WHERE old_serial = :s AND undone_at IS NULL \
         AND new_serial <> :s), \
         (SELECT new_serial FROM maker_uses WHERE old_serial = :s AND new_serial <> :s), \
         CASE WHEN NOT EXISTS (SELECT 1 FROM replacement WHERE new_serial = d.replaced_by \
         AND old_serial = d.serial AND undone_at NOTNULL) THEN d.replaced_by END)"
    };
}

/// What one look says of a serial: a statement more for each of these would cost a card more than their rows do.
struct Look {
    registry: Option<Device>,
    /// What a replacement says of its new unit: the old serial, the model, the day.
    replacement: Option<(String, String, String)>,
    before: Option<String>,
    after: Option<String>,
    beside: Beside,
}

/// What the file has beside a device, so that nobody asks for what most devices lack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The counter's region; none before set-up.
    pub region: Option<String>,
    /// Whether a unit of its chain has a case.
    pub cases: bool,
    /// Whether the centre has fees of its own.
    pub fees: bool,
}

fn look(tx: &Tx<'_>, serial: &str) -> Result<Look, Fault> {
    // Short, since its text is copied and looked up for every card: below a kilobyte that costs half.
    let sql = concat!(
        "SELECT d.model, purchase_region, purchased_on, activated_at, warranty_starts_on, name, phone, email, \
         old_serial, r.model, issued_on, coalesce(nullif(old_serial, :s), \
         (SELECT old_serial FROM maker_uses WHERE new_serial = :s AND old_serial <> :s), \
         (SELECT serial FROM device WHERE replaced_by = :s AND NOT EXISTS (SELECT 1 FROM replacement \
         WHERE new_serial = :s AND old_serial = serial AND undone_at NOTNULL))), ",
        successor!(),
        ", (SELECT region FROM site), EXISTS (SELECT 1 FROM cases WHERE serial = :s), \
         EXISTS (SELECT 1 FROM fee) FROM (SELECT 1) LEFT JOIN device d ON d.serial = :s \
         LEFT JOIN owner ON device = d.id LEFT JOIN replacement r ON r.new_serial = :s AND undone_at IS NULL"
    );
    let read = |row: &Row<'_>| {
        let replacement: Option<String> = row.get(8)?;
        Ok(Look {
            registry: registry(row, serial)?,
            replacement: match replacement {
                Some(old) => Some((old, row.get(9)?, row.get(10)?)),
                None => None,
            },
            before: row.get(11)?,
            after: row.get(12)?,
            beside: Beside { region: row.get(13)?, cases: row.get(14)?, fees: row.get(15)? },
        })
    };
    Ok(tx.sql.prepare_cached(sql)?.query_row(named_params! { ":s": serial }, read)?)
}

fn registry(row: &Row<'_>, serial: &str) -> rusqlite::Result<Option<Device>> {
    let Some(model) = row.get(0)? else { return Ok(None) };
    let owner = Owner { name: row.get(5)?, phone: row.get(6)?, email: row.get(7)? };
    Ok(Some(Device {
        serial: serial.to_owned(),
        model,
        purchase_region: row.get(1)?,
        purchased_on: row.get(2)?,
        activated_at: row.get(3)?,
        warranty_starts_on: row.get(4)?,
        owner: Some(owner).filter(|owner| *owner != Owner::default()),
        issued_on: None,
    }))
}

/// The device with this serial; a replacement's facts are those of the unit it replaced (C27), also when the
/// maker's record knows the new unit but says less of it.
pub fn device(tx: &Tx<'_>, serial: &str) -> Result<Option<Device>, Fault> {
    let Look { registry, replacement, .. } = look(tx, serial)?;
    known(tx, serial, (registry, replacement))
}

/// The model of a device, or of a unit that is on the shelf again since its hand-out is void.
pub fn model(tx: &Tx<'_>, serial: &str) -> Result<String, Fault> {
    let model = match device(tx, serial)? {
        Some(device) => Some(device.model),
        None => stock::unit(tx, serial)?.map(|unit| unit.model),
    };
    Ok(model.unwrap_or_default())
}

/// The device with this serial, the serials that replaced one another, oldest first, and what is beside them.
pub fn with_chain(tx: &Tx<'_>, serial: &str) -> Result<Option<(Device, Vec<String>, Beside)>, Fault> {
    let Look { registry, replacement, before, after, mut beside } = look(tx, serial)?;
    let Some(device) = known(tx, serial, (registry, replacement))? else { return Ok(None) };
    let chain = chain(tx, serial, (before, after), &mut beside.cases)?;
    Ok(Some((device, chain, beside)))
}

type Own = (Option<Device>, Option<(String, String, String)>);

fn known(tx: &Tx<'_>, serial: &str, (own, replacement): Own) -> Result<Option<Device>, Fault> {
    let Some((mut old, model, issued_on)) = replacement else {
        return Ok(own);
    };
    let mut first = None;
    for _ in 0..LONGEST_CHAIN {
        let look = look(tx, &old)?;
        first = look.registry;
        match look.replacement {
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

/// The serial that replaced this one, by the counter's acts or the maker's record.
pub fn successor(tx: &Tx<'_>, serial: &str) -> Result<Option<String>, Fault> {
    // A statement of its own, since a list asks this for every row of it.
    let sql = concat!("SELECT ", successor!(), " FROM (SELECT 1) LEFT JOIN device d ON d.serial = :s");
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":s": serial }, |row| row.get(0))?)
}

type Neighbours = (Option<String>, Option<String>);

fn chain(
    tx: &Tx<'_>,
    serial: &str,
    (mut before, mut after): Neighbours,
    cases: &mut bool,
) -> Result<Vec<String>, Fault> {
    let mut chain = std::collections::VecDeque::from([serial.to_owned()]);
    while let Some(serial) = before.take() {
        if chain.contains(&serial) || chain.len() >= LONGEST_CHAIN {
            break;
        }
        let older = look(tx, &serial)?;
        *cases |= older.beside.cases;
        before = older.before;
        chain.push_front(serial);
    }
    while let Some(serial) = after.take() {
        if chain.contains(&serial) || chain.len() >= LONGEST_CHAIN {
            break;
        }
        let newer = look(tx, &serial)?;
        *cases |= newer.beside.cases;
        after = newer.after;
        chain.push_back(serial);
    }
    Ok(chain.into())
}

/// Whether a serial is or was a customer's.
macro_rules! a_customers {
    ($serial:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM device WHERE serial = ",
            $serial,
            " OR replaced_by = ",
            $serial,
            ")
              OR EXISTS (SELECT 1 FROM plan WHERE serial = ",
            $serial,
            ")
              OR EXISTS (SELECT 1 FROM sold WHERE serial = ",
            $serial,
            ")
              OR EXISTS (SELECT 1 FROM binding WHERE serial = ",
            $serial,
            ")
              OR EXISTS (SELECT 1 FROM replacement WHERE new_serial = ",
            $serial,
            " OR old_serial = ",
            $serial,
            ")
              OR EXISTS (SELECT 1 FROM maker_use WHERE old_serial = ",
            $serial,
            ")
              OR EXISTS (SELECT 1 FROM maker_use WHERE new_serial = ",
            $serial,
            "))"
        )
    };
}
pub(super) use a_customers;

/// Tells whether a serial is or was a customer's, by anybody's record.
pub fn was_a_customers(tx: &Tx<'_>, serial: &str) -> Result<bool, Fault> {
    let mut query = tx.sql.prepare_cached(concat!("SELECT ", a_customers!(":serial")))?;
    Ok(query.query_row(named_params! { ":serial": serial }, |row| row.get(0))?)
}
