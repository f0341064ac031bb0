//! Receive: the unit is taken in, the parts are ticked, and the customer gets an intake slip.

use crate::desk::act::Work;
use crate::desk::failure::{refused, wrong};
use crate::desk::ground::Ground;
use crate::desk::life::{may, maybe};
use crate::desk::print::{self, Kind};
use crate::desk::{Act, CaseView, Desk, Failure, visit};
use crate::domain::case::{Guard, Step};
use crate::domain::claim::{OnUnit, Owner};
use crate::domain::event::{Event, Received};
use crate::domain::writing::Writing;
use crate::repository::case::Case;
use crate::repository::row::parsed;

/// What is taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intake {
    /// The serial on the unit, or `illegible`.
    pub serial: String,
    /// The parts handed in.
    pub parts: Vec<String>,
    /// Who brings it, where it was checked now.
    pub owner: Option<Owner>,
    /// What the unit looks like, where it is noted.
    pub condition: Option<String>,
}

impl Desk {
    /// Takes the unit in.
    pub fn receive(&mut self, act: &Act, number: &str, intake: &Intake) -> Result<CaseView, Failure> {
        self.act((act, &format!("receive/{number}")), |work| {
            let case = work.case(number)?;
            receive(work, &case, intake)?;
            Ok(case.id)
        })
    }

    /// Records a case and takes the unit in at once, as on a walk-in with the unit in hand.
    pub fn walk_in(
        &mut self,
        act: &Act,
        draft: &crate::desk::record::Draft,
        condition: Option<&str>,
    ) -> Result<CaseView, Failure> {
        self.act((act, &format!("walk-in/{}", draft.serial)), |work| {
            let id = crate::desk::record::record(work, draft)?;
            let case = crate::repository::case::by_id(work.tx, &id)?
                .ok_or_else(|| refused(Guard::NoSuchCase, "the case was not written"))?;
            let intake = Intake {
                serial: draft.serial.clone(),
                parts: draft.parts.clone(),
                owner: Some(draft.owner),
                condition: condition.map(str::to_owned),
            };
            receive(work, &case, &intake)?;
            Ok(id)
        })
    }
}

fn receive(work: &Work<'_, '_>, case: &Case, intake: &Intake) -> Result<(), Failure> {
    may(case, Step::Receive)?;
    let ground = work.ground(&case.serial)?;
    let unit = taken_in((case, &ground), work, intake)?;
    let owner = match intake.owner {
        Some(owner) => owner,
        None => parsed("cases", &case.number, &case.owner)?,
    };
    visit::missed(work, case)?;
    work.write(&Event::Received(Received {
        case: case.id.clone(),
        on_unit: unit.to_string(),
        handed_in: intake.parts.clone(),
        owner,
        condition: maybe(work, Writing::Condition, intake.condition.as_deref().unwrap_or_default())?,
    }))?;
    print::make(work, &case.id, Kind::Slip)
}

/// The unit at the counter, refused unless it is the case's and every part is known.
pub(super) fn taken_in(
    (case, ground): (&Case, &Ground),
    work: &Work<'_, '_>,
    intake: &Intake,
) -> Result<OnUnit, Failure> {
    let unit: OnUnit = intake.serial.parse().map_err(|bad| wrong("serial", bad))?;
    let newest =
        ground.plan.as_ref().map(|plan| &plan.bound).filter(|bound| ground.replaced_by() == Some(*bound));
    unit.must_be(&case.serial, newest.map(String::as_str))?;
    let edition = ground.edition(&work.shop.editions);
    for part in &intake.parts {
        edition.part_named(part).map_err(|unknown| wrong("part", unknown))?;
    }
    Ok(unit)
}
