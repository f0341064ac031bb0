//! Appointments: booked, moved, called off, missed; and the line at the counter. Clause C32.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::desk::act::Work;
use crate::desk::clock;
use crate::desk::failure::{refused, wrong};
use crate::desk::life::may;
use crate::desk::{Act, Desk, Failure};
use crate::domain::case::{Guard, Step};
use crate::domain::day::parse_instant;
use crate::domain::event::{Appointed, Booking, Event};
use crate::domain::visit::{Kind, Turn, line_up};
use crate::repository::case::Case;
use crate::repository::journal::{Stamp, new_id};
use crate::repository::row::broken;
use crate::repository::visit::{self, Visit, Waiting};
use crate::repository::{Fault, Tx, case, device};

#[cfg(test)]
mod tests;

/// An appointment after an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// The case's number.
    pub number: String,
    /// The slot.
    pub slot: String,
    /// `booked`, `moved`, `cancelled` or `no-show`.
    pub state: Booking,
}

/// Somebody in the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The case's number.
    pub number: String,
    /// The customer's name.
    pub customer: String,
    /// How to call them.
    pub phone: Option<String>,
    /// The serial.
    pub serial: String,
    /// The product's name.
    pub product: String,
    /// With or without an appointment.
    pub kind: Kind,
    /// The appointment's slot.
    pub slot: Option<String>,
    /// When somebody without an appointment came.
    pub arrival: Option<String>,
    /// `booked`, `kept` or `no-show`; `waiting` for a walk-in.
    pub state: String,
    /// How far the case is.
    pub case_state: String,
}

impl Desk {
    /// Books a slot for a recorded case.
    pub fn book(
        &mut self,
        act: &Act,
        number: &str,
        slot: DateTime<FixedOffset>,
    ) -> Result<Appointment, Failure> {
        let slot = clock::here(&act.stamp, slot);
        self.once((act, &format!("appointment-book/{number}")), |work| {
            let case = appointable(work, number)?;
            if let Some(there) = visit::booked(work.tx, &case.id)? {
                let say = format!("case {number} has an appointment at {}: move that one", told(&there)?);
                return Err(wrong("slot", say));
            }
            bookable(work, slot, None)?;
            write(work, &case, (Booking::Booked, slot.to_rfc3339()), None)
        })
    }

    /// Puts a case's appointment to another slot.
    pub fn move_visit(
        &mut self,
        act: &Act,
        number: &str,
        slot: DateTime<FixedOffset>,
    ) -> Result<Appointment, Failure> {
        let slot = clock::here(&act.stamp, slot);
        self.once((act, &format!("appointment-move/{number}")), |work| {
            let case = appointable(work, number)?;
            let there = living(work.tx, &case)?;
            if begins(&there)? == slot {
                return Err(wrong("slot", format!("case {number} has this slot already")));
            }
            bookable(work, slot, Some(&there.id))?;
            write(work, &case, (Booking::Moved, slot.to_rfc3339()), Some(there.id))
        })
    }

    /// Calls a case's appointment off.
    pub fn cancel_visit(&mut self, act: &Act, number: &str) -> Result<Appointment, Failure> {
        self.once((act, &format!("appointment-cancel/{number}")), |work| {
            let case = appointable(work, number)?;
            end(work, &case, (Booking::Cancelled, living(work.tx, &case)?))
        })
    }

    /// Notes that nobody came; the case can be booked again.
    pub fn no_show(&mut self, act: &Act, number: &str) -> Result<Appointment, Failure> {
        self.once((act, &format!("appointment-no-show/{number}")), |work| {
            let case = appointable(work, number)?;
            let there = living(work.tx, &case)?;
            if !work.shop.house.calendar.passed(begins(&there)?, work.stamp.at) {
                let say = format!(
                    "the appointment of case {number} is at {}: wait until it is over",
                    told(&there)?
                );
                return Err(wrong("slot", say));
            }
            end(work, &case, (Booking::NoShow, there))
        })
    }

    /// The slots of a day that can still be booked.
    pub fn free_slots(
        &mut self,
        stamp: &Stamp,
        day: NaiveDate,
    ) -> Result<Vec<DateTime<FixedOffset>>, Failure> {
        let calendar = &self.shop.house.calendar;
        let grid = calendar.grid(day).into_iter();
        let slots = grid.filter_map(|time| clock::wall(stamp, day.and_time(time))).collect();
        self.repository.read(|tx| Ok(calendar.free(slots, stamp.at, &taken(tx, day, None)?)))
    }

    /// The line of a day, in the order in which people are served: bookings, and those who walked in.
    pub fn line(&mut self, day: NaiveDate) -> Result<Vec<Person>, Failure> {
        let editions = self.shop.editions.clone();
        self.repository.read(|tx| {
            let day = day.to_string();
            let mut people = Vec::new();
            for waiting in visit::bookings(tx, &day)?.into_iter().chain(visit::walk_ins(tx, &day)?) {
                let named = |model: &str| editions.model(model).map(|model| model.name.clone());
                people.push(person(tx, waiting, named)?);
            }
            line_up(&mut people);
            Ok(people.into_iter().map(|(_, person)| person).collect())
        })
    }
}

fn appointable(work: &Work<'_, '_>, number: &str) -> Result<Case, Failure> {
    let case = work.case(number)?;
    may(&case, Step::Appoint)?;
    Ok(case)
}

fn living(tx: &Tx<'_>, case: &Case) -> Result<Visit, Failure> {
    let none = || wrong("slot", format!("case {} has no appointment: book one", case.number));
    visit::booked(tx, &case.id)?.ok_or_else(none)
}

/// Notes that nobody came to a booking of an earlier day, before its unit comes in after all.
pub(super) fn missed(work: &Work<'_, '_>, case: &Case) -> Result<(), Failure> {
    if let Some(there) = visit::booked(work.tx, &case.id)?
        && begins(&there)?.date_naive() < work.today()
    {
        end(work, case, (Booking::NoShow, there))?;
    }
    Ok(())
}

fn begins(visit: &Visit) -> Result<DateTime<FixedOffset>, Fault> {
    parse_instant(&visit.slot).map_err(|bad| broken("appointment", &visit.id, bad))
}

/// A booked slot as people say it.
fn told(visit: &Visit) -> Result<String, Fault> {
    Ok(begins(visit)?.format("%Y-%m-%d %H:%M").to_string())
}

/// Slots that others have around a day; `but` is the booking that gives its own up.
fn taken(tx: &Tx<'_>, day: NaiveDate, but: Option<&str>) -> Result<Vec<DateTime<FixedOffset>>, Fault> {
    // A moment's own day differs from another's by one at most, wherever its clock hangs.
    let near = |days| (day + TimeDelta::days(days)).to_string();
    let others = visit::taken(tx, (&near(-1), &near(1)))?;
    others.iter().filter(|other| Some(other.id.as_str()) != but).map(begins).collect()
}

fn bookable(work: &Work<'_, '_>, slot: DateTime<FixedOffset>, but: Option<&str>) -> Result<(), Failure> {
    let taken = taken(work.tx, slot.date_naive(), but)?;
    let calendar = &work.shop.house.calendar;
    calendar.may_book(slot, work.stamp.at, &taken).map_err(|bad| wrong("slot", bad))
}

fn write(
    work: &Work<'_, '_>,
    case: &Case,
    (how, slot): (Booking, String),
    instead_of: Option<String>,
) -> Result<Appointment, Failure> {
    let (id, number) = (new_id(), case.number.clone());
    let event = Appointed { case: case.id.clone(), id, slot: slot.clone(), how, instead_of };
    work.write(&Event::Appointed(event))?;
    Ok(Appointment { number, slot, state: how })
}

fn end(work: &Work<'_, '_>, case: &Case, (how, there): (Booking, Visit)) -> Result<Appointment, Failure> {
    let Visit { id, slot, .. } = there;
    let event = Appointed { case: case.id.clone(), id, slot: slot.clone(), how, instead_of: None };
    work.write(&Event::Appointed(event))?;
    Ok(Appointment { number: case.number.clone(), slot, state: how })
}

fn person(
    tx: &Tx<'_>,
    waiting: Waiting,
    named: impl Fn(&str) -> Option<String>,
) -> Result<(Turn, Person), Failure> {
    let customer = case::person(tx, &waiting.customer)?;
    let gone = || refused(Guard::NoSuchDevice, format!("{} is not in the registry", waiting.serial));
    let model = device::device(tx, &waiting.serial)?.ok_or_else(gone)?.model;
    let (kind, slot, arrival, state) = match waiting.booking {
        Some((slot, state)) => (Kind::Booking, Some(slot), None, state),
        None => (Kind::WalkIn, None, Some(waiting.arrival), "waiting".to_owned()),
    };
    let text = slot.as_ref().or(arrival.as_ref()).map_or("", String::as_str);
    let at = parse_instant(text).map_err(|bad| broken("cases", &waiting.case, bad))?;
    let person = Person {
        number: waiting.case,
        customer: customer.name,
        phone: customer.phone,
        serial: waiting.serial,
        product: named(&model).unwrap_or(model),
        kind,
        slot,
        arrival,
        state,
        case_state: waiting.case_state,
    };
    Ok((Turn { at, kind }, person))
}
