//! Issuing a replacement: when one may be reserved, which units serve, and what moves with them.

use crate::domain::case::{Guard, Refused};
use crate::domain::claim::Owner;
use crate::domain::decision::{Choice, Decision, Open, Remedy, Rule};
use crate::domain::edition::Edition;
use crate::domain::product::{Model, Part};
use crate::domain::serial::Serial;
use crate::domain::stock::{State, whole_serial};

/// A stock unit that was scanned to be handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its serial or stock label, as stored.
    pub serial: String,
    /// Its model's id.
    pub model: String,
    /// The part it is.
    pub part: String,
    /// Where it is in its life.
    pub state: State,
    /// The case that has it, if one has.
    pub case: Option<String>,
    /// Whether the serial is or was a customer's.
    pub was_a_customers: bool,
}

/// What the units do to the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The part that carries the serial is replaced: the plan follows to this serial. Clause C26.
    Moves(Serial),
    /// Other parts only: the balance is used, the plan stays where it is.
    Stays,
}

/// Refuses unless today's decision has the replacement open. Clauses C3, C18, C33.
pub fn may_replace(decision: &Decision) -> Result<(), Refused> {
    let Some(choice) = decision.choice(Remedy::Replacement) else {
        return Err(Refused::new(Guard::NotCovered, "no claim was decided"));
    };
    let reasons = decision.reasons(Remedy::Replacement).join(" ");
    let only = |rule: Rule| choice.because.iter().all(|because| *because == rule);
    let guard = match choice.open {
        Open::Yes => return Ok(()),
        Open::No if only(Rule::Balance) => Guard::NoBalance,
        Open::No if only(Rule::Channel) => Guard::ChannelNotOffered,
        Open::No if only(Rule::Cause) && is_open(decision, Remedy::WarrantyRepair) => Guard::RemedyClosed,
        Open::No => Guard::NotCovered,
        Open::Refer if choice.because.contains(&Rule::Owner) => Guard::OwnerNotSeen,
        Open::Refer if only(Rule::HandedIn) => Guard::PartsMissing,
        Open::Refer => Guard::Refer,
    };
    Err(Refused::new(guard, format!("a replacement is not open: {reasons}")))
}

fn is_open(decision: &Decision, remedy: Remedy) -> bool {
    decision.choice(remedy).is_some_and(|choice| choice.open == Open::Yes)
}

/// Refuses unless a person with more rights may decide today's referral. Clause C28.
///
/// What is closed stays closed, and an owner whom nobody has checked is asked for, not decided about.
pub fn may_override(decision: &Decision, owner: Owner) -> Result<(), Refused> {
    match decision.choice(Remedy::Replacement) {
        Some(choice) if choice.open == Open::Refer => {
            let unseen = owner == Owner::Unverified && choice.because.contains(&Rule::Owner);
            if unseen { may_replace(decision) } else { Ok(()) }
        }
        Some(_) | None => may_replace(decision),
    }
}

/// Refuses unless the replacement is open, or a person decided before what the rules still refer.
pub fn may_issue(decision: &Decision, decided_by_person: &[Rule]) -> Result<(), Refused> {
    let same = |choice: &Choice| {
        choice.open == Open::Refer && choice.because.iter().all(|rule| decided_by_person.contains(rule))
    };
    if decision.choice(Remedy::Replacement).is_some_and(same) { Ok(()) } else { may_replace(decision) }
}

/// Refuses unless a remedy other than the replacement is open.
pub fn may_repair(decision: &Decision, remedy: Remedy) -> Result<(), Refused> {
    let reasons = decision.reasons(remedy).join(" ");
    match decision.choice(remedy).map(|choice| choice.open) {
        Some(Open::Yes) => Ok(()),
        Some(Open::Refer) => Err(Refused::new(Guard::Refer, format!("{remedy} needs a decision: {reasons}"))),
        Some(Open::No) | None => {
            Err(Refused::new(Guard::RemedyClosed, format!("{remedy} is not open: {reasons}")))
        }
    }
}

/// Checks the scanned units against the model and the damaged parts that the plan replaces.
///
/// Either one whole unit (the carrying part), which stands for all, or one unit for each listed damaged part.
///
/// A unit that is kept for this very case is as good as one in stock.
pub fn fitting(
    units: &[Unit],
    (edition, model): (&Edition, &Model),
    (listed, case): (&[Part], &str),
) -> Result<Effect, Refused> {
    for unit in units {
        free(unit, case)?;
        if unit.model != model.id.as_str() {
            let name = edition.model(&unit.model).map_or(unit.model.as_str(), |other| other.name.as_str());
            let say =
                format!("unit {} ({name}) is of another model: the case needs {}", unit.serial, model.name);
            return Err(Refused::new(Guard::UnitWrongModel, say));
        }
    }
    right_parts(units, (edition, model), listed)?;
    if let Some(unit) = units.iter().find(|unit| unit.was_a_customers) {
        let say =
            format!("serial {} was a customer's before: set it aside and take another unit", unit.serial);
        return Err(Refused::new(Guard::SerialBoundBefore, say));
    }
    let carries = |unit: &&Unit| model.carrying.as_ref().is_some_and(|part| part.as_str() == unit.part);
    match units.iter().find(carries) {
        None => Ok(Effect::Stays),
        Some(unit) => whole_serial(&unit.serial).map(Effect::Moves),
    }
}

fn free(unit: &Unit, case: &str) -> Result<(), Refused> {
    let kept = unit.state == State::Reserved && unit.case.as_deref() == Some(case);
    if unit.state.free() || kept {
        return Ok(());
    }
    let whose = unit.case.as_ref().map_or_else(String::new, |case| format!(" (case {case})"));
    let say = format!("unit {} is {}{whose}: take one that is in stock", unit.serial, unit.state.words());
    Err(Refused::new(Guard::UnitNotInStock, say))
}

fn right_parts(units: &[Unit], (edition, model): (&Edition, &Model), listed: &[Part]) -> Result<(), Refused> {
    let name =
        |id: &str| edition.part(id).map_or_else(|| id.to_owned(), |part| edition.part_name(part).to_owned());
    let whole = |unit: &Unit| model.carrying.as_ref().is_some_and(|part| part.as_str() == unit.part);
    if let [unit] = units
        && whole(unit)
    {
        return Ok(());
    }
    let mut needed: Vec<&str> = listed.iter().map(Part::as_str).collect();
    for unit in units {
        let Some(at) = needed.iter().position(|part| *part == unit.part) else {
            let say = format!("unit {} ({}) is not what this case needs", unit.serial, name(&unit.part));
            return Err(Refused::new(Guard::UnitWrongPart, say));
        };
        needed.swap_remove(at);
    }
    if needed.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = needed.into_iter().map(name).collect();
    let say = format!("a unit is still needed for: {} (or one whole unit)", names.join(", "));
    Err(Refused::new(Guard::UnitWrongPart, say))
}

/// The old parts that stay here when these units go out: each part, and whether it is the old unit itself.
///
/// The old unit stays with its serial when the plan moves from it; other parts when they were handed in. A part
/// that is not here yet comes when it is brought.
#[must_use]
pub fn left_here(
    effect: &Effect,
    model: &Model,
    (handed_out, listed, handed_in): (&[Unit], &[Part], &[String]),
) -> Vec<(Part, OldPart)> {
    let here = |part: &Part| handed_in.iter().any(|id| id == part.as_str());
    let mut left = Vec::new();
    if let (Effect::Moves(_), Some(carrying)) = (effect, &model.carrying)
        && (here(carrying) || !listed.contains(carrying))
    {
        left.push((carrying.clone(), OldPart::Unit));
    }
    let replaced = |part: &&Part| {
        model.carrying.as_ref() != Some(*part) && handed_out.iter().any(|unit| unit.part == part.as_str())
    };
    let others = listed.iter().filter(replaced).filter(|part| here(part));
    left.extend(others.map(|part| (part.clone(), OldPart::Part)));
    left
}

/// What an old part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OldPart {
    /// The unit that carried the serial.
    Unit,
    /// A part without the plan's serial.
    Part,
}
