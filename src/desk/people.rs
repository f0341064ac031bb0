//! People: what the customers of cases are found by follows their names and phones.

use crate::desk::{Desk, Failure, names};
use crate::repository::person::{self, Keys};
use crate::repository::{Tx, case};

/// How many people are brought up to date before others may write.
const AT_ONCE: usize = 500;

impl Desk {
    /// Makes the keys of people who were written without; a file of an older version has them all so.
    pub(super) fn key_people(&mut self) -> Result<(), Failure> {
        while !self.repository.read(|tx| person::unkeyed(tx, 1))?.is_empty() {
            self.repository.write(|tx| {
                for id in person::unkeyed(tx, AT_ONCE)? {
                    let person = case::person(tx, &id)?;
                    person::keep(tx, &id, &keys(Some(&person.name), person.phone.as_deref()))?;
                }
                Ok::<_, Failure>(())
            })?;
        }
        Ok(())
    }
}

/// What a person of this name and phone is found by.
pub(super) fn keys(name: Option<&str>, phone: Option<&str>) -> Keys {
    let mut words = name.map(names::words).unwrap_or_default();
    words.sort_unstable();
    Keys { words, phone: phone.and_then(names::phone_tail) }
}

/// People who are not found by what they are called.
pub(super) fn lost(tx: &Tx<'_>) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    person::walk(tx, |id, [name, phone], kept| {
        let right = keys(name.as_deref(), phone.as_deref());
        let mut right: Vec<_> = right.stored().collect();
        right.sort_unstable();
        if !kept.iter().map(|(kind, key)| (kind.as_str(), key.as_str())).eq(right) {
            found.push(format!("person {id}: the search has another name or phone for them"));
        }
        Ok::<_, Failure>(())
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_found_by_words_and_the_end_of_the_phone() {
        let found_by = keys(Some("Zoë O’Neill"), Some("+1 (415) 555-0101"));
        assert_eq!(found_by.words, ["neill", "oneill", "zoe"]);
        assert_eq!(found_by.phone.as_deref(), Some("10105555141"));
        assert_eq!(keys(None, Some("-")), Keys::default());
    }
}
