//! Units on the shelf, what the counter did with them, and the old parts that wait for the maker.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::stock::State;
use crate::repository::device::a_customers;
use crate::repository::row::named;
use crate::repository::{Fault, Tx};

/// A stock unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its serial, or the shop's own label.
    pub serial: String,
    /// Model id.
    pub model: String,
    /// The part it is, or the carrying part for a whole unit.
    pub part: String,
    /// Where it is in its life.
    pub state: State,
    /// The shelf.
    pub place: Option<String>,
    /// The case that has or had it.
    pub case: Option<String>,
}

const UNIT: &str = "SELECT s.serial, s.model, s.part, s.state, s.place, c.number
                    FROM shelf s LEFT JOIN cases c ON c.id = s.case_id";

fn read(row: &Row<'_>) -> rusqlite::Result<Unit> {
    Ok(Unit {
        serial: row.get(0)?,
        model: row.get(1)?,
        part: row.get(2)?,
        state: row.get(3)?,
        place: row.get(4)?,
        case: row.get(5)?,
    })
}

/// The unit with this serial or label.
pub fn unit(tx: &Tx<'_>, serial: &str) -> Result<Option<Unit>, Fault> {
    let mut query = tx.sql.prepare_cached(&format!("{UNIT} WHERE s.serial = :serial"))?;
    query.query_row(named_params! { ":serial": serial }, read).optional().map_err(named("stock", serial))
}

/// Units of a model and part that can be handed out, the first few that are wanted: in stock, and never a customer's.
pub fn free_units(
    tx: &Tx<'_>,
    (model, part): (&str, &str),
    (limit, wanted): (usize, impl Fn(&Unit) -> bool),
) -> Result<Vec<Unit>, Fault> {
    let sql = format!(
        "{UNIT} WHERE s.model = :model AND s.part = :part AND s.state = :free AND NOT {}
         ORDER BY s.place, s.serial",
        a_customers!("s.serial")
    );
    let mut query = tx.sql.prepare_cached(&sql)?;
    let free = State::InStock.as_str();
    let values = named_params! { ":model": model, ":part": part, ":free": free };
    let rows = query.query_map(values, read)?;
    Ok(rows.filter(|row| row.as_ref().map_or(true, &wanted)).take(limit).collect::<Result<_, _>>()?)
}

/// How many units of the maker's list had come in at the counter.
pub fn listed_and_received(tx: &Tx<'_>) -> Result<u64, Fault> {
    let sql = "SELECT count(*) FROM unit u JOIN stock s ON s.serial = u.serial WHERE u.model IS NOT NULL";
    let count: i64 = tx.sql.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// What a list of units is narrowed to; none is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Model id.
    pub model: Option<String>,
    /// State.
    pub state: Option<String>,
    /// Shelf, in any case of its letters.
    pub place: Option<String>,
}

/// Every unit this shop has or had, by model, part and place.
pub fn units(tx: &Tx<'_>, filter: &Filter) -> Result<Vec<Unit>, Fault> {
    let sql = format!(
        "{UNIT} WHERE (:model IS NULL OR s.model = :model) AND (:state IS NULL OR s.state = :state)
           AND (:place IS NULL OR s.place = :place COLLATE NOCASE) ORDER BY s.model, s.part, s.place, s.serial"
    );
    let mut query = tx.sql.prepare_cached(&sql)?;
    let values = named_params! { ":model": filter.model, ":state": filter.state, ":place": filter.place };
    let rows = query.query_map(values, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Units that are kept for the case with this id.
pub fn kept_for(tx: &Tx<'_>, case: &str) -> Result<Vec<Unit>, Fault> {
    let sql = format!("{UNIT} WHERE s.case_id = :case AND s.state = 'reserved' ORDER BY s.serial");
    let mut query = tx.sql.prepare_cached(&sql)?;
    let rows = query.query_map(named_params! { ":case": case }, read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A shelf as it is written on the units that are booked to it; none when no unit is.
pub fn place(tx: &Tx<'_>, typed: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT place FROM shelf WHERE place = :place COLLATE NOCASE ORDER BY place LIMIT 1";
    let mut query = tx.sql.prepare_cached(sql)?;
    Ok(query.query_row(named_params! { ":place": typed }, |row| row.get(0)).optional()?)
}

/// An old unit or part that waits for the maker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldPart {
    /// The row's id.
    pub id: String,
    /// The case it came on.
    pub case: String,
    /// The part.
    pub part: String,
    /// Model id.
    pub model: String,
    /// Its serial, where it has one.
    pub serial: Option<String>,
    /// Since when it waits.
    pub since: String,
}

/// Old units and parts that wait for the maker, oldest first.
pub fn waiting(tx: &Tx<'_>) -> Result<Vec<OldPart>, Fault> {
    let sql = "SELECT o.id, c.number, o.part, o.model, o.serial, o.came_at
               FROM old_part o JOIN cases c ON c.id = o.case_id
               WHERE o.state = 'waiting' ORDER BY unixepoch(o.came_at), o.id";
    let read = |row: &Row<'_>| {
        Ok(OldPart {
            id: row.get(0)?,
            case: row.get(1)?,
            part: row.get(2)?,
            model: row.get(3)?,
            serial: row.get(4)?,
            since: row.get(5)?,
        })
    };
    let mut query = tx.sql.prepare_cached(sql)?;
    let rows = query.query_map([], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::Repository;
    use rstest::rstest;

    const SERIAL: &str = "08QDH32F456EZY";

    fn shop(state: &str) -> Repository {
        let repository = Repository::in_memory().unwrap();
        let sql = repository.connection();
        sql.execute("INSERT INTO stock VALUES (?, 'mavic-pro', 'aircraft', 'in-stock', 'A1')", [SERIAL])
            .unwrap();
        sql.pragma_update(None, "ignore_check_constraints", 1).unwrap();
        sql.execute(
            "INSERT INTO unit (serial, state, at) VALUES (?, ?, '2020-03-02T10:00:00Z')",
            [SERIAL, state],
        )
        .unwrap();
        repository
    }

    #[test]
    fn every_state_of_a_unit_is_read_and_only_the_free_are_offered() {
        for state in State::ALL {
            let (found, free) = shop(state.as_str())
                .read(|tx| {
                    Ok::<_, Fault>((
                        unit(tx, SERIAL)?,
                        free_units(tx, ("mavic-pro", "aircraft"), (9, |_| true))?,
                    ))
                })
                .unwrap();
            assert_eq!(found.map(|unit| unit.state), Some(*state));
            assert_eq!(free.len(), usize::from(state.free()), "{state}");
        }
    }

    #[test]
    fn the_file_takes_the_domains_states_and_no_other() {
        let file = Repository::in_memory().unwrap();
        let mut insert = file
            .connection()
            .prepare("INSERT INTO unit (serial, state, at) VALUES (?, ?, '2020-03-02T10:00:00Z')")
            .unwrap();
        for state in State::ALL {
            insert.execute([state.as_str(), state.as_str()]).unwrap();
        }
        assert!(insert.execute(["x", "sold"]).is_err());
    }

    #[rstest]
    #[case("sold")]
    #[case("")]
    fn an_unknown_state_names_its_row(#[case] state: &str) {
        let fault = shop(state).read(|tx| unit(tx, SERIAL)).unwrap_err();
        assert!(matches!(&fault, Fault::Row { table: "stock", key, .. } if key == SERIAL), "{fault}");
    }
}
