//! Record: a case is opened with the customer's words, and decided for the first time.

use chrono::NaiveDate;

use crate::desk::act::Work;
use crate::desk::failure::{refused, wrong};
use crate::desk::names::{clean, written};
use crate::desk::{Act, CaseView, Desk, Failure, people};
use crate::domain::case::{Guard, Number, Refused, State};
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::customer::{enough_words, reachable};
use crate::domain::event::{Event, Recorded, Stated};
use crate::domain::facts::ClaimFacts;
use crate::domain::region::Code;
use crate::domain::serial::Serial;
use crate::domain::writing::Writing;
use crate::repository::journal::{Person, new_id, store_person, store_text};
use crate::repository::{Fault, Tx, case, person, row};

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
    no_other_case(work.tx, &ground.chain)?;
    let (who, said) = words(draft)?;
    let edition = ground.edition(&work.shop.editions);
    let home: Code = row::parsed("site", "1", &work.counter.region)?;
    edition.must_offer(draft.channel, edition.region(home))?;

    let today = work.today();
    let stated = draft.stated(today);
    let (_, decided) = work.decide(&ground, None, claim(&stated, today, draft.channel))?;
    let number = next_number(work)?;
    let customer = store_person(work.tx, &who)?;
    person::keep(work.tx, &customer.id, &people::keys(Some(&who.name), who.phone.as_deref()))?;
    let id = new_id();
    work.write(&Event::Recorded(Recorded {
        case: id.clone(),
        number: number.to_string(),
        till: work.counter.till,
        sequence: number.sequence(),
        serial: serial.to_string(),
        chain: ground.chain.first().cloned().unwrap_or_else(|| serial.to_string()),
        plan: ground.plan.as_ref().map(|plan| plan.number.clone()),
        customer,
        said: store_text(work.tx, &said)?,
        channel: draft.channel,
        at: work.at(),
        on: today,
        stated,
        decided,
    }))?;
    Ok(id)
}

impl Draft {
    fn stated(&self, today: NaiveDate) -> Stated {
        Stated {
            cause: self.cause,
            parts: self.parts.clone(),
            damaged_on: self.damaged_on.unwrap_or(today),
            owner: self.owner,
            battery_cycles: self.battery_cycles,
            repaired_elsewhere: false,
        }
    }
}

/// What is claimed on the day of recording: nothing is handed in yet.
fn claim(stated: &Stated, today: NaiveDate, channel: Channel) -> ClaimFacts {
    ClaimFacts {
        cause: stated.cause,
        parts: stated.parts.clone(),
        damaged_on: Some(stated.damaged_on),
        recorded_on: Some(today),
        owner: Some(stated.owner),
        channel: Some(channel),
        handed_in: None,
        battery_cycles: stated.battery_cycles,
        serial_on_unit: None,
        repaired_elsewhere: None,
    }
}

fn next_number(work: &Work<'_, '_>) -> Result<Number, Failure> {
    let sequence = case::next_sequence(work.tx, work.counter.till)?;
    Number::new(work.counter.till, sequence).ok_or_else(|| {
        refused(Guard::WrongState, "this till has used all its 99,999 case numbers: set up a new till")
    })
}

/// Refuses while a case is open on a chain of serials: at most one is.
pub(super) fn no_other_case(tx: &Tx<'_>, chain: &[String]) -> Result<(), Failure> {
    other_case(tx, chain)?.map_or(Ok(()), |refused| Err(refused.into()))
}

/// The case that is open on a chain of serials, as it stands against another one.
pub(super) fn other_case(tx: &Tx<'_>, chain: &[String]) -> Result<Option<Refused>, Fault> {
    for serial in chain {
        for other in case::of_serial(tx, serial)? {
            let state: State = row::parsed("cases", &other.number, &other.state)?;
            if state.open() {
                let say = format!(
                    "case {} for {serial} is still open ({}): finish or close it first",
                    other.number,
                    state.words()
                );
                return Ok(Some(Refused::new(Guard::OpenCase, say)));
            }
        }
    }
    Ok(None)
}

/// The customer and their words, cleaned of what cannot be seen.
fn words(draft: &Draft) -> Result<(Person, String), Failure> {
    let said = written(Writing::Said, &draft.said)?.into_owned();
    enough_words(&said)?;
    let present = |text: &Option<String>| {
        text.as_deref().map(|text| clean(text).into_owned()).filter(|text| !text.is_empty())
    };
    let person = Person {
        name: clean(&draft.customer.name).into_owned(),
        phone: present(&draft.customer.phone),
        email: present(&draft.customer.email),
    };
    reachable(&person.name, person.phone.as_deref(), person.email.as_deref())?;
    Ok((person, said))
}
