//! What the registry says of a device, in lines: on its card, and beside the form of its case.

use chrono::NaiveDate;

use crate::desk::card::{Card, start_in_words};
use crate::domain::decision::PartCover;
use crate::domain::edition::Edition;

/// When and where it was bought, and when it was activated.
#[must_use]
pub fn bought(card: &Card) -> String {
    let (region, bought, activated) = &card.bought;
    let day = bought.as_deref().unwrap_or("day not known");
    let region =
        region.as_deref().map_or_else(|| "place not known".to_owned(), |region| format!("in {region}"));
    let activated = match activated.as_deref() {
        None => "activation not known".to_owned(),
        Some("never") => "never activated".to_owned(),
        Some(at) => format!("activated {}", at.get(..10).unwrap_or(at)),
    };
    format!("{day} {region} · {activated}")
}

/// The start of the warranty, then the parts that end together.
#[must_use]
pub fn warranty(card: &Card, edition: &Edition, today: NaiveDate) -> Vec<String> {
    let warranty = &card.warranty;
    let assumed = if card.warranty_assumed { " (usual terms: none is published)" } else { "" };
    let mut lines = vec![format!("{}{assumed}", start_in_words(warranty.start))];
    let mut ends: Vec<(String, Vec<&str>)> = Vec::new();
    for cover in &warranty.parts {
        let (end, name) = (end_of(cover, today), edition.part_name(&cover.part));
        match ends.iter_mut().find(|(known, _)| *known == end) {
            Some((_, names)) => names.push(name),
            None => ends.push((end, vec![name])),
        }
    }
    lines.extend(ends.iter().map(|(end, names)| format!("{} {end}", names.join(", "))));
    lines
}

/// Old → new, this one marked; nothing for a unit that was never replaced.
#[must_use]
pub fn chain(card: &Card) -> Option<String> {
    let one = |serial: &String| if *serial == card.serial { format!("[{serial}]") } else { serial.clone() };
    let all: Vec<String> = card.chain.iter().map(one).collect();
    (all.len() > 1).then(|| all.join(" → "))
}

fn end_of(cover: &PartCover, today: NaiveDate) -> String {
    let cycles = cover.below_cycles.map_or_else(String::new, |cycles| format!(", below {cycles} cycles"));
    match cover.last {
        Some(last) if last < today => format!("ended {last}"),
        Some(last) => format!("to {last}{cycles}"),
        None => format!("end not known{cycles}"),
    }
}
