//! `stock`: the shelf without the screens.

use std::io::Write;

use serde::Serialize;

use crate::cli::arguments::{Stamp, Stock};
use crate::cli::{Done, Outcome, answered, stamp, write_json};
use crate::desk::config::Settled;
use crate::desk::shelf::{Counted, Delivery, OldPart, Packed, Packing, Shelved, Wanted};
use crate::desk::{Act, Desk, Failure, print};
use crate::domain::event::Way;
use crate::paper::Width;
use crate::paper::text::pad;
use crate::repository::stock::Filter;

type Out<'a> = (&'a Settled, &'a mut dyn Write);

/// Runs one command about the shelf.
pub fn run(it: Stock, desk: &mut Desk, out: Out<'_>) -> Outcome {
    match it {
        Stock::Receive(it) => {
            let delivery = Delivery { serials: it.serials, model: it.model, part: it.part, place: it.place };
            act((&it.stamp, units), out, |act| desk.stock_up(act, &delivery))
        }
        Stock::List(it) => {
            let state = it.state.map(|state| state.to_string());
            let filter = Filter { model: it.model, state, place: it.place };
            act((&it.stamp, units), out, |_| desk.stock(&filter))
        }
        Stock::Parts(it) => act((&it.stamp, parts), out, |act| desk.old_parts(act.stamp.at.date_naive())),
        Stock::Count(it) => {
            act((&it.stamp, counted), out, |act| desk.count_shelf(act, &it.place, &it.serials))
        }
        Stock::Quarantine(it) => {
            act((&it.stamp, unit), out, |act| desk.set_aside(act, &it.serial, &it.reason))
        }
        Stock::Find(it) => {
            let found = (it.place.as_deref(), it.reason.as_deref());
            act((&it.stamp, unit), out, |act| desk.find(act, &it.serial, found))
        }
        Stock::Ship(it) => {
            let wanted = if it.all { Wanted::AllAnd(it.serials) } else { Wanted::Named(it.serials) };
            act((&it.stamp, packing), out, |act| packed(desk, act, &wanted))
        }
        Stock::Keep(it) => act((&it.stamp, unit), out, |act| desk.keep(act, &it.serial, &it.case)),
        Stock::Free(it) => act((&it.stamp, unit), out, |act| desk.free(act, &it.serial)),
    }
}

/// Sends, and writes the packing list's file; when that fails the goods are sent all the same.
fn packed(desk: &mut Desk, act: &Act, wanted: &Wanted) -> Result<Packing, Failure> {
    let packing = desk.ship(act, wanted)?;
    let paper = print::Wanted { width: Width::Page, way: Way::File };
    let printed = desk.print_packing(act, &packing.packing, paper);
    if let Err(trouble) = printed.and_then(|printed| Desk::file(&printed)) {
        let again = format!("caredesk paper packing {} --print", packing.packing);
        let _ = writeln!(std::io::stderr(), "caredesk: {trouble}: print the list with `{again}`");
    }
    Ok(packing)
}

/// Does an act and shows its result.
fn act<T: Serialize>(
    (given, text): (&Stamp, fn(&T) -> String),
    (settled, out): Out<'_>,
    work: impl FnOnce(&Act) -> Result<T, Failure>,
) -> Outcome {
    let result = answered(work(&stamp(given, settled)?), given.json, out)?;
    if given.json {
        write_json(out, &result)?;
    } else {
        out.write_all(text(&result).as_bytes())?;
    }
    Ok(Done::Well)
}

fn unit(it: &Shelved) -> String {
    let place = it.place.as_deref().unwrap_or("-");
    let case = it.case.as_ref().map_or_else(String::new, |case| format!("  case {case}"));
    let (serial, model, part) = (pad(&it.serial, 20), pad(&it.model, 20), pad(&it.part, 12));
    format!("{serial}  {model}  {part}  {:<10}  {place}{case}\n", it.state)
}

#[expect(clippy::ptr_arg, reason = "the answer is a list as it stands")]
fn units(list: &Vec<Shelved>) -> String {
    if list.is_empty() { "no unit\n".to_owned() } else { list.iter().map(unit).collect() }
}

#[expect(clippy::ptr_arg, reason = "the answer is a list as it stands")]
fn parts(list: &Vec<OldPart>) -> String {
    let line = |it: &OldPart| {
        let late = if it.overdue { "  OVERDUE" } else { "" };
        let (serial, part) = (it.serial.as_deref().unwrap_or("-"), pad(&it.part, 12));
        format!("{}  {}  {part}  {}  {} days{late}\n", it.case, pad(serial, 20), pad(&it.model, 20), it.days)
    };
    if list.is_empty() { "nothing waits for the maker\n".to_owned() } else { list.iter().map(line).collect() }
}

fn counted(it: &Counted) -> String {
    let list = |name: &str, list: &[String]| format!("{name:<8} {:>3}  {}\n", list.len(), list.join(" "));
    let says = it.says.iter().map(|say| format!("{say}\n")).collect::<Vec<_>>().concat();
    let lists =
        [("here", &it.here), ("missing", &it.missing), ("found", &it.found), ("strange", &it.strange)];
    format!("{}: {} scanned\n", it.place, it.scanned)
        + &lists.map(|(name, serials)| list(name, serials)).concat()
        + &says
}

fn packing(it: &Packing) -> String {
    let line = |line: &Packed| {
        let case = line.case.as_ref().map_or_else(String::new, |case| format!("  case {case}"));
        let serial = pad(line.serial.as_deref().unwrap_or("-"), 20);
        format!("{serial}  {}  {}{case}\n", pad(&line.model, 20), pad(&line.part, 12))
    };
    format!("packing list {}\n{}", it.packing, it.lines.iter().map(line).collect::<String>())
}
