use super::*;
use crate::repository::registry::Kind;
use crate::tui::key::Place;
use crate::tui::runner::tests::{DEVICES, Rig};
use crate::tui::scan::shape_of;
use rstest::rstest;

#[test]
fn the_first_start_asks_for_the_counters_name_then_for_devices() {
    let mut rig = Rig::new();
    assert!(rig.shows("Lookup > Welcome > Set-up"));
    assert!(rig.shows("1. Import the maker's files") && rig.shows("2. Practise"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("Type the centre's name"));
    rig.kind("Zürich");
    rig.press(Action::Accept);
    rig.kind("ch");
    rig.press(Action::Commit);
    assert!(rig.shows("[ok] This counter is till 1 of Zürich, CH."), "{}", rig.screen(80, 24));
    assert!(rig.shows("Lookup > Welcome"));
    assert!(rig.shows("caredesk --data-dir /shop import devices devices.csv"));
    rig.press(Action::Recheck);
    assert!(rig.shows("There is still no device here."));
    rig.press(Action::Back);
    assert!(rig.shows("--data-dir /shop import devices") && rig.shows("caredesk practice"));
}

#[test]
fn a_registry_that_came_in_beside_an_empty_shop_is_seen_at_the_first_scan() {
    let mut rig = Rig::new();
    rig.press(Action::Back);
    rig.bring(Kind::Devices, DEVICES);
    rig.scan("08QXG6GXW0E3UA");
    assert!(rig.shows("Mavic Pro  08QXG6GXW0E3UA"), "{}", rig.screen(80, 24));
    assert!(!rig.shows("no device here"), "{}", rig.screen(80, 24));
    rig.press(Action::Find);
    assert!(rig.shows("Scan the unit, its box or a case slip"), "{}", rig.screen(80, 24));
}

#[test]
fn a_registry_that_came_in_beside_an_empty_lookup_is_seen_at_the_next_look() {
    let mut rig = Rig::new();
    rig.press(Action::Back);
    rig.press(Action::Back);
    assert!(rig.shows("There is no device here yet"));
    rig.bring(Kind::Devices, DEVICES);
    rig.press(Action::Find);
    assert!(rig.shows("Scan the unit, its box or a case slip"), "{}", rig.screen(80, 24));
}

#[test]
fn a_set_up_left_for_later_is_asked_for_by_the_menu() {
    let mut rig = Rig::new();
    rig.press(Action::Back);
    assert!(!rig.shows("Set-up") && rig.shows("caredesk practice"));
    rig.press(Action::Menu);
    rig.kind("0");
    assert!(rig.shows("Set-up"));
}

#[rstest]
#[case::eligibility(Place::Eligibility, "No device is on screen")]
#[case::case(Place::Case, "No case is on screen")]
#[case::issue(Place::Issue, "No replacement waits")]
#[case::setup(Place::Setup, "already")]
fn a_place_with_nothing_to_show_says_what_is_missing(#[case] place: Place, #[case] says: &str) {
    let mut rig = Rig::filled();
    rig.press(Action::Go(place));
    assert!(rig.app.notice.text()[0].contains(says), "{:?}", rig.app.notice);
    assert_eq!(rig.app.stack.len(), 1);
}

#[test]
fn a_place_about_the_device_on_screen_opens() {
    let mut rig = Rig::filled();
    rig.scan("08QXG6GXW0E3UA");
    rig.press(Action::Go(Place::Eligibility));
    assert!(rig.shows("Lookup > Eligibility"));
    rig.press(Action::Back);
    assert!(rig.shows("Mavic Pro  08QXG6GXW0E3UA"), "the card is still there");
}

#[test]
fn a_dead_key_says_why() {
    let mut rig = Rig::filled();
    rig.press(Action::NewCase);
    assert_eq!(rig.app.notice.text(), ["No device is on screen", "Scan its serial first"]);
    rig.press(Action::Commit);
    assert!(rig.app.notice.text()[0].contains("does nothing on this screen"));
}

#[test]
fn quitting_leaves() {
    let mut rig = Rig::filled();
    rig.press(Action::Quit);
    assert!(rig.left);
}

#[test]
fn a_form_that_is_left_is_parked_and_taken_up_again() {
    let mut rig = Rig::filled();
    rig.scan("08QXG6GXW0E3UA");
    rig.press(Action::NewCase);
    assert!(rig.shows("Lookup > New case"), "{}", rig.screen(80, 24));
    for _ in 0..12 {
        rig.kind("zz");
        rig.press(Action::Next);
    }
    let typed = rig.app.page().and_then(Page::form).unwrap();
    rig.press(Action::Find);
    assert!(rig.app.notice.text()[0].starts_with("Parked: "));
    assert_eq!(rig.app.shop.parked, 1);
    let mut rig = rig.again();
    rig.press(Action::Park);
    assert!(rig.shows("Lookup > Parked forms"));
    rig.press(Action::Accept);
    assert!(rig.shows("New case"), "{}", rig.screen(80, 24));
    let again = rig.app.stack.last().unwrap();
    assert_eq!(again.parked, Some(typed.id), "it goes back to its own place");
}

#[test]
fn a_parked_form_is_thrown_away_by_two_deletes_and_not_by_one() {
    let mut rig = Rig::filled();
    let form = crate::repository::request::Parked {
        id: "a".to_owned(),
        title: "New case 李娜".to_owned(),
        body: "{}".to_owned(),
        at: "2020-03-02T09:00:00+01:00".to_owned(),
    };
    let effects = vec![Effect::Park(form)];
    for effect in effects {
        let crate::tui::run::Done::Answer(answer) = rig.do_effect(effect) else { unreachable!() };
        rig.tell(Msg::Answer(answer));
    }
    rig.press(Action::Parked);
    rig.tell(Msg::Edit(Edit::Delete));
    rig.press(Action::Up);
    rig.tell(Msg::Edit(Edit::Delete));
    assert_eq!(rig.app.shop.parked, 1, "another key in between keeps it");
    rig.tell(Msg::Edit(Edit::Delete));
    assert_eq!(rig.app.shop.parked, 0);
    assert!(rig.shows("Nothing is parked."));
}

#[test]
fn help_quotes_the_clauses_that_it_names() {
    let mut rig = Rig::filled();
    rig.press(Action::Help);
    assert!(rig.shows("C26  The plan moves to the replacement unit"));
    rig.press(Action::Back);
    assert!(!rig.shows("C26"));
}

#[test]
fn a_letter_of_the_menu_is_held_back_until_it_is_no_scanners() {
    let mut rig = Rig::filled();
    assert_eq!(rig.app.echo(), Echo::AtOnce);
    rig.press(Action::Menu);
    assert_eq!(rig.app.echo(), Echo::Held);
    rig.tell(Msg::Scan(shape_of("08QXG6GXW0E3UA").unwrap()));
    assert!(rig.shows("Mavic Pro"), "a scan goes through the menu");
    assert_eq!(rig.app.echo(), Echo::AtOnce);
}

#[test]
fn every_screen_draws_at_every_size() {
    let mut rig = Rig::filled();
    let draw = |rig: &Rig| {
        for width in (1..24).chain([40, 79, 80, 90, 120, 200]) {
            for height in (1..30).chain([40, 60]) {
                rig.screen(width, height);
            }
        }
    };
    draw(&rig);
    rig.press(Action::Menu);
    draw(&rig);
    rig.press(Action::Help);
    draw(&rig);
    rig.kind("x0AS");
    draw(&rig);
    rig.scan("0AS6E7PDT1ZEUX");
    draw(&rig);
    rig.press(Action::Why);
    rig.kind("w");
    draw(&rig);
    draw(&Rig::new());
}

#[test]
fn in_a_window_too_small_to_be_drawn_no_key_does_anything_but_quitting() {
    let mut rig = Rig::filled();
    let before = rig.screen(80, 24);
    rig.tell(Msg::Resize(Size { width: 80, height: 23 }));
    rig.kind("08Q");
    rig.press(Action::Menu);
    rig.scan("08QXG6GXW0E3UA");
    rig.tell(Msg::Paste("08QXG6GXW0E3UA".to_owned()));
    assert_eq!(rig.screen(80, 24), before);
    assert!(!rig.app.update(Msg::Act(Action::Quit)).is_empty());
    rig.tell(Msg::Resize(Size { width: 80, height: 24 }));
    rig.scan("08QXG6GXW0E3UA");
    assert!(rig.shows("Mavic Pro  08QXG6GXW0E3UA"));
}
