//! The tests that go from end to end, one binary.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that fails here says enough"
)]

mod appointment;
mod bad_files;
mod cli;
mod concurrency;
mod damage;
mod day;
mod decision_properties;
mod decisions;
mod full_disk;
mod kill;
mod layers;
mod life;
mod long_day;
mod migrations;
mod model;
mod papers;
mod pictures;
mod plan;
mod pty;
mod pty_day;
mod readme;
mod records;
mod retry;
mod says;
mod shop;
mod stock;
mod support;
mod terminal;
mod writing;
