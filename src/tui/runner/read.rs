//! The effects that only read, and the copies of papers.

use crate::desk::Desk;
use crate::desk::card::Card;
use crate::desk::print::{Kind, Printed};
use crate::domain::edition::Edition;
use crate::tui::effect::{Answer, Effect, Sorry};
use crate::tui::runner::{Clerk, sorry};

impl Clerk {
    /// Does an effect that changes nothing but the count of a paper's copies.
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
            Effect::Shelf(model) => Answer::Shelf(self.ask(|desk| desk.shelf(&model))),
            Effect::Paper(number, kind) => self.paper(&number, kind),
            Effect::Reprint(number, kind) => {
                written(self.with(String::new(), |desk, act| desk.reprint(act, &number, kind)))
            }
            other => Answer::Told(Sorry { guard: None, say: format!("nothing does {other:?}") }),
        }
    }

    /// A device's card, with the edition that decides about it.
    fn card(&mut self, serial: &str) -> Result<Option<Box<(Card, Edition)>>, Sorry> {
        let act = self.act(String::new())?;
        let desk = self.desk()?;
        let Some(card) = desk.card(&act, serial).map_err(sorry)? else { return Ok(None) };
        let editions = &desk.shop().editions;
        let named = card.plan.as_ref().and_then(|plan| editions.named(&plan.programme));
        let edition = named.unwrap_or_else(|| editions.on(act.stamp.at.date_naive())).clone();
        Ok(Some(Box::new((card, edition))))
    }

    fn paper(&mut self, number: &str, kind: Kind) -> Answer {
        written(self.ask(|desk| desk.paper(number, kind)))
    }
}

/// A paper for the screen, and its file beside it.
fn written(printed: Result<Printed, Sorry>) -> Answer {
    let failed = printed.as_ref().ok().and_then(|printed| Desk::file(printed).err()).map(sorry);
    Answer::Paper(printed, failed)
}
