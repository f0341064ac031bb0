//! Calendar days and instants: strict reading, and the one rule that adds months.
//!
//! Knows nothing of plans or of the clock.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Days, FixedOffset, Months, NaiveDate};
use thiserror::Error;

/// What is wrong with a written day or instant.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadTime {
    /// Not a day of the calendar written `YYYY-MM-DD`.
    #[error("\"{0}\" is not a day of the calendar (write YYYY-MM-DD)")]
    Day(String),
    /// Not an RFC 3339 instant with an offset.
    #[error("\"{0}\" is not an instant with an offset (write 2020-03-02T10:00:00-08:00)")]
    Instant(String),
}

/// Reads a day written `YYYY-MM-DD`, and nothing looser.
pub fn parse_day(text: &str) -> Result<NaiveDate, BadTime> {
    // chrono's reader of formats takes ten times as long, and an import reads three days a row.
    let number = |digits: &[u8]| {
        let next = |sum: u32, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0'));
        digits.iter().try_fold(0, next)
    };
    let day = match text.as_bytes() {
        [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => {
            let year = number(year).and_then(|year| i32::try_from(year).ok());
            let (month, day) = (number(&[*m1, *m2]), number(&[*d1, *d2]));
            year.zip(month).zip(day).and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d))
        }
        _ => None,
    };
    day.ok_or_else(|| BadTime::Day(text.to_owned()))
}

/// Reads an RFC 3339 instant; its offset is kept, because it carries the local day.
pub fn parse_instant(text: &str) -> Result<DateTime<FixedOffset>, BadTime> {
    let bad = || BadTime::Instant(text.to_owned());
    if !matches!(text.as_bytes().get(10), Some(b'T' | b't')) {
        return Err(bad());
    }
    DateTime::parse_from_rfc3339(text).map_err(|_| bad())
}

/// An instant as it is stored: as it was written, but `T` and `Z` large, so that it is never two.
pub fn stored_instant(text: &str) -> Result<Cow<'_, str>, BadTime> {
    parse_instant(text)?;
    let small = text.bytes().any(|byte| byte.is_ascii_lowercase());
    Ok(if small { Cow::Owned(text.to_ascii_uppercase()) } else { Cow::Borrowed(text) })
}

/// Adds `months` to `day`; a day that the month does not have becomes the 1st of the next month.
///
/// Setting `term.last_day`. chrono's own addition clamps instead, and would lose that day: 29 February
/// 2020 and 12 months is 1 March 2021 here, so that the last covered day before it is 28 February 2021.
/// A date beyond the calendar stays at its end.
#[must_use]
pub fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    let Some(clamped) = day.checked_add_months(Months::new(months)) else {
        return NaiveDate::MAX;
    };
    if clamped.day() == day.day() { clamped } else { clamped.succ_opt().unwrap_or(NaiveDate::MAX) }
}

/// The day `count` days after `day`, or the calendar's end.
#[must_use]
pub fn days_after(day: NaiveDate, count: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(count))).unwrap_or(NaiveDate::MAX)
}

/// The day before `day`.
#[must_use]
pub fn day_before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    #[rstest]
    #[case::plain("2019-06-15", 12, "2020-06-15")]
    #[case::leap_day_has_no_anniversary("2020-02-29", 12, "2021-03-01")]
    #[case::leap_day_to_leap_day("2020-02-29", 48, "2024-02-29")]
    #[case::end_of_a_long_month("2019-08-31", 6, "2020-03-01")]
    #[case::end_of_a_long_month_in_a_plain_year("2018-08-31", 6, "2019-03-01")]
    #[case::end_of_a_long_month_to_thirty("2019-05-31", 6, "2019-12-01")]
    fn a_day_the_month_lacks_becomes_the_first_of_the_next(
        #[case] from: &str,
        #[case] months: u32,
        #[case] to: &str,
    ) {
        assert_eq!(months_after(day(from), months), day(to));
    }

    #[rstest]
    #[case("2019-6-15")]
    #[case("2019-02-29")]
    #[case("+2019-02-2")]
    #[case("2019/02/02")]
    #[case("99999999999-02-02")]
    #[case("20é9-02-2")]
    #[case("2019-02-02 ")]
    #[case("")]
    fn a_loose_or_impossible_day_is_refused(#[case] text: &str) {
        assert_eq!(parse_day(text), Err(BadTime::Day(text.to_owned())));
    }

    #[test]
    fn an_instant_may_have_small_letters() {
        assert_eq!(parse_instant("2020-03-02t10:00:00z"), parse_instant("2020-03-02T10:00:00Z"));
    }

    #[rstest]
    #[case::small("2020-03-02t10:00:00.5z", "2020-03-02T10:00:00.5Z")]
    #[case::large("2020-03-02T10:00:00Z", "2020-03-02T10:00:00Z")]
    #[case::of_another_offset("2020-03-02T10:00:00-00:30", "2020-03-02T10:00:00-00:30")]
    fn an_instant_is_stored_as_written_with_large_letters(#[case] text: &str, #[case] stored: &str) {
        assert_eq!(stored_instant(text).unwrap(), stored);
    }

    #[rstest]
    #[case("2020-03-02T10:00:00")]
    #[case("2020-03-02 10:00:00Z")]
    #[case("2020-03-02")]
    fn an_instant_without_an_offset_is_refused(#[case] text: &str) {
        assert!(parse_instant(text).is_err());
    }
}
