//! What the programme says of a claim, in as few words as the shop needs.

use caredesk::domain::claim::{Cause, Owner};
use chrono::NaiveDate;

use super::case::Case;
use super::shop::{Shop, day, last};

/// Yes, no, or a person must decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Yes,
    No,
    Ask,
}

/// What is open for a claim.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Rules that close a replacement, and rules that ask about it.
    against: Vec<&'static str>,
    pub asks: Vec<&'static str>,
    pub warranty: Open,
    pub paid: bool,
    /// The plan's or plus's number, and the ordinal that is next.
    pub source: Option<(String, Option<u8>)>,
}

/// How the damaged parts stand in the warranty.
#[derive(PartialEq, Eq)]
enum Cover {
    Inside,
    Unknown,
    Over,
}

impl Answer {
    pub fn replacement(&self) -> Open {
        match (self.against.is_empty(), self.asks.is_empty()) {
            (false, _) => Open::No,
            (true, false) => Open::Ask,
            (true, true) => Open::Yes,
        }
    }

    /// The guard that refuses a replacement.
    pub fn refuses(&self) -> Result<(), &'static str> {
        let only = |rules: &[&str], rule| rules.iter().all(|one| *one == rule);
        match self.replacement() {
            Open::Yes => Ok(()),
            Open::No if only(&self.against, "balance") => Err("no-balance"),
            Open::No if only(&self.against, "cause") && self.warranty == Open::Yes => Err("remedy-closed"),
            Open::No => Err("not-covered"),
            Open::Ask if self.asks.contains(&"owner") => Err("owner-not-seen"),
            Open::Ask if only(&self.asks, "handed-in") => Err("parts-missing"),
            Open::Ask => Err("refer"),
        }
    }
}

/// Decides a case's claim today, brought by `owner`.
pub fn decide(shop: &Shop, at: usize, owner: Owner) -> Answer {
    let case = &shop.cases[at];
    let (mut against, mut asks) = (Vec::new(), Vec::new());
    let (mut no_warranty, mut ask_warranty) = (false, false);

    let chain = shop.chain(&case.serial).unwrap();
    let newest = chain.last().unwrap();
    match case.on_unit.as_deref().unwrap_or(&case.serial) {
        "illegible" => (asks.push("identity"), ask_warranty = true).1,
        unit if unit == newest => {}
        _ => (against.push("identity"), no_warranty = true).1,
    }
    let source = plan(shop, at, &mut against);
    let (no, ask) = cause(case.cause, &cover(shop, case), (&mut against, &mut asks));
    (no_warranty, ask_warranty) = (no_warranty || no, ask_warranty || ask);
    let listed = case.listed();
    if listed.is_empty() {
        against.push("parts");
    }
    if listed.iter().any(|part| !case.here.contains(part)) {
        asks.push("handed-in");
    }
    if case.elsewhere {
        asks.push("taken-apart");
        ask_warranty = true;
    }
    match owner {
        Owner::Same => {}
        Owner::Other => against.push("owner"),
        Owner::Unverified => asks.push("owner"),
    }
    let warranty = if no_warranty {
        Open::No
    } else if ask_warranty {
        Open::Ask
    } else {
        Open::Yes
    };
    let mut answer = Answer { against, asks, warranty, paid: true, source };
    let no_unit = matches!(case.cause, Cause::Lost | Cause::Stolen);
    let at_once = case.quick() && answer.replacement() == Open::Yes;
    answer.paid = !no_unit && !at_once;
    answer
}

/// What speaks against a replacement or asks about it, and whether the warranty is closed or must be asked about.
fn cause(
    cause: Cause,
    cover: &Cover,
    (against, asks): (&mut Vec<&'static str>, &mut Vec<&'static str>),
) -> (bool, bool) {
    match (cause, cover) {
        (Cause::Accident | Cause::Water | Cause::NormalUse, _) | (Cause::Defect, Cover::Over) => {
            (true, false)
        }
        (Cause::Defect, Cover::Inside) => (against.push("cause"), (false, false)).1,
        (Cause::Defect, Cover::Unknown) => (asks.push("warranty"), (false, true)).1,
        (Cause::Unknown, Cover::Over) | (Cause::ThirdPartyPart, _) => (asks.push("cause"), (true, false)).1,
        (Cause::Unknown, Cover::Inside | Cover::Unknown) => (asks.push("cause"), (false, true)).1,
        (
            Cause::Cosmetic
            | Cause::Lost
            | Cause::Stolen
            | Cause::Deliberate
            | Cause::Modified
            | Cause::ForceMajeure,
            _,
        ) => (against.push("cause"), (true, false)).1,
    }
}

/// The source that the recording day picks, and what of the plan stands against a replacement.
fn plan(shop: &Shop, at: usize, against: &mut Vec<&'static str>) -> Option<(String, Option<u8>)> {
    let case = &shop.cases[at];
    let Some(number) = shop.plan_of(&case.serial) else {
        against.push("plan");
        return None;
    };
    let plan = &shop.plans[number];
    if plan.returned.is_some_and(|day| day <= shop.today()) {
        against.push("plan");
    }
    let covered = plan.plus.as_ref().map_or(plan.last, |plus| plus.last);
    let inside = |day: NaiveDate| plan.first <= day && day <= covered;
    if !inside(case.recorded) || !inside(case.damaged) {
        against.push("term");
    }
    if plan.region != "US" {
        against.push("region");
    }
    let source = match &plan.plus {
        Some(plus) if case.recorded > plan.last => plus.number.clone(),
        _ => number.clone(),
    };
    let next = shop.next(&source, Some(at));
    if next.is_none() {
        against.push("balance");
    }
    Some((source, next))
}

fn cover(shop: &Shop, case: &Case) -> Cover {
    let start = day(shop.device(&case.serial).2);
    let plan = shop.plan_of(&case.serial).map(|number| &shop.plans[number]);
    let plan = plan.filter(|plan| plan.returned.is_none_or(|day| day > shop.today()));
    let plus = plan.and_then(|plan| plan.plus.as_ref()).is_some_and(|plus| plus.sold <= case.recorded);
    let more: u32 = if plus { 12 } else { 0 };
    let inside = |months| case.recorded <= last(start, months + more);
    let mut cover = Cover::Over;
    for part in &case.parts {
        match *part {
            "aircraft" | "remote-controller" if inside(12) => return Cover::Inside,
            // Nobody in this shop ever reads the battery's cycles.
            "battery" if inside(6) => cover = Cover::Unknown,
            _ => {}
        }
    }
    cover
}

/// The fee of a replacement of a source, in minor units.
pub fn fee(model: &str, (number, ordinal): (&str, u8)) -> Option<i64> {
    match (model, ordinal) {
        ("mavic-pro", 1) if !number.starts_with("X-") && !number.ends_with('X') => Some(7_900),
        ("mavic-pro", 2) => Some(12_900),
        _ => None,
    }
}
