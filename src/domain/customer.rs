//! What a case is opened with: the customer, a way to reach them, and their own words.

use crate::domain::case::{Guard, Refused};
use crate::domain::facts::Refusal;
use crate::domain::writing::Writing;

/// The customer's words must have this many characters.
pub const LEAST_WORDS: usize = 10;

/// Counts the characters of the customer's words; blanks in a row are one, those around count for nothing.
#[must_use]
pub fn count_words(said: &str) -> usize {
    let words: Vec<usize> = said.split_whitespace().map(|word| word.chars().count()).collect();
    words.iter().sum::<usize>() + words.len().saturating_sub(1)
}

/// Refuses words of the customer that are too few to decide by later. The counter's guard on recording (C28).
pub fn enough_words(said: &str) -> Result<(), Refused> {
    if count_words(said) >= LEAST_WORDS {
        return Ok(());
    }
    let say = format!("the customer's words are too short: write at least {LEAST_WORDS} characters");
    Err(Refused::new(Guard::WordsTooShort, say))
}

/// Tells whether a text can be a phone number: a name that slipped into its field has no digit.
#[must_use]
pub fn dialable(phone: &str) -> bool {
    phone.chars().any(char::is_numeric)
}

/// Refuses a customer without a name, or without a phone number and a mail address, or with more of them than fits.
/// The counter's guard on recording (C28).
pub fn reachable(name: &str, phone: Option<&str>, email: Option<&str>) -> Result<(), Refusal> {
    Writing::Customer.fits(name)?;
    Writing::Phone.fits(phone.unwrap_or_default())?;
    Writing::Mail.fits(email.unwrap_or_default())?;
    let said = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let wrong =
        |field: &str, problem: &str| Err(Refusal { field: field.to_owned(), problem: problem.to_owned() });
    if !said(Some(name)) {
        return wrong("customer", "the customer's name is missing");
    }
    if !said(phone) && !said(email) {
        return wrong("phone", "a phone number or a mail address is needed to reach the customer");
    }
    if said(phone) && !phone.is_some_and(dialable) {
        return wrong("phone", "there is no digit in this phone number: correct it, or leave it empty");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nine("fell down", false)]
    #[case::ten("it crashed", true)]
    #[case::ten_wide("飞机在海边掉进水里了", true)]
    #[case::nine_wide("飞机在海边掉水里了", false)]
    #[case::blanks_do_not_count("  fell down  ", false)]
    #[case::blanks_in_a_row_are_one("short    w", false)]
    fn the_customers_words_have_ten_characters(#[case] said: &str, #[case] enough: bool) {
        assert_eq!(
            enough_words(said).map_err(|no| no.guard),
            enough.then_some(()).ok_or(Guard::WordsTooShort)
        );
    }

    #[rstest]
    #[case::phone("Ann", Some("555"), None, None)]
    #[case::mail("Ann", None, Some("a@example.org"), None)]
    #[case::neither("Ann", None, None, Some("phone"))]
    #[case::blanks_are_no_phone("Ann", Some(" "), Some(""), Some("phone"))]
    #[case::a_name_is_no_phone("Ann", Some("欧阳"), Some("a@example.org"), Some("phone"))]
    #[case::wide_digits("Ann", Some("１３８"), None, None)]
    #[case::nobody(" ", Some("555"), None, Some("customer"))]
    fn a_customer_has_a_name_and_one_way_to_be_reached(
        #[case] name: &str,
        #[case] phone: Option<&str>,
        #[case] email: Option<&str>,
        #[case] wrong: Option<&str>,
    ) {
        let refused = reachable(name, phone, email).err();
        assert_eq!(refused.as_ref().map(|refusal| refusal.field.as_str()), wrong);
    }
}
