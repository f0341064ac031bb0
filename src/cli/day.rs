//! `day`: the day's figures, and its closing.

use std::io::Write;

use crate::cli::arguments::{Day, Stamp};
use crate::cli::{Done, Outcome, stamp, write_json};
use crate::desk::config::Settled;
use crate::desk::{Desk, Failure};
use crate::paper::{Print, Width, render};

/// Shows or closes a day.
pub fn run(it: Day, desk: &mut Desk, out: (&Settled, &mut dyn Write)) -> Outcome {
    match it {
        Day::Show(it) => answer((&it.stamp, it.width), desk, out, |desk, act| {
            desk.day(it.day.unwrap_or_else(|| act.stamp.at.date_naive()))
        }),
        Day::Close(it) => answer((&it.stamp, Width::Page), desk, out, |desk, act| {
            let day = it.day.unwrap_or_else(|| act.stamp.at.date_naive());
            desk.close_day(act, day, it.explain.as_deref())
        }),
    }
}

fn answer(
    (given, width): (&Stamp, Width),
    desk: &mut Desk,
    (settled, out): (&Settled, &mut dyn Write),
    work: impl FnOnce(&mut Desk, &crate::desk::Act) -> Result<crate::desk::day::Day, Failure>,
) -> Outcome {
    let act = stamp(given, settled)?;
    let figures = work(desk, &act)?;
    if given.json {
        write_json(out, &figures)?;
    } else {
        let sheet = desk.day_sheet(figures.day)?;
        out.write_all(render(&sheet, Print { width, copy: 0 }).as_bytes())?;
    }
    Ok(Done::Well)
}
