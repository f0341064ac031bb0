//! Papers that belong to no case: a day's sheet, a packing list.

use chrono::NaiveDate;

use crate::desk::act::Work;
use crate::desk::failure::wrong;
use crate::desk::print::printed::{file_name, json, rendered, says_the_same, stage};
use crate::desk::print::{Made, Printed, Run, Stage, Wanted, once};
use crate::desk::{Act, Desk, Failure, Purpose};
use crate::domain::event::{Apart, Event, SheetPrinted};
use crate::paper::{self, Head, Packing, Print, Sheet, Width};
use crate::repository::journal::{new_id, store_text};
use crate::repository::{case, paper as stored};

/// A paper of no case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loose {
    /// What went to the maker in one box, by its number.
    Packing(String),
    /// What happened on a day.
    Day(NaiveDate),
}

impl Loose {
    /// The paper's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Packing(_) => "packing list",
            Self::Day(_) => "day sheet",
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Packing(_) => "packing",
            Self::Day(_) => "day",
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::Packing(list) => list.clone(),
            Self::Day(day) => day.to_string(),
        }
    }
}

impl Desk {
    /// Prints a paper of no case: the original when it is new or says something else than before, else a copy.
    pub(super) fn print_sheet(
        &mut self,
        (act, run): (&Act, Run<'_>),
        which: &Loose,
        wanted: Wanted,
    ) -> Result<Printed, Failure> {
        let folder = self.papers_folder();
        let day = self.of_day(which)?;
        let (kind, subject) = (which.kind(), which.subject());
        let id = format!("{}/print/{subject}/{kind}", act.request);
        self.printing((act, run), |work| {
            let made = once(work, (act, &id), || {
                let sheet = day.map_or_else(|| packing(work, &subject), Ok)?;
                print(work, (kind, &subject, wanted), &sheet)
            })?;
            let (which, text) = stored::sheet_text(work.tx, &made.paper)?;
            let (width, copy) = (wanted.width, made.copy);
            let text = rendered(&case::text(work.tx, &text)?, Print { width, copy });
            let file = file_name(&format!("{kind}-{subject}"), (which, copy));
            Ok(Printed { text, file, width, stage: stage(copy) }.within(&folder))
        })
    }

    /// A packing list or a day's sheet as it was printed, or as it would be printed now; nothing is written.
    pub fn look_at_sheet(&mut self, act: &Act, which: &Loose, width: Width) -> Result<Printed, Failure> {
        let folder = self.papers_folder();
        let day = self.of_day(which)?;
        let (kind, subject) = (which.kind(), which.subject());
        self.looking(act, |work| {
            let sheet = day.map_or_else(|| packing(work, &subject), Ok)?;
            let file = |which| file_name(&format!("{kind}-{subject}"), (which, 0));
            let (text, which, stage) = match same_as_before(work, (kind, &subject), &sheet)? {
                Some((paper, _, before)) => {
                    let (which, _) = stored::sheet_text(work.tx, &paper.id)?;
                    (rendered(&before, Print { width, copy: 0 }), which, Stage::Original)
                }
                None => (paper::render(&sheet, Print { width, copy: 0 }), 1, Stage::Draft),
            };
            Ok(Printed { text, file: file(which), width, stage }.within(&folder))
        })
    }

    /// Prints a packing list of what was shipped.
    pub fn print_packing(&mut self, act: &Act, list: &str, wanted: Wanted) -> Result<Printed, Failure> {
        self.print_sheet((act, Run::Alone), &Loose::Packing(list.trim().to_owned()), wanted)
    }

    /// The sheet of a day; none of a paper that is made from what was stored.
    fn of_day(&mut self, which: &Loose) -> Result<Option<Sheet>, Failure> {
        match which {
            Loose::Day(day) => Ok(Some(self.day_sheet(*day)?)),
            Loose::Packing(_) => Ok(None),
        }
    }
}

/// What a packing list holds.
fn packing(work: &Work<'_, '_>, list: &str) -> Result<Sheet, Failure> {
    let packed = stored::packed(work.tx, list)?;
    if packed.is_empty() {
        let say = format!("there is no packing list {list}: `caredesk stock ship` makes one");
        return Err(wrong("packing", say));
    }
    let edition = work.shop.editions.on(work.today());
    let item = |[serial, model, part, case]: [String; 4]| {
        let product = work.shop.editions.model(&model).map_or(model, |known| known.name.clone());
        let name = edition.part(&part).map(|known| edition.part_name(known).to_owned());
        [serial, product, name.unwrap_or(part), case]
    };
    Ok(paper::packing(Packing {
        head: Head {
            site: work.counter.site.clone(),
            case: None,
            at: format!("{} by {}", work.stamp.at.format("%Y-%m-%d %H:%M"), work.stamp.actor),
            practice: work.shop.purpose == Purpose::Practice,
        },
        number: list.to_owned(),
        items: packed.into_iter().map(item).collect(),
    }))
}

fn print(
    work: &Work<'_, '_>,
    (kind, subject, wanted): (&str, &str, Wanted),
    sheet: &Sheet,
) -> Result<Made, Failure> {
    let way = Some(wanted.way);
    let event = |sheet, text, copy| {
        let (kind, subject) = (kind.to_owned(), subject.to_owned());
        Event::SheetPrinted(SheetPrinted { sheet, kind, subject, text, copy, way })
    };
    if let Some((paper, text, _)) = same_as_before(work, (kind, subject), sheet)? {
        let copy = paper.copies + 1;
        work.write(&event(paper.id.clone(), text, copy))?;
        return Ok(Made { paper: paper.id, copy });
    }
    let id = new_id();
    work.write(&event(id.clone(), store_text(work.tx, &json(sheet)?)?, 0))?;
    Ok(Made { paper: id, copy: 0 })
}

/// The newest paper about a subject, with its stored text, when it says what the sheet says.
fn same_as_before(
    work: &Work<'_, '_>,
    (kind, subject): (&str, &str),
    sheet: &Sheet,
) -> Result<Option<(case::Paper, Apart, String)>, Failure> {
    let Some(paper) = stored::sheet(work.tx, kind, subject)? else { return Ok(None) };
    let Some((before, text)) = stored::snapshot(work.tx, &paper.text)? else { return Ok(None) };
    Ok(says_the_same(&before, sheet).then_some((paper, text, before)))
}
