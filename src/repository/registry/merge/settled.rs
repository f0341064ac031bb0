//! Contradictions that a file of the maker's settles: what it says now is what is here, or it counts by itself.

use rusqlite::named_params;

use crate::domain::event::{Event, Unflagged};
use crate::repository::journal::{self, Stamp};
use crate::repository::registry::merge::clash;
use crate::repository::{Fault, Tx};

/// Flagged rows of which this file says otherwise, and what it says went in.
///
/// The row of the same replacement went in: then it counts by itself, or it is the hand-out of this shop. Or the
/// same new unit went in for another replacement: nobody gets a unit twice. A file that contradicts settles nothing.
const SETTLED: &str = "
    SELECT c.plan, c.ordinal, c.new_serial, c.case_id FROM main.conflict c
    WHERE NOT EXISTS (SELECT 1 FROM staged.clash k
                      WHERE (k.plan, k.ordinal, k.new_serial) = (c.plan, c.ordinal, c.new_serial))
      AND (EXISTS (SELECT 1 FROM staged.row s
                   JOIN main.maker_use m ON m.plan = s.plan AND m.ordinal = s.ordinal
                    AND m.new_serial IS coalesce(s.new_serial, m.new_serial)
                   WHERE s.plan = c.plan AND s.ordinal = c.ordinal)
        OR EXISTS (SELECT 1 FROM staged.voided v WHERE v.plan = c.plan AND v.ordinal = c.ordinal)
        OR EXISTS (SELECT 1 FROM main.maker_use m JOIN staged.row s ON s.plan = m.plan AND s.ordinal = m.ordinal
                   WHERE m.new_serial = c.new_serial AND (m.plan, m.ordinal) <> (c.plan, c.ordinal)
                     AND NOT EXISTS (SELECT 1 FROM staged.row o WHERE o.plan = c.plan AND o.ordinal = c.ordinal)))";

/// Ends the flags that the merged file settles.
pub(super) fn unflag(tx: &Tx<'_>, stamp: &Stamp) -> Result<(), Fault> {
    // An import that was sealed by an earlier version of the program has no such table.
    tx.sql.execute_batch("CREATE TABLE IF NOT EXISTS staged.voided (n, plan, ordinal, new_serial)")?;
    let mut query = tx.sql.prepare(SETTLED)?;
    let settled: Vec<_> = query.query_map(named_params! {}, clash)?.collect::<Result<_, _>>()?;
    for (plan, ordinal, new_serial, case) in settled {
        journal::append(tx, stamp, &Event::Unflagged(Unflagged { case, plan, ordinal, new_serial }))?;
    }
    Ok(())
}
