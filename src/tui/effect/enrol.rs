//! What the screens ask about plans at the counter.

use chrono::{DateTime, FixedOffset};

use crate::desk::enrol::{Enrolment, NoticeView, PlanView, Prospect, Unit};
use crate::domain::facts::{Notice, ProductGoes};
use crate::tui::effect::{Request, Sorry};

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// What stands, and what could be done now.
    See(Unit, ProductGoes),
    /// A new plan for a unit.
    Bind(Unit, String, Request),
    /// Plus for a plan.
    Extend(String, String, Request),
    /// The plan is given back.
    GiveBack(String, ProductGoes, Request),
    /// A notice that the customer shows; sent now when no moment is named.
    Notice(String, Notice, Option<DateTime<FixedOffset>>, Request),
}

/// A product's plan, and what could be done about it now.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Whether a plan could be bound.
    pub enrolment: Enrolment,
    /// The plan it has or had, with the decisions on it.
    pub plan: Option<OnPlan>,
}

/// A plan, and what could be done with it now.
#[derive(Debug, Clone, PartialEq)]
pub struct OnPlan {
    /// The plan.
    pub view: PlanView,
    /// Whether plus could be sold.
    pub plus: Prospect,
    /// Whether it could be given back.
    pub back: Prospect,
}

/// What the desk says.
#[derive(Debug)]
pub enum Told {
    /// What stands.
    Standing(Result<Box<Standing>, Sorry>),
    /// A plan after an act.
    Plan(Result<Box<PlanView>, Sorry>),
    /// A notice as it was written down.
    Noticed(Result<NoticeView, Sorry>),
}
