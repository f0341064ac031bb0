//! What a quick case may do before it is assessed, what a second person decides, and parts that are owed.

use super::*;
use crate::desk::print::Kind;
use crate::paper::Width;

#[test]
fn a_quick_case_is_replaced_on_receipt_and_owes_its_assessment() {
    let mut till = Till::new();
    till.record(Channel::Quick, &["aircraft"]);
    till.receive(&["aircraft"]);
    assert_eq!(refusal(till.choose(&paid_repair("50"))), "wrong-state");
    let chosen = till.choose(&replacement()).unwrap();
    assert_eq!((chosen.state.as_str(), chosen.assessment_owed), ("CHOSEN", true));
    till.pay(None).unwrap();
    till.issue(&[NEW]).unwrap();
    assert_eq!(refusal(till.close()), "assessment-owed");
    let assessed = till.assess_as(Cause::Accident, &["aircraft"]).unwrap();
    assert_eq!((assessed.state.as_str(), assessed.assessment_owed), ("HANDED_OVER", false));
    assert_eq!(refusal(till.assess_as(Cause::Accident, &["aircraft"])), "wrong-state");
    till.close().unwrap();
    till.verified();
}

#[test]
fn a_quick_case_that_changes_its_mind_still_owes_its_assessment() {
    let mut till = Till::new();
    till.record(Channel::Quick, &["aircraft"]);
    till.receive(&["aircraft"]);
    till.choose(&replacement()).unwrap();
    assert!(till.change_mind().unwrap().assessment_owed);
    let (act, look) = (till.act(), (Kind::Quote, Width::Page));
    let quote = till.desk.look_at(&act, &till.case, look).unwrap().text;
    assert_eq!(quote.matches("not open before the unit was looked at").count(), 3, "{quote}");
    assert!(till.choose(&replacement()).unwrap().assessment_owed);
    let view = till.assess_as(Cause::Accident, &["aircraft"]).unwrap();
    assert_eq!((view.state.as_str(), view.assessment_owed), ("CHOSEN", false));
    till.verified();
}

#[test]
fn a_walk_in_is_assessed_before_anything_is_chosen() {
    let mut till = Till::new();
    till.bring_to(State::Received);
    assert_eq!(refusal(till.choose(&replacement())), "wrong-state");
}

fn by(name: &str) -> Wish {
    Wish { by: Some(name.to_owned()), reason: Some("seen on video".to_owned()), ..replacement() }
}

/// A case whose camera did not come along.
fn without_the_camera(till: &mut Till) {
    till.record(Channel::Swift, &["gimbal", "camera"]);
    till.receive(&["gimbal"]);
    till.assess_as(Cause::Accident, &["gimbal", "camera"]).unwrap();
}

#[test]
fn a_second_person_decides_a_referral_and_the_missing_part_is_owed() {
    let mut till = Till::new();
    without_the_camera(&mut till);
    assert_eq!(refusal(till.choose(&replacement())), "parts-missing");
    assert_eq!(refusal(till.choose(&by("ana"))), "same-person");
    let unsaid = Wish { reason: None, ..by("Ben") };
    assert_eq!(refusal(till.choose(&unsaid)), "reason");
    let chosen = till.choose(&by("Ben")).unwrap();
    assert_eq!((chosen.ordinal, chosen.fee.unwrap().minor), (Some(1), 7900));
    assert_eq!(chosen.overridden_by.as_deref(), Some("Ben"));
    assert!(chosen.parts_owed.is_empty(), "nothing is owed before the hand-out");
    till.pay(None).unwrap();
    let issued = till.issue(&["S-2002", "S-2003"]).unwrap();
    assert_eq!(issued.parts_owed, ["camera"]);
    assert_eq!(till.ask("SELECT group_concat(part) FROM old_part"), "gimbal");
    assert_eq!(refusal(till.close()), "parts-owed");
    let bring = |till: &mut Till, part: &str| {
        let parts = texts(&[part]);
        till.does(|desk, act, case| desk.bring(act, case, &parts))
    };
    assert_eq!(refusal(bring(&mut till, "gimbal")), "part");
    assert_eq!(refusal(bring(&mut till, "wing")), "part");
    assert!(bring(&mut till, "camera").unwrap().parts_owed.is_empty());
    assert_eq!(
        till.ask("SELECT group_concat(part) FROM (SELECT part FROM old_part ORDER BY id)"),
        "gimbal,camera"
    );
    till.close().unwrap();
    till.verified();
}

#[test]
fn owed_parts_are_let_go_by_a_second_person() {
    let mut till = Till::new();
    without_the_camera(&mut till);
    till.choose(&by("Ben")).unwrap();
    till.pay(None).unwrap();
    let waive = |till: &mut Till, by: &'static str| {
        till.does(|desk, act, case| desk.waive_parts(act, case, (by, "lost in the lake")))
    };
    assert_eq!(refusal(waive(&mut till, "Ben")), "wrong-state");
    till.issue(&["S-2002", "S-2003"]).unwrap();
    assert_eq!(refusal(waive(&mut till, "Ana")), "same-person");
    let view = waive(&mut till, "Ben").unwrap();
    assert_eq!((view.parts_owed.len(), view.parts_waived), (0, texts(&["camera"])));
    till.close().unwrap();
    till.verified();
}

#[test]
fn the_old_unit_that_is_brought_later_waits_with_its_serial() {
    let mut till = Till::new();
    till.record(Channel::Swift, &["aircraft"]);
    till.receive(&["battery"]);
    till.assess_as(Cause::Accident, &["aircraft"]).unwrap();
    till.choose(&by("Ben")).unwrap();
    till.pay(None).unwrap();
    till.issue(&[NEW]).unwrap();
    assert_eq!(till.ask("SELECT count(*) || '' FROM old_part"), "0");
    till.does(|desk, act, case| desk.bring(act, case, &texts(&["aircraft"]))).unwrap();
    assert_eq!(till.ask("SELECT part || serial FROM old_part"), format!("aircraft{OLD}"));
    till.verified();
}

#[test]
fn nobody_decides_about_an_owner_who_was_not_seen_nor_about_what_is_closed() {
    let mut till = Till::new();
    till.bring_to(State::Assessed);
    let unseen = Wish { owner: Some(Owner::Unverified), ..by("Ben") };
    assert_eq!(refusal(till.choose(&unseen)), "owner-not-seen");
    let other = Wish { owner: Some(Owner::Other), ..by("Ben") };
    assert_eq!(refusal(till.choose(&other)), "not-covered");
}

#[test]
fn another_referral_than_the_one_that_was_decided_stops_the_hand_out() {
    let mut till = Till::new();
    till.record(Channel::Quick, &["gimbal", "camera"]);
    till.receive(&["gimbal"]);
    till.choose(&by("Ben")).unwrap();
    till.pay(None).unwrap();
    till.assess_as(Cause::Unknown, &["gimbal", "camera"]).unwrap();
    assert_eq!(refusal(till.issue(&["S-2002", "S-2003"])), "refer");
}

#[test]
fn an_open_replacement_needs_no_second_person() {
    let mut till = Till::new();
    till.bring_to(State::Assessed);
    assert_eq!(till.choose(&by("Ben")).unwrap().overridden_by, None);
}

#[rstest]
#[case::for_this_case(true, None)]
#[case::for_another(false, Some("unit-not-in-stock"))]
fn a_unit_that_is_kept_for_the_case_can_be_handed_out(#[case] ours: bool, #[case] guard: Option<&str>) {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    till.pay(None).unwrap();
    let whose = if ours { "(SELECT id FROM cases)" } else { "'another'" };
    till.sql(&format!(
        "INSERT INTO unit (serial, state, case_id, at) VALUES ('{NEW}', 'reserved', {whose}, '2020-03-02T10:00:00-08:00')"
    ));
    assert_eq!(till.issue(&[NEW]).err().map(|failure| refusal::<()>(Err(failure))).as_deref(), guard);
}
