//! A case on which another window does something while its form is open here.

use super::life::{pick, replacement};
use super::*;
use crate::desk::choose::Wish;
use crate::desk::import::Kind;
use crate::domain::case::Choice;
use crate::tui::screen::counter::UNIT;

#[test]
fn a_price_that_changed_meanwhile_is_not_taken_for_the_one_on_the_screen() {
    let mut bench = Bench::new();
    let mut page = replacement(&mut bench);
    let number = page.view().unwrap().number.clone();
    bench.meanwhile(|desk, act| desk.change_mind(act, &number, None));
    let repair = Wish {
        choice: Choice::PaidRepair,
        price: Some("250".to_owned()),
        reason: None,
        owner: None,
        by: None,
    };
    bench.meanwhile(|desk, act| desk.choose(act, &number, &repair));
    bench.press(&mut page, Action::Commit);
    assert!(bench.said.last().unwrap().contains("250.00 USD is due"), "{:?}", bench.said);
    bench.press(&mut page, Action::Recheck);
    assert_eq!(page.view().unwrap().paid.map_or(0, |paid| paid.minor), 0);
}

#[test]
fn the_choice_shows_what_it_costs_today_and_not_what_it_cost_at_the_assessment() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    bench.press(&mut page, Action::Commit);
    bench.press(&mut page, Action::Commit);
    assert!(bench.drawn(&page, (78, 19)).contains("79.00 USD"));
    bench.bring(
        Kind::Fees,
        "programme,model,currency,ordinal,amount,source\n2019-05,mavic-pro,USD,1,99.00,own\n",
    );
    bench.press(&mut page, Action::Recheck);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("99.00 USD") && !shown.contains("79.00 USD"), "{shown}");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.view().unwrap().fee.unwrap().minor, 9900);
}

#[test]
fn a_choice_that_was_taken_back_is_offered_as_it_stands_by_then() {
    let mut bench = Bench::new();
    let mut page = replacement(&mut bench);
    bench.bring(
        Kind::Fees,
        "programme,model,currency,ordinal,amount,source\n2019-05,mavic-pro,USD,1,99.00,own\n",
    );
    pick(&mut bench, &mut page, "m");
    bench.type_in(&mut page, "wants to think");
    bench.press(&mut page, Action::Commit);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("99.00 USD") && !shown.contains("79.00 USD"), "{shown}");
}

#[test]
fn a_unit_that_another_case_keeps_is_not_freed_from_here() {
    let mut bench = Bench::new();
    let other = replacement(&mut bench);
    let number = other.view().unwrap().number.clone();
    bench.keep(UNIT, &number);
    let mut page = new_case(&mut bench, WIDE_NAME);
    fill_in(&mut bench, &mut page);
    for _ in 0..3 {
        bench.press(&mut page, Action::Commit);
    }
    assert_eq!(state(&page), "CHOSEN", "{:?}", bench.said);
    pick(&mut bench, &mut page, "f");
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Commit);
    assert!(bench.said.last().unwrap().contains(&format!("is kept for case {number}")), "{:?}", bench.said);
}
