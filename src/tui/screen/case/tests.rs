use rstest::rstest;

use super::*;
use crate::desk::print::Kind;
use crate::tui::screen::Page;
use crate::tui::screen::counter::{Bench, COVERED, OTHER_UNIT, WIDE_NAME, fill_in, new_case, parked};

mod assess;
mod keys;
mod life;
mod meanwhile;
mod quick;
mod quote;
mod undone;

fn state(page: &CasePage) -> &str {
    page.view().map_or("", |view| view.state.as_str())
}

#[test]
fn a_walk_in_goes_from_the_form_to_the_issue_with_f9_alone() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    let mut states = Vec::new();
    for _ in 0..4 {
        bench.press(&mut page, Action::Commit);
        states.push(state(&page).to_owned());
    }
    assert_eq!(states, ["RECEIVED", "ASSESSED", "CHOSEN", "CHOSEN"], "{:?}", bench.said);
    let view = page.view().unwrap();
    assert_eq!(view.paid, view.fee);
    assert!(matches!(bench.opened.as_slice(), [Destination::Issue(case)] if case.number == view.number));
}

#[test]
fn enter_accepts_every_field_and_never_records() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    for _ in 0..20 {
        bench.press(&mut page, Action::Accept);
    }
    assert!(page.view().is_none());
    assert!(page.form().is_some());
}

#[test]
fn f9_says_what_is_still_needed_and_loses_nothing() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    bench.type_in(&mut page, "s");
    bench.press(&mut page, Action::Commit);
    assert_eq!(bench.said, ["Still needed: the cause, the customer's words (0 of 10)"]);
    assert!(page.form().is_some());
}

#[test]
fn a_scanners_first_digit_does_not_leave_a_phrase_behind() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    let words = |page: &CasePage| page.task.as_ref().unwrap().form().text(record::WORDS).to_owned();
    assert_eq!(words(&page), "It crashed in flight.");
    page.take_back();
    assert_eq!(words(&page), "");
}

#[test]
fn another_unit_that_is_scanned_does_not_change_an_edited_form() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    bench.scan(&mut page, OTHER_UNIT);
    assert!(bench.opened.is_empty());
    assert!(bench.said.last().unwrap().contains("another unit"), "{:?}", bench.said);
    bench.scan(&mut page, COVERED);
    assert!(bench.said.last().unwrap().contains("This is the unit"), "{:?}", bench.said);
}

#[test]
fn a_parked_form_comes_back_exactly_and_is_done_once() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    bench.press(&mut page, Action::Last);
    bench.type_in(&mut page, " It rained, 李 says.");
    let form = parked(&page);
    assert_eq!(form.title, format!("New case · {COVERED} · Anaïs Lefèvre"));

    let mut again = CasePage::take_up(&form).unwrap();
    bench.open(&mut again);
    assert_eq!(bench.drawn(&again, (78, 19)), bench.drawn(&page, (78, 19)));
    assert_eq!(parked(&again), form);

    bench.press(&mut again, Action::Commit);
    bench.press(&mut page, Action::Commit);
    let numbers = [&again, &page].map(|page| page.view().unwrap().number.clone());
    assert_eq!(numbers[0], numbers[1], "one request, one case");
    assert_eq!(bench.unparked, [form.id]);
}

#[test]
fn a_form_of_another_screen_is_not_taken_up() {
    let form = Parked {
        id: String::new(),
        title: String::new(),
        body: "{\"screen\":\"x\"}".to_owned(),
        at: String::new(),
    };
    assert!(CasePage::take_up(&form).is_none());
}

#[test]
fn the_battery_asks_for_its_charge_cycles() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    bench.press(&mut page, Action::Previous);
    assert!(!bench.drawn(&page, (78, 30)).contains("Charge cycles"));
    bench.type_in(&mut page, "5");
    assert!(bench.drawn(&page, (78, 30)).contains("Charge cycles"));
}

#[rstest]
#[case::less_without_a_reason("50", false)]
#[case::the_fee("79.00", true)]
#[case::the_fee_written_shorter("79", true)]
fn another_amount_than_the_fee_needs_a_reason(#[case] amount: &str, #[case] taken: bool) {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    for _ in 0..3 {
        bench.press(&mut page, Action::Commit);
    }
    bench.press(&mut page, Action::Accept);
    let wants = bench_clear(&mut bench, &mut page);
    assert!(wants, "the amount has the keys");
    bench.type_in(&mut page, amount);
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.view().unwrap().paid == page.view().unwrap().fee, taken, "{:?}", bench.said);
}

fn bench_clear(bench: &mut Bench, page: &mut CasePage) -> bool {
    for _ in 0..5 {
        bench.backspace(page);
    }
    page.task.as_ref().is_some_and(|task| task.form().text(1).is_empty())
}

#[test]
fn a_closed_remedy_says_why_and_chooses_nothing() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    bench.press(&mut page, Action::Commit);
    bench.press(&mut page, Action::Commit);
    bench.press(&mut page, Action::Down);
    bench.press(&mut page, Action::Down);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "ASSESSED");
    assert!(bench.said.last().unwrap().starts_with("Warranty repair is not open: "), "{:?}", bench.said);
}

#[test]
fn a_new_case_fits_a_small_screen() {
    let mut bench = Bench::new();
    let page = new_case(&mut bench, WIDE_NAME);
    insta::assert_snapshot!(bench.drawn(&page, (78, 19)), @r#"
    "New case · Mavic Pro · 08QXG1P5ZC3ZMJ                                         "
    "Plan CR2 until 2020-06-05 · 2 of 2 left                                       "
    "[ok] COVERED - 2 OF 2 LEFT                                                    "
    "Customer          李小龙金大中                                                " Hidden by multi-width symbols: [(19, " "), (21, " "), (23, " "), (25, " "), (27, " "), (29, " ")]
    "Phone             +7830311100                                                 "
    "Mail                                                                          "
    "Brought by        (F4 lists the values)                                       "
    "Cause             (F4 lists the values)                                       "
    "Damaged parts     1 [x] aircraft (plan)         5 [ ] battery (plan)          "
    "                  2 [ ] gimbal (plan)           6 [ ] remote controller       "
    "                  3 [ ] camera (plan)           7 [ ] charger                 "
    "                  4 [ ] propellers (plan)                                     "
    "Customer's words                                                              "
    "Day of damage     2019-12-02                                                  "
    "Channel           swift: walks in, goes home with it                          "
    "The unit          here: take it in now                                        "
    "Condition                                                                     "
    "Only the plan's owner may use the plan (C18): S same, O other, N not checked. "
    "[?] Still needed: who brings it, the cause, the customer's words (0 of 10)    "
    "#);
}

#[test]
fn the_choice_shows_every_option_with_its_fee_and_the_balance() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    bench.press(&mut page, Action::Commit);
    bench.press(&mut page, Action::Commit);
    insta::assert_snapshot!(bench.drawn(&page, (78, 19)), @r#"
    "Case 0001-00001-5 · ASSESSED · for 0 min                                      "
    "Anaïs Lefèvre · +3131896868 · anais@example.org                               "
    "Mavic Pro · 08Q6G1HH7G076V                                                    "
    "Plan CR1 until 2020-03-07 · 2 of 2 left                                       "
    "[ok] COVERED · 2 LEFT, one is for this case                                   "
    "                                                                              "
    "   Choice                Open   Costs the customer  Plan has left             "
    " > Replacement           [ok]   79.00 USD           2 -> 1                    "
    "   Paid repair           [ok]   a price you enter   2, unchanged              "
    "   Warranty repair       [no]   nothing             2, unchanged              "
    "   Goes back unrepaired  [ok]   nothing             2, unchanged              "
    "   No fault found        [ok]   nothing             2, unchanged              "
    "                                                                              "
    "                                                                              "
    "                                                                              "
    "Up and Down choose. Only a replacement uses the balance (C8).                 "
    "[ok] Ready: F9 choose                                                         "
    "                                                                              "
    "                                                                              "
    "#);
}

#[test]
fn a_case_draws_at_every_size_in_every_state() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, WIDE_NAME);
    bench.draw_at_every_size(&page);
    bench.press(&mut page, Action::Accept);
    bench.type_in(&mut page, "a");
    bench.press(&mut page, Action::Values);
    bench.draw_at_every_size(&page);
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    for _ in 0..4 {
        bench.press(&mut page, Action::Commit);
        bench.draw_at_every_size(&page);
    }
}

#[test]
fn the_condition_is_noted_when_a_recorded_unit_comes_in_and_is_put_aside_with_the_form() {
    let mut bench = Bench::new();
    let mut page = recorded_only(&mut bench);
    for _ in receive::SERIAL..receive::CONDITION {
        bench.press(&mut page, Action::Accept);
    }
    bench.type_in(&mut page, "wet, SD card inside");
    assert!(bench.drawn(&page, (78, 19)).contains("Scratches, missing screws"), "the line about the entry");
    bench.press(&mut page, Action::Accept);
    bench.scan(&mut page, COVERED);
    let form = parked(&page);
    let mut again = CasePage::take_up(&form).unwrap();
    bench.open(&mut again);
    assert_eq!(parked(&again), form);
    assert!(page.help().iter().any(|line| line.starts_with("Condition: ")));
    bench.press(&mut again, Action::Commit);
    assert_eq!(state(&again), "RECEIVED", "{:?}", bench.said);
    assert_eq!(again.view().unwrap().condition.as_deref(), Some("wet, SD card inside"));
}

#[test]
fn a_scan_and_f9_take_a_recorded_unit_in_without_a_condition() {
    let mut bench = Bench::new();
    let mut page = recorded_only(&mut bench);
    bench.scan(&mut page, COVERED);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "RECEIVED", "{:?}", bench.said);
    assert_eq!(page.view().unwrap().condition, None);
}

#[test]
fn a_walk_in_that_is_taken_in_with_one_f9_has_its_condition_noted() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    while page.task.as_ref().unwrap().form().at() < record::CONDITION {
        bench.press(&mut page, Action::Next);
    }
    bench.type_in(&mut page, "wet, SD card inside");
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("Condition"), "{shown}");
    assert!(shown.contains("Scratches, missing screws"), "{shown}");
    assert!(page.help().iter().any(|line| line.starts_with("Condition: ")));
    let mut again = CasePage::take_up(&parked(&page)).unwrap();
    bench.open(&mut again);
    bench.press(&mut again, Action::Commit);
    assert_eq!(state(&again), "RECEIVED", "{:?}", bench.said);
    let view = again.view().unwrap();
    assert_eq!(view.condition.as_deref(), Some("wet, SD card inside"));
    let received = view.history.iter().find(|step| step.event == "received").unwrap();
    assert!(received.say.ends_with("; condition: wet, SD card inside"), "{}", received.say);
    let slip = bench.paper(&view.number, Kind::Slip);
    assert!(slip.contains("Condition             wet, SD card inside"), "{slip}");
}

#[test]
fn a_walk_in_of_which_nothing_is_noted_has_no_condition() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    fill_in(&mut bench, &mut page);
    bench.press(&mut page, Action::Commit);
    assert_eq!(page.view().unwrap().condition, None);
}

#[test]
fn a_unit_that_comes_later_is_not_asked_for_its_condition() {
    let mut bench = Bench::new();
    let mut page = new_case(&mut bench, COVERED);
    assert!(page.task.as_ref().unwrap().form().is_shown(record::CONDITION));
    while page.task.as_ref().unwrap().form().at() < record::UNIT {
        bench.press(&mut page, Action::Next);
    }
    bench.press(&mut page, Action::Right);
    assert!(!page.task.as_ref().unwrap().form().is_shown(record::CONDITION));
}

/// A case whose unit is still with the customer.
fn recorded_only(bench: &mut Bench) -> CasePage {
    let mut page = new_case(bench, COVERED);
    fill_in(bench, &mut page);
    while page.task.as_ref().unwrap().form().at() < record::UNIT {
        bench.press(&mut page, Action::Next);
    }
    bench.press(&mut page, Action::Right);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "RECORDED", "{:?}", bench.said);
    page
}
