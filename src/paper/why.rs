//! Why: a decision with every finding, for a customer who asks.

use crate::domain::decision::Decision;
use crate::paper::{Block, Head, Sheet};

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

/// A decision as a paper: the verdict, then each finding with its clauses.
#[must_use]
pub fn why(values: &Why, decision: &Decision) -> Sheet {
    let findings = decision.findings.iter().map(|finding| {
        let clauses: Vec<&str> = finding.clauses.iter().map(|clause| clause.as_str()).collect();
        (format!("{} {}", finding.outcome, clauses.join(" ")), finding.say.to_string())
    });
    let above = Block::rows([
        ("Serial", &values.serial),
        ("Decision", &values.verdict),
        ("By the rules of", &decision.programme),
    ]);
    let (site, at) = (values.site.clone(), values.at.clone());
    Sheet {
        title: "Why".to_owned(),
        head: Head { site, case: None, at, practice: values.practice },
        blocks: vec![
            above,
            Block::Line,
            Block::Rows(findings.collect()),
            Block::text("This is what the desk can say now; nothing is done before a case is recorded."),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::clause::Clause;
    use crate::domain::decision::{Answer, Finding, Outcome, Rule, Verdict};
    use crate::domain::facts::Ask;
    use crate::paper::{Print, Width, render};

    #[test]
    fn the_verdict_stands_above_every_finding_with_its_clause() {
        let finding = Finding {
            rule: Rule::Term,
            clauses: vec![Clause::C2].into(),
            outcome: Outcome::Pass,
            say: "Recorded 2020-06-13; the plan covers 2019-06-15 to 2020-06-14.".into(),
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
        let text = render(&why(&values, &decision), Print { width: Width::Page, copy: 0 });
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        assert!(text.find("COVERED") < text.find("pass C2"), "{text}");
    }
}
