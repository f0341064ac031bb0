//! Claims: every step in the programme's order, then what is open.

use crate::domain::claim::{Channel, Claim};
use crate::domain::clause::Clause::{C4, C30};
use crate::domain::decision::{
    Answer, Choice, ClaimAnswer, Finding, Open, Outcome, Remedy, Rule, Verdict, cause, cover, warranty,
};
use crate::domain::edition::FeeOrdinal;
use crate::domain::facts::{Asked, Question};
use crate::domain::money::Money;
use crate::domain::plan::{Balance, Plan, Source};

/// The replacement that a claim would use.
struct Next {
    source: Source,
    balance: Balance,
}

pub(super) fn decide(question: &Question<'_>, claim: &Claim) -> (Verdict, Answer, Vec<Finding>) {
    let warranty = warranty::standing(question, claim);
    let mut findings = cover::identity_and_plan(question, claim);
    findings.push(cover::channel(question, claim));
    findings.push(warranty.finding(cause::warranty_route(question, claim.cause)));
    findings.extend(cover::parts(question, claim));
    findings.extend(cause::findings(question, claim, &warranty));
    findings.extend(cover::hands(question, claim));

    let next = question.plan.as_ref().map(|plan| next(question, claim, plan));
    findings.push(cover::balance(next.as_ref().map(|next| (next.source, &next.balance))));
    let fee = fee(question, next.as_ref());
    findings.push(fee_finding(next.as_ref(), fee));
    if claim.channel == Channel::Quick && open(&findings, Remedy::Replacement).open == Open::Yes {
        let say = "On the quick channel the replacement goes out at once; there is no choice of paid repair.";
        findings.push(Finding::fail(Rule::Quick, &[C30], say).about(&[Remedy::PaidRepair]));
    }
    answer(findings, next, fee)
}

fn answer(findings: Vec<Finding>, next: Option<Next>, fee: Option<Money>) -> (Verdict, Answer, Vec<Finding>) {
    let options = [
        open(&findings, Remedy::WarrantyRepair),
        open(&findings, Remedy::Replacement),
        open(&findings, Remedy::PaidRepair),
    ];
    let verdict = verdict(&options);
    let left = next.as_ref().map(|next| next.balance.left());
    let granted = next.as_ref().map(|next| next.balance.granted());
    let answer = match (verdict, next) {
        (Verdict::Replacement, Some(next)) => ClaimAnswer {
            ordinal: next.balance.next(),
            source: Some(next.source),
            balance_after: left.map(|left| left.saturating_sub(1)),
            granted,
            fee,
            options,
        },
        _ => ClaimAnswer { ordinal: None, source: None, balance_after: left, granted, fee: None, options },
    };
    (verdict, Answer::Claim(answer), findings)
}

/// Whether a remedy is open: a failure closes it, a question refers it unless something else closed it.
fn open(findings: &[Finding], remedy: Remedy) -> Choice {
    let against = |outcome| {
        let mut rules: Vec<Rule> = findings
            .iter()
            .filter(|finding| finding.outcome == outcome && finding.touches.contains(&remedy))
            .map(|finding| finding.rule)
            .collect();
        rules.dedup();
        rules
    };
    let (closed, asked) = (against(Outcome::Fail), against(Outcome::Ask));
    match (closed.is_empty(), asked.is_empty()) {
        (false, _) => Choice { remedy, open: Open::No, because: closed },
        (true, false) => Choice { remedy, open: Open::Refer, because: asked },
        (true, true) => Choice { remedy, open: Open::Yes, because: Vec::new() },
    }
}

/// The best remedy that is open.
fn verdict([warranty, replacement, paid]: &[Choice; 3]) -> Verdict {
    match (warranty.open, replacement.open, paid.open) {
        (Open::Yes, _, _) => Verdict::WarrantyRepair,
        (_, Open::Yes, _) => Verdict::Replacement,
        (Open::Refer, _, _) | (_, Open::Refer, _) | (_, _, Open::Refer) => Verdict::Refer,
        (Open::No, Open::No, Open::Yes) => Verdict::PaidRepair,
        (Open::No, Open::No, Open::No) => Verdict::None,
    }
}

fn next(question: &Question<'_>, claim: &Claim, plan: &Plan) -> Next {
    let source = plan.source_on(claim.recorded_on, &question.edition.settings);
    Next { source, balance: plan.balance_of(source) }
}

/// The replacement that a claim would use, whatever stands against it: source, ordinal and fee. Clauses C3, C4.
///
/// A person with more rights who decides a referral gets this one: of the source that the recording day picks, the
/// lowest free ordinal. None without a plan, or when none is left.
#[must_use]
pub fn next_replacement(question: &Question<'_>) -> Option<(Source, u8, Option<Money>)> {
    let Asked::Claim(claim) = &question.asked else { return None };
    let next = next(question, claim, question.plan.as_ref()?);
    Some((next.source, next.balance.next()?, fee(question, Some(&next))))
}

/// The fee of the next replacement: the centre's own row before the edition's. Clause C4.
fn fee(question: &Question<'_>, next: Option<&Next>) -> Option<Money> {
    let next = next?;
    let currency = question.plan.as_ref()?.region.currency()?;
    let ordinal = match next.source {
        Source::Refresh => FeeOrdinal::Refresh(next.balance.next()?),
        Source::Plus => FeeOrdinal::Plus,
    };
    next.balance.next()?;
    let model = &question.device.model.id;
    let own = question
        .desk
        .fees
        .iter()
        .find(|row| row.model == *model && row.ordinal == ordinal && row.amount.currency == currency);
    own.map(|row| row.amount).or_else(|| question.edition.fee(model, ordinal, currency))
}

fn fee_finding(next: Option<&Next>, fee: Option<Money>) -> Finding {
    let left = next.and_then(|next| next.balance.next());
    match (fee, left) {
        (Some(fee), _) => Finding::pass(Rule::Fee, &[C4], format!("The replacement costs {fee}.")),
        (None, Some(_)) => Finding::note(
            Rule::Fee,
            &[C4],
            "The fee for this replacement is not known: enter the amount and a reason.",
        ),
        (None, None) => Finding::note(Rule::Fee, &[C4], "No replacement, so no fee."),
    }
}
