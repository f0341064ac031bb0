//! The steps of a case beside its straight way, done by the desk.

use crate::desk::{Act, CaseView, Desk, Failure};
use crate::tui::effect::deed::Deed;

/// Does it, and gives the case as it is afterwards.
pub(in crate::tui) fn carry_out(
    desk: &mut Desk,
    act: &Act,
    (number, deed): (&str, &Deed),
) -> Result<CaseView, Failure> {
    match deed {
        Deed::ChangeMind(reason) => desk.change_mind(act, number, reason.as_deref()),
        Deed::Work => desk.work(act, number),
        Deed::Finish(result) => desk.finish(act, number, result),
        Deed::Hold(reason) => desk.hold(act, number, reason),
        Deed::Unhold(reason) => desk.unhold(act, number, reason.as_deref()),
        Deed::HandOver(serial) => desk.hand_over(act, number, serial),
        Deed::Cancel(reason) => desk.cancel(act, number, reason),
        Deed::Refund(back) => desk.refund(act, number, back),
        Deed::Bring(parts) => desk.bring(act, number, parts),
        Deed::LetGo(by, reason) => desk.waive_parts(act, number, (by, reason)),
        Deed::Void(void) => desk.void(act, number, void),
        Deed::Reopen(again) => desk.reopen(act, number, again),
        Deed::Keep(serial) => {
            desk.keep(act, serial, number)?;
            desk.case(number)
        }
        Deed::Free(serial) => {
            desk.free_from(act, serial, number)?;
            desk.case(number)
        }
    }
}
