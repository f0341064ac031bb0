//! The rows of what happens on the shelf.

use rusqlite::named_params;

use crate::domain::event::{Arrival, Counted, Keeping, KeptFor, Shipped};
use crate::repository::apply::{json, moment, one};
use crate::repository::{Fault, Tx};

pub(super) fn arrived(tx: &Tx<'_>, seq: i64, unit: &Arrival) -> Result<(), Fault> {
    let sql = concat!(
        "INSERT INTO unit (serial, state, case_id, at, model, part, place) VALUES (:serial, 'in-stock', NULL, ",
        moment!(),
        ", :model, :part, :place)"
    );
    one(
        tx,
        sql,
        named_params! {
            ":serial": unit.serial, ":model": unit.model, ":part": unit.part, ":place": unit.place, ":seq": seq,
        },
    )
}

/// Puts a unit into a state, free of any case; its shelf stays unless another is named.
pub(super) fn put(
    tx: &Tx<'_>,
    seq: i64,
    (serial, state): (&str, &str),
    place: Option<&str>,
) -> Result<(), Fault> {
    let sql = concat!(
        "INSERT INTO unit (serial, state, case_id, at, place) VALUES (:serial, :state, NULL, ",
        moment!(),
        ", :place) ON CONFLICT (serial) DO UPDATE SET state = excluded.state, at = excluded.at,
           case_id = CASE excluded.state WHEN 'in-stock' THEN NULL ELSE case_id END,
           place = coalesce(excluded.place, place)"
    );
    one(tx, sql, named_params! { ":serial": serial, ":state": state, ":place": place, ":seq": seq })
}

pub(super) fn kept_for(tx: &Tx<'_>, seq: i64, it: &KeptFor) -> Result<(), Fault> {
    match it.how {
        Keeping::Freed => put(tx, seq, (&it.serial, "in-stock"), None),
        Keeping::Kept => {
            put(tx, seq, (&it.serial, "reserved"), None)?;
            let sql = "UPDATE unit SET case_id = :case WHERE serial = :serial";
            one(tx, sql, named_params! { ":case": it.case, ":serial": it.serial })
        }
    }
}

/// Frees every unit that is kept for a case.
pub(super) fn free(tx: &Tx<'_>, seq: i64, case: &str) -> Result<(), Fault> {
    let sql = concat!(
        "UPDATE unit SET state = 'in-stock', case_id = NULL, at = ",
        moment!(),
        " WHERE case_id = :case AND state = 'reserved'"
    );
    tx.sql.prepare_cached(sql)?.execute(named_params! { ":case": case, ":seq": seq })?;
    Ok(())
}

pub(super) fn counted(tx: &Tx<'_>, seq: i64, it: &Counted) -> Result<(), Fault> {
    it.missing.iter().try_for_each(|serial| put(tx, seq, (serial, "missing"), None))?;
    it.found.iter().try_for_each(|serial| put(tx, seq, (serial, "in-stock"), Some(&it.place)))?;
    let sql = concat!(
        "INSERT INTO stock_count (id, place, at, scanned, missing, found, strange) VALUES (:id, :place, ",
        moment!(),
        ", :scanned, :missing, :found, :strange)"
    );
    one(
        tx,
        sql,
        named_params! {
            ":id": it.id, ":place": it.place, ":scanned": it.scanned, ":missing": json(&it.missing),
            ":found": json(&it.found), ":strange": json(&it.strange), ":seq": seq,
        },
    )
}

pub(super) fn shipped(tx: &Tx<'_>, seq: i64, it: &Shipped) -> Result<(), Fault> {
    for serial in &it.units {
        put(tx, seq, (serial, "returned"), None)?;
        let sql = "UPDATE unit SET packing = :packing WHERE serial = :serial";
        one(tx, sql, named_params! { ":packing": it.packing, ":serial": serial })?;
    }
    let sql =
        "UPDATE old_part SET state = 'shipped', packing = :packing WHERE id = :id AND state = 'waiting'";
    it.parts.iter().try_for_each(|id| one(tx, sql, named_params! { ":packing": it.packing, ":id": id }))
}
