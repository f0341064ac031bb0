//! A shop as a few plain lists: what there is, and what each list says at the start.

use std::collections::{BTreeMap, BTreeSet};

use caredesk::domain::stock;
use chrono::{DateTime, Duration, FixedOffset, Months, NaiveDate};

use super::act::Brought;
use super::case::{Case, open};
use super::papers::Paper;

/// A device of the maker's record: serial, model, first day of the warranty.
pub type Device = (&'static str, &'static str, (i32, u32, u32));

/// The customers' devices.
pub const DEVICES: [Device; 9] = [
    ("08QDG6C01200B3", "mavic-pro", (2019, 6, 15)),
    ("08QDG6C01200C3", "mavic-pro", (2019, 2, 10)),
    ("0ASDG6C01200D3", "spark", (2019, 12, 1)),
    ("08QDG6C01200E3", "mavic-pro", (2020, 3, 1)),
    ("0ASDG6C01200F3", "spark", (2018, 12, 1)),
    ("08QDG6C01200G3", "mavic-pro", (2019, 9, 1)),
    ("08QDG6C01200H3", "mavic-pro", (2020, 3, 2)),
    ("0ASDG6C01200J3", "spark", (2020, 3, 1)),
    ("08QDG6C01200K3", "mavic-pro", (2020, 2, 1)),
];

/// When a device was first switched on, as the maker's record has it; of the others it does not say.
#[derive(Debug, Clone, Copy)]
pub enum Activated {
    Never,
    On((i32, u32, u32)),
    At(&'static str),
}

/// The devices without a plan: place, activation, where bought.
pub const NEW: [(usize, Activated, &str); 4] = [
    (3, Activated::At("2020-03-01T12:00:00-08:00"), "US"),
    (6, Activated::On((2020, 3, 2)), "US"),
    (7, Activated::Never, "US"),
    (8, Activated::Never, "CA"),
];

/// Units: serial, model, part, shelf. The last two come in only when somebody takes them in.
pub const UNITS: [[&str; 4]; 10] = [
    ["08QDH32F456EZY", "mavic-pro", "aircraft", "A1"],
    ["08QDH32HA0Z0TW", "mavic-pro", "aircraft", "A1"],
    ["08QDH32HA0Z0TX", "mavic-pro", "aircraft", "B1"],
    ["0ASDH32HA0Z0S1", "spark", "aircraft", "B1"],
    ["0ASDH32HA0Z0S2", "spark", "aircraft", "B1"],
    ["S-2001", "mavic-pro", "battery", "A1"],
    ["S-2002", "mavic-pro", "propellers", "A1"],
    ["S-2003", "spark", "battery", "B1"],
    ["08QDH32HA0Z0TY", "mavic-pro", "aircraft", "A1"],
    ["S-2004", "mavic-pro", "propellers", "B1"],
];

/// Shelves.
pub const PLACES: [&str; 2] = ["A1", "B1"];

/// A plan of the maker's record: number, device, region, first day, granted.
pub type Sold = (&'static str, usize, &'static str, (i32, u32, u32), u8);

/// The customers' plans.
pub const PLANS: [Sold; 5] = [
    ("P-1", 0, "US", (2019, 6, 15), 2),
    ("P-2", 1, "US", (2019, 2, 10), 2),
    ("P-3", 2, "US", (2019, 12, 1), 2),
    ("P-4", 4, "US", (2018, 12, 1), 2),
    ("P-5", 5, "CA", (2019, 9, 1), 1),
];

/// The plus that the second plan has from the start.
pub const PLUS: &str = "P-2X";

/// The day of the uses in the maker's list: before whatever is sold here.
pub const USED_ON: (i32, u32, u32) = (2020, 2, 28);

/// How many numbers there are for plans that are sold here.
pub const NUMBERS: usize = 3;

/// Days for which a quote stands by the edition of the maker's plans; by that of plans sold here it stands for ever.
pub const QUOTE_DAYS: i64 = 1;

/// Slots of which some are at no hour, or at one that goes by: days ahead, hour, minute.
pub const SLOTS: [(i64, u32, u32); 5] = [(0, 16, 0), (1, 10, 0), (1, 10, 20), (1, 8, 0), (2, 10, 10)];

#[derive(Debug, Clone)]
pub struct Plus {
    pub number: String,
    pub sold: NaiveDate,
    pub last: NaiveDate,
}

#[derive(Debug, Clone)]
pub struct Plan {
    pub region: &'static str,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub bound: String,
    pub returned: Option<NaiveDate>,
    pub plus: Option<Plus>,
    /// The step after which it was extended or given back.
    pub changed: Option<usize>,
}

/// Who has a replacement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    Reserved(usize),
    Used(usize),
}

/// One granted replacement.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    pub here: Option<Taken>,
    pub maker: bool,
    /// A hand-out of it was taken back here: what the maker's list says of it is that one.
    pub voided: bool,
    /// The cases against which the maker's list spoke.
    pub against: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
pub struct Unit {
    pub model: &'static str,
    pub part: &'static str,
    pub state: stock::State,
    pub place: &'static str,
    pub case: Option<usize>,
}

/// An old part: its case, part and serial, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Old {
    pub case: usize,
    pub part: &'static str,
    pub serial: Option<String>,
    pub state: &'static str,
}

#[derive(Debug, Clone)]
pub struct Shop {
    pub step: usize,
    pub now: DateTime<FixedOffset>,
    pub closed: Option<NaiveDate>,
    pub plans: BTreeMap<String, Plan>,
    pub slots: BTreeMap<(String, u8), Slot>,
    pub cases: Vec<Case>,
    pub units: BTreeMap<String, Unit>,
    /// Living hand-outs: old serial, new serial.
    pub moves: Vec<(String, String)>,
    /// Serials that were ever a customer's.
    pub customers: BTreeSet<String>,
    pub old: Vec<Old>,
    pub notices: BTreeSet<(String, usize, DateTime<FixedOffset>)>,
    /// Units that a count missed, by day.
    pub missed: BTreeSet<(NaiveDate, String)>,
    pub papers: Vec<Paper>,
    /// Numbers of packing lists.
    pub lists: Vec<String>,
    pub closed_days: BTreeSet<NaiveDate>,
    /// The step of the newest act that was no print.
    pub changed: usize,
}

pub fn day((year, month, day): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The last day of something that lasts so many months; none of these begins at a month's end.
pub fn last(first: NaiveDate, months: u32) -> NaiveDate {
    first + Months::new(months) - Duration::days(1)
}

impl Shop {
    pub fn new() -> Self {
        let mut shop = Self {
            step: 0,
            now: DateTime::parse_from_rfc3339("2020-03-02T10:00:00-08:00").unwrap(),
            closed: None,
            plans: BTreeMap::new(),
            slots: BTreeMap::new(),
            cases: Vec::new(),
            units: BTreeMap::new(),
            moves: Vec::new(),
            customers: DEVICES.iter().map(|device| device.0.to_owned()).collect(),
            old: Vec::new(),
            notices: BTreeSet::new(),
            missed: BTreeSet::new(),
            papers: Vec::new(),
            lists: Vec::new(),
            closed_days: BTreeSet::new(),
            changed: 0,
        };
        for (number, device, region, first, granted) in PLANS {
            let (bound, first) = (DEVICES[device].0.to_owned(), day(first));
            let last = last(first, 12);
            let plan = Plan { region, first, last, bound, returned: None, plus: None, changed: None };
            shop.plans.insert(number.to_owned(), plan);
            shop.grant(number, granted);
        }
        let plus = Plus { number: PLUS.to_owned(), sold: day((2020, 1, 15)), last: day((2021, 2, 9)) };
        shop.plans.get_mut("P-2").unwrap().plus = Some(plus);
        shop.grant(PLUS, 1);
        for [serial, model, part, place] in &UNITS[..8] {
            shop.arrive(serial, (model, part, place));
        }
        shop
    }

    /// The number of a plan by its place: the maker's, then one that is nobody's, then those sold here.
    pub fn plan_number(at: usize) -> String {
        match at.checked_sub(PLANS.len()) {
            None => PLANS[at].0.to_owned(),
            Some(0) => "P-0".to_owned(),
            Some(here) => sold_here(here - 1),
        }
    }

    pub fn grant(&mut self, number: &str, granted: u8) {
        for ordinal in 1..=granted {
            self.slots.insert((number.to_owned(), ordinal), Slot::default());
        }
    }

    pub fn arrive(&mut self, serial: &str, (model, part, place): (&'static str, &'static str, &'static str)) {
        let unit = Unit { model, part, state: stock::State::InStock, place, case: None };
        self.units.insert(serial.to_owned(), unit);
    }

    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// The serials of devices and units, one after the other.
    pub fn serial(at: usize) -> &'static str {
        DEVICES.get(at).map_or_else(|| UNITS[at - DEVICES.len()][0], |device| device.0)
    }

    /// The case so many places back, round and round; none before the first.
    pub fn at(&self, back: usize) -> Option<usize> {
        self.cases.len().checked_sub(1 + back.checked_rem(self.cases.len()).unwrap_or_default())
    }

    /// The place of the newest serial of a device's chain.
    pub fn newest(&self, device: usize) -> usize {
        let chain = self.chain(DEVICES[device].0).unwrap();
        let unit = UNITS.iter().position(|unit| chain.last().is_some_and(|newest| newest == unit[0]));
        unit.map_or(device, |unit| DEVICES.len() + unit)
    }

    /// Serials that replaced one another, oldest first; none of a serial that is no customer's now.
    pub fn chain(&self, serial: &str) -> Option<Vec<String>> {
        let device = DEVICES.iter().any(|device| device.0 == serial);
        if !device && !self.moves.iter().any(|(_, new)| new == serial) {
            return None;
        }
        let mut chain = vec![serial.to_owned()];
        while let Some((old, _)) = self.moves.iter().find(|(_, new)| *new == chain[0]) {
            chain.insert(0, old.clone());
        }
        while let Some((_, new)) = self.moves.iter().find(|(old, _)| old == chain.last().unwrap()) {
            chain.push(new.clone());
        }
        Some(chain)
    }

    /// The maker's row of a customer's serial.
    pub fn device(&self, serial: &str) -> Device {
        let first = self.chain(serial).unwrap()[0].clone();
        *DEVICES.iter().find(|device| device.0 == first).unwrap()
    }

    pub fn plan_of(&self, serial: &str) -> Option<&String> {
        let chain = self.chain(serial)?;
        self.plans.iter().find(|(_, plan)| chain.contains(&plan.bound)).map(|(number, _)| number)
    }

    /// Whether the edition of the maker's plans decides about a device.
    pub fn is_under_the_first_edition(&self, serial: &str) -> bool {
        self.plan_of(serial).is_some_and(|number| PLANS.iter().any(|plan| plan.0 == number))
    }

    /// The case that is open on a chain.
    pub fn open_on(&self, serial: &str) -> bool {
        let chain = self.chain(serial).unwrap();
        self.cases.iter().any(|case| open(case.state) && chain.contains(&case.serial))
    }

    /// Ordinals of a plan or a plus that are not free for a case.
    pub fn taken(&self, number: &str, but: Option<usize>) -> Vec<u8> {
        let free = |slot: &Slot| {
            (!slot.maker || slot.voided)
                && match slot.here {
                    Some(Taken::Reserved(case)) => Some(case) == but,
                    Some(Taken::Used(_)) => false,
                    None => slot.against.is_empty(),
                }
        };
        self.of(number).filter(|(_, slot)| !free(slot)).map(|(ordinal, _)| ordinal).collect()
    }

    fn of<'a>(&'a self, number: &'a str) -> impl Iterator<Item = (u8, &'a Slot)> + 'a {
        self.slots.iter().filter(move |((plan, _), _)| plan == number).map(|((_, at), slot)| (*at, slot))
    }

    pub fn next(&self, number: &str, but: Option<usize>) -> Option<u8> {
        let taken = self.taken(number, but);
        self.of(number).map(|(ordinal, _)| ordinal).find(|ordinal| !taken.contains(ordinal))
    }

    /// The serial that lies at the counter for a case.
    pub fn brought(&self, case: &Case, what: Brought) -> String {
        match what {
            Brought::Own => case.serial.clone(),
            Brought::Newest => self.chain(&case.serial).unwrap().pop().unwrap(),
            Brought::Illegible => "illegible".to_owned(),
            Brought::Other => "08QDG6C01200Z9".to_owned(),
        }
    }

    pub fn slot_at(&self, slot: usize) -> DateTime<FixedOffset> {
        let (days, hour, minute) = SLOTS[slot];
        let day = self.today() + Duration::days(days);
        day.and_hms_opt(hour, minute, 0).unwrap().and_local_timezone(*self.now.offset()).unwrap()
    }
}

/// The number on the agreement of a plan that is sold here.
pub fn sold_here(number: usize) -> String {
    format!("Q-{number}")
}
