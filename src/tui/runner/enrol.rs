//! Plans at the counter, from the screens to the desk.

use crate::desk::enrol::Unit;
use crate::desk::{Act, Desk, Failure};
use crate::domain::facts::ProductGoes;
use crate::tui::effect::Answer;
use crate::tui::effect::enrol::{OnPlan, Standing, Told, Wish};
use crate::tui::runner::Clerk;

impl Clerk {
    /// Does what is wanted about a plan.
    pub(super) fn enrol(&mut self, wish: Wish) -> Answer {
        Answer::Enrol(match wish {
            Wish::See(unit, goes) => {
                let seen = self.with(String::new(), |desk, act| standing((desk, act), &unit, goes));
                Told::Standing(seen.map(Box::new))
            }
            Wish::Bind(unit, number, request) => {
                Told::Plan(self.with(request, |desk, act| desk.bind_plan(act, &unit, &number)).map(Box::new))
            }
            Wish::Extend(plan, plus, request) => {
                Told::Plan(self.with(request, |desk, act| desk.extend_plan(act, &plan, &plus)).map(Box::new))
            }
            Wish::GiveBack(plan, goes, request) => {
                Told::Plan(self.with(request, |desk, act| desk.return_plan(act, &plan, goes)).map(Box::new))
            }
            Wish::Notice(serial, kind, sent, request) => {
                let write = |desk: &mut Desk, act: &Act| desk.record_notice(act, (&serial, kind), sent);
                Told::Noticed(self.with(request, write))
            }
        })
    }
}

fn standing((desk, act): (&mut Desk, &Act), unit: &Unit, goes: ProductGoes) -> Result<Standing, Failure> {
    let enrolment = desk.bindable(act, unit)?;
    let plan = match enrolment.plan.as_deref() {
        Some(number) => Some(OnPlan {
            view: desk.plan(act, number)?,
            plus: desk.extendable(act, number)?,
            back: desk.returnable(act, number, goes)?,
        }),
        None => None,
    };
    Ok(Standing { enrolment, plan })
}
