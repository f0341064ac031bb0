//! Appointments on a desk in memory, and the line they make with those who walk in.

use rstest::rstest;

use super::*;
use crate::desk::receive::Intake;
use crate::desk::shelf::tests::{DEVICE, OTHER, at, desk, received, recorded, refusal, well};
use crate::domain::day::parse_day;

fn slot(time: &str) -> DateTime<FixedOffset> {
    at(time).stamp.at
}

fn today() -> NaiveDate {
    parse_day("2020-03-02").unwrap()
}

fn line(desk: &mut Desk) -> Vec<(String, String, String)> {
    let people = desk.line(today()).unwrap().into_iter();
    people.map(|person| (person.serial, person.kind.to_string(), person.state)).collect()
}

fn stands(serial: &str, kind: &str, state: &str) -> (String, String, String) {
    (serial.to_owned(), kind.to_owned(), state.to_owned())
}

#[test]
fn a_recorded_case_has_one_booking_that_can_be_moved_and_called_off() {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    assert_eq!(refusal(desk.move_visit(&at("09:00"), &case, slot("10:00"))), "slot");
    desk.book(&at("09:00"), &case, slot("10:00")).unwrap();
    assert_eq!(refusal(desk.book(&at("09:00"), &case, slot("11:00"))), "slot");
    assert_eq!(refusal(desk.move_visit(&at("09:00"), &case, slot("10:00"))), "slot");
    desk.move_visit(&at("09:00"), &case, slot("10:20")).unwrap();
    assert_eq!(desk.cancel_visit(&at("09:00"), &case).unwrap().state, Booking::Cancelled);
    assert_eq!(refusal(desk.cancel_visit(&at("09:00"), &case)), "slot");
    desk.book(&at("09:00"), &case, slot("10:00")).unwrap();
    well(&mut desk);
}

#[test]
fn a_slot_is_one_cases_only_until_it_is_given_up() {
    let mut desk = desk();
    let (one, two) = (recorded(&mut desk, &at("09:00"), DEVICE), recorded(&mut desk, &at("09:00"), OTHER));
    desk.book(&at("09:00"), &one, slot("10:00")).unwrap();
    let same_instant = parse_instant("2020-03-02T18:00:00+00:00").unwrap();
    assert_eq!(refusal(desk.book(&at("09:00"), &two, slot("10:00"))), "slot");
    assert!(desk.book(&at("09:00"), &two, same_instant).is_err());
    desk.move_visit(&at("09:00"), &one, slot("10:20")).unwrap();
    desk.book(&at("09:00"), &two, slot("10:00")).unwrap();
    well(&mut desk);
}

#[rstest]
#[case::open_by_then("2020-03-02T18:00:00Z", Some("2020-03-02T10:00:00-08:00"))]
#[case::in_the_night("2020-03-03T10:00:00Z", None)]
fn a_slot_of_another_offset_is_a_time_of_the_counters_own_clock(
    #[case] slot: &str,
    #[case] booked: Option<&str>,
) {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    let shown = desk.book(&at("09:00"), &case, parse_instant(slot).unwrap());
    assert_eq!(shown.ok().map(|it| it.slot).as_deref(), booked);
    well(&mut desk);
}

#[rstest]
#[case::while_it_lasts("10:19", false)]
#[case::when_it_is_over("10:20", true)]
fn nobody_came_only_once_the_slot_is_over(#[case] now: &str, #[case] over: bool) {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    desk.book(&at("09:00"), &case, slot("10:00")).unwrap();
    let noted = desk.no_show(&at(now), &case);
    assert_eq!(noted.is_ok(), over);
    if over {
        desk.book(&at(now), &case, slot("11:00")).unwrap();
        let rows = [stands(DEVICE, "booking", "no-show"), stands(DEVICE, "booking", "booked")];
        assert_eq!(line(&mut desk), rows);
    }
    well(&mut desk);
}

#[test]
fn only_a_recorded_case_is_booked() {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    received(&mut desk, &at("09:00"), (&case, DEVICE));
    assert_eq!(refusal(desk.book(&at("09:00"), &case, slot("10:00"))), "wrong-state");
}

#[rstest]
#[case::before_the_slot("09:59", &["walk-in", "booking"])]
#[case::at_the_slot("10:00", &["booking", "walk-in"])]
fn a_walk_in_goes_before_a_booking_only_when_it_came_first(#[case] came: &str, #[case] order: &[&str]) {
    let mut desk = desk();
    let booked = recorded(&mut desk, &at("09:00"), DEVICE);
    desk.book(&at("09:00"), &booked, slot("10:00")).unwrap();
    recorded(&mut desk, &at(came), OTHER);
    let kinds: Vec<String> = line(&mut desk).into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, order);
}

#[test]
fn a_booking_is_kept_when_the_unit_comes_in_and_a_walk_in_keeps_its_place() {
    let mut desk = desk();
    let booked = recorded(&mut desk, &at("09:00"), DEVICE);
    desk.book(&at("09:00"), &booked, slot("10:00")).unwrap();
    let walked_in = recorded(&mut desk, &at("09:30"), OTHER);
    received(&mut desk, &at("10:01"), (&booked, DEVICE));
    received(&mut desk, &at("10:30"), (&walked_in, OTHER));
    assert_eq!(line(&mut desk), [stands(OTHER, "walk-in", "waiting"), stands(DEVICE, "booking", "kept")]);
    well(&mut desk);
}

#[test]
fn a_unit_that_came_in_yesterday_is_not_in_todays_line() {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    received(&mut desk, &at("09:10"), (&case, DEVICE));
    assert_eq!(line(&mut desk), [stands(DEVICE, "walk-in", "waiting")]);
    assert!(desk.line(today().succ_opt().unwrap()).unwrap().is_empty());
}

#[test]
fn one_who_is_booked_for_another_day_is_not_in_todays_line() {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    let tomorrow = parse_instant("2020-03-03T09:00:00-08:00").unwrap();
    desk.book(&at("09:00"), &case, tomorrow).unwrap();
    assert_eq!(line(&mut desk), []);
    let people = desk.line(parse_day("2020-03-03").unwrap()).unwrap();
    let [person] = people.as_slice() else { panic!("{people:?}") };
    assert_eq!(
        (person.product.as_str(), person.slot.as_deref()),
        ("Mavic Pro", Some("2020-03-03T09:00:00-08:00"))
    );
}

#[test]
fn one_whose_booking_was_called_off_is_in_no_line_until_the_unit_comes() {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    desk.book(&at("09:00"), &case, parse_instant("2020-03-03T09:00:00-08:00").unwrap()).unwrap();
    desk.cancel_visit(&at("09:10"), &case).unwrap();
    assert_eq!(line(&mut desk), []);
    received(&mut desk, &at("10:30"), (&case, DEVICE));
    assert_eq!(line(&mut desk), [stands(DEVICE, "walk-in", "waiting")]);
}

#[test]
fn free_slots_are_those_to_come_that_nobody_has() {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    desk.book(&at("09:00"), &case, slot("17:20")).unwrap();
    let free = desk.free_slots(&at("17:00").stamp, today()).unwrap();
    assert_eq!(free, [slot("17:00"), slot("17:40")]);
}

#[rstest]
#[case::later_that_day("2020-03-02T16:00:00-08:00", "kept")]
#[case::the_next_day("2020-03-03T08:00:00-08:00", "no-show")]
fn whoever_comes_on_a_later_day_did_not_keep_the_booking(#[case] comes: &str, #[case] state: &str) {
    let mut desk = desk();
    let case = recorded(&mut desk, &at("09:00"), DEVICE);
    desk.book(&at("09:00"), &case, slot("10:00")).unwrap();
    let mut act = at("10:00");
    act.stamp.at = parse_instant(comes).unwrap();
    let (serial, parts) = (DEVICE.to_owned(), vec!["aircraft".to_owned()]);
    let view = desk.receive(&act, &case, &Intake { serial, parts, owner: None, condition: None }).unwrap();
    assert_eq!(view.appointment.unwrap().state, state);
    well(&mut desk);
}
