//! The maker's notices about a product, and what the newest of them say of a wish to bind a plan.

use chrono::{DateTime, FixedOffset};

use crate::domain::facts::{BindFacts, Repairer, VideoFacts, VideoState};

crate::words! {
    /// A notice of the maker's. Clauses C11d, C11e, C12.
    Notice("notice") {
        /// Repaired in an official centre.
        Repair = "repair-invitation",
        /// Video verification approved.
        Approved = "video-approved",
        /// Rejected.
        Rejected = "video-rejected",
        /// Not decided.
        Pending = "video-pending",
    }
}

impl Notice {
    /// The state of video verification that it tells; none for an invitation.
    #[must_use]
    pub const fn video(self) -> Option<VideoState> {
        match self {
            Self::Repair => None,
            Self::Approved => Some(VideoState::Approved),
            Self::Rejected => Some(VideoState::Rejected),
            Self::Pending => Some(VideoState::Pending),
        }
    }

    /// The notice in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Repair => "invitation after an official repair",
            Self::Approved => "approval of the video verification",
            Self::Rejected => "rejection of the video verification",
            Self::Pending => "video verification still pending",
        }
    }

    /// Of two notices of one moment the decided one is the later.
    const fn rank(self) -> u8 {
        match self {
            Self::Repair | Self::Pending => 0,
            Self::Rejected => 1,
            Self::Approved => 2,
        }
    }
}

impl BindFacts {
    /// Takes over what the newest invitation and the newest word on the video say at `at`; one that was sent
    /// later is not known yet.
    #[must_use]
    pub fn noticed(mut self, notices: &[(Notice, DateTime<FixedOffset>)], at: DateTime<FixedOffset>) -> Self {
        let newest = |video: bool| {
            let fits = |it: &&(Notice, DateTime<FixedOffset>)| it.0.video().is_some() == video && it.1 <= at;
            notices.iter().filter(fits).max_by_key(|(notice, sent)| (*sent, notice.rank()))
        };
        if let Some((_, invited)) = newest(false) {
            self.repaired_by = Some(Repairer::Official);
            self.repair_invitation_at = Some(*invited);
        }
        self.video = newest(true).and_then(|(notice, sent)| {
            let state = notice.video()?;
            Some(VideoFacts { state, notice_at: Some(*sent) })
        });
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::parse_instant;
    use rstest::rstest;

    fn at(text: &str) -> DateTime<FixedOffset> {
        parse_instant(text).unwrap()
    }

    fn facts(notices: &[(Notice, &str)], now: &str) -> BindFacts {
        let notices: Vec<_> = notices.iter().map(|(notice, sent)| (*notice, at(sent))).collect();
        let none = BindFacts {
            at: None,
            region: "US".parse().unwrap(),
            repaired_by: None,
            repair_invitation_at: None,
            video: None,
            damaged: None,
        };
        none.noticed(&notices, at(now))
    }

    #[rstest]
    #[case::the_newest_counts(&[(Notice::Approved, "2020-03-01T08:00:00Z"), (Notice::Pending, "2020-03-02T08:00:00Z")], Some(VideoState::Pending))]
    #[case::whatever_their_order(&[(Notice::Pending, "2020-03-02T08:00:00Z"), (Notice::Approved, "2020-03-01T08:00:00Z")], Some(VideoState::Pending))]
    #[case::by_the_instant_not_by_the_text(&[(Notice::Approved, "2020-03-01T23:00:00-08:00"), (Notice::Rejected, "2020-03-02T06:59:59Z")], Some(VideoState::Approved))]
    #[case::of_one_moment_the_decided_one(&[(Notice::Approved, "2020-03-01T08:00:00Z"), (Notice::Pending, "2020-03-01T08:00:00Z")], Some(VideoState::Approved))]
    #[case::one_of_this_very_moment_counts(&[(Notice::Approved, "2020-03-03T08:00:00Z")], Some(VideoState::Approved))]
    #[case::one_of_a_second_later_is_not_known(&[(Notice::Approved, "2020-03-03T08:00:01Z")], None)]
    #[case::an_invitation_is_no_word_on_the_video(&[(Notice::Repair, "2020-03-01T08:00:00Z")], None)]
    fn the_newest_word_on_the_video_counts(
        #[case] notices: &[(Notice, &str)],
        #[case] state: Option<VideoState>,
    ) {
        assert_eq!(facts(notices, "2020-03-03T08:00:00Z").video.map(|video| video.state), state);
    }

    #[test]
    fn an_invitation_says_that_an_official_centre_repaired_it() {
        let notices = [(Notice::Repair, "2020-03-02T08:00:00Z"), (Notice::Repair, "2020-03-01T08:00:00Z")];
        let facts = facts(&notices, "2020-03-03T08:00:00Z");
        assert_eq!(facts.repaired_by, Some(Repairer::Official));
        assert_eq!(facts.repair_invitation_at, Some(at("2020-03-02T08:00:00Z")));
    }
}
