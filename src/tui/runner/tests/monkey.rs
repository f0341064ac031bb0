//! Any keys at all at a counter: nothing breaks, nothing is said in silence, and no scan or paste does an act.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use ratatui::layout::Size;

use super::*;
use crate::desk::practice::Practice;
use crate::tui::key::Place as Screen;

/// Runs when `PROPTEST_CASES` says nothing else.
const RUNS: u32 = 24;
/// The most jobs and keys of one run.
const JOBS: usize = 60;

/// What a person does at random.
#[derive(Debug, Clone)]
enum Doing {
    Press(Action),
    Type(String),
    Scan(prop::sample::Index),
    ScanOfTheScreen(prop::sample::Index),
    /// The last four of a code on the screen.
    LastFour(prop::sample::Index),
    Unknown,
    Paste(String),
    Size(u16, u16),
}

use Doing::{LastFour, Paste, Press, Scan, ScanOfTheScreen, Type, Unknown};

fn moves() -> impl Strategy<Value = Action> {
    prop::sample::select(vec![
        Action::Next,
        Action::Previous,
        Action::Up,
        Action::Down,
        Action::Left,
        Action::Right,
        Action::PageUp,
        Action::PageDown,
        Action::First,
        Action::Last,
    ])
}

fn verbs() -> impl Strategy<Value = Action> {
    prop::sample::select(vec![
        Action::Help,
        Action::Find,
        Action::Back,
        Action::Back,
        Action::Values,
        Action::Recheck,
        Action::NewCase,
        Action::NewCase,
        Action::Park,
        Action::Parked,
        Action::Why,
        Action::Lock,
        Action::Menu,
        Action::Print,
        Action::SameAsLast,
        Action::Undo,
        Action::Steps,
        Action::Steps,
    ])
}

fn places() -> impl Strategy<Value = Screen> {
    prop::sample::select(vec![
        Screen::Lookup,
        Screen::Eligibility,
        Screen::Case,
        Screen::Issue,
        Screen::Queue,
        Screen::Line,
        Screen::Appointment,
        Screen::Plan,
        Screen::Stock,
        Screen::Day,
        Screen::Setup,
    ])
}

/// A key, a text or a scan.
fn doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        20 => Just(Press(Action::Commit)),
        16 => Just(Press(Action::Accept)),
        14 => moves().prop_map(Press),
        14 => verbs().prop_map(Press),
        8 => places().prop_map(|place| Press(Action::Go(place))),
        14 => "[a-z0-9]".prop_map(Type),
        6 => prop::sample::select(vec!["李娜", "79", "1.5", "Ann Kim 김", "2020-03-04", "1000", "no", "ben"])
            .prop_map(words),
        8 => index().prop_map(Scan),
        8 => index().prop_map(ScanOfTheScreen),
        1 => Just(Unknown),
        2 => "[ -~\u{202e}\u{7}李é]{0,40}".prop_map(Paste),
        1 => (1_u16..200, 1_u16..60).prop_map(|(width, height)| Doing::Size(width, height)),
    ]
}

fn index() -> impl Strategy<Value = prop::sample::Index> {
    any::<prop::sample::Index>()
}

fn words(text: &str) -> Doing {
    Type(text.to_owned())
}

/// A walk-in, as a clerk does it: the case stands as received, when the device may have one.
fn walk_in() -> impl Strategy<Value = Vec<Doing>> {
    (index(), "[sot]", "[ap]").prop_map(|(which, owner, part)| {
        let [accept, commit] = [Action::Accept, Action::Commit].map(Press);
        let fields =
            [words(&owner), accept.clone(), words(&part), accept.clone(), accept, words("1"), commit];
        let start = [Press(Action::Find), Scan(which), Press(Action::NewCase)];
        start.into_iter().chain(fields).collect()
    })
}

/// A case of the queue, by its place there.
fn open_case() -> impl Strategy<Value = Vec<Doing>> {
    (0..6_usize).prop_map(|down| {
        let start = std::iter::once(Press(Action::Go(Screen::Queue)));
        start.chain(vec![Press(Action::Down); down]).chain([Press(Action::Accept)]).collect()
    })
}

/// The case's next steps, one after the other, with what their forms may ask.
fn go_on() -> impl Strategy<Value = Vec<Doing>> {
    let typed = prop::sample::select(vec!["", "", "79", "as agreed", "ben"]);
    vec((typed, 0..3_usize), 1..5).prop_map(|steps| {
        let step = |(text, accepts): (&str, usize)| {
            let fields = std::iter::once(words(text)).chain(vec![Press(Action::Accept); accepts]);
            fields.chain([Press(Action::Commit)]).collect::<Vec<_>>()
        };
        steps.into_iter().flat_map(step).collect()
    })
}

/// Another step of the case, by its letter.
fn other_step() -> impl Strategy<Value = Vec<Doing>> {
    ("[prmkfahutgbwxcvol]", "[ab]", 0..4_usize).prop_map(|(letter, text, accepts)| {
        let chosen = [Press(Action::Steps), words(&letter), words(&text), words("en")];
        chosen
            .into_iter()
            .chain(vec![Press(Action::Accept); accepts])
            .chain([Press(Action::Commit)])
            .collect()
    })
}

/// A code of the screen, the question's last four, and the hand-out.
fn hand_out() -> impl Strategy<Value = Vec<Doing>> {
    (index(), index()).prop_map(|(unit, last)| {
        vec![ScanOfTheScreen(unit), Press(Action::Commit), LastFour(last), Press(Action::Commit)]
    })
}

/// What is done next: a job, which may break off anywhere, or a key.
fn job() -> impl Strategy<Value = Vec<Doing>> {
    let jobs = prop_oneof![
        4 => walk_in(),
        3 => open_case(),
        6 => go_on(),
        4 => other_step(),
        4 => hand_out(),
    ];
    prop_oneof![
        4 => jobs.clone(),
        1 => (jobs, 1..12_usize).prop_map(|(mut job, left)| {
            job.truncate(left);
            job
        }),
        5 => doing().prop_map(|one| vec![one]),
    ]
}

/// A counter with the practice shop's devices, and their serials.
fn counter() -> (Rig, Vec<String>) {
    let practice = Practice::make(trial::editions(), now()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(&practice.shop().folder).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
        }
    }
    let tasks = crate::desk::practice::tasks(&trial::editions(), now());
    (Rig::on(folder), tasks.into_iter().map(|task| task.serial).collect())
}

impl Rig {
    fn journal(&mut self) -> i64 {
        let sql = "SELECT max(seq) FROM journal";
        let read = |row: &rusqlite::Row<'_>| row.get(0);
        self.clerk.desk().unwrap().repository().connection().query_row(sql, [], read).unwrap()
    }

    /// Codes on the screen that a scanner could read.
    fn codes(&self) -> Vec<String> {
        let screen = self.screen(120, 40);
        let words = screen.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        words.filter(|word| word.len() > 6 && shape_of(word).is_some()).map(str::to_owned).collect()
    }

    fn does(&mut self, doing: &Doing, serials: &[String]) {
        match doing {
            Press(action) => self.press(*action),
            Type(text) => self.kind(text),
            Scan(which) => self.scan(which.get::<String>(serials)),
            ScanOfTheScreen(which) => {
                let codes = self.codes();
                if !codes.is_empty() {
                    self.scan(which.get::<String>(&codes));
                }
            }
            LastFour(which) => {
                let codes = self.codes();
                let last = if codes.is_empty() { "0000" } else { which.get::<String>(&codes) };
                let four: String = last.chars().rev().take(4).collect();
                self.kind(&four.chars().rev().collect::<String>());
            }
            Unknown => self.tell(Msg::Unknown("ABCDEF!".to_owned())),
            Paste(text) => self.tell(Msg::Paste(crate::tui::scan::one_line(text))),
            Doing::Size(width, height) => {
                self.tell(Msg::Resize(Size::new(*width, *height)));
                self.screen(*width, *height);
                self.tell(Msg::Resize(Size::new(80, 24)));
            }
        }
    }
}

/// Whether a key of this kind may leave everything as it is without a word: it moves and is at the end, or goes to
/// where one is.
fn may_be_silent(doing: &Doing, before: &str) -> bool {
    match doing {
        Press(Action::Park | Action::Parked) => before.contains("Parked forms"),
        Press(action) => !matches!(
            action,
            Action::Commit
                | Action::Why
                | Action::NewCase
                | Action::Print
                | Action::Steps
                | Action::Values
                | Action::Menu
                | Action::Help
                | Action::Lock
                | Action::Undo
                | Action::SameAsLast
        ),
        Type(_) | LastFour(_) | Doing::Size(..) | ScanOfTheScreen(_) => true,
        Scan(_) | Unknown | Paste(_) => false,
    }
}

/// Whether a key of this kind may do an act: F9 and the print, and what chooses them in the menu. Enter never does one.
fn may_act(doing: &Doing, before: &str) -> bool {
    match doing {
        Press(Action::Commit | Action::Print) => true,
        Press(Action::Accept) | Type(_) | LastFour(_) => before.contains("Menu: press a letter"),
        _ => false,
    }
}

/// Whether something is said: each sign stands before a sentence.
fn says(screen: &str) -> bool {
    screen.lines().any(|line| line.starts_with(" [") || line.starts_with('['))
}

fn live(jobs: &[Vec<Doing>]) -> Result<(), TestCaseError> {
    let (mut rig, serials) = counter();
    for (at, doing) in jobs.iter().flatten().enumerate() {
        let (before, had) = (rig.screen(80, 24), rig.journal());
        rig.does(doing, &serials);
        let (after, has) = (rig.screen(80, 24), rig.journal());
        let seen = || format!("step {at}, {doing:?}\nbefore\n{before}\nafter\n{after}");
        prop_assert!(may_be_silent(doing, &before) || before != after || says(&after), "silent: {}", seen());
        prop_assert!(may_act(doing, &before) || had == has, "an act: {}", seen());
        let refused = after.lines().nth(21).is_some_and(|line| line.trim_start().starts_with("[no]"));
        prop_assert!(had == has || !refused, "refused, yet an act: {}", seen());
        rig.screen(120, 40);
        if rig.left {
            break;
        }
    }
    let found = rig.clerk.desk().unwrap().verify().unwrap();
    prop_assert!(found.is_empty(), "{found:?}");
    Ok(())
}

#[test]
fn any_keys_at_all_break_nothing_and_are_never_silent() {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|runs| runs.parse().ok());
    let config = Config {
        cases: asked.unwrap_or(RUNS),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..Config::default()
    };
    if let Err(failed) = TestRunner::new(config).run(&vec(job(), 1..=JOBS), |jobs| live(&jobs)) {
        panic!("{failed}");
    }
}
