//! The statements that take a range of staged rows into the registry; an empty cell keeps what is there.

use rusqlite::named_params;

use crate::repository::registry::{Attached, Kind};
use crate::repository::{Fault, Tx};

/// The staged rows, as `s`, of which the registry has nothing yet.
pub(super) const fn new(kind: Kind) -> &'static str {
    match kind {
        Kind::Devices => "NOT EXISTS (SELECT 1 FROM main.device d WHERE d.serial = s.serial)",
        Kind::Plans => "NOT EXISTS (SELECT 1 FROM main.plan p WHERE p.number = s.number)",
        Kind::Claims => {
            "NOT EXISTS (SELECT 1 FROM main.maker_use m WHERE m.plan = s.plan AND m.ordinal = s.ordinal)"
        }
        Kind::Notices => {
            "NOT EXISTS (SELECT 1 FROM main.notice o
                 WHERE (o.serial, o.kind, o.issued_at) = (s.serial, s.kind, s.issued_at))"
        }
        Kind::Stock => "NOT EXISTS (SELECT 1 FROM main.stock k WHERE k.serial = s.serial)",
        Kind::Fees => {
            "NOT EXISTS (SELECT 1 FROM main.fee f WHERE (f.programme, f.model, f.currency, f.ordinal)
                     = (s.programme, s.model, s.currency, s.ordinal))"
        }
    }
}

/// What the registry has of the staged rows, as `s`, and when they are different from it.
type Different = (&'static str, &'static str);

const OTHER_DEVICE: Different = (
    "JOIN main.device d ON d.serial = s.serial LEFT JOIN main.owner o ON o.device = d.id",
    "coalesce(s.model, d.model) <> d.model
         OR coalesce(s.purchase_region, d.purchase_region) IS NOT d.purchase_region
         OR coalesce(s.purchased_on, d.purchased_on) IS NOT d.purchased_on
         OR coalesce(s.activated_at, d.activated_at) IS NOT d.activated_at
         OR coalesce(s.warranty_starts_on, d.warranty_starts_on) IS NOT d.warranty_starts_on
         OR coalesce(s.replaced_by, d.replaced_by) IS NOT d.replaced_by
         OR coalesce(s.owner_name, o.name) IS NOT o.name OR coalesce(s.owner_phone, o.phone) IS NOT o.phone
         OR coalesce(s.owner_email, o.email) IS NOT o.email",
);

const OTHER_PLAN: Different = (
    "JOIN main.plan p ON p.number = s.number",
    "(s.serial, s.region, s.programme, s.starts_on, s.ends_on, s.granted, s.sold_on, s.returned_on)
         IS NOT (p.serial, p.region, p.programme, p.starts_on, p.ends_on, p.granted, p.sold_on, p.returned_on)",
);

const OTHER_CLAIM: Different = (
    "JOIN main.maker_use m ON m.plan = s.plan AND m.ordinal = s.ordinal",
    "coalesce(s.used_on, m.used_on) IS NOT m.used_on
         OR coalesce(s.\"case\", m.case_ref) IS NOT m.case_ref
         OR coalesce(s.old_serial, m.old_serial) IS NOT m.old_serial
         OR coalesce(s.new_serial, m.new_serial) IS NOT m.new_serial",
);

const OTHER_UNIT: Different = (
    "JOIN main.stock k ON k.serial = s.serial",
    "coalesce(s.model, k.model) <> k.model OR coalesce(s.part, k.part) <> k.part
         OR coalesce(s.state, k.state) <> k.state OR coalesce(s.place, k.place) IS NOT k.place",
);

const OTHER_FEE: Different = (
    "JOIN main.fee f ON (f.programme, f.model, f.currency, f.ordinal)
         = (s.programme, s.model, s.currency, s.ordinal)",
    "coalesce(s.amount, f.minor) <> f.minor OR coalesce(s.source, f.source) IS NOT f.source",
);

pub(super) const fn different(kind: Kind) -> Different {
    match kind {
        Kind::Devices => OTHER_DEVICE,
        Kind::Plans => OTHER_PLAN,
        Kind::Claims => OTHER_CLAIM,
        Kind::Notices => ("", "0"),
        Kind::Stock => OTHER_UNIT,
        Kind::Fees => OTHER_FEE,
    }
}

/// Leaves out of the staging file the devices and plans that the registry has as they are.
///
/// Only an import writes there and one runs at a time, so that this needs no lock and makes no counter wait.
pub(super) fn leave_out_known(staged: &Attached<'_>) -> Result<(), Fault> {
    if !matches!(staged.kind, Kind::Devices | Kind::Plans) {
        return Ok(());
    }
    let (there, different) = different(staged.kind);
    let known = format!("FROM staged.row s {there} WHERE NOT ({different})");
    let count = |from: &str| -> Result<i64, Fault> {
        Ok(staged.sql().query_row(&format!("SELECT count(*) {from}"), [], |row| row.get(0))?)
    };
    let (rows, same) = (count("FROM staged.row")?, count(&known)?);
    if same == rows {
        staged.sql().execute("DELETE FROM staged.row", [])?;
    } else if same > 0 {
        staged.sql().execute(&format!("DELETE FROM staged.row WHERE n IN (SELECT s.n {known})"), [])?;
    }
    Ok(())
}

const PLAN: &str = "
    INSERT INTO main.plan (number, serial, region, programme, starts_on, ends_on, granted, extends,
        sold_on, returned_on)
    SELECT number, serial, region, programme, starts_on, ends_on,
           max(granted, coalesce((SELECT max(ordinal) FROM main.slot_use u
                                  WHERE u.plan = number AND u.state IN ('reserved', 'used')), 0)),
           extends, sold_on, returned_on
    FROM staged.row WHERE n BETWEEN :from AND :to ORDER BY n
    ON CONFLICT (number) DO UPDATE SET serial = excluded.serial, region = excluded.region,
        programme = excluded.programme, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
        granted = excluded.granted, sold_on = excluded.sold_on, returned_on = excluded.returned_on
    WHERE (serial, region, programme, starts_on, ends_on, granted, sold_on, returned_on)
       IS NOT (excluded.serial, excluded.region, excluded.programme, excluded.starts_on, excluded.ends_on,
               excluded.granted, excluded.sold_on, excluded.returned_on)";

const SLOTS: &str = "
    INSERT OR IGNORE INTO main.slot (plan, ordinal)
    SELECT s.number, o.i FROM staged.row s CROSS JOIN staged.ordinals o ON o.i <= s.granted
    WHERE s.n BETWEEN :from AND :to ORDER BY s.n, o.i";

/// A row that contradicts a living case is left out: the case went on while the file was read.
const CLAIM: &str = "
    INSERT INTO main.maker_use (plan, ordinal, used_on, case_ref, old_serial, new_serial)
    SELECT s.plan, s.ordinal, s.used_on, s.\"case\", s.old_serial, s.new_serial FROM staged.row s
    WHERE s.n BETWEEN :from AND :to AND NOT EXISTS (
        SELECT 1 FROM main.slot_use u WHERE u.plan = s.plan AND u.ordinal = s.ordinal
          AND u.state IN ('reserved', 'used')
          AND (u.state = 'reserved' OR (s.new_serial IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM main.issued i WHERE i.case_id = u.case_id AND i.serial = s.new_serial))))
    ORDER BY s.n
    ON CONFLICT (plan, ordinal) DO UPDATE SET used_on = coalesce(excluded.used_on, used_on),
        case_ref = coalesce(excluded.case_ref, case_ref), old_serial = coalesce(excluded.old_serial, old_serial),
        new_serial = coalesce(excluded.new_serial, new_serial)
    WHERE coalesce(excluded.used_on, used_on) IS NOT used_on
       OR coalesce(excluded.case_ref, case_ref) IS NOT case_ref
       OR coalesce(excluded.old_serial, old_serial) IS NOT old_serial
       OR coalesce(excluded.new_serial, new_serial) IS NOT new_serial";

const NOTICE: &str = "
    INSERT OR IGNORE INTO main.notice (serial, kind, issued_at)
    SELECT serial, kind, issued_at FROM staged.row WHERE n BETWEEN :from AND :to ORDER BY n";

/// Two statements, because a unit that was issued since is a customer's device and may not be put in anew.
const STOCK: [&str; 2] = [
    "UPDATE main.stock AS k SET model = coalesce(s.model, k.model), part = coalesce(s.part, k.part),
         state = coalesce(s.state, k.state), place = coalesce(s.place, k.place)
     FROM staged.row s WHERE s.serial = k.serial AND s.n BETWEEN :from AND :to
       AND (coalesce(s.model, k.model) <> k.model OR coalesce(s.part, k.part) <> k.part
            OR coalesce(s.state, k.state) <> k.state OR coalesce(s.place, k.place) IS NOT k.place)",
    "INSERT INTO main.stock (serial, model, part, state, place)
     SELECT s.serial, s.model, s.part, s.state, s.place FROM staged.row s
     WHERE s.n BETWEEN :from AND :to AND NOT EXISTS (SELECT 1 FROM main.stock k WHERE k.serial = s.serial)
     ORDER BY s.n",
];

/// The amount of a row without one is what is there: the checks refuse it on a new row.
const FEE: &str = "
    INSERT INTO main.fee (programme, model, currency, ordinal, minor, source)
    SELECT s.programme, s.model, s.currency, s.ordinal, coalesce(s.amount, f.minor), s.source
    FROM staged.row s LEFT JOIN main.fee f ON (f.programme, f.model, f.currency, f.ordinal)
        = (s.programme, s.model, s.currency, s.ordinal)
    WHERE s.n BETWEEN :from AND :to ORDER BY s.n
    ON CONFLICT (programme, model, currency, ordinal) DO UPDATE SET minor = excluded.minor,
        source = coalesce(excluded.source, source)
    WHERE minor <> excluded.minor OR coalesce(excluded.source, source) IS NOT source";

pub(super) const fn statements(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Devices => &[],
        Kind::Plans => &[PLAN, SLOTS],
        Kind::Claims => &[CLAIM],
        Kind::Notices => &[NOTICE],
        Kind::Stock => &STOCK,
        Kind::Fees => &[FEE],
    }
}

/// Plans that move to another serial, or are returned, go first and together: in between, two living plans
/// could stand on one serial. So does a plan that was given back here, once the maker has the next one.
pub(super) fn moved_plans(tx: &Tx<'_>) -> Result<(), Fault> {
    tx.sql.execute_batch(
        "UPDATE main.plan AS p SET returned_on = g.day FROM main.given_back g
         WHERE g.plan = p.number AND p.returned_on IS NULL
           AND p.number IN (SELECT plan FROM main.given_back)
           AND EXISTS (SELECT 1 FROM staged.row s
                       WHERE s.serial IN (p.serial, (SELECT b.serial FROM main.binding b
                                                     WHERE b.plan = p.number AND b.to_at IS NULL))
                         AND s.tier = 'refresh' AND s.returned_on IS NULL AND s.number <> p.number);
         CREATE TEMP TABLE moved AS
             SELECT s.n FROM staged.row s JOIN main.plan p ON p.number = s.number
             WHERE p.serial <> s.serial OR (p.returned_on IS NULL) <> (s.returned_on IS NULL);
         UPDATE main.plan SET returned_on = coalesce(returned_on, '0001-01-01')
         WHERE number IN (SELECT s.number FROM temp.moved m JOIN staged.row s ON s.n = m.n);
         UPDATE main.plan AS p SET serial = s.serial, returned_on = s.returned_on
         FROM temp.moved m JOIN staged.row s ON s.n = m.n WHERE p.number = s.number;
         DROP TABLE temp.moved",
    )?;
    Ok(())
}

const DEVICE: &str = "
    INSERT INTO main.device (serial, tail, model, purchase_region, purchased_on, activated_at,
        warranty_starts_on, replaced_by)
    SELECT s.serial, s.tail, coalesce(s.model, d.model), s.purchase_region, s.purchased_on, s.activated_at,
        s.warranty_starts_on, s.replaced_by
    FROM staged.row s LEFT JOIN main.device d ON d.serial = s.serial
    WHERE s.n BETWEEN :from AND :to ORDER BY s.n
    ON CONFLICT (serial) DO UPDATE SET model = excluded.model,
        purchase_region = coalesce(excluded.purchase_region, purchase_region),
        purchased_on = coalesce(excluded.purchased_on, purchased_on),
        activated_at = coalesce(excluded.activated_at, activated_at),
        warranty_starts_on = coalesce(excluded.warranty_starts_on, warranty_starts_on),
        replaced_by = coalesce(excluded.replaced_by, replaced_by)
    WHERE model <> excluded.model
       OR coalesce(excluded.purchase_region, purchase_region) IS NOT purchase_region
       OR coalesce(excluded.purchased_on, purchased_on) IS NOT purchased_on
       OR coalesce(excluded.activated_at, activated_at) IS NOT activated_at
       OR coalesce(excluded.warranty_starts_on, warranty_starts_on) IS NOT warranty_starts_on
       OR coalesce(excluded.replaced_by, replaced_by) IS NOT replaced_by";

const NAMED: &str = "
    SELECT d.id, o.name, s.owner_name FROM staged.row s JOIN main.device d ON d.serial = s.serial
    LEFT JOIN main.owner o ON o.device = d.id
    WHERE s.n BETWEEN :from AND :to AND s.owner_name IS NOT NULL AND o.name IS NOT s.owner_name";

const OWNER: &str = "
    INSERT INTO main.owner (device, name, phone, email, phone_tail)
    SELECT d.id, s.owner_name, s.owner_phone, s.owner_email, s.phone_tail
    FROM staged.row s JOIN main.device d ON d.serial = s.serial
    WHERE s.n BETWEEN :from AND :to
      AND (s.owner_name IS NOT NULL OR s.owner_phone IS NOT NULL OR s.owner_email IS NOT NULL)
    ORDER BY s.n
    ON CONFLICT (device) DO UPDATE SET name = coalesce(excluded.name, name),
        phone_tail = CASE WHEN excluded.phone IS NULL THEN phone_tail ELSE excluded.phone_tail END,
        phone = coalesce(excluded.phone, phone), email = coalesce(excluded.email, email)
    WHERE coalesce(excluded.name, name) IS NOT name OR coalesce(excluded.phone, phone) IS NOT phone
       OR coalesce(excluded.email, email) IS NOT email";

/// Devices, their owners, and the words that find the owners.
pub(super) fn devices(
    tx: &Tx<'_>,
    (from, to): (i64, i64),
    words: fn(&str) -> Vec<String>,
) -> Result<(), Fault> {
    let range = named_params! { ":from": from, ":to": to };
    tx.sql.prepare_cached(DEVICE)?.execute(range)?;
    let named: Vec<(i64, Option<String>, String)> = tx
        .sql
        .prepare_cached(NAMED)?
        .query_map(range, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut forget = tx.sql.prepare_cached("DELETE FROM main.owner_word WHERE word = ? AND device = ?")?;
    for (device, name, _) in &named {
        for word in name.as_deref().map(words).unwrap_or_default() {
            forget.execute((word, device))?;
        }
    }
    let mut pairs: Vec<(String, i64)> = Vec::new();
    for (device, _, name) in &named {
        pairs.extend(words(name).into_iter().map(|word| (word, *device)));
    }
    pairs.sort_unstable();
    let mut insert =
        tx.sql.prepare_cached("INSERT OR IGNORE INTO main.owner_word (word, device) VALUES (?, ?)")?;
    for pair in pairs {
        insert.execute(pair)?;
    }
    tx.sql.prepare_cached(OWNER)?.execute(range)?;
    Ok(())
}
