//! The screens of the counter: a loop that waits, updates, does effects and draws.
//!
//! Calls the desk through a [`Runner`](run::Runner); holds no rule and no SQL, and never meets the
//! command line.
//!
//! | Module | Holds |
//! |---|---|
//! | [`terminal`] | the guard of the terminal's state |
//! | [`input`] | the threads that feed the loop: keys, signals |
//! | [`event`] | what arrives from outside, and the messages a program gets |
//! | [`scan`] | telling a scanner from a person |
//! | [`key`] | the one table of keys, and the menu |
//! | [`run`] | the loop |
//! | [`worker`] | the one thread for what takes longer than a frame |
//! | [`theme`] | how meaning looks |
//! | [`effect`], [`runner`] | what the screens ask of the desk, and who carries it there |
//! | [`app`], [`screen`] | the model, and its screens |
//! | [`widget`] | the parts screens are made of |

use std::sync::mpsc::channel;

use anyhow::Context;

use crate::desk::{Purpose, Shop, clock, practice};
use crate::repository::journal::new_id;

pub mod app;
pub mod effect;
pub mod event;
pub mod input;
pub mod key;
pub mod run;
pub mod runner;
pub mod scan;
pub mod screen;
pub mod terminal;
pub mod theme;
pub mod widget;
pub mod worker;

/// Opens the screens of a shop and runs them until somebody leaves or the system ends them.
///
/// `phrases` are the centre's stock phrases for the customer's words.
///
/// # Errors
/// Without a terminal, or when it is lost; the terminal is put back before.
pub fn open(shop: Shop, who: String, phrases: Vec<String>) -> anyhow::Result<run::End> {
    let (now, _) = clock::now(None).context("the clock is set wrongly")?;
    let (guard, mut screen) = terminal::raise()?;
    let (outbox, inbox) = channel();
    input::listen(&outbox).context("no thread for the keyboard")?;
    let mut app = app::App::new(settings(&shop, (who.clone(), phrases, now)));
    let mut clerk = runner::Clerk::new(shop, who, (outbox, now));
    let end = run::run(&mut screen, &mut app, &mut clerk, &inbox);
    drop(guard);
    clerk.leave();
    end
}

type Here = (String, Vec<String>, chrono::DateTime<chrono::FixedOffset>);

fn settings(shop: &Shop, (who, phrases, now): Here) -> app::Settings {
    let newest = shop.editions.on(chrono::NaiveDate::MAX);
    app::Settings {
        who,
        phrases,
        purpose: shop.purpose,
        theme: theme::Theme::for_no_color(std::env::var_os("NO_COLOR").as_deref()),
        regions: newest.regions.listed.iter().map(|(code, ..)| code.to_string()).collect(),
        clauses: newest.clauses.clone(),
        tasks: match shop.purpose {
            Purpose::Real => Vec::new(),
            Purpose::Practice => practice::tasks(&shop.editions, now),
        },
        seed: new_id(),
        now,
    }
}
