//! Refusals of the desk as lines for a person, and what a scan does where no field takes it.

use crate::tui::effect::Sorry;
use crate::tui::scan::Scan;
use crate::tui::screen::{Destination, Want};
use crate::tui::widget::notice::Notice;
use crate::tui::widget::{Pasted, Reply};

/// A refusal: what is wrong, and what to do.
///
/// The desk's sentences say both, with a colon between them.
pub(super) fn notice(sorry: &Sorry) -> Notice {
    let say = capital(&sorry.say);
    match say.rsplit_once(": ") {
        Some((wrong, next)) => Notice::refused(wrong, &capital(next)),
        None => Notice::refused(&say, ""),
    }
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

/// What there is to say when a key went to a list.
pub(super) fn moved(reply: Reply) -> Vec<Want> {
    if reply == Reply::Ignored { useless() } else { Vec::new() }
}

/// A line for the person, where there is one.
pub(super) fn told(line: Option<Notice>) -> Vec<Want> {
    line.map(Want::Say).into_iter().collect()
}

/// What a screen says to a paste where nothing is typed.
pub(super) fn not_pasted() -> Vec<Want> {
    vec![Want::Say(Notice::refused(
        "The paste was not taken: nothing is typed here.",
        "Choose with the arrow keys or a letter; a question is answered by typing.",
    ))]
}

/// Says that a paste was not taken, or not all of it, where that is so.
pub(super) fn pasted(done: Pasted) -> Vec<Want> {
    match done {
        Pasted { left_out: 0, reply: Reply::Ignored } => not_pasted(),
        Pasted { left_out: 0, .. } => Vec::new(),
        Pasted { left_out, .. } => {
            let says = format!("The paste was too long: its last {left_out} characters are left out.");
            vec![Want::Say(Notice::refused(
                &says,
                "Read what is there now, and shorten it where it must be.",
            ))]
        }
    }
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
