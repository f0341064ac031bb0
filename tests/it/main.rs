//! The tests that go from end to end, one binary.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that fails here says enough")]

mod cli;
mod decision_properties;
mod decisions;
mod layers;
mod shop;
mod support;
