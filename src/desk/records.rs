//! The shop's own records as CSV: cases and the journal.

use std::io::Write;

use crate::desk::{Desk, Failure};
use crate::repository::case::Which;
use crate::repository::journal::{self, hex};

fn written(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::Write(error),
        other => Failure::Write(std::io::Error::other(format!("{other:?}"))),
    }
}

impl Desk {
    /// Writes every case, oldest first.
    pub fn export_cases(&mut self, out: impl Write) -> Result<(), Failure> {
        let lines = self.cases(Which::All)?;
        let mut csv = csv::Writer::from_writer(out);
        let put = |csv: &mut csv::Writer<_>, row: &[&str]| csv.write_record(row).map_err(written);
        put(&mut csv, &["number", "state", "outcome", "serial", "customer", "phone", "recorded_at"])?;
        for line in &lines {
            let phone = line.phone.as_deref().unwrap_or_default();
            let row = [&line.number, &line.state, &line.outcome, &line.serial, &line.customer];
            let mut row: Vec<&str> = row.iter().map(|text| text.as_str()).collect();
            row.extend([phone, line.recorded_at.as_str()]);
            put(&mut csv, &row)?;
        }
        Ok(csv.flush()?)
    }

    /// Writes the journal, line by line; people and texts are named by id and digest only.
    pub fn export_journal(&mut self, out: impl Write) -> Result<(), Failure> {
        let mut csv = csv::Writer::from_writer(out);
        let header = ["seq", "at", "hlc", "till", "incarnation", "actor", "kind", "payload", "prev", "hash"];
        csv.write_record(header).map_err(written)?;
        self.repository.read(|tx| {
            journal::walk(tx, |entry| {
                let (seq, incarnation) = (entry.seq.to_string(), entry.incarnation.to_string());
                let (prev, hash) = (hex(&entry.prev), hex(&entry.hash));
                let row = [
                    &seq,
                    &entry.at,
                    &entry.hlc,
                    &entry.till,
                    &incarnation,
                    &entry.actor,
                    &entry.kind,
                    &entry.payload,
                    &prev,
                    &hash,
                ];
                csv.write_record(row).map_err(written)
            })
        })?;
        Ok(csv.flush()?)
    }
}
