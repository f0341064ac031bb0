//! Clause texts, and what each cause opens.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::domain::claim::Cause;
use crate::domain::clause::Clause;
use crate::domain::edition::CauseRoute;
use crate::programme::document::{Causes, Route, Rows, Text};
use crate::programme::mistake::{Wrong, once, parsed, said};

/// A text for every clause.
pub(super) fn clauses(written: &Spanned<Rows<Text>>) -> Result<BTreeMap<Clause, String>, Wrong> {
    let mut texts = BTreeMap::new();
    for (id, text) in &written.get_ref().0 {
        texts.insert(clause(id)?, said(text)?);
    }
    match Clause::ALL.iter().find(|clause| !texts.contains_key(*clause)) {
        Some(absent) => Err(Wrong::missing(written, absent.as_str())),
        None => Ok(texts),
    }
}

fn clause(id: &Text) -> Result<Clause, Wrong> {
    let known = Clause::ALL.iter().find(|clause| clause.as_str() == id.get_ref());
    known.copied().ok_or_else(|| Wrong::unknown("clause", id, Clause::ALL.iter().map(|one| one.as_str())))
}

/// A route for every cause.
pub(super) fn causes(written: &Causes) -> Result<BTreeMap<Cause, CauseRoute>, Wrong> {
    let mut routes = BTreeMap::new();
    for (id, row) in &written.routes.get_ref().0 {
        let cause = parsed(id)?;
        if cause == Cause::NormalUse && row.replacement.get_ref() != written.normal_use.get_ref() {
            let problem = "says something else than cause.normal_use; write the same word in both";
            return Err(Wrong::at(&row.replacement, problem));
        }
        routes.insert(cause, route(row)?);
    }
    match Cause::ALL.iter().find(|cause| !routes.contains_key(*cause)) {
        Some(absent) => Err(Wrong::missing(&written.routes, absent.as_str())),
        None => Ok(routes),
    }
}

fn route(row: &Route) -> Result<CauseRoute, Wrong> {
    let written = row.clauses.get_ref();
    if written.is_empty() {
        return Err(Wrong::at(&row.clauses, "no clause stands here; every decision names one, so write it"));
    }
    once("clause", written)?;
    Ok(CauseRoute {
        warranty: row.warranty,
        replacement: *row.replacement.get_ref(),
        paid: row.paid,
        clauses: written.iter().map(clause).collect::<Result<_, _>>()?,
        name: said(&row.name)?,
    })
}
