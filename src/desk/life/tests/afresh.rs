//! What is decided again of a case: the assessment that it owed, why it stands as it does, what can be chosen.

use super::*;

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
