//! Binding a plan to a product: what must hold in any case, then the first of the five criteria.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::domain::clause::Clause::{
    self, C6, C10, C11, C11a, C11b, C11c, C11d, C11e, C12, C13, C14, C18, C19, C26,
};
use crate::domain::decision::windows::{closes_at, within};
use crate::domain::decision::{Answer, BindAnswer, Finding, Outcome, Rule, Verdict};
use crate::domain::edition::{HandheldClock, Rebind};
use crate::domain::facts::{Bind, Question, Repairer, VideoState, activated_on};
use crate::domain::plan::Term;
use crate::domain::product::{Activation, Condition, Kind};
use crate::domain::region::Standing;

/// What one criterion says.
enum Criterion {
    Holds(String),
    Asks(String),
    Not(String),
}

pub(super) fn decide(question: &Question<'_>, bind: &Bind) -> (Verdict, Answer, Vec<Finding>) {
    let mut findings = gates(question, bind);
    let refused = findings.iter().any(|finding| finding.outcome == Outcome::Fail);
    let gate_asks = findings.iter().any(|finding| finding.outcome == Outcome::Ask);

    let (criterion, criterion_asks, tried) = criteria(question, bind);
    findings.extend(tried);
    if bind.damaged {
        findings.push(Finding::ask(
            Rule::Damage,
            &[C6],
            "The unit has known damage: ask before a plan is bound.",
        ));
    } else {
        findings.push(Finding::pass(Rule::Damage, &[C6], "No damage is known."));
    }
    let asks = gate_asks || bind.damaged;
    let verdict = match (refused, criterion) {
        (false, Some(_)) if asks => Verdict::Refer,
        (false, Some(_)) => Verdict::Bind,
        (false, None) if criterion_asks => Verdict::Refer,
        (true, _) | (false, None) => Verdict::NoBind,
    };
    let term = Term::of(bind.day, None, &question.edition.settings.term);
    let bound = verdict == Verdict::Bind;
    let aircraft = question.device.model.kind == Some(Kind::Aircraft);
    let answer = BindAnswer {
        criterion: criterion.filter(|_| bound),
        starts_on: bound.then_some(term.first),
        ends_on: bound.then_some(term.last),
        video_route: verdict == Verdict::NoBind && !refused && !asks && aircraft,
    };
    (verdict, Answer::Bind(answer), findings)
}

/// What must hold whatever the criterion.
fn gates(question: &Question<'_>, bind: &Bind) -> Vec<Finding> {
    let device = &question.device;
    let model = device.model;
    let mut findings = vec![Finding::pass(Rule::Serial, &[C19], format!("The serial is {}.", device.serial))];
    findings.push(match bind.region.standing() {
        Standing::Listed(_) => {
            Finding::pass(Rule::Region, &[C13], format!("Plans are offered in {}.", bind.region))
        }
        Standing::Unlisted => {
            Finding::fail(Rule::Region, &[C13], format!("Plans are not offered in {}.", bind.region))
        }
    });
    findings.push(match device.purchase_region {
        None => Finding::ask(
            Rule::SameRegion,
            &[C10],
            "Where the product was bought is not known: ask for the receipt.",
        ),
        Some(region) if region == bind.region => {
            Finding::pass(Rule::SameRegion, &[C10], format!("Plan and product are both from {region}."))
        }
        Some(region) => {
            let say = format!("The product was bought in {region}, the plan in {}.", bind.region);
            Finding::fail(Rule::SameRegion, &[C10], say)
        }
    });
    findings.push(if model.has_plan() {
        Finding::pass(Rule::Model, &[C14], format!("{} has a plan of its own.", model.name))
    } else {
        Finding::fail(Rule::Model, &[C14], format!("The programme has no plan for {}.", model.name))
    });
    findings.push(rebind(question, bind));
    findings
}

fn rebind(question: &Question<'_>, bind: &Bind) -> Finding {
    if let Some(new) = &question.device.replaced_by {
        let say = format!("This serial was replaced by {new}; it can carry no plan.");
        return Finding::fail(Rule::Rebind, &[C18, C26], say);
    }
    let Some(plan) = &question.plan else {
        return Finding::pass(Rule::Rebind, &[C18], "No plan is or was on this serial.");
    };
    let over = plan.returned_by(bind.day) || bind.day > plan.covered().last;
    match question.edition.settings.bind.rebind {
        Rebind::AfterEnd if over => {
            Finding::pass(Rule::Rebind, &[C18], format!("The earlier plan {} has ended.", plan.number))
        }
        Rebind::AfterEnd | Rebind::Never => {
            Finding::fail(Rule::Rebind, &[C18], format!("This serial has or had plan {}.", plan.number))
        }
    }
}

/// A criterion's rule, its clauses (the criterion's own first) and the question it asks.
type Step = (Rule, &'static [Clause], fn(&Question<'_>, &Bind) -> Criterion);

/// The first criterion that holds, whether any must be asked about, and a finding for each one tried.
fn criteria(question: &Question<'_>, bind: &Bind) -> (Option<Clause>, bool, Vec<Finding>) {
    let steps: [Step; 5] = [
        (Rule::New, &[C11a], new),
        (Rule::Activation, &[C11b], activation),
        (Rule::Handheld, &[C11c], handheld),
        (Rule::Invitation, &[C11d], invitation),
        (Rule::Video, &[C11e, C12], video),
    ];
    let mut findings = Vec::new();
    for (rule, clauses, step) in steps {
        match step(question, bind) {
            Criterion::Holds(say) => {
                // Once one holds, the others stand against nothing.
                for earlier in &mut findings {
                    let earlier: &mut Finding = earlier;
                    earlier.outcome = Outcome::Note;
                }
                findings.push(Finding::pass(rule, clauses, say));
                return (clauses.first().copied(), false, findings);
            }
            Criterion::Asks(say) => findings.push(Finding::ask(rule, clauses, say)),
            Criterion::Not(say) => findings.push(Finding::fail(rule, clauses, say)),
        }
    }
    let asks = findings.iter().any(|finding| finding.outcome == Outcome::Ask);
    if !asks {
        findings.push(Finding::fail(
            Rule::Activation,
            &[C11],
            "None of the five ways to bind a plan is open.",
        ));
    }
    (None, asks, findings)
}

fn new(question: &Question<'_>, _: &Bind) -> Criterion {
    let device = &question.device;
    match (device.activation, device.condition) {
        (Activation::Never, Condition::Sealed) => {
            Criterion::Holds("Brand new, sealed and not activated.".to_owned())
        }
        (Activation::Never, Condition::Opened) => {
            Criterion::Asks("Opened but not activated: ask whether it counts as brand new.".to_owned())
        }
        (Activation::Never, Condition::Unknown) => {
            Criterion::Asks("Not activated; whether it is still sealed is not known.".to_owned())
        }
        (Activation::Unknown, _) => {
            Criterion::Asks("Whether and when it was activated is not known.".to_owned())
        }
        (Activation::On(_) | Activation::At(_), _) => Criterion::Not("It was activated.".to_owned()),
    }
}

fn activation(question: &Question<'_>, bind: &Bind) -> Criterion {
    let rules = &question.edition.settings.bind;
    let hours = rules.activation_hours;
    match (question.device.model.kind, question.device.activation) {
        (Some(Kind::Handheld) | None, _) => {
            Criterion::Not(format!("The {hours}-hour window is for aircraft and gimbals."))
        }
        (_, Activation::Unknown | Activation::Never) => Criterion::Not("No activation is known.".to_owned()),
        (_, Activation::At(activated)) => hours_from(activated, hours, bind).criterion("Activated", ""),
        (_, Activation::On(day)) => {
            let limits = rules.date_only;
            bare_day(day, bind.day, (limits.inside_days, limits.refer_days))
        }
    }
}

/// A window in hours as it stands at the moment of binding.
struct Hours {
    open: bool,
    length: u32,
    from: String,
    to: String,
}

/// The window that opened at `opened`, told by the clock of the counter, whatever offset it was written in.
fn hours_from(opened: DateTime<FixedOffset>, hours: u32, bind: &Bind) -> Hours {
    let show = |at: DateTime<FixedOffset>| {
        at.with_timezone(bind.at.offset()).format("%Y-%m-%d %H:%M:%S").to_string()
    };
    let to = closes_at(opened, hours).map_or_else(|| "never".to_owned(), show);
    Hours { open: within(opened, hours, bind.at), length: hours, from: show(opened), to }
}

impl Hours {
    fn criterion(self, what: &str, how: &str) -> Criterion {
        let Self { open, length, from, to } = self;
        if open {
            return Criterion::Holds(format!("{what} {from}{how}; the {length} hours end {to}."));
        }
        Criterion::Not(format!("{what} {from}{how}; the {length} hours run only from then to {to}."))
    }
}

/// A window whose opening is known as a bare day (setting `bind.date_only`).
fn bare_day(activated: NaiveDate, bound: NaiveDate, (inside, refer): (u32, u32)) -> Criterion {
    let days = (bound - activated).num_days();
    if days <= i64::from(inside) {
        Criterion::Holds(format!("Activated on {activated}, so within the window."))
    } else if days <= i64::from(refer) {
        Criterion::Asks(format!("Activated on {activated}, the hour is not known: ask for it."))
    } else {
        Criterion::Not(format!("Activated on {activated}, so the window has closed."))
    }
}

fn handheld(question: &Question<'_>, bind: &Bind) -> Criterion {
    let rules = &question.edition.settings.bind;
    let days = rules.handheld_window_days;
    let device = &question.device;
    if device.model.kind != Some(Kind::Handheld) {
        return Criterion::Not(format!("The {days}-day window is for handhelds."));
    }
    let rule = question.edition.settings.clock_day;
    let Some(activated) = activated_on(device.activation, bind.at, rule) else {
        return Criterion::Not("No activation is known.".to_owned());
    };
    match (rules.handheld_days, device.activation) {
        (HandheldClock::Elapsed, Activation::At(at)) if within(at, days * 24, bind.at) => {
            Criterion::Holds(format!("Activated on {activated}, within {days} days of 24 hours."))
        }
        (HandheldClock::Elapsed, Activation::At(_)) => {
            Criterion::Not(format!("Activated on {activated}, more than {days} days of 24 hours ago."))
        }
        (HandheldClock::Elapsed, _) => bare_day(activated, bind.day, (days.saturating_sub(1), days)),
        (HandheldClock::Calendar, _) if (bind.day - activated).num_days() <= i64::from(days) => {
            Criterion::Holds(format!("Activated on {activated}, within {days} days."))
        }
        (HandheldClock::Calendar, _) => {
            Criterion::Not(format!("Activated on {activated}, more than {days} days ago."))
        }
    }
}

fn invitation(question: &Question<'_>, bind: &Bind) -> Criterion {
    let hours = question.edition.settings.bind.invitation_hours;
    match (bind.notices.repaired_by, bind.notices.invited_at) {
        (Some(Repairer::Official), Some(invited)) => {
            hours_from(invited, hours, bind).criterion("Invited", " after an official repair")
        }
        (Some(Repairer::Other), _) => {
            Criterion::Not("Not repaired in an official service centre.".to_owned())
        }
        (Some(Repairer::Official), None) | (None, _) => {
            Criterion::Not("No invitation after an official repair is known.".to_owned())
        }
    }
}

fn video(question: &Question<'_>, bind: &Bind) -> Criterion {
    let hours = question.edition.settings.bind.approval_hours;
    if question.device.model.kind != Some(Kind::Aircraft) {
        return Criterion::Not("Video verification is for aircraft.".to_owned());
    }
    match bind.notices.video {
        Some((VideoState::Approved, Some(notice))) => {
            hours_from(notice, hours, bind).criterion("Approved", " by video verification")
        }
        Some((VideoState::Approved, None)) => {
            Criterion::Not("The time of the approval is not known.".to_owned())
        }
        Some((VideoState::Pending, _)) => Criterion::Not("Video verification is still pending.".to_owned()),
        Some((VideoState::Rejected, _)) => Criterion::Not("Video verification was rejected.".to_owned()),
        None => Criterion::Not("No video verification.".to_owned()),
    }
}
