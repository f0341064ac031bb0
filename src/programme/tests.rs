//! The built-in edition, a stricter one, and every mistake the reader names.

mod editions;
mod mistakes;

const BUILT_IN: &str = include_str!("../../assets/programmes/2019-05.toml");
const STRICTER: &str = include_str!("../../tests/fixtures/programmes/2021-stricter.toml");
