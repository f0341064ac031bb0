//! Papers: values in, plain text out. Papers never promise a "new" unit (C25).
//!
//! Knows nothing of the database; widths are cells, so that wide names line up.

mod certificate;
mod day;
mod hand_over;
mod label;
mod packing;
mod qr;
mod quote;
mod receipt;
mod refusal;
mod render;
mod sheet;
mod slip;
pub mod text;
mod why;

pub use certificate::{Certificate, certificate};
pub use day::{DaySheet, day_sheet};
pub use hand_over::{HandOver, hand_over};
pub use label::{Label, label};
pub use packing::{Packing, packing};
pub use quote::{Quote, quote};
pub use receipt::{Entry, Receipt, receipt};
pub use refusal::{Refusal, refusal};
pub use render::render;
pub use sheet::{Block, Column, Head, Sheet, Side};
pub use slip::{Slip, slip};
pub use why::{Why, why};

crate::words! {
    /// How wide a paper is.
    Width("width") {
        /// A page.
        Page = "80",
        /// A roll.
        Roll = "42",
    }
}

/// How a sheet is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print {
    /// How wide.
    pub width: Width,
    /// 0 is the original, 1 the first copy.
    pub copy: u32,
}

impl Width {
    /// Cells of a line.
    #[must_use]
    pub const fn cells(self) -> usize {
        match self {
            Self::Page => 80,
            Self::Roll => 42,
        }
    }

    /// Cells of a label.
    const fn label(self) -> usize {
        match self {
            Self::Page => 22,
            Self::Roll => 14,
        }
    }
}

/// The clauses that matter, with their short texts.
pub type Clauses = Vec<(String, String)>;

#[cfg(test)]
mod tests;
