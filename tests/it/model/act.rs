//! What staff may do in the model's shop, as values that can be drawn and shrunk.

use caredesk::desk::print::Kind;
use caredesk::domain::case::Choice;
use caredesk::domain::claim::{Cause, Channel, Owner};
use caredesk::domain::product::Condition;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::shop::{self, DEVICES, NEW, NUMBERS, PLANS};

/// The damaged parts of a claim, and what is handed in.
pub const PARTS: [&[&str]; 7] = [
    &["aircraft"],
    &["battery"],
    &["battery", "propellers"],
    &["aircraft", "battery"],
    &["remote-controller"],
    &["aircraft", "propellers", "remote-controller"],
    &["aircraft", "propellers"],
];

/// The two people at the counter.
pub const PEOPLE: [&str; 2] = ["Ana", "Ben"];

/// Which unit lies at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    Own,
    Newest,
    Illegible,
    Other,
}

/// How a paper goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    AtOnce,
    ThroughThePrinter,
    IntoABrokenOne,
}

/// A case, by how long ago it was opened; the newest is 0.
pub type Back = usize;

/// An act; serials, units, plans and slots are places in the shop's lists.
#[derive(Debug, Clone)]
pub enum Act {
    Nothing,
    /// What would bring the case on, by the model's own idea of it.
    Onward(Back, u8),
    /// On the newest serial of a chain, or another of its serials.
    Record {
        serial: usize,
        cause: Cause,
        parts: usize,
        owner: Owner,
        channel: Channel,
        said: bool,
        ago: i64,
    },
    Receive(Back, Brought, usize, Option<Owner>),
    Assess {
        case: Back,
        cause: Cause,
        parts: usize,
        owner: Option<Owner>,
        elsewhere: bool,
        said: bool,
    },
    Choose {
        case: Back,
        choice: Choice,
        price: bool,
        reason: bool,
        owner: Option<Owner>,
        by: Option<usize>,
    },
    ChangeMind(Back),
    /// An amount in minor units, and whether a reason is given.
    Pay(Back, Option<i64>, bool),
    Refund(Back, i64, bool),
    Work(Back),
    Finish(Back, bool),
    Hold(Back, bool),
    Unhold(Back),
    Tell(Back),
    HandOver(Back, Brought),
    Issue(Back, Vec<usize>),
    Close(Back),
    Cancel(Back, bool),
    /// Whether the units are here; else they are lost.
    Void(Back, usize, bool),
    Reopen(Back, usize, Option<(Brought, usize)>),
    Bring(Back, usize),
    Waive(Back, usize),
    Book(Back, usize),
    MoveVisit(Back, usize),
    CancelVisit(Back),
    NoShow(Back),
    StockUp(usize),
    Count(usize, Vec<usize>),
    SetAside(usize, bool),
    Find(usize, bool),
    Ship(Vec<usize>),
    ShipAll,
    Keep(usize, Back),
    Free(usize),
    Extend(usize, usize),
    Return(usize, bool),
    Bind {
        serial: usize,
        condition: Condition,
        damaged: bool,
        number: usize,
    },
    Notice(usize, usize),
    /// Days before today, and whether what is loose is explained.
    CloseDay(i64, bool),
    Print(Back, Kind, Way),
    /// The sheet of a day so many days before today.
    PrintDay(i64, Way),
    /// A packing list, by its place among those that were made.
    PrintList(usize, Way),
    /// The maker's list says that this replacement was used.
    Claims(usize, u8),
    /// Minutes go by.
    Wait(i64),
}

/// A person and what they do.
pub type Step = (usize, Act);

fn cause() -> impl Strategy<Value = Cause> {
    prop_oneof![
        5 => Just(Cause::Accident),
        2 => Just(Cause::Defect),
        6 => select(Cause::ALL.to_vec()),
    ]
}

fn channel() -> impl Strategy<Value = Channel> {
    prop_oneof![2 => Just(Channel::Swift), 2 => Just(Channel::Quick), 1 => Just(Channel::Online)]
}

fn way() -> impl Strategy<Value = Way> {
    prop_oneof![3 => Just(Way::AtOnce), 2 => Just(Way::ThroughThePrinter), 1 => Just(Way::IntoABrokenOne)]
}

/// A device or a unit; `new` is more often one that has no plan yet.
fn serial(new: bool) -> impl Strategy<Value = usize> {
    let any = 0..DEVICES.len() + UNITS;
    let unplanned: Vec<usize> = NEW.iter().map(|new| new.0).collect();
    prop_oneof![1 => any, u32::from(new) * 3 => select(unplanned)]
}

fn plan() -> impl Strategy<Value = usize> {
    0..PLANS.len() + 1 + NUMBERS
}

fn owner() -> impl Strategy<Value = Owner> {
    prop_oneof![6 => Just(Owner::Same), 1 => Just(Owner::Other), 1 => Just(Owner::Unverified)]
}

fn brought() -> impl Strategy<Value = Brought> {
    prop_oneof![
        5 => Just(Brought::Own),
        2 => Just(Brought::Newest),
        1 => Just(Brought::Illegible),
        1 => Just(Brought::Other),
    ]
}

fn back() -> impl Strategy<Value = Back> {
    prop_oneof![5 => Just(0_usize), 3 => Just(1_usize), 2 => Just(2_usize), 1 => Just(3_usize), 1 => Just(4_usize)]
}

fn units() -> impl Strategy<Value = Vec<usize>> {
    subsequence((0..UNITS).collect::<Vec<usize>>(), 1..=3)
}

const UNITS: usize = shop::UNITS.len();
const PARTS_SETS: usize = PARTS.len();

fn of_a_case() -> impl Strategy<Value = Act> {
    let mostly = || proptest::bool::weighted(0.9);
    let amount = || select(vec![0_i64, 1_000, 7_900, 12_900, 20_000]);
    let choice = select(Choice::ALL.to_vec());
    prop_oneof![
        4 => (serial(false), cause(), 0..PARTS_SETS, owner(), channel(), mostly(), 0..3_i64).prop_map(
            |(serial, cause, parts, owner, channel, said, ago)| Act::Record {
                serial, cause, parts, owner, channel, said, ago
            }
        ),
        2 => (back(), brought(), 0..PARTS_SETS, proptest::option::of(owner()))
            .prop_map(|(case, unit, parts, owner)| Act::Receive(case, unit, parts, owner)),
        3 => (back(), cause(), 0..PARTS_SETS, proptest::option::of(owner()), proptest::bool::weighted(0.1), mostly())
            .prop_map(|(case, cause, parts, owner, elsewhere, said)| Act::Assess {
                case, cause, parts, owner, elsewhere, said
            }),
        4 => (back(), choice, mostly(), mostly(), proptest::option::of(owner()), proptest::option::of(0..2_usize))
            .prop_map(|(case, choice, price, reason, owner, by)| Act::Choose {
                case, choice, price, reason, owner, by
            }),
        2 => back().prop_map(Act::ChangeMind),
        3 => (back(), proptest::option::of(amount()), mostly())
            .prop_map(|(case, amount, reason)| Act::Pay(case, amount, reason)),
        3 => (back(), amount(), mostly()).prop_map(|(case, amount, reason)| Act::Refund(case, amount, reason)),
        1 => back().prop_map(Act::Work),
        1 => (back(), mostly()).prop_map(|(case, said)| Act::Finish(case, said)),
        1 => (back(), mostly()).prop_map(|(case, said)| Act::Hold(case, said)),
        1 => back().prop_map(Act::Unhold),
        1 => back().prop_map(Act::Tell),
        1 => (back(), brought()).prop_map(|(case, unit)| Act::HandOver(case, unit)),
        2 => (back(), units()).prop_map(|(case, units)| Act::Issue(case, units)),
        2 => back().prop_map(Act::Close),
        2 => (back(), mostly()).prop_map(|(case, said)| Act::Cancel(case, said)),
        4 => (back(), 0..2_usize, mostly()).prop_map(|(case, by, here)| Act::Void(case, by, here)),
        3 => (back(), 0..2_usize, proptest::option::of((brought(), 0..PARTS_SETS)))
            .prop_map(|(case, by, intake)| Act::Reopen(case, by, intake)),
        2 => (back(), 0..PARTS_SETS).prop_map(|(case, parts)| Act::Bring(case, parts)),
        1 => (back(), 0..2_usize).prop_map(|(case, by)| Act::Waive(case, by)),
    ]
}

fn of_the_shop() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (back(), 0..5_usize).prop_map(|(case, slot)| Act::Book(case, slot)),
        1 => (back(), 0..5_usize).prop_map(|(case, slot)| Act::MoveVisit(case, slot)),
        1 => back().prop_map(Act::CancelVisit),
        1 => back().prop_map(Act::NoShow),
        2 => (0..UNITS).prop_map(Act::StockUp),
        3 => (0..2_usize, units()).prop_map(|(place, units)| Act::Count(place, units)),
        2 => (0..UNITS, proptest::bool::weighted(0.9)).prop_map(|(unit, said)| Act::SetAside(unit, said)),
        3 => (0..UNITS, proptest::bool::weighted(0.9)).prop_map(|(unit, said)| Act::Find(unit, said)),
        1 => subsequence((0..DEVICES.len() + UNITS).collect::<Vec<usize>>(), 1..=2).prop_map(Act::Ship),
        1 => Just(Act::ShipAll),
        4 => (0..UNITS, back()).prop_map(|(unit, case)| Act::Keep(unit, case)),
        1 => (0..UNITS).prop_map(Act::Free),
        2 => (plan(), 0..4_usize).prop_map(|(plan, number)| Act::Extend(plan, number)),
        1 => (plan(), proptest::bool::weighted(0.8)).prop_map(|(plan, goes)| Act::Return(plan, goes)),
        2 => (serial(true), 0..4_usize).prop_map(|(serial, kind)| Act::Notice(serial, kind)),
        3 => bind(),
        1 => (-1..2_i64, any::<bool>()).prop_map(|(ago, said)| Act::CloseDay(ago, said)),
        3 => (plan(), 1..3_u8).prop_map(|(plan, ordinal)| Act::Claims(plan, ordinal)),
        4 => select(vec![5_i64, 60, 1_440, 1_440, 2_880, 57_600]).prop_map(Act::Wait),
    ]
}

fn bind() -> impl Strategy<Value = Act> {
    let condition = select(vec![Condition::Sealed, Condition::Sealed, Condition::Opened, Condition::Unknown]);
    (serial(true), condition, proptest::bool::weighted(0.1), 0..NUMBERS)
        .prop_map(|(serial, condition, damaged, number)| Act::Bind { serial, condition, damaged, number })
}

fn of_paper() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => (back(), select(Kind::ALL.to_vec()), way()).prop_map(|(case, kind, way)| Act::Print(case, kind, way)),
        1 => (select(vec![0_i64, 0, 0, 1, 1, -1]), way()).prop_map(|(ago, way)| Act::PrintDay(ago, way)),
        1 => (0..2_usize, way()).prop_map(|(list, way)| Act::PrintList(list, way)),
    ]
}

/// One step of a day at the counter.
pub fn step() -> impl Strategy<Value = Step> {
    let act = prop_oneof![
        1 => Just(Act::Nothing),
        60 => (back(), any::<u8>()).prop_map(|(case, pick)| Act::Onward(case, pick)),
        40 => of_a_case(),
        20 => of_the_shop(),
        4 => of_paper(),
    ];
    (0..PEOPLE.len(), act)
}

/// The case that an act is about.
pub const fn case_of(act: &Act) -> Option<usize> {
    match act {
        Act::Receive(back, ..)
        | Act::Assess { case: back, .. }
        | Act::Choose { case: back, .. }
        | Act::ChangeMind(back)
        | Act::Pay(back, ..)
        | Act::Refund(back, ..)
        | Act::Work(back)
        | Act::Finish(back, _)
        | Act::Hold(back, _)
        | Act::Unhold(back)
        | Act::Tell(back)
        | Act::HandOver(back, _)
        | Act::Issue(back, _)
        | Act::Close(back)
        | Act::Cancel(back, _)
        | Act::Void(back, ..)
        | Act::Reopen(back, ..)
        | Act::Bring(back, _)
        | Act::Waive(back, _)
        | Act::Book(back, _)
        | Act::MoveVisit(back, _)
        | Act::CancelVisit(back)
        | Act::NoShow(back)
        | Act::Keep(_, back)
        | Act::Print(back, ..) => Some(*back),
        _ => None,
    }
}
