//! What the rules are asked about a case, beside what its own steps decide.

use super::*;
use crate::desk::card::Inquiry;
use crate::domain::decision::Verdict;

/// What F8 says of the case at hand, and what its newest step decided.
fn judged(till: &mut Till) -> (Verdict, Verdict) {
    /// The part of a stored answer that is read here.
    #[derive(serde::Deserialize)]
    struct Answer {
        verdict: Verdict,
    }
    let view = till.does(|desk, _, case| desk.case(case)).unwrap();
    let asked = Inquiry::of_case(&view).unwrap();
    let said = till.does(|desk, act, _| desk.check(act, &asked)).unwrap();
    (said.verdict, view.decision.unwrap().read::<Answer>().unwrap().verdict)
}

#[test]
fn a_case_is_judged_by_the_day_on_which_it_was_recorded() {
    let mut till = Till::new();
    till.at = "2020-06-14T10:00:00-08:00".to_owned();
    till.record(Channel::Swift, &["aircraft"]);
    till.at = "2020-06-16T10:00:00-08:00".to_owned();
    till.receive(&["aircraft"]);
    till.assess_as(Cause::Accident, &["aircraft"]).unwrap();
    assert_eq!(judged(&mut till), (Verdict::Replacement, Verdict::Replacement));
}

#[test]
fn a_case_is_judged_by_what_is_here_and_what_the_technician_saw() {
    let mut till = Till::new();
    till.record(Channel::Swift, &["aircraft", "gimbal"]);
    till.receive(&["aircraft"]);
    till.assess_as(Cause::Accident, &["aircraft", "gimbal"]).unwrap();
    assert_eq!(judged(&mut till), (Verdict::Refer, Verdict::Refer));
    till.does(|desk, act, case| desk.bring(act, case, &texts(&["gimbal"]))).unwrap();
    assert_eq!(judged(&mut till).0, Verdict::Replacement);
}

#[rstest]
#[case::it_is_mended_for_nothing(Some(120), Verdict::WarrantyRepair)]
#[case::too_many(Some(200), Verdict::Replacement)]
#[case::nobody_could_read_them(None, Verdict::Refer)]
fn a_case_is_judged_by_its_charge_cycles(#[case] cycles: Option<u32>, #[case] verdict: Verdict) {
    let mut till = Till::new();
    till.at = "2019-12-02T10:00:00-08:00".to_owned();
    let draft = Draft {
        cause: Cause::Defect,
        parts: texts(&["battery"]),
        battery_cycles: cycles,
        ..trial::crashed(OLD, ("Maria", "1"))
    };
    let act = till.act();
    till.case = till.desk.record(&act, &draft).unwrap().number;
    assert_eq!(judged(&mut till), (verdict, verdict));
}

#[rstest]
#[case::nobody_looked(None, true)]
#[case::it_was_not_so(Some(false), false)]
fn a_repair_by_others_stands_until_somebody_looks_again(#[case] now: Option<bool>, #[case] stands: bool) {
    let mut till = Till::new();
    till.record(Channel::Swift, &["aircraft"]);
    till.receive(&["aircraft"]);
    let found = Finding { repaired_elsewhere: Some(true), ..trial::found("glue on the arm") };
    till.does(|desk, act, case| desk.assess(act, case, &found)).unwrap();
    till.does(|desk, act, case| desk.cancel(act, case, "thinks it over")).unwrap();
    let again = Again {
        by: "Ben".to_owned(),
        reason: "is back".to_owned(),
        intake: Some(intake(OLD, &["aircraft"])),
    };
    till.does(|desk, act, case| desk.reopen(act, case, &again)).unwrap();
    let found = Finding { repaired_elsewhere: now, ..trial::found("glue") };
    let view = till.does(|desk, act, case| desk.assess(act, case, &found)).unwrap();
    assert_eq!(view.repaired_elsewhere, stands);
}
