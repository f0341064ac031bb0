//! `import`.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::cli::arguments::Import;
use crate::cli::{Done, Outcome, Usage, heard, open_input, stamp, write_json};
use crate::desk::Desk;
use crate::desk::config::Settled;
use crate::desk::import::{Aim, BadRows, Ended, Job, Progress, Report, import as bring_in};
use crate::desk::names::several;

/// Brings a file in.
pub fn import(it: &Import, desk: &mut Desk, (settled, out): (&Settled, &mut dyn Write)) -> Outcome {
    if it.stamp.request_id.is_some() {
        let say = "import takes no --request-id: leave it out, for the same file again changes nothing";
        return Err(Usage(say.to_owned()).into());
    }
    let input = open_input(Some(&it.file))?;
    let file =
        if it.file == Path::new("-") { "standard input".to_owned() } else { it.file.display().to_string() };
    let editions = desk.shop().editions.clone();
    let job = Job {
        kind: it.kind,
        file: &file,
        editions: &editions,
        aim: if it.dry_run { Aim::DryRun } else { Aim::Merge },
        bad_rows: if it.keep_going { BadRows::KeepGoing } else { BadRows::RefuseAll },
        stamp: stamp(&it.stamp, settled)?.stamp,
    };
    let mut bar = Bar::new(&it.file);
    let report = bring_in(desk.repository(), &job, input, &mut |progress| bar.show(progress));
    bar.clear();
    let report = report?;
    heard(if it.stamp.json {
        write_json(out, &in_json(&report))
    } else {
        writeln!(out, "{}", in_words(&report, &file)).map_err(Into::into)
    })?;
    tell_bad_rows(&report);
    Ok(if report.bad_count == 0 { Done::Well } else { Done::Refused })
}

fn tell_bad_rows(report: &Report) {
    let mut err = std::io::stderr().lock();
    for bad in &report.bad {
        // Nobody reads a standard error that is closed.
        let _ = writeln!(err, "{bad}");
    }
    let more = report.bad_count.saturating_sub(report.bad.len() as u64);
    if more > 0 {
        let _ = writeln!(err, "and {}", several(more, "more bad row"));
    }
}

fn in_words(report: &Report, file: &str) -> String {
    let Report { rows, inserted, changed, unchanged, bad_count, conflicts, cleaned, .. } = report;
    let rows = several(*rows, "row");
    let mut more = vec![match report.ended {
        Ended::Merged => {
            format!("{file}: {rows}: {inserted} new, {changed} changed, {unchanged} as they were")
        }
        Ended::DryRun => format!("{file}: {rows} read, nothing written"),
        Ended::Refused => {
            format!("{file}: {rows}, nothing imported: correct the bad rows, or use --keep-going")
        }
    }];
    if *bad_count > 0 {
        more.push(format!("{bad_count} bad"));
    }
    if *conflicts > 0 {
        more.push(format!("{conflicts} in conflict with cases here (shown on the case)"));
    }
    if *cleaned > 0 {
        more.push(format!("{} cleaned of invisible characters", several(*cleaned, "cell")));
    }
    more.join(", ")
}

fn in_json(report: &Report) -> serde_json::Value {
    let bad: Vec<String> = report.bad.iter().map(ToString::to_string).collect();
    serde_json::json!({
        "ended": match report.ended { Ended::Merged => "merged", Ended::DryRun => "dry-run", Ended::Refused => "refused" },
        "rows": report.rows, "inserted": report.inserted, "changed": report.changed,
        "unchanged": report.unchanged, "bad": report.bad_count, "problems": bad,
        "conflicts": report.conflicts, "cleaned": report.cleaned,
    })
}

/// Progress on a terminal: one line that is written over.
struct Bar {
    shown: bool,
    on: bool,
    /// The file's size; none of a pipe.
    bytes: Option<u64>,
}

impl Bar {
    fn new(file: &Path) -> Self {
        let named = Some(file).filter(|file| *file != Path::new("-"));
        let known = named.and_then(|file| std::fs::metadata(file).ok()).filter(std::fs::Metadata::is_file);
        let bytes = known.map(|file| file.len());
        Self { shown: false, on: std::io::stderr().is_terminal(), bytes }
    }

    fn show(&mut self, progress: Progress) {
        if !self.on {
            return;
        }
        self.shown = true;
        let text = match progress {
            Progress::Reading(rows, bytes) => {
                let drawn = self.bytes.map_or_else(String::new, |total| filled(bytes, total));
                format!("reading  {drawn}{}", several(rows, "row"))
            }
            Progress::Checking => "checking against the registry".to_owned(),
            Progress::Merging(done, total) => format!("merging  {}{done} of {total}", filled(done, total)),
            Progress::Loading(done, all) => {
                format!("loading  {}step {done} of {all}", filled(done as u64, all as u64))
            }
        };
        // A bar that cannot be drawn is no reason to stop.
        let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// A bar of thirty places, as far filled as the work is done.
fn filled(done: u64, total: u64) -> String {
    let filled = usize::try_from(done.saturating_mul(30) / total.max(1)).unwrap_or(30).min(30);
    format!("[{}{}] ", "#".repeat(filled), ".".repeat(30 - filled))
}
