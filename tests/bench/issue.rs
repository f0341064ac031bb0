//! The issue of a replacement, durable, beside one sync of the same disk; and beside that sync as many pages as an
//! issue writes, committed by SQLite alone.

use std::fs::File;
use std::os::unix::fs::FileExt;

use caredesk::desk::Desk;
use caredesk::desk::assess::Assessment;
use caredesk::desk::choose::Wish;
use caredesk::desk::import::Kind;
use caredesk::desk::pay::Tender;
use caredesk::desk::record::Draft;
use caredesk::domain::case::Choice;
use caredesk::domain::claim::{Cause, Channel, Cycles, Owner};
use caredesk::domain::event::Method;
use caredesk::repository::journal::Person;

use rusqlite::Connection;

use crate::makers;
use crate::measure::{Table, in_turns};
use crate::world::{World, act};

const MOST: usize = 400;
/// Pages of the log that an issue writes.
const PAGES: i64 = 35;
/// Rows of the file in which only pages are written, one to a page.
const ROWS: i64 = 4_000;

pub fn run(world: &World, table: &mut Table) -> anyhow::Result<()> {
    let rounds = (world.devices as usize / 40).clamp(10, MOST);
    let cases = rounds + rounds / 10;
    let first = world.devices;
    let (units, devices) = (cases as u64 + first, first..first + cases as u64);
    world.import(Kind::Devices, makers::same_devices(devices.clone()).as_bytes())?;
    world.import(Kind::Plans, makers::same_plans(devices.clone()).as_bytes())?;
    world.import(Kind::Stock, makers::stock(units..units + cases as u64).as_bytes())?;
    world.import(Kind::Fees, makers::FEES.as_bytes())?;
    let mut desk = world.desk()?;
    let numbers: Vec<String> =
        devices.map(|device| paid_case(&mut desk, device)).collect::<Result<_, _>>()?;

    let file = File::create(world.path("sync"))?;
    file.write_all_at(&[0; 4096], 0)?;
    file.sync_all()?;
    let issue = |round: usize| {
        let view = desk.issue(&act(), &numbers[round], &[makers::serial(units + round as u64)])?;
        anyhow::ensure!(view.state == "HANDED_OVER", "not issued");
        Ok(())
    };
    let sync = |round: usize| {
        file.write_all_at(&[u8::try_from(round % 256)?; 4096], 0)?;
        file.sync_data()?;
        Ok(())
    };
    let (ours, bare) = in_turns(rounds, issue, sync)?;
    table.times("issue, durable", (&ours, "4 KiB and fdatasync", &bare), "p50 ≤ 2.5");
    let (pages, bare) = in_turns(rounds, pages(&Connection::open(world.path("pages"))?)?, sync)?;
    table.times("its 35 pages, nothing else", (&pages, "4 KiB and fdatasync", &bare), "–");
    Ok(())
}

/// Writes as many pages as an issue in one commit, all over a file that is kept as the shop's is.
fn pages(sql: &Connection) -> anyhow::Result<impl FnMut(usize) -> anyhow::Result<()>> {
    sql.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 400;
        CREATE TABLE page (id INTEGER PRIMARY KEY, body BLOB NOT NULL)",
    )?;
    sql.execute(
        "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
         INSERT INTO page SELECT i, zeroblob(3000) FROM n",
        [ROWS],
    )?;
    let mut write = sql.prepare("UPDATE page SET body = ? WHERE id = ?")?;
    Ok(move |round: usize| {
        let commit = sql.unchecked_transaction()?;
        let body = [u8::try_from(round % 256)?; 3_000];
        for page in 0..PAGES {
            write.execute((&body[..], (i64::try_from(round)? * 977 + page * 101) % ROWS))?;
        }
        Ok(commit.commit()?)
    })
}

/// Takes a case as far as the issue.
fn paid_case(desk: &mut Desk, device: u64) -> anyhow::Result<String> {
    let parts = vec!["aircraft".to_owned()];
    let draft = Draft {
        serial: makers::serial(device),
        cause: Cause::Accident,
        parts: parts.clone(),
        said: "It hit a tree and fell on the road.".to_owned(),
        customer: Person {
            name: "Maria López".to_owned(),
            phone: Some("+1 415 555 0101".to_owned()),
            email: None,
        },
        owner: Owner::Same,
        channel: Channel::Swift,
        damaged_on: None,
        battery_cycles: None,
    };
    let number = desk.walk_in(&act(), &draft, None)?.number;
    let found = Assessment {
        cause: Cause::Accident,
        parts,
        finding: "the frame is broken".to_owned(),
        owner: None,
        damaged_on: None,
        battery_cycles: Cycles::AsSaid,
        repaired_elsewhere: None,
    };
    desk.assess(&act(), &number, &found)?;
    let wish = Wish { choice: Choice::Replacement, price: None, reason: None, owner: None, by: None };
    desk.choose(&act(), &number, &wish)?;
    desk.pay(&act(), &number, &Tender { method: Method::Card, amount: None, reason: None, shown: None })?;
    Ok(number)
}
