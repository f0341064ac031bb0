//! Enrolment on a desk in memory: both sides of each window, what stands against a sale, and what is kept.

use rstest::rstest;

use super::*;
use crate::desk::import::{BadRows, Ended};
use crate::desk::{question, trial};
use crate::domain::day::parse_instant;
use crate::domain::decision::{Rule, clocks, decide};
use crate::domain::edition::Editions;
use crate::domain::facts::{Ask, Facts};
use crate::programme;
use crate::repository::journal::{Clock as Source, Stamp, new_id};
use crate::repository::registry::Kind;

const AIRCRAFT: &str = "08QDG6C01200B3";
const OLD: &str = "08QDG6C01200C3";
const HANDHELD: &str = "0K1XH34GTPE36Y";
const NEW: &str = "08QDG6C01200D3";
const DEVICES: &str = "serial,model,purchase_region,purchased_on,activated_at\n\
    08QDG6C01200B3,mavic-pro,US,2020-03-01,2020-03-01T10:00:00Z\n\
    08QDG6C01200C3,mavic-pro,US,2019-06-15,2019-06-16T10:00:00Z\n\
    0K1XH34GTPE36Y,osmo-pocket,US,2020-02-01,2020-02-01T20:00:00-08:00\n\
    08QDG6C01200D3,mavic-pro,US,2020-03-01,never\n";

fn at(moment: &str) -> Act {
    let stamp = Stamp { at: parse_instant(moment).unwrap(), actor: "Ann".to_owned(), clock: Source::Given };
    Act { stamp, request: new_id() }
}

fn desk() -> Desk {
    let mut desk = trial::desk(&at("2020-01-01T08:00:00-08:00"), trial::editions());
    bring(&mut desk, Kind::Devices, DEVICES);
    desk
}

fn bring(desk: &mut Desk, kind: Kind, text: &str) {
    assert_eq!(problems(desk, kind, text), Vec::<String>::new());
}

fn problems(desk: &mut Desk, kind: Kind, text: &str) -> Vec<String> {
    let stamp = at("2020-03-02T10:00:00-08:00").stamp;
    let report = trial::bring(desk, stamp, (kind, text), BadRows::RefuseAll);
    assert_eq!(report.ended == Ended::Refused, !report.bad.is_empty());
    report.bad.iter().map(ToString::to_string).collect()
}

fn guard<T: std::fmt::Debug>(result: Result<T, Failure>) -> Guard {
    match result {
        Err(Failure::Refused(refused)) => refused.guard,
        other => panic!("no guard: {other:?}"),
    }
}

fn field<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    match result {
        Err(Failure::Facts(refusal)) => refusal.field,
        other => panic!("no field: {other:?}"),
    }
}

fn well(desk: &mut Desk) {
    assert_eq!(desk.verify().unwrap(), Vec::<String>::new());
}

/// What the device's card says of binding a plan.
fn on_card(desk: &mut Desk, act: &Act, serial: &str) -> Verdict {
    desk.card(act, serial).unwrap().unwrap().binding.unwrap().verdict
}

/// A desk that sold P-1 for the aircraft on 2 March 2020.
fn sold() -> Desk {
    let mut desk = desk();
    desk.bind_plan(&at("2020-03-02T10:00:00-08:00"), &Unit::of(AIRCRAFT), "P-1").unwrap();
    desk
}

#[rstest]
#[case::forty_eight_hours(AIRCRAFT, None, "2020-03-03T02:00:00-08:00", "C11b")]
#[case::thirty_days(HANDHELD, None, "2020-03-02T23:59:59-08:00", "C11c")]
#[case::seventy_two_hours_after_an_invitation(OLD, Some(Notice::Repair), "2020-03-04T02:00:00-08:00", "C11d")]
#[case::seventy_two_hours_after_an_approval(OLD, Some(Notice::Approved), "2020-03-04T02:00:00-08:00", "C11e")]
fn a_window_is_open_to_its_last_second_and_no_longer(
    #[case] serial: &str,
    #[case] told: Option<Notice>,
    #[case] last: &str,
    #[case] criterion: &str,
) {
    let mut desk = desk();
    if let Some(kind) = told {
        let sent = parse_instant("2020-03-01T10:00:00Z").unwrap();
        desk.record_notice(&at("2020-03-01T12:00:00Z"), (serial, kind), Some(sent)).unwrap();
    }
    let mut late = at(last);
    late.stamp.at += chrono::TimeDelta::seconds(1);
    let unit = Unit::of(serial);
    assert_eq!(guard(desk.bind_plan(&late, &unit, "P-9")), Guard::NotCovered);
    assert!(desk.bindable(&late, &unit).unwrap().clocks.is_empty());

    assert_ne!(on_card(&mut desk, &late, serial), Verdict::Bind);

    assert_eq!(on_card(&mut desk, &at(last), serial), Verdict::Bind);
    let open = desk.bindable(&at(last), &unit).unwrap().clocks;
    assert_eq!(open.iter().map(|open| open.criterion.as_str()).collect::<Vec<_>>(), [criterion]);
    assert_eq!(open[0].closes_at.as_deref(), Some(last));
    assert!(open[0].say.starts_with("closes in less than a minute"), "{}", open[0].say);
    let plan = desk.bind_plan(&at(last), &unit, "P-9").unwrap();
    assert_eq!(plan.criterion.as_deref(), Some(criterion));
    assert_eq!((plan.starts_on.as_str(), plan.granted, plan.balance), (last.get(..10).unwrap(), 2, 2));
    well(&mut desk);
}

#[test]
fn a_plan_that_is_sold_says_its_term_and_stands_on_the_card() {
    let mut desk = sold();
    let plan = desk.plan(&at("2020-03-02T10:00:00-08:00"), "P-1").unwrap();
    assert_eq!((plan.starts_on.as_str(), plan.ends_on.as_str()), ("2020-03-02", "2021-03-01"));
    assert_eq!(plan.decisions.iter().map(|it| it.verdict.as_str()).collect::<Vec<_>>(), ["bind"]);
    let card = desk.card(&at("2020-03-03T10:00:00-08:00"), AIRCRAFT).unwrap().unwrap();
    assert_eq!(card.plan.unwrap().number, "P-1");
    assert_eq!(desk.look_up("P-1X", 9).unwrap(), []);
    assert_eq!(desk.look_up("p-1 ", 9).unwrap().len(), 1, "the whole number");
    assert_eq!(desk.look_up("p- ", 9).unwrap().len(), 0, "its start alone is too short");
    well(&mut desk);
}

#[test]
fn damage_that_an_open_case_speaks_of_is_known_on_the_card_too() {
    let mut desk = desk();
    let now = at("2020-03-02T10:00:00-08:00");
    assert_eq!(on_card(&mut desk, &now, AIRCRAFT), Verdict::Bind);
    desk.walk_in(&now, &trial::crashed(AIRCRAFT, ("Ann", "+1415")), None).unwrap();
    assert_eq!(on_card(&mut desk, &now, AIRCRAFT), Verdict::Refer);
    assert_eq!(desk.bindable(&now, &Unit::of(AIRCRAFT)).unwrap().decision.verdict, Verdict::Refer);
}

#[test]
fn a_serial_takes_one_plan_and_a_number_is_used_once() {
    let mut desk = sold();
    let now = at("2020-03-02T11:00:00-08:00");
    assert_eq!(guard(desk.bind_plan(&now, &Unit::of(AIRCRAFT), "P-2")), Guard::NotCovered);
    let sealed = Unit { condition: Condition::Sealed, ..Unit::of(NEW) };
    let now = at("2020-03-02T11:00:00-08:00");
    assert_eq!(field(desk.bind_plan(&now, &sealed, " P-1")), "number");
    assert_eq!(field(desk.bind_plan(&now, &sealed, " ")), "number");
    assert_eq!(desk.bind_plan(&now, &sealed, "P-2").unwrap().criterion.as_deref(), Some("C11a"));
    well(&mut desk);
}

#[rstest]
#[case::nobody_looked(Unit::of(NEW), Guard::Refer)]
#[case::opened(Unit { condition: Condition::Opened, ..Unit::of(NEW) }, Guard::Refer)]
#[case::damaged(Unit { damaged: true, ..Unit::of(AIRCRAFT) }, Guard::Refer)]
#[case::too_late(Unit::of(OLD), Guard::NotCovered)]
#[case::stranger(Unit::of("08QDG6C01200Z3"), Guard::NoSuchDevice)]
fn what_is_not_sure_is_referred_and_what_is_closed_refused(#[case] unit: Unit, #[case] expected: Guard) {
    let mut desk = desk();
    let now = at("2020-03-02T10:00:00-08:00");
    assert_eq!(guard(desk.bind_plan(&now, &unit, "P-9")), expected);
    assert_eq!(field(desk.plan(&now, "P-9")), "plan", "a refused act leaves nothing");
    well(&mut desk);
}

#[test]
fn the_same_request_sells_one_plan() {
    let mut desk = desk();
    let now = at("2020-03-02T10:00:00-08:00");
    let first = desk.bind_plan(&now, &Unit::of(AIRCRAFT), "P-1").unwrap();
    assert_eq!(desk.bind_plan(&now, &Unit::of(AIRCRAFT), "P-1").unwrap(), first);
    well(&mut desk);
}

#[test]
fn plus_is_sold_once_while_the_plan_runs() {
    let mut desk = sold();
    let last = at("2021-03-01T20:00:00-08:00");
    let plan = desk.extend_plan(&last, "P-1", "P-1P").unwrap();
    let plus = plan.plus.unwrap();
    assert_eq!(
        (plus.starts_on.as_str(), plus.ends_on.as_str(), plus.granted),
        ("2021-03-02", "2022-03-01", 1)
    );
    assert_eq!(guard(desk.extend_plan(&at("2021-03-01T21:00:00-08:00"), "P-1", "P-1Q")), Guard::NotCovered);
    assert_eq!(field(desk.plan(&last, "P-1P")), "plan", "a plus is named by its plan");
    let mut desk = sold();
    let late = at("2021-03-02T00:00:00-08:00");
    assert_eq!(guard(desk.extend_plan(&late, "P-1", "P-1P")), Guard::NotCovered);
    well(&mut desk);
}

#[test]
fn a_plan_goes_back_with_its_product_only_and_only_once() {
    let mut desk = sold();
    let now = at("2020-03-05T10:00:00-08:00");
    assert_eq!(guard(desk.return_plan(&now, "P-1", ProductGoes::Stays)), Guard::NotCovered);
    let plan = desk.return_plan(&now, "P-1", ProductGoes::Back).unwrap();
    assert_eq!(plan.returned_on.as_deref(), Some("2020-03-05"));
    let again = at("2020-03-06T10:00:00-08:00");
    assert_eq!(guard(desk.return_plan(&again, "P-1", ProductGoes::Back)), Guard::NotCovered);
    let before = at("2020-03-04T10:00:00-08:00");
    assert_eq!(guard(desk.return_plan(&before, "P-1", ProductGoes::Back)), Guard::NotCovered);
    assert_eq!(guard(desk.extend_plan(&again, "P-1", "P-1P")), Guard::NotCovered);
    let card = desk.card(&again, AIRCRAFT).unwrap().unwrap();
    let plan = card.today.findings.iter().find(|finding| finding.rule == Rule::Plan).unwrap();
    assert_eq!(plan.outcome, Outcome::Fail, "{}", plan.say);
    well(&mut desk);
}

#[rstest]
#[case::the_makers(false)]
#[case::sold_here(true)]
fn the_makers_next_plan_follows_one_that_was_given_back_here(#[case] sold_here: bool) {
    const HEADER: &str = "number,tier,serial,region,granted,extends,starts_on,ends_on,sold_on\n";
    let row = |number: &str, day: &str| format!("{number},refresh,{AIRCRAFT},US,2,,{day},,{day}\n");
    let (first, next) = (row("P-1", "2020-03-02"), row("M-2", "2020-03-05"));
    let mut desk = if sold_here { sold() } else { desk() };
    if !sold_here {
        bring(&mut desk, Kind::Plans, &format!("{HEADER}{first}"));
    }
    let bad = problems(&mut desk, Kind::Plans, &format!("{HEADER}{next}"));
    assert!(bad[0].contains("has the plan P-1 already"), "{bad:?}");
    desk.return_plan(&at("2020-03-04T10:00:00-08:00"), "P-1", ProductGoes::Back).unwrap();
    let now = at("2020-03-06T10:00:00-08:00");
    let on_card = |desk: &mut Desk| desk.card(&now, AIRCRAFT).unwrap().unwrap().plan.unwrap().number;
    assert_eq!(on_card(&mut desk), "P-1", "until there is another");
    for file in [&next, &next, &first, &format!("{first}{next}"), &format!("{next}{first}")] {
        bring(&mut desk, Kind::Plans, &format!("{HEADER}{file}"));
        assert_eq!(on_card(&mut desk), "M-2");
        let returned = desk.plan(&now, "P-1").unwrap().returned_on;
        assert_eq!(returned.as_deref(), Some("2020-03-04"), "the day it was given back here");
        let [other] = <[_; 1]>::try_from(desk.card(&now, AIRCRAFT).unwrap().unwrap().more_plans).unwrap();
        assert_eq!((other.number.as_str(), other.returned_on), ("P-1", "2020-03-04".parse().ok()));
        well(&mut desk);
    }
    let third = problems(&mut desk, Kind::Plans, &format!("{HEADER}{}", row("M-3", "2020-03-06")));
    assert!(third[0].contains("has the plan M-2 already"), "{third:?}");
    assert_eq!(guard(desk.bind_plan(&now, &Unit::of(AIRCRAFT), "P-9")), Guard::NotCovered, "not here");
}

#[test]
fn a_notice_is_written_down_once_and_not_before_it_was_sent() {
    let mut desk = desk();
    let now = at("2020-03-02T10:00:00-08:00");
    let sent = |text| Some(parse_instant(text).unwrap());
    let told = (OLD, Notice::Approved);
    assert_eq!(field(desk.record_notice(&now, told, sent("2020-03-02T18:00:01Z"))), "issued_at");
    desk.record_notice(&now, told, sent("2020-03-02T18:00:00Z")).unwrap();
    let now = at("2020-03-02T10:00:00-08:00");
    assert_eq!(field(desk.record_notice(&now, told, None)), "issued_at", "the same moment in another zone");
    desk.record_notice(&now, (OLD, Notice::Repair), None).unwrap();
    well(&mut desk);
}

#[test]
fn a_makers_file_may_bring_the_plan_that_was_sold_here_and_no_other_for_its_product() {
    const HEADER: &str = "number,tier,serial,region,granted,extends,starts_on,ends_on,sold_on\n";
    let mut desk = sold();
    let other = format!("{HEADER}M-1,refresh,{AIRCRAFT},US,2,,2020-03-02,,2020-03-02\n");
    let bad = problems(&mut desk, Kind::Plans, &other);
    assert!(bad[0].contains("has the plan P-1 already, sold here"), "{bad:?}");
    let plus = format!("{HEADER}P-1,plus,{AIRCRAFT},US,1,P-7,,,2020-03-02\n");
    assert!(problems(&mut desk, Kind::Plans, &plus)[0].contains("was sold here as a refresh plan"));
    let plus = format!("{HEADER}M-1P,plus,{AIRCRAFT},US,1,P-1,,,2020-04-02\n");
    bring(&mut desk, Kind::Plans, &plus);
    let same = format!("{HEADER}P-1,,,,,,,2021-03-31,\n");
    bring(&mut desk, Kind::Plans, &same);
    let plan = desk.plan(&at("2020-05-02T10:00:00-08:00"), "P-1").unwrap();
    assert_eq!((plan.ends_on.as_str(), plan.granted), ("2021-03-31", 2));
    assert_eq!(plan.plus.unwrap().number, "M-1P");
    well(&mut desk);
}

#[rstest]
#[case::as_returned("P-1,refresh,08QDG6C01200B3,US,2,2020-03-02,2020-03-04\n", Some(("08QDG6C01200B3", Some("2020-03-04"))))]
#[case::on_another_product("P-1,refresh,08QDG6C01200C3,US,2,2020-03-02,\n", None)]
fn a_plan_sold_here_is_to_its_card_what_the_makers_record_made_of_it(
    #[case] row: &str,
    #[case] has: Option<(&str, Option<&str>)>,
) {
    let mut desk = sold();
    let now = at("2020-03-05T10:00:00-08:00");
    bring(&mut desk, Kind::Plans, &format!("number,tier,serial,region,granted,starts_on,returned_on\n{row}"));
    let card = desk.card(&now, AIRCRAFT).unwrap().unwrap();
    let on_card = card.plan.map(|plan| (plan.bound, plan.returned_on.map(|day| day.to_string())));
    assert_eq!(on_card, has.map(|(serial, day)| (serial.to_owned(), day.map(str::to_owned))));
    assert!(card.today.verdict != Verdict::Replacement, "{:?}", card.today);
    let view = desk.plan(&now, "P-1").unwrap();
    assert_eq!(on_card.is_some(), view.serial == AIRCRAFT);
    assert_eq!(on_card.and_then(|(_, day)| day), view.returned_on);
    well(&mut desk);
}

#[test]
fn a_plan_is_found_by_its_number_as_it_was_typed_and_by_its_pluss_where_it_is_now() {
    let mut desk = desk();
    let now = at("2020-03-02T10:00:00-08:00");
    desk.bind_plan(&now, &Unit::of(AIRCRAFT), "p-Old/7").unwrap();
    desk.extend_plan(&now, "p-Old/7", "X-7").unwrap();
    assert_eq!(field(desk.bind_plan(&now, &Unit::of(HANDHELD), "x-7")), "number");
    assert_eq!(field(desk.plan(&now, "x-7")), "plan", "the plus is no plan, however it is typed");
    // The maker's record has another product for the plan by now; its plus stands as it was sold.
    let row = format!("P-7,refresh,{OLD},US,2,2020-03-02\n");
    bring(&mut desk, Kind::Plans, &format!("number,tier,serial,region,granted,starts_on\n{row}"));
    let moved = format!("p-Old/7,refresh,{NEW},US,2,2020-03-02\n");
    bring(&mut desk, Kind::Plans, &format!("number,tier,serial,region,granted,starts_on\n{moved}"));
    for (typed, serial) in [("p-Old/7", NEW), ("X-7", NEW), ("x-7", NEW), ("p-7", OLD), ("P-7", OLD)] {
        let hits = desk.look_up(typed, 20).unwrap();
        let hits: Vec<_> = hits.iter().map(|hit| (hit.serial.as_str(), hit.why.as_str())).collect();
        assert_eq!(hits, [(serial, "plan number")], "{typed}");
    }
    assert_eq!(desk.plan(&now, "p-7").unwrap().number, "P-7");
}

#[test]
fn a_plan_with_an_open_case_is_not_said_to_go_back() {
    let mut desk = sold();
    let now = at("2020-03-02T11:00:00-08:00");
    assert_eq!(desk.returnable(&now, "P-1", ProductGoes::Back).unwrap().stands, None);
    desk.record(&now, &trial::crashed(AIRCRAFT, ("Maria", "1"))).unwrap();
    let stands = desk.returnable(&now, "P-1", ProductGoes::Back).unwrap().stands.unwrap();
    assert_eq!(stands.guard, Guard::OpenCase);
    let refused = desk.return_plan(&at("2020-03-02T11:00:00-08:00"), "P-1", ProductGoes::Back).unwrap_err();
    assert_eq!(refused.to_string(), stands.say);
}

#[rstest]
#[case(include_str!("../../../tests/fixtures/decisions.jsonl"))]
#[case(include_str!("../../../tests/fixtures/own-decisions.jsonl"))]
#[case(include_str!("../../../tests/fixtures/own-decisions-stricter.jsonl"))]
fn the_clocks_say_of_every_example_what_the_decision_says(#[case] examples: &str) {
    let editions = programme::editions(Some(std::path::Path::new("tests/fixtures/programmes"))).unwrap();
    let facts = examples.lines().filter_map(|line| {
        let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
        line.as_object_mut().unwrap().remove("expect");
        let facts = line.get("facts").cloned().unwrap_or(line);
        question::read(&facts.to_string()).ok().filter(|facts| facts.ask == Ask::Bind)
    });
    let mut seen = 0;
    for facts in facts {
        let Some((held, open)) = criteria(&facts, &editions) else { continue };
        assert_eq!(held, open.first().map(|open| open.criterion), "{facts:?}");
        seen += 1;
        let Some(closes) = open.first().and_then(|open| open.closes) else { continue };
        for (later, still) in [(0, true), (1, false)] {
            let mut then = facts.clone();
            let moment = closes + chrono::TimeDelta::seconds(later);
            then.bind.as_mut().unwrap().at = Some(moment);
            let (held_then, _) = criteria(&then, &editions).unwrap();
            assert_eq!(held_then == held, still, "{held:?} at {moment}: {facts:?}");
        }
    }
    assert!(seen > 0, "no example asks to bind");
}

/// The criterion that the decision found, and those that have a clock.
fn criteria(
    facts: &Facts,
    editions: &Editions,
) -> Option<(Option<Clause>, Vec<crate::domain::decision::Clock>)> {
    let question = facts.clone().check(editions).ok()?;
    let tried = [Rule::New, Rule::Activation, Rule::Handheld, Rule::Invitation, Rule::Video];
    let held = decide(&question)
        .findings
        .iter()
        .find(|finding| finding.outcome == Outcome::Pass && tried.contains(&finding.rule))
        .map(|finding| finding.clauses[0]);
    Some((held, clocks(&question)))
}

#[rstest]
#[case::hours_and_minutes("2020-03-03T08:53:00-08:00", "closes in 5 h 12 min (3 Mar 2020 14:05)")]
#[case::the_last_minute("2020-03-03T14:04:01-08:00", "closes in less than a minute (3 Mar 2020 14:05)")]
#[case::minutes("2020-03-03T13:06:00-08:00", "closes in 59 min (3 Mar 2020 14:05)")]
#[case::three_days("2020-02-29T14:05:00-08:00", "closes in 72 h 0 min (3 Mar 2020 14:05)")]
#[case::more_than_three_days("2020-02-29T13:05:00-08:00", "closes in 3 days 1 h (3 Mar 2020 14:05)")]
fn a_clock_says_how_long_it_stays_open(#[case] now: &str, #[case] words: &str) {
    let closes = parse_instant("2020-03-03T14:05:00-08:00").ok();
    let clock = crate::domain::decision::Clock { criterion: Clause::C11b, closes };
    assert_eq!(clock.words(parse_instant(now).unwrap()), words);
    let endless = crate::domain::decision::Clock { closes: None, ..clock };
    assert_eq!(endless.words(parse_instant(now).unwrap()), "no time limit");
}
