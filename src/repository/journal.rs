//! The journal: append-only, gapless, hash-chained; written in the act's own transaction.

use chrono::{DateTime, FixedOffset, Utc};
use rusqlite::{OptionalExtension, named_params};
use sha2::{Digest, Sha256};

use crate::domain::event::{Apart, Decided, Event};
use crate::repository::row::broken;
use crate::repository::{Fault, Tx, apply};

/// Who does an act, and when.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The desk's moment, with its offset.
    pub at: DateTime<FixedOffset>,
    /// The person.
    pub actor: String,
    /// Whether the moment was given by hand, for a late entry or a test.
    pub clock: Clock,
}

/// Where a stamp's moment comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The machine.
    Machine,
    /// It was given.
    Given,
}

/// One line of the journal.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its place, from 1.
    pub seq: i64,
    /// When, as the desk saw it.
    pub at: String,
    /// Hybrid logical clock: orders lines of several tills.
    pub hlc: String,
    /// The till's id.
    pub till: String,
    /// How often the till was set up anew.
    pub incarnation: i64,
    /// The person.
    pub actor: String,
    /// The event's word.
    pub kind: String,
    /// The case it is about.
    pub case: Option<String>,
    /// The event as stored.
    pub payload: String,
    /// The hash before.
    pub prev: Vec<u8>,
    /// The hash of this line.
    pub hash: Vec<u8>,
}

/// The stored payload: the event, and a mark when the clock was given.
#[derive(serde::Serialize, serde::Deserialize)]
struct Payload<E> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    late: Option<bool>,
    #[serde(flatten)]
    event: E,
}

/// A payload of which only the event is wanted: the decision in it is by far its longest part.
#[derive(serde::Deserialize)]
struct Outline {
    late: Option<bool>,
    #[serde(rename = "decided")]
    _decided: Option<serde::de::IgnoredAny>,
    #[serde(flatten)]
    event: Event,
}

/// A payload of which only the decision is wanted.
#[derive(serde::Deserialize)]
struct Resting {
    decided: Decided,
}

/// Appends an event and applies it to the shop's tables.
pub fn append(tx: &Tx<'_>, stamp: &Stamp, event: &Event) -> Result<i64, Fault> {
    let late = (stamp.clock == Clock::Given).then_some(true);
    let payload = Payload { late, event };
    let payload = serde_json::to_string(&payload).map_err(|cause| Fault::Sqlite(cause.to_string()))?;
    let last = head(tx)?;
    let (till, incarnation) = till(tx)?.unwrap_or_default();
    let mut entry = Entry {
        seq: last.as_ref().map_or(1, |last| last.seq + 1),
        at: stamp.at.to_rfc3339(),
        hlc: tick(last.as_ref().map(|last| last.hlc.as_str()), stamp.at.with_timezone(&Utc)),
        till,
        incarnation,
        actor: stamp.actor.clone(),
        kind: event.kind().to_owned(),
        case: event.case().map(str::to_owned),
        payload,
        prev: last.map_or_else(|| vec![0; 32], |last| last.hash),
        hash: Vec::new(),
    };
    entry.hash = entry.right_hash();
    insert(tx, &entry)?;
    apply::apply(tx, entry.seq, event)?;
    Ok(entry.seq)
}

pub(super) fn insert(tx: &Tx<'_>, entry: &Entry) -> Result<(), Fault> {
    tx.sql
        .prepare_cached(
            "INSERT INTO journal (seq, at, hlc, till, incarnation, actor, kind, case_id, payload, prev, hash)
             VALUES (:seq, :at, :hlc, :till, :incarnation, :actor, :kind, :case, :payload, :prev, :hash)",
        )?
        .execute(named_params! {
            ":seq": entry.seq, ":at": entry.at, ":hlc": entry.hlc, ":till": entry.till,
            ":incarnation": entry.incarnation, ":actor": entry.actor, ":kind": entry.kind,
            ":case": entry.case, ":payload": entry.payload, ":prev": entry.prev, ":hash": entry.hash,
        })?;
    Ok(())
}

/// The next hybrid logical clock: never before the last one, whatever the machine's clock does.
fn tick(last: Option<&str>, now: DateTime<Utc>) -> String {
    let now = now.timestamp_millis().max(0);
    let (millis, count) = last
        .and_then(|last| last.split_once('-'))
        .and_then(|(millis, count)| Some((millis.parse::<i64>().ok()?, count.parse::<u32>().ok()?)))
        .unwrap_or((-1, 0));
    if now > millis { format!("{now:015}-00000") } else { format!("{millis:015}-{:05}", count + 1) }
}

fn till(tx: &Tx<'_>) -> Result<Option<(String, i64)>, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT id, incarnation FROM till ORDER BY number LIMIT 1")?;
    Ok(query.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

const COLUMNS: &str =
    "SELECT seq, at, hlc, till, incarnation, actor, kind, case_id, payload, prev, hash FROM journal";

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: row.get(0)?,
        at: row.get(1)?,
        hlc: row.get(2)?,
        till: row.get(3)?,
        incarnation: row.get(4)?,
        actor: row.get(5)?,
        kind: row.get(6)?,
        case: row.get(7)?,
        payload: row.get(8)?,
        prev: row.get(9)?,
        hash: row.get(10)?,
    })
}

/// What the next line follows.
struct Head {
    seq: i64,
    hlc: String,
    hash: Vec<u8>,
}

fn head(tx: &Tx<'_>) -> Result<Option<Head>, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT seq, hlc, hash FROM journal ORDER BY seq DESC LIMIT 1")?;
    let read = |row: &rusqlite::Row<'_>| Ok(Head { seq: row.get(0)?, hlc: row.get(1)?, hash: row.get(2)? });
    Ok(query.query_row([], read).optional()?)
}

/// The newest line: the journal's head.
pub fn last(tx: &Tx<'_>) -> Result<Option<Entry>, Fault> {
    let mut query = tx.sql.prepare_cached(&format!("{COLUMNS} ORDER BY seq DESC LIMIT 1"))?;
    Ok(query.query_row([], entry).optional()?)
}

/// The last line of the latest day that the machine's clock has written, from `day` on: its number and its moment.
///
/// Read along the index of days, so that of a long journal and of a long day one line is read.
pub fn latest(tx: &Tx<'_>, day: &str) -> Result<Option<(i64, String)>, Fault> {
    let sql = "SELECT seq, at FROM journal
               WHERE substr(at, 1, 10) >= :day AND payload ->> '$.late' IS NULL
               ORDER BY substr(at, 1, 10) DESC, seq DESC LIMIT 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":day": day }, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Tells whether the machine's clock has written two days and more after a line.
pub fn two_days_after(tx: &Tx<'_>, seq: i64) -> Result<bool, Fault> {
    let sql = "SELECT count(*) > 1 FROM (SELECT DISTINCT substr(at, 1, 10) FROM journal
               WHERE seq > :seq AND payload ->> '$.late' IS NULL LIMIT 2)";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":seq": seq }, |row| row.get(0))?)
}

/// Gives every line to `each`, in order.
pub fn walk<E: From<Fault>>(tx: &Tx<'_>, mut each: impl FnMut(Entry) -> Result<(), E>) -> Result<(), E> {
    let mut query = tx.sql.prepare(&format!("{COLUMNS} ORDER BY seq")).map_err(Fault::from)?;
    let rows = query.query_map([], entry).map_err(Fault::from)?;
    for row in rows {
        each(row.map_err(Fault::from)?)?;
    }
    Ok(())
}

/// The lines for which a condition on `:key` holds, in order. The condition is the program's own, never typed.
pub(super) fn some(
    tx: &Tx<'_>,
    condition: &'static str,
    key: &dyn rusqlite::ToSql,
) -> Result<Vec<Entry>, Fault> {
    let mut query = tx.sql.prepare_cached(&format!("{COLUMNS} WHERE {condition} ORDER BY seq"))?;
    let rows = query.query_map(named_params! { ":key": key }, entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The decision that a payload's event rests on; only for an event that has one.
pub fn decided(payload: &str) -> Result<Decided, Fault> {
    let resting: Resting =
        serde_json::from_str(payload).map_err(|cause| broken("journal", "decided", cause))?;
    Ok(resting.decided)
}

/// The lines of one case, in order.
pub fn of_case(tx: &Tx<'_>, case: &str) -> Result<Vec<Entry>, Fault> {
    let mut query = tx.sql.prepare_cached(&format!("{COLUMNS} WHERE case_id = :case ORDER BY seq"))?;
    let rows = query.query_map(named_params! { ":case": case }, entry)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Entry {
    /// The hash this line must have: SHA-256 over its stored bytes with length prefixes, and the hash before.
    #[must_use]
    pub fn right_hash(&self) -> Vec<u8> {
        let (seq, incarnation) = (self.seq.to_string(), self.incarnation.to_string());
        let texts =
            [&seq, &self.at, &self.hlc, &self.till, &incarnation, &self.actor, &self.kind, &self.payload];
        let mut hash = Sha256::new();
        for text in texts {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        hash.update(&self.prev);
        hash.finalize().to_vec()
    }

    fn problem(&self, cause: impl std::fmt::Display) -> Fault {
        broken("journal", &self.seq.to_string(), cause)
    }

    /// The event that the payload holds.
    pub fn event(&self) -> Result<Event, Fault> {
        let payload: Payload<Event> =
            serde_json::from_str(&self.payload).map_err(|cause| self.problem(cause))?;
        if payload.event.decided().is_some_and(|decided| decided.id.is_empty()) {
            return Err(self.problem("missing field `decided`"));
        }
        Ok(payload.event)
    }

    /// The event that the payload holds with an empty decision, and whether the clock was given by hand.
    pub fn outline(&self) -> Result<(Event, bool), Fault> {
        let outline: Outline = serde_json::from_str(&self.payload).map_err(|cause| self.problem(cause))?;
        Ok((outline.event, outline.late == Some(true)))
    }
}

/// SHA-256 in hexadecimal over a salt and texts with length prefixes.
#[must_use]
pub fn salted(salt: &[u8], texts: &[Option<&str>]) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    for text in texts {
        // An absent text and an empty one are two things.
        hash.update(text.map_or(u64::MAX, |text| text.len() as u64).to_be_bytes());
        hash.update(text.unwrap_or_default().as_bytes());
    }
    hex(&hash.finalize())
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
        text
    })
}

/// A person who stands apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their phone.
    pub phone: Option<String>,
    /// Their mail address.
    pub email: Option<String>,
}

fn salt() -> [u8; 16] {
    *uuid::Uuid::new_v4().as_bytes()
}

/// Stores a person apart.
pub fn store_person(tx: &Tx<'_>, person: &Person) -> Result<Apart, Fault> {
    let (id, salt) = (new_id(), salt());
    tx.sql
        .prepare_cached(
            "INSERT INTO person (id, salt, name, phone, email) VALUES (:id, :salt, :name, :phone, :email)",
        )?
        .execute(named_params! {
            ":id": id, ":salt": salt, ":name": person.name, ":phone": person.phone, ":email": person.email,
        })?;
    let texts = [Some(person.name.as_str()), person.phone.as_deref(), person.email.as_deref()];
    Ok(Apart { id, digest: salted(&salt, &texts) })
}

/// Stores a free text apart.
pub fn store_text(tx: &Tx<'_>, body: &str) -> Result<Apart, Fault> {
    let (id, salt) = (new_id(), salt());
    tx.sql
        .prepare_cached("INSERT INTO prose (id, salt, body) VALUES (:id, :salt, :body)")?
        .execute(named_params! { ":id": id, ":salt": salt, ":body": body })?;
    Ok(Apart { id, digest: salted(&salt, &[Some(body)]) })
}

/// A new row id (`UUIDv7`, so that rows stay in the order they were made).
#[must_use]
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_read_whole_must_have_its_decision_and_an_outline_needs_none() {
        let payload = r#"{"event":"issued","case":"c","at":"a","on":"2020-03-02","units":[],"moved":null,
            "slot":{"id":"s","plan":"P-1","ordinal":1}}"#;
        let line = |payload: &str| Entry {
            seq: 7,
            at: String::new(),
            hlc: String::new(),
            till: String::new(),
            incarnation: 1,
            actor: String::new(),
            kind: "issued".to_owned(),
            case: None,
            payload: payload.to_owned(),
            prev: Vec::new(),
            hash: Vec::new(),
        };
        let fault = line(payload).event().unwrap_err().to_string();
        assert!(fault.contains("journal") && fault.contains('7') && fault.contains("decided"), "{fault}");

        let whole = payload.replace(
            "\"moved\"",
            r#""late":true,"decided":{"id":"d","facts":"{}","answer":"{\"a\":1}"},"moved""#,
        );
        let (event, late) = line(&whole).outline().unwrap();
        assert!(late && event.decided().is_some_and(|decided| decided.id.is_empty()));
        assert_eq!(line(&whole).event().unwrap().decided(), Some(&decided(&whole).unwrap()));
    }
}
