//! Applies an event to the shop's tables. Acts and the replay of a journal go the same way.

use rusqlite::named_params;

use crate::domain::case::State;
use crate::domain::event::{
    Assessed, Chosen, Event, Flagged, Line, Moved, Paid, Payment, Printed, Received, Recorded, Setup, Slot,
    Stated,
};
use crate::repository::{Fault, Tx};

mod day;
mod enrol;
mod issue;
mod life;
mod shelf;
mod visit;

/// When the event of a line happened, as SQL: every row that an act makes bears the journal's own moment.
macro_rules! moment {
    () => {
        "(SELECT at FROM journal WHERE seq = :seq)"
    };
}
pub(super) use moment;

/// Writes what an event says.
pub fn apply(tx: &Tx<'_>, seq: i64, event: &Event) -> Result<(), Fault> {
    match event {
        Event::Setup(it) => setup(tx, it),
        Event::Imported(_) => Ok(()),
        Event::Flagged(it) => flagged(tx, it),
        Event::Recorded(it) => recorded(tx, it),
        Event::Received(it) => received(tx, seq, it),
        Event::Assessed(it) => assessed(tx, seq, it),
        Event::Chosen(it) => chosen(tx, seq, it),
        Event::Paid(it) => paid(tx, seq, it),
        Event::Issued(it) => issue::issued(tx, seq, it),
        Event::Closed(it) => life::closed(tx, seq, &it.case),
        Event::Printed(it) => printed(tx, it),
        Event::ChangedMind(it) => life::changed_mind(tx, seq, it),
        Event::Held(it) => life::held(tx, &it.case, Some(&it.reason.id)),
        Event::Unheld(it) => life::held(tx, &it.case, None),
        Event::Worked(it) => life::state(tx, seq, (&it.case, State::InWork)),
        Event::Finished(it) => life::finished(tx, seq, it),
        Event::Told(it) => visit::told(tx, seq, it),
        Event::HandedOver(it) => life::state(tx, seq, (&it.case, State::HandedOver)),
        Event::Refunded(it) => payment(tx, &it.case, seq, &it.line),
        Event::Cancelled(it) => life::cancelled(tx, seq, it),
        Event::Voided(it) => life::voided(tx, seq, it),
        Event::Reopened(it) => life::reopened(tx, seq, it),
        Event::Unflagged(it) => life::unflagged(tx, it),
        Event::PartsBrought(it) => life::parts_brought(tx, seq, it),
        Event::PartsWaived(it) => life::parts_waived(tx, it),
        Event::Appointed(it) => visit::appointed(tx, it),
        Event::Arrived(it) => it.units.iter().try_for_each(|unit| shelf::arrived(tx, seq, unit)),
        Event::KeptFor(it) => shelf::kept_for(tx, seq, it),
        Event::Counted(it) => shelf::counted(tx, seq, it),
        Event::Quarantined(it) => shelf::put(tx, seq, (&it.serial, "quarantine"), None),
        Event::Found(it) => shelf::put(tx, seq, (&it.serial, "in-stock"), it.place.as_deref()),
        Event::Shipped(it) => shelf::shipped(tx, seq, it),
        Event::Bound(it) => enrol::bound(tx, seq, it),
        Event::Extended(it) => enrol::extended(tx, seq, it),
        Event::GivenBack(it) => enrol::given_back(tx, seq, it),
        Event::Noticed(it) => enrol::noticed(tx, it),
        Event::DayClosed(it) => day::closed(tx, seq, it),
        Event::SheetPrinted(it) => day::printed(tx, seq, it),
    }
}

fn flagged(tx: &Tx<'_>, it: &Flagged) -> Result<(), Fault> {
    let sql = "INSERT OR IGNORE INTO conflict (plan, ordinal, new_serial, case_id, at)
               VALUES (:plan, :ordinal, :serial, :case, :at)";
    tx.sql.prepare_cached(sql)?.execute(named_params! {
        ":plan": it.plan, ":ordinal": it.ordinal, ":serial": it.new_serial, ":case": it.case, ":at": it.at,
    })?;
    Ok(())
}

fn received(tx: &Tx<'_>, seq: i64, it: &Received) -> Result<(), Fault> {
    let sql = concat!(
        "UPDATE cases SET state = 'RECEIVED', on_unit = :unit, handed_in = :parts, owner = :owner, since = ",
        moment!(),
        " WHERE id = :case"
    );
    let (parts, owner) = (json(&it.handed_in), it.owner.as_str());
    let values = named_params! {
        ":case": it.case, ":unit": it.on_unit, ":parts": parts, ":owner": owner, ":seq": seq,
    };
    one(tx, sql, values)?;
    visit::arrived(tx, &it.case)
}

fn assessed(tx: &Tx<'_>, seq: i64, it: &Assessed) -> Result<(), Fault> {
    restate(tx, &it.case, &it.stated)?;
    let sql = "UPDATE cases SET finding = :finding, assessment_owed = 0 WHERE id = :case";
    one(tx, sql, named_params! { ":case": it.case, ":finding": it.finding.id })?;
    life::state(tx, seq, (&it.case, it.state))
}

fn paid(tx: &Tx<'_>, seq: i64, it: &Paid) -> Result<(), Fault> {
    let sql = "UPDATE cases SET fee_minor = :minor, fee_currency = :currency WHERE id = :case";
    let currency = it.fee.currency.as_str();
    one(tx, sql, named_params! { ":case": it.case, ":minor": it.fee.minor, ":currency": currency })?;
    it.lines.iter().try_for_each(|line| payment(tx, &it.case, seq, line))
}

fn printed(tx: &Tx<'_>, it: &Printed) -> Result<(), Fault> {
    let sql = if it.copy == 0 {
        "INSERT INTO paper (id, case_id, kind, text, at, copies) VALUES (:id, :case, :kind, :text, :at, 0)"
    } else {
        "UPDATE paper SET copies = :copy WHERE id = :id AND case_id = :case AND kind = :kind"
    };
    let mut statement = tx.sql.prepare_cached(sql)?;
    if it.copy == 0 {
        statement.execute(named_params! {
            ":id": it.paper, ":case": it.case, ":kind": it.kind, ":text": it.text.id, ":at": it.at,
        })?;
    } else {
        statement.execute(
            named_params! { ":id": it.paper, ":case": it.case, ":kind": it.kind, ":copy": it.copy },
        )?;
    }
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Changes exactly one row; anything else means that the event speaks of a row that is not there.
fn one(tx: &Tx<'_>, sql: &str, values: &[(&str, &dyn rusqlite::ToSql)]) -> Result<(), Fault> {
    match tx.sql.prepare_cached(sql)?.execute(values)? {
        1 => Ok(()),
        rows => Err(Fault::Constraint(format!("an event changed {rows} rows instead of one"))),
    }
}

fn setup(tx: &Tx<'_>, it: &Setup) -> Result<(), Fault> {
    let sql = "INSERT INTO site (one, name, region) VALUES (1, :name, :region)";
    one(tx, sql, named_params! { ":name": it.site, ":region": it.region })?;
    let sql = "INSERT INTO till (id, number, incarnation) VALUES (:id, :number, 1)";
    one(tx, sql, named_params! { ":id": it.till, ":number": it.number })
}

fn recorded(tx: &Tx<'_>, it: &Recorded) -> Result<(), Fault> {
    let stated = &it.stated;
    let sql = "INSERT INTO cases (id, number, till, sequence, serial, chain, plan, customer, said, channel,
                   recorded_at, recorded_on, since, damaged_on, cause, parts, owner, battery_cycles,
                   repaired_elsewhere, state, outcome)
               VALUES (:case, :number, :till, :sequence, :serial, :chain, :plan, :customer, :said, :channel,
                   :at, :on, :at, :damaged, :cause, :parts, :owner, :cycles, :elsewhere, 'RECORDED', 'none')";
    one(
        tx,
        sql,
        named_params! {
            ":case": it.case, ":number": it.number, ":till": it.till, ":sequence": it.sequence,
            ":serial": it.serial, ":chain": it.chain, ":plan": it.plan, ":customer": it.customer.id,
            ":said": it.said.id, ":channel": it.channel.as_str(), ":at": it.at, ":on": it.on.to_string(),
            ":damaged": stated.damaged_on.to_string(), ":cause": stated.cause.as_str(),
            ":parts": json(&stated.parts), ":owner": stated.owner.as_str(),
            ":cycles": stated.battery_cycles, ":elsewhere": stated.repaired_elsewhere,
        },
    )
}

fn restate(tx: &Tx<'_>, case: &str, stated: &Stated) -> Result<(), Fault> {
    let sql = "UPDATE cases SET cause = :cause, parts = :parts, damaged_on = :damaged, owner = :owner,
                   battery_cycles = :cycles, repaired_elsewhere = :elsewhere WHERE id = :case";
    one(
        tx,
        sql,
        named_params! {
            ":case": case, ":cause": stated.cause.as_str(), ":parts": json(&stated.parts),
            ":damaged": stated.damaged_on.to_string(), ":owner": stated.owner.as_str(),
            ":cycles": stated.battery_cycles, ":elsewhere": stated.repaired_elsewhere,
        },
    )
}

fn chosen(tx: &Tx<'_>, seq: i64, it: &Chosen) -> Result<(), Fault> {
    let (case, slot, fee) = (&it.case, it.slot.as_ref(), it.fee);
    let sql =
        "UPDATE cases SET outcome = :outcome, state = :state, since = :at, owner = :owner, quoted_at = :at,
                   slot_plan = :plan, slot_ordinal = :ordinal, fee_minor = :minor, fee_currency = :currency,
                   reason = :reason, overridden_by = :by, assessment_owed = :owed WHERE id = :case";
    one(
        tx,
        sql,
        named_params! {
            ":case": case, ":outcome": it.outcome.as_str(), ":state": it.state.as_str(),
            ":owner": it.owner.as_str(), ":at": it.at, ":plan": slot.map(|slot| &slot.plan),
            ":ordinal": slot.map(|slot| slot.ordinal), ":minor": fee.map(|fee| fee.minor),
            ":currency": fee.map(|fee| fee.currency.as_str().to_owned()),
            ":reason": it.reason.as_ref().map(|reason| &reason.id),
            ":by": it.overridden.as_ref().map(|second| &second.by), ":owed": it.unassessed,
        },
    )?;
    if let Some(plan) = &it.plan {
        let sql = "UPDATE cases SET plan = :plan WHERE id = :case";
        one(tx, sql, named_params! { ":case": case, ":plan": plan })?;
    }
    if let Some(slot) = slot {
        reserve(tx, case, slot)?;
        ledger(tx, seq, "RESERVE", (&slot.id, &it.at))?;
    }
    Ok(())
}

fn reserve(tx: &Tx<'_>, case: &str, slot: &Slot) -> Result<(), Fault> {
    let sql = "INSERT INTO slot_use (id, plan, ordinal, case_id, state)
               VALUES (:id, :plan, :ordinal, :case, 'reserved')";
    let values =
        named_params! { ":id": slot.id, ":plan": slot.plan, ":ordinal": slot.ordinal, ":case": case };
    one(tx, sql, values)
}

fn ledger(tx: &Tx<'_>, seq: i64, entry: &str, (use_id, at): (&str, &str)) -> Result<(), Fault> {
    let sql = "INSERT INTO ledger (seq, entry, use_id, at) VALUES (:seq, :entry, :use, :at)";
    one(tx, sql, named_params! { ":seq": seq, ":entry": entry, ":use": use_id, ":at": at })
}

/// An entry at the moment of the act itself.
fn ledger_now(tx: &Tx<'_>, seq: i64, (entry, use_id): (&str, &str)) -> Result<(), Fault> {
    let sql =
        concat!("INSERT INTO ledger (seq, entry, use_id, at) VALUES (:seq, :entry, :use, ", moment!(), ")");
    one(tx, sql, named_params! { ":seq": seq, ":entry": entry, ":use": use_id })
}

fn payment(tx: &Tx<'_>, case: &str, seq: i64, line: &Line) -> Result<(), Fault> {
    let kind = match line.kind {
        Payment::Taken => "taken",
        Payment::Refunded => "refunded",
        Payment::Waived => "waived",
    };
    let sql = concat!(
        "INSERT INTO payment (id, case_id, kind, method, minor, currency, reason, at, quote)
         SELECT :id, :case, :kind, :method, :minor, :currency, :reason, ",
        moment!(),
        ", quote FROM cases WHERE id = :case"
    );
    one(
        tx,
        sql,
        named_params! {
            ":id": line.id, ":case": case, ":kind": kind, ":method": line.method.map(crate::domain::event::Method::as_str),
            ":minor": line.amount.minor, ":currency": line.amount.currency.as_str(),
            ":reason": line.reason.as_ref().map(|reason| &reason.id), ":seq": seq,
        },
    )
}

/// The state a case is in after an event of this sort, for readers of histories.
#[must_use]
pub const fn state_after(event: &Event) -> Option<State> {
    match event {
        Event::Recorded(_) => Some(State::Recorded),
        Event::Received(_) => Some(State::Received),
        Event::Assessed(it) => Some(it.state),
        Event::Chosen(it) => Some(it.state),
        Event::Issued(_) | Event::HandedOver(_) => Some(State::HandedOver),
        Event::Closed(_) => Some(State::Closed),
        Event::ChangedMind(_) | Event::Voided(_) => Some(State::Assessed),
        Event::Worked(_) => Some(State::InWork),
        Event::Finished(_) => Some(State::Ready),
        Event::Cancelled(_) => Some(State::Cancelled),
        Event::Reopened(it) => Some(it.state),
        Event::Setup(_)
        | Event::Imported(_)
        | Event::Flagged(_)
        | Event::Unflagged(_)
        | Event::Paid(_)
        | Event::Printed(_)
        | Event::Held(_)
        | Event::Unheld(_)
        | Event::Told(_)
        | Event::Refunded(_)
        | Event::PartsBrought(_)
        | Event::PartsWaived(_)
        | Event::Appointed(_)
        | Event::Arrived(_)
        | Event::KeptFor(_)
        | Event::Counted(_)
        | Event::Quarantined(_)
        | Event::Found(_)
        | Event::Shipped(_)
        | Event::Bound(_)
        | Event::Extended(_)
        | Event::GivenBack(_)
        | Event::Noticed(_)
        | Event::DayClosed(_)
        | Event::SheetPrinted(_) => None,
    }
}

/// The last six characters of a serial, reversed: the key of "I know the end of it".
#[must_use]
pub fn tail(serial: &str) -> String {
    serial.chars().rev().take(6).collect()
}

/// The row that opens or closes a plan's binding.
fn bind(tx: &Tx<'_>, case: &str, at: &str, moved: &Moved) -> Result<(), Fault> {
    let closed = tx
        .sql
        .prepare_cached("UPDATE binding SET to_at = :at WHERE plan = :plan AND to_at IS NULL")?
        .execute(named_params! { ":at": at, ":plan": moved.plan })?;
    if closed == 0 {
        let sql = "INSERT INTO binding (id, plan, serial, from_at, to_at, case_id)
                   VALUES (:id, :plan, :serial, NULL, :at, :case)";
        let values = named_params! {
            ":id": moved.ends, ":plan": moved.plan, ":serial": moved.from, ":at": at, ":case": case,
        };
        one(tx, sql, values)?;
    }
    let sql = "INSERT INTO binding (id, plan, serial, from_at, to_at, case_id)
               VALUES (:id, :plan, :serial, :at, NULL, :case)";
    one(
        tx,
        sql,
        named_params! { ":id": moved.binding, ":plan": moved.plan, ":serial": moved.to, ":at": at, ":case": case },
    )
}
