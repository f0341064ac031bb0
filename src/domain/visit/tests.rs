use super::*;
use crate::domain::day::{parse_day, parse_instant};
use rstest::rstest;

fn at(text: &str) -> DateTime<FixedOffset> {
    parse_instant(text).unwrap()
}

/// Monday the 2nd of March 2020, some time of the day.
fn monday(time: &str) -> DateTime<FixedOffset> {
    at(&format!("2020-03-02T{time}-08:00"))
}

fn hours(text: &str) -> Result<Hours, BadHours> {
    text.to_owned().try_into()
}

fn calendar(monday: &str, minutes: u16) -> Calendar {
    let opening = Opening { mon: hours(monday).unwrap(), ..Opening::default() };
    Calendar { opening, length: minutes.try_into().unwrap() }
}

#[rstest]
#[case::one("09:00-18:00", "open 09:00 to 18:00")]
#[case::two("09:00-12:00, 13:00-18:00", "open 09:00 to 12:00 and 13:00 to 18:00")]
#[case::touching("09:00-12:00,12:00-13:00", "open 09:00 to 12:00 and 12:00 to 13:00")]
#[case::to_midnight("00:00-24:00", "open 00:00 to 24:00")]
#[case::none(" closed ", "closed")]
fn hours_are_read(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(hours(text).unwrap().to_string(), shown);
}

#[rstest]
#[case("9:00-18:00")]
#[case("09:00-18:60")]
#[case("09:00-24:01")]
#[case("09:00")]
#[case("09:00-18:00,")]
#[case("")]
#[case("+9:00-18:00")]
fn loose_hours_are_refused(#[case] text: &str) {
    assert_eq!(hours(text), Err(BadHours::Shape(text.to_owned())));
}

#[rstest]
#[case("18:00-09:00")]
#[case("09:00-09:00")]
#[case("09:00-12:00, 11:59-18:00")]
#[case("13:00-18:00, 09:00-12:00")]
fn hours_that_run_backwards_are_refused(#[case] text: &str) {
    assert_eq!(hours(text), Err(BadHours::Order(text.to_owned())));
}

#[rstest]
#[case(4, false)]
#[case(5, true)]
#[case(240, true)]
#[case(241, false)]
fn a_slot_has_a_length_that_makes_sense(#[case] minutes: u16, #[case] fine: bool) {
    assert_eq!(Length::try_from(minutes).is_ok(), fine);
}

#[rstest]
#[case::the_usual_day("09:00-18:00", 20, 27, ["09:00:00", "17:40:00"])]
#[case::two_spans("09:00-10:00, 13:00-14:00", 30, 4, ["09:00:00", "13:30:00"])]
#[case::the_rest_is_too_short("09:00-09:50", 20, 2, ["09:00:00", "09:20:00"])]
#[case::exactly_one("09:00-09:20", 20, 1, ["09:00:00", "09:00:00"])]
fn the_grid_fills_the_opening_hours(
    #[case] monday: &str,
    #[case] minutes: u16,
    #[case] slots: usize,
    #[case] ends: [&str; 2],
) {
    let grid = calendar(monday, minutes).grid(parse_day("2020-03-02").unwrap());
    assert_eq!(grid.len(), slots);
    assert_eq!([grid.first().unwrap().to_string(), grid.last().unwrap().to_string()], ends);
}

#[rstest]
#[case::closed("closed")]
#[case::shorter_than_a_slot("09:00-09:19")]
fn a_day_without_room_has_no_slot(#[case] monday: &str) {
    assert!(calendar(monday, 20).grid(parse_day("2020-03-02").unwrap()).is_empty());
}

#[rstest]
#[case::the_first(monday("09:00:00"), Ok(()))]
#[case::before_opening(
    monday("08:40:00"),
    Err(
        "2020-03-02 08:40 is outside the opening hours: on 2020-03-02 this centre is open 09:00 to 12:00 and 13:00 to 18:00"
    )
)]
#[case::the_last_of_the_morning(monday("11:40:00"), Ok(()))]
#[case::at_the_break(
    monday("12:00:00"),
    Err(
        "2020-03-02 12:00 is outside the opening hours: on 2020-03-02 this centre is open 09:00 to 12:00 and 13:00 to 18:00"
    )
)]
#[case::the_last(monday("17:40:00"), Ok(()))]
#[case::at_closing(
    monday("18:00:00"),
    Err(
        "2020-03-02 18:00 is outside the opening hours: on 2020-03-02 this centre is open 09:00 to 12:00 and 13:00 to 18:00"
    )
)]
#[case::between_two(
    monday("09:10:00"),
    Err("2020-03-02 09:10 is between two slots: the nearest begin at 09:00 and 09:20")
)]
#[case::a_second_off(
    monday("09:20:01"),
    Err("2020-03-02 09:20 is between two slots: the nearest begin at 09:20 and 09:40")
)]
#[case::on_sunday(
    at("2020-03-08T10:00:00-08:00"),
    Err("2020-03-08 10:00 is outside the opening hours: on 2020-03-08 this centre is closed")
)]
fn a_slot_lies_on_the_grid_inside_opening_hours(
    #[case] slot: DateTime<FixedOffset>,
    #[case] expected: Result<(), &str>,
) {
    let got = calendar("09:00-12:00, 13:00-18:00", 20).may_book(slot, monday("08:00:00"), &[]);
    assert_eq!(got.map_err(|bad| bad.to_string()), expected.map_err(str::to_owned));
}

#[rstest]
#[case::now("10:00:00", true)]
#[case::a_second_ago("10:00:01", false)]
fn a_slot_that_has_begun_is_past(#[case] now: &str, #[case] fine: bool) {
    let got = Calendar::default().may_book(monday("10:00:00"), monday(now), &[]);
    let expected = if fine { Ok(()) } else { Err(BadSlot::Past("2020-03-02 10:00".to_owned())) };
    assert_eq!(got, expected);
}

#[rstest]
#[case::nobody(&[], true)]
#[case::the_same(&["2020-03-02T10:00:00-08:00"], false)]
#[case::the_same_in_another_zone(&["2020-03-02T18:00:00+00:00"], false)]
#[case::overlapping_as_slots_were_longer_once(&["2020-03-02T09:45:00-08:00"], false)]
#[case::its_neighbours(&["2020-03-02T09:40:00-08:00", "2020-03-02T10:20:00-08:00"], true)]
fn a_slot_is_given_once(#[case] taken: &[&str], #[case] fine: bool) {
    let taken: Vec<_> = taken.iter().map(|text| at(text)).collect();
    let calendar = Calendar::default();
    let (slot, now) = (monday("10:00:00"), monday("09:00:00"));
    let expected = if fine { Ok(()) } else { Err(BadSlot::Taken("2020-03-02 10:00".to_owned())) };
    assert_eq!(calendar.may_book(slot, now, &taken), expected);
    assert_eq!(calendar.free(vec![slot], now, &taken).len(), usize::from(fine));
}

#[rstest]
#[case("10:19:59", false)]
#[case("10:20:00", true)]
fn a_slot_has_passed_when_its_time_is_over(#[case] now: &str, #[case] passed: bool) {
    assert_eq!(Calendar::default().passed(monday("10:00:00"), monday(now)), passed);
}

#[rstest]
#[case::walk_ins_as_they_came(&["w 09:30", "w 09:10", "w 09:20"], &["w 09:10", "w 09:20", "w 09:30"])]
#[case::before_a_slot(&["b 10:00", "w 09:59"], &["w 09:59", "b 10:00"])]
#[case::at_a_slot(&["w 10:00", "b 10:00"], &["b 10:00", "w 10:00"])]
#[case::after_a_slot(&["w 10:01", "b 10:00"], &["b 10:00", "w 10:01"])]
#[case::in_the_gap(&["b 11:00", "w 10:05", "b 10:00", "w 09:10"], &["w 09:10", "b 10:00", "w 10:05", "b 11:00"])]
fn the_line_is_served_in_order(#[case] came: &[&str], #[case] served: &[&str]) {
    let turn = |text: &str| {
        let (kind, time) = text.split_once(' ').unwrap();
        let kind = if kind == "b" { Kind::Booking } else { Kind::WalkIn };
        (Turn { at: monday(&format!("{time}:00")), kind }, text.to_owned())
    };
    let mut people: Vec<_> = came.iter().map(|text| turn(text)).collect();
    line_up(&mut people);
    let order: Vec<&str> = people.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(order, served);
}
