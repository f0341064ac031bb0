//! The plan's part of checking facts.

use crate::domain::edition::Edition;
use crate::domain::facts::check::{refuse, serial};
use crate::domain::facts::{ExtensionFacts, PlanFacts, Refusal};
use crate::domain::plan::{Balance, Extension, Plan, Term};

impl PlanFacts {
    /// Checks the plan's facts by the edition it was sold under.
    pub(super) fn check(&self, edition: &Edition) -> Result<Plan, Refusal> {
        if let Some(tier) = self.tier.as_deref().filter(|tier| *tier != "refresh") {
            let problem = format!("\"{tier}\" is not refresh; plus is written as the plan's extension");
            return Err(refuse("plan.tier", problem));
        }
        if self.used > self.granted {
            let problem = format!("{} used of {} granted", self.used, self.granted);
            return Err(refuse("plan.used", problem));
        }
        let term = Term::of(self.starts_on, self.ends_on, &edition.settings.term);
        if term.last < term.first {
            let problem = format!("{} is before the plan's first day {}", term.last, term.first);
            return Err(refuse("plan.ends_on", problem));
        }
        Ok(Plan {
            number: self.number.clone(),
            region: edition.region(self.region),
            bound: serial(&self.bound_serial, "plan.bound_serial")?,
            term,
            balance: self.balance()?,
            returned_on: self.returned_on,
            extension: self.extension.as_ref().map(|plus| plus.check(term, edition)).transpose()?,
        })
    }

    fn balance(&self) -> Result<Balance, Refusal> {
        let Some(taken) = &self.taken else {
            return Ok(Balance::counted(self.granted, self.used));
        };
        let balance = Balance::with_taken(self.granted, taken.clone());
        if usize::from(balance.used()) != taken.len() || balance.used() != self.used {
            return Err(refuse("plan.taken", "must name each used ordinal once, from 1 to granted"));
        }
        Ok(balance)
    }
}

impl ExtensionFacts {
    fn check(&self, original: Term, edition: &Edition) -> Result<Extension, Refusal> {
        let rules = &edition.settings.plus;
        if !original.covers(self.bought_on) {
            let problem = format!(
                "{} is outside the plan's own term ({} to {}), in which plus must be bought",
                self.bought_on, original.first, original.last
            );
            return Err(refuse("plan.extension.bought_on", problem));
        }
        let granted = self.granted.unwrap_or(rules.granted);
        if self.used > granted {
            let problem = format!("{} used of {granted} granted", self.used);
            return Err(refuse("plan.extension.used", problem));
        }
        let term = original.after(rules, edition.settings.term.last_day);
        let last = self.ends_on.unwrap_or(term.last);
        if last < term.first {
            let problem = format!("{last} is before the extension's first day {}", term.first);
            return Err(refuse("plan.extension.ends_on", problem));
        }
        Ok(Extension {
            bought_on: self.bought_on,
            term: Term { last, ..term },
            balance: Balance::counted(granted, self.used),
        })
    }
}
