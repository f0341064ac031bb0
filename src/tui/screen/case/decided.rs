//! The newest decision of a case, read back from how it is stored.

use serde::Deserialize;

use crate::desk::CaseView;
use crate::domain::case::Choice;
use crate::domain::decision::{Open, Outcome, Remedy, Rule, Verdict, lists_the_fee};
use crate::domain::money::Money;
use crate::tui::theme::Role;

/// What a case was decided to.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::tui::screen) struct Decided {
    verdict: Verdict,
    #[serde(default)]
    balance_after: Option<u8>,
    #[serde(default)]
    pub fee: Option<Money>,
    #[serde(default)]
    options: Vec<Way>,
    #[serde(default)]
    findings: Vec<Found>,
}

#[derive(Debug, Clone, Deserialize)]
struct Way {
    remedy: Remedy,
    open: Open,
    because: Vec<Rule>,
}

#[derive(Debug, Clone, Deserialize)]
struct Found {
    rule: Rule,
    clauses: Vec<String>,
    outcome: Outcome,
    say: String,
}

/// Whether a choice is open, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub open: Open,
    /// The sentences that stand against it, with their clauses.
    pub why: String,
    /// Whether who brings it stands against it.
    pub owner: bool,
}

impl Decided {
    /// The newest decision of a case.
    pub(in crate::tui::screen) fn of(view: &CaseView) -> Option<Self> {
        view.decision.as_ref()?.read()
    }

    /// How many replacements are left before one is used; none without a plan. Only the verdict "replacement" has
    /// been taken off already.
    pub(super) fn left(&self) -> Option<u8> {
        let taken_off = u8::from(self.verdict == Verdict::Replacement);
        self.balance_after.map(|after| after.saturating_add(taken_off))
    }

    /// Tells whether the fee is in a list, although it is not told before a replacement is open. Clause C4.
    pub(super) fn fee_is_listed(&self) -> bool {
        self.findings.iter().any(|found| lists_the_fee(found.rule, found.outcome))
    }

    /// How a choice stands; giving the unit back is always open.
    pub(super) fn standing(&self, choice: Choice) -> Standing {
        let remedy = match choice {
            Choice::Replacement => Remedy::Replacement,
            Choice::PaidRepair => Remedy::PaidRepair,
            Choice::WarrantyRepair => Remedy::WarrantyRepair,
            Choice::ReturnUnrepaired | Choice::NoFault => {
                return Standing { open: Open::Yes, why: String::new(), owner: false };
            }
        };
        let Some(option) = self.options.iter().find(|option| option.remedy == remedy) else {
            return Standing { open: Open::No, why: "It was not decided.".to_owned(), owner: false };
        };
        let owner = option.because.contains(&Rule::Owner);
        Standing { open: option.open, why: self.why(&option.because), owner }
    }

    fn why(&self, because: &[Rule]) -> String {
        let against = |found: &&Found| {
            because.contains(&found.rule) && matches!(found.outcome, Outcome::Fail | Outcome::Ask)
        };
        let sentence =
            |found: &Found| format!("{} ({})", found.say.trim_end_matches('.'), found.clauses.join(", "));
        self.findings.iter().filter(against).map(sentence).collect::<Vec<_>>().join("; ")
    }

    /// The verdict in words, and how it looks.
    pub(super) fn verdict(&self) -> (Role, String) {
        let replacement = self.options.iter().find(|option| option.remedy == Remedy::Replacement);
        let reason = |outcome| {
            let against = |found: &&Found| {
                found.outcome == outcome && replacement.is_some_and(|way| way.because.contains(&found.rule))
            };
            let first = self.findings.iter().find(against);
            first.map_or_else(String::new, |found| format!(" · {}", found.say))
        };
        match self.verdict {
            Verdict::Replacement => {
                let left = self.left().unwrap_or(0);
                (Role::Good, format!("COVERED · {left} LEFT, one is for this case"))
            }
            Verdict::WarrantyRepair => (Role::Good, "COVERED BY THE WARRANTY · free repair".to_owned()),
            Verdict::Refer => (Role::Ask, format!("ASK{}", reason(Outcome::Ask))),
            Verdict::PaidRepair => (Role::Bad, format!("NOT COVERED{}", reason(Outcome::Fail))),
            _ => (Role::Bad, format!("NOT COVERED · nothing can be done here{}", reason(Outcome::Fail))),
        }
    }
}
