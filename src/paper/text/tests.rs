use proptest::prelude::*;
use rstest::rstest;

use super::*;

#[rstest]
#[case::plain("Maria López", "Maria López")]
#[case::escape_sequence("a\u{1b}[31mb", "a [31mb")]
#[case::line_break("a\nb\tc", "a b c")]
#[case::right_to_left_override("ab\u{202e}cd\u{202c}", "abcd")]
#[case::isolates("\u{2066}ab\u{2069}", "ab")]
#[case::zero_width("a\u{200b}b\u{200d}c\u{feff}", "abc")]
#[case::decomposed_accent("e\u{301}", "\u{e9}")]
#[case::c1_control("a\u{9b}b", "a b")]
#[case::voiced_half_width_katakana("ｶﾞﾊﾟｱ", "ガパｱ")]
#[case::a_voicing_mark_alone("aﾞ", "a゛")]
fn text_is_cleaned_for_the_screen(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(clean(text), shown);
}

#[rstest]
#[case::latin("Lee", 3)]
#[case::chinese("李小龙", 6)]
#[case::korean("김철수", 6)]
#[case::half_width_katakana_with_voicing("ｶﾞｷﾞ", 4)]
#[case::accent("José", 4)]
fn width_counts_cells(#[case] text: &str, #[case] cells: usize) {
    assert_eq!(width(text), cells);
}

#[rstest]
#[case::fits("abc", 3, "abc")]
#[case::one_too_long("abcd", 3, "ab…")]
#[case::after_a_wide_character("李小", 3, "李…")]
#[case::no_room_for_half("李小", 2, "…")]
#[case::no_room("abc", 0, "")]
fn cut_never_splits_a_character(#[case] text: &str, #[case] room: usize, #[case] shown: &str) {
    assert_eq!(cut(text, room), shown);
}

#[rstest]
#[case::from_the_start("abcdef", 0, 3, "abc")]
#[case::from_inside("abcdef", 2, 3, "cde")]
#[case::left_edge_in_a_wide_one("李小龙", 1, 4, " 小")]
#[case::behind_the_end("abc", 9, 3, "")]
fn window_shows_a_part(#[case] text: &str, #[case] from: usize, #[case] room: usize, #[case] seen: &str) {
    assert_eq!(window(text, from, room), seen);
}

#[rstest]
#[case::at_blanks("one two three", 8, &["one two", "three"])]
#[case::exactly("one two", 7, &["one two"])]
#[case::long_word("abcdefgh", 3, &["abc", "def", "gh"])]
#[case::long_word_after_a_short_one("a bcdef", 3, &["a", "bcd", "ef"])]
#[case::breaks_are_kept("a\nb", 9, &["a", "b"])]
#[case::empty("", 5, &[""])]
#[case::no_room("abc", 0, &[])]
fn wrap_fills_lines(#[case] text: &str, #[case] room: usize, #[case] lines: &[&str]) {
    assert_eq!(wrap(text, room), lines);
}

/// The cells of a text by its graphemes, as the drawing library measures it.
fn by_graphemes(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

#[test]
fn a_character_that_is_measured_alone_is_drawn_so() {
    let measured =
        ('\0'..=char::MAX).filter_map(|c| known_width(&c.to_string()).map(|cells| (c.to_string(), cells)));
    for (text, cells) in measured {
        assert_eq!(by_graphemes(&text), cells, "{text:?}");
        assert!(is_nfc(&text), "{text:?}");
    }
}

proptest! {
    #[test]
    fn characters_that_are_measured_alone_do_not_join(text in "[ -~éŁ’→李김각がガ]{0,12}") {
        prop_assert_eq!(known_width(&text), Some(by_graphemes(&text)));
        prop_assert!(is_nfc(&text));
    }

    #[test]
    fn pad_fills_exactly_the_room(text in "\\PC{0,30}", room in 0_usize..40) {
        prop_assert_eq!(width(&pad(&text, room)), room);
        prop_assert_eq!(width(&pad_left(&text, room)), room);
    }

    #[test]
    fn nothing_shown_is_wider_than_its_room(text in "[a-z 李ｶﾞé\n]{0,40}", from in 0_usize..50, room in 2_usize..20) {
        prop_assert!(width(&window(&text, from, room)) <= room);
        prop_assert!(wrap(&text, room).iter().all(|line| width(line) <= room));
    }
}
