//! The rows of a closed day, and of papers that belong to no case.

use rusqlite::named_params;

use crate::domain::event::{DayClosed, SheetPrinted};
use crate::repository::apply::{moment, one};
use crate::repository::{Fault, Tx};

pub(super) fn closed(tx: &Tx<'_>, seq: i64, it: &DayClosed) -> Result<(), Fault> {
    let sql = "INSERT INTO day (day, seq, figures, explained) VALUES (:day, :seq, :figures, :explained)";
    one(
        tx,
        sql,
        named_params! {
            ":day": it.day.to_string(), ":seq": seq, ":figures": it.figures,
            ":explained": it.explained.as_ref().map(|text| &text.id),
        },
    )
}

pub(super) fn printed(tx: &Tx<'_>, seq: i64, it: &SheetPrinted) -> Result<(), Fault> {
    if it.copy > 0 {
        let sql = "UPDATE sheet SET copies = :copy WHERE id = :id";
        return one(tx, sql, named_params! { ":id": it.sheet, ":copy": it.copy });
    }
    let sql = concat!(
        "INSERT INTO sheet (id, seq, kind, subject, text, at, copies) VALUES (:id, :seq, :kind, :subject, :text, ",
        moment!(),
        ", 0)"
    );
    one(
        tx,
        sql,
        named_params! {
            ":id": it.sheet, ":kind": it.kind, ":subject": it.subject, ":text": it.text.id, ":seq": seq,
        },
    )
}
