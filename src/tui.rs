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

use crate::desk::print::printer::Printing;
use crate::desk::{Purpose, Shop, clock, config, practice};
use crate::repository::journal::new_id;
use crate::tui::run::Program as _;

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

/// What is read after the first frame.
#[derive(Debug)]
pub struct Loaded {
    /// The shop.
    pub shop: Shop,
    /// The centre's stock phrases for the customer's words.
    pub phrases: Vec<String>,
    /// Where papers are printed, and how wide.
    pub printing: Printing,
}

/// Opens the screens and runs them until somebody leaves or the system ends them.
///
/// The first frame is drawn before anything is read; then `load` gives the shop and what belongs to it.
///
/// # Errors
/// Without a terminal, when it is lost, or when the shop cannot be loaded; the terminal is put back before.
pub fn open(
    (purpose, who): (Purpose, String),
    load: impl FnOnce(Moment) -> anyhow::Result<Loaded>,
) -> anyhow::Result<run::End> {
    let (now, _) = clock::now(None).context("the clock is set wrongly")?;
    let caught = input::catch().context("the system's signals cannot be heard")?;
    let (guard, mut screen) = terminal::raise()?;
    let bare = before_loading((purpose, who.clone()), now);
    let first = app::App::new(bare.clone());
    screen.draw(|frame| first.view(frame)).context("the screen cannot be drawn")?;
    let (outbox, inbox) = channel();
    let window = screen.size().context("the window has no size")?;
    // Nobody has ended the other side yet.
    let _ = outbox.send(event::Event::Resize(window));
    input::listen(caught, &outbox).context("no thread for the keyboard")?;
    let Loaded { shop, phrases, printing } = load(now)?;
    let mut app = app::App::new(settings(&shop, phrases, bare));
    let mut clerk = runner::Clerk::new(shop, who, (outbox, now)).with_printing(printing);
    let end = run::run(&mut screen, &mut app, &mut clerk, &inbox);
    drop(guard);
    clerk.leave();
    end
}

/// A moment with the counter's own offset.
pub type Moment = chrono::DateTime<chrono::FixedOffset>;

/// What is known while nothing has been read.
fn before_loading((purpose, who): (Purpose, String), now: Moment) -> app::Settings {
    app::Settings {
        who,
        phrases: Vec::new(),
        purpose,
        theme: theme::Theme::for_no_color(std::env::var_os("NO_COLOR").as_deref()),
        regions: Vec::new(),
        clauses: std::collections::BTreeMap::new(),
        tasks: Vec::new(),
        command: String::new(),
        seed: String::new(),
        now,
    }
}

fn settings(shop: &Shop, phrases: Vec<String>, bare: app::Settings) -> app::Settings {
    let newest = shop.editions.on(chrono::NaiveDate::MAX);
    app::Settings {
        phrases,
        regions: newest.regions.listed.iter().map(|(code, ..)| code.to_string()).collect(),
        clauses: newest.clauses.clone(),
        tasks: match shop.purpose {
            Purpose::Real => Vec::new(),
            Purpose::Practice => practice::tasks(&shop.editions, bare.now),
        },
        command: config::command(&shop.folder),
        seed: new_id(),
        ..bare
    }
}
