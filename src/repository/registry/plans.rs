//! Staged plans one by one: what the programme's edition fills in, and what it refuses.

use rusqlite::{Row, named_params};

use crate::repository::Fault;
use crate::repository::registry::Attached;

/// A staged plan as far as its file and the registry say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The edition.
    pub programme: Option<String>,
    /// First covered day.
    pub starts_on: Option<String>,
    /// Last covered day.
    pub ends_on: Option<String>,
    /// Replacements granted.
    pub granted: Option<u8>,
    /// When it was sold.
    pub sold_on: Option<String>,
    /// When its product was bought.
    pub purchased_on: Option<String>,
    /// The plan that a plus extends.
    pub original: Option<Original>,
    /// The number of the plus that a plan has already, and when it was bought.
    pub plus: Option<(String, String)>,
}

/// The plan that a plus extends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its number.
    pub number: String,
    /// Its edition.
    pub programme: String,
    /// First covered day.
    pub starts_on: String,
    /// Last covered day, where printed.
    pub ends_on: Option<String>,
}

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The edition.
    pub programme: String,
    /// First covered day.
    pub starts_on: Option<String>,
    /// Replacements granted.
    pub granted: u8,
}

/// A plan that says everything itself needs nothing of its device or of the programme: it is left out.
const REFRESH: &str = "
    SELECT s.n, s.line, s.programme, s.starts_on, s.ends_on, s.granted, s.sold_on,
           (SELECT d.purchased_on FROM main.device d WHERE d.serial = s.serial),
           NULL, NULL, NULL, NULL, NULL, NULL
    FROM staged.row s
    WHERE s.tier = 'refresh' AND s.n > :after
      AND (s.starts_on IS NULL OR s.granted IS NULL OR s.ends_on < s.starts_on OR s.programme IS NULL
           OR s.programme NOT IN (SELECT value FROM json_each(:editions)))
    ORDER BY s.n LIMIT 1000";

const PLUS: &str = "
    SELECT s.n, s.line, s.programme, s.starts_on, s.ends_on, s.granted, s.sold_on, NULL, s.extends,
           coalesce(o.programme, p.programme, h.programme), coalesce(o.starts_on, p.starts_on, h.starts_on),
           coalesce(o.ends_on, p.ends_on, h.ends_on), NULL, NULL
    FROM staged.row s
    LEFT JOIN staged.row o ON o.number = s.extends
    LEFT JOIN main.plan p ON p.number = s.extends
    LEFT JOIN main.sold h ON h.number = s.extends
    WHERE s.tier = 'plus' AND s.n > :after AND :editions IS NOT NULL ORDER BY s.n LIMIT 1000";

/// Plans whose plus is in the registry or was sold here, and is not in the file to be judged by itself.
const EXTENDED: &str = "
    SELECT s.n, s.line, s.programme, s.starts_on, s.ends_on, s.granted, s.sold_on, NULL, NULL, NULL, NULL, NULL,
           coalesce(x.number, y.number), coalesce(x.sold_on, x.starts_on, y.sold_on)
    FROM staged.row s LEFT JOIN main.plan x ON x.extends = s.number AND x.returned_on IS NULL
    LEFT JOIN main.sold y ON y.extends = s.number
    WHERE s.tier = 'refresh' AND s.n > :after AND :editions IS NOT NULL
      AND coalesce(x.sold_on, x.starts_on, y.sold_on) IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM staged.row o WHERE o.number IN (x.number, y.number))
    ORDER BY s.n LIMIT 1000";

fn draft(row: &Row<'_>) -> rusqlite::Result<(i64, i64, Draft)> {
    let number: Option<String> = row.get(8)?;
    let original = match (number, row.get::<_, Option<String>>(9)?, row.get::<_, Option<String>>(10)?) {
        (Some(number), Some(programme), Some(starts_on)) => {
            Some(Original { number, programme, starts_on, ends_on: row.get(11)? })
        }
        _ => None,
    };
    let plus: Option<String> = row.get(12)?;
    let plus = plus.map(|number| Ok::<_, rusqlite::Error>((number, row.get(13)?))).transpose()?;
    let draft = Draft {
        programme: row.get(2)?,
        starts_on: row.get(3)?,
        ends_on: row.get(4)?,
        granted: row.get(5)?,
        sold_on: row.get(6)?,
        purchased_on: row.get(7)?,
        original,
        plus,
    };
    Ok((row.get(0)?, row.get(1)?, draft))
}

/// Gives staged plans to `decide`, which fills them or says column and problem.
///
/// These are, by `which`, the `refresh` plans that do not say everything by a known edition (`editions`, a
/// JSON array of ids), every `plus`, or the plans that are `extended` by a plus of the registry.
pub fn fill_plans(
    staged: &Attached<'_>,
    (which, editions): (&str, &str),
    mut decide: impl FnMut(&Draft) -> Result<Filled, (&'static str, String)>,
) -> Result<(), Fault> {
    let sql = staged.sql();
    let text = match which {
        "plus" => PLUS,
        "extended" => EXTENDED,
        _ => REFRESH,
    };
    let mut after = 0;
    loop {
        let mut query = sql.prepare_cached(text)?;
        let drafts: Vec<(i64, i64, Draft)> = query
            .query_map(named_params! { ":editions": editions, ":after": after }, draft)?
            .collect::<Result<_, _>>()?;
        let Some((last, _, _)) = drafts.last() else { break };
        after = *last;
        sql.execute_batch("BEGIN")?;
        for (n, line, draft) in &drafts {
            match decide(draft) {
                Ok(filled) => keep(staged, *n, (draft, &filled))?,
                Err((column, problem)) => {
                    sql.prepare_cached("INSERT INTO staged.bad VALUES (?, ?, ?, ?)")?
                        .execute((n, line, column, problem))?;
                }
            }
        }
        sql.execute_batch("COMMIT")?;
    }
    sql.execute_batch("DELETE FROM staged.row WHERE n IN (SELECT n FROM staged.bad)")?;
    Ok(())
}

fn keep(staged: &Attached<'_>, n: i64, (draft, filled): (&Draft, &Filled)) -> Result<(), Fault> {
    let same = draft.programme.as_ref() == Some(&filled.programme)
        && draft.starts_on == filled.starts_on
        && draft.granted == Some(filled.granted);
    if same {
        return Ok(());
    }
    staged
        .sql()
        .prepare_cached(
            "UPDATE staged.row SET programme = :programme, starts_on = :starts, granted = :granted WHERE n = :n",
        )?
        .execute(named_params! {
            ":programme": filled.programme, ":starts": filled.starts_on, ":granted": filled.granted, ":n": n,
        })?;
    Ok(())
}
