//! The command line: words in, text or JSON out, by way of the desk.
//!
//! Knows no screen, no rule and no SQL. An error becomes one line in `main`.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Serialize;

use crate::desk::config::{Given, Settled, settle};
use crate::desk::{Act, Desk, Failure, Purpose, Shop, clock};
use crate::domain::case::Refused;
use crate::domain::facts::Refusal;
use crate::paper::text;
use crate::programme;
use crate::repository::Patience;
use crate::repository::journal;

mod appointment;
mod arguments;
mod case;
mod day;
mod decide;
mod export;
mod import;
mod look;
mod paper;
mod plan;
mod stock;
mod verify;

use arguments::{Arguments, Command, Places};

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

/// A mistake in how the command was called.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Usage(pub String);

/// Runs the command that the arguments name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, out: &mut dyn Write) -> Outcome {
    let words: Vec<OsString> = arguments.into_iter().collect();
    let arguments = match Arguments::read(&words) {
        Ok(arguments) => arguments,
        Err(wrong) if wrong.use_stderr() => return Err(Usage(usage(&wrong)).into()),
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
    let request = given.request_id.map_or_else(journal::new_id, |id| id.to_string());
    Ok(Act { stamp: journal::Stamp { at, actor, clock }, request })
}

/// Passes a value on; a refusal goes to standard output as JSON where JSON is wanted, and on as an error.
fn answered<T>(result: Result<T, Failure>, json: bool, out: &mut dyn Write) -> anyhow::Result<T> {
    match result {
        Ok(value) => Ok(value),
        Err(failure) => Err(refused(failure, json, out)?),
    }
}

/// Apart from [`answered`]: it would otherwise stand in the program once for every kind of value.
fn refused(failure: Failure, json: bool, out: &mut dyn Write) -> anyhow::Result<anyhow::Error> {
    if json {
        let error = match &failure {
            Failure::Refused(Refused { guard, say }) => serde_json::json!({ "guard": guard, "say": say }),
            Failure::Facts(Refusal { field, problem }) => {
                serde_json::json!({ "field": field, "say": problem })
            }
            Failure::Fault(_) | Failure::File(_) | Failure::Write(_) => {
                serde_json::json!({ "say": failure.to_string() })
            }
        };
        heard(write_json(out, &serde_json::json!({ "error": error })))?;
    }
    Ok(by_option(failure).into())
}

/// A refused field as the command's option, which a person typed: its path is for scripts.
fn by_option(failure: Failure) -> Failure {
    let Failure::Facts(Refusal { field, problem }) = failure else { return failure };
    let option = match field.split('[').next() {
        Some("claim.parts" | "part") => "--part",
        Some("claim.damaged_on") => "--damaged-on",
        _ => return Failure::Facts(Refusal { field, problem }),
    };
    Failure::Facts(Refusal { field: option.to_owned(), problem })
}

fn write_json(out: &mut dyn Write, value: &impl Serialize) -> anyhow::Result<()> {
    // Not straight into `out`: what writes a view would stand in the program once more, for this kind of writer.
    let text = serde_json::to_string(value)?;
    writeln!(out, "{text}")?;
    Ok(())
}

/// Lets what was done or refused stand although its reader went away: the exit code must still say it.
pub fn heard(written: anyhow::Result<()>) -> anyhow::Result<()> {
    written.or_else(|error| if closed_pipe(&error) { Ok(()) } else { Err(error) })
}

/// clap's message as one line.
fn usage(wrong: &clap::Error) -> String {
    let text = wrong.to_string();
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("Usage:") && !line.starts_with("For more"))
        .collect();
    let plain = lines.join(" ");
    format!("{}: see `caredesk --help`", plain.trim_start_matches("error: "))
}

/// An error and its causes as one line.
#[must_use]
pub fn one_line(error: &anyhow::Error) -> String {
    // What it quotes came from outside: it must not steer the terminal.
    text::clean(&format!("{error:#}")).into_owned()
}

/// The exit code of an error: 1 when a rule or a guard refused, else 2.
#[must_use]
pub fn code_of(error: &anyhow::Error) -> u8 {
    if let Some(crate::desk::import::Failure::NotThis { .. }) = error.downcast_ref() {
        return 1;
    }
    match error.downcast_ref::<Failure>() {
        Some(Failure::Refused(_) | Failure::Facts(_)) => 1,
        Some(Failure::Fault(_) | Failure::File(_) | Failure::Write(_)) | None => 2,
    }
}

/// Tells whether the reader of our output went away, which is no error.
#[must_use]
pub fn closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(broken)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|json| json.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
    })
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
