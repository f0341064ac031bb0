//! What acts do to units, plans, appointments and the day.

use caredesk::domain::case::{Outcome, State};
use caredesk::domain::stock;
use chrono::{Datelike, Duration, NaiveTime, Weekday};

use super::act::Act;
use super::case::{Case, HandOut};
use super::foresee::{Foreseen, when};
use super::rule::decide;
use super::shop::{Old, PLACES, Shop, Taken, UNITS};

impl Shop {
    pub fn on_shelf(&mut self, act: &Act) -> Foreseen {
        match act {
            Act::StockUp(unit) => self.stock_up(*unit),
            Act::Count(place, units) => {
                self.count(PLACES[*place], units);
                Ok(())
            }
            Act::SetAside(unit, said) => {
                use stock::State::{InStock, Missing};
                let unit = self.unit_in(*unit, &[InStock, Missing])?;
                when(*said, "reason")?;
                self.units.get_mut(unit).unwrap().state = stock::State::Quarantine;
                Ok(())
            }
            Act::Find(unit, said) => {
                let serial = self.unit_in(*unit, &[stock::State::Missing, stock::State::Quarantine])?;
                when(!self.customers.contains(serial), "serial-bound-before")?;
                let unit = self.units.get_mut(serial).unwrap();
                when(*said || unit.state == stock::State::Missing, "reason")?;
                (unit.state, unit.case) = (stock::State::InStock, None);
                Ok(())
            }
            Act::Ship(serials) => self.ship(serials),
            Act::ShipAll => self.ship_all(),
            Act::Free(unit) => {
                let serial = self.unit_in(*unit, &[stock::State::Reserved])?;
                let unit = self.units.get_mut(serial).unwrap();
                (unit.state, unit.case) = (stock::State::InStock, None);
                Ok(())
            }
            Act::Extend(plan, number) => self.extend(*plan, *number),
            Act::Return(plan, goes) => self.give_back(*plan, *goes),
            Act::Bind { .. } => self.bind(act),
            Act::Notice(serial, kind) => {
                let serial = Self::serial(*serial);
                when(!serial.starts_with("S-"), "serial")?;
                self.chain(serial).ok_or("no-such-device")?;
                when(self.notices.insert((serial.to_owned(), *kind, self.now)), "issued_at")
            }
            Act::CloseDay(ago, said) => self.close_day(*ago, *said),
            _ => Ok(()),
        }
    }

    fn unit_in(&self, at: usize, states: &[stock::State]) -> Result<&'static str, &'static str> {
        let serial = UNITS[at][0];
        let unit = self.units.get(serial).ok_or("unit-unknown")?;
        if states.contains(&unit.state) { Ok(serial) } else { Err("unit-not-in-stock") }
    }

    fn stock_up(&mut self, at: usize) -> Foreseen {
        let [serial, model, part, place] = UNITS[at];
        if let Some(unit) = self.units.get(serial) {
            let issued = unit.state == stock::State::Issued;
            return Err(if issued { "serial-bound-before" } else { "serial" });
        }
        self.arrive(serial, (model, part, place));
        Ok(())
    }

    fn count(&mut self, place: &'static str, scanned: &[usize]) {
        let today = self.today();
        let scanned: Vec<&str> = scanned.iter().map(|at| UNITS[*at][0]).collect();
        for (serial, unit) in &mut self.units {
            use stock::State::{InStock, Missing, Reserved};
            let here = scanned.contains(&serial.as_str());
            if !here && unit.place == place && matches!(unit.state, InStock | Reserved) {
                unit.state = Missing;
                self.missed.insert((today, serial.clone()));
            }
            let stray = unit.state == Missing || unit.state == InStock && unit.place != place;
            if here && stray && !self.customers.contains(serial) {
                (unit.state, unit.place, unit.case) = (InStock, place, None);
            }
        }
    }

    fn ship(&mut self, serials: &[usize]) -> Foreseen {
        let mut units = Vec::new();
        let mut parts = Vec::new();
        for at in serials {
            let serial = Self::serial(*at);
            let waits = |old: &Old| old.state == "waiting" && old.serial.as_deref() == Some(serial);
            if let Some(part) = self.old.iter().position(waits) {
                parts.push(part);
                continue;
            }
            let unit = self.units.get(serial).ok_or("unit-unknown")?;
            let here = matches!(unit.state, stock::State::InStock | stock::State::Quarantine);
            when(here, "unit-not-in-stock")?;
            units.push(serial);
        }
        for serial in units {
            self.sent(serial);
        }
        for part in parts {
            self.old[part].state = "shipped";
        }
        Ok(())
    }

    fn sent(&mut self, serial: &str) {
        self.units.get_mut(serial).unwrap().state = stock::State::Returned;
    }

    fn ship_all(&mut self) -> Foreseen {
        let aside = self.units.iter().filter(|(_, unit)| unit.state == stock::State::Quarantine);
        let aside: Vec<String> = aside.map(|(serial, _)| serial.clone()).collect();
        let mut waiting: Vec<&mut Old> = self.old.iter_mut().filter(|old| old.state == "waiting").collect();
        when(!aside.is_empty() || !waiting.is_empty(), "serial")?;
        for old in &mut waiting {
            old.state = "shipped";
        }
        for serial in aside {
            self.sent(&serial);
        }
        Ok(())
    }

    pub fn keep(&mut self, at: usize, unit: usize) -> Foreseen {
        let case = &self.cases[at];
        when(case.outcome == Outcome::Replacement, "wrong-state")?;
        let serial = self.unit_in(unit, &[stock::State::InStock])?;
        when(!self.customers.contains(serial), "serial-bound-before")?;
        let unit = &self.units[serial];
        when(unit.model == self.device(&case.serial).1, "unit-wrong-model")?;
        let whole = unit.part == "aircraft";
        when(whole || case.listed().contains(&unit.part), "unit-wrong-part")?;
        let kept = |it: &super::shop::Unit| it.state == stock::State::Reserved && it.case == Some(at);
        let instead = self
            .units
            .values()
            .filter(|it| kept(it))
            .any(|it| it.part == unit.part || it.part == "aircraft" || whole);
        when(!instead, "unit-wrong-part")?;
        let unit = self.units.get_mut(serial).unwrap();
        (unit.state, unit.case) = (stock::State::Reserved, Some(at));
        Ok(())
    }

    pub fn issue(&mut self, (who, at): (usize, usize), units: &[usize]) -> Foreseen {
        let case = &self.cases[at];
        when(case.outcome == Outcome::Replacement, "wrong-state")?;
        let slot = case.slot.clone().unwrap();
        when(!self.slots[&slot].against.contains(&at), "no-balance")?;
        let answer = decide(self, at, case.owner);
        let decided = case.decided.as_ref();
        let same = |decided: &Vec<&str>| answer.asks.iter().all(|rule| decided.contains(rule));
        if !(answer.replacement() == super::rule::Open::Ask && decided.is_some_and(same)) {
            answer.refuses()?;
        }
        self.quote_stands(at)?;
        let case = &self.cases[at];
        when(case.fee.is_some(), "fee-unknown")?;
        when(case.settled(), "fee-unpaid")?;
        let units: Vec<&'static str> = units.iter().map(|unit| UNITS[*unit][0]).collect();
        self.fits(at, &units)?;
        self.hand_out((who, at), &units, &slot);
        Ok(())
    }

    fn fits(&self, at: usize, serials: &[&str]) -> Foreseen {
        let case = &self.cases[at];
        let mut units = Vec::new();
        for serial in serials {
            units.push(self.units.get(*serial).ok_or("unit-unknown")?);
        }
        for unit in &units {
            let kept = unit.state == stock::State::Reserved && unit.case == Some(at);
            when(kept || unit.state == stock::State::InStock, "unit-not-in-stock")?;
            when(unit.model == self.device(&case.serial).1, "unit-wrong-model")?;
        }
        let mut parts: Vec<&str> = units.iter().map(|unit| unit.part).collect();
        let mut needed = case.listed();
        parts.sort_unstable();
        needed.sort_unstable();
        when(parts == ["aircraft"] || parts == needed, "unit-wrong-part")?;
        when(!serials.iter().any(|serial| self.customers.contains(*serial)), "serial-bound-before")
    }

    fn hand_out(&mut self, (who, at): (usize, usize), units: &[&'static str], slot: &(String, u8)) {
        let mut issued = Vec::new();
        for serial in units {
            let unit = self.units.get_mut(*serial).unwrap();
            (unit.state, unit.case) = (stock::State::Issued, Some(at));
            issued.push(((*serial).to_owned(), unit.part));
        }
        self.free_kept(at);
        self.slots.get_mut(slot).unwrap().here = Some(Taken::Used(at));
        let case = &self.cases[at];
        let (listed, here) = (case.listed(), case.here.clone());
        let number = self.plan_of(&case.serial).cloned().unwrap();
        let mut moved = None;
        if let Some((new, _)) = issued.iter().find(|(_, part)| *part == "aircraft") {
            let plan = self.plans.get_mut(&number).unwrap();
            let old = std::mem::replace(&mut plan.bound, new.clone());
            self.moves.push((old.clone(), new.clone()));
            self.customers.insert(new.clone());
            if here.contains(&"aircraft") || !listed.contains(&"aircraft") {
                self.wait_for_maker(at, ("aircraft", Some(old.clone())));
            }
            moved = Some((number, old, new.clone()));
        }
        for part in listed.into_iter().filter(|part| *part != "aircraft" && here.contains(part)) {
            if issued.iter().any(|(_, unit)| *unit == part) {
                self.wait_for_maker(at, (part, None));
            }
        }
        let on = self.today();
        let step = self.step;
        let case = &mut self.cases[at];
        (case.state, case.issued) = (State::HandedOver, issued);
        case.hand_out = Some(HandOut { who, step, on, moved });
    }

    fn wait_for_maker(&mut self, case: usize, (part, serial): (&'static str, Option<String>)) {
        self.old.push(Old { case, part, serial, state: "waiting" });
    }

    pub fn bring(&mut self, at: usize, parts: &[&'static str]) -> Foreseen {
        let case = &self.cases[at];
        when(!parts.iter().any(|part| case.here.contains(part)), "part")?;
        let owed = case.parts_owed();
        let old = case.hand_out.as_ref().and_then(|hand_out| hand_out.moved.clone()).map(|moved| moved.1);
        for part in parts.iter().filter(|part| owed.contains(part)) {
            let serial = old.clone().filter(|_| *part == "aircraft");
            self.wait_for_maker(at, (part, serial));
        }
        self.cases[at].here.extend(parts);
        Ok(())
    }

    pub fn void(&mut self, at: usize, by: usize, here: bool) -> Foreseen {
        let case = &self.cases[at];
        let slot = case.slot.clone().ok_or("wrong-state")?;
        let hand_out = case.hand_out.clone().unwrap();
        when(by != hand_out.who, "same-person")?;
        when(!self.built_upon(at, &hand_out), "built-upon")?;
        let slot = self.slots.get_mut(&slot).unwrap();
        (slot.here, slot.voided) = (None, true);
        if let Some((plan, old, new)) = hand_out.moved {
            self.plans.get_mut(&plan).unwrap().bound = old;
            self.moves.retain(|(_, to)| *to != new);
        }
        let case = &mut self.cases[at];
        for (serial, _) in case.issued.drain(..) {
            self.units.get_mut(&serial).unwrap().state =
                if here { stock::State::Quarantine } else { stock::State::Missing };
        }
        (case.slot, case.refunded, case.state) = (None, case.paid, State::Assessed);
        case.superseded();
        for old in self.old.iter_mut().filter(|old| old.case == at && old.state == "waiting") {
            old.state = "given-back";
        }
        Ok(())
    }

    fn built_upon(&self, at: usize, hand_out: &HandOut) -> bool {
        let case = &self.cases[at];
        let newest = hand_out.moved.as_ref().map_or(&case.serial, |moved| &moved.2);
        let nothing = |case: &Case| match case.state {
            State::Cancelled => true,
            State::Closed => matches!(case.outcome, Outcome::NoFault | Outcome::ReturnUnrepaired),
            _ => false,
        };
        let later = |case: &Case| case.serial == *newest && !nothing(case);
        let has_case = hand_out.moved.is_some() && self.cases.iter().any(later);
        let plan = &self.plans[case.plan.as_ref().unwrap()];
        has_case
            || self.moves.iter().any(|(old, _)| old == newest)
            || plan.changed.is_some_and(|step| step > hand_out.step)
            || plan.returned.is_some_and(|day| day >= hand_out.on)
            || self.old.iter().any(|old| old.case == at && old.state == "shipped")
    }

    pub fn visit(&mut self, at: usize, act: &Act) -> Foreseen {
        let (here, now) = (self.cases[at].visit, self.now);
        let visit = match act {
            Act::Book(_, slot) => {
                when(here.is_none(), "slot")?;
                Some(self.bookable(at, *slot)?)
            }
            Act::MoveVisit(_, slot) => {
                let here = here.ok_or("slot")?;
                Some(self.bookable(at, *slot)?).filter(|slot| *slot != here).ok_or("slot").map(Some)?
            }
            Act::NoShow(_) => {
                when(here.is_some_and(|slot| now >= slot + Duration::minutes(20)), "slot")?;
                None
            }
            _ => {
                when(here.is_some(), "slot")?;
                None
            }
        };
        self.cases[at].visit = visit;
        self.cases[at].booked = true;
        Ok(())
    }

    fn bookable(
        &self,
        at: usize,
        slot: usize,
    ) -> Result<chrono::DateTime<chrono::FixedOffset>, &'static str> {
        let slot = self.slot_at(slot);
        let others = self.cases.iter().enumerate().filter(|(other, _)| *other != at);
        let taken = others.into_iter().any(|(_, case)| case.visit == Some(slot));
        let nine = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
        let whole = slot.time().signed_duration_since(nine).num_minutes() % 20 == 0;
        let good = slot.weekday() != Weekday::Sun && slot.time() >= nine && whole && slot >= self.now;
        if good && !taken { Ok(slot) } else { Err("slot") }
    }

    fn close_day(&mut self, ago: i64, said: bool) -> Foreseen {
        let day = self.today() - Duration::days(ago);
        when(self.closed.is_none_or(|closed| day > closed), "day-closed")?;
        when(day <= self.today(), "day")?;
        let gone = |serial: &str| self.units[serial].state == stock::State::Missing;
        let loose = self.missed.iter().any(|(on, serial)| *on == day && gone(serial))
            || self.cases.iter().any(|case| case.visit.is_some_and(|slot| slot.date_naive() == day));
        when(said || !loose, "explain")?;
        self.closed = Some(day);
        self.closed_days.insert(day);
        Ok(())
    }
}
