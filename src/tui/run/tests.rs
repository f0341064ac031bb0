use std::sync::mpsc::{Sender, channel};

use chrono::TimeDelta;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::KeyCode;
use ratatui::layout::Size;

use super::*;
use crate::tui::event::Ticket;
use crate::tui::key::{Action, Edit};

const SERIAL: &str = "08QDE5J01200B3";

/// Notes what it is told; `?` opens a question, F9 leaves, F5 asks the runner something.
#[derive(Default)]
struct Diary {
    told: Vec<String>,
    frames: std::cell::Cell<usize>,
    asks: Option<u64>,
}

enum Want {
    Echo,
    Leave,
}

impl Program for Diary {
    type Effect = Want;
    type Answer = &'static str;

    fn update(&mut self, msg: Msg<&'static str>) -> Vec<Want> {
        let effects = match &msg {
            Msg::Act(Action::Commit) => vec![Want::Leave],
            Msg::Act(Action::Recheck) => vec![Want::Echo],
            Msg::Edit(Edit::Insert('?')) => {
                self.asks = Some(7);
                Vec::new()
            }
            _ => Vec::new(),
        };
        self.told.push(match msg {
            Msg::Clock(_) => "clock".to_owned(),
            Msg::Edit(Edit::Insert(c)) => c.to_string(),
            other => format!("{other:?}"),
        });
        effects
    }

    fn view(&self, _frame: &mut Frame<'_>) {
        self.frames.set(self.frames.get() + 1);
    }

    fn echo(&self) -> Echo {
        Echo::AtOnce
    }

    fn question(&self) -> Option<u64> {
        self.asks
    }
}

/// A counter whose clock stands still or runs a minute with each look.
struct Counter {
    looks: std::cell::Cell<i64>,
}

impl Runner<Diary> for Counter {
    fn now(&self) -> DateTime<FixedOffset> {
        self.looks.set(self.looks.get() + 1);
        let start = DateTime::parse_from_rfc3339("2020-03-02T10:00:30-08:00").unwrap();
        start + TimeDelta::minutes(self.looks.get())
    }

    fn run(&mut self, effect: Want) -> Done<&'static str> {
        match effect {
            Want::Echo => Done::Answer("echo"),
            Want::Leave => Done::Leave,
        }
    }
}

/// Runs a diary on events that already wait, and closes with F9.
fn diary_of(fill: impl FnOnce(&Sender<Event<&'static str>>)) -> (Diary, anyhow::Result<End>) {
    let (outbox, inbox) = channel();
    fill(&outbox);
    outbox.send(Event::Key(KeyCode::F(9).into(), Instant::now() + Duration::from_secs(5))).unwrap();
    let mut screen = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let mut diary = Diary::default();
    let mut counter = Counter { looks: std::cell::Cell::new(0) };
    let end = run(&mut screen, &mut diary, &mut counter, &inbox);
    (diary, end)
}

fn type_in(outbox: &Sender<Event<&'static str>>, text: &str, gap: Duration) {
    let mut at = Instant::now();
    for c in text.chars() {
        at += gap;
        let code = if c == '\r' { KeyCode::Enter } else { KeyCode::Char(c) };
        outbox.send(Event::Key(code.into(), at)).unwrap();
    }
}

#[test]
fn the_first_frame_stands_before_anything_starts() {
    let (diary, end) = diary_of(|_| {});
    assert_eq!(diary.told, ["clock", "Start", "Act(Commit)"]);
    assert_eq!(end.unwrap(), End::Left);
}

#[test]
fn a_waiting_scan_costs_one_message_and_one_frame() {
    let (diary, _) = diary_of(|outbox| {
        type_in(outbox, &format!("{SERIAL}\r"), Duration::from_millis(2));
        outbox.send(Event::Resize(Size::new(80, 24))).unwrap();
    });
    assert_eq!(diary.told.len(), 5, "{:?}", diary.told);
    assert!(diary.told[2].starts_with("Scan(Serial("));
    assert_eq!(diary.frames.get(), 2, "one for the start, one after it; the rest came in one batch");
}

#[test]
fn an_answer_comes_back_as_a_message() {
    let (diary, _) = diary_of(|outbox| {
        outbox.send(Event::Key(KeyCode::F(5).into(), Instant::now())).unwrap();
    });
    assert_eq!(diary.told[2..4], ["Act(Recheck)", "Answer(\"echo\")"]);
}

#[test]
fn keys_pressed_before_a_question_stood_on_screen_do_not_answer_it() {
    let (outbox, inbox) = channel();
    let early = Instant::now();
    for code in [KeyCode::Char('?'), KeyCode::Enter, KeyCode::F(9)] {
        outbox.send(Event::Key(code.into(), early)).unwrap();
    }
    let late = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(150));
        outbox.send(Event::Key(KeyCode::F(9).into(), Instant::now())).unwrap();
    });
    let mut screen = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let (mut diary, mut counter) = (Diary::default(), Counter { looks: std::cell::Cell::new(0) });
    assert_eq!(run(&mut screen, &mut diary, &mut counter, &inbox).unwrap(), End::Left);
    late.join().unwrap();
    assert_eq!(diary.told, ["clock", "Start", "?", "Act(Commit)"]);
}

#[test]
fn a_void_answer_is_dropped() {
    let (diary, _) = diary_of(|outbox| {
        let newest = std::sync::Arc::default();
        let void = Ticket::draw(&newest);
        let good = Ticket::draw(&newest);
        outbox.send(Event::Answer(void, "old")).unwrap();
        outbox.send(Event::Answer(good, "new")).unwrap();
    });
    assert!(!diary.told.contains(&"Answer(\"old\")".to_owned()));
    assert!(diary.told.contains(&"Answer(\"new\")".to_owned()));
}

#[test]
fn a_signal_lets_the_program_put_its_work_aside_and_ends() {
    let (diary, end) = diary_of(|outbox| outbox.send(Event::Signal(15)).unwrap());
    assert_eq!(diary.told.last().unwrap(), "Stop");
    assert_eq!(end.unwrap(), End::Signal(15));
}

#[test]
fn a_lost_terminal_is_an_error_after_putting_aside() {
    let (diary, end) = diary_of(|outbox| outbox.send(Event::Lost("gone".to_owned())).unwrap());
    assert_eq!(diary.told.last().unwrap(), "Stop");
    assert_eq!(end.unwrap_err().to_string(), "gone");
}

#[test]
fn a_lone_character_is_typed_without_waiting() {
    let (outbox, inbox) = channel();
    outbox.send(Event::Key(KeyCode::Char('a').into(), Instant::now())).unwrap();
    let (mut diary, mut counter) = (Diary::default(), Counter { looks: std::cell::Cell::new(0) });
    let mut round = Round::new(&mut diary, &mut counter);
    round.next_minute = Instant::now() + Duration::from_secs(60);
    let _open = round.wait(&inbox).unwrap();
    assert!(round.detector.deadline().is_none(), "nothing wakes the loop for it");
    assert_eq!(diary.told, ["a"]);
}

#[test]
fn the_clock_is_told_once_a_minute_and_wakes_no_sooner() {
    let (mut diary, mut counter) = (Diary::default(), Counter { looks: std::cell::Cell::new(0) });
    let mut round = Round::new(&mut diary, &mut counter);
    let _open = round.tell_time();
    let wait = round.next_minute.saturating_duration_since(Instant::now());
    assert!(wait > Duration::from_secs(29) && wait <= Duration::from_secs(30), "{wait:?}");
    round.minute = None;
    round.runner.looks.set(0);
    let _open = round.tell_time();
    round.runner.looks.set(0);
    let _open = round.tell_time();
    let wait = round.next_minute.saturating_duration_since(Instant::now());
    assert!(wait > Duration::from_secs(59), "a clock that stands still is not asked at once: {wait:?}");
    assert_eq!(diary.told, ["clock", "clock"]);
}
