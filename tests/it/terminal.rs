//! A real pseudo-terminal with the real binary in it, and a person or a scanner who types.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::shop::Shop;

/// A wait longer than this is a failure.
const PATIENCE: Duration = Duration::from_secs(20);

/// A person's pause, so that what they type is not taken for a scan.
const PAUSE: Duration = Duration::from_millis(70);

/// The program in a terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    seen: Arc<Mutex<Seen>>,
    /// Keys pressed so far, scans apart.
    pub keys: usize,
    /// Scans so far.
    pub scans: usize,
}

struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn parser(rows: u16, columns: u16) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap(), 0)
}

impl Terminal {
    /// Starts the program on a shop, 80 columns by 24 lines.
    pub fn start(shop: &Shop, arguments: &[&str]) -> Self {
        Self::start_with(shop, arguments, (24, 80), &[])
    }

    /// Starts the program with a size and more environment.
    pub fn start_with(
        shop: &Shop,
        arguments: &[&str],
        (rows, columns): (u16, u16),
        more: &[(&str, &str)],
    ) -> Self {
        let pair = native_pty_system().openpty(size(rows, columns)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_caredesk"));
        command.env_clear();
        for (name, value) in
            [("HOME", shop.folder().to_str().unwrap()), ("TERM", "xterm-256color"), ("USER", "Ana")]
        {
            command.env(name, value);
        }
        command.env("CAREDESK_NOW", crate::shop::NOW);
        for (name, value) in more {
            command.env(name, value);
        }
        command.arg("--data-dir");
        command.arg(shop.folder());
        command.args(arguments);
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Mutex::new(Seen { parser: parser(rows, columns), raw: Vec::new() }));
        let mut output = pair.master.try_clone_reader().unwrap();
        let drained = Arc::clone(&seen);
        // One thread always drains the terminal: a full one would stop the program.
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count) = output.read(&mut bytes) {
                if count == 0 {
                    break;
                }
                let mut seen = drained.lock().unwrap();
                seen.parser.process(&bytes[..count]);
                seen.raw.extend_from_slice(&bytes[..count]);
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        Self { child, master: pair.master, keyboard, seen, keys: 0, scans: 0 }
    }

    /// What is on the screen.
    pub fn screen(&self) -> String {
        self.seen.lock().unwrap().parser.screen().contents()
    }

    /// The parsed screen, for pictures and colours.
    pub fn parsed(&self) -> vt100::Screen {
        self.seen.lock().unwrap().parser.screen().clone()
    }

    /// Everything the program wrote.
    pub fn raw(&self) -> Vec<u8> {
        self.seen.lock().unwrap().raw.clone()
    }

    /// Waits until the screen is as wanted.
    pub fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let screen = self.screen();
            if wanted(&screen) {
                return screen;
            }
            assert!(Instant::now() < deadline, "waited in vain for {what}; on the screen:\n{screen}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until nothing has been drawn for a while.
    pub fn settle(&self) {
        let mut before = 0;
        loop {
            std::thread::sleep(Duration::from_millis(300));
            let now = self.seen.lock().unwrap().raw.len();
            if now == before {
                break;
            }
            before = now;
        }
    }

    /// Waits for a text.
    pub fn wait_for(&self, text: &str) -> String {
        self.wait(text, |screen| screen.contains(text))
    }

    /// Writes bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// A scanner: all characters and its Enter in one burst.
    pub fn scan(&mut self, text: &str) {
        self.scans += 1;
        std::thread::sleep(PAUSE);
        self.send(format!("{text}\r").as_bytes());
        std::thread::sleep(PAUSE);
    }

    /// A person presses one key.
    pub fn press(&mut self, key: &str) {
        self.keys += 1;
        std::thread::sleep(PAUSE);
        self.send(bytes_of(key).as_bytes());
    }

    /// A person types words, which are not counted as keys.
    pub fn words(&mut self, text: &str) {
        for letter in text.chars() {
            std::thread::sleep(PAUSE);
            self.send(letter.to_string().as_bytes());
        }
    }

    /// Makes the window another size.
    pub fn resize(&mut self, rows: u16, columns: u16) {
        self.seen.lock().unwrap().parser = parser(rows, columns);
        self.master.resize(size(rows, columns)).unwrap();
    }

    /// The program's process id.
    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Waits for the program's end and returns its exit code.
    pub fn ended(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                std::thread::sleep(Duration::from_millis(50));
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "the program does not end; on the screen:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a terminal sends for a key.
pub fn bytes_of(key: &str) -> &str {
    match key {
        "F1" => "\x1bOP",
        "F2" => "\x1bOQ",
        "F3" => "\x1bOR",
        "F4" => "\x1bOS",
        "F5" => "\x1b[15~",
        "F6" => "\x1b[17~",
        "F7" => "\x1b[18~",
        "F8" => "\x1b[19~",
        "F9" => "\x1b[20~",
        "Enter" => "\r",
        "Tab" => "\t",
        "Esc" => "\x1b",
        "Up" => "\x1b[A",
        "Down" => "\x1b[B",
        "Ctrl+G" => "\x07",
        "Ctrl+Q" => "\x11",
        "Ctrl+S" => "\x13",
        "Ctrl+U" => "\x15",
        "Space" => " ",
        "Home" => "\x1b[H",
        "Right" => "\x1b[C",
        "Shift+Tab" => "\x1b[Z",
        one => one,
    }
}
