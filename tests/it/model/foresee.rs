//! What each act on a case does, or which guard refuses it, by the model's own rules.

use caredesk::domain::case::{Choice, Outcome, State};
use caredesk::domain::claim::{Channel, Owner};
use caredesk::domain::stock;
use chrono::{Duration, NaiveDate};

use super::act::{Act, Brought, PARTS, case_of};
use super::case::{Case, open};
use super::rule::{Open, decide, fee};
use super::shop::{QUOTE_DAYS, Shop, Taken};

/// Nothing, or the guard or field that refuses.
pub type Foreseen = Result<(), &'static str>;

pub const PRICE: i64 = 5_000;

pub fn when(right: bool, otherwise: &'static str) -> Foreseen {
    if right { Ok(()) } else { Err(otherwise) }
}

impl Shop {
    /// Foresees an act of a person, and does it where nothing refuses.
    pub fn foresee(&mut self, who: usize, act: &Act) -> Foreseen {
        self.step += 1;
        match act {
            Act::Nothing | Act::Onward(..) => return Ok(()),
            Act::Wait(minutes) => {
                self.now += Duration::minutes(*minutes);
                self.changed = self.step;
                return Ok(());
            }
            Act::Claims(plan, ordinal) => {
                self.claims(*plan, *ordinal);
                self.changed = self.step;
                return Ok(());
            }
            Act::Print(..) | Act::PrintDay(..) | Act::PrintList(..) => return self.print(act),
            _ => {}
        }
        when(self.closed.is_none_or(|day| self.today() > day), "day-closed")?;
        match (act, case_of(act)) {
            (Act::Record { .. }, _) => self.record(act)?,
            (_, None) => self.on_shelf(act)?,
            (_, Some(back)) => {
                let at = self.at(back).ok_or("no-such-case")?;
                self.on_case((who, at), act)?;
                self.cases[at].touched = self.step;
                self.paper_of_act(at, act);
            }
        }
        self.changed = self.step;
        Ok(())
    }

    fn record(&mut self, act: &Act) -> Foreseen {
        let Act::Record { serial, channel, said, .. } = act else { return Ok(()) };
        let serial = Self::serial(*serial).to_owned();
        when(!serial.starts_with("S-"), "serial")?;
        self.chain(&serial).ok_or("no-such-device")?;
        when(!self.open_on(&serial), "open-case")?;
        when(*said, "words-too-short")?;
        let offered = *channel != Channel::Online || self.is_under_the_first_edition(&serial);
        when(offered, "channel-not-offered")?;
        let plan = self.plan_of(&serial).cloned();
        self.cases.push(Case::recorded((serial, plan), (self.today(), self.step), act));
        self.decided(self.cases.len() - 1);
        Ok(())
    }

    fn on_case(&mut self, (who, at): (usize, usize), act: &Act) -> Foreseen {
        begins(&self.cases[at], act)?;
        match act {
            Act::Receive(_, unit, parts, owner) => {
                let unit = self.taken_in(at, *unit)?;
                let case = &mut self.cases[at];
                (case.on_unit, case.here) = (Some(unit), PARTS[*parts].to_vec());
                (case.owner, case.visit, case.state) = (owner.unwrap_or(case.owner), None, State::Received);
            }
            Act::Assess { cause, parts, owner, elsewhere, said, .. } => {
                when(*said, "finding")?;
                let case = &mut self.cases[at];
                let mut damaged = PARTS[*parts].to_vec();
                let handed_out = case.state == State::HandedOver;
                damaged.extend(case.parts.iter().filter(|part| handed_out && !PARTS[*parts].contains(part)));
                (case.cause, case.parts, case.elsewhere) = (*cause, damaged, *elsewhere);
                (case.owner, case.owed) = (owner.unwrap_or(case.owner), false);
                if case.state == State::Received {
                    case.state = State::Assessed;
                }
                self.decided(at);
            }
            Act::Choose { .. } => return self.choose((who, at), act),
            Act::ChangeMind(_) => {
                when(self.cases[at].net() == 0, "money-not-settled")?;
                self.supersede(at);
                self.cases[at].state = State::Assessed;
            }
            Act::Work(_) => {
                let case = &mut self.cases[at];
                when(case.outcome != Outcome::Replacement, "wrong-state")?;
                self.quote_stands(at)?;
                self.cases[at].state = State::InWork;
            }
            Act::Finish(_, said) => {
                when(*said, "result")?;
                self.cases[at].state = State::Ready;
            }
            Act::Hold(_, said) => {
                let case = &mut self.cases[at];
                when(!case.held, "wrong-state")?;
                when(*said, "reason")?;
                case.held = true;
            }
            Act::Unhold(_) => {
                when(self.cases[at].held, "wrong-state")?;
                self.cases[at].held = false;
            }
            _ => return self.beside((who, at), act),
        }
        Ok(())
    }

    /// Ends, money, parts, units and appointments.
    fn beside(&mut self, (who, at): (usize, usize), act: &Act) -> Foreseen {
        match act {
            Act::HandOver(_, unit) => self.hand_over(at, *unit)?,
            Act::Cancel(_, said) => {
                when(self.cases[at].net() == 0, "money-not-settled")?;
                let repair = matches!(self.cases[at].outcome, Outcome::PaidRepair | Outcome::WarrantyRepair);
                when(!(repair && self.cases[at].state == State::Ready), "wrong-state")?;
                when(*said, "reason")?;
                self.supersede(at);
                let case = &mut self.cases[at];
                (case.state, case.held, case.visit, case.cancelled_by) = (State::Cancelled, false, None, who);
            }
            Act::Close(_) => {
                let case = &mut self.cases[at];
                when(case.settled(), "money-not-settled")?;
                when(!case.owed, "assessment-owed")?;
                when(case.parts_owed().is_empty(), "parts-owed")?;
                (case.state, case.held, case.closed_by) = (State::Closed, false, who);
            }
            Act::Reopen(_, by, intake) => return self.reopen(at, *by, *intake),
            Act::Bring(_, parts) => return self.bring(at, PARTS[*parts]),
            Act::Waive(_, by) => {
                let owed = self.cases[at].parts_owed();
                when(!owed.is_empty(), "wrong-state")?;
                when(*by != who, "same-person")?;
                self.cases[at].let_go.extend(owed);
            }
            Act::Pay(_, amount, reason) => return self.pay(at, *amount, *reason),
            Act::Refund(_, amount, reason) => {
                let case = &mut self.cases[at];
                when(*amount > 0 && *amount <= case.net(), "amount")?;
                when(*reason, "reason")?;
                case.refunded += amount;
            }
            Act::Issue(_, units) => return self.issue((who, at), units),
            Act::Void(_, by, here) => return self.void(at, *by, *here),
            Act::Keep(unit, _) => return self.keep(at, *unit),
            Act::Book(..) | Act::MoveVisit(..) | Act::CancelVisit(_) | Act::NoShow(_) => {
                return self.visit(at, act);
            }
            _ => {}
        }
        Ok(())
    }

    fn taken_in(&self, at: usize, what: Brought) -> Result<String, &'static str> {
        let case = &self.cases[at];
        let unit = self.brought(case, what);
        let newest = self.brought(case, Brought::Newest);
        let plan_is_there = self.plan_of(&case.serial).is_some_and(|plan| self.plans[plan].bound == newest);
        let known = unit == "illegible" || unit == case.serial || (unit == newest && plan_is_there);
        if known { Ok(unit) } else { Err("other-serial") }
    }

    fn hand_over(&mut self, at: usize, what: Brought) -> Foreseen {
        let case = &self.cases[at];
        if !case.settled() {
            let untouched = case.due() > Some(0) && case.net() == 0 && case.waived == 0;
            return Err(if untouched { "fee-unpaid" } else { "money-not-settled" });
        }
        let (unit, ours) = (self.brought(case, what), case.on_unit.clone().unwrap());
        when(unit == ours || ours == "illegible" && unit == case.serial, "other-serial")?;
        self.cases[at].state = State::HandedOver;
        Ok(())
    }

    /// Fee, outcome, reservation and kept units go.
    fn supersede(&mut self, at: usize) {
        let case = &mut self.cases[at];
        case.superseded();
        if let Some(slot) = case.slot.take() {
            self.slots.get_mut(&slot).unwrap().here = None;
        }
        self.free_kept(at);
    }

    /// Units that were kept for a case stand on the shelf again.
    pub fn free_kept(&mut self, at: usize) {
        for unit in self.units.values_mut() {
            if unit.state == stock::State::Reserved && unit.case == Some(at) {
                (unit.state, unit.case) = (stock::State::InStock, None);
            }
        }
    }

    fn choose(&mut self, (who, at): (usize, usize), act: &Act) -> Foreseen {
        let Act::Choose { choice, price, reason, owner, by, .. } = act else { return Ok(()) };
        let case = &self.cases[at];
        let early = case.state == State::Received;
        when(!(early || case.owed) || *choice == Choice::Replacement, "wrong-state")?;
        let owner = owner.unwrap_or(case.owner);
        let answer = decide(self, at, owner);
        let (mut fee_now, mut slot, mut decided) = (None, None, None);
        match choice {
            Choice::Replacement => {
                if let (Open::Ask, Some(by)) = (answer.replacement(), by) {
                    when(owner != Owner::Unverified, "owner-not-seen")?;
                    when(*by != who, "same-person")?;
                    when(*reason, "reason")?;
                    decided = Some(answer.asks.clone());
                } else {
                    answer.refuses()?;
                }
                let (number, next) = answer.source.clone().unwrap();
                let next = (number, next.unwrap());
                fee_now = fee(self.device(&case.serial).1, (&next.0, next.1));
                slot = Some(next);
            }
            Choice::PaidRepair => {
                when(answer.paid, "remedy-closed")?;
                when(*price, "price")?;
                fee_now = Some(PRICE);
            }
            Choice::WarrantyRepair => match answer.warranty {
                Open::Yes => {}
                Open::Ask => return Err("refer"),
                Open::No => return Err("remedy-closed"),
            },
            Choice::ReturnUnrepaired | Choice::NoFault => when(*reason, "reason")?,
        }
        if let Some(slot) = &slot {
            self.slots.get_mut(slot).unwrap().here = Some(Taken::Reserved(at));
        }
        let plan = self.plan_of(&self.cases[at].serial).cloned();
        let today = self.today();
        let case = &mut self.cases[at];
        (case.quoted, case.refused) = (Some(today), answer.replacement() == Open::No);
        case.owed |= early;
        (case.owner, case.plan, case.slot, case.fee, case.decided) = (owner, plan, slot, fee_now, decided);
        (case.outcome, case.state) = outcome(*choice);
        Ok(())
    }

    fn pay(&mut self, at: usize, amount: Option<i64>, reason: bool) -> Foreseen {
        let case = &self.cases[at];
        when(case.costs(), "wrong-state")?;
        if case.state == State::Chosen {
            self.quote_stands(at)?;
        }
        let case = &mut self.cases[at];
        let Some(due) = case.due() else {
            let amount = amount.filter(|_| reason).ok_or("fee-unknown")?;
            (case.fee, case.paid) = (Some(amount), case.paid + amount);
            // What was paid and not given back before is no part of the new fee.
            return Ok(());
        };
        when(due > 0, "wrong-state")?;
        let amount = amount.unwrap_or(due);
        when(amount == due || reason, "fee-unpaid")?;
        case.paid += amount;
        case.waived += (due - amount).max(0);
        case.fee = case.fee.map(|fee| fee + (amount - due).max(0));
        Ok(())
    }

    /// Keeps whether the replacement is closed by what is claimed now.
    fn decided(&mut self, at: usize) {
        self.cases[at].refused = decide(self, at, self.cases[at].owner).replacement() == Open::No;
    }

    /// The last day of a case's price; none where it costs nothing, or for ever.
    pub fn price_until(&self, at: usize) -> Option<NaiveDate> {
        let case = &self.cases[at];
        let told = case.quoted.filter(|_| case.costs() && self.is_under_the_first_edition(&case.serial))?;
        Some(told + Duration::days(QUOTE_DAYS))
    }

    pub fn quote_stands(&self, at: usize) -> Foreseen {
        when(self.price_until(at).is_none_or(|last| self.today() <= last), "wrong-state")
    }

    fn reopen(&mut self, at: usize, by: usize, intake: Option<(Brought, usize)>) -> Foreseen {
        let case = &self.cases[at];
        let closed = case.state == State::Closed;
        when(by != if closed { case.closed_by } else { case.cancelled_by }, "same-person")?;
        when(!self.open_on(&case.serial), "open-case")?;
        if closed {
            when(intake.is_none(), "wrong-state")?;
            self.cases[at].state = State::HandedOver;
            return Ok(());
        }
        let (unit, here) = match intake {
            None => (None, Vec::new()),
            Some((unit, parts)) => (Some(self.taken_in(at, unit)?), PARTS[parts].to_vec()),
        };
        let case = &mut self.cases[at];
        case.state = if unit.is_some() { State::Received } else { State::Recorded };
        if unit.is_some() {
            case.owner = Owner::Unverified;
        }
        (case.on_unit, case.here, case.owed) = (unit, here, false);
        Ok(())
    }
}

const fn outcome(choice: Choice) -> (Outcome, State) {
    match choice {
        Choice::Replacement => (Outcome::Replacement, State::Chosen),
        Choice::PaidRepair => (Outcome::PaidRepair, State::Chosen),
        Choice::WarrantyRepair => (Outcome::WarrantyRepair, State::Chosen),
        Choice::ReturnUnrepaired => (Outcome::ReturnUnrepaired, State::Ready),
        Choice::NoFault => (Outcome::NoFault, State::Ready),
    }
}

/// Refuses an act in a state in which it does not begin.
fn begins(case: &Case, act: &Act) -> Foreseen {
    use State::{Assessed, Cancelled, Chosen, Closed, HandedOver, InWork, Ready, Received, Recorded};
    let states: &[State] = match act {
        Act::Assess { .. } if case.owed => return when(open(case.state), "wrong-state"),
        Act::Choose { .. } if case.quick() && case.state == Received => return Ok(()),
        Act::Hold(..) | Act::Unhold(_) => return when(open(case.state), "wrong-state"),
        Act::Receive(..) | Act::Book(..) | Act::MoveVisit(..) | Act::CancelVisit(_) | Act::NoShow(_) => {
            &[Recorded]
        }
        Act::Assess { .. } => &[Received],
        Act::Choose { .. } => &[Assessed],
        Act::ChangeMind(_) | Act::Work(_) | Act::Issue(..) | Act::Keep(..) => &[Chosen],
        Act::Pay(..) | Act::Refund(..) => &[Chosen, InWork, Ready, HandedOver],
        Act::Finish(..) => &[InWork],
        Act::Tell(_) | Act::HandOver(..) => &[Ready],
        Act::Close(_) | Act::Void(..) => &[HandedOver],
        Act::Cancel(..) => &[Recorded, Received, Assessed, Chosen, Ready],
        Act::Reopen(..) => &[Closed, Cancelled],
        Act::Bring(..) | Act::Waive(..) => &[Received, Assessed, Chosen, HandedOver],
        _ => return Ok(()),
    };
    when(states.contains(&case.state), "wrong-state")
}
