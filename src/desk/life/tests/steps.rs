//! Every step in every state: allowed where the table says, refused elsewhere with nothing changed.

use super::*;

/// Does a step with harmless values.
fn attempt(till: &mut Till, step: Step) -> Option<Result<CaseView, Failure>> {
    Some(match step {
        Step::Appoint | Step::Keep => return None,
        Step::Receive => {
            let intake = intake(OLD, &["aircraft"]);
            till.does(|desk, act, case| desk.receive(act, case, &intake))
        }
        Step::Assess => till.assess_as(Cause::Accident, &["aircraft"]),
        Step::Choose => till.choose(&replacement()),
        Step::ChangeMind => till.change_mind(),
        Step::Pay => till.pay(None),
        Step::Refund => till.refund("1.00", None),
        Step::Issue => till.issue(&[NEW]),
        Step::Work => till.does(Desk::work),
        Step::Finish => till.does(|desk, act, case| desk.finish(act, case, "New arm")),
        Step::Hold => till.does(|desk, act, case| desk.hold(act, case, "waits for a part")),
        Step::Unhold => till.does(|desk, act, case| desk.unhold(act, case, None)),
        Step::Tell => till.does(Desk::tell),
        Step::HandOver => till.does(|desk, act, case| desk.hand_over(act, case, OLD)),
        Step::Parts => till.does(|desk, act, case| desk.bring(act, case, &texts(&["battery"]))),
        Step::Close => till.close(),
        Step::Cancel => till.cancel(),
        Step::Void => till.void("Ben", &[NEW]),
        Step::Reopen => till.reopen("Ben", None),
    })
}

#[rstest]
fn a_step_out_of_its_place_is_refused_and_changes_nothing(
    #[values(
        State::Recorded,
        State::Received,
        State::Assessed,
        State::Chosen,
        State::InWork,
        State::Ready,
        State::HandedOver,
        State::Closed,
        State::Cancelled
    )]
    state: State,
) {
    let mut till = Till::new();
    till.bring_to(state);
    let before = till.ask("SELECT count(*) || '' FROM journal");
    for step in Step::ALL.iter().filter(|step| !step.begins().contains(&state)) {
        if let Some(result) = attempt(&mut till, *step) {
            assert_eq!(refusal(result), "wrong-state", "{step} in {state}");
        }
    }
    assert_eq!(till.ask("SELECT count(*) || '' FROM journal"), before);
    till.verified();
}

#[rstest]
#[case::change_mind(Step::ChangeMind, State::Chosen, State::Assessed)]
#[case::finish(Step::Finish, State::InWork, State::Ready)]
#[case::tell(Step::Tell, State::Ready, State::Ready)]
#[case::parts_before_the_choice(Step::Parts, State::Received, State::Received)]
#[case::parts_after_the_hand_out(Step::Parts, State::HandedOver, State::HandedOver)]
#[case::hold_recorded(Step::Hold, State::Recorded, State::Recorded)]
#[case::hold_handed_over(Step::Hold, State::HandedOver, State::HandedOver)]
#[case::cancel_recorded(Step::Cancel, State::Recorded, State::Cancelled)]
#[case::cancel_received(Step::Cancel, State::Received, State::Cancelled)]
#[case::cancel_assessed(Step::Cancel, State::Assessed, State::Cancelled)]
#[case::cancel_chosen(Step::Cancel, State::Chosen, State::Cancelled)]
#[case::void(Step::Void, State::HandedOver, State::Assessed)]
#[case::close(Step::Close, State::HandedOver, State::Closed)]
#[case::reopen_closed(Step::Reopen, State::Closed, State::HandedOver)]
#[case::reopen_cancelled(Step::Reopen, State::Cancelled, State::Recorded)]
fn a_step_leads_where_the_table_says(#[case] step: Step, #[case] from: State, #[case] to: State) {
    let mut till = Till::new();
    till.bring_to(from);
    let view = attempt(&mut till, step).unwrap().unwrap();
    assert_eq!(view.state, to.as_str());
    let last = view.history.last().unwrap();
    assert_eq!((last.from.as_deref(), last.to.as_deref()), (Some(from.as_str()), Some(to.as_str())));
    assert!(!last.say.is_empty());
    till.verified();
}

#[test]
fn a_repair_goes_through_the_workshop_and_home() {
    let mut till = Till::new();
    till.bring_to(State::Ready);
    assert_eq!(till.does(Desk::tell).unwrap().told_at.as_deref(), Some(till.at.as_str()));
    let over = |till: &mut Till, serial: &'static str| {
        till.does(|desk, act, case| desk.hand_over(act, case, serial))
    };
    assert_eq!(refusal(over(&mut till, OLD)), "fee-unpaid");
    till.pay(Some("20")).unwrap();
    let refunded = till.refund("20", None).unwrap();
    assert_eq!(refunded.due.unwrap().minor, 2000);
    assert_eq!(refusal(over(&mut till, OLD)), "money-not-settled");
    till.pay(None).unwrap();
    assert_eq!(refusal(over(&mut till, NEW)), "other-serial");
    let view = over(&mut till, OLD).unwrap();
    assert_eq!((view.state.as_str(), view.result.as_deref()), ("HANDED_OVER", Some("New arm")));
    assert_eq!(refusal(till.void("Ben", &[NEW])), "wrong-state");
    till.close().unwrap();
    assert_eq!(till.ledger(), "");
    till.verified();
}

#[test]
fn only_a_repair_goes_into_the_workshop() {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    assert_eq!(refusal(till.does(Desk::work)), "wrong-state");
}

#[test]
fn what_costs_nothing_is_given_back_without_money() {
    let mut till = Till::new();
    till.bring_to(State::Assessed);
    let wish = Wish { choice: Choice::NoFault, reason: Some("it flies".to_owned()), ..replacement() };
    assert_eq!(till.choose(&wish).unwrap().state, "READY");
    assert_eq!(refusal(till.pay(Some("5"))), "wrong-state");
    till.does(|desk, act, case| desk.hand_over(act, case, OLD)).unwrap();
    till.close().unwrap();
    till.verified();
}

#[test]
fn a_case_on_hold_keeps_its_state_and_every_step() {
    let mut till = Till::new();
    till.bring_to(State::Received);
    assert_eq!(refusal(till.does(|desk, act, case| desk.unhold(act, case, None))), "wrong-state");
    assert_eq!(refusal(till.does(|desk, act, case| desk.hold(act, case, " "))), "reason");
    let since = till.show().since;
    till.at = "2020-03-03T10:00:00-08:00".to_owned();
    let held = till.does(|desk, act, case| desk.hold(act, case, "asks the family")).unwrap();
    assert_eq!((held.held, held.held_reason.as_deref()), (true, Some("asks the family")));
    assert_eq!((held.state.as_str(), held.since), ("RECEIVED", since));
    assert_eq!(refusal(till.does(|desk, act, case| desk.hold(act, case, "again"))), "wrong-state");
    till.assess_as(Cause::Accident, &["aircraft"]).unwrap();
    assert!(till.show().held);
    let free = till.does(|desk, act, case| desk.unhold(act, case, Some("agreed"))).unwrap();
    assert!(!free.held && free.held_reason.is_none());
    till.verified();
}

#[test]
fn the_list_has_the_longest_in_its_state_first() {
    let mut till = Till::new();
    till.import(Kind::Devices, "serial,model\n0ASDG6C01200E3,spark\n");
    till.bring_to(State::Recorded);
    let first = till.case.clone();
    till.at = "2020-03-02T11:00:00-08:00".to_owned();
    till.record_on("0ASDG6C01200E3", Channel::Swift, &["aircraft"]);
    let second = till.case.clone();
    let order = |till: &mut Till| -> Vec<String> {
        let lines = till.desk.cases(case::Which::Open).unwrap();
        lines.into_iter().map(|line| line.number).collect()
    };
    assert_eq!(order(&mut till), [first.clone(), second.clone()]);
    till.at = "2020-03-02T12:00:00-08:00".to_owned();
    till.case = first.clone();
    till.receive(&["aircraft"]);
    assert_eq!(order(&mut till), [second, first]);
}

const SEEN: &str = "scratches, one screw missing";

fn receive_seen(till: &mut Till, act: &Act, condition: Option<&str>) -> CaseView {
    let brought = Intake { condition: condition.map(str::to_owned), ..intake(OLD, &["aircraft"]) };
    let case = till.case.clone();
    till.desk.receive(act, &case, &brought).unwrap()
}

#[rstest]
#[case::noted(
    Some("  scratches, one screw missing "),
    Some(SEEN),
    "; condition: scratches, one screw missing"
)]
#[case::blank(Some("  "), None, "handed in: aircraft")]
#[case::not_noted(None, None, "handed in: aircraft")]
fn the_condition_of_the_unit_is_noted_where_something_was_seen(
    #[case] typed: Option<&str>,
    #[case] kept: Option<&str>,
    #[case] said: &str,
) {
    let mut till = Till::new();
    till.record(Channel::Swift, &["aircraft"]);
    let act = till.act();
    let view = receive_seen(&mut till, &act, typed);
    assert_eq!(view.condition.as_deref(), kept);
    assert_eq!(till.show().condition, view.condition);
    let step = view.history.iter().find(|step| step.event == "received").unwrap();
    assert!(step.say.ends_with(said), "{}", step.say);
    let slip = till.ask("SELECT body FROM prose JOIN paper ON paper.text = prose.id");
    assert_eq!(slip.contains("Condition"), kept.is_some(), "{slip}");
    let line = till.ask("SELECT payload FROM journal WHERE kind = 'received'");
    assert_eq!(line.contains("condition"), kept.is_some(), "a line without it keeps its bytes: {line}");
    assert!(!line.contains("scratches"), "the words stand apart: {line}");
    till.verified();
}

#[test]
fn a_condition_that_is_erased_is_nowhere_else_and_the_file_still_verifies() {
    let mut till = Till::new();
    till.record(Channel::Swift, &["aircraft"]);
    let act = till.act();
    let first = receive_seen(&mut till, &act, Some(SEEN));
    assert_eq!(receive_seen(&mut till, &act, Some(SEEN)), first, "the same request again");
    let kept = till.ask("SELECT group_concat(result) FROM request");
    assert!(!kept.contains("scratches"), "{kept}");
    let refuses = till.ask("SELECT sql FROM sqlite_schema WHERE name = 'prose_no_update'");
    till.sql(&format!(
        "DROP TRIGGER prose_no_update; UPDATE prose SET body = body || '!' WHERE body = '{SEEN}'; {refuses}"
    ));
    assert_eq!(till.desk.verify().unwrap().len(), 1, "a changed condition is found");
    till.sql(&format!("UPDATE prose SET body = NULL, erased_at = '2020-03-03' WHERE body = '{SEEN}!'"));
    till.verified();
    assert_eq!(till.show().condition.as_deref(), Some("(erased)"));
    assert_eq!(receive_seen(&mut till, &act, Some(SEEN)).condition.as_deref(), Some("(erased)"));
}

#[rstest]
#[case::noted_anew(Some("wet"), Some("wet"))]
#[case::not_noted(None, None)]
fn a_unit_that_is_brought_again_has_no_longer_the_condition_of_the_first_time(
    #[case] seen: Option<&str>,
    #[case] kept: Option<&str>,
) {
    let mut till = Till::new();
    till.record(Channel::Swift, &["aircraft"]);
    let act = till.act();
    receive_seen(&mut till, &act, Some(SEEN));
    assert_eq!(till.cancel().unwrap().condition.as_deref(), Some(SEEN));
    let brought = Intake { condition: seen.map(str::to_owned), ..intake(OLD, &["aircraft"]) };
    let again = till.reopen("Ben", Some(brought)).unwrap();
    assert_eq!(again.condition.as_deref(), kept);
    assert_eq!(till.show().condition, again.condition);
    let reopened = again.history.iter().find(|step| step.event == "reopened").unwrap();
    assert_eq!(reopened.say.ends_with("came back; condition: wet"), kept.is_some(), "{}", reopened.say);
    let slip =
        till.ask("SELECT body FROM paper JOIN prose ON prose.id = paper.text ORDER BY paper.id DESC LIMIT 1");
    assert_eq!(slip.contains("Condition"), kept.is_some(), "{slip}");
    till.verified();
}
