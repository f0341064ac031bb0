//! The printer: a command that takes the text on its standard input, within ten seconds or not at all.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use thiserror::Error;

use crate::paper::Width;

/// As long as a printer's command may take.
pub const LIMIT: Duration = Duration::from_secs(10);

/// How often its end is looked for.
const LOOK: Duration = Duration::from_millis(20);

/// How long its last words may take once it has ended.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// At most so much of what it complains about is told.
const WORDS: u64 = 300;

/// Where papers are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printer {
    /// This command.
    Command(String, Vec<String>),
    /// Nowhere: the config says so.
    Off,
    /// Nowhere: no command is named, and the system has none.
    Missing,
}

/// Where papers are printed, and how wide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printing {
    /// Where.
    pub printer: Printer,
    /// How wide, where nobody says otherwise.
    pub width: Width,
}

/// Why nothing was printed. The paper is kept all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Trouble {
    /// Printing is off.
    #[error("printing is turned off in the config")]
    Off,
    /// There is no command.
    #[error("no printer is set up (the config's `print` names its command)")]
    Missing,
    /// It does not start.
    #[error("{0} does not start: {1}")]
    Start(String, String),
    /// It was too slow and was stopped.
    #[error("{0} did not end within {1} seconds and was stopped")]
    Slow(String, u64),
    /// It failed.
    #[error("{0} failed{1}")]
    Failed(String, String),
}

impl Printer {
    /// The printer that the config names; without a word there, `lp` where the system has it.
    #[must_use]
    pub fn settle(command: Option<&[String]>) -> Self {
        match command {
            Some([]) => Self::Off,
            Some([program, rest @ ..]) => Self::Command(program.clone(), rest.to_vec()),
            None if on_path("lp") => Self::Command("lp".to_owned(), Vec::new()),
            None => Self::Missing,
        }
    }

    /// Sends a text and waits for the command's end, at most `limit`; a slow one is killed and reaped.
    pub fn send(&self, text: &str, limit: Duration) -> Result<(), Trouble> {
        let (program, arguments) = match self {
            Self::Command(program, arguments) => (program, arguments),
            Self::Off => return Err(Trouble::Off),
            Self::Missing => return Err(Trouble::Missing),
        };
        let started = Command::new(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        let mut child = started.map_err(|cause| Trouble::Start(program.clone(), cause.to_string()))?;
        let words = feed(&mut child, text.to_owned());
        wait(&mut child, (program, limit), &words)
    }
}

/// Gives the text on a thread of its own: a command that does not read must not hold us up.
fn feed(child: &mut Child, text: String) -> Receiver<String> {
    let (say, words) = channel();
    if let Some(mut input) = child.stdin.take() {
        // A command that closes its input early tells by its exit code whether that was wrong.
        thread::spawn(move || drop(input.write_all(text.as_bytes())));
    }
    if let Some(errors) = child.stderr.take() {
        thread::spawn(move || {
            let mut heard = Vec::new();
            let mut errors = errors;
            // What cannot be read is nothing to tell.
            let _ = errors.by_ref().take(WORDS).read_to_end(&mut heard);
            let _ = say.send(String::from_utf8_lossy(&heard).trim().replace('\n', " "));
            let _ = std::io::copy(&mut errors, &mut std::io::sink());
        });
    }
    words
}

fn wait(
    child: &mut Child,
    (program, limit): (&str, Duration),
    words: &Receiver<String>,
) -> Result<(), Trouble> {
    let until = Instant::now() + limit;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                let words = words.recv_timeout(LAST_WORDS).ok().filter(|words| !words.is_empty());
                let why = words.unwrap_or_else(|| status.to_string());
                return Err(Trouble::Failed(program.to_owned(), format!(": {why}")));
            }
            Ok(None) if Instant::now() < until => thread::sleep(LOOK),
            Ok(None) | Err(_) => {
                // It may have ended in this very moment; either way it is reaped.
                let _ = child.kill();
                let _ = child.wait();
                return Err(Trouble::Slow(program.to_owned(), limit.as_secs()));
            }
        }
    }
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn shell(script: &str) -> Printer {
        Printer::Command("sh".to_owned(), vec!["-c".to_owned(), script.to_owned()])
    }

    #[test]
    fn the_whole_text_arrives_on_standard_input() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out");
        let text = "李小龍\n".repeat(20_000);
        shell(&format!("cat > {}", file.display())).send(&text, LIMIT).unwrap();
        assert_eq!(std::fs::read_to_string(file).unwrap(), text);
    }

    #[rstest]
    #[case::off(Printer::Off, "printing is turned off in the config")]
    #[case::missing(Printer::Missing, "no printer is set up (the config's `print` names its command)")]
    #[case::failed(shell("cat > /dev/null; echo no paper >&2; exit 3"), "sh failed: no paper")]
    #[case::says_much(shell("cat > /dev/null; head -c 200000 /dev/zero >&2; exit 0"), "")]
    fn trouble_is_told_in_words(#[case] printer: Printer, #[case] says: &str) {
        let said = printer.send("text", LIMIT).map_or_else(|trouble| trouble.to_string(), |()| String::new());
        assert_eq!(said, says);
    }

    #[test]
    fn a_command_that_is_not_there_does_not_start() {
        let printer = Printer::Command("no-such-printer".to_owned(), Vec::new());
        assert!(matches!(printer.send("", LIMIT), Err(Trouble::Start(..))));
    }

    #[test]
    fn a_command_that_hangs_and_reads_nothing_is_stopped_and_reaped() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("pid");
        let text = "x".repeat(1 << 20);
        let slow = shell(&format!("echo $$ > {}; exec sleep 60", file.display()));
        let stopped = slow.send(&text, Duration::from_secs(1));
        assert_eq!(stopped, Err(Trouble::Slow("sh".to_owned(), 1)));
        let pid = std::fs::read_to_string(file).unwrap();
        assert!(!std::path::Path::new("/proc").join(pid.trim()).exists(), "process {pid} is still there");
    }

    #[test]
    fn an_empty_list_turns_printing_off() {
        assert_eq!(Printer::settle(Some(&[])), Printer::Off);
        let words = ["lp", "-d", "roll"].map(str::to_owned);
        let Printer::Command(program, rest) = Printer::settle(Some(&words)) else { panic!("no command") };
        assert_eq!((program.as_str(), rest.len()), ("lp", 2));
    }
}
