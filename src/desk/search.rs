//! Look up: one text, and every way in which it may mean a device.

use serde::Serialize;

use crate::desk::names::{self, digits, words};
use crate::desk::{Desk, Failure};
use crate::domain::case::Number;
use crate::domain::edition::Editions;
use crate::domain::serial::{Serial, in_alphabet, normalise};
use crate::domain::writing::Writing;
use crate::repository::device::Device;
use crate::repository::search::{self, Found};
use crate::repository::{Tx, case, device, person, plan, stock};

/// A device that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its serial.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// Where it was bought.
    pub region: Option<String>,
    /// What matched.
    pub why: String,
    /// The serial that replaced it.
    pub replaced_by: Option<String>,
    /// The model's name, for people.
    #[serde(skip)]
    pub product: String,
    /// The owner's name, for people; none for a unit of the stock.
    #[serde(skip)]
    pub owner: Option<String>,
}

/// How many hits a list holds unless told otherwise.
pub const LIMIT: usize = 20;

/// Texts shorter than this match too much to be useful.
const LEAST: usize = 3;

/// Fewer digits than these match too many phones.
const LEAST_DIGITS: usize = 4;

struct Hits<'a, 'tx> {
    tx: &'a Tx<'tx>,
    editions: &'a Editions,
    limit: usize,
    found: Vec<Hit>,
}

impl Desk {
    /// Finds devices by serial (whole, start, last four or more), case or plan number, phone and name, best
    /// first; when nothing matches, the nearest serials.
    pub fn look_up(&mut self, text: &str, limit: usize) -> Result<Vec<Hit>, Failure> {
        // A longer one would be compared with every name there is, letter by letter.
        Writing::Sought.fits(text.trim())?;
        let editions = &self.shop.editions;
        self.repository.read(|tx| {
            let mut hits = Hits { tx, editions, limit, found: Vec::new() };
            hits.by_number(text)?;
            hits.by_label(text)?;
            hits.by_serial(text)?;
            hits.by_plan(text)?;
            hits.by_phone(text)?;
            hits.by_name(text)?;
            if hits.found.is_empty() {
                hits.nearest(text)?;
            }
            Ok(hits.found)
        })
    }
}

impl Hits<'_, '_> {
    fn room(&self) -> usize {
        self.limit.saturating_sub(self.found.len())
    }

    fn add(&mut self, found: Vec<Found>, why: &str) -> Result<(), Failure> {
        for found in found {
            if self.wants(&found.serial) {
                // The indexes lead to a row; what the unit is, its card tells, which asks the device itself.
                let known = device::device(self.tx, &found.serial)?;
                self.hit((found, known), why)?;
            }
        }
        Ok(())
    }

    fn wants(&self, serial: &str) -> bool {
        self.room() > 0 && !self.found.iter().any(|hit| hit.serial == serial)
    }

    fn hit(&mut self, (found, known): (Found, Option<Device>), why: &str) -> Result<(), Failure> {
        let Found { serial, model, region } = found;
        let (model, region, owner) = match known {
            Some(device) => (device.model, device.purchase_region, device.owner.and_then(|owner| owner.name)),
            None => (model, region, None),
        };
        let replaced_by = device::successor(self.tx, &serial)?;
        let named = self.editions.model(&model);
        let product = named.map_or_else(|| model.clone(), |model| model.name.clone());
        self.found.push(Hit { serial, model, region, why: why.to_owned(), replaced_by, product, owner });
        Ok(())
    }

    fn add_serial(&mut self, serial: &str, why: &str) -> Result<(), Failure> {
        match device::device(self.tx, serial)? {
            Some(known) => self.add_device(known, why),
            None => Ok(()),
        }
    }

    fn add_device(&mut self, known: Device, why: &str) -> Result<(), Failure> {
        if !self.wants(&known.serial) {
            return Ok(());
        }
        let (serial, model) = (known.serial.clone(), known.model.clone());
        self.hit((Found { serial, model, region: None }, Some(known)), why)
    }

    fn by_number(&mut self, text: &str) -> Result<(), Failure> {
        let Ok(number) = text.trim().parse::<Number>() else { return Ok(()) };
        match case::numbered(self.tx, &number.to_string())? {
            Some(case) => self.add_serial(&case.serial, &format!("case {number}")),
            None => Ok(()),
        }
    }

    /// Parts without a serial of their own carry the shop's label.
    fn by_label(&mut self, text: &str) -> Result<(), Failure> {
        let label = text.trim().to_uppercase();
        if label.starts_with("S-") { self.in_stock(&label) } else { Ok(()) }
    }

    fn in_stock(&mut self, serial: &str) -> Result<(), Failure> {
        let Some(unit) = stock::unit(self.tx, serial)? else { return Ok(()) };
        let place = unit.place.map_or_else(String::new, |place| format!(", {place}"));
        let found = Found { serial: unit.serial, model: unit.model, region: None };
        self.add(vec![found], &format!("stock unit, {}{place}", unit.state.words()))
    }

    fn by_serial(&mut self, text: &str) -> Result<(), Failure> {
        let clean = normalise(text);
        if clean.len() < LEAST || !clean.chars().all(in_alphabet) {
            return Ok(());
        }
        self.add_serial(&clean, "serial")?;
        if self.found.is_empty() {
            self.in_stock(&clean)?;
        }
        self.add(search::starting(self.tx, &clean, self.room())?, "start of serial")?;
        if clean.len() >= 4 {
            self.add(search::ending(self.tx, &clean, self.room())?, "end of serial")?;
        }
        Ok(())
    }

    fn by_plan(&mut self, text: &str) -> Result<(), Failure> {
        for number in names::numbers(text) {
            // A short text is a plan's whole number or nothing: its start would be that of thousands.
            if number.len() < 4 && !plan::known(self.tx, &number)? {
                continue;
            }
            for (number, serial) in search::plan(self.tx, &number, self.room())? {
                let bound = plan::plan(self.tx, &number)?.map_or_else(|| serial.clone(), |plan| plan.bound);
                // The maker's files may name a new unit that its registry has not yet.
                match device::device(self.tx, &bound)? {
                    Some(known) => self.add_device(known, "plan number")?,
                    None => self.add_serial(&serial, "plan number")?,
                }
            }
        }
        Ok(())
    }

    fn by_phone(&mut self, text: &str) -> Result<(), Failure> {
        let looks =
            text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '/' | '.'));
        let digits = digits(text);
        if !looks || digits.len() < LEAST_DIGITS {
            return Ok(());
        }
        self.by_digits(&digits)?;
        // People put a zero where the number as it is kept has the country's code.
        let without = digits.trim_start_matches('0');
        if self.found.is_empty() && without.len() >= LEAST_DIGITS {
            self.by_digits(without)?;
        }
        Ok(())
    }

    fn by_digits(&mut self, digits: &str) -> Result<(), Failure> {
        self.add(search::phone(self.tx, digits, self.room())?, "phone")?;
        for serial in person::by_phone(self.tx, digits, self.room())? {
            self.add_serial(&serial, "phone on a case")?;
        }
        Ok(())
    }

    fn by_name(&mut self, text: &str) -> Result<(), Failure> {
        let words = words(text);
        if !text.chars().any(char::is_alphabetic) || words.is_empty() {
            return Ok(());
        }
        self.add(search::name(self.tx, &words, (names::words, self.room()))?, "name")?;
        for serial in person::by_name(self.tx, &words, self.room())? {
            self.add_serial(&serial, "name on a case")?;
        }
        if self.found.is_empty() {
            self.misspelt(&words)?;
        }
        Ok(())
    }

    /// Names with one letter wrong, missing or too many after the first.
    fn misspelt(&mut self, words: &[String]) -> Result<(), Failure> {
        let Some(word) = words.iter().max_by_key(|word| word.chars().count()) else { return Ok(()) };
        let length = word.chars().count();
        if length < 4 {
            return Ok(());
        }
        for near in search::words_near(self.tx, word)? {
            let others = words.iter().filter(|other| *other != word).cloned();
            let meant: Vec<String> = std::iter::once(near).chain(others).collect();
            let found = search::name(self.tx, &meant, (names::words, self.room()))?;
            self.add(found, &format!("name like {}", meant.join(" ")))?;
        }
        Ok(())
    }

    /// The nearest serials to a text of about a serial's length: "did you mean".
    fn nearest(&mut self, text: &str) -> Result<(), Failure> {
        let clean = normalise(text).replace('I', "1").replace('O', "0");
        if !(10..=20).contains(&clean.len()) || !clean.chars().all(in_alphabet) {
            return Ok(());
        }
        self.add_serial(&clean, "did you mean")?;
        if let Ok(serial) = clean.parse::<Serial>() {
            for alike in serial.look_alikes() {
                self.add_serial(alike.as_str(), "did you mean")?;
            }
        }
        let start: String = clean.chars().take(5).collect();
        let end: String = clean.chars().skip(clean.len().saturating_sub(4)).collect();
        let mut around = search::starting(self.tx, &start, 400)?;
        around.extend(search::ending(self.tx, &end, 100)?);
        around.retain(|found| distance(&found.serial, &clean) <= 2);
        for letters in 0..=2 {
            let near = |found: &Found| distance(&found.serial, &clean) == letters;
            let (found, further) = around.into_iter().partition(near);
            self.add(found, "did you mean")?;
            around = further;
        }
        Ok(())
    }
}

/// How many letters must be changed, put in or left out to make one text from the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            let cost = (diagonal + usize::from(x != *y)).min(left + 1).min(above + 1);
            diagonal = *above;
            left = cost;
            next.push(cost);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("garcia", "garcia", 0)]
    #[case("garcia", "garzia", 1)]
    #[case("garcia", "gacia", 1)]
    #[case("garcia", "garciaa", 1)]
    #[case("garcia", "gracia", 2)]
    #[case("", "abc", 3)]
    fn distance_counts_single_changes(#[case] a: &str, #[case] b: &str, #[case] changes: usize) {
        assert_eq!(distance(a, b), changes);
        assert_eq!(distance(b, a), changes);
    }
}
