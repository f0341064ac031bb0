//! What is offered for a case, and what may be kept for it and go out.

use super::*;

#[test]
fn what_is_offered_for_a_case_is_what_may_go_out_on_it_however_much_else_there_is() {
    let mut desk = desk();
    let number = chosen(&mut desk);
    let many = (0..20).fold("serial,model,part,state\n".to_owned(), |text, at| {
        text + &format!("S-{at},mavic-pro,battery,in-stock\n")
    });
    assert_eq!(brought(&mut desk, Kind::Stock, &many), Vec::<String>::new());
    assert_eq!(offered(&mut desk, &number), [UNIT, SECOND]);
    let taken = format!("serial,model,replaced_by\n{OTHER},mavic-pro,{UNIT}\n");
    assert_eq!(brought(&mut desk, Kind::Devices, &taken), Vec::<String>::new());
    assert_eq!(refusal(desk.keep(&now(), UNIT, &number)), "serial-bound-before");
    assert_eq!(offered(&mut desk, &number), [SECOND]);
}

#[test]
fn a_label_is_no_whole_unit_by_any_way() {
    let mut desk = desk();
    let number = chosen(&mut desk);
    let row = "serial,model,part,state\nS-77,mavic-pro,aircraft,in-stock\n";
    let bad = brought(&mut desk, Kind::Stock, row);
    assert!(bad[0].contains("S-77 is the shop's own label"), "{bad:?}");
    // An older version of the program took it in.
    let old = "INSERT INTO stock VALUES ('S-77', 'mavic-pro', 'aircraft', 'in-stock', NULL)";
    desk.repository().connection().execute_batch(old).unwrap();
    assert_eq!(refusal(desk.keep(&now(), "S-77", &number)), "unit-wrong-part");
    assert_eq!(offered(&mut desk, &number), [UNIT, SECOND]);
    let many = "INSERT INTO stock
                WITH RECURSIVE n (at) AS (SELECT 100 UNION ALL SELECT at + 1 FROM n WHERE at < 120)
                SELECT 'S-' || at, 'mavic-pro', 'aircraft', 'in-stock', NULL FROM n";
    desk.repository().connection().execute_batch(many).unwrap();
    assert_eq!(offered(&mut desk, &number), [UNIT, SECOND], "however many there are");
}
