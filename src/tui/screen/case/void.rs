//! Before and after of a hand-out that is taken back, and the question about it.

use crate::desk::CaseView;
use crate::tui::widget::confirm::{Question, Row};

/// Help for its form.
pub(super) const HELP: &[&str] = &[
    "A hand-out is taken back: the replacement is given back to the plan, the plan to its serial (C26).",
    "Scan every unit that came back; write lost for one that nobody has. The money goes back too.",
    "A second person agrees. Before and after are shown, and the last four characters are asked.",
];

/// The question; none when no serial can be asked for. `back` is what was scanned, or the word for lost units.
pub(super) fn question(view: &CaseView, back: &str) -> Option<Question> {
    let bound = view.plan_serial.clone().unwrap_or_else(|| view.serial.clone());
    let moved = view.units.iter().any(|unit| unit.serial == bound);
    let after = if moved { view.serial.clone() } else { bound.clone() };
    Some(Question {
        title: format!("Take the hand-out of case {} back?", view.number),
        rows: rows(view, (&bound, &after), back),
        serial: after.parse().ok()?,
    })
}

fn rows(view: &CaseView, (bound, after): (&str, &str), back: &str) -> Vec<Row> {
    let row =
        |label, before: &str, after: &str| Row { label, before: before.to_owned(), after: after.to_owned() };
    let stays = format!("{after} (unchanged)");
    let mut rows = vec![row("Serial", bound, if bound == after { &stays } else { after })];
    if let Some(left) = view.balance {
        rows.push(row("Left on the plan", &left.to_string(), &left.saturating_add(1).to_string()));
    }
    let scanned: Vec<String> = back.split_whitespace().map(str::to_uppercase).collect();
    for unit in &view.units {
        let here = scanned.contains(&unit.serial.to_uppercase());
        let becomes = if here { "here, set aside" } else { "lost" };
        rows.push(row("Unit", &format!("{}, out", unit.serial), becomes));
    }
    if let Some(paid) = view.paid.filter(|paid| paid.minor > 0) {
        rows.push(row("Paid", &paid.to_string(), "paid back"));
    }
    rows.push(row("The case", "handed over", "assessed: choose again"));
    rows
}
