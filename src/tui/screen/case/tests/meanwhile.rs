//! A case on which another window does something while its form is open here.

use super::life::replacement;
use super::*;
use crate::desk::choose::Wish;
use crate::domain::case::Choice;

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
