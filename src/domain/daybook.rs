//! A day's books: what the shelf held at its start and its end, and what must be explained before it is closed.

use serde::{Deserialize, Serialize};

/// Units on the shelf over a day: what stood here (in stock, kept for a case or set aside) and what moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// At the start of the day.
    pub start: i64,
    /// Came in: received at the counter, or by the maker's list.
    #[serde(rename = "in")]
    pub came: i64,
    /// Handed out to customers.
    pub issued: i64,
    /// Came back from a hand-out that was undone.
    pub back: i64,
    /// Missing when a shelf was counted.
    pub missing: i64,
    /// Found again.
    pub found: i64,
    /// Sent back to the maker.
    pub shipped: i64,
    /// At the end of the day.
    pub end: i64,
}

impl Shelf {
    /// A day that starts with so many units.
    #[must_use]
    pub fn starting(start: i64) -> Self {
        Self { start, end: start, ..Self::default() }
    }

    /// The shelf with what else moved on the same day.
    #[must_use]
    pub fn with(self, moved: Self) -> Self {
        Self {
            came: self.came + moved.came,
            issued: self.issued + moved.issued,
            back: self.back + moved.back,
            missing: self.missing + moved.missing,
            found: self.found + moved.found,
            shipped: self.shipped + moved.shipped,
            ..self
        }
    }

    /// The shelf with its end from what moved: start + in + back + found − issued − missing − shipped.
    #[must_use]
    pub fn summed(self) -> Self {
        let end = self.start + self.came + self.back + self.found - self.issued - self.missing - self.shipped;
        Self { end, ..self }
    }
}

/// What is open at the end of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loose {
    /// Units that a count of the day did not find and that are still missing.
    pub missing: Vec<String>,
    /// Bookings of the day that were neither kept nor called off, by case.
    pub bookings: Vec<String>,
    /// Forms that are still parked.
    pub parked: usize,
}

impl Loose {
    /// What must be explained before the day can be closed, a sentence each.
    #[must_use]
    pub fn to_explain(&self) -> Vec<String> {
        let missing = self.missing.iter().map(|serial| format!("unit {serial} is missing from its shelf"));
        let bookings = self
            .bookings
            .iter()
            .map(|case| format!("the booking of case {case} was neither kept nor called off"));
        let parked = match self.parked {
            0 => None,
            1 => Some("1 form is still parked".to_owned()),
            more => Some(format!("{more} forms are still parked")),
        };
        missing.chain(bookings).chain(parked).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_in_plus_issued_and_the_rest_account_for_every_unit() {
        let day =
            Shelf { came: 3, issued: 2, back: 1, missing: 1, found: 1, shipped: 4, ..Shelf::starting(10) };
        assert_eq!(day.summed().end, 8);
    }

    #[test]
    fn a_day_on_which_nothing_moved_ends_as_it_began() {
        assert_eq!(Shelf::starting(7).summed(), Shelf::starting(7));
    }

    #[test]
    fn every_loose_end_is_a_sentence_of_its_own() {
        let loose =
            Loose { missing: vec!["A".to_owned()], bookings: vec!["0001-00001-5".to_owned()], parked: 2 };
        assert_eq!(loose.to_explain().len(), 3);
        assert!(Loose::default().to_explain().is_empty());
    }
}
