//! A record becomes a row to stage: its header's columns, its cells, and what must hold between them.

use std::borrow::Cow;

use crate::desk::import::cell::{Known, Need, checks};
use crate::desk::import::read::Fields;
use crate::desk::names;
use crate::domain::edition::FeeOrdinal;
use crate::domain::money::Currency;
use crate::domain::stock::may_come;
use crate::repository::registry::{Extra, Kind};

/// A column and what is wrong with it.
pub(super) type Problem = (&'static str, String);

/// The cells in the order of the kind's columns.
pub(super) type Cells<'a> = Vec<Option<Cow<'a, str>>>;

/// Where each column of the kind stands in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    kind: Kind,
    width: usize,
    places: Vec<Option<usize>>,
}

impl Header {
    /// Reads the header line; a problem names the column.
    pub fn read(kind: Kind, fields: Fields<'_>) -> Result<Self, String> {
        let columns = kind.columns();
        let mut places = vec![None; columns.len()];
        for at in 0..fields.len() {
            let name = fields.get(at).map_err(|problem| format!("the header {problem}"))?.trim();
            let Some(column) = columns.iter().position(|column| *column == name) else {
                return Err(unknown(kind, name, fields.len()));
            };
            if places.get(column).copied().flatten().is_some() {
                return Err(format!(
                    "the column \"{name}\" stands twice in the header: leave one of them out"
                ));
            }
            if let Some(place) = places.get_mut(column) {
                *place = Some(at);
            }
        }
        let missing = columns.iter().zip(checks(kind)).zip(&places);
        for ((column, (need, _)), place) in missing {
            if *need != Need::Free && place.is_none() {
                return Err(format!("the column \"{column}\" is missing from the header"));
            }
        }
        Ok(Self { kind, width: fields.len(), places })
    }

    /// Reads a record.
    pub fn row<'a>(&self, known: &Known<'_>, fields: Fields<'a>) -> Result<(Cells<'a>, Extra), Problem> {
        if fields.len() != self.width {
            return Err(("record", format!("has {} fields, the header has {}", fields.len(), self.width)));
        }
        let mut cells = Vec::with_capacity(self.places.len());
        let columns = self.kind.columns().iter().zip(checks(self.kind)).zip(&self.places);
        for ((column, (need, check)), place) in columns {
            let cell = match place {
                Some(at) => fields.get(*at).map_err(|problem| (*column, problem))?,
                None => "",
            };
            let stored =
                if cell.is_empty() { None } else { Some(check(known, cell).map_err(|say| (*column, say))?) };
            let stored = stored.filter(|text| !text.is_empty());
            if stored.is_none() && *need == Need::Key {
                return Err((column, "is empty: every row needs it".to_owned()));
            }
            cells.push(stored);
        }
        between(self.kind, known, &mut cells)?;
        let extra = if self.kind == Kind::Devices { extra(&cells) } else { Extra::default() };
        Ok((cells, extra))
    }
}

fn unknown(kind: Kind, name: &str, fields: usize) -> String {
    let name: String = names::clean(name).chars().take(60).collect();
    let known = kind.columns().join(", ");
    if fields == 1 && (name.contains(';') || name.contains(' ')) {
        return format!("\"{name}\" is one column: save the file with commas between the columns ({known})");
    }
    format!("there is no column \"{name}\" in a file of {kind} (its columns: {known})")
}

fn cell<'c>(kind: Kind, cells: &'c [Option<Cow<'_, str>>], column: &str) -> Option<&'c str> {
    let at = kind.columns().iter().position(|known| *known == column)?;
    cells.get(at)?.as_deref()
}

/// What must hold between the cells of one row.
fn between(kind: Kind, known: &Known<'_>, cells: &mut Cells<'_>) -> Result<(), Problem> {
    let get = |column| cell(kind, cells, column);
    match kind {
        Kind::Devices if get("replaced_by").is_some() && get("replaced_by") == get("serial") => {
            Err(("replaced_by", "is the device itself".to_owned()))
        }
        Kind::Plans => match (get("starts_on"), get("ends_on"), get("extends"), get("number")) {
            (Some(first), Some(last), ..) if last < first => {
                Err(("ends_on", format!("{last} is before the plan starts on {first}")))
            }
            (_, _, Some(extends), Some(number)) if extends == number => {
                Err(("extends", "is the plan itself".to_owned()))
            }
            _ => Ok(()),
        },
        Kind::Claims if get("new_serial").is_some() && get("new_serial") == get("old_serial") => {
            Err(("new_serial", "is the old serial".to_owned()))
        }
        Kind::Stock => {
            match (get("serial"), get("model").and_then(|id| known.editions.model(id)), get("part")) {
                (Some(serial), Some(model), Some(part)) => {
                    may_come(serial, (model, part)).map_err(|bad| ("serial", bad.to_string()))
                }
                _ => Ok(()),
            }
        }
        Kind::Fees => fee(known, cells),
        Kind::Devices | Kind::Claims | Kind::Notices => Ok(()),
    }
}

/// A fee's model and place must be its edition's; the amount becomes minor units.
fn fee(known: &Known<'_>, cells: &mut Cells<'_>) -> Result<(), Problem> {
    let get = |column| cell(Kind::Fees, cells, column);
    let model = get("model").unwrap_or_default();
    let ordinal = get("ordinal").unwrap_or_default();
    let Some(edition) = get("programme").and_then(|id| known.editions.named(id)) else { return Ok(()) };
    if edition.model(model).is_none() {
        return Err(("model", format!("the edition {} does not know the model \"{model}\"", edition.id)));
    }
    if let Some(FeeOrdinal::Refresh(place)) = FeeOrdinal::parse(ordinal)
        && place > edition.allowance
    {
        return Err((
            "ordinal",
            format!("a plan of {} has {} replacements, not {place}", edition.id, edition.allowance),
        ));
    }
    let currency: Option<Currency> = get("currency").and_then(|code| code.parse().ok());
    let minor = match (currency, get("amount")) {
        (Some(currency), Some(amount)) => {
            currency.amount(amount).map_err(|bad| ("amount", bad.to_string()))?.minor
        }
        _ => return Ok(()),
    };
    let at = Kind::Fees.columns().iter().position(|column| *column == "amount");
    if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
        *cell = Some(Cow::Owned(minor.to_string()));
    }
    Ok(())
}

fn extra(cells: &[Option<Cow<'_, str>>]) -> Extra {
    Extra { phone_tail: cell(Kind::Devices, cells, "owner_phone").and_then(names::phone_tail) }
}
