//! The day: its figures, its sheet, and its closing, after which nothing of it changes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::desk::act::Work;
use crate::desk::failure::{refused, wrong};
use crate::desk::life::parts::still_owed;
use crate::desk::names::written;
use crate::desk::{Act, Desk, Failure, Purpose, clock};
use crate::domain::case::Guard;
use crate::domain::daybook::{Loose, Shelf};
use crate::domain::edition::Editions;
use crate::domain::event::{DayClosed, Event};
use crate::domain::money::{Currency, Money};
use crate::domain::region::Code;
use crate::domain::writing::Writing;
use crate::repository::journal::{self, Clock, Stamp, store_text};
use crate::repository::{Fault, Tx, case, daybook, request, row};

mod figures;
mod sheet;

/// A day's figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// `open` or `closed`.
    pub state: String,
    /// Cases opened.
    pub opened: u32,
    /// Units taken in.
    pub received: u32,
    /// Replacements handed out.
    pub issued: u32,
    /// Other units given back.
    pub handed_over: u32,
    /// Cases closed.
    pub closed: u32,
    /// Cases cancelled.
    pub cancelled: u32,
    /// Bookings to which nobody came.
    pub no_shows: u32,
    /// Replacements by model and ordinal.
    pub replacements: Vec<Replaced>,
    /// Money by method.
    pub money: BTreeMap<String, Amounts>,
    /// Money that was let go.
    pub waivers: Vec<Waiver>,
    /// What a second person decided.
    pub overrides: Vec<Seconded>,
    /// Hand-outs taken back.
    pub voids: Vec<Seconded>,
    /// Ended cases that go on.
    pub reopened: Vec<Seconded>,
    /// Owed parts that were let go.
    pub parts_waived: Vec<Seconded>,
    /// Cases on which parts are owed.
    pub parts_owed: Vec<Owed>,
    /// The shelf.
    pub stock: Shelf,
    /// Forms that are parked.
    pub parked: Vec<String>,
    /// What must be explained before the day can be closed.
    pub to_explain: Vec<String>,
    /// What was explained.
    pub explained: Option<String>,
    /// The journal's newest line, or the newest when the day was closed.
    pub head: Option<Head>,
}

/// Replacements of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// The model.
    pub model: String,
    /// `refresh` or `plus`.
    pub source: String,
    /// Which replacement.
    pub ordinal: u8,
    /// How many.
    pub count: u32,
}

/// Money of one method, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amounts {
    /// The currency.
    pub currency: Currency,
    /// Taken.
    pub taken: i64,
    /// Paid back.
    pub refunded: i64,
    /// The difference.
    pub net: i64,
}

/// Money that was let go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// The case.
    pub case: String,
    /// Who.
    pub who: String,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: String,
}

/// What takes two persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seconded {
    /// The case.
    pub case: String,
    /// Who did it.
    pub who: String,
    /// Who allowed it.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Parts that a customer still has to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// The case.
    pub case: String,
    /// The parts.
    pub parts: Vec<String>,
}

/// The journal's newest line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its place.
    pub seq: i64,
    /// Its hash, in hexadecimal.
    pub hash: String,
}

impl Amounts {
    /// No money of a currency.
    #[must_use]
    pub const fn none(currency: Currency) -> Self {
        Self { currency, taken: 0, refunded: 0, net: 0 }
    }
}

impl Desk {
    /// A day's figures: as they were closed, or as they are now.
    pub fn day(&mut self, day: NaiveDate) -> Result<Day, Failure> {
        let editions = &self.shop.editions;
        self.repository.read(|tx| {
            let home = home(tx, editions, day)?;
            reveal(tx, figures(tx, (day, editions), home)?)
        })
    }

    /// The newest day that is closed; it and every day before it stay as they are.
    pub fn closed_until(&mut self) -> Result<Option<NaiveDate>, Failure> {
        self.repository.read(|tx| {
            let closed = daybook::last_closed(tx, None)?;
            Ok(closed.map(|closed| row::day("day", &closed.day, &closed.day)).transpose()?)
        })
    }

    /// Closes a day; from then on no act can bear it.
    ///
    /// A moment given by hand may be late but never ahead of the counter's own clock: a day is not over before.
    pub fn close_day(&mut self, act: &Act, day: NaiveDate, explained: Option<&str>) -> Result<Day, Failure> {
        let (now, _) = clock::now(None).map_err(|bad| wrong("at", bad))?;
        let kept = self.once((act, &format!("day-close/{day}")), |work| {
            if work.stamp.at > now {
                let say =
                    format!("{} lies ahead: by this counter's clock it is {}", work.at(), now.to_rfc3339());
                return Err(wrong("at", say + ": close the day when it has come"));
            }
            close(work, day, explained)
        })?;
        self.repository.read(|tx| reveal(tx, kept))
    }

    /// The day sheet as a document.
    pub fn day_sheet(&mut self, day: NaiveDate) -> Result<crate::paper::Sheet, Failure> {
        let figures = self.day(day)?;
        let site = self.counter()?.map(|counter| counter.site).unwrap_or_default();
        let edition = self.shop.editions.on(day);
        let name = |id: &str| edition.model(id).map_or_else(|| id.to_owned(), |model| model.name.clone());
        let practice = self.shop.purpose == Purpose::Practice;
        Ok(crate::paper::day_sheet(sheet::values((site, practice), &figures, name)))
    }
}

/// Refuses an act that would bear a day that is closed, or one before it.
///
/// A day that nobody named is the machine's clock's, which may be wrong.
pub(super) fn open_on(tx: &Tx<'_>, day: NaiveDate, stamp: &Stamp) -> Result<(), Failure> {
    match daybook::last_closed(tx, None)? {
        Some(closed) if day.to_string() < closed.day => {
            let clocks = stamp.clock == Clock::Machine && day == stamp.at.date_naive();
            let next = if clocks {
                format!("; where {day} is not meant, set the clock right")
            } else {
                String::new()
            };
            let say = format!(
                "the day {} is closed, and with it {day} before it: their figures never change{next}",
                closed.day
            );
            Err(refused(Guard::DayClosed, say))
        }
        Some(closed) if day.to_string() == closed.day => {
            let say = format!("the day {} is closed: its figures never change", closed.day);
            Err(refused(Guard::DayClosed, say))
        }
        Some(_) | None => Ok(()),
    }
}

fn home(tx: &Tx<'_>, editions: &Editions, day: NaiveDate) -> Result<Option<Currency>, Failure> {
    let Some((_, region, _)) = case::site(tx)? else { return Ok(None) };
    let code: Code = row::parsed("site", "1", &region)?;
    Ok(editions.on(day).region(code).currency())
}

fn close(work: &Work<'_, '_>, day: NaiveDate, explained: Option<&str>) -> Result<Day, Failure> {
    open_on(work.tx, day, work.stamp)?;
    if day > work.today() {
        return Err(wrong("day", format!("{day} has not come yet")));
    }
    let home = home(work.tx, &work.shop.editions, day)?;
    let mut figures = figures(work.tx, (day, &work.shop.editions), home)?;
    let explained = explained.map(|text| written(Writing::Explanation, text)).transpose()?;
    let explained = explained.filter(|text| !text.is_empty());
    if !figures.to_explain.is_empty() && explained.is_none() {
        let say =
            format!("say what became of it before the day is closed: {}", figures.to_explain.join("; "));
        return Err(wrong("explain", say));
    }
    "closed".clone_into(&mut figures.state);
    // A form's title may name a person, and the journal is for ever.
    figures.parked.iter_mut().for_each(|title| "a form".clone_into(title));
    let explained = explained.as_deref().map(|text| store_text(work.tx, text)).transpose()?;
    figures.explained = explained.as_ref().map(|text| text.id.clone());
    let json = serde_json::to_string(&figures).map_err(|cause| Fault::Sqlite(cause.to_string()))?;
    work.write(&Event::DayClosed(DayClosed { day, figures: json, explained }))?;
    Ok(figures)
}

/// Free texts stand apart, so that they can be erased: figures name them, and this reads them.
fn reveal(tx: &Tx<'_>, mut day: Day) -> Result<Day, Failure> {
    let seconded = [&mut day.overrides, &mut day.voids, &mut day.reopened, &mut day.parts_waived];
    let reasons = seconded.into_iter().flatten().map(|it| &mut it.reason);
    let texts =
        reasons.chain(day.waivers.iter_mut().map(|it| &mut it.reason)).chain(day.explained.iter_mut());
    for text in texts.filter(|text| !text.is_empty()) {
        *text = case::text(tx, text)?;
    }
    Ok(day)
}

fn figures(
    tx: &Tx<'_>,
    (day, editions): (NaiveDate, &Editions),
    home: Option<Currency>,
) -> Result<Day, Failure> {
    let date = day.to_string();
    if let Some(closed) = daybook::closed(tx, &date)? {
        return Ok(serde_json::from_str(&closed.figures).map_err(|cause| row::broken("day", &date, cause))?);
    }
    let parked: Vec<String> = request::parked(tx)?.into_iter().map(|form| form.title).collect();
    let last = journal::last(tx)?;
    let base = daybook::last_closed(tx, Some(&date))?;
    let mut figures = Day {
        day,
        state: "open".to_owned(),
        parts_owed: parts_owed(tx, editions)?,
        stock: figures::shelf(tx, &date, base.as_ref())?,
        parked,
        head: last.map(|entry| Head { seq: entry.seq, hash: journal::hex(&entry.hash) }),
        ..Day::default()
    };
    figures::sum(tx, &mut figures, home)?;
    let loose = Loose {
        missing: figures::missing(tx, &date)?,
        bookings: daybook::open_bookings(tx, &date)?,
        parked: figures.parked.len(),
    };
    figures.to_explain = loose.to_explain();
    Ok(figures)
}

/// Parts that customers owe now.
fn parts_owed(tx: &Tx<'_>, editions: &Editions) -> Result<Vec<Owed>, Fault> {
    let mut owed = Vec::new();
    for case in case::handed_over(tx)? {
        let parts = still_owed(tx, editions, &case)?;
        if !parts.is_empty() {
            owed.push(Owed { case: case.number, parts });
        }
    }
    Ok(owed)
}
