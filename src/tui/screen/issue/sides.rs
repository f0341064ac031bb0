//! Before and after: what handing these units out changes, and what it leaves as it is.

use crate::desk::CaseView;
use crate::desk::card::{Card, PlanCard};
use crate::domain::replacement::Effect as Move;
use crate::domain::serial::Serial;
use crate::tui::widget::confirm::{Question, Row};

/// What is known of an issue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides<'a> {
    pub case: &'a CaseView,
    pub card: Option<&'a Card>,
    pub units: &'a [String],
    /// What the units do to the plan; none before they fit.
    pub moves: Option<&'a Move>,
}

impl Sides<'_> {
    /// The comparison, a line each.
    pub fn rows(&self) -> Vec<Row> {
        let bound = self.case.plan_serial.clone().unwrap_or_else(|| self.case.serial.clone());
        let after = match self.moves {
            Some(Move::Moves(serial)) => serial.to_string(),
            Some(Move::Stays) => format!("{bound} (stays)"),
            None => "scan the new unit".to_owned(),
        };
        let same = |value: &str| (value.to_owned(), format!("{value} (unchanged)"));
        let mut rows = vec![Row { label: "Serial", before: bound, after }];
        let mut push = |label, (before, after)| rows.push(Row { label, before, after });
        if let Some(plan) = self.card.and_then(|card| card.plan.as_ref()) {
            push("Plan", same(&plan.number));
            push("Left on the plan", self.balance(plan));
            push("Plan ends", same(&ends(plan)));
        }
        push("Warranty until", same(&self.warranty()));
        match self.moves {
            Some(Move::Stays) => push("Parts", ("damaged".to_owned(), self.units.join(", "))),
            _ => push("Old unit", ("the customer's".to_owned(), "stays here, retired".to_owned())),
        }
        push("Fee", self.fee());
        rows
    }

    /// The question before it is done; none before the units fit.
    pub fn question(&self) -> Option<Question> {
        let serial = match self.moves? {
            Move::Moves(serial) => serial.clone(),
            Move::Stays => {
                self.units.iter().rev().find_map(|unit| unit.parse().ok()).or_else(|| self.own())?
            }
        };
        Some(Question {
            title: format!("Hand out {} on case {}?", self.units.join(", "), self.case.number),
            rows: self.rows(),
            serial,
        })
    }

    /// Labels carry no serial, so that the unit that keeps the plan is asked for.
    fn own(&self) -> Option<Serial> {
        self.case.plan_serial.as_deref().unwrap_or(&self.case.serial).parse().ok()
    }

    fn balance(&self, plan: &PlanCard) -> (String, String) {
        let granted = self.case.granted.unwrap_or(plan.balance.2);
        let left = self.case.balance.unwrap_or(plan.balance.0);
        let of = |left: u8| format!("{left} of {granted}");
        (of(left), of(left.saturating_sub(1)))
    }

    fn warranty(&self) -> String {
        let last = self.card.and_then(|card| card.warranty.parts.iter().filter_map(|part| part.last).max());
        last.map_or_else(|| "not known".to_owned(), |day| day.to_string())
    }

    fn fee(&self) -> (String, String) {
        match (self.case.fee, self.case.due) {
            (Some(fee), Some(due)) if due.minor == 0 => (fee.to_string(), "settled".to_owned()),
            (Some(fee), Some(due)) => (fee.to_string(), format!("{due} is due before")),
            _ => ("not known".to_owned(), "to be paid before".to_owned()),
        }
    }
}

/// The last covered day, plus counted in.
fn ends(plan: &PlanCard) -> String {
    plan.plus.map_or(plan.term.last, |(term, _, _)| term.last.max(plan.term.last)).to_string()
}
