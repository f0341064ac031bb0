use super::*;
use crate::tui::screen::Destination;
use crate::tui::screen::counter::{Bench, COVERED, OTHER_UNIT, UNIT, fill_in, new_case};

/// A case that is paid, on the screen that hands out.
fn paid(bench: &mut Bench) -> IssuePage {
    let mut page = new_case(bench, COVERED);
    fill_in(bench, &mut page);
    for _ in 0..4 {
        bench.press(&mut page, Action::Commit);
    }
    let Some(Destination::Issue(case)) = bench.opened.pop() else { panic!("{:?}", bench.said) };
    let mut page = IssuePage::new(*case);
    bench.open(&mut page);
    page
}

#[test]
fn a_unit_of_another_model_is_refused_at_the_scan_and_the_right_one_taken() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.scan(&mut page, OTHER_UNIT);
    assert!(page.units.is_empty());
    assert!(bench.said.last().unwrap().contains("The case needs Mavic Pro"), "{:?}", bench.said);
    bench.scan(&mut page, UNIT);
    assert_eq!(page.units, [UNIT]);
    assert!(matches!(page.before, Before::Fits(Move::Moves(_))));
}

#[test]
fn the_unit_that_is_kept_for_the_case_is_named_where_the_clerk_looks() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    let number = page.case.number.clone();
    bench.keep(UNIT, &number);
    bench.open(&mut page);
    let shown = bench.drawn(&page, (78, 19));
    let line = shown.lines().find(|line| line.contains(UNIT));
    assert!(line.is_some_and(|line| line.contains("kept for this case")), "{shown}");
}

#[test]
fn nothing_goes_out_before_a_unit_is_scanned() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.press(&mut page, Action::Commit);
    assert!(page.question().is_none());
    assert!(bench.said.last().unwrap().starts_with("No unit is scanned yet"), "{:?}", bench.said);
}

#[test]
fn enter_after_a_scan_that_fits_names_the_key_that_hands_it_out() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.press(&mut page, Action::Accept);
    assert!(bench.said.last().unwrap().starts_with("No unit is typed"), "{:?}", bench.said);
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Accept);
    assert!(bench.said.last().unwrap().starts_with("Enter hands nothing out"), "{:?}", bench.said);
    assert_eq!(page.case.state, "CHOSEN");
}

#[test]
fn only_the_last_four_of_the_new_serial_hand_it_out_and_scans_do_not_answer() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Commit);
    assert!(page.question().is_some());
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Accept);
    bench.press(&mut page, Action::Commit);
    assert_eq!((page.case.state.as_str(), page.question().is_some()), ("CHOSEN", true));
    bench.type_in(&mut page, "6ezy");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.case.state, "HANDED_OVER", "{:?}", bench.said);
    assert!(bench.drawn(&page, (78, 19)).contains("REPLACEMENT CERTIFICATE"));
}

#[test]
fn each_question_has_a_number_of_its_own() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Commit);
    let first = page.question();
    bench.press(&mut page, Action::Back);
    assert_eq!(page.question(), None);
    bench.press(&mut page, Action::Commit);
    assert_ne!(page.question(), first);
}

#[test]
fn after_the_certificate_f9_closes_and_the_next_customer_comes() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Commit);
    bench.type_in(&mut page, "6EZY");
    bench.press(&mut page, Action::Commit);
    bench.press(&mut page, Action::Print);
    assert!(bench.said.last().unwrap().contains("copy1"), "{:?}", bench.said);
    assert!(bench.drawn(&page, (80, 19)).contains("COPY 1"));
    bench.press(&mut page, Action::Commit);
    assert_eq!((page.case.state.as_str(), bench.home), ("CLOSED", 1), "{:?}", bench.said);
}

#[test]
fn the_last_scan_is_taken_off_again() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Undo);
    assert!(page.units.is_empty());
    assert_eq!(page.before, Before::Nothing);
}

#[test]
fn f8_shows_the_rules_of_this_case_and_leaves_what_was_scanned() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Why);
    let Some(Destination::Judged(asked)) = bench.opened.pop() else { panic!("{:?}", bench.said) };
    assert_eq!((asked.serial.as_str(), &asked.parts[..]), (COVERED, &["aircraft".to_owned()][..]));
    assert_eq!(page.units, [UNIT]);
}

#[test]
fn before_and_after_stand_side_by_side() {
    let mut bench = Bench::new();
    let mut page = paid(&mut bench);
    bench.scan(&mut page, UNIT);
    insta::assert_snapshot!(bench.drawn(&page, (78, 16)), @r#"
    "Hand out on case 0001-00001-5 · Mavic Pro · Anaïs Lefèvre                     "
    "                                                                              "
    "                  BEFORE                        AFTER                         "
    "Serial            08Q6G1HH7G076V                08Q6H32F456EZY                "
    "Plan              CR1                           CR1 (unchanged)               "
    "Left on the plan  2 of 2                        1 of 2                        "
    "Plan ends         2020-03-07                    2020-03-07 (unchanged)        "
    "Warranty until    2020-03-07                    2020-03-07 (unchanged)        "
    "Old unit          the customer's                stays here, retired           "
    "Fee               79.00 USD                     settled                       "
    "                                                                              "
    "New unit                                                                      "
    "Scanned           08Q6H32F456EZY                                              "
    "                                                                              "
    "[ok] The unit fits. F9 asks once more, then hands it out.                     "
    "                                                                              "
    "#);
    bench.draw_at_every_size(&page);
    bench.press(&mut page, Action::Commit);
    bench.draw_at_every_size(&page);
    bench.type_in(&mut page, "6EZY");
    bench.press(&mut page, Action::Commit);
    bench.draw_at_every_size(&page);
}

#[test]
fn a_quick_case_that_owes_its_assessment_is_not_offered_for_closing() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    bench.press(&mut page, Action::Next);
    bench.press(&mut page, Action::Next);
    bench.type_in(&mut page, "q");
    for _ in 0..3 {
        bench.press(&mut page, Action::Commit);
    }
    let Some(Destination::Issue(case)) = bench.opened.pop() else { panic!("{:?}", bench.said) };
    let mut page = IssuePage::new(*case);
    bench.open(&mut page);
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Commit);
    bench.type_in(&mut page, "6EZY");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.case.state, "HANDED_OVER", "{:?}", bench.said);
    bench.press(&mut page, Action::Commit);
    let said = bench.said.last().unwrap();
    assert!(said.starts_with("Still owed: the assessment"), "{:?}", bench.said);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("Esc goes to the case. Still owed: the assessment"), "{shown}");
    assert!(!shown.contains("F9 closes"), "{shown}");
}
