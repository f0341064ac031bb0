//! What would bring a case on, so that most walks reach the end of a case's life.

use caredesk::desk::print::Kind;
use caredesk::domain::case::{Choice, Outcome, State};
use caredesk::domain::claim::{Cause, Channel, Owner};
use caredesk::domain::product::Condition;
use caredesk::domain::stock;

use super::act::{Act, Back, Brought, PARTS, Way};
use super::case::Case;
use super::rule::{Open, decide};
use super::shop::{NEW, NUMBERS, Shop, UNITS, sold_here};

/// The next sensible act on a case; a new case when it has ended, or there is none.
pub fn onward(shop: &Shop, (back, pick): (Back, u8), who: usize) -> Act {
    let Some(at) = shop.at(back).filter(|_| back < shop.cases.len()) else { return record(shop, pick) };
    let case = &shop.cases[at];
    let set = PARTS.iter().position(|set| *set == case.parts).unwrap_or(0);
    // More often than not it is found to be what the customer said.
    let found = if pick % 3 > 0 { case.cause } else { Cause::Accident };
    match case.state {
        // Now and then a step is left out, which a guard must notice.
        State::Ready if pick.is_multiple_of(3) => Act::HandOver(back, brought(case)),
        State::HandedOver if pick % 4 == 1 => Act::Close(back),
        // What no plan replaces stays at home.
        State::Recorded => Act::Receive(back, Brought::Newest, [0, 1, 2, 3, 4, 6, 6][set], Some(Owner::Same)),
        State::Received if case.quick() && pick % 3 > 0 => choose(back, (Choice::Replacement, who)),
        State::Received => assess(back, (found, set)),
        State::Assessed => choose(back, (choice(shop, at, pick), who)),
        // A price that ran out is told again.
        State::Chosen if shop.quote_stands(at).is_err() && pick.is_multiple_of(2) => renew(case, back),
        State::Chosen if case.outcome == Outcome::Replacement => hand_out(shop, (back, at), pick),
        State::Chosen => Act::Work(back),
        State::InWork => Act::Finish(back, true),
        State::Ready => settle(case, back).unwrap_or(Act::HandOver(back, brought(case))),
        State::HandedOver if pick.is_multiple_of(4) => {
            Act::Void(back, case.hand_out.as_ref().map_or(0, |it| 1 - it.who), pick > 99)
        }
        State::HandedOver if case.owed => assess(back, (found, set)),
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
    let device = [0, 1, 2, 0, 1, 2, 0, 1, 2, 3, 4, 5, 6, 7][usize::from(pick % 14)];
    let (serial, parts) = (shop.newest(device), [0, 1, 2, 3, 5][usize::from(pick / 5) % 5]);
    let free = (0..NUMBERS).find(|number| !shop.plans.contains_key(&sold_here(*number)));
    let new = NEW.iter().any(|new| new.0 == device) && shop.plan_of(Shop::serial(serial)).is_none();
    if let Some(number) = free.filter(|_| new && pick > 63) {
        return Act::Bind { serial, condition: Condition::Sealed, damaged: false, number };
    }
    let channel =
        [Channel::Quick, Channel::Swift, Channel::Quick, Channel::Online][usize::from(pick / 14) % 4];
    Act::Record { serial, cause: cause(pick), parts, owner: Owner::Same, channel, said: true, ago: 0 }
}

/// Mostly one that a plan covers.
fn cause(pick: u8) -> Cause {
    match pick % 8 {
        0 => Cause::Water,
        1 => Cause::NormalUse,
        2 => Cause::ALL[usize::from(pick / 8) % Cause::ALL.len()],
        _ => Cause::Accident,
    }
}

fn assess(back: Back, (cause, parts): (Cause, usize)) -> Act {
    let (owner, elsewhere) = (Some(Owner::Same), false);
    Act::Assess { case: back, cause, parts, owner, elsewhere, said: true }
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

/// What happens beside the next act: before it a day or two go by, or after it something is printed.
pub fn beside(shop: &Shop, (back, pick): (Back, u8)) -> (Act, Act) {
    let Some(at) = shop.at(back).filter(|_| back < shop.cases.len()) else {
        return (Act::Nothing, Act::Nothing);
    };
    let before = match (shop.cases[at].state, pick % 10) {
        (State::Chosen, 1) => Act::Wait(2_880),
        (State::Chosen, 6) => Act::Wait(1_440),
        _ => Act::Nothing,
    };
    (
        before,
        if pick % 8 == 7 || pick % 4 == 3 && shop.cases[at].state == State::HandedOver {
            print(shop, (back, at), pick)
        } else {
            Act::Nothing
        },
    )
}

/// A paper that the case can have, or the newest packing list.
fn print(shop: &Shop, (back, at): (Back, usize), pick: u8) -> Act {
    let way = if pick.is_multiple_of(2) { Way::AtOnce } else { Way::ThroughThePrinter };
    if let Some(list) = shop.lists.len().checked_sub(1).filter(|_| pick > 200) {
        return Act::PrintList(list, way);
    }
    let kinds: Vec<&Kind> = Kind::ALL.iter().filter(|kind| shop.prints(at, **kind).is_ok()).collect();
    match kinds.get(usize::from(pick / 8) % kinds.len().max(1)) {
        Some(kind) => Act::Print(back, **kind, way),
        None => Act::PrintDay(0, way),
    }
}

fn renew(case: &Case, back: Back) -> Act {
    if case.net() > 0 { Act::Refund(back, case.net(), true) } else { Act::ChangeMind(back) }
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
