//! `export`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Context;

use crate::cli::arguments::{Export, Exported};
use crate::cli::{Done, Outcome, Usage};
use crate::desk::records::Form;
use crate::desk::{Desk, export as records};

/// Writes records as CSV: a file appears whole or not at all.
pub fn export(it: &Export, desk: &mut Desk, out: &mut dyn Write) -> Outcome {
    let Some(path) = it.file.as_deref().filter(|file| *file != Path::new("-")) else {
        let mut out = BufWriter::new(out);
        write(it, desk, &mut out)?;
        out.flush()?;
        return Ok(Done::Well);
    };
    let cannot = || format!("cannot write {}: check the folder", path.display());
    let unfinished = path.with_extension("unfinished");
    let mut file = BufWriter::new(File::create(&unfinished).with_context(cannot)?);
    write(it, desk, &mut file)?;
    file.into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .and_then(|file| file.sync_all())
        .with_context(cannot)?;
    std::fs::rename(&unfinished, path).with_context(cannot)?;
    Ok(Done::Well)
}

fn write(it: &Export, desk: &mut Desk, out: &mut dyn Write) -> anyhow::Result<()> {
    match it.kind {
        Exported::Registry(kind) if it.format != Form::Csv => {
            let say = format!("{kind} are written as csv only: leave --format away");
            return Err(Usage(say).into());
        }
        Exported::Registry(kind) => drop(records::export(desk.repository(), kind, out)?),
        Exported::Cases => desk.export_cases(it.format, out)?,
        Exported::Journal => desk.export_journal(it.format, out)?,
    }
    Ok(())
}
