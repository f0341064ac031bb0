use std::time::{Duration, Instant};

use proptest::prelude::*;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rstest::rstest;

use super::*;

const SERIAL: &str = "08QDE5J01200B3";
const LONG: &str = "1581F0000000000000B3";

/// Plays keys the way the loop does: one at a time, settling and expiring in the pauses.
struct Player {
    detector: Detector,
    now: Instant,
    out: Vec<String>,
}

impl Player {
    fn new() -> Self {
        Self { detector: Detector::default(), now: Instant::now(), out: Vec::new() }
    }

    fn note(&mut self, heard: impl IntoIterator<Item = Heard>) {
        for one in heard {
            match one {
                Heard::Key(KeyEvent { code: KeyCode::Char(c), .. }, _) => self.out.push(c.to_string()),
                Heard::Key(event, _) => self.out.push(format!("<{}>", event.code)),
                Heard::TakeBack => assert!(self.out.pop().is_some(), "nothing to take back"),
                Heard::Scan(Scan::Serial(serial)) => self.out.push(format!("[{serial}]")),
                Heard::Scan(Scan::Case(number)) => self.out.push(format!("[case {number}]")),
                Heard::Scan(Scan::Stock(label)) => self.out.push(format!("[stock {label}]")),
                Heard::Unknown(text) => self.out.push(format!("[? {text}]")),
                Heard::Paste(text) => self.out.push(format!("[paste {text}]")),
            }
        }
    }

    /// Lets `milliseconds` pass with nobody pressing anything.
    fn wait(mut self, milliseconds: u64) -> Self {
        if let Some(first) = self.detector.settle() {
            self.note([first]);
        }
        self.now += Duration::from_millis(milliseconds);
        let heard = self.detector.expire(self.now);
        self.note(heard);
        self
    }

    fn press(mut self, event: KeyEvent) -> Self {
        let heard = self.detector.key(event, self.now);
        self.note(heard);
        self
    }

    /// Types characters with `gap` milliseconds before each; `\r`, `\t` and `\n` are keys.
    fn types(mut self, text: &str, gap: u64) -> Self {
        for c in text.chars() {
            self = self.wait(gap).press(match c {
                '\r' => KeyCode::Enter.into(),
                '\t' => KeyCode::Tab.into(),
                '\n' => KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL),
                c => KeyCode::Char(c).into(),
            });
        }
        self
    }

    fn all(self) -> String {
        self.wait(1_000).out.concat()
    }
}

#[rstest]
#[case::with_enter("08QDE5J01200B3\r", 5, "[08QDE5J01200B3]")]
#[case::with_tab("08QDE5J01200B3\t", 5, "[08QDE5J01200B3]")]
#[case::with_cr_lf("08QDE5J01200B3\r\n", 5, "[08QDE5J01200B3]")]
#[case::without_a_terminator("08QDE5J01200B3", 5, "[08QDE5J01200B3]")]
#[case::at_once("08QDE5J01200B3\r", 0, "[08QDE5J01200B3]")]
#[case::slow_scanner_at_the_limit("08QDE5J01200B3\r", 50, "[08QDE5J01200B3]")]
#[case::a_person_behind_the_limit("08QDE5J01200B3\r", 51, "08QDE5J01200B3<Enter>")]
#[case::lower_case("08qde5j01200b3\r", 5, "[08QDE5J01200B3]")]
#[case::twenty("1581F0000000000000B3\r", 5, "[1581F0000000000000B3]")]
#[case::twenty_without_a_terminator("1581F0000000000000B3", 5, "[1581F0000000000000B3]")]
#[case::case_number("0001-00042-7\r", 5, "[case 0001-00042-7]")]
#[case::stock_label("S-0042\r", 5, "[stock S-0042]")]
#[case::stock_label_in_lower_case("s-0042\r", 5, "[stock S-0042]")]
#[case::five_characters_are_no_burst("S-004\r", 5, "S-004<Enter>")]
#[case::unknown_with_enter("6958265132001\r", 5, "[? 6958265132001]")]
#[case::unknown_with_tab("smithers\t", 5, "[? smithers]")]
#[case::unknown_without_is_typed("smithers", 5, "smithers")]
#[case::short_word_and_enter("smith\r", 0, "smith<Enter>")]
#[case::two_scans("08QDE5J01200B3\r08QDE5J01200B4\r", 5, "[08QDE5J01200B3][08QDE5J01200B4]")]
#[case::a_scan_after_an_unknown_one("smithers\r08QDE5J01200B3\r", 5, "[? smithers][08QDE5J01200B3]")]
#[case::two_codes_in_one_burst_are_not_guessed(
    "08QDE5J01200B308QDE5J01200B4\r",
    5,
    "[? 08QDE5J01200B308QDE5J01200B4]"
)]
#[case::one_key_held_down("xxxxxxxxxx", 33, "xxxxxxxxxx")]
#[case::enter_in_a_burst_of_one_key("xxxxxxxxxx\r", 33, "xxxxxxxxxx")]
fn keys_become_scans_or_stay_keys(#[case] keys: &str, #[case] gap: u64, #[case] heard: &str) {
    assert_eq!(Player::new().types(keys, gap).all(), heard);
}

#[test]
fn two_scans_with_a_pause_and_no_terminator_are_two() {
    let heard = Player::new().types(SERIAL, 5).wait(60).types(LONG, 5).all();
    assert_eq!(heard, format!("[{SERIAL}][{LONG}]"));
}

#[test]
fn a_scan_in_several_reads_is_one_while_the_pauses_are_short() {
    let heard = Player::new().types("08QDE5", 0).wait(50).types("J01200B3\r", 0).all();
    assert_eq!(heard, format!("[{SERIAL}]"));
}

#[test]
fn a_scan_torn_by_a_long_pause_is_typed_and_not_lost() {
    let heard = Player::new().types("08QDE5", 0).wait(51).types("J01200B3", 0).all();
    assert_eq!(heard, SERIAL);
}

#[rstest]
#[case::at_the_limit(50, "[08QDE5J01200B3]")]
#[case::a_moment_later(51, "[08QDE5J01200B3]<Enter>")]
fn a_late_enter_is_a_persons(#[case] pause: u64, #[case] heard: &str) {
    assert_eq!(Player::new().types(SERIAL, 5).types("\r", pause).all(), heard);
}

#[rstest]
#[case::the_second_of_cr_cr(0, "[08QDE5J01200B3]")]
#[case::a_person(51, "[08QDE5J01200B3]<Enter>")]
fn an_enter_behind_the_scans_own(#[case] pause: u64, #[case] heard: &str) {
    assert_eq!(Player::new().types("08QDE5J01200B3\r", 5).types("\r", pause).all(), heard);
}

#[test]
fn a_person_may_be_typing_when_the_scan_comes() {
    let heard = Player::new().types("Mar", 120).types(SERIAL, 60).types("ia", 120).all();
    assert_eq!(heard, "Mar08QDE5J01200B3ia", "60 ms is a person's pace");
    let heard = Player::new().types("Mar", 120).wait(60).types("08QDE5J01200B3\r", 5).types("ia", 120).all();
    assert_eq!(heard, "Mar[08QDE5J01200B3]ia");
}

#[test]
fn the_first_character_is_shown_at_once_and_the_second_after_the_gap() {
    let mut player = Player::new().types("a", 100).wait(0);
    assert_eq!(player.out.concat(), "a");
    assert_eq!(player.detector.deadline(), None, "nothing is held, so nothing wakes the loop");
    player = player.types("b", 20);
    assert_eq!(player.out.concat(), "a");
    let last = player.now;
    assert_eq!(player.detector.deadline(), Some(last + GAP + Duration::from_millis(1)));
    assert_eq!(player.wait(51).out.concat(), "ab");
}

#[test]
fn another_key_ends_a_burst_before_it_acts() {
    let f9: KeyEvent = KeyCode::F(9).into();
    assert_eq!(Player::new().types("ab", 5).press(f9).all(), "ab<F9>");
    assert_eq!(Player::new().types(SERIAL, 5).press(f9).all(), format!("[{SERIAL}]<F9>"));
}

#[test]
fn a_long_text_from_a_terminal_without_paste_marks_is_typed() {
    let text = "the wing is cracked ".repeat(150);
    assert_eq!(Player::new().types(&text, 0).all(), text);
}

#[rstest]
#[case::serial("08QDE5J01200B3", "[08QDE5J01200B3]")]
#[case::serial_with_a_line_break("08QDE5J01200B3\n", "[08QDE5J01200B3]")]
#[case::serial_with_hyphens("08Q-DE5J-01200B3", "[08QDE5J01200B3]")]
#[case::short_stock_label("S-7", "[stock S-7]")]
#[case::two_lines("crashed\r\ninto a tree\r", "[paste crashed into a tree]")]
#[case::two_serials("08QDE5J01200B3\n08QDE5J01200B4", "[paste 08QDE5J01200B3 08QDE5J01200B4]")]
#[case::words_of_fourteen_letters("the red camera xx", "[paste the red camera xx]")]
fn one_pasted_line_of_a_known_shape_is_a_scan(#[case] text: &str, #[case] heard: &str) {
    let mut player = Player::new();
    let pasted = player.detector.paste(text);
    player.note(pasted);
    assert_eq!(player.all(), heard);
}

#[test]
fn a_paste_of_three_thousand_characters_comes_whole() {
    let text = "x y".repeat(1_000);
    assert_eq!(Detector::default().paste(&text), [Heard::Paste(text)]);
}

#[rstest]
#[case::case_number("0001-00042-7", true)]
#[case::longer_sequence("0001-123456-7", true)]
#[case::short_till("001-00042-7", false)]
#[case::short_sequence("0001-0042-7", false)]
#[case::letter_in_it("0001-0004A-7", false)]
fn a_case_number_has_its_shape(#[case] text: &str, #[case] known: bool) {
    assert_eq!(matches!(shape_of(text), Some(Scan::Case(_))), known);
}

proptest! {
    #[test]
    fn no_character_is_lost_at_any_pace(keys in proptest::collection::vec((0_u64..120, "[a-z ]"), 0..60)) {
        let mut player = Player::new();
        let mut typed = String::new();
        for (gap, c) in keys {
            player = player.types(&c, gap);
            typed.push_str(&c);
        }
        // Letters can be a serial by chance; such a run is not what is asked here.
        let heard = player.all();
        prop_assume!(!heard.contains('['));
        prop_assert_eq!(heard, typed);
    }

    #[test]
    fn a_scan_in_any_reads_within_the_gap_is_a_scan(gaps in proptest::collection::vec(0_u64..=50, 15)) {
        let mut player = Player::new();
        for (c, gap) in "08QDE5J01200B3\r".chars().zip(gaps) {
            player = player.types(&c.to_string(), gap);
        }
        prop_assert_eq!(player.all(), "[08QDE5J01200B3]");
    }
}
