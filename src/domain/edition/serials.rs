//! What the characters of a serial number tell: the day of manufacture and the product's code.
//!
//! The meaning is inferred from samples, so it advises and never refuses.

use chrono::{Datelike, NaiveDate};

use crate::domain::serial::Serial;

/// How to read serial numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialShapes {
    /// The length of serials that carry a date.
    pub dated_length: usize,
    /// Beginning of the newer shape, which carries none.
    pub newer_prefix: String,
    /// The letters of consecutive years.
    pub year_letters: String,
    /// The year of the first letter.
    pub first_year: i32,
    /// The characters of the months.
    pub months: String,
    /// The characters of the days.
    pub days: String,
    /// Earliest year that is believed.
    pub earliest_year: i32,
    /// First three characters → model id; advice only.
    pub product_codes: Vec<(String, String)>,
}

/// What a serial says of its manufacture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// On this day.
    On(NaiveDate),
    /// The characters give no date.
    Unreadable,
    /// This shape carries none.
    NotCoded,
}

impl SerialShapes {
    /// Reads the day of manufacture from characters 5 to 7.
    #[must_use]
    pub fn made(&self, serial: &Serial) -> Made {
        let text = serial.as_str();
        if text.len() != self.dated_length || text.starts_with(&self.newer_prefix) {
            return Made::NotCoded;
        }
        let mut code = text.chars().skip(4);
        let mut place = |row: &str| code.next().and_then(|c| row.chars().position(|known| known == c));
        let (year, month, day) = (place(&self.year_letters), place(&self.months), place(&self.days));
        self.date(year, month, day).map_or(Made::Unreadable, Made::On)
    }

    /// The three characters for a day; none for one that they cannot say.
    #[must_use]
    pub fn code(&self, day: NaiveDate) -> Option<String> {
        let place = |number: u32| usize::try_from(number).ok()?.checked_sub(1);
        let year = usize::try_from(day.year().checked_sub(self.first_year)?).ok()?;
        let letters = [
            self.year_letters.chars().nth(year)?,
            self.months.chars().nth(place(day.month())?)?,
            self.days.chars().nth(place(day.day())?)?,
        ];
        Some(letters.iter().collect())
    }

    fn date(&self, year: Option<usize>, month: Option<usize>, day: Option<usize>) -> Option<NaiveDate> {
        let year = self.first_year.checked_add(i32::try_from(year?).ok()?)?;
        let number = |place: usize| u32::try_from(place).ok()?.checked_add(1);
        NaiveDate::from_ymd_opt(year, number(month?)?, number(day?)?)
    }

    /// A sentence for staff when the coded date cannot be right; none when there is nothing to say.
    #[must_use]
    pub fn warning(
        &self,
        serial: &Serial,
        today: NaiveDate,
        activated_on: Option<NaiveDate>,
    ) -> Option<String> {
        match self.made(serial) {
            Made::On(day) if day > today => {
                Some(format!("the serial says it was made on {day}, in the future"))
            }
            Made::On(day) if day.year() < self.earliest_year => {
                Some(format!("the serial says it was made on {day}, before such products existed"))
            }
            Made::On(day) if activated_on.is_some_and(|activated| activated < day) => {
                Some(format!("activated before the day the serial says it was made ({day})"))
            }
            Made::Unreadable => Some("the serial's date characters cannot be read".to_owned()),
            Made::On(_) | Made::NotCoded => None,
        }
    }

    /// The model that the first three characters suggest; advice, never a gate.
    #[must_use]
    pub fn product(&self, serial: &Serial) -> Option<&str> {
        let starts = |(code, _): &&(String, String)| serial.as_str().starts_with(code.as_str());
        self.product_codes.iter().find(starts).map(|(_, model)| model.as_str())
    }
}
