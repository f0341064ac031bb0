//! What would bring a case on, so that most walks reach the end of a case's life.

use caredesk::domain::case::{Choice, Outcome, State};
use caredesk::domain::claim::{Cause, Owner};
use caredesk::domain::stock;

use super::act::{Act, Back, Brought, PARTS};
use super::rule::{Open, decide};
use super::shop::{Case, Shop, UNITS};

/// The next sensible act on a case; a new case when it has ended, or there is none.
pub fn onward(shop: &Shop, (back, pick): (Back, u8), who: usize) -> Act {
    let Some(at) = shop.at(back).filter(|_| back < shop.cases.len()) else { return record(shop, pick) };
    let case = &shop.cases[at];
    let set = PARTS.iter().position(|set| *set == case.parts).unwrap_or(0);
    match case.state {
        // Now and then a step is left out, which a guard must notice.
        State::Ready if pick.is_multiple_of(3) => Act::HandOver(back, brought(case)),
        State::HandedOver if pick % 4 == 1 => Act::Close(back),
        State::Recorded => Act::Receive(back, Brought::Newest, set, Some(Owner::Same)),
        State::Received if case.quick && pick % 3 > 0 => choose(back, (Choice::Replacement, who)),
        State::Received => assess(back, set),
        State::Assessed => choose(back, (choice(shop, at, pick), who)),
        State::Chosen if case.outcome == Outcome::Replacement => hand_out(shop, (back, at), pick),
        State::Chosen => Act::Work(back),
        State::InWork => Act::Finish(back, true),
        State::Ready => settle(case, back).unwrap_or(Act::HandOver(back, brought(case))),
        State::HandedOver if pick.is_multiple_of(4) => {
            Act::Void(back, case.hand_out.as_ref().map_or(0, |it| 1 - it.who), pick > 99)
        }
        State::HandedOver if case.owed => assess(back, set),
        State::HandedOver if !case.parts_owed().is_empty() => Act::Bring(back, set),
        State::HandedOver => settle(case, back).unwrap_or(Act::Close(back)),
        State::Closed | State::Cancelled if pick.is_multiple_of(4) => {
            let cancelled = case.state == State::Cancelled;
            let by = 1 - if cancelled { case.cancelled_by } else { case.closed_by };
            Act::Reopen(back, by, (cancelled && pick > 99).then_some((Brought::Own, set)))
        }
        State::Closed | State::Cancelled => record(shop, pick),
    }
}

/// A case on the newest serial of a chain; more often on one that a plan covers.
fn record(shop: &Shop, pick: u8) -> Act {
    let device = [0, 1, 2, 0, 1, 2, 3, 4, 5][usize::from(pick % 9)];
    let (serial, parts) = (shop.newest(device), usize::from(pick / 9) % 4);
    let quick = pick > 127;
    Act::Record { serial, cause: Cause::Accident, parts, owner: Owner::Same, quick, said: true, ago: 0 }
}

fn assess(case: Back, parts: usize) -> Act {
    let (owner, elsewhere) = (Some(Owner::Same), false);
    Act::Assess { case, cause: Cause::Accident, parts, owner, elsewhere, said: true }
}

fn choose(case: Back, (choice, who): (Choice, usize)) -> Act {
    let (owner, by) = (Some(Owner::Same), Some(1 - who));
    Act::Choose { case, choice, price: true, reason: true, owner, by }
}

fn choice(shop: &Shop, at: usize, pick: u8) -> Choice {
    match pick % 8 {
        _ if decide(shop, at, Owner::Same).replacement() == Open::No => Choice::PaidRepair,
        0 => Choice::PaidRepair,
        1 => Choice::WarrantyRepair,
        2 => Choice::ReturnUnrepaired,
        _ => Choice::Replacement,
    }
}

fn settle(case: &Case, back: Back) -> Option<Act> {
    match case.due() {
        Some(due) if due < 0 => Some(Act::Refund(back, -due, true)),
        Some(due) if due > 0 => Some(Act::Pay(back, None, true)),
        Some(_) | None => None,
    }
}

fn brought(case: &Case) -> Brought {
    match case.on_unit.as_deref() {
        Some("illegible") => Brought::Illegible,
        Some(unit) if unit == case.serial => Brought::Own,
        _ => Brought::Newest,
    }
}

fn hand_out(shop: &Shop, (back, at): (Back, usize), pick: u8) -> Act {
    let case = &shop.cases[at];
    let too_soon = pick.is_multiple_of(5);
    if case.fee.is_none() && !too_soon {
        return Act::Pay(back, Some(7_900), true);
    }
    if let Some(money) = settle(case, back).filter(|_| !too_soon) {
        return money;
    }
    let model = shop.device(&case.serial).1;
    let fits = |part: &str| {
        UNITS.iter().position(|unit| {
            shop.units.get(unit[0]).is_some_and(|it| {
                let free = it.state == stock::State::InStock
                    || it.state == stock::State::Reserved && it.case == Some(at);
                it.model == model && it.part == part && free && !shop.customers.contains(unit[0])
            })
        })
    };
    let whole = || fits("aircraft").into_iter().collect();
    let parts: Option<Vec<usize>> = case.listed().into_iter().map(fits).collect();
    let units = if pick.is_multiple_of(2) { whole() } else { parts.unwrap_or_else(whole) };
    Act::Issue(back, units)
}
