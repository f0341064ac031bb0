//! The payment: how, how much, and why where it is another amount than what is due. Clause C4.

use crate::desk::pay::Tender;
use crate::domain::account::Shown;
use crate::domain::event::Method;
use crate::domain::money::Money;
use crate::domain::writing::Writing;
use crate::tui::effect::{Effect, Request};
use crate::tui::screen::case::about::About;
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};

const METHOD: usize = 0;
const AMOUNT: usize = 1;
const REASON: usize = 2;

/// The entries, with the amount that is due.
pub(super) fn entries(about: &About<'_>) -> Vec<Entry> {
    let amount = about.view.and_then(|view| view.due).map(Money::decimal).unwrap_or_default();
    let methods = ["card", "cash", "other"].map(str::to_owned).to_vec();
    vec![
        Entry::Choice(Choice::new("Paid by", methods).with_chosen(0)),
        Entry::Text(Field::new("Amount", 14).with_text(&amount)),
        Entry::Text(Field::new("Reason", Writing::Reason.most())),
    ]
}

/// Tells whether the amount in the form is what is due.
fn is_due(form: &Form, about: &About<'_>) -> bool {
    let Some(due) = about.view.and_then(|view| view.due) else { return false };
    due.currency.amount(form.text(AMOUNT)).is_ok_and(|amount| amount == due)
}

/// The reason is asked only for another amount.
pub(super) fn hidden(form: &Form, about: &About<'_>) -> Vec<usize> {
    if is_due(form, about) { vec![REASON] } else { Vec::new() }
}

/// What is still to be filled in, in words.
pub(super) fn missing(form: &Form, about: &About<'_>) -> Vec<(usize, String)> {
    let amount = form.text(AMOUNT);
    let wanted = [
        (form.chosen(METHOD).is_none(), METHOD, "how it is paid".to_owned()),
        (amount.is_empty(), AMOUNT, "the amount".to_owned()),
        (
            !amount.is_empty() && !about.is_amount(amount),
            AMOUNT,
            format!("an amount like 79.00 (\"{amount}\" is none)"),
        ),
        (
            !is_due(form, about) && form.text(REASON).is_empty(),
            REASON,
            "a reason for an amount that is not the fee".to_owned(),
        ),
    ];
    wanted.into_iter().filter(|(absent, ..)| *absent).map(|(_, at, name)| (at, name)).collect()
}

/// The act; none while something is missing.
pub(super) fn effect(form: &Form, about: &About<'_>, request: Request) -> Option<Effect> {
    let (view, other) = (about.view?, !is_due(form, about));
    let tender = Tender {
        method: *Method::ALL.get(form.chosen(METHOD)?)?,
        // Another window may have changed the price: what is taken is what stands here, for the due that stands here.
        amount: Some(form.text(AMOUNT).to_owned()),
        reason: other.then(|| form.text(REASON).to_owned()),
        shown: Some(view.due.map_or(Shown::Unknown, Shown::Due)),
    };
    Some(Effect::Pay(view.number.clone(), tender, request))
}

/// What F9 is called.
pub(super) fn verb(form: &Form) -> &'static str {
    let amount = form.text(AMOUNT);
    let nothing = amount.contains('0') && amount.chars().all(|c| matches!(c, '0' | '.'));
    if nothing { "Write it off" } else { "Take payment" }
}

/// Help for its form.
pub(super) const HELP: &[&str] = &[
    "The fee of this replacement (C4), or the price of the repair.",
    "Another amount needs a reason; what is missing is waived, and the case says so.",
    "When nothing is due, the screen for handing out opens by itself.",
];

/// A word about the entry with the keys.
pub(super) fn hint(form: &Form, about: &About<'_>) -> String {
    match form.at() {
        // What the customer will read must be known to whoever writes it.
        AMOUNT | REASON if about.view.and_then(|view| view.due).is_none() => {
            "The fee is not known: enter the amount and why. The papers show both."
        }
        METHOD => "Left and Right change it. To write the difference off: amount 0 and a reason.",
        AMOUNT => "The fee is filled in (C4). Less or more needs a reason; 0 writes it off.",
        _ => "Why it is another amount; what is missing from the fee is waived.",
    }
    .to_owned()
}
