//! What the screens ask of the desk, and what it answers. The runner carries these; `update` stays pure.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::desk::assess::Assessment;
use crate::desk::card::{Card, Inquiry};
use crate::desk::choose::Wish;
use crate::desk::day::Day;
use crate::desk::pay::Tender;
use crate::desk::print::{Kind, Loose, Printed, Standing};
use crate::desk::receive::Intake;
use crate::desk::record::Draft;
use crate::desk::search::Hit;
use crate::desk::view::Line;
use crate::desk::{CaseView, Counter};
use crate::domain::decision::Decision;
use crate::domain::edition::Edition;
use crate::domain::replacement::Effect as Move;
use crate::paper::Width;
use crate::repository::request::Parked;
use crate::repository::stock::Unit;

pub mod deed;
pub mod enrol;
mod sorry;
pub mod stock;
pub mod visit;

pub use sorry::Sorry;

/// A device's card, and the edition that decides about it; the cards share it.
pub type Ground = (Card, Arc<Edition>);

/// A day as its screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayShown {
    /// Its figures.
    pub day: Day,
    /// Its sheet, a page wide.
    pub sheet: String,
    /// The newest closed day.
    pub closed_until: Option<NaiveDate>,
}

/// A request id, made when a form opens: pressing twice returns the first result.
pub type Request = String;

/// What a screen wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Open the shop's file.
    Open,
    /// Count what the top line shows.
    Counts,
    /// Find devices; on the worker, a newer one makes an older one void.
    LookUp(String),
    /// Load a device's card.
    Card(String),
    /// Decide a claim on the file's facts; nothing is stored.
    Check(Inquiry),
    /// Load a case.
    Case(String),
    /// Record a case and take the unit in at once, with its condition where it is noted.
    WalkIn(Box<Draft>, Option<String>, Request),
    /// Record a case; the unit comes later.
    Record(Box<Draft>, Request),
    /// Take the unit in.
    Receive(String, Intake, Request),
    /// Note a finding.
    Assess(String, Box<Assessment>, Request),
    /// Note the customer's choice.
    Choose(String, Wish, Request),
    /// Take money.
    Pay(String, Tender, Request),
    /// Ask what issuing these units would do.
    BeforeIssue(String, Vec<String>),
    /// List units that serve a case.
    Shelf(String),
    /// Hand the units out.
    Issue(String, Vec<String>, Request),
    /// Close a case.
    Close(String, Request),
    /// Do another step of a case.
    Step(String, Box<deed::Deed>, Request),
    /// List the open cases.
    Cases,
    /// Note that the customer was told that the unit is ready.
    Tell(String, Request),
    /// The line at the counter, and appointments.
    Visit(visit::Wish),
    /// Plans at the counter.
    Enrol(enrol::Wish),
    /// Show a paper as it was made, or would be made now; the counter's own width when none is named.
    Paper(String, Kind, Option<Width>),
    /// Print a paper: the original when it is new, else a copy.
    Print(String, Kind, Option<Width>),
    /// List which papers a case has or can have.
    Papers(String),
    /// Print why a decision on this serial is as it is.
    PrintWhy(String, Box<Decision>),
    /// Something of the shelf.
    Stock(stock::Ask),
    /// Show a day.
    Day(NaiveDate),
    /// Close a day, with what was said about what is open.
    CloseDay(NaiveDate, String, Request),
    /// Show a paper of no case; the counter's own width when none is named.
    Sheet(Loose, Option<Width>),
    /// Print a paper of no case.
    PrintSheet(Loose, Option<Width>),
    /// Put a form aside.
    Park(Parked),
    /// Take a parked form out.
    Unpark(String),
    /// List the parked forms.
    Parked,
    /// Name this counter.
    SetUp(Counter),
    /// End the program.
    Leave,
}

/// The state of the shop, for the top line; comes with every answer that may have changed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shop {
    /// This counter; none before set-up.
    pub counter: Option<Counter>,
    /// Open cases.
    pub open: u32,
    /// Parked forms.
    pub parked: usize,
    /// Whether there is no device to look up.
    pub empty: bool,
}

/// What the desk answers.
#[derive(Debug)]
pub enum Answer {
    /// The shop is open.
    Opened(Result<Shop, Sorry>),
    /// The shop's counts changed.
    Shop(Shop),
    /// A form was put aside or taken out; the program around the screens takes this, no screen does.
    Put(Result<Shop, Sorry>),
    /// An act stands, but something beside it failed (a paper's file); for the message line.
    Told(Sorry),
    /// Devices found for a text.
    Found(String, Result<Vec<Hit>, Sorry>),
    /// A card, or that nobody knows the serial; with the edition that decides about it.
    Card(String, Result<Option<Box<Ground>>, Sorry>),
    /// A decision for an inquiry.
    Checked(Box<Inquiry>, Result<Box<Decision>, Sorry>),
    /// A case, loaded or after an act on it.
    Case(Result<Box<CaseView>, Sorry>),
    /// What issuing would do.
    Before(Result<Move, Sorry>),
    /// Units of a model that can be handed out.
    Shelf(Result<Vec<Unit>, Sorry>),
    /// The replacement is out.
    Issued(Result<Box<CaseView>, Sorry>),
    /// Open cases.
    Cases(Result<Vec<Line>, Sorry>),
    /// About the line and appointments.
    Visit(visit::Told),
    /// About plans.
    Enrol(enrol::Told),
    /// A paper, and whether its file was written.
    Paper(Result<Printed, Sorry>, Option<Sorry>),
    /// What the shelf says.
    Stock(stock::Said),
    /// A day.
    Day(Result<Box<DayShown>, Sorry>),
    /// A day is closed.
    DayClosed(Result<Box<Day>, Sorry>),
    /// Which papers a case has or can have.
    Papers(Result<Vec<Standing>, Sorry>),
    /// The printer took a paper that is kept in this file.
    Sent(PathBuf),
    /// Parked forms.
    Parked(Result<Vec<Parked>, Sorry>),
    /// This counter has its name.
    SetUp(Result<Shop, Sorry>),
}
