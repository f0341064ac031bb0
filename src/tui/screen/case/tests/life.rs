//! The steps of a case beside its straight way, each done from the screen.

use super::*;

use crate::tui::screen::counter::UNIT;
use crate::tui::screen::issue::IssuePage;

/// Opens another step by its letter.
pub(super) fn pick(bench: &mut Bench, page: &mut CasePage, letter: &str) {
    bench.press(page, Action::Steps);
    bench.type_in(page, letter);
}

/// Types into the field with the keys, and goes to the next.
pub(super) fn field(bench: &mut Bench, page: &mut CasePage, text: &str) {
    bench.type_in(page, text);
    bench.press(page, Action::Accept);
}

fn said(bench: &Bench) -> &str {
    bench.said.last().map_or("", String::as_str)
}

fn received(bench: &mut Bench) -> CasePage {
    let mut page = new_case(bench, COVERED);
    fill_in(bench, &mut page);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "RECEIVED");
    page
}

/// A case on which the marked choice, or one some lines below it, was chosen.
pub(super) fn chosen(bench: &mut Bench, down: usize, text: &str) -> CasePage {
    let mut page = received(bench);
    bench.press(&mut page, Action::Commit);
    for _ in 0..down {
        bench.press(&mut page, Action::Down);
    }
    if !text.is_empty() {
        bench.press(&mut page, Action::Next);
        bench.type_in(&mut page, text);
    }
    bench.press(&mut page, Action::Commit);
    page
}

pub(super) fn replacement(bench: &mut Bench) -> CasePage {
    chosen(bench, 0, "")
}

fn ready(bench: &mut Bench) -> CasePage {
    let page = chosen(bench, 3, "wants it back");
    assert_eq!(state(&page), "READY", "{:?}", bench.said);
    page
}

fn handed_out(bench: &mut Bench) -> CasePage {
    let mut page = replacement(bench);
    bench.press(&mut page, Action::Commit);
    let Some(Destination::Issue(case)) = bench.opened.pop() else { panic!("{:?}", bench.said) };
    let mut issue = IssuePage::new(*case);
    bench.open(&mut issue);
    bench.scan(&mut issue, UNIT);
    bench.press(&mut issue, Action::Commit);
    bench.type_in(&mut issue, "6EZY");
    bench.press(&mut issue, Action::Commit);
    bench.open(&mut page);
    assert_eq!(state(&page), "HANDED_OVER", "{:?}", bench.said);
    page
}

pub(super) fn closed(bench: &mut Bench) -> CasePage {
    let mut page = handed_out(bench);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "CLOSED", "{:?}", bench.said);
    page
}

#[test]
fn a_paid_repair_begins_is_finished_paid_and_handed_over_with_f9() {
    let mut bench = Bench::new();
    let mut page = chosen(&mut bench, 1, "120.50");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "IN_WORK", "{:?}", bench.said);
    bench.press(&mut page, Action::Commit);
    assert_eq!(said(&bench), "Still needed: what was done");
    bench.type_in(&mut page, "new motor");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "READY");
    assert!(bench.drawn(&page, (78, 19)).contains("Paid by"), "the fee is due first");
    bench.press(&mut page, Action::Commit);
    bench.scan(&mut page, COVERED);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "HANDED_OVER", "{:?}", bench.said);
    assert_eq!(page.paper().unwrap().1, Kind::HandOver);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "CLOSED", "{:?}", bench.said);
}

#[test]
fn a_repaired_unit_is_neither_cancelled_nor_given_back_unpaid_and_the_list_says_so() {
    let mut bench = Bench::new();
    let mut page = chosen(&mut bench, 1, "120.50");
    bench.press(&mut page, Action::Commit);
    bench.type_in(&mut page, "new motor");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "READY", "{:?}", bench.said);
    for (letter, why) in [("c", "is done"), ("g", "The fee of 120.50 USD is not paid yet")] {
        pick(&mut bench, &mut page, letter);
        assert!(said(&bench).contains(why), "{:?}", bench.said);
        bench.press(&mut page, Action::Back);
    }
}

#[test]
fn another_unit_is_not_handed_over() {
    let mut bench = Bench::new();
    let mut page = ready(&mut bench);
    bench.scan(&mut page, OTHER_UNIT);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "READY");
    assert!(said(&bench).contains("look for that one") || said(&bench).contains("Look for that one"));
}

#[test]
fn the_customer_is_told_from_the_list() {
    let mut bench = Bench::new();
    let mut page = ready(&mut bench);
    assert!(bench.drawn(&page, (78, 19)).contains("not told yet"));
    pick(&mut bench, &mut page, "t");
    bench.press(&mut page, Action::Commit);
    assert!(bench.drawn(&page, (78, 19)).contains("The customer was told 2019-12-02"));
    assert!(bench.drawn(&page, (78, 19)).contains("Serial on unit"), "the next step is there again");
}

#[test]
fn a_case_is_put_on_hold_and_goes_on_in_its_state() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    pick(&mut bench, &mut page, "u");
    assert_eq!(said(&bench), "The case is not on hold");
    bench.press(&mut page, Action::Back);
    pick(&mut bench, &mut page, "h");
    bench.press(&mut page, Action::Commit);
    assert_eq!(said(&bench), "Still needed: the reason");
    bench.type_in(&mut page, "waits for a part");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "RECEIVED");
    assert!(bench.drawn(&page, (78, 19)).contains("ON HOLD: waits for a part"));
    pick(&mut bench, &mut page, "u");
    bench.press(&mut page, Action::Commit);
    assert!(!page.view().unwrap().held);
}

#[test]
fn money_goes_back_before_another_mind_or_the_end() {
    let mut bench = Bench::new();
    let mut page = replacement(&mut bench);
    bench.press(&mut page, Action::Commit);
    for letter in ["m", "c"] {
        pick(&mut bench, &mut page, letter);
        assert!(said(&bench).contains("was paid"), "{:?}", bench.said);
        bench.press(&mut page, Action::Back);
    }
    pick(&mut bench, &mut page, "r");
    bench.press(&mut page, Action::Next);
    bench.press(&mut page, Action::Next);
    bench.type_in(&mut page, "wants a repair");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.paper().unwrap().1, Kind::Receipt);
    pick(&mut bench, &mut page, "m");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "ASSESSED", "{:?}", bench.said);
}

#[test]
fn a_case_is_cancelled_with_a_reason_and_opened_again_with_its_unit() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    pick(&mut bench, &mut page, "c");
    bench.type_in(&mut page, "came for another shop");
    bench.press(&mut page, Action::Commit);
    pick(&mut bench, &mut page, "o");
    bench.press(&mut page, Action::Right);
    bench.scan(&mut page, COVERED);
    for key in [Action::Next, Action::Next, Action::Next, Action::Left, Action::Left, Action::Next] {
        bench.press(&mut page, key);
    }
    field(&mut bench, &mut page, "Lin");
    field(&mut bench, &mut page, "came back");
    bench.type_in(&mut page, "wet");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "CANCELLED");
    assert!(said(&bench).contains("nother person"), "{:?}", bench.said);
    (0..2).for_each(|_| bench.press(&mut page, Action::Previous));
    field(&mut bench, &mut page, "da Mei");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "RECEIVED", "{:?}", bench.said);
    let asked = page.view().map(|view| (view.owner.as_str(), view.condition.as_deref()));
    assert_eq!(asked, Some(("same", Some("wet"))), "asked again");
}

#[test]
fn what_was_paid_back_for_goodwill_is_written_off_where_the_case_says_so() {
    let mut bench = Bench::new();
    let mut page = handed_out(&mut bench);
    pick(&mut bench, &mut page, "r");
    (0..2).for_each(|_| bench.press(&mut page, Action::Next));
    field(&mut bench, &mut page, "waited long");
    bench.press(&mut page, Action::Commit);
    assert!(bench.drawn(&page, (78, 19)).contains("write the difference off"));
    bench.press(&mut page, Action::Next);
    (0..9).for_each(|_| bench.backspace(&mut page));
    field(&mut bench, &mut page, "0.00");
    assert_eq!(page.task.as_ref().unwrap().label(), "Write it off");
    bench.type_in(&mut page, "goodwill");
    (0..2).for_each(|_| bench.press(&mut page, Action::Commit));
    assert_eq!(state(&page), "CLOSED", "{:?}", bench.said);
}

#[test]
fn a_closed_case_is_opened_again_by_a_second_person() {
    let mut bench = Bench::new();
    let mut page = closed(&mut bench);
    pick(&mut bench, &mut page, "o");
    field(&mut bench, &mut page, "Mei");
    bench.type_in(&mut page, "a paper was wrong");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "HANDED_OVER", "{:?}", bench.said);
}

#[test]
fn a_hand_out_is_taken_back_after_before_and_after_and_the_last_four() {
    let mut bench = Bench::new();
    let mut page = handed_out(&mut bench);
    pick(&mut bench, &mut page, "v");
    bench.scan(&mut page, UNIT);
    bench.press(&mut page, Action::Next);
    field(&mut bench, &mut page, "Mei");
    bench.type_in(&mut page, "wrong unit");
    bench.press(&mut page, Action::Commit);
    assert!(page.question().is_some(), "{:?}", bench.said);
    insta::assert_snapshot!(bench.drawn(&page, (78, 19)), @r#"
    "Take the hand-out of case 0001-00001-5 back?                                  "
    "                                                                              "
    "                  BEFORE                        AFTER                         "
    "Serial            08Q6H32F456EZY                08Q6G1HH7G076V                "
    "Left on the plan  1                             2                             "
    "Unit              08Q6H32F456EZY, out           here, set aside               "
    "Paid              79.00 USD                     paid back                     "
    "The case          handed over                   assessed: choose again        "
    "                                                                              "
    "Last four                                                                     "
    "Type the last four characters of the serial under AFTER, then F9. Esc leaves  "
    "everything as it is.                                                          "
    "                                                                              "
    "                                                                              "
    "                                                                              "
    "                                                                              "
    "                                                                              "
    "                                                                              "
    "                                                                              "
    "#);
    bench.type_in(&mut page, "6EZY");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "HANDED_OVER", "the new unit's are the wrong four");
    for _ in 0..4 {
        bench.backspace(&mut page);
    }
    bench.type_in(&mut page, "076V");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "ASSESSED", "{:?}", bench.said);
    let view = page.view().unwrap();
    assert_eq!(view.plan_serial.as_deref(), Some(COVERED));
    assert_eq!(page.paper().unwrap().1, Kind::Receipt);
}

#[test]
fn a_unit_is_kept_and_freed() {
    let mut bench = Bench::new();
    let mut page = replacement(&mut bench);
    for (letter, says) in [("k", "is kept for it"), ("f", "is free again")] {
        pick(&mut bench, &mut page, letter);
        bench.scan(&mut page, UNIT);
        bench.press(&mut page, Action::Commit);
        assert!(said(&bench).contains(says), "{:?}", bench.said);
    }
}

#[test]
fn parts_that_were_not_here_are_brought() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    pick(&mut bench, &mut page, "b");
    bench.type_in(&mut page, "1");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.view().unwrap().handed_in.as_ref().unwrap().len(), 2, "{:?}", bench.said);
    pick(&mut bench, &mut page, "w");
    assert!(said(&bench).contains("arts") || said(&bench).contains("part"), "{:?}", bench.said);
}

#[test]
fn what_cannot_be_done_stands_back_and_says_why() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    bench.press(&mut page, Action::Steps);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains(" v  Take the hand-out back     [no] only when handed over  "), "{shown}");
    assert!(shown.contains(" h  Put on hold                                            "), "{shown}");
    bench.type_in(&mut page, "v");
    assert!(said(&bench).contains("it must be handed over"), "{:?}", bench.said);
    bench.type_in(&mut page, "z");
    assert!(said(&bench).contains("does nothing here"));
}

#[test]
fn a_form_that_another_step_interrupts_comes_back_as_it_was() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    bench.type_in(&mut page, " crushed");
    let typed = page.task.as_ref().unwrap().form().text(0).to_owned();
    assert!(typed.ends_with("crushed"), "{typed}");
    pick(&mut bench, &mut page, "h");
    bench.type_in(&mut page, "lunch");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.task.as_ref().unwrap().form().text(0), typed);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "ASSESSED", "{:?}", bench.said);
    assert_eq!(bench.unparked.len(), 1);
}

#[test]
fn esc_leaves_a_picked_step_first() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    pick(&mut bench, &mut page, "h");
    bench.press(&mut page, Action::Back);
    assert!(bench.drawn(&page, (78, 19)).contains("Finding"));
}

#[test]
fn the_life_of_a_case_is_read_over_a_form() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    bench.press(&mut page, Action::PageUp);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("2019-12-02 10:00  lin: Received: unit 08Q6G1HH7G076V"), "{shown}");
    bench.press(&mut page, Action::Back);
    pick(&mut bench, &mut page, "l");
    assert!(bench.drawn(&page, (78, 19)).contains("History"));
}

#[test]
fn every_step_draws_at_every_size() {
    let mut bench = Bench::new();
    let mut page = handed_out(&mut bench);
    bench.press(&mut page, Action::Steps);
    bench.draw_at_every_size(&page);
    for letter in ["v", "h", "r"] {
        pick(&mut bench, &mut page, letter);
        bench.draw_at_every_size(&page);
        let wants = page.form();
        assert!(wants.is_none(), "nothing is typed yet");
        bench.press(&mut page, Action::Back);
    }
}

#[test]
fn what_the_rules_leave_open_takes_a_second_person_and_a_reason() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    field(&mut bench, &mut page, "s");
    field(&mut bench, &mut page, "not k");
    bench.press(&mut page, Action::Accept);
    bench.type_in(&mut page, "1");
    bench.press(&mut page, Action::Commit);
    bench.press(&mut page, Action::Commit);
    bench.press(&mut page, Action::First);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("Needs a second person."), "{shown}");
    bench.press(&mut page, Action::Commit);
    assert_eq!(said(&bench), "Still needed: the reason, a second person");
    field(&mut bench, &mut page, "seen by the workshop");
    bench.press(&mut page, Action::Next);
    bench.type_in(&mut page, "Mei");
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.view().unwrap().overridden_by.as_deref(), Some("Mei"), "{:?}", bench.said);
}
