//! The device card and the eligibility check: what it is, what covers it, and why.

use chrono::NaiveDate;

use crate::desk::act::Work;
use crate::desk::binding::{self, Binding};
use crate::desk::failure::refused;
use crate::desk::ground::Ground;
use crate::desk::{Act, CaseView, Desk, Failure, act};
use crate::domain::case::{Guard, State};
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::clause::Clause;
use crate::domain::day::parse_day;
use crate::domain::decision::{
    Decision, Finding, Outcome, Remedy, Rule, StartOfWarranty, Verdict, Warranty, decide, warranty_of,
};
use crate::domain::edition::Edition;
use crate::domain::facts::{ClaimFacts, Facts, activated_on};
use crate::domain::plan::Source;
use crate::domain::product::Model;
use crate::domain::serial::Serial;
use crate::repository::{Tx, case, row};

mod plans;

pub use plans::{OtherPlan, PlanCard};

/// Everything the lookup screen shows of one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Its serial.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// The model's name.
    pub product: String,
    /// Where and when it was bought, and activated, in stored form.
    pub bought: (Option<String>, Option<String>, Option<String>),
    /// The owner's name, phone and mail address.
    pub owner: (Option<String>, Option<String>, Option<String>),
    /// The plan.
    pub plan: Option<PlanCard>,
    /// The other plans of the whole chain, the newest first.
    pub more_plans: Vec<OtherPlan>,
    /// What binding a plan now would come to, where there is none.
    pub binding: Option<Binding>,
    /// The warranty by part.
    pub warranty: Warranty,
    /// Whether no source was found for this model's warranty table.
    pub warranty_assumed: bool,
    /// What the source says beyond the table.
    pub warranty_note: String,
    /// Cases of the whole chain, newest first: number, state, outcome.
    pub cases: Vec<(String, State, String)>,
    /// Serials that replaced one another, oldest first.
    pub chain: Vec<String>,
    /// What is odd about the serial.
    pub warnings: Vec<String>,
    /// The decision if it came in today after an accident, brought by its owner.
    pub today: Decision,
}

/// What the eligibility screen asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// The serial.
    pub serial: String,
    /// The cause.
    pub cause: Cause,
    /// Damaged parts; none means the part that carries the serial.
    pub parts: Vec<String>,
    /// The day of the damage; else today.
    pub damaged_on: Option<NaiveDate>,
    /// Who brings it.
    pub owner: Owner,
    /// The way it goes; else walk-in.
    pub channel: Option<Channel>,
    /// Charge cycles.
    pub battery_cycles: Option<u32>,
    /// The case that says so: whatever is not asked here is as that case has it.
    pub case: Option<String>,
}

impl Inquiry {
    /// An accident today, brought by the owner.
    #[must_use]
    pub fn today(serial: &str) -> Self {
        Self {
            serial: serial.to_owned(),
            cause: Cause::Accident,
            parts: Vec::new(),
            damaged_on: None,
            owner: Owner::Same,
            channel: None,
            battery_cycles: None,
            case: None,
        }
    }

    /// What a case says; none where it holds words that this program does not know.
    #[must_use]
    pub fn of_case(view: &CaseView) -> Option<Self> {
        Some(Self {
            serial: view.serial.clone(),
            cause: view.cause.parse().ok()?,
            parts: view.parts.clone(),
            damaged_on: parse_day(&view.damaged_on).ok(),
            owner: view.owner.parse().ok()?,
            channel: view.channel.parse().ok(),
            battery_cycles: view.battery_cycles,
            case: Some(view.number.clone()),
        })
    }
}

impl Desk {
    /// The card of a device; none when nobody knows the serial.
    pub fn card(&mut self, act: &Act, serial: &str) -> Result<Option<Card>, Failure> {
        let shop = &self.shop;
        self.repository.read(|tx| {
            let Some(ground) = Ground::load(tx, &shop.editions, (serial, act.stamp.at))? else {
                return Ok(None);
            };
            let here = ground.beside.region.clone();
            let region = here.clone().unwrap_or_else(|| assumed(&ground));
            let facts = inquiry((tx, &ground), (&region, act), (&shop.editions, &Inquiry::today(serial)))?;
            let mut cases = Vec::new();
            for serial in ground.chain.iter().rev().filter(|_| ground.beside.cases) {
                for case in case::of_serial(tx, serial)? {
                    let state = row::parsed("cases", &case.number, &case.state)?;
                    cases.push((case.number, state, case.outcome));
                }
            }
            let binding = binding::binding(tx, (shop, &ground, &facts))?;
            let more_plans = plans::others(tx, &shop.editions, &ground)?;
            let mut card = Card { more_plans, binding, ..card(shop, (ground, facts), cases)? };
            if here.is_none() {
                card.warnings
                    .push(format!("this counter has no name yet: decided as if it stood in {region}"));
            }
            Ok(Some(card))
        })
    }

    /// Decides a claim on the file's facts. Nothing is stored.
    pub fn check(&mut self, act: &Act, asked: &Inquiry) -> Result<Decision, Failure> {
        let shop = &self.shop;
        self.repository.read(|tx| {
            let counter = act::named_counter(tx)?;
            if let Some(number) = &asked.case {
                let facts = of_case(&Work { tx, shop, counter, stamp: &act.stamp }, number, asked)?;
                return Ok(decide(&facts.check(&shop.editions)?));
            }
            let serial: Serial =
                asked.serial.parse().map_err(|bad| crate::desk::failure::wrong("serial", bad))?;
            let ground = Ground::load(tx, &shop.editions, (serial.as_str(), act.stamp.at))?;
            let say =
                || format!("{serial} is not in the registry: check the serial, or import the maker's file");
            let ground = ground.ok_or_else(|| refused(Guard::NoSuchDevice, say()))?;
            let facts = inquiry((tx, &ground), (&counter.region, act), (&shop.editions, asked))?;
            Ok(decide(&facts.check(&shop.editions)?))
        })
    }
}

/// The facts of what a case says, with what is asked about it in their place.
fn of_case(work: &Work<'_, '_>, number: &str, asked: &Inquiry) -> Result<Facts, Failure> {
    let case = work.case(number)?;
    let said = act::claim_facts(&case, &act::stated(&case)?)?;
    let parts = if asked.parts.is_empty() { said.parts.clone() } else { asked.parts.clone() };
    let (damaged_on, owner) = (asked.damaged_on, Some(asked.owner));
    work.facts_of(&case, ClaimFacts { cause: asked.cause, parts, damaged_on, owner, ..said })
}

/// The region in which a card is decided before set-up, which the card says: the plan's, else the product's.
fn assumed(ground: &Ground) -> String {
    let plan = ground.plan.as_ref().map(|plan| plan.region.clone());
    plan.or_else(|| ground.device.purchase_region.clone()).unwrap_or_else(|| "US".to_owned())
}

type Asking<'a> = (&'a crate::domain::edition::Editions, &'a Inquiry);

fn inquiry(
    (tx, ground): (&Tx<'_>, &Ground),
    (region, act): (&str, &Act),
    (editions, asked): Asking<'_>,
) -> Result<Facts, Failure> {
    let edition = ground.edition(editions);
    let model = edition.model(&ground.device.model);
    let carrying = model.and_then(|model| model.carrying.as_ref()).map(|part| part.as_str().to_owned());
    let first = || edition.parts.first().map(|(part, _)| part.as_str().to_owned());
    let parts = if asked.parts.is_empty() {
        carrying.or_else(first).into_iter().collect()
    } else {
        asked.parts.clone()
    };
    let claim = ClaimFacts {
        cause: asked.cause,
        parts,
        damaged_on: asked.damaged_on,
        recorded_on: None,
        owner: Some(asked.owner),
        channel: Some(asked.channel.unwrap_or(Channel::Swift)),
        handed_in: None,
        battery_cycles: asked.battery_cycles,
        serial_on_unit: None,
        repaired_elsewhere: None,
    };
    // What this very device's open case holds is not taken from it.
    ground.claim((region, act.stamp.at), ground.own_case(tx)?, claim)
}

type Cases = Vec<(String, State, String)>;

fn card(shop: &crate::desk::Shop, (ground, facts): (Ground, Facts), cases: Cases) -> Result<Card, Failure> {
    let question = facts.check(&shop.editions)?;
    let today = decide(&question);
    let (edition, device, day) = (question.edition, &question.device, question.desk.day);
    let rule = edition.settings.clock_day;
    let activated = activated_on(device.activation, question.desk.at, rule);
    let warning =
        edition.serials.warning(&device.serial, day, activated.filter(|_| device.issued_on.is_none()));
    let warranty = warranty_of(edition, device, question.plan.as_ref(), day);
    let advice = product_advice(edition, (&device.serial, device.model));
    let plan = question.plan.as_ref().map(|plan| PlanCard::of(&ground, plan));
    let Ground { device: row, chain, .. } = ground;
    let owner = row.owner.unwrap_or_default();
    Ok(Card {
        serial: row.serial,
        model: row.model,
        product: device.model.name.clone(),
        bought: (row.purchase_region, row.purchased_on, row.activated_at),
        owner: (owner.name, owner.phone, owner.email),
        plan,
        more_plans: Vec::new(),
        binding: None,
        warranty,
        warranty_assumed: device.model.warranty_assumed,
        warranty_note: device.model.warranty_note.clone(),
        cases,
        chain,
        warnings: warning.into_iter().chain(advice).collect(),
        today,
    })
}

/// A word about a serial that usually belongs to another product; it never refuses.
pub(super) fn product_advice(edition: &Edition, (serial, model): (&Serial, &Model)) -> Option<String> {
    let named = edition.serials.product(serial).filter(|id| *id != model.id.as_str())?;
    let name = edition.model(named).map_or(named, |model| model.name.as_str());
    // Sister models share a code, so only another series is worth a word.
    let other = edition.model(named).is_none_or(|other| other.series != model.series);
    other.then(|| format!("serials of this kind usually belong to a {name}"))
}

/// The verdict of a claim as a clerk reads it first.
#[must_use]
pub fn verdict_in_words(decision: &Decision) -> String {
    let answer = decision.claim();
    let source = answer.and_then(|answer| answer.source);
    match decision.verdict {
        Verdict::Replacement => {
            let left =
                answer.and_then(|answer| answer.balance_after).map_or(0, |after| after.saturating_add(1));
            let of = match source {
                Some(Source::Plus) => " (PLUS)",
                Some(Source::Refresh) | None => "",
            };
            let granted = answer
                .and_then(|answer| answer.granted)
                .map_or_else(String::new, |granted| format!(" OF {granted}"));
            format!("COVERED - {left}{granted} LEFT{of}")
        }
        Verdict::WarrantyRepair => "COVERED BY THE WARRANTY - free repair".to_owned(),
        Verdict::Refer => format!("ASK - {}", short_reasons(decision, Outcome::Ask)),
        Verdict::PaidRepair => format!("NOT COVERED - {}", short_reasons(decision, Outcome::Fail)),
        Verdict::None => "NOT COVERED - nothing can be done here".to_owned(),
        other => other.to_string(),
    }
}

/// Which steps stand against the replacement, in a few words.
fn short_reasons(decision: &Decision, outcome: Outcome) -> String {
    let mut words: Vec<&str> = decision
        .findings
        .iter()
        .filter(|finding| finding.outcome == outcome && finding.touches.contains(&Remedy::Replacement))
        .map(in_a_word)
        .collect();
    words.dedup();
    words.join(", ")
}

fn in_a_word(finding: &Finding) -> &'static str {
    match finding.rule {
        Rule::Identity => "another unit",
        Rule::Plan if finding.clauses.contains(&Clause::C16) => "its plan was returned",
        Rule::Plan if finding.clauses.contains(&Clause::C18) => "its plan is another unit's",
        Rule::Plan => "no plan for it",
        Rule::Term => "not in the plan's time",
        Rule::Region | Rule::SameRegion => "another region",
        Rule::Channel | Rule::Quick => "channel",
        Rule::Warranty => "warranty not known",
        Rule::Parts => "parts not in the plan",
        Rule::HandedIn => "a part is missing",
        Rule::Cause => "cause",
        Rule::TakenApart => "taken apart",
        Rule::Owner => "owner",
        Rule::Balance => "none left",
        other => other.as_str(),
    }
}

/// The start of a warranty in words.
#[must_use]
pub fn start_in_words(start: StartOfWarranty) -> String {
    match start {
        StartOfWarranty::Known(day) => format!("from {day}"),
        StartOfWarranty::Estimated(day) => format!("from {day} (estimated from the serial, no receipt)"),
        StartOfWarranty::Unknown => "start not known: ask for the receipt".to_owned(),
    }
}
