//! A hand-out that is taken back: ordinal, binding, units, money and old parts, and what forbids it.

use super::*;

const MAKERS: &str = "plan,ordinal,used_on,case,old_serial,new_serial\n\
    P-1,1,2020-03-02,MK-9,08QDG6C01200B3,08QDH32F456EZY\n";

#[test]
fn a_void_gives_everything_back() {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    assert_eq!(till.show().plan_serial.as_deref(), Some(NEW));
    assert_eq!(
        till.ask("SELECT part || ' ' || serial || ' ' || state FROM old_part"),
        format!("aircraft {OLD} waiting")
    );
    let view = till.void("Ben", &[NEW]).unwrap();
    assert_eq!(
        (view.state.as_str(), view.balance, view.plan_serial.as_deref()),
        ("ASSESSED", Some(2), Some(OLD))
    );
    assert_eq!((view.units.len(), view.ordinal, view.outcome.as_str()), (0, None, "none"));
    assert_eq!(till.ask("SELECT state FROM unit"), "quarantine");
    assert_eq!(till.ask("SELECT state FROM old_part"), "given-back");
    assert_eq!(till.ask("SELECT method || minor FROM payment WHERE kind = 'refunded'"), "card7900");
    let say = &view.history.last().unwrap().say;
    assert!(say.contains("Ben") && say.contains("wrong colour") && say.contains("79.00 USD"), "{say}");
    till.verified();
}

#[test]
fn a_second_hand_out_and_a_second_void_use_the_same_replacement_although_the_maker_still_shows_the_first() {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    assert!(till.import(Kind::Claims, MAKERS));
    assert!(till.import(Kind::Devices, &format!("serial,model,replaced_by\n{OLD},mavic-pro,{NEW}\n")));
    till.void("Ben", &[NEW]).unwrap();
    assert!(till.import(Kind::Claims, MAKERS), "the same file again changes nothing");
    let card = till.desk.card(&till.act(), OLD).unwrap().unwrap();
    assert_eq!(card.chain, [OLD], "the chain does not follow a void hand-out");
    let chosen = till.choose(&replacement()).unwrap();
    assert_eq!((chosen.ordinal, chosen.balance), (Some(1), Some(2)));
    till.pay(None).unwrap();
    let issued = till.issue(&[NEWER]).unwrap();
    assert_eq!((issued.plan_serial.as_deref(), issued.balance), (Some(NEWER), Some(1)));
    assert_eq!(issued.units.len(), 1);
    till.void("Ben", &["LOST"]).unwrap();
    assert_eq!(
        till.ask("SELECT group_concat(state, ' ') FROM (SELECT state FROM unit ORDER BY serial)"),
        "quarantine missing"
    );
    assert_eq!(till.ledger(), "RESERVE USE VOID RESERVE USE VOID");
    let view = till.show();
    assert_eq!((view.balance, view.plan_serial.as_deref(), view.paid), (Some(2), Some(OLD), None));
    till.verified();
}

#[test]
fn a_unit_that_came_back_is_not_given_to_anybody_again_as_a_plans_unit() {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    till.void("Ben", &[NEW]).unwrap();
    till.choose(&replacement()).unwrap();
    till.pay(None).unwrap();
    assert_eq!(refusal(till.issue(&[NEW])), "unit-not-in-stock");
}

#[test]
fn a_part_that_came_back_can_be_given_again() {
    let mut till = Till::new();
    parts_issued(&mut till);
    assert_eq!(till.ask("SELECT group_concat(part || coalesce(serial, '')) FROM old_part"), "gimbal,battery");
    assert_eq!(refusal(till.void("Ben", &["S-2002"])), "unit");
    assert_eq!(refusal(till.void("Ben", &["S-2002", "S-2001", "lost"])), "unit");
    till.void("Ben", &["s-2002", "lost"]).unwrap();
    assert_eq!(
        till.ask("SELECT group_concat(serial || state, ' ') FROM (SELECT * FROM unit ORDER BY serial)"),
        "S-2001missing S-2002quarantine"
    );
    till.sql("UPDATE unit SET state = 'in-stock', case_id = NULL");
    till.choose(&replacement()).unwrap();
    till.pay(None).unwrap();
    assert_eq!(till.issue(&[BATTERY, "S-2002"]).unwrap().units.len(), 2);
}

/// A battery and a gimbal replaced; the plan stays.
fn parts_issued(till: &mut Till) {
    let parts = ["battery", "gimbal"];
    till.record(Channel::Swift, &parts);
    till.receive(&parts);
    till.assess_as(Cause::Accident, &parts).unwrap();
    till.choose(&replacement()).unwrap();
    till.pay(None).unwrap();
    assert_eq!(till.issue(&[BATTERY, "S-2002"]).unwrap().plan_serial.as_deref(), Some(OLD));
}

#[rstest]
#[case::the_same_person("ana ", NEW, "same-person")]
#[case::nobody(" ", NEW, "same-person")]
#[case::another_unit("Ben", NEWER, "other-serial")]
fn a_void_needs_a_second_person_and_the_unit(#[case] by: &str, #[case] unit: &str, #[case] guard: &str) {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    assert_eq!(refusal(till.void(by, &[unit])), guard);
    assert_eq!(till.show().state, "HANDED_OVER");
}

#[test]
fn who_handed_out_may_type_it_in_when_another_agrees() {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    till.who = "Ben";
    assert_eq!(refusal(till.void("Ana", &[NEW])), "same-person", "it is Ana who handed it out");
    assert_eq!(till.void("Ben", &[NEW]).unwrap().state, "ASSESSED");
}

#[rstest]
#[case::plus("extended")]
#[case::returned("given-back")]
fn a_plan_that_changed_since_keeps_its_hand_out(#[case] kind: &str) {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    till.sql(&format!(
        "INSERT INTO journal SELECT seq + 1, at, hlc, till, incarnation, actor, '{kind}', NULL, '{{\"plan\":\"P-1\"}}', hash, prev
         FROM journal ORDER BY seq DESC LIMIT 1"
    ));
    assert_eq!(refusal(till.void("Ben", &[NEW])), "built-upon");
}

#[test]
fn an_old_unit_that_went_to_the_maker_keeps_its_hand_out() {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    till.sql("UPDATE old_part SET state = 'shipped', packing = 'L-1'");
    assert_eq!(refusal(till.void("Ben", &[NEW])), "built-upon");
}

/// A hand-out, and a later case on the unit that was handed out; their numbers.
fn with_a_later_case() -> (Till, [String; 2]) {
    let mut till = Till::new();
    till.bring_to(State::Closed);
    let first = till.case.clone();
    till.record_on(NEW, Channel::Swift, &["aircraft"]);
    let later = till.case.clone();
    (till, [first, later])
}

/// What the customer of the later case chose.
fn chosen_later(till: &mut Till, choice: Choice) {
    let parts = intake(NEW, &["aircraft"]);
    till.does(|desk, act, case| desk.receive(act, case, &parts)).unwrap();
    till.assess_as(Cause::Accident, &["aircraft"]).unwrap();
    let price = (choice == Choice::PaidRepair).then(|| "50".to_owned());
    let reason = (choice == Choice::NoFault).then(|| "it flies".to_owned());
    till.choose(&Wish { choice, price, reason, ..replacement() }).unwrap();
    if matches!(choice, Choice::Replacement | Choice::PaidRepair) {
        till.pay(None).unwrap();
    }
}

fn void_first(till: &mut Till, first: &str) -> Result<CaseView, Failure> {
    first.clone_into(&mut till.case);
    till.reopen("Ben", None).unwrap();
    till.void("Ben", &[NEW])
}

#[rstest]
#[case::replaced_once_more(Choice::Replacement)]
#[case::repaired(Choice::PaidRepair)]
fn a_later_case_that_left_something_keeps_the_hand_out(#[case] choice: Choice) {
    let (mut till, [first, _]) = with_a_later_case();
    chosen_later(&mut till, choice);
    if choice == Choice::Replacement {
        till.issue(&[NEWER]).unwrap();
    } else {
        till.does(Desk::work).unwrap();
        till.does(|desk, act, case| desk.finish(act, case, "New arm")).unwrap();
        till.does(|desk, act, case| desk.hand_over(act, case, NEW)).unwrap();
    }
    till.close().unwrap();
    assert_eq!(refusal(void_first(&mut till, &first)), "built-upon");
    till.verified();
}

#[test]
fn two_hand_outs_are_taken_back_one_after_the_other() {
    let (mut till, [first, _]) = with_a_later_case();
    chosen_later(&mut till, Choice::Replacement);
    till.issue(&[NEWER]).unwrap();
    till.void("Ben", &[NEWER]).unwrap();
    till.cancel().unwrap();
    let view = void_first(&mut till, &first).unwrap();
    assert_eq!((view.balance, view.plan_serial.as_deref()), (Some(2), Some(OLD)));
    let day = till.desk.day(view.recorded_at.get(..10).unwrap().parse().unwrap()).unwrap();
    assert!(day.replacements.iter().all(|it| it.model == "mavic-pro"), "{:?}", day.replacements);
    till.verified();
}

#[rstest]
#[case::cancelled_before_the_unit_came(None)]
#[case::cancelled_with_a_reservation(Some(Choice::Replacement))]
#[case::closed_without_a_fault(Some(Choice::NoFault))]
fn a_later_case_that_left_nothing_does_not_keep_the_hand_out(#[case] choice: Option<Choice>) {
    let (mut till, [first, later]) = with_a_later_case();
    if let Some(choice) = choice {
        chosen_later(&mut till, choice);
    }
    if choice == Some(Choice::NoFault) {
        till.does(|desk, act, case| desk.hand_over(act, case, NEW)).unwrap();
        till.close().unwrap();
    } else {
        if choice.is_some() {
            till.refund("129", None).unwrap();
        }
        till.cancel().unwrap();
    }
    let view = void_first(&mut till, &first).unwrap();
    assert_eq!(
        (view.state.as_str(), view.balance, view.plan_serial.as_deref()),
        ("ASSESSED", Some(2), Some(OLD))
    );
    till.case = later;
    assert_eq!(refusal(till.reopen("Ben", None)), "no-such-device", "its unit is nobody's any more");
    assert_eq!(till.show().model, "mavic-pro");
    till.verified();
}

#[test]
fn a_reservation_that_the_makers_record_contradicts_is_let_go_and_the_next_one_is_taken() {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    let row = "plan,ordinal,used_on,case,old_serial,new_serial\nP-1,1,2020-01-01,MK-1,,08QDH32447HHS2\n";
    assert!(!till.import(Kind::Claims, row));
    assert_eq!(till.show().flags.len(), 1);
    till.pay(None).unwrap();
    assert_eq!(refusal(till.issue(&[NEW])), "no-balance");
    till.refund("79", None).unwrap();
    till.change_mind().unwrap();
    assert_eq!(till.show().balance, Some(1), "the maker's row counts now");
    let chosen = till.choose(&replacement()).unwrap();
    assert_eq!((chosen.ordinal, chosen.flags.len()), (Some(2), 0));
    till.pay(None).unwrap();
    till.issue(&[NEW]).unwrap();
    till.verified();
}

#[test]
fn without_another_replacement_a_contradicted_one_is_the_last() {
    let mut till = Till::new();
    let used = "plan,ordinal,used_on,case,old_serial,new_serial\nP-1,2,2020-01-01,MK-1,,\n";
    assert!(till.import(Kind::Claims, used));
    till.bring_to(State::Chosen);
    let row = "plan,ordinal,used_on,case,old_serial,new_serial\nP-1,1,2020-01-01,MK-1,,08QDH32447HHS2\n";
    assert!(!till.import(Kind::Claims, row));
    till.change_mind().unwrap();
    assert_eq!(refusal(till.choose(&replacement())), "no-balance");
}
