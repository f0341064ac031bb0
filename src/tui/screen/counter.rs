//! A counter for tests of pages: a shop in memory that does the effects, with the page on top of nothing.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::desk::card::Card;
use crate::desk::import::{BadRows, Kind};
use crate::desk::print::Wanted;
use crate::desk::{Act, CaseView, Counter, Desk, Failure, Purpose, Shop as Place, trial};
use crate::domain::edition::{Edition, Editions};
use crate::domain::event::Way;
use crate::paper::Width;
use crate::programme;
use crate::repository::case::Which;
use crate::repository::journal::{Clock, Stamp};
use crate::repository::request::Parked;
use crate::tui::effect::{Answer, Effect, Ground, Shop, Sorry};
use crate::tui::key::{Action, Edit};
use crate::tui::runner::deed;
use crate::tui::scan::Scan;
use crate::tui::screen::case::CasePage;
use crate::tui::screen::{Destination, Page, Seen, Want};
use crate::tui::theme::Theme;
use crate::tui::widget::footer;
use crate::tui::widget::form::LastTime;

/// A mavic-pro with a plan and an owner.
pub(super) const COVERED: &str = "08Q6G1HH7G076V";
/// The same, with a wide name.
pub(super) const WIDE_NAME: &str = "08QXG1P5ZC3ZMJ";
/// A unit of the model.
pub(super) const UNIT: &str = "08Q6H32F456EZY";
/// A unit of another model.
pub(super) const OTHER_UNIT: &str = "0ASDH32FG92G44";

const DEVICES: &str = "serial,model,purchase_region,purchased_on,activated_at,warranty_starts_on,owner_name,owner_phone,owner_email,replaced_by
08Q6G1HH7G076V,mavic-pro,US,2019-03-08,2019-03-25T02:06:00Z,2019-03-08,Anaïs Lefèvre,+3131896868,anais@example.org,
08QXG1P5ZC3ZMJ,mavic-pro,US,2019-06-06,2019-06-07T02:06:00Z,2019-06-06,李小龙金大中,+7830311100,,
";
const PLANS: &str =
    "number,tier,serial,region,programme,starts_on,ends_on,granted,extends,sold_on,returned_on
CR1,refresh,08Q6G1HH7G076V,US,2019-05,2019-03-08,,2,,2019-03-08,
CR2,refresh,08QXG1P5ZC3ZMJ,US,2019-05,2019-06-06,,2,,2019-06-06,
";
const STOCK: &str = "serial,model,part,state,place
08Q6H32F456EZY,mavic-pro,aircraft,in-stock,A1
0ASDH32FG92G44,spark,aircraft,in-stock,A2
";

/// The shop, and what a page has wanted of the program around it.
pub(super) struct Bench {
    desk: Desk,
    now: DateTime<FixedOffset>,
    shop: Shop,
    phrases: Vec<String>,
    /// What the message line was told, the newest last.
    pub said: Vec<String>,
    /// Where it wanted to go.
    pub opened: Vec<Destination>,
    /// Whether it wanted to go home.
    pub home: u32,
    /// The forms it has put out of the parked ones.
    pub unparked: Vec<String>,
    requests: u32,
    last: LastTime,
}

impl Bench {
    /// A shop with two devices, their plans and two stock units.
    pub fn new() -> Self {
        Self::under(programme::built_in().unwrap())
    }

    /// The same shop where a price stands for some days.
    pub fn with_quotes_of(days: u32) -> Self {
        let mut edition = programme::built_in().unwrap();
        edition.settings.quote_valid_days = Some(days);
        Self::under(edition)
    }

    /// The same shop where nobody knows the fee of a replacement.
    pub fn without_fees() -> Self {
        let mut edition = programme::built_in().unwrap();
        edition.fees.clear();
        Self::under(edition)
    }

    fn under(edition: Edition) -> Self {
        let editions = Editions::new(edition, Vec::new());
        let place = Place {
            editions,
            folder: "papers-of-tests".into(),
            purpose: Purpose::Practice,
            house: crate::desk::config::House::default(),
        };
        let mut desk = Desk::in_memory(place).unwrap();
        let now: DateTime<FixedOffset> = "2019-12-02T10:00:00-08:00".parse().unwrap();
        let act = act(now, "setup");
        let counter = Counter { site: "Shenzhen".to_owned(), region: "US".to_owned(), till: 1 };
        let counter = desk.set_up(&act, &counter).unwrap();
        let mut bench = Self {
            desk,
            now,
            shop: Shop { counter: Some(counter), ..Shop::default() },
            phrases: vec!["It crashed in flight.".to_owned(), "It fell into water.".to_owned()],
            said: Vec::new(),
            opened: Vec::new(),
            home: 0,
            unparked: Vec::new(),
            requests: 0,
            last: LastTime::new(),
        };
        for (kind, text) in [(Kind::Devices, DEVICES), (Kind::Plans, PLANS), (Kind::Stock, STOCK)] {
            bench.bring(kind, text);
        }
        bench
    }

    /// Takes the rows of a file in.
    pub fn bring(&mut self, kind: Kind, text: &str) {
        let stamp = act(self.now, "import").stamp;
        let report = trial::bring(&mut self.desk, stamp, (kind, text), BadRows::RefuseAll);
        assert!(report.bad.is_empty(), "{:?}", report.bad);
    }

    /// Lets some days pass.
    pub fn wait(&mut self, days: i64) {
        self.now += chrono::TimeDelta::days(days);
    }

    /// The card of a device and the edition that decides about it.
    pub fn card(&mut self, serial: &str) -> (Card, Arc<Edition>) {
        self.found(serial).unwrap()
    }

    fn found(&mut self, serial: &str) -> Option<Ground> {
        let card = self.desk.card(&act(self.now, "card"), serial).unwrap()?;
        Some((card, Arc::new(self.desk.shop().editions.on(self.now.date_naive()).clone())))
    }

    /// A case whose unit is here, by its number.
    pub fn received(&mut self) -> String {
        let draft = trial::crashed(COVERED, ("Anaïs Lefèvre", "+3131896868"));
        self.desk.walk_in(&act(self.now, "walk-in"), &draft, None).unwrap().number
    }

    /// Keeps a unit for a case.
    pub fn keep(&mut self, unit: &str, number: &str) {
        self.desk.keep(&act(self.now, "keep"), unit, number).unwrap();
    }

    /// The text of a paper that was made.
    pub fn paper(&mut self, number: &str, kind: crate::desk::print::Kind) -> String {
        self.desk.paper(number, kind).unwrap().text
    }

    fn page<T>(&self, does: impl FnOnce(&Seen<'_>) -> T) -> T {
        let seen = Seen {
            now: self.now,
            shop: &self.shop,
            theme: Theme::Monochrome,
            phrases: &self.phrases,
            tasks: &[],
            last: &self.last,
            command: "caredesk",
        };
        does(&seen)
    }

    /// Puts a page on the screen.
    pub fn open(&mut self, page: &mut dyn Page) {
        self.requests += 1;
        let request = format!("request-{}", self.requests);
        let wants = self.page(|seen| page.open(seen, request));
        self.run(page, wants);
    }

    /// Presses a key that means something; a dimmed one says why, as the program does.
    pub fn press(&mut self, page: &mut dyn Page, action: Action) {
        let offers = self.page(|seen| page.offers(seen));
        let offered = offers.iter().any(|offer| offer.action == action);
        if let Some(why) = footer::refusal(&offers, action).filter(|_| offered || action == Action::Commit) {
            self.page(|seen| page.refused(action, seen));
            self.said.push(why);
            return;
        }
        let wants = self.page(|seen| page.act(action, seen));
        self.run(page, wants);
    }

    /// Types characters.
    pub fn type_in(&mut self, page: &mut dyn Page, text: &str) {
        for c in text.chars() {
            let wants = self.page(|seen| page.edit(Edit::Insert(c), seen));
            self.run(page, wants);
        }
    }

    /// Presses Backspace.
    pub fn backspace(&mut self, page: &mut dyn Page) {
        let wants = self.page(|seen| page.edit(Edit::Backspace, seen));
        self.run(page, wants);
    }

    /// Scans a serial.
    pub fn scan(&mut self, page: &mut dyn Page, serial: &str) {
        let scan = Scan::Serial(serial.parse().unwrap());
        let wants = self.page(|seen| page.scan(&scan, seen));
        self.run(page, wants);
    }

    /// What stands on a screen of this size.
    pub fn drawn(&self, page: &dyn Page, (width, height): (u16, u16)) -> String {
        let mut screen = Terminal::new(TestBackend::new(width, height)).unwrap();
        self.page(|seen| screen.draw(|frame| page.draw(frame, frame.area(), seen)).map(|_| ())).unwrap();
        screen.backend().to_string()
    }

    /// Draws at every small size and some larger ones, which must not panic.
    pub fn draw_at_every_size(&self, page: &dyn Page) {
        for height in 1..=20 {
            for width in (1..=60).chain([78, 118]) {
                self.drawn(page, (width, height));
            }
        }
        self.drawn(page, (118, 35));
    }

    fn run(&mut self, page: &mut dyn Page, wants: Vec<Want>) {
        for want in wants {
            match want {
                Want::Do(effect) => {
                    let Some(answer) = self.answer(effect) else { continue };
                    let next = self.page(|seen| page.answer(answer, seen));
                    self.run(page, next);
                }
                Want::Say(notice) => self.said.push(notice.text().join(" ").trim().to_owned()),
                Want::Open(to) => self.opened.push(to),
                Want::Home => self.home += 1,
                Want::Back => {}
                Want::Remember(values) => self.last.extend(values),
            }
        }
    }

    fn on_case(
        &mut self,
        request: &str,
        does: impl FnOnce(&mut Desk, &Act) -> Result<CaseView, Failure>,
    ) -> Result<Box<CaseView>, Sorry> {
        does(&mut self.desk, &act(self.now, request)).map(Box::new).map_err(Sorry::from)
    }

    /// Another window does something meanwhile.
    pub fn meanwhile(&mut self, does: impl FnOnce(&mut Desk, &Act) -> Result<CaseView, Failure>) {
        self.requests += 1;
        let request = format!("meanwhile-{}", self.requests);
        self.on_case(&request, does).unwrap();
    }

    fn answer(&mut self, effect: Effect) -> Option<Answer> {
        Some(Answer::Case(match effect {
            Effect::WalkIn(draft, condition, id) => {
                self.on_case(&id, |desk, act| desk.walk_in(act, &draft, condition.as_deref()))
            }
            Effect::Record(draft, id) => self.on_case(&id, |desk, act| desk.record(act, &draft)),
            Effect::Receive(number, intake, id) => {
                self.on_case(&id, |desk, act| desk.receive(act, &number, &intake))
            }
            Effect::Assess(number, found, id) => {
                self.on_case(&id, |desk, act| desk.assess(act, &number, &found))
            }
            Effect::Choose(number, wish, id) => {
                self.on_case(&id, |desk, act| desk.choose(act, &number, &wish))
            }
            Effect::Pay(number, tender, id) => self.on_case(&id, |desk, act| desk.pay(act, &number, &tender)),
            Effect::Tell(number, id) => self.on_case(&id, |desk, act| desk.tell(act, &number)),
            Effect::Step(number, step, id) => {
                self.on_case(&id, |desk, act| deed::carry_out(desk, act, (&number, &step)))
            }
            Effect::Close(number, id) => self.on_case(&id, |desk, act| desk.close(act, &number)),
            Effect::Issue(number, units, id) => {
                return Some(Answer::Issued(self.on_case(&id, |desk, act| desk.issue(act, &number, &units))));
            }
            effect => return self.beside_cases(effect),
        }))
    }

    fn beside_cases(&mut self, effect: Effect) -> Option<Answer> {
        let at = self.now;
        let desk = &mut self.desk;
        Some(match effect {
            Effect::Case(number) => Answer::Case(desk.case(&number).map(Box::new).map_err(Sorry::from)),
            Effect::Card(serial) => {
                let found = self.found(&serial).map(Box::new);
                Answer::Card(serial, Ok(found))
            }
            Effect::Check(asked) => {
                let decision = desk.check(&act(at, "check"), &asked).map(Box::new).map_err(Sorry::from);
                Answer::Checked(Box::new(asked), decision)
            }
            Effect::BeforeIssue(number, units) => {
                Answer::Before(desk.before_issue(&act(at, "before"), &number, &units).map_err(Sorry::from))
            }
            Effect::Shelf(number) => {
                Answer::Shelf(desk.shelf(&act(at, "shelf"), &number).map_err(Sorry::from))
            }
            Effect::Papers(number) => Answer::Papers(desk.papers(&act(at, ""), &number).map_err(Sorry::from)),
            Effect::Paper(number, kind, width) => {
                let look = (kind, width.unwrap_or(Width::Page));
                Answer::Paper(desk.look_at(&act(at, ""), &number, look).map_err(Sorry::from), None)
            }
            Effect::Print(number, kind, width) => {
                let wanted = Wanted { width: width.unwrap_or(Width::Page), way: Way::File };
                Answer::Paper(desk.print(&act(at, ""), &number, (kind, wanted)).map_err(Sorry::from), None)
            }
            Effect::Parked => Answer::Parked(desk.parked().map_err(Sorry::from)),
            Effect::Cases => Answer::Cases(desk.cases(Which::Open).map_err(Sorry::from)),
            Effect::Park(form) => {
                desk.park(&form).unwrap();
                return None;
            }
            Effect::Unpark(id) => {
                self.unparked.push(id);
                return None;
            }
            other => panic!("no page of a case wants {other:?}"),
        })
    }
}

fn act(at: DateTime<FixedOffset>, request: &str) -> Act {
    let stamp = Stamp { at, actor: "lin".to_owned(), clock: Clock::Given };
    Act { stamp, request: request.to_owned() }
}

/// The form of a new case on this device.
pub(super) fn new_case(bench: &mut Bench, serial: &str) -> CasePage {
    let (card, edition) = bench.card(serial);
    let mut page = CasePage::new_case(card, edition);
    bench.open(&mut page);
    page
}

/// Owner, cause, parts as they are, and a stock phrase: seven keys.
pub(super) fn fill_in(bench: &mut Bench, page: &mut CasePage) {
    bench.type_in(page, "s");
    bench.press(page, Action::Accept);
    bench.type_in(page, "a");
    bench.press(page, Action::Accept);
    bench.press(page, Action::Accept);
    bench.type_in(page, "1");
}

/// A form as it is parked, for a page that has one.
pub(super) fn parked(page: &dyn Page) -> Parked {
    page.form().expect("an edited form is there to park")
}
