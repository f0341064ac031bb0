//! `appointment`: bookings, and the line at the counter.

use std::io::Write;

use crate::cli::arguments::{Appointment, Stamp, VisitList};
use crate::cli::{Done, Outcome, stamp, write_json};
use crate::desk::config::Settled;
use crate::desk::visit::{self, Person};
use crate::desk::{Act, Desk, Failure};
use crate::domain::day::parse_instant;
use crate::domain::event::Booking;

type Out<'a> = (&'a Settled, &'a mut dyn Write);

/// Runs one command about appointments.
pub fn run(it: Appointment, desk: &mut Desk, out: Out<'_>) -> Outcome {
    match it {
        Appointment::Book(it) => act(&it.stamp, out, |act| desk.book(act, &it.case, it.slot)),
        Appointment::Move(it) => act(&it.stamp, out, |act| desk.move_visit(act, &it.case, it.slot)),
        Appointment::Cancel(it) => act(&it.stamp, out, |act| desk.cancel_visit(act, &it.case)),
        Appointment::NoShow(it) => act(&it.stamp, out, |act| desk.no_show(act, &it.case)),
        Appointment::List(it) => list(&it, desk, out),
    }
}

fn act(
    given: &Stamp,
    (settled, out): Out<'_>,
    work: impl FnOnce(&Act) -> Result<visit::Appointment, Failure>,
) -> Outcome {
    let made = work(&stamp(given, settled)?)?;
    if given.json {
        write_json(out, &made)?;
        return Ok(Done::Well);
    }
    let slot = clock(&made.slot);
    match made.state {
        Booking::Booked | Booking::Moved => writeln!(out, "case {} is booked for {slot}", made.number)?,
        Booking::Cancelled => writeln!(out, "case {}: {slot} is called off", made.number)?,
        Booking::NoShow => writeln!(out, "case {}: nobody came at {slot}", made.number)?,
        Booking::Kept => writeln!(out, "case {}: came at {slot}", made.number)?,
    }
    Ok(Done::Well)
}

fn list(it: &VisitList, desk: &mut Desk, (settled, out): Out<'_>) -> Outcome {
    let act = stamp(&it.stamp, settled)?;
    let day = it.day.unwrap_or_else(|| act.stamp.at.date_naive());
    let people = desk.line(day)?;
    if it.stamp.json {
        write_json(out, &people)?;
    } else if people.is_empty() {
        writeln!(out, "nobody is booked or waiting on {day}")?;
    }
    for person in people.iter().filter(|_| !it.stamp.json) {
        let Person { number, serial, product, customer, .. } = person;
        let at = person.slot.as_ref().or(person.arrival.as_ref()).map_or_else(String::new, |at| clock(at));
        let phone = person.phone.as_deref().unwrap_or_default();
        let (kind, state) = (person.kind, &person.state);
        writeln!(out, "{at}  {kind:<7}  {state:<7}  {number}  {serial}  {product}  {customer}  {phone}")?;
    }
    Ok(Done::Well)
}

fn clock(at: &str) -> String {
    parse_instant(at).map_or_else(|_| at.to_owned(), |at| at.format("%Y-%m-%d %H:%M").to_string())
}
