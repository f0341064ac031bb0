//! `paper`: prints a paper to standard output, into a file or on the printer.

use std::io::Write;

use crate::cli::arguments::{Paper, Wanted as Kind};
use crate::cli::{Done, Outcome, stamp, write_json};
use crate::desk::Desk;
use crate::desk::config::Settled;
use crate::desk::print::printer::LIMIT;
use crate::desk::print::{About, Printed, Stage, Wanted};
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
    let deliver = |printed: &Printed| {
        if way != Way::Text {
            Desk::file(&filed(it, printed.clone()))?;
        }
        Ok(if it.print { printing.printer.send(&printed.text, LIMIT).err() } else { None })
    };
    let made = desk.print_out(&act, (&about(it), wanted), deliver);
    let (printed, trouble) = made?;
    let printed = filed(it, printed);
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

fn about(it: &Paper) -> About {
    let subject = it.subject.clone();
    match it.kind {
        Kind::Case(kind) => About::Case(subject, kind),
        Kind::Day => About::Day(subject),
        Kind::Packing => About::Packing(subject),
    }
}

/// The paper in the file that was asked for.
fn filed(it: &Paper, printed: Printed) -> Printed {
    Printed { file: it.out.clone().unwrap_or(printed.file), ..printed }
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
