//! Whether a plan can still be bound to a device that has none, as its card says it.

use crate::desk::ground::Ground;
use crate::desk::{Failure, Shop};
use crate::domain::day::parse_instant;
use crate::domain::decision::{Decision, Outcome, Rule, Verdict, decide};
use crate::domain::facts::{Ask, BindFacts, Facts, Repairer, VideoFacts, VideoState};
use crate::repository::{Tx, device};

/// What binding a plan now would come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// Bind, no-bind or refer.
    pub verdict: Verdict,
    /// The finding that decides it, with the end of its window where it has one.
    pub says: String,
}

/// What binding a plan now would come to; none for a device that has one, was replaced, or cannot be asked
/// about.
pub(super) fn binding(
    tx: &Tx<'_>,
    (shop, ground, facts): (&Shop, &Ground, &Facts),
) -> Result<Option<Binding>, Failure> {
    if ground.plan.is_some() || ground.chain.len() > 1 {
        return Ok(None);
    }
    let bind = bind_facts(tx, ground, facts)?;
    let asked = Facts { ask: Ask::Bind, claim: None, bind: Some(bind), ..facts.clone() };
    // An activation that lies ahead is a mistake in the record, which the card shows as it is.
    let Ok(question) = asked.check(&shop.editions) else { return Ok(None) };
    let decision = decide(&question);
    let says = reason(&decision);
    Ok(Some(Binding { verdict: decision.verdict, says }))
}

fn bind_facts(tx: &Tx<'_>, ground: &Ground, facts: &Facts) -> Result<BindFacts, Failure> {
    let notices = device::notices(tx, &ground.device.serial)?;
    let invited = notices.iter().rev().find(|(kind, _)| kind == "repair-invitation");
    let invited = invited.and_then(|(_, at)| parse_instant(at).ok());
    let video = notices.iter().rev().find_map(|(kind, at)| {
        let state = match kind.strip_prefix("video-")? {
            "approved" => VideoState::Approved,
            "rejected" => VideoState::Rejected,
            _ => VideoState::Pending,
        };
        Some(VideoFacts { state, notice_at: parse_instant(at).ok() })
    });
    Ok(BindFacts {
        at: None,
        region: facts.desk.region,
        repaired_by: invited.map(|_| Repairer::Official),
        repair_invitation_at: invited,
        video,
        damaged: None,
    })
}

/// The sentence that decides it: the way that is open, what must be asked, or what is closed.
fn reason(decision: &Decision) -> String {
    let ways = [Rule::New, Rule::Activation, Rule::Handheld, Rule::Invitation, Rule::Video];
    let found = decision.findings.iter();
    let first = match decision.verdict {
        Verdict::Bind => found.clone().find(|one| one.outcome == Outcome::Pass && ways.contains(&one.rule)),
        Verdict::Refer => found.clone().find(|one| one.outcome == Outcome::Ask),
        _ => {
            let gate = found.clone().find(|one| one.outcome == Outcome::Fail && !ways.contains(&one.rule));
            // Of the ways, the one whose window has closed says most.
            let closed = |one: &&_| is_closed(one);
            gate.or_else(|| found.clone().find(closed))
                .or_else(|| found.clone().find(|one| one.outcome == Outcome::Fail))
        }
    };
    first.map_or_else(String::new, |one| one.say.trim_end_matches('.').to_owned())
}

fn is_closed(one: &crate::domain::decision::Finding) -> bool {
    let begins = ["Activated", "Invited", "Approved"];
    one.outcome == Outcome::Fail && begins.iter().any(|word| one.say.starts_with(word))
}
