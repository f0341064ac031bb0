//! Import of a maker's file, fresh and again, beside raw records into the same tables and the `sqlite3` shell.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use caredesk::desk::import::Kind;
use caredesk::repository::{Patience, Repository};

use crate::measure::Table;
use crate::world::World;
use crate::{makers, raw};

const RAW: &str = "raw records, same tables";
const GOAL: &str = "≥ 0.85";

pub fn run(world: &World, table: Option<&mut Table>) -> anyhow::Result<()> {
    let (devices, plans) = (world.path("devices.csv"), world.path("plans.csv"));
    written(&devices, |out| makers::devices(out, world.devices, 0))?;
    written(&plans, |out| makers::plans(out, world.devices))?;
    let fresh = rate(world, || ours(world, Kind::Devices, &devices))?;
    let Some(table) = table else { return ours(world, Kind::Plans, &plans) };

    let other = world.path("raw.db");
    drop(Repository::open(&other, Patience::Command)?);
    let raw_fresh = rate(world, || raw::devices(&other, &devices))?;
    table.rates("import, devices, fresh, rows", (fresh, RAW, Some(raw_fresh)), GOAL);
    let shell = shell(world, &devices)?;
    table.rates("the same", (fresh, "sqlite3 shell's .import, as many indexes", shell), "≥ 1.3");

    let again = rate(world, || ours(world, Kind::Devices, &devices))?;
    let raw_again = rate(world, || raw::devices_again(&other, &devices))?;
    table.rates("import, devices, again, rows", (again, RAW, Some(raw_again)), GOAL);

    written(&devices, |out| makers::devices(out, world.devices, 1))?;
    let changed = rate(world, || ours(world, Kind::Devices, &devices))?;
    let raw_changed = rate(world, || raw::devices_again(&other, &devices))?;
    table.rates("the same, a tenth of them changed", (changed, RAW, Some(raw_changed)), GOAL);

    let size = world.database().metadata()?.len();
    let fresh = rate(world, || ours(world, Kind::Plans, &plans))?;
    let raw_fresh = rate(world, || raw::plans(&other, &plans))?;
    table.rates("import, plans, fresh, rows", (fresh, RAW, Some(raw_fresh)), GOAL);
    let both = world.database().metadata()?.len();
    let million =
        |bytes: u64| format!("{:.2} GiB", bytes as f64 / world.devices as f64 * 1e6 / f64::from(1 << 30));
    let sizes = format!("{}, with plans {}", million(size), million(both));
    table.figure("file of a million devices", (&sizes, "–", "–"), "≤ 0.33 GiB");
    std::fs::remove_file(other)?;
    Ok(())
}

fn written(
    path: &Path,
    make: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> anyhow::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    make(&mut out)?;
    out.flush()?;
    Ok(())
}

/// Rows a second of something that takes them all.
fn rate(world: &World, work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<f64> {
    let begin = Instant::now();
    work()?;
    Ok(world.devices as f64 / begin.elapsed().as_secs_f64())
}

fn ours(world: &World, kind: Kind, file: &Path) -> anyhow::Result<()> {
    world.import(kind, File::open(file)?)?;
    Ok(())
}

/// Rows a second of the shell; none where it is not installed.
fn shell(world: &World, file: &Path) -> anyhow::Result<Option<f64>> {
    let database: PathBuf = world.path("shell.db");
    let text = format!(
        "CREATE TABLE device (serial TEXT, model TEXT, purchase_region TEXT, purchased_on TEXT, activated_at TEXT,
             warranty_starts_on TEXT, owner_name TEXT, owner_phone TEXT, owner_email TEXT, replaced_by TEXT);
         CREATE UNIQUE INDEX a ON device (serial);
         CREATE INDEX b ON device (substr(serial, -6), serial, model, purchase_region);
         CREATE INDEX c ON device (owner_phone);
         CREATE INDEX d ON device (owner_name);
         PRAGMA cache_size = -262144;\n.mode csv\n.import --skip 1 {} device\n",
        file.display()
    );
    let begin = Instant::now();
    let started = Command::new("sqlite3").arg(&database).stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
    let Ok(mut shell) = started else { return Ok(None) };
    shell.stdin.take().unwrap().write_all(text.as_bytes())?;
    anyhow::ensure!(shell.wait()?.success(), "the sqlite3 shell failed");
    let rate = world.devices as f64 / begin.elapsed().as_secs_f64();
    std::fs::remove_file(database)?;
    Ok(Some(rate))
}
