//! Early ends, and ended cases that go on.

use super::*;
use crate::desk::print::Kind;
use crate::paper::Width;

#[test]
fn a_cancelled_case_lets_everything_go() {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    till.sql(&format!(
        "INSERT INTO unit (serial, state, case_id, at) SELECT '{NEW}', 'reserved', id, recorded_at FROM cases"
    ));
    till.sql("INSERT INTO appointment SELECT 'A-1', id, '2020-03-09T10:00:00-08:00', 'booked' FROM cases");
    assert_eq!(till.show().appointment.unwrap().state, "booked");
    let view = till.cancel().unwrap();
    assert_eq!((view.state.as_str(), view.outcome.as_str(), view.balance), ("CANCELLED", "none", Some(2)));
    assert_eq!(till.ask("SELECT state || coalesce(case_id, '') FROM unit"), "in-stock");
    assert_eq!(view.appointment.unwrap().state, "cancelled");
    assert!(view.history.last().unwrap().say.contains("goes back to the customer"));
}

#[test]
fn a_reason_is_needed_to_cancel() {
    let mut till = Till::new();
    till.bring_to(State::Recorded);
    assert_eq!(refusal(till.does(|desk, act, case| desk.cancel(act, case, "  "))), "reason");
}

#[test]
fn a_case_is_reopened_twice_and_its_first_closing_stays_in_its_history() {
    let mut till = Till::new();
    till.bring_to(State::Closed);
    assert_eq!(refusal(till.reopen("ANA", None)), "same-person");
    assert_eq!(till.reopen("Ben", None).unwrap().state, "HANDED_OVER");
    till.who = "Ben";
    till.close().unwrap();
    assert_eq!(refusal(till.reopen("Ben", None)), "same-person", "the one who closed it last counts");
    till.reopen("Ana", None).unwrap();
    till.close().unwrap();
    let closings = till.show().history.iter().filter(|step| step.event == "closed").count();
    assert_eq!(closings, 3);
    till.verified();
}

#[test]
fn a_cancelled_case_begins_again_with_the_unit_or_without_it() {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    till.cancel().unwrap();
    let other = intake(NEW, &["aircraft"]);
    assert_eq!(refusal(till.reopen("Ben", Some(other))), "other-serial");
    let brought = intake(OLD, &["aircraft", "battery"]);
    let view = till.reopen("Ben", Some(brought)).unwrap();
    assert_eq!((view.state.as_str(), view.outcome.as_str(), view.fee), ("RECEIVED", "none", None));
    assert_eq!(view.handed_in.unwrap(), ["aircraft", "battery"]);
    till.cancel().unwrap();
    let view = till.reopen("Ben", None).unwrap();
    assert_eq!((view.state.as_str(), view.handed_in), ("RECORDED", None));
    till.receive(&["aircraft"]);
    till.verified();
}

#[rstest]
#[case::asked_again(Some(Owner::Same), "same", "")]
#[case::another_person(Some(Owner::Other), "other", "not-covered")]
#[case::not_asked(None, "unverified", "owner-not-seen")]
fn who_brings_a_cancelled_cases_unit_again_is_asked_again(
    #[case] owner: Option<Owner>,
    #[case] kept: &str,
    #[case] guard: &str,
) {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    assert_eq!(till.cancel().unwrap().owner, "same");
    let brought = Intake { owner, ..intake(OLD, &["aircraft"]) };
    assert_eq!(till.reopen("Ben", Some(brought)).unwrap().owner, kept);
    till.assess_as(Cause::Accident, &["aircraft"]).unwrap();
    let chosen = till.choose(&replacement());
    if guard.is_empty() {
        assert_eq!(chosen.unwrap().ordinal, Some(1));
    } else {
        assert_eq!(refusal(chosen), guard);
    }
    till.verified();
}

#[test]
fn a_closed_case_takes_no_unit_in() {
    let mut till = Till::new();
    till.bring_to(State::Closed);
    assert_eq!(refusal(till.reopen("Ben", Some(intake(OLD, &["aircraft"])))), "wrong-state");
}

#[test]
fn a_case_stays_ended_while_another_on_its_chain_is_open() {
    let mut till = Till::new();
    till.bring_to(State::Closed);
    let first = till.case.clone();
    till.record_on(NEW, Channel::Swift, &["aircraft"]);
    till.case = first;
    assert_eq!(refusal(till.reopen("Ben", None)), "open-case");
}

#[rstest]
#[case::one_that_the_plan_replaces("propellers", true)]
#[case::one_that_it_does_not_replace("remote-controller", false)]
fn the_hand_over_receipt_asks_for_the_parts_that_are_owed(#[case] part: &str, #[case] owed: bool) {
    let mut till = Till::new();
    till.record(Channel::Swift, &["aircraft", part]);
    till.receive(&["aircraft"]);
    till.assess_as(Cause::Accident, &["aircraft", part]).unwrap();
    let wish = Wish { by: Some("Ben".to_owned()), reason: Some("he brings it".to_owned()), ..replacement() };
    till.choose(&wish).unwrap();
    till.pay(None).unwrap();
    assert_eq!(!till.issue(&[NEW]).unwrap().parts_owed.is_empty(), owed);
    let (act, look) = (till.act(), (Kind::HandOver, Width::Page));
    let text = till.desk.look_at(&act, &till.case, look).unwrap().text;
    assert_eq!(text.contains("Still to bring"), owed, "{text}");
}

#[rstest]
#[case::in_the_plans_own_time("2020-06-10T10:00:00-07:00", (2, 2))]
#[case::in_the_time_of_plus("2020-07-10T10:00:00-07:00", (1, 1))]
fn what_is_left_for_a_case_is_what_its_decision_counts_whatever_came_of_it(
    #[case] at: &str,
    #[case] left: (u8, u8),
) {
    let mut till = Till::new();
    till.at = "2020-06-01T10:00:00-07:00".to_owned();
    let act = till.act();
    till.desk.extend_plan(&act, "P-1", "X-1").unwrap();
    till.at = at.to_owned();
    till.record(Channel::Swift, &["aircraft"]);
    till.receive(&["aircraft"]);
    let shown = |view: &CaseView| (view.balance.unwrap(), view.granted.unwrap());
    for cause in [Cause::Deliberate, Cause::Unknown] {
        let view = till.assess_as(cause, &["aircraft"]).unwrap();
        let decision: serde_json::Value = view.decision.as_ref().unwrap().read().unwrap();
        assert_eq!((shown(&view), &decision["balance_after"]), (left, &left.0.into()), "{cause}");
        if cause == Cause::Deliberate {
            till.cancel().unwrap();
            till.record(Channel::Swift, &["aircraft"]);
            till.receive(&["aircraft"]);
        }
    }
    let wish = Wish { by: Some("Ben".to_owned()), reason: Some("seen".to_owned()), ..replacement() };
    assert_eq!(shown(&till.choose(&wish).unwrap()), left, "chosen by a second person");
    till.pay(Some("10")).ok();
    let view = till.issue(&[NEW]).unwrap();
    assert_eq!(shown(&view), (left.0 - 1, left.1), "one is used");
}

#[test]
fn a_case_tells_what_stands_against_opening_it_again_in_the_words_of_the_refusal() {
    let mut till = Till::new();
    till.bring_to(State::Cancelled);
    assert_eq!(till.show().not_reopened, None);
    let cancelled = till.case.clone();
    till.record(Channel::Swift, &["aircraft"]);
    assert_eq!(till.show().not_reopened, None, "it is open itself");
    till.case = cancelled;
    let refused = till.reopen("Mei", None).unwrap_err().to_string();
    assert!(refused.contains("is still open"), "{refused}");
    assert_eq!(till.show().not_reopened, Some(refused));
}
