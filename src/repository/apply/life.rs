//! The rows of a case's life beside the straight way.

use rusqlite::named_params;

use crate::domain::case::State;
use crate::domain::claim::Owner;
use crate::domain::event::{
    Back, Cancelled, ChangedMind, Finished, Kept, MovedBack, PartsBrought, PartsWaived, Reopened, Unflagged,
    Voided, Whereabouts,
};
use crate::repository::apply::{json, ledger_now, moment, one, payment, shelf};
use crate::repository::{Fault, Tx};

/// Puts a case into a state; the time in a state begins when it is entered.
pub(super) fn state(tx: &Tx<'_>, seq: i64, (case, state): (&str, State)) -> Result<(), Fault> {
    let sql = concat!(
        "UPDATE cases SET since = CASE state WHEN :state THEN since ELSE ",
        moment!(),
        " END, state = :state WHERE id = :case"
    );
    one(tx, sql, named_params! { ":case": case, ":state": state.as_str(), ":seq": seq })
}

/// The quote stands no longer: fee, outcome and override go with it. A waiver belongs to its quote.
fn supersede(tx: &Tx<'_>, case: &str) -> Result<(), Fault> {
    let sql = "UPDATE cases SET quote = quote + 1, outcome = 'none', quoted_at = NULL, slot_plan = NULL,
                   slot_ordinal = NULL, fee_minor = NULL, fee_currency = NULL, reason = NULL,
                   overridden_by = NULL, result = NULL, told_at = NULL, parts_waived = NULL WHERE id = :case";
    one(tx, sql, named_params! { ":case": case })
}

/// Gives a reserved replacement back, and the units that were kept for the case.
fn release(tx: &Tx<'_>, seq: i64, (case, slot): (&str, Option<&String>)) -> Result<(), Fault> {
    if let Some(slot) = slot {
        let sql = "UPDATE slot_use SET state = 'released' WHERE id = :id AND state = 'reserved'";
        one(tx, sql, named_params! { ":id": slot })?;
        ledger_now(tx, seq, ("RELEASE", slot))?;
    }
    shelf::free(tx, seq, case)
}

pub(super) fn changed_mind(tx: &Tx<'_>, seq: i64, it: &ChangedMind) -> Result<(), Fault> {
    release(tx, seq, (&it.case, it.slot.as_ref()))?;
    supersede(tx, &it.case)?;
    state(tx, seq, (&it.case, State::Assessed))
}

pub(super) fn cancelled(tx: &Tx<'_>, seq: i64, it: &Cancelled) -> Result<(), Fault> {
    release(tx, seq, (&it.case, it.slot.as_ref()))?;
    supersede(tx, &it.case)?;
    let sql = "UPDATE appointment SET state = 'cancelled' WHERE case_id = :case AND state = 'booked'";
    tx.sql.prepare_cached(sql)?.execute(named_params! { ":case": it.case })?;
    let sql = "UPDATE cases SET reason = :reason, held = 0, held_reason = NULL WHERE id = :case";
    one(tx, sql, named_params! { ":case": it.case, ":reason": it.reason.id })?;
    state(tx, seq, (&it.case, State::Cancelled))
}

pub(super) fn held(tx: &Tx<'_>, case: &str, reason: Option<&String>) -> Result<(), Fault> {
    let sql = "UPDATE cases SET held = :held, held_reason = :reason WHERE id = :case";
    one(tx, sql, named_params! { ":case": case, ":held": reason.is_some(), ":reason": reason })
}

pub(super) fn finished(tx: &Tx<'_>, seq: i64, it: &Finished) -> Result<(), Fault> {
    let sql = "UPDATE cases SET result = :result WHERE id = :case";
    one(tx, sql, named_params! { ":case": it.case, ":result": it.result.id })?;
    state(tx, seq, (&it.case, State::Ready))
}

/// A use that is void gives its ordinal back; binding, units and money follow, in one act.
pub(super) fn voided(tx: &Tx<'_>, seq: i64, it: &Voided) -> Result<(), Fault> {
    let sql = "UPDATE slot_use SET state = 'void' WHERE id = :id AND state = 'used'";
    one(tx, sql, named_params! { ":id": it.slot })?;
    ledger_now(tx, seq, ("VOID", &it.slot))?;
    if let Some(moved) = &it.moved {
        move_back(tx, seq, (&it.case, moved))?;
    }
    let sql =
        concat!("UPDATE issued SET undone_at = ", moment!(), " WHERE case_id = :case AND undone_at IS NULL");
    tx.sql.prepare_cached(sql)?.execute(named_params! { ":case": it.case, ":seq": seq })?;
    it.units.iter().try_for_each(|unit| back(tx, seq, unit))?;
    let sql = "UPDATE old_part SET state = 'given-back' WHERE case_id = :case AND state = 'waiting'";
    tx.sql.prepare_cached(sql)?.execute(named_params! { ":case": it.case })?;
    it.lines.iter().try_for_each(|line| payment(tx, &it.case, seq, line))?;
    supersede(tx, &it.case)?;
    state(tx, seq, (&it.case, State::Assessed))
}

fn move_back(tx: &Tx<'_>, seq: i64, (case, moved): (&str, &MovedBack)) -> Result<(), Fault> {
    let sql = concat!(
        "UPDATE replacement SET undone_at = ",
        moment!(),
        " WHERE new_serial = :from AND undone_at IS NULL"
    );
    one(tx, sql, named_params! { ":from": moved.from, ":seq": seq })?;
    let sql = concat!("UPDATE binding SET to_at = ", moment!(), " WHERE plan = :plan AND to_at IS NULL");
    one(tx, sql, named_params! { ":plan": moved.plan, ":seq": seq })?;
    let sql = concat!(
        "INSERT INTO binding (id, plan, serial, from_at, to_at, case_id) VALUES (:id, :plan, :to, ",
        moment!(),
        ", NULL, :case)"
    );
    let values = named_params! {
        ":id": moved.binding, ":plan": moved.plan, ":to": moved.to, ":case": case, ":seq": seq,
    };
    one(tx, sql, values)
}

fn back(tx: &Tx<'_>, seq: i64, unit: &Back) -> Result<(), Fault> {
    let state = match unit.how {
        Whereabouts::Back => "quarantine",
        Whereabouts::Lost => "missing",
    };
    shelf::put(tx, seq, (&unit.serial, state), None)
}

/// A closed case is as it was; a cancelled one begins anew, with the unit where it was brought again.
pub(super) fn reopened(tx: &Tx<'_>, seq: i64, it: &Reopened) -> Result<(), Fault> {
    state(tx, seq, (&it.case, it.state))?;
    if it.state == State::HandedOver {
        return Ok(());
    }
    let sql = "UPDATE cases SET on_unit = :unit, handed_in = :parts, owner = coalesce(:owner, owner),
                   reason = NULL, assessment_owed = 0 WHERE id = :case";
    let (unit, parts) = it.brought.as_ref().map(|it| (&it.on_unit, json(&it.handed_in))).unzip();
    let owner = it.brought.as_ref().and_then(|it| it.owner).map(Owner::as_str);
    one(tx, sql, named_params! { ":case": it.case, ":unit": unit, ":parts": parts, ":owner": owner })
}

pub(super) fn unflagged(tx: &Tx<'_>, it: &Unflagged) -> Result<(), Fault> {
    let sql = "DELETE FROM conflict
               WHERE (plan, ordinal, new_serial, case_id) = (:plan, :ordinal, :serial, :case)";
    one(
        tx,
        sql,
        named_params! {
            ":plan": it.plan, ":ordinal": it.ordinal, ":serial": it.new_serial, ":case": it.case,
        },
    )
}

/// A closed case rests no longer.
pub(super) fn closed(tx: &Tx<'_>, seq: i64, case: &str) -> Result<(), Fault> {
    held(tx, case, None)?;
    state(tx, seq, (case, State::Closed))
}

pub(super) fn parts_brought(tx: &Tx<'_>, seq: i64, it: &PartsBrought) -> Result<(), Fault> {
    let sql = "UPDATE cases SET handed_in = :parts WHERE id = :case";
    one(tx, sql, named_params! { ":case": it.case, ":parts": json(&it.handed_in) })?;
    it.kept.iter().try_for_each(|part| keep(tx, seq, (&it.case, part)))
}

pub(super) fn parts_waived(tx: &Tx<'_>, it: &PartsWaived) -> Result<(), Fault> {
    let sql = "UPDATE cases SET parts_waived = :parts WHERE id = :case";
    one(tx, sql, named_params! { ":case": it.case, ":parts": json(&it.parts) })
}

/// An old unit or part waits for the maker.
pub(super) fn keep(tx: &Tx<'_>, seq: i64, (case, part): (&str, &Kept)) -> Result<(), Fault> {
    let sql = concat!(
        "INSERT INTO old_part (id, case_id, part, model, serial, came_at, state) VALUES (:id, :case, :part, :model, :serial, ",
        moment!(),
        ", 'waiting')"
    );
    one(
        tx,
        sql,
        named_params! {
            ":id": part.id, ":case": case, ":part": part.part, ":model": part.model, ":serial": part.serial,
            ":seq": seq,
        },
    )
}
