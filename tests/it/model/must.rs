//! What must always hold, read from the rows of the file and from nothing else.

use std::collections::{BTreeMap, BTreeSet};

use caredesk::domain::stock;
use caredesk::repository::inspect::Table;

use super::act::Act;
use super::papers::Paper;
use super::shop::{PLANS, PLUS, Shop, Taken};

/// A row by its columns' names.
type Row = BTreeMap<String, String>;

/// The rows of a table; texts without their quotes, nothing as `-`.
pub fn rows(tables: &[Table], name: &str) -> Vec<Row> {
    let table = tables.iter().find(|table| table.name == name).unwrap();
    let plain = |value: &String| value.trim_matches('\'').to_owned();
    let row = |row: &Vec<String>| table.columns.iter().cloned().zip(row.iter().map(plain)).collect();
    table.rows.iter().map(row).collect()
}

/// What an act may not have done to the file, whatever it was.
pub fn hold(before: &[Table], now: &[Table], act: &Act) {
    let same = |name: &str| assert_eq!(rows(before, name), rows(now, name), "{name}");
    let acts = !matches!(act, Act::Claims(..));
    // Terms and warranties stand in these: only a row of `sold` is added, by plus.
    for name in ["device", "owner", "plan", "fee", "notice", "stock", "site"] {
        same(name);
    }
    if acts {
        same("maker_use");
    }
    for name in ["journal", "ledger", "payment", "decision", "sold", "day"] {
        let (then, now) = (rows(before, name), rows(now, name));
        assert!(then.iter().all(|row| now.contains(row)), "{name}: a row went or changed");
    }
    let sold = rows(now, "sold").len() - rows(before, "sold").len();
    assert_eq!(sold, usize::from(matches!(act, Act::Extend(..) | Act::Bind { .. })), "plans sold");
    if matches!(act, Act::Print(..) | Act::PrintDay(..) | Act::PrintList(..)) {
        printed(before, now);
    }
    assert!(rows(now, "journal").len() > rows(before, "journal").len(), "no event");

    balances(now);
    chains(now);
    bindings(now);
    serials(now);
    closed(before, now, act);
    ledger(before, now);
}

/// A print writes one line and its paper, and changes nothing else.
fn printed(before: &[Table], now: &[Table]) {
    let papers = ["journal", "paper", "sheet", "prose", "request"];
    for (then, now) in before.iter().zip(now).filter(|(table, _)| !papers.contains(&&*table.name)) {
        assert_eq!(then, now, "a print changed {}", then.name);
    }
    assert_eq!(rows(now, "journal").len(), rows(before, "journal").len() + 1, "lines of a print");
}

/// Used and reserved replacements are never more than were granted, and nobody has one twice.
fn balances(now: &[Table]) {
    let mut granted: BTreeMap<String, usize> = BTreeMap::new();
    for plan in rows(now, "plan").iter().chain(&rows(now, "sold")) {
        granted.insert(plan["number"].clone(), plan["granted"].parse().unwrap());
    }
    let mut living: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for used in rows(now, "slot_use").iter().filter(|it| ["reserved", "used"].contains(&&*it["state"])) {
        let fresh = living.entry(used["plan"].clone()).or_default().insert(used["ordinal"].clone());
        assert!(fresh, "{} {} twice", used["plan"], used["ordinal"]);
    }
    for used in rows(now, "maker_use") {
        living.entry(used["plan"].clone()).or_default().insert(used["ordinal"].clone());
    }
    for (plan, ordinals) in living {
        assert!(ordinals.len() <= granted[&plan], "plan {plan} is overdrawn");
    }
}

fn moves(now: &[Table]) -> Vec<(String, String)> {
    let living = rows(now, "replacement").into_iter().filter(|it| it["undone_at"] == "-");
    living.map(|it| (it["old_serial"].clone(), it["new_serial"].clone())).collect()
}

/// At most one open case on each chain of serials.
fn chains(now: &[Table]) {
    let moves = moves(now);
    let first = |serial: &str| {
        let mut serial = serial.to_owned();
        while let Some((old, _)) = moves.iter().find(|(_, new)| *new == serial) {
            serial.clone_from(old);
        }
        serial
    };
    let mut open = BTreeSet::new();
    for case in rows(now, "cases").iter().filter(|it| !["CLOSED", "CANCELLED"].contains(&&*it["state"])) {
        assert!(open.insert(first(&case["serial"])), "two open cases on the chain of {}", case["serial"]);
    }
}

fn bindings(now: &[Table]) {
    let living: Vec<Row> = rows(now, "binding").into_iter().filter(|it| it["to_at"] == "-").collect();
    for key in ["plan", "serial"] {
        let all: BTreeSet<&String> = living.iter().map(|it| &it[key]).collect();
        assert_eq!(all.len(), living.len(), "two living bindings of a {key}");
    }
}

/// A serial is a customer's, or in stock.
fn serials(now: &[Table]) {
    let mut customers: BTreeSet<String> = rows(now, "device").iter().map(|it| it["serial"].clone()).collect();
    customers.extend(moves(now).into_iter().map(|(_, new)| new));
    let units: BTreeMap<String, String> =
        rows(now, "unit").iter().map(|it| (it["serial"].clone(), it["state"].clone())).collect();
    let listed = rows(now, "stock").into_iter().map(|it| (it["serial"].clone(), it["state"].clone()));
    let mut shelf: BTreeMap<String, String> = listed.collect();
    shelf.extend(units);
    for (serial, state) in shelf {
        let here = ["in-stock", "reserved", "quarantine", "missing"].contains(&&*state);
        assert!(!(here && customers.contains(&serial)), "{serial} is {state} and a customer's");
    }
}

/// A closed case stays as it is, with everything that hangs on it, unless it is reopened.
fn closed(before: &[Table], now: &[Table], act: &Act) {
    if matches!(act, Act::Reopen(..)) {
        return;
    }
    let cases = rows(before, "cases");
    let closed: Vec<&Row> = cases.iter().filter(|case| case["state"] == "CLOSED").collect();
    let after = rows(now, "cases");
    assert!(closed.iter().all(|case| after.contains(case)), "a closed case changed");
    for name in ["payment", "decision", "slot_use", "issued"] {
        let of = |tables| {
            let mut all = rows(tables, name);
            all.retain(|row| closed.iter().any(|case| case["id"] == row["case_id"]));
            all
        };
        assert_eq!(of(before), of(now), "{name} of a closed case");
    }
}

/// Only a replacement writes to the balance.
fn ledger(before: &[Table], now: &[Table]) {
    let old = rows(before, "ledger").len();
    let uses = rows(now, "slot_use");
    for entry in rows(now, "ledger").iter().skip(old) {
        let case = &uses.iter().find(|it| it["id"] == entry["use_id"]).unwrap()["case_id"];
        let was = |tables| {
            rows(tables, "cases").iter().any(|it| it["id"] == *case && it["outcome"] == "REPLACEMENT")
        };
        assert!(was(before) || was(now), "a ledger entry of no replacement");
    }
}

/// Every row that the model knows too says the same.
pub fn agree(shop: &Shop, now: &[Table]) {
    let cases = rows(now, "cases");
    let place = |id: &str| {
        let number = &cases.iter().find(|row| row["id"] == id).unwrap()["number"];
        shop.cases.iter().position(|case| case.number == *number).unwrap()
    };
    for case in &shop.cases {
        let row = cases.iter().find(|row| row["number"] == case.number).unwrap();
        let real = ["state", "outcome", "fee_minor", "held", "assessment_owed", "on_unit", "owner"];
        let fee = case.fee.map_or_else(|| "-".to_owned(), |fee| fee.to_string());
        let unit = case.on_unit.clone().unwrap_or_else(|| "-".to_owned());
        let owed = if case.state == caredesk::domain::case::State::Cancelled {
            row["assessment_owed"].clone()
        } else {
            u8::from(case.owed).to_string()
        };
        let model = [
            case.state.to_string(),
            case.outcome.to_string(),
            fee,
            u8::from(case.held).to_string(),
            owed,
            unit,
            case.owner.to_string(),
        ];
        assert_eq!(real.map(|name| row[name].clone()), model, "case {}", case.number);
    }
    for used in rows(now, "slot_use") {
        let key = (used["plan"].clone(), used["ordinal"].parse().unwrap());
        let here = shop.slots[&key].here;
        match &*used["state"] {
            "reserved" => assert_eq!(here, Some(Taken::Reserved(place(&used["case_id"])))),
            "used" => assert_eq!(here, Some(Taken::Used(place(&used["case_id"])))),
            _ => {}
        }
    }
    let living =
        rows(now, "slot_use").iter().filter(|it| ["reserved", "used"].contains(&&*it["state"])).count();
    assert_eq!(living, shop.slots.values().filter(|slot| slot.here.is_some()).count(), "living claims");
    let units = rows(now, "unit");
    for (serial, unit) in &shop.units {
        let row = units.iter().find(|row| row["serial"] == *serial);
        let state = row.map_or("in-stock", |row| &row["state"]);
        assert_eq!(state, unit.state.as_str(), "unit {serial}");
        let kept = row.filter(|_| unit.state == stock::State::Reserved).map(|row| place(&row["case_id"]));
        assert_eq!(kept, unit.case.filter(|_| unit.state == stock::State::Reserved), "unit {serial}");
    }
    let mut real = moves(now);
    let mut model = shop.moves.clone();
    real.sort();
    model.sort();
    assert_eq!(real, model, "chains");
    old_parts(shop, now);
    plans(shop, now);
    papers(shop, now);
}

fn old_parts(shop: &Shop, now: &[Table]) {
    let mut real: Vec<[String; 3]> = rows(now, "old_part")
        .iter()
        .map(|it| [it["part"].clone(), it["serial"].clone(), it["state"].clone()])
        .collect();
    let dash = |serial: &Option<String>| serial.clone().unwrap_or_else(|| "-".to_owned());
    let mut model: Vec<[String; 3]> =
        shop.old.iter().map(|it| [it.part.to_owned(), dash(&it.serial), it.state.to_owned()]).collect();
    real.sort();
    model.sort();
    assert_eq!(real, model, "old parts");
}

/// Plans sold here, plus among them, and the serials that have a plan now.
fn plans(shop: &Shop, now: &[Table]) {
    let mut real: Vec<[String; 4]> = rows(now, "sold")
        .iter()
        .map(|it| ["number", "starts_on", "ends_on", "granted"].map(|name| it[name].clone()))
        .collect();
    let mut model = Vec::new();
    for (number, plan) in &shop.plans {
        if let Some(plus) = plan.plus.as_ref().filter(|plus| plus.number != PLUS) {
            let starts = plan.last + chrono::Duration::days(1);
            model.push([plus.number.clone(), starts.to_string(), plus.last.to_string(), "1".to_owned()]);
        }
        if !PLANS.iter().any(|makers| makers.0 == number) {
            model.push([number.clone(), plan.first.to_string(), plan.last.to_string(), "2".to_owned()]);
        }
    }
    real.sort();
    model.sort();
    assert_eq!(real, model, "plans sold here");
    let (bindings, sold, makers) = (rows(now, "binding"), rows(now, "sold"), rows(now, "plan"));
    for (number, plan) in &shop.plans {
        let living = bindings.iter().find(|it| it["plan"] == *number && it["to_at"] == "-");
        let first = || sold.iter().chain(&makers).find(|it| it["number"] == *number);
        assert_eq!(living.or_else(first).unwrap()["serial"], plan.bound, "who has plan {number}");
    }
}

/// Papers and how often each was copied.
fn papers(shop: &Shop, now: &[Table]) {
    let cases: BTreeMap<String, String> =
        rows(now, "cases").into_iter().map(|it| (it["id"].clone(), it["number"].clone())).collect();
    let of_cases = rows(now, "paper")
        .into_iter()
        .map(|it| [cases[&it["case_id"]].clone(), it["kind"].clone(), it["copies"].clone()]);
    let of_none = rows(now, "sheet")
        .into_iter()
        .map(|it| [it["subject"].clone(), it["kind"].clone(), it["copies"].clone()]);
    let mut real: Vec<[String; 3]> = of_cases.chain(of_none).collect();
    let paper = |it: &Paper| [it.subject.clone(), it.kind.to_owned(), it.copies.to_string()];
    let mut model: Vec<[String; 3]> = shop.papers.iter().map(paper).collect();
    real.sort();
    model.sort();
    assert_eq!(real, model, "papers");
}
