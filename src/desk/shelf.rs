//! The shelf: units come in, are set aside and found again, are kept for a case, counted, and sent back.

use serde::{Deserialize, Serialize};

use crate::desk::act::Work;
use crate::desk::card::product_advice;
use crate::desk::failure::{refused, wrong};
use crate::desk::names::{clean, written};
use crate::desk::{Act, Desk, Failure};
use crate::domain::case::Guard;
use crate::domain::event::{Arrival, Arrived, Event, Found, Quarantined};
use crate::domain::serial::{Serial, normalise};
use crate::domain::stock::{self as rule, Deed, State};
use crate::domain::writing::Writing;
use crate::repository::journal::store_text;
use crate::repository::row::day;
use crate::repository::stock::{self, Filter};
use crate::repository::{Tx, device};

mod count;
mod keep;
mod product;
mod ship;
#[cfg(test)]
pub(super) mod tests;

pub use count::Counted;
pub use product::Product;
pub use ship::{Packed, Packing, Wanted};

/// A unit as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelved {
    /// Its serial, or the shop's own label.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// The part it is, or the carrying part for a whole unit.
    pub part: String,
    /// Where it is in its life.
    pub state: State,
    /// The shelf.
    pub place: Option<String>,
    /// The case that has or had it.
    pub case: Option<String>,
    /// What is odd about it, where it has just come in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
}

/// An old unit or part that waits for the maker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OldPart {
    /// Its row, by which a packing list names it.
    #[serde(skip)]
    pub id: String,
    /// The case it came on.
    pub case: String,
    /// The part.
    pub part: String,
    /// Model id.
    pub model: String,
    /// Its serial, where it has one.
    pub serial: Option<String>,
    /// Since when it waits.
    pub since: String,
    /// How many days that is.
    pub days: i64,
    /// Whether that is longer than it may.
    pub overdue: bool,
}

/// Units that come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The scanned serials or labels.
    pub serials: Vec<String>,
    /// Their model.
    pub model: String,
    /// Their part; the one that carries the serial when absent.
    pub part: Option<String>,
    /// The shelf.
    pub place: Option<String>,
}

/// A unit that would come in: its serial or label, and what is odd about it.
pub type Coming = (String, Option<String>);

impl Desk {
    /// Units of this shop, whatever became of them.
    pub fn stock(&mut self, filter: &Filter) -> Result<Vec<Shelved>, Failure> {
        self.repository
            .read(|tx| stock::units(tx, filter)?.into_iter().map(|unit| Ok(shelved(unit))).collect())
    }

    /// Old units and parts that wait for the maker on a day, oldest first.
    pub fn old_parts(&mut self, today: chrono::NaiveDate) -> Result<Vec<OldPart>, Failure> {
        let due = self.shop.house.parts_due.0;
        self.repository.read(|tx| {
            let line = |part: stock::OldPart| {
                let since = day("old_part", &part.id, part.since.get(..10).unwrap_or_default())?;
                let wait = rule::wait(since, today, due);
                Ok(OldPart {
                    id: part.id,
                    case: part.case,
                    part: part.part,
                    model: part.model,
                    serial: part.serial,
                    since: part.since,
                    days: wait.days,
                    overdue: wait.overdue,
                })
            };
            stock::waiting(tx)?.into_iter().map(line).collect()
        })
    }

    /// Takes units into stock.
    pub fn stock_up(&mut self, act: &Act, delivery: &Delivery) -> Result<Vec<Shelved>, Failure> {
        self.once((act, "stock-receive"), |work| stock_up(work, delivery))
    }

    /// Which units would come in, with what is odd about each; nothing is written.
    pub fn before_stock_up(&mut self, act: &Act, delivery: &Delivery) -> Result<Vec<Coming>, Failure> {
        self.looking(act, |work| {
            let coming = |unit: Arrival| (unit.serial.clone(), advice(work, &unit));
            Ok(arrivals(work, delivery)?.into_iter().map(coming).collect())
        })
    }

    /// Sets a unit aside.
    pub fn set_aside(&mut self, act: &Act, serial: &str, reason: &str) -> Result<Shelved, Failure> {
        self.once((act, &format!("stock-quarantine/{serial}")), |work| {
            let unit = known(work.tx, serial)?;
            Deed::SetAside.may(&unit)?;
            let reason = Some(written(Writing::Reason, reason)?).filter(|reason| !reason.is_empty());
            let reason = reason.ok_or_else(|| wrong("reason", "write why the unit is set aside"))?;
            let reason = store_text(work.tx, &reason)?;
            work.write(&Event::Quarantined(Quarantined { serial: unit.serial.clone(), reason }))?;
            shown(work.tx, &unit.serial)
        })
    }

    /// Puts a unit back into stock that was missing, or set aside.
    pub fn find(
        &mut self,
        act: &Act,
        serial: &str,
        (to, reason): (Option<&str>, Option<&str>),
    ) -> Result<Shelved, Failure> {
        self.once((act, &format!("stock-find/{serial}")), |work| {
            let unit = known(work.tx, serial)?;
            Deed::Find.may(&unit)?;
            let reason = reason.map(|reason| written(Writing::Reason, reason)).transpose()?;
            let reason = reason.filter(|reason| !reason.is_empty());
            if unit.state == State::Quarantine && reason.is_none() {
                let say = format!("{}: write why it can be handed out after all", unit.said());
                return Err(wrong("reason", say));
            }
            let reason = reason.map(|reason| store_text(work.tx, &reason)).transpose()?;
            let place = place(work.tx, to)?;
            work.write(&Event::Found(Found { serial: unit.serial.clone(), place, reason }))?;
            shown(work.tx, &unit.serial)
        })
    }
}

fn shelved(unit: stock::Unit) -> Shelved {
    let stock::Unit { serial, model, part, state, place, case } = unit;
    Shelved { serial, model, part, state, place, case, advice: None }
}

/// A scanned serial or label: a label keeps its hyphen, a serial loses what was typed between its characters.
pub(super) fn scanned(text: &str) -> String {
    let label = text.trim().to_uppercase();
    if label.starts_with("S-") { label } else { normalise(text) }
}

/// A unit as its rules see it.
fn seen(tx: &Tx<'_>, unit: stock::Unit) -> Result<rule::Unit, Failure> {
    let was_a_customers = device::was_a_customers(tx, &unit.serial)?;
    let Shelved { serial, state, place, case, .. } = shelved(unit);
    Ok(rule::Unit { serial, state, place, case, was_a_customers })
}

/// The stored row of a scanned unit.
fn row(tx: &Tx<'_>, text: &str) -> Result<stock::Unit, Failure> {
    let serial = scanned(text);
    let say = || format!("{serial} is not in stock: scan the unit again, or take it in with `stock receive`");
    stock::unit(tx, &serial)?.ok_or_else(|| refused(Guard::UnitUnknown, say()))
}

fn known(tx: &Tx<'_>, text: &str) -> Result<rule::Unit, Failure> {
    seen(tx, row(tx, text)?)
}

fn shown(tx: &Tx<'_>, serial: &str) -> Result<Shelved, Failure> {
    Ok(shelved(row(tx, serial)?))
}

/// A shelf as typed, in the letters in which it stands on other units.
fn place(tx: &Tx<'_>, typed: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(typed) = typed.map(clean).filter(|typed| !typed.is_empty()) else { return Ok(None) };
    // The maker's list may name a longer one.
    let known = stock::place(tx, &typed)?;
    if known.is_none() {
        Writing::Shelf.fits(&typed)?;
    }
    Ok(Some(known.unwrap_or_else(|| typed.into_owned())))
}

fn stock_up(work: &Work<'_, '_>, delivery: &Delivery) -> Result<Vec<Shelved>, Failure> {
    let units = arrivals(work, delivery)?;
    work.write(&Event::Arrived(Arrived { units: units.clone() }))?;
    let booked = |unit: &Arrival| Ok(Shelved { advice: advice(work, unit), ..shown(work.tx, &unit.serial)? });
    units.iter().map(booked).collect()
}

/// Whether a whole unit's serial begins as another product's do; a part's own serial begins as it likes.
fn advice(work: &Work<'_, '_>, unit: &Arrival) -> Option<String> {
    let edition = work.shop.editions.on(work.today());
    let model = edition.model(&unit.model)?;
    let whole = model.carrying.as_ref().is_some_and(|part| part.as_str() == unit.part);
    product_advice(edition, (&unit.serial.parse().ok().filter(|_| whole)?, model))
}

fn arrivals(work: &Work<'_, '_>, delivery: &Delivery) -> Result<Vec<Arrival>, Failure> {
    let edition = work.shop.editions.on(work.today());
    let unknown = || wrong("model", format!("unknown model \"{}\"", delivery.model));
    let model = edition.model(&delivery.model).ok_or_else(unknown)?;
    let carrying = model.carrying.as_ref();
    let part = match &delivery.part {
        Some(id) => edition.part_named(id).map_err(|unknown| wrong("part", unknown))?,
        None => carrying.ok_or_else(|| wrong("part", format!("say which part of a {} it is", model.name)))?,
    };
    let place = place(work.tx, delivery.place.as_deref())?;
    let mut units: Vec<Arrival> = Vec::new();
    for text in &delivery.serials {
        let serial = arriving(work.tx, text)?;
        rule::may_come(&serial, (model, part.as_str())).map_err(|bad| wrong("serial", bad))?;
        if !units.iter().any(|unit| unit.serial == serial) {
            let (model, part) = (model.id.to_string(), part.to_string());
            units.push(Arrival { serial, model, part, place: place.clone() });
        }
    }
    if units.is_empty() {
        return Err(wrong("serial", "scan the units that came in"));
    }
    Ok(units)
}

/// The serial or label of a unit that comes in; it is nobody's yet.
fn arriving(tx: &Tx<'_>, text: &str) -> Result<String, Failure> {
    let serial = scanned(text);
    match serial.strip_prefix("S-") {
        Some(digits) => {
            let fine = (1..=20).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
            if !fine {
                return Err(wrong("serial", format!("\"{serial}\" is not a stock label (S- and digits)")));
            }
        }
        None => {
            serial.parse::<Serial>().map_err(|bad| wrong("serial", bad))?;
        }
    }
    if let Some(unit) = stock::unit(tx, &serial)? {
        let unit = seen(tx, unit)?;
        return Err(match unit.state {
            State::Issued => refused(Guard::SerialBoundBefore, unit.said()),
            State::InStock | State::Reserved | State::Quarantine | State::Missing | State::Returned => {
                wrong("serial", format!("{} already: it comes in once", unit.said()))
            }
        });
    }
    if device::was_a_customers(tx, &serial)? {
        let say = format!("serial {serial} is or was a customer's: it cannot be taken into stock");
        return Err(refused(Guard::SerialBoundBefore, say));
    }
    Ok(serial)
}
