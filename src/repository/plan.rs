//! Plans, who they are bound to, and which of their replacements are taken.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::repository::{Fault, Tx};

mod bound;

pub use bound::{BoundTo, bindings, numbers};

/// A plan as stored, with plus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number.
    pub number: String,
    /// Where it was bought.
    pub region: String,
    /// The edition it was sold under.
    pub programme: String,
    /// The serial it is bound to now.
    pub bound: String,
    /// First covered day.
    pub starts_on: String,
    /// Last covered day, where it is printed.
    pub ends_on: Option<String>,
    /// Replacements granted.
    pub granted: u8,
    /// When it was returned.
    pub returned_on: Option<String>,
    /// Plus.
    pub plus: Option<Plus>,
    /// Whether any record may say something of its replacements or of plus's, or its serial may have had another
    /// plan; of most plans none does.
    pub touched: bool,
}

/// Plus as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plus {
    /// Its own number.
    pub number: String,
    /// When it was bought.
    pub sold_on: String,
    /// Replacements granted.
    pub granted: u8,
    /// Last covered day, where it is printed.
    pub ends_on: Option<String>,
}

/// One granted replacement that is not free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub ordinal: u8,
    /// Used up, or held by an open case.
    pub how: How,
}

/// How a replacement is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// Used, by the maker's record or ours.
    Used,
    /// Reserved by this case.
    Reserved(String),
}

/// The plan of a chain of serials: the one bound to its newest serial, else to an older one.
pub fn of_chain(tx: &Tx<'_>, chain: &[String]) -> Result<Option<Plan>, Fault> {
    for serial in chain.iter().rev() {
        let plain = plain(tx, serial)?;
        if let Some(plan) = plain.map_or_else(|| bound_here(tx, serial), |plan| Ok(Some(plan)))? {
            return Ok(Some(plan));
        }
    }
    Ok(None)
}

/// The columns of a plan, with plus and who has it now. A plan that the counter moved has one living binding; the
/// others are where the maker's record has them.
///
/// The maker's plans and those sold here are asked one after the other: joined through one view, the file would be
/// read from end to end.
macro_rules! plan {
    ($table:literal, $returned:literal) => {
        concat!(
            "SELECT p.number, p.region, p.programme, coalesce(b.serial, p.serial), p.starts_on, p.ends_on,
                p.granted, coalesce(",
            $returned,
            ", (SELECT g.day FROM given_back g WHERE g.plan = p.number)),
                coalesce(x.number, y.number), coalesce(x.sold_on, x.starts_on, y.sold_on),
                coalesce(x.granted, y.granted), CASE WHEN x.number IS NULL THEN y.ends_on ELSE x.ends_on END,
                b.serial IS NULL AND EXISTS (SELECT 1 FROM maker_uses m
                    WHERE m.plan IN (p.number, x.number, y.number) AND m.old_serial = p.serial
                      AND m.new_serial <> p.serial)
             FROM ",
            $table,
            " p LEFT JOIN binding b ON b.plan = p.number AND b.to_at IS NULL
             LEFT JOIN plan x ON x.extends = p.number AND x.returned_on IS NULL
                             AND coalesce(x.sold_on, x.starts_on) IS NOT NULL
             LEFT JOIN sold y ON y.extends = p.number
             WHERE p.tier = 'refresh' AND "
        )
    };
}

/// The living plan of a serial of which nothing else is known but the maker's row: it was never moved, extended,
/// given back, used or reserved, and no other was. That is most of them, and to look for the rest takes twice as
/// long.
fn plain(tx: &Tx<'_>, serial: &str) -> Result<Option<Plan>, Fault> {
    let sql = "SELECT p.number, p.region, p.programme, p.serial, p.starts_on, p.ends_on, p.granted, NULL, \
         NULL, NULL, NULL, NULL, 0 \
         FROM plan p WHERE p.serial = :key AND p.tier = 'refresh' AND p.returned_on IS NULL \
         AND NOT EXISTS (SELECT 1 FROM binding WHERE serial = :key) \
         AND NOT EXISTS (SELECT 1 FROM binding WHERE plan = p.number) \
         AND NOT EXISTS (SELECT 1 FROM plan WHERE serial = :key AND id <> p.id) \
         AND NOT EXISTS (SELECT 1 FROM sold WHERE serial = :key) \
         AND NOT EXISTS (SELECT 1 FROM plan WHERE extends = p.number) \
         AND NOT EXISTS (SELECT 1 FROM sold WHERE extends = p.number) \
         AND NOT EXISTS (SELECT 1 FROM given_back WHERE plan = p.number) \
         AND NOT EXISTS (SELECT 1 FROM maker_use WHERE plan = p.number) \
         AND NOT EXISTS (SELECT 1 FROM slot_use WHERE plan = p.number AND state IN ('reserved', 'used')) \
         AND NOT EXISTS (SELECT 1 FROM conflict WHERE plan = p.number)";
    Ok(found(tx, sql, serial)?.map(|plan| Plan { touched: false, ..plan }))
}

/// The plan that is bound to a serial; a living one before one that was returned. Of a plan that was sold here and
/// that the maker's record has by now, the maker's row tells.
fn bound_here(tx: &Tx<'_>, serial: &str) -> Result<Option<Plan>, Fault> {
    // By the row's id, since by its number it would be looked for in another tree, on another page of the disk.
    let makers = concat!(
        plan!("plan", "p.returned_on"),
        "p.id = coalesce(
            (SELECT q.id FROM binding h JOIN plan q ON q.number = h.plan
             WHERE h.serial = :key AND h.to_at IS NULL AND q.returned_on IS NULL),
            (SELECT q.id FROM plan q WHERE q.serial = :key AND q.tier = 'refresh' AND q.returned_on IS NULL
               AND NOT EXISTS (SELECT 1 FROM binding h WHERE h.plan = q.number AND h.to_at IS NULL)),
            (SELECT q.id FROM binding h JOIN plan q ON q.number = h.plan
             WHERE h.serial = :key AND h.to_at IS NULL),
            (SELECT q.id FROM plan q WHERE q.serial = :key AND q.tier = 'refresh' AND q.returned_on IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM binding h WHERE h.plan = q.number AND h.to_at IS NULL)
               AND NOT EXISTS (SELECT 1 FROM sold k WHERE k.serial = :key AND k.tier = 'refresh'
                                 AND NOT EXISTS (SELECT 1 FROM plan m WHERE m.number = k.number)
                                 AND NOT EXISTS (SELECT 1 FROM given_back g WHERE g.plan = k.number))
             ORDER BY q.starts_on DESC LIMIT 1))"
    );
    let sold = concat!(
        plan!("sold", "NULL"),
        "p.number = coalesce(
            (SELECT h.plan FROM binding h WHERE h.serial = :key AND h.to_at IS NULL),
            (SELECT q.number FROM sold q WHERE q.serial = :key AND q.tier = 'refresh'
               AND NOT EXISTS (SELECT 1 FROM plan m WHERE m.number = q.number)
               AND NOT EXISTS (SELECT 1 FROM binding h WHERE h.plan = q.number AND h.to_at IS NULL)))"
    );
    first_of(tx, [makers, sold], serial)
}

fn first_of(tx: &Tx<'_>, statements: [&str; 2], key: &str) -> Result<Option<Plan>, Fault> {
    let [makers, sold] = statements;
    match found(tx, makers, key)? {
        Some(plan) => Ok(Some(plan)),
        None => found(tx, sold, key),
    }
}

/// The plan with this number (not a plus's).
pub fn plan(tx: &Tx<'_>, number: &str) -> Result<Option<Plan>, Fault> {
    let makers = concat!(plan!("plan", "p.returned_on"), "p.number = :key");
    let sold = concat!(plan!("sold", "NULL"), "p.number = :key");
    first_of(tx, [makers, sold], number)
}

fn found(tx: &Tx<'_>, sql: &str, key: &str) -> Result<Option<Plan>, Fault> {
    let read = |row: &Row<'_>| {
        let plan = Plan {
            number: row.get(0)?,
            region: row.get(1)?,
            programme: row.get(2)?,
            bound: row.get(3)?,
            starts_on: row.get(4)?,
            ends_on: row.get(5)?,
            granted: row.get(6)?,
            returned_on: row.get(7)?,
            plus: plus(row)?,
            touched: true,
        };
        Ok((plan, row.get(12)?))
    };
    let mut query = tx.sql.prepare_cached(sql)?;
    let Some((mut plan, ahead)) = query.query_row(named_params! { ":key": key }, read).optional()? else {
        return Ok(None);
    };
    if ahead {
        follow(tx, &mut plan)?;
    }
    Ok(Some(plan))
}

/// The maker's list of used replacements may be ahead of its list of plans: the plan follows it (C26).
fn follow(tx: &Tx<'_>, plan: &mut Plan) -> Result<(), Fault> {
    let sql = "SELECT new_serial FROM maker_uses
               WHERE plan IN (:plan, :plus) AND old_serial = :bound AND new_serial <> :bound";
    let mut query = tx.sql.prepare_cached(sql)?;
    let plus = plan.plus.as_ref().map(|plus| plus.number.clone());
    for _ in 0..=u8::MAX {
        let values = named_params! { ":plan": plan.number, ":plus": plus, ":bound": plan.bound };
        match query.query_row(values, |row| row.get(0)).optional()? {
            Some(next) => plan.bound = next,
            None => break,
        }
    }
    Ok(())
}

fn plus(row: &Row<'_>) -> rusqlite::Result<Option<Plus>> {
    let Some(number) = row.get(8)? else { return Ok(None) };
    Ok(Some(Plus { number, sold_on: row.get(9)?, granted: row.get(10)?, ends_on: row.get(11)? }))
}

/// The replacements of a plan that are not free: a slot is used when either side says so.
///
/// A row of the maker's file that contradicted a case counts too, once the case has let the replacement go.
pub fn taken(tx: &Tx<'_>, number: &str) -> Result<Vec<Taken>, Fault> {
    let sql = "SELECT ordinal, NULL FROM maker_uses WHERE plan = :plan
               UNION ALL
               SELECT ordinal, CASE state WHEN 'reserved' THEN case_id END FROM slot_use
               WHERE plan = :plan AND state IN ('reserved', 'used')
                 AND NOT EXISTS (SELECT 1 FROM maker_uses m WHERE m.plan = :plan AND m.ordinal = slot_use.ordinal)
               UNION
               SELECT ordinal, NULL FROM conflict c WHERE plan = :plan
                 AND NOT EXISTS (SELECT 1 FROM maker_uses m WHERE m.plan = :plan AND m.ordinal = c.ordinal)
                 AND NOT EXISTS (SELECT 1 FROM slot_use u WHERE u.plan = :plan AND u.ordinal = c.ordinal
                                   AND u.state IN ('reserved', 'used'))
               ORDER BY 1";
    let read = |row: &Row<'_>| {
        let case: Option<String> = row.get(1)?;
        Ok(Taken { ordinal: row.get(0)?, how: case.map_or(How::Used, How::Reserved) })
    };
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":plan": number }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tells whether a number is a plan's already: the maker's, or one sold here.
pub fn known(tx: &Tx<'_>, number: &str) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM plans WHERE number = :number)";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":number": number }, |row| row.get(0))?)
}

/// The plan that a plus extends; none when the number is no plus's.
pub fn extended_by(tx: &Tx<'_>, plus: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT extends FROM plans WHERE number = :number AND tier = 'plus'";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":number": plus }, |row| row.get(0)).optional()?)
}

/// The plus that was ever sold for a plan, also one that was returned: the file holds one for each.
pub fn plus_of(tx: &Tx<'_>, number: &str) -> Result<Option<String>, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT number FROM plans WHERE extends = :number")?;
    Ok(query.query_row(named_params! { ":number": number }, |row| row.get(0)).optional()?)
}

/// The decisions about a plan made here, oldest first: when, what was asked, the answer.
pub fn enrolments(tx: &Tx<'_>, number: &str) -> Result<Vec<(String, String, String)>, Fault> {
    let sql = "SELECT at, ask, answer FROM enrolment WHERE plan = :plan ORDER BY seq";
    let mut query = tx.sql.prepare_cached(sql)?;
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let rows = query.query_map(named_params! { ":plan": number }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether plus was sold for a plan, or it was given back, after a line of the journal.
pub fn changed_after(tx: &Tx<'_>, number: &str, seq: i64) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM journal WHERE seq > :seq AND kind IN ('extended', 'given-back')
                              AND payload ->> '$.plan' = :plan)";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":plan": number, ":seq": seq }, |row| row.get(0))?)
}

/// The centre's own fees for a model under one edition: currency, ordinal, minor units.
pub fn fees(tx: &Tx<'_>, programme: &str, model: &str) -> Result<Vec<(String, String, i64)>, Fault> {
    let sql = "SELECT currency, ordinal, minor FROM fee WHERE programme = :programme AND model = :model
               ORDER BY currency, ordinal";
    let mut query = tx.sql.prepare_cached(sql)?;
    let values = named_params! { ":programme": programme, ":model": model };
    let rows = query.query_map(values, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the maker's record says against the replacement that a case has now: plan, ordinal, new serial.
///
/// A closed case is flagged by what came after its closing: whoever closed it had the rest before them.
pub fn conflicts(tx: &Tx<'_>, case: &str) -> Result<Vec<(String, u8, String)>, Fault> {
    let sql = "SELECT c.plan, c.ordinal, c.new_serial FROM conflict c
               JOIN slot_use u ON u.case_id = c.case_id AND u.plan = c.plan AND u.ordinal = c.ordinal
                              AND u.state IN ('reserved', 'used')
               JOIN cases k ON k.id = c.case_id
               WHERE c.case_id = :case AND NOT (k.state = 'CLOSED' AND coalesce(
                     (SELECT max(seq) FROM journal WHERE case_id = :case AND kind = 'closed')
                   > (SELECT max(seq) FROM journal WHERE case_id = :case AND kind = 'flagged'
                         AND (payload ->> '$.plan', payload ->> '$.ordinal', payload ->> '$.new_serial')
                           = (c.plan, c.ordinal, c.new_serial)), 0))
               ORDER BY c.ordinal";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query
        .query_map(named_params! { ":case": case }, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository;
    use rstest::rstest;

    const SERIAL: &str = "08QDG6C01200B3";

    /// One plan of which nothing else is known, and what the statements do to it.
    fn with(sql: &str) -> Repository {
        let repository = Repository::in_memory().unwrap();
        let plan = format!(
            "PRAGMA foreign_keys = OFF;
             INSERT INTO plan (number, serial, region, programme, starts_on, granted)
             VALUES ('P', '{SERIAL}', 'US', '2019-05', '2019-06-15', 2);
             INSERT INTO slot VALUES ('P', 1), ('P', 2);"
        );
        repository.connection().execute_batch(&(plan + sql)).unwrap();
        repository
    }

    #[test]
    fn a_plan_of_which_nothing_else_is_known_is_the_same_by_the_short_way() {
        let short = with("").read(|tx| plain(tx, SERIAL)).unwrap().unwrap();
        let long = with("").read(|tx| bound_here(tx, SERIAL)).unwrap().unwrap();
        assert!(!short.touched);
        assert_eq!(Plan { touched: long.touched, ..short }, long);
    }

    #[rstest]
    #[case::moved_away(
        "INSERT INTO binding VALUES ('b', 'P', '0K1XH34GTPE36Y', '2020-03-02T10:00:00Z', NULL, 'c')"
    )]
    #[case::moved_here_from_another(
        "INSERT INTO binding VALUES ('b', 'Q', '08QDG6C01200B3', '2020-03-02T10:00:00Z', NULL, 'c')"
    )]
    #[case::extended_by_the_maker(
        "INSERT INTO plan (number, serial, region, programme, extends, granted)
         VALUES ('X', '08QDG6C01200B3', 'US', '2019-05', 'P', 1)"
    )]
    #[case::extended_here(
        "INSERT INTO sold VALUES ('X', 'plus', '08QDG6C01200B3', 'US', '2019-05', '2019-06-15', '2020-06-14', 1, 'P', '2019-06-15')"
    )]
    #[case::given_back("INSERT INTO given_back VALUES ('P', '2019-07-01')")]
    #[case::returned("DROP TRIGGER plan_imported; UPDATE plan SET returned_on = '2019-07-01'")]
    #[case::after_one_that_was_returned(
        "INSERT INTO plan (number, serial, region, programme, starts_on, granted, returned_on)
         VALUES ('O', '08QDG6C01200B3', 'US', '2019-05', '2018-06-15', 2, '2018-07-01')"
    )]
    #[case::after_one_that_was_sold_here(
        "INSERT INTO sold VALUES ('O', 'refresh', '08QDG6C01200B3', 'US', '2019-05', '2019-06-15', '2020-06-14', 2, NULL, '2019-06-15')"
    )]
    #[case::used_by_the_maker("INSERT INTO maker_use (plan, ordinal) VALUES ('P', 1)")]
    #[case::reserved("INSERT INTO slot_use VALUES ('u', 'P', 1, 'c', 'reserved')")]
    #[case::contradicted("INSERT INTO conflict VALUES ('P', 1, '', 'c', 't')")]
    fn a_plan_of_which_more_is_known_goes_the_long_way(#[case] sql: &str) {
        assert_eq!(with(sql).read(|tx| plain(tx, SERIAL)).unwrap(), None);
    }

    #[rstest]
    #[case::of_a_serial("SELECT number FROM plans WHERE serial = 'x' AND tier = 'refresh'")]
    #[case::by_its_number("SELECT region FROM plans WHERE number = 'x' AND tier = 'refresh'")]
    #[case::its_plus("SELECT number FROM plans WHERE extends = 'x' AND returned_on IS NULL")]
    fn a_plan_is_found_by_index_wherever_it_was_sold(#[case] sql: &str) {
        let mut repository = Repository::in_memory().unwrap();
        let steps: Vec<String> = repository
            .read(|tx| -> Result<_, Fault> {
                let mut query = tx.sql.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                let steps = query.query_map([], |row| row.get(3))?.collect::<Result<_, _>>()?;
                Ok(steps)
            })
            .unwrap();
        for table in ["SEARCH p USING ", "SEARCH s USING "] {
            assert!(steps.iter().any(|step| step.starts_with(table)), "{steps:#?}");
        }
        let scans = ["SCAN p USING", "SCAN s", "SCAN plan USING", "SCAN sold", "SCAN b"];
        assert!(!steps.iter().any(|step| scans.iter().any(|scan| step.starts_with(scan))), "{steps:#?}");
    }
}
