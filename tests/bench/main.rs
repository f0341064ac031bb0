//! Measures what a clerk waits for, each beside a yardstick of the same run.
//!
//! `cargo bench --bench counter -- [--devices N] [--only NAME[,NAME]]`; a million devices unless told otherwise.
//! A plain `main` rather than divan or criterion, which give neither a ratio to a yardstick measured in turns
//! with it nor a p99. Machines drift by a third within an hour: the ratio is the result, not the time.
#![expect(clippy::print_stdout, reason = "its output is the result")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot go on says so by stopping"
)]
#![expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "figures for people")]

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Context;

use crate::measure::Table;
use crate::world::World;

mod bare;
mod card;
mod decide;
mod frame;
mod import;
mod issue;
mod makers;
mod measure;
mod pty;
mod raw;
mod search;
mod start;
mod world;

/// What can be measured, in the order in which it is.
const NAMES: [&str; 8] = ["import", "card", "search", "decide", "issue", "frame", "start", "idle"];

/// The folder of a shop that is there; for the benchmark's own use.
const IN: &str = "--in";

struct Wanted {
    devices: u64,
    only: Vec<String>,
    /// A shop of the process that started this one.
    folder: Option<PathBuf>,
}

impl Wanted {
    fn read(arguments: impl Iterator<Item = String>) -> anyhow::Result<Self> {
        let mut wanted = Self { devices: 1_000_000, only: Vec::new(), folder: None };
        let mut arguments = arguments.skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--devices" => {
                    wanted.devices = value()?.replace('_', "").parse().context("--devices needs a number")?;
                }
                "--only" => wanted.only.extend(value()?.split(',').map(str::to_owned)),
                IN => wanted.folder = Some(value()?.into()),
                // cargo says so to every benchmark.
                "--bench" => {}
                other => anyhow::bail!("unknown argument {other}"),
            }
        }
        match wanted.only.iter().find(|name| !NAMES.contains(&name.as_str())) {
            Some(name) => anyhow::bail!("nothing is called {name}; there are {}", NAMES.join(", ")),
            None => Ok(wanted),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}

fn main() -> anyhow::Result<ExitCode> {
    if std::env::args().nth(1).as_deref() == Some(bare::FLAG) {
        bare::run()?;
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = Wanted::read(std::env::args())?;
    if let Some(folder) = &wanted.folder {
        return started(&wanted, &World::there(folder.clone(), wanted.devices)?);
    }
    measure::tell_machine(wanted.devices);
    let mut table = Table::begin();
    if wanted.has("decide") {
        decide::run(&mut table)?;
    }
    let needs_shop = NAMES.iter().any(|name| *name != "decide" && wanted.has(name));
    if needs_shop {
        on_a_shop(&wanted, &mut table)?;
    }
    Ok(ExitCode::SUCCESS)
}

type Step = fn(&World, &mut Table) -> anyhow::Result<()>;

fn on_a_shop(wanted: &Wanted, table: &mut Table) -> anyhow::Result<()> {
    let world = World::new(wanted.devices)?;
    // The import makes the shop that everything else is measured on.
    import::run(&world, wanted.has("import").then_some(&mut *table))?;
    let steps: [(&str, Step); 4] =
        [("card", card::run), ("search", search::run), ("issue", issue::run), ("frame", frame::run)];
    for (name, step) in steps {
        if wanted.has(name) {
            step(&world, table).with_context(|| format!("measuring {name}"))?;
        }
    }
    // Starting a program copies the starter's page tables, so that it is done from a small process.
    let names: Vec<&str> = ["start", "idle"].into_iter().filter(|name| wanted.has(name)).collect();
    if !names.is_empty() {
        let mut small = Command::new(std::env::current_exe()?);
        small.args(["--devices", &wanted.devices.to_string(), "--only", &names.join(",")]);
        anyhow::ensure!(small.arg(IN).arg(world.path("")).status()?.success(), "measuring the start failed");
    }
    Ok(())
}

fn started(wanted: &Wanted, world: &World) -> anyhow::Result<ExitCode> {
    let mut table = Table::more();
    if wanted.has("start") {
        start::run(world, &mut table)?;
    }
    if wanted.has("idle") {
        start::idle(world, &mut table)?;
    }
    Ok(ExitCode::SUCCESS)
}
