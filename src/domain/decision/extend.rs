//! Plus: whether it can be bought on a day.

use crate::domain::clause::Clause::{C9, C16, C21, C22};
use crate::domain::decision::{Answer, ExtendAnswer, Finding, Outcome, Rule, Verdict};
use crate::domain::edition::PlusRegion;
use crate::domain::facts::{Extend, Question};
use crate::domain::plan::Plan;

pub(super) fn decide(
    question: &Question<'_>,
    plan: &Plan,
    extend: Extend,
) -> (Verdict, Answer, Vec<Finding>) {
    let findings = vec![
        term(plan, extend),
        returned(plan, extend),
        balance(plan),
        once(question, plan),
        region(question, plan, extend),
    ];
    let refused = findings.iter().any(|finding| finding.outcome == Outcome::Fail);
    let settings = &question.edition.settings;
    let term = plan.term.after(&settings.plus, settings.term.last_day);
    let (verdict, answer) = if refused {
        (Verdict::NoExtend, ExtendAnswer { starts_on: None, ends_on: None, granted: None })
    } else {
        let answer = ExtendAnswer {
            starts_on: Some(term.first),
            ends_on: Some(term.last),
            granted: Some(settings.plus.granted),
        };
        (Verdict::Extend, answer)
    };
    (verdict, Answer::Extend(answer), findings)
}

fn term(plan: &Plan, extend: Extend) -> Finding {
    let (first, last) = (plan.term.first, plan.term.last);
    if plan.term.covers(extend.on) {
        return Finding::pass(Rule::Term, &[C21], format!("The plan runs from {first} to {last}."));
    }
    let say = if extend.on < first {
        format!("The plan starts only on {first}.")
    } else {
        format!("The plan expired on {last}.")
    };
    Finding::fail(Rule::Term, &[C21], say)
}

fn returned(plan: &Plan, extend: Extend) -> Finding {
    match plan.returned_on {
        Some(day) if plan.returned_by(extend.on) => {
            Finding::fail(Rule::Returned, &[C16], format!("The plan was returned on {day}."))
        }
        Some(_) | None => Finding::pass(Rule::Returned, &[C16], "The plan has not been returned."),
    }
}

fn balance(plan: &Plan) -> Finding {
    let left = plan.balance.left();
    let say = format!("Replacements left on the plan: {left} of {}.", plan.balance.granted());
    if left == 0 {
        return Finding::fail(Rule::Balance, &[C21], say);
    }
    Finding::pass(Rule::Balance, &[C21], say)
}

fn once(question: &Question<'_>, plan: &Plan) -> Finding {
    match &plan.extension {
        Some(plus) if question.edition.settings.plus.once => {
            let say = format!("Plus was bought already, on {}.", plus.bought_on);
            Finding::fail(Rule::Once, &[C22], say)
        }
        Some(plus) => {
            Finding::note(Rule::Once, &[C22], format!("Plus was bought before, on {}.", plus.bought_on))
        }
        None => Finding::pass(Rule::Once, &[C22], "Plus has not been bought before."),
    }
}

fn region(question: &Question<'_>, plan: &Plan, extend: Extend) -> Finding {
    let (here, sold) = (extend.region, plan.region);
    match question.edition.settings.plus.region {
        PlusRegion::Same if here != sold => Finding::fail(
            Rule::Region,
            &[C9],
            format!("The plan is for {sold}, plus is being bought in {here}."),
        ),
        PlusRegion::Same => Finding::pass(Rule::Region, &[C9], format!("Plan and plus are both for {sold}.")),
        PlusRegion::Any => Finding::pass(Rule::Region, &[C9], "Plus may be bought anywhere."),
    }
}
