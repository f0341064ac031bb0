//! A whole counter on a folder of its own, without a terminal: model and clerk, messages in, screens out.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::desk::import::BadRows;
use crate::desk::life::Again;
use crate::desk::receive::Intake;
use crate::desk::{Counter, Purpose, trial};
use crate::domain::day::parse_instant;
use crate::repository::registry::Kind as File;
use crate::tui::app::Settings;
use crate::tui::effect::deed::Deed;
use crate::tui::event::Msg;
use crate::tui::key::{Action, Edit};
use crate::tui::run::Program;
use crate::tui::scan::shape_of;
use crate::tui::theme::Theme;

mod monkey;

pub(crate) const DEVICES: &str = "\
serial,model,purchase_region,purchased_on,activated_at,warranty_starts_on,owner_name,owner_phone,owner_email,replaced_by
08QXG6GXW0E3UA,mavic-pro,CH,2019-11-18,2019-12-09T09:00:00Z,2019-11-18,李娜,+41431234567,li@example.org,
0AS6E7PDT1ZEUX,spark,NO,2017-12-18,2017-12-18T14:18:00Z,2017-12-18,Liam O’Neill,+4530986382,liam@example.org,0ASDE7QBJ7MYTY
0ASDE7QBJ7MYTY,spark,NO,2017-12-18,2017-12-18T14:18:00Z,2017-12-18,Liam O’Neill,+4530986382,liam@example.org,
";
const PLANS: &str = "\
number,tier,serial,region,programme,starts_on,ends_on,granted,extends,sold_on,returned_on
CR010000099,refresh,08QXG6GXW0E3UA,CH,2019-05,2019-11-20,,2,,2019-11-20,
CR010000001,refresh,0ASDE7QBJ7MYTY,NO,2019-05,2017-12-20,,2,,2017-12-20,
";
const STOCK: &str = "serial,model,part,state,place\n0ASDH32FG92G44,spark,aircraft,in-stock,shelf B8\n";

fn now() -> DateTime<FixedOffset> {
    parse_instant("2020-03-02T10:00:00+01:00").unwrap()
}

/// A counter.
pub(crate) struct Rig {
    pub(crate) app: App,
    clerk: Clerk,
    inbox: Receiver<Event<Answer>>,
    pub(crate) left: bool,
    folder: tempfile::TempDir,
}

impl Rig {
    /// A counter that has just been started for the first time.
    pub(crate) fn new() -> Self {
        Self::on(tempfile::tempdir().unwrap())
    }

    fn on(folder: tempfile::TempDir) -> Self {
        let editions = trial::editions();
        let newest = editions.on(chrono::NaiveDate::MAX);
        let settings = Settings {
            who: "lin".to_owned(),
            phrases: vec!["It fell out of the sky.".to_owned()],
            tasks: Vec::new(),
            command: "caredesk --data-dir /shop".to_owned(),
            purpose: Purpose::Real,
            theme: Theme::Monochrome,
            regions: newest.regions.listed.iter().map(|(code, ..)| code.to_string()).collect(),
            clauses: newest.clauses.clone(),
            seed: "run".to_owned(),
            now: now(),
        };
        let shop = Place {
            editions,
            folder: folder.path().to_owned(),
            purpose: Purpose::Real,
            house: crate::desk::config::House::default(),
        };
        let (outbox, inbox) = channel();
        let clerk = Clerk::new(shop, "lin".to_owned(), (outbox, now()))
            .with_clock(|| parse_instant("2020-03-02T10:00:00+01:00").map(|at| (at, Clock::Given)));
        let mut rig = Self { app: App::new(settings), clerk, inbox, left: false, folder };
        rig.tell(Msg::Start);
        rig
    }

    /// A counter in Switzerland with three devices and one unit.
    pub(crate) fn filled() -> Self {
        let mut rig = Self::new();
        let counter = Counter { site: "Zürich 中心".to_owned(), region: "CH".to_owned(), till: 1 };
        rig.clerk.set_up(&counter).unwrap();
        for (kind, text) in [(File::Devices, DEVICES), (File::Plans, PLANS), (File::Stock, STOCK)] {
            rig.bring(kind, text);
        }
        rig.again()
    }

    /// Who does the effects, and where they are answered beside.
    pub(super) const fn clerk_and_inbox(&mut self) -> (&mut Clerk, &Receiver<Event<Answer>>) {
        (&mut self.clerk, &self.inbox)
    }

    /// Takes the rows of a file in.
    pub(crate) fn bring(&mut self, kind: File, text: &str) {
        let stamp = self.clerk.act(String::new()).unwrap().stamp;
        let report = trial::bring(self.clerk.desk().unwrap(), stamp, (kind, text), BadRows::RefuseAll);
        assert!(report.bad.is_empty(), "{:?}", report.bad);
    }

    /// The same counter after the program was left and started again.
    pub(crate) fn again(self) -> Self {
        self.clerk.leave();
        Self::on(self.folder)
    }

    /// Gives a message and does what comes of it, the worker's answers with it.
    pub(crate) fn tell(&mut self, msg: Msg<Answer>) {
        let mut messages = VecDeque::from([msg]);
        while let Some(msg) = messages.pop_front() {
            for effect in self.app.update(msg) {
                match self.clerk.run(effect) {
                    Done::Answer(answer) => messages.push_back(Msg::Answer(answer)),
                    Done::Nothing => messages.push_back(self.worked()),
                    Done::Leave => self.left = true,
                }
            }
        }
    }

    fn worked(&self) -> Msg<Answer> {
        match self.inbox.recv_timeout(Duration::from_secs(20)).unwrap() {
            Event::Answer(ticket, answer) if ticket.is_newest() => Msg::Answer(answer),
            other => panic!("{other:?}"),
        }
    }

    /// Does one effect past the model.
    pub(crate) fn do_effect(&mut self, effect: Effect) -> Done<Answer> {
        self.clerk.run(effect)
    }

    pub(crate) fn press(&mut self, action: Action) {
        self.tell(Msg::Act(action));
    }

    pub(crate) fn kind(&mut self, text: &str) {
        for c in text.chars() {
            self.tell(Msg::Edit(Edit::Insert(c)));
        }
    }

    pub(crate) fn scan(&mut self, text: &str) {
        self.tell(Msg::Scan(shape_of(text).unwrap()));
    }

    /// What stands on a screen of this size, without the blanks at the ends of lines.
    pub(crate) fn screen(&self, width: u16, height: u16) -> String {
        let mut screen = Terminal::new(TestBackend::new(width, height)).unwrap();
        screen.draw(|frame| self.app.view(frame)).unwrap();
        let text = screen.backend().to_string();
        // The backend names the cells that wide characters hide behind the line's closing quote.
        let plain = |line: &str| {
            let line = line.rsplit_once('"').map_or(line, |(line, _)| line);
            let line = line.split_once("\" Hidden by").map_or(line, |(line, _)| line);
            line.trim_start_matches('"').trim_end().to_owned()
        };
        text.lines().map(plain).collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn shows(&self, text: &str) -> bool {
        self.screen(80, 24).contains(text)
    }
}

#[test]
fn a_file_of_another_program_is_said_and_f5_tries_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("caredesk.db");
    std::fs::write(&file, "this is no database, and long enough to be read as one".repeat(40)).unwrap();
    let mut rig = Rig::on(folder);
    assert!(rig.shows("cannot be opened"), "{}", rig.screen(80, 24));
    rig.press(Action::Go(crate::tui::key::Place::Queue));
    assert!(rig.shows("F5 tries again"));
    std::fs::remove_file(&file).unwrap();
    rig.press(Action::Recheck);
    assert!(rig.shows("This counter needs a name, once"));
}

#[test]
fn a_paper_that_cannot_be_written_is_told_through_the_inbox() {
    let mut rig = Rig::filled();
    rig.clerk.file("0001-00001-0", Kind::Slip);
    assert!(matches!(rig.worked(), Msg::Answer(Answer::Told(_))));
}

#[test]
fn a_clock_that_is_behind_the_journal_is_told_at_the_start() {
    let mut rig = Rig::filled();
    let draft = Box::new(trial::crashed("08QXG6GXW0E3UA", ("李娜", "1")));
    rig.clerk.clock = || Ok((now(), Clock::Machine));
    rig.do_effect(Effect::Record(draft, "r1".to_owned()));
    rig.clerk.clock = || parse_instant("2020-03-02T09:00:00+01:00").map(|at| (at, Clock::Machine));
    let opened = rig.clerk.open_shop();
    rig.tell(Msg::Answer(Answer::Opened(opened)));
    assert!(rig.inbox.try_recv().is_err(), "an hour is not worth a word");
    rig.clerk.clock = || parse_instant("1970-01-02T00:05:00+01:00").map(|at| (at, Clock::Machine));
    let opened = rig.clerk.open_shop();
    rig.tell(Msg::Answer(Answer::Opened(opened)));
    let told = rig.worked();
    rig.tell(told);
    assert!(rig.shows("clock says 1970-01-02 00:05"), "{}", rig.screen(80, 24));
}

#[test]
fn a_unit_that_is_brought_again_has_its_slip_written_to_a_file() {
    let mut rig = Rig::filled();
    let (serial, parts) = ("08QXG6GXW0E3UA".to_owned(), vec!["aircraft".to_owned()]);
    let draft = trial::crashed(&serial, ("李娜", "1"));
    let recorded = rig.clerk.on_case(("r1".to_owned(), None), |desk, act| desk.record(act, &draft));
    let number = recorded.unwrap().number;
    let again = |intake| Deed::Reopen(Again { by: "ben".to_owned(), reason: "came back".to_owned(), intake });
    let brought = Intake { serial, parts, owner: None, condition: None };
    let slip = rig.folder.path().join(format!("papers/{number}-slip.txt"));
    for (at, (intake, written)) in [(None, false), (Some(brought), true)].into_iter().enumerate() {
        let cancel = Deed::Cancel("goes home".to_owned());
        for (what, deed) in [("cancel", cancel), ("reopen", again(intake))] {
            let step = Effect::Step(number.clone(), Box::new(deed), format!("{what}{at}"));
            assert!(matches!(rig.do_effect(step), Done::Answer(Answer::Case(Ok(_)))), "{what}");
        }
        assert_eq!(slip.exists(), written);
    }
}

/// An import that is only partly in and that the next start cannot finish.
fn cut_off(rig: &mut Rig) {
    let sql = "INSERT INTO merge (id, kind, digest, staged, next, rows, actor, started)
               VALUES ('m', 'devices', 'd', 's', 1, 1, 'ann', '2020-03-01T10:00:00Z')";
    rig.clerk.desk().unwrap().repository().connection().execute_batch(sql).unwrap();
    // In the place of the lock, so that it cannot be taken.
    let lock = rig.folder.path().join("caredesk.import-lock");
    if lock.exists() {
        std::fs::remove_file(&lock).unwrap();
    }
    std::fs::create_dir(lock).unwrap();
}

#[test]
fn a_clock_behind_and_an_import_cut_off_are_both_told_at_the_start() {
    let mut rig = Rig::filled();
    let draft = Box::new(trial::crashed("08QXG6GXW0E3UA", ("李娜", "1")));
    rig.clerk.clock = || Ok((now(), Clock::Machine));
    rig.do_effect(Effect::Record(draft, "r1".to_owned()));
    cut_off(&mut rig);
    rig.clerk.clock = || parse_instant("1970-01-02T00:05:00+01:00").map(|at| (at, Clock::Machine));
    let opened = rig.clerk.open_shop();
    rig.tell(Msg::Answer(Answer::Opened(opened)));
    let told = rig.worked();
    rig.tell(told);
    assert!(rig.inbox.try_recv().is_err(), "one message, which no other wipes away");
    let screen = rig.screen(80, 24);
    let shown = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["clock says 1970-01-02 00:05", "an import of devices is only partly in", "to finish it"] {
        assert!(shown.contains(words), "no {words:?} in\n{screen}");
    }
}

#[test]
fn an_import_that_cannot_be_finished_at_the_start_is_told_and_the_counter_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut rig = Rig::on(folder);
    cut_off(&mut rig);
    let mut rig = rig.again();
    let told = rig.worked();
    rig.tell(told);
    assert!(rig.shows("This counter needs a name, once"));
    assert!(rig.shows("An import of devices is only partly in"), "{}", rig.screen(80, 24));
}
