//! `lookup`, `check` and `setup`.

use std::io::Write;

use crate::cli::arguments::{Check, Lookup, Setup};
use crate::cli::{Done, Outcome, stamp, write_json};
use crate::desk::card::{Inquiry, verdict_in_words};
use crate::desk::config::Settled;
use crate::desk::{Counter, Desk};
use crate::domain::serial::BadSerial;
use crate::paper::text::pad;

/// Finds devices.
pub fn lookup(it: &Lookup, desk: &mut Desk, out: &mut dyn Write) -> Outcome {
    let hits = desk.look_up(&it.text, it.limit)?;
    if it.format.json {
        write_json(out, &hits)?;
    } else if hits.is_empty() {
        let again = "try the serial, its last four characters, a name or a phone number";
        let why = BadSerial::nearly(&it.text).map_or_else(String::new, |bad| format!(" ({bad})"));
        writeln!(out, "nothing found{why}: {again}")?;
    } else {
        for hit in hits {
            let replaced = hit.replaced_by.map_or_else(String::new, |new| format!("  replaced by {new}"));
            writeln!(out, "{}  {}  {}{replaced}", pad(&hit.serial, 20), pad(&hit.model, 20), hit.why)?;
        }
    }
    Ok(Done::Well)
}

/// Decides what is open for a device.
pub fn check(it: &Check, desk: &mut Desk, (settled, out): (&Settled, &mut dyn Write)) -> Outcome {
    let act = stamp(&it.stamp, settled)?;
    let asked = Inquiry {
        cause: it.cause,
        parts: it.parts.clone(),
        damaged_on: it.damaged_on,
        owner: it.owner,
        ..Inquiry::today(&it.serial)
    };
    let decision = desk.check(&act, &asked)?;
    if it.stamp.json {
        write_json(out, &decision)?;
        return Ok(Done::Well);
    }
    writeln!(out, "{}", verdict_in_words(&decision))?;
    for finding in &decision.findings {
        let clauses: Vec<&str> = finding.clauses.iter().map(|clause| clause.as_str()).collect();
        writeln!(out, "  {:<4}  {} ({})", finding.outcome, finding.say, clauses.join(", "))?;
    }
    if let Some(answer) = decision.claim() {
        for choice in &answer.options {
            let because: Vec<&str> = choice.because.iter().map(|rule| rule.as_str()).collect();
            writeln!(out, "{:<16} {:<6} {}", choice.remedy, choice.open, because.join(", "))?;
        }
        if let Some(fee) = answer.fee {
            writeln!(out, "fee {fee}")?;
        }
    }
    Ok(Done::Well)
}

/// Names this counter.
pub fn setup(it: &Setup, desk: &mut Desk, (settled, out): (&Settled, &mut dyn Write)) -> Outcome {
    let act = stamp(&it.stamp, settled)?;
    let wanted = Counter { site: it.site.clone(), region: it.region.trim().to_uppercase(), till: it.till };
    let counter = desk.set_up(&act, &wanted)?;
    if it.stamp.json {
        let (site, region, till) = (counter.site, counter.region, counter.till);
        write_json(out, &serde_json::json!({ "site": site, "region": region, "till": till }))?;
    } else {
        writeln!(out, "this counter is {} in {}, till {}", counter.site, counter.region, counter.till)?;
    }
    Ok(Done::Well)
}
