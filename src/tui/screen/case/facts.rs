//! What a case or a device is, as lines to read beside the form.

use crate::desk::CaseView;
use crate::desk::card::{Card, verdict_in_words};
use crate::desk::view::Step;
use crate::domain::case::{Outcome, State};
use crate::domain::claim::{Cause, Channel, Owner};
use crate::domain::day::parse_instant;
use crate::domain::decision::{self, Decision, Verdict};
use crate::paper::text;
use crate::tui::screen::case::about::{About, channel_name, owner_name};
use crate::tui::screen::case::decided::Decided;
use crate::tui::screen::case::next;
use crate::tui::screen::device;
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
pub(super) fn of_device(about: &About<'_>) -> Vec<(&'static str, String)> {
    let card = about.card;
    let mut facts = vec![
        ("Product", card.product.clone()),
        ("Serial", card.serial.clone()),
        ("Bought", device::bought(card)),
        ("Plan", plan(card).1.trim_start_matches("Plan ").to_owned()),
    ];
    facts.extend(device::chain(card).map(|chain| ("Units", chain)));
    let warranty = device::warranty(card, about.edition, about.today()).into_iter().enumerate();
    facts.extend(warranty.map(|(at, line)| (if at == 0 { "Warranty" } else { "" }, line)));
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
    let (fee, due) = view.fee.zip(view.due)?;
    let paid = view.paid.map_or_else(String::new, |paid| format!(" · paid {paid}"));
    let waived = view.waived.map_or_else(String::new, |waived| format!(" · waived {waived}"));
    Some(if due.minor == 0 {
        (Role::Good, format!("Fee {fee}{paid}{waived} · nothing due"))
    } else {
        (Role::Ask, format!("Fee {fee}{paid}{waived} · due {due}"))
    })
}

/// Until when the price stands, where the edition lets it run out.
fn price(about: &About<'_>) -> Option<Said> {
    let last = about.quote_until()?;
    Some(match about.run_out() {
        None => (Role::Plain, format!("The price stands until {last}")),
        Some(_) => (Role::Bad, format!("The price stood until {last}")),
    })
}

/// For how long the case has been in its state.
fn since(about: &About<'_>, view: &CaseView) -> Option<String> {
    let began = parse_instant(view.since.as_deref()?).ok()?;
    let minutes = (about.seen.now - began).num_minutes().max(0);
    Some(match minutes {
        0..=59 => format!("for {minutes} min"),
        60..=2_879 => format!("for {} h", minutes / 60),
        _ => format!("for {} days", minutes / 1_440),
    })
}

/// What the case waits for beside the money: an appointment, the customer, parts, the assessment.
fn waiting(about: &About<'_>, view: &CaseView) -> Option<Said> {
    match view.state.parse() {
        Ok(State::Recorded) => view.appointment.as_ref().map(|visit| {
            (
                Role::Plain,
                format!("Appointment {} ({})", text::moment(&visit.slot), visit.state.replace('-', " ")),
            )
        }),
        Ok(State::Ready) => Some(match &view.told_at {
            Some(at) => (Role::Plain, format!("The customer was told {}", text::moment(at))),
            None => (Role::Ask, "The customer was not told yet (F4, t)".to_owned()),
        }),
        Ok(State::HandedOver) => {
            let owed = next::owed(view, &about.part_names(&view.parts_owed));
            (!owed.is_empty()).then(|| (Role::Ask, format!("Before it is closed: {}", owed.join(", "))))
        }
        _ if view.assessment_owed => Some((Role::Ask, "The assessment is still owed (C30)".to_owned())),
        _ => None,
    }
}

/// The lines on top of an existing case.
pub(super) fn head(about: &About<'_>, view: &CaseView) -> Vec<Said> {
    let since = since(about, view).map_or_else(String::new, |since| format!(" · {since}"));
    let mut lines = vec![
        (Role::Title, format!("Case {} · {}{since}", view.number, state(view))),
        (Role::Plain, customer(view)),
        (Role::Plain, product(about.card)),
        plan(about.card),
    ];
    if view.held {
        let why = view.held_reason.as_deref().map_or_else(String::new, |why| format!(": {why}"));
        lines.push(signed((Role::Ask, format!("ON HOLD{why}"))));
    }
    // Once the unit is out the verdict has been used up; the lines about plan and unit say how it stands.
    let still_open = [State::Recorded, State::Received, State::Assessed, State::Chosen];
    if still_open.iter().any(|state| state.as_str() == view.state) {
        lines.extend(Decided::of(view).map(|decided| signed(decided.verdict())));
    }
    lines.extend(money(view).map(signed));
    lines.extend(price(about).map(signed));
    lines.extend(waiting(about, view).map(signed));
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
    let handed_in = view.handed_in.as_ref().map(|parts| about.part_names(parts));
    let let_go = (!view.parts_waived.is_empty()).then(|| about.part_names(&view.parts_waived));
    let later = [
        ("Handed in", handed_in),
        ("Condition", view.condition.clone()),
        ("Finding", view.finding.clone()),
        ("Repaired before", view.repaired_elsewhere.then(|| "yes, or taken apart (C6)".to_owned())),
        ("Repair", view.result.clone()),
        ("Decided by", view.overridden_by.clone()),
        ("Parts let go", let_go),
    ];
    facts.extend(later.into_iter().filter_map(|(label, value)| Some((label, value?))));
    for unit in &view.units {
        let part = about.part_names(std::slice::from_ref(&unit.part));
        facts.push(("Handed out", format!("{} ({part})", unit.serial)));
    }
    facts
}

/// Cells of a line of a case's life, so that it is read whole beside a form too.
const LIFE: usize = 64;

/// One step of a case's life, in as many lines as it takes.
pub(super) fn step(step: &Step) -> Vec<String> {
    let late = if step.late { " (time set by hand)" } else { "" };
    let says = if step.say.is_empty() { step.event.replace('-', " ") } else { step.say.clone() };
    let says = format!("{}  {}: {says}{late}", text::moment(&step.at), step.who);
    let lines = text::wrap(&says, LIFE).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { line } else { format!("    {line}") }).collect()
}
