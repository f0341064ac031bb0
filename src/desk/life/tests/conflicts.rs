//! A row of the maker's that contradicts a case: until when, and what the plan has left meanwhile.

use super::*;

const OTHER: &str = "08QDH32447HHS2";

fn row(ordinal: u8, new_serial: &str) -> String {
    format!("plan,ordinal,used_on,case,old_serial,new_serial\nP-1,{ordinal},2020-03-02,MK-9,,{new_serial}\n")
}

/// A case that a row of the maker's contradicts: its replacement 1 is another unit's.
fn flagged(state: State) -> Till {
    let mut till = Till::new();
    till.bring_to(state);
    assert!(!till.import(Kind::Claims, &row(1, OTHER)));
    assert_eq!(till.show().flags.len(), 1);
    till
}

#[rstest]
#[case::the_hand_out_of_this_shop(State::HandedOver, row(1, NEW), Some(1))]
#[case::the_unit_went_with_another_replacement(State::HandedOver, row(2, OTHER), Some(0))]
#[case::the_reservation_is_free_after_all(State::Chosen, row(2, OTHER), Some(1))]
fn a_corrected_row_ends_the_contradiction(
    #[case] state: State,
    #[case] corrected: String,
    #[case] left: Option<u8>,
) {
    let mut till = flagged(state);
    assert!(till.import(Kind::Claims, &corrected));
    let view = till.show();
    assert_eq!((view.flags.len(), view.balance), (0, left));
    assert!(view.history.last().unwrap().say.contains("no longer"), "{:?}", view.history.last());
    if state == State::Chosen {
        till.pay(None).unwrap();
        till.issue(&[NEW]).unwrap();
    }
    till.verified();
}

#[rstest]
#[case::the_same(row(1, OTHER), 1)]
#[case::both(format!("{}P-1,2,,,,{OTHER}\n", row(1, OTHER)), 1)]
#[case::another_unit(row(1, NEWER), 2)]
fn a_file_that_contradicts_again_ends_nothing(#[case] file: String, #[case] flags: usize) {
    let mut till = flagged(State::Chosen);
    assert!(!till.import(Kind::Claims, &file));
    assert_eq!(till.show().flags.len(), flags);
    till.verified();
}

#[test]
fn a_row_that_comes_in_once_the_case_let_go_counts_by_itself() {
    let mut till = flagged(State::Chosen);
    till.cancel().unwrap();
    assert_eq!(till.ask("SELECT count(*) || '' FROM conflict"), "1");
    assert_eq!((till.show().flags.len(), till.show().balance), (0, Some(1)));
    assert!(till.import(Kind::Claims, &row(1, OTHER)));
    assert_eq!((till.ask("SELECT count(*) || '' FROM conflict"), till.show().balance), ("0".into(), Some(1)));
    assert!(till.import(Kind::Claims, &row(1, NEWER)), "the maker's own correction of its row");
    assert_eq!(till.show().balance, Some(1));
    till.verified();
}

#[rstest]
#[case::never_agreed(false)]
#[case::agreed_before(true)]
fn a_void_leaves_the_makers_row_standing_until_it_is_corrected(#[case] agreed: bool) {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    if agreed {
        assert!(till.import(Kind::Claims, &row(1, NEW)));
    }
    assert!(!till.import(Kind::Claims, &row(1, OTHER)));
    till.void("Ben", &[NEW]).unwrap();
    assert_eq!((till.show().flags.len(), till.show().balance), (0, Some(1)), "it is another's use now");
    assert!(till.import(Kind::Claims, &row(1, NEW)), "the maker still shows the void one");
    assert_eq!(till.show().balance, Some(2));
    till.verified();
}

#[test]
fn a_closing_ends_the_flag_and_not_the_one_that_comes_after_it() {
    let mut till = flagged(State::HandedOver);
    till.close().unwrap();
    assert_eq!((till.show().flags.len(), till.show().balance), (0, Some(1)));
    assert!(!till.import(Kind::Claims, &row(1, OTHER)), "nothing new");
    assert_eq!(till.show().flags.len(), 0);
    assert!(!till.import(Kind::Claims, &row(1, NEWER)));
    assert_eq!(till.show().flags.len(), 1);
    till.reopen("Ben", None).unwrap();
    assert_eq!(till.show().flags.len(), 2);
    till.verified();
}

#[test]
fn what_a_case_of_another_product_holds_is_taken_to_the_check_as_it_is_to_a_new_case() {
    const OTHER: &str = "08QDG6C01200C3";
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    assert!(till.import(Kind::Devices, &format!("serial,model,purchase_region\n{OTHER},mavic-pro,US\n")));
    assert!(till.import(Kind::Plans, &format!("number,tier,serial,region\nP-1,refresh,{OTHER},US\n")));
    let act = till.act();
    let asked = crate::desk::card::Inquiry::today(OTHER);
    let checked = till.desk.check(&act, &asked).unwrap().claim().and_then(|answer| answer.ordinal);
    till.record_on(OTHER, Channel::Swift, &["aircraft"]);
    let recorded: serde_json::Value = till.show().decision.unwrap().read().unwrap();
    assert_eq!((checked, &recorded["ordinal"]), (Some(2), &2.into()));
}
