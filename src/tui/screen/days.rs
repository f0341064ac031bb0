//! The days that are meant most often, for a day field's list.

use chrono::{Days, NaiveDate};

/// How many days back the list goes.
const BACK: u64 = 7;

/// Today and the days before, newest first, each with a word about it.
pub(super) fn lately(today: NaiveDate) -> Vec<(String, String)> {
    let word = |back: u64, day: NaiveDate| match back {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ => day.format("%A").to_string(),
    };
    let day = |back| today.checked_sub_days(Days::new(back)).map(|day| (day.to_string(), word(back, day)));
    (0..=BACK).filter_map(day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_begins_today_and_ends_a_week_ago() {
        let days = lately("2020-03-02".parse().unwrap());
        assert_eq!(days.len(), 8);
        let words = |at: usize| days.get(at).map(|(day, word)| (day.as_str(), word.as_str()));
        assert_eq!(words(0), Some(("2020-03-02", "today")));
        assert_eq!(words(2), Some(("2020-02-29", "Saturday")));
        assert_eq!(words(7), Some(("2020-02-24", "Monday")));
    }
}
