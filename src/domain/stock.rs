//! Units on the shelf: where each is in its life.

crate::words! {
    /// Where a stock unit is in its life.
    State("stock state") {
        /// On the shelf, free to be handed out.
        InStock = "in-stock",
        /// Kept for a case.
        Reserved = "reserved",
        /// Handed out: a customer's device from then on.
        Issued = "issued",
        /// Set aside until somebody has looked at it.
        Quarantine = "quarantine",
        /// Sent back to the maker.
        Returned = "returned",
        /// Not found where it should be.
        Missing = "missing",
    }
}

impl State {
    /// Tells whether a unit may be handed out now. Clause C25; the counter's guard on issuing.
    #[must_use]
    pub const fn free(self) -> bool {
        match self {
            Self::InStock => true,
            Self::Reserved | Self::Issued | Self::Quarantine | Self::Returned | Self::Missing => false,
        }
    }

    /// The state in words for staff.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InStock => "in stock",
            Self::Reserved => "reserved",
            Self::Issued => "handed out",
            Self::Quarantine => "in quarantine",
            Self::Returned => "sent back",
            Self::Missing => "missing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_unit_in_stock_is_free() {
        let free: Vec<State> = State::ALL.iter().copied().filter(|state| state.free()).collect();
        assert_eq!(free, [State::InStock]);
    }
}
