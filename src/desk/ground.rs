//! What the file knows of a device, put together as the facts of a question.

use chrono::{DateTime, FixedOffset};

use crate::desk::Failure;
use crate::domain::day::{parse_day, parse_instant};
use crate::domain::edition::{Edition, Editions};
use crate::domain::facts::{
    ActivationFact, Ask, BindFacts, ClaimFacts, DeskFacts, DeviceFacts, ExtendFacts, ExtensionFacts, Facts,
    FeeFacts, PlanFacts, ProductGoes, ReturnFacts,
};
use crate::domain::product::Condition;
use crate::domain::region::Code;
use crate::repository::device::Beside;
use crate::repository::plan::{How, Plan, Taken};
use crate::repository::row::{day, parsed};
use crate::repository::{Fault, Tx, case, device, plan};

/// A device with everything that decisions about it need.
#[derive(Debug, Clone)]
pub(super) struct Ground {
    pub device: device::Device,
    /// Serials that replaced one another, oldest first.
    pub chain: Vec<String>,
    pub plan: Option<Plan>,
    pub taken: Vec<Taken>,
    pub plus_taken: Vec<Taken>,
    pub programme: String,
    pub beside: Beside,
    fees: Vec<(String, String, i64)>,
}

impl Ground {
    /// Loads a device; none when nobody knows the serial.
    pub fn load(
        tx: &Tx<'_>,
        editions: &Editions,
        (serial, at): (&str, DateTime<FixedOffset>),
    ) -> Result<Option<Self>, Fault> {
        let Some(known) = device::with_chain(tx, serial)? else {
            return Ok(None);
        };
        let plan = plan::of_chain(tx, &known.1)?;
        Self::gather(tx, editions, (known, plan), at).map(Some)
    }

    /// Loads the device that a plan is bound to, with this very plan; none when nobody knows the serial.
    pub fn of_plan(
        tx: &Tx<'_>,
        editions: &Editions,
        (plan, at): (Plan, DateTime<FixedOffset>),
    ) -> Result<Option<Self>, Fault> {
        let Some(known) = device::with_chain(tx, &plan.bound)? else {
            return Ok(None);
        };
        Self::gather(tx, editions, (known, Some(plan)), at).map(Some)
    }

    fn gather(
        tx: &Tx<'_>,
        editions: &Editions,
        ((device, chain, beside), plan): ((device::Device, Vec<String>, Beside), Option<Plan>),
        at: DateTime<FixedOffset>,
    ) -> Result<Self, Fault> {
        let touched = plan.as_ref().filter(|plan| plan.touched);
        let taken = touched.map(|plan| plan::taken(tx, &plan.number)).transpose()?.unwrap_or_default();
        let plus = touched.and_then(|plan| plan.plus.as_ref());
        let plus_taken = plus.map(|plus| plan::taken(tx, &plus.number)).transpose()?.unwrap_or_default();
        let programme = match &plan {
            Some(plan) => plan.programme.clone(),
            None => editions.on(at.date_naive()).id.clone(),
        };
        let fees = if beside.fees { plan::fees(tx, &programme, &device.model)? } else { Vec::new() };
        Ok(Self { device, chain, plan, taken, plus_taken, programme, beside, fees })
    }

    /// The edition that decides about this device.
    pub fn edition<'a>(&self, editions: &'a Editions) -> &'a Edition {
        editions.named(&self.programme).unwrap_or_else(|| editions.on(chrono::NaiveDate::MAX))
    }

    /// The case that has a replacement of this plan reserved.
    pub fn holder(&self) -> Option<&str> {
        self.taken.iter().chain(&self.plus_taken).find_map(|taken| match &taken.how {
            How::Reserved(case) => Some(case.as_str()),
            How::Used => None,
        })
    }

    /// The case of this very device, or of its chain, that has a replacement of its plan reserved.
    pub fn own_case(&self, tx: &Tx<'_>) -> Result<Option<&str>, Fault> {
        let Some(holder) = self.holder() else { return Ok(None) };
        let case = case::by_id(tx, holder)?;
        Ok(case.is_some_and(|case| self.chain.contains(&case.serial)).then_some(holder))
    }

    /// The newest serial of the chain, when it is another than the device's own.
    pub fn replaced_by(&self) -> Option<&String> {
        self.chain.last().filter(|last| **last != self.device.serial)
    }

    /// The facts of a claim. What `case` has reserved itself does not count as taken.
    pub fn claim(
        &self,
        desk: (&str, DateTime<FixedOffset>),
        case: Option<&str>,
        claim: ClaimFacts,
    ) -> Result<Facts, Failure> {
        let fees: Vec<FeeFacts> = self.fees.iter().filter_map(|row| self.fee(row)).collect();
        let mut facts = self.facts(Ask::Claim, desk, case)?;
        facts.desk.fees = Some(fees).filter(|fees| !fees.is_empty());
        Ok(Facts { claim: Some(claim), ..facts })
    }

    /// The facts of a wish to bind a plan, sold under the edition named.
    pub fn bind(
        &self,
        desk: (&str, DateTime<FixedOffset>),
        programme: &str,
        (condition, bind): (Condition, BindFacts),
    ) -> Result<Facts, Failure> {
        let mut facts = self.facts(Ask::Bind, desk, None)?;
        facts.device.condition = Some(condition);
        Ok(Facts { programme: Some(programme.to_owned()), bind: Some(bind), ..facts })
    }

    /// The facts of a wish to buy plus. What a case has reserved is not used up yet.
    pub fn extend(&self, desk: (&str, DateTime<FixedOffset>)) -> Result<Facts, Failure> {
        let facts = self.facts(Ask::Extend, desk, self.holder())?;
        Ok(Facts { extend: Some(ExtendFacts { on: None, region: None }), ..facts })
    }

    /// The facts of a wish to return the plan.
    pub fn give_back(
        &self,
        desk: (&str, DateTime<FixedOffset>),
        goes: ProductGoes,
    ) -> Result<Facts, Failure> {
        let product_returned = goes == ProductGoes::Back;
        let facts = self.facts(Ask::ReturnPlan, desk, None)?;
        Ok(Facts { return_plan: Some(ReturnFacts { product_returned }), ..facts })
    }

    /// What every question shares.
    fn facts(
        &self,
        ask: Ask,
        (region, at): (&str, DateTime<FixedOffset>),
        case: Option<&str>,
    ) -> Result<Facts, Failure> {
        Ok(Facts {
            id: None,
            ask,
            programme: Some(self.programme.clone()),
            desk: DeskFacts { region: parsed("site", "1", region)?, at, fees: None },
            device: self.device_facts()?,
            plan: self.plan.as_ref().map(|plan| self.plan_facts(plan, case)).transpose()?,
            claim: None,
            bind: None,
            extend: None,
            return_plan: None,
        })
    }

    fn fee(&self, (currency, ordinal, minor): &(String, String, i64)) -> Option<FeeFacts> {
        let currency = currency.parse().ok()?;
        Some(FeeFacts { model: self.device.model.clone(), currency, ordinal: ordinal.clone(), minor: *minor })
    }

    fn device_facts(&self) -> Result<DeviceFacts, Fault> {
        let row = &self.device;
        let days =
            |text: &Option<String>| text.as_deref().map(|text| day("device", &row.serial, text)).transpose();
        let region = row.purchase_region.as_deref();
        Ok(DeviceFacts {
            serial: row.serial.clone(),
            model: row.model.clone(),
            purchase_region: region.map(|text| parsed::<Code>("device", &row.serial, text)).transpose()?,
            purchased_on: days(&row.purchased_on)?,
            warranty_starts_on: days(&row.warranty_starts_on)?,
            activated_at: activation(row.activated_at.as_deref()),
            condition: None,
            replaced_by: self.replaced_by().cloned(),
            issued_on: days(&row.issued_on)?,
        })
    }

    fn plan_facts(&self, plan: &Plan, case: Option<&str>) -> Result<PlanFacts, Fault> {
        let days =
            |text: &Option<String>| text.as_deref().map(|text| day("plan", &plan.number, text)).transpose();
        let taken = ordinals(&self.taken, case);
        let used = u8::try_from(taken.len()).unwrap_or(u8::MAX);
        let first_ones = taken.iter().copied().eq(1..=used);
        Ok(PlanFacts {
            number: plan.number.clone(),
            tier: None,
            programme: Some(plan.programme.clone()),
            region: parsed("plan", &plan.number, &plan.region)?,
            bound_serial: plan.bound.clone(),
            starts_on: day("plan", &plan.number, &plan.starts_on)?,
            ends_on: days(&plan.ends_on)?,
            granted: plan.granted,
            used,
            taken: (!first_ones).then_some(taken),
            returned_on: days(&plan.returned_on)?,
            extension: match &plan.plus {
                None => None,
                Some(plus) => Some(ExtensionFacts {
                    bought_on: day("plan", &plus.number, &plus.sold_on)?,
                    used: u8::try_from(ordinals(&self.plus_taken, case).len()).unwrap_or(u8::MAX),
                    granted: Some(plus.granted),
                    ends_on: plus
                        .ends_on
                        .as_deref()
                        .map(|text| day("plan", &plus.number, text))
                        .transpose()?,
                }),
            },
        })
    }

    /// Replacements granted − used of the plan itself, for people; a reservation is not a use.
    pub fn left(&self) -> Option<u8> {
        let plan = self.plan.as_ref()?;
        let used = self.taken.iter().filter(|taken| taken.how == How::Used).count();
        Some(plan.granted.saturating_sub(u8::try_from(used).unwrap_or(u8::MAX)))
    }
}

/// Ordinals that are used, or reserved by another case than `case`.
fn ordinals(taken: &[Taken], case: Option<&str>) -> Vec<u8> {
    let others = |taken: &&Taken| match &taken.how {
        How::Used => true,
        How::Reserved(by) => Some(by.as_str()) != case,
    };
    taken.iter().filter(others).map(|taken| taken.ordinal).collect()
}

fn activation(text: Option<&str>) -> ActivationFact {
    match text {
        None => ActivationFact::Absent,
        Some("never") => ActivationFact::Never,
        Some(text) => parse_instant(text)
            .map(ActivationFact::At)
            .or_else(|_| parse_day(text).map(ActivationFact::On))
            .unwrap_or(ActivationFact::Absent),
    }
}
