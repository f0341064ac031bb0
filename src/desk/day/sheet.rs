//! A day's figures in the words of its sheet.

use crate::desk::day::{Day, Seconded};
use crate::domain::money::Money;
use crate::paper::{DaySheet, Head};

/// The sheet's values; `name` tells a model's name.
pub(super) fn values((site, practice): (String, bool), day: &Day, name: impl Fn(&str) -> String) -> DaySheet {
    let count = |label: &str, number: u32| (label.to_owned(), number.to_string());
    let replacements = day.replacements.iter().map(|line| {
        let which = match line.source.as_str() {
            "plus" => "plus".to_owned(),
            _ => format!("number {}", line.ordinal),
        };
        [name(&line.model), which, line.count.to_string()]
    });
    DaySheet {
        head: Head { site, case: None, at: day.day.to_string(), practice },
        day: format!("{} ({})", day.day, day.state),
        counts: vec![
            count("Cases opened", day.opened),
            count("Units taken in", day.received),
            count("Replacements", day.issued),
            count("Handed over", day.handed_over),
            count("Cases closed", day.closed),
            count("Cancelled", day.cancelled),
            count("No-shows", day.no_shows),
        ],
        replacements: replacements.collect(),
        money: money(day),
        watched: watched(day),
        shelf: shelf(day),
        owed: day.parts_owed.iter().map(|owed| (owed.case.clone(), owed.parts.join(", "))).collect(),
        open: day.to_explain.clone(),
        explained: day.explained.clone().unwrap_or_default(),
        journal: journal(day),
    }
}

/// The journal's newest line when the day was closed. On an open day's sheet it would never be the same twice,
/// because every print is a line itself.
fn journal(day: &Day) -> String {
    match &day.head {
        Some(head) if day.state == "closed" => {
            format!("line {}, {}", head.seq, head.hash.get(..16).unwrap_or("-"))
        }
        Some(_) | None => "open, so far".to_owned(),
    }
}

fn money(day: &Day) -> Vec<[String; 4]> {
    let row = |(method, sums): (&String, &crate::desk::day::Amounts)| {
        let show = |minor| Money { minor, currency: sums.currency }.to_string();
        [method.clone(), show(sums.taken), show(sums.refunded), show(sums.net)]
    };
    day.money.iter().map(row).collect()
}

fn watched(day: &Day) -> Vec<[String; 4]> {
    let second = |what: &str, it: &Seconded| {
        [what.to_owned(), it.case.clone(), format!("{} and {}", it.who, it.by), it.reason.clone()]
    };
    let waived = day.waivers.iter().map(|waiver| {
        [format!("waived {}", waiver.amount), waiver.case.clone(), waiver.who.clone(), waiver.reason.clone()]
    });
    waived
        .chain(day.parts_waived.iter().map(|it| second("parts waived", it)))
        .chain(day.overrides.iter().map(|it| second("overridden", it)))
        .chain(day.voids.iter().map(|it| second("taken back", it)))
        .chain(day.reopened.iter().map(|it| second("reopened", it)))
        .collect()
}

fn shelf(day: &Day) -> Vec<(String, String)> {
    let stock = day.stock;
    [
        ("At the start", stock.start),
        ("Came in", stock.came),
        ("Came back", stock.back),
        ("Found", stock.found),
        ("Handed out", -stock.issued),
        ("Missing", -stock.missing),
        ("To the maker", -stock.shipped),
        ("At the end", stock.end),
    ]
    .into_iter()
    .map(|(label, units)| (label.to_owned(), units.to_string()))
    .collect()
}
