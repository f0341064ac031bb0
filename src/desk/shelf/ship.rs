//! Ship: units that were set aside and old parts go back to the maker on one packing list.

use serde::{Deserialize, Serialize};

use crate::desk::act::Work;
use crate::desk::failure::wrong;
use crate::desk::shelf::{row, scanned, seen};
use crate::desk::{Act, Desk, Failure};
use crate::domain::event::{Event, Shipped};
use crate::domain::stock::{Deed, State};
use crate::repository::journal::new_id;
use crate::repository::stock::{self, Filter, OldPart, Unit};

/// What goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// These serials, and nothing else.
    Named(Vec<String>),
    /// These serials, and the old parts of these rows.
    Ticked(Vec<String>, Vec<String>),
    /// Everything that was set aside or waits, and these beside.
    AllAnd(Vec<String>),
}

/// A packing list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packing {
    /// Its id.
    pub packing: String,
    /// When it was packed.
    pub at: String,
    /// What is in the box.
    pub lines: Vec<Packed>,
}

/// One line of a packing list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// Its serial or label, where it has one.
    pub serial: Option<String>,
    /// Model id.
    pub model: String,
    /// The part.
    pub part: String,
    /// The case it came on, or that had it.
    pub case: Option<String>,
}

/// What is being packed, each thing once.
#[derive(Default)]
struct Packet {
    units: Vec<Unit>,
    parts: Vec<OldPart>,
}

impl Desk {
    /// Sends units and old parts back to the maker.
    pub fn ship(&mut self, act: &Act, wanted: &Wanted) -> Result<Packing, Failure> {
        self.once((act, "stock-ship"), |work| ship(work, wanted))
    }
}

impl Packet {
    fn unit(&mut self, unit: Unit) {
        if !self.units.iter().any(|packed| packed.serial == unit.serial) {
            self.units.push(unit);
        }
    }

    fn part(&mut self, part: OldPart) {
        if !self.parts.iter().any(|packed| packed.id == part.id) {
            self.parts.push(part);
        }
    }
}

fn ship(work: &Work<'_, '_>, wanted: &Wanted) -> Result<Packing, Failure> {
    let Packet { units, parts } = packed(work, wanted)?;
    if units.is_empty() && parts.is_empty() {
        return Err(wrong("serial", "nothing goes back: scan what does, or take all that waits with --all"));
    }
    let packing = new_id();
    work.write(&Event::Shipped(Shipped {
        packing: packing.clone(),
        units: units.iter().map(|unit| unit.serial.clone()).collect(),
        parts: parts.iter().map(|part| part.id.clone()).collect(),
    }))?;
    let units = units.into_iter().map(|unit| Packed {
        serial: Some(unit.serial),
        model: unit.model,
        part: unit.part,
        case: unit.case,
    });
    let parts = parts.into_iter().map(|part| Packed {
        serial: part.serial,
        model: part.model,
        part: part.part,
        case: Some(part.case),
    });
    Ok(Packing { packing, at: work.at(), lines: units.chain(parts).collect() })
}

/// What goes into the box: each unit may be shipped, each part still waits.
fn packed(work: &Work<'_, '_>, wanted: &Wanted) -> Result<Packet, Failure> {
    let waiting = stock::waiting(work.tx)?;
    let mut packet = Packet::default();
    let (Wanted::Named(serials) | Wanted::Ticked(serials, _) | Wanted::AllAnd(serials)) = wanted;
    for text in serials {
        let serial = scanned(text);
        // A unit that was handed out once and came back broken is an old unit now.
        if let Some(part) = waiting.iter().find(|part| part.serial.as_ref() == Some(&serial)) {
            packet.part(part.clone());
        } else {
            let unit = row(work.tx, text)?;
            Deed::Ship.may(&seen(work.tx, unit.clone())?)?;
            packet.unit(unit);
        }
    }
    if let Wanted::Ticked(_, ids) = wanted {
        for id in ids {
            let gone = || wrong("part", "a ticked part does not wait any more: read the list again");
            packet.part(waiting.iter().find(|part| part.id == *id).ok_or_else(gone)?.clone());
        }
    }
    if matches!(wanted, Wanted::AllAnd(_)) {
        let aside = Filter { state: Some(State::Quarantine.to_string()), ..Filter::default() };
        for unit in stock::units(work.tx, &aside)? {
            packet.unit(unit);
        }
        for part in waiting {
            packet.part(part);
        }
    }
    Ok(packet)
}
