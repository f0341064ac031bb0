//! A counter in memory, walked through every turn of a case's life.

use super::*;
use crate::desk::assess::Assessment as Finding;
use crate::desk::choose::Wish;
use crate::desk::import::{BadRows, Kind};
use crate::desk::pay::{MoneyBack, Tender};
use crate::desk::receive::Intake;
use crate::desk::record::Draft;
use crate::desk::trial;
use crate::domain::case::{Choice, State};
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::edition::Editions;
use crate::domain::event::Method;
use crate::repository::journal::{Clock, Stamp, new_id};
use rstest::rstest;

mod afresh;
mod clock;
mod conflicts;
mod ends;
mod judged;
mod money;
mod people;
mod steps;
mod undo;

pub(super) const OLD: &str = "08QDG6C01200B3";
pub(super) const NEW: &str = "08QDH32F456EZY";
pub(super) const NEWER: &str = "08QDH32HA0Z0TW";
pub(super) const BATTERY: &str = "S-2001";

const DEVICES: &str = "serial,model,purchase_region,purchased_on,activated_at,warranty_starts_on,owner_name\n\
    08QDG6C01200B3,mavic-pro,US,2019-06-15,2019-06-16T17:00:00Z,2019-06-15,Maria\n";
const PLANS: &str = "number,tier,serial,region,programme,starts_on,granted,sold_on\n\
    P-1,refresh,08QDG6C01200B3,US,2019-05,2019-06-15,2,2019-06-15\n";
const STOCK: &str = "serial,model,part,state,place\n\
    08QDH32F456EZY,mavic-pro,aircraft,in-stock,B2\n08QDH32HA0Z0TW,mavic-pro,aircraft,in-stock,B4\n\
    S-2001,mavic-pro,battery,in-stock,D1\nS-2002,mavic-pro,gimbal,in-stock,D2\n\
    S-2003,mavic-pro,camera,in-stock,D2\n";

/// A counter with one device, its plan and some units.
pub(super) struct Till {
    pub desk: Desk,
    pub who: &'static str,
    pub at: String,
    /// The case at hand.
    pub case: String,
}

impl Till {
    pub fn new() -> Self {
        Self::under(trial::editions())
    }

    pub fn under(editions: Editions) -> Self {
        let (who, at) = ("Ana", "2020-03-02T10:00:00-08:00".to_owned());
        let desk = trial::desk(&act(who, &at), editions);
        let mut till = Self { desk, who, at, case: String::new() };
        for (kind, text) in [(Kind::Devices, DEVICES), (Kind::Plans, PLANS), (Kind::Stock, STOCK)] {
            assert!(till.import(kind, text));
        }
        till
    }

    /// Imports a file and tells whether it was good.
    pub fn import(&mut self, kind: Kind, text: &str) -> bool {
        let stamp = self.act().stamp;
        trial::bring(&mut self.desk, stamp, (kind, text), BadRows::KeepGoing).bad.is_empty()
    }

    pub fn act(&self) -> Act {
        act(self.who, &self.at)
    }

    /// Does something to the case at hand.
    pub fn does<T>(
        &mut self,
        what: impl FnOnce(&mut Desk, &Act, &str) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (act, case) = (self.act(), self.case.clone());
        what(&mut self.desk, &act, &case)
    }

    pub fn record_on(&mut self, serial: &str, channel: Channel, parts: &[&str]) {
        let draft = Draft {
            parts: texts(parts),
            said: "It fell from a tree".to_owned(),
            channel,
            ..trial::crashed(serial, ("Maria", "1"))
        };
        let act = self.act();
        self.case = self.desk.record(&act, &draft).unwrap().number;
    }

    pub fn record(&mut self, channel: Channel, parts: &[&str]) {
        self.record_on(OLD, channel, parts);
    }

    pub fn receive(&mut self, parts: &[&str]) {
        let intake = intake(OLD, parts);
        self.does(|desk, act, case| desk.receive(act, case, &intake)).unwrap();
    }

    pub fn assess_as(&mut self, cause: Cause, parts: &[&str]) -> Result<CaseView, Failure> {
        let found = Finding { cause, parts: texts(parts), ..trial::found("Broken arm") };
        self.does(|desk, act, case| desk.assess(act, case, &found))
    }

    pub fn choose(&mut self, wish: &Wish) -> Result<CaseView, Failure> {
        self.does(|desk, act, case| desk.choose(act, case, wish))
    }

    pub fn pay(&mut self, amount: Option<&str>) -> Result<CaseView, Failure> {
        let reason = amount.map(|_| "agreed".to_owned());
        let tender = Tender { method: Method::Card, amount: amount.map(str::to_owned), reason, shown: None };
        self.does(|desk, act, case| desk.pay(act, case, &tender))
    }

    pub fn refund(&mut self, amount: &str, method: Option<Method>) -> Result<CaseView, Failure> {
        let back = MoneyBack { method, amount: amount.to_owned(), reason: "sorry".to_owned() };
        self.does(|desk, act, case| desk.refund(act, case, &back))
    }

    pub fn issue(&mut self, units: &[&str]) -> Result<CaseView, Failure> {
        let units = texts(units);
        self.does(|desk, act, case| desk.issue(act, case, &units))
    }

    pub fn void(&mut self, by: &str, units: &[&str]) -> Result<CaseView, Failure> {
        let (by, units) = (by.to_owned(), texts(units));
        let wish = Void { by, reason: "wrong colour".to_owned(), units };
        self.does(|desk, act, case| desk.void(act, case, &wish))
    }

    pub fn reopen(&mut self, by: &str, intake: Option<Intake>) -> Result<CaseView, Failure> {
        let wish = Again { by: by.to_owned(), reason: "the customer came back".to_owned(), intake };
        self.does(|desk, act, case| desk.reopen(act, case, &wish))
    }

    pub fn close(&mut self) -> Result<CaseView, Failure> {
        self.does(Desk::close)
    }

    pub fn cancel(&mut self) -> Result<CaseView, Failure> {
        self.does(|desk, act, case| desk.cancel(act, case, "no longer wanted"))
    }

    pub fn change_mind(&mut self) -> Result<CaseView, Failure> {
        self.does(|desk, act, case| desk.change_mind(act, case, None))
    }

    pub fn show(&mut self) -> CaseView {
        self.desk.case(&self.case).unwrap()
    }

    pub fn ask(&self, sql: &str) -> String {
        let value: Option<String> =
            self.desk.repository.connection().query_row(sql, [], |row| row.get(0)).unwrap();
        value.unwrap_or_default()
    }

    pub fn sql(&self, sql: &str) {
        self.desk.repository.connection().execute_batch(sql).unwrap();
    }

    /// The ledger's entries in order.
    pub fn ledger(&self) -> String {
        self.ask("SELECT group_concat(entry, ' ') FROM (SELECT entry FROM ledger ORDER BY seq)")
    }

    /// Brings a new case to a state.
    pub fn bring_to(&mut self, state: State) {
        self.record(Channel::Swift, &["aircraft"]);
        let choice = match state {
            State::Recorded => return,
            State::InWork | State::Ready => paid_repair("50"),
            _ => replacement(),
        };
        if state == State::Cancelled {
            self.cancel().unwrap();
            return;
        }
        self.receive(&["aircraft"]);
        if state == State::Received {
            return;
        }
        self.assess_as(Cause::Accident, &["aircraft"]).unwrap();
        if state == State::Assessed {
            return;
        }
        self.choose(&choice).unwrap();
        match state {
            State::InWork | State::Ready => {
                self.does(Desk::work).unwrap();
                if state == State::Ready {
                    self.does(|desk, act, case| desk.finish(act, case, "New arm")).unwrap();
                }
            }
            State::HandedOver | State::Closed => {
                self.pay(None).unwrap();
                self.issue(&[NEW]).unwrap();
                if state == State::Closed {
                    self.close().unwrap();
                }
            }
            _ => {}
        }
        assert_eq!(self.show().state, state.as_str());
    }

    /// Fails unless replaying the journal gives the same tables, and nothing else is wrong.
    pub fn verified(&mut self) {
        assert_eq!(self.desk.verify().unwrap(), Vec::<String>::new());
    }
}

fn act(who: &str, at: &str) -> Act {
    let at = parse_instant(at).unwrap();
    Act { stamp: Stamp { at, actor: who.to_owned(), clock: Clock::Given }, request: new_id() }
}

pub(super) fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

pub(super) fn intake(serial: &str, parts: &[&str]) -> Intake {
    Intake { serial: serial.to_owned(), parts: texts(parts), owner: None, condition: None }
}

pub(super) fn replacement() -> Wish {
    Wish { choice: Choice::Replacement, price: None, reason: None, owner: None, by: None }
}

pub(super) fn paid_repair(price: &str) -> Wish {
    Wish { choice: Choice::PaidRepair, price: Some(price.to_owned()), ..replacement() }
}

/// The guard or the field that refused.
pub(super) fn refusal<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    match result.unwrap_err() {
        Failure::Refused(refused) => refused.guard.to_string(),
        Failure::Facts(refusal) => refusal.field,
        other => panic!("{other}"),
    }
}
