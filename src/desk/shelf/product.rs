//! The products that can stand on a shelf, by the names that staff know.

use crate::desk::{Act, Desk};

/// A product and its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Model id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The parts it is stocked in, the one for a whole unit first: id and name.
    pub parts: Vec<(String, String)>,
}

impl Desk {
    /// The products of this day's programme that have anything to stock.
    #[must_use]
    pub fn products(&self, act: &Act) -> Vec<Product> {
        let edition = self.shop.editions.on(act.stamp.at.date_naive());
        let named =
            |part: &crate::domain::product::Part| (part.to_string(), edition.part_name(part).to_owned());
        let models = edition.models.iter().map(|model| {
            let others = model.replaceable.iter().filter(|part| Some(*part) != model.carrying.as_ref());
            let parts = model.carrying.iter().chain(others).map(named).collect();
            Product { id: model.id.to_string(), name: model.name.clone(), parts }
        });
        models.filter(|product| !product.parts.is_empty()).collect()
    }
}
