//! A counter whose clock went back: a row's id is as young as the clock said, and the journal alone knows the order.

use super::*;
use crate::desk::print::Kind as PaperKind;
use crate::domain::event::{Appointed, Booking, Line, Payment, Printed, Refunded};
use crate::domain::money::Money;
use crate::repository::Tx;
use crate::repository::journal::{append, store_text};

/// An id of a day long before every other.
const LONG_AGO: &str = "00000000-0000-7000-8000-000000000000";

/// Writes what the desk would write, under ids of a clock that went back.
fn write(till: &mut Till, event: impl FnOnce(&Tx<'_>, String) -> Event) {
    let (stamp, id) = (till.act().stamp, till.ask("SELECT id FROM cases"));
    let event = |tx: &Tx<'_>| event(tx, id);
    let written: Result<_, Fault> = till.desk.repository.write(|tx| append(tx, &stamp, &event(tx)));
    written.unwrap();
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
    let wanted = (PaperKind::Receipt, crate::paper::Width::Page);
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
