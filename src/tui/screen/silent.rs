//! No key is silent: on every screen each one changes something or says why it does not.

use rstest::rstest;

use crate::tui::event::Msg;
use crate::tui::key::{Action, Edit, Place};
use crate::tui::runner::tests::Rig;

const DEVICE: &str = "08QXG6GXW0E3UA";

/// Keys that leave the screen where it is; each of them that opens a list closes it again.
const KEYS: [Action; 6] =
    [Action::Values, Action::Values, Action::SameAsLast, Action::Undo, Action::Print, Action::Lock];

/// The page and the message line, without what stands around them.
fn parts(rig: &Rig) -> (String, String) {
    let screen = rig.screen(80, 24);
    let lines: Vec<&str> = screen.lines().collect();
    let (page, rest) = lines.split_at(21);
    (page.join("\n"), rest.iter().take(2).copied().collect())
}

fn says_something(rig: &mut Rig, what: &str, does: impl FnOnce(&mut Rig)) {
    let (before, _) = parts(rig);
    does(rig);
    let (after, notice) = parts(rig);
    assert!(before != after || !notice.trim().is_empty(), "{what} is silent\n{}", rig.screen(80, 24));
}

fn lookup(_rig: &mut Rig) {}

fn card(rig: &mut Rig) {
    rig.scan(DEVICE);
}

fn list(rig: &mut Rig) {
    rig.kind("0AS");
}

fn eligibility(rig: &mut Rig) {
    rig.scan(DEVICE);
    rig.press(Action::Why);
}

fn what_if(rig: &mut Rig) {
    eligibility(rig);
    rig.kind("w");
}

fn record(rig: &mut Rig) {
    rig.scan(DEVICE);
    rig.press(Action::NewCase);
}

fn assess(rig: &mut Rig) {
    record(rig);
    rig.kind("s");
    rig.press(Action::Accept);
    rig.kind("a");
    rig.press(Action::Accept);
    rig.press(Action::Accept);
    rig.kind("1");
    rig.press(Action::Commit);
    assert!(rig.shows("RECEIVED"), "{}", rig.screen(80, 24));
}

fn choose(rig: &mut Rig) {
    assess(rig);
    rig.press(Action::Commit);
    assert!(rig.shows("ASSESSED"), "{}", rig.screen(80, 24));
}

fn pay(rig: &mut Rig) {
    choose(rig);
    rig.press(Action::Commit);
    assert!(rig.shows("Paid by"), "{}", rig.screen(80, 24));
}

fn issue(rig: &mut Rig) {
    pay(rig);
    rig.press(Action::Accept);
    rig.kind("79");
    rig.press(Action::Accept);
    rig.kind("as agreed");
    rig.press(Action::Commit);
    assert!(rig.shows("BEFORE"), "{}", rig.screen(80, 24));
}

fn queue(rig: &mut Rig) {
    rig.press(Action::Go(Place::Queue));
}

#[rstest]
#[case::lookup(lookup, 1)]
#[case::card(card, 1)]
#[case::list(list, 1)]
#[case::eligibility(eligibility, 1)]
#[case::what_if(what_if, 4)]
#[case::record(record, 7)]
#[case::assess(assess, 6)]
#[case::choose(choose, 1)]
#[case::pay(pay, 3)]
#[case::issue(issue, 1)]
#[case::queue(queue, 1)]
fn each_key_in_each_field_does_something_or_says_why(#[case] open: fn(&mut Rig), #[case] fields: usize) {
    let mut rig = Rig::filled();
    open(&mut rig);
    for field in 0..fields {
        for key in KEYS {
            says_something(&mut rig, &format!("{key:?} in field {field}"), |rig| rig.press(key));
        }
        rig.press(Action::Next);
    }
}

#[rstest]
#[case::eligibility(eligibility)]
#[case::choose(choose)]
#[case::queue(queue)]
fn a_letter_and_a_paste_that_are_no_use_say_so(#[case] open: fn(&mut Rig)) {
    let mut rig = Rig::filled();
    open(&mut rig);
    says_something(&mut rig, "a letter", |rig| rig.tell(Msg::Edit(Edit::Insert('z'))));
    rig.tell(Msg::Paste("three words long".to_owned()));
    assert!(rig.shows("The paste was not taken"), "{}", rig.screen(80, 24));
}

#[test]
fn a_device_with_a_parked_form_goes_on_with_it() {
    let mut rig = Rig::filled();
    record(&mut rig);
    rig.kind("o");
    rig.press(Action::Park);
    assert!(rig.shows("1 parked"), "{}", rig.screen(80, 24));
    rig.press(Action::NewCase);
    assert!(rig.shows("it is taken up again"), "{}", rig.screen(80, 24));
    assert!(rig.shows("other person"));
}

#[test]
fn f7_lists_the_form_that_was_just_parked_first() {
    let mut rig = Rig::filled();
    for (device, name) in [(DEVICE, "first"), ("0ASDE7QBJ7MYTY", "second")] {
        rig.press(Action::Find);
        rig.scan(device);
        rig.press(Action::NewCase);
        rig.kind("s");
        rig.press(Action::Park);
        assert!(!rig.shows("New case >"), "{name}");
    }
    rig.press(Action::Park);
    let screen = rig.screen(80, 24);
    let place = |serial: &str| screen.find(serial).unwrap_or_else(|| panic!("{serial} in {screen}"));
    assert!(place("0ASDE7QBJ7MYTY") < place(DEVICE), "{screen}");
    rig.press(Action::Accept);
    assert!(rig.shows("New case · Spark"), "the newest was marked: {}", rig.screen(80, 24));
}

#[test]
fn ctrl_z_on_the_lookup_undoes_typing_and_leaves_the_card() {
    let mut rig = Rig::filled();
    rig.kind("0AS");
    rig.press(Action::Accept);
    assert!(rig.shows("REPLACED BY"));
    rig.press(Action::Undo);
    assert!(rig.shows("REPLACED BY"), "{}", rig.screen(80, 24));
    assert!(rig.shows("Nothing was typed"));
}

#[test]
fn ctrl_d_on_the_lookup_brings_the_last_device_back() {
    let mut rig = Rig::filled();
    rig.scan(DEVICE);
    rig.press(Action::Find);
    assert!(!rig.shows("COVERED"));
    rig.press(Action::SameAsLast);
    assert!(rig.shows("COVERED"), "{}", rig.screen(80, 24));
}

#[rstest]
#[case::without_its_check_digit("0001-00012", "its last digit is missing")]
#[case::with_a_wrong_one("0001-00012-9", "has a wrong digit")]
fn a_case_number_that_is_nearly_one_says_what_is_wrong(#[case] typed: &str, #[case] says: &str) {
    let mut rig = Rig::filled();
    rig.kind(typed);
    assert!(rig.shows(says), "{}", rig.screen(80, 24));
    rig.press(Action::Accept);
    assert!(rig.shows(says), "{}", rig.screen(80, 24));
}

#[test]
fn hits_show_whose_they_are_and_products_by_their_names() {
    let mut rig = Rig::filled();
    rig.kind("0AS");
    let screen = rig.screen(80, 24);
    assert!(screen.contains("Spark"), "{screen}");
    assert!(!screen.contains(" spark "), "{screen}");
    assert!(screen.lines().any(|line| line.contains("0ASDE7QBJ7MYTY") && line.contains("Liam O’Neill")));
}

#[test]
fn long_help_says_that_there_is_more_and_its_end_is_reached() {
    let mut rig = Rig::filled();
    record(&mut rig);
    rig.press(Action::Help);
    assert!(rig.shows("more below ("), "{}", rig.screen(80, 24));
    for _ in 0..20 {
        rig.press(Action::PageDown);
    }
    assert!(rig.shows("more above (") && !rig.shows("more below ("), "{}", rig.screen(80, 24));
    rig.press(Action::PageUp);
    assert!(rig.shows("more below ("), "{}", rig.screen(80, 24));
}
