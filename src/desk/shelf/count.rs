//! Count: what was scanned on a shelf against what should be there.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::desk::act::Work;
use crate::desk::failure::wrong;
use crate::desk::shelf::{place, scanned, seen};
use crate::desk::{Act, Desk, Failure};
use crate::domain::event::{self, Event};
use crate::domain::stock::{Count, count};
use crate::repository::journal::new_id;
use crate::repository::stock::{self, Filter};

/// What a count found and changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The shelf.
    pub place: String,
    /// How many units were scanned.
    pub scanned: usize,
    /// Units that are where they should be.
    pub here: Vec<String>,
    /// Units that were not scanned, and are missing from now on.
    pub missing: Vec<String>,
    /// Units that were missing or stood elsewhere, and are in stock here from now on.
    pub found: Vec<String>,
    /// Scanned serials for which nothing was changed.
    pub strange: Vec<String>,
    /// What to know about them, in sentences.
    pub says: Vec<String>,
}

impl Desk {
    /// Counts a shelf by the units scanned on it; none is an empty shelf.
    pub fn count_shelf(&mut self, act: &Act, place: &str, serials: &[String]) -> Result<Counted, Failure> {
        self.once((act, &format!("stock-count/{place}")), |work| counted(work, place, serials))
    }

    /// What a count of a shelf would find; nothing is written.
    pub fn before_count(&mut self, act: &Act, place: &str, serials: &[String]) -> Result<Counted, Failure> {
        self.looking(act, |work| compared(work, place, serials))
    }
}

fn counted(work: &Work<'_, '_>, shelf: &str, serials: &[String]) -> Result<Counted, Failure> {
    let counted = compared(work, shelf, serials)?;
    work.write(&Event::Counted(event::Counted {
        id: new_id(),
        place: counted.place.clone(),
        scanned: u32::try_from(counted.scanned).unwrap_or(u32::MAX),
        missing: counted.missing.clone(),
        found: counted.found.clone(),
        strange: counted.strange.clone(),
    }))?;
    Ok(counted)
}

fn compared(work: &Work<'_, '_>, shelf: &str, serials: &[String]) -> Result<Counted, Failure> {
    let shelf = place(work.tx, Some(shelf))?.ok_or_else(|| wrong("place", "say which shelf was counted"))?;
    let texts: BTreeSet<String> =
        serials.iter().map(|text| scanned(text)).filter(|text| !text.is_empty()).collect();
    let filter = Filter { place: Some(shelf.clone()), ..Filter::default() };
    let mut units = stock::units(work.tx, &filter)?;
    // Letters of another case are the same shelf to people, so they are to the count.
    for unit in &mut units {
        unit.place = Some(shelf.clone());
    }
    for text in &texts {
        if !units.iter().any(|unit| unit.serial == *text) {
            units.extend(stock::unit(work.tx, text)?);
        }
    }
    let units: Vec<_> = units.into_iter().map(|unit| seen(work.tx, unit)).collect::<Result<_, _>>()?;
    let Count { here, missing, found, strange, says } = count(&shelf, &texts, &units);
    Ok(Counted { place: shelf, scanned: texts.len(), here, missing, found, strange, says })
}
