//! What the screens of the shelf and of the day want of the desk.

use chrono::NaiveDate;

use crate::desk::day::Day;
use crate::desk::print::{About, Loose, Printed};
use crate::desk::shelf::{Packing, Wanted};
use crate::desk::{Act, Desk, Failure};
use crate::paper::Width;
use crate::repository::stock::Filter;
use crate::tui::effect::stock::{Ask, Said, Step, Stocked};
use crate::tui::effect::{Answer, DayShown, Request, Sorry};
use crate::tui::run::Done;
use crate::tui::runner::Clerk;

impl Clerk {
    /// Does what is wanted of the shelf.
    pub(super) fn stock(&mut self, ask: Ask) -> Said {
        match ask {
            Ask::List => Said::List(self.with(String::new(), stocked).map(Box::new)),
            Ask::BeforeCount(place, serials) => Said::BeforeCount(
                self.with(String::new(), |desk, act| desk.before_count(act, &place, &serials)),
            ),
            Ask::Count(place, serials, request) => {
                Said::Counted(self.with(request, |desk, act| desk.count_shelf(act, &place, &serials)))
            }
            Ask::BeforeReceive(units) => {
                Said::BeforeReceive(self.with(String::new(), |desk, act| desk.before_stock_up(act, &units)))
            }
            Ask::Receive(units, request) => {
                Said::Received(self.with(request, |desk, act| desk.stock_up(act, &units)))
            }
            Ask::Step(step, request) => Said::Step(self.with(request, |desk, act| match &step {
                Step::Keep(serial, case) => desk.keep(act, serial, case),
                Step::Free(serial) => desk.free(act, serial),
                Step::SetAside(serial, why) => desk.set_aside(act, serial, why),
                Step::Find(serial, place, why) => desk.find(act, serial, (Some(place), Some(why))),
            })),
            Ask::Ship(serials, parts, request) => {
                let wanted = Wanted::Ticked(serials, parts);
                let packing = self.with(request, |desk, act| desk.ship(act, &wanted));
                let trouble = packing.as_ref().ok().and_then(|packing| self.pack(packing));
                Said::Shipped(packing, trouble)
            }
        }
    }

    /// Prints what is in a box; the goods are sent whether or not that works.
    fn pack(&mut self, packing: &Packing) -> Option<Sorry> {
        match self.print(About::Packing(packing.packing.clone()), None) {
            Done::Answer(
                Answer::Paper(Err(sorry), _) | Answer::Paper(Ok(_), Some(sorry)) | Answer::Told(sorry),
            ) => Some(sorry),
            _ => None,
        }
    }

    /// A day's figures and its sheet.
    pub(super) fn day(&mut self, day: NaiveDate) -> Result<Box<DayShown>, Sorry> {
        self.with(String::new(), |desk, act| shown(desk, act, day)).map(Box::new)
    }

    /// Closes a day.
    pub(super) fn close_day(
        &mut self,
        (day, explained): (NaiveDate, &str),
        request: Request,
    ) -> Result<Day, Sorry> {
        let explained = Some(explained).filter(|text| !text.is_empty());
        self.with(request, |desk, act| desk.close_day(act, day, explained))
    }

    /// Shows a paper of no case.
    pub(super) fn sheet(&mut self, which: &Loose, width: Option<Width>) -> Result<Printed, Sorry> {
        let width = width.unwrap_or(self.printing.width);
        self.with(String::new(), |desk, act| desk.look_at_sheet(act, which, width))
    }
}

fn stocked(desk: &mut Desk, act: &Act) -> Result<Stocked, Failure> {
    Ok(Stocked {
        units: desk.stock(&Filter::default())?,
        parts: desk.old_parts(act.stamp.at.date_naive())?,
        products: desk.products(act),
    })
}

fn shown(desk: &mut Desk, act: &Act, day: NaiveDate) -> Result<DayShown, Failure> {
    let sheet = desk.look_at_sheet(act, &Loose::Day(day), Width::Page)?.text;
    Ok(DayShown { day: desk.day(day)?, sheet, closed_until: desk.closed_until()? })
}
