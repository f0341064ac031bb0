//! What people write: how long each text may be, the same in a field of a screen and in a command.

use crate::domain::facts::Refusal;

/// A text that a person writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// The customer's name.
    Customer,
    /// Their phone number.
    Phone,
    /// Their mail address.
    Mail,
    /// Their own words.
    Said,
    /// What the unit looked like.
    Condition,
    /// The technician's words.
    Finding,
    /// The workshop's words.
    Result,
    /// Why something is done.
    Reason,
    /// What became of what a day leaves open.
    Explanation,
    /// A second person's name.
    Second,
    /// The name of the person who works here.
    Who,
    /// The centre's name.
    Centre,
    /// A shelf.
    Shelf,
    /// The number on an agreement.
    PlanNumber,
    /// What is looked up.
    Sought,
}

impl Writing {
    /// The most characters it may have. They are what a person reads, and what fits the papers.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            Self::Said | Self::Finding | Self::Result => 500,
            Self::Explanation => 300,
            Self::Reason | Self::Condition => 200,
            Self::Customer | Self::Mail | Self::Sought => 80,
            Self::PlanNumber => 64,
            Self::Second | Self::Who | Self::Centre => 60,
            Self::Phone | Self::Shelf => 40,
        }
    }

    /// The field that a refusal names.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Phone => "phone",
            Self::Mail => "email",
            Self::Said => "said",
            Self::Condition => "condition",
            Self::Finding => "finding",
            Self::Result => "result",
            Self::Reason => "reason",
            Self::Explanation => "explain",
            Self::Second => "by",
            Self::Who => "who",
            Self::Centre => "site",
            Self::Shelf => "place",
            Self::PlanNumber => "number",
            Self::Sought => "text",
        }
    }

    /// Refuses a text that is longer than it may be.
    pub fn fits(self, text: &str) -> Result<(), Refusal> {
        let most = self.most();
        if text.chars().nth(most).is_none() {
            return Ok(());
        }
        let problem = format!("is longer than {most} characters: write it shorter");
        Err(Refusal { field: self.field().to_owned(), problem })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::nothing("", 0, true)]
    #[case::the_most("x", 200, true)]
    #[case::one_more("x", 201, false)]
    #[case::wide_ones_are_characters_too("飞", 200, true)]
    #[case::one_more_wide_one("飞", 201, false)]
    fn a_reason_has_at_most_200_characters(#[case] letter: &str, #[case] times: usize, #[case] fits: bool) {
        let refused = Writing::Reason.fits(&letter.repeat(times)).err().map(|refusal| refusal.field);
        assert_eq!(refused, (!fits).then(|| "reason".to_owned()));
    }
}
