use rstest::rstest;

use super::rows::wait;
use super::*;
use crate::desk::trial;
use crate::domain::case::Choice;
use crate::tui::effect::Effect;
use crate::tui::run::Done;
use crate::tui::runner::tests::Rig;
use crate::tui::screen::counter::{Bench, COVERED, WIDE_NAME, fill_in, new_case};

fn record(bench: &mut Bench, serial: &str) {
    let mut page = new_case(bench, serial);
    fill_in(bench, &mut page);
    bench.press(&mut page, Action::Commit);
    assert!(bench.said.last().is_some_and(|said| said.contains("taken in")), "{:?}", bench.said);
}

#[test]
fn the_queue_lines_wide_names_up_and_opens_the_marked_case() {
    let mut bench = Bench::new();
    record(&mut bench, WIDE_NAME);
    record(&mut bench, COVERED);
    let mut page = QueuePage::new();
    bench.open(&mut page);
    insta::assert_snapshot!(bench.drawn(&page, (78, 6)), @r#"
    "2 open cases, the longest in their state first                                "
    " In state  Case          Phone           Customer           What              "
    "RECEIVED, to be assessed (2)                                                  "
    " 0 min     0001-00001-5  +7830311100     李小龙金大中       accident          " Hidden by multi-width symbols: [(42, " "), (44, " "), (46, " "), (48, " "), (50, " "), (52, " ")]
    " 0 min     0001-00002-8  +3131896868     Anaïs Lefèvre      accident          "
    "                                                                              "
    "#);
    bench.press(&mut page, Action::Down);
    bench.press(&mut page, Action::Accept);
    assert!(
        matches!(bench.opened.as_slice(), [Destination::Case(number)] if number == "0001-00002-8"),
        "{:?}",
        bench.opened
    );
    bench.draw_at_every_size(&page);
}

#[test]
fn an_empty_queue_says_what_to_do() {
    let mut bench = Bench::new();
    let mut page = QueuePage::new();
    bench.open(&mut page);
    assert!(bench.drawn(&page, (78, 6)).contains("No case is open. Scan a unit to begin one."));
    bench.press(&mut page, Action::Accept);
    assert!(bench.opened.is_empty());
}

#[rstest]
#[case::minutes("2019-12-02T09:18:00-08:00", "42 min")]
#[case::under_an_hour("2019-12-02T09:00:01-08:00", "59 min")]
#[case::an_hour("2019-12-02T09:00:00-08:00", "1 h 0 m")]
#[case::under_a_day("2019-12-01T10:00:01-08:00", "23 h 59 m")]
#[case::a_day("2019-12-01T10:00:00-08:00", "1 d 0 h")]
#[case::a_clock_that_went_back("2019-12-02T11:00:00-08:00", "0 min")]
#[case::no_moment("yesterday", "not known")]
fn a_wait_is_told_in_its_two_largest_units(#[case] since: &str, #[case] says: &str) {
    let now = "2019-12-02T10:00:00-08:00".parse().unwrap();
    assert_eq!(wait(since, now), says);
}

fn line(number: &str, (state, since): (&str, &str), customer: &str) -> Line {
    Line {
        number: number.to_owned(),
        state: state.to_owned(),
        outcome: "none".to_owned(),
        cause: "normal-use".to_owned(),
        serial: COVERED.to_owned(),
        customer: customer.to_owned(),
        phone: Some("+3131896868".to_owned()),
        recorded_at: "2019-11-01T10:00:00-08:00".to_owned(),
        since: since.to_owned(),
        held: false,
        held_reason: None,
        told_at: None,
    }
}

#[test]
fn cases_stand_by_their_state_those_to_be_told_on_top_and_held_ones_apart() {
    let bench = Bench::new();
    let mut page = QueuePage::new();
    let held = line("0001-00001-5", ("ASSESSED", "2019-11-02T10:00:00-08:00"), "李小龙金大中");
    let held = Line { held: true, held_reason: Some("waits for a part from Shenzhen".to_owned()), ..held };
    let told = line("0001-00002-8", ("READY", "2019-11-03T10:00:00-08:00"), "Anaïs Lefèvre");
    let told = Line { told_at: Some("2019-11-04T10:00:00-08:00".to_owned()), ..told };
    page.take(Ok(vec![
        held,
        told,
        line("0001-00003-1", ("RECEIVED", "2019-11-30T09:00:00-08:00"), "Kim"),
        line("0001-00004-4", ("RECEIVED", "2019-12-02T09:00:00-08:00"), "이순신"),
        line("0001-00005-7", ("READY", "2019-12-02T09:30:00-08:00"), "金大中"),
    ]));
    insta::assert_snapshot!(bench.drawn(&page, (78, 14)), @r#"
    "5 open cases, the longest in their state first                                "
    " In state  Case          Phone           Customer           What              "
    "READY, NOT TOLD (1)                                                           "
    " 30 min    0001-00005-7  +3131896868     金大中             normal use        " Hidden by multi-width symbols: [(42, " "), (44, " "), (46, " ")]
    "RECEIVED, to be assessed (2)                                                  "
    " 2 d 1 h   0001-00003-1  +3131896868     Kim                normal use        "
    " 1 h 0 m   0001-00004-4  +3131896868     이순신             normal use        " Hidden by multi-width symbols: [(42, " "), (44, " "), (46, " ")]
    "READY, the customer was told (1)                                              "
    " 29 d 0 h  0001-00002-8  +3131896868     Anaïs Lefèvre      normal use        "
    "ON HOLD (1)                                                                   "
    " 30 d 0 h  0001-00001-5  +3131896868     李小龙金大中       assessed: waits … " Hidden by multi-width symbols: [(42, " "), (44, " "), (46, " "), (48, " "), (50, " "), (52, " ")]
    "                                                                              "
    "                                                                              "
    "Call 金大中 (+3131896868), then press F9.                                     " Hidden by multi-width symbols: [(6, " "), (8, " "), (10, " ")]
    "#);
    assert!(bench.drawn(&page, (118, 14)).contains("assessed: waits for a part"));
    page.list = List::new(5).with_at(4);
    assert_eq!(page.about(), "On hold: waits for a part from Shenzhen");
    bench.draw_at_every_size(&page);
}

/// A counter with one case that is ready, and its number.
fn ready() -> (Rig, String) {
    let mut rig = Rig::filled();
    let draft = trial::crashed("08QXG6GXW0E3UA", ("李娜", "+41431234567"));
    let number = done(&mut rig, Effect::WalkIn(Box::new(draft), None, "r1".to_owned())).number;
    let found = trial::found("nothing is wrong with it");
    done(&mut rig, Effect::Assess(number.clone(), Box::new(found), "r2".to_owned()));
    let reason = Some("it flies".to_owned());
    let wish =
        crate::desk::choose::Wish { choice: Choice::NoFault, price: None, reason, owner: None, by: None };
    done(&mut rig, Effect::Choose(number.clone(), wish, "r3".to_owned()));
    (rig, number)
}

fn done(rig: &mut Rig, effect: Effect) -> Box<crate::desk::CaseView> {
    match rig.do_effect(effect) {
        Done::Answer(Answer::Case(Ok(case))) => case,
        _ => panic!("it was refused"),
    }
}

#[test]
fn a_customer_whose_unit_is_ready_is_told_once() {
    let (mut rig, number) = ready();
    rig.press(Action::Go(crate::tui::key::Place::Queue));
    assert!(rig.shows("READY, NOT TOLD (1)"), "{}", rig.screen(80, 24));
    assert!(rig.shows("Call 李娜 (+41431234567), then press F9."), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(
        rig.shows(&format!("Noted: 李娜 was told that case {number} is ready.")),
        "{}",
        rig.screen(80, 24)
    );
    assert!(rig.shows("READY, the customer was told (1)"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("Nobody to be told is marked"), "{}", rig.screen(80, 24));
}
