//! From written facts to a question: what cannot be is refused by field.

use std::fmt::Display;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::claim::{Channel, Claim, OnUnit, Owner};
use crate::domain::edition::{ClockDay, Edition, Editions, FeeOrdinal};
use crate::domain::facts::question::day_of;
use crate::domain::facts::{
    ActivationFact, Ask, Asked, Bind, BindFacts, ClaimFacts, Desk, DeskFacts, Device, DeviceFacts, Extend,
    Facts, FeeRow, Notices, ProductGoes, Question, Refusal,
};
use crate::domain::money::Money;
use crate::domain::product::{Activation, Condition, Part};
use crate::domain::serial::Serial;

/// Refuses a field.
pub(super) fn refuse(field: impl Into<String>, problem: impl Display) -> Refusal {
    Refusal { field: field.into(), problem: problem.to_string() }
}

pub(super) fn serial(text: &str, field: &str) -> Result<Serial, Refusal> {
    text.parse().map_err(|bad| refuse(field, bad))
}

/// Fields that only the desk's own stored facts carry.
pub const STORED: [&str; 4] =
    ["device.issued_on", "plan.taken", "plan.extension.granted", "plan.extension.ends_on"];

impl Facts {
    /// Refuses the fields that only the desk's own stored facts carry: to anybody else they are unknown.
    pub fn only_public(self) -> Result<Self, Refusal> {
        let plan = self.plan.as_ref();
        let plus = plan.and_then(|plan| plan.extension.as_ref());
        let there = [
            self.device.issued_on.is_some(),
            plan.is_some_and(|plan| plan.taken.is_some()),
            plus.is_some_and(|plus| plus.granted.is_some()),
            plus.is_some_and(|plus| plus.ends_on.is_some()),
        ];
        match STORED.iter().zip(there).find(|(_, there)| *there) {
            Some((field, _)) => Err(refuse(*field, "unknown field")),
            None => Ok(self),
        }
    }

    /// Checks the facts against the editions: unknown names and impossible values are refused by field.
    pub fn check(self, editions: &Editions) -> Result<Question<'_>, Refusal> {
        self.only_what_is_asked()?;
        let edition = self.edition(editions)?;
        let desk = desk(&self.desk, edition)?;
        let device = device(&self.device, edition)?;
        let plan = self.plan.as_ref().map(|plan| plan.check(edition)).transpose()?;
        let missing = |field: &str| refuse(field, format!("needed when ask is {}", self.ask));
        let asked = match self.ask {
            Ask::Claim => Asked::Claim(claim(
                self.claim.as_ref().ok_or_else(|| missing("claim"))?,
                (edition, &device, desk.day),
            )?),
            Ask::Bind => {
                let facts = self.bind.as_ref().ok_or_else(|| missing("bind"))?;
                Asked::Bind(bind(facts, (edition, &device, desk.at))?)
            }
            Ask::Extend => {
                let facts = self.extend.as_ref().ok_or_else(|| missing("extend"))?;
                let region = facts.region.map_or(desk.region, |code| edition.region(code));
                let extend = Extend { on: facts.on.unwrap_or(desk.day), region };
                Asked::Extend(plan.clone().ok_or_else(|| missing("plan"))?, extend)
            }
            Ask::ReturnPlan => {
                let facts = self.return_plan.as_ref().ok_or_else(|| missing("return_plan"))?;
                let goes = if facts.product_returned { ProductGoes::Back } else { ProductGoes::Stays };
                Asked::Return(plan.clone().ok_or_else(|| missing("plan"))?, goes)
            }
        };
        Ok(Question { id: self.id, edition, desk, device, plan, asked })
    }

    /// Refuses the part of another question: it would be read by nobody.
    fn only_what_is_asked(&self) -> Result<(), Refusal> {
        let parts = [
            (Ask::Claim, "claim", self.claim.is_some()),
            (Ask::Bind, "bind", self.bind.is_some()),
            (Ask::Extend, "extend", self.extend.is_some()),
            (Ask::ReturnPlan, "return_plan", self.return_plan.is_some()),
        ];
        match parts.iter().find(|(ask, _, there)| *there && *ask != self.ask) {
            Some((_, field, _)) => Err(refuse(*field, format!("not a fact when ask is {}", self.ask))),
            None => Ok(()),
        }
    }

    fn edition<'a>(&self, editions: &'a Editions) -> Result<&'a Edition, Refusal> {
        let sold_under = self.plan.as_ref().and_then(|plan| plan.programme.as_deref());
        let (id, field) = match (&self.programme, sold_under) {
            (Some(id), _) => (id.as_str(), "programme"),
            (None, Some(id)) => (id, "plan.programme"),
            (None, None) => return Ok(editions.on(self.desk.at.date_naive())),
        };
        let known = || editions.all().map(|edition| edition.id.as_str()).collect::<Vec<_>>().join(", ");
        let unknown = || refuse(field, format!("unknown programme edition \"{id}\" (known: {})", known()));
        editions.named(id).ok_or_else(unknown)
    }
}

fn desk(facts: &DeskFacts, edition: &Edition) -> Result<Desk, Refusal> {
    let mut fees: Vec<FeeRow> = Vec::new();
    for (at, row) in facts.fees.iter().flatten().enumerate() {
        let field = |name: &str| format!("desk.fees[{at}].{name}");
        let unknown = || refuse(field("model"), format!("unknown model \"{}\"", row.model));
        let model = edition.model(&row.model).ok_or_else(unknown)?.id.clone();
        let shape = || refuse(field("ordinal"), format!("\"{}\" is none of 1, 2 … or plus", row.ordinal));
        let ordinal = FeeOrdinal::parse(&row.ordinal).ok_or_else(shape)?;
        if row.minor < 0 {
            return Err(refuse(field("minor"), "a fee cannot be below zero"));
        }
        let amount = Money { minor: row.minor, currency: row.currency };
        let same = |other: &FeeRow| {
            other.model == model && other.ordinal == ordinal && other.amount.currency == row.currency
        };
        if fees.iter().any(same) {
            return Err(refuse(format!("desk.fees[{at}]"), "stands twice: leave one of the two rows"));
        }
        fees.push(FeeRow { model, ordinal, amount });
    }
    let day = day_of(facts.at, edition.settings.clock_day);
    Ok(Desk { region: edition.region(facts.region), at: facts.at, day, fees })
}

fn device<'a>(facts: &DeviceFacts, edition: &'a Edition) -> Result<Device<'a>, Refusal> {
    let unknown = || refuse("device.model", format!("unknown model \"{}\"", facts.model));
    let replaced_by =
        facts.replaced_by.as_deref().map(|text| serial(text, "device.replaced_by")).transpose()?;
    let own = serial(&facts.serial, "device.serial")?;
    if replaced_by.as_ref() == Some(&own) {
        return Err(refuse("device.replaced_by", "a unit cannot replace itself"));
    }
    Ok(Device {
        serial: own,
        model: edition.model(&facts.model).ok_or_else(unknown)?,
        purchase_region: facts.purchase_region.map(|code| edition.region(code)),
        purchased_on: facts.purchased_on,
        warranty_starts_on: facts.warranty_starts_on,
        activation: match facts.activated_at {
            ActivationFact::Absent => Activation::Unknown,
            ActivationFact::Never => Activation::Never,
            ActivationFact::On(day) => Activation::On(day),
            ActivationFact::At(at) => Activation::At(at),
        },
        condition: facts.condition.unwrap_or(Condition::Unknown),
        replaced_by,
        issued_on: facts.issued_on,
    })
}

/// Parts by their ids, in the edition's order and each once.
fn parts(ids: &[String], field: &str, edition: &Edition) -> Result<Vec<Part>, Refusal> {
    for (at, id) in ids.iter().enumerate() {
        edition.part_named(id).map_err(|unknown| refuse(format!("{field}[{at}]"), unknown))?;
    }
    let named = |part: &&Part| ids.iter().any(|id| id == part.as_str());
    Ok(edition.parts.iter().map(|(part, _)| part).filter(named).cloned().collect())
}

fn claim(
    facts: &ClaimFacts,
    (edition, device, today): (&Edition, &Device<'_>, NaiveDate),
) -> Result<Claim, Refusal> {
    let recorded_on = facts.recorded_on.unwrap_or(today);
    let damaged_on = facts.damaged_on.unwrap_or(recorded_on);
    if recorded_on > today {
        return Err(refuse("claim.recorded_on", format!("{recorded_on} is after the desk's day {today}")));
    }
    if damaged_on > today {
        return Err(refuse("claim.damaged_on", format!("{damaged_on} is after the desk's day {today}")));
    }
    if damaged_on > recorded_on {
        let problem = format!("{damaged_on} is after the day the case was recorded ({recorded_on})");
        return Err(refuse("claim.damaged_on", problem));
    }
    let damaged = parts(&facts.parts, "claim.parts", edition)?;
    if damaged.is_empty() {
        return Err(refuse("claim.parts", "names no damaged part"));
    }
    let handed_in = facts.handed_in.as_ref().map(|ids| parts(ids, "claim.handed_in", edition)).transpose()?;
    let on_unit = facts.serial_on_unit.as_deref().map(str::parse::<OnUnit>).transpose();
    Ok(Claim {
        cause: facts.cause,
        handed_in: handed_in.unwrap_or_else(|| damaged.clone()),
        parts: damaged,
        damaged_on,
        recorded_on,
        owner: facts.owner.unwrap_or(Owner::Unverified),
        channel: facts.channel.unwrap_or(Channel::Swift),
        battery_cycles: facts.battery_cycles,
        on_unit: on_unit
            .map_err(|bad| refuse("claim.serial_on_unit", bad))?
            .unwrap_or_else(|| OnUnit::Serial(device.serial.clone())),
        repaired_elsewhere: facts.repaired_elsewhere.unwrap_or(false),
    })
}

fn bind(
    facts: &BindFacts,
    (edition, device, now): (&Edition, &Device<'_>, DateTime<FixedOffset>),
) -> Result<Bind, Refusal> {
    let at = facts.at.unwrap_or(now);
    let day = day_of(at, edition.settings.clock_day);
    let before = match device.activation {
        Activation::At(activated) => at < activated,
        Activation::On(activated) => day < activated,
        Activation::Unknown | Activation::Never => false,
    };
    if before {
        return Err(refuse("bind.at", "is before the activation (device.activated_at)"));
    }
    let notices = Notices {
        repaired_by: facts.repaired_by,
        invited_at: facts.repair_invitation_at,
        video: facts.video.as_ref().map(|video| (video.state, video.notice_at)),
    };
    let region = edition.region(facts.region);
    Ok(Bind { at, day, region, notices, damaged: facts.damaged.unwrap_or(false) })
}

/// The days of an activation as the desk counts them.
#[must_use]
pub fn activated_on(activation: Activation, at: DateTime<FixedOffset>, rule: ClockDay) -> Option<NaiveDate> {
    match activation {
        Activation::Unknown | Activation::Never => None,
        Activation::On(day) => Some(day),
        Activation::At(activated) => Some(day_of(activated.with_timezone(at.offset()), rule)),
    }
}
