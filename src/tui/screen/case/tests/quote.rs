//! A price that stands for some days (setting `quote.valid_days`), as the page of a case shows it.

use super::life::{chosen, pick, replacement};
use super::*;

/// The page drawn, and the page's own words for F9.
fn shown(bench: &Bench, page: &CasePage) -> String {
    bench.drawn(page, (78, 21))
}

#[rstest]
#[case::its_last_day(14, "Ready: F9 take payment", "The price stands until 2019-12-16")]
#[case::a_day_later(15, "[?] The quote of 2019-12-02 has run out", "[no] The price stood until 2019-12-16")]
fn a_payment_is_ready_while_its_price_stands(#[case] days: i64, #[case] f9: &str, #[case] head: &str) {
    let mut bench = Bench::with_quotes_of(14);
    let mut page = replacement(&mut bench);
    bench.wait(days);
    let shown = shown(&bench, &page);
    assert!(shown.contains(f9) && shown.contains(head), "{shown}");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.view().unwrap().paid == page.view().unwrap().fee, days == 14, "{:?}", bench.said);
}

#[test]
fn nothing_is_handed_out_for_a_price_that_has_run_out() {
    let mut bench = Bench::with_quotes_of(14);
    let mut page = replacement(&mut bench);
    bench.press(&mut page, Action::Commit);
    assert_eq!(bench.opened.len(), 1, "the hand-out opens once it is paid");
    bench.press(&mut page, Action::Commit);
    assert_eq!(bench.opened.len(), 2, "and again while the price stands");
    bench.wait(15);
    assert!(!shown(&bench, &page).contains("Ready"));
    bench.press(&mut page, Action::Commit);
    assert_eq!(bench.opened.len(), 2, "{:?}", bench.said);
    assert!(bench.said.last().unwrap().contains("has run out"), "{:?}", bench.said);
}

#[test]
fn a_repair_does_not_begin_on_a_price_that_has_run_out() {
    let mut bench = Bench::with_quotes_of(0);
    let mut page = chosen(&mut bench, 1, "50");
    assert_eq!(state(&page), "CHOSEN", "{:?}", bench.said);
    assert!(shown(&bench, &page).contains("Ready: F9 begin repair"), "{}", shown(&bench, &page));
    bench.wait(1);
    assert!(!shown(&bench, &page).contains("Ready"));
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "CHOSEN");
}

#[test]
fn the_way_on_is_another_choice_with_the_price_of_today() {
    let mut bench = Bench::with_quotes_of(14);
    let mut page = replacement(&mut bench);
    bench.wait(15);
    pick(&mut bench, &mut page, "m");
    bench.type_in(&mut page, "the price ran out");
    for _ in 0..3 {
        bench.press(&mut page, Action::Commit);
    }
    let view = page.view().unwrap();
    assert_eq!((view.state.as_str(), view.paid), ("CHOSEN", view.fee), "{:?}", bench.said);
}

#[test]
fn a_price_that_stands_for_ever_says_nothing_of_it() {
    let mut bench = Bench::new();
    let page = replacement(&mut bench);
    bench.wait(400);
    let shown = shown(&bench, &page);
    assert!(shown.contains("Ready: F9 take payment") && !shown.contains("The price st"), "{shown}");
}
