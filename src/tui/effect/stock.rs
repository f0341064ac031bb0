//! What the screens of the shelf ask of the desk, and what it answers.

use crate::desk::shelf::{Coming, Counted, Delivery, OldPart, Packing, Product, Shelved};
use crate::tui::effect::{Request, Sorry};

/// What is wanted of the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Every unit, what waits for the maker, and the products' names.
    List,
    /// What a count of a shelf would find.
    BeforeCount(String, Vec<String>),
    /// Write a count down.
    Count(String, Vec<String>, Request),
    /// Whether these units can come in.
    BeforeReceive(Delivery),
    /// Take units in.
    Receive(Delivery, Request),
    /// Do something with one unit.
    Step(Step, Request),
    /// Send units, and old parts by their rows, to the maker.
    Ship(Vec<String>, Vec<String>, Request),
}

/// What is done with one unit, by its serial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Keep it for the case of this number.
    Keep(String, String),
    /// Let it go from its case.
    Free(String),
    /// Set it aside, and why.
    SetAside(String, String),
    /// Put it back: onto which shelf, and why.
    Find(String, String, String),
}

/// What the shelf says.
#[derive(Debug)]
pub enum Said {
    /// All of it.
    List(Result<Box<Stocked>, Sorry>),
    /// What a count would find.
    BeforeCount(Result<Counted, Sorry>),
    /// A count is written.
    Counted(Result<Counted, Sorry>),
    /// These units can come in.
    BeforeReceive(Result<Vec<Coming>, Sorry>),
    /// Units came in.
    Received(Result<Vec<Shelved>, Sorry>),
    /// The unit as it is after a step.
    Step(Result<Shelved, Sorry>),
    /// What went to the maker, and why its list was not printed.
    Shipped(Result<Packing, Sorry>, Option<Sorry>),
}

impl Said {
    /// Tells whether something was written, so that the form it came from is done.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        matches!(
            self,
            Self::Counted(Ok(_)) | Self::Received(Ok(_)) | Self::Step(Ok(_)) | Self::Shipped(Ok(_), _)
        )
    }
}

/// The shelf as lists show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stocked {
    /// Every unit, whatever became of it.
    pub units: Vec<Shelved>,
    /// What waits for the maker, oldest first.
    pub parts: Vec<OldPart>,
    /// The products.
    pub products: Vec<Product>,
}

impl Stocked {
    /// The unit with this serial or label.
    #[must_use]
    pub fn unit(&self, serial: &str) -> Option<&Shelved> {
        self.units.iter().find(|unit| unit.serial == serial)
    }

    /// A product's name.
    #[must_use]
    pub fn product<'a>(&'a self, model: &'a str) -> &'a str {
        self.products.iter().find(|product| product.id == model).map_or(model, |product| &product.name)
    }

    /// A part's name.
    #[must_use]
    pub fn part<'a>(&'a self, part: &'a str) -> &'a str {
        let mut parts = self.products.iter().flat_map(|product| &product.parts);
        parts.find(|(id, _)| id == part).map_or(part, |(_, name)| name)
    }

    /// The shelves that units stand on, each once, for F4: with how many units.
    #[must_use]
    pub fn places(&self) -> Vec<(String, String)> {
        let mut places = std::collections::BTreeMap::<&str, usize>::new();
        for place in self.units.iter().filter_map(|unit| unit.place.as_deref()) {
            *places.entry(place).or_default() += 1;
        }
        let row = |(place, units): (&str, usize)| (place.to_owned(), format!("{units} booked to it"));
        places.into_iter().map(row).collect()
    }
}
