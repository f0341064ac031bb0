//! The registry: the maker's record of devices, plans, claims and notices, and the centre's stock and fees.
//!
//! Rows are staged in a file beside the database, checked there against both, and merged in short transactions.

mod check;
mod digest;
mod export;
mod merge;
mod plans;
mod stage;

pub use check::{Found, check, currencies};
pub use digest::table_digest;
pub use export::export;
pub use merge::{Merge, Merged, Step, begin, finish, give_up, interrupted, merge, take_back};
pub use plans::{Draft, Filled, Original, fill_plans};
pub use stage::{Attached, Extra, Staging, forget_unsealed, lock, staging_folder};

crate::words! {
    /// What a file holds.
    Kind("kind of file") {
        /// Customers' devices with their owners.
        Devices = "devices",
        /// Care plans.
        Plans = "plans",
        /// Replacements that were used already, as the maker has them.
        Claims = "claims",
        /// Repair invitations and video verifications.
        Notices = "notices",
        /// Units on the shelf.
        Stock = "stock",
        /// The centre's fees.
        Fees = "fees",
    }
}

impl Kind {
    /// The columns of its file, the key first.
    #[must_use]
    pub const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Devices => &[
                "serial",
                "model",
                "purchase_region",
                "purchased_on",
                "activated_at",
                "warranty_starts_on",
                "owner_name",
                "owner_phone",
                "owner_email",
                "replaced_by",
            ],
            Self::Plans => &[
                "number",
                "tier",
                "serial",
                "region",
                "programme",
                "starts_on",
                "ends_on",
                "granted",
                "extends",
                "sold_on",
                "returned_on",
            ],
            Self::Claims => &["plan", "ordinal", "used_on", "case", "old_serial", "new_serial"],
            Self::Notices => &["serial", "kind", "issued_at"],
            Self::Stock => &["serial", "model", "part", "state", "place"],
            Self::Fees => &["programme", "model", "currency", "ordinal", "amount", "source"],
        }
    }

    /// How many of its columns, from the first, are the key.
    #[must_use]
    pub const fn key(self) -> usize {
        match self {
            Self::Devices | Self::Plans | Self::Stock => 1,
            Self::Claims => 2,
            Self::Notices => 3,
            Self::Fees => 4,
        }
    }

    /// The tables that its import writes.
    #[must_use]
    pub const fn tables(self) -> &'static [&'static str] {
        match self {
            Self::Devices => &["device", "owner", "owner_word"],
            Self::Plans => &["plan", "slot"],
            Self::Claims => &["maker_use"],
            Self::Notices => &["notice"],
            Self::Stock => &["stock"],
            Self::Fees => &["fee"],
        }
    }
}
