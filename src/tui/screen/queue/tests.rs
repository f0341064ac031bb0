use rstest::rstest;

use super::*;
use crate::tui::screen::case::CasePage;
use crate::tui::screen::counter::{Bench, COVERED, WIDE_NAME};

fn record(bench: &mut Bench, serial: &str) {
    let (card, edition) = bench.card(serial);
    let mut page = CasePage::new_case(card, edition);
    bench.open(&mut page);
    for text in ["s", "a", "", "1"] {
        bench.type_in(&mut page, text);
        bench.press(&mut page, Action::Accept);
    }
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
    "2 open cases, the longest wait first                                          "
    "                                                                              "
    "Waits     Case          State        Phone           Customer                 "
    "0 min     0001-00001-5  received     +7830311100     李小龙金大中             " Hidden by multi-width symbols: [(54, " "), (56, " "), (58, " "), (60, " "), (62, " "), (64, " ")]
    "0 min     0001-00002-8  received     +3131896868     Anaïs Lefèvre            "
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
