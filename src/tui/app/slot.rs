//! The screens, and a place of the stack with one of them.

use crate::repository::request::Parked;
use crate::tui::app::Settings;
use crate::tui::screen::case::CasePage;
use crate::tui::screen::day::DayPage;
use crate::tui::screen::eligibility::EligibilityPage;
use crate::tui::screen::issue::IssuePage;
use crate::tui::screen::line::LinePage;
use crate::tui::screen::line::visit::VisitPage;
use crate::tui::screen::lookup::LookupPage;
use crate::tui::screen::paper::PaperPage;
use crate::tui::screen::parked::ParkedPage;
use crate::tui::screen::plan::PlanPage;
use crate::tui::screen::queue::QueuePage;
use crate::tui::screen::setup::SetupPage;
use crate::tui::screen::stock::{self, StockPage};
use crate::tui::screen::welcome::WelcomePage;
use crate::tui::screen::{Destination, Page};

/// A screen with its state.
pub enum Screen {
    /// One field that finds everything, and the device card.
    Lookup(Box<LookupPage>),
    /// The verdict and why.
    Eligibility(Box<EligibilityPage>),
    /// A new case or an existing one.
    Case(Box<CasePage>),
    /// Handing the new unit out.
    Issue(Box<IssuePage>),
    /// Open cases.
    Queue(Box<QueuePage>),
    /// The line at the counter.
    Line(Box<LinePage>),
    /// The appointment of a case.
    Visit(Box<VisitPage>),
    /// The plan of a product.
    Plan(Box<PlanPage>),
    /// A paper.
    Paper(Box<PaperPage>),
    /// The shelf.
    Stock(Box<StockPage>),
    /// One of the jobs on the shelf.
    Shelf(Box<dyn Page>),
    /// A day's figures.
    Day(Box<DayPage>),
    /// Forms put aside.
    Parked(Box<ParkedPage>),
    /// This counter's name.
    Setup(Box<SetupPage>),
    /// An empty shop.
    Welcome(WelcomePage),
}

impl Screen {
    /// An empty lookup.
    #[must_use]
    pub fn lookup() -> Self {
        Self::Lookup(Box::new(LookupPage::new("")))
    }

    /// The screen of a destination; none for a form that cannot be read any more.
    pub(super) fn to(to: Destination, settings: &Settings) -> Option<Self> {
        Some(match to {
            Destination::Lookup(text) => Self::Lookup(Box::new(LookupPage::new(&text))),
            Destination::Judged(asked) => Self::Eligibility(Box::new(EligibilityPage::judging(*asked))),
            Destination::Eligibility(serial) => Self::Eligibility(Box::new(EligibilityPage::new(serial))),
            Destination::NewCase(card, edition) => Self::Case(Box::new(CasePage::new_case(*card, edition))),
            Destination::Case(number) => Self::Case(Box::new(CasePage::existing(number))),
            Destination::Issue(case) => Self::Issue(Box::new(IssuePage::new(*case))),
            Destination::Paper(number, kind) => Self::Paper(Box::new(PaperPage::new(number, kind))),
            Destination::Stock => Self::Stock(Box::default()),
            Destination::Shelf(job) => Self::Shelf(stock::job(job)),
            Destination::Day => Self::Day(Box::new(DayPage::new())),
            Destination::Queue => Self::Queue(Box::new(QueuePage::new())),
            Destination::Line => Self::Line(Box::new(LinePage::new())),
            Destination::Appointment(number) => Self::Visit(Box::new(VisitPage::new(number))),
            Destination::Plan(serial) => Self::Plan(Box::new(PlanPage::new(serial))),
            Destination::Parked => Self::Parked(Box::default()),
            Destination::TakeUp(parked) => Self::taken_up(&parked)?,
            Destination::Setup => Self::Setup(Box::new(SetupPage::new(&settings.regions))),
        })
    }

    /// The screen of a form that was put aside.
    fn taken_up(parked: &Parked) -> Option<Self> {
        let case = || CasePage::take_up(parked).map(|page| Self::Case(Box::new(page)));
        let visit = || VisitPage::take_up(parked).map(|page| Self::Visit(Box::new(page)));
        let plan = || PlanPage::take_up(parked).map(|page| Self::Plan(Box::new(page)));
        let shelf = || stock::take_up(parked).map(Self::Shelf);
        case().or_else(visit).or_else(plan).or_else(shelf)
    }

    /// What all screens can do.
    #[must_use]
    pub fn page(&self) -> &dyn Page {
        match self {
            Self::Lookup(page) => page.as_ref(),
            Self::Eligibility(page) => page.as_ref(),
            Self::Case(page) => page.as_ref(),
            Self::Issue(page) => page.as_ref(),
            Self::Queue(page) => page.as_ref(),
            Self::Line(page) => page.as_ref(),
            Self::Visit(page) => page.as_ref(),
            Self::Plan(page) => page.as_ref(),
            Self::Paper(page) => page.as_ref(),
            Self::Stock(page) => page.as_ref(),
            Self::Shelf(page) => page.as_ref(),
            Self::Day(page) => page.as_ref(),
            Self::Parked(page) => page.as_ref(),
            Self::Setup(page) => page.as_ref(),
            Self::Welcome(page) => page,
        }
    }

    /// The same, to change it.
    pub fn page_mut(&mut self) -> &mut dyn Page {
        match self {
            Self::Lookup(page) => page.as_mut(),
            Self::Eligibility(page) => page.as_mut(),
            Self::Case(page) => page.as_mut(),
            Self::Issue(page) => page.as_mut(),
            Self::Queue(page) => page.as_mut(),
            Self::Line(page) => page.as_mut(),
            Self::Visit(page) => page.as_mut(),
            Self::Plan(page) => page.as_mut(),
            Self::Paper(page) => page.as_mut(),
            Self::Stock(page) => page.as_mut(),
            Self::Shelf(page) => page.as_mut(),
            Self::Day(page) => page.as_mut(),
            Self::Parked(page) => page.as_mut(),
            Self::Setup(page) => page.as_mut(),
            Self::Welcome(page) => page,
        }
    }
}

/// A screen on the stack.
pub(super) struct Slot {
    pub screen: Screen,
    /// The id of the parked form it was taken up from.
    pub parked: Option<String>,
}

impl Slot {
    pub fn new(screen: Screen) -> Self {
        Self { screen, parked: None }
    }

    /// The form to put aside; one that was taken up goes back to its own place.
    pub fn parking(&self) -> Option<Parked> {
        let form = self.screen.page().form()?;
        let id = self.parked.clone().unwrap_or_else(|| form.id.clone());
        Some(Parked { id, ..form })
    }
}
