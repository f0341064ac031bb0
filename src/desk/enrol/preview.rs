//! What selling plus, or taking a plan back, would come to. Nothing is stored.

use chrono::{DateTime, FixedOffset};

use crate::desk::act;
use crate::desk::enrol::{named, stranger};
use crate::desk::failure::refused;
use crate::desk::ground::Ground;
use crate::desk::record::no_other_case;
use crate::desk::{Act, Desk, Failure};
use crate::domain::case::{Guard, Refused};
use crate::domain::decision::{Decision, decide};
use crate::domain::facts::{Facts, ProductGoes};
use crate::repository::plan::{self, Plan};
use crate::repository::{Tx, case};

/// What a sale of plus, or a return, would come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Prospect {
    /// What the rules say.
    pub decision: Decision,
    /// What the counter has that stands against it, beside the rules.
    pub stands: Option<Refused>,
}

impl Desk {
    /// Decides whether plus could be sold for a plan now. Clauses C21 to C23.
    pub fn extendable(&mut self, act: &Act, number: &str) -> Result<Prospect, Failure> {
        self.preview((act, number), |tx, (plan, ground), desk| Ok((ground.extend(desk)?, one_plus(tx, plan))))
    }

    /// Decides whether a plan could be given back now. Clauses C16, C17.
    pub fn returnable(&mut self, act: &Act, number: &str, goes: ProductGoes) -> Result<Prospect, Failure> {
        self.preview((act, number), |tx, (plan, ground), desk| {
            let stands = at_rest(tx, (plan, ground)).and_then(|()| still_here(plan));
            Ok((ground.give_back(desk, goes)?, stands))
        })
    }

    fn preview(
        &mut self,
        (act, number): (&Act, &str),
        asked: impl FnOnce(&Tx<'_>, Known<'_>, (&str, DateTime<FixedOffset>)) -> Result<Asked, Failure>,
    ) -> Result<Prospect, Failure> {
        let shop = &self.shop;
        self.repository.read(|tx| {
            let unnamed = || refused(Guard::NotSetUp, "this counter has no name yet");
            let counter = act::counter(tx)?.ok_or_else(unnamed)?;
            let plan = named(tx, number)?;
            let ground = Ground::of_plan(tx, &shop.editions, (plan.clone(), act.stamp.at))?
                .ok_or_else(|| stranger(&plan))?;
            let (facts, stands) = asked(tx, (&plan, &ground), (counter.region.as_str(), act.stamp.at))?;
            let stands = match stands {
                Ok(()) => None,
                Err(Failure::Refused(no)) => Some(no),
                Err(failure) => return Err(failure),
            };
            Ok(Prospect { decision: decide(&facts.check(&shop.editions)?), stands })
        })
    }
}

/// A plan, and what is known of its product.
type Known<'a> = (&'a Plan, &'a Ground);

/// The facts of a question, and what the counter has against it.
type Asked = (Facts, Result<(), Failure>);

/// Refuses a plus for a plan that ever had one, be it returned: the file holds one for each.
pub(super) fn one_plus(tx: &Tx<'_>, plan: &Plan) -> Result<(), Failure> {
    match plan::plus_of(tx, &plan.number)? {
        None => Ok(()),
        Some(other) => {
            let say = format!("plan {} had the plus {other} already: one for each plan", plan.number);
            Err(refused(Guard::NotCovered, say))
        }
    }
}

/// Refuses to take a plan back while a case is open on its product or has a replacement of it.
pub(super) fn at_rest(tx: &Tx<'_>, (plan, ground): Known<'_>) -> Result<(), Failure> {
    no_other_case(tx, &ground.chain)?;
    let Some(holder) = ground.holder() else { return Ok(()) };
    let other = case::by_id(tx, holder)?.map(|case| case.number).unwrap_or_default();
    let number = &plan.number;
    let say = format!("case {other} has a replacement of plan {number} reserved: finish or cancel it first");
    Err(refused(Guard::OpenCase, say))
}

/// Refuses to take back what is marked as returned, be it on a day to come.
pub(super) fn still_here(plan: &Plan) -> Result<(), Failure> {
    match &plan.returned_on {
        None => Ok(()),
        Some(day) => {
            let say = format!("plan {} is marked as returned on {day} already", plan.number);
            Err(refused(Guard::NotCovered, say))
        }
    }
}
