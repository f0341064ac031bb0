use super::*;
use crate::tui::key::Place;
use crate::tui::runner::tests::Rig;

const UNIT: &str = "0ASDH32FG92G44";
const NEW: &str = "0ASDH32NEW0011";

fn shelf() -> Rig {
    let mut rig = Rig::filled();
    rig.press(Action::Go(Place::Stock));
    rig
}

fn job(digit: &str) -> Rig {
    let mut rig = shelf();
    rig.press(Action::Values);
    rig.kind(digit);
    rig
}

fn draw(rig: &Rig) {
    for width in (1..24).chain([40, 79, 80, 120, 200]) {
        for height in (1..30).chain([40]) {
            rig.screen(width, height);
        }
    }
}

#[test]
fn the_menus_six_lists_the_units_and_typing_narrows_them() {
    let mut rig = Rig::filled();
    rig.press(Action::Menu);
    rig.kind("6");
    assert!(
        rig.shows("Lookup > Stock") && rig.shows("1 in stock") && rig.shows(UNIT),
        "{}",
        rig.screen(80, 24)
    );
    for typed in ["2g44", "SPARK b8"] {
        rig.kind(typed);
        assert!(rig.shows(UNIT), "{typed}: {}", rig.screen(80, 24));
        rig.press(Action::Back);
    }
    rig.kind("mavic");
    assert!(rig.shows("Nothing here.") && !rig.shows(UNIT), "{}", rig.screen(80, 24));
    draw(&rig);
    rig.press(Action::Back);
    rig.press(Action::Right);
    assert!(rig.shows("0 waiting for the maker, 0 overdue"), "{}", rig.screen(80, 24));
}

#[test]
fn a_scan_shows_its_unit_and_a_step_that_cannot_be_done_says_why() {
    let mut rig = shelf();
    rig.scan(UNIT);
    assert!(rig.shows(&format!("Unit {UNIT}")) && rig.shows("shelf B8"), "{}", rig.screen(80, 24));
    rig.kind("2");
    assert!(rig.shows("it must be kept for a case"), "{}", rig.screen(80, 24));
    draw(&rig);
    rig.kind("3");
    rig.press(Action::Commit);
    assert!(rig.shows("Type why it is set aside"), "{}", rig.screen(80, 24));
    rig.kind("the box is wet");
    draw(&rig);
    rig.press(Action::Commit);
    assert!(rig.shows(&format!("{UNIT} is set aside now.")), "{}", rig.screen(80, 24));
    rig.kind("4");
    rig.press(Action::Accept);
    rig.press(Action::Commit);
    assert!(rig.shows("Type why it can be handed out after all"), "{}", rig.screen(80, 24));
    rig.kind("dry");
    rig.press(Action::Commit);
    assert!(rig.shows(&format!("{UNIT} is in stock now.")), "{}", rig.screen(80, 24));
}

#[test]
fn a_reason_that_was_typed_is_parked_and_taken_up() {
    let mut rig = shelf();
    rig.scan(UNIT);
    rig.kind("3the box is wet");
    rig.press(Action::Back);
    assert!(rig.shows("1 parked"), "{}", rig.screen(80, 24));
    rig.press(Action::Parked);
    rig.press(Action::Accept);
    assert!(rig.shows("the box is wet"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("is set aside now") && !rig.shows("1 parked"), "{}", rig.screen(80, 24));
}

#[test]
fn a_count_shows_what_is_missing_and_asks_for_its_number_before_it_is_written() {
    let mut rig = job("1");
    rig.press(Action::Commit);
    assert!(rig.shows("The shelf is not typed yet"), "{}", rig.screen(80, 24));
    rig.kind("SHELF b8");
    rig.scan("08QXG6GXW0E3UA");
    assert!(rig.shows("not in stock here"), "{}", rig.screen(80, 24));
    draw(&rig);
    rig.press(Action::Commit);
    assert!(
        rig.shows("Missing (not scanned): 1") && rig.shows("Not in stock (nothing"),
        "{}",
        rig.screen(80, 24)
    );
    draw(&rig);
    rig.press(Action::Commit);
    assert!(rig.shows("is not what is asked for"), "{}", rig.screen(80, 24));
    rig.press(Action::Back);
    rig.press(Action::Back);
    rig.press(Action::Back);
    rig.press(Action::Go(Place::Stock));
    assert!(rig.shows("1 in stock"), "nothing was written: {}", rig.screen(80, 24));
    rig.press(Action::Parked);
    assert!(rig.shows("Count a shelf · SHELF b8 · 1 scanned"), "{}", rig.screen(80, 24));
    rig.press(Action::Accept);
    assert!(rig.shows("1 unit scanned"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    rig.kind("1");
    rig.press(Action::Commit);
    assert!(rig.shows("is counted: 1 unit scanned") && !rig.shows("1 parked"), "{}", rig.screen(80, 24));
    rig.press(Action::Back);
    rig.press(Action::Go(Place::Stock));
    assert!(rig.shows("1 missing"), "{}", rig.screen(80, 24));
}

#[test]
fn a_count_without_a_missing_unit_asks_for_no_number() {
    let mut rig = job("1");
    rig.kind("shelf B8");
    rig.scan(UNIT);
    assert!(rig.shows("1 of the 1 that belong here, 0 found, 0 not in stock"), "{}", rig.screen(80, 24));
    rig.scan(UNIT);
    assert!(rig.shows("it is number 1"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("Nothing is missing"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("is counted"), "{}", rig.screen(80, 24));
}

#[test]
fn a_parked_delivery_without_a_shelf_is_named_without_one() {
    let mut rig = job("2");
    rig.kind("spark");
    rig.scan(NEW);
    rig.press(Action::Back);
    rig.press(Action::Parked);
    assert!(rig.shows("Receive units · 1 scanned"), "{}", rig.screen(80, 24));
}

#[test]
fn units_come_in_scan_by_scan_and_one_that_cannot_is_put_off_at_once() {
    let mut rig = job("2");
    rig.scan(NEW);
    assert!(rig.shows("The product is not chosen yet"), "{}", rig.screen(80, 24));
    rig.kind("spark");
    rig.scan(NEW);
    assert!(rig.shows(&format!("Number 1: {NEW}")), "{}", rig.screen(80, 24));
    rig.scan("08QXG6GXW0E3UA");
    assert!(rig.shows("[no]") && rig.shows("1 unit scanned"), "{}", rig.screen(80, 24));
    draw(&rig);
    rig.press(Action::Commit);
    assert!(rig.shows("1 unit booked."), "{}", rig.screen(80, 24));
    rig.press(Action::Back);
    assert!(rig.shows("2 in stock"), "{}", rig.screen(80, 24));
}

#[test]
fn what_is_ticked_goes_to_the_maker_and_its_packing_list_is_shown() {
    let mut rig = shelf();
    rig.scan(UNIT);
    rig.kind("3wet");
    rig.press(Action::Commit);
    rig.press(Action::Back);
    rig.press(Action::Values);
    rig.kind("3");
    rig.press(Action::Commit);
    assert!(rig.shows("Nothing is ticked yet"), "{}", rig.screen(80, 24));
    rig.scan(UNIT);
    assert!(rig.shows("[x]"), "{}", rig.screen(80, 24));
    draw(&rig);
    rig.press(Action::Commit);
    rig.kind("2");
    rig.press(Action::Commit);
    assert!(rig.shows("is not what is asked for"), "{}", rig.screen(80, 24));
    rig.tell(crate::tui::event::Msg::Edit(Edit::Backspace));
    rig.kind("1");
    rig.press(Action::Commit);
    assert!(rig.shows("PACKING LIST") && rig.shows(UNIT), "{}", rig.screen(80, 24));
    draw(&rig);
    rig.press(Action::Back);
    assert!(rig.shows("1 sent back to the maker"), "{}", rig.screen(80, 24));
}

#[test]
fn the_part_that_is_booked_is_the_one_on_the_screen_after_another_product_was_chosen() {
    let mut rig = job("2");
    rig.kind("spark");
    rig.press(Action::Next);
    rig.kind("gim");
    assert!(rig.shows("gimbal"), "{}", rig.screen(80, 24));
    rig.press(Action::Previous);
    rig.kind("osmo a");
    rig.scan("1581F2KH00CAM1XPQRST");
    let screen = rig.screen(80, 24);
    rig.press(Action::Commit);
    assert!(rig.shows("booked"), "{}", rig.screen(80, 24));
    let booked = rig.screen(80, 24);
    let line = booked.lines().find(|line| line.contains("1581F2KH00CAM1XPQRST")).unwrap();
    assert!(line.contains("camera") && screen.contains("camera"), "{screen}\n{booked}");
}

#[test]
fn a_product_that_is_changed_last_shows_its_part_before_it_is_booked() {
    let mut rig = job("2");
    rig.kind("spark");
    rig.scan(NEW);
    for _ in 0..3 {
        rig.press(Action::Previous);
    }
    rig.kind("mavic pro");
    rig.press(Action::Commit);
    assert!(rig.shows("Look at the part, then press F9"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("Mavic Pro, aircraft"), "{}", rig.screen(80, 24));
}
