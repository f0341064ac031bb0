//! What arrives from outside, and the messages a program gets for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::Instant;

use chrono::{DateTime, FixedOffset};
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Size;

use crate::tui::key::{Action, Edit};
use crate::tui::scan::Scan;

/// Where threads put what the loop must know.
pub type Outbox<A> = Sender<Event<A>>;

/// Something that arrived, as it goes through the loop's one channel.
#[derive(Debug)]
pub enum Event<A> {
    /// A key, pressed or repeating, with the time it arrived.
    Key(KeyEvent, Instant),
    /// A pasted text, with the time it arrived.
    Paste(String, Instant),
    /// The window has this size.
    Resize(Size),
    /// The system asks the program to end; the signal's number.
    Signal(i32),
    /// The worker's answer, void when a newer question was asked.
    Answer(Ticket, A),
    /// A thread the loop needs has ended; why.
    Lost(String),
}

/// The number of a question to the worker, which knows whether it is the newest.
#[derive(Debug, Clone)]
pub struct Ticket {
    number: u64,
    newest: Arc<AtomicU64>,
}

impl Ticket {
    /// Draws the next number; all tickets before it become void.
    #[must_use]
    pub fn draw(newest: &Arc<AtomicU64>) -> Self {
        let number = newest.fetch_add(1, Ordering::SeqCst) + 1;
        Self { number, newest: Arc::clone(newest) }
    }

    /// Tells whether no newer question was asked.
    #[must_use]
    pub fn is_newest(&self) -> bool {
        self.newest.load(Ordering::SeqCst) == self.number
    }
}

/// What a program is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg<A> {
    /// The time, before the first frame and then once a minute.
    Clock(DateTime<FixedOffset>),
    /// The first frame stands; slow beginnings may start.
    Start,
    /// A command of the key table.
    Act(Action),
    /// A change to the text under the cursor.
    Edit(Edit),
    /// The last [`Edit::Insert`] was a scanner's: undo it as if it had not been.
    TakeBack,
    /// A scan of a known shape, wherever the cursor is.
    Scan(Scan),
    /// A scan of no known shape: show it in the message line, type and commit nothing.
    Unknown(String),
    /// A pasted text, on one line.
    Paste(String),
    /// The window has this size.
    Resize(Size),
    /// What an effect came to.
    Answer(A),
    /// The program ends now, whatever is open: put it aside.
    Stop,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_question_voids_the_older_ticket() {
        let newest = Arc::new(AtomicU64::new(0));
        let first = Ticket::draw(&newest);
        assert!(first.is_newest());
        let second = Ticket::draw(&newest);
        assert!(!first.is_newest());
        assert!(second.is_newest());
    }
}
