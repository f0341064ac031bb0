//! `verify`: what is wrong with the database, if anything.

use std::io::Write;

use crate::cli::arguments::Format;
use crate::cli::{Done, Outcome, heard, write_json};
use crate::desk::names::several;
use crate::desk::{Desk, Shop};

/// Checks the database and says what is wrong.
pub fn run(format: Format, shop: &Shop, out: &mut dyn Write) -> Outcome {
    let file = shop.folder.join("caredesk.db");
    if !file.exists() {
        anyhow::bail!(
            "there is no database at {}: open the program once, or check --data-dir",
            file.display()
        );
    }
    let found = Desk::open_as_it_is(shop.clone())?.verify()?;
    heard(told(&found, format, out))?;
    Ok(if found.is_empty() { Done::Well } else { Done::Refused })
}

fn told(found: &[String], format: Format, out: &mut dyn Write) -> anyhow::Result<()> {
    if format.json {
        write_json(out, &serde_json::json!({ "ok": found.is_empty(), "problems": found }))?;
    } else if found.is_empty() {
        writeln!(out, "all is well: schema, integrity, the journal's chain, and its replay")?;
    } else {
        for problem in found {
            writeln!(out, "{problem}")?;
        }
        writeln!(
            out,
            "{}; nothing was repaired: restore a backup, or ask for help with this list",
            several(found.len() as u64, "problem")
        )?;
    }
    Ok(())
}
