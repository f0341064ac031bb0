//! Verify: says what is wrong with the file, and repairs nothing.

use crate::desk::question;
use crate::desk::{Desk, Failure};
use crate::domain::decision::decide;
use crate::domain::edition::Editions;
use crate::repository::registry::table_digest;
use crate::repository::{Tx, inspect};

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
            deeper.extend(decisions(tx, editions)?);
            deeper.extend(registry(tx)?);
            Ok(deeper)
        });
        match deeper {
            Ok(deeper) => found.extend(deeper),
            // A page that cannot be read ends the deeper look; it is one more thing that is wrong.
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
    let mut found = Vec::new();
    for (table, rows, digest) in inspect::registry_as_imported(tx)? {
        let (now, here) = table_digest(tx, &table)?;
        if (now, &here) != (rows, &digest) {
            found.push(format!("table {table}: not as the last import left it ({now} rows, then {rows})"));
        }
    }
    Ok(found)
}
