//! Keep: a unit is reserved for a case whose replacement is chosen, so that nobody else hands it out.

use crate::desk::act::{Work, list};
use crate::desk::failure::refused;
use crate::desk::life::{may, outcome};
use crate::desk::shelf::{Shelved, row, seen, shown};
use crate::desk::{Act, Desk, Failure};
use crate::domain::case::{Guard, Outcome, Step};
use crate::domain::event::{Event, Keeping, KeptFor};
use crate::domain::stock::{Deed, serves};
use crate::repository::case::{self, Case};
use crate::repository::{Fault, stock};

impl Desk {
    /// Keeps a unit for a case.
    pub fn keep(&mut self, act: &Act, serial: &str, number: &str) -> Result<Shelved, Failure> {
        self.once((act, &format!("stock-keep/{serial}/{number}")), |work| keep(work, serial, number))
    }

    /// Lets a unit go that was kept for a case.
    pub fn free(&mut self, act: &Act, serial: &str) -> Result<Shelved, Failure> {
        self.once((act, &format!("stock-free/{serial}")), |work| free(work, serial, None))
    }

    /// The same where it is this case's to let go.
    pub fn free_from(&mut self, act: &Act, serial: &str, number: &str) -> Result<Shelved, Failure> {
        self.once((act, &format!("stock-free/{serial}/{number}")), |work| free(work, serial, Some(number)))
    }
}

fn free(work: &Work<'_, '_>, serial: &str, from: Option<&str>) -> Result<Shelved, Failure> {
    let unit = seen(work.tx, row(work.tx, serial)?)?;
    Deed::Free.may(&unit)?;
    if let Some(number) = from {
        unit.kept_for(number)?;
    }
    let gone = || refused(Guard::NoSuchCase, format!("no case has unit {serial}"));
    let number = unit.case.ok_or_else(gone)?;
    let case = case::numbered(work.tx, &number)?.ok_or_else(gone)?;
    let serial = unit.serial.clone();
    work.write(&Event::KeptFor(KeptFor { case: case.id, serial, how: Keeping::Freed }))?;
    shown(work.tx, &unit.serial)
}

fn keep(work: &Work<'_, '_>, serial: &str, number: &str) -> Result<Shelved, Failure> {
    let case = work.case(number)?;
    may(&case, Step::Keep)?;
    if outcome(&case)? != Outcome::Replacement {
        let say = format!("case {} is not a replacement: no unit is kept for it", case.number);
        return Err(refused(Guard::WrongState, say));
    }
    let row = row(work.tx, serial)?;
    let unit = seen(work.tx, row.clone())?;
    Deed::Keep.may(&unit)?;
    fits(work, &case, &row)?;
    let serial = unit.serial.clone();
    work.write(&Event::KeptFor(KeptFor { case: case.id, serial, how: Keeping::Kept }))?;
    shown(work.tx, &unit.serial)
}

fn fits(work: &Work<'_, '_>, case: &Case, unit: &stock::Unit) -> Result<(), Failure> {
    let ground = work.ground(&case.serial)?;
    let needed = &ground.device.model;
    if unit.model != *needed {
        let say =
            format!("unit {} ({}) is of another model: the case needs {needed}", unit.serial, unit.model);
        return Err(refused(Guard::UnitWrongModel, say));
    }
    let unknown = || Fault::Sqlite(format!("no edition knows the model {needed}"));
    let model = ground.edition(&work.shop.editions).model(needed).ok_or_else(unknown)?;
    let listed = model.listed(&list(case, &case.parts)?);
    let kept: Vec<String> = stock::kept_for(work.tx, &case.id)?.into_iter().map(|unit| unit.part).collect();
    Ok(serves((&unit.serial, &unit.part), model, (&listed, &kept))?)
}
