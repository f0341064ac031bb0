//! Papers: a document made from the case, kept as a snapshot, printed again as COPY n.
//!
//! Slip and certificate are made in their acts. The others are made when they are first asked for; when what
//! they say has changed since, the next print is an original again.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::desk::act::{self, Work, state};
use crate::desk::failure::refused;
use crate::desk::issue::Planned;
use crate::desk::{Act, Desk, Failure, Purpose};
use crate::domain::case::{Guard, State};
use crate::domain::decision::Decision;
use crate::domain::event::{self, Event, Handed, Way};
use crate::paper::{self, Print, Sheet, Why, Width};
use crate::repository::case::{self, Case, Paper};
use crate::repository::journal::{new_id, store_text};
use crate::repository::{Fault, Tx, paper as stored, request};

mod later;
mod made;
mod out;
mod printed;
pub mod printer;
mod refusal;
mod sheet;
mod source;

pub use out::About;
use out::Run;
pub use printed::{Printed, Stage};
use printed::{json, says_the_same, shown};
pub use sheet::Loose;
use source::Source;

crate::words! {
    /// A paper of a case.
    Kind("paper") {
        /// The intake slip.
        Slip = "slip",
        /// What can be done, and what was chosen.
        Quote = "quote",
        /// The replacement certificate.
        Certificate = "certificate",
        /// What was paid and paid back.
        Receipt = "receipt",
        /// What the customer takes home.
        HandOver = "hand-over",
        /// Why the plan does not cover it.
        Refusal = "refusal",
        /// What is stuck on the unit.
        Label = "label",
    }
}

impl Kind {
    /// The paper's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Slip => "intake slip",
            Self::Quote => "quote",
            Self::Certificate => "replacement certificate",
            Self::Receipt => "receipt",
            Self::HandOver => "hand-over receipt",
            Self::Refusal => "note of refusal",
            Self::Label => "label",
        }
    }
}

/// How a paper is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// How wide.
    pub width: Width,
    /// How it goes out, for the journal.
    pub way: Way,
}

/// Whether a case has or can have a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The paper.
    pub kind: Kind,
    /// Why the case cannot have it yet; none when it can.
    pub why_not: Option<String>,
}

/// What a paper of a case would be printed from.
enum Basis {
    /// The snapshot that is there.
    Stored(Paper),
    /// The case as it is.
    New(Sheet),
}

/// A print as it is kept under its request id.
#[derive(Serialize, Deserialize)]
struct Made {
    paper: String,
    copy: u32,
}

/// Makes the paper of an act and keeps its snapshot.
pub(super) fn make(work: &Work<'_, '_>, case: &str, kind: Kind) -> Result<(), Failure> {
    let case = case::by_id(work.tx, case)?.ok_or_else(|| refused(Guard::NoSuchCase, "the case is gone"))?;
    let source = Source::load(work, &case)?;
    let sheet = match kind {
        Kind::Slip => paper::slip(made::slip(&source)?),
        other => later::draft(&source, other)?,
    };
    keep(work, &case, (kind, &sheet, None)).map(drop)
}

/// Makes the certificate of a hand-out from what the hand-out was made from.
pub(super) fn certify(work: &Work<'_, '_>, case: &Case, issue: Planned) -> Result<(), Failure> {
    let customer = case::person(work.tx, &case.customer)?;
    let source = Source { work, case, ground: issue.ground, customer };
    let units = in_order(issue.issued.units);
    let sheet = paper::certificate(made::certificate(&source, (issue.facts, &issue.decision), &units)?);
    keep(work, case, (Kind::Certificate, &sheet, None)).map(drop)
}

/// The units of a hand-out in the order in which papers name them.
fn in_order(mut units: Vec<Handed>) -> Vec<Handed> {
    units.sort_unstable_by(|a, b| (&a.part, &a.serial).cmp(&(&b.part, &b.serial)));
    units
}

/// Keeps an original, and returns the id of its row.
fn keep(
    work: &Work<'_, '_>,
    case: &Case,
    (kind, sheet, way): (Kind, &Sheet, Option<Way>),
) -> Result<String, Failure> {
    let id = new_id();
    work.write(&Event::Printed(event::Printed {
        case: case.id.clone(),
        paper: id.clone(),
        kind: kind.to_string(),
        text: store_text(work.tx, &json(sheet)?)?,
        at: work.at(),
        copy: 0,
        way,
    }))?;
    Ok(id)
}

impl Desk {
    /// The newest paper of a kind as it was made, a page wide: the file of an act. Nothing is written.
    pub fn paper(&mut self, number: &str, kind: Kind) -> Result<Printed, Failure> {
        let folder = self.papers_folder();
        self.repository.read(|tx| {
            let missing = || refused(Guard::NoSuchCase, format!("there is no case {number}"));
            let case = case::numbered(tx, number.trim())?.ok_or_else(missing)?;
            let paper = newest(tx, &case, kind)?.ok_or_else(|| not_yet(&case, kind))?;
            shown(tx, &case, &paper, (Width::Page, 0)).map(|printed| printed.within(&folder))
        })
    }

    /// Which papers a case has or can have now.
    pub fn papers(&mut self, act: &Act, number: &str) -> Result<Vec<Standing>, Failure> {
        self.looking(act, |work| {
            let case = work.case(number)?;
            let standing = |kind: &Kind| match basis(work, &case, *kind) {
                Ok(_) => Ok(Standing { kind: *kind, why_not: None }),
                Err(Failure::Refused(no)) => Ok(Standing { kind: *kind, why_not: Some(no.say) }),
                Err(failure) => Err(failure),
            };
            Kind::ALL.iter().map(standing).collect()
        })
    }

    /// A paper as it was made, or as it would be made now; nothing is written.
    pub fn look_at(
        &mut self,
        act: &Act,
        number: &str,
        (kind, width): (Kind, Width),
    ) -> Result<Printed, Failure> {
        let folder = self.papers_folder();
        self.looking(act, |work| {
            let case = work.case(number)?;
            let printed = match basis(work, &case, kind)? {
                Basis::Stored(paper) => shown(work.tx, &case, &paper, (width, 0))?,
                Basis::New(sheet) => Printed {
                    text: paper::render(&sheet, Print { width, copy: 0 }),
                    file: PathBuf::from(format!("{}-{kind}.txt", case.number)),
                    width,
                    stage: Stage::Draft,
                },
            };
            Ok(printed.within(&folder))
        })
    }

    /// Prints a paper: the original when it is new or says something else than before, else a copy.
    pub fn print(
        &mut self,
        act: &Act,
        number: &str,
        (kind, wanted): (Kind, Wanted),
    ) -> Result<Printed, Failure> {
        self.print_case((act, Run::Alone), number, (kind, wanted))
    }

    fn print_case(
        &mut self,
        (act, run): (&Act, Run<'_>),
        number: &str,
        (kind, wanted): (Kind, Wanted),
    ) -> Result<Printed, Failure> {
        let folder = self.papers_folder();
        let id = format!("{}/print/{number}/{kind}", act.request);
        self.printing((act, run), |work| {
            let case = work.case(number)?;
            let made = once(work, (act, &id), || demanded(work, &case, (kind, wanted.way)))?;
            let papers = case::papers(work.tx, &case.id)?;
            let paper = papers.into_iter().find(|paper| paper.id == made.paper);
            let paper = paper.ok_or_else(|| not_yet(&case, kind))?;
            Ok(shown(work.tx, &case, &paper, (wanted.width, made.copy))?.within(&folder))
        })
    }

    /// Prints why a decision is as it is. It belongs to no case, so it is a file and nothing else.
    pub fn print_why(
        &mut self,
        act: &Act,
        (serial, decision): (&str, &Decision),
    ) -> Result<Printed, Failure> {
        let site = self.counter()?.map(|counter| counter.site).unwrap_or_default();
        let values = Why {
            site,
            at: act.stamp.at.format("%Y-%m-%d %H:%M").to_string(),
            serial: serial.to_owned(),
            verdict: crate::desk::card::verdict_in_words(decision),
            practice: self.shop.purpose == Purpose::Practice,
        };
        let file = self.papers_folder().join(format!("why-{serial}.txt"));
        let (width, stage) = (Width::Page, Stage::Original);
        let text = paper::render(&paper::why(&values, decision), Print { width, copy: 0 });
        let printed = Printed { text, file, width, stage };
        Self::file(&printed)?;
        Ok(printed)
    }

    fn papers_folder(&self) -> PathBuf {
        self.shop.folder.join("papers")
    }

    /// Looks at what the act would be about; nothing is written.
    pub(in crate::desk) fn looking<T>(
        &mut self,
        act: &Act,
        look: impl FnOnce(&Work<'_, '_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let shop = &self.shop;
        self.repository.read(|tx| look(&Work { tx, shop, counter: named(tx)?, stamp: &act.stamp }))
    }
}

fn named(tx: &Tx<'_>) -> Result<crate::desk::Counter, Failure> {
    act::counter(tx)?.ok_or_else(|| refused(Guard::NotSetUp, "this counter has no name yet"))
}

/// Prints once under a request id; an act without one is asked for anew each time.
fn once(
    work: &Work<'_, '_>,
    (act, id): (&Act, &str),
    print: impl FnOnce() -> Result<Made, Failure>,
) -> Result<Made, Failure> {
    if act.request.is_empty() {
        return print();
    }
    if let Some(text) = request::first(work.tx, id)? {
        return Ok(serde_json::from_str(&text).map_err(|cause| Fault::Sqlite(cause.to_string()))?);
    }
    let made = print()?;
    request::keep(work.tx, id, &json(&made)?)?;
    Ok(made)
}

fn demanded(work: &Work<'_, '_>, case: &Case, (kind, way): (Kind, Way)) -> Result<Made, Failure> {
    let paper = match basis(work, case, kind)? {
        Basis::New(sheet) => {
            return Ok(Made { paper: keep(work, case, (kind, &sheet, Some(way)))?, copy: 0 });
        }
        Basis::Stored(paper) => paper,
    };
    let (_, text) = stored::snapshot(work.tx, &paper.text)?.ok_or_else(|| erased(kind))?;
    let copy = paper.copies + 1;
    work.write(&Event::Printed(event::Printed {
        case: case.id.clone(),
        paper: paper.id.clone(),
        kind: kind.to_string(),
        text,
        at: work.at(),
        copy,
        way: Some(way),
    }))?;
    Ok(Made { paper: paper.id, copy })
}

/// What a paper would be printed from now; refused where the case cannot have it yet.
fn basis(work: &Work<'_, '_>, case: &Case, kind: Kind) -> Result<Basis, Failure> {
    let there = newest(work.tx, case, kind)?;
    if matches!(kind, Kind::Slip | Kind::Certificate) {
        let paper = there.ok_or_else(|| not_yet(case, kind))?;
        if kind == Kind::Certificate && stored::handed_out(work.tx, &case.id)?.is_empty() {
            let say = format!(
                "the hand-out on case {} was taken back: its certificate no longer counts",
                case.number
            );
            return Err(refused(Guard::WrongState, say));
        }
        return Ok(Basis::Stored(paper));
    }
    let now = match (Source::load(work, case).and_then(|source| later::draft(&source, kind)), there) {
        // What an ended case once had can still be printed.
        (Err(Failure::Refused(_)), Some(paper)) if !state(case)?.open() => return Ok(Basis::Stored(paper)),
        (Err(failure), _) => return Err(failure),
        (Ok(sheet), None) => return Ok(Basis::New(sheet)),
        (Ok(sheet), Some(paper)) => (sheet, paper),
    };
    let (sheet, paper) = now;
    let before = stored::snapshot(work.tx, &paper.text)?;
    Ok(if before.is_some_and(|(text, _)| says_the_same(&text, &sheet)) {
        Basis::Stored(paper)
    } else {
        Basis::New(sheet)
    })
}

fn newest(tx: &Tx<'_>, case: &Case, kind: Kind) -> Result<Option<Paper>, Fault> {
    Ok(case::papers(tx, &case.id)?.into_iter().rev().find(|paper| paper.kind == kind.as_str()))
}

fn erased(kind: Kind) -> Failure {
    let say = format!("this {} was erased with the customer's data: it cannot be printed again", kind.name());
    refused(Guard::WrongState, say)
}

/// Refuses a paper that the case cannot have yet, and says what makes it.
fn not_yet(case: &Case, kind: Kind) -> Failure {
    let makes = match kind {
        Kind::Slip => "receiving the unit makes it",
        Kind::Quote => "it can be printed once the unit is assessed",
        Kind::Certificate => "handing out the replacement makes it",
        Kind::Receipt => "it can be printed once money was taken",
        Kind::HandOver => "it can be printed once the unit is handed over",
        Kind::Refusal => "it can be printed once a decision closes the replacement",
        Kind::Label => "it can be printed once the unit is received",
    };
    let state = case.state.parse::<State>().map_or("", State::words);
    let say = format!("case {} ({state}) has no {} yet: {makes}", case.number, kind.name());
    refused(Guard::WrongState, say)
}
