use super::*;
use crate::tui::key::Place;
use crate::tui::runner::tests::Rig;

fn today() -> Rig {
    let mut rig = Rig::filled();
    rig.press(Action::Go(Place::Day));
    rig
}

fn draw(rig: &Rig) {
    for width in (1..24).chain([40, 79, 80, 120]) {
        for height in (1..30).chain([40]) {
            rig.screen(width, height);
        }
    }
}

#[test]
fn the_day_shows_its_figures_and_left_and_right_go_to_other_days() {
    let mut rig = today();
    assert!(rig.shows("2020-03-02 (today): open") && rig.shows("Cases opened"), "{}", rig.screen(80, 24));
    rig.press(Action::Right);
    assert!(rig.shows("This is today"), "{}", rig.screen(80, 24));
    rig.press(Action::Left);
    assert!(rig.shows("2020-03-01: open"), "{}", rig.screen(80, 24));
    rig.press(Action::Right);
    assert!(rig.shows("2020-03-02 (today)"), "{}", rig.screen(80, 24));
    draw(&rig);
}

#[test]
fn a_day_is_closed_by_its_four_digits_and_says_so_afterwards() {
    let mut rig = today();
    rig.press(Action::Commit);
    assert!(rig.shows("Close the day 2020-03-02"), "{}", rig.screen(80, 24));
    draw(&rig);
    rig.kind("0301");
    rig.press(Action::Commit);
    assert!(rig.shows("is not what is asked for"), "{}", rig.screen(80, 24));
    for _ in 0..4 {
        rig.tell(crate::tui::event::Msg::Edit(Edit::Backspace));
    }
    rig.kind("0302");
    rig.press(Action::Commit);
    assert!(rig.shows("2020-03-02 (today): CLOSED"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("its figures never change"), "{}", rig.screen(80, 24));
    rig.press(Action::Print);
    assert!(rig.shows("Written to "), "{}", rig.screen(80, 24));
    rig.press(Action::Left);
    rig.press(Action::Commit);
    assert!(rig.shows("with it every day before"), "{}", rig.screen(80, 24));
}

#[test]
fn what_is_still_open_is_explained_before_the_day_is_closed() {
    let mut rig = Rig::filled();
    rig.press(Action::Go(Place::Stock));
    rig.press(Action::Values);
    rig.kind("1shelf B8");
    rig.press(Action::Commit);
    rig.kind("1");
    rig.press(Action::Commit);
    rig.press(Action::Go(Place::Day));
    assert!(rig.shows("1 to explain"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("Unit 0ASDH32FG92G44 is missing from its shelf"), "{}", rig.screen(80, 24));
    rig.press(Action::Commit);
    assert!(rig.shows("not explained"), "{}", rig.screen(80, 24));
    rig.kind("lent to the trade fair");
    draw(&rig);
    rig.press(Action::Back);
    rig.press(Action::Back);
    rig.press(Action::Go(Place::Day));
    rig.press(Action::Commit);
    assert!(rig.shows("lent to the trade fair"), "what was typed is kept: {}", rig.screen(80, 24));
    rig.press(Action::Commit);
    rig.kind("0302");
    rig.press(Action::Commit);
    assert!(rig.shows("CLOSED"), "{}", rig.screen(80, 24));
    for _ in 0..3 {
        rig.press(Action::PageDown);
    }
    assert!(rig.shows("lent to the trade fair"), "{}", rig.screen(80, 24));
}
