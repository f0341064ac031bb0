//! Units on the shelf: which act may begin in which state, what a count makes of a shelf, what waits too long.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use thiserror::Error;

use crate::domain::case::{Guard, Refused};
use crate::domain::product::{Model, Part};
use crate::domain::serial::Serial;

crate::words! {
    /// Where a stock unit is in its life.
    State("stock state") {
        /// Can be handed out.
        InStock = "in-stock",
        /// Kept for a case.
        Reserved = "reserved",
        /// Handed out.
        Issued = "issued",
        /// Set aside.
        Quarantine = "quarantine",
        /// Sent back to the maker.
        Returned = "returned",
        /// Not found when its shelf was counted.
        Missing = "missing",
    }
}

/// What can be done with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It is kept for a case.
    Keep,
    /// It is free again.
    Free,
    /// It is set aside.
    SetAside,
    /// It is in stock again.
    Find,
    /// It goes back to the maker.
    Ship,
}

/// A unit of this shop, as far as its rules look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its serial or label.
    pub serial: String,
    /// Where it is in its life.
    pub state: State,
    /// The shelf.
    pub place: Option<String>,
    /// The case that has it, if one has.
    pub case: Option<String>,
    /// Whether the serial is or was a customer's.
    pub was_a_customers: bool,
}

/// A whole unit under the shop's own label: the plan hangs on the maker's serial.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0} is the shop's own label: a whole unit comes in by its own serial")]
pub struct Unmarked(String);

/// Refuses a label on the part that carries the plan's serial; parts without one of their own have labels. Clause C26.
pub fn may_come(serial: &str, (model, part): (&Model, &str)) -> Result<(), Unmarked> {
    let carries = model.carrying.as_ref().is_some_and(|carrying| carrying.as_str() == part);
    if carries && serial.starts_with("S-") { Err(Unmarked(serial.to_owned())) } else { Ok(()) }
}

impl State {
    /// Tells whether a unit may be handed out now. Clause C25; the counter's guard on issuing.
    #[must_use]
    pub const fn free(self) -> bool {
        match self {
            Self::InStock => true,
            Self::Reserved | Self::Issued | Self::Quarantine | Self::Returned | Self::Missing => false,
        }
    }

    /// The state in words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InStock => "in stock",
            Self::Reserved => "kept for a case",
            Self::Issued => "handed out",
            Self::Quarantine => "set aside",
            Self::Returned => "sent back to the maker",
            Self::Missing => "missing",
        }
    }
}

impl Deed {
    /// The states in which it may begin.
    #[must_use]
    pub const fn begins(self) -> &'static [State] {
        match self {
            Self::Keep => &[State::InStock],
            Self::Free => &[State::Reserved],
            Self::SetAside => &[State::InStock, State::Missing],
            Self::Find => &[State::Missing, State::Quarantine],
            Self::Ship => &[State::InStock, State::Quarantine],
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Keep => "keep it for a case",
            Self::Free => "free it",
            Self::SetAside => "set it aside",
            Self::Find => "put it back into stock",
            Self::Ship => "send it back",
        }
    }

    /// Refuses unless it may begin with this unit.
    ///
    /// A serial that was a customer's never comes back into stock, and is never kept for another.
    pub fn may(self, unit: &Unit) -> Result<(), Refused> {
        if !self.begins().contains(&unit.state) {
            let needed: Vec<&str> = self.begins().iter().map(|state| state.words()).collect();
            let say = format!("{}: to {}, it must be {}", unit.said(), self.words(), needed.join(" or "));
            return Err(Refused::new(Guard::UnitNotInStock, say));
        }
        match self {
            Self::Keep | Self::Find if unit.was_a_customers => {
                let say = format!(
                    "serial {} was a customer's before: set it aside, or send it back to the maker",
                    unit.serial
                );
                Err(Refused::new(Guard::SerialBoundBefore, say))
            }
            Self::Keep | Self::Find | Self::Free | Self::SetAside | Self::Ship => Ok(()),
        }
    }
}

impl Unit {
    /// A sentence's start: the unit and where it is in its life.
    #[must_use]
    pub fn said(&self) -> String {
        match (self.state, &self.case) {
            (State::Reserved, Some(case)) => format!("unit {} is kept for case {case}", self.serial),
            (State::Issued, Some(case)) => format!("unit {} was handed out on case {case}", self.serial),
            (state, _) => format!("unit {} is {}", self.serial, state.words()),
        }
    }

    /// Refuses unless it is kept for this very case.
    pub fn kept_for(&self, case: &str) -> Result<(), Refused> {
        if self.state == State::Reserved && self.case.as_deref() == Some(case) {
            return Ok(());
        }
        let say = format!("{}, not for case {case}: look the unit up", self.said());
        Err(Refused::new(Guard::UnitNotInStock, say))
    }

    fn at(&self, place: &str) -> bool {
        self.place.as_deref() == Some(place)
    }
}

/// The serial of a whole unit, to which a plan can move; a shop's own label is none. Clause C26.
pub fn whole_serial(serial: &str) -> Result<Serial, Refused> {
    serial.parse().map_err(|bad| {
        Refused::new(Guard::UnitWrongPart, format!("unit {serial} cannot carry a plan: {bad}"))
    })
}

/// Refuses unless a part of this model serves a case in which `listed` parts are replaced and `kept` are kept.
pub fn serves(
    (serial, part): (&str, &str),
    model: &Model,
    (listed, kept): (&[Part], &[String]),
) -> Result<(), Refused> {
    let whole = |part: &str| model.carrying.as_ref().is_some_and(|carrying| carrying.as_str() == part);
    if whole(part) {
        whole_serial(serial)?;
    } else if !listed.iter().any(|one| one.as_str() == part) {
        let say = format!("unit {serial} ({part}) is not what this case needs");
        return Err(Refused::new(Guard::UnitWrongPart, say));
    }
    let instead = kept.iter().find(|one| *one == part || whole(one) || whole(part));
    match instead {
        None => Ok(()),
        Some(other) => {
            let say = format!("another unit ({other}) is kept for this case already: free that one first");
            Err(Refused::new(Guard::UnitWrongPart, say))
        }
    }
}

/// What a count found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Count {
    /// Units that are where they should be.
    pub here: Vec<String>,
    /// Units that should be here and were not scanned.
    pub missing: Vec<String>,
    /// Units that were missing or stood elsewhere, and are here.
    pub found: Vec<String>,
    /// Scanned serials for which nothing changes.
    pub strange: Vec<String>,
    /// What staff should know of the last two, in sentences.
    pub says: Vec<String>,
}

/// Compares what was scanned at a place with the units that are booked to it, or were scanned.
#[must_use]
pub fn count(place: &str, scanned: &BTreeSet<String>, units: &[Unit]) -> Count {
    let mut count = Count::default();
    for unit in units.iter().filter(|unit| !scanned.contains(&unit.serial) && unit.at(place)) {
        if !matches!(unit.state, State::InStock | State::Reserved) {
            continue;
        }
        if unit.state == State::Reserved {
            count.says.push(format!("{}: the case keeps no unit now", unit.said().replace(" is ", " was ")));
        }
        count.missing.push(unit.serial.clone());
    }
    for serial in scanned {
        let Some(unit) = units.iter().find(|unit| unit.serial == *serial) else {
            count.says.push(format!("{serial} is no unit of this shop's stock: look it up"));
            count.strange.push(serial.clone());
            continue;
        };
        let list = match unit.state {
            State::InStock | State::Reserved | State::Quarantine if unit.at(place) => &mut count.here,
            State::Missing | State::InStock if !unit.was_a_customers => &mut count.found,
            State::InStock
            | State::Missing
            | State::Reserved
            | State::Quarantine
            | State::Issued
            | State::Returned => {
                count.says.push(format!("{}: nothing was changed for it", unit.said()));
                &mut count.strange
            }
        };
        list.push(serial.clone());
    }
    count
}

/// How long an old part waits for the maker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Whole days.
    pub days: i64,
    /// Whether that is too long.
    pub overdue: bool,
}

/// Measures a wait: the last of the `due` days is not overdue yet.
#[must_use]
pub fn wait(since: NaiveDate, today: NaiveDate, due: u32) -> Wait {
    let days = (today - since).num_days();
    Wait { days, overdue: days > i64::from(due) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::day::parse_day;
    use rstest::rstest;

    const PLACE: &str = "shelf A1";

    fn unit(serial: &str, state: State, place: &str) -> Unit {
        let case = (state == State::Reserved).then(|| "0001-00001-7".to_owned());
        let place = Some(place.to_owned());
        Unit { serial: serial.to_owned(), state, place, case, was_a_customers: false }
    }

    fn begun(deed: Deed) -> Vec<State> {
        let fine = |state: &State| deed.may(&unit("U", *state, PLACE)).is_ok();
        State::ALL.iter().copied().filter(fine).collect()
    }

    #[rstest]
    #[case::keep(Deed::Keep, &[State::InStock])]
    #[case::free(Deed::Free, &[State::Reserved])]
    #[case::set_aside(Deed::SetAside, &[State::InStock, State::Missing])]
    #[case::find(Deed::Find, &[State::Quarantine, State::Missing])]
    #[case::ship(Deed::Ship, &[State::InStock, State::Quarantine])]
    fn a_deed_begins_where_the_table_says_and_nowhere_else(#[case] deed: Deed, #[case] states: &[State]) {
        assert_eq!(begun(deed), states);
    }

    #[rstest]
    #[case::kept(Deed::Keep, State::InStock, false)]
    #[case::found(Deed::Find, State::Quarantine, false)]
    #[case::missing(Deed::Find, State::Missing, false)]
    #[case::set_aside(Deed::SetAside, State::Missing, true)]
    #[case::sent_back(Deed::Ship, State::Quarantine, true)]
    fn a_serial_that_was_a_customers_never_serves_another(
        #[case] deed: Deed,
        #[case] state: State,
        #[case] may: bool,
    ) {
        let known = Unit { was_a_customers: true, ..unit("U", state, PLACE) };
        let guard = deed.may(&known).map_err(|refused| refused.guard);
        assert_eq!(guard, if may { Ok(()) } else { Err(Guard::SerialBoundBefore) });
    }

    /// Where one unit lands, by its state and place and whether it was scanned.
    #[rstest]
    #[case::there(State::InStock, PLACE, true, "here")]
    #[case::kept_and_there(State::Reserved, PLACE, true, "here")]
    #[case::set_aside_on_its_shelf(State::Quarantine, PLACE, true, "here")]
    #[case::not_there(State::InStock, PLACE, false, "missing")]
    #[case::kept_and_not_there(State::Reserved, PLACE, false, "missing")]
    #[case::set_aside_and_not_scanned(State::Quarantine, PLACE, false, "")]
    #[case::missing_still(State::Missing, PLACE, false, "")]
    #[case::missing_and_found(State::Missing, PLACE, true, "found")]
    #[case::missing_elsewhere(State::Missing, "B2", true, "found")]
    #[case::from_another_shelf(State::InStock, "B2", true, "found")]
    #[case::elsewhere_and_not_scanned(State::InStock, "B2", false, "")]
    #[case::kept_elsewhere(State::Reserved, "B2", true, "strange")]
    #[case::set_aside_elsewhere(State::Quarantine, "B2", true, "strange")]
    #[case::handed_out(State::Issued, PLACE, true, "strange")]
    #[case::sent_back(State::Returned, PLACE, true, "strange")]
    #[case::handed_out_and_not_scanned(State::Issued, PLACE, false, "")]
    fn a_count_sorts_units(#[case] state: State, #[case] at: &str, #[case] seen: bool, #[case] list: &str) {
        let scanned: BTreeSet<String> = seen.then(|| "U".to_owned()).into_iter().collect();
        let got = count(PLACE, &scanned, &[unit("U", state, at)]);
        let lists = [
            ("here", &got.here),
            ("missing", &got.missing),
            ("found", &got.found),
            ("strange", &got.strange),
        ];
        let filled: Vec<&str> =
            lists.iter().filter(|(_, list)| *list == &["U"]).map(|(name, _)| *name).collect();
        assert_eq!(filled, if list.is_empty() { vec![] } else { vec![list] });
    }

    #[test]
    fn a_count_says_what_a_case_lost_and_what_is_strange() {
        let scanned = BTreeSet::from(["X".to_owned()]);
        let got = count(PLACE, &scanned, &[unit("U", State::Reserved, PLACE)]);
        assert_eq!(
            got.says,
            [
                "unit U was kept for case 0001-00001-7: the case keeps no unit now",
                "X is no unit of this shop's stock: look it up"
            ]
        );
    }

    #[test]
    fn a_missing_unit_that_was_a_customers_is_not_put_back_by_a_count() {
        let lost = Unit { was_a_customers: true, ..unit("U", State::Missing, PLACE) };
        let got = count(PLACE, &BTreeSet::from(["U".to_owned()]), &[lost]);
        assert_eq!((got.found, got.strange), (vec![], vec!["U".to_owned()]));
    }

    #[rstest]
    #[case::today("2020-03-02", 0, false)]
    #[case::the_last_day("2020-02-17", 14, false)]
    #[case::a_day_later("2020-02-16", 15, true)]
    fn a_part_is_overdue_after_the_days_it_may_wait(
        #[case] since: &str,
        #[case] days: i64,
        #[case] overdue: bool,
    ) {
        let today = parse_day("2020-03-02").unwrap();
        assert_eq!(wait(parse_day(since).unwrap(), today, 14), Wait { days, overdue });
    }
}
