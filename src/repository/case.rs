//! Cases as stored, their money, papers and decisions.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::repository::journal::Person;
use crate::repository::{Fault, Tx};

/// A case's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// The serial it was recorded for.
    pub serial: String,
    /// The plan.
    pub plan: Option<String>,
    /// The customer's row.
    pub customer: String,
    /// The row of the customer's words.
    pub said: String,
    /// The channel.
    pub channel: String,
    /// When it was recorded.
    pub recorded_at: String,
    /// The desk's day then.
    pub recorded_on: String,
    /// The day of the damage.
    pub damaged_on: String,
    /// The cause.
    pub cause: String,
    /// The damaged parts, a JSON list.
    pub parts: String,
    /// Who brings it.
    pub owner: String,
    /// Charge cycles.
    pub battery_cycles: Option<u32>,
    /// The serial on the unit.
    pub on_unit: Option<String>,
    /// Parts handed in, a JSON list.
    pub handed_in: Option<String>,
    /// Repaired elsewhere or taken apart.
    pub repaired_elsewhere: bool,
    /// The row of the technician's finding.
    pub finding: Option<String>,
    /// State.
    pub state: String,
    /// Outcome.
    pub outcome: String,
    /// When the quote was frozen.
    pub quoted_at: Option<String>,
    /// Fee in minor units, and its currency.
    pub fee: Option<(i64, String)>,
    /// The reservation: its id, plan and ordinal.
    pub slot: Option<(String, String, u8)>,
    /// When its present state began.
    pub since: Option<String>,
    /// Whether somebody asked that it rests.
    pub held: bool,
    /// The row of why it rests.
    pub held_reason: Option<String>,
    /// Whether the assessment is still owed.
    pub assessment_owed: bool,
    /// Who decided what the rules refer to a person.
    pub overridden_by: Option<String>,
    /// The row of the workshop's words.
    pub result: Option<String>,
    /// When the customer was told that it is ready.
    pub told_at: Option<String>,
    /// Parts that were let go, a JSON list.
    pub parts_waived: Option<String>,
}

const CASE: &str = "SELECT c.id, c.number, c.serial, c.plan, c.customer, c.said, c.channel, c.recorded_at,
        c.recorded_on, c.damaged_on, c.cause, c.parts, c.owner, c.battery_cycles, c.on_unit, c.handed_in,
        c.repaired_elsewhere, c.finding, c.state, c.outcome, c.quoted_at, c.fee_minor, c.fee_currency,
        s.id, s.plan, s.ordinal, c.since, c.held, c.held_reason, c.assessment_owed, c.overridden_by, c.result,
        c.told_at, c.parts_waived
    FROM cases c LEFT JOIN slot_use s ON s.case_id = c.id AND s.state IN ('reserved', 'used')";

/// What makes a row of `cases c` open: [`State::open`](crate::domain::case::State::open) for queries and indexes.
const OPEN: &str = "c.state NOT IN ('CLOSED', 'CANCELLED')";

fn read(row: &Row<'_>) -> rusqlite::Result<Case> {
    let fee: Option<i64> = row.get(21)?;
    let currency: Option<String> = row.get(22)?;
    let slot: (Option<String>, Option<String>, Option<u8>) = (row.get(23)?, row.get(24)?, row.get(25)?);
    Ok(Case {
        id: row.get(0)?,
        number: row.get(1)?,
        serial: row.get(2)?,
        plan: row.get(3)?,
        customer: row.get(4)?,
        said: row.get(5)?,
        channel: row.get(6)?,
        recorded_at: row.get(7)?,
        recorded_on: row.get(8)?,
        damaged_on: row.get(9)?,
        cause: row.get(10)?,
        parts: row.get(11)?,
        owner: row.get(12)?,
        battery_cycles: row.get(13)?,
        on_unit: row.get(14)?,
        handed_in: row.get(15)?,
        repaired_elsewhere: row.get(16)?,
        finding: row.get(17)?,
        state: row.get(18)?,
        outcome: row.get(19)?,
        quoted_at: row.get(20)?,
        fee: fee.zip(currency),
        slot: match slot {
            (Some(id), Some(plan), Some(ordinal)) => Some((id, plan, ordinal)),
            _ => None,
        },
        since: row.get(26)?,
        held: row.get(27)?,
        held_reason: row.get(28)?,
        assessment_owed: row.get(29)?,
        overridden_by: row.get(30)?,
        result: row.get(31)?,
        told_at: row.get(32)?,
        parts_waived: row.get(33)?,
    })
}

/// The case with this number.
pub fn numbered(tx: &Tx<'_>, number: &str) -> Result<Option<Case>, Fault> {
    let mut query = tx.sql.prepare_cached(&format!("{CASE} WHERE c.number = :number"))?;
    Ok(query.query_row(named_params! { ":number": number }, read).optional()?)
}

/// The case with this id.
pub fn by_id(tx: &Tx<'_>, id: &str) -> Result<Option<Case>, Fault> {
    let mut query = tx.sql.prepare_cached(&format!("{CASE} WHERE c.id = :id"))?;
    Ok(query.query_row(named_params! { ":id": id }, read).optional()?)
}

/// Every case of a serial, newest first.
pub fn of_serial(tx: &Tx<'_>, serial: &str) -> Result<Vec<Case>, Fault> {
    let mut query = tx.sql.prepare_cached(&format!(
        "{CASE} WHERE c.serial = :serial ORDER BY unixepoch(c.recorded_at) DESC, c.number DESC"
    ))?;
    let rows = query.query_map(named_params! { ":serial": serial }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Cases, longest in their state first: the open ones, or all.
pub fn list(tx: &Tx<'_>, which: Which) -> Result<Vec<Case>, Fault> {
    let filter = match which {
        Which::Open => format!("WHERE {OPEN}"),
        Which::All => String::new(),
    };
    let mut query = tx.sql.prepare(&format!(
        "{CASE} {filter} ORDER BY unixepoch(coalesce(c.since, c.recorded_at)), c.number"
    ))?;
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Cases whose unit is out and that are not closed, by number.
pub fn handed_over(tx: &Tx<'_>) -> Result<Vec<Case>, Fault> {
    let sql = format!("{CASE} WHERE {OPEN} AND c.state = 'HANDED_OVER' ORDER BY c.number");
    let mut query = tx.sql.prepare_cached(&sql)?;
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Which cases a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those that still need somebody.
    Open,
    /// All.
    All,
}

/// How many cases are open.
pub fn open_count(tx: &Tx<'_>) -> Result<u32, Fault> {
    let sql = format!("SELECT count(*) FROM cases c WHERE {OPEN}");
    Ok(tx.sql.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// Whether an import was cut off while it merged.
pub fn cut_off_import(tx: &Tx<'_>) -> Result<bool, Fault> {
    Ok(tx.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM merge)")?.query_row([], |row| row.get(0))?)
}

/// The running number of a till's next case.
pub fn next_sequence(tx: &Tx<'_>, till: u16) -> Result<u32, Fault> {
    let sql = "SELECT coalesce(max(sequence), 0) + 1 FROM cases WHERE till = :till";
    Ok(tx.sql.prepare_cached(sql)?.query_row(named_params! { ":till": till }, |row| row.get(0))?)
}

/// The site's name and region and the till's number; none before set-up.
pub fn site(tx: &Tx<'_>) -> Result<Option<(String, String, u16)>, Fault> {
    let sql = "SELECT s.name, s.region, t.number FROM site s, till t ORDER BY t.number LIMIT 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?)
}

/// A person who stands apart; an erased one has no name left.
pub fn person(tx: &Tx<'_>, id: &str) -> Result<Person, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT name, phone, email FROM person WHERE id = :id")?;
    let read = |row: &Row<'_>| {
        let name: Option<String> = row.get(0)?;
        Ok(Person {
            name: name.unwrap_or_else(|| "(erased)".to_owned()),
            phone: row.get(1)?,
            email: row.get(2)?,
        })
    };
    Ok(query.query_row(named_params! { ":id": id }, read)?)
}

/// A free text that stands apart.
pub fn text(tx: &Tx<'_>, id: &str) -> Result<String, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT body FROM prose WHERE id = :id")?;
    let body: Option<String> = query.query_row(named_params! { ":id": id }, |row| row.get(0))?;
    Ok(body.unwrap_or_else(|| "(erased)".to_owned()))
}

/// Sums of a case's money by kind (taken, refunded, waived), in minor units; of what was waived only what belongs
/// to the quote that stands.
pub fn money(tx: &Tx<'_>, case: &str) -> Result<[i64; 3], Fault> {
    let sql = "SELECT coalesce(sum(minor) FILTER (WHERE kind = 'taken'), 0),
                      coalesce(sum(minor) FILTER (WHERE kind = 'refunded'), 0),
                      coalesce(sum(minor) FILTER (WHERE kind = 'waived'
                          AND quote = (SELECT quote FROM cases WHERE id = :case)), 0)
               FROM payment WHERE case_id = :case";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":case": case }, |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?)
}

/// The journal's line that moved the money of the payment `p`, as SQL.
macro_rules! moved {
    () => {
        "(SELECT max(seq) FROM journal WHERE case_id = :case
            AND kind IN ('paid', 'refunded', 'voided') AND instr(payload, p.id))"
    };
}
pub(super) use moved;

/// A case's money by method, less what went back: method, minor units, currency; the method paid with last comes last.
pub fn by_method(tx: &Tx<'_>, case: &str) -> Result<Vec<(String, i64, String)>, Fault> {
    let sql = concat!(
        "SELECT method, sum(CASE kind WHEN 'taken' THEN minor ELSE -minor END), currency FROM payment p
         WHERE case_id = :case AND kind <> 'waived' GROUP BY method, currency
         ORDER BY max(CASE kind WHEN 'taken' THEN ",
        moved!(),
        " END)"
    );
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query
        .query_map(named_params! { ":case": case }, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest appointment of a case: its moment and its state.
///
/// The journal tells which one that is, since an id is as young as the machine's clock said.
pub fn appointment(tx: &Tx<'_>, case: &str) -> Result<Option<(String, String)>, Fault> {
    let sql = "SELECT slot, state FROM appointment a WHERE case_id = :case
               ORDER BY (SELECT max(seq) FROM journal
                         WHERE case_id = :case AND kind = 'appointed' AND payload ->> '$.id' = a.id) DESC, id DESC
               LIMIT 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":case": case }, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Whether an old unit or part of this case went back to the maker already.
pub fn old_parts_shipped(tx: &Tx<'_>, case: &str) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM old_part WHERE case_id = :case AND state = 'shipped')";
    Ok(tx.sql.prepare_cached(sql)?.query_row(named_params! { ":case": case }, |row| row.get(0))?)
}

/// Units that customers have from a case: serial and part. One whose hand-out is void is none of them.
pub fn issued(tx: &Tx<'_>, case: &str) -> Result<Vec<(String, String)>, Fault> {
    let mut query = tx.sql.prepare_cached(
        "SELECT serial, part FROM issued WHERE case_id = :case AND undone_at IS NULL ORDER BY part, serial",
    )?;
    let rows = query.query_map(named_params! { ":case": case }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The facts on which the units went out that a case handed out; none where it has handed out none.
pub fn issued_on(tx: &Tx<'_>, case: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT facts FROM decision WHERE case_id = :case AND step = 'issued'
                 AND EXISTS (SELECT 1 FROM issued WHERE case_id = :case AND undone_at IS NULL)
               ORDER BY seq DESC LIMIT 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":case": case }, |row| row.get(0)).optional()?)
}

/// The answer of a decision on a case.
pub fn answer(tx: &Tx<'_>, case: &str, id: &str) -> Result<String, Fault> {
    let sql = "SELECT answer FROM decision WHERE case_id = :case AND id = :id";
    Ok(tx.sql.prepare_cached(sql)?.query_row(named_params! { ":case": case, ":id": id }, |row| row.get(0))?)
}

/// The answer that was stored when the customer chose.
pub fn chosen_answer(tx: &Tx<'_>, case: &str) -> Result<Option<String>, Fault> {
    let sql =
        "SELECT answer FROM decision WHERE case_id = :case AND step = 'chosen' ORDER BY seq DESC LIMIT 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":case": case }, |row| row.get(0)).optional()?)
}

/// A stored paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// The snapshot's row.
    pub text: String,
    /// Copies made so far.
    pub copies: u32,
}

/// Papers of a case, in the order in which the journal says that they were made.
pub fn papers(tx: &Tx<'_>, case: &str) -> Result<Vec<Paper>, Fault> {
    let sql = "SELECT id, kind, text, copies FROM paper p WHERE case_id = :case
               ORDER BY (SELECT min(seq) FROM journal
                         WHERE case_id = :case AND kind = 'printed' AND payload ->> '$.paper' = p.id), id";
    let mut query = tx.sql.prepare_cached(sql)?;
    let read = |row: &Row<'_>| {
        Ok(Paper { id: row.get(0)?, kind: row.get(1)?, text: row.get(2)?, copies: row.get(3)? })
    };
    let rows = query.query_map(named_params! { ":case": case }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::case::State;
    use crate::repository::Repository;

    #[test]
    fn a_case_is_open_in_queries_and_in_the_index_when_the_domain_says_so() {
        let file = Repository::in_memory().unwrap();
        let ask = format!("SELECT {OPEN} FROM (SELECT ? AS state) c");
        for state in State::ALL {
            let open: bool = file.connection().query_row(&ask, [state.as_str()], |row| row.get(0)).unwrap();
            assert_eq!(open, state.open(), "{state}");
        }
        let index = "SELECT sql FROM sqlite_schema WHERE name = 'case_open'";
        let index: String = file.connection().query_row(index, [], |row| row.get(0)).unwrap();
        assert!(index.ends_with(OPEN.trim_start_matches("c.")), "{index}");
    }
}
