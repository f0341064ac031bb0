//! What every paper of a case is made from.

use crate::desk::act::{Work, list, state};
use crate::desk::choose::again;
use crate::desk::failure::wrong;
use crate::desk::ground::Ground;
use crate::desk::pay::account;
use crate::desk::{Failure, Purpose};
use crate::domain::account::Account;
use crate::domain::case::Outcome;
use crate::domain::clause::Clause;
use crate::domain::decision::{Decision, decide};
use crate::domain::edition::Edition;
use crate::domain::event::Event;
use crate::domain::facts::Facts;
use crate::domain::money::{Currency, Money};
use crate::paper::{Clauses, Head};
use crate::repository::case::{self, Case};
use crate::repository::journal::{self, Person};
use crate::repository::row::parsed;
use crate::repository::{Fault, paper as stored};

/// A case with its device and its customer.
pub(super) struct Source<'a, 'w, 'tx> {
    pub work: &'a Work<'w, 'tx>,
    pub case: &'a Case,
    pub ground: Ground,
    pub customer: Person,
}

impl<'a, 'w, 'tx> Source<'a, 'w, 'tx> {
    pub fn load(work: &'a Work<'w, 'tx>, case: &'a Case) -> Result<Self, Failure> {
        let ground = work.ground(&case.serial)?;
        let customer = case::person(work.tx, &case.customer)?;
        Ok(Self { work, case, ground, customer })
    }

    pub fn edition(&self) -> &Edition {
        self.ground.edition(&self.work.shop.editions)
    }

    pub fn head(&self) -> Head {
        let stamp = self.work.stamp;
        Head {
            site: self.work.counter.site.clone(),
            case: Some(self.case.number.clone()),
            at: format!("{} by {}", stamp.at.format("%Y-%m-%d %H:%M"), stamp.actor),
            practice: self.work.shop.purpose == Purpose::Practice,
        }
    }

    pub fn product(&self) -> String {
        let id = &self.ground.device.model;
        self.edition().model(id).map_or_else(|| id.clone(), |model| model.name.clone())
    }

    /// The serial on the unit where it could be read, else the one the case is for.
    pub fn serial(&self) -> String {
        let readable = self.case.on_unit.as_ref().filter(|unit| *unit != "illegible");
        readable.unwrap_or(&self.case.serial).clone()
    }

    pub fn part_names(&self, ids: &[String]) -> String {
        let edition = self.edition();
        let name =
            |id: &String| edition.part(id).map_or(id.as_str(), |part| edition.part_name(part)).to_owned();
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    pub fn handed_in(&self) -> Result<Vec<String>, Fault> {
        let text = self.case.handed_in.as_deref();
        Ok(text.map(|text| list(self.case, text)).transpose()?.unwrap_or_default())
    }

    /// The condition of the unit, where it was noted.
    pub fn condition(&self) -> Result<Option<String>, Fault> {
        let mut noted = None;
        for entry in journal::of_case(self.work.tx, &self.case.id)? {
            noted = entry.outline()?.0.condition_after(noted);
        }
        noted.map(|noted| case::text(self.work.tx, &noted.id)).transpose()
    }

    pub fn clauses(&self, clauses: &[Clause]) -> Clauses {
        let text = |clause: &Clause| (clause.to_string(), self.edition().clause_text(*clause).to_owned());
        clauses.iter().map(text).collect()
    }

    pub fn outcome(&self) -> Result<Outcome, Fault> {
        parsed("cases", &self.case.number, &self.case.outcome)
    }

    pub fn account(&self) -> Result<Account, Fault> {
        account(self.work.tx, self.case)
    }

    /// The currency of the case's money; none before any is known.
    pub fn currency(&self) -> Result<Option<Currency>, Fault> {
        if let Some((_, code)) = &self.case.fee {
            return parsed("cases", &self.case.number, code).map(Some);
        }
        let lines = stored::moved(self.work.tx, &self.case.id)?;
        lines.first().map(|line| parsed("payment", &self.case.number, &line.currency)).transpose()
    }

    /// What the customer can choose by: today's decision, and once something was chosen the newest before anything
    /// was handed out, made again from its own facts.
    pub fn decision(&self) -> Result<Decision, Failure> {
        if self.outcome()? == Outcome::None && state(self.case)?.open() {
            return Ok(again(self.work, self.case, &self.ground)?.0);
        }
        let facts = stored::facts(self.work.tx, &self.case.id)?;
        let facts: Facts =
            crate::desk::question::read(&facts.ok_or_else(|| wrong("decision", "none is stored"))?)?;
        Ok(decide(&facts.check(&self.work.shop.editions)?))
    }

    /// What it costs and what was paid, in a few words; what was let go is told, the reason is not.
    pub fn fee_in_words(&self) -> Result<String, Fault> {
        let account = self.account()?;
        let Some(fee) = account.fee else {
            return Ok("none".to_owned());
        };
        let show = |minor| Money { minor, currency: fee.currency };
        let (fee, paid) = (self.with_its_reason(fee)?, show(account.net()));
        Ok(match account.waived {
            0 => format!("{fee}, paid {paid}"),
            waived => format!("{fee}, paid {paid}, waived {}", show(waived)),
        })
    }

    /// A fee, and where no list knew it the reason of the staff who named it. Papers show both.
    pub fn with_its_reason(&self, fee: Money) -> Result<String, Fault> {
        let reason = self.named_because()?;
        Ok(reason.map_or_else(|| fee.to_string(), |reason| format!("{fee} ({reason})")))
    }

    /// Why staff named this fee; nothing where it was known when the customer chose.
    fn named_because(&self) -> Result<Option<String>, Fault> {
        if !stored::paid_with_a_reason(self.work.tx, &self.case.id)? {
            return Ok(None);
        }
        let (mut unknown, mut reason) = (false, None);
        for entry in journal::of_case(self.work.tx, &self.case.id)? {
            match entry.outline()?.0 {
                Event::Chosen(it) => (unknown, reason) = (it.fee.is_none(), None),
                Event::Paid(it) if unknown => {
                    unknown = false;
                    reason = it.lines.into_iter().find_map(|line| line.reason);
                }
                _ => {}
            }
        }
        reason.map(|reason| case::text(self.work.tx, &reason.id)).transpose()
    }
}

/// What was chosen, as the customer reads it.
pub(super) const fn in_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::None => "nothing chosen yet",
        Outcome::Replacement => "replacement by the plan",
        Outcome::PaidRepair => "repair at your cost",
        Outcome::WarrantyRepair => "repair under the warranty",
        Outcome::ReturnUnrepaired => "given back as it is",
        Outcome::NoFault => "no fault found",
    }
}
