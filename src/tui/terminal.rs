//! The one guard of the terminal: raw mode, alternate screen, cursor, bracketed paste.
//!
//! Everything leaves through [`restore`], which may run any number of times: the normal end, an
//! error and a caught signal by way of the guard's drop, a panic by way of the hook, which restores
//! first so that its message stands on the ordinary screen.

use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::queue;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

/// What the loop draws on.
pub type Screen = Terminal<CrosstermBackend<Tty>>;

/// A frame of 200×60 cells with colours fits, so that a frame is one write.
const FRAME_BYTES: usize = 64 * 1024;

static RAISED: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// Standard output, buffered by frames, that swallows what is written after the terminal has gone.
///
/// The drawing library prints to standard error when it cannot show the cursor at its end; that
/// would panic on a terminal that was closed. Its loss is noticed by the input thread instead.
#[derive(Debug)]
pub struct Tty {
    out: BufWriter<Stdout>,
}

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(self.out.write(bytes).unwrap_or(bytes.len()))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().or(Ok(()))
    }
}

/// Restores the terminal when it is dropped.
#[derive(Debug)]
#[must_use = "the terminal is restored as soon as the guard is dropped"]
pub struct Guard(());

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Takes the terminal over; refuses in a sentence when there is none.
pub fn raise() -> anyhow::Result<(Guard, Screen)> {
    check([("input", io::stdin().is_terminal()), ("output", io::stdout().is_terminal())])?;
    HOOK.call_once(restore_before_panic_message);
    enable_raw_mode().context("the terminal does not take raw mode")?;
    RAISED.store(true, Ordering::SeqCst);
    let guard = Guard(());
    let mut out = Tty { out: BufWriter::with_capacity(FRAME_BYTES, io::stdout()) };
    queue!(out, EnterAlternateScreen, EnableBracketedPaste).context("the terminal does not take output")?;
    let screen = Terminal::new(CrosstermBackend::new(out)).context("the terminal does not tell its size")?;
    Ok((guard, screen))
}

/// Puts the terminal back, if it was taken over and not put back yet.
pub fn restore() {
    if RAISED.swap(false, Ordering::SeqCst) {
        // A terminal that is gone cannot be put back, and there is nobody to tell.
        let _ = lower(&mut io::stdout());
        let _ = disable_raw_mode();
    }
}

/// Writes what undoes [`raise`].
fn lower(out: &mut impl Write) -> io::Result<()> {
    queue!(out, DisableBracketedPaste, LeaveAlternateScreen, Show)?;
    out.flush()
}

/// Refuses when one end is no terminal.
fn check(ends: [(&str, bool); 2]) -> anyhow::Result<()> {
    match ends.iter().find(|(_, is_terminal)| !is_terminal) {
        Some((end, _)) => bail!(
            "the screens need a terminal and standard {end} is not one: \
             start caredesk in a terminal window, or use a command (caredesk --help lists them)"
        ),
        None => Ok(()),
    }
}

fn restore_before_panic_message() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        restore();
        print(panic);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::piped_in([("input", false), ("output", true)], "standard input is not one")]
    #[case::piped_out([("input", true), ("output", false)], "standard output is not one")]
    fn without_a_terminal_the_refusal_says_which_end(#[case] ends: [(&str, bool); 2], #[case] says: &str) {
        assert!(check(ends).unwrap_err().to_string().contains(says));
    }

    #[test]
    fn with_a_terminal_on_both_ends_nothing_is_refused() {
        assert!(check([("input", true), ("output", true)]).is_ok());
    }

    #[test]
    fn everything_that_was_raised_is_lowered() {
        let mut bytes = Vec::new();
        lower(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        for sequence in ["\x1b[?2004l", "\x1b[?1049l", "\x1b[?25h"] {
            assert!(text.contains(sequence), "{sequence:?} is missing");
        }
    }

    #[test]
    fn restoring_what_was_never_raised_does_nothing() {
        restore();
        assert!(!RAISED.load(Ordering::SeqCst));
    }
}
