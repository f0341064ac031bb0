//! What takes a second person, and what a customer still owes in parts.

use crate::domain::case::{Guard, Refused};

/// Tells whether two names are one person's, however they were typed.
fn same_person(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}

/// Refuses unless `by` is another person than `first`, who did what stands in `what`.
pub fn second_person(by: &str, first: &str, what: &str) -> Result<(), Refused> {
    if by.trim().is_empty() {
        return Err(Refused::new(
            Guard::SamePerson,
            format!("a second person must be named: {first} {what}"),
        ));
    }
    if same_person(by, first) {
        let say = format!("{first} {what}: another person must agree to this");
        return Err(Refused::new(Guard::SamePerson, say));
    }
    Ok(())
}

/// The listed damaged parts that are neither here nor let go. Clause C33.
#[must_use]
pub fn owed(listed: &[String], handed_in: &[String], waived: &[String]) -> Vec<String> {
    let missing = |part: &&String| !handed_in.contains(part) && !waived.contains(part);
    listed.iter().filter(missing).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::the_same("Ana", "Ana", false)]
    #[case::another_case("ana", "ANA", false)]
    #[case::blanks_around("  Ana  Diaz ", "Ana Diaz", false)]
    #[case::accents_count("Ána", "Ana", true)]
    #[case::another("Ben", "Ana", true)]
    #[case::nobody("  ", "Ana", false)]
    fn a_second_person_is_another_one(#[case] by: &str, #[case] first: &str, #[case] allowed: bool) {
        let refused = second_person(by, first, "handed it out").err().map(|refused| refused.guard);
        assert_eq!(refused, (!allowed).then_some(Guard::SamePerson));
    }

    #[rstest]
    #[case::all_here(&["gimbal"], &["gimbal"], &[], &[])]
    #[case::one_missing(&["gimbal", "camera"], &["gimbal"], &[], &["camera"])]
    #[case::let_go(&["gimbal", "camera"], &["gimbal"], &["camera"], &[])]
    #[case::others_do_not_help(&["gimbal"], &["aircraft"], &["battery"], &["gimbal"])]
    fn parts_are_owed_until_they_are_here_or_let_go(
        #[case] listed: &[&str],
        #[case] here: &[&str],
        #[case] waived: &[&str],
        #[case] still: &[&str],
    ) {
        let texts = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(owed(&texts(listed), &texts(here), &texts(waived)), texts(still));
    }
}
