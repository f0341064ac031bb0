//! Why: a decision with every finding, for a customer who asks.

use crate::domain::decision::Decision;
use crate::paper::{row, rule};

/// What stands above the findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The centre's name.
    pub site: String,
    /// The moment, as the customer reads it.
    pub at: String,
    /// The serial.
    pub serial: String,
    /// The verdict in one line of words.
    pub verdict: String,
    /// Whether it comes from a shop to learn in.
    pub practice: bool,
}

/// Renders a decision: the verdict, then each finding with its clauses.
#[must_use]
pub fn why(values: &Why, decision: &Decision) -> String {
    let practice = if values.practice { "*** PRACTICE - not a real paper ***\n" } else { "" };
    let mut text = format!("{practice}{}\n{}\n{}\n\n", values.site, rule('='), values.at);
    text.push_str(&row("Serial", &values.serial));
    text.push_str(&row("Decision", &values.verdict));
    text.push_str(&row("By the rules of", &decision.programme));
    text.push_str(&rule('-'));
    text.push('\n');
    for finding in &decision.findings {
        let clauses: Vec<&str> = finding.clauses.iter().map(|clause| clause.as_str()).collect();
        let label = format!("{} {}", finding.outcome, clauses.join(" "));
        text.push_str(&row(&label, &finding.say));
    }
    text.push_str("\nThis is what the desk can say now; nothing is done before a case is recorded.\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clause::Clause;
    use crate::domain::decision::{Answer, Finding, Outcome, Rule, Verdict};
    use crate::domain::facts::Ask;

    #[test]
    fn the_verdict_stands_above_every_finding_with_its_clause() {
        let finding = Finding {
            rule: Rule::Term,
            clauses: vec![Clause::C2],
            outcome: Outcome::Pass,
            say: "Recorded 2020-06-13; the plan covers 2019-06-15 to 2020-06-14.".to_owned(),
            touches: &[],
        };
        let decision = Decision {
            id: None,
            ask: Ask::ReturnPlan,
            programme: "2019-05".to_owned(),
            verdict: Verdict::Return,
            answer: Answer::Return {},
            findings: vec![finding],
        };
        let values = Why {
            site: "Alameda".to_owned(),
            at: "2020-06-13 10:00".to_owned(),
            serial: "08QDG6C01200B3".to_owned(),
            verdict: "COVERED - 2 OF 2 LEFT".to_owned(),
            practice: false,
        };
        let text = why(&values, &decision);
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.find("COVERED") < text.find("pass C2"), "{text}");
    }
}
