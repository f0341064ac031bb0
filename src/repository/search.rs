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
    let values = named_params! { ":text": text, ":above": above(text), ":limit": count(limit) };
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

/// How many people with the rarest of several words are looked at; of more, many have the others too.
const PEOPLE: usize = 1_000;

/// Devices whose owner's name has a word for each of these beginnings; `split` takes a name apart.
pub fn name(
    tx: &Tx<'_>,
    words: &[String],
    (split, limit): (fn(&str) -> Vec<String>, usize),
) -> Result<Vec<Found>, Fault> {
    let Some(rarest) = rarest(tx, words)? else { return Ok(Vec::new()) };
    let sql = "SELECT w.device, o.name FROM owner_word w CROSS JOIN owner o ON o.device = w.device
               WHERE w.word >= :text AND w.word < :above ORDER BY w.word, w.device LIMIT :limit";
    let mut query = tx.sql.prepare_cached(sql)?;
    let values = named_params! { ":text": rarest, ":above": above(rarest), ":limit": count(PEOPLE) };
    let mut people = query.query(values)?;
    let mut hits = Vec::new();
    while hits.len() < limit
        && let Some(row) = people.next()?
    {
        let (device, name): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
        let has_all = words.len() == 1 || name.is_some_and(|name| has_all(&split(&name), words));
        if has_all
            && let Some(hit) = by_id(tx, device)?
            && !hits.contains(&hit)
        {
            hits.push(hit);
        }
    }
    Ok(hits)
}

fn has_all(there: &[String], starts: &[String]) -> bool {
    starts.iter().all(|start| there.iter().any(|word| word.starts_with(start.as_str())))
}

/// The word that the fewest names have.
fn rarest<'a>(tx: &Tx<'_>, words: &'a [String]) -> Result<Option<&'a String>, Fault> {
    if let [only] = words {
        return Ok(Some(only));
    }
    let sql =
        "SELECT count(*) FROM (SELECT 1 FROM owner_word WHERE word >= :text AND word < :above LIMIT :limit)";
    let mut query = tx.sql.prepare_cached(sql)?;
    let mut fewest = None;
    for word in words {
        let values = named_params! { ":text": word, ":above": above(word), ":limit": count(PEOPLE + 1) };
        let people: i64 = query.query_row(values, |row| row.get(0))?;
        if fewest.is_none_or(|(least, _)| people < least) {
            fewest = Some((people, word));
        }
    }
    Ok(fewest.map(|(_, word)| word))
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn by_id(tx: &Tx<'_>, id: i64) -> Result<Option<Found>, Fault> {
    let sql = "SELECT serial, model, purchase_region FROM device WHERE id = :id";
    Ok(tx.sql.prepare_cached(sql)?.query_row(named_params! { ":id": id }, found).optional()?)
}

/// Words of names that differ from this one by a letter wrong, missing or too many after the first.
///
/// Asks the index for the letters that do come next, so that no list of words is gone through.
pub fn words_near(tx: &Tx<'_>, word: &str) -> Result<Vec<String>, Fault> {
    let letters: Vec<char> = word.chars().collect();
    let mut known = tx.sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM owner_word WHERE word = :text)")?;
    let mut near = std::collections::BTreeSet::new();
    for at in 1..=letters.len() {
        let (head, rest) = letters.split_at(at);
        let head: String = head.iter().collect();
        let rest: String = rest.iter().collect();
        let after: String = rest.chars().skip(1).collect();
        let mut maybe = vec![format!("{head}{after}")];
        for letter in letters_after(tx, &head)? {
            maybe.push(format!("{head}{letter}{rest}"));
            maybe.push(format!("{head}{letter}{after}"));
        }
        for text in maybe.into_iter().filter(|text| text != word) {
            if !near.contains(&text) && known.query_row(named_params! { ":text": text }, |row| row.get(0))? {
                near.insert(text);
            }
        }
    }
    Ok(near.into_iter().collect())
}

/// The letters that follow a beginning in words of names.
fn letters_after(tx: &Tx<'_>, head: &str) -> Result<Vec<char>, Fault> {
    let mut next =
        tx.sql.prepare_cached("SELECT word FROM owner_word WHERE word > :text ORDER BY word LIMIT 1")?;
    let mut letters = Vec::new();
    let mut below = head.to_owned();
    loop {
        let word: Option<String> =
            next.query_row(named_params! { ":text": below }, |row| row.get(0)).optional()?;
        let letter =
            word.as_deref().and_then(|word| word.strip_prefix(head)).and_then(|rest| rest.chars().next());
        let Some(letter) = letter else { return Ok(letters) };
        letters.push(letter);
        below = above(&format!("{head}{letter}"));
    }
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
               WHERE (:name <> '' AND lower(substr(p.name, 1, length(:name))) = lower(:name))
                  OR (:digits <> '' AND replace(replace(replace(replace(replace(replace(
                          p.phone, ' ', ''), '-', ''), '(', ''), ')', ''), '.', ''), '/', '') LIKE '%' || :digits)
               LIMIT :limit";
    let mut query = tx.sql.prepare_cached(sql)?;
    let values = named_params! { ":name": name, ":digits": digits, ":limit": count(limit) };
    let rows = query.query_map(values, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether the registry holds no device.
pub fn is_empty(tx: &Tx<'_>) -> Result<bool, Fault> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM device)";
    Ok(tx.sql.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository;
    use rstest::rstest;

    fn shop(names: &[&str]) -> Repository {
        let repository = Repository::in_memory().unwrap();
        let sql = repository.connection();
        for (at, name) in (0_i64..).zip(names) {
            let device = "INSERT INTO device (id, serial, tail, model) VALUES (?, ?, 'TAIL00', 'spark')";
            sql.execute(device, (at, format!("08QDG6C01200{at:02}"))).unwrap();
            sql.execute("INSERT INTO owner (device, name) VALUES (?, ?)", (at, name)).unwrap();
            for word in split(name) {
                sql.execute("INSERT INTO owner_word VALUES (?, ?)", (word, at)).unwrap();
            }
        }
        repository
    }

    fn split(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[rstest]
    #[case::a_letter_wrong("garzia", &["garcia"])]
    #[case::a_letter_missing("garca", &["garcia"])]
    #[case::the_last_missing("garci", &["garcia"])]
    #[case::a_letter_too_many("garrcia", &["garcia"])]
    #[case::one_more_at_the_end("garciaa", &["garcia"])]
    #[case::several("gabcia", &["garcia", "gaucia"])]
    #[case::itself_is_not_near("garcia", &["gaucia"])]
    #[case::two_changes("gxrcxa", &[])]
    #[case::the_first_letter_is_right("karcia", &[])]
    #[case::other_scripts("李朗", &["李", "李娜"])]
    fn near_words_are_one_change_away(#[case] typed: &str, #[case] near: &[&str]) {
        let mut shop = shop(&["garcia", "gaucia", "gracias", "李娜", "李", "smith"]);
        assert_eq!(shop.read(|tx| words_near(tx, typed)).unwrap(), near);
    }

    #[rstest]
    #[case::one_start("an", &[0, 1, 2])]
    #[case::two_starts("an smi", &[0, 2])]
    #[case::in_any_order("smi an", &[0, 2])]
    #[case::both_needed("maria smi", &[])]
    #[case::nobody("zo", &[])]
    fn a_name_has_a_word_for_each_beginning(#[case] typed: &str, #[case] found: &[usize]) {
        let mut shop = shop(&["ann smith", "ann li", "anton smirnow", "maria li"]);
        let hits = shop.read(|tx| name(tx, &split(typed), (split, 20))).unwrap();
        let mut serials: Vec<_> = hits.into_iter().map(|hit| hit.serial).collect();
        serials.sort();
        let expected: Vec<_> = found.iter().map(|at| format!("08QDG6C01200{at:02}")).collect();
        assert_eq!(serials, expected);
    }
}
