//! `paper`: prints a paper to standard output, into a file or on the printer.

use std::io::Write;

use crate::cli::arguments::{Paper, Wanted as Kind};
use crate::cli::{Done, Outcome, answered, stamp, write_json};
use crate::desk::config::Settled;
use crate::desk::print::printer::LIMIT;
use crate::desk::print::{Printed, Stage, Wanted};
use crate::desk::{Act, Desk, Failure};
use crate::domain::event::Way;

/// Prints a paper.
pub fn run(it: &Paper, desk: &mut Desk, (settled, out): (&Settled, &mut dyn Write)) -> Outcome {
    let act = stamp(&it.stamp, settled)?;
    let printing = settled.printing();
    let way = match (it.print, &it.out) {
        (true, _) => Way::Printer,
        (false, Some(_)) => Way::File,
        (false, None) => Way::Text,
    };
    let wanted = Wanted { width: it.width.unwrap_or(printing.width), way };
    let mut printed = answered(made(it, desk, (&act, wanted)), it.stamp.json, out)?;
    if let Some(file) = &it.out {
        printed.file.clone_from(file);
    }
    if way != Way::Text {
        answered(Desk::file(&printed), it.stamp.json, out)?;
    }
    let trouble = if it.print { printing.printer.send(&printed.text, LIMIT).err() } else { None };
    let trouble = trouble.map(|trouble| {
        let (kind, file) = (it.kind.as_str(), printed.file.display());
        format!(
            "printer: {trouble}; the paper is kept in {file}, print it again with `caredesk paper {kind} {} --print`",
            it.subject
        )
    });
    if it.stamp.json {
        write_json(out, &in_json(it, (&printed, way), trouble.as_deref()))?;
    } else if way == Way::Text {
        out.write_all(printed.text.as_bytes())?;
    } else if way == Way::File {
        writeln!(out, "written to {}", printed.file.display())?;
    } else if trouble.is_none() {
        writeln!(out, "printed; the text is in {}", printed.file.display())?;
    }
    let Some(trouble) = trouble else { return Ok(Done::Well) };
    // The paper is made and kept: only its printing came to nothing.
    let _ = writeln!(std::io::stderr(), "caredesk: {trouble}");
    Ok(Done::Refused)
}

fn made(it: &Paper, desk: &mut Desk, (act, wanted): (&Act, Wanted)) -> Result<Printed, Failure> {
    match it.kind {
        Kind::Case(kind) => desk.print(act, &it.subject, (kind, wanted)),
        Kind::Day => desk.print_day(act, &it.subject, wanted),
        Kind::Packing => desk.print_packing(act, &it.subject, wanted),
    }
}

fn in_json(it: &Paper, (printed, way): (&Printed, Way), trouble: Option<&str>) -> serde_json::Value {
    let copy = match printed.stage {
        Stage::Draft | Stage::Original => 0,
        Stage::Copy(copy) => copy,
    };
    let file = (way != Way::Text).then(|| printed.file.display().to_string());
    let mut answer = serde_json::json!({
        "case": it.subject, "paper": it.kind.as_str(), "width": printed.width.cells(), "copy": copy,
        "file": file, "text": printed.text, "way": way,
    });
    if let (Some(say), Some(object)) = (trouble, answer.as_object_mut()) {
        object.insert("error".to_owned(), serde_json::json!({ "say": say }));
    }
    answer
}
