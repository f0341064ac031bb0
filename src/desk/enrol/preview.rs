//! What selling plus, or taking a plan back, would come to. Nothing is stored.

use chrono::{DateTime, FixedOffset};

use crate::desk::act;
use crate::desk::enrol::{named, stranger};
use crate::desk::failure::refused;
use crate::desk::ground::Ground;
use crate::desk::{Act, Desk, Failure};
use crate::domain::case::Guard;
use crate::domain::decision::{Decision, decide};
use crate::domain::facts::{Facts, ProductGoes};

impl Desk {
    /// Decides whether plus could be sold for a plan now. Clauses C21 to C23.
    pub fn extendable(&mut self, act: &Act, number: &str) -> Result<Decision, Failure> {
        self.preview((act, number), Ground::extend)
    }

    /// Decides whether a plan could be given back now. Clauses C16, C17.
    pub fn returnable(&mut self, act: &Act, number: &str, goes: ProductGoes) -> Result<Decision, Failure> {
        self.preview((act, number), |ground, desk| ground.give_back(desk, goes))
    }

    fn preview(
        &mut self,
        (act, number): (&Act, &str),
        facts: impl FnOnce(&Ground, (&str, DateTime<FixedOffset>)) -> Result<Facts, Failure>,
    ) -> Result<Decision, Failure> {
        let shop = &self.shop;
        self.repository.read(|tx| {
            let unnamed = || refused(Guard::NotSetUp, "this counter has no name yet");
            let counter = act::counter(tx)?.ok_or_else(unnamed)?;
            let plan = named(tx, number)?;
            let ground = Ground::of_plan(tx, &shop.editions, (plan.clone(), act.stamp.at))?
                .ok_or_else(|| stranger(&plan))?;
            let facts = facts(&ground, (counter.region.as_str(), act.stamp.at))?;
            Ok(decide(&facts.check(&shop.editions)?))
        })
    }
}
