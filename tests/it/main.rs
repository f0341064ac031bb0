//! The tests that go from end to end, one binary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here says enough"
)]

mod bad_files;
mod cli;
mod concurrency;
mod damage;
mod decision_properties;
mod decisions;
mod kill;
mod layers;
mod migrations;
mod pictures;
mod pty;
mod readme;
mod records;
mod retry;
mod shop;
mod support;
mod terminal;
