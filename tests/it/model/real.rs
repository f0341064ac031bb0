//! The same acts on a real counter, on a file in memory.

use std::sync::LazyLock;

use caredesk::desk::assess::Assessment;
use caredesk::desk::choose::Wish;
use caredesk::desk::config::House;
use caredesk::desk::enrol::Unit;
use caredesk::desk::import::{self, Aim, BadRows, Job, Kind};
use caredesk::desk::life::{Again, Void};
use caredesk::desk::pay::{MoneyBack, Tender};
use caredesk::desk::print::printer::Trouble;
use caredesk::desk::print::{About, Printed, Wanted as Print};
use caredesk::desk::receive::Intake;
use caredesk::desk::record::Draft;
use caredesk::desk::shelf::{Delivery, Packing, Wanted};
use caredesk::desk::{Act as Stamped, Counter, Desk, Failure, Purpose, Shop as Centre};
use caredesk::domain::claim::{Channel, Cycles};
use caredesk::domain::edition::Editions;
use caredesk::domain::event::{Method, Way as Out};
use caredesk::domain::facts::{Notice, ProductGoes};
use caredesk::paper::Width;
use caredesk::programme;
use caredesk::repository::inspect::{self, Table};
use caredesk::repository::journal::{Clock, Person, Stamp, new_id};
use chrono::Duration;

use super::act::{Act, Brought, PARTS, PEOPLE, Way, case_of};
use super::shop::{
    Activated, DEVICES, NEW, PLACES, PLANS, PLUS, QUOTE_DAYS, Shop, UNITS, USED_ON, day, sold_here,
};

/// What an act tells that nobody can foresee.
pub enum Said {
    Nothing,
    /// A new case's number.
    Number(String),
    /// A packing list's number.
    List(String),
    Paper(Box<Printed>),
}

/// What came of an act, or the guard or field that refused.
pub type Came = Result<Said, String>;

/// The edition of the maker's plans, and a newer one with other quotes and without the online channel here.
static EDITIONS: LazyLock<Editions> = LazyLock::new(|| {
    let mut first = programme::editions(None).unwrap().named("2019-05").unwrap().clone();
    let mut newer = first.clone();
    first.settings.quote_valid_days = Some(QUOTE_DAYS.try_into().unwrap());
    (newer.id, newer.first_day) = ("2020-03".to_owned(), day((2020, 3, 1)));
    newer.closed_channels.push((Channel::Online, "US".parse().unwrap()));
    Editions::new(first, vec![newer])
});

/// The number of a case that never was.
const NO_CASE: &str = "0001-00000-0";

pub struct Real {
    pub desk: Desk,
}

fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

fn reason(said: bool) -> &'static str {
    if said { "so it was" } else { " " }
}

fn stamped(shop: &Shop, who: usize) -> Stamped {
    let stamp = Stamp { at: shop.now, actor: PEOPLE[who].to_owned(), clock: Clock::Given };
    Stamped { stamp, request: new_id() }
}

impl Real {
    pub fn new(shop: &Shop) -> Self {
        let centre = Centre {
            editions: EDITIONS.clone(),
            // Where there is none, nobody waits for another's printing.
            folder: std::env::temp_dir().join("caredesk-has-no-such-folder"),
            purpose: Purpose::Real,
            house: House::default(),
        };
        let mut real = Self { desk: Desk::in_memory(centre).unwrap() };
        let counter = Counter { site: "Alameda".to_owned(), region: "US".to_owned(), till: 1 };
        real.desk.set_up(&stamped(shop, 0), &counter).unwrap();
        for (kind, text) in [(Kind::Devices, devices()), (Kind::Plans, plans()), (Kind::Stock, stock())] {
            assert!(real.import(shop, kind, &text));
        }
        real
    }

    fn import(&mut self, shop: &Shop, kind: Kind, text: &str) -> bool {
        let (editions, stamp) = (self.desk.shop().editions.clone(), stamped(shop, 0).stamp);
        let (aim, bad_rows) = (Aim::Merge, BadRows::KeepGoing);
        let job = Job { kind, file: "f.csv", editions: &editions, aim, bad_rows, stamp };
        let report = import::import(self.desk.repository(), &job, text.as_bytes(), &mut |_| {});
        report.unwrap().bad.is_empty()
    }

    /// Every row of the file.
    pub fn rows(&mut self) -> Vec<Table> {
        self.desk.repository().read(inspect::contents).unwrap()
    }

    /// Does an act in the shop as it was before it.
    pub fn does(&mut self, shop: &Shop, who: usize, act: &Act) -> Came {
        let by = stamped(shop, who);
        match act {
            Act::Nothing | Act::Onward(..) | Act::Wait(_) => Ok(Said::Nothing),
            Act::Claims(plan, ordinal) => {
                let plan = Shop::claimed(*plan);
                let (year, month, day) = USED_ON;
                let text = format!("plan,ordinal,used_on\n{plan},{ordinal},{year}-{month:02}-{day:02}\n");
                self.import(shop, Kind::Claims, &text);
                Ok(Said::Nothing)
            }
            Act::Record { .. } => self.record(&by, act),
            Act::Print(..) | Act::PrintDay(..) | Act::PrintList(..) => self.print(shop, &by, act),
            _ => match case_of(act) {
                // Where there is no case, one is named that never was.
                Some(back) => {
                    let at = shop.at(back);
                    let number = at.map_or(NO_CASE, |at| shop.cases[at].number.as_str());
                    self.on_case(shop, (&by, at, number), act)
                }
                None => self.on_shelf(shop, &by, act),
            },
        }
    }

    fn record(&mut self, by: &Stamped, act: &Act) -> Came {
        let Act::Record { serial, cause, parts, owner, channel, said, ago } = act else {
            return Ok(Said::Nothing);
        };
        let draft = Draft {
            serial: Shop::serial(*serial).to_owned(),
            cause: *cause,
            parts: texts(PARTS[*parts]),
            said: if *said { "It fell from a tree" } else { "It fell" }.to_owned(),
            customer: Person { name: "Maria".to_owned(), phone: Some("1".to_owned()), email: None },
            owner: *owner,
            channel: *channel,
            damaged_on: Some(by.stamp.at.date_naive() - Duration::days(*ago)),
            battery_cycles: None,
        };
        self.desk.record(by, &draft).map(|view| Said::Number(view.number)).map_err(refusal)
    }

    fn on_case(&mut self, shop: &Shop, (by, at, number): (&Stamped, Option<usize>, &str), act: &Act) -> Came {
        let desk = &mut self.desk;
        let unit = |what: &Brought| at.map_or_else(String::new, |at| shop.brought(&shop.cases[at], *what));
        let serials = |units: &[usize]| units.iter().map(|at| UNITS[*at][0].to_owned()).collect::<Vec<_>>();
        let done = match act {
            Act::Receive(_, what, parts, owner) => {
                let intake = Intake {
                    serial: unit(what),
                    parts: texts(PARTS[*parts]),
                    owner: *owner,
                    condition: None,
                };
                desk.receive(by, number, &intake)
            }
            Act::Assess { .. } => desk.assess(by, number, &assessment(act)),
            Act::Choose { .. } => desk.choose(by, number, &wish(act)),
            Act::ChangeMind(_) => desk.change_mind(by, number, None),
            Act::Pay(_, amount, said) => {
                let reason = said.then(|| "agreed".to_owned());
                let amount = amount.map(major);
                desk.pay(by, number, &Tender { method: Method::Card, amount, reason, shown: None })
            }
            Act::Refund(_, amount, said) => {
                let (amount, reason) = (major(*amount), reason(*said).to_owned());
                desk.refund(by, number, &MoneyBack { method: Some(Method::Cash), amount, reason })
            }
            Act::Work(_) => desk.work(by, number),
            Act::Finish(_, said) => desk.finish(by, number, reason(*said)),
            Act::Hold(_, said) => desk.hold(by, number, reason(*said)),
            Act::Unhold(_) => desk.unhold(by, number, None),
            Act::Tell(_) => desk.tell(by, number),
            Act::HandOver(_, what) => desk.hand_over(by, number, &unit(what)),
            Act::Issue(_, units) => desk.issue(by, number, &serials(units)),
            Act::Close(_) => desk.close(by, number),
            Act::Cancel(_, said) => desk.cancel(by, number, reason(*said)),
            Act::Void(_, second, here) => {
                let out = at.map(|at| shop.cases[at].issued.clone()).unwrap_or_default();
                let units = if *here { out.into_iter().map(|it| it.0).collect() } else { texts(&["lost"]) };
                let (second, reason) = (PEOPLE[*second].to_owned(), reason(true).to_owned());
                desk.void(by, number, &Void { by: second, reason, units })
            }
            Act::Reopen(_, second, intake) => {
                let intake = intake.map(|(what, parts)| {
                    let parts = texts(PARTS[parts]);
                    Intake { serial: unit(&what), parts, owner: None, condition: None }
                });
                let (second, reason) = (PEOPLE[*second].to_owned(), reason(true).to_owned());
                desk.reopen(by, number, &Again { by: second, reason, intake })
            }
            Act::Bring(_, parts) => desk.bring(by, number, &texts(PARTS[*parts])),
            Act::Waive(_, second) => desk.waive_parts(by, number, (PEOPLE[*second], reason(true))),
            _ => return self.of_visits(shop, (by, number), act),
        };
        done.map(|_| Said::Nothing).map_err(refusal)
    }

    fn of_visits(&mut self, shop: &Shop, (by, number): (&Stamped, &str), act: &Act) -> Came {
        let desk = &mut self.desk;
        let done = match act {
            Act::Book(_, slot) => desk.book(by, number, shop.slot_at(*slot)),
            Act::MoveVisit(_, slot) => desk.move_visit(by, number, shop.slot_at(*slot)),
            Act::NoShow(_) => desk.no_show(by, number),
            Act::Keep(unit, _) => {
                return desk.keep(by, UNITS[*unit][0], number).map(|_| Said::Nothing).map_err(refusal);
            }
            _ => desk.cancel_visit(by, number),
        };
        done.map(|_| Said::Nothing).map_err(refusal)
    }

    fn print(&mut self, shop: &Shop, by: &Stamped, act: &Act) -> Came {
        let (about, way) = match act {
            Act::PrintDay(ago, way) => (About::Day((shop.today() - Duration::days(*ago)).to_string()), way),
            Act::PrintList(list, way) => {
                (About::Packing(shop.lists.get(*list).cloned().unwrap_or_default()), way)
            }
            Act::Print(back, kind, way) => {
                let number = shop.at(*back).map_or(NO_CASE, |at| &shop.cases[at].number);
                (About::Case(number.to_owned(), *kind), way)
            }
            _ => return Ok(Said::Nothing),
        };
        let wanted = Print { width: Width::Page, way: Out::Printer };
        let jammed = (*way == Way::IntoABrokenOne).then_some(Trouble::Off);
        let done = match (way, &about) {
            (Way::AtOnce, About::Case(number, kind)) => self.desk.print(by, number, (*kind, wanted)),
            (Way::AtOnce, About::Packing(list)) => self.desk.print_packing(by, list, wanted),
            _ => match self.desk.print_out(by, (&about, wanted), |_| Ok(jammed)) {
                Ok((_, Some(_))) => return Err("printer".to_owned()),
                done => done.map(|(printed, _)| printed),
            },
        };
        done.map(|printed| Said::Paper(Box::new(printed))).map_err(refusal)
    }

    fn on_shelf(&mut self, shop: &Shop, by: &Stamped, act: &Act) -> Came {
        let desk = &mut self.desk;
        let said = |said: bool| said.then_some("so it was");
        let done = match act {
            Act::StockUp(unit) => desk.stock_up(by, &delivery(*unit)).map(|_| ()),
            Act::Count(place, units) => {
                let serials: Vec<String> = units.iter().map(|at| UNITS[*at][0].to_owned()).collect();
                desk.count_shelf(by, PLACES[*place], &serials).map(|_| ())
            }
            Act::SetAside(unit, said) => desk.set_aside(by, UNITS[*unit][0], reason(*said)).map(|_| ()),
            Act::Find(unit, why) => desk.find(by, UNITS[*unit][0], (None, said(*why))).map(|_| ()),
            Act::Ship(serials) => {
                let serials = serials.iter().map(|at| Shop::serial(*at).to_owned()).collect();
                return packed(desk.ship(by, &Wanted::Named(serials)));
            }
            Act::ShipAll => return packed(desk.ship(by, &Wanted::AllAnd(Vec::new()))),
            Act::Free(unit) => desk.free(by, UNITS[*unit][0]).map(|_| ()),
            Act::Extend(at, number) => {
                desk.extend_plan(by, &Shop::plan_number(*at), &format!("X-{number}")).map(|_| ())
            }
            Act::Return(at, back) => {
                let goes = if *back { ProductGoes::Back } else { ProductGoes::Stays };
                desk.return_plan(by, &Shop::plan_number(*at), goes).map(|_| ())
            }
            Act::Bind { serial, condition, damaged, number } => {
                let serial = Shop::serial(*serial).to_owned();
                let unit = Unit { serial, condition: *condition, damaged: *damaged };
                desk.bind_plan(by, &unit, &sold_here(*number)).map(|_| ())
            }
            Act::Notice(serial, kind) => {
                desk.record_notice(by, (Shop::serial(*serial), Notice::ALL[*kind]), None).map(|_| ())
            }
            Act::CloseDay(ago, why) => {
                desk.close_day(by, shop.today() - Duration::days(*ago), said(*why)).map(|_| ())
            }
            _ => Ok(()),
        };
        done.map(|()| Said::Nothing).map_err(refusal)
    }
}

fn packed(list: Result<Packing, Failure>) -> Came {
    list.map(|list| Said::List(list.packing)).map_err(refusal)
}

/// The guard or the field that refused; a fault of the file is neither, and stands in its own words.
fn refusal(failure: Failure) -> String {
    match failure {
        Failure::Refused(refused) => refused.guard.to_string(),
        Failure::Facts(refusal) => refusal.field,
        other => format!("FAULT: {other}"),
    }
}

fn major(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

fn assessment(act: &Act) -> Assessment {
    let Act::Assess { cause, parts, owner, elsewhere, said, .. } = act else { panic!("{act:?}") };
    Assessment {
        cause: *cause,
        parts: texts(PARTS[*parts]),
        finding: reason(*said).to_owned(),
        owner: *owner,
        damaged_on: None,
        battery_cycles: Cycles::AsSaid,
        repaired_elsewhere: Some(*elsewhere),
    }
}

fn wish(act: &Act) -> Wish {
    let Act::Choose { choice, price, reason, owner, by, .. } = act else { panic!("{act:?}") };
    Wish {
        choice: *choice,
        price: price.then(|| major(super::foresee::PRICE)),
        reason: reason.then(|| "so it was".to_owned()),
        owner: *owner,
        by: by.map(|by| PEOPLE[by].to_owned()),
    }
}

fn delivery(unit: usize) -> Delivery {
    let [serial, model, part, place] = UNITS[unit].map(str::to_owned);
    Delivery { serials: vec![serial], model, part: Some(part), place: Some(place) }
}

fn devices() -> String {
    let head = "serial,model,purchase_region,activated_at,purchased_on,warranty_starts_on,owner_name\n";
    let row = |(at, (serial, model, from)): (usize, &(&str, &str, _))| {
        let from = day(*from);
        let (activated, bought) = match NEW.iter().find(|new| new.0 == at) {
            None => (String::new(), "US"),
            Some((_, Activated::Never, bought)) => ("never".to_owned(), *bought),
            Some((_, Activated::On(on), bought)) => (day(*on).to_string(), *bought),
            Some((_, Activated::At(at), bought)) => ((*at).to_owned(), *bought),
        };
        format!("{serial},{model},{bought},{activated},{from},{from},Maria\n")
    };
    head.to_owned() + &DEVICES.iter().enumerate().map(row).collect::<String>()
}

fn plans() -> String {
    let head = "number,tier,serial,region,programme,starts_on,granted,sold_on,extends\n";
    let row = |(number, at, region, from, granted): (&str, usize, &str, _, u8)| {
        let (serial, from) = (DEVICES[at].0, day(from));
        format!("{number},refresh,{serial},{region},2019-05,{from},{granted},{from},\n")
    };
    let plus = format!("{PLUS},plus,{},US,2019-05,2020-02-10,1,2020-01-15,P-2\n", DEVICES[1].0);
    head.to_owned() + &PLANS.map(row).concat() + &plus
}

fn stock() -> String {
    let row = |unit: &[&str; 4]| {
        let [serial, model, part, place] = unit;
        format!("{serial},{model},{part},in-stock,{place}\n")
    };
    "serial,model,part,state,place\n".to_owned() + &UNITS[..8].iter().map(row).collect::<String>()
}
