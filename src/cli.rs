//! The command line: words in, text or JSON out, by way of the desk.
//!
//! Knows no screen, no rule and no SQL. An error becomes one line in `main`.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

use crate::desk::config::{Given, Settled, settle};
use crate::desk::{Act, Desk, Purpose, Shop, clock};
use crate::domain::writing::Writing;
use crate::programme;
use crate::repository::Patience;
use crate::repository::journal;

mod appointment;
mod arguments;
mod case;
mod day;
mod decide;
mod error;
mod export;
mod import;
mod look;
mod paper;
mod plan;
mod stock;
mod verify;

use arguments::{Arguments, Command, Places};
pub use error::{Usage, closed_pipe, code_of, heard, one_line};

/// How a command ended.
#[derive(Debug)]
pub enum Done {
    /// It did what it was asked.
    Well,
    /// Something was refused, and its own output says what.
    Refused,
    /// The screens are wanted.
    Screens(Box<Screens>),
}

/// What to open the screens on.
#[derive(Debug)]
pub struct Screens {
    /// The real shop, or one to practise in.
    pub purpose: Purpose,
    /// Where it is, and who works there.
    pub settled: Settled,
}

/// What a command gives back.
pub type Outcome = anyhow::Result<Done>;

/// Runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, out: &mut dyn Write) -> Outcome {
    let words: Vec<OsString> = arguments.into_iter().collect();
    command(&words, out).map_err(|error| error::told(error, &words, out))
}

fn command(words: &[OsString], out: &mut dyn Write) -> Outcome {
    let arguments = match Arguments::read(words) {
        Ok(arguments) => arguments,
        Err(wrong) if wrong.use_stderr() => return Err(Usage::from(wrong).into()),
        Err(help) => {
            out.write_all(help.render().to_string().as_bytes())?;
            return Ok(Done::Well);
        }
    };
    let Places { data_dir, config, programmes } = arguments.places;
    let settled = settle(Given { data_dir, config, programmes })?;
    match arguments.command {
        None => Ok(Done::Screens(Box::new(Screens { purpose: Purpose::Real, settled }))),
        Some(Command::Practice) => {
            Ok(Done::Screens(Box::new(Screens { purpose: Purpose::Practice, settled })))
        }
        Some(Command::Decide { file }) => {
            decide::run(file.as_deref(), &programme::editions(settled.programmes.as_deref())?, out)
        }
        Some(command) => with_desk(command, &settled, out),
    }
}

/// The real shop, with every edition read and checked.
pub fn shop(settled: &Settled) -> anyhow::Result<Shop> {
    let editions = programme::editions(settled.programmes.as_deref())?;
    Ok(Shop { editions, folder: settled.data_dir.clone(), purpose: Purpose::Real, house: settled.house() })
}

fn with_desk(command: Command, settled: &Settled, out: &mut dyn Write) -> Outcome {
    if let Command::Verify(format) = command {
        return verify::run(format, &shop(settled)?, out);
    }
    let mut desk = Desk::open(shop(settled)?, Patience::Command)?;
    // An import says it itself, or ends it.
    if let Some(unfinished) = desk.unfinished().filter(|_| !matches!(command, Command::Import(_))) {
        // Nobody reads a standard error that is closed.
        let _ = writeln!(std::io::stderr(), "caredesk: {unfinished}");
    }
    match command {
        Command::Setup(it) => look::setup(&it, &mut desk, (settled, out)),
        Command::Import(it) => import::import(&it, &mut desk, (settled, out)),
        Command::Export(it) => export::export(&it, &mut desk, out),
        Command::Lookup(it) => look::lookup(&it, &mut desk, out),
        Command::Check(it) => look::check(&it, &mut desk, (settled, out)),
        Command::Case { step } => case::run(step, &mut desk, (settled, out)),
        Command::Issue(it) => case::issue(&it, &mut desk, (settled, out)),
        Command::Day { it } => day::run(it, &mut desk, (settled, out)),
        Command::Stock { act } => stock::run(act, &mut desk, (settled, out)),
        Command::Appointment { act } => appointment::run(act, &mut desk, (settled, out)),
        Command::Plan { act } => plan::run(act, &mut desk, (settled, out)),
        Command::Paper(it) => paper::run(&it, &mut desk, (settled, out)),
        Command::Decide { .. } | Command::Practice | Command::Verify(_) => Ok(Done::Well),
    }
}

/// The act that a command's flags describe.
fn stamp(given: &arguments::Stamp, settled: &Settled) -> anyhow::Result<Act> {
    let (at, clock) = clock::now(given.at.as_deref()).map_err(|bad| Usage(bad.to_string()))?;
    let actor = settled.who(given.who.as_deref());
    Writing::Who.fits(&actor).map_err(crate::desk::Failure::from)?;
    let request = given.request_id.map_or_else(journal::new_id, |id| id.to_string());
    Ok(Act { stamp: journal::Stamp { at, actor, clock }, request })
}

fn write_json(out: &mut dyn Write, value: &impl Serialize) -> anyhow::Result<()> {
    // Not straight into `out`: what writes a view would stand in the program once more, for this kind of writer.
    let text = serde_json::to_string(value)?;
    writeln!(out, "{text}")?;
    Ok(())
}

/// Opens a file, or standard input for none and `-`.
fn open_input(file: Option<&Path>) -> anyhow::Result<Box<dyn BufRead>> {
    match file.filter(|file| *file != Path::new("-")) {
        None => Ok(Box::new(BufReader::with_capacity(1 << 16, std::io::stdin()))),
        Some(path) => {
            let file = std::fs::File::open(path)
                .with_context(|| format!("cannot open {}: check the path", path.display()))?;
            Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
        }
    }
}

/// A path as the user gave it.
type File = PathBuf;
