//! Record: a case is opened with the customer's words, and decided for the first time.

use chrono::NaiveDate;

use crate::desk::act::Work;
use crate::desk::failure::{refused, wrong};
use crate::desk::names::clean;
use crate::desk::{Act, CaseView, Desk, Failure};
use crate::domain::case::{Guard, Number};
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::event::{Event, Stated};
use crate::domain::facts::ClaimFacts;
use crate::domain::region::Code;
use crate::domain::serial::Serial;
use crate::repository::journal::{Person, new_id, store_person, store_text};
use crate::repository::{case, row};

/// The customer's words must have this many characters.
pub const LEAST_WORDS: usize = 10;

/// What the form says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The serial.
    pub serial: String,
    /// Why it is broken.
    pub cause: Cause,
    /// The damaged parts.
    pub parts: Vec<String>,
    /// The customer's words.
    pub said: String,
    /// The customer.
    pub customer: Person,
    /// Who brings it.
    pub owner: Owner,
    /// The way the case goes.
    pub channel: Channel,
    /// The day of the damage; else today.
    pub damaged_on: Option<NaiveDate>,
    /// Charge cycles.
    pub battery_cycles: Option<u32>,
}

impl Desk {
    /// Opens a case. Clause C28.
    pub fn record(&mut self, act: &Act, draft: &Draft) -> Result<CaseView, Failure> {
        self.act((act, &format!("record/{}", draft.serial)), |work| record(work, draft))
    }
}

/// Opens a case and returns its id.
pub(super) fn record(work: &Work<'_, '_>, draft: &Draft) -> Result<String, Failure> {
    let serial: Serial = draft.serial.parse().map_err(|bad| wrong("serial", bad))?;
    let ground = work.ground(serial.as_str())?;
    no_other_case(work, &ground.chain)?;
    let (person, said) = words(draft)?;
    channel(work, &ground.programme, draft.channel)?;

    let today = work.today();
    let stated = Stated {
        cause: draft.cause,
        parts: draft.parts.clone(),
        damaged_on: draft.damaged_on.unwrap_or(today),
        owner: draft.owner,
        battery_cycles: draft.battery_cycles,
        repaired_elsewhere: false,
    };
    let claim = ClaimFacts {
        cause: stated.cause,
        parts: stated.parts.clone(),
        damaged_on: Some(stated.damaged_on),
        recorded_on: Some(today),
        owner: Some(stated.owner),
        channel: Some(draft.channel),
        handed_in: None,
        battery_cycles: stated.battery_cycles,
        serial_on_unit: None,
        repaired_elsewhere: None,
    };
    let (_, decided) = work.decide(&ground, None, claim)?;
    let sequence = case::next_sequence(work.tx, work.counter.till)?;
    let number = Number::new(work.counter.till, sequence).ok_or_else(|| {
        refused(Guard::WrongState, "this till has used all its 99,999 case numbers: set up a new till")
    })?;
    let id = new_id();
    work.write(&Event::Recorded {
        case: id.clone(),
        number: number.to_string(),
        till: work.counter.till,
        sequence,
        serial: serial.to_string(),
        chain: ground.chain.first().cloned().unwrap_or_else(|| serial.to_string()),
        plan: ground.plan.as_ref().map(|plan| plan.number.clone()),
        customer: store_person(work.tx, &person)?,
        said: store_text(work.tx, &said)?,
        channel: draft.channel,
        at: work.at(),
        on: today,
        stated,
        decided,
    })?;
    Ok(id)
}

/// At most one open case on a chain of serials.
fn no_other_case(work: &Work<'_, '_>, chain: &[String]) -> Result<(), Failure> {
    for serial in chain {
        for other in case::of_serial(work.tx, serial)? {
            let state: crate::domain::case::State = row::parsed("cases", &other.number, &other.state)?;
            if state.open() {
                let say = format!(
                    "case {} for {serial} is still open ({}): finish or close it first",
                    other.number,
                    state.words()
                );
                return Err(refused(Guard::OpenCase, say));
            }
        }
    }
    Ok(())
}

/// The customer and their words, cleaned of what cannot be seen.
fn words(draft: &Draft) -> Result<(Person, String), Failure> {
    let said = clean(&draft.said).into_owned();
    if said.chars().count() < LEAST_WORDS {
        let say = format!("the customer's words are too short: write at least {LEAST_WORDS} characters");
        return Err(refused(Guard::WordsTooShort, say));
    }
    let present = |text: &Option<String>| {
        text.as_deref().map(|text| clean(text).into_owned()).filter(|text| !text.is_empty())
    };
    let person = Person {
        name: clean(&draft.customer.name).into_owned(),
        phone: present(&draft.customer.phone),
        email: present(&draft.customer.email),
    };
    if person.name.is_empty() {
        return Err(wrong("customer", "the customer's name is missing"));
    }
    if person.phone.is_none() && person.email.is_none() {
        return Err(wrong("phone", "a phone number or a mail address is needed to reach the customer"));
    }
    Ok((person, said))
}

fn channel(work: &Work<'_, '_>, programme: &str, channel: Channel) -> Result<(), Failure> {
    let edition = work.shop.editions.named(programme);
    let code: Code = row::parsed("site", "1", &work.counter.region)?;
    let Some(edition) = edition else { return Ok(()) };
    let region = edition.region(code);
    if edition.offers(channel, region) {
        return Ok(());
    }
    let offered: Vec<_> = edition.channels(region).iter().map(|channel| channel.as_str()).collect();
    let say = format!("the {channel} channel is not offered in {region}: offered are {}", offered.join(", "));
    Err(refused(Guard::ChannelNotOffered, say))
}
