//! What the customers of cases are found by: the words of their names and the ends of their phones.

use rusqlite::{Row, named_params};

use crate::repository::search::{above, count, rarest};
use crate::repository::{Fault, Tx};

/// What one person is found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// The words of the name.
    pub words: Vec<String>,
    /// The digits of the phone, from the end.
    pub phone: Option<String>,
}

impl Keys {
    /// The keys as they are stored: their sort and text.
    pub fn stored(&self) -> impl Iterator<Item = (&str, &str)> {
        let words = self.words.iter().map(|word| ("word", word.as_str()));
        words.chain(self.phone.iter().map(|phone| ("phone", phone.as_str())))
    }
}

/// Keeps what a person is found by, instead of what was kept before.
pub fn keep(tx: &Tx<'_>, person: &str, keys: &Keys) -> Result<(), Fault> {
    let old = "DELETE FROM person_key WHERE person = :person";
    tx.sql.prepare_cached(old)?.execute(named_params! { ":person": person })?;
    let new = "INSERT INTO person_key (kind, key, person) VALUES (:kind, :key, :person)";
    let mut insert = tx.sql.prepare_cached(new)?;
    for (kind, key) in keys.stored() {
        insert.execute(named_params! { ":kind": kind, ":key": key, ":person": person })?;
    }
    let done = "DELETE FROM person_unkeyed WHERE person = :person";
    tx.sql.prepare_cached(done)?.execute(named_params! { ":person": person })?;
    Ok(())
}

/// Some of the people whose keys are still to be made.
pub fn unkeyed(tx: &Tx<'_>, limit: usize) -> Result<Vec<String>, Fault> {
    let mut query = tx.sql.prepare_cached("SELECT person FROM person_unkeyed LIMIT :limit")?;
    let rows = query.query_map(named_params! { ":limit": count(limit) }, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Serials of cases whose customer's phone ends with these digits.
pub fn by_phone(tx: &Tx<'_>, digits: &str, limit: usize) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT c.serial FROM person_key k CROSS JOIN cases c ON c.customer = k.person
               WHERE k.kind = 'phone' AND k.key >= :text AND k.key < :above LIMIT :limit";
    let reversed: String = digits.chars().rev().collect();
    let mut query = tx.sql.prepare_cached(sql)?;
    let values = named_params! { ":text": reversed, ":above": above(&reversed), ":limit": count(limit) };
    let rows = query.query_map(values, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Serials of cases whose customer's name has a word for each of these beginnings.
pub fn by_name(tx: &Tx<'_>, words: &[String], limit: usize) -> Result<Vec<String>, Fault> {
    let sql = "SELECT DISTINCT c.serial FROM person_key k CROSS JOIN cases c ON c.customer = k.person
               WHERE k.kind = 'word' AND k.key >= :text AND k.key < :above AND NOT EXISTS (
                   SELECT 1 FROM json_each(:words) t WHERE NOT EXISTS (
                       SELECT 1 FROM person_key w WHERE w.person = k.person AND w.kind = 'word'
                       AND substr(w.key, 1, length(t.value)) = t.value))
               LIMIT :limit";
    let people = "SELECT count(*) FROM (SELECT 1 FROM person_key
                  WHERE kind = 'word' AND key >= :text AND key < :above LIMIT :limit)";
    let Some(rarest) = rarest(tx, people, words)? else { return Ok(Vec::new()) };
    let all = serde_json::to_string(words).unwrap_or_default();
    let mut query = tx.sql.prepare_cached(sql)?;
    let values = named_params! {
        ":text": rarest, ":above": above(rarest), ":words": all, ":limit": count(limit),
    };
    let rows = query.query_map(values, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A sort of key and its text.
pub type Stored = (String, String);

/// Gives each person with what is stored to find them by: id, name and phone, keys in order. Who waits for their keys
/// is left out.
pub fn walk<E: From<Fault>>(
    tx: &Tx<'_>,
    mut each: impl FnMut(&str, [Option<String>; 2], &[Stored]) -> Result<(), E>,
) -> Result<(), E> {
    let people = "SELECT id, name, phone FROM person
                  WHERE id NOT IN (SELECT person FROM person_unkeyed) ORDER BY id";
    let mut people = tx.sql.prepare(people).map_err(Fault::from)?;
    let mut people = people.query([]).map_err(Fault::from)?;
    while let Some(row) = people.next().map_err(Fault::from)? {
        let (id, texts) = read(row).map_err(Fault::from)?;
        each(&id, texts, &keys(tx, &id)?)?;
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<(String, [Option<String>; 2])> {
    Ok((row.get(0)?, [row.get(1)?, row.get(2)?]))
}

fn keys(tx: &Tx<'_>, person: &str) -> Result<Vec<Stored>, Fault> {
    let sql = "SELECT kind, key FROM person_key WHERE person = :person ORDER BY kind, key";
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map(named_params! { ":person": person }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository;
    use rstest::rstest;

    /// Ann Smith and Zoe O’Neill, each with a case of her own.
    fn shop() -> Repository {
        let mut repository = Repository::in_memory().unwrap();
        let people = "INSERT INTO person (id, salt, name, phone) VALUES
            ('1', x'00', 'Ann Smith', '415 555-0101'), ('2', x'00', 'Zoe O’Neill', '020 7946 0102')";
        let cases = "INSERT INTO cases (id, number, till, sequence, serial, chain, customer, said, channel,
                recorded_at, recorded_on, damaged_on, cause, parts, owner, repaired_elsewhere, state, outcome)
            SELECT id, '0001-0000' || id || '-0', 1, id, '0000000000000' || id, id, id, 'x', 'swift', '2020-03-02T10:00:00Z',
                '2020-03-02', '2020-03-02', 'accident', '[]', 'same', 0, 'RECORDED', 'none' FROM person";
        for sql in [people, cases] {
            repository.connection().execute(sql, []).unwrap();
        }
        repository
            .write(|tx| {
                assert_eq!(unkeyed(tx, 9)?, ["1", "2"]);
                keep(tx, "1", &keys_of(&["ann", "smith"], "1010555514"))?;
                keep(tx, "2", &keys_of(&["neill", "oneill", "zoe"], "20106497020"))?;
                assert!(unkeyed(tx, 9)?.is_empty());
                Ok::<_, Fault>(())
            })
            .unwrap();
        repository
    }

    fn keys_of(words: &[&str], phone: &str) -> Keys {
        let words = words.iter().map(|&word| word.to_owned()).collect();
        Keys { words, phone: Some(phone.to_owned()) }
    }

    fn serials(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| format!("{id:0>14}")).collect()
    }

    #[rstest]
    #[case::start_of_a_name("smi", &["1"])]
    #[case::another_word("neill", &["2"])]
    #[case::two_starts("ann smi", &["1"])]
    #[case::in_any_order("smi ann", &["1"])]
    #[case::words_of_two_people("ann oneill", &[])]
    #[case::inside_a_word("mith", &[])]
    #[case::a_wildcard_is_a_letter("sm%", &[])]
    fn a_customer_is_found_by_the_words_of_their_name(#[case] typed: &str, #[case] found: &[&str]) {
        let words: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        assert_eq!(shop().read(|tx| by_name(tx, &words, 9)).unwrap(), serials(found));
    }

    #[rstest]
    #[case::the_end("0101", &["1"])]
    #[case::all_of_it("4155550101", &["1"])]
    #[case::the_end_of_another("0102", &["2"])]
    #[case::the_start("4155", &[])]
    fn a_customer_is_found_by_the_end_of_their_phone(#[case] typed: &str, #[case] found: &[&str]) {
        assert_eq!(shop().read(|tx| by_phone(tx, typed, 9)).unwrap(), serials(found));
    }

    #[test]
    fn an_erased_person_is_found_by_nothing() {
        let mut shop = shop();
        let erase = "UPDATE person SET name = NULL, phone = NULL, erased_at = '2020-03-03' WHERE id = '1'";
        shop.connection().execute(erase, []).unwrap();
        let left = "SELECT count(*) FROM person_key WHERE person = '1'";
        assert_eq!(shop.connection().query_row(left, [], |row| row.get::<_, u32>(0)).unwrap(), 0);
        assert_eq!(shop.read(|tx| by_phone(tx, "0102", 9)).unwrap(), serials(&["2"]));
    }

    #[test]
    fn a_person_who_is_kept_again_is_found_by_the_new_name_only() {
        let mut shop = shop();
        shop.write(|tx| keep(tx, "1", &keys_of(&["ann", "jones"], "1"))).unwrap();
        let words = |word: &str| [word.to_owned()];
        assert_eq!(shop.read(|tx| by_name(tx, &words("jones"), 9)).unwrap(), serials(&["1"]));
        assert_eq!(shop.read(|tx| by_name(tx, &words("smith"), 9)).unwrap(), serials(&[]));
    }
}
