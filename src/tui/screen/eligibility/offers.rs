//! Whether a case can be begun from the eligibility of a device, and why not.

use crate::tui::key::Action;
use crate::tui::screen::Seen;
use crate::tui::screen::eligibility::Known;
use crate::tui::widget::footer::Offer;

/// The new case, or why there can be none.
pub(super) fn new_case(known: &Known, seen: &Seen<'_>) -> Offer {
    let open = known.card.cases.iter().find(|(_, state, _)| state.open());
    let newest = known.card.chain.last().filter(|newest| **newest != known.card.serial);
    match (seen.shop.counter.is_none(), newest, open) {
        (true, _, _) => Offer::no(Action::NewCase, "This counter has no name yet: give it one with Ctrl+G 0"),
        (false, Some(newest), _) => Offer::no(
            Action::NewCase,
            format!("This unit was replaced and is retired: take the case on {newest}"),
        ),
        (false, None, Some((number, _, _))) => {
            Offer::no(Action::NewCase, format!("Case {number} is open on this device: find it in the queue"))
        }
        (false, None, None) => Offer::yes(Action::NewCase),
    }
}
