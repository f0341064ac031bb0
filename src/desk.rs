//! What staff do: look up, check, record, receive, assess, choose, pay, issue: load → decide → write.
//!
//! Holds the clock and the request ids; knows neither drawing nor SQL.

use std::path::PathBuf;

use crate::domain::edition::Editions;
use crate::repository::journal::Stamp;
use crate::repository::{Fault, Patience, Repository, case, request};

mod act;
pub mod assess;
pub mod binding;
pub mod card;
pub mod choose;
pub mod clock;
pub mod config;
pub mod day;
pub mod enrol;
pub mod export;
mod failure;
mod ground;
pub mod import;
pub mod issue;
pub mod life;
pub mod names;
mod once;
pub mod pay;
mod people;
pub mod practice;
pub mod print;
pub mod question;
pub mod receive;
pub mod record;
pub mod records;
pub mod search;
pub mod setup;
pub mod shelf;
#[cfg(test)]
pub(crate) mod trial;
pub mod verify;
pub mod view;
pub mod visit;

pub use act::Act;
pub use failure::Failure;
pub use view::CaseView;

/// One counter: the file, the editions, and where papers go.
#[derive(Debug)]
pub struct Desk {
    repository: Repository,
    shop: Shop,
    unfinished: Option<import::Unfinished>,
}

/// What does not change while the program runs.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The programme's editions.
    pub editions: Editions,
    /// The folder of the database; papers go into `papers` in it.
    pub folder: PathBuf,
    /// A real shop, or one to learn in.
    pub purpose: Purpose,
    /// How this centre works.
    pub house: config::House,
}

/// What a shop is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Customers.
    Real,
    /// Practice: every paper says so.
    Practice,
}

/// This counter's name and place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counter {
    /// The centre's name.
    pub site: String,
    /// Its region.
    pub region: String,
    /// The till's number.
    pub till: u16,
}

impl Desk {
    /// Opens the shop's file, made on first use; an import that was cut off is finished, where it can be.
    pub fn open(shop: Shop, patience: Patience) -> Result<Self, Failure> {
        let repository = Repository::open(&shop.folder.join("caredesk.db"), patience)?;
        let mut desk = Self { repository, shop, unfinished: None };
        if desk.repository.read(case::cut_off_import)? {
            desk.finish_import()?;
        }
        desk.key_people()?;
        Ok(desk)
    }

    fn finish_import(&mut self) -> Result<(), Failure> {
        let (at, clock) = clock::now(None).map_err(|bad| failure::wrong("clock", bad))?;
        let stamp = Stamp { at, actor: "caredesk".to_owned(), clock };
        match import::finish_interrupted(&mut self.repository, &stamp) {
            Ok(_) => Ok(()),
            Err(import::Failure::Unfinished(unfinished)) => {
                self.unfinished = Some(unfinished);
                Ok(())
            }
            Err(failure) => Err(Failure::File(failure.to_string())),
        }
    }

    /// The import that could not be finished at the start; what counters do does not wait for it.
    #[must_use]
    pub const fn unfinished(&self) -> Option<&import::Unfinished> {
        self.unfinished.as_ref()
    }

    /// Opens the file as it is, to look for damage: nothing is finished and nothing is written.
    pub fn open_as_it_is(shop: Shop) -> Result<Self, Failure> {
        let repository = Repository::open_for_looking(&shop.folder.join("caredesk.db"))?;
        Ok(Self { repository, shop, unfinished: None })
    }

    /// A desk over a file in memory, for tests.
    pub fn in_memory(shop: Shop) -> Result<Self, Failure> {
        Ok(Self { repository: Repository::in_memory()?, shop, unfinished: None })
    }

    /// A second desk on the same file, for a worker.
    pub fn another(&self, patience: Patience) -> Result<Self, Failure> {
        let repository = self.repository.another(patience)?;
        Ok(Self { repository, shop: self.shop.clone(), unfinished: None })
    }

    /// What does not change while the program runs.
    #[must_use]
    pub const fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The file, for import, export and verify.
    pub const fn repository(&mut self) -> &mut Repository {
        &mut self.repository
    }

    /// This counter; none before set-up.
    pub fn counter(&mut self) -> Result<Option<Counter>, Failure> {
        self.repository.read(|tx| Ok(act::counter(tx)?))
    }

    /// How many cases are open and how many forms are parked.
    pub fn counts(&mut self) -> Result<(u32, usize), Failure> {
        self.repository.read(|tx| Ok((case::open_count(tx)?, request::parked(tx)?.len())))
    }

    /// Whether the shop has any device to look up.
    pub fn is_empty(&mut self) -> Result<bool, Failure> {
        self.repository.read(|tx| Ok(crate::repository::search::is_empty(tx)?))
    }

    /// Parked forms, newest first.
    pub fn parked(&mut self) -> Result<Vec<request::Parked>, Failure> {
        self.repository.read(|tx| Ok(request::parked(tx)?))
    }

    /// Parks a form, so that neither a crash nor another customer loses it.
    pub fn park(&mut self, form: &request::Parked) -> Result<(), Failure> {
        self.repository.write(|tx| Ok(request::park(tx, form)?))
    }

    /// Takes a parked form out.
    pub fn unpark(&mut self, id: &str) -> Result<(), Failure> {
        self.repository.write(|tx| Ok(request::unpark(tx, id)?))
    }

    /// Puts the write-ahead log back into the file; for the program's end.
    pub fn tidy(&self) -> Result<(), Fault> {
        self.repository.tidy()
    }
}
