//! A day's figures, summed from the journal's own lines.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::desk::Failure;
use crate::desk::day::{Amounts, Day, Replaced, Seconded, Waiver};
use crate::domain::daybook::Shelf;
use crate::domain::event::{Apart, Booking, Chosen, Event, Issued, Line, Payment, Whereabouts};
use crate::domain::money::Currency;
use crate::domain::plan::Source;
use crate::repository::daybook::{self, Closed};
use crate::repository::journal::Entry;
use crate::repository::row::{self, broken};
use crate::repository::{Fault, Tx, case, device, plan};

/// Sums a day's lines.
pub(super) fn sum(tx: &Tx<'_>, day: &mut Day, home: Option<Currency>) -> Result<(), Failure> {
    let mut sums = Sums { tx, home, replaced: BTreeMap::new(), day };
    for entry in daybook::lines_of(tx, &sums.day.day.to_string())? {
        let event = entry.event()?;
        sums.count(&event);
        sums.note(&entry, &event)?;
    }
    let replaced = std::mem::take(&mut sums.replaced);
    let line = |((model, source, ordinal), count)| Replaced { model, source, ordinal, count };
    day.replacements = replaced.into_iter().map(line).collect();
    Ok(())
}

struct Sums<'a, 'tx> {
    tx: &'a Tx<'tx>,
    home: Option<Currency>,
    replaced: BTreeMap<(String, String, u8), u32>,
    day: &'a mut Day,
}

impl Sums<'_, '_> {
    fn count(&mut self, event: &Event) {
        let day = &mut *self.day;
        let counter = match event {
            Event::Recorded(_) => &mut day.opened,
            Event::Received(_) => &mut day.received,
            Event::Issued(_) => &mut day.issued,
            Event::HandedOver(_) => &mut day.handed_over,
            Event::Closed(_) => &mut day.closed,
            Event::Cancelled(_) => &mut day.cancelled,
            Event::Appointed(it) if it.how == Booking::NoShow => &mut day.no_shows,
            _ => return,
        };
        *counter += 1;
    }

    fn note(&mut self, entry: &Entry, event: &Event) -> Result<(), Failure> {
        match event {
            Event::Issued(it) => self.replacement(it),
            Event::Paid(it) => it.lines.iter().try_for_each(|line| self.money(entry, line)),
            Event::Refunded(it) => self.money(entry, &it.line),
            Event::Voided(it) => {
                it.lines.iter().try_for_each(|line| self.money(entry, line))?;
                let void = self.seconded(entry, (&it.by, &it.reason))?;
                self.day.voids.push(void);
                Ok(())
            }
            Event::Reopened(it) => {
                let reopened = self.seconded(entry, (&it.by, &it.reason))?;
                self.day.reopened.push(reopened);
                Ok(())
            }
            Event::Chosen(Chosen { overridden: Some(second), .. }) => {
                let decided = self.seconded(entry, (&second.by, &second.reason))?;
                self.day.overrides.push(decided);
                Ok(())
            }
            Event::PartsWaived(it) => {
                let waived = self.seconded(entry, (&it.by, &it.reason))?;
                self.day.parts_waived.push(waived);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn replacement(&mut self, it: &Issued) -> Result<(), Failure> {
        let serial = case::by_id(self.tx, &it.case)?.map(|case| case.serial).unwrap_or_default();
        let model = device::model(self.tx, &serial)?;
        // Not the decision's: one that a second person made has no source. Plus has a number of its own.
        let of_plus = plan::extended_by(self.tx, &it.slot.plan)?.is_some();
        let source = if of_plus { Source::Plus } else { Source::Refresh };
        *self.replaced.entry((model, source.to_string(), it.slot.ordinal)).or_default() += 1;
        Ok(())
    }

    fn money(&mut self, entry: &Entry, line: &Line) -> Result<(), Failure> {
        let Some(method) = line.method else {
            let reason = line.reason.as_ref().map(|reason| reason.id.clone());
            let waiver = Waiver {
                case: self.number(entry)?,
                who: entry.actor.clone(),
                amount: line.amount,
                reason: reason.unwrap_or_default(),
            };
            self.day.waivers.push(waiver);
            return Ok(());
        };
        let currency = line.amount.currency;
        let at_home = self.home.is_none_or(|home| home == currency);
        let key = if at_home { method.to_string() } else { format!("{method}-{}", currency.as_str()) };
        let amounts = self.day.money.entry(key).or_insert_with(|| Amounts::none(currency));
        match line.kind {
            Payment::Taken => amounts.taken += line.amount.minor,
            Payment::Refunded => amounts.refunded += line.amount.minor,
            Payment::Waived => {}
        }
        amounts.net = amounts.taken - amounts.refunded;
        Ok(())
    }

    fn seconded(&self, entry: &Entry, (by, reason): (&str, &Apart)) -> Result<Seconded, Failure> {
        let (case, reason) = (self.number(entry)?, reason.id.clone());
        Ok(Seconded { case, who: entry.actor.clone(), by: by.to_owned(), reason })
    }

    fn number(&self, entry: &Entry) -> Result<String, Fault> {
        let case = entry.case.as_deref().map(|id| case::by_id(self.tx, id)).transpose()?.flatten();
        Ok(case.map(|case| case.number).unwrap_or_default())
    }
}

/// The shelf over a day, from the newest closed day before it on.
///
/// A line counts on the day of its moment, in whatever order days were worked on, entered late and closed. What an
/// import after a day's closing brought belongs to the next day: neither the closed day nor one before it changes.
/// Of an import only how many rows the list had, and how many of them were here before, is known; where the shelf's
/// own count differs, the difference is part of what came in.
pub(super) fn shelf(tx: &Tx<'_>, day: &str, base: Option<&Closed>) -> Result<Shelf, Failure> {
    let (start, next) = match base {
        None => (0, String::new()),
        Some(base) => (end_of(base)?, day_after(base)?),
    };
    let in_base = |entry: &Entry, date: &str| {
        base.is_some_and(|base| entry.seq <= base.seq && date <= base.day.as_str())
    };
    let closing = daybook::first_closed(tx, day)?.map_or(i64::MAX, |closed| closed.seq);
    let (mut shelf, mut walk, mut later) = (Shelf::starting(start), Walk::default(), false);
    for entry in daybook::shelf_lines(tx)? {
        if entry.seq > closing {
            later = true;
            break;
        }
        let moved = walk.step(&entry.event()?);
        let date = entry.at.get(..10).unwrap_or_default();
        if in_base(&entry, date) {
            continue;
        }
        match date.max(&next).cmp(day) {
            Ordering::Less => shelf.start += moved.summed().end,
            Ordering::Equal => shelf = shelf.with(moved),
            Ordering::Greater => later = true,
        }
    }
    if !later {
        shelf.came += daybook::on_hand(tx)? - shelf.summed().end;
    }
    Ok(shelf.summed())
}

fn end_of(closed: &Closed) -> Result<i64, Fault> {
    let figures: Day =
        serde_json::from_str(&closed.figures).map_err(|cause| broken("day", &closed.day, cause))?;
    Ok(figures.stock.end)
}

fn day_after(closed: &Closed) -> Result<String, Fault> {
    let day = row::day("day", &closed.day, &closed.day)?;
    Ok(day.succ_opt().unwrap_or(day).to_string())
}

/// Units that a count of the day did not find, and that are still missing.
pub(super) fn missing(tx: &Tx<'_>, day: &str) -> Result<Vec<String>, Failure> {
    let mut missing = Vec::new();
    for entry in daybook::lines_of(tx, day)? {
        let Event::Counted(count) = entry.event()? else { continue };
        for serial in count.missing {
            if daybook::unit_state(tx, &serial)?.as_deref() == Some("missing") {
                missing.push(serial);
            }
        }
    }
    missing.sort_unstable();
    missing.dedup();
    Ok(missing)
}

fn count<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

/// What is known of the shelf at a line of the journal: the rows of the maker's list, how many of them had come in at
/// the counter and are counted there, and what is missing.
#[derive(Default)]
struct Walk {
    rows: i64,
    twice: i64,
    missing: BTreeSet<String>,
}

impl Walk {
    /// What a line moved.
    fn step(&mut self, event: &Event) -> Shelf {
        let mut day = Shelf::default();
        match event {
            Event::Imported(it) => {
                if let Some((_, now, _)) = it.tables.iter().find(|(table, ..)| table == "stock") {
                    let now = i64::try_from(*now).unwrap_or(i64::MAX);
                    let twice =
                        it.came_here.and_then(|twice| i64::try_from(twice).ok()).unwrap_or(self.twice);
                    day.came += now - self.rows - (twice - self.twice);
                    (self.rows, self.twice) = (now, twice);
                }
            }
            Event::Arrived(it) => day.came += count(&it.units),
            Event::Issued(it) => day.issued += count(&it.units),
            Event::Counted(it) => {
                day.missing += count(&it.missing);
                it.found.iter().for_each(|serial| self.found(&mut day, serial));
                self.missing.extend(it.missing.iter().cloned());
            }
            Event::Found(it) => self.found(&mut day, &it.serial),
            Event::Quarantined(it) => self.found(&mut day, &it.serial),
            Event::Voided(it) => {
                for unit in &it.units {
                    match unit.how {
                        Whereabouts::Back => day.back += 1,
                        Whereabouts::Lost => _ = self.missing.insert(unit.serial.clone()),
                    }
                }
            }
            Event::Shipped(it) => day.shipped += count(&it.units),
            _ => {}
        }
        day
    }

    fn found(&mut self, day: &mut Shelf, serial: &str) {
        if self.missing.remove(serial) {
            day.found += 1;
        }
    }
}
