//! Money on a case: other minds, refunds, and quotes that run out.

use super::*;
use crate::desk::print::Kind;
use crate::paper::Width;

#[test]
fn another_mind_waits_for_the_money_and_gives_the_replacement_back() {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    till.pay(Some("50")).unwrap();
    assert_eq!(till.show().due.unwrap().minor, 0);
    assert_eq!(refusal(till.change_mind()), "money-not-settled");
    till.refund("50", None).unwrap();
    let view = till.change_mind().unwrap();
    assert_eq!((view.state.as_str(), view.outcome.as_str(), view.fee), ("ASSESSED", "none", None));
    assert_eq!((view.ordinal, view.balance, till.ledger().as_str()), (None, Some(2), "RESERVE RELEASE"));
    let again = till.choose(&replacement()).unwrap();
    assert_eq!((again.ordinal, again.waived), (Some(1), None), "what was waived went with its quote");
    assert_eq!(again.due.unwrap().minor, 7900);
    till.verified();
}

#[rstest]
#[case::more_than_was_paid("79.01")]
#[case::nothing("0")]
#[case::no_amount("much")]
fn a_refund_that_cannot_be_names_the_amount(#[case] amount: &str) {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    assert_eq!(refusal(till.refund(amount, None)), "amount");
}

#[test]
fn nothing_goes_back_before_something_was_paid() {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    assert_eq!(refusal(till.refund("1", None)), "amount");
}

#[test]
fn a_refund_goes_back_the_way_it_came_or_the_way_that_is_named() {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    till.refund("10", None).unwrap();
    till.refund("5", Some(Method::Cash)).unwrap();
    assert_eq!(
        till.ask("SELECT group_concat(method || minor, ' ') FROM (SELECT * FROM payment WHERE kind = 'refunded' ORDER BY id)"),
        "card1000 cash500"
    );
    assert_eq!(refusal(till.close()), "money-not-settled");
    assert_eq!(refusal(till.refund("64.01", None)), "amount");
    till.pay(Some("0")).unwrap();
    assert_eq!(till.show().due.unwrap().minor, 0);
    till.close().unwrap();
    till.verified();
}

#[test]
fn cancelling_waits_for_the_money_too() {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    till.pay(None).unwrap();
    assert_eq!(refusal(till.cancel()), "money-not-settled");
    till.refund("79", None).unwrap();
    assert_eq!(till.cancel().unwrap().state, "CANCELLED");
    assert_eq!(till.ledger(), "RESERVE RELEASE");
    till.verified();
}

fn with_quotes_of(days: u32) -> Till {
    let mut edition = trial::editions().named("2019-05").unwrap().clone();
    edition.settings.quote_valid_days = Some(days);
    Till::under(Editions::new(edition, Vec::new()))
}

#[rstest]
#[case::its_last_day("2020-03-16T20:00:00-08:00", None)]
#[case::a_day_later("2020-03-17T00:00:00-08:00", Some("wrong-state"))]
fn a_quote_runs_out(#[case] at: &str, #[case] guard: Option<&str>) {
    let mut till = with_quotes_of(14);
    till.bring_to(State::Chosen);
    till.at = at.to_owned();
    assert_eq!(till.pay(None).err().map(|failure| refusal::<()>(Err(failure))).as_deref(), guard);
    if guard.is_some() {
        till.change_mind().unwrap();
        till.choose(&replacement()).unwrap();
        till.pay(None).unwrap();
        till.at = "2020-04-17T00:00:00-08:00".to_owned();
    }
    let issued = till.issue(&[NEW]).err().map(|failure| refusal::<()>(Err(failure)));
    assert_eq!(issued.as_deref(), guard);
}

#[rstest]
#[case::fourteen_days(Some(14), "as told on 2020-03-02, until 2020-03-16")]
#[case::for_ever(None, "as told on 2020-03-02, until the unit is handed out")]
fn a_quote_says_the_last_day_of_its_price(#[case] days: Option<u32>, #[case] says: &str) {
    let mut till = days.map_or_else(Till::new, with_quotes_of);
    till.bring_to(State::Chosen);
    let (act, look) = (till.act(), (Kind::Quote, Width::Page));
    let text = till.desk.look_at(&act, &till.case, look).unwrap().text;
    assert!(text.contains(says), "{text}");
}

#[test]
fn a_repair_begins_while_its_quote_stands_and_is_paid_whenever_it_is_done() {
    let mut till = with_quotes_of(0);
    till.bring_to(State::Assessed);
    till.choose(&paid_repair("50")).unwrap();
    till.at = "2020-03-03T10:00:00-08:00".to_owned();
    assert_eq!(refusal(till.does(Desk::work)), "wrong-state");
    till.change_mind().unwrap();
    till.choose(&paid_repair("60")).unwrap();
    till.does(Desk::work).unwrap();
    till.at = "2020-03-09T10:00:00-08:00".to_owned();
    assert_eq!(till.pay(None).unwrap().paid.unwrap().minor, 6000);
}
