//! What scans and keys do to the list of units, and what the desk says to it.

use crate::desk::shelf::{Coming, Counted, Delivery};
use crate::domain::writing::Writing;
use crate::tui::effect::stock::{Ask as Wish, Said, Stocked};
use crate::tui::effect::{Effect, Sorry};
use crate::tui::key::Action;
use crate::tui::screen::Want;
use crate::tui::screen::sorry::{notice, useless};
use crate::tui::screen::stock::batch::{BatchPage, Finishing, words};
use crate::tui::screen::stock::saved::{Job, Saved};
use crate::tui::widget::ask::Ask;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::confirm;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::notice::Notice;

impl BatchPage {
    pub(super) fn typed(&self) -> Saved {
        let product = self.form.chosen(0).and_then(|at| self.stocked.products.get(at));
        let part = product.zip(self.form.chosen(1)).and_then(|(product, at)| product.parts.get(at));
        let receives = self.job == Job::Receive;
        Saved {
            job: self.job,
            product: product.filter(|_| receives).map(|product| product.id.clone()).unwrap_or_default(),
            part: part.filter(|_| receives).map(|(id, _)| id.clone()).unwrap_or_default(),
            place: self.form.text(self.shelf()).to_owned(),
            typed: self.form.text(self.unit()).to_owned(),
            units: self.units.clone(),
        }
    }

    /// Makes the form anew, filled in; the parts to choose from are those of the product.
    pub(super) fn build(&mut self, with: &Saved, at: usize) {
        let mut entries = Vec::new();
        if self.job == Job::Receive {
            let products = &self.stocked.products;
            let chosen = products.iter().position(|product| product.id == with.product);
            let names = products.iter().map(|product| product.name.clone()).collect();
            let parts = chosen.and_then(|at| products.get(at)).map_or(&[][..], |product| &product.parts);
            let part = parts.iter().position(|(id, _)| *id == with.part).unwrap_or(0);
            let part_names = parts.iter().map(|(_, name)| name.clone()).collect();
            entries
                .push(Entry::Choice(Choice::new("Product", names).with_chosen(chosen.unwrap_or(usize::MAX))));
            entries.push(Entry::Choice(Choice::new("Part", part_names).with_chosen(part)));
            self.product = chosen;
        }
        let standing = Field::new("Shelf", Writing::Shelf.most())
            .with_text(&with.place)
            .with_values(self.stocked.places());
        entries.push(Entry::Text(standing));
        entries.push(Entry::Text(Field::new("Unit", 24).with_text(&with.typed)));
        self.form = Form::new(entries);
        self.form.go_to(at);
    }

    /// What was changed in the form: another product has other parts.
    pub(super) fn changed(&mut self) {
        // While a product is looked for by its letters the form stays, or each letter would begin anew.
        if self.form.at() != 0 {
            self.follow_product();
        }
    }

    /// Shows the parts of the product that was chosen last; tells whether it is another one than before.
    fn follow_product(&mut self) -> bool {
        let other = self.job == Job::Receive && self.form.chosen(0) != self.product;
        if other {
            let (typed, at) = (self.typed(), self.form.at());
            self.build(&Saved { part: String::new(), ..typed }, at);
        }
        other
    }

    pub(super) fn delivery(&self) -> Delivery {
        let Saved { product, part, place, units, .. } = self.typed();
        let filled = |text: String| Some(text).filter(|text| !text.is_empty());
        Delivery { serials: units, model: product, part: filled(part), place: filled(place) }
    }

    pub(super) fn preview(&self) -> Vec<Want> {
        vec![Want::Do(Effect::Stock(match self.job {
            Job::Receive => Wish::BeforeReceive(self.delivery()),
            Job::Count | Job::Ship | Job::Step => {
                Wish::BeforeCount(self.form.text(self.shelf()).to_owned(), self.units.clone())
            }
        }))]
    }

    /// What must stand in the form before a unit can be scanned: the field, and what to say.
    pub(super) fn lacks(&self) -> Option<(usize, &'static str)> {
        match self.job {
            Job::Receive if self.form.chosen(0).is_none() => {
                Some((0, "The product is not chosen yet: F4 lists them, or type its name"))
            }
            Job::Count if self.form.text(self.shelf()).is_empty() => {
                Some((self.shelf(), "The shelf is not typed yet: type it, or choose it with F4"))
            }
            Job::Count | Job::Receive | Job::Ship | Job::Step => None,
        }
    }

    /// Takes a unit that was scanned or typed.
    pub(super) fn add(&mut self, unit: String) -> Vec<Want> {
        if let Some((at, why)) = self.lacks() {
            self.form.go_to(at);
            return vec![Want::Say(notice(&Sorry { guard: None, say: why.to_owned() }))];
        }
        self.follow_product();
        self.form.go_to(self.unit());
        self.form.set_text(self.unit(), "");
        if let Some(at) = self.units.iter().position(|known| *known == unit) {
            let says = format!("{unit} is scanned already: it is number {}.", at + 1);
            return vec![Want::Say(Notice::refused(&says, "Scan the next unit, or press F9."))];
        }
        self.units.push(unit);
        self.preview()
    }

    pub(super) fn take_last_off(&mut self) -> Vec<Want> {
        let Some(unit) = self.units.pop() else { return useless() };
        let mut wants = vec![Want::Say(Notice::info(&format!("{unit} is taken off.")))];
        self.counted = None;
        if !self.units.is_empty() {
            wants.extend(self.preview());
        }
        wants
    }

    /// Why F9 does nothing now.
    pub(super) fn refusal(&self) -> Option<String> {
        if !self.form.text(self.unit()).is_empty() && self.done.is_none() {
            return Some("A typed unit is not on the list yet: Enter puts it there".to_owned());
        }
        match self.job {
            Job::Receive if self.units.is_empty() => {
                Some("No unit is scanned yet: scan the units that came in".to_owned())
            }
            _ => self.lacks().map(|(_, why)| why.to_owned()),
        }
    }

    pub(super) fn commit(&mut self) -> Vec<Want> {
        if self.done.take().is_some() {
            // The next one is another act.
            self.request.push('+');
            self.units = Vec::new();
            self.counted = None;
            let kept = Saved { place: String::new(), typed: String::new(), ..self.typed() };
            self.build(&kept, 0);
            return vec![Want::Do(Effect::Stock(Wish::List))];
        }
        if self.follow_product() {
            let says = "Nothing is booked yet: another product has other parts.";
            return vec![Want::Say(Notice::refused(says, "Look at the part, then press F9."))];
        }
        if self.job == Job::Receive {
            return vec![Want::Do(Effect::Stock(Wish::Receive(self.delivery(), self.request.clone())))];
        }
        self.asks.finishing = Finishing::Yes;
        self.preview()
    }

    pub(super) fn answer_question(&mut self, action: Action) -> Vec<Want> {
        match confirm::answered(&mut self.ask, |ask| ask.act(action)) {
            confirm::Answer::Open => Vec::new(),
            confirm::Answer::No => vec![Want::Say(Notice::told(
                "Nothing was written.",
                "Scan on, or press F9 when the shelf is done.",
            ))],
            confirm::Answer::Yes => {
                let counted = self.form.text(self.shelf()).to_owned();
                let count = Wish::Count(counted, self.units.clone(), self.request.clone());
                vec![Want::Do(Effect::Stock(count))]
            }
        }
    }

    pub(super) fn previewed(&mut self, counted: Counted) -> Vec<Want> {
        let finishing = std::mem::take(&mut self.asks.finishing);
        if finishing == Finishing::Yes {
            self.asks.so_far += 1;
            let number = confirm::number_of((7, &self.request), self.asks.so_far);
            self.ask = Some(Ask::new(number, words::question(&counted)));
            self.counted = Some(counted);
            return Vec::new();
        }
        let says = words::scanned(&counted, self.units.last());
        self.counted = Some(counted);
        vec![Want::Say(says)]
    }

    fn listed(&mut self, stocked: Box<Stocked>) -> Vec<Want> {
        self.stocked = stocked;
        let (with, at) = match self.saved.take() {
            Some(saved) => (saved, self.unit()),
            None => (self.typed(), self.form.at()),
        };
        if self.done.is_some() {
            return Vec::new();
        }
        self.build(&with, at);
        if self.units.is_empty() { Vec::new() } else { self.preview() }
    }

    /// The units that came in so far, each with a warning where its serial looks like another product's.
    fn came_in(&mut self, units: Vec<Coming>) -> Vec<Want> {
        let (last, advice) = units.last().cloned().unwrap_or_default();
        let says = format!("Number {}: {last}.", units.len());
        self.units = units.into_iter().map(|(serial, _)| serial).collect();
        let next = advice.map_or_else(
            || "Scan the next unit; F9 books them.".to_owned(),
            |advice| format!("Check the product: {advice}."),
        );
        vec![Want::Say(Notice::told(&says, &next))]
    }

    pub(super) fn said(&mut self, said: Said) -> Vec<Want> {
        let sorry = match said {
            Said::List(Ok(stocked)) => return self.listed(stocked),
            Said::BeforeCount(Ok(counted)) => return self.previewed(counted),
            Said::BeforeReceive(Ok(units)) => return self.came_in(units),
            Said::Counted(Ok(counted)) => {
                self.done = Some(words::lines(&counted));
                self.counted = Some(counted);
                return vec![Want::Say(Notice::info("The count is written down."))];
            }
            Said::Received(Ok(units)) => {
                let says = format!("{} booked.", words::units(units.len()));
                let line = |unit: &crate::desk::shelf::Shelved| words::booked(&self.stocked, unit);
                self.done = Some(units.iter().map(line).collect());
                return vec![Want::Say(Notice::info(&says))];
            }
            Said::BeforeReceive(Err(sorry)) => {
                self.units.pop();
                sorry
            }
            Said::List(Err(sorry))
            | Said::BeforeCount(Err(sorry))
            | Said::Counted(Err(sorry))
            | Said::Received(Err(sorry)) => sorry,
            Said::Step(_) | Said::Shipped(..) => return Vec::new(),
        };
        self.asks.finishing = Finishing::No;
        vec![Want::Say(notice(&sorry))]
    }
}
