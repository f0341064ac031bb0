//! caredesk: the counter program of walk-in drone service centres.
//!
//! `main → cli, tui → desk → repository, programme, paper → domain`; nothing points back, and cli and tui
//! never meet.
//!
//! | Module | Holds | Never |
//! |---|---|---|
//! | [`domain`] | every rule with its clause, and the words rules are made of | SQL, files, terminal, clock |
//! | [`programme`] | editions of the rules as TOML, checked, turned into domain types | a default that hides a missing key |
//! | [`repository`] | the SQLite file: opening, migrations, queries, transactions, journal | a rule of the programme |
//! | [`desk`] | acts: load → decide → commit; the clock; the request id | drawing, SQL |
//! | [`paper`] | values in, text out | the database |
//! | [`cli`] | words of the command line, text and JSON | screens, rules, SQL |
//! | [`tui`] | the screens: loop, keys, words, widgets | rules, SQL, the command line |
pub mod cli;
pub mod desk;
pub mod domain;
pub mod paper;
pub mod programme;
pub mod repository;
pub mod tui;
