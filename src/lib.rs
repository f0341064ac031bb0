//! caredesk: the counter program of walk-in drone service centres.
//!
//! `main → cli, tui → desk → repository, programme, paper → domain`; nothing points back.
pub mod domain;
pub mod programme;
