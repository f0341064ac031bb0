//! The import as a whole, on a file in memory and on the real example of a registry.

use super::*;
use crate::desk::trial;
use crate::repository::journal::Clock;

mod bad;
mod chain;
mod conflicts;
mod round;
mod unfinished;

pub(super) struct Shop {
    pub repository: Repository,
    pub editions: Editions,
}

pub(super) const EXAMPLES: [(Kind, &str); 6] = [
    (Kind::Devices, include_str!("../../../tests/fixtures/registry/devices.csv")),
    (Kind::Plans, include_str!("../../../tests/fixtures/registry/plans.csv")),
    (Kind::Claims, include_str!("../../../tests/fixtures/registry/claims.csv")),
    (Kind::Notices, include_str!("../../../tests/fixtures/registry/notices.csv")),
    (Kind::Stock, include_str!("../../../tests/fixtures/registry/stock.csv")),
    (Kind::Fees, include_str!("../../../tests/fixtures/registry/fees.csv")),
];

/// A small shop: two devices, a plan with plus on the first.
pub(super) const DEVICES: &str = "serial,model,purchase_region,purchased_on,owner_name,owner_phone\n\
    08QDG6C01200B3,mavic-pro,US,2019-06-15,Zoë O’Neill,+45 30 98\n\
    0K1XH34GTPE36Y,mavic-air,US,2019-06-15,李娜,\n";
pub(super) const PLANS: &str = "number,tier,serial,region,programme,starts_on,granted,extends,sold_on\n\
    P1,refresh,08QDG6C01200B3,US,2019-05,2019-06-15,2,,2019-06-15\n\
    P1P,plus,08QDG6C01200B3,US,2019-05,,1,P1,2020-05-01\n";

pub(super) fn stamp() -> Stamp {
    let at = crate::domain::day::parse_instant("2020-03-02T10:00:00-08:00").unwrap();
    Stamp { at, actor: "Ann".to_owned(), clock: Clock::Given }
}

impl Shop {
    pub fn over(repository: Repository) -> Self {
        Self { repository, editions: trial::editions() }
    }

    pub fn new() -> Self {
        Self::over(Repository::in_memory().unwrap())
    }

    /// A shop with the two devices and the plan.
    pub fn small() -> Self {
        let mut shop = Self::new();
        shop.good(Kind::Devices, DEVICES);
        shop.good(Kind::Plans, PLANS);
        shop
    }

    pub fn run(
        &mut self,
        kind: Kind,
        text: &[u8],
        (aim, bad_rows): (Aim, BadRows),
    ) -> Result<Report, Failure> {
        let job = Job { kind, file: "f.csv", editions: &self.editions, aim, bad_rows, stamp: stamp() };
        import(&mut self.repository, &job, text, &mut |_| {})
    }

    pub fn import(&mut self, kind: Kind, text: &str) -> Report {
        self.run(kind, text.as_bytes(), (Aim::Merge, BadRows::RefuseAll)).unwrap()
    }

    /// Imports what must be good.
    pub fn good(&mut self, kind: Kind, text: &str) -> Report {
        let report = self.import(kind, text);
        assert_eq!(report.bad, [], "{kind}");
        report
    }

    /// The bad rows as staff read them.
    pub fn bad(&mut self, kind: Kind, text: &str) -> Vec<String> {
        let before = self.everything();
        let report = self.import(kind, text);
        assert_eq!(report.ended, Ended::Refused);
        assert_eq!(self.everything(), before, "a refused file changes nothing");
        report.bad.iter().map(ToString::to_string).collect()
    }

    pub fn export(&mut self, kind: Kind) -> String {
        let mut out = Vec::new();
        crate::desk::export::export(&mut self.repository, kind, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    pub fn everything(&mut self) -> Vec<String> {
        Kind::ALL.iter().map(|&kind| self.export(kind)).collect()
    }

    pub fn sql(&self, sql: &str) {
        self.repository.connection().execute_batch(sql).unwrap();
    }

    pub fn ask(&self, sql: &str) -> String {
        let value: Option<String> =
            self.repository.connection().query_row(sql, [], |row| row.get(0)).unwrap();
        value.unwrap_or_default()
    }
}

/// The records of a file, in the order of their text.
pub(super) fn records(text: &str) -> Vec<String> {
    let mut records: Vec<String> = text.lines().map(ToOwned::to_owned).collect();
    records.sort();
    records
}

#[test]
fn an_import_says_how_far_it_is_to_its_end() {
    let mut shop = Shop::new();
    let mut told = |text: &str| {
        let (aim, bad_rows, editions) = (Aim::Merge, BadRows::RefuseAll, &shop.editions);
        let job = Job { kind: Kind::Devices, file: "f.csv", editions, aim, bad_rows, stamp: stamp() };
        let mut told = Vec::new();
        import(&mut shop.repository, &job, text.as_bytes(), &mut |progress| told.push(progress)).unwrap();
        told
    };
    let begins = [Progress::Checking, Progress::Merging(0, 2)];
    let steps = (1..=8).map(|done| Progress::Loading(done, 8));
    assert_eq!(told(DEVICES), begins.into_iter().chain(steps).collect::<Vec<_>>());
    let changed = DEVICES.replace("2019-06-15", "2019-06-16");
    assert_eq!(told(&changed), [begins[0], begins[1], Progress::Merging(2, 2)]);
}
