//! The rules of the care programme and the words they are made of: pure, total, without a clock.
//!
//! Knows no SQL, file, terminal, clock or locale; names no crate but chrono, serde and thiserror.

pub mod account;
pub mod case;
pub mod claim;
pub mod clause;
pub mod customer;
pub mod day;
pub mod daybook;
pub mod decision;
pub mod edition;
pub mod event;
pub mod facts;
pub mod money;
pub mod plan;
pub mod product;
pub mod region;
pub mod replacement;
pub mod serial;
pub mod stock;
pub mod text;
pub mod visit;
pub mod writing;
