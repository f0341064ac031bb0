//! Which serials a plan was bound to, and which plans a serial has or had.

use rusqlite::{Row, named_params};

use crate::repository::plan::Plan;
use crate::repository::{Fault, Tx};

/// A serial that has or had a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundTo {
    /// The serial.
    pub serial: String,
    /// Since when, where a replacement brought the plan to it.
    pub from: Option<String>,
    /// Until when; none while it has the plan.
    pub to: Option<String>,
    /// The case that brought the plan to it.
    pub case: Option<String>,
}

/// The serials that a plan was bound to, oldest first: by the journal, whose order no clock and no offset changes.
pub fn bindings(tx: &Tx<'_>, plan: &Plan) -> Result<Vec<BoundTo>, Fault> {
    let sql = "SELECT b.serial, b.from_at, b.to_at, CASE WHEN b.from_at IS NOT NULL THEN c.number END
               FROM binding b JOIN cases c ON c.id = b.case_id WHERE b.plan = :plan
               ORDER BY (SELECT max(seq) FROM journal
                         WHERE case_id = b.case_id AND kind IN ('issued', 'voided') AND instr(payload, b.id)),
                        b.from_at IS NOT NULL";
    let read = |row: &Row<'_>| {
        Ok(BoundTo { serial: row.get(0)?, from: row.get(1)?, to: row.get(2)?, case: row.get(3)? })
    };
    let mut query = tx.sql.prepare_cached(sql)?;
    let mut bound: Vec<BoundTo> =
        query.query_map(named_params! { ":plan": plan.number }, read)?.collect::<Result<_, _>>()?;
    if bound.is_empty() {
        let mut query = tx.sql.prepare_cached("SELECT serial FROM plans WHERE number = :plan")?;
        let first: String = query.query_row(named_params! { ":plan": plan.number }, |row| row.get(0))?;
        let by_the_maker = [first, plan.bound.clone()];
        bound.extend(by_the_maker.map(|serial| BoundTo { serial, from: None, to: None, case: None }));
        bound.dedup();
    }
    Ok(bound)
}

/// The numbers of the plans that a serial has or had, no plus among them.
pub fn numbers(tx: &Tx<'_>, serial: &str) -> Result<Vec<String>, Fault> {
    let sql = "SELECT number FROM plan WHERE serial = :serial AND extends IS NULL
               UNION SELECT number FROM sold WHERE serial = :serial AND extends IS NULL
               UNION SELECT plan FROM binding WHERE serial = :serial";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":serial": serial }, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
