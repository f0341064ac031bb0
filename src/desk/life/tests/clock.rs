//! A counter whose clock went back: a row's id is as young as the clock said, and the journal alone knows the order.

use super::*;

use crate::desk::print::{About, Kind as PaperKind, Wanted};
use crate::domain::event::{Appointed, Booking, Line, Payment, Printed, Refunded, SheetPrinted, Way};
use crate::domain::facts::{Notice, ProductGoes};
use crate::domain::money::Money;
use crate::paper::Width;
use crate::repository::Tx;
use crate::repository::journal::{append, store_text};

/// An id of a day long before every other.
const LONG_AGO: &str = "00000000-0000-7000-8000-000000000000";

/// An id of a day long after every other.
const FAR_AHEAD: &str = "ffffffff-ffff-7fff-bfff-ffffffffffff";

/// Writes what the desk would write on the case, under ids of a clock that was wrong.
fn write(till: &mut Till, event: impl FnOnce(&Tx<'_>, String) -> Event) {
    let id = till.ask("SELECT id FROM cases");
    write_line(till, |tx| event(tx, id));
}

/// Writes what the desk would write, under ids of a clock that was wrong.
fn write_line(till: &mut Till, event: impl FnOnce(&Tx<'_>) -> Event) {
    let stamp = till.act().stamp;
    let written: Result<_, Fault> = till.desk.repository.write(|tx| append(tx, &stamp, &event(tx)));
    written.unwrap();
}

fn day_sheet(till: &mut Till) -> crate::desk::print::Printed {
    let (act, about) = (till.act(), About::Day("2020-03-02".to_owned()));
    let wanted = Wanted { width: Width::Page, way: Way::File };
    till.desk.print_out(&act, (&about, wanted), |_| Ok(None)).unwrap().0
}

/// The day's first sheet, under an id of a clock that was ahead.
fn first_sheet_ahead(till: &mut Till) {
    let mut other = Till::new();
    day_sheet(&mut other);
    let body = other.ask("SELECT body FROM prose WHERE id = (SELECT text FROM sheet)");
    write_line(till, |tx| {
        let (sheet, kind, subject) = (FAR_AHEAD.to_owned(), "day".to_owned(), "2020-03-02".to_owned());
        let text = store_text(tx, &body).unwrap();
        Event::SheetPrinted(SheetPrinted { sheet, kind, subject, text, copy: 0, way: None })
    });
}

/// Plus on the plan, decided under an id of a clock that was ahead.
fn plus_ahead(till: &mut Till) {
    let mut other = Till::new();
    let act = other.act();
    other.desk.extend_plan(&act, "P-1", "P-2").unwrap();
    let line = other.ask("SELECT payload FROM journal WHERE kind = 'extended'");
    let id = other.ask("SELECT id FROM enrolment");
    let event: Event = serde_json::from_str(&line.replace(&id, FAR_AHEAD)).unwrap();
    write_line(till, |_| event);
}

fn machine(at: &str) -> Stamp {
    Stamp { at: parse_instant(at).unwrap(), actor: "Ana".to_owned(), clock: Clock::Machine }
}

#[rstest]
#[case::an_act_of_the_right_clock(&[], "2020-03-02T08:59:59-08:00", true)]
#[case::an_hour_is_not_worth_a_word(&[], "2020-03-02T09:00:00-08:00", false)]
#[case::the_wrong_clock_wrote_already(&["1970-01-01T00:05:00Z"], "1970-01-01T00:06:00Z", true)]
#[case::on_every_day_that_it_wrote(&["1970-01-01T00:05:00Z", "1970-01-01T09:05:00Z"], "1970-01-02T00:06:00Z", true)]
#[case::two_days_were_worked_by_it(&["2020-02-28T09:00:00Z", "2020-02-29T09:00:00Z"], "2020-02-29T10:00:00Z", false)]
fn a_clock_behind_the_journal_is_told_whatever_was_written_last(
    #[case] then: &[&str],
    #[case] now: &str,
    #[case] told: bool,
) {
    let mut till = Till::new();
    for at in ["2020-03-02T10:00:00-08:00"].iter().chain(then) {
        let act = Act { stamp: machine(at), request: new_id() };
        till.desk.record_notice(&act, (OLD, Notice::Pending), None).unwrap();
    }
    for at in ["2019-12-02T10:00:00-08:00", "2031-03-02T10:00:00-08:00"] {
        till.at = at.to_owned();
        let act = till.act();
        till.desk.record_notice(&act, (OLD, Notice::Pending), None).unwrap();
    }
    let say = till.desk.behind(&machine(now)).unwrap();
    assert_eq!(say.is_some(), told, "{say:?}");
}

#[test]
fn both_moments_of_a_clock_that_is_behind_are_of_the_same_offset() {
    let mut till = Till::new();
    let act = Act { stamp: machine("2020-03-02T20:00:00-08:00"), request: new_id() };
    till.desk.record_notice(&act, (OLD, Notice::Pending), None).unwrap();
    let say = till.desk.behind(&machine("2020-03-03T00:30:00+01:00")).unwrap().unwrap();
    assert!(say.contains("2020-03-03 00:30") && say.contains("2020-03-03 05:00"), "{say}");
}

#[test]
fn the_newest_certificate_is_the_one_of_the_last_hand_out() {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    let first = till.desk.paper(&till.case, PaperKind::Certificate).unwrap();
    write(&mut till, |tx, case| {
        let text: String = tx
            .sql
            .query_row("SELECT text FROM paper WHERE kind = 'certificate'", [], |row| row.get(0))
            .unwrap();
        let body = case::text(tx, &text).unwrap().replace(NEW, NEWER);
        let (paper, kind) = (LONG_AGO.to_owned(), "certificate".to_owned());
        let text = store_text(tx, &body).unwrap();
        Event::Printed(Printed { case, paper, kind, text, at: String::new(), copy: 0, way: None })
    });
    let second = till.desk.paper(&till.case, PaperKind::Certificate).unwrap();
    assert!(second.text.contains(NEWER) && !second.text.contains(NEW), "{}", second.text);
    assert_ne!(second.file, first.file, "the first original is not written over");
}

#[test]
fn the_newest_day_sheet_is_the_one_printed_last() {
    let mut till = Till::new();
    first_sheet_ahead(&mut till);
    assert_eq!(day_sheet(&mut till).file.file_name().unwrap(), "day-2020-03-02-copy1.txt");
    till.record(Channel::Swift, &["aircraft"]);
    assert_eq!(day_sheet(&mut till).file.file_name().unwrap(), "day-2020-03-02-2.txt");
    assert_eq!(day_sheet(&mut till).file.file_name().unwrap(), "day-2020-03-02-2-copy1.txt");
    till.verified();
}

#[test]
fn what_was_decided_about_a_plan_stands_in_the_order_in_which_it_was() {
    let mut till = Till::new();
    plus_ahead(&mut till);
    let act = till.act();
    let plan = till.desk.return_plan(&act, "P-1", ProductGoes::Back).unwrap();
    let asked: Vec<&str> = plan.decisions.iter().map(|it| it.ask.as_str()).collect();
    assert_eq!(asked, ["extend", "return-plan"]);
    assert_eq!(plan.decision.unwrap()["verdict"], "return");
    till.verified();
}

#[test]
fn the_appointment_shown_is_the_one_booked_last() {
    let mut till = Till::new();
    till.record(Channel::Swift, &["aircraft"]);
    let slot = parse_instant("2020-03-03T10:00:00-08:00").unwrap();
    till.does(|desk, act, case| desk.book(act, case, slot)).unwrap();
    let there = till.ask("SELECT id FROM appointment");
    let later = |how, instead_of| {
        let (id, slot) = (LONG_AGO.to_owned(), "2020-03-03T11:00:00-08:00".to_owned());
        move |_: &Tx<'_>, case| Event::Appointed(Appointed { case, id, slot, how, instead_of })
    };
    write(&mut till, later(Booking::Moved, Some(there)));
    let shown = |till: &mut Till| till.show().appointment.map(|it| (it.slot, it.state)).unwrap();
    assert_eq!(shown(&mut till), ("2020-03-03T11:00:00-08:00".to_owned(), "booked".to_owned()));
    write(&mut till, later(Booking::Cancelled, None));
    assert_eq!(shown(&mut till), ("2020-03-03T11:00:00-08:00".to_owned(), "cancelled".to_owned()));
}

#[test]
fn money_stands_on_the_receipt_in_the_order_in_which_it_moved() {
    let mut till = Till::new();
    till.bring_to(State::Chosen);
    till.pay(None).unwrap();
    write(&mut till, |_, case| {
        let amount = Money { minor: 7900, currency: "USD".parse().unwrap() };
        let (id, method) = (LONG_AGO.to_owned(), Some(Method::Card));
        let line = Line { id, kind: Payment::Refunded, method, amount, reason: None };
        Event::Refunded(Refunded { case, line })
    });
    let act = till.act();
    let wanted = (PaperKind::Receipt, Width::Page);
    let text = till.desk.look_at(&act, &till.case, wanted).unwrap().text;
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{text}"));
    assert!(place("paid  ") < place("paid back"), "{text}");
}

#[test]
fn the_serials_of_a_plan_stand_in_the_order_in_which_they_had_it() {
    let mut till = Till::new();
    till.bring_to(State::HandedOver);
    till.at = "2020-03-02T09:00:00-08:00".to_owned();
    till.void("Mei", &[NEW]).unwrap();
    till.at = "2020-03-02T18:30:00+01:00".to_owned();
    till.choose(&replacement()).unwrap();
    till.pay(None).unwrap();
    till.issue(&[NEWER]).unwrap();
    let act = till.act();
    let plan = till.desk.plan(&act, "P-1").unwrap();
    let bound: Vec<&str> = plan.bindings.iter().map(|it| it.serial.as_str()).collect();
    assert_eq!(bound, [OLD, NEW, OLD, NEWER]);
}

#[rstest]
#[case::the_machines_clock(Clock::Machine, true)]
#[case::a_late_entry(Clock::Given, false)]
fn only_the_machines_clock_is_told_to_be_set_right_where_a_day_is_closed(
    #[case] clock: Clock,
    #[case] told: bool,
) {
    let mut till = Till::new();
    let act = till.act();
    till.desk.close_day(&act, act.stamp.at.date_naive(), None).unwrap();
    let stamp = Stamp { clock, ..machine("2020-02-28T10:00:00-08:00") };
    let act = Act { stamp, request: new_id() };
    let early = act.stamp.at.date_naive();
    let refused = till.desk.record_notice(&act, (OLD, Notice::Pending), None).unwrap_err().to_string();
    assert!(refused.contains("2020-03-02 is closed, and with it 2020-02-28"), "{refused}");
    assert_eq!(refused.contains("set the clock right"), told, "{refused}");
    let act = Act { stamp: machine("2020-03-02T11:00:00-08:00"), request: new_id() };
    let refused = till.desk.close_day(&act, early, None).unwrap_err().to_string();
    assert!(refused.contains("is closed") && !refused.contains("clock"), "a day that was named: {refused}");
}
