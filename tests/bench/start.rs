//! From the start to the first frame, and what the program costs while nobody touches it.

use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use crate::bare;
use crate::makers::serial;
use crate::measure::{Table, Times};
use crate::pty::Watched;
use crate::world::{NOW, World};

const PROGRAM: &str = env!("CARGO_BIN_EXE_caredesk");

/// Stands on the first frame.
const FIRST: &str = "Find";

const GOAL: &str = "≤ bare + 2 ms";

fn program(world: &World) -> CommandBuilder {
    let mut command = CommandBuilder::new(PROGRAM);
    command.arg("--data-dir");
    command.arg(world.path(""));
    command.env("CAREDESK_NOW", NOW);
    command
}

fn bare_program() -> anyhow::Result<CommandBuilder> {
    let mut command = CommandBuilder::new(std::env::current_exe()?);
    command.arg(bare::FLAG);
    Ok(command)
}

fn shell(world: &World) -> CommandBuilder {
    let mut command = CommandBuilder::new("sqlite3");
    command.arg("-readonly");
    command.arg(world.database());
    command
}

/// Starts a program and notes when the word was there; false when it never was.
fn note(times: &mut Times, command: CommandBuilder, word: &str) -> Option<Watched> {
    let begin = Instant::now();
    let mut watched = Watched::start(command).ok()?;
    watched.wait_for(word)?;
    times.push(begin.elapsed());
    Some(watched)
}

pub fn run(world: &World, table: &mut Table) -> anyhow::Result<()> {
    let mut times: [Times; 4] = Default::default();
    let [ours, bare_ones, shells, cards] = &mut times;
    for round in 0..if world.devices < 10_000 { 5 } else { 60 } {
        note(bare_ones, bare_program()?, bare::WORD);
        note(shells, shell(world), "sqlite>");
        let begin = Instant::now();
        let Some(mut watched) = note(ours, program(world), FIRST) else { break };
        watched.forget();
        // A scan is not shown in the field, so that its serial stands on the card alone.
        let serial = serial(round);
        watched.type_in(&format!("{serial}\r"))?;
        if watched.wait_for(&serial).is_some() {
            cards.push(begin.elapsed());
        }
    }
    if ours.is_empty() {
        table.figure("start → first frame", ("no frame came", "–", "–"), GOAL);
        return Ok(());
    }
    table.times("start → first frame", (ours, "bare ratatui", bare_ones), GOAL);
    if shells.is_empty() {
        table.figure("the same", ("–", "sqlite3 shell's prompt", "not here"), "below it");
    } else {
        table.times("the same", (ours, "sqlite3 shell's prompt", shells), "below it");
    }
    if !cards.is_empty() {
        table.times(
            "start, serial scanned at once → card",
            (cards, "bare ratatui, first frame", bare_ones),
            "–",
        );
    }
    Ok(())
}

pub fn idle(world: &World, table: &mut Table) -> anyhow::Result<()> {
    let mut watched = Watched::start(program(world))?;
    let mut bare_one = Watched::start(bare_program()?)?;
    bare_one.wait_for(bare::WORD);
    let size = format!("{:.2} MB", Path::new(PROGRAM).metadata()?.len() as f64 / 1e6);
    table.figure("size of the program", (&size, "–", "–"), "≤ 5 MB");
    if watched.wait_for(FIRST).is_none() {
        table.figure("memory when idle", ("no frame came", "–", "–"), "≤ 16 MiB");
        return Ok(());
    }
    std::thread::sleep(Duration::from_secs(1));
    let before = watched.counts()?;
    std::thread::sleep(Duration::from_secs(3));
    let after = watched.counts()?;
    let mib = |kib: u64| format!("{:.1} MiB", kib as f64 / 1024.0);
    let memory = (mib(after.memory), mib(bare_one.counts()?.memory));
    table.figure("memory when idle", (&memory.0, "bare ratatui", &memory.1), "≤ 16 MiB");
    let cost = format!(
        "{} wake-ups, {} ms of a core, {} bytes",
        after.wakes - before.wakes,
        (after.ticks - before.ticks) * 10,
        after.bytes - before.bytes
    );
    table.figure("3 s of idling", (&cost, "–", "–"), "0");
    Ok(())
}
