use std::collections::HashSet;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rstest::rstest;

use super::menu::MENU;
use super::*;

const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const ALT: KeyModifiers = KeyModifiers::ALT;

#[rstest]
#[case::f1(KeyCode::F(1), NONE, Action::Help)]
#[case::f2(KeyCode::F(2), NONE, Action::Find)]
#[case::its_twin(KeyCode::Char('f'), CTRL, Action::Find)]
#[case::f3(KeyCode::F(3), NONE, Action::Back)]
#[case::esc(KeyCode::Esc, NONE, Action::Back)]
#[case::f4(KeyCode::F(4), NONE, Action::Values)]
#[case::alt_down(KeyCode::Down, ALT, Action::Values)]
#[case::f5(KeyCode::F(5), NONE, Action::Recheck)]
#[case::ctrl_r(KeyCode::Char('r'), CTRL, Action::Recheck)]
#[case::f6(KeyCode::F(6), NONE, Action::NewCase)]
#[case::ctrl_n(KeyCode::Char('n'), CTRL, Action::NewCase)]
#[case::f7(KeyCode::F(7), NONE, Action::Park)]
#[case::ctrl_k(KeyCode::Char('k'), CTRL, Action::Park)]
#[case::f8(KeyCode::F(8), NONE, Action::Why)]
#[case::ctrl_e(KeyCode::Char('e'), CTRL, Action::Why)]
#[case::f9(KeyCode::F(9), NONE, Action::Commit)]
#[case::ctrl_s(KeyCode::Char('s'), CTRL, Action::Commit)]
#[case::f12(KeyCode::F(12), NONE, Action::Lock)]
#[case::ctrl_g(KeyCode::Char('g'), CTRL, Action::Menu)]
#[case::ctrl_p(KeyCode::Char('p'), CTRL, Action::Print)]
#[case::ctrl_d(KeyCode::Char('d'), CTRL, Action::SameAsLast)]
#[case::ctrl_z(KeyCode::Char('z'), CTRL, Action::Undo)]
#[case::ctrl_q(KeyCode::Char('q'), CTRL, Action::Quit)]
#[case::ctrl_c(KeyCode::Char('c'), CTRL, Action::Quit)]
#[case::capital_with_ctrl(KeyCode::Char('S'), CTRL | SHIFT, Action::Commit)]
#[case::enter(KeyCode::Enter, NONE, Action::Accept)]
#[case::back_tab(KeyCode::BackTab, SHIFT, Action::Previous)]
#[case::shift_and_tab(KeyCode::Tab, SHIFT, Action::Previous)]
fn a_key_of_the_counter_has_its_meaning(
    #[case] code: KeyCode,
    #[case] with: KeyModifiers,
    #[case] action: Action,
) {
    assert_eq!(meaning(KeyEvent::new(code, with)), Meaning::Act(action));
}

#[rstest]
#[case::letter(KeyCode::Char('a'), NONE, Meaning::Edit(Edit::Insert('a')))]
#[case::capital(KeyCode::Char('A'), SHIFT, Meaning::Edit(Edit::Insert('A')))]
#[case::alt_gr(KeyCode::Char('@'), CTRL | ALT, Meaning::Edit(Edit::Insert('@')))]
#[case::backspace(KeyCode::Backspace, NONE, Meaning::Edit(Edit::Backspace))]
#[case::backspace_of_other_terminals(KeyCode::Char('h'), CTRL, Meaning::Edit(Edit::Backspace))]
#[case::alt_letter(KeyCode::Char('a'), ALT, Meaning::Nothing)]
#[case::newline_of_an_unmarked_paste(KeyCode::Char('j'), CTRL, Meaning::Nothing)]
#[case::unbound_function_key(KeyCode::F(11), NONE, Meaning::Nothing)]
fn the_rest_is_typing_or_nothing(
    #[case] code: KeyCode,
    #[case] with: KeyModifiers,
    #[case] expected: Meaning,
) {
    assert_eq!(meaning(KeyEvent::new(code, with)), expected);
}

#[test]
fn no_key_means_two_things() {
    let mut seen = HashSet::new();
    for binding in BINDINGS {
        assert!(seen.insert((binding.code, binding.with)), "{} is bound twice", binding.name());
    }
    for (code, with, edit) in EDITS {
        assert!(seen.insert((*code, *with)), "{edit:?} is bound twice");
    }
}

#[test]
fn no_control_letter_is_one_the_terminal_uses_for_another_key() {
    for binding in BINDINGS.iter().filter(|b| b.with == CTRL) {
        let stolen = ['h', 'i', 'j', 'm', '['].map(KeyCode::Char);
        assert!(!stolen.contains(&binding.code), "{} arrives as another key", binding.name());
    }
}

#[test]
fn the_menu_reaches_every_command_a_terminal_may_swallow() {
    let commands = BINDINGS.iter().filter(|b| matches!(b.code, KeyCode::F(_)) || b.with != NONE);
    for binding in commands.filter(|b| !matches!(b.action, Action::Menu | Action::Lock)) {
        assert!(
            MENU.iter().any(|item| item.action == binding.action),
            "{} is not in the menu",
            binding.label
        );
    }
}

#[test]
fn names_are_what_is_printed_on_the_keys() {
    assert_eq!(name_of(Action::Commit), "F9");
    assert_eq!(name_of(Action::Print), "Ctrl+P");
    assert_eq!(name_of(Action::Previous), "Shift+Tab");
    assert_eq!(name_of(Action::Go(Place::Queue)), "Ctrl+G 5");
    assert_eq!(name_of(Action::Back), "Esc");
}
