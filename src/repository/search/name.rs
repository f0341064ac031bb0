//! Names, by the words in them: each found by its beginning, several by all of them at once.

use std::iter::Peekable;

use rusqlite::{OptionalExtension, named_params};

use crate::repository::search::{Found, above, by_id, count};
use crate::repository::{Fault, Tx};

/// How many people are looked at for the beginnings of several words; whole words have no such limit.
const PEOPLE: usize = 1_000;

/// How many devices of one word are read at a time.
const AT_ONCE: i64 = 32;

/// Devices whose owner's name has a word for each of these beginnings; `split` takes a name apart.
///
/// Whoever has all the words whole comes first and is always found, however common each word is.
pub fn name(
    tx: &Tx<'_>,
    words: &[String],
    (split, limit): (fn(&str) -> Vec<String>, usize),
) -> Result<Vec<Found>, Fault> {
    let mut hits = Vec::new();
    if words.len() > 1 {
        for device in with_all(tx, words, limit)? {
            hits.extend(by_id(tx, device)?);
        }
    }
    let Some(rarest) = rarest(tx, PEOPLE_OF, words)? else { return Ok(hits) };
    let sql = "SELECT w.device, o.name FROM owner_word w CROSS JOIN owner o ON o.device = w.device
               WHERE w.word >= :text AND w.word < :above ORDER BY w.word, w.device LIMIT :limit";
    let mut query = tx.sql.prepare_cached(sql)?;
    let values = named_params! { ":text": rarest, ":above": above(rarest), ":limit": count(PEOPLE) };
    let mut people = query.query(values)?;
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

/// The devices whose owner's name has one word, in order, read a few at a time.
struct Having<'a> {
    word: &'a str,
    ahead: Peekable<std::vec::IntoIter<i64>>,
}

impl<'a> Having<'a> {
    fn new(word: &'a str) -> Self {
        Self { word, ahead: Vec::new().into_iter().peekable() }
    }

    /// The first device from this one on.
    fn from(&mut self, tx: &Tx<'_>, device: i64) -> Result<Option<i64>, Fault> {
        while self.ahead.next_if(|&next| next < device).is_some() {}
        if self.ahead.peek().is_none() {
            let sql = "SELECT device FROM owner_word WHERE word = :word AND device >= :device
                       ORDER BY device LIMIT :limit";
            let mut query = tx.sql.prepare_cached(sql)?;
            let values = named_params! { ":word": self.word, ":device": device, ":limit": AT_ONCE };
            let rows = query.query_map(values, |row| row.get(0))?;
            self.ahead = rows.collect::<Result<Vec<_>, _>>()?.into_iter().peekable();
        }
        Ok(self.ahead.peek().copied())
    }
}

/// Devices whose owner's name has each of these words whole.
///
/// The words' lists leap over one another, so that what is read is bounded by the rarest word and, of common
/// ones, by how soon enough names have them all.
fn with_all(tx: &Tx<'_>, words: &[String], limit: usize) -> Result<Vec<i64>, Fault> {
    let mut lists: Vec<Having<'_>> = words.iter().map(|word| Having::new(word)).collect();
    let mut found = Vec::new();
    let mut at = i64::MIN;
    while found.len() < limit {
        let before = at;
        for list in &mut lists {
            match list.from(tx, at)? {
                Some(device) => at = device,
                None => return Ok(found),
            }
        }
        if at == before {
            found.push(at);
            at = at.saturating_add(1);
        }
    }
    Ok(found)
}

fn has_all(there: &[String], starts: &[String]) -> bool {
    starts.iter().all(|start| there.iter().any(|word| word.starts_with(start.as_str())))
}

/// How many owners have a word with this beginning, up to a limit.
const PEOPLE_OF: &str =
    "SELECT count(*) FROM (SELECT 1 FROM owner_word WHERE word >= :text AND word < :above LIMIT :limit)";

/// The beginning that the fewest people have, by a query that counts them.
pub(in crate::repository) fn rarest<'a>(
    tx: &Tx<'_>,
    sql: &str,
    words: &'a [String],
) -> Result<Option<&'a String>, Fault> {
    if let [only] = words {
        return Ok(Some(only));
    }
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
            sql.execute(device, (at, format!("08QDG6C01{at:05}"))).unwrap();
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
        let expected: Vec<_> = found.iter().map(|at| format!("08QDG6C01{at:05}")).collect();
        assert_eq!(serials, expected);
    }

    #[rstest]
    #[case::both_common_and_one_has_both("li wei", &[2_999])]
    #[case::in_any_order("wei li", &[2_999])]
    #[case::many_have_both("li wang", &[1, 3, 5])]
    #[case::the_second_is_nobodys("li zo", &[])]
    fn whole_words_find_everybody_who_has_them_all(#[case] typed: &str, #[case] first: &[usize]) {
        let names: Vec<&str> = (0..3_000)
            .map(|at| match at {
                2_999 => "li wei",
                _ if at % 2 == 1 => "li wang",
                _ => "zhang wei",
            })
            .collect();
        let mut shop = shop(&names);
        let hits = shop.read(|tx| name(tx, &split(typed), (split, 3))).unwrap();
        let expected: Vec<_> = first.iter().map(|at| format!("08QDG6C01{at:05}")).collect();
        assert_eq!(hits.into_iter().map(|hit| hit.serial).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_whole_word_goes_before_a_longer_one() {
        let mut shop = shop(&["ann smithson", "ann smith"]);
        let hits = shop.read(|tx| name(tx, &split("ann smith"), (split, 20))).unwrap();
        let ends: Vec<_> = hits.iter().map(|hit| hit.serial.get(12..).unwrap()).collect();
        assert_eq!(ends, ["01", "00"]);
    }
}
