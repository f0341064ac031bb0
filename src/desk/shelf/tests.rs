//! The shelf on a desk in memory: what each act refuses, what it changes, and what never comes back.

use rstest::rstest;

use super::*;
use crate::desk::choose::Wish;
use crate::desk::import::BadRows;
use crate::desk::pay::Tender;
use crate::desk::receive::Intake;
use crate::desk::record::Draft;
use crate::desk::trial;
use crate::domain::case::Choice;
use crate::domain::claim::Owner;
use crate::domain::day::{parse_day, parse_instant};
use crate::domain::event::Method;
use crate::repository::journal::{Clock, Stamp, new_id};
use crate::repository::registry::Kind;

mod offered;

pub const DEVICE: &str = "08QDG6C01200B3";
pub const OTHER: &str = "08QDG6C01200C3";
const GONE: &str = "08QDG6C01200D3";
const UNIT: &str = "08QDH32F456EZY";
const SECOND: &str = "08QDH32HA0Z0TW";
const SPARK: &str = "0ASDH32FG92G44";
const NEW: &str = "08QDH32NEW00A1";
const DEVICES: &str = "serial,model,purchase_region,purchased_on,activated_at,warranty_starts_on\n\
    08QDG6C01200B3,mavic-pro,US,2019-06-15,2019-06-16T17:00:00Z,2019-06-15\n\
    08QDG6C01200C3,mavic-pro,US,2019-06-15,2019-06-16T17:00:00Z,2019-06-15\n";
const PLANS: &str = "number,tier,serial,region,programme,starts_on,granted,sold_on\n\
    P-1,refresh,08QDG6C01200B3,US,2019-05,2019-06-15,2,2019-06-15\n\
    P-2,refresh,08QDG6C01200C3,US,2019-05,2019-06-15,2,2019-06-15\n";
const CLAIMS: &str =
    "plan,ordinal,used_on,old_serial,new_serial\nP-2,1,2020-01-01,08QDG6C01200D3,08QDG6C01200C3\n";
const STOCK: &str = "serial,model,part,state,place\n\
    08QDH32F456EZY,mavic-pro,aircraft,in-stock,Shelf A\n\
    08QDH32HA0Z0TW,mavic-pro,aircraft,in-stock,Shelf B\n\
    0ASDH32FG92G44,spark,aircraft,quarantine,Shelf A\n\
    S-1001,mavic-pro,propellers,in-stock,Shelf A\n";

/// An act at a moment of Monday the 2nd of March 2020, or at a whole instant.
pub fn at(moment: &str) -> Act {
    let moment = if moment.len() == 5 { format!("2020-03-02T{moment}:00-08:00") } else { moment.to_owned() };
    let stamp = Stamp { at: parse_instant(&moment).unwrap(), actor: "Ann".to_owned(), clock: Clock::Given };
    Act { stamp, request: new_id() }
}

fn now() -> Act {
    at("10:00")
}

pub fn desk() -> Desk {
    let mut desk = trial::desk(&at("08:00"), trial::editions());
    for (kind, text) in
        [(Kind::Devices, DEVICES), (Kind::Plans, PLANS), (Kind::Claims, CLAIMS), (Kind::Stock, STOCK)]
    {
        assert_eq!(brought(&mut desk, kind, text), Vec::<String>::new());
    }
    desk
}

/// Imports a text and gives its bad rows.
fn brought(desk: &mut Desk, kind: Kind, text: &str) -> Vec<String> {
    let report = trial::bring(desk, now().stamp, (kind, text), BadRows::RefuseAll);
    report.bad.iter().map(ToString::to_string).collect()
}

pub fn well(desk: &mut Desk) {
    assert_eq!(desk.verify().unwrap(), Vec::<String>::new());
}

/// What refused: the guard's word, or the field's.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    match result {
        Err(Failure::Refused(refused)) => refused.guard.to_string(),
        Err(Failure::Facts(refusal)) => refusal.field,
        other => panic!("nothing refused: {other:?}"),
    }
}

pub fn recorded(desk: &mut Desk, act: &Act, serial: &str) -> String {
    let said = "It fell from a tree into the yard".to_owned();
    let draft = Draft { said, ..trial::crashed(serial, ("Maria", "+1 415 555 0101")) };
    desk.record(act, &draft).unwrap().number
}

pub fn received(desk: &mut Desk, act: &Act, (number, serial): (&str, &str)) {
    let parts = vec!["aircraft".to_owned()];
    desk.receive(act, number, &Intake { serial: serial.to_owned(), parts, owner: None, condition: None })
        .unwrap();
}

fn assessed(desk: &mut Desk) -> String {
    let number = recorded(desk, &now(), DEVICE);
    received(desk, &now(), (&number, DEVICE));
    desk.assess(&now(), &number, &trial::found("Broken arm")).unwrap();
    number
}

fn chosen(desk: &mut Desk) -> String {
    let number = assessed(desk);
    let wish =
        Wish { choice: Choice::Replacement, price: None, reason: None, owner: Some(Owner::Same), by: None };
    desk.choose(&now(), &number, &wish).unwrap();
    number
}

/// A desk on which `unit` went out for the device.
fn issued(unit: &str) -> Desk {
    let mut desk = desk();
    if unit == NEW {
        desk.stock_up(&now(), &delivery(&[NEW])).unwrap();
    }
    let number = chosen(&mut desk);
    let fee = Tender { method: Method::Card, amount: None, reason: None, shown: None };
    desk.pay(&now(), &number, &fee).unwrap();
    desk.issue(&now(), &number, &[unit.to_owned()]).unwrap();
    desk
}

fn delivery(serials: &[&str]) -> Delivery {
    let serials = serials.iter().map(|text| (*text).to_owned()).collect();
    Delivery { serials, model: "mavic-pro".to_owned(), part: None, place: Some(" shelf a".to_owned()) }
}

/// The units that are offered for a case.
fn offered(desk: &mut Desk, number: &str) -> Vec<String> {
    desk.shelf(&now(), number).unwrap().into_iter().map(|unit| unit.serial).collect()
}

fn state(desk: &mut Desk, serial: &str) -> (State, Option<String>) {
    let units = desk.stock(&Filter::default()).unwrap();
    let unit = units.into_iter().find(|unit| unit.serial == serial).unwrap();
    (unit.state, unit.case)
}

#[test]
fn units_come_in_once_with_their_model_and_the_part_that_carries_the_serial() {
    let mut desk = desk();
    let units = desk.stock_up(&now(), &delivery(&[" 08qd-h32new00a1 ", NEW])).unwrap();
    let place = Some("Shelf A".to_owned());
    let part = "aircraft".to_owned();
    let model = "mavic-pro".to_owned();
    let unit = Shelved {
        serial: NEW.to_owned(),
        model,
        part,
        state: State::InStock,
        place,
        case: None,
        advice: None,
    };
    assert_eq!(units, [unit]);
    well(&mut desk);
}

#[rstest]
#[case::a_customers(DEVICE, "serial-bound-before")]
#[case::once_a_customers(GONE, "serial-bound-before")]
#[case::in_stock(UNIT, "serial")]
#[case::set_aside(SPARK, "serial")]
#[case::no_serial("08QDH32NEW00A", "serial")]
#[case::a_label_for_a_whole_unit("S-2000", "serial")]
#[case::no_label("S-20A", "serial")]
fn what_is_somebodys_or_here_does_not_come_in(#[case] serial: &str, #[case] refused: &str) {
    let mut desk = desk();
    let before = desk.stock(&Filter::default()).unwrap();
    assert_eq!(refusal(desk.stock_up(&now(), &delivery(&[NEW, serial]))), refused);
    assert_eq!(desk.stock(&Filter::default()).unwrap(), before);
}

#[rstest]
#[case::model(Delivery { model: "mavic".to_owned(), ..delivery(&[NEW]) }, "model")]
#[case::part(Delivery { part: Some("wing".to_owned()), ..delivery(&[NEW]) }, "part")]
#[case::nothing(delivery(&[]), "serial")]
fn a_delivery_is_of_the_edition(#[case] delivery: Delivery, #[case] field: &str) {
    assert_eq!(refusal(desk().stock_up(&now(), &delivery)), field);
}

#[test]
fn a_part_without_a_serial_comes_in_by_its_label() {
    let mut desk = desk();
    let delivery = Delivery { part: Some("propellers".to_owned()), ..delivery(&["s-2000"]) };
    assert_eq!(desk.stock_up(&now(), &delivery).unwrap()[0].serial, "S-2000");
}

#[test]
fn a_unit_that_was_handed_out_never_comes_in_again_and_is_not_shipped_or_set_aside() {
    let mut desk = issued(UNIT);
    assert_eq!(refusal(desk.stock_up(&now(), &delivery(&[UNIT]))), "serial-bound-before");
    assert_eq!(refusal(desk.set_aside(&now(), UNIT, "dented")), "unit-not-in-stock");
    let named = Wanted::Named(vec![UNIT.to_owned()]);
    assert_eq!(refusal(desk.ship(&now(), &named)), "unit-not-in-stock");
    well(&mut desk);
}

#[test]
fn the_makers_list_may_bring_what_came_in_here_first_and_takes_nothing_back() {
    let mut desk = desk();
    desk.stock_up(&now(), &delivery(&[NEW])).unwrap();
    let file = format!("serial,model,part,state,place\n{NEW},mavic-pro,aircraft,quarantine,B9\n");
    let device = format!("serial,model\n{NEW},mavic-pro\n");
    let here =
        format!("f.csv:2: serial: {NEW} is in stock here: a unit becomes a customer's when it is issued");
    assert_eq!(brought(&mut desk, Kind::Devices, &device), std::slice::from_ref(&here));
    assert_eq!(brought(&mut desk, Kind::Stock, &file), Vec::<String>::new());
    assert_eq!(brought(&mut desk, Kind::Devices, &device), [here]);
    assert_eq!(state(&mut desk, NEW), (State::InStock, None));
    let mut out = Vec::new();
    crate::desk::export::export(desk.repository(), Kind::Stock, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains(&format!("{NEW},mavic-pro,aircraft,in-stock,Shelf A\n")), "{out}");
    well(&mut desk);
}

#[test]
fn the_makers_lists_may_bring_a_unit_that_came_in_here_and_went_out() {
    let mut desk = issued(NEW);
    let stock = format!("serial,model,part,state,place\n{NEW},mavic-pro,aircraft,in-stock,B9\n");
    let device = format!("serial,model\n{NEW},mavic-pro\n");
    for (kind, text) in [(Kind::Stock, &stock), (Kind::Devices, &device), (Kind::Stock, &stock)] {
        assert_eq!(brought(&mut desk, kind, text), Vec::<String>::new(), "{kind}");
    }
    assert_eq!(state(&mut desk, NEW).0, State::Issued);
    well(&mut desk);
}

#[test]
fn what_is_set_aside_comes_back_with_a_reason() {
    let mut desk = desk();
    assert_eq!(refusal(desk.set_aside(&now(), UNIT, "  ")), "reason");
    assert_eq!(desk.set_aside(&now(), UNIT, "dented").unwrap().state, State::Quarantine);
    assert_eq!(refusal(desk.set_aside(&now(), UNIT, "dented")), "unit-not-in-stock");
    assert_eq!(refusal(desk.find(&now(), UNIT, (None, None))), "reason");
    let found = desk.find(&now(), UNIT, (Some("Shelf C"), Some("only the box was"))).unwrap();
    assert_eq!((found.state, found.place.as_deref()), (State::InStock, Some("Shelf C")));
    assert_eq!(refusal(desk.find(&now(), UNIT, (None, Some("again")))), "unit-not-in-stock");
    assert_eq!(refusal(desk.find(&now(), NEW, (None, None))), "unit-unknown");
    well(&mut desk);
}

#[test]
fn a_count_moves_what_it_found_and_misses_what_it_did_not() {
    let mut desk = desk();
    let scans = [SECOND, SECOND, "08qdg6c01200b3", "junk"].map(str::to_owned);
    let counted = desk.count_shelf(&now(), "shelf a", &scans).unwrap();
    assert_eq!((counted.place.as_str(), counted.scanned), ("Shelf A", 3));
    assert_eq!(counted.here, Vec::<String>::new());
    assert_eq!(counted.missing, [UNIT, "S-1001"]);
    assert_eq!(counted.found, [SECOND]);
    assert_eq!(counted.strange, [DEVICE, "JUNK"]);
    let again = desk.count_shelf(&now(), "Shelf A", &[SECOND, "s-1001"].map(str::to_owned)).unwrap();
    assert_eq!((again.here, again.found), (vec![SECOND.to_owned()], vec!["S-1001".to_owned()]));
    assert_eq!(again.missing, Vec::<String>::new());
    assert_eq!(state(&mut desk, UNIT).0, State::Missing);
    assert_eq!(desk.find(&now(), UNIT, (None, None)).unwrap().state, State::InStock);
    well(&mut desk);
}

#[test]
fn a_kept_unit_that_is_missing_is_said_and_its_case_keeps_none() {
    let mut desk = desk();
    let number = chosen(&mut desk);
    desk.keep(&now(), UNIT, &number).unwrap();
    let counted = desk.count_shelf(&now(), "Shelf A", &["S-1001".to_owned()]).unwrap();
    assert_eq!(counted.says, [format!("unit {UNIT} was kept for case {number}: the case keeps no unit now")]);
    assert_eq!(desk.keep(&now(), SECOND, &number).unwrap().case, Some(number));
    well(&mut desk);
}

#[test]
fn a_kept_unit_is_nobody_elses_and_goes_out_on_its_case() {
    let mut desk = desk();
    let number = chosen(&mut desk);
    assert_eq!(desk.keep(&now(), UNIT, &number).unwrap().state, State::Reserved);
    assert_eq!(refusal(desk.keep(&now(), UNIT, &number)), "unit-not-in-stock");
    assert_eq!(refusal(desk.keep(&now(), SECOND, &number)), "unit-wrong-part");
    assert_eq!(offered(&mut desk, &number), [UNIT, SECOND]);
    let others = recorded(&mut desk, &now(), OTHER);
    assert_eq!(offered(&mut desk, &others), [SECOND]);
    let fee = Tender { method: Method::Card, amount: None, reason: None, shown: None };
    desk.pay(&now(), &number, &fee).unwrap();
    desk.issue(&now(), &number, &[UNIT.to_owned()]).unwrap();
    assert_eq!(state(&mut desk, UNIT), (State::Issued, Some(number)));
    well(&mut desk);
}

#[test]
fn a_freed_unit_is_in_stock_again() {
    let mut desk = desk();
    let number = chosen(&mut desk);
    desk.keep(&now(), UNIT, &number).unwrap();
    let freed = desk.free(&now(), UNIT).unwrap();
    assert_eq!((freed.state, freed.case), (State::InStock, None));
    assert_eq!(refusal(desk.free(&now(), UNIT)), "unit-not-in-stock");
    well(&mut desk);
}

#[rstest]
#[case::set_aside(SPARK, "unit-not-in-stock")]
#[case::a_part_that_is_not_damaged("S-1001", "unit-wrong-part")]
#[case::unknown(NEW, "unit-unknown")]
fn only_a_unit_that_serves_is_kept(#[case] unit: &str, #[case] guard: &str) {
    let mut desk = desk();
    let number = chosen(&mut desk);
    assert_eq!(refusal(desk.keep(&now(), unit, &number)), guard);
}

#[test]
fn a_unit_of_another_model_is_not_kept() {
    let mut desk = desk();
    let number = chosen(&mut desk);
    desk.find(&now(), SPARK, (None, Some("fine"))).unwrap();
    assert_eq!(refusal(desk.keep(&now(), SPARK, &number)), "unit-wrong-model");
}

#[test]
fn a_unit_is_kept_only_once_a_replacement_is_chosen() {
    let mut desk = desk();
    let number = assessed(&mut desk);
    assert_eq!(refusal(desk.keep(&now(), UNIT, &number)), "wrong-state");
}

#[test]
fn what_waits_goes_back_on_one_packing_list_and_only_once() {
    let mut desk = issued(UNIT);
    let all = Wanted::AllAnd(vec![SECOND.to_owned(), SECOND.to_owned()]);
    let packing = desk.ship(&now(), &all).unwrap();
    let mut serials: Vec<_> = packing.lines.iter().filter_map(|line| line.serial.as_deref()).collect();
    serials.sort_unstable();
    assert_eq!(serials, [DEVICE, SECOND, SPARK]);
    assert_eq!(state(&mut desk, SECOND).0, State::Returned);
    assert_eq!(desk.old_parts(now().stamp.at.date_naive()).unwrap(), []);
    assert_eq!(refusal(desk.ship(&now(), &Wanted::AllAnd(Vec::new()))), "serial");
    assert_eq!(refusal(desk.ship(&now(), &Wanted::Named(vec![SECOND.to_owned()]))), "unit-not-in-stock");
    well(&mut desk);
}

#[test]
fn an_old_unit_can_be_named_and_what_is_in_stock_goes_only_when_it_is() {
    let mut desk = issued(UNIT);
    let packing = desk.ship(&now(), &Wanted::Named(vec![DEVICE.to_owned()])).unwrap();
    assert_eq!(packing.lines.len(), 1);
    assert_eq!(state(&mut desk, SPARK).0, State::Quarantine);
    assert_eq!(refusal(desk.ship(&now(), &Wanted::Named(Vec::new()))), "serial");
}

#[rstest]
#[case::the_last_day("2020-03-16", false)]
#[case::a_day_later("2020-03-17", true)]
fn an_old_part_is_overdue_after_two_weeks(#[case] today: &str, #[case] overdue: bool) {
    let parts = issued(UNIT).old_parts(parse_day(today).unwrap()).unwrap();
    let [part] = parts.as_slice() else { panic!("{parts:?}") };
    assert_eq!((part.serial.as_deref(), part.overdue), (Some(DEVICE), overdue));
}

#[test]
fn the_same_request_comes_in_once() {
    let mut desk = desk();
    let act = now();
    let first = desk.stock_up(&act, &delivery(&[NEW])).unwrap();
    assert_eq!(desk.stock_up(&act, &delivery(&[NEW])).unwrap(), first);
}

#[rstest]
#[case::its_own_code("08QDH32NEW00A1", "aircraft", "")]
#[case::a_sisters_code("0ASDH32NEW00A1", "aircraft", "")]
#[case::no_known_code("1WGDH32NEW00A1", "aircraft", "")]
#[case::another_products("095DH32NEW00A1", "aircraft", "Inspire 2")]
#[case::a_part_has_its_own("095DH32NEW00A1", "battery", "")]
fn a_strange_serial_comes_in_with_a_word(#[case] serial: &str, #[case] part: &str, #[case] named: &str) {
    let (mut desk, part, model) = (desk(), Some(part.to_owned()), "mavic-pro".to_owned());
    let delivery = Delivery { serials: vec![serial.to_owned()], model, part, place: None };
    let before = desk.before_stock_up(&now(), &delivery).unwrap().remove(0).1;
    let booked = desk.stock_up(&now(), &delivery).unwrap().remove(0).advice;
    assert_eq!(before, booked);
    assert!(booked.is_some() != named.is_empty() && booked.unwrap_or_default().contains(named));
}
