//! A shop to practise in: thrown away afterwards, with dates set relative to today so that every verdict can
//! be met. Its rows come in by the same import as a real shop's.

use std::path::PathBuf;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};

use crate::desk::config::House;
use crate::desk::import::{self, Aim, BadRows, Job, Kind};
use crate::desk::{Act, Counter, Desk, Failure, Purpose, Shop};
use crate::domain::edition::{Editions, SerialShapes};
use crate::repository::Patience;
use crate::repository::journal::{Clock, Stamp, new_id};

/// In the order in which they refer to one another.
const FILES: [(Kind, &str); 6] = [
    (Kind::Devices, include_str!("../../assets/practice/devices.csv")),
    (Kind::Plans, include_str!("../../assets/practice/plans.csv")),
    (Kind::Claims, include_str!("../../assets/practice/claims.csv")),
    (Kind::Notices, include_str!("../../assets/practice/notices.csv")),
    (Kind::Stock, include_str!("../../assets/practice/stock.csv")),
    (Kind::Fees, include_str!("../../assets/practice/fees.csv")),
];

const TASKS: &str = include_str!("../../assets/practice/try.csv");

/// A practice shop; its folder goes when it is dropped.
#[derive(Debug)]
pub struct Practice {
    shop: Shop,
}

/// Something to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The serial to scan or type.
    pub serial: String,
    /// What it shows.
    pub what: String,
}

impl Practice {
    /// Makes a shop full of made-up people and devices.
    pub fn make(editions: Editions, now: DateTime<FixedOffset>) -> Result<Self, Failure> {
        let folder = std::env::temp_dir().join(format!("caredesk-practice-{}", new_id()));
        let shop = Shop { editions, folder, purpose: Purpose::Practice, house: House::default() };
        let today = Today::of(&shop.editions, now);
        let made = Self { shop };
        made.fill(&today)?;
        Ok(made)
    }

    fn fill(&self, today: &Today) -> Result<(), Failure> {
        let mut desk = Desk::open(self.shop.clone(), Patience::Command)?;
        let stamp = Stamp { at: today.now, actor: "practice".to_owned(), clock: Clock::Machine };
        let act = Act { stamp: stamp.clone(), request: new_id() };
        desk.set_up(&act, &Counter { site: "Practice Center".to_owned(), region: "US".to_owned(), till: 1 })?;
        for (kind, text) in FILES {
            let text = today.fill(text);
            let editions = &self.shop.editions;
            let job = Job {
                kind,
                file: kind.as_str(),
                editions,
                aim: Aim::Merge,
                bad_rows: BadRows::RefuseAll,
                stamp: stamp.clone(),
            };
            let report = import::import(desk.repository(), &job, text.as_bytes(), &mut |_| ())
                .map_err(|failure| Failure::File(failure.to_string()))?;
            if let Some(bad) = report.bad.first() {
                return Err(Failure::File(format!("the practice shop has a mistake: {bad}")));
            }
        }
        Ok(())
    }

    /// The shop.
    #[must_use]
    pub const fn shop(&self) -> &Shop {
        &self.shop
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        let folder: PathBuf = self.shop.folder.clone();
        // A folder that cannot be removed lies in the system's temporary files, which go by themselves.
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// What to try in a practice shop that was made on this day.
#[must_use]
pub fn tasks(editions: &Editions, now: DateTime<FixedOffset>) -> Vec<Task> {
    let today = Today::of(editions, now);
    TASKS.lines().skip(1).filter_map(|line| today.task(line)).collect()
}

/// Fills in dates: `{-30}` is the day thirty days ago, `{t-30}` an instant then, `{s-30}` a serial's three
/// characters for it.
struct Today {
    now: DateTime<FixedOffset>,
    shapes: SerialShapes,
}

impl Today {
    fn of(editions: &Editions, now: DateTime<FixedOffset>) -> Self {
        Self { now, shapes: editions.on(now.date_naive()).serials.clone() }
    }

    fn fill(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        for (at, piece) in text.split('{').enumerate() {
            match piece.split_once('}').filter(|_| at > 0) {
                Some((token, rest)) => {
                    filled.push_str(&self.token(token));
                    filled.push_str(rest);
                }
                None => filled.push_str(piece),
            }
        }
        filled
    }

    fn token(&self, token: &str) -> String {
        let (form, days) = token.split_once('-').unwrap_or((token, "0"));
        let day = self.ago(days.parse().unwrap_or(0));
        match form {
            "s" => self.shapes.code(day).unwrap_or_default(),
            "t" => format!("{day}T08:00:00Z"),
            _ => day.to_string(),
        }
    }

    fn ago(&self, days: u64) -> NaiveDate {
        let today = self.now.date_naive();
        today.checked_sub_days(Days::new(days)).unwrap_or(today)
    }

    fn task(&self, line: &str) -> Option<Task> {
        let (serial, what) = line.split_once(',')?;
        Some(Task { serial: self.fill(serial), what: unquoted(what) })
    }
}

/// A CSV cell without its quotes.
fn unquoted(cell: &str) -> String {
    let inside = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    inside.map_or_else(|| cell.to_owned(), |inside| inside.replace("\"\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::card::verdict_in_words;
    use crate::desk::trial::editions;
    use crate::domain::day::parse_instant;
    use rstest::rstest;

    /// What each task promises, as its card shows it.
    const PROMISED: [(&str, &str); 11] = [
        ("covered, 2 of 2", "COVERED - 2 OF 2 LEFT"),
        ("covered, 1 of 2", "COVERED - 1 OF 2 LEFT"),
        ("none left", "NOT COVERED - none left"),
        ("expired yesterday", "NOT COVERED - not in the plan's time"),
        ("expires today", "COVERED - 2 OF 2 LEFT"),
        ("wrong region", "NOT COVERED - another region"),
        ("plus:", "COVERED - 1 OF 1 LEFT (PLUS)"),
        ("no plan", "NOT COVERED - no plan for it"),
        ("not bound yet", "NOT COVERED - no plan for it"),
        ("a model without", "NOT COVERED - no plan for it"),
        ("its plan was returned", "NOT COVERED - its plan was returned"),
    ];

    #[rstest]
    #[case::a_winter_day("2026-11-23T09:00:00+01:00")]
    #[case::a_leap_day("2028-02-29T23:30:00-08:00")]
    #[case::new_year("2027-01-01T00:30:00+09:00")]
    fn every_promised_verdict_can_be_met_on_any_day(#[case] now: &str) {
        let now = parse_instant(now).unwrap();
        let practice = Practice::make(editions(), now).unwrap();
        let mut desk = Desk::open(practice.shop().clone(), Patience::Command).unwrap();
        let stamp = Stamp { at: now, actor: "test".to_owned(), clock: Clock::Given };
        let act = Act { stamp, request: new_id() };
        let tasks = tasks(&practice.shop().editions, now);
        assert!(tasks.len() >= 18, "{tasks:?}");
        for (start, words) in PROMISED {
            let matching: Vec<_> = tasks.iter().filter(|task| task.what.starts_with(start)).collect();
            assert!(!matching.is_empty(), "no task says {start}");
            for task in matching {
                let card = desk.card(&act, &task.serial).unwrap().unwrap();
                assert!(
                    verdict_in_words(&card.today).starts_with(words),
                    "{start}: {}",
                    verdict_in_words(&card.today)
                );
            }
        }
    }

    #[test]
    fn the_folder_goes_with_the_shop() {
        let now = parse_instant("2026-11-23T09:00:00+01:00").unwrap();
        let practice = Practice::make(editions(), now).unwrap();
        let folder = practice.shop().folder.clone();
        assert!(folder.exists());
        drop(practice);
        assert!(!folder.exists());
    }
}
