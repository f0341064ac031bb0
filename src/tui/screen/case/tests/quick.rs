//! A case of the quick channel, whose replacement goes out before the assessment.

use super::life::{field, pick};
use super::*;
use crate::domain::claim::Channel;

/// A quick case whose unit is here.
fn received(bench: &mut Bench) -> CasePage {
    let mut page = new_case(bench, COVERED);
    fill_in(bench, &mut page);
    while page.task.as_ref().unwrap().form().at() < 9 {
        bench.press(&mut page, Action::Next);
    }
    bench.type_in(&mut page, "q");
    bench.press(&mut page, Action::Why);
    let Some(Destination::Judged(asked)) = bench.opened.pop() else { panic!("{:?}", bench.said) };
    assert_eq!(asked.channel, Some(Channel::Quick));
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "RECEIVED", "{:?}", bench.said);
    page
}

#[test]
fn a_quick_case_chooses_at_once_and_owes_its_assessment_until_it_is_closed() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    let shown = bench.drawn(&page, (78, 19));
    assert!(shown.contains("Plan has left"), "{} {shown}", page.view().unwrap().channel);
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "CHOSEN", "{:?}", bench.said);
    assert!(bench.drawn(&page, (78, 19)).contains("assessment is still owed"));
    pick(&mut bench, &mut page, "a");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "CHOSEN");
    assert!(!page.view().unwrap().assessment_owed, "{:?}", bench.said);
}

#[test]
fn a_quick_case_that_changes_its_mind_offers_the_replacement_alone_until_it_is_assessed() {
    let mut bench = Bench::new();
    let mut page = received(&mut bench);
    bench.press(&mut page, Action::Commit);
    pick(&mut bench, &mut page, "m");
    field(&mut bench, &mut page, "wants it mended");
    bench.press(&mut page, Action::Commit);
    assert_eq!(state(&page), "ASSESSED", "{:?}", bench.said);
    for closed in [true, false] {
        bench.press(&mut page, Action::Down);
        bench.press(&mut page, Action::Down);
        bench.press(&mut page, Action::Commit);
        let said = bench.said.last().unwrap();
        assert_eq!(said.contains("Before the assessment only a replacement"), closed, "{:?}", bench.said);
        pick(&mut bench, &mut page, "a");
        bench.press(&mut page, Action::Commit);
    }
}
