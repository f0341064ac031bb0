//! What goes back to the maker: set-aside units and old parts, ticked off as they are packed.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::print::Loose;
use crate::desk::shelf::Packing;
use crate::domain::stock::State;
use crate::repository::request::Parked;
use crate::tui::effect::stock::{Ask as Wish, Said, Stocked};
use crate::tui::effect::{Answer, Effect, Request, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::run::Echo;
use crate::tui::scan::Scan;
use crate::tui::screen::paper::PaperPage;
use crate::tui::screen::sorry::{moved, notice, useless};
use crate::tui::screen::stock::batch::units;
use crate::tui::screen::stock::lines;
use crate::tui::screen::stock::saved::{Job, Saved};
use crate::tui::screen::{Page, Seen, Want, keep_first};
use crate::tui::theme::Role;
use crate::tui::widget::ask::{Ask, Asked};
use crate::tui::widget::footer::Offer;
use crate::tui::widget::list::List;
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Focus, Look, below, confirm, write};

/// What can go, and what is ticked.
#[derive(Debug, Default)]
pub struct ShipPage {
    things: Option<Vec<Thing>>,
    ticked: BTreeSet<String>,
    list: List,
    ask: Option<Ask>,
    questions: u64,
    request: Request,
    paper: Option<PaperPage>,
}

/// A thing that can go: a unit by its serial, an old part by its row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Thing {
    key: String,
    serial: Option<String>,
    kind: Kind,
    line: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Unit,
    Part,
}

impl ShipPage {
    /// Nothing ticked.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A parked one, taken up again.
    #[must_use]
    pub fn take_up(saved: Saved, request: Request) -> Self {
        Self { ticked: saved.units.into_iter().collect(), request, ..Self::default() }
    }

    fn things(&self) -> &[Thing] {
        self.things.as_deref().unwrap_or_default()
    }

    fn load(&mut self, stocked: &Stocked) {
        let aside = stocked.units.iter().filter(|unit| unit.state == State::Quarantine).map(|unit| Thing {
            key: unit.serial.clone(),
            serial: Some(unit.serial.clone()),
            kind: Kind::Unit,
            line: lines::aside(stocked, unit),
        });
        let parts = stocked.parts.iter().map(|part| Thing {
            key: part.id.clone(),
            serial: part.serial.clone(),
            kind: Kind::Part,
            line: lines::waiting(stocked, part),
        });
        let things: Vec<Thing> = aside.chain(parts).collect();
        self.ticked.retain(|key| things.iter().any(|thing| thing.key == *key));
        self.list = List::new(things.len()).with_at(self.list.at().unwrap_or(0));
        self.things = Some(things);
    }

    fn toggle(&mut self, at: usize) {
        let Some(key) = self.things().get(at).map(|thing| thing.key.clone()) else { return };
        if !self.ticked.remove(&key) {
            self.ticked.insert(key);
        }
    }

    fn tick_all(&mut self) {
        let all: BTreeSet<String> = self.things().iter().map(|thing| thing.key.clone()).collect();
        self.ticked = if self.ticked == all { BTreeSet::new() } else { all };
    }

    fn scanned(&mut self, serial: &str) -> Vec<Want> {
        let Some(at) = self.things().iter().position(|thing| thing.serial.as_deref() == Some(serial)) else {
            let says = format!("{serial} is not on the list of what goes back.");
            let next =
                "Only what was set aside, or came from a customer, goes to the maker: set it aside first.";
            return vec![Want::Say(Notice::refused(&says, next))];
        };
        self.list = self.list.clone().with_at(at);
        let known = self.things().get(at).is_some_and(|thing| self.ticked.contains(&thing.key));
        if known {
            return vec![Want::Say(Notice::info(&format!("{serial} is ticked already.")))];
        }
        self.toggle(at);
        vec![Want::Say(Notice::info(&format!("{serial} is ticked: {} in the box.", self.ticked.len())))]
    }

    fn refusal(&self) -> Option<&'static str> {
        if self.things().is_empty() {
            return Some("Nothing waits for the maker: set a unit aside first, or wait for old parts");
        }
        self.ticked.is_empty().then_some("Nothing is ticked yet: scan what goes into the box, or press Space")
    }

    fn commit(&mut self) -> Vec<Want> {
        let going = self.things().iter().filter(|thing| self.ticked.contains(&thing.key));
        let asked = Asked {
            title: "Send this to the maker".to_owned(),
            lines: going.map(|thing| thing.line.clone()).collect(),
            label: "Things in the box",
            answer: self.ticked.len().to_string(),
            hint: "Count what is in the box, type the number, then F9: it is gone from stock for good. Esc goes \
                   back to ticking."
                .to_owned(),
        };
        self.questions += 1;
        self.ask = Some(Ask::new(8_000_000_000 + self.questions, asked));
        Vec::new()
    }

    fn answer_question(&mut self, action: Action) -> Vec<Want> {
        match confirm::answered(&mut self.ask, |ask| ask.act(action)) {
            confirm::Answer::Open => Vec::new(),
            confirm::Answer::No => vec![Want::Say(Notice::info("Nothing was sent."))],
            confirm::Answer::Yes => {
                let keys = |kind| {
                    let ticked = |thing: &&Thing| thing.kind == kind && self.ticked.contains(&thing.key);
                    self.things().iter().filter(ticked).map(|thing| thing.key.clone()).collect()
                };
                let ship = Wish::Ship(keys(Kind::Unit), keys(Kind::Part), self.request.clone());
                vec![Want::Do(Effect::Stock(ship))]
            }
        }
    }

    fn sent(&mut self, packing: &Packing, trouble: Option<&Sorry>, seen: &Seen<'_>) -> Vec<Want> {
        let mut paper = PaperPage::sheet(Loose::Packing(packing.packing.clone()));
        let mut wants = paper.open(seen, Request::new());
        self.paper = Some(paper);
        self.ticked.clear();
        let count = packing.lines.len();
        let says =
            format!("{} sent: put the packing list into the box.", units(count).replace("unit", "thing"));
        wants.push(Want::Say(trouble.map_or_else(|| Notice::info(&says), notice)));
        wants
    }

    fn says(&self) -> String {
        match self.things() {
            _ if self.things.is_none() => "Reading what waits for the maker.".to_owned(),
            [] => "Nothing waits for the maker.".to_owned(),
            things => format!("{} of {} ticked", self.ticked.len(), things.len()),
        }
    }
}

impl Page for ShipPage {
    fn title(&self) -> &'static str {
        if self.paper.is_some() { "Packing list" } else { "Send to the maker" }
    }

    fn open(&mut self, _seen: &Seen<'_>, request: Request) -> Vec<Want> {
        keep_first(&mut self.request, request);
        vec![Want::Do(Effect::Stock(Wish::List))]
    }

    fn offers(&self, seen: &Seen<'_>) -> Vec<Offer> {
        if let Some(paper) = &self.paper {
            return paper.offers(seen);
        }
        let [help, back] = [Action::Help, Action::Back].map(Offer::yes);
        if self.ask.is_some() {
            return vec![Offer::yes(Action::Commit).called("send it"), back.called("tick on")];
        }
        let commit = self.refusal().map_or(Offer::yes(Action::Commit), |why| Offer::no(Action::Commit, why));
        vec![
            commit.called("send it"),
            Offer::yes(Action::Accept).called("tick"),
            Offer::yes(Action::Recheck),
            help,
            back,
        ]
    }

    fn act(&mut self, action: Action, seen: &Seen<'_>) -> Vec<Want> {
        if let Some(paper) = &mut self.paper {
            return paper.act(action, seen);
        }
        if self.ask.is_some() {
            return self.answer_question(action);
        }
        match action {
            Action::Commit => self.commit(),
            Action::Back => vec![Want::Back],
            Action::Recheck => vec![Want::Do(Effect::Stock(Wish::List))],
            Action::Accept => {
                if let Some(at) = self.list.at() {
                    self.toggle(at);
                    self.list.act(Action::Down);
                    return Vec::new();
                }
                useless()
            }
            other => moved(self.list.act(other)),
        }
    }

    fn edit(&mut self, edit: Edit, seen: &Seen<'_>) -> Vec<Want> {
        match (&mut self.paper, &mut self.ask, edit) {
            (Some(paper), ..) => return paper.edit(edit, seen),
            (None, Some(ask), _) => ask.edit(edit),
            (None, None, Edit::Insert(' ')) => {
                if let Some(at) = self.list.at() {
                    self.toggle(at);
                }
            }
            (None, None, Edit::Insert('a' | 'A')) => self.tick_all(),
            (None, None, _) => {
                let next = "Space or Enter ticks the marked one, a ticks all, a scan ticks its unit.";
                return vec![Want::Say(Notice::refused("This letter does nothing here.", next))];
            }
        }
        Vec::new()
    }

    fn take_back(&mut self) {
        if let Some(ask) = &mut self.ask {
            ask.take_back();
        }
    }

    fn scan(&mut self, scan: &Scan, seen: &Seen<'_>) -> Vec<Want> {
        match (&mut self.paper, &mut self.ask, scan) {
            (Some(paper), ..) => paper.scan(scan, seen),
            (None, Some(ask), _) => {
                ask.drop_scan();
                Vec::new()
            }
            (None, None, Scan::Serial(serial)) => self.scanned(serial.as_ref()),
            (None, None, Scan::Stock(label)) => self.scanned(label),
            (None, None, Scan::Case(number)) => {
                let says = format!("{number} is a case: scan the unit that goes into the box.");
                vec![Want::Say(Notice::refused(&says, "A part without a serial is ticked with Space."))]
            }
        }
    }

    fn answer(&mut self, answer: Answer, seen: &Seen<'_>) -> Vec<Want> {
        match answer {
            Answer::Stock(Said::List(Ok(stocked))) => {
                self.load(&stocked);
                Vec::new()
            }
            Answer::Stock(Said::Shipped(Ok(packing), trouble)) => self.sent(&packing, trouble.as_ref(), seen),
            Answer::Stock(Said::List(Err(sorry)) | Said::Shipped(Err(sorry), _)) => {
                vec![Want::Say(notice(&sorry))]
            }
            other => self.paper.as_mut().map(|paper| paper.answer(other, seen)).unwrap_or_default(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, seen: &Seen<'_>) {
        match (&self.paper, &self.ask) {
            (Some(paper), _) => return paper.draw(frame, area, seen),
            (None, Some(ask)) => return ask.draw(frame, area, seen.theme),
            (None, None) => {}
        }
        let look = Look { theme: seen.theme, focus: Focus::Here };
        write(frame, area, 0, (&self.says(), look.style(Role::Title)));
        let head = format!("     {}", lines::WAITING_HEAD);
        write(frame, area, 2, (&head, look.style(Role::Quiet)));
        let rows = below(area, 3);
        let row = |at: usize| {
            let thing = self.things().get(at);
            let tick =
                if thing.is_some_and(|thing| self.ticked.contains(&thing.key)) { "[x]" } else { "[ ]" };
            format!("{tick}  {}", thing.map_or("", |thing| &thing.line))
        };
        self.list.draw(frame, rows, (look, &row));
    }

    fn form(&self) -> Option<Parked> {
        if self.ticked.is_empty() {
            return None;
        }
        let units: Vec<String> = self.ticked.iter().cloned().collect();
        let title = format!("Send to the maker, {} ticked", units.len());
        let empty = String::new;
        let saved =
            Saved { job: Job::Ship, product: empty(), part: empty(), place: empty(), typed: empty(), units };
        Some(Parked { id: self.request.clone(), title, body: saved.body(), at: String::new() })
    }

    fn echo(&self) -> Echo {
        if self.ask.is_some() { Echo::AtOnce } else { Echo::Held }
    }

    fn question(&self) -> Option<u64> {
        self.ask.as_ref().map(Ask::number)
    }

    fn help(&self) -> Vec<String> {
        [
            "Units that were set aside and old parts from customers go back to the maker in one box.",
            "Scan each thing as it goes in: that ticks it. Space or Enter ticks the marked one, a ticks all.",
            "OVERDUE: it waits longer than the maker allows. F9 asks how many things are in the box, then sends \
             them and shows the packing list.",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}
