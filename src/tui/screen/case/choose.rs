//! The customer's choice: every remedy with its fee and what it does to the balance, or why it is closed.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::desk::CaseView;
use crate::desk::card::Inquiry;
use crate::desk::choose::Wish;
use crate::domain::case::{Choice as Remedy, State};
use crate::domain::claim::Owner;
use crate::domain::decision::Open;
use crate::domain::writing::Writing;
use crate::paper::text;
use crate::tui::effect::{Effect, Request};
use crate::tui::screen::case::about::{About, owner_names, place};
use crate::tui::screen::case::decided::{Decided, Standing};
use crate::tui::theme::{Role, Theme, sign};
use crate::tui::widget::choice::Choice;
use crate::tui::widget::field::Field;
use crate::tui::widget::form::{Entry, Form};
use crate::tui::widget::write;

/// The entry of the choice itself.
pub(super) const CHOICE: usize = 0;
/// The price of a paid repair.
pub(super) const PRICE: usize = 1;
const REASON: usize = 2;
const OWNER: usize = 3;
/// The second person, who decides what the rules refer to one.
const BY: usize = 4;

/// Cells of the columns before the effect on the balance: mark, name, sign, fee.
const COLUMNS: [usize; 3] = [24, 6, 19];

const fn name(choice: Remedy) -> &'static str {
    match choice {
        Remedy::Replacement => "Replacement",
        Remedy::PaidRepair => "Paid repair",
        Remedy::WarrantyRepair => "Warranty repair",
        Remedy::ReturnUnrepaired => "Goes back unrepaired",
        Remedy::NoFault => "No fault found",
    }
}

fn standing(view: &CaseView, choice: Remedy) -> Standing {
    let unassessed = view.state == State::Received.as_str() || view.assessment_owed;
    if unassessed && choice != Remedy::Replacement {
        let why = "Before the assessment only a replacement can be chosen (C30): F4 and a assesses it";
        return Standing { open: Open::No, why: why.to_owned(), owner: false };
    }
    match Decided::of(view) {
        Some(decided) => decided.standing(choice),
        None => {
            Standing { open: Open::No, why: "No decision is stored for this case".to_owned(), owner: false }
        }
    }
}

/// The entries: the best open remedy is chosen already.
pub(super) fn entries(about: &About<'_>) -> Vec<Entry> {
    let names = Remedy::ALL.iter().map(|choice| name(*choice).to_owned()).collect();
    let best = [Remedy::WarrantyRepair, Remedy::Replacement, Remedy::PaidRepair];
    let open = |choice: &Remedy| about.view.is_some_and(|view| standing(view, *choice).open == Open::Yes);
    let replacement = Some(Remedy::Replacement).filter(open);
    let chosen = replacement.or_else(|| best.into_iter().find(open));
    let choice = Choice::new("Choice", names);
    let choice = match chosen {
        Some(one) => choice.with_chosen(place(Remedy::ALL, &one)),
        None => choice,
    };
    let owner = about.view.and_then(|view| view.owner.parse().ok()).unwrap_or(Owner::Unverified);
    vec![
        Entry::Choice(choice),
        Entry::Text(Field::new("Price", 12)),
        Entry::Text(Field::new("Reason", Writing::Reason.most())),
        Entry::Choice(Choice::new("Brought by", owner_names()).with_chosen(place(Owner::ALL, &owner))),
        Entry::Text(Field::new("Second person", Writing::Second.most())),
    ]
}

/// Whether the rules leave this choice to a second person. Clause C28.
fn referred(form: &Form, about: &About<'_>) -> bool {
    let (Some(choice), Some(view)) = (chosen(form), about.view) else { return false };
    choice == Remedy::Replacement && standing(view, choice).open == Open::Refer
}

/// Whether it is asked first who brings it: what nobody has looked at is not for a second person to decide. Clause C18.
fn unseen(form: &Form, about: &About<'_>) -> bool {
    let nobody = form.chosen(OWNER) == Some(place(Owner::ALL, &Owner::Unverified));
    nobody
        && referred(form, about)
        && about.view.is_some_and(|view| standing(view, Remedy::Replacement).owner)
}

/// What the rules are asked: the case, brought by whom the form says.
pub(super) fn inquiry(form: &Form, about: &About<'_>) -> Option<Inquiry> {
    let asked = Inquiry::of_case(about.view?)?;
    let owner = form.chosen(OWNER).and_then(|at| Owner::ALL.get(at)).copied();
    Some(Inquiry { owner: owner.unwrap_or(asked.owner), ..asked })
}

fn chosen(form: &Form) -> Option<Remedy> {
    Remedy::ALL.get(form.chosen(CHOICE)?).copied()
}

/// Entries that this choice does not ask.
pub(super) fn hidden(form: &Form, about: &About<'_>) -> Vec<usize> {
    let same = about.view.is_some_and(|view| view.owner == Owner::Same.as_str());
    let needed = |at: &usize| match (*at, chosen(form)) {
        (BY | REASON, Some(Remedy::Replacement)) => referred(form, about) && !unseen(form, about),
        (PRICE, Some(Remedy::PaidRepair))
        | (REASON, Some(Remedy::ReturnUnrepaired | Remedy::NoFault))
        | (CHOICE, _) => true,
        (OWNER, Some(Remedy::Replacement)) => !same,
        _ => false,
    };
    [CHOICE, PRICE, REASON, OWNER, BY].into_iter().filter(|at| !needed(at)).collect()
}

/// What is still to be filled in, or why the choice is closed.
pub(super) fn missing(form: &Form, about: &About<'_>) -> Vec<(usize, String)> {
    let (Some(choice), Some(view)) = (chosen(form), about.view) else {
        return vec![(CHOICE, "what the customer wants".to_owned())];
    };
    let price = form.text(PRICE);
    match choice {
        Remedy::PaidRepair if price.is_empty() => vec![(PRICE, "the price".to_owned())],
        Remedy::PaidRepair if !about.is_price(price) => {
            vec![(PRICE, format!("the price as an amount like 79.00 (\"{price}\" is none)"))]
        }
        Remedy::ReturnUnrepaired | Remedy::NoFault if form.text(REASON).is_empty() => {
            vec![(REASON, "the reason".to_owned())]
        }
        _ if form.chosen(OWNER).is_none() && view.owner != Owner::Same.as_str() => {
            vec![(OWNER, "who brings it".to_owned())]
        }
        Remedy::Replacement if unseen(form, about) => vec![(OWNER, "who brings it".to_owned())],
        Remedy::Replacement if referred(form, about) => {
            let wanted = [
                (form.text(REASON).is_empty(), REASON, "the reason"),
                (form.text(BY).is_empty(), BY, "a second person"),
            ];
            let wanted = wanted.into_iter().filter(|(absent, ..)| *absent);
            wanted.map(|(_, at, name)| (at, name.to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// Why the chosen remedy is closed; nothing when it is open.
pub(super) fn closed(form: &Form, about: &About<'_>) -> Option<String> {
    let choice = chosen(form)?;
    let standing = standing(about.view?, choice);
    if standing.open == Open::Yes || referred(form, about) {
        return None;
    }
    Some(format!("{} is not open: {}", name(choice), standing.why))
}

/// The act; none while something is missing.
pub(super) fn effect(form: &Form, about: &About<'_>, request: Request) -> Option<Effect> {
    let view = about.view?;
    let text = |at| Some(form.text(at).to_owned()).filter(|text| !text.is_empty() && form.is_shown(at));
    let owner = form.chosen(OWNER).and_then(|at| Owner::ALL.get(at)).copied();
    let wish = Wish {
        choice: chosen(form)?,
        price: text(PRICE),
        reason: text(REASON),
        owner: owner.filter(|owner| owner.as_str() != view.owner),
        by: text(BY),
    };
    Some(Effect::Choose(view.number.clone(), wish, request))
}

/// Help for its form.
pub(super) const HELP: &[&str] = &[
    "What the customer wants. Where the rules say ASK, a second person can decide and give the reason.",
    "Up and Down go through the options, the closed ones too: they say why.",
    "Only a replacement uses the balance; repairs never do (C8).",
    "A replacement is reserved at once and its fee frozen (C3, C4).",
];

/// A word about the entry with the keys.
pub(super) fn hint(form: &Form) -> String {
    match form.at() {
        CHOICE => match chosen(form) {
            Some(Remedy::PaidRepair) => "Up and Down choose. Tab goes to the price.",
            Some(Remedy::ReturnUnrepaired | Remedy::NoFault) => "Up and Down choose. Tab goes to the reason.",
            _ => "Up and Down choose. Only a replacement uses the balance (C8).",
        },
        PRICE => "What the repair costs the customer, like 79.00.",
        BY => "The full name of a second person, who decides what the rules leave open.",
        REASON if chosen(form) == Some(Remedy::Replacement) => "Why it is replaced all the same.",
        REASON => "Why it goes back: it is kept with the case.",
        _ => "See who it is: only the plan's owner may use the plan (C18).",
    }
    .to_owned()
}

/// How many rows the options take.
pub(super) fn rows() -> u16 {
    u16::try_from(Remedy::ALL.len()).unwrap_or(5) + 3
}

/// Draws all options as a table, the closed ones standing back with their reason.
pub(super) fn draw(frame: &mut Frame<'_>, area: Rect, (form, about, theme): (&Form, &About<'_>, Theme)) {
    let Some(view) = about.view else { return };
    let head = line(["   Choice", "Open", "Costs the customer", "Plan has left"]);
    write(frame, area, 0, (&head, theme.style(Role::Quiet)));
    let now = chosen(form);
    for (at, choice) in Remedy::ALL.iter().enumerate() {
        let standing = standing(view, *choice);
        let here = now == Some(*choice);
        let role = match (here, standing.open) {
            (true, _) => Role::Focus,
            (false, Open::Yes) => Role::Plain,
            (false, Open::No | Open::Refer) => Role::Quiet,
        };
        let mark = if here { " > " } else { "   " };
        let shown = sign(sign_of(standing.open));
        let cells = [
            &format!("{mark}{}", name(*choice)),
            shown,
            &cost(view, *choice),
            &effect_on_balance(view, *choice),
        ];
        let row = text::pad(&line(cells), usize::from(area.width));
        write(frame, area, at + 1, (&row, theme.style(role)));
    }
    let Some(choice) = now else { return };
    let why = standing(view, choice).why;
    let second = if referred(form, about) && !unseen(form, about) { "Needs a second person. " } else { "" };
    let says = if why.is_empty() { second.to_owned() } else { format!("{second}Why: {why}") };
    for (at, said) in text::wrap(&says, usize::from(area.width)).iter().take(2).enumerate() {
        write(frame, area, Remedy::ALL.len() + 1 + at, (said, theme.style(Role::Bad)));
    }
}

const fn sign_of(open: Open) -> Role {
    match open {
        Open::Yes => Role::Good,
        Open::No => Role::Bad,
        Open::Refer => Role::Ask,
    }
}

fn line(cells: [&str; 4]) -> String {
    let [name, open, cost, balance] = cells;
    let [first, second, third] = COLUMNS;
    [text::pad(name, first), text::pad(open, second), text::pad(cost, third), balance.to_owned()].join(" ")
}

fn cost(view: &CaseView, choice: Remedy) -> String {
    match choice {
        Remedy::Replacement => {
            let decided = Decided::of(view);
            match decided.as_ref().and_then(|decided| decided.fee) {
                Some(fee) => fee.to_string(),
                None if standing(view, choice).open == Open::No => "-".to_owned(),
                None if decided.is_some_and(|decided| decided.fee_is_listed()) => {
                    "once it is decided".to_owned()
                }
                None => "fee not known".to_owned(),
            }
        }
        Remedy::PaidRepair => "a price you enter".to_owned(),
        Remedy::WarrantyRepair | Remedy::ReturnUnrepaired | Remedy::NoFault => "nothing".to_owned(),
    }
}

fn effect_on_balance(view: &CaseView, choice: Remedy) -> String {
    let Some(left) = view.balance else { return "no plan".to_owned() };
    match choice {
        Remedy::Replacement if standing(view, choice).open != Open::No => {
            let before = Decided::of(view).and_then(|decided| decided.left()).unwrap_or(left);
            format!("{before} -> {}", before.saturating_sub(1))
        }
        _ => format!("{left}, unchanged"),
    }
}
