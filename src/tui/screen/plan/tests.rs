use rstest::rstest;

use crate::domain::day::parse_instant;
use crate::repository::registry::Kind;
use crate::tui::event::Msg;
use crate::tui::key::{Action, Place};
use crate::tui::runner::tests::Rig;

/// Activated a day ago, so that C11b is open for another day.
const NEW: &str = "08QDG6C01200B3";
/// Activated long ago.
const OLD: &str = "08QDG6C01200C3";
/// Activated two hours from now, by a mistaken record.
const AHEAD: &str = "08QDG6C01200D3";
/// With a plan of which nothing is used.
const PLANNED: &str = "08QXG6GXW0E3UA";
/// With a plan that has expired.
const EXPIRED: &str = "0ASDE7QBJ7MYTY";

const DEVICES: &str = "serial,model,purchase_region,purchased_on,activated_at\n\
    08QDG6C01200B3,mavic-pro,CH,2020-03-01,2020-03-01T09:00:00Z\n\
    08QDG6C01200C3,mavic-pro,CH,2019-06-15,2019-06-16T10:00:00Z\n\
    08QDG6C01200D3,mavic-pro,CH,2020-03-01,2020-03-02T11:00:00Z\n";

fn at_the_plan_of(serial: &str) -> Rig {
    let mut rig = Rig::filled();
    rig.bring(Kind::Devices, DEVICES);
    rig.scan(serial);
    rig.press(Action::Go(Place::Plan));
    assert!(rig.shows("> Plan"), "{}", rig.screen(80, 24));
    rig
}

#[track_caller]
fn sees(rig: &Rig, text: &str) {
    assert!(rig.shows(text), "no {text:?} in\n{}", rig.screen(80, 24));
}

/// Chooses what is to be done by its first letters, and goes to its first field.
fn choose(rig: &mut Rig, what: &str) {
    rig.kind(what);
    rig.press(Action::Accept);
}

#[test]
fn a_plan_is_bound_while_its_window_is_open_and_the_card_then_shows_it() {
    let mut rig = at_the_plan_of(NEW);
    sees(&rig, "[ok] A PLAN CAN BE BOUND - by C11b, from 2020-03-02 to 2021-03-01");
    sees(&rig, "C11b   closes in 24 h 0 min (3 Mar 2020 10:00)");
    rig.press(Action::Commit);
    sees(&rig, "The plan has no number yet");
    rig.kind("CR9");
    rig.press(Action::Commit);
    sees(&rig, "Plan CR9 is bound to 08QDG6C01200B3: 2020-03-02 to 2021-03-01.");
    sees(&rig, "Plan       CR9, sold in CH, bound by C11b, on 08QDG6C01200B3");
    rig.press(Action::Back);
    sees(&rig, "CR9");
    assert!(!rig.shows("Parked"), "what is done is not parked");
}

#[test]
fn f9_on_the_card_opens_the_plan() {
    let mut rig = Rig::filled();
    rig.scan(PLANNED);
    rig.press(Action::Commit);
    sees(&rig, "Lookup > Plan");
    sees(&rig, "Plan       CR010000099, sold in CH");
}

#[rstest]
#[case::a_minute_before("2020-03-03T09:59:00+01:00", "C11b   closes in 1 min (3 Mar 2020 10:00)")]
#[case::the_last_moment("2020-03-03T10:00:00+01:00", "C11b   closes in less than a minute")]
#[case::after("2020-03-03T10:00:01+01:00", "C11b   closed at 10:00: F5 decides again")]
fn the_clock_of_a_window_goes_on(#[case] now: &str, #[case] says: &str) {
    let mut rig = at_the_plan_of(NEW);
    rig.tell(Msg::Clock(parse_instant(now).unwrap()));
    sees(&rig, says);
}

#[test]
fn damage_is_decided_before_f9_and_refused_with_its_clause() {
    let mut rig = at_the_plan_of(NEW);
    for text in ["", "CR9", ""] {
        rig.kind(text);
        rig.press(Action::Accept);
    }
    rig.kind("d");
    sees(&rig, "[?] ASK - damage on the unit");
    rig.press(Action::Commit);
    sees(&rig, "(C6)");
    rig.kind("n");
    sees(&rig, "[ok] A PLAN CAN BE BOUND");
}

#[test]
fn plus_is_sold_once() {
    let mut rig = at_the_plan_of(PLANNED);
    sees(&rig, "[ok] PLUS CAN BE SOLD");
    rig.press(Action::Accept);
    rig.kind("PL1");
    rig.press(Action::Commit);
    sees(&rig, "Plus PL1 is sold for plan CR010000099");
    sees(&rig, "Plus       PL1,");
    sees(&rig, "[no] PLUS CANNOT BE SOLD");
    rig.press(Action::Commit);
    sees(&rig, "Plus was bought already, on 2020-03-02 (C22)");
}

#[test]
fn plus_is_not_offered_again_where_the_maker_took_one_back() {
    let mut rig = Rig::filled();
    let row = format!("PL0,plus,{PLANNED},CH,2019-05,1,CR010000099,2020-02-01,2020-02-02\n");
    let header = "number,tier,serial,region,programme,granted,extends,sold_on,returned_on\n";
    rig.bring(Kind::Plans, &format!("{header}{row}"));
    rig.scan(PLANNED);
    rig.press(Action::Go(Place::Plan));
    sees(&rig, "[no] PLUS CANNOT BE SOLD");
    sees(&rig, "Plan CR010000099 had the plus PL0 already");
    rig.press(Action::Commit);
    assert!(!rig.shows("has no number yet"), "{}", rig.screen(80, 24));
}

#[test]
fn plus_for_an_expired_plan_is_refused_with_its_clause() {
    let mut rig = at_the_plan_of(EXPIRED);
    rig.press(Action::Commit);
    sees(&rig, "The plan expired on 2018-12-19 (C21)");
}

#[test]
fn a_plan_goes_back_only_with_its_product() {
    let mut rig = at_the_plan_of(PLANNED);
    choose(&mut rig, "t");
    rig.kind("s");
    sees(&rig, "[no] THE PLAN CANNOT BE TAKEN BACK");
    rig.press(Action::Commit);
    sees(&rig, "(C17)");
    rig.kind("c");
    sees(&rig, "[ok] THE PLAN CAN BE TAKEN BACK");
    rig.press(Action::Commit);
    sees(&rig, "Plan CR010000099 is taken back on 2020-03-02.");
    sees(&rig, "Returned   on 2020-03-02");
}

#[test]
fn a_notice_opens_a_window() {
    let mut rig = at_the_plan_of(OLD);
    sees(&rig, "NO PLAN CAN BE BOUND - no window is open; video verification may open one");
    choose(&mut rig, "n");
    rig.press(Action::Commit);
    sees(&rig, "No notice is chosen");
    rig.kind("i");
    rig.press(Action::Accept);
    rig.press(Action::Commit);
    sees(&rig, "Noted: invitation after an official repair, sent 2020-03-02 10:00.");
    sees(&rig, "[ok] A PLAN CAN BE BOUND - by C11d");
}

#[test]
fn a_moment_that_cannot_be_read_says_how_to_write_it() {
    let mut rig = at_the_plan_of(OLD);
    choose(&mut rig, "n");
    rig.kind("i");
    rig.press(Action::Accept);
    rig.kind("x");
    rig.press(Action::Commit);
    sees(&rig, "\"nowx\" is no moment");
    sees(&rig, "Write it as 2020-03-02 10:00");
}

#[test]
fn an_activation_that_lies_ahead_is_said_in_plain_words_with_what_to_do() {
    let mut rig = at_the_plan_of(AHEAD);
    sees(&rig, "The maker's record says that this product is activated only later than now:");
    sees(&rig, "check this counter's clock");
    rig.press(Action::Commit);
    sees(&rig, "[no] The maker's record");
    sees(&rig, "     Check this counter's clock");
    for raw in ["bind.at", "activated_at"] {
        assert!(!rig.shows(raw), "{}", rig.screen(80, 24));
    }
}

#[test]
fn a_form_that_is_left_is_parked_and_taken_up_again() {
    let mut rig = at_the_plan_of(NEW);
    rig.press(Action::Accept);
    rig.kind("CR9");
    rig.press(Action::Back);
    sees(&rig, "Parked: bind a plan for 08QDG6C01200B3.");
    rig.press(Action::Parked);
    rig.press(Action::Accept);
    sees(&rig, "Plan number       CR9");
    rig.press(Action::Commit);
    sees(&rig, "Plan CR9 is bound");
    rig.press(Action::Parked);
    sees(&rig, "Nothing is parked");
}

#[test]
fn the_page_draws_at_every_size() {
    let rig = at_the_plan_of(PLANNED);
    for (width, height) in [(1, 1), (40, 10), (60, 20), (80, 24), (120, 40)] {
        rig.screen(width, height);
    }
}
