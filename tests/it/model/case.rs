//! A case as a plain row: what is known of it, and what follows from that alone.

use caredesk::domain::case::{Outcome, State};
use caredesk::domain::claim::{Cause, Channel, Owner};
use chrono::{DateTime, Duration, FixedOffset, NaiveDate};

use super::act::{Act, PARTS};

/// A hand-out: who, in which step, on which day, and the plan's move.
#[derive(Debug, Clone)]
pub struct HandOut {
    pub who: usize,
    pub step: usize,
    pub on: NaiveDate,
    pub moved: Option<(String, String, String)>,
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "a row of the model, as plain as the table's")]
pub struct Case {
    pub number: String,
    pub serial: String,
    pub plan: Option<String>,
    pub recorded: NaiveDate,
    pub damaged: NaiveDate,
    pub cause: Cause,
    pub parts: Vec<&'static str>,
    pub owner: Owner,
    pub channel: Channel,
    pub elsewhere: bool,
    pub state: State,
    pub outcome: Outcome,
    pub on_unit: Option<String>,
    pub here: Vec<&'static str>,
    pub let_go: Vec<&'static str>,
    pub fee: Option<i64>,
    /// The day on which its price was told.
    pub quoted: Option<NaiveDate>,
    pub paid: i64,
    pub refunded: i64,
    pub waived: i64,
    pub held: bool,
    pub owed: bool,
    pub slot: Option<(String, u8)>,
    /// What a second person decided, by the rules' words.
    pub decided: Option<Vec<&'static str>>,
    pub issued: Vec<(String, &'static str)>,
    pub hand_out: Option<HandOut>,
    pub closed_by: usize,
    pub cancelled_by: usize,
    pub visit: Option<DateTime<FixedOffset>>,
    /// Whether it ever had an appointment.
    pub booked: bool,
    /// Whether the newest decision before a hand-out closes the replacement.
    pub refused: bool,
    /// The step of the newest act on it.
    pub touched: usize,
}

pub const fn open(state: State) -> bool {
    !matches!(state, State::Closed | State::Cancelled)
}

impl Case {
    /// A case as it is recorded.
    pub fn recorded(
        (serial, plan): (String, Option<String>),
        (recorded, step): (NaiveDate, usize),
        act: &Act,
    ) -> Self {
        let Act::Record { cause, parts, owner, channel, ago, .. } = act else { panic!("{act:?}") };
        Self {
            number: String::new(),
            plan,
            serial,
            recorded,
            damaged: recorded - Duration::days(*ago),
            cause: *cause,
            parts: PARTS[*parts].to_vec(),
            owner: *owner,
            channel: *channel,
            elsewhere: false,
            state: State::Recorded,
            outcome: Outcome::None,
            on_unit: None,
            here: Vec::new(),
            let_go: Vec::new(),
            fee: None,
            quoted: None,
            paid: 0,
            refunded: 0,
            waived: 0,
            held: false,
            owed: false,
            slot: None,
            decided: None,
            issued: Vec::new(),
            hand_out: None,
            closed_by: 0,
            cancelled_by: 0,
            visit: None,
            booked: false,
            refused: false,
            touched: step,
        }
    }

    pub fn quick(&self) -> bool {
        self.channel == Channel::Quick
    }

    /// The quote is no more, nor what was let go of it.
    pub fn superseded(&mut self) {
        (self.outcome, self.fee, self.quoted, self.waived) = (Outcome::None, None, None, 0);
        self.decided = None;
        self.let_go.clear();
    }

    pub fn costs(&self) -> bool {
        matches!(self.outcome, Outcome::Replacement | Outcome::PaidRepair)
    }

    pub fn net(&self) -> i64 {
        self.paid - self.refunded
    }

    pub fn due(&self) -> Option<i64> {
        Some(self.fee? - self.net() - self.waived)
    }

    pub fn settled(&self) -> bool {
        self.due().map_or(self.net() == 0, |due| due == 0)
    }

    /// The damaged parts that a plan replaces.
    pub fn listed(&self) -> Vec<&'static str> {
        self.parts.iter().copied().filter(|part| *part != "remote-controller").collect()
    }

    /// Parts that are owed after the hand-out.
    pub fn parts_owed(&self) -> Vec<&'static str> {
        if self.outcome != Outcome::Replacement || self.state != State::HandedOver {
            return Vec::new();
        }
        let here = |part: &&str| self.here.contains(part) || self.let_go.contains(part);
        self.listed().into_iter().filter(|part| !here(part)).collect()
    }
}
