//! The rest of a case's life, from the command line to the desk.

use crate::cli::arguments::Life;
use crate::cli::case::filed;
use crate::desk::life::{Again, Void};
use crate::desk::pay::MoneyBack;
use crate::desk::print::Kind;
use crate::desk::receive::Intake;
use crate::desk::{Act, CaseView, Desk, Failure};

/// Does one step.
pub fn run(step: Life, desk: &mut Desk, act: &Act) -> Result<CaseView, Failure> {
    match step {
        Life::ChangeMind(it) => desk.change_mind(act, &it.plain.case, it.reason.as_deref()),
        Life::Work(it) => desk.work(act, &it.plain.case),
        Life::Hold(it) => desk.hold(act, &it.plain.case, &it.reason.unwrap_or_default()),
        Life::Unhold(it) => desk.unhold(act, &it.plain.case, it.reason.as_deref()),
        Life::Finish { result, plain } => desk.finish(act, &plain.case, &result),
        Life::Tell(plain) => desk.tell(act, &plain.case),
        Life::Refund(it) => {
            let back = MoneyBack { method: it.method, amount: it.amount, reason: it.reason };
            desk.refund(act, &it.plain.case, &back)
        }
        Life::HandOver { serial, plain } => desk.hand_over(act, &plain.case, &serial),
        Life::Cancel(it) => desk.cancel(act, &it.plain.case, &it.reason.unwrap_or_default()),
        Life::Void(it) => {
            let wish = Void { by: it.agreed.by, reason: it.agreed.reason, units: it.units };
            desk.void(act, &it.agreed.plain.case, &wish)
        }
        Life::Reopen(it) => {
            let (parts, owner, condition) = (it.parts, it.owner, it.condition);
            let intake = it.serial.map(|serial| Intake { serial, parts, owner, condition });
            let wish = Again { by: it.agreed.by, reason: it.agreed.reason, intake };
            let reopen = |desk: &mut Desk| desk.reopen(act, &it.agreed.plain.case, &wish);
            if wish.intake.is_some() { filed(desk, Kind::Slip, reopen) } else { reopen(desk) }
        }
        Life::Bring { parts, plain } => desk.bring(act, &plain.case, &parts),
        Life::WaiveParts(it) => desk.waive_parts(act, &it.plain.case, (&it.by, &it.reason)),
    }
}
