//! Whether every act of the journal still has its kept result, so that a retry does nothing twice.

use std::collections::BTreeSet;

use crate::domain::event::Event;
use crate::repository::journal::Entry;
use crate::repository::{Fault, Tx};

/// Acts whose result is gone, found line by line.
///
/// A result names the last line of its act, and no format tells which act a line is of: what the same person did at
/// the very same moment counts as one act. Imports and prints are not asked: the same file or paper again is safe.
pub(super) struct Answered {
    last_lines: BTreeSet<i64>,
    /// The newest line of an act whose result has not come yet: its place, moment and person.
    open: Option<(i64, String, String)>,
}

impl Answered {
    pub fn new(tx: &Tx<'_>) -> Result<Self, Fault> {
        let mut query = tx.sql.prepare("SELECT seq FROM request")?;
        let last_lines = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(Self { last_lines, open: None })
    }

    /// Hears the next line; tells of the act before it, whose result must have come by now.
    pub fn hear(&mut self, entry: &Entry, event: &Event) -> Option<String> {
        let same = self.open.as_ref().is_some_and(|(_, at, actor)| (at, actor) == (&entry.at, &entry.actor));
        let gone = if same { None } else { self.end() };
        if !again_is_safe(event) {
            self.open = Some((entry.seq, entry.at.clone(), entry.actor.clone()));
        }
        if self.last_lines.contains(&entry.seq) {
            self.open = None;
        }
        gone
    }

    /// Tells of the act that is still without its result.
    pub fn end(&mut self) -> Option<String> {
        let (seq, ..) = self.open.take()?;
        Some(format!("journal line {seq}: the result of its act is gone: a retry would do it again"))
    }
}

const fn again_is_safe(event: &Event) -> bool {
    matches!(
        event,
        Event::Imported(_)
            | Event::Flagged(_)
            | Event::Unflagged(_)
            | Event::Printed(_)
            | Event::SheetPrinted(_)
    )
}
