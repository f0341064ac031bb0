use super::*;
use crate::repository::registry::Kind as File;
use crate::tui::runner::tests::Rig;
use rstest::rstest;

#[test]
fn a_scan_opens_the_card_with_the_verdict() {
    let mut rig = Rig::filled();
    rig.scan("08QXG6GXW0E3UA");
    insta::assert_snapshot!(rig.screen(80, 24), @r#"
     Zürich 中心 · counter 0001 · lin                     0 open · 2020-03-02 10:00
     Lookup ───────────────────────────────────────────────────────────────────────
     Find

     [ok] COVERED - 2 OF 2 LEFT
          if it came in today after an accident, brought by its owner

     Product    Mavic Pro  08QXG6GXW0E3UA
     Owner      李娜 · +41431234567 · li@example.org
     Bought     2019-11-18 in CH · activated 2019-12-09
     Plan       CR010000099 · CH · 2019-11-20 to 2020-11-19 · 2 of 2 left
     Warranty   from 2019-11-18; aircraft, remote controller to 2020-11-17; gimbal,
                camera, charger to 2020-05-17; battery to 2020-05-17, below 200
                cycles

     [ok] Recorded 2020-03-02; the plan covers 2019-11-20 to 2020-11-19. (C2)
     [ok] Replacements left on the plan: 2 of 2. (C3)
     [--] The fee for this replacement is not known: enter the amount and a reason.
          (C4)
     [ok] The unit's serial is 08QXG6GXW0E3UA. (C26)
          and 9 more: F8 shows all


    F6 new case  F8 why?  F9 plan  F5 check again  F1 help  Ctrl+Q quit  Ctrl+G menu
    "#);
}

#[test]
fn a_replaced_unit_says_so_and_enter_goes_to_the_new_one() {
    let mut rig = Rig::filled();
    rig.scan("0AS6E7PDT1ZEUX");
    assert!(rig.shows("[no] REPLACED BY 0ASDE7QBJ7MYTY - THIS UNIT IS RETIRED"));
    rig.press(Action::NewCase);
    assert!(rig.shows("This unit was replaced and is retired"));
    rig.press(Action::Accept);
    assert!(rig.shows("0AS6E7PDT1ZEUX → [0ASDE7QBJ7MYTY]"));
    assert!(!rig.shows("RETIRED"));
}

#[rstest]
#[case::its_start("08QXG")]
#[case::its_last_four("E3UA")]
#[case::in_lower_case_and_whole("08qxg6gxw0e3ua")]
#[case::the_plan("CR010000099")]
#[case::the_phone("043 123 45 67")]
#[case::the_name("李娜")]
fn one_match_opens_the_card(#[case] typed: &str) {
    let mut rig = Rig::filled();
    rig.tell(crate::tui::event::Msg::Paste(typed.to_owned()));
    assert!(rig.shows("Mavic Pro  08QXG6GXW0E3UA"), "{}", rig.screen(80, 24));
    assert!(!rig.shows("1 found"));
}

#[test]
fn a_card_shows_what_became_of_every_other_plan_of_the_unit_and_of_those_before_it() {
    let mut rig = Rig::filled();
    rig.scan("0ASDE7QBJ7MYTY");
    assert!(!rig.shows("More plans"), "one plan that moved with its unit");
    let header = "number,tier,serial,region,programme,granted,starts_on,returned_on";
    let earlier = "P-1,refresh,0AS6E7PDT1ZEUX,NO,2019-05,1,2017-12-18,2017-12-19";
    let returned = "CR010000001,refresh,0ASDE7QBJ7MYTY,NO,2019-05,2,2017-12-20,2018-03-01";
    let newer = "P-2,refresh,0ASDE7QBJ7MYTY,NO,2019-05,2,2019-12-20,";
    rig.bring(File::Plans, &format!("{header}\n{earlier}\n{returned}\n{newer}\n"));
    rig.press(Action::Recheck);
    insta::assert_snapshot!(rig.screen(80, 24), @r#"
     Zürich 中心 · counter 0001 · lin                     0 open · 2020-03-02 10:00
     Lookup ───────────────────────────────────────────────────────────────────────
     Find

     [no] NOT COVERED - another region
          if it came in today after an accident, brought by its owner

     Product    Spark  0ASDE7QBJ7MYTY
     Owner      Liam O’Neill · +4530986382 · liam@example.org
     Bought     2017-12-18 in NO · activated 2017-12-18
     Plan       P-2 · NO · 2019-12-20 to 2020-12-19 · 2 of 2 left
     More plans CR010000001 · NO · 2017-12-20 to 2018-12-19 · returned 2018-03-01
                P-1 · NO · 2017-12-18 to 2018-12-17 · returned 2017-12-19
     Warranty   from 2017-12-18; aircraft, remote controller ended 2018-12-17;
                gimbal, camera, battery, charger ended 2018-06-17
     Units      0AS6E7PDT1ZEUX → [0ASDE7QBJ7MYTY]

     [no] The plan is for NO; this centre is in CH. (C9)
     [ok] Recorded 2020-03-02; the plan covers 2019-12-20 to 2020-12-19. (C2)
     [ok] Replacements left on the plan: 2 of 2. (C3)
          and 10 more: F8 shows all


    F6 new case  F8 why?  F9 plan  F5 check again  F1 help  Ctrl+Q quit  Ctrl+G menu
    "#);
    rig.scan("0AS6E7PDT1ZEUX");
    assert!(rig.shows("P-1 · NO · 2017-12-18 to 2018-12-17 · returned 2017-12-19"));
}

#[test]
fn several_matches_make_a_list_and_esc_comes_back_to_it() {
    let mut rig = Rig::filled();
    rig.kind("0AS");
    insta::assert_snapshot!(rig.screen(80, 24), @r#"
     Zürich 中心 · counter 0001 · lin                     0 open · 2020-03-02 10:00
     Lookup ───────────────────────────────────────────────────────────────────────
     Find              0AS

     2 found; type on, or ↑ ↓ and Enter
      0AS6E7PDT1ZEUX  Spark              NO Liam O’Neill       now 0ASDE7QBJ7MYTY;…
      0ASDE7QBJ7MYTY  Spark              NO Liam O’Neill       start of serial

     [no] REPLACED BY 0ASDE7QBJ7MYTY - THIS UNIT IS RETIRED
     Product    Spark  0AS6E7PDT1ZEUX
     Owner      Liam O’Neill · +4530986382 · liam@example.org
     Bought     2017-12-18 in NO · activated 2017-12-18
     Plan       CR010000001 · NO · 2017-12-20 to 2018-12-19, ended · 2 of 2 left
     Warranty   from 2017-12-18; aircraft, remote controller ended 2018-12-17;
                gimbal, camera, battery, charger ended 2018-06-17
     Units      [0AS6E7PDT1ZEUX] → 0ASDE7QBJ7MYTY







    Enter open  F6 new case  F8 why?  F9 plan  F5 check again  F1 help  Ctrl+G menu
    "#);
    rig.press(Action::Down);
    rig.press(Action::Accept);
    assert!(!rig.shows("found;"));
    rig.press(Action::Back);
    assert!(rig.shows("found; type on"));
    rig.kind("D");
    assert!(!rig.shows("found;"), "it narrows to the one that is left: {}", rig.screen(80, 24));
}

#[test]
fn a_misread_serial_offers_the_nearest_and_opens_nothing_by_itself() {
    let mut rig = Rig::filled();
    rig.scan("08QXG6GXW0E3U8");
    assert!(rig.shows("Did you mean:"), "{}", rig.screen(80, 24));
    assert!(rig.shows("08QXG6GXW0E3UA"));
    rig.press(Action::Accept);
    assert!(!rig.shows("Did you mean:"));
    assert!(rig.shows("Mavic Pro  08QXG6GXW0E3UA"));
}

#[test]
fn a_stock_unit_says_that_it_is_one_and_where() {
    let mut rig = Rig::filled();
    rig.scan("0ASDH32FG92G44");
    assert!(rig.shows("A UNIT OF OUR STOCK"));
    assert!(rig.shows("in stock, shelf B8"));
}

#[test]
fn what_is_nothing_says_why() {
    let mut rig = Rig::filled();
    rig.kind("O8QXG6GXWOE3");
    assert!(rig.shows("Nothing is known by"), "{}", rig.screen(80, 24));
    rig.tell(crate::tui::event::Msg::Edit(Edit::Clear));
    assert!(rig.shows("Scan the unit, its box or a case slip"));
}

#[test]
fn enter_after_a_typed_serial_frees_the_field_and_goes_nowhere() {
    let mut rig = Rig::filled();
    rig.kind("0AS6E7PDT1ZEUX");
    rig.press(Action::Accept);
    assert!(rig.shows("REPLACED BY"), "Enter accepted the text, it did not follow the chain");
    rig.press(Action::Accept);
    assert!(!rig.shows("REPLACED BY"));
}

#[test]
fn an_answer_to_an_older_text_is_not_shown() {
    let mut page = LookupPage::new("");
    page.asked = "new".to_owned();
    let shop = crate::tui::effect::Shop::default();
    let now = crate::domain::day::parse_instant("2020-03-02T10:00:00+01:00").unwrap();
    let (last, theme) = (LastTime::new(), crate::tui::theme::Theme::Monochrome);
    let seen = Seen { now, shop: &shop, theme, phrases: &[], tasks: &[], last: &last, command: "" };
    page.answer(Answer::Found("old".to_owned(), Ok(Vec::new())), &seen);
    assert!(matches!(page.below, Below::Hint));
}
