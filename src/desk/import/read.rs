//! Records of a CSV file, one at a time and never larger than a limit, with the line each began on.

use std::io::{ErrorKind, Read};

use csv_core::ReadRecordResult;
use sha2::{Digest, Sha256};

/// A record larger than this is refused: an open quote must not eat the memory.
const LARGEST: usize = 1 << 20;

/// A record with more fields than this is refused.
const MOST_FIELDS: usize = 256;

/// The fields of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    text: &'a [u8],
    ends: &'a [usize],
}

/// What stands at a line.
#[derive(Debug)]
pub(super) enum Record<'a> {
    /// Fields, of which nothing is known yet.
    Fields(Fields<'a>),
    /// Not a record that can be read.
    Unreadable(String),
}

impl<'a> Fields<'a> {
    pub const fn len(self) -> usize {
        self.ends.len()
    }

    /// The field's bytes.
    fn bytes(self, at: usize) -> &'a [u8] {
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|&to| self.text.get(from..to)).unwrap_or_default()
    }

    /// The field as text.
    pub fn get(self, at: usize) -> Result<&'a str, String> {
        let bytes = self.bytes(at);
        if bytes.contains(&0) {
            return Err("holds a NUL byte: this is not text".to_owned());
        }
        std::str::from_utf8(bytes)
            .map_err(|_| "is not UTF-8: save the file as UTF-8 and import it again".to_owned())
    }
}

/// Reads records.
pub(super) struct Reader<R> {
    input: R,
    core: csv_core::Reader,
    buffer: Vec<u8>,
    /// What of the buffer is not read yet.
    from: usize,
    to: usize,
    text: Vec<u8>,
    ends: Vec<usize>,
    line: u64,
    bytes: u64,
    quotes: u32,
    digest: Sha256,
}

impl<R: Read> Reader<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            core: csv_core::Reader::new(),
            buffer: vec![0; 1 << 16],
            from: 0,
            to: 0,
            text: vec![0; LARGEST],
            ends: vec![0; MOST_FIELDS],
            line: 1,
            bytes: 0,
            quotes: 0,
            digest: Sha256::new(),
        }
    }

    /// Reads more when everything is read; tells whether there is something.
    fn fill(&mut self) -> std::io::Result<bool> {
        while self.from == self.to {
            match self.input.read(&mut self.buffer) {
                Ok(0) => return Ok(false),
                Ok(bytes) => {
                    (self.from, self.to) = (0, bytes);
                    self.digest.update(self.buffer.get(..bytes).unwrap_or_default());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    fn waiting(&self) -> &[u8] {
        self.buffer.get(self.from..self.to).unwrap_or_default()
    }

    /// Counts lines and quotes of what is consumed.
    fn consume(&mut self, bytes: usize) {
        // Sums that may wrap are made of many bytes at a time; a buffer holds fewer of them than would.
        let count = |of: u8, bytes: &[u8]| {
            bytes.iter().fold(0_u32, |count, byte| count.wrapping_add(u32::from(*byte == of)))
        };
        let consumed = self.buffer.get(self.from..self.from + bytes).unwrap_or_default();
        self.line += u64::from(count(b'\n', consumed));
        self.quotes = self.quotes.wrapping_add(count(b'"', consumed));
        self.from += bytes;
        self.bytes += bytes as u64;
    }

    /// Passes over line ends and empty lines, so that a record's line is the one it begins on.
    fn skip_empty(&mut self) -> std::io::Result<()> {
        while self.fill()? {
            let ends = self.waiting().iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            if ends == 0 {
                break;
            }
            self.consume(ends);
        }
        Ok(())
    }

    /// The first bytes of the file, with a byte order mark taken off.
    pub fn start(&mut self) -> std::io::Result<[u8; 4]> {
        while self.to < 4 {
            let rest = self.buffer.get_mut(self.to..).unwrap_or_default();
            match self.input.read(rest)? {
                0 => break,
                bytes => self.to += bytes,
            }
        }
        self.digest.update(self.buffer.get(..self.to).unwrap_or_default());
        let mut first = [0; 4];
        for (to, from) in first.iter_mut().zip(self.waiting()) {
            *to = *from;
        }
        if self.waiting().starts_with(b"\xEF\xBB\xBF") {
            (self.from, self.bytes) = (3, 3);
        }
        Ok(first)
    }

    /// The next record and its line; none at the end.
    pub fn next(&mut self) -> std::io::Result<Option<(u64, Record<'_>)>> {
        self.skip_empty()?;
        let line = self.line;
        self.quotes = 0;
        let (mut text, mut ends, mut too_much) = (0, 0, None);
        loop {
            let last = !self.fill()?;
            let input = self.buffer.get(self.from..self.to).unwrap_or_default();
            let output = self.text.get_mut(text..).unwrap_or_default();
            let (result, read, wrote, ended) =
                self.core.read_record(input, output, self.ends.get_mut(ends..).unwrap_or_default());
            self.consume(read);
            text += wrote;
            ends += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    text = 0;
                    too_much.get_or_insert("is longer than 1 MiB: is a quote left open?");
                }
                ReadRecordResult::OutputEndsFull => {
                    ends = 0;
                    too_much.get_or_insert("has more than 256 fields");
                }
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    let open = last && self.quotes % 2 == 1;
                    let problem = too_much.or(open.then_some("ends inside a quote: is the file cut off?"));
                    return Ok(Some((line, self.record(problem, (text, ends)))));
                }
            }
        }
    }

    fn record(&self, problem: Option<&str>, (text, ends): (usize, usize)) -> Record<'_> {
        match problem {
            Some(problem) => Record::Unreadable(problem.to_owned()),
            None => Record::Fields(Fields {
                text: self.text.get(..text).unwrap_or_default(),
                ends: self.ends.get(..ends).unwrap_or_default(),
            }),
        }
    }

    /// Bytes that are read by now.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of everything that was read, in hexadecimal.
    pub fn digest(self) -> String {
        self.digest.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
            for half in [byte >> 4, byte & 15] {
                text.extend(char::from_digit(u32::from(half), 16));
            }
            text
        })
    }
}
