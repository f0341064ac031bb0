//! The registry as CSV, the mirror of import: the true record, with what the counter did.

use std::io::Write;

use thiserror::Error;

use crate::domain::money::{Currency, Money};
use crate::repository::registry::{self, Kind};
use crate::repository::{Fault, Repository};

/// Why an export broke off.
#[derive(Debug, Error)]
pub enum Failure {
    /// The file cannot be written; a closed pipe is one of these.
    #[error("the export cannot be written: {0}: check the disk and the folder")]
    Write(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Writes one kind as CSV: UTF-8, a header line, LF line ends, in the order of the key. Returns its rows.
pub fn export(repository: &mut Repository, kind: Kind, out: impl Write) -> Result<u64, Failure> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(kind.columns()).map_err(written)?;
    let mut rows = 0;
    repository.read(|tx| {
        registry::export(tx, kind, |cells| {
            rows += 1;
            let amount = if kind == Kind::Fees { amount(cells) } else { None };
            let texts = cells.iter().enumerate().map(|(at, cell)| match (&amount, at) {
                (Some(amount), 4) => amount.as_str(),
                _ => cell.as_deref().unwrap_or_default(),
            });
            out.write_record(texts).map_err(written)
        })
    })?;
    out.flush()?;
    Ok(rows)
}

fn written(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::Write(error),
        other => Failure::Write(std::io::Error::other(format!("{other:?}"))),
    }
}

/// A fee's amount in major units.
fn amount(cells: &[Option<String>]) -> Option<String> {
    let currency: Currency = cells.get(2)?.as_deref()?.parse().ok()?;
    let minor: i64 = cells.get(4)?.as_deref()?.parse().ok()?;
    Some(Money { minor, currency }.decimal())
}
