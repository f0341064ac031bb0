//! Papers: made from the case in the act's own transaction, kept as a snapshot, printed again as COPY n.

use std::path::PathBuf;

use crate::desk::act::{Work, list};
use crate::desk::failure::{refused, wrong};
use crate::desk::ground::Ground;
use crate::desk::{Act, Desk, Failure, Purpose, act};
use crate::domain::case::Guard;
use crate::domain::clause::Clause;
use crate::domain::decision::Decision;
use crate::domain::edition::Edition;
use crate::domain::event::Event;
use crate::domain::facts::Facts;
use crate::domain::money::Money;
use crate::paper::{self, Certificate, Head, Slip, Why};
use crate::repository::case::{self, Case, Paper};
use crate::repository::journal::{new_id, store_text};
use crate::repository::row::parsed;

/// Clauses that matter when the plan moved to another serial.
const MOVED: [Clause; 4] = [Clause::C26, Clause::C27, Clause::C25, Clause::C18];

/// Clauses that matter when parts were replaced and the serial stays.
const STAYED: [Clause; 4] = [Clause::C3, Clause::C24, Clause::C25, Clause::C18];

crate::words! {
    /// A paper.
    Kind("paper") {
        /// The intake slip.
        Slip = "slip",
        /// The replacement certificate.
        Certificate = "certificate",
    }
}

/// A paper's text, and where its file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The text.
    pub text: String,
    /// The file it goes to.
    pub file: PathBuf,
}

/// Makes the paper of an act and keeps its snapshot.
pub(super) fn make(work: &Work<'_, '_>, case: &str, kind: Kind) -> Result<(), Failure> {
    let case = case::by_id(work.tx, case)?.ok_or_else(|| refused(Guard::NoSuchCase, "the case is gone"))?;
    let ground = work.ground(&case.serial)?;
    let text = match kind {
        Kind::Slip => paper::slip(&slip(work, &case, &ground)?),
        Kind::Certificate => paper::certificate(&certificate(work, &case, &ground)?),
    };
    work.write(&Event::Printed {
        case: case.id.clone(),
        paper: new_id(),
        kind: kind.to_string(),
        text: store_text(work.tx, &text)?,
        at: work.at(),
        copy: 0,
    })
}

impl Desk {
    /// A paper as it was made, for the screen; nothing is written.
    pub fn paper(&mut self, number: &str, kind: Kind) -> Result<Printed, Failure> {
        let folder = self.shop.folder.join("papers");
        self.repository.read(|tx| {
            let (case, paper) = find(tx, number, kind)?;
            let text = case::text(tx, &paper.text)?;
            Ok(Printed { text, file: folder.join(format!("{}-{kind}.txt", case.number)) })
        })
    }

    /// Prints a paper again, marked COPY n and journaled.
    pub fn reprint(&mut self, act: &Act, number: &str, kind: Kind) -> Result<Printed, Failure> {
        let copy = self.once((act, &format!("reprint/{number}/{kind}")), |tx, shop| {
            let counter =
                act::counter(tx)?.ok_or_else(|| refused(Guard::NotSetUp, "this counter has no name yet"))?;
            let work = Work { tx, shop, counter, stamp: &act.stamp };
            let (case, paper) = find(tx, number, kind)?;
            let copy = paper.copies + 1;
            work.write(&Event::Printed {
                case: case.id.clone(),
                paper: paper.id,
                kind: kind.to_string(),
                text: store_text(tx, &format!("COPY {copy} of {}", paper.text))?,
                at: work.at(),
                copy,
            })?;
            Ok(copy)
        })?;
        let Printed { text, file } = self.paper(number, kind)?;
        let name = file.file_stem().map(|name| format!("{}-copy{copy}.txt", name.display()));
        Ok(Printed { text: paper::copy(&text, copy), file: file.with_file_name(name.unwrap_or_default()) })
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
        let file = self.shop.folder.join("papers").join(format!("why-{serial}.txt"));
        let printed = Printed { text: paper::why(&values, decision), file };
        Self::file(&printed)?;
        Ok(printed)
    }

    /// Writes a paper's file; when that fails the act stands and the person is told.
    pub fn file(printed: &Printed) -> Result<(), Failure> {
        let failed = |cause: std::io::Error| {
            Failure::File(format!(
                "the paper could not be written to {}: {cause}: it is kept, print it again later",
                printed.file.display()
            ))
        };
        if let Some(folder) = printed.file.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        std::fs::write(&printed.file, &printed.text).map_err(failed)
    }
}

fn find(tx: &crate::repository::Tx<'_>, number: &str, kind: Kind) -> Result<(Case, Paper), Failure> {
    let missing = || refused(Guard::NoSuchCase, format!("there is no case {number}"));
    let case = case::numbered(tx, number.trim())?.ok_or_else(missing)?;
    let papers = case::papers(tx, &case.id)?;
    let made = papers.into_iter().rev().find(|paper| paper.kind == kind.as_str());
    let none =
        || refused(Guard::WrongState, format!("case {number} has no {kind} yet: it is made by its act"));
    Ok((case, made.ok_or_else(none)?))
}

fn head(work: &Work<'_, '_>, case: &Case) -> Head {
    Head {
        site: work.counter.site.clone(),
        case: format!("Case {}", case.number),
        at: format!("{} by {}", work.stamp.at.format("%Y-%m-%d %H:%M"), work.stamp.actor),
        practice: work.shop.purpose == Purpose::Practice,
    }
}

fn product(edition: &Edition, ground: &Ground) -> String {
    edition
        .model(&ground.device.model)
        .map_or_else(|| ground.device.model.clone(), |model| model.name.clone())
}

fn part_names(edition: &Edition, ids: &[String]) -> String {
    let name = |id: &String| edition.part(id).map_or(id.as_str(), |part| edition.part_name(part)).to_owned();
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn texts(edition: &Edition, clauses: &[Clause]) -> paper::Clauses {
    clauses.iter().map(|clause| (clause.to_string(), edition.clause_text(*clause).to_owned())).collect()
}

fn slip(work: &Work<'_, '_>, case: &Case, ground: &Ground) -> Result<Slip, Failure> {
    let edition = ground.edition(&work.shop.editions);
    let person = case::person(work.tx, &case.customer)?;
    let handed: Vec<String> =
        case.handed_in.as_deref().map(|text| list(case, text)).transpose()?.unwrap_or_default();
    let (decision, _) = crate::desk::choose::again(work, case, ground)?;
    let left = decision.claim().and_then(|answer| {
        let now = answer.balance_after?.saturating_add(u8::from(answer.ordinal.is_some()));
        Some((now, answer.granted?))
    });
    let plan = match (&ground.plan, left) {
        (Some(plan), Some((left, granted))) => {
            format!("{}, {left} of {granted} replacements left", plan.number)
        }
        _ => "none".to_owned(),
    };
    let contact: Vec<String> = person.phone.into_iter().chain(person.email).collect();
    Ok(Slip {
        head: head(work, case),
        customer: person.name,
        contact: contact.join(", "),
        serial: case.on_unit.clone().unwrap_or_else(|| case.serial.clone()),
        product: product(edition, ground),
        plan,
        said: case::text(work.tx, &case.said)?,
        parts: part_names(edition, &handed),
        verdict: crate::desk::card::verdict_in_words(&decision),
        clauses: texts(edition, &[Clause::C24, Clause::C33, Clause::C4]),
    })
}

fn certificate(work: &Work<'_, '_>, case: &Case, ground: &Ground) -> Result<Certificate, Failure> {
    let edition = ground.edition(&work.shop.editions);
    let person = case::person(work.tx, &case.customer)?;
    let units = case::issued(work.tx, &case.id)?;
    let (facts, _) = case::decision(work.tx, &case.id)?.ok_or_else(|| wrong("decision", "none is stored"))?;
    let facts: Facts = crate::desk::question::read(&facts)?;
    let question = facts.check(&work.shop.editions)?;
    let plan = question.plan.as_ref().ok_or_else(|| wrong("plan", "the case has no plan"))?;
    let warranty = crate::domain::decision::warranty_of(edition, &question.device, Some(plan), work.today());
    let moved = units.iter().any(|(_, part)| {
        question.device.model.carrying.as_ref().is_some_and(|carrying| carrying.as_str() == part)
    });
    let answer = crate::domain::decision::decide(&question);
    let left = answer.claim().and_then(|answer| answer.balance_after.zip(answer.granted));
    let names: Vec<String> = units.iter().map(|(serial, _)| serial.clone()).collect();
    let (_, _, ordinal) = case.slot.clone().ok_or_else(|| wrong("slot", "the case has no replacement"))?;
    let last = warranty.parts.iter().filter_map(|part| part.last).max();
    let old = if moved { plan.bound.to_string() } else { case.serial.clone() };
    Ok(Certificate {
        head: head(work, case),
        customer: person.name,
        product: product(edition, ground),
        new: if moved {
            names.join(", ")
        } else {
            format!("{old} stays; parts handed out: {}", names.join(", "))
        },
        old,
        plan: plan.number.clone(),
        ordinal: ordinal_in_words(&question, ordinal),
        balance: left.map_or_else(|| "none".to_owned(), |(left, granted)| format!("{left} of {granted}")),
        ends: format!("{}, unchanged", plan.covered().last),
        warranty: last
            .map_or_else(|| "as before".to_owned(), |last| format!("longest part until {last}, unchanged")),
        fee: fee_in_words(work, case)?,
        clauses: texts(edition, if moved { &MOVED } else { &STAYED }),
    })
}

fn ordinal_in_words(question: &crate::domain::facts::Question<'_>, ordinal: u8) -> String {
    let granted = question.plan.as_ref().map_or(0, |plan| plan.balance.granted());
    let claim = match &question.asked {
        crate::domain::facts::Asked::Claim(claim) => Some(claim),
        _ => None,
    };
    let source = question
        .plan
        .as_ref()
        .zip(claim)
        .map(|(plan, claim)| plan.source_on(claim.recorded_on, &question.edition.settings));
    match source {
        Some(crate::domain::plan::Source::Plus) => "the replacement of plus".to_owned(),
        _ => format!("number {ordinal} of {granted}"),
    }
}

fn fee_in_words(work: &Work<'_, '_>, case: &Case) -> Result<String, Failure> {
    let Some((minor, code)) = &case.fee else {
        return Ok("none".to_owned());
    };
    let currency = parsed("cases", &case.number, code)?;
    let [paid, refunded, waived] = case::money(work.tx, &case.id)?;
    let show = |minor| Money { minor, currency };
    let fee = show(*minor);
    Ok(if waived == 0 {
        format!("{fee}, paid {}", show(paid - refunded))
    } else {
        format!("{fee}, paid {}, waived {}", show(paid - refunded), show(waived))
    })
}
