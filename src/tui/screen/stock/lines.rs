//! The rows of the shelf's lists.

use crate::desk::shelf::{OldPart, Shelved};
use crate::paper::text::{cut, pad};
use crate::tui::effect::stock::Stocked;

/// From this width on there is room for more of the names.
const WIDE: u16 = 100;

/// The head of the list of what waits for the maker.
pub(super) const WAITING_HEAD: &str = "Serial          Product         Part       Case          Waits";

/// Its cells of serial, product, part and case.
const WAITING: [usize; 4] = [16, 16, 11, 14];

/// Cells of serial, product, part, state and shelf; the case takes what is left.
fn widths(width: u16) -> [usize; 5] {
    if width >= WIDE { [22, 24, 18, 22, 16] } else { [16, 17, 11, 12, 10] }
}

fn row(cells: &[&str], widths: &[usize]) -> String {
    cells.iter().zip(widths).map(|(cell, room)| pad(&cut(cell, room.saturating_sub(1)), *room)).collect()
}

pub(super) fn units_head(width: u16) -> String {
    row(&["Serial", "Product", "Part", "State", "Shelf"], &widths(width)) + "Case"
}

pub(super) fn unit(stocked: &Stocked, unit: &Shelved, width: u16) -> String {
    let place = unit.place.as_deref().unwrap_or("-");
    let (product, part) = (stocked.product(&unit.model), stocked.part(&unit.part));
    let state = if width >= WIDE { unit.state.words() } else { short(unit) };
    let cells = [&unit.serial, product, part, state, place];
    row(&cells, &widths(width)) + unit.case.as_deref().unwrap_or("")
}

/// The state in as few words as a narrow list has room for.
fn short(unit: &Shelved) -> &'static str {
    use crate::domain::stock::State;
    match unit.state {
        State::Reserved => "kept",
        State::Returned => "sent back",
        state => state.words(),
    }
}

/// What an old part is, where it came from and how long it waits.
pub(super) fn waiting(stocked: &Stocked, part: &OldPart) -> String {
    let late = if part.overdue { "  OVERDUE" } else { "" };
    let days = if part.days == 1 { "1 day".to_owned() } else { format!("{} days", part.days) };
    let serial = part.serial.as_deref().unwrap_or("no serial");
    let cells = [serial, stocked.product(&part.model), stocked.part(&part.part), &part.case];
    row(&cells, &WAITING) + &days + late
}

/// A unit that was set aside, in the same columns.
pub(super) fn aside(stocked: &Stocked, unit: &Shelved) -> String {
    let case = unit.case.as_deref().unwrap_or("-");
    let cells = [&unit.serial, stocked.product(&unit.model), stocked.part(&unit.part), case];
    row(&cells, &WAITING) + "set aside"
}

/// Whether every typed word stands somewhere in the line.
pub(super) fn fits(line: &str, typed: &str) -> bool {
    let line = line.to_lowercase();
    typed.to_lowercase().split_whitespace().all(|word| line.contains(word))
}
