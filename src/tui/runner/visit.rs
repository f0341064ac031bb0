//! The line and the appointments, from the screens to the desk.

use crate::tui::effect::Answer;
use crate::tui::effect::visit::{Told, Wish};
use crate::tui::runner::Clerk;

impl Clerk {
    /// Does what is wanted about the line or an appointment.
    pub(super) fn visit(&mut self, wish: Wish) -> Answer {
        Answer::Visit(match wish {
            Wish::Line(day) => Told::Line(self.ask(|desk| desk.line(day))),
            Wish::Slots(day) => {
                let free = self.with(String::new(), |desk, act| desk.free_slots(&act.stamp, day));
                Told::Slots(day, free)
            }
            Wish::Book(case, slot, request) => {
                Told::Done(self.with(request, |desk, act| desk.book(act, &case, slot)))
            }
            Wish::Move(case, slot, request) => {
                Told::Done(self.with(request, |desk, act| desk.move_visit(act, &case, slot)))
            }
            Wish::CallOff(case, request) => {
                Told::Done(self.with(request, |desk, act| desk.cancel_visit(act, &case)))
            }
            Wish::NoShow(case, request) => {
                Told::Done(self.with(request, |desk, act| desk.no_show(act, &case)))
            }
        })
    }
}
