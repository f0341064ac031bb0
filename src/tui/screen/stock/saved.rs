//! A form of the shelf as it is put aside.

use serde::{Deserialize, Serialize};

use crate::repository::request::Parked;
use crate::tui::screen::Page;
use crate::tui::screen::stock::StockPage;
use crate::tui::screen::stock::batch::BatchPage;
use crate::tui::screen::stock::ship::ShipPage;

/// What is done on a shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Job {
    /// A shelf is counted.
    Count,
    /// Units come in.
    Receive,
    /// Things go to the maker.
    Ship,
    /// Something is done with one unit.
    Step,
}

/// A form put aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Which form.
    #[serde(rename = "shelf")]
    pub job: Job,
    /// The product; of a step, which.
    pub product: String,
    /// The part; of a step, the unit.
    pub part: String,
    /// The shelf.
    pub place: String,
    /// What was typed and not accepted yet.
    pub typed: String,
    /// What was scanned or ticked.
    pub units: Vec<String>,
}

impl Saved {
    /// The body as it is stored.
    #[must_use]
    pub fn body(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The screen of a parked form; none when it is no form of the shelf.
#[must_use]
pub fn take_up(parked: &Parked) -> Option<Box<dyn Page>> {
    let saved: Saved = serde_json::from_str(&parked.body).ok()?;
    let request = parked.id.clone();
    Some(match saved.job {
        Job::Count | Job::Receive => Box::new(BatchPage::take_up(saved, request)),
        Job::Ship => Box::new(ShipPage::take_up(saved, request)),
        Job::Step => Box::new(StockPage::take_up(saved, request)),
    })
}

/// The empty screen of a job.
#[must_use]
pub fn job(job: Job) -> Box<dyn Page> {
    match job {
        Job::Count | Job::Receive => Box::new(BatchPage::new(job)),
        Job::Ship => Box::new(ShipPage::new()),
        Job::Step => Box::new(StockPage::new()),
    }
}
