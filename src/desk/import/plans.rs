//! What the programme's edition says of a plan that comes in: its defaults, and when plus may be sold.

use chrono::NaiveDate;

use crate::domain::day::{days_after, parse_day};
use crate::domain::edition::{Edition, Editions, FirstDay};
use crate::domain::plan::Term;
use crate::repository::registry::{Draft, Filled, Original};

type Problem = (&'static str, String);

fn day(text: Option<&String>) -> Option<NaiveDate> {
    text.and_then(|text| parse_day(text).ok())
}

/// The edition named, else the one that a plan of this day was sold under.
fn edition<'a>(editions: &'a Editions, draft: &Draft) -> Result<&'a Edition, Problem> {
    if let Some(id) = &draft.programme {
        return editions.named(id).ok_or_else(|| ("programme", format!("there is no edition \"{id}\" here")));
    }
    let on = day(draft.starts_on.as_ref()).or_else(|| day(draft.sold_on.as_ref()));
    on.map(|on| editions.on(on))
        .ok_or_else(|| ("programme", "is empty, and no day tells the edition".to_owned()))
}

/// Fills a plan's empty cells.
pub(super) fn refresh(editions: &Editions, draft: &Draft) -> Result<Filled, Problem> {
    let edition = edition(editions, draft)?;
    let first = match day(draft.starts_on.as_ref()) {
        Some(first) => first,
        None => first_day(edition, draft).ok_or_else(|| {
            ("starts_on", "is empty, and no day of sale tells when the plan starts".to_owned())
        })?,
    };
    if let Some(last) = day(draft.ends_on.as_ref()).filter(|last| *last < first) {
        return Err(("ends_on", format!("{last} is before the plan starts on {first}")));
    }
    Ok(Filled {
        programme: edition.id.clone(),
        starts_on: Some(first.to_string()),
        granted: draft.granted.unwrap_or(edition.allowance),
    })
}

/// The first covered day of a plan whose agreement does not say it (setting `term.starts`).
fn first_day(edition: &Edition, draft: &Draft) -> Option<NaiveDate> {
    let rules = &edition.settings.term;
    let sold = day(draft.sold_on.as_ref())?;
    let bundled = day(draft.purchased_on.as_ref()) == Some(sold);
    rules.starts.iter().find_map(|source| match source {
        FirstDay::Agreement => None,
        FirstDay::Shipped => bundled.then(|| days_after(sold, rules.ship_days)),
        FirstDay::Bound => Some(sold),
    })
}

/// Fills a plus's empty cells; it must have been sold while the original ran. Clause C21.
pub(super) fn plus(editions: &Editions, draft: &Draft) -> Result<Filled, Problem> {
    let original = draft.original.as_ref().ok_or_else(|| ("extends", "names no plan here".to_owned()))?;
    let sold = day(draft.sold_on.as_ref())
        .ok_or_else(|| ("sold_on", "is empty: a plus needs the day it was sold".to_owned()))?;
    let term = term(editions, original)?;
    if !term.covers(sold) {
        let say = format!(
            "{sold} is not in the term of plan {} ({} to {})",
            original.number, term.first, term.last
        );
        return Err(("sold_on", say));
    }
    let edition = match &draft.programme {
        Some(_) => edition(editions, draft)?,
        None => editions.on(sold),
    };
    Ok(Filled {
        programme: edition.id.clone(),
        starts_on: draft.starts_on.clone(),
        granted: draft.granted.unwrap_or(edition.settings.plus.granted),
    })
}

/// Refuses a plan whose plus would then have been bought outside its term. Clause C21.
pub(super) fn extended(editions: &Editions, draft: &Draft) -> Result<Filled, Problem> {
    let filled = refresh(editions, draft)?;
    let bought = draft.plus.as_ref().and_then(|(number, on)| Some((number, day(Some(on))?)));
    let first = day(filled.starts_on.as_ref());
    if let (Some((plus, on)), Some(first), Some(edition)) = (bought, first, editions.named(&filled.programme))
    {
        let term = Term::of(first, day(draft.ends_on.as_ref()), &edition.settings.term);
        if !term.covers(on) {
            let column = if on > term.last && draft.ends_on.is_some() { "ends_on" } else { "starts_on" };
            let say = format!(
                "the plan would run from {} to {}, and its plus {plus} was bought on {on}, outside of it",
                term.first, term.last
            );
            return Err((column, say));
        }
    }
    Ok(filled)
}

fn term(editions: &Editions, original: &Original) -> Result<Term, Problem> {
    let unknown = || ("extends", format!("plan {} has no edition or first day here", original.number));
    let edition = editions.named(&original.programme).ok_or_else(unknown)?;
    let first = day(Some(&original.starts_on)).ok_or_else(unknown)?;
    Ok(Term::of(first, day(original.ends_on.as_ref()), &edition.settings.term))
}
