//! Reading ahead: a thread reads and checks rows while those before them are staged.

use std::cell::Cell;
use std::io::Read;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use crate::desk::import::cell::Known;
use crate::desk::import::read::{Reader, Record};
use crate::desk::import::row::{Cells, Header, Problem};
use crate::domain::edition::Editions;

/// Rows that go over at once.
const ROWS: u64 = 1000;

/// Batches that may wait: the reader is never further ahead than this.
const WAITING: usize = 4;

/// Rows of a file, in their order: the good ones as they are staged, the bad ones with what is wrong.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Rows read, good and bad.
    pub rows: u64,
    /// Bytes of the file that are read by now.
    pub bytes: u64,
    /// Lines and problems of the bad ones.
    pub bad: Vec<(u64, Problem)>,
    lines: Vec<u64>,
    /// All cells one behind the other; an empty one is none.
    text: String,
    ends: Vec<usize>,
}

impl Batch {
    fn good(&mut self, line: u64, cells: &Cells<'_>) {
        self.lines.push(line);
        for cell in cells {
            self.text.push_str(cell.as_deref().unwrap_or_default());
            self.ends.push(self.text.len());
        }
    }

    /// Gives each good row's line and cells to `each`, until it fails.
    pub fn each<E>(&self, mut each: impl FnMut(u64, &[Option<&str>]) -> Result<(), E>) -> Result<(), E> {
        let Some(width) = self.ends.len().checked_div(self.lines.len()) else { return Ok(()) };
        let (mut from, mut cells) = (0, Vec::with_capacity(width));
        for (line, ends) in self.lines.iter().zip(self.ends.chunks_exact(width)) {
            cells.clear();
            for &to in ends {
                cells.push(self.text.get(from..to).filter(|cell| !cell.is_empty()));
                from = to;
            }
            each(*line, &cells)?;
        }
        Ok(())
    }
}

/// What is known of a file when all of it is read.
#[derive(Debug)]
pub(super) struct End {
    /// SHA-256 of the file.
    pub digest: String,
    /// Cells from which characters that nobody sees were taken.
    pub cleaned: u64,
}

/// Reads the rows behind the header on a thread of their own, which ends early when nobody takes them any more.
pub(super) fn read<'scope, R: Read + Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    (reader, header): (Reader<R>, Header),
    editions: &'scope Editions,
) -> (Receiver<Batch>, ScopedJoinHandle<'scope, std::io::Result<End>>) {
    let (sender, batches) = sync_channel(WAITING);
    (batches, scope.spawn(move || rows((reader, &header), editions, &sender)))
}

fn rows<R: Read>(
    (mut reader, header): (Reader<R>, &Header),
    editions: &Editions,
    sender: &SyncSender<Batch>,
) -> std::io::Result<End> {
    let known = Known { editions, cleaned: Cell::new(0) };
    let mut batch = Batch::default();
    while let Some((line, record)) = reader.next()? {
        batch.rows += 1;
        let row = match record {
            Record::Fields(fields) => header.row(&known, fields),
            Record::Unreadable(problem) => Err(("record", problem)),
        };
        match row {
            Ok(cells) => batch.good(line, &cells),
            Err(problem) => batch.bad.push((line, problem)),
        }
        if batch.rows == ROWS {
            batch.bytes = reader.bytes();
            if sender.send(std::mem::take(&mut batch)).is_err() {
                break;
            }
        }
    }
    batch.bytes = reader.bytes();
    // A taker that is gone has failed, and says so itself.
    let _ = sender.send(batch);
    Ok(End { digest: reader.digest(), cleaned: known.cleaned.get() })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::thread;

    use super::*;
    use crate::repository::registry::Kind;

    fn opened<R: Read>(input: R) -> (Reader<R>, Header) {
        let mut reader = Reader::new(input);
        reader.start().unwrap();
        let Some((_, Record::Fields(fields))) = reader.next().unwrap() else { panic!("a header") };
        let header = Header::read(Kind::Stock, fields).unwrap();
        (reader, header)
    }

    fn file(rows: u64) -> String {
        let row = |number| {
            format!(
                "S-{number},mavic-pro,{},in-stock,\n",
                if number % 700 == 0 { "tail" } else { "aircraft" }
            )
        };
        std::iter::once("serial,model,part,state,place\n".to_owned()).chain((1..=rows).map(row)).collect()
    }

    /// The same row, for ever.
    struct Endless;

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let row = b"S-1,mavic-pro,aircraft,in-stock,\n";
            let rows = buffer.chunks_exact_mut(row.len()).map(|chunk| chunk.copy_from_slice(row)).count();
            Ok(rows * row.len())
        }
    }

    #[test]
    fn rows_of_many_batches_come_in_their_order_and_bad_ones_with_their_lines() {
        let editions = crate::programme::editions(None).unwrap();
        let text = file(2 * ROWS + 5);
        let (mut good, mut bad, mut sizes) = (Vec::new(), Vec::new(), Vec::new());
        let end = thread::scope(|scope| {
            let (batches, reading) = read(scope, opened(Cursor::new(&text)), &editions);
            for batch in batches {
                sizes.push((batch.rows, batch.bytes == text.len() as u64));
                bad.extend(batch.bad.iter().map(|(line, (column, _))| (*line, *column)));
                let keep = |line, cells: &[Option<&str>]| {
                    good.push((
                        line,
                        cells.iter().map(|cell| cell.map(ToOwned::to_owned)).collect::<Vec<_>>(),
                    ));
                    Ok::<_, ()>(())
                };
                batch.each(keep).unwrap();
            }
            reading.join().unwrap().unwrap()
        });
        assert_eq!(sizes, [(ROWS, false), (ROWS, false), (5, true)]);
        assert_eq!(bad, [(701, "part"), (1401, "part")]);
        assert_eq!(good.len(), 2003);
        assert!(good.is_sorted_by_key(|(line, _)| *line));
        let cells = ["S-2005", "mavic-pro", "aircraft", "in-stock"].map(|cell| Some(cell.to_owned()));
        assert_eq!(good.last(), Some(&(2006, [&cells[..], &[None]].concat())));
        assert_eq!(end.cleaned, 0);
    }

    #[test]
    fn a_taker_that_is_gone_ends_the_reading() {
        let editions = crate::programme::editions(None).unwrap();
        let endless = Cursor::new(file(0)).chain(Endless);
        let end = thread::scope(|scope| {
            let (batches, reading) = read(scope, opened(endless), &editions);
            drop(batches);
            reading.join().unwrap()
        });
        assert!(end.is_ok());
    }
}
