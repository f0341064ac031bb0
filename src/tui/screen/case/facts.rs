//! What a case or a device is, as lines to read beside the form.

use crate::desk::CaseView;
use crate::desk::card::{Card, start_in_words, verdict_in_words};
use crate::desk::view::Step;
use crate::domain::case::{Outcome, State};
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::decision::{self, Decision, Verdict};
use crate::paper::text;
use crate::tui::screen::case::about::{About, channel_name, owner_name};
use crate::tui::screen::case::decided::Decided;
use crate::tui::screen::case::pay;
use crate::tui::screen::queue;
use crate::tui::screen::sorry::capital;
use crate::tui::theme::{Role, sign};

/// A line and how it looks.
pub(super) type Said = (Role, String);

/// The sign of a role before its words.
pub(super) fn signed((role, words): Said) -> Said {
    match sign(role) {
        "" => (role, words),
        sign => (role, format!("{sign} {words}")),
    }
}

/// The product and its serial.
pub(super) fn product(card: &Card) -> String {
    format!("{} · {}", card.product, card.serial)
}

/// The plan in a line: number, last day, what is left.
pub(super) fn plan(card: &Card) -> Said {
    let Some(plan) = &card.plan else { return (Role::Plain, "No care plan".to_owned()) };
    if let Some(day) = plan.returned_on {
        return (Role::Bad, format!("Plan {} was returned on {day}", plan.number));
    }
    let (left, held, granted) = plan.balance;
    let held = if held == 0 { String::new() } else { format!(", {held} held by a case") };
    let plus = plan.plus.map_or_else(String::new, |(term, left, granted)| {
        format!(" · plus until {}, {left} of {granted} left", term.last)
    });
    let says =
        format!("Plan {} until {} · {left} of {granted} left{held}{plus}", plan.number, plan.term.last);
    (Role::Plain, says)
}

/// A decision's verdict in a line.
pub(super) fn verdict(decision: &Decision) -> Said {
    let role = match decision.verdict {
        Verdict::Replacement | Verdict::WarrantyRepair => Role::Good,
        Verdict::Refer => Role::Ask,
        _ => Role::Bad,
    };
    (role, verdict_in_words(decision))
}

/// What a decision found, a line each, with its sign and clauses.
pub(super) fn findings(decision: &Decision) -> Vec<Said> {
    let line = |finding: &decision::Finding| {
        let (role, sign) = match finding.outcome {
            decision::Outcome::Pass => (Role::Plain, "[ok]"),
            decision::Outcome::Fail => (Role::Bad, "[no]"),
            decision::Outcome::Ask => (Role::Ask, "[?] "),
            decision::Outcome::Note => (Role::Quiet, "[--]"),
        };
        let clauses: Vec<_> = finding.clauses.iter().map(|clause| clause.as_str()).collect();
        (role, format!("{sign} {} ({})", finding.say.trim_end_matches('.'), clauses.join(", ")))
    };
    decision.findings.iter().map(line).collect()
}

/// Label and value of what the registry says about the device.
pub(super) fn device(about: &About<'_>) -> Vec<(&'static str, String)> {
    let card = about.card;
    let (region, bought, activated) = &card.bought;
    let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "not known".to_owned());
    let mut facts = vec![
        ("Product", card.product.clone()),
        ("Serial", card.serial.clone()),
        ("Bought", format!("{} in {}", known(bought), known(region))),
        ("Activated", known(activated)),
        ("Plan", plan(card).1.trim_start_matches("Plan ").to_owned()),
        ("Warranty", start_in_words(card.warranty.start)),
    ];
    if card.chain.len() > 1 {
        facts.push(("Serials", card.chain.join(" -> ")));
    }
    let name = |part: &crate::domain::product::Part| about.edition.part_name(part).to_owned();
    for cover in &card.warranty.parts {
        let last = cover.last.map_or_else(|| "not known".to_owned(), |last| format!("until {last}"));
        let cycles = cover.below_cycles.map_or_else(String::new, |most| format!(", below {most} cycles"));
        facts.push(("", format!("{} {last}{cycles}", text::pad(&name(&cover.part), 17))));
    }
    facts.extend(card.warnings.iter().map(|warning| ("Note", capital(warning))));
    facts
}

/// The state of a case in words.
pub(super) fn state(view: &CaseView) -> String {
    let state =
        view.state.parse::<State>().map_or_else(|_| view.state.clone(), |state| state.words().to_owned());
    match view.outcome.parse::<Outcome>() {
        Ok(Outcome::None) | Err(_) => state.to_uppercase(),
        Ok(outcome) => format!("{} · {}", state.to_uppercase(), queue::in_words(outcome)),
    }
}

/// The customer and how to reach them.
pub(super) fn customer(view: &CaseView) -> String {
    let customer = &view.customer;
    let parts = [Some(&customer.name), customer.phone.as_ref(), customer.email.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" · ")
}

/// The case's money: what it costs, what is paid, what is due.
pub(super) fn money(view: &CaseView) -> Option<Said> {
    let (fee, due) = view.fee.zip(pay::due(view))?;
    let paid = view.paid.map_or_else(String::new, |paid| format!(" · paid {paid}"));
    let waived = view.waived.map_or_else(String::new, |waived| format!(" · waived {waived}"));
    Some(if due.minor == 0 {
        (Role::Good, format!("Fee {fee}{paid}{waived} · nothing due"))
    } else {
        (Role::Ask, format!("Fee {fee}{paid}{waived} · due {due}"))
    })
}

/// The lines on top of an existing case.
pub(super) fn head(about: &About<'_>, view: &CaseView) -> Vec<Said> {
    let mut lines = vec![
        (Role::Title, format!("Case {} · {}", view.number, state(view))),
        (Role::Plain, customer(view)),
        (Role::Plain, product(about.card)),
        plan(about.card),
    ];
    // Once the unit is out the verdict has been used up; the lines about plan and unit say how it stands.
    let still_open = [State::Recorded, State::Received, State::Assessed, State::Chosen];
    if still_open.iter().any(|state| state.as_str() == view.state) {
        lines.extend(Decided::of(view).map(|decided| signed(decided.verdict())));
    }
    lines.extend(money(view).map(signed));
    lines.extend(view.flags.iter().map(|flag| signed((Role::Bad, capital(flag)))));
    lines
}

/// Label and value of what was said and done on a case.
pub(super) fn case(about: &About<'_>, view: &CaseView) -> Vec<(&'static str, String)> {
    let cause = view
        .cause
        .parse::<Cause>()
        .map_or_else(|_| view.cause.clone(), |one| about.cause_name(one).to_owned());
    let owner =
        view.owner.parse::<Owner>().map_or_else(|_| view.owner.clone(), |one| owner_name(one).to_owned());
    let channel = view
        .channel
        .parse::<Channel>()
        .map_or_else(|_| view.channel.clone(), |one| channel_name(one).to_owned());
    let cycles = view.battery_cycles.map_or_else(String::new, |cycles| format!(" · {cycles} charge cycles"));
    let mut facts = vec![
        ("In their words", view.said.clone()),
        ("Cause", cause),
        ("Damaged parts", format!("{}{cycles}", about.part_names(&view.parts))),
        ("Day of damage", view.damaged_on.clone()),
        ("Brought by", owner),
        ("Channel", channel),
    ];
    if let Some(parts) = &view.handed_in {
        facts.push(("Handed in", about.part_names(parts)));
    }
    if let Some(finding) = &view.finding {
        facts.push(("Finding", finding.clone()));
    }
    for unit in &view.units {
        let part = about.part_names(std::slice::from_ref(&unit.part));
        facts.push(("Handed out", format!("{} ({part})", unit.serial)));
    }
    facts
}

/// One step of a case's life.
pub(super) fn step(step: &Step) -> String {
    let at: String = step.at.replace('T', " ").chars().take(16).collect();
    let words = |state: &Option<String>| {
        let state = state.as_deref().unwrap_or("");
        state.parse::<State>().map_or_else(|_| state.to_owned(), |state| state.words().to_owned())
    };
    let moved = match (words(&step.from), words(&step.to)) {
        (from, to) if from == to || from.is_empty() => to,
        (from, to) => format!("{from} -> {to}"),
    };
    let late = if step.late { " (time set by hand)" } else { "" };
    let event = text::pad(&step.event.replace('-', " "), 10);
    format!("{at}  {event} {}  {}{late}", text::pad(&moved, 24), step.who)
}
