//! Returning a plan: only with its product, and only while nothing was used.

use crate::domain::clause::Clause::{C16, C17};
use crate::domain::decision::{Answer, Finding, Outcome, Rule, Verdict};
use crate::domain::edition::AfterUse;
use crate::domain::facts::{ProductGoes, Question};
use crate::domain::plan::Plan;

pub(super) fn decide(
    question: &Question<'_>,
    plan: &Plan,
    product: ProductGoes,
) -> (Verdict, Answer, Vec<Finding>) {
    let findings = vec![goes(product), returned(question, plan), used(question, plan)];
    let any = |outcome| findings.iter().any(|finding| finding.outcome == outcome);
    let verdict = match (any(Outcome::Fail), any(Outcome::Ask)) {
        (true, _) => Verdict::NoReturn,
        (false, true) => Verdict::Refer,
        (false, false) => Verdict::Return,
    };
    (verdict, Answer::Return {}, findings)
}

fn goes(product: ProductGoes) -> Finding {
    match product {
        ProductGoes::Back => Finding::pass(Rule::Product, &[C16], "The product is returned as well."),
        ProductGoes::Stays => {
            Finding::fail(Rule::Product, &[C17], "The product is kept, so the plan cannot be returned.")
        }
    }
}

fn returned(question: &Question<'_>, plan: &Plan) -> Finding {
    match plan.returned_on {
        Some(day) if plan.returned_by(question.desk.day) => {
            Finding::fail(Rule::Returned, &[C16], format!("The plan was returned already, on {day}."))
        }
        Some(_) | None => Finding::pass(Rule::Returned, &[C16], "The plan has not been returned before."),
    }
}

fn used(question: &Question<'_>, plan: &Plan) -> Finding {
    let plus = plan.extension.as_ref().map_or(0, |plus| plus.balance.used());
    let used = plan.balance.used().saturating_add(plus);
    if used == 0 {
        return Finding::pass(Rule::Use, &[C16], "No replacement was used.");
    }
    let say = match used {
        1 => "One of the plan's replacements was used already.".to_owned(),
        _ => format!("{used} of the plan's replacements were used already."),
    };
    match question.edition.settings.return_after_use {
        AfterUse::Refer => Finding::ask(Rule::Use, &[C16], say),
        AfterUse::Refuse => Finding::fail(Rule::Use, &[C16], say),
        AfterUse::Allow => Finding::note(Rule::Use, &[C16], say),
    }
}
