//! `stock`.

use clap::{Args, Subcommand};

use crate::cli::arguments::Stamp;
use crate::domain::stock::State;

/// `stock`.
#[derive(Debug, Subcommand)]
pub enum Stock {
    /// Take units into stock that came in at the counter
    Receive(Receive),
    /// List units, whatever became of them
    List(List),
    /// List old units and parts that wait for the maker, oldest first
    Parts(Parts),
    /// Count a shelf by the units scanned on it; none is an empty shelf
    Count(Count),
    /// Set a unit aside
    Quarantine(Quarantine),
    /// Put a unit back into stock that was missing or set aside
    Find(Find),
    /// Send units that were set aside and old parts back to the maker, on one packing list
    Ship(Ship),
    /// Keep a unit for a case whose replacement is chosen
    Keep(Keep),
    /// Free a unit that is kept for a case
    Free(Free),
}

/// `stock receive`.
#[derive(Debug, Args)]
pub struct Receive {
    /// The units' serials or stock labels
    #[arg(required = true, value_name = "SERIAL")]
    pub serials: Vec<String>,
    /// Their model
    #[arg(long)]
    pub model: String,
    /// The part they are; the part that carries the serial when absent
    #[arg(long)]
    pub part: Option<String>,
    /// The shelf they are put on
    #[arg(long)]
    pub place: Option<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `stock list`.
#[derive(Debug, Args)]
pub struct List {
    /// Only this model
    #[arg(long)]
    pub model: Option<String>,
    /// Only units in this state
    #[arg(long)]
    pub state: Option<State>,
    /// Only this shelf
    #[arg(long)]
    pub place: Option<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `stock parts`.
#[derive(Debug, Args)]
pub struct Parts {
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `stock count`.
#[derive(Debug, Args)]
pub struct Count {
    /// The shelf
    #[arg(long)]
    pub place: String,
    /// What was scanned on it
    #[arg(value_name = "SERIAL")]
    pub serials: Vec<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `stock quarantine`.
#[derive(Debug, Args)]
pub struct Quarantine {
    /// The unit's serial or stock label
    pub serial: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `stock find`.
#[derive(Debug, Args)]
pub struct Find {
    /// The unit's serial or stock label
    pub serial: String,
    /// The shelf it is put on; its own when absent
    #[arg(long)]
    pub place: Option<String>,
    /// Why it can be handed out after all, for a unit that was set aside
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `stock ship`.
#[derive(Debug, Args)]
pub struct Ship {
    /// What goes back, by serial or stock label
    #[arg(value_name = "SERIAL")]
    pub serials: Vec<String>,
    /// Send all that was set aside and all old parts that wait
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `stock keep`.
#[derive(Debug, Args)]
pub struct Keep {
    /// The unit's serial or stock label
    pub serial: String,
    /// The case's number
    pub case: String,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `stock free`.
#[derive(Debug, Args)]
pub struct Free {
    /// The unit's serial or stock label
    pub serial: String,
    #[command(flatten)]
    pub stamp: Stamp,
}
