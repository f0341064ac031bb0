//! One act: a transaction in which the rule is asked again, its events, and its result under a request id.

use chrono::NaiveDate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::desk::day as daybook;
use crate::desk::failure::refused;
use crate::desk::ground::Ground;
use crate::desk::question;
use crate::desk::view::{self, CaseView};
use crate::desk::{Counter, Desk, Failure, Shop};
use crate::domain::case::{Guard, Number, State};
use crate::domain::decision::{Decision, decide};
use crate::domain::event::{Decided, Event, Stated};
use crate::domain::facts::{ClaimFacts, Facts};
use crate::repository::case::Case;
use crate::repository::journal::{self, Stamp, new_id};
use crate::repository::row::{broken, day, parsed};
use crate::repository::{Fault, Tx, case, paper};

/// Who does an act, when, and under which request id.
#[derive(Debug, Clone)]
pub struct Act {
    /// Who and when.
    pub stamp: Stamp,
    /// Made when the form opened: the same id again returns the first result.
    pub request: String,
}

/// An act at work, inside its transaction.
pub(super) struct Work<'a, 'tx> {
    pub tx: &'a Tx<'tx>,
    pub shop: &'a Shop,
    pub counter: Counter,
    pub stamp: &'a Stamp,
}

/// Reads this counter's set-up.
pub(super) fn counter(tx: &Tx<'_>) -> Result<Option<Counter>, Fault> {
    Ok(case::site(tx)?.map(|(site, region, till)| Counter { site, region, till }))
}

/// This counter, which must have its name for acts and checks.
pub(super) fn named_counter(tx: &Tx<'_>) -> Result<Counter, Failure> {
    counter(tx)?.ok_or_else(|| {
        refused(Guard::NotSetUp, "this counter has no name yet: run `caredesk setup --site NAME --region R`")
    })
}

/// Begins an act: the counter has a name, and the day it bears is not closed.
fn begin<'a, 'tx>(tx: &'a Tx<'tx>, shop: &'a Shop, act: &'a Act) -> Result<Work<'a, 'tx>, Failure> {
    let counter = named_counter(tx)?;
    daybook::open_on(tx, act.stamp.at.date_naive(), &act.stamp)?;
    Ok(Work { tx, shop, counter, stamp: &act.stamp })
}

/// What an act does on a case.
type Boxed<'a> = Box<dyn FnOnce(&Work<'_, '_>) -> Result<String, Failure> + 'a>;

impl Desk {
    /// Runs an act on a case once, and shows the case as it is then.
    pub(super) fn act(
        &mut self,
        (act, what): (&Act, &str),
        work: impl FnOnce(&Work<'_, '_>) -> Result<String, Failure>,
    ) -> Result<CaseView, Failure> {
        self.act_on_case((act, what), Box::new(work))
    }

    /// Boxed: its body would otherwise stand in the program once for every act.
    fn act_on_case(&mut self, (act, what): (&Act, &str), work: Boxed<'_>) -> Result<CaseView, Failure> {
        let mut fresh = None;
        let kept = self.remember((act, what), |tx, shop| {
            let case = work(&begin(tx, shop, act)?)?;
            let (view, kept) = view::of((tx, &shop.editions), &case)?;
            fresh = Some(view);
            Ok(kept)
        })?;
        let editions = &self.shop.editions;
        match fresh {
            Some(view) => Ok(view),
            None => self.repository.read(|tx| kept.whole((tx, editions))),
        }
    }

    /// Runs an act once, and gives what it made.
    pub(super) fn once<T: Serialize + DeserializeOwned>(
        &mut self,
        (act, what): (&Act, &str),
        work: impl FnOnce(&Work<'_, '_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.remember((act, what), |tx, shop| work(&begin(tx, shop, act)?))
    }
}

impl Work<'_, '_> {
    /// Writes an event and what it changes.
    pub fn write(&self, event: &Event) -> Result<(), Failure> {
        journal::append(self.tx, self.stamp, event)?;
        Ok(())
    }

    /// The desk's day.
    pub fn today(&self) -> NaiveDate {
        self.stamp.at.date_naive()
    }

    /// The moment as it is stored.
    pub fn at(&self) -> String {
        self.stamp.at.to_rfc3339()
    }

    /// The case with this number.
    pub fn case(&self, number: &str) -> Result<Case, Failure> {
        let known: Number = number.parse().map_err(|bad| refused(Guard::NoSuchCase, format!("{bad}")))?;
        let missing =
            || refused(Guard::NoSuchCase, format!("there is no case {known}: look it up by its serial"));
        case::numbered(self.tx, &known.to_string())?.ok_or_else(missing)
    }

    /// What is known of a case's device.
    pub fn ground(&self, serial: &str) -> Result<Ground, Failure> {
        let ground = Ground::load(self.tx, &self.shop.editions, (serial, self.stamp.at))?;
        let say = || format!("{serial} is not in the registry: check the serial, or import the maker's file");
        ground.ok_or_else(|| refused(Guard::NoSuchDevice, say()))
    }

    /// The facts of what a case claims: as the file has them now; of a replacement that is out, those on which it
    /// went out, since what a case did itself does not speak against it; of a case that is over, its last ones.
    pub fn facts_of(&self, case: &Case, claim: ClaimFacts) -> Result<Facts, Failure> {
        let stored = match case::issued_on(self.tx, &case.id)? {
            None if !state(case)?.open() => paper::facts(self.tx, &case.id)?,
            stored => stored,
        };
        if let Some(stored) = stored {
            return Ok(Facts { claim: Some(claim), ..question::read(&stored)? });
        }
        self.ground(&case.serial)?.claim((&self.counter.region, self.stamp.at), Some(&case.id), claim)
    }

    /// Decides a claim with the desk's clock, and keeps facts and answer.
    pub fn decide(
        &self,
        ground: &Ground,
        case: Option<&str>,
        claim: ClaimFacts,
    ) -> Result<(Decision, Decided), Failure> {
        let facts = ground.claim((&self.counter.region, self.stamp.at), case, claim)?;
        decided(self.shop, facts)
    }
}

/// Decides facts and keeps them with the answer.
pub(super) fn decided(shop: &Shop, facts: Facts) -> Result<(Decision, Decided), Failure> {
    let written = question::write(&facts);
    let decision = decide(&facts.check(&shop.editions)?);
    let answer = serde_json::to_string(&decision).map_err(|cause| Fault::Sqlite(cause.to_string()))?;
    Ok((decision, Decided { id: new_id(), facts: written, answer }))
}

/// The state a case is in.
pub(super) fn state(case: &Case) -> Result<State, Fault> {
    parsed("cases", &case.number, &case.state)
}

/// A stored JSON list.
pub(super) fn list(case: &Case, text: &str) -> Result<Vec<String>, Fault> {
    serde_json::from_str(text).map_err(|cause| broken("cases", &case.number, cause))
}

/// What a case claims now.
pub(super) fn stated(case: &Case) -> Result<Stated, Fault> {
    Ok(Stated {
        cause: parsed("cases", &case.number, &case.cause)?,
        parts: list(case, &case.parts)?,
        damaged_on: day("cases", &case.number, &case.damaged_on)?,
        owner: parsed("cases", &case.number, &case.owner)?,
        battery_cycles: case.battery_cycles,
        repaired_elsewhere: case.repaired_elsewhere,
    })
}

/// The facts of a case's claim with what is stated now.
pub(super) fn claim_facts(case: &Case, stated: &Stated) -> Result<ClaimFacts, Fault> {
    Ok(ClaimFacts {
        cause: stated.cause,
        parts: stated.parts.clone(),
        damaged_on: Some(stated.damaged_on),
        recorded_on: Some(day("cases", &case.number, &case.recorded_on)?),
        owner: Some(stated.owner),
        channel: Some(parsed("cases", &case.number, &case.channel)?),
        handed_in: case.handed_in.as_deref().map(|text| list(case, text)).transpose()?,
        battery_cycles: stated.battery_cycles,
        serial_on_unit: case.on_unit.clone(),
        repaired_elsewhere: Some(stated.repaired_elsewhere),
    })
}
