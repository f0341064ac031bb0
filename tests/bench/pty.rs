//! A program in a terminal of its own, watched from outside.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::Context;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Nothing takes longer than this.
const PATIENCE: Duration = Duration::from_secs(2);

/// A running program; it is ended when this is dropped.
pub struct Watched {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    output: Receiver<Vec<u8>>,
    seen: Vec<u8>,
}

impl Watched {
    /// Starts it in 80×24 cells.
    pub fn start(command: CommandBuilder) -> anyhow::Result<Self> {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let mut reader = pair.master.try_clone_reader()?;
        let (tell, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8_192];
            while let Ok(bytes @ 1..) = reader.read(&mut buffer) {
                if tell.send(buffer[..bytes].to_vec()).is_err() {
                    break;
                }
            }
        });
        let child = pair.slave.spawn_command(command)?;
        let keyboard = pair.master.take_writer()?;
        Ok(Self { child, keyboard, _master: pair.master, output, seen: Vec::new() })
    }

    /// Waits until a word without blanks was written; none when the program ends or is silent for long.
    pub fn wait_for(&mut self, word: &str) -> Option<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if self.seen.windows(word.len()).any(|there| there == word.as_bytes()) {
                return Some(());
            }
            let left = deadline.saturating_duration_since(Instant::now());
            self.seen.extend(self.output.recv_timeout(left).ok()?);
        }
    }

    /// Forgets what was written so far.
    pub fn forget(&mut self) {
        self.seen.clear();
    }

    /// Types.
    pub fn type_in(&mut self, text: &str) -> anyhow::Result<()> {
        self.keyboard.write_all(text.as_bytes())?;
        Ok(self.keyboard.flush()?)
    }

    /// What the system has counted of it so far.
    pub fn counts(&mut self) -> anyhow::Result<Counts> {
        while let Ok(bytes) = self.output.try_recv() {
            self.seen.extend(bytes);
        }
        let id = self.child.process_id().context("it has ended")?;
        Counts::of(id, self.seen.len())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // One that has ended already needs no ending.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the system counts of a process.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Memory, in KiB.
    pub memory: u64,
    /// How often a thread went to sleep and woke.
    pub wakes: u64,
    /// Hundredths of a second of a core.
    pub ticks: u64,
    /// Bytes written to the terminal.
    pub bytes: usize,
}

impl Counts {
    fn of(id: u32, bytes: usize) -> anyhow::Result<Self> {
        let folder = format!("/proc/{id}");
        let memory = number_after(&std::fs::read_to_string(format!("{folder}/status"))?, "VmRSS:");
        let mut wakes = 0;
        for thread in std::fs::read_dir(format!("{folder}/task"))? {
            let status = std::fs::read_to_string(thread?.path().join("status"))?;
            wakes += number_after(&status, "voluntary_ctxt_switches:");
        }
        let stat = std::fs::read_to_string(format!("{folder}/stat"))?;
        let after_name = stat.rsplit(')').next().unwrap_or_default();
        let ticks =
            after_name.split_whitespace().skip(11).take(2).filter_map(|text| text.parse::<u64>().ok()).sum();
        Ok(Self { memory, wakes, ticks, bytes })
    }
}

fn number_after(text: &str, start: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(start)).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
