//! A case on a unit whose hand-out was taken back below it.

use super::life::{closed, field, pick};
use super::*;
use crate::tui::screen::counter::UNIT;

#[test]
fn a_case_whose_unit_is_nobodys_any_more_can_still_be_read() {
    let mut bench = Bench::new();
    let mut first = closed(&mut bench);
    let mut later = new_case(&mut bench, UNIT);
    fill_in(&mut bench, &mut later);
    bench.press(&mut later, Action::Commit);
    pick(&mut bench, &mut later, "c");
    field(&mut bench, &mut later, "wrong unit");
    bench.press(&mut later, Action::Commit);
    assert_eq!(state(&later), "CANCELLED", "{:?}", bench.said);
    pick(&mut bench, &mut first, "o");
    field(&mut bench, &mut first, "Mei");
    bench.type_in(&mut first, "wrong unit");
    bench.press(&mut first, Action::Commit);
    pick(&mut bench, &mut first, "v");
    bench.scan(&mut first, UNIT);
    bench.press(&mut first, Action::Next);
    field(&mut bench, &mut first, "Mei");
    bench.type_in(&mut first, "wrong unit");
    bench.press(&mut first, Action::Commit);
    bench.type_in(&mut first, "076V");
    bench.press(&mut first, Action::Commit);
    assert_eq!(state(&first), "ASSESSED", "{:?}", bench.said);

    let mut again = CasePage::existing(later.view().unwrap().number.clone());
    bench.open(&mut again);
    let shown = bench.drawn(&again, (78, 19));
    assert!(shown.contains("CANCELLED") && shown.contains(UNIT) && shown.contains("Recorded"), "{shown}");
    for action in [Action::Steps, Action::Commit] {
        bench.press(&mut again, action);
        assert!(bench.said.last().unwrap().contains("can only be read"), "{:?}", bench.said);
    }
    bench.draw_at_every_size(&again);
}

#[test]
fn a_case_is_not_offered_to_go_on_while_another_is_open_on_its_chain() {
    let mut bench = Bench::new();
    let mut first = closed(&mut bench);
    let mut later = new_case(&mut bench, UNIT);
    fill_in(&mut bench, &mut later);
    bench.press(&mut later, Action::Commit);
    bench.open(&mut first);
    pick(&mut bench, &mut first, "o");
    let said = bench.said.last().unwrap();
    assert!(said.contains(&later.view().unwrap().number) && said.contains("is still open"), "{said}");
}
