use super::*;
use crate::tui::widget::tests::{draw_at_every_size, drawn};

fn lines(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn form() -> Form {
    Form::new(vec![
        Entry::Text(Field::new("Customer", 40)),
        Entry::Choice(Choice::new("Cause", lines(&["accident", "water"]))),
        Entry::Ticks(Ticks::new("Parts", lines(&["aircraft", "battery"]))),
    ])
}

fn type_in(form: &mut Form, text: &str) {
    for c in text.chars() {
        form.edit(Edit::Insert(c));
    }
}

#[test]
fn enter_goes_on_and_stops_at_the_last_entry() {
    let mut form = form();
    let replies = [(); 3].map(|()| form.act(Action::Accept));
    assert_eq!(replies, [Reply::Moved, Reply::Moved, Reply::Ignored]);
    assert_eq!(form.at(), 2);
}

#[test]
fn a_form_is_filled_in_by_typing() {
    let mut form = form();
    type_in(&mut form, "Maria");
    form.act(Action::Accept);
    type_in(&mut form, "w");
    form.act(Action::Next);
    type_in(&mut form, "2");
    assert_eq!((form.text(0), form.text(1), form.ticked(2)), ("Maria", "water", vec![1]));
    assert!(form.is_edited());
}

#[test]
fn undo_goes_back_through_the_entries_in_order() {
    let mut form = form();
    type_in(&mut form, "Maria");
    form.act(Action::Next);
    type_in(&mut form, "w");
    form.act(Action::Undo);
    assert_eq!((form.text(1), form.at()), ("", 1));
    form.act(Action::Undo);
    assert_eq!((form.text(0), form.at()), ("", 0));
    assert_eq!(form.act(Action::Undo), Reply::Ignored);
}

#[test]
fn a_scanners_character_leaves_no_trace_for_undo() {
    let mut form = form();
    type_in(&mut form, "Maria");
    form.act(Action::Next);
    type_in(&mut form, "a");
    form.take_back();
    assert_eq!(form.text(1), "");
    form.act(Action::Undo);
    assert_eq!(form.text(0), "", "undo reaches what a person typed");
}

#[test]
fn looking_through_a_form_does_not_make_it_edited() {
    let mut form = form();
    form.act(Action::Next);
    form.act(Action::Values);
    form.act(Action::Back);
    form.act(Action::Previous);
    assert!(!form.is_edited());
}

#[test]
fn a_hidden_entry_is_passed_by_in_both_directions() {
    let mut form = form();
    form.hide(vec![1]);
    form.act(Action::Accept);
    assert_eq!(form.at(), 2);
    form.act(Action::Previous);
    assert_eq!(form.at(), 0);
    let shown = drawn(40, 4, |frame| form.draw(frame, frame.area(), Theme::Monochrome));
    assert!(!shown.contains("Cause") && shown.contains("battery"), "{shown}");
}

#[test]
fn the_entry_with_the_keys_is_seen_when_not_all_fit() {
    let mut form = form();
    form.go_to(2);
    let shown = drawn(40, 2, |frame| form.draw(frame, frame.area(), Theme::Monochrome));
    assert!(shown.contains("battery"), "{shown}");
}

#[test]
fn the_open_list_lies_over_what_is_below() {
    let mut form = form();
    form.act(Action::Next);
    form.act(Action::Values);
    let shown = drawn(40, 4, |frame| form.draw(frame, frame.area(), Theme::Monochrome));
    assert!(shown.contains(" accident") && shown.contains(" water"), "{shown}");
    draw_at_every_size(|frame| form.draw(frame, frame.area(), Theme::Colour));
}
