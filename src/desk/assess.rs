//! Assess: a technician has looked; the claim may change, and is decided afresh.

use chrono::NaiveDate;

use crate::desk::act::{Work, claim_facts, decided, state, stated};
use crate::desk::failure::wrong;
use crate::desk::life::begin;
use crate::desk::names::written;
use crate::desk::{Act, CaseView, Desk, Failure};
use crate::domain::case::{State, Step};
use crate::domain::claim::{Cause, Cycles, Owner};
use crate::domain::event::{Assessed, Event, Stated};
use crate::domain::writing::Writing;
use crate::repository::journal::store_text;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// Why it is broken.
    pub cause: Cause,
    /// The damaged parts.
    pub parts: Vec<String>,
    /// The finding, in words.
    pub finding: String,
    /// Who brings it, where it was checked now.
    pub owner: Option<Owner>,
    /// The day of the damage, where it is another than was recorded.
    pub damaged_on: Option<NaiveDate>,
    /// Charge cycles, where something is said of them now.
    pub battery_cycles: Cycles,
    /// Whether it was repaired elsewhere or taken apart, where somebody looked now.
    pub repaired_elsewhere: Option<bool>,
}

impl Desk {
    /// Notes the technician's finding and decides afresh. Clause C29.
    pub fn assess(&mut self, act: &Act, number: &str, found: &Assessment) -> Result<CaseView, Failure> {
        self.act((act, &format!("assess/{number}")), |work| assess(work, number, found))
    }
}

fn assess(work: &Work<'_, '_>, number: &str, found: &Assessment) -> Result<String, Failure> {
    let case = begin(work, number, Step::Assess)?;
    // What a quick case still owes is settled wherever it stands by now (C30).
    let before = state(&case)?;
    let after = if before == State::Received { State::Assessed } else { before };
    let finding = written(Writing::Finding, &found.finding)?;
    if finding.is_empty() {
        return Err(wrong("finding", "write what was found"));
    }
    let said = stated(&case)?;
    // What was handed out stands: a part that the customer owes for it is not assessed away.
    let handed_out =
        said.parts.iter().filter(|part| before == State::HandedOver && !found.parts.contains(part));
    let now = Stated {
        cause: found.cause,
        parts: found.parts.iter().chain(handed_out).cloned().collect(),
        damaged_on: found.damaged_on.unwrap_or(said.damaged_on),
        owner: found.owner.unwrap_or(said.owner),
        battery_cycles: found.battery_cycles.after(said.battery_cycles),
        repaired_elsewhere: found.repaired_elsewhere.unwrap_or(said.repaired_elsewhere),
    };
    let (_, decided) = decided(work.shop, work.facts_of(&case, claim_facts(&case, &now)?)?)?;
    work.write(&Event::Assessed(Assessed {
        case: case.id.clone(),
        finding: store_text(work.tx, &finding)?,
        stated: now,
        decided,
        state: after,
    }))?;
    Ok(case.id)
}
