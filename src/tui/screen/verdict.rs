//! A decision on the screen: words first, sign second, colour last.

use crate::desk::card::verdict_in_words;
use crate::domain::decision::{Decision, Finding, Outcome, Remedy, Rule, Verdict};
use crate::paper::text;
use crate::tui::theme::{Role, sign};

/// A line of text and how it looks.
pub type Line = (String, Role);

/// The cells before a finding's sentence.
const SIGN: usize = 5;

/// The verdict in one line of words.
#[must_use]
pub fn line(decision: &Decision) -> Line {
    let role = match decision.verdict {
        Verdict::Replacement
        | Verdict::WarrantyRepair
        | Verdict::Bind
        | Verdict::Extend
        | Verdict::Return => Role::Good,
        Verdict::Refer => Role::Ask,
        Verdict::PaidRepair | Verdict::None | Verdict::NoBind | Verdict::NoExtend | Verdict::NoReturn => {
            Role::Bad
        }
    };
    (format!("{} {}", sign(role), verdict_in_words(decision)), role)
}

/// The sign of what a step says.
#[must_use]
pub fn sign_of(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "[ok]",
        Outcome::Fail => "[no]",
        Outcome::Ask => "[?]",
        Outcome::Note => "[--]",
    }
}

/// How what a step says looks.
#[must_use]
pub fn role_of(outcome: Outcome) -> Role {
    match outcome {
        Outcome::Pass | Outcome::Note => Role::Plain,
        Outcome::Fail => Role::Bad,
        Outcome::Ask => Role::Ask,
    }
}

/// A finding as lines of at most `room` cells: sign, sentence, clauses.
#[must_use]
pub fn finding(finding: &Finding, room: usize) -> Vec<Line> {
    let clauses: Vec<&str> = finding.clauses.iter().map(|clause| clause.as_str()).collect();
    let clauses = if clauses.is_empty() { String::new() } else { format!(" ({})", clauses.join(", ")) };
    let says = format!("{}{clauses}", finding.say);
    hanging((sign_of(finding.outcome), &says), SIGN, room)
        .into_iter()
        .map(|line| (line, role_of(finding.outcome)))
        .collect()
}

/// Findings in the order a person needs them: what stands against a replacement, what must be asked for it,
/// what it leaves of the balance and costs, the rest.
#[must_use]
pub fn weightiest(decision: &Decision) -> Vec<&Finding> {
    let weight = |finding: &Finding| {
        let matters = finding.touches.contains(&Remedy::Replacement);
        match (finding.outcome, finding.rule) {
            (Outcome::Fail, _) if matters => 0,
            (Outcome::Ask, _) if matters => 1,
            (_, Rule::Balance | Rule::Fee | Rule::Term) => 2,
            (Outcome::Fail | Outcome::Ask, _) => 4,
            (Outcome::Pass | Outcome::Note, _) => 3,
        }
    };
    // Each weight in its turn; within one the order stays that of the decision.
    (0..=4).flat_map(|next| decision.findings.iter().filter(move |finding| weight(finding) == next)).collect()
}

/// A text wrapped beside its label, which stands on the first line only.
#[must_use]
pub fn hanging((label, says): (&str, &str), indent: usize, room: usize) -> Vec<String> {
    let lines = text::wrap(says, room.saturating_sub(indent));
    let beside = |at| text::pad(if at == 0 { label } else { "" }, indent);
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", beside(at))).collect()
}
