//! What the plan screen says: the plan, the decision on what is about to be done, and the windows' clocks.

use chrono::{DateTime, FixedOffset};

use crate::desk::enrol::{Enrolment, Open, PlanView};
use crate::domain::case::Refused;
use crate::domain::day::parse_instant;
use crate::domain::decision::{Answer, BindAnswer, Clock, Decision, ExtendAnswer, Finding, Outcome, Verdict};
use crate::tui::effect::enrol::Standing;
use crate::tui::screen::plan::form::Verb;
use crate::tui::screen::sorry::capital;
use crate::tui::screen::verdict::{self, Line, hanging};
use crate::tui::theme::{Role, sign};

type Now = DateTime<FixedOffset>;

/// The cells before a value.
const LABEL: usize = 11;

/// The plan in lines of at most `room` cells.
pub(super) fn plan(view: &PlanView, room: usize) -> Vec<Line> {
    let left = |left: u8, granted: u8| format!("{left} of {granted} replacements left");
    let by = view.criterion.as_ref().map_or_else(String::new, |by| format!(", bound by {by}"));
    let mut rows = vec![
        ("Plan", format!("{}, sold in {}{by}, on {}", view.number, view.region, view.serial)),
        ("Term", format!("{} to {}, {}", view.starts_on, view.ends_on, left(view.balance, view.granted))),
    ];
    if view.held > 0 {
        rows.push(("", format!("{} of them kept for an open case", view.held)));
    }
    if let Some(plus) = &view.plus {
        let left = left(plus.balance, plus.granted);
        rows.push(("Plus", format!("{}, {} to {}, {left}", plus.number, plus.starts_on, plus.ends_on)));
    }
    rows.extend(view.returned_on.iter().map(|day| ("Returned", format!("on {day}"))));
    let lines = rows.iter().flat_map(|(label, says)| hanging((label, says), LABEL, room));
    lines.map(|line| (line, Role::Plain)).collect()
}

/// The decision that the verb rests on, and what else stands against it; none for a notice, and where there is no
/// plan.
fn decision(standing: &Standing, verb: Verb) -> Option<(&Decision, Option<&Refused>)> {
    let plan = standing.plan.as_ref();
    let prospect = match verb {
        Verb::Bind => return Some((&standing.enrolment.decision, None)),
        Verb::Notice => return None,
        Verb::Extend => &plan?.plus,
        Verb::GiveBack => &plan?.back,
    };
    Some((&prospect.decision, prospect.stands.as_ref()))
}

/// Why the rules, or what the counter has, are against the verb, with the clause.
pub(super) fn against(standing: &Standing, verb: Verb) -> Option<String> {
    let Some((decision, stands)) = decision(standing, verb) else {
        let none = "This product has no plan: bind one first";
        return (verb != Verb::Notice).then(|| none.to_owned());
    };
    let outcome = match decision.verdict {
        Verdict::Bind | Verdict::Extend | Verdict::Return => return stands.map(|no| capital(&no.say)),
        Verdict::Refer => Outcome::Ask,
        _ => Outcome::Fail,
    };
    let finding = decision.findings.iter().find(|finding| finding.outcome == outcome);
    Some(finding.map_or_else(|| "The rules are against it".to_owned(), sentence))
}

/// A finding with its clauses behind it.
fn sentence(finding: &Finding) -> String {
    let clauses: Vec<&str> = finding.clauses.iter().map(|clause| clause.as_str()).collect();
    format!("{} ({})", finding.say.trim_end_matches('.'), clauses.join(", "))
}

/// What the verb would come to, in lines of at most `room` cells.
pub(super) fn lines(standing: &Standing, verb: Verb, (now, room): (Now, usize)) -> Vec<Line> {
    let enrolment = &standing.enrolment;
    let Some((decision, stands)) = decision(standing, verb) else {
        let says = match verb {
            Verb::Notice => {
                "A notice opens or closes a way to bind a plan; what is decided then is shown after it."
            }
            Verb::Bind | Verb::Extend | Verb::GiveBack => "[no] This product has no plan.",
        };
        let mut lines: Vec<Line> =
            hanging(("", says), 0, room).into_iter().map(|line| (line, Role::Plain)).collect();
        lines.extend(clocks(enrolment, (now, room)));
        return lines;
    };
    let role = if stands.is_some() { Role::Bad } else { verdict::line(decision).1 };
    let mut lines = vec![(format!("{} {}", sign(role), words((decision, stands), enrolment)), role)];
    let why = stands.map(|no| hanging(("", &capital(&no.say)), 5, room)).unwrap_or_default();
    lines.extend(why.into_iter().map(|line| (line, Role::Plain)));
    if verb == Verb::Bind {
        lines.extend(clocks(enrolment, (now, room)));
    }
    lines.push((String::new(), Role::Plain));
    lines.extend(decision.findings.iter().flat_map(|finding| verdict::finding(finding, room)));
    lines
}

/// The verdict in a line of words.
fn words((decision, stands): (&Decision, Option<&Refused>), enrolment: &Enrolment) -> String {
    match (&decision.answer, decision.verdict) {
        (Answer::Extend(_), _) if stands.is_some() => "PLUS CANNOT BE SOLD".to_owned(),
        (Answer::Return {}, _) if stands.is_some() => "THE PLAN CANNOT BE TAKEN BACK".to_owned(),
        (
            Answer::Bind(BindAnswer {
                criterion: Some(by), starts_on: Some(first), ends_on: Some(last), ..
            }),
            Verdict::Bind,
        ) => {
            format!("A PLAN CAN BE BOUND - by {by}, from {first} to {last}")
        }
        (Answer::Bind(_), _) => enrolment.say.clone(),
        (
            Answer::Extend(ExtendAnswer {
                starts_on: Some(first),
                ends_on: Some(last),
                granted: Some(granted),
            }),
            Verdict::Extend,
        ) => {
            let more = if *granted == 1 {
                "1 more replacement".to_owned()
            } else {
                format!("{granted} more replacements")
            };
            format!("PLUS CAN BE SOLD - {first} to {last}, {more}")
        }
        (Answer::Extend(_) | Answer::Return {}, Verdict::Refer) => {
            "ASK - a person with more rights decides".to_owned()
        }
        (Answer::Extend(_), _) => "PLUS CANNOT BE SOLD".to_owned(),
        (Answer::Return {}, Verdict::Return) => "THE PLAN CAN BE TAKEN BACK".to_owned(),
        (Answer::Return {}, _) => "THE PLAN CANNOT BE TAKEN BACK".to_owned(),
        (Answer::Claim(_), _) => String::new(),
    }
}

/// The windows that are open, each with how long it still is.
fn clocks(enrolment: &Enrolment, (now, room): (Now, usize)) -> Vec<Line> {
    let line = |open: &Open| {
        let closes = open.closes_at.as_deref().and_then(|at| parse_instant(at).ok());
        let (says, role) = match closes {
            Some(closes) if closes < now => {
                (format!("closed at {}: F5 decides again", closes.format("%H:%M")), Role::Bad)
            }
            _ => (Clock { criterion: open.criterion, closes }.words(now), Role::Plain),
        };
        let lines = hanging((open.criterion.as_str(), &says), 7, room.saturating_sub(5));
        lines.into_iter().map(move |line| (format!("     {line}"), role))
    };
    enrolment.clocks.iter().flat_map(line).collect()
}
