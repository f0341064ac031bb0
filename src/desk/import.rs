//! A maker's file comes in: read, checked as a whole, and only then merged.
//!
//! Bad rows are found before anything is written; the merge goes in short transactions, and one that is cut
//! off is finished by [`finish_interrupted`].

use std::cell::Cell;
use std::fmt;
use std::io::Read;

use thiserror::Error;

use crate::desk::names;
use crate::domain::edition::{Edition, Editions};
use crate::repository::journal::Stamp;
use crate::repository::registry::{self, Attached, Found, Staging, Step};
use crate::repository::{Fault, Repository};

mod cell;
mod plans;
mod read;
mod row;
#[cfg(test)]
mod tests;
mod unfinished;

pub use crate::repository::registry::Kind;
pub use unfinished::{Unfinished, finish_interrupted};

use cell::Known;
use read::{Reader, Record};
use row::Header;

/// Bad rows that are told in words; the others are counted.
const TOLD: usize = 100;

/// Rows between two words of progress.
const PROGRESS: u64 = 10_000;

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct Job<'a> {
    /// What the file holds.
    pub kind: Kind,
    /// Its name in messages.
    pub file: &'a str,
    /// The programme's editions.
    pub editions: &'a Editions,
    /// Whether to write.
    pub aim: Aim,
    /// What bad rows mean for the others.
    pub bad_rows: BadRows,
    /// Who imports, and when.
    pub stamp: Stamp,
}

/// Whether an import writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// It does.
    Merge,
    /// It only tells what is bad.
    DryRun,
}

/// What a bad row means for the good ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadRows {
    /// None goes in.
    RefuseAll,
    /// They go in without it.
    KeepGoing,
}

/// A row that does not go in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The file.
    pub file: String,
    /// The line where its record begins.
    pub line: u64,
    /// The column, or `record`.
    pub column: String,
    /// In words.
    pub problem: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}: {}", self.file, self.line, self.column, self.problem)
    }
}

/// How an import ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ended {
    /// The good rows are in.
    #[default]
    Merged,
    /// Nothing was to be written.
    DryRun,
    /// Rows were bad, so that nothing was written.
    Refused,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// How it ended.
    pub ended: Ended,
    /// Rows read, good and bad.
    pub rows: u64,
    /// New rows.
    pub inserted: u64,
    /// Rows that were there and are different now.
    pub changed: u64,
    /// Rows that were there already, as they are.
    pub unchanged: u64,
    /// Bad rows.
    pub bad_count: u64,
    /// The first hundred of them, by line.
    pub bad: Vec<BadRow>,
    /// Rows of the maker's that contradict a living case.
    pub conflicts: u64,
    /// Cells from which characters that nobody sees were taken.
    pub cleaned: u64,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many rows are read, and so many bytes.
    Reading(u64, u64),
    /// The rows are checked against the registry.
    Checking,
    /// So many rows of so many are merged.
    Merging(u64, u64),
    /// So many steps of so many are done where the registry was empty.
    Loading(usize, usize),
}

/// Why an import could not even begin, or broke off.
#[derive(Debug, Error)]
pub enum Failure {
    /// The file cannot be read to its end.
    #[error("{file} cannot be read: {problem}: nothing was imported")]
    Unreadable {
        /// The file.
        file: String,
        /// What the system says.
        problem: String,
    },
    /// The file is none of this kind.
    #[error("{file}: {problem}; nothing was imported")]
    NotThis {
        /// The file.
        file: String,
        /// In words.
        problem: String,
    },
    /// Another import is under way.
    #[error("another import is running on this database: wait until it is done and import again")]
    Running,
    /// The file of a cut-off import is gone.
    #[error("an import of {kind} was cut off and its file {staged} is gone: import the maker's file again")]
    StagedGone {
        /// What it held.
        kind: Kind,
        /// The staging file.
        staged: String,
    },
    /// This import is only partly in.
    #[error("{0}")]
    Unfinished(Unfinished),
    /// An earlier import is only partly in, and goes first.
    #[error("{0}; this file was not imported")]
    NotBefore(Unfinished),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Imports a file.
///
/// # Errors
/// A file that is none of this kind; a fault of the database. Bad rows are no error but part of the report.
pub fn import(
    repository: &mut Repository,
    job: &Job<'_>,
    input: impl Read,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, Failure> {
    let _lock = registry::lock(repository)?.ok_or(Failure::Running)?;
    unfinished::resume(repository, &job.stamp).map_err(|failure| match failure {
        Failure::Unfinished(earlier) => Failure::NotBefore(earlier),
        other => other,
    })?;
    let mut staging = Staging::create(repository, job.kind)?;
    let (digest, mut report) = match stage(&mut staging, job, input, progress) {
        Ok(read) => read,
        Err(failure) => {
            staging.discard();
            return Err(failure);
        }
    };
    let rows = staging.rows();
    let mut staged = Attached::new(repository, job.kind, staging.close()?)?;
    progress(Progress::Checking);
    check(&mut staged, job, &mut report)?;
    if job.aim == Aim::DryRun {
        report.ended = Ended::DryRun;
        return Ok(report);
    }
    report.conflicts = staged.flag_conflicts(&job.stamp)?;
    if report.bad_count > 0 && job.bad_rows == BadRows::RefuseAll {
        report.ended = Ended::Refused;
        return Ok(report);
    }
    write(staged, (job, &digest, rows), &mut report, progress)?;
    // All is in: a log that stays beside the file harms nothing.
    repository.tidy().unwrap_or_default();
    Ok(report)
}

/// Checks the staged rows; what is bad leaves them and is told in the report.
fn check(staged: &mut Attached<'_>, job: &Job<'_>, report: &mut Report) -> Result<(), Fault> {
    staged.fold()?;
    let (refused, found) = registry::check(staged, TOLD, &mut |staged, of| fill(staged, job.editions, of))?;
    report.bad_count += refused;
    report.bad.extend(found.into_iter().map(|found| bad_row(job, found)));
    report.bad.sort_by_key(|bad| bad.line);
    report.bad.truncate(TOLD);
    Ok(())
}

/// Merges the staged rows, of a file with this digest and so many rows.
fn write(
    mut staged: Attached<'_>,
    (job, digest, rows): (&Job<'_>, &str, i64),
    report: &mut Report,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Failure> {
    let merge = registry::begin(&mut staged, &job.stamp, (digest, rows))?;
    let total = report.rows - report.bad_count;
    progress(Progress::Merging(0, total));
    let far = |step| match step {
        Step::Row(next) => Progress::Merging(u64::try_from(next - 1).unwrap_or_default().min(total), total),
        Step::Load(done, all) => Progress::Loading(done, all),
    };
    let merged = registry::merge(&mut staged, (&merge, &job.stamp), names::words, &mut |step| {
        progress(far(step));
    });
    let merged = merged.and_then(|merged| {
        registry::finish(&mut staged, &merge, &job.stamp, Some(merged))?;
        Ok(merged)
    });
    let merged = merged.map_err(|fault| match registry::take_back(&mut staged, &merge) {
        Ok(true) => fault.into(),
        Ok(false) | Err(_) => unfinished::broken_off(job.kind, fault),
    })?;
    report.inserted = merged.inserted;
    report.changed = merged.changed;
    report.unchanged = total.saturating_sub(merged.inserted + merged.changed);
    report.conflicts += merged.conflicts;
    Ok(())
}

fn bad_row(job: &Job<'_>, found: Found) -> BadRow {
    BadRow { file: job.file.to_owned(), line: found.line, column: found.column, problem: found.problem }
}

fn fill(staged: &Attached<'_>, editions: &Editions, of: &str) -> Result<(), Fault> {
    if of == "fees" {
        let codes = |edition: &Edition| {
            let listed = edition.regions.listed.iter();
            listed.map(|(_, currency, _)| currency.as_str()).collect::<Vec<_>>().join(", ")
        };
        let pairs: Vec<_> = editions.all().map(|edition| (edition.id.as_str(), codes(edition))).collect();
        return registry::currencies(staged, &serde_json::json!(pairs).to_string());
    }
    let known: Vec<&str> = editions.all().map(|edition| edition.id.as_str()).collect();
    let known = serde_json::json!(known).to_string();
    registry::fill_plans(staged, (of, &known), |draft| match of {
        "plus" => plans::plus(editions, draft),
        "extended" => plans::extended(editions, draft),
        _ => plans::refresh(editions, draft),
    })
}

/// Reads the file into the staging file; returns its digest and what was bad.
fn stage(
    staging: &mut Staging,
    job: &Job<'_>,
    input: impl Read,
    progress: &mut dyn FnMut(Progress),
) -> Result<(String, Report), Failure> {
    let mut reader = Reader::new(input);
    let header = header(&mut reader, job)?;
    let known = Known { editions: job.editions, cleaned: Cell::new(0) };
    let mut report = Report::default();
    while let Some((line, record)) = reader.next().map_err(|cause| unreadable(job, &cause))? {
        report.rows += 1;
        let row = match record {
            Record::Fields(fields) => header.row(&known, fields),
            Record::Unreadable(problem) => Err(("record", problem)),
        };
        match row {
            Ok((cells, extra)) => staging.add(line, &cells, &extra)?,
            Err((column, problem)) => {
                report.bad_count += 1;
                if report.bad.len() < TOLD {
                    report.bad.push(bad_row(job, Found { line, column: column.to_owned(), problem }));
                }
            }
        }
        if report.rows.is_multiple_of(PROGRESS) {
            progress(Progress::Reading(report.rows, reader.bytes()));
        }
    }
    report.cleaned = known.cleaned.get();
    Ok((reader.digest(), report))
}

fn unreadable(job: &Job<'_>, cause: &std::io::Error) -> Failure {
    Failure::Unreadable { file: job.file.to_owned(), problem: cause.to_string() }
}

fn header<R: Read>(reader: &mut Reader<R>, job: &Job<'_>) -> Result<Header, Failure> {
    let unreadable = |cause: std::io::Error| unreadable(job, &cause);
    let not_this = |problem: String| Failure::NotThis { file: job.file.to_owned(), problem };
    match reader.start().map_err(unreadable)? {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            return Err(not_this("the file is UTF-16: save it as CSV UTF-8".to_owned()));
        }
        [b'P', b'K', ..] => {
            return Err(not_this("the file is a spreadsheet or an archive: save it as CSV UTF-8".to_owned()));
        }
        _ => {}
    }
    match reader.next().map_err(unreadable)? {
        None => Err(not_this(format!(
            "the file is empty: its first line names the columns ({})",
            job.kind.columns().join(", ")
        ))),
        Some((_, Record::Unreadable(problem))) => Err(not_this(format!("the header line {problem}"))),
        Some((_, Record::Fields(fields))) => Header::read(job.kind, fields).map_err(not_this),
    }
}
