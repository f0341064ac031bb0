//! Carries the screens' effects to the desk and its answers back.
//!
//! Everything runs between two frames but searching, which has a desk and a thread of its own.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::{DateTime, FixedOffset};

use crate::desk::clock;
use crate::desk::print::printer::Printing;
use crate::desk::print::{About, Kind};
use crate::desk::{Act, CaseView, Counter, Desk, Failure, Shop as Place};
use crate::domain::day::BadTime;
use crate::domain::edition::Edition;
use crate::repository::Patience;
use crate::repository::case::Which;
use crate::repository::journal::{Clock, Stamp};
use crate::repository::request::Parked;
use crate::tui::app::App;
use crate::tui::effect::{Answer, Effect, Request, Shop, Sorry};
use crate::tui::event::{Event, Outbox, Ticket};
use crate::tui::run::{Done, Runner};
use crate::tui::worker::Worker;

pub(in crate::tui) mod deed;
mod enrol;
mod print;
mod read;
mod stock;
mod visit;

/// The most rows a search gives back: as many as a tall screen shows.
const HITS: usize = 100;

/// Where the moment is read.
type Watch = fn() -> Result<(DateTime<FixedOffset>, Clock), BadTime>;

/// Does the effects.
pub struct Clerk {
    place: Place,
    who: String,
    outbox: Outbox<Answer>,
    open: Option<Open>,
    /// The editions that cards have named so far.
    editions: Vec<Arc<Edition>>,
    clock: Watch,
    last: DateTime<FixedOffset>,
    printing: Printing,
}

/// The open shop; the worker is gone before the desk.
struct Open {
    worker: Option<Worker<Desk, Answer>>,
    desk: Desk,
}

impl Clerk {
    /// A clerk of a shop whose file is opened by the first effect.
    #[must_use]
    pub fn new(place: Place, who: String, (outbox, now): (Outbox<Answer>, DateTime<FixedOffset>)) -> Self {
        Self {
            place,
            who,
            outbox,
            open: None,
            editions: Vec::new(),
            clock: || clock::now(None),
            last: now,
            printing: print::nowhere(),
        }
    }

    /// The same clerk with a printer.
    #[must_use]
    pub fn with_printing(self, printing: Printing) -> Self {
        Self { printing, ..self }
    }

    /// The same clerk with another clock.
    #[cfg(test)]
    fn with_clock(self, clock: Watch) -> Self {
        Self { clock, ..self }
    }

    /// Ends the worker and puts the log back into the file.
    pub fn leave(mut self) {
        if let Some(Open { worker, desk }) = self.open.take() {
            drop(worker);
            // The log stays beside the file then, which harms nothing.
            let _ = desk.tidy();
        }
    }

    fn act(&mut self, request: Request) -> Result<Act, Sorry> {
        let (at, clock) = (self.clock)().map_err(|bad| Sorry { guard: None, say: bad.to_string() })?;
        self.last = at;
        Ok(Act { stamp: Stamp { at, actor: self.who.clone(), clock }, request })
    }

    fn desk(&mut self) -> Result<&mut Desk, Sorry> {
        self.open.as_mut().map(|open| &mut open.desk).ok_or_else(shut)
    }

    /// Asks the desk something for which it needs to know who and when.
    fn with<T>(
        &mut self,
        request: Request,
        does: impl FnOnce(&mut Desk, &Act) -> Result<T, Failure>,
    ) -> Result<T, Sorry> {
        let act = self.act(request)?;
        does(self.desk()?, &act).map_err(Sorry::from)
    }

    /// Asks the desk something.
    fn ask<T>(&mut self, does: impl FnOnce(&mut Desk) -> Result<T, Failure>) -> Result<T, Sorry> {
        does(self.desk()?).map_err(Sorry::from)
    }

    fn open_shop(&mut self) -> Result<Shop, Sorry> {
        let desk = Desk::open(self.place.clone(), Patience::Screen).map_err(Sorry::from)?;
        self.open = None;
        let unfinished = desk.unfinished().map(ToString::to_string);
        let worker = self.worker(&desk)?;
        self.open = Some(Open { worker: Some(worker), desk });
        // A line that cannot be read is for `verify` to tell.
        let behind = self.with(String::new(), |desk, act| desk.behind(&act.stamp)).unwrap_or_default();
        // In one message: there is one line for messages, and the next one wipes it.
        let says: Vec<String> = behind.into_iter().chain(unfinished).collect();
        if !says.is_empty() {
            tell(&self.outbox, Answer::Told(Sorry { guard: None, say: says.join("; ") }));
        }
        self.count()
    }

    fn worker(&self, desk: &Desk) -> Result<Worker<Desk, Answer>, Sorry> {
        let mut second = desk.another(Patience::Command).map_err(Sorry::from)?;
        let handle = second.repository().interrupter();
        Worker::start(second, move || handle.interrupt(), self.outbox.clone())
            .map_err(|cause| Sorry { guard: None, say: format!("no thread for searching: {cause}") })
    }

    fn count(&mut self) -> Result<Shop, Sorry> {
        self.ask(|desk| {
            let (open, parked) = desk.counts()?;
            Ok(Shop { counter: desk.counter()?, open, parked, empty: desk.is_empty()? })
        })
    }

    /// Finds devices on the worker; without one (a shop in memory) at once.
    fn look_up(&mut self, text: String) -> Done<Answer> {
        let found = |desk: &mut Desk, text: String| {
            let hits = desk.look_up(&text, HITS).map_err(Sorry::from);
            Answer::Found(text, hits)
        };
        match &mut self.open {
            Some(Open { worker: Some(worker), .. }) => {
                worker.ask(move |desk| found(desk, text));
                Done::Nothing
            }
            Some(Open { desk, .. }) => Done::Answer(found(desk, text)),
            None => Done::Nothing,
        }
    }

    /// Does an act on a case; the paper it made is written to its file.
    fn on_case(
        &mut self,
        (request, paper): (Request, Option<Kind>),
        does: impl FnOnce(&mut Desk, &Act) -> Result<CaseView, Failure>,
    ) -> Result<Box<CaseView>, Sorry> {
        let case = self.with(request, does)?;
        if let Some(kind) = paper {
            self.file(&case.number, kind);
        }
        Ok(Box::new(case))
    }

    /// Writes a paper's file; the act stands whether or not that works.
    fn file(&mut self, number: &str, kind: Kind) {
        let written = self.ask(|desk| Desk::file(&desk.paper(number, kind)?));
        if let Err(sorry) = written {
            tell(&self.outbox, Answer::Told(sorry));
        }
    }

    /// The form with the moment it is put aside at, by which the list puts the newest first.
    fn parked_now(&mut self, form: Parked) -> Parked {
        let at = self.act(String::new()).map_or(form.at, |act| act.stamp.at.to_rfc3339());
        Parked { at, ..form }
    }

    fn set_up(&mut self, counter: &Counter) -> Result<Shop, Sorry> {
        self.with(String::new(), |desk, act| desk.set_up(act, counter))?;
        self.count()
    }
}

impl Runner<App> for Clerk {
    fn now(&self) -> DateTime<FixedOffset> {
        (self.clock)().map_or(self.last, |(at, _)| at)
    }

    fn run(&mut self, effect: Effect) -> Done<Answer> {
        match effect {
            Effect::LookUp(text) => self.look_up(text),
            Effect::Leave => Done::Leave,
            Effect::Print(number, kind, width) => self.print(About::Case(number, kind), width),
            Effect::PrintSheet(which, width) => self.print((&which).into(), width),
            effect => Done::Answer(self.answer(effect)),
        }
    }
}

impl Clerk {
    /// Does an effect that is answered at once.
    fn answer(&mut self, effect: Effect) -> Answer {
        match effect {
            Effect::WalkIn(draft, condition, request) => {
                Answer::Case(self.on_case((request, Some(Kind::Slip)), |desk, act| {
                    desk.walk_in(act, &draft, condition.as_deref())
                }))
            }
            Effect::Record(draft, request) => {
                Answer::Case(self.on_case((request, None), |desk, act| desk.record(act, &draft)))
            }
            Effect::Receive(number, intake, request) => Answer::Case(
                self.on_case((request, Some(Kind::Slip)), |desk, act| desk.receive(act, &number, &intake)),
            ),
            Effect::Assess(number, found, request) => {
                Answer::Case(self.on_case((request, None), |desk, act| desk.assess(act, &number, &found)))
            }
            Effect::Choose(number, wish, request) => {
                Answer::Case(self.on_case((request, None), |desk, act| desk.choose(act, &number, &wish)))
            }
            Effect::Pay(number, tender, request) => {
                Answer::Case(self.on_case((request, None), |desk, act| desk.pay(act, &number, &tender)))
            }
            Effect::Issue(number, units, request) => {
                Answer::Issued(self.on_case((request, Some(Kind::Certificate)), |desk, act| {
                    desk.issue(act, &number, &units)
                }))
            }
            Effect::Close(number, request) => {
                Answer::Case(self.on_case((request, None), |desk, act| desk.close(act, &number)))
            }
            Effect::Tell(number, request) => {
                Answer::Case(self.on_case((request, None), |desk, act| desk.tell(act, &number)))
            }
            Effect::Step(number, step, request) => {
                Answer::Case(self.on_case((request, step.paper()), |desk, act| {
                    deed::carry_out(desk, act, (&number, &step))
                }))
            }
            effect => self.beside_cases(effect),
        }
    }

    /// Does an effect that changes no case.
    fn beside_cases(&mut self, effect: Effect) -> Answer {
        match effect {
            Effect::Open => Answer::Opened(self.open_shop()),
            Effect::SetUp(counter) => Answer::SetUp(self.set_up(&counter)),
            Effect::Park(form) => {
                let form = self.parked_now(form);
                Answer::Put(self.ask(|desk| desk.park(&form)).and_then(|()| self.count()))
            }
            Effect::Unpark(id) => Answer::Put(self.ask(|desk| desk.unpark(&id)).and_then(|()| self.count())),
            Effect::Counts => self.count().map_or_else(Answer::Told, Answer::Shop),
            Effect::Cases => Answer::Cases(self.ask(|desk| desk.cases(Which::Open))),
            Effect::Parked => Answer::Parked(self.ask(Desk::parked)),
            Effect::Visit(wish) => self.visit(wish),
            Effect::Enrol(wish) => self.enrol(wish),
            other => self.read(other),
        }
    }
}

fn shut() -> Sorry {
    Sorry { guard: None, say: "the shop's file is not open: press F5".to_owned() }
}

/// Tells something beside the answer that is asked for.
fn tell(outbox: &Outbox<Answer>, answer: Answer) {
    let ticket = Ticket::draw(&Arc::new(AtomicU64::new(0)));
    // A failed send means that the loop has ended before.
    let _ = outbox.send(Event::Answer(ticket, answer));
}

#[cfg(test)]
pub(crate) mod tests;
