//! The shop's own records, cases and the journal, as CSV or JSON Lines; nobody is named in them.
//!
//! Rows are written as they are read, so that a long journal takes no memory.

use std::collections::HashMap;
use std::io::Write;

use serde_json::{Map, Value};

use crate::desk::life::sentence;
use crate::desk::names::clean;
use crate::desk::{Desk, Failure};
use crate::domain::account::Account;
use crate::domain::case::{Outcome, State};
use crate::domain::event::Event;
use crate::domain::money::{Currency, Money};
use crate::repository::apply::state_after;
use crate::repository::journal::{self, Entry, hex};
use crate::repository::records::{self, Record};
use crate::repository::row::parsed;
use crate::repository::{Fault, row};

crate::words! {
    /// How records are written.
    Form("format") {
        /// A header and a line for each, for a spreadsheet.
        Csv = "csv",
        /// One JSON object a line.
        Jsonl = "jsonl",
    }
}

/// One cell: the same value for a spreadsheet and for a program.
enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Money(Money),
    List(Vec<String>),
    /// A document that is JSON already.
    Json(String),
}

/// Writes rows in one form.
enum Out<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Jsonl(W),
}

impl<W: Write> Out<W> {
    fn new(form: Form, out: W, columns: &[&str]) -> Result<Self, Failure> {
        Ok(match form {
            Form::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                csv.write_record(columns).map_err(written)?;
                Self::Csv(Box::new(csv))
            }
            Form::Jsonl => Self::Jsonl(out),
        })
    }

    fn row<const N: usize>(&mut self, columns: &[&str; N], cells: [Cell; N]) -> Result<(), Failure> {
        match self {
            Self::Csv(csv) => csv.write_record(cells.map(Cell::for_sheet)).map_err(written),
            Self::Jsonl(out) => {
                let fields = columns.iter().zip(cells);
                let object: Map<String, Value> =
                    fields.map(|(name, cell)| ((*name).to_owned(), cell.for_program())).collect();
                writeln!(out, "{}", Value::Object(object)).map_err(Failure::Write)
            }
        }
    }

    fn end(self) -> Result<(), Failure> {
        match self {
            Self::Csv(mut csv) => Ok(csv.flush()?),
            Self::Jsonl(mut out) => Ok(out.flush()?),
        }
    }
}

impl Cell {
    fn text(text: &str) -> Self {
        Self::Text(clean(text).into_owned())
    }

    fn maybe(text: Option<&str>) -> Self {
        text.map_or(Self::Nothing, Self::text)
    }

    fn for_sheet(self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => guarded(text),
            Self::Number(number) => number.to_string(),
            Self::Money(money) => money.decimal(),
            Self::List(items) => guarded(items.join(" ")),
            Self::Json(text) => clean(&text).into_owned(),
        }
    }

    fn for_program(self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => Value::from(text),
            Self::Number(number) => Value::from(number),
            Self::Money(money) => Value::from(money.minor),
            Self::List(items) => Value::from(items),
            Self::Json(text) => serde_json::from_str(&text).unwrap_or(Value::Null),
        }
    }
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
fn guarded(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

fn written(error: csv::Error) -> Failure {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::Write(error),
        other => Failure::Write(std::io::Error::other(format!("{other:?}"))),
    }
}

const CASES: [&str; 20] = [
    "number", "state", "outcome", "serial", "model", "plan", "ordinal", "opened", "closed", "channel",
    "cause", "parts", "fee", "paid", "refunded", "waived", "due", "currency", "unit", "since",
];

const JOURNAL: [&str; 14] = [
    "seq",
    "at",
    "actor",
    "kind",
    "case",
    "from",
    "to",
    "say",
    "payload",
    "hlc",
    "till",
    "incarnation",
    "prev",
    "hash",
];

impl Desk {
    /// Writes every case, in the order of its number. Money is in major units in CSV, in minor ones in JSON.
    pub fn export_cases(&mut self, form: Form, out: impl Write) -> Result<(), Failure> {
        let mut out = Out::new(form, out, &CASES)?;
        self.repository.read(|tx| records::cases(tx, |record| out.row(&CASES, of_case(&record)?)))?;
        out.end()
    }

    /// Writes the journal, line by line; people and texts are named by id and digest only.
    pub fn export_journal(&mut self, form: Form, out: impl Write) -> Result<(), Failure> {
        let mut out = Out::new(form, out, &JOURNAL)?;
        let mut cases = HashMap::new();
        self.repository.read(|tx| {
            journal::walk(tx, |entry| {
                let row = of_journal(&entry, &mut cases)?;
                out.row(&JOURNAL, row)
            })
        })?;
        out.end()
    }
}

fn of_case(it: &Record) -> Result<[Cell; 20], Failure> {
    let state: State = parsed("cases", &it.number, &it.state)?;
    let outcome: Outcome = parsed("cases", &it.number, &it.outcome)?;
    let parts: Vec<String> =
        serde_json::from_str(&it.parts).map_err(|cause| row::broken("cases", &it.number, cause))?;
    let currency: Option<Currency> =
        it.currency.as_deref().map(|code| parsed("cases", &it.number, code)).transpose()?;
    let amount = |minor: Option<i64>| minor.zip(currency).map(|(minor, currency)| Money { minor, currency });
    let money = |minor| amount(minor).map_or(Cell::Nothing, Cell::Money);
    let [paid, refunded, waived] = it.money;
    let account = Account { fee: amount(it.fee), paid, refunded, waived };
    let closed = it.since.as_deref().filter(|_| !state.open());
    Ok([
        Cell::text(&it.number),
        Cell::text(state.as_str()),
        Cell::text(outcome.as_str()),
        Cell::text(&it.serial),
        Cell::maybe(it.model.as_deref()),
        Cell::maybe(it.plan.as_deref()),
        it.ordinal.map_or(Cell::Nothing, |ordinal| Cell::Number(ordinal.into())),
        Cell::text(&it.opened),
        Cell::maybe(closed),
        Cell::text(&it.channel),
        Cell::text(&it.cause),
        Cell::List(parts),
        money(it.fee),
        money(Some(paid)),
        money(Some(refunded)),
        money(Some(waived)),
        money(account.due()),
        Cell::maybe(it.currency.as_deref()),
        Cell::maybe(it.unit.as_deref()),
        Cell::maybe(it.since.as_deref()),
    ])
}

/// A case's number and the state it was in last, by its id.
type Cases = HashMap<String, (String, Option<State>)>;

fn of_journal(entry: &Entry, cases: &mut Cases) -> Result<[Cell; 14], Fault> {
    let event = entry.event()?;
    let (number, from, to) = moved(entry, &event, cases);
    let word = |state: Option<State>| Cell::maybe(state.map(State::as_str));
    Ok([
        Cell::Number(entry.seq),
        Cell::text(&entry.at),
        Cell::text(&entry.actor),
        Cell::text(&entry.kind),
        Cell::maybe(number.as_deref()),
        word(from),
        word(to),
        Cell::text(&say(&event)?),
        Cell::Json(entry.payload.clone()),
        Cell::text(&entry.hlc),
        Cell::text(&entry.till),
        Cell::Number(entry.incarnation),
        Cell::Text(hex(&entry.prev)),
        Cell::Text(hex(&entry.hash)),
    ])
}

fn moved(entry: &Entry, event: &Event, cases: &mut Cases) -> (Option<String>, Option<State>, Option<State>) {
    let Some(id) = &entry.case else { return (None, None, None) };
    if let Event::Recorded(it) = event {
        cases.insert(id.clone(), (it.number.clone(), None));
    }
    let Some((number, state)) = cases.get_mut(id) else { return (None, None, None) };
    let before = *state;
    *state = state_after(event).or(before);
    (Some(number.clone()), before, *state)
}

/// An event in a sentence; people and what they wrote stand in it by their ids.
fn say(event: &Event) -> Result<String, Fault> {
    sentence(event, &|apart| Ok(format!("({})", apart.id)))
}
