//! Decisions: what is open, what is not, and every finding that says why.
//!
//! A decision is a value made from a [`Question`] alone: the same facts and edition give the same one.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::clause::Clause;
use crate::domain::facts::{Ask, Asked, Question};
use crate::domain::money::Money;
use crate::domain::plan::Source;

mod bind;
mod cause;
mod claim;
mod clocks;
mod cover;
mod extend;
mod give_back;
mod warranty;
mod windows;

pub use claim::next_replacement;
pub use clocks::{Clock, clocks};
pub use warranty::{PartCover, StartOfWarranty, Warranty, warranty_of};

crate::words! {
    /// The step that left a finding.
    Rule("rule") {
        /// Is the unit at the counter the device?
        Identity = "identity",
        /// Is there a plan for it?
        Plan = "plan",
        /// Is it the covered time?
        Term = "term",
        /// Is it the plan's region?
        Region = "region",
        /// Is the channel offered here?
        Channel = "channel",
        /// Does the maker's warranty mend it?
        Warranty = "warranty",
        /// Does the plan replace these parts?
        Parts = "parts",
        /// Are the damaged parts here?
        HandedIn = "handed-in",
        /// Does the cause count?
        Cause = "cause",
        /// Was it taken apart?
        TakenApart = "taken-apart",
        /// Does the plan's owner bring it?
        Owner = "owner",
        /// Is a replacement left?
        Balance = "balance",
        /// What does it cost?
        Fee = "fee",
        /// Is there still a choice on the quick channel?
        Quick = "quick",
        /// Is the serial valid?
        Serial = "serial",
        /// Are plan and product from the same region?
        SameRegion = "same-region",
        /// Does the model have a plan?
        Model = "model",
        /// Was there a plan on this serial before?
        Rebind = "rebind",
        /// New and not activated?
        New = "new",
        /// Activated a short while ago?
        Activation = "activation",
        /// A handheld activated a short while ago?
        Handheld = "handheld",
        /// Invited after an official repair?
        Invitation = "invitation",
        /// Approved by video verification?
        Video = "video",
        /// Is the unit free of known damage?
        Damage = "damage",
        /// Has the plan been returned?
        Returned = "returned",
        /// Was plus bought before?
        Once = "once",
        /// Does the product go back too?
        Product = "product",
        /// Was a replacement used?
        Use = "use",
    }
}

crate::words! {
    /// What a step says.
    Outcome("outcome") {
        /// Nothing stands against it.
        Pass = "pass",
        /// It is closed.
        Fail = "fail",
        /// Somebody must find out, or decide.
        Ask = "ask",
        /// Good to know.
        Note = "note",
    }
}

crate::words! {
    /// What can be done for the customer.
    Remedy("remedy") {
        /// The maker's warranty mends it, free.
        WarrantyRepair = "warranty-repair",
        /// The plan replaces it.
        Replacement = "replacement",
        /// The customer pays for the repair.
        PaidRepair = "paid-repair",
    }
}

crate::words! {
    /// Whether a remedy is open.
    Open("open") {
        /// It is.
        Yes = "yes",
        /// It is not.
        No = "no",
        /// A person with more rights must decide.
        Refer = "refer",
    }
}

crate::words! {
    /// The decision in one word.
    Verdict("verdict") {
        /// Claim: the warranty mends it.
        WarrantyRepair = "warranty-repair",
        /// Claim: the plan replaces it.
        Replacement = "replacement",
        /// A person with more rights must decide.
        Refer = "refer",
        /// Claim: only at the customer's cost.
        PaidRepair = "paid-repair",
        /// Claim: nothing can be done.
        None = "none",
        /// Bind: yes.
        Bind = "bind",
        /// Bind: no.
        NoBind = "no-bind",
        /// Extend: yes.
        Extend = "extend",
        /// Extend: no.
        NoExtend = "no-extend",
        /// Return: yes.
        Return = "return",
        /// Return: no.
        NoReturn = "no-return",
    }
}

/// What one step found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The step.
    pub rule: Rule,
    /// The clauses it rests on.
    pub clauses: Cow<'static, [Clause]>,
    /// What it says.
    pub outcome: Outcome,
    /// The same in a sentence with its fact.
    pub say: Cow<'static, str>,
    /// The remedies that a failure closes, or a question leaves open.
    #[serde(skip)]
    pub touches: &'static [Remedy],
}

/// Tells whether a step found the replacement's fee in a list, although the answer tells it only of one that is open.
/// Clause C4.
#[must_use]
pub fn lists_the_fee(rule: Rule, outcome: Outcome) -> bool {
    rule == Rule::Fee && outcome == Outcome::Pass
}

/// One remedy and why it is, or is not, open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The remedy.
    pub remedy: Remedy,
    /// Whether it is open.
    pub open: Open,
    /// The steps that stand against it.
    pub because: Vec<Rule>,
}

/// A decision with its findings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The question's id.
    pub id: Option<String>,
    /// What was asked.
    pub ask: Ask,
    /// The edition that decided.
    pub programme: String,
    /// The decision in one word.
    pub verdict: Verdict,
    /// What the verdict carries with it.
    #[serde(flatten)]
    pub answer: Answer,
    /// Every step's finding, in the programme's order.
    pub findings: Vec<Finding>,
}

/// What a verdict carries with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// To a claim.
    Claim(ClaimAnswer),
    /// To a wish to bind.
    Bind(BindAnswer),
    /// To a wish to buy plus.
    Extend(ExtendAnswer),
    /// To a wish to return the plan.
    Return {},
}

/// The answer to a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimAnswer {
    /// Which replacement of its source, when the verdict is a replacement.
    pub ordinal: Option<u8>,
    /// Where the replacement comes from.
    pub source: Option<Source>,
    /// Replacements left in the source that the recording day picks, after this decision; none without a plan.
    pub balance_after: Option<u8>,
    /// Replacements that this source grants, for the words on screen; none without a plan.
    #[serde(skip)]
    pub granted: Option<u8>,
    /// What it costs; none when unknown.
    pub fee: Option<Money>,
    /// All remedies, the best first.
    pub options: [Choice; 3],
}

/// The answer to a wish to bind a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BindAnswer {
    /// The criterion that held (C11a to C11e).
    pub criterion: Option<Clause>,
    /// The plan's first day.
    pub starts_on: Option<NaiveDate>,
    /// The plan's last day.
    pub ends_on: Option<NaiveDate>,
    /// Whether an aircraft may still apply for video verification.
    pub video_route: bool,
}

/// The answer to a wish to buy plus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExtendAnswer {
    /// Plus's first day.
    pub starts_on: Option<NaiveDate>,
    /// Plus's last day.
    pub ends_on: Option<NaiveDate>,
    /// Replacements that plus grants.
    pub granted: Option<u8>,
}

/// Decides a question by the clauses of its edition.
#[must_use]
pub fn decide(question: &Question<'_>) -> Decision {
    let (ask, (verdict, answer, findings)) = match &question.asked {
        Asked::Claim(claim) => (Ask::Claim, claim::decide(question, claim)),
        Asked::Bind(bind) => (Ask::Bind, bind::decide(question, bind)),
        Asked::Extend(plan, extend) => (Ask::Extend, extend::decide(question, plan, *extend)),
        Asked::Return(plan, product) => (Ask::ReturnPlan, give_back::decide(question, plan, *product)),
    };
    let programme = question.edition.id.clone();
    Decision { id: question.id.clone(), ask, programme, verdict, answer, findings }
}

/// Most findings rest on clauses that are written beside them, and many say nothing of the facts.
type Clauses = Cow<'static, [Clause]>;

impl Finding {
    fn new(rule: Rule, clauses: Clauses, outcome: Outcome, say: impl Into<Cow<'static, str>>) -> Self {
        Self { rule, clauses, outcome, say: say.into(), touches: &[] }
    }

    fn pass(rule: Rule, clauses: impl Into<Clauses>, say: impl Into<Cow<'static, str>>) -> Self {
        Self::new(rule, clauses.into(), Outcome::Pass, say)
    }

    fn note(rule: Rule, clauses: impl Into<Clauses>, say: impl Into<Cow<'static, str>>) -> Self {
        Self::new(rule, clauses.into(), Outcome::Note, say)
    }

    fn fail(rule: Rule, clauses: impl Into<Clauses>, say: impl Into<Cow<'static, str>>) -> Self {
        Self::new(rule, clauses.into(), Outcome::Fail, say)
    }

    fn ask(rule: Rule, clauses: impl Into<Clauses>, say: impl Into<Cow<'static, str>>) -> Self {
        Self::new(rule, clauses.into(), Outcome::Ask, say)
    }

    /// Says which remedies this finding closes or leaves open.
    fn about(mut self, touches: &'static [Remedy]) -> Self {
        self.touches = touches;
        self
    }
}

impl Decision {
    /// The answer to a claim, when one was asked.
    #[must_use]
    pub fn claim(&self) -> Option<&ClaimAnswer> {
        match &self.answer {
            Answer::Claim(answer) => Some(answer),
            Answer::Bind(_) | Answer::Extend(_) | Answer::Return {} => None,
        }
    }

    /// The standing of one remedy; none when no claim was asked.
    #[must_use]
    pub fn choice(&self, remedy: Remedy) -> Option<&Choice> {
        self.claim()?.options.iter().find(|choice| choice.remedy == remedy)
    }

    /// The sentences that stand against a remedy.
    #[must_use]
    pub fn reasons(&self, remedy: Remedy) -> Vec<&str> {
        let against = |finding: &&Finding| {
            matches!(finding.outcome, Outcome::Fail | Outcome::Ask) && finding.touches.contains(&remedy)
        };
        self.findings.iter().filter(against).map(|finding| finding.say.as_ref()).collect()
    }
}
