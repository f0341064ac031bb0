//! The true record, row by row in the order of its key: the registry's, and what the counter did since.

use rusqlite::types::ValueRef;

use crate::repository::registry::Kind;
use crate::repository::{Fault, Tx};

/// Devices, and the replacements that are customers' devices without a row of the maker's yet: their facts
/// are those of the first unit of their chain (C27).
const DEVICES: &str = "
    WITH RECURSIVE up (new_serial, model, old, n) AS (
        SELECT new_serial, model, old_serial, 0 FROM replacement r
        WHERE undone_at IS NULL AND NOT EXISTS (SELECT 1 FROM device d WHERE d.serial = r.new_serial)
        UNION ALL
        SELECT up.new_serial, up.model, r.old_serial, up.n + 1
        FROM up JOIN replacement r ON r.new_serial = up.old AND r.undone_at IS NULL
        WHERE up.n < 64 AND NOT EXISTS (SELECT 1 FROM device d WHERE d.serial = up.old))
    SELECT d.serial, d.model, d.purchase_region, d.purchased_on, d.activated_at, d.warranty_starts_on,
           o.name, o.phone, o.email,
           coalesce((SELECT r.new_serial FROM replacement r WHERE r.old_serial = d.serial AND r.undone_at IS NULL),
                    d.replaced_by)
    FROM device d LEFT JOIN owner o ON o.device = d.id
    UNION ALL
    SELECT up.new_serial, up.model, d.purchase_region, d.purchased_on, d.activated_at, d.warranty_starts_on,
           o.name, o.phone, o.email,
           (SELECT r.new_serial FROM replacement r WHERE r.old_serial = up.new_serial AND r.undone_at IS NULL)
    FROM up JOIN device d ON d.serial = up.old LEFT JOIN owner o ON o.device = d.id
    ORDER BY 1";

/// The view `plans` written out, so that its two parts are merged by their indexes and not sorted. Plus goes with its
/// plan (C26): it has no binding of its own.
const PLANS: &str = "
    SELECT p.number, p.tier, coalesce(b.serial, p.serial), p.region, p.programme, p.starts_on, p.ends_on,
           p.granted, p.extends, p.sold_on, coalesce(p.returned_on, g.day)
    FROM plan p LEFT JOIN binding b ON b.plan = coalesce(p.extends, p.number) AND b.to_at IS NULL
    LEFT JOIN given_back g ON g.plan = p.number
    UNION ALL
    SELECT p.number, p.tier, coalesce(b.serial, p.serial), p.region, p.programme, p.starts_on, p.ends_on,
           p.granted, p.extends, p.sold_on, g.day
    FROM sold p LEFT JOIN binding b ON b.plan = coalesce(p.extends, p.number) AND b.to_at IS NULL
    LEFT JOIN given_back g ON g.plan = p.number
    WHERE NOT EXISTS (SELECT 1 FROM plan m WHERE m.number = p.number)
    ORDER BY 1";

/// A use that was voided here is the maker's still, until the replacement is used again.
const CLAIMS: &str = "
    SELECT plan, ordinal, used_on, case_ref, old_serial, new_serial FROM maker_use m
    WHERE EXISTS (SELECT 1 FROM maker_uses w WHERE w.plan = m.plan AND w.ordinal = m.ordinal)
       OR NOT EXISTS (SELECT 1 FROM slot_use u
                      WHERE u.plan = m.plan AND u.ordinal = m.ordinal AND u.state = 'used')
    UNION ALL
    SELECT u.plan, u.ordinal,
           coalesce(r.issued_on, (SELECT substr(l.at, 1, 10) FROM ledger l WHERE l.use_id = u.id AND l.entry = 'USE')),
           c.number, coalesce(r.old_serial, c.serial), r.new_serial
    FROM slot_use u JOIN cases c ON c.id = u.case_id
    LEFT JOIN replacement r ON r.case_id = c.id AND r.undone_at IS NULL
    WHERE u.state = 'used'
      AND NOT EXISTS (SELECT 1 FROM maker_uses m WHERE m.plan = u.plan AND m.ordinal = u.ordinal)
    ORDER BY 1, 2";

const NOTICES: &str = "
    SELECT serial, kind, issued_at FROM notice UNION SELECT serial, kind, issued_at FROM noticed ORDER BY 1, 2, 3";

const STOCK: &str = "
    SELECT serial, model, part, state, place FROM shelf ORDER BY serial";

const FEES: &str = "
    SELECT programme, model, currency, ordinal, minor, source FROM fee
    ORDER BY programme, model, currency, ordinal";

/// Gives every row to `each`, its cells as text in the order of the file's columns; amounts in minor units.
pub fn export<E: From<Fault>>(
    tx: &Tx<'_>,
    kind: Kind,
    mut each: impl FnMut(&[Option<String>]) -> Result<(), E>,
) -> Result<(), E> {
    let sql = match kind {
        Kind::Devices => DEVICES,
        Kind::Plans => PLANS,
        Kind::Claims => CLAIMS,
        Kind::Notices => NOTICES,
        Kind::Stock => STOCK,
        Kind::Fees => FEES,
    };
    let mut query = tx.sql.prepare(sql).map_err(Fault::from)?;
    let mut rows = query.query([]).map_err(Fault::from)?;
    let mut cells = vec![None; kind.columns().len()];
    while let Some(row) = rows.next().map_err(Fault::from)? {
        for (at, cell) in cells.iter_mut().enumerate() {
            *cell = match row.get_ref(at).map_err(Fault::from)? {
                ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Integer(number) => Some(number.to_string()),
                ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => None,
            };
        }
        each(&cells)?;
    }
    Ok(())
}
