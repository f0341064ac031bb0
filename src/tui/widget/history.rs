//! What a value was before: for undo, and for taking a scanner's first character back.

use crate::tui::widget::Reply;

/// How a change was made; a run of the same kind is one step of undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Character by character.
    Typing,
    /// Removing character by character.
    Deleting,
    /// All at once; always a step of its own.
    Whole,
}

/// The most steps kept.
const STEPS: usize = 100;

/// The earlier states of a value.
#[derive(Debug, Clone)]
pub struct History<T> {
    past: Vec<T>,
    run: Option<Kind>,
    /// The state before the last typed character, and whether that began a step.
    typed: Option<(T, bool)>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self { past: Vec::new(), run: None, typed: None }
    }
}

impl<T: Clone> History<T> {
    /// Notes the state before a change; tells whether the change begins a new step.
    pub fn note(&mut self, before: &T, kind: Kind) -> bool {
        let new_step = kind == Kind::Whole || self.run != Some(kind);
        self.typed = (kind == Kind::Typing).then(|| (before.clone(), new_step));
        if new_step {
            self.past.push(before.clone());
            if self.past.len() > STEPS {
                self.past.remove(0);
            }
        }
        self.run = Some(kind);
        new_step
    }

    /// Ends a run, so that the next change is a step of its own: the cursor went elsewhere.
    pub fn pause(&mut self) {
        self.run = None;
        self.typed = None;
    }

    /// Puts the state before the last step back.
    pub fn undo_into(&mut self, now: &mut T) -> Reply {
        let Some(before) = self.undo() else { return Reply::Ignored };
        *now = before;
        Reply::Changed
    }

    fn undo(&mut self) -> Option<T> {
        self.pause();
        self.past.pop()
    }

    /// Puts the state before the last typed character back, once and only directly after it.
    ///
    /// The reply says whether a step of undo went with it.
    pub fn take_back_into(&mut self, now: &mut T) -> Reply {
        let Some((before, reply)) = self.take_back() else { return Reply::Ignored };
        *now = before;
        reply
    }

    fn take_back(&mut self) -> Option<(T, Reply)> {
        let (before, began_step) = self.typed.take()?;
        if began_step {
            self.past.pop();
            self.run = None;
        }
        Some((before, if began_step { Reply::NewStep } else { Reply::Changed }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_typing_is_one_step_and_deleting_begins_another() {
        let mut history = History::default();
        assert!(history.note(&"", Kind::Typing));
        assert!(!history.note(&"a", Kind::Typing));
        assert!(history.note(&"ab", Kind::Deleting));
        assert_eq!(history.undo(), Some("ab"));
        assert_eq!(history.undo(), Some(""));
        assert_eq!(history.undo(), None);
    }

    #[test]
    fn a_typed_character_is_taken_back_once() {
        let mut history = History::default();
        history.note(&"", Kind::Typing);
        history.note(&"a", Kind::Typing);
        assert_eq!(history.take_back(), Some(("a", Reply::Changed)));
        assert_eq!(history.take_back(), None);
        assert_eq!(history.undo(), Some(""), "the run before it is still a step");
    }

    #[test]
    fn taking_a_first_character_back_leaves_no_step() {
        let mut history = History::default();
        history.note(&"Lee", Kind::Typing);
        assert_eq!(history.take_back(), Some(("Lee", Reply::NewStep)));
        assert_eq!(history.undo(), None);
    }

    #[test]
    fn a_removed_character_is_not_taken_back() {
        let mut history = History::default();
        history.note(&"ab", Kind::Deleting);
        assert_eq!(history.take_back(), None);
    }

    #[test]
    fn the_oldest_steps_go_first() {
        let mut history = History::default();
        for step in 0..=STEPS {
            history.note(&step, Kind::Whole);
        }
        let oldest = std::iter::from_fn(|| history.undo()).last();
        assert_eq!(oldest, Some(1));
    }
}
