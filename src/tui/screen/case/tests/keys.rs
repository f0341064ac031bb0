//! Keys that did nothing, lost what was typed, or did another thing than they showed.

use super::*;

/// A case that waits for the customer's choice.
fn to_choose(bench: &mut Bench) -> CasePage {
    let mut page = new_case(bench, COVERED);
    fill_in(bench, &mut page);
    bench.press(&mut page, Action::Commit);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "ASSESSED");
    page
}

fn text(page: &CasePage, at: usize) -> String {
    page.task.as_ref().unwrap().form().text(at).to_owned()
}

fn at(page: &CasePage) -> usize {
    page.task.as_ref().unwrap().form().at()
}

#[test]
fn f9_brings_the_keys_to_the_first_field_that_is_missing() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    bench.type_in(&mut page, "s");
    bench.press(&mut page, Action::Commit);
    bench.type_in(&mut page, "a");
    assert_eq!(text(&page, 4), "accident", "the cause has the keys");
    bench.press(&mut page, Action::Commit);
    assert_eq!(at(&page), record::WORDS);
}

#[test]
fn a_price_typed_on_the_table_goes_to_its_field() {
    let mut bench = Bench::new();
    let mut page = to_choose(&mut bench);
    bench.press(&mut page, Action::Down);
    bench.type_in(&mut page, "120.50");
    assert_eq!(text(&page, choose::PRICE), "120.50");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "CHOSEN", "{:?}", bench.said);
}

#[rstest]
#[case::a_letter_inside("12x0", false)]
#[case::too_many_decimals("12.345", false)]
#[case::a_comma("12,50", false)]
#[case::an_amount("12.50", true)]
fn a_price_that_is_no_amount_is_told_at_once(#[case] price: &str, #[case] ready: bool) {
    let mut bench = Bench::new();
    let mut page = to_choose(&mut bench);
    bench.press(&mut page, Action::Down);
    bench.press(&mut page, Action::Next);
    bench.type_in(&mut page, price);
    let shown = bench.drawn(&page, (78, 19));
    assert_eq!(shown.contains("Ready"), ready, "{shown}");
    assert_eq!(shown.contains("as an amount like 79.00"), !ready, "{shown}");
}

#[rstest]
#[case::a_number_and_words("2 m drop on stone", "2 m drop on stone")]
#[case::two_digits("20 cm of water", "20 cm of water")]
#[case::a_phrase("2", "It fell into water.")]
#[case::no_such_phrase("7 drops of rain", "7 drops of rain")]
fn the_customers_words_may_begin_with_a_digit(#[case] typed: &str, #[case] kept: &str) {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    for _ in 0..3 {
        bench.press(&mut page, Action::Accept);
    }
    assert_eq!(at(&page), record::WORDS);
    bench.type_in(&mut page, typed);
    assert_eq!(text(&page, record::WORDS), kept);
}

#[test]
fn words_are_added_to_a_phrase_behind_end_and_backspace_makes_it_the_digit() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    for _ in 0..3 {
        bench.press(&mut page, Action::Accept);
    }
    bench.type_in(&mut page, "1");
    bench.press(&mut page, Action::Last);
    bench.type_in(&mut page, " Twice.");
    assert_eq!(text(&page, record::WORDS), "It crashed in flight. Twice.");
    bench.press(&mut page, Action::Undo);
    bench.press(&mut page, Action::Undo);
    bench.type_in(&mut page, "1");
    bench.backspace(&mut page);
    assert_eq!(text(&page, record::WORDS), "1");
}

#[test]
fn undoing_the_cause_takes_its_verdict_back_too() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    bench.press(&mut page, Action::Accept);
    bench.type_in(&mut page, "stolen");
    assert!(bench.drawn(&page, (78, 19)).contains("NOT COVERED"));
    bench.press(&mut page, Action::Undo);
    let shown = bench.drawn(&page, (78, 19));
    assert!(!shown.contains("NOT COVERED"), "{shown}");
}

#[test]
fn a_day_is_picked_from_a_list_that_begins_today() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    for _ in 0..4 {
        bench.press(&mut page, Action::Accept);
    }
    bench.press(&mut page, Action::Values);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("2019-12-01  yesterday"), "{shown}");
    bench.press(&mut page, Action::Down);
    bench.press(&mut page, Action::Accept);
    assert_eq!(text(&page, 8), "2019-12-01");
}

#[test]
fn ctrl_d_brings_back_what_the_last_form_held() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    bench.press(&mut page, Action::SameAsLast);
    assert!(bench.said.last().unwrap().contains("from last time"), "{:?}", bench.said);
    fill_in(&mut bench, &mut page);
    bench.press(&mut page, Action::Commit);
    let mut page = new_case(&mut bench, WIDE_NAME);
    for _ in 0..4 {
        bench.press(&mut page, Action::SameAsLast);
        bench.press(&mut page, Action::Accept);
    }
    assert_eq!(text(&page, 3), "same person as the plan's owner");
    assert_eq!(text(&page, 4), "accident");
    assert_eq!(text(&page, record::WORDS), "It crashed in flight.");
}

#[test]
fn a_long_list_at_80_by_24_says_how_much_of_it_is_below() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    bench.press(&mut page, Action::Accept);
    bench.press(&mut page, Action::Values);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("more below ("), "{shown}");
    bench.press(&mut page, Action::Last);
    assert!(bench.drawn(&page, (78, 19)).contains("more above ("));
    assert!(bench.drawn(&page, (78, 19)).contains("not known yet"));
}
