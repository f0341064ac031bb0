//! `stock`: the shelf without the screens.

use std::io::Write;

use serde::Serialize;

use crate::cli::arguments::{Stamp, Stock};
use crate::cli::{Done, Outcome, stamp, write_json};
use crate::desk::config::Settled;
use crate::desk::shelf::{Delivery, Packing, Wanted};
use crate::desk::{Act, Desk, Failure, print};
use crate::domain::event::Way;
use crate::paper::Width;
use crate::repository::stock::Filter;

mod words;

use words::{counted, packing, parts, unit, units};

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
    let result = work(&stamp(given, settled)?)?;
    if given.json {
        write_json(out, &result)?;
    } else {
        out.write_all(text(&result).as_bytes())?;
    }
    Ok(Done::Well)
}
