//! A shop on disk, big enough to be measured on.

use std::path::PathBuf;

use anyhow::Context;
use caredesk::desk::import::{Aim, BadRows, Job, Kind, Report, import};
use caredesk::desk::{Act, Counter, Desk, Purpose, Shop};
use caredesk::domain::day::parse_instant;
use caredesk::domain::edition::Editions;
use caredesk::programme;
use caredesk::repository::Patience;
use caredesk::repository::journal::{Clock, Stamp, new_id};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

/// The desk's clock; the whole minute keeps an idle program from waking in the first one.
pub const NOW: &str = "2020-03-02T10:00:00-08:00";

/// A folder with a shop in it.
pub struct World {
    folder: PathBuf,
    temporary: Option<TempDir>,
    editions: Editions,
    /// Devices of the registry.
    pub devices: u64,
}

impl World {
    /// A named counter without any device.
    pub fn new(devices: u64) -> anyhow::Result<Self> {
        let temporary = TempDir::new_in(env!("CARGO_TARGET_TMPDIR"))?;
        let mut world = Self::there(temporary.path().to_owned(), devices)?;
        world.temporary = Some(temporary);
        let counter = Counter { site: "Alameda Center".to_owned(), region: "US".to_owned(), till: 1 };
        world.desk()?.set_up(&act(), &counter)?;
        Ok(world)
    }

    /// A shop that another process of this benchmark has made.
    pub fn there(folder: PathBuf, devices: u64) -> anyhow::Result<Self> {
        Ok(Self { folder, temporary: None, editions: programme::editions(None)?, devices })
    }

    /// A file in its folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The shop's file.
    pub fn database(&self) -> PathBuf {
        self.path("caredesk.db")
    }

    /// What the program opens.
    pub fn shop(&self) -> Shop {
        let folder = self.folder.clone();
        Shop {
            editions: self.editions.clone(),
            folder,
            purpose: Purpose::Real,
            house: caredesk::desk::config::House::default(),
        }
    }

    /// A desk on it.
    pub fn desk(&self) -> anyhow::Result<Desk> {
        Ok(Desk::open(self.shop(), Patience::Command)?)
    }

    /// Imports what must be good.
    pub fn import(&self, kind: Kind, text: impl std::io::Read) -> anyhow::Result<Report> {
        let mut desk = self.desk()?;
        let stamp = act().stamp;
        let job = Job {
            kind,
            file: "bench.csv",
            editions: &self.editions,
            aim: Aim::Merge,
            bad_rows: BadRows::RefuseAll,
            stamp,
        };
        let report = import(desk.repository(), &job, text, &mut |_| {})?;
        anyhow::ensure!(report.bad.is_empty(), "{} bad rows, the first: {}", report.bad_count, report.bad[0]);
        Ok(report)
    }

    /// A second, bare connection with the program's settings, for yardsticks that read.
    pub fn bare(&self) -> anyhow::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let sql = Connection::open_with_flags(self.database(), flags).context("the shop's file")?;
        sql.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        sql.pragma_update(None, "cache_size", -8192)?;
        Ok(sql)
    }
}

/// An act of its own at the desk's moment.
pub fn act() -> Act {
    let at = parse_instant(NOW).unwrap();
    Act { stamp: Stamp { at, actor: "bench".to_owned(), clock: Clock::Given }, request: new_id() }
}
