use rstest::rstest;

use super::*;
use crate::tui::theme::Theme;
use crate::tui::widget::tests::{draw_at_every_size, drawn};

const HERE: Look = Look { theme: Theme::Monochrome, focus: Focus::Here };

fn typed(mut field: Field, text: &str) -> Field {
    for c in text.chars() {
        field.edit(Edit::Insert(c));
    }
    field
}

#[test]
fn typing_stops_at_the_limit() {
    let field = typed(Field::new("Last four", 4), "00B3X");
    assert_eq!(field.text(), "00B3");
}

#[test]
fn a_paste_goes_in_at_the_cursor_and_is_cut_to_the_limit() {
    let mut field = Field::new("Name", 6).with_text("Lee");
    field.act(Action::First);
    assert_eq!(field.paste("Maria "), Pasted { reply: Reply::NewStep, left_out: 3 });
    assert_eq!(field.text(), "MarLee");
    field.edit(Edit::Delete);
    assert_eq!(field.text(), "Maree", "the cursor stands behind what was pasted");
}

#[test]
fn a_paste_of_three_thousand_characters_is_cut_and_says_by_how_much() {
    let mut field = Field::new("Words", 500);
    assert_eq!(field.paste(&"x".repeat(3_000)).left_out, 2_500);
    assert_eq!(field.text().len(), 500);
    assert_eq!(field.paste("y"), Pasted { reply: Reply::Ignored, left_out: 1 });
}

#[test]
fn controls_and_direction_marks_do_not_get_in() {
    let mut field = typed(Field::new("Name", 9), "a\u{202e}b");
    field.paste("\u{1b}[0m\u{200b}c");
    assert_eq!(field.text(), "ab [0mc");
}

#[test]
fn undo_takes_a_run_of_typing_back() {
    let mut field = typed(Field::new("Name", 20).with_text("Maria "), "Lopez");
    field.edit(Edit::Backspace);
    assert_eq!(field.act(Action::Undo), Reply::Changed);
    assert_eq!(field.text(), "Maria Lopez");
    field.act(Action::Undo);
    assert_eq!(field.text(), "Maria ");
    assert_eq!(field.act(Action::Undo), Reply::Ignored);
}

#[test]
fn a_character_that_was_a_scanners_goes_where_it_stood() {
    let mut field = typed(Field::new("Name", 20).with_text("Lee"), "0");
    field.act(Action::Left);
    field.take_back();
    assert_eq!(field.text(), "Lee0", "moving the cursor makes it a person's");
    field = typed(Field::new("Name", 20).with_text("Lee"), "0");
    field.take_back();
    assert_eq!(field.text(), "Lee");
}

#[test]
fn the_same_as_last_time_comes_with_one_key_and_can_be_undone() {
    let mut field = Field::new("Name", 20);
    field.remember("Maria Lopez");
    assert_eq!(field.act(Action::SameAsLast), Reply::NewStep);
    assert_eq!(field.text(), "Maria Lopez");
    field.act(Action::Undo);
    assert_eq!(field.text(), "");
    assert_eq!(Field::new("Name", 20).act(Action::SameAsLast), Reply::Ignored);
}

#[rstest]
#[case::fits("Lee", "Lee   ")]
#[case::the_end_is_seen("abcdefgh", "defgh ")]
#[case::wide_characters("李小龙金", "龙金")]
fn a_long_text_scrolls_so_that_the_cursor_is_seen(#[case] text: &str, #[case] seen: &str) {
    let field = Field::new("", 20).with_text(text);
    let shown = drawn(6, 1, |frame| field.draw_text(frame, frame.area(), HERE));
    let expected = text::pad(seen, 6);
    assert!(shown.contains(expected.trim_end()), "{shown}");
}

#[test]
fn the_cursor_counts_cells_and_not_characters() {
    use ratatui::{Terminal, backend::TestBackend};
    let field = Field::new("Name", 20).with_text("李小");
    let mut screen = Terminal::new(TestBackend::new(40, 1)).unwrap();
    screen.draw(|frame| field.draw(frame, frame.area(), HERE)).unwrap();
    screen.backend_mut().assert_cursor_position((22, 0));
}

#[test]
fn a_field_draws_at_every_size() {
    let field = Field::new("Customer's words", 99).with_text("李小龙 says it fell ｶﾞ");
    draw_at_every_size(|frame| field.draw(frame, frame.area(), HERE));
}
