//! Editions of the programme as TOML: read, checked with line and key in the error, turned into domain types.
//!
//! | Module | Holds |
//! |---|---|
//! | `document` | the shape of the file: every key there is, none with a default |
//! | `shape` | how its values are read |
//! | `settings`, `causes`, `products`, `regions`, `serials` | the checks that shape alone cannot make |
//! | `mistake`, `place` | what is wrong, and where: one line for staff |
//!
//! Knows no rule of the programme and nothing of the database.

use std::path::{Path, PathBuf};

use crate::domain::day::parse_day;
use crate::domain::edition::{Edition, Editions};

mod causes;
mod document;
mod mistake;
mod place;
mod products;
mod regions;
mod serials;
mod settings;
mod shape;
#[cfg(test)]
mod tests;

pub use mistake::BadProgramme;

use document::Document;
use mistake::{Wrong, id_shape};

const BUILT_IN: (&str, &str) = ("2019-05.toml", include_str!("../assets/programmes/2019-05.toml"));

/// Reads the edition that is built into the program.
pub fn built_in() -> Result<Edition, BadProgramme> {
    let (file, text) = BUILT_IN;
    read(file, text)
}

/// Reads one edition; `file` is its name in errors.
pub fn read(file: &str, text: &str) -> Result<Edition, BadProgramme> {
    let read = shape::document(text).and_then(|document| edition(&document));
    read.map_err(|wrong| BadProgramme::wrong(file, text, wrong))
}

/// Reads the built-in edition and every `*.toml` of `dir`, by name; one with a known id replaces the built-in.
///
/// Files whose names begin with a dot are passed over: editors leave such files behind.
pub fn editions(dir: Option<&Path>) -> Result<Editions, BadProgramme> {
    let mut others: Vec<(PathBuf, Edition)> = Vec::new();
    for path in dir.map_or_else(|| Ok(Vec::new()), files)? {
        let name = path.display().to_string();
        let bytes = std::fs::read(&path)
            .map_err(|error| BadProgramme::whole(&name, format!("cannot be read: {error}")))?;
        let text = String::from_utf8(bytes).map_err(|bad| BadProgramme::encoding(&name, &bad))?;
        let edition = read(&name, &text)?;
        if let Some((first, _)) = others.iter().find(|(_, other)| other.id == edition.id) {
            return Err(BadProgramme::whole(&name, twice(&edition.id, first)));
        }
        others.push((path, edition));
    }
    Ok(Editions::new(built_in()?, others.into_iter().map(|(_, edition)| edition).collect()))
}

fn twice(id: &str, first: &Path) -> String {
    format!("the edition \"{id}\" stands in {} too; give one of them another id", first.display())
}

fn files(dir: &Path) -> Result<Vec<PathBuf>, BadProgramme> {
    let unreadable = |error: std::io::Error| {
        let problem =
            format!("the programmes folder cannot be read: {error}; check --programmes or the config");
        BadProgramme::whole(&dir.display().to_string(), problem)
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_some_and(|end| end == "toml") {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn edition(document: &Document) -> Result<Edition, Wrong> {
    let allowance = mistake::count(&document.balance.allowance)?;
    let parts = products::parts(&document.parts.names)?;
    let models = products::models(document, &parts)?;
    let regions = regions::regions(&document.regions)?;
    Ok(Edition {
        first_day: parse_day(document.first_day.get_ref())
            .map_err(|error| Wrong::at(&document.first_day, error))?,
        allowance,
        clauses: causes::clauses(&document.clauses)?,
        settings: settings::settings(document)?,
        causes: causes::causes(&document.cause)?,
        closed_channels: regions::closed_channels(&document.channels.not_offered, &regions)?,
        fees: regions::fees(&document.fees, (&models, &regions, allowance))?,
        serials: serials::shapes(&document.serial, &models)?,
        id: id_shape(&document.id)?,
        parts,
        models,
        regions,
    })
}
