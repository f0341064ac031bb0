//! What is decided again of a case: the assessment that it owed, why it stands as it does, what can be chosen.

use super::*;
use crate::desk::card::Inquiry;

fn decided(view: &CaseView) -> serde_json::Value {
    view.decision.as_ref().and_then(crate::desk::view::Answer::read).unwrap()
}

/// A quick case whose replacement is out and whose assessment is owed.
fn quick(parts: &[&str], unit: &str) -> Till {
    let mut till = Till::new();
    till.record(Channel::Quick, parts);
    till.receive(parts);
    till.choose(&replacement()).unwrap();
    till.pay(None).unwrap();
    till.issue(&[unit]).unwrap();
    till
}

#[rstest]
#[case::a_whole_unit("aircraft", NEW)]
#[case::a_part_without_a_serial("battery", BATTERY)]
fn an_assessment_that_was_owed_is_decided_on_what_the_hand_out_was(#[case] part: &str, #[case] unit: &str) {
    let mut till = quick(&[part], unit);
    let issued = decided(&till.show());
    let assessed = decided(&till.assess_as(Cause::Accident, &[part]).unwrap());
    assert_eq!(assessed, issued);
    till.verified();
}

#[test]
fn an_owed_assessment_that_finds_another_cause_says_so() {
    let mut till = quick(&["aircraft"], NEW);
    let assessed = decided(&till.assess_as(Cause::Deliberate, &["aircraft"]).unwrap());
    let against = &assessed["options"][1];
    assert_eq!(
        (&against["remedy"], &against["because"]),
        (&"replacement".into(), &serde_json::json!(["cause"]))
    );
}

/// What F8 says on the case at hand.
fn why(till: &mut Till) -> serde_json::Value {
    let (asked, act) = (Inquiry::of_case(&till.show()).unwrap(), till.act());
    serde_json::to_value(till.desk.check(&act, &asked).unwrap()).unwrap()
}

#[rstest]
#[case::after_the_plans_last_day(Channel::Swift, "2020-07-01T10:00:00-07:00")]
#[case::on_another_channel(Channel::Quick, "2020-03-02T10:00:00-08:00")]
fn why_is_answered_for_the_case_as_it_was_recorded(#[case] channel: Channel, #[case] at: &str) {
    let mut till = Till::new();
    till.record(channel, &["aircraft"]);
    till.receive(&["aircraft"]);
    let assessed = decided(&till.assess_as(Cause::Accident, &["aircraft"]).unwrap());
    at.clone_into(&mut till.at);
    assert_eq!(why(&mut till), assessed);
}

#[test]
fn why_is_answered_with_the_cycles_the_parts_that_came_and_what_was_opened_before() {
    let mut till = Till::new();
    till.record(Channel::Swift, &["battery", "camera"]);
    till.receive(&["battery"]);
    let found = Finding {
        cause: Cause::Defect,
        parts: texts(&["battery", "camera"]),
        battery_cycles: crate::domain::claim::Cycles::Read(250),
        repaired_elsewhere: Some(true),
        ..trial::found("It does not charge")
    };
    let view = till.does(|desk, act, case| desk.assess(act, case, &found)).unwrap();
    assert_eq!(why(&mut till), decided(&view));
}

#[rstest]
#[case::handed_out(State::HandedOver)]
#[case::closed(State::Closed)]
fn why_a_replacement_went_out_stays_what_it_was(#[case] state: State) {
    let mut till = Till::new();
    till.bring_to(state);
    assert_eq!(why(&mut till), decided(&till.show()));
}

const FEES: &str = "programme,model,currency,ordinal,amount,source\n2019-05,mavic-pro,USD,1,99.00,own\n";

/// The quote as it would be printed now.
fn quote(till: &mut Till) -> String {
    let look = (crate::desk::print::Kind::Quote, crate::paper::Width::Page);
    till.does(|desk, act, case| desk.look_at(act, case, look)).unwrap().text
}

#[test]
fn what_can_be_chosen_is_told_at_the_price_that_choosing_freezes() {
    let mut till = Till::new();
    till.bring_to(State::Assessed);
    assert!(quote(&mut till).contains("open, 79.00 USD"));
    assert!(till.import(Kind::Fees, FEES));
    let told = why(&mut till)["fee"]["minor"].clone();
    assert!(quote(&mut till).contains("open, 99.00 USD"), "{}", quote(&mut till));
    let fee = till.choose(&replacement()).unwrap().fee.unwrap();
    assert_eq!((told, fee.minor), (9900.into(), 9900));

    assert!(till.import(Kind::Fees, &FEES.replace("99.00", "49.00")));
    let quote = quote(&mut till);
    assert!(quote.contains("open, 99.00 USD") && !quote.contains("49.00"), "frozen: {quote}");
    assert_eq!(till.pay(None).unwrap().paid.unwrap().minor, 9900);
    till.verified();
}

#[test]
fn a_note_of_refusal_tells_what_stands_against_it_today() {
    let mut till = Till::new();
    till.bring_to(State::Assessed);
    assert!(till.import(Kind::Plans, "number,tier,serial,region,returned_on\nP-1,,,,2020-03-01\n"));
    let look = (crate::desk::print::Kind::Refusal, crate::paper::Width::Page);
    let note = till.does(|desk, act, case| desk.look_at(act, case, look)).unwrap().text;
    assert!(note.contains("C16"), "{note}");
}
