//! Every event as a sentence: one table, for the case on screen, for papers and for export.

use crate::desk::names::several;
use crate::domain::case::{Outcome, State};
use crate::domain::event::{
    Apart, Appointed, Back, Booking, Chosen, Counted, Event, Issued, Keeping, Line, Override, PartsWaived,
    Payment, Received, Reopened, Shipped, Stated, Unflagged, Voided, Whereabouts,
};
use crate::repository::Fault;

/// Finds the words of a person or text that stands apart.
type Words<'a> = &'a dyn Fn(&Apart) -> Result<String, Fault>;

/// What an event says, with its amounts, reasons and second persons.
pub fn sentence(event: &Event, words: Words<'_>) -> Result<String, Fault> {
    let reason = |reason: &Option<Apart>| because(reason.as_ref(), words);
    Ok(match event {
        Event::Setup(it) => format!("Counter set up: {}, {}, till {}", it.site, it.region, it.number),
        Event::Imported(it) => format!("Imported {} of {}", several(it.rows, "row"), it.kind),
        Event::Flagged(it) => format!("The {}", makers_use(&it.plan, it.ordinal, &it.new_serial)),
        Event::Recorded(it) => format!("Recorded ({}): {}", it.channel, claimed(&it.stated)),
        Event::Received(it) => received(it, words)?,
        Event::Assessed(it) => format!("Assessed: {}; {}", claimed(&it.stated), words(&it.finding)?),
        Event::Chosen(it) => chosen(it, words)?,
        Event::Paid(it) => money(&it.lines, words)?,
        Event::Issued(it) => issued(it),
        Event::Closed(_) => "Closed".to_owned(),
        Event::Printed(it) => printed(&it.kind, it.copy),
        Event::ChangedMind(it) => {
            format!("The choice was taken back: the quote stands no longer{}", reason(&it.reason)?)
        }
        Event::Held(it) => format!("On hold: {}", words(&it.reason)?),
        Event::Unheld(it) => format!("Off hold{}", reason(&it.reason)?),
        Event::Worked(_) => "The repair began".to_owned(),
        Event::Finished(it) => format!("The repair is done: {}", words(&it.result)?),
        Event::Told(_) => "The customer was told that it is ready".to_owned(),
        Event::HandedOver(it) => format!("Given back to the customer: {}", it.serial),
        Event::Refunded(it) => money(std::slice::from_ref(&it.line), words)?,
        Event::Cancelled(it) => {
            format!("Cancelled: {}; what was here goes back to the customer", words(&it.reason)?)
        }
        Event::Voided(it) => voided(it, words)?,
        Event::Reopened(it) => reopened(it, words)?,
        Event::PartsBrought(it) => format!("Parts were brought; here now: {}", it.handed_in.join(", ")),
        Event::PartsWaived(it) => parts_waived(it, words)?,
        Event::Unflagged(it) => unflagged(it),
        Event::Appointed(it) => appointed(it),
        Event::Arrived(it) => format!("{} came in", several(it.units.len() as u64, "unit")),
        Event::KeptFor(it) if it.how == Keeping::Kept => format!("Unit {} is kept for it", it.serial),
        Event::KeptFor(it) => format!("Unit {} is free again", it.serial),
        Event::Counted(it) => counted(it),
        Event::Quarantined(it) => format!("Unit {} set aside: {}", it.serial, words(&it.reason)?),
        Event::Found(it) => format!("Unit {} is in stock again{}", it.serial, reason(&it.reason)?),
        Event::Shipped(it) => shipped(it),
        Event::Bound(it) => format!("Plan {} bound to {}, until {}", it.plan, it.serial, it.ends_on),
        Event::Extended(it) => format!("Plus {} for plan {}, until {}", it.number, it.plan, it.ends_on),
        Event::GivenBack(it) => format!("Plan {} given back", it.plan),
        Event::Noticed(it) => format!("Notice for {}: {}, {}", it.serial, it.kind, it.issued_at),
        Event::DayClosed(it) => format!("Day {} closed{}", it.day, reason(&it.explained)?),
        Event::SheetPrinted(it) => printed(&format!("{} of {}", it.kind, it.subject), it.copy),
    })
}

/// What the maker's record has of a replacement; it need not name the unit.
pub(in crate::desk) fn makers_use(plan: &str, ordinal: u8, serial: &str) -> String {
    let unit = if serial.is_empty() { String::new() } else { format!(" for {serial}") };
    format!("maker's record has replacement {ordinal} of plan {plan} as used{unit}")
}

fn claimed(stated: &Stated) -> String {
    format!("{}, {}", stated.cause, stated.parts.join(", "))
}

fn received(it: &Received, words: Words<'_>) -> Result<String, Fault> {
    let condition = noted(it.condition.as_ref(), words)?;
    Ok(format!("Received: unit {}; handed in: {}{condition}", it.on_unit, it.handed_in.join(", ")))
}

fn issued(it: &Issued) -> String {
    let units: Vec<&str> = it.units.iter().map(|unit| unit.serial.as_str()).collect();
    let plan =
        it.moved.as_ref().map_or_else(String::new, |moved| format!("; the plan moved to {}", moved.to));
    format!("Handed out as replacement {}: {}{plan}", it.slot.ordinal, units.join(", "))
}

fn printed(paper: &str, copy: u32) -> String {
    match copy {
        0 => format!("Made the {paper}"),
        copy => format!("Printed the {paper} again, copy {copy}"),
    }
}

fn reopened(it: &Reopened, words: Words<'_>) -> Result<String, Fault> {
    let to = if it.state == State::HandedOver { "" } else { ", from the beginning" };
    let unit =
        it.brought.as_ref().map_or_else(String::new, |unit| format!(", unit {} is here", unit.on_unit));
    let condition = noted(it.brought.as_ref().and_then(|unit| unit.condition.as_ref()), words)?;
    Ok(format!("Reopened{to}{unit}, agreed by {}: {}{condition}", it.by, words(&it.reason)?))
}

fn parts_waived(it: &PartsWaived, words: Words<'_>) -> Result<String, Fault> {
    let reason = words(&it.reason)?;
    Ok(format!("Parts let go ({}), agreed by {}: {reason}", it.parts.join(", "), it.by))
}

fn unflagged(it: &Unflagged) -> String {
    format!("The maker's record contradicts replacement {} of plan {} no longer", it.ordinal, it.plan)
}

fn counted(it: &Counted) -> String {
    let (missing, found) = (it.missing.len(), it.found.len());
    format!("Counted {}: {} scanned, {missing} missing, {found} found", it.place, it.scanned)
}

fn shipped(it: &Shipped) -> String {
    let (units, parts) = (it.units.len() as u64, it.parts.len() as u64);
    format!("{} and {} went back to the maker", several(units, "unit"), several(parts, "old part"))
}

/// A reason after a colon; nothing where none was given.
fn because(reason: Option<&Apart>, words: Words<'_>) -> Result<String, Fault> {
    Ok(reason.map(words).transpose()?.map_or_else(String::new, |reason| format!(": {reason}")))
}

/// The condition of a unit that came in; nothing where none was noted.
fn noted(condition: Option<&Apart>, words: Words<'_>) -> Result<String, Fault> {
    let seen = because(condition, words)?;
    Ok(if seen.is_empty() { seen } else { format!("; condition{seen}") })
}

fn chosen(it: &Chosen, words: Words<'_>) -> Result<String, Fault> {
    let what = match it.outcome {
        Outcome::None => "nothing",
        Outcome::Replacement => "a replacement",
        Outcome::PaidRepair => "a paid repair",
        Outcome::WarrantyRepair => "a repair under warranty",
        Outcome::ReturnUnrepaired => "the unit back unrepaired",
        Outcome::NoFault => "the unit back, no fault found",
    };
    let slot = it
        .slot
        .as_ref()
        .map_or_else(String::new, |slot| format!(", number {} of plan {}", slot.ordinal, slot.plan));
    let fee = match (it.fee, it.outcome) {
        (Some(fee), _) => format!(", for {fee}"),
        (None, Outcome::Replacement) => ", fee not known".to_owned(),
        (None, _) => String::new(),
    };
    let by = match &it.overridden {
        Some(Override { by, reason }) => format!(", decided by {by}: {}", words(reason)?),
        None => String::new(),
    };
    Ok(format!("Chosen: {what}{slot}{fee}{by}{}", because(it.reason.as_ref(), words)?))
}

fn money(lines: &[Line], words: Words<'_>) -> Result<String, Fault> {
    let mut said = Vec::new();
    for line in lines {
        let method = line.method.map_or_else(String::new, |method| format!(" by {method}"));
        let verb = match line.kind {
            Payment::Taken => "Paid",
            Payment::Refunded => "Paid back",
            Payment::Waived => "Let go",
        };
        said.push(format!("{verb} {}{method}{}", line.amount, because(line.reason.as_ref(), words)?));
    }
    Ok(said.join("; "))
}

fn voided(it: &Voided, words: Words<'_>) -> Result<String, Fault> {
    let unit = |unit: &Back| match unit.how {
        Whereabouts::Back => format!("{} is here again", unit.serial),
        Whereabouts::Lost => format!("{} is lost", unit.serial),
    };
    let mut said: Vec<String> = it.units.iter().map(unit).collect();
    said.extend(it.moved.as_ref().map(|moved| format!("the plan is on {} again", moved.to)));
    for line in &it.lines {
        let method = line.method.map_or_else(String::new, |method| format!(" by {method}"));
        said.push(format!("paid back {}{method}", line.amount));
    }
    Ok(format!("Hand-out taken back, agreed by {}: {}; {}", it.by, words(&it.reason)?, said.join(", ")))
}

fn appointed(it: &Appointed) -> String {
    match it.how {
        Booking::Booked => format!("Appointment on {}", it.slot),
        Booking::Moved => format!("Appointment moved to {}", it.slot),
        Booking::Cancelled => format!("Appointment on {} called off", it.slot),
        Booking::NoShow => format!("Nobody came on {}", it.slot),
        Booking::Kept => format!("The customer came to the appointment on {}", it.slot),
    }
}
