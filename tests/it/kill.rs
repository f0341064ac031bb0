//! `kill -9` at any moment: what was answered is there, what was not is done once by its retry.
//!
//! `CAREDESK_KILLS` says how often the shift is killed.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::shop::{Ran, Shop};

/// Kills of the shift when `CAREDESK_KILLS` says nothing else.
const KILLS: u32 = 300;

/// Numbers that come again from the same seed.
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(1))
    }

    pub const fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    /// A number below `end`.
    pub const fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn request(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
            high & 0xFFFF_FFFF,
            (high >> 32) & 0xFFFF,
            low & 0xFFF,
            (low >> 12) & 0xFFF,
            self.next() & 0xFFFF_FFFF_FFFF
        )
    }
}

/// A seed of its own for every run; a failing test prints it, and `CAREDESK_SEED` gives it back.
pub fn seed() -> u64 {
    let clock = || std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().subsec_nanos();
    std::env::var("CAREDESK_SEED").map_or_else(|_| u64::from(clock()), |text| text.parse().unwrap())
}

/// Kills the child after `delay`; what it answered, or none when it died before its end.
fn killed(mut command: Command, delay: Duration) -> Option<Ran> {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(delay);
    end(child)
}

fn end(mut child: Child) -> Option<Ran> {
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    output.status.code().map(|_| Ran::from(output))
}

/// What a case goes through, in order, and the events that each act leaves.
const SHIFT: [(&str, &[&str]); 7] = [
    ("record", &["recorded"]),
    ("receive", &["received", "printed"]),
    ("assess", &["assessed"]),
    ("choose", &["chosen"]),
    ("pay", &["paid"]),
    ("issue", &["issued", "printed"]),
    ("close", &["closed"]),
];

/// One customer's device on its way through the shop.
struct Customer {
    serial: String,
    unit: String,
    case: Option<String>,
    step: usize,
}

impl Customer {
    fn new(number: usize) -> Self {
        Self {
            serial: format!("08QDG6C01{number:05}"),
            unit: format!("08QDH32F4{number:05}"),
            case: None,
            step: 0,
        }
    }

    fn act(&self) -> Vec<&str> {
        let case = self.case.as_deref().unwrap_or_default();
        match SHIFT[self.step].0 {
            "record" => vec![
                "case",
                "record",
                &self.serial,
                "--cause",
                "accident",
                "--part",
                "aircraft",
                "--said",
                "It fell from a tree",
                "--customer",
                "Maria",
                "--phone",
                "555 0101",
                "--owner",
                "same",
            ],
            "receive" => vec!["case", "receive", case, "--serial", &self.serial, "--part", "aircraft"],
            "assess" => vec![
                "case",
                "assess",
                case,
                "--cause",
                "accident",
                "--part",
                "aircraft",
                "--finding",
                "Broken arm",
            ],
            "choose" => vec!["case", "choose", case, "replacement"],
            "pay" => vec!["case", "pay", case, "--method", "card"],
            "issue" => vec!["issue", case, "--unit", &self.unit],
            _ => vec!["case", "close", case],
        }
    }

    /// What the case's history must be when the first `steps` acts are done.
    fn history(steps: usize) -> Vec<&'static str> {
        SHIFT[..steps].iter().flat_map(|(_, events)| events.iter().copied()).collect()
    }
}

fn shop_with(customers: usize) -> Shop {
    let shop = Shop::bare();
    shop.run(&["setup", "--site", "Alameda Center", "--region", "US"]).well();
    let (mut devices, mut plans, mut stock) = (
        "serial,model,purchase_region,purchased_on,activated_at,warranty_starts_on\n".to_owned(),
        "number,tier,serial,region,programme,starts_on,granted\n".to_owned(),
        "serial,model,part,state,place\n".to_owned(),
    );
    for number in 0..customers {
        let Customer { serial, unit, .. } = Customer::new(number);
        writeln!(devices, "{serial},mavic-pro,US,2019-06-15,2019-06-16T17:00:00Z,2019-06-15").unwrap();
        writeln!(plans, "P-{number},refresh,{serial},US,2019-05,2019-06-15,2").unwrap();
        writeln!(stock, "{unit},mavic-pro,aircraft,in-stock,shelf").unwrap();
    }
    for (kind, text) in [("devices", devices), ("plans", plans), ("stock", stock)] {
        shop.import(kind, &text).well();
    }
    shop
}

fn events(view: &Value) -> Vec<&str> {
    view["history"].as_array().unwrap().iter().map(|step| step["event"].as_str().unwrap()).collect()
}

/// A shift that is killed again and again.
struct Shift {
    shop: Shop,
    random: Random,
    seed: u64,
    kills: u32,
    /// How long an act takes here and now, in microseconds.
    usual: u64,
}

impl Shift {
    fn delay(&mut self) -> Duration {
        Duration::from_micros(self.random.below(self.usual * 3 / 2))
    }

    /// Does a customer's next act, killed as often as it happens, until it is answered.
    fn step(&mut self, customer: &mut Customer) {
        let request = self.random.request();
        loop {
            let mut command = self.shop.command();
            command.args(customer.act()).args(["--json", "--request-id", &request]);
            let delay = self.delay();
            if let Some(ran) = killed(command, delay) {
                self.answered(customer, ran);
                return;
            }
            self.kills += 1;
            if self.kills.is_multiple_of(40) {
                self.shop.verified();
            }
        }
    }

    fn answered(&self, customer: &mut Customer, ran: Ran) {
        let answer = ran.well().json();
        let case = answer["number"].as_str().unwrap().to_owned();
        customer.step += 1;
        let shown = self.shop.run(&["case", "show", &case, "--json"]).well().json();
        let right = Customer::history(customer.step);
        assert_eq!(events(&shown), right, "seed {}: case {case} after {} kills", self.seed, self.kills);
        assert_eq!(events(&answer), right, "seed {}: the answer about {case}", self.seed);
        customer.case = Some(case);
    }
}

#[test]
fn a_shift_killed_at_random_moments_has_every_answered_act_whole_and_once() {
    let wanted = std::env::var("CAREDESK_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    let customers = wanted as usize / 3 + 4;
    let (shop, seed) = (shop_with(customers), seed());
    let before = Instant::now();
    (0..4).for_each(|_| drop(shop.run(&["case", "list", "--json"]).well()));
    let usual = u64::try_from(before.elapsed().as_micros()).unwrap() / 4;
    let mut shift = Shift { shop, random: Random::new(seed), seed, kills: 0, usual };
    let mut done: Vec<Customer> = Vec::new();
    let mut next = (0..customers).map(Customer::new);
    let mut here: Vec<Customer> = next.by_ref().take(3).collect();
    while shift.kills < wanted && !here.is_empty() {
        let at = usize::try_from(shift.random.below(here.len() as u64)).unwrap();
        shift.step(&mut here[at]);
        if here[at].step == SHIFT.len() {
            done.push(here.swap_remove(at));
            here.extend(next.next());
        }
    }
    done.extend(here.into_iter().filter(|customer| customer.case.is_some()));
    assert!(shift.kills >= wanted, "seed {seed}: only {} kills", shift.kills);
    nothing_more_and_nothing_less(&shift.shop, &done, seed);
}

fn nothing_more_and_nothing_less(shop: &Shop, done: &[Customer], seed: u64) {
    let list = shop.run(&["case", "list", "--json"]).well().json();
    assert_eq!(list.as_array().unwrap().len(), done.len(), "seed {seed}: each case once");
    for customer in done {
        let case = customer.case.as_deref().unwrap();
        let shown = shop.run(&["case", "show", case, "--json"]).well().json();
        assert_eq!(events(&shown), Customer::history(customer.step), "seed {seed}: case {case}");
        let issued = customer.step >= 6;
        assert_eq!(shown["balance"], if issued { 1 } else { 2 }, "seed {seed}: case {case}");
    }
    shop.verified();
}

fn many_devices(rows: usize) -> String {
    let head = "serial,model,purchase_region,purchased_on,owner_name\n".to_owned();
    (0..rows)
        .fold(head, |text, row| text + &format!("08QDG6C02{row:05},mavic-pro,US,2019-06-15,Maria {row}\n"))
}

fn devices(shop: &Shop) -> BTreeMap<String, String> {
    let text = shop.run(&["export", "devices"]).well().out;
    let key = |line: &str| (line.split(',').next().unwrap().to_owned(), line.to_owned());
    text.lines().skip(1).map(key).collect()
}

fn staged(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".staged")).count()
}

/// A shop with a few devices, and a command that imports many more.
fn importing(rows: &str) -> (Shop, Command) {
    let shop = Shop::small();
    let file = shop.folder().join("many.csv");
    std::fs::write(&file, rows).unwrap();
    let mut command = shop.command();
    command.args(["import", "devices"]).arg(file).stdout(Stdio::piped()).stderr(Stdio::piped());
    (shop, command)
}

/// After the next start an import that was cut off is all there or not at all.
fn all_or_nothing(shop: &Shop, rows: usize, told: &str) -> usize {
    let there = devices(shop).len() - 4;
    assert!(there == 0 || there == rows, "{told}: {there} of {rows} rows");
    shop.verified();
    there
}

#[test]
fn an_import_killed_at_a_random_moment_is_all_there_after_the_next_start_or_not_at_all() {
    let (rows, seed) = (3000, seed());
    let text = many_devices(rows);
    let (shop, mut command) = importing(&text);
    let before = Instant::now();
    Ran::from(command.output().unwrap()).well();
    let usual = u64::try_from(before.elapsed().as_micros()).unwrap();
    let right = devices(&shop);
    let mut random = Random::new(seed);
    for kill in 0..6 {
        let (shop, command) = importing(&text);
        let answered = killed(command, Duration::from_micros(random.below(usual)));
        let there = all_or_nothing(&shop, rows, &format!("seed {seed}, kill {kill}"));
        assert!(answered.is_none() || there == rows, "seed {seed}: answered and not there");
        shop.import("devices", &text).well();
        assert_eq!(devices(&shop), right, "seed {seed}, kill {kill}: imported again");
        assert_eq!(staged(shop.folder()), 0, "seed {seed}: nothing is left behind");
    }
}

#[test]
fn an_import_killed_in_the_middle_of_its_merge_is_finished_at_the_next_start() {
    let rows = 9000;
    let (shop, mut command) = importing(&many_devices(rows));
    let watcher = rusqlite::Connection::open(shop.database()).unwrap();
    watcher.busy_timeout(Duration::from_secs(5)).unwrap();
    let child = command.spawn().unwrap();
    let started = Instant::now();
    let next = "SELECT count(*) FROM merge WHERE next > 1";
    while watcher.query_row(next, [], |row| row.get::<_, i64>(0)).unwrap() == 0 {
        assert!(started.elapsed() < Duration::from_secs(60), "the merge never began");
    }
    assert!(end(child).is_none(), "the import was done before it could be killed");
    let half: i64 = watcher.query_row("SELECT count(*) FROM device", [], |row| row.get(0)).unwrap();
    assert!(half > 4 && half < 9004, "killed in the middle: {half}");
    let unfinished = shop.run(&["verify"]);
    assert_eq!(unfinished.code, 1);
    assert!(unfinished.out.contains("import: one is only partly in"), "{unfinished:?}");
    assert!(unfinished.out.contains("\n1 problem; nothing was repaired"), "{unfinished:?}");
    assert_eq!(all_or_nothing(&shop, rows, "in the middle"), rows);
}
