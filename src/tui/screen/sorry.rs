//! Refusals of the desk as lines for a person, and what a scan does where no field takes it.

use crate::paper::text;
use crate::tui::effect::Sorry;
use crate::tui::scan::Scan;
use crate::tui::screen::{Destination, Want};
use crate::tui::widget::notice::Notice;

/// Cells of a message line that are certain to be seen.
const ROOM: usize = 74;

/// A refusal in two lines: what is wrong, and what to do.
///
/// The desk's sentences say both, with a colon between them; what is too long for one line goes on in the next.
pub(super) fn notice(sorry: &Sorry) -> Notice {
    let say = capital(&sorry.say);
    if let Some((wrong, next)) = say.rsplit_once(": ")
        && text::width(wrong) <= ROOM
        && text::width(next) <= ROOM
    {
        return Notice::refused(wrong, &capital(next));
    }
    let mut lines = text::wrap(&say, ROOM).into_iter();
    let first = lines.next().unwrap_or_default();
    Notice::refused(&first, &lines.collect::<Vec<_>>().join(" "))
}

/// A sentence with its first letter large.
pub(super) fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a screen says to a key that it has no use for.
pub(super) fn useless() -> Vec<Want> {
    vec![Want::Say(Notice::refused(
        "This key does nothing on this screen.",
        "F1 says what can be done here, Ctrl+G shows all commands.",
    ))]
}

/// Follows a scan that is of no use on this screen to where it is.
pub(super) fn scanned_elsewhere(scan: &Scan) -> Vec<Want> {
    match scan {
        Scan::Serial(serial) => vec![Want::Open(Destination::Lookup(serial.to_string()))],
        Scan::Case(number) => vec![Want::Open(Destination::Case(number.clone()))],
        Scan::Stock(label) => {
            let says = format!("{label} is a stock label: it is scanned when a replacement is handed out.");
            vec![Want::Say(Notice::refused(&says, "Scan the serial of the customer's unit."))]
        }
    }
}
