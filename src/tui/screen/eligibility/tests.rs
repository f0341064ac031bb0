use crate::desk::record::Draft;
use crate::desk::trial;
use crate::domain::claim::{Cause, Channel};
use crate::tui::effect::Effect;
use crate::tui::event::Msg;
use crate::tui::key::{Action, Edit};
use crate::tui::run::{Echo, Program};
use crate::tui::runner::tests::Rig;

fn open() -> Rig {
    let mut rig = Rig::filled();
    rig.scan("08QXG6GXW0E3UA");
    rig.press(Action::Why);
    rig
}

#[test]
fn the_verdict_the_options_and_every_finding_stand_below_one_another() {
    insta::assert_snapshot!(open().screen(80, 24), @r#"
     Zürich 中心 · counter 0001 · lin                     0 open · 2020-03-02 10:00
     Lookup > Eligibility ─────────────────────────────────────────────────────────
     [ok] COVERED - 2 OF 2 LEFT
          Mavic Pro  08QXG6GXW0E3UA · rules of 2019-05
          if it came in today after an accident. w asks what-if, p prints.

     WARRANTY REPAIR            REPLACEMENT               PAID REPAIR
     [no] closed                [ok] open                 [ok] open
     The warranty mends         Fee      not known        Fee      by estimate
     defects only; this is no   Balance  2 → 1            Balance  stays 2
     defect.

     [ok] The unit's serial is 08QXG6GXW0E3UA. (C26)
     [ok] Plan CR010000099 is bound to 08QXG6GXW0E3UA. (C7)
     [ok] Recorded 2020-03-02; the plan covers 2019-11-20 to 2020-11-19. (C2)
     [ok] Plan region CH is this centre's region. (C9)
     [ok] The swift channel is offered in CH. (C31)
     [no] The warranty mends defects only; this is no defect. (C5)
     [ok] The plan replaces: aircraft. (C24)
     [ok] The damaged parts that the plan replaces are here. (C33)
          more below (6): PgDn


    F8 clauses  F6 new case  F5 check again  Ctrl+P print  Esc back  Ctrl+G menu
    "#);
}

#[test]
fn f8_again_shows_the_clauses_in_words() {
    let mut rig = open();
    assert!(!rig.shows("C2    The plan is valid for 12 months."));
    rig.press(Action::Why);
    assert!(rig.shows("C2    The plan is valid for 12 months."), "{}", rig.screen(80, 24));
}

#[test]
fn a_what_if_is_marked_decided_anew_and_gone_with_esc() {
    let mut rig = open();
    assert_eq!(rig.app.echo(), Echo::Held, "w is a command here, no text");
    rig.kind("w");
    assert!(rig.shows("WHAT-IF - nothing of this is stored"));
    assert!(rig.shows("[ok] COVERED"));
    rig.kind("lost");
    assert!(rig.shows("[no] NOT COVERED"), "{}", rig.screen(80, 24));
    rig.press(Action::NewCase);
    assert!(rig.shows("This is a what-if"));
    rig.press(Action::Back);
    assert!(!rig.shows("WHAT-IF"));
    assert!(rig.shows("[ok] COVERED"));
}

#[test]
fn half_a_day_is_no_question_and_the_old_answer_is_gone() {
    let mut rig = open();
    rig.kind("w");
    rig.press(Action::Next);
    rig.kind("2019-11-1");
    assert!(rig.shows("[?] NOT DECIDED"), "{}", rig.screen(80, 24));
    assert!(!rig.shows("COVERED -"));
    rig.kind("9");
    assert!(rig.shows("NOT COVERED"), "the day before the plan began: {}", rig.screen(80, 24));
    rig.tell(Msg::Edit(Edit::Backspace));
    rig.tell(Msg::Edit(Edit::Backspace));
    rig.kind("20");
    assert!(rig.shows("[ok] COVERED"), "its first day");
}

#[test]
fn p_prints_why_to_a_file() {
    let mut rig = open();
    rig.kind("p");
    assert!(rig.shows("Written to"), "{}", rig.screen(80, 24));
}

#[test]
fn a_what_if_on_a_case_changes_nothing_but_what_is_asked() {
    let mut rig = Rig::filled();
    let draft = trial::crashed("08QXG6GXW0E3UA", ("李娜", "1"));
    let (parts, said) =
        (vec!["aircraft".to_owned(), "battery".to_owned()], Some("2020-03-01".parse().unwrap()));
    let draft = Draft { channel: Channel::Quick, cause: Cause::Water, parts, damaged_on: said, ..draft };
    rig.do_effect(Effect::Record(Box::new(draft), "r1".to_owned()));
    rig.scan("0001-00001-5");
    rig.press(Action::Why);
    let quick = "[no] closed";
    let column = |rig: &Rig| rig.screen(80, 24).matches(quick).count();
    assert_eq!(column(&rig), 2, "no paid repair beside a quick replacement: {}", rig.screen(80, 24));
    rig.kind("w");
    assert!(rig.shows("the rest is as case 0001-00001-5 has it"), "{}", rig.screen(80, 24));
    for said in ["water damage", "2020-03-01", "aircraft, battery"] {
        assert!(rig.shows(said), "{}", rig.screen(80, 24));
    }
    assert_eq!(column(&rig), 2, "{}", rig.screen(80, 24));
    rig.press(Action::Back);
    assert!(rig.shows("this is the case's decision again"), "{}", rig.screen(80, 24));
    rig.press(Action::Recheck);
    assert_eq!(column(&rig), 2, "{}", rig.screen(80, 24));
}
