//! The words of the command line.

use clap::{Args, Parser, Subcommand};

use crate::cli::File;
use crate::domain::case::Choice;
use crate::domain::claim::{Cause, Channel, Owner, UnknownWord};
use crate::domain::event::Method;

mod appointment;
mod day;
mod life;
mod look;
mod paper;
mod places;
mod plan;
mod stock;

pub use appointment::{Appointment, List as VisitList};
pub use day::Day;
pub use life::Life;
pub use look::{Check, Lookup};
pub use paper::{Paper, Wanted};
pub use places::Places;
pub use plan::{Plan, Seen};
pub use stock::Stock;

/// The counter program of walk-in drone service centres.
///
/// Without a command it opens the screens on this counter's database.
#[derive(Debug, Parser)]
#[command(name = "caredesk", version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub places: Places,
    /// What to do; the screens when absent
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What can be done without the screens.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Name this counter, once
    Setup(Setup),
    /// Decide facts: JSON Lines in, JSON Lines of decisions out; no database
    Decide {
        /// The file of facts; standard input when absent
        file: Option<File>,
    },
    /// Bring a CSV file of the maker or the centre into the database
    Import(Import),
    /// Find devices as the lookup screen does
    Lookup(Lookup),
    /// Decide what is open for a device, on the database's facts; nothing is stored
    Check(Box<Check>),
    /// Open a case and bring it forward
    Case {
        /// The step
        #[command(subcommand)]
        step: Step,
    },
    /// Hand out the replacement of a case
    Issue(Issue),
    /// Bind, extend and take back plans
    Plan {
        /// What is done
        #[command(subcommand)]
        act: Plan,
    },
    /// The shelf: what came in, where it is, what goes back
    Stock {
        /// What is done
        #[command(subcommand)]
        act: Stock,
    },
    /// Appointments, and the line at the counter
    Appointment {
        /// What is done
        #[command(subcommand)]
        act: Appointment,
    },
    /// The day's figures, and its closing
    Day {
        /// What of it
        #[command(subcommand)]
        it: Day,
    },
    /// Print a paper: the original the first time, a copy after that
    Paper(Paper),
    /// Write records as CSV, the mirror of import; cases and the journal too
    Export(Export),
    /// Open the screens on a throw-away shop with made-up people and devices
    Practice,
    /// Check the database: schema, integrity, the journal's chain, and that replaying it gives the same tables
    Verify(Format),
}

/// Text or JSON.
#[derive(Debug, Clone, Copy, Args)]
pub struct Format {
    /// Write JSON
    #[arg(long)]
    pub json: bool,
}

/// Who does an act, when, and under which request.
#[derive(Debug, Clone, Args)]
pub struct Stamp {
    /// Write JSON
    #[arg(long)]
    pub json: bool,
    /// Do it in this person's name
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// Set the desk's clock and local day, for a test or a late entry (2020-03-02T10:00:00-08:00)
    #[arg(long, value_name = "INSTANT")]
    pub at: Option<String>,
    /// Make a retry of an act safe: the same id again returns the first result (not for import, where the
    /// same file again changes nothing)
    #[arg(long, value_name = "UUID")]
    pub request_id: Option<uuid::Uuid>,
}

/// `setup`.
#[derive(Debug, Args)]
pub struct Setup {
    /// The centre's name
    #[arg(long)]
    pub site: String,
    /// Its region, such as US or EU
    #[arg(long)]
    pub region: String,
    /// This till's number
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=9999))]
    pub till: u16,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// Check everything and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Bring the good rows in although others are bad
    #[arg(long)]
    pub keep_going: bool,
    /// devices, plans, claims, notices, stock or fees
    pub kind: crate::desk::import::Kind,
    /// The CSV file; - is standard input
    pub file: File,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// devices, plans, claims, notices, stock, fees, cases or journal
    pub kind: Exported,
    /// The file; standard output when absent
    pub file: Option<File>,
    /// csv; cases and the journal also as jsonl, one JSON object a line
    #[arg(long, default_value_t = crate::desk::records::Form::Csv)]
    pub format: crate::desk::records::Form,
}

/// What can be exported.
#[derive(Debug, Clone, Copy)]
pub enum Exported {
    /// What an import brought, with what the counter did since.
    Registry(crate::desk::import::Kind),
    /// The counter's cases.
    Cases,
    /// The journal.
    Journal,
}

impl std::str::FromStr for Exported {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        match text {
            "cases" => Ok(Self::Cases),
            "journal" => Ok(Self::Journal),
            _ => text.parse().map(Self::Registry).map_err(|_| {
                let known = ["devices", "plans", "claims", "notices", "stock", "fees", "cases", "journal"];
                UnknownWord::new("kind", text, &known)
            }),
        }
    }
}

/// `case`.
#[derive(Debug, Subcommand)]
pub enum Step {
    /// Open a case with the customer's words
    Record(Box<Record>),
    /// Take the unit in
    Receive(Receive),
    /// Note what a technician found
    Assess(Box<Assess>),
    /// Note what the customer chooses
    Choose(Choose),
    /// Take the fee, or another amount with a reason
    Pay(Pay),
    #[command(flatten)]
    Life(Life),
    /// Close a case in which nothing is owed
    Close(Plain),
    /// Show a case with its life
    Show(Plain),
    /// List cases, the longest wait first
    List(List),
}

/// A case and nothing else.
#[derive(Debug, Args)]
pub struct Plain {
    /// The case's number
    pub case: String,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `case list`.
#[derive(Debug, Args)]
pub struct List {
    /// Only cases that still need somebody
    #[arg(long)]
    pub open: bool,
    #[command(flatten)]
    pub format: Format,
}

/// `case record`.
#[derive(Debug, Args)]
pub struct Record {
    /// The device's serial
    pub serial: String,
    /// Why it is broken
    #[arg(long)]
    pub cause: Cause,
    /// A damaged part
    #[arg(long = "part", value_name = "PART", required = true)]
    pub parts: Vec<String>,
    /// The customer's own words
    #[arg(long, value_name = "TEXT")]
    pub said: String,
    /// The customer's name
    #[arg(long, value_name = "NAME")]
    pub customer: String,
    /// The customer's phone
    #[arg(long)]
    pub phone: Option<String>,
    /// The customer's mail address
    #[arg(long)]
    pub email: Option<String>,
    /// Who brings it
    #[arg(long, default_value = "unverified")]
    pub owner: Owner,
    /// The way the case goes
    #[arg(long, default_value = "swift")]
    pub channel: Channel,
    /// The day of the damage; today when absent
    #[arg(long, value_name = "DAY", value_parser = crate::domain::day::parse_day)]
    pub damaged_on: Option<chrono::NaiveDate>,
    /// The battery's charge cycles
    #[arg(long, value_name = "N")]
    pub battery_cycles: Option<u32>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `case receive`.
#[derive(Debug, Args)]
pub struct Receive {
    /// The case's number
    pub case: String,
    /// The serial on the unit, or the word illegible
    #[arg(long)]
    pub serial: String,
    /// A part that is handed in
    #[arg(long = "part", value_name = "PART", required = true)]
    pub parts: Vec<String>,
    /// Who brings it
    #[arg(long)]
    pub owner: Option<Owner>,
    /// What the unit looks like: scratches, missing screws, wet; the intake slip says it
    #[arg(long, value_name = "TEXT")]
    pub condition: Option<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `case assess`.
#[derive(Debug, Args)]
pub struct Assess {
    /// The case's number
    pub case: String,
    /// Why it is broken
    #[arg(long)]
    pub cause: Cause,
    /// A damaged part
    #[arg(long = "part", value_name = "PART", required = true)]
    pub parts: Vec<String>,
    /// What was found
    #[arg(long, value_name = "TEXT")]
    pub finding: String,
    /// Who brings it
    #[arg(long)]
    pub owner: Option<Owner>,
    /// The day of the damage
    #[arg(long, value_name = "DAY", value_parser = crate::domain::day::parse_day)]
    pub damaged_on: Option<chrono::NaiveDate>,
    /// The battery's charge cycles
    #[arg(long, value_name = "N")]
    pub battery_cycles: Option<u32>,
    /// It was repaired elsewhere or taken apart; =no where an earlier assessment says so and it was not
    #[arg(long, value_name = "yes|no", num_args = 0..=1, require_equals = true, default_missing_value = "yes",
          value_parser = yes_or_no)]
    pub repaired_elsewhere: Option<bool>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `case choose`.
#[derive(Debug, Args)]
pub struct Choose {
    /// The case's number
    pub case: String,
    /// replacement, paid-repair, warranty-repair, return-unrepaired or no-fault
    pub choice: Choice,
    /// The price of a paid repair, in major units (79.00)
    #[arg(long, value_name = "N")]
    pub price: Option<String>,
    /// A second person, who decides what the rules refer to one
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Why, for return-unrepaired, no-fault and what a second person decides
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// Who brings it
    #[arg(long)]
    pub owner: Option<Owner>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `case pay`.
#[derive(Debug, Args)]
pub struct Pay {
    /// The case's number
    pub case: String,
    /// card, cash or other
    #[arg(long)]
    pub method: Method,
    /// Another amount than the fee, in major units (79.00)
    #[arg(long, value_name = "N")]
    pub amount: Option<String>,
    /// Why it is another amount; on the papers where the fee was not known
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}

/// `issue`.
#[derive(Debug, Args)]
pub struct Issue {
    /// The case's number
    pub case: String,
    /// A scanned unit: one whole unit, or one for each damaged part
    #[arg(long = "unit", value_name = "SERIAL", required = true)]
    pub units: Vec<String>,
    #[command(flatten)]
    pub stamp: Stamp,
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("write yes or no".to_owned()),
    }
}
