//! The steps of a case's life, and the states in which each may begin: one table for acts, screens and tests.

use crate::domain::case::{Guard, Number, Refused, State};
use crate::domain::claim::Channel;

crate::words! {
    /// What can be done to a case.
    Step("step") {
        /// An appointment is booked, moved or called off.
        Appoint = "appoint",
        /// The unit is taken in.
        Receive = "receive",
        /// A technician's finding is noted.
        Assess = "assess",
        /// The customer chooses.
        Choose = "choose",
        /// The customer wants something else.
        ChangeMind = "change-mind",
        /// Money is taken.
        Pay = "pay",
        /// Money goes back.
        Refund = "refund",
        /// A stock unit is kept for the case, or freed.
        Keep = "keep",
        /// The replacement is handed out.
        Issue = "issue",
        /// The repair begins.
        Work = "work",
        /// The repair is done.
        Finish = "finish",
        /// The case rests.
        Hold = "hold",
        /// The case goes on.
        Unhold = "unhold",
        /// The customer is told that the unit is ready.
        Tell = "tell",
        /// The unit is given back to the customer.
        HandOver = "hand-over",
        /// Owed parts come in, or are let go.
        Parts = "parts",
        /// The case is done.
        Close = "close",
        /// The case ends early.
        Cancel = "cancel",
        /// A hand-out is taken back.
        Void = "void",
        /// An ended case goes on.
        Reopen = "reopen",
    }
}

/// What a step's rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How far the case is.
    pub state: State,
    /// The way it goes.
    pub channel: Channel,
    /// Whether the assessment is still owed. Clause C30.
    pub assessment: Assessment,
}

/// Whether a quick case's assessment is still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assessment {
    /// Nothing is owed.
    Settled,
    /// It is owed.
    Owed,
}

impl Step {
    /// The states in which this step may begin on every channel.
    #[must_use]
    pub const fn begins(self) -> &'static [State] {
        use State::{Assessed, Cancelled, Chosen, Closed, HandedOver, InWork, Ready, Received, Recorded};
        match self {
            Self::Appoint | Self::Receive => &[Recorded],
            Self::Assess => &[Received],
            Self::Choose => &[Assessed],
            Self::ChangeMind | Self::Keep | Self::Issue | Self::Work => &[Chosen],
            Self::Pay | Self::Refund => &[Chosen, InWork, Ready, HandedOver],
            Self::Finish => &[InWork],
            Self::Hold | Self::Unhold => &[Recorded, Received, Assessed, Chosen, InWork, Ready, HandedOver],
            Self::Tell | Self::HandOver => &[Ready],
            Self::Parts => &[Received, Assessed, Chosen, HandedOver],
            Self::Close | Self::Void => &[HandedOver],
            Self::Cancel => &[Recorded, Received, Assessed, Chosen, Ready],
            Self::Reopen => &[Closed, Cancelled],
        }
    }

    /// Tells whether the step may begin; the quick channel chooses before, and assesses after. Clause C30.
    #[must_use]
    pub fn possible(self, standing: Standing) -> bool {
        let quick = standing.channel == Channel::Quick;
        match self {
            Self::Choose if quick && standing.state == State::Received => true,
            Self::Assess if standing.assessment == Assessment::Owed => standing.state.open(),
            _ => self.begins().contains(&standing.state),
        }
    }

    /// When the step may begin, in a few words: three and more states that follow one another by their ends.
    #[must_use]
    pub fn when(self) -> String {
        let words = |run: &[State]| match run {
            [first, _, .., last] => format!("{} to {}", first.words(), last.words()),
            few => few.iter().map(|state| state.words()).collect::<Vec<_>>().join(" or "),
        };
        let runs =
            || self.begins().chunk_by(|one, next| State::ALL.windows(2).any(|pair| pair == [*one, *next]));
        let told: Vec<String> = runs().map(words).collect();
        let long = runs().any(|run| run.len() > 2);
        match told.as_slice() {
            [one] if long => format!("from {one}"),
            many if long => many.join(", or "),
            few => format!("when {}", few.join(" or ")),
        }
    }

    /// Refuses unless the step may begin.
    pub fn may(self, standing: Standing, number: &Number) -> Result<(), Refused> {
        if self.possible(standing) {
            return Ok(());
        }
        let needed: Vec<&str> = self.begins().iter().map(|state| state.words()).collect();
        let say = format!(
            "case {number} is {}: to {}, it must be {}",
            standing.state.words(),
            self.words(),
            needed.join(" or ")
        );
        Err(Refused::new(Guard::WrongState, say))
    }

    /// The step in words, after "to".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Appoint => "book, move or call off an appointment",
            Self::Receive => "receive the unit",
            Self::Assess => "assess it",
            Self::Choose => "choose",
            Self::ChangeMind => "change the choice",
            Self::Pay => "take the payment",
            Self::Refund => "pay money back",
            Self::Keep => "keep a unit for it",
            Self::Issue => "hand out the replacement",
            Self::Work => "begin the repair",
            Self::Finish => "finish the repair",
            Self::Hold => "put it on hold",
            Self::Unhold => "take it off hold",
            Self::Tell => "note that the customer was told",
            Self::HandOver => "hand the unit over",
            Self::Parts => "bring or waive parts",
            Self::Close => "close it",
            Self::Cancel => "cancel it",
            Self::Void => "take the hand-out back",
            Self::Reopen => "reopen it",
        }
    }
}

/// Refuses to end a case early once the workshop has told what it did.
pub fn may_end_early(number: &str, result: Option<&str>) -> Result<(), Refused> {
    if result.is_none() {
        return Ok(());
    }
    let say = format!("the repair of case {number} is done: hand the unit over instead");
    Err(Refused::new(Guard::WrongState, say))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn standing(state: State, channel: Channel, assessment: Assessment) -> Standing {
        Standing { state, channel, assessment }
    }

    #[rstest]
    #[case::one(Step::Finish, "when in work")]
    #[case::two(Step::Reopen, "when closed or cancelled")]
    #[case::many_that_follow_one_another(Step::Pay, "from chosen to handed over")]
    #[case::many_with_a_gap(Step::Parts, "received to chosen, or handed over")]
    #[case::many_with_one_apart(Step::Cancel, "recorded to chosen, or ready")]
    fn the_states_of_a_step_are_told_briefly(#[case] step: Step, #[case] says: &str) {
        assert_eq!(step.when(), says);
    }

    #[rstest]
    #[case::quick_chooses_on_receipt(Step::Choose, State::Received, Channel::Quick, true)]
    #[case::walk_in_is_assessed_first(Step::Choose, State::Received, Channel::Swift, false)]
    #[case::quick_does_not_choose_before_receipt(Step::Choose, State::Recorded, Channel::Quick, false)]
    #[case::work_that_began_cannot_be_cancelled(Step::Cancel, State::InWork, Channel::Swift, false)]
    #[case::ready_can_be_cancelled(Step::Cancel, State::Ready, Channel::Swift, true)]
    #[case::handed_over_cannot_be_cancelled(Step::Cancel, State::HandedOver, Channel::Swift, false)]
    #[case::only_what_ended_is_reopened(Step::Reopen, State::HandedOver, Channel::Swift, false)]
    fn a_step_begins_where_the_table_says(
        #[case] step: Step,
        #[case] state: State,
        #[case] channel: Channel,
        #[case] possible: bool,
    ) {
        assert_eq!(step.possible(standing(state, channel, Assessment::Settled)), possible);
    }

    #[test]
    fn an_owed_assessment_can_be_made_in_every_open_state_and_in_no_ended_one() {
        for state in State::ALL {
            let owed = standing(*state, Channel::Quick, Assessment::Owed);
            assert_eq!(Step::Assess.possible(owed), state.open(), "{state}");
        }
    }
}
