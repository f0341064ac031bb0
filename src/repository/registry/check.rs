//! Staged rows against the registry: references, what the counter did, what may not be twice.

use rusqlite::named_params;

use crate::repository::Fault;
use crate::repository::registry::{Attached, Kind};

mod chain;

/// What is wrong with a staged row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The line where its record began.
    pub line: u64,
    /// The column.
    pub column: String,
    /// In words.
    pub problem: String,
}

const DEVICES: &[&str] = &[
    "SELECT s.n, s.line, 'model', 'is empty: a new device needs its model' FROM staged.row s
     WHERE s.model IS NULL AND NOT EXISTS (SELECT 1 FROM main.device d WHERE d.serial = s.serial)",
    "SELECT s.n, s.line, 'serial', s.serial || ' is in stock here: a unit becomes a customer''s when it is issued'
     FROM main.shelf k CROSS JOIN staged.row s ON s.serial = k.serial
     WHERE k.state NOT IN ('issued', 'returned')",
];

const PLANS: &[&str] = &[
    "SELECT n, line, 'tier', 'is empty: write refresh or plus' FROM staged.row WHERE tier IS NULL",
    "SELECT n, line, 'serial', 'is empty: a plan belongs to a serial' FROM staged.row WHERE serial IS NULL",
    "SELECT n, line, 'region', 'is empty: a plan belongs to a region' FROM staged.row WHERE region IS NULL",
    "SELECT s.n, s.line, 'tier', 'plan ' || s.number || ' is a ' || p.tier || ' plan already: a tier does not change'
     FROM staged.row s JOIN main.plan p ON p.number = s.number WHERE p.tier <> s.tier",
    "SELECT s.n, s.line, 'tier', 'plan ' || s.number || ' was sold here as a ' || p.tier || ' plan: a tier does not change'
     FROM main.sold p CROSS JOIN staged.row s ON s.number = p.number WHERE p.tier <> s.tier",
    "SELECT n, line, 'extends', 'is empty: a plus names the plan that it extends' FROM staged.row
     WHERE tier = 'plus' AND extends IS NULL",
    "SELECT n, line, 'extends', 'a refresh plan extends no other plan' FROM staged.row
     WHERE tier = 'refresh' AND extends IS NOT NULL",
    "SELECT s.n, s.line, 'extends', 'plan ' || s.number || ' extends ' || p.extends || ' already: a plus does not move'
     FROM staged.row s JOIN main.plan p ON p.number = s.number WHERE p.extends <> s.extends",
    "SELECT s.n, s.line, 'extends', 'plan ' || s.number || ' extends ' || p.extends || ' already: a plus does not move'
     FROM main.sold p CROSS JOIN staged.row s ON s.number = p.number WHERE p.extends <> s.extends",
    "SELECT s.n, s.line, 'serial', 'device ' || s.serial || ' is not in the registry: import devices first'
     FROM staged.row s
     WHERE s.serial IS NOT NULL AND NOT EXISTS (SELECT 1 FROM main.device d WHERE d.serial = s.serial)
       AND NOT EXISTS (SELECT 1 FROM main.replacement r WHERE r.new_serial = s.serial)",
];

/// Only where serials may repeat: it needs the index that such a file gets.
const TWICE: &[&str] =
    &["SELECT s.n, s.line, 'serial', 'device ' || s.serial || ' has a plan twice in this file (see line '
         || (SELECT o.line FROM staged.row o WHERE o.serial = s.serial AND o.tier = 'refresh'
             AND o.returned_on IS NULL AND o.n < s.n ORDER BY o.n LIMIT 1) || ')'
     FROM staged.row s WHERE s.tier = 'refresh' AND s.returned_on IS NULL
       AND EXISTS (SELECT 1 FROM staged.row o WHERE o.serial = s.serial AND o.tier = 'refresh'
                   AND o.returned_on IS NULL AND o.n < s.n)"];

const REFRESH: &[&str] = &[
    "SELECT s.n, s.line, 'serial', 'device ' || s.serial || ' has the plan ' || p.number || ' already'
     FROM staged.row s JOIN main.plan p ON p.serial = s.serial AND p.tier = 'refresh' AND p.returned_on IS NULL
     WHERE s.tier = 'refresh' AND s.returned_on IS NULL AND p.number <> s.number
       AND NOT EXISTS (SELECT 1 FROM main.given_back g WHERE g.plan = p.number)
       AND NOT EXISTS (SELECT 1 FROM staged.row o WHERE o.number = p.number)",
    "SELECT s.n, s.line, 'serial', 'device ' || s.serial || ' has the plan ' || b.plan || ' already'
     FROM staged.row s JOIN main.binding b ON b.serial = s.serial AND b.to_at IS NULL
     WHERE s.tier = 'refresh' AND s.returned_on IS NULL AND b.plan <> s.number
       AND NOT EXISTS (SELECT 1 FROM main.given_back g WHERE g.plan = b.plan)",
    "SELECT s.n, s.line, 'serial', 'device ' || s.serial || ' has the plan ' || p.number || ' already, sold here'
     FROM main.sold p CROSS JOIN staged.row s ON s.serial = p.serial
     WHERE p.tier = 'refresh' AND s.tier = 'refresh' AND s.returned_on IS NULL AND p.number <> s.number
       AND NOT EXISTS (SELECT 1 FROM main.given_back g WHERE g.plan = p.number)
       AND NOT EXISTS (SELECT 1 FROM main.plan m WHERE m.number = p.number)",
];

const PLUS: &[&str] = &[
    "SELECT s.n, s.line, 'extends', 'plan ' || s.extends || ' is not in the registry, or is no refresh plan'
     FROM staged.row s WHERE s.tier = 'plus'
       AND NOT EXISTS (SELECT 1 FROM staged.row o WHERE o.number = s.extends AND o.tier = 'refresh')
       AND NOT EXISTS (SELECT 1 FROM main.plan p WHERE p.number = s.extends AND p.tier = 'refresh')
       AND NOT EXISTS (SELECT 1 FROM main.sold p WHERE p.number = s.extends AND p.tier = 'refresh')",
    "SELECT s.n, s.line, 'extends', 'plan ' || s.extends || ' has a plus already: one for each plan'
     FROM staged.row s WHERE s.tier = 'plus'
       AND (EXISTS (SELECT 1 FROM staged.row o WHERE o.extends = s.extends AND o.n < s.n)
            OR EXISTS (SELECT 1 FROM main.plan p WHERE p.extends = s.extends AND p.number <> s.number)
            OR EXISTS (SELECT 1 FROM main.sold p WHERE p.extends = s.extends AND p.number <> s.number))",
];

const GRANTED: &[&str] =
    &["SELECT n, line, 'granted', granted || ' is too few: replacement ' || taken || ' of plan ' || number
         || ' is used or reserved already'
     FROM (SELECT s.n, s.line, s.granted, s.number,
               max(coalesce((SELECT max(ordinal) FROM main.maker_use m WHERE m.plan = s.number), 0),
                   coalesce((SELECT max(ordinal) FROM main.slot_use u
                             WHERE u.plan = s.number AND u.state IN ('reserved', 'used')), 0)) AS taken
           FROM staged.row s WHERE EXISTS (SELECT 1 FROM main.plan p WHERE p.number = s.number)
                               OR EXISTS (SELECT 1 FROM main.sold p WHERE p.number = s.number))
     WHERE granted < taken"];

const CLAIMS: &[&str] = &[
    "SELECT s.n, s.line, 'plan', 'plan ' || s.plan || ' is not in the registry: import plans first'
     FROM staged.row s WHERE NOT EXISTS (SELECT 1 FROM main.plan p WHERE p.number = s.plan)
       AND NOT EXISTS (SELECT 1 FROM main.sold p WHERE p.number = s.plan)",
    "SELECT s.n, s.line, 'ordinal', 'plan ' || s.plan || ' grants ' || p.granted || ' replacements, there is no number ' || s.ordinal
     FROM staged.row s JOIN main.plan p ON p.number = s.plan WHERE s.ordinal > p.granted",
    "SELECT s.n, s.line, 'ordinal', 'plan ' || s.plan || ' grants ' || p.granted || ' replacements, there is no number ' || s.ordinal
     FROM main.sold p CROSS JOIN staged.row s ON s.plan = p.number
     WHERE s.ordinal > p.granted AND NOT EXISTS (SELECT 1 FROM main.plan m WHERE m.number = p.number)",
];

const NOTICES: &[&str] = &[
    "SELECT s.n, s.line, 'serial', 'device ' || s.serial || ' is not in the registry: import devices first'
     FROM staged.row s WHERE NOT EXISTS (SELECT 1 FROM main.device d WHERE d.serial = s.serial)
       AND NOT EXISTS (SELECT 1 FROM main.replacement r WHERE r.new_serial = s.serial)",
];

const STOCK: &[&str] = &[
    "SELECT s.n, s.line, 'model', 'is empty: a new unit needs its model' FROM staged.row s
     WHERE s.model IS NULL AND NOT EXISTS (SELECT 1 FROM main.stock k WHERE k.serial = s.serial)",
    "SELECT s.n, s.line, 'part', 'is empty: a new unit needs its part' FROM staged.row s
     WHERE s.part IS NULL AND NOT EXISTS (SELECT 1 FROM main.stock k WHERE k.serial = s.serial)",
    "SELECT s.n, s.line, 'state', 'is empty: write in-stock or quarantine' FROM staged.row s
     WHERE s.state IS NULL AND NOT EXISTS (SELECT 1 FROM main.stock k WHERE k.serial = s.serial)",
    "SELECT s.n, s.line, 'serial', s.serial || ' is a customer''s device: it cannot be in stock too' FROM staged.row s
     WHERE (EXISTS (SELECT 1 FROM main.device d WHERE d.serial = s.serial)
            OR EXISTS (SELECT 1 FROM main.replacement r WHERE r.new_serial = s.serial AND r.undone_at IS NULL))
       AND NOT EXISTS (SELECT 1 FROM main.shelf k WHERE k.serial = s.serial AND k.state IN ('issued', 'returned'))",
];

const FEES: &[&str] = &[
    "SELECT s.n, s.line, 'amount', 'is empty: a fee needs its amount' FROM staged.row s
     WHERE s.amount IS NULL AND NOT EXISTS (SELECT 1 FROM main.fee f WHERE f.programme = s.programme
         AND f.model = s.model AND f.currency = s.currency AND f.ordinal = s.ordinal)",
    "SELECT s.n, s.line, 'source', 'is empty: a new fee says where it comes from' FROM staged.row s
     WHERE s.source IS NULL AND NOT EXISTS (SELECT 1 FROM main.fee f WHERE f.programme = s.programme
         AND f.model = s.model AND f.currency = s.currency AND f.ordinal = s.ordinal)",
];

/// New fees in money that no region of their edition takes.
const CURRENCIES: &str = "
    INSERT INTO staged.bad
        SELECT s.n, s.line, 'currency', 'no region of the edition ' || s.programme || ' has ' || s.currency
               || ' (one of ' || e.codes || ')'
        FROM staged.row s
        JOIN (SELECT value ->> 0 AS id, value ->> 1 AS codes FROM json_each(:editions)) e ON e.id = s.programme
        WHERE instr(e.codes, s.currency) = 0 AND NOT EXISTS (SELECT 1 FROM main.fee f
            WHERE f.programme = s.programme AND f.model = s.model AND f.currency = s.currency
              AND f.ordinal = s.ordinal)";

/// Refuses new fees in a currency that none of the edition's regions has; `editions` is a JSON array of pairs, the
/// edition's id and its currencies in words.
pub fn currencies(staged: &Attached<'_>, editions: &str) -> Result<(), Fault> {
    staged.sql().execute(CURRENCIES, named_params! { ":editions": editions })?;
    Ok(())
}

/// Rows of the maker's that contradict a living case, staged rows from `:from` to `:to`.
pub(super) const CLASHES: &str = "
    FROM main.slot_use u CROSS JOIN staged.row s ON s.plan = u.plan AND s.ordinal = u.ordinal
    JOIN main.cases c ON c.id = u.case_id
    WHERE s.n BETWEEN :from AND :to AND u.state IN ('reserved', 'used')
      AND (u.state = 'reserved' OR (s.new_serial IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM main.issued i WHERE i.case_id = u.case_id AND i.serial = s.new_serial)))";

/// A use that was voided stays void although the maker's row still shows it: such rows are accepted and left out.
const VOIDED: &str = "
    CREATE TABLE staged.voided AS
        SELECT s.n, s.plan, s.ordinal, s.new_serial
        FROM main.slot_use u CROSS JOIN staged.row s ON s.plan = u.plan AND s.ordinal = u.ordinal
        JOIN main.issued i ON i.case_id = u.case_id AND i.serial = s.new_serial
        WHERE u.state = 'void';
    DELETE FROM staged.row WHERE n IN (SELECT n FROM staged.voided)";

/// A step of the checks; what a step refuses is gone before the next one looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    First,
    Chain,
    Twice,
    Refresh,
    Plus,
    Granted,
}

/// Checks staged rows; `fill` does what only the programme's editions can tell, of plans tier by tier and of fees.
///
/// Refused rows leave the staging file. Returns how many rows were refused and the first of them by line.
pub fn check(
    staged: &Attached<'_>,
    limit: usize,
    fill: &mut dyn FnMut(&Attached<'_>, &str) -> Result<(), Fault>,
) -> Result<(u64, Vec<Found>), Fault> {
    match staged.kind {
        Kind::Plans => {
            complete_plans(staged)?;
            steps(staged, Step::First)?;
            fill(staged, "refresh")?;
            if staged.has("row_serial")? {
                steps(staged, Step::Twice)?;
            }
            steps(staged, Step::Refresh)?;
            steps(staged, Step::Plus)?;
            fill(staged, "plus")?;
            fill(staged, "extended")?;
            steps(staged, Step::Granted)?;
        }
        Kind::Claims => {
            staged.sql().execute_batch(VOIDED)?;
            clashes(staged)?;
            steps(staged, Step::First)?;
            steps(staged, Step::Chain)?;
        }
        Kind::Devices => {
            steps(staged, Step::First)?;
            if staged.has("row_replaced")? {
                steps(staged, Step::Chain)?;
            }
        }
        Kind::Fees => {
            fill(staged, "fees")?;
            steps(staged, Step::First)?;
        }
        Kind::Notices | Kind::Stock => steps(staged, Step::First)?,
    }
    found(staged, limit)
}

fn steps(staged: &Attached<'_>, step: Step) -> Result<(), Fault> {
    let checks = match (step, staged.kind) {
        (Step::First, Kind::Devices) => DEVICES,
        (Step::First, Kind::Plans) => PLANS,
        (Step::First, Kind::Claims) => CLAIMS,
        (Step::First, Kind::Notices) => NOTICES,
        (Step::First, Kind::Stock) => STOCK,
        (Step::First, Kind::Fees) => FEES,
        (Step::Chain, Kind::Devices) => chain::DEVICES,
        (Step::Chain, _) => chain::CLAIMS,
        (Step::Twice, _) => TWICE,
        (Step::Refresh, _) => REFRESH,
        (Step::Plus, _) => PLUS,
        (Step::Granted, _) => GRANTED,
    };
    for check in checks {
        staged.sql().execute(&format!("INSERT INTO staged.bad {check}"), [])?;
    }
    staged.sql().execute_batch("DELETE FROM staged.row WHERE n IN (SELECT n FROM staged.bad)")?;
    Ok(())
}

/// Fills the empty cells of plans that are there already with what is there, the maker's word first.
fn complete_plans(staged: &Attached<'_>) -> Result<(), Fault> {
    let sql = staged.sql();
    let related: bool = sql.query_row(
        "SELECT EXISTS (SELECT 1 FROM main.plan) OR EXISTS (SELECT 1 FROM main.sold)
             OR EXISTS (SELECT 1 FROM staged.row WHERE tier IS NOT 'refresh' OR extends IS NOT NULL)",
        [],
        |row| row.get(0),
    )?;
    if !related {
        return Ok(());
    }
    sql.execute_batch(
        "CREATE INDEX IF NOT EXISTS staged.row_key ON row (number);
         CREATE INDEX staged.row_extends ON row (extends)",
    )?;
    // The few that were sold here lead to their rows, not every row to them.
    let sold = "(SELECT *, NULL AS returned_on FROM main.sold) p WHERE s.n IN
                    (SELECT o.n FROM main.sold k CROSS JOIN staged.row o ON o.number = k.number) AND";
    for known in ["main.plan p WHERE", sold] {
        staged.sql().execute_batch(&format!(
            "UPDATE staged.row AS s SET
                 tier = coalesce(s.tier, p.tier), serial = coalesce(s.serial, p.serial),
                 region = coalesce(s.region, p.region), programme = coalesce(s.programme, p.programme),
                 starts_on = coalesce(s.starts_on, p.starts_on), ends_on = coalesce(s.ends_on, p.ends_on),
                 granted = coalesce(s.granted, p.granted), extends = coalesce(s.extends, p.extends),
                 sold_on = coalesce(s.sold_on, p.sold_on), returned_on = coalesce(s.returned_on, p.returned_on)
             FROM {known} p.number = s.number"
        ))?;
    }
    count_given_back(staged)
}

/// A plan that was given back here counts as returned as soon as its serial has another one.
fn count_given_back(staged: &Attached<'_>) -> Result<(), Fault> {
    let sql = staged.sql();
    let any: bool = sql.query_row("SELECT EXISTS (SELECT 1 FROM main.given_back)", [], |row| row.get(0))?;
    if !any {
        return Ok(());
    }
    sql.execute_batch(
        "CREATE INDEX IF NOT EXISTS staged.row_serial ON row (serial);
         UPDATE staged.row AS s SET returned_on = g.day FROM main.given_back g
         WHERE g.plan = s.number AND s.tier = 'refresh' AND s.returned_on IS NULL
           AND s.n IN (SELECT o.n FROM main.given_back k CROSS JOIN staged.row o ON o.number = k.plan)
           AND (EXISTS (SELECT 1 FROM staged.row o WHERE o.serial = s.serial AND o.number <> s.number
                          AND o.tier = 'refresh' AND o.returned_on IS NULL)
             OR EXISTS (SELECT 1 FROM main.plan p WHERE p.serial = s.serial AND p.number <> s.number
                          AND p.tier = 'refresh' AND p.returned_on IS NULL))",
    )?;
    Ok(())
}

fn clashes(staged: &Attached<'_>) -> Result<(), Fault> {
    let all = named_params! { ":from": 0_i64, ":to": i64::MAX };
    let sql = staged.sql();
    sql.execute(
        &format!("INSERT INTO staged.clash SELECT s.plan, s.ordinal, coalesce(s.new_serial, ''), u.case_id {CLASHES}"),
        all,
    )?;
    let say =
        "'replacement ' || s.ordinal || ' of plan ' || s.plan || ' is ' || u.state || ' by case ' || c.number
        || ' here, which the maker''s row contradicts: look at the case'";
    sql.execute(&format!("INSERT INTO staged.bad SELECT s.n, s.line, 'new_serial', {say} {CLASHES}"), all)?;
    Ok(())
}

fn found(staged: &Attached<'_>, limit: usize) -> Result<(u64, Vec<Found>), Fault> {
    let sql = staged.sql();
    let rows: i64 = sql.query_row("SELECT count(DISTINCT n) FROM staged.bad", [], |row| row.get(0))?;
    let mut query = sql.prepare(
        "SELECT line, col, problem FROM staged.bad GROUP BY n HAVING rowid = min(rowid) ORDER BY line, n LIMIT ?",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Found { line: row.get::<_, i64>(0)?.unsigned_abs(), column: row.get(1)?, problem: row.get(2)? })
    };
    let found = query.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], read)?;
    Ok((rows.unsigned_abs(), found.collect::<Result<_, _>>()?))
}
