//! How many replacements are left on the plan of a case.

use crate::desk::Failure;
use crate::desk::ground::Ground;
use crate::desk::view::Known;
use crate::domain::day::parse_instant;
use crate::domain::facts::ProductGoes;
use crate::domain::plan::Source;
use crate::repository::case::Case;
use crate::repository::plan::{self, How, Plan};
use crate::repository::row::{broken, day};

/// Replacements granted − used, and granted, of the source that the case draws from.
pub(super) fn left(known: Known<'_, '_>, case: &Case, plan: &Plan) -> Result<(u8, u8), Failure> {
    let plus = match plan.plus.as_ref() {
        Some(plus) if draws_on_plus(known, case, (plan, &plus.number))? => Some(plus),
        Some(_) | None => None,
    };
    let (number, granted) = plus.map_or((&plan.number, plan.granted), |plus| (&plus.number, plus.granted));
    let used = plan::taken(known.0, number)?.iter().filter(|taken| taken.how == How::Used).count();
    Ok((granted.saturating_sub(u8::try_from(used).unwrap_or(u8::MAX)), granted))
}

/// Tells whether plus gives the replacement: the one that is reserved or used, else what the recording day picks.
fn draws_on_plus(
    (tx, editions): Known<'_, '_>,
    case: &Case,
    (plan, plus): (&Plan, &str),
) -> Result<bool, Failure> {
    if let Some((_, source, _)) = &case.slot {
        return Ok(source == plus);
    }
    let at = parse_instant(&case.recorded_at).map_err(|bad| broken("cases", &case.number, bad))?;
    let Some(ground) = Ground::of_plan(tx, editions, (plan.clone(), at))? else { return Ok(false) };
    // Any question checks the plan's facts by its edition, which tells the days that are not printed.
    let facts = ground.give_back((&plan.region, at), ProductGoes::Back)?;
    let Ok(question) = facts.check(editions) else { return Ok(false) };
    let recorded_on = day("cases", &case.number, &case.recorded_on)?;
    let source = question.plan.map(|plan| plan.source_on(recorded_on, &question.edition.settings));
    Ok(source == Some(Source::Plus))
}
