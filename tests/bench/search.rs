//! Search while typing beside a query of a covering index.

use caredesk::desk::Desk;
use rusqlite::{Connection, Statement, named_params};

use crate::makers::{name, phone, serial};
use crate::measure::{Table, Times, in_turns};
use crate::world::World;

const START: &str =
    "SELECT serial FROM device WHERE serial >= :from AND serial < :to ORDER BY serial LIMIT 20";
const END: &str = "SELECT serial, model, purchase_region FROM device WHERE tail >= :from AND tail < :to
    ORDER BY tail, serial LIMIT 20";
const PHONE: &str = "SELECT phone_tail FROM owner WHERE phone_tail >= :from AND phone_tail < :to LIMIT 20";
const WORD: &str = "SELECT word, device FROM owner_word WHERE word >= :from AND word < :to LIMIT 20";

const GOAL: &str = "p99 ≤ 1 ms";
const GOAL_OF_NAMES: &str = "p99 ≤ 3 ms";

/// The least that finds something by the start of a text.
struct Range<'a>(Statement<'a>);

impl<'a> Range<'a> {
    fn new(sql: &'a Connection, text: &str) -> anyhow::Result<Self> {
        Ok(Self(sql.prepare(text)?))
    }

    fn ask(&mut self, from: &str) -> anyhow::Result<()> {
        let to = format!("{from}\u{10FFFF}");
        let rows =
            self.0.query_map(named_params! { ":from": from, ":to": to }, |row| row.get::<_, String>(0))?;
        std::hint::black_box(rows.collect::<Result<Vec<_>, _>>()?);
        Ok(())
    }
}

fn found(desk: &mut Desk, text: &str) -> anyhow::Result<()> {
    anyhow::ensure!(!desk.look_up(text, 20)?.is_empty(), "nothing was found for {text}");
    Ok(())
}

pub fn run(world: &World, table: &mut Table) -> anyhow::Result<()> {
    let sql = world.bare()?;
    let mut desk = world.desk()?;
    let rounds = (world.devices as usize / 10).clamp(20, 1_000);
    let picked = |round: usize| (round as u64 * 7_368_787) % world.devices;

    let (mut ours, mut bare) = (Times::default(), Times::default());
    for length in 3..=14 {
        let mut range = Range::new(&sql, START)?;
        let start = |round: usize| serial(picked(round)).chars().take(length).collect::<String>();
        let (a, b) =
            in_turns(rounds, |round| found(&mut desk, &start(round)), |round| range.ask(&start(round)))?;
        ours.extend(a);
        bare.extend(b);
    }
    table.times("search, start of serial, 3–14 characters", (&ours, "covering index", &bare), GOAL);

    let (mut ours, mut bare) = (Times::default(), Times::default());
    for length in 4..=6 {
        let mut range = Range::new(&sql, END)?;
        let tail = |round: usize| serial(picked(round)).chars().rev().take(length).collect::<String>();
        let end = |round: usize| tail(round).chars().rev().collect::<String>();
        let (a, b) =
            in_turns(rounds, |round| found(&mut desk, &end(round)), |round| range.ask(&tail(round)))?;
        ours.extend(a);
        bare.extend(b);
    }
    table.times("search, end of serial, 4–6 characters", (&ours, "covering index", &bare), GOAL);

    let mut range = Range::new(&sql, PHONE)?;
    let tail = |round: usize| phone(picked(round)).chars().rev().take(6).collect::<String>();
    let end = |round: usize| tail(round).chars().rev().collect::<String>();
    let (ours, bare) =
        in_turns(rounds, |round| found(&mut desk, &end(round)), |round| range.ask(&tail(round)))?;
    table.times("search, end of phone, 6 digits", (&ours, "covering index", &bare), GOAL);
    names(world, (&sql, &mut desk), table)
}

/// What a clerk does to a name while typing it.
fn names(world: &World, (sql, desk): (&Connection, &mut Desk), table: &mut Table) -> anyhow::Result<()> {
    let rounds = (world.devices as usize / 10).clamp(20, 300);
    let picked = |round: usize| name((round as u64 * 7_368_787) % world.devices);
    let cut = |text: &str, length: usize| text.chars().take(length).collect::<String>();
    let last = |round: usize| picked(round).split(' ').next_back().unwrap_or_default().to_lowercase();
    let both = |round: usize| {
        let whole = picked(round);
        let (first, last) = whole.split_once(' ').unwrap();
        format!("{} {}", cut(first, 4), cut(last, 4))
    };
    let typo = |round: usize| {
        let right = last(round);
        let middle = right.chars().count() / 2;
        right.chars().enumerate().map(|(at, c)| if at == middle { 'q' } else { c }).collect::<String>()
    };
    let kinds: [(&str, &dyn Fn(usize) -> String); 4] = [
        ("search, start of a name, 3 letters", &|round| cut(&last(round), 3)),
        ("search, a whole last name", &last),
        ("search, two name starts", &both),
        ("search, a name with a letter wrong", &typo),
    ];
    for (what, text) in kinds {
        let mut range = Range::new(sql, WORD)?;
        let ours = |round: usize| desk.look_up(&text(round), 20).map(|_| ()).map_err(Into::into);
        let (ours, bare) = in_turns(rounds, ours, |round| range.ask(&cut(&last(round), 3)))?;
        table.times(what, (&ours, "covering index", &bare), GOAL_OF_NAMES);
    }
    Ok(())
}
