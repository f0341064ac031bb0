//! Verify: says what is wrong with the file, and repairs nothing.

use crate::desk::{Desk, Failure, people, question};
use crate::domain::decision::decide;
use crate::domain::edition::Editions;
use crate::repository::registry::{Kind, table_digest};
use crate::repository::{Tx, case, inspect};

impl Desk {
    /// Checks structure, schema, the journal's chain, the tables it gives, stored decisions and the registry.
    ///
    /// An empty list means that all is well.
    pub fn verify(&mut self) -> Result<Vec<String>, Failure> {
        let mut found = inspect::structure(&self.repository)?;
        let editions = &self.shop.editions;
        let deeper: Result<Vec<String>, Failure> = self.repository.read(|tx| {
            let mut deeper = inspect::journal(tx)?;
            deeper.extend(inspect::kept(tx)?);
            deeper.extend(people::lost(tx)?);
            deeper.extend(decisions(tx, editions)?);
            deeper.extend(registry(tx)?);
            Ok(deeper)
        });
        match deeper {
            Ok(deeper) => found.extend(deeper),
            // A page that cannot be read ends the deeper look; it is one more thing that is wrong.
            Err(Failure::Fault(fault)) => found.push(format!("file: {}", fault.found())),
            Err(failure) => found.push(format!("file: {failure}")),
        }
        Ok(found)
    }
}

/// Stored decisions, made again from their own facts and edition.
fn decisions(tx: &Tx<'_>, editions: &Editions) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    inspect::decisions(tx, |id, facts, answer| {
        let again =
            question::read(facts).and_then(|facts| facts.check(editions).map(|question| decide(&question)));
        let same =
            again.is_ok_and(|decision| serde_json::to_string(&decision).is_ok_and(|text| text == answer));
        if !same {
            found.push(format!("decision {id}: made again from its own facts it is another one"));
        }
        Ok::<_, Failure>(())
    })?;
    Ok(found)
}

/// Registry tables against what the last import left.
fn registry(tx: &Tx<'_>) -> Result<Vec<String>, Failure> {
    if case::cut_off_import(tx)? {
        let say = "import: one is only partly in: wait while it runs, else free some space if the disk is full and start \
                   caredesk again to finish it, then verify";
        return Ok(vec![say.to_owned()]);
    }
    let mut found = Vec::new();
    let last = inspect::registry_as_imported(tx)?;
    for table in Kind::ALL.iter().flat_map(|kind| kind.tables()) {
        let (rows, digest) = table_digest(tx, table)?;
        match last.iter().find(|(imported, ..)| imported == table) {
            Some((_, then, right)) if (rows, &digest) != (*then, right) => {
                found.push(format!(
                    "table {table}: not as the last import left it ({rows} rows, then {then})"
                ));
            }
            None if rows > 0 => {
                found.push(format!("table {table}: {rows} rows that no import of the journal brought"));
            }
            Some(_) | None => {}
        }
    }
    Ok(found)
}
