//! A case on which another window does something while its form is open here.

use super::life::{field, pick, replacement};
use super::*;
use crate::desk::assess::Assessment;
use crate::desk::choose::Wish;
use crate::desk::import::Kind;
use crate::desk::receive::Intake;
use crate::desk::record::Draft;
use crate::desk::trial;
use crate::domain::case::Choice;
use crate::domain::claim::{Channel, Owner};
use crate::tui::screen::counter::UNIT;
use crate::tui::screen::eligibility::EligibilityPage;

/// The first case of the shop.
const NUMBER: &str = "0001-00001-5";

/// Another window changes the choice to a repair.
fn changed_to_a_repair(bench: &mut Bench, page: &CasePage, price: &str) {
    let number = page.view().unwrap().number.clone();
    bench.meanwhile(|desk, act| desk.change_mind(act, &number, None));
    let price = Some(price.to_owned());
    let repair = Wish { choice: Choice::PaidRepair, price, reason: None, owner: None, by: None };
    bench.meanwhile(|desk, act| desk.choose(act, &number, &repair));
}

/// Another amount than the one that stands in the form.
fn instead(bench: &mut Bench, page: &mut CasePage, amount: &str) {
    bench.press(page, Action::Accept);
    (0..5).for_each(|_| bench.backspace(page));
    field(bench, page, amount);
    bench.type_in(page, "goodwill");
}

#[rstest]
#[case::the_amount_shown(None)]
#[case::another_one_with_a_reason(Some("69.00"))]
#[case::the_new_price_by_chance(Some("250.00"))]
fn a_price_that_changed_meanwhile_is_not_taken_for_the_one_on_the_screen(#[case] amount: Option<&str>) {
    let mut bench = Bench::new();
    let mut page = replacement(&mut bench);
    if let Some(amount) = amount {
        instead(&mut bench, &mut page, amount);
    }
    changed_to_a_repair(&mut bench, &page, "250");
    bench.press(&mut page, Action::Commit);
    assert!(bench.said.last().unwrap().contains("250.00 USD is due now"), "{:?}", bench.said);
    bench.press(&mut page, Action::Recheck);
    let view = page.view().unwrap();
    assert_eq!((view.paid.map_or(0, |paid| paid.minor), view.waived), (0, None));
}

#[test]
fn a_fee_that_is_known_meanwhile_is_not_taken_for_one_that_nobody_knows() {
    let mut bench = Bench::without_fees();
    let mut page = replacement(&mut bench);
    instead(&mut bench, &mut page, "69.00");
    changed_to_a_repair(&mut bench, &page, "250");
    bench.press(&mut page, Action::Commit);
    assert!(bench.said.last().unwrap().contains("250.00 USD is due now"), "{:?}", bench.said);
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

/// A case without one of its parts, assessed.
fn without_its_gimbal(bench: &mut Bench) -> CasePage {
    let parts = ["aircraft", "gimbal"].map(str::to_owned).to_vec();
    let draft = Draft { parts: parts.clone(), ..trial::crashed(COVERED, ("Anaïs Lefèvre", "+3131896868")) };
    bench.meanwhile(|desk, act| desk.record(act, &draft));
    let unit = Intake {
        serial: COVERED.to_owned(),
        parts: vec!["aircraft".to_owned()],
        owner: None,
        condition: None,
    };
    bench.meanwhile(|desk, act| desk.receive(act, NUMBER, &unit));
    let found = Assessment { parts, ..trial::found("Arm and gimbal broken") };
    bench.meanwhile(|desk, act| desk.assess(act, NUMBER, &found));
    let mut page = CasePage::existing(NUMBER.to_owned());
    bench.open(&mut page);
    page
}

#[test]
fn a_part_that_is_brought_opens_the_replacement_at_once() {
    let mut bench = Bench::new();
    let mut page = without_its_gimbal(&mut bench);
    assert!(bench.drawn(&page, (78, 19)).contains("ASK"), "{}", bench.drawn(&page, (78, 19)));
    pick(&mut bench, &mut page, "b");
    bench.type_in(&mut page, "g ");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.view().unwrap().handed_in.as_deref().map(<[_]>::len), Some(2), "{:?}", bench.said);
    assert!(bench.drawn(&page, (78, 19)).contains("COVERED · 2 LEFT"), "{}", bench.drawn(&page, (78, 19)));
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "CHOSEN", "{:?}", bench.said);
    assert_eq!(page.view().unwrap().overridden_by, None);
}

#[test]
fn what_is_open_is_what_the_rules_say_now_and_not_what_they_said_when_it_was_assessed() {
    let mut bench = Bench::new();
    let mut page = without_its_gimbal(&mut bench);
    bench.meanwhile(|desk, act| desk.bring(act, NUMBER, &["gimbal".to_owned()]));
    bench.press(&mut page, Action::Recheck);
    assert!(bench.drawn(&page, (78, 19)).contains("COVERED · 2 LEFT"), "{}", bench.drawn(&page, (78, 19)));
}

#[test]
fn a_quick_case_whose_unit_cannot_be_read_asks_for_a_second_person_before_f9() {
    let mut bench = Bench::new();
    let draft =
        Draft { channel: Channel::Quick, ..trial::crashed(COVERED, ("Anaïs Lefèvre", "+3131896868")) };
    bench.meanwhile(|desk, act| desk.record(act, &draft));
    let mut page = CasePage::existing(NUMBER.to_owned());
    bench.open(&mut page);
    bench.type_in(&mut page, "illegible");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "RECEIVED", "{:?}", bench.said);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("ASK"), "{shown}");
    bench.press(&mut page, Action::Down);
    bench.press(&mut page, Action::Up);
    bench.press(&mut page, Action::Commit);
    assert_eq!(bench.said.last().unwrap(), "Still needed: the reason, a second person");
}

#[test]
fn f5_asks_the_rules_of_a_case_again() {
    let mut bench = Bench::new();
    let mut page = without_its_gimbal(&mut bench);
    bench.press(&mut page, Action::Why);
    let Some(Destination::Judged(asked)) = bench.opened.pop() else { panic!("{:?}", bench.said) };
    let mut rules = EligibilityPage::judging(*asked);
    bench.open(&mut rules);
    assert!(bench.drawn(&rules, (78, 19)).contains("ASK"), "{}", bench.drawn(&rules, (78, 19)));
    bench.meanwhile(|desk, act| desk.bring(act, NUMBER, &["gimbal".to_owned()]));
    bench.press(&mut rules, Action::Recheck);
    assert!(bench.drawn(&rules, (78, 19)).contains("COVERED - 2"), "{}", bench.drawn(&rules, (78, 19)));
}

#[test]
fn a_second_person_is_shown_the_balance_that_their_replacement_leaves() {
    let mut bench = Bench::new();
    let page = without_its_gimbal(&mut bench);
    let shown = bench.drawn(&page, (78, 19));
    let row = shown.lines().find(|line| line.contains("Replacement  ")).unwrap();
    assert!(row.contains("2 -> 1"), "{shown}");
    assert!(row.contains("once it is decided"), "{shown}");
}

/// A case whose owner nobody has seen, at its choice, with the keys on who brings it.
fn unseen(bench: &mut Bench) -> CasePage {
    let draft =
        Draft { owner: Owner::Unverified, ..trial::crashed(COVERED, ("Anaïs Lefèvre", "+3131896868")) };
    bench.meanwhile(|desk, act| desk.walk_in(act, &draft, None));
    bench.meanwhile(|desk, act| desk.assess(act, NUMBER, &trial::found("Arm broken")));
    let mut page = CasePage::existing(NUMBER.to_owned());
    bench.open(&mut page);
    bench.press(&mut page, Action::Up);
    for _ in 0..2 {
        bench.press(&mut page, Action::Next);
    }
    let shown = bench.drawn(&page, (78, 22));
    assert!(shown.contains(" > Replacement") && shown.contains("See who it is"), "{shown}");
    page
}

#[rstest]
#[case::the_owner("s", "[ok]   79.00 USD           2 -> 1", "")]
#[case::another_person("o", "[no]   -                   2, unchanged", "Replacement is not open")]
#[case::nobody_looked("n", "[?]    once it is decided  2 -> 1", "Still needed: who brings it")]
fn who_brings_it_is_decided_with_the_choice_before_f9(
    #[case] owner: &str,
    #[case] row: &str,
    #[case] refused: &str,
) {
    let mut bench = Bench::new();
    let mut page = unseen(&mut bench);
    bench.type_in(&mut page, owner);
    let shown = bench.drawn(&page, (78, 22));
    assert!(shown.contains(row), "{shown}");
    bench.press(&mut page, Action::Commit);
    assert!(bench.said.last().unwrap().contains(refused), "{:?}", bench.said);
    assert_eq!(state(&page) == "CHOSEN", refused.is_empty(), "{:?}", bench.said);
}

#[test]
fn a_form_that_is_left_takes_its_answer_with_it() {
    let mut bench = Bench::new();
    let mut page = unseen(&mut bench);
    bench.type_in(&mut page, "o");
    assert!(bench.drawn(&page, (78, 22)).contains("NOT COVERED"), "{}", bench.drawn(&page, (78, 22)));
    pick(&mut bench, &mut page, "h");
    assert!(bench.drawn(&page, (78, 22)).contains("ASK"), "{}", bench.drawn(&page, (78, 22)));
}
