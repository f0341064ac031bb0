//! Search by index only, never a scan: the list asks for what fits.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::repository::{Fault, Tx, apply};

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its serial.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// Where it was bought.
    pub region: Option<String>,
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found { serial: row.get(0)?, model: row.get(1)?, region: row.get(2)? })
}

/// The text just above every text that begins with `start`.
fn above(start: &str) -> String {
    format!("{start}\u{10FFFF}")
}

fn ask(tx: &Tx<'_>, sql: &str, (text, limit): (&str, usize)) -> Result<Vec<Found>, Fault> {
    let mut query = tx.sql.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = named_params! { ":text": text, ":above": above(text), ":limit": limit };
    let rows = query.query_map(values, found)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Devices whose serial begins with a text.
pub fn starting(tx: &Tx<'_>, start: &str, limit: usize) -> Result<Vec<Found>, Fault> {
    let registry = "SELECT serial, model, purchase_region FROM device
                    WHERE serial >= :text AND serial < :above ORDER BY serial LIMIT :limit";
    let ours = "SELECT new_serial, model, region FROM replacement
                WHERE new_serial >= :text AND new_serial < :above AND undone_at IS NULL ORDER BY 1 LIMIT :limit";
    let mut hits = ask(tx, registry, (start, limit))?;
    merge(&mut hits, ask(tx, ours, (start, limit))?);
    Ok(hits)
}

/// Devices whose serial ends with a text of four or more characters.
pub fn ending(tx: &Tx<'_>, end: &str, limit: usize) -> Result<Vec<Found>, Fault> {
    let tail = apply::tail(end);
    let registry = "SELECT serial, model, purchase_region FROM device
                    WHERE tail >= :text AND tail < :above ORDER BY tail, serial LIMIT :limit";
    let ours = "SELECT new_serial, model, region FROM replacement
                WHERE tail >= :text AND tail < :above AND undone_at IS NULL ORDER BY 1 LIMIT :limit";
    // Only six characters are indexed: a longer end is looked for among their few hits.
    let wide = if end.len() > 6 { limit.saturating_mul(50) } else { limit };
    let mut hits = ask(tx, registry, (&tail, wide))?;
    merge(&mut hits, ask(tx, ours, (&tail, wide))?);
    hits.retain(|hit| hit.serial.ends_with(end));
    hits.truncate(limit);
    Ok(hits)
}

fn merge(hits: &mut Vec<Found>, more: Vec<Found>) {
    for hit in more {
        if !hits.iter().any(|there| there.serial == hit.serial) {
            hits.push(hit);
        }
    }
}

/// Devices whose owner's phone number ends with these digits.
pub fn phone(tx: &Tx<'_>, digits: &str, limit: usize) -> Result<Vec<Found>, Fault> {
    let sql = "SELECT d.serial, d.model, d.purchase_region FROM owner o JOIN device d ON d.id = o.device
               WHERE o.phone_tail >= :text AND o.phone_tail < :above ORDER BY o.phone_tail LIMIT :limit";
    let reversed: String = digits.chars().rev().collect();
    ask(tx, sql, (&reversed, limit))
}

/// Devices whose owner's name has a word for each of these beginnings.
pub fn name(tx: &Tx<'_>, words: &[String], limit: usize) -> Result<Vec<Found>, Fault> {
    let Some(longest) = words.iter().max_by_key(|word| word.chars().count()) else {
        return Ok(Vec::new());
    };
    let sql = "SELECT w.device FROM owner_word w WHERE w.word >= :text AND w.word < :above ORDER BY w.word LIMIT :limit";
    let mut query = tx.sql.prepare_cached(sql)?;
    let wide = i64::try_from(limit.saturating_mul(if words.len() > 1 { 200 } else { 2 })).unwrap_or(i64::MAX);
    let values = named_params! { ":text": longest, ":above": above(longest), ":limit": wide };
    let ids = query.query_map(values, |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut hits = Vec::new();
    for id in ids {
        if hits.len() >= limit {
            break;
        }
        if has_words(tx, id, words)?
            && let Some(hit) = by_id(tx, id)?
            && !hits.contains(&hit)
        {
            hits.push(hit);
        }
    }
    Ok(hits)
}

fn has_words(tx: &Tx<'_>, device: i64, words: &[String]) -> Result<bool, Fault> {
    if words.len() == 1 {
        return Ok(true);
    }
    let sql =
        "SELECT EXISTS (SELECT 1 FROM owner_word WHERE word >= :text AND word < :above AND device = :device)";
    let mut query = tx.sql.prepare_cached(sql)?;
    for word in words {
        let values = named_params! { ":text": word, ":above": above(word), ":device": device };
        if !query.query_row(values, |row| row.get::<_, bool>(0))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn by_id(tx: &Tx<'_>, id: i64) -> Result<Option<Found>, Fault> {
    let sql = "SELECT serial, model, purchase_region FROM device WHERE id = :id";
    Ok(tx.sql.prepare_cached(sql)?.query_row(named_params! { ":id": id }, found).optional()?)
}

/// Words of names that begin like this one, to find one that was misspelt.
pub fn words_like(tx: &Tx<'_>, start: &str, limit: usize) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT word FROM owner_word WHERE word >= :text AND word < :above ORDER BY word LIMIT :limit";
    let mut query = tx.sql.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = named_params! { ":text": start, ":above": above(start), ":limit": limit };
    let rows = query.query_map(values, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Devices of plans whose number begins with a text.
pub fn plan(tx: &Tx<'_>, number: &str, limit: usize) -> Result<Vec<Found>, Fault> {
    let sql = "SELECT coalesce(b.serial, p.serial), coalesce(d.model, r.model), coalesce(d.purchase_region, r.region)
               FROM plan p
               LEFT JOIN binding b ON b.plan = p.number AND b.to_at IS NULL
               LEFT JOIN device d ON d.serial = coalesce(b.serial, p.serial)
               LEFT JOIN replacement r ON r.new_serial = coalesce(b.serial, p.serial) AND r.undone_at IS NULL
               WHERE p.number >= :text AND p.number < :above AND coalesce(d.model, r.model) IS NOT NULL
               ORDER BY p.number LIMIT :limit";
    let mut hits = Vec::new();
    merge(&mut hits, ask(tx, sql, (number, limit))?);
    Ok(hits)
}

/// Devices of cases whose customer, as written at the counter, has this name's beginning or phone's end.
pub fn customer(tx: &Tx<'_>, (name, digits): (&str, &str), limit: usize) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT c.serial FROM person p JOIN cases c ON c.customer = p.id
               WHERE (:name <> '' AND p.name LIKE :name || '%')
                  OR (:digits <> '' AND replace(replace(p.phone, ' ', ''), '-', '') LIKE '%' || :digits)
               LIMIT :limit";
    let mut query = tx.sql.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let values = named_params! { ":name": name, ":digits": digits, ":limit": limit };
    let rows = query.query_map(values, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether the registry holds no device.
pub fn is_empty(tx: &Tx<'_>) -> Result<bool, Fault> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM device)";
    Ok(tx.sql.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}
