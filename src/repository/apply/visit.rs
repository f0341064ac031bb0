//! The rows of appointments, and of customers who were told.

use rusqlite::named_params;

use crate::domain::event::{Appointed, Booking, Told};
use crate::repository::apply::{moment, one};
use crate::repository::{Fault, Tx};

pub(super) fn appointed(tx: &Tx<'_>, it: &Appointed) -> Result<(), Fault> {
    if let Some(before) = &it.instead_of {
        let sql = "UPDATE appointment SET state = 'moved' WHERE id = :id AND state = 'booked'";
        one(tx, sql, named_params! { ":id": before })?;
    }
    match it.how {
        Booking::Booked | Booking::Moved => {
            let sql =
                "INSERT INTO appointment (id, case_id, slot, state) VALUES (:id, :case, :slot, 'booked')";
            one(tx, sql, named_params! { ":id": it.id, ":case": it.case, ":slot": it.slot })
        }
        Booking::Cancelled | Booking::NoShow | Booking::Kept => {
            let sql = "UPDATE appointment SET state = :state WHERE id = :id AND state = 'booked'";
            one(tx, sql, named_params! { ":id": it.id, ":state": it.how.as_str() })
        }
    }
}

/// A booking is kept when its unit comes in.
pub(super) fn arrived(tx: &Tx<'_>, case: &str) -> Result<(), Fault> {
    let sql = "UPDATE appointment SET state = 'kept' WHERE case_id = :case AND state = 'booked'";
    tx.sql.prepare_cached(sql)?.execute(named_params! { ":case": case })?;
    Ok(())
}

pub(super) fn told(tx: &Tx<'_>, seq: i64, it: &Told) -> Result<(), Fault> {
    let sql = concat!("UPDATE cases SET told_at = ", moment!(), " WHERE id = :case");
    one(tx, sql, named_params! { ":case": it.case, ":seq": seq })
}
