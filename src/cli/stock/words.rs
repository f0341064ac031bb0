//! The shelf in words: a line a unit.

use crate::desk::shelf::{Counted, OldPart, Packed, Packing, Shelved};
use crate::paper::text::pad;

pub(super) fn unit(it: &Shelved) -> String {
    let place = it.place.as_deref().unwrap_or("-");
    let case = it.case.as_ref().map_or_else(String::new, |case| format!("  case {case}"));
    let (serial, model, part) = (pad(&it.serial, 20), pad(&it.model, 20), pad(&it.part, 12));
    let odd = it.advice.as_ref().map_or_else(String::new, |advice| format!("  check the product: {advice}"));
    format!("{serial}  {model}  {part}  {:<10}  {place}{case}{odd}\n", it.state)
}

#[expect(clippy::ptr_arg, reason = "the answer is a list as it stands")]
pub(super) fn units(list: &Vec<Shelved>) -> String {
    if list.is_empty() { "no unit\n".to_owned() } else { list.iter().map(unit).collect() }
}

#[expect(clippy::ptr_arg, reason = "the answer is a list as it stands")]
pub(super) fn parts(list: &Vec<OldPart>) -> String {
    let line = |it: &OldPart| {
        let late = if it.overdue { "  OVERDUE" } else { "" };
        let (serial, part) = (it.serial.as_deref().unwrap_or("-"), pad(&it.part, 12));
        format!("{}  {}  {part}  {}  {} days{late}\n", it.case, pad(serial, 20), pad(&it.model, 20), it.days)
    };
    if list.is_empty() { "nothing waits for the maker\n".to_owned() } else { list.iter().map(line).collect() }
}

pub(super) fn counted(it: &Counted) -> String {
    let list = |name: &str, list: &[String]| format!("{name:<8} {:>3}  {}\n", list.len(), list.join(" "));
    let says = it.says.iter().map(|say| format!("{say}\n")).collect::<Vec<_>>().concat();
    let lists =
        [("here", &it.here), ("missing", &it.missing), ("found", &it.found), ("strange", &it.strange)];
    format!("{}: {} scanned\n", it.place, it.scanned)
        + &lists.map(|(name, serials)| list(name, serials)).concat()
        + &says
}

pub(super) fn packing(it: &Packing) -> String {
    let line = |line: &Packed| {
        let case = line.case.as_ref().map_or_else(String::new, |case| format!("  case {case}"));
        let serial = pad(line.serial.as_deref().unwrap_or("-"), 20);
        format!("{serial}  {}  {}{case}\n", pad(&line.model, 20), pad(&line.part, 12))
    };
    format!("packing list {}\n{}", it.packing, it.lines.iter().map(line).collect::<String>())
}
