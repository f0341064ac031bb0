//! Whether a plan can still be bound to a device that has none, as its card says it.

use crate::desk::enrol::{Unit, bindable};
use crate::desk::ground::Ground;
use crate::desk::{Failure, Shop};
use crate::domain::decision::{Decision, Outcome, Rule, Verdict, decide};
use crate::domain::facts::Facts;
use crate::repository::Tx;

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
    let desk = (facts.desk.region.as_str(), facts.desk.at);
    let unit = Unit::of(&ground.device.serial);
    let asked = bindable::facts(tx, ground, (&shop.editions, desk), &unit)?;
    // An activation that lies ahead is a mistake in the record, which the card shows as it is.
    let Ok(question) = asked.check(&shop.editions) else { return Ok(None) };
    let decision = decide(&question);
    let says = reason(&decision);
    Ok(Some(Binding { verdict: decision.verdict, says }))
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
