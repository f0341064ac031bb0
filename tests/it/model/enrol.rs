//! Plans: bound, extended, given back, and used by the maker's own list.

use std::collections::BTreeSet;

use caredesk::domain::case::{Outcome, State};
use caredesk::domain::product::Condition;
use chrono::{DateTime, Duration, TimeDelta};

use super::act::Act;
use super::case::open;
use super::foresee::{Foreseen, when};
use super::shop::{Activated, NEW, PLUS, Plan, Plus, Shop, Taken, USED_ON, day, last, sold_here};

/// What one way to bind a plan says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Holds,
    Asks,
    Not,
}

impl Shop {
    pub fn bind(&mut self, act: &Act) -> Foreseen {
        let Act::Bind { serial, condition, damaged, number } = act else { return Ok(()) };
        let (serial, number) = (Self::serial(*serial), sold_here(*number));
        when(!serial.starts_with("S-"), "serial")?;
        when(!self.plans.contains_key(&number), "number")?;
        let chain = self.chain(serial).ok_or("no-such-device")?;
        let new = NEW.iter().find(|new| Self::serial(new.0) == serial);
        let damaged = *damaged
            || self.cases.iter().any(|case| {
                open(case.state) && case.outcome != Outcome::NoFault && chain.contains(&case.serial)
            });
        let bought_here = new.is_some_and(|new| new.2 == "US");
        when(self.plan_of(serial).is_none() && bought_here, "not-covered")?;
        let ways = [
            self.first_use(new.map(|new| new.1), *condition),
            self.sent_lately(serial, |kind| kind == 0, 0),
            self.sent_lately(serial, |kind| kind > 0, 1),
        ];
        when(ways.iter().any(|way| *way != Way::Not), "not-covered")?;
        when(ways.contains(&Way::Holds) && !damaged, "refer")?;
        let first = self.today();
        let plan = Plan {
            region: "US",
            first,
            last: last(first, 12),
            bound: serial.to_owned(),
            returned: None,
            plus: None,
            changed: None,
        };
        self.plans.insert(number.clone(), plan);
        self.grant(&number, 2);
        let step = self.step;
        // Their papers name the plan that the device has now.
        for case in self.cases.iter_mut().filter(|case| chain.contains(&case.serial)) {
            case.touched = step;
        }
        Ok(())
    }

    /// Brand new, or switched on within 48 hours.
    fn first_use(&self, activated: Option<Activated>, condition: Condition) -> Way {
        match activated {
            Some(Activated::Never) if condition == Condition::Sealed => Way::Holds,
            None | Some(Activated::Never) => Way::Asks,
            Some(Activated::At(at)) => self.within(DateTime::parse_from_rfc3339(at).unwrap(), 48),
            Some(Activated::On(on)) => match (self.today() - day(on)).num_days() {
                ..=1 => Way::Holds,
                2 => Way::Asks,
                _ => Way::Not,
            },
        }
    }

    /// The newest of some notices, which must be of one kind and three days old at most.
    fn sent_lately(&self, serial: &str, some: impl Fn(usize) -> bool, kind: usize) -> Way {
        // Of two of one moment the approval is the later, then the rejection.
        let rank = |kind: usize| [0, 2, 1, 0][kind];
        let here = self.notices.iter().filter(|(on, kind, _)| on == serial && some(*kind));
        match here.max_by_key(|(_, kind, sent)| (*sent, rank(*kind))) {
            Some((_, newest, sent)) if *newest == kind => self.within(*sent, 72),
            _ => Way::Not,
        }
    }

    fn within(&self, opened: DateTime<chrono::FixedOffset>, hours: i64) -> Way {
        if self.now <= opened + TimeDelta::hours(hours) { Way::Holds } else { Way::Not }
    }

    pub fn extend(&mut self, at: usize, number: usize) -> Foreseen {
        let plan = &Self::plan_number(at);
        when(self.plans.contains_key(plan), "plan")?;
        let number = format!("X-{number}");
        when(!self.slots.contains_key(&(number.clone(), 1)), "number")?;
        let (today, step) = (self.today(), self.step);
        // A replacement that a case has reserved is not used up yet.
        let case = self.cases.iter().position(|case| {
            matches!(&case.slot, Some((slot, _)) if slot == plan) && case.state == State::Chosen
        });
        let left = self.next(plan, case).is_some();
        let it = self.plans.get_mut(plan).unwrap();
        let runs = it.first <= today && today <= it.last && it.returned.is_none();
        when(runs && left && it.plus.is_none() && it.region == "US", "not-covered")?;
        let ends = last(it.last + Duration::days(1), 12);
        (it.plus, it.changed) = (Some(Plus { number: number.clone(), sold: today, last: ends }), Some(step));
        self.grant(&number, 1);
        Ok(())
    }

    pub fn give_back(&mut self, at: usize, goes: bool) -> Foreseen {
        let number = &Self::plan_number(at);
        when(self.plans.contains_key(number), "plan")?;
        when(!self.open_on(&self.plans[number].bound), "open-case")?;
        let plan = &self.plans[number];
        when(goes && plan.returned.is_none(), "not-covered")?;
        let plus = plan.plus.as_ref().map(|plus| plus.number.clone());
        let unused = |number: &str| self.taken(number, None).is_empty();
        when(unused(number) && plus.is_none_or(|plus| unused(&plus)), "refer")?;
        let (today, step) = (self.today(), self.step);
        let plan = self.plans.get_mut(number).unwrap();
        (plan.returned, plan.changed) = (Some(today), Some(step));
        Ok(())
    }

    pub fn claims(&mut self, at: usize, ordinal: u8) {
        let number = Self::claimed(at);
        let early = self.plans.get(&number).is_some_and(|plan| plan.first > day(USED_ON));
        let Some(slot) = self.slots.get_mut(&(number, ordinal)) else { return };
        match slot.here {
            // A row that is new, and earlier than its plan, does not go in.
            None if early && !slot.maker => {}
            Some(Taken::Reserved(case)) => _ = slot.against.insert(case),
            // The row goes in, which ends what an earlier one contradicted.
            Some(Taken::Used(_)) | None => (slot.maker, slot.against) = (true, BTreeSet::new()),
        }
    }

    /// The plan or plus that a row of the maker's list names.
    pub fn claimed(at: usize) -> String {
        Some(Self::plan_number(at)).filter(|number| number != "P-0").unwrap_or_else(|| PLUS.to_owned())
    }
}
