//! Keeps keys that were pressed before a question was on the screen from answering it.

use std::time::Instant;

/// Since when the open question can be read.
#[derive(Debug, Default)]
pub(super) struct Gate {
    shown: Option<(u64, Instant)>,
}

impl Gate {
    /// Notes that a frame with this question, or with none, stands since `now`.
    pub(super) fn drawn(&mut self, question: Option<u64>, now: Instant) {
        let since = |number| self.shown.filter(|(shown, _)| *shown == number).unwrap_or((number, now));
        self.shown = question.map(since);
    }

    /// Tells whether something done at `at` may answer.
    pub(super) fn admits(&self, question: Option<u64>, at: Instant) -> bool {
        question.is_none_or(|number| self.shown.is_some_and(|(shown, since)| shown == number && at >= since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn only_what_is_pressed_after_the_frame_answers() {
        let mut gate = Gate::default();
        let before = Instant::now();
        let drawn = before + Duration::from_millis(5);
        assert!(gate.admits(None, before));
        assert!(!gate.admits(Some(1), before), "the question is not drawn yet");
        gate.drawn(Some(1), drawn);
        assert!(!gate.admits(Some(1), before));
        assert!(gate.admits(Some(1), drawn));
    }

    #[test]
    fn a_second_frame_does_not_close_the_gate_again() {
        let mut gate = Gate::default();
        let drawn = Instant::now();
        gate.drawn(Some(1), drawn);
        gate.drawn(Some(1), drawn + Duration::from_secs(1));
        assert!(gate.admits(Some(1), drawn));
        assert!(!gate.admits(Some(2), drawn), "another question needs its own frame");
    }
}
