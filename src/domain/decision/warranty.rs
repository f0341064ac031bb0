//! The maker's warranty, part by part: where it starts, when it ends, and whether a defect falls in it.

use chrono::NaiveDate;

use crate::domain::claim::Claim;
use crate::domain::clause::Clause::{C5, C8};
use crate::domain::day::{day_before, days_after};
use crate::domain::decision::Remedy::{Replacement, WarrantyRepair};
use crate::domain::decision::{Finding, Rule};
use crate::domain::edition::{Edition, Made, WarrantyRoute};
use crate::domain::facts::{Device, Question};
use crate::domain::plan::{Plan, last_covered};
use crate::domain::product::{Part, PartWarranty};

/// Where the warranty's first day comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartOfWarranty {
    /// The warranty's own record or the receipt.
    Known(NaiveDate),
    /// No receipt: the day of manufacture in the serial, and some days.
    Estimated(NaiveDate),
    /// It cannot be known.
    Unknown,
}

/// The warranty on one part, as the card shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartCover {
    /// The part.
    pub part: Part,
    /// Its last covered day, where the first is known.
    pub last: Option<NaiveDate>,
    /// Charge cycles below which it stands.
    pub below_cycles: Option<u32>,
}

/// The warranty on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warranty {
    /// Where it starts.
    pub start: StartOfWarranty,
    /// Its parts.
    pub parts: Vec<PartCover>,
}

/// How the damaged parts of a claim stand in the warranty.
pub(super) enum Standing {
    /// These are in warranty; of these others (words) it is not, or cannot be known.
    Inside { inside: String, others: String },
    /// None is for certain, but of these it cannot be known, and why.
    NotKnown { parts: String, why: &'static str },
    /// None is; the sentence says when it ended.
    Outside { say: String },
}

enum PartStanding {
    Inside(NaiveDate),
    NotKnown(&'static str),
    Ended(NaiveDate),
    Worn(u32),
    None,
}

/// The warranty on every part of a device on `day`, plus counted in. Clauses C5, C23, C27.
#[must_use]
pub fn warranty_of(edition: &Edition, device: &Device<'_>, plan: Option<&Plan>, day: NaiveDate) -> Warranty {
    let start = start_of(edition, device, day);
    let row = |row: &PartWarranty| PartCover {
        part: row.part.clone(),
        last: last_day(row, start, (edition, device, plan), day),
        below_cycles: row.below_cycles,
    };
    Warranty { start, parts: device.model.warranty.iter().map(row).collect() }
}

fn start_of(edition: &Edition, device: &Device<'_>, today: NaiveDate) -> StartOfWarranty {
    if let Some(day) = device.warranty_starts_on.or(device.purchased_on) {
        return StartOfWarranty::Known(day);
    }
    match edition.serials.made(&device.serial) {
        // A date in the future was misread or mistyped: nothing can be built on it.
        Made::On(day) if day <= today => {
            StartOfWarranty::Estimated(days_after(day, edition.settings.warranty.no_receipt_days))
        }
        Made::On(_) | Made::Unreadable | Made::NotCoded => StartOfWarranty::Unknown,
    }
}

type Terms<'a> = (&'a Edition, &'a Device<'a>, Option<&'a Plan>);

/// The part's last covered day; `day` decides whether plus had been bought.
fn last_day(
    row: &PartWarranty,
    start: StartOfWarranty,
    (edition, device, plan): Terms<'_>,
    day: NaiveDate,
) -> Option<NaiveDate> {
    let first = match start {
        StartOfWarranty::Known(first) | StartOfWarranty::Estimated(first) => first,
        StartOfWarranty::Unknown => return None,
    };
    let settings = &edition.settings;
    let ends = |months| last_covered(first, months, settings.term.last_day);
    let unextended = ends(row.months);
    let with_plus = plus_on(device, plan, day)
        .filter(|bought| settings.plus.revives || *bought <= unextended)
        .map_or(unextended, |_| ends(row.months + settings.plus.months));
    let fresh = settings.warranty.min_days_after_replacement;
    let least = device.issued_on.filter(|_| fresh > 0).map(|issued| day_before(days_after(issued, fresh)));
    Some(least.map_or(with_plus, |least| with_plus.max(least)))
}

/// The day plus was bought for this very device, when that was by `day`. Clause C23.
fn plus_on(device: &Device<'_>, plan: Option<&Plan>, day: NaiveDate) -> Option<NaiveDate> {
    let plan = plan.filter(|plan| !plan.returned_by(day))?;
    let here = plan.bound == device.serial || device.replaced_by.as_ref() == Some(&plan.bound);
    plan.extension.as_ref().map(|plus| plus.bought_on).filter(|bought| here && *bought <= day)
}

fn part_standing(part: &Part, cover: Option<&PartCover>, claim: &Claim) -> PartStanding {
    let Some(cover) = cover.filter(|cover| cover.part == *part) else {
        return PartStanding::None;
    };
    let last = match (cover.last, cover.below_cycles, claim.battery_cycles) {
        (Some(last), _, _) if claim.recorded_on > last => return PartStanding::Ended(last),
        // Worn out is out of warranty, whether or not the date is known.
        (_, Some(limit), Some(cycles)) if cycles >= limit => return PartStanding::Worn(cycles),
        (last, _, _) => last,
    };
    match (last, cover.below_cycles, claim.battery_cycles) {
        (None, _, _) => PartStanding::NotKnown("no purchase date is known"),
        (Some(_), Some(_), None) => PartStanding::NotKnown("the battery's charge cycles are not known"),
        (Some(last), _, _) => PartStanding::Inside(last),
    }
}

pub(super) fn standing(question: &Question<'_>, claim: &Claim) -> Standing {
    let plan = question.plan.as_ref().filter(|plan| !plan.returned_by(question.desk.day));
    let warranty = warranty_of(question.edition, &question.device, plan, claim.recorded_on);
    let (mut inside, mut not_known, mut others) = (Vec::new(), Vec::new(), Vec::new());
    let mut why = "";
    for part in &claim.parts {
        let name = question.edition.part_name(part);
        let cover = warranty.parts.iter().find(|cover| cover.part == *part);
        match part_standing(part, cover, claim) {
            PartStanding::Inside(last) => inside.push(format!("{name} until {last}")),
            PartStanding::NotKnown(reason) => {
                why = reason;
                not_known.push(name.to_owned());
            }
            PartStanding::Ended(last) => others.push(format!("{name} (ended {last})")),
            PartStanding::Worn(cycles) => others.push(format!("{name} ({cycles} charge cycles)")),
            PartStanding::None => others.push(format!("{name} (no warranty)")),
        }
    }
    if !inside.is_empty() {
        others.extend(not_known.into_iter().map(|name| format!("{name} (not known)")));
        return Standing::Inside { inside: inside.join(", "), others: others.join(", ") };
    }
    if !not_known.is_empty() {
        return Standing::NotKnown { parts: not_known.join(", "), why };
    }
    Standing::Outside { say: others.join(", ") }
}

impl Standing {
    /// The warranty step's finding. Damage that is no defect is not the warranty's, whatever the dates say.
    pub(super) fn finding(&self, route: WarrantyRoute) -> Finding {
        let clauses = &[C5, C8];
        match (self, route) {
            (_, WarrantyRoute::Closed) => {
                Finding::fail(Rule::Warranty, &[C5], "The warranty mends defects only; this is no defect.")
                    .about(&[WarrantyRepair])
            }
            (Self::Inside { inside, others }, WarrantyRoute::Rule) => {
                let rest =
                    if others.is_empty() { String::new() } else { format!(" Not in warranty: {others}.") };
                Finding::pass(Rule::Warranty, clauses, format!("In warranty: {inside}.{rest}"))
            }
            (Self::NotKnown { parts, why }, WarrantyRoute::Rule) => {
                let say = format!("Whether {parts} is in warranty cannot be known: {why}.");
                Finding::ask(Rule::Warranty, clauses, say).about(&[WarrantyRepair, Replacement])
            }
            (Self::Inside { inside, .. }, WarrantyRoute::AskWhileInWarranty) => Finding::note(
                Rule::Warranty,
                clauses,
                format!("In warranty, should it be a defect: {inside}."),
            ),
            (Self::NotKnown { parts, why }, WarrantyRoute::AskWhileInWarranty) => {
                let say = format!("Whether {parts} is in warranty cannot be known: {why}.");
                Finding::note(Rule::Warranty, clauses, say)
            }
            (Self::Outside { say }, WarrantyRoute::Rule | WarrantyRoute::AskWhileInWarranty) => {
                Finding::fail(Rule::Warranty, &[C5], format!("No damaged part is in warranty: {say}."))
                    .about(&[WarrantyRepair])
            }
        }
    }
}
