//! Papers on their way out: only what went out stands in the journal.

use std::fs::File;
use std::io;

use crate::desk::act::Work;
use crate::desk::failure::{refused, wrong};
use crate::desk::print::printer::Trouble;
use crate::desk::print::{Kind, Loose, Printed, Wanted, named};
use crate::desk::{Act, Desk, Failure};
use crate::domain::case::Guard;
use crate::domain::day::parse_day;

/// What is to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A paper of the case with this number.
    Case(String, Kind),
    /// A packing list by its number.
    Packing(String),
    /// The sheet of a day.
    Day(String),
}

impl From<&Loose> for About {
    fn from(which: &Loose) -> Self {
        match which {
            Loose::Packing(list) => Self::Packing(list.clone()),
            Loose::Day(day) => Self::Day(day.to_string()),
        }
    }
}

/// How a print is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Run<'a> {
    /// At once: nothing of it can fail later.
    Alone,
    /// Not at all: it only shows what the print will be.
    Rehearsal,
    /// As this one, which has gone out.
    Delivered(&'a Printed),
}

impl Desk {
    /// Prints by what may fail: a trouble is handed back, and a print that came to nothing is not written.
    ///
    /// `deliver` runs between two short transactions; until the second has ended, no other print on this
    /// file begins, so that no two papers bear the same number.
    pub fn print_out(
        &mut self,
        act: &Act,
        (about, wanted): (&About, Wanted),
        deliver: impl FnOnce(&Printed) -> Result<Option<Trouble>, Failure>,
    ) -> Result<(Printed, Option<Trouble>), Failure> {
        let _turn = self.turn()?;
        let printed = self.print_about((act, Run::Rehearsal), about, wanted)?;
        if let Some(trouble) = deliver(&printed)? {
            return Ok((printed, Some(trouble)));
        }
        Ok((self.print_about((act, Run::Delivered(&printed)), about, wanted)?, None))
    }

    fn print_about(
        &mut self,
        by: (&Act, Run<'_>),
        about: &About,
        wanted: Wanted,
    ) -> Result<Printed, Failure> {
        match about {
            About::Case(number, kind) => self.print_case(by, number, (*kind, wanted)),
            About::Packing(list) => self.print_sheet(by, &Loose::Packing(list.trim().to_owned()), wanted),
            About::Day(day) => {
                let day = parse_day(day.trim()).map_err(|bad| wrong("day", bad))?;
                self.print_sheet(by, &Loose::Day(day), wanted)
            }
        }
    }

    /// Prints in one transaction. A closed day keeps its figures and may still be printed on.
    pub(super) fn printing(
        &mut self,
        (act, run): (&Act, Run<'_>),
        print: impl FnOnce(&Work<'_, '_>) -> Result<Printed, Failure>,
    ) -> Result<Printed, Failure> {
        let _turn = if matches!(run, Run::Alone) { self.turn()? } else { None };
        let shop = &self.shop;
        let mut rehearsed = None;
        let written = self.repository.write(|tx| {
            let printed = print(&Work { tx, shop, counter: named(tx)?, stamp: &act.stamp })?;
            match run {
                Run::Alone => Ok(printed),
                Run::Delivered(before) if *before == printed => Ok(printed),
                Run::Delivered(_) => Err(changed()),
                // An error takes back what was written.
                Run::Rehearsal => {
                    rehearsed = Some(printed);
                    Err(changed())
                }
            }
        });
        rehearsed.map_or(written, Ok)
    }

    /// Waits until no other process prints on this file; nobody else can where there is no folder.
    fn turn(&self) -> Result<Option<File>, Failure> {
        let path = self.shop.folder.join("printing.lock");
        let failed = |cause: io::Error| Failure::File(format!("{}: {cause}", path.display()));
        match File::create(&path) {
            Ok(file) => file.lock().map(|()| Some(file)).map_err(failed),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(failed(cause)),
        }
    }
}

fn changed() -> Failure {
    let say = "what the paper says changed while it was printed: throw it away and print it again";
    refused(Guard::WrongState, say)
}
