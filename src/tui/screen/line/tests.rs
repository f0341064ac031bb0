use rstest::rstest;

use crate::desk::record::Draft;
use crate::desk::trial;
use crate::domain::day::parse_instant;
use crate::paper::text;
use crate::tui::effect::{Answer, Effect};
use crate::tui::event::Msg;
use crate::tui::key::{Action, Place};
use crate::tui::run::Done;
use crate::tui::runner::tests::Rig;

fn draft(serial: &str, name: &str) -> Box<Draft> {
    Box::new(trial::crashed(serial, (name, "+41431234567")))
}

fn made(rig: &mut Rig, effect: Effect) -> String {
    match rig.do_effect(effect) {
        Done::Answer(Answer::Case(Ok(case))) => case.number,
        _ => panic!("no case was made"),
    }
}

/// A counter where 李娜 is expected: her case is recorded.
fn expecting() -> (Rig, String) {
    let mut rig = Rig::filled();
    let number = made(&mut rig, Effect::Record(draft("08QXG6GXW0E3UA", "李娜"), "r1".to_owned()));
    (rig, number)
}

#[track_caller]
fn sees(rig: &Rig, text: &str) {
    assert!(rig.shows(text), "no {text:?} in\n{}", rig.screen(80, 24));
}

/// Books her for today at ten, from the queue; ends in the queue.
fn booked() -> (Rig, String) {
    let (mut rig, number) = expecting();
    rig.press(Action::Go(Place::Queue));
    rig.press(Action::Values);
    sees(&rig, "> Appointment");
    sees(&rig, "No appointment is booked");
    rig.press(Action::Commit);
    sees(&rig, &format!("Case {number} is booked for 2020-03-02 10:00."));
    (rig, number)
}

#[test]
fn a_booked_case_stands_in_the_line_and_enter_opens_it_to_be_received() {
    let (mut rig, number) = booked();
    rig.press(Action::Next);
    sees(&rig, "Today (2020-03-02, Monday): 1 in the order of their turn");
    sees(&rig, "10:00 booked");
    rig.press(Action::Accept);
    sees(&rig, &format!("Case {number}"));
}

#[test]
fn a_line_that_was_read_yesterday_is_not_said_to_be_todays() {
    let (mut rig, _) = booked();
    rig.press(Action::Next);
    rig.tell(Msg::Clock(parse_instant("2020-03-03T09:00:00+01:00").unwrap()));
    sees(&rig, "Yesterday (2020-03-02, Monday): 1 in the order of their turn");
    rig.press(Action::Recheck);
    sees(&rig, "Today (2020-03-03, Tuesday): nobody is booked or waits.");
}

#[rstest]
#[case::the_day_after(&[Action::Right], "Today (2020-03-03, Tuesday)")]
#[case::the_day_before(&[Action::Left], "The line (2020-03-01, Sunday)")]
#[case::there_and_back(&[Action::Right, Action::Left], "Yesterday (2020-03-02, Monday)")]
#[case::a_day_somebody_went_to(&[Action::Left, Action::Recheck], "The line (2020-03-01, Sunday)")]
#[case::back_to_yesterday(&[Action::Right, Action::Left, Action::Recheck], "Yesterday (2020-03-02, Monday)")]
fn after_midnight_left_and_right_go_from_the_day_that_is_shown(#[case] keys: &[Action], #[case] says: &str) {
    let (mut rig, _) = booked();
    rig.press(Action::Next);
    rig.tell(Msg::Clock(parse_instant("2020-03-03T09:00:00+01:00").unwrap()));
    for key in keys {
        rig.press(*key);
    }
    sees(&rig, says);
}

#[test]
fn tomorrows_line_is_todays_after_midnight_and_stays_where_it_is() {
    let (mut rig, _) = booked();
    rig.press(Action::Next);
    rig.press(Action::Right);
    rig.tell(Msg::Clock(parse_instant("2020-03-03T09:00:00+01:00").unwrap()));
    sees(&rig, "Today (2020-03-03, Tuesday)");
    rig.press(Action::Recheck);
    sees(&rig, "Today (2020-03-03, Tuesday)");
}

#[test]
fn wide_names_line_up_in_the_line() {
    let (mut rig, _) = booked();
    made(&mut rig, Effect::WalkIn(draft("0ASDE7QBJ7MYTY", "Liam O’Neill"), None, "r2".to_owned()));
    rig.press(Action::Go(Place::Line));
    let screen = rig.screen(80, 24);
    let before = |product: &str| {
        let line = screen.lines().find(|line| line.contains(product)).expect("a row of the line");
        text::width(line.split(product).next().unwrap())
    };
    assert_eq!(before("Mavic Pro"), before("Spark"), "{screen}");
    assert!(
        screen.find("李娜") < screen.find("Liam"),
        "a booking goes before a walk-in of its time\n{screen}"
    );
}

#[test]
fn an_appointment_is_moved_to_another_day() {
    let (mut rig, number) = booked();
    rig.press(Action::Go(Place::Line));
    rig.press(Action::Values);
    sees(&rig, "Booked for 2020-03-02 10:00, Monday");
    rig.press(Action::PageDown);
    sees(&rig, "F9 move to 09:00");
    rig.press(Action::Commit);
    sees(&rig, &format!("Case {number} is moved to 2020-03-03 09:00."));
    sees(&rig, "Today (2020-03-02, Monday): nobody is booked or waits.");
    rig.press(Action::Right);
    sees(&rig, "Tomorrow (2020-03-03, Tuesday): 1");
    sees(&rig, "09:00 booked");
}

#[test]
fn a_time_is_picked_from_the_free_ones() {
    let (mut rig, number) = expecting();
    rig.press(Action::Go(Place::Queue));
    rig.press(Action::Values);
    rig.press(Action::Accept);
    rig.press(Action::Values);
    rig.press(Action::Down);
    rig.press(Action::Accept);
    rig.press(Action::Commit);
    sees(&rig, &format!("Case {number} is booked for 2020-03-02 10:20."));
}

#[test]
fn an_appointment_is_called_off_and_nobody_came_waits_for_its_time() {
    let (mut rig, number) = booked();
    rig.press(Action::Values);
    rig.kind("n");
    rig.press(Action::Commit);
    sees(&rig, "Wait until it is over");
    rig.kind("c");
    rig.press(Action::Commit);
    sees(&rig, &format!("The appointment of case {number} at 2020-03-02 10:00 is called off."));
}

#[test]
fn a_day_that_is_closed_says_so_and_a_form_that_is_left_is_parked() {
    let (mut rig, _) = expecting();
    rig.press(Action::Go(Place::Queue));
    rig.press(Action::Values);
    for _ in 0..6 {
        rig.press(Action::PageDown);
    }
    rig.press(Action::Commit);
    sees(&rig, "Nothing is free on 2020-03-08");
    rig.press(Action::Back);
    sees(&rig, "Parked: Appointment of case");
    rig.press(Action::Parked);
    rig.press(Action::Accept);
    sees(&rig, "Day               2020-03-08");
}

#[test]
fn a_case_whose_unit_is_here_has_no_appointment_and_says_why() {
    let mut rig = Rig::filled();
    made(&mut rig, Effect::WalkIn(draft("08QXG6GXW0E3UA", "李娜"), None, "r1".to_owned()));
    rig.press(Action::Go(Place::Line));
    sees(&rig, "in, received");
    rig.press(Action::Values);
    sees(&rig, "Their unit is here already");
    rig.press(Action::Accept);
    rig.press(Action::Go(Place::Appointment));
    sees(&rig, "is received: nothing is to be booked any more");
}

#[test]
fn line_and_appointment_draw_at_every_size() {
    let (mut rig, _) = booked();
    rig.press(Action::Values);
    for (width, height) in [(1, 1), (40, 10), (60, 20), (80, 24), (120, 40)] {
        rig.screen(width, height);
    }
    rig.press(Action::Go(Place::Line));
    for (width, height) in [(1, 1), (40, 10), (60, 20), (80, 24), (120, 40)] {
        rig.screen(width, height);
    }
}
