//! The rows of an issued replacement: all of them, in the transaction of the act.

use rusqlite::named_params;

use crate::domain::case::State;
use crate::domain::event::{Handed, Issued, Moved};
use crate::repository::apply::{bind, ledger, life, one, shelf, tail};
use crate::repository::{Fault, Tx};

pub(super) fn issued(tx: &Tx<'_>, seq: i64, it: &Issued) -> Result<(), Fault> {
    let (case, at) = (&it.case, &it.at);
    let sql = "UPDATE slot_use SET state = 'used' WHERE id = :id AND state = 'reserved'";
    one(tx, sql, named_params! { ":id": it.slot.id })?;
    ledger(tx, seq, "USE", (&it.slot.id, at))?;
    for unit in &it.units {
        hand_out(tx, case, at, unit)?;
    }
    if let Some(moved) = &it.moved {
        replace(tx, case, (at, &it.on.to_string()), moved)?;
    }
    it.kept.iter().try_for_each(|part| life::keep(tx, seq, (case, part)))?;
    life::state(tx, seq, (case, State::HandedOver))?;
    // A unit that was kept for the case and stayed on its shelf is free again.
    shelf::free(tx, seq, case)
}

fn hand_out(tx: &Tx<'_>, case: &str, at: &str, unit: &Handed) -> Result<(), Fault> {
    let sql = "INSERT INTO unit (serial, state, case_id, at) VALUES (:serial, 'issued', :case, :at)
               ON CONFLICT (serial) DO UPDATE SET state = 'issued', case_id = :case, at = :at";
    one(tx, sql, named_params! { ":serial": unit.serial, ":case": case, ":at": at })?;
    let sql = "INSERT INTO issued (case_id, serial, part) VALUES (:case, :serial, :part)
               ON CONFLICT (case_id, serial) DO UPDATE SET part = :part, undone_at = NULL";
    one(tx, sql, named_params! { ":case": case, ":serial": unit.serial, ":part": unit.part })
}

fn replace(tx: &Tx<'_>, case: &str, (at, on): (&str, &str), moved: &Moved) -> Result<(), Fault> {
    let sql =
        "INSERT INTO replacement (new_serial, tail, old_serial, model, region, plan, case_id, at, issued_on)
               VALUES (:new, :tail, :old, :model, :region, :plan, :case, :at, :on)";
    one(
        tx,
        sql,
        named_params! {
            ":new": moved.to, ":tail": tail(&moved.to), ":old": moved.from, ":model": moved.model,
            ":region": moved.region, ":plan": moved.plan, ":case": case, ":at": at, ":on": on,
        },
    )?;
    bind(tx, case, at, moved)
}
