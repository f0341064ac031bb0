//! What the forms of a case are filled in from: the device's card, its edition, and the case so far.

use chrono::NaiveDate;

use crate::desk::CaseView;
use crate::desk::card::Card;
use crate::domain::account::{quote_stands, quote_until};
use crate::domain::case::State;
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::day::parse_instant;
use crate::domain::edition::Edition;
use crate::domain::money::Currency;
use crate::domain::product::Part;
use crate::domain::region::Code;
use crate::tui::screen::sorry::capital;
use crate::tui::screen::{Seen, days};

/// The ground of a form; lists come out in the same order every time, so that a number names a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct About<'a> {
    pub card: &'a Card,
    pub edition: &'a Edition,
    pub view: Option<&'a CaseView>,
    pub seen: &'a Seen<'a>,
}

impl<'a> About<'a> {
    /// The price that the customer was told and has not paid for good: its first day, its last where it has one.
    fn quote(&self) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let view = self.view.filter(|view| view.state == State::Chosen.as_str())?;
        let quoted = parse_instant(view.quoted_at.as_deref()?).ok()?.date_naive();
        Some((quoted, quote_until(quoted, self.edition.settings.quote_valid_days)))
    }

    /// The last day of the price that the customer was told, where it has one.
    pub fn quote_until(&self) -> Option<NaiveDate> {
        self.quote()?.1
    }

    /// Why the price that the customer was told does not stand any more; nothing while it does.
    pub fn run_out(&self) -> Option<String> {
        let valid = self.edition.settings.quote_valid_days;
        let refused = quote_stands(self.quote()?.0, self.today(), valid).err()?;
        Some(format!("{} (F4, m)", capital(&refused.say)))
    }

    /// The desk's day.
    pub fn today(&self) -> NaiveDate {
        self.seen.now.date_naive()
    }

    /// The days that are meant most often, for a day's list.
    pub fn days(&self) -> Vec<(String, String)> {
        days::lately(self.today())
    }

    /// Tells whether a text is an amount of the money this case is in.
    pub fn is_amount(&self, text: &str) -> bool {
        let fee = self.view.and_then(|view| view.fee).map(|fee| fee.currency);
        amount(text, fee.into_iter().chain(self.currencies()))
    }

    /// Tells whether a text is an amount of the centre's own money.
    pub fn is_price(&self, text: &str) -> bool {
        amount(text, self.currencies().into_iter().rev())
    }

    /// The currencies of the plan and of the centre, where they have one.
    fn currencies(&self) -> Vec<Currency> {
        let plan = self.card.plan.as_ref().map(|plan| plan.region.as_str());
        let counter = self.seen.shop.counter.as_ref().map(|counter| counter.region.as_str());
        let code = |text: &str| text.parse::<Code>().ok();
        let regions = [plan, counter].into_iter().flatten().filter_map(code);
        regions.filter_map(|code| self.edition.region(code).currency()).collect()
    }

    /// The parts this model has, in the edition's order; all parts where the model is not in it.
    pub fn parts(&self) -> Vec<&'a Part> {
        let all = self.edition.parts.iter().map(|(part, _)| part);
        let Some(model) = self.edition.model(&self.card.model) else { return all.collect() };
        let carried = |part: &Part| model.carrying.as_ref() == Some(part);
        let of_model: Vec<_> = all
            .clone()
            .filter(|part| carried(part) || model.replaces(part) || model.warranty_on(part).is_some())
            .collect();
        if of_model.is_empty() { all.collect() } else { of_model }
    }

    /// The parts as they are ticked: with a mark where the plan replaces them.
    pub fn part_labels(&self) -> Vec<String> {
        let model = self.edition.model(&self.card.model);
        let plan = |part: &Part| self.card.plan.is_some() && model.is_some_and(|model| model.replaces(part));
        let label = |part: &Part| {
            let mark = if plan(part) { " (plan)" } else { "" };
            format!("{}{mark}", self.edition.part_name(part))
        };
        self.parts().into_iter().map(label).collect()
    }

    /// The lines of these parts among the ticks.
    pub fn lines_of(&self, ids: &[String]) -> Vec<usize> {
        let parts = self.parts();
        let at = |id: &String| parts.iter().position(|part| part.as_str() == id);
        ids.iter().filter_map(at).collect()
    }

    /// The ids of ticked lines.
    pub fn parts_at(&self, lines: &[usize]) -> Vec<String> {
        let parts = self.parts();
        lines.iter().filter_map(|at| parts.get(*at)).map(|part| part.as_str().to_owned()).collect()
    }

    /// The part that carries the serial.
    pub fn carrying(&self) -> Vec<String> {
        let model = self.edition.model(&self.card.model);
        model
            .and_then(|model| model.carrying.as_ref())
            .map(|part| part.as_str().to_owned())
            .into_iter()
            .collect()
    }

    /// Part ids in words.
    pub fn part_names(&self, ids: &[String]) -> String {
        let name = |id: &String| match self.edition.part(id) {
            Some(part) => self.edition.part_name(part).to_owned(),
            None => id.clone(),
        };
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// A cause in words.
    pub fn cause_name(&self, cause: Cause) -> &'a str {
        self.edition.causes.get(&cause).map_or(cause.as_str(), |route| route.name.as_str())
    }

    /// The causes in words.
    pub fn cause_names(&self) -> Vec<String> {
        Cause::ALL.iter().map(|cause| self.cause_name(*cause).to_owned()).collect()
    }

    /// The channels this centre's region offers. Clause C31.
    pub fn channels(&self) -> Vec<Channel> {
        let region = self.seen.shop.counter.as_ref().and_then(|counter| counter.region.parse::<Code>().ok());
        match region {
            Some(code) => self.edition.channels(self.edition.region(code)),
            None => Channel::ALL.to_vec(),
        }
    }
}

/// Tells whether a text is an amount of the first currency; without a known one the desk says what is wrong.
fn amount(text: &str, mut currencies: impl Iterator<Item = Currency>) -> bool {
    currencies.next().is_none_or(|currency| currency.amount(text).is_ok())
}

/// Where a value stands in its list.
pub(super) fn place<T: PartialEq>(all: &[T], one: &T) -> usize {
    all.iter().position(|other| other == one).unwrap_or(0)
}

/// Who brings it, in words.
pub(super) const fn owner_name(owner: Owner) -> &'static str {
    match owner {
        Owner::Same => "same person as the plan's owner",
        Owner::Other => "other person",
        Owner::Unverified => "not checked yet",
    }
}

/// Every way of bringing it, in words.
pub(super) fn owner_names() -> Vec<String> {
    Owner::ALL.iter().map(|owner| owner_name(*owner).to_owned()).collect()
}

/// A channel in words.
pub(super) const fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Swift => "swift: walks in, goes home with it",
        Channel::Quick => "quick: replaced as soon as received",
        Channel::Online => "online: sent in",
    }
}
