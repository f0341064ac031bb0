//! The threads that feed the loop: one reads the terminal, one hears signals.
//!
//! Each blocks until something happens, so that an idle program costs nothing.

use std::io;
use std::thread;
use std::time::Instant;

use ratatui::crossterm::event::{self as terminal, KeyEventKind};
use ratatui::layout::Size;

use crate::tui::event::{Event, Outbox};

/// Signals that end a program: they wait from here on until somebody listens.
#[derive(Debug)]
pub struct Caught(#[cfg(unix)] signal_hook::iterator::Signals);

/// Catches the signals; before the terminal is taken over, so that none can leave it raw.
pub fn catch() -> io::Result<Caught> {
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT]).map(Caught)
    }
    #[cfg(not(unix))]
    Ok(Caught())
}

/// Starts both threads.
pub fn listen<A: Send + 'static>(caught: Caught, outbox: &Outbox<A>) -> io::Result<()> {
    listen_to_signals(caught, outbox.clone())?;
    let keys = outbox.clone();
    thread::Builder::new().name("keys".to_owned()).spawn(move || read_terminal(&keys))?;
    Ok(())
}

/// Reads the terminal until it is gone or nobody listens any more.
fn read_terminal<A>(outbox: &Outbox<A>) {
    let alarm = Alarm::new(outbox.clone(), "reading the keyboard stopped");
    loop {
        match terminal::read() {
            Ok(event) => {
                let Some(event) = admit(event, Instant::now()) else { continue };
                if outbox.send(event).is_err() {
                    break;
                }
            }
            Err(error) => {
                // A failed send means that the loop has ended before.
                let _ = outbox.send(Event::Lost(format!("the terminal cannot be read any more: {error}")));
                break;
            }
        }
    }
    alarm.disarm();
}

/// Lets in what the program understands; key releases stay outside.
fn admit<A>(event: terminal::Event, at: Instant) -> Option<Event<A>> {
    match event {
        terminal::Event::Key(key) if key.kind == KeyEventKind::Release => None,
        terminal::Event::Key(key) => Some(Event::Key(key, at)),
        terminal::Event::Paste(text) => Some(Event::Paste(text, at)),
        terminal::Event::Resize(width, height) => Some(Event::Resize(Size { width, height })),
        terminal::Event::FocusGained | terminal::Event::FocusLost | terminal::Event::Mouse(_) => None,
    }
}

/// Turns the signals that end a program into events.
#[cfg(unix)]
fn listen_to_signals<A: Send + 'static>(Caught(mut signals): Caught, outbox: Outbox<A>) -> io::Result<()> {
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if outbox.send(Event::Signal(signal)).is_err() {
                break;
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
fn listen_to_signals<A: Send + 'static>(_caught: Caught, _outbox: Outbox<A>) -> io::Result<()> {
    Ok(())
}

/// Tells the loop when the thread that holds it panics; the loop would wait for ever otherwise.
#[derive(Debug)]
pub(crate) struct Alarm<A> {
    outbox: Option<Outbox<A>>,
    what: &'static str,
}

impl<A> Alarm<A> {
    /// Arms the alarm with what to say.
    pub(crate) fn new(outbox: Outbox<A>, what: &'static str) -> Self {
        Self { outbox: Some(outbox), what }
    }

    /// Ends the watch in peace.
    pub(crate) fn disarm(mut self) {
        self.outbox = None;
    }
}

impl<A> Drop for Alarm<A> {
    fn drop(&mut self) {
        if let Some(outbox) = self.outbox.take() {
            // A failed send means that the loop has ended before.
            let _ = outbox.send(Event::Lost(format!("{}; start caredesk again", self.what)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::crossterm::event::{Event as Raw, KeyCode, KeyEvent, KeyModifiers};
    use rstest::rstest;

    fn key(kind: KeyEventKind) -> Raw {
        Raw::Key(KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, kind))
    }

    #[rstest]
    #[case::press(key(KeyEventKind::Press), true)]
    #[case::repeat(key(KeyEventKind::Repeat), true)]
    #[case::release(key(KeyEventKind::Release), false)]
    #[case::focus(Raw::FocusGained, false)]
    #[case::paste(Raw::Paste("text".to_owned()), true)]
    #[case::resize(Raw::Resize(80, 24), true)]
    fn key_releases_stay_outside(#[case] event: Raw, #[case] admitted: bool) {
        assert_eq!(admit::<()>(event, Instant::now()).is_some(), admitted);
    }

    #[test]
    fn a_panicking_thread_tells_the_loop() {
        let (outbox, inbox) = std::sync::mpsc::channel::<Event<()>>();
        let dying = thread::spawn(move || {
            let _alarm = Alarm::new(outbox, "the worker stopped");
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(dying.join().is_err());
        assert!(matches!(inbox.recv(), Ok(Event::Lost(why)) if why.starts_with("the worker stopped")));
    }
}
