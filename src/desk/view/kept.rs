//! A case as it is kept with the request that changed it.

use serde::{Deserialize, Serialize};

use crate::desk::Failure;
use crate::desk::view::{Answer, CaseView, Customer, Known, known, view};
use crate::repository::case;

/// An act's result as it is kept with its request: what can still change is written down, the rest is named.
///
/// A person who is erased is not in it, and a request's row stays within its page.
#[derive(Serialize, Deserialize)]
pub(in crate::desk) struct Kept {
    #[serde(flatten)]
    view: CaseView,
    /// None where an older program wrote everything down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    named: Option<Named>,
}

#[derive(Serialize, Deserialize)]
struct Named {
    case: String,
    /// How many steps its history had.
    steps: usize,
    finding: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    condition: Option<String>,
    #[serde(default)]
    held: Option<String>,
    #[serde(default)]
    result: Option<String>,
    decision: Option<String>,
}

/// The case with this id, and the same as it is kept.
pub(in crate::desk) fn of((tx, editions): Known<'_, '_>, id: &str) -> Result<(CaseView, Kept), Failure> {
    let case = known(tx, id)?;
    let (mut view, beside) = view((tx, editions), &case)?;
    let (decision, history) = (view.decision.take(), std::mem::take(&mut view.history));
    let nobody = Customer { name: String::new(), phone: None, email: None };
    let left = CaseView {
        serial: String::new(),
        customer: nobody,
        said: String::new(),
        finding: None,
        condition: None,
        held_reason: None,
        result: None,
        recorded_at: String::new(),
        ..view.clone()
    };
    let named = Named {
        case: case.id,
        steps: history.len(),
        finding: case.finding,
        condition: beside.condition,
        held: case.held_reason,
        result: case.result,
        decision: beside.decision,
    };
    Ok((CaseView { decision, history, ..view }, Kept { view: left, named: Some(named) }))
}

impl Kept {
    /// The result as it was first given, however far the case has gone since.
    pub fn whole(self, (tx, editions): Known<'_, '_>) -> Result<CaseView, Failure> {
        let Some(named) = self.named else { return Ok(self.view) };
        let (now, _) = view((tx, editions), &known(tx, &named.case)?)?;
        let decision = named.decision.map(|id| case::answer(tx, &named.case, &id)).transpose()?;
        let text = |id: Option<String>| id.map(|id| case::text(tx, &id)).transpose();
        Ok(CaseView {
            serial: now.serial,
            customer: now.customer,
            said: now.said,
            finding: text(named.finding)?,
            condition: text(named.condition)?,
            held_reason: text(named.held)?,
            result: text(named.result)?,
            recorded_at: now.recorded_at,
            decision: decision.map(Answer::from),
            history: now.history.into_iter().take(named.steps).collect(),
            ..self.view
        })
    }
}
