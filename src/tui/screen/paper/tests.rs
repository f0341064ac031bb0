use super::*;
use crate::tui::screen::counter::Bench;

fn page(lines: usize) -> PaperPage {
    let mut page = PaperPage::new("0001-00001-5".to_owned(), Kind::Slip);
    let text = (1..=lines).map(|line| format!("line {line}")).collect::<Vec<_>>().join("\n");
    let (width, stage) = (Width::Page, Stage::Original);
    page.printed(Ok(Printed { text, file: "papers/slip.txt".into(), width, stage }), None);
    page
}

#[test]
fn a_long_paper_scrolls_and_stops_at_its_end() {
    let mut bench = Bench::new();
    let mut page = page(30);
    assert!(bench.drawn(&page, (78, 11)).contains("File: papers/slip.txt  (1 to 10 of 30 lines)"));
    for _ in 0..9 {
        bench.press(&mut page, Action::PageDown);
    }
    let shown = bench.drawn(&page, (78, 11));
    assert!(shown.contains("(21 to 30 of 30 lines)") && shown.contains("line 30"), "{shown}");
    bench.draw_at_every_size(&page);
}

#[test]
fn a_paper_that_is_not_there_says_so_and_cannot_be_printed() {
    let mut bench = Bench::new();
    let mut page = PaperPage::new("0001-00001-5".to_owned(), Kind::Certificate);
    bench.open(&mut page);
    assert!(bench.said.last().is_some_and(|said| said.contains("here is no case")), "{:?}", bench.said);
    bench.press(&mut page, Action::Print);
    let told = bench.said.last().unwrap();
    assert!(told.to_lowercase().contains("no case"), "{told}");
}

#[test]
fn eighty_cells_of_paper_are_seen_whole_on_a_screen_of_eighty() {
    let page_area = Rect { x: 1, y: 2, width: 78, height: 19 };
    let screen = Rect { x: 0, y: 0, width: 80, height: 24 };
    let sheet = full_width(page_area, screen);
    assert_eq!((sheet.x, sheet.width, sheet.y, sheet.height), (0, 80, 2, 19));
}

#[test]
fn left_and_right_go_through_the_papers_and_a_dimmed_one_says_why() {
    let mut bench = Bench::new();
    let number = bench.received();
    let mut page = PaperPage::new(number, Kind::Slip);
    bench.open(&mut page);
    assert!(bench.drawn(&page, (80, 20)).contains("INTAKE SLIP"));
    bench.press(&mut page, Action::Right);
    let shown = bench.drawn(&page, (80, 20));
    assert!(shown.contains("No quote.") && shown.contains("has no quote yet"), "{shown}");
    bench.press(&mut page, Action::Commit);
    assert!(bench.said.last().unwrap().contains("has no quote yet"), "{:?}", bench.said);
    bench.press(&mut page, Action::Left);
    bench.press(&mut page, Action::Left);
    assert!(bench.drawn(&page, (80, 20)).contains("Not printed yet"));
    bench.press(&mut page, Action::Commit);
    let shown = bench.drawn(&page, (80, 20));
    assert!(shown.contains("-label.txt") && !shown.contains("COPY"), "{shown}");
    assert!(bench.said.last().unwrap().starts_with("Written to "), "no printer has it: {:?}", bench.said);
    bench.press(&mut page, Action::Print);
    assert!(bench.drawn(&page, (80, 20)).contains("COPY 1"));
    assert!(bench.said.last().unwrap().starts_with("Copy 1 is written to "), "{:?}", bench.said);
    bench.draw_at_every_size(&page);
}

#[test]
fn w_shows_the_paper_as_a_roll_and_back() {
    let mut bench = Bench::new();
    let number = bench.received();
    let mut page = PaperPage::new(number, Kind::Slip);
    bench.open(&mut page);
    let bar = |width| "=".repeat(width);
    bench.type_in(&mut page, "w");
    let roll = bench.drawn(&page, (80, 20));
    assert!(roll.contains(&bar(42)) && !roll.contains(&bar(43)), "{roll}");
    bench.type_in(&mut page, "w");
    assert!(bench.drawn(&page, (80, 20)).contains(&bar(80)));
}
