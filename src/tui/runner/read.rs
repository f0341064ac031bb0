//! The effects that only read, and the copies of papers.

use std::sync::Arc;

use crate::desk::{Act, Desk};
use crate::domain::edition::Edition;
use crate::tui::effect::{Answer, Effect, Ground, Sorry};
use crate::tui::runner::{Clerk, Open, shut};

impl Clerk {
    /// Does an effect that changes nothing but papers.
    ///
    /// Those that change more, or are answered later, have been taken out before.
    pub(super) fn read(&mut self, effect: Effect) -> Answer {
        match effect {
            Effect::Card(serial) => {
                let card = self.card(&serial);
                Answer::Card(serial, card)
            }
            Effect::Check(asked) => {
                let decision = self.with(String::new(), |desk, act| desk.check(act, &asked));
                Answer::Checked(Box::new(asked), decision.map(Box::new))
            }
            Effect::Case(number) => Answer::Case(self.ask(|desk| desk.case(&number)).map(Box::new)),
            Effect::BeforeIssue(number, units) => {
                Answer::Before(self.with(String::new(), |desk, act| desk.before_issue(act, &number, &units)))
            }
            Effect::PrintWhy(serial, decision) => {
                let printed = self.with(String::new(), |desk, act| desk.print_why(act, (&serial, &decision)));
                Answer::Paper(printed, None)
            }
            Effect::Shelf(number) => {
                Answer::Shelf(self.with(String::new(), |desk, act| desk.shelf(act, &number)))
            }
            Effect::Papers(number) => {
                Answer::Papers(self.with(String::new(), |desk, act| desk.papers(act, &number)))
            }
            Effect::Paper(number, kind, width) => {
                let width = width.unwrap_or(self.printing.width);
                let look = |desk: &mut Desk, act: &Act| desk.look_at(act, &number, (kind, width));
                Answer::Paper(self.with(String::new(), look), None)
            }
            Effect::Stock(ask) => Answer::Stock(self.stock(ask)),
            Effect::Day(day) => Answer::Day(self.day(day)),
            Effect::CloseDay(day, explained, request) => {
                Answer::DayClosed(self.close_day((day, &explained), request).map(Box::new))
            }
            Effect::Sheet(which, width) => Answer::Paper(self.sheet(&which, width), None),
            _ => Answer::Told(Sorry { guard: None, say: "nothing does this".to_owned() }),
        }
    }

    /// A device's card, with the edition that decides about it.
    fn card(&mut self, serial: &str) -> Result<Option<Box<Ground>>, Sorry> {
        let act = self.act(String::new())?;
        let Some(Open { desk, .. }) = &mut self.open else { return Err(shut()) };
        let Some(card) = desk.card(&act, serial).map_err(Sorry::from)? else { return Ok(None) };
        let editions = &desk.shop().editions;
        let named = card.plan.as_ref().and_then(|plan| editions.named(&plan.programme));
        let edition = named.unwrap_or_else(|| editions.on(act.stamp.at.date_naive()));
        Ok(Some(Box::new((card, shared(&mut self.editions, edition)))))
    }
}

/// The one copy of an edition that all cards share: it holds some hundred texts.
fn shared(known: &mut Vec<Arc<Edition>>, edition: &Edition) -> Arc<Edition> {
    if let Some(there) = known.iter().find(|there| there.id == edition.id) {
        return Arc::clone(there);
    }
    let first = Arc::new(edition.clone());
    known.push(Arc::clone(&first));
    first
}
