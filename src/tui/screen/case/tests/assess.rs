//! The form of the technician's finding, against what the case knew before.

use super::life::{field, pick};
use super::*;
use crate::desk::record::Draft;
use crate::desk::trial;

/// The first case of the shop.
const NUMBER: &str = "0001-00001-5";
/// The entry of the charge cycles, and of a repair by others.
const CYCLES: usize = 3;
const ELSEWHERE: usize = 6;

/// A case of a battery whose charge cycles somebody told, at its assessment.
fn told(bench: &mut Bench) -> CasePage {
    let parts = vec!["battery".to_owned()];
    let draft = Draft {
        parts,
        battery_cycles: Some(25),
        ..trial::crashed(COVERED, ("Anaïs Lefèvre", "+3131896868"))
    };
    bench.meanwhile(|desk, act| desk.walk_in(act, &draft, None));
    let mut page = CasePage::existing(NUMBER.to_owned());
    bench.open(&mut page);
    page
}

fn go_to(bench: &mut Bench, page: &mut CasePage, entry: usize) {
    while page.task.as_ref().unwrap().form().at() < entry {
        bench.press(page, Action::Next);
    }
}

#[rstest]
#[case::as_they_were_told("", Some(25))]
#[case::read_now("0", Some(250))]
#[case::nobody_can_read_them("-", None)]
fn the_charge_cycles_of_a_case_are_those_on_the_screen(#[case] typed: &str, #[case] known: Option<u32>) {
    let mut bench = Bench::new();
    let mut page = told(&mut bench);
    go_to(&mut bench, &mut page, CYCLES);
    if typed == "-" {
        bench.backspace(&mut page);
        bench.backspace(&mut page);
    } else {
        bench.type_in(&mut page, typed);
    }
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "ASSESSED", "{:?}", bench.said);
    assert_eq!(page.view().unwrap().battery_cycles, known);
}

#[test]
fn a_repair_by_others_that_was_found_stands_in_the_case_and_in_its_next_assessment() {
    let mut bench = Bench::new();
    let mut page = told(&mut bench);
    go_to(&mut bench, &mut page, ELSEWHERE);
    bench.press(&mut page, Action::Right);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "ASSESSED", "{:?}", bench.said);
    pick(&mut bench, &mut page, "c");
    field(&mut bench, &mut page, "not now");
    bench.press(&mut page, Action::Commit);
    let intake = crate::desk::receive::Intake {
        serial: COVERED.to_owned(),
        parts: vec!["battery".to_owned()],
        owner: None,
        condition: None,
    };
    let again = crate::desk::life::Again {
        by: "Ben".to_owned(),
        reason: "all the same".to_owned(),
        intake: Some(intake),
    };
    bench.meanwhile(|desk, act| desk.reopen(act, NUMBER, &again));
    bench.press(&mut page, Action::Recheck);
    assert_eq!(state(&page), "RECEIVED", "{:?}", bench.said);
    let shown = bench.drawn(&page, (118, 35));
    assert!(shown.contains("yes, or taken apart"), "{shown}");
    bench.press(&mut page, Action::Commit);
    assert!(page.view().unwrap().repaired_elsewhere, "{:?}", bench.said);
}
