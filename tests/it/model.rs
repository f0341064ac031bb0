//! The life of a shop, drawn at random, against a plain model of it.
//!
//! A run builds a shop, lives it and replays its journal, a third of a second without optimisation; a thousand of
//! them are shared among four threads: `PROPTEST_CASES=20000 cargo test model` makes more.

mod act;
mod case;
mod enrol;
mod foresee;
mod must;
mod onward;
mod papers;
mod real;
mod rule;
mod shelf;
mod shop;

use act::{Act, Brought, Step, step};
use caredesk::desk::visit::Person;
use caredesk::domain::case::{Choice, State};
use caredesk::domain::claim::{Cause, Channel, Owner};
use caredesk::domain::visit::Kind;
use caredesk::repository::inspect::Table;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use real::{Real, Said};
use rstest::rstest;
use serde_json::Value;
use shop::Shop;

/// Runs when `PROPTEST_CASES` says nothing else.
const RUNS: u32 = 1_000;

/// Tests that share the runs, so that they live side by side.
const SHARES: u32 = 4;

/// Acts of one run.
const ACTS: usize = 30;

fn runs() -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|runs| runs.parse().ok());
    let cases = asked.unwrap_or(RUNS).div_ceil(SHARES);
    Config { cases, failure_persistence: None, max_shrink_iters: 3_000, ..Config::default() }
}

/// Steps as one reads them when they fail: those in which nothing is done are left out.
struct Life(Vec<Step>);

impl std::fmt::Debug for Life {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let done = self.0.iter().filter(|(_, act)| !matches!(act, Act::Nothing));
        done.into_iter().try_for_each(|(who, act)| writeln!(out, "  {who} {act:?}"))
    }
}

/// The shop and its model, side by side.
struct World {
    shop: Shop,
    real: Real,
    before: Vec<Table>,
}

/// Fails unless the shop does what the model says, act by act.
fn live(steps: Vec<Step>) {
    let shop = Shop::new();
    let mut real = Real::new(&shop);
    let before = real.rows();
    let mut world = World { shop, real, before };
    for (who, act) in steps {
        let Act::Onward(back, pick) = act else {
            world.lives(who, &act);
            continue;
        };
        let (before, _) = onward::beside(&world.shop, (back, pick));
        world.lives(who, &before);
        let act = onward::onward(&world.shop, (back, pick), who);
        world.lives(who, &act);
        let (_, after) = onward::beside(&world.shop, (back, pick));
        world.lives(who, &after);
    }
    let World { shop, mut real, before } = world;
    assert_eq!(real.desk.verify().unwrap(), Vec::<String>::new());
    booked(&mut real, &shop, &before);
    lined_up(&mut real, &shop);
}

impl World {
    fn lives(&mut self, who: usize, act: &Act) {
        let print = matches!(act, Act::Print(..) | Act::PrintDay(..) | Act::PrintList(..));
        // What is printed twice in a row is a copy the second time.
        if !matches!(act, Act::Nothing) && self.does(who, act) && print {
            self.does(who, act);
        }
    }

    /// Does an act on both sides, and tells whether it changed anything.
    fn does(&mut self, who: usize, act: &Act) -> bool {
        let Self { shop, real, before } = self;
        let came = real.does(shop, who, act);
        let mut after = shop.clone();
        let foreseen = after.foresee(who, act);
        let told = came.as_ref().map(|_| ()).map_err(String::as_str);
        assert_eq!(told, foreseen, "{act:?} by {who}: the counter (left), the model (right)");
        let now = real.rows();
        if foreseen.is_err() || matches!(act, Act::Wait(_)) {
            assert_eq!(*before, now, "{act:?}: refused, and something changed");
            (shop.step, shop.now, shop.changed) = (after.step, after.now, after.changed);
            return false;
        }
        *shop = after;
        match came.unwrap() {
            Said::Nothing => {}
            Said::Number(number) => shop.cases.last_mut().unwrap().number = number,
            Said::List(number) => shop.lists.push(number),
            Said::Paper(paper) => shop.printed(act, &paper),
        }
        must::hold(before, &now, act);
        must::agree(shop, &now);
        balanced(real, shop, act);
        *before = now;
        true
    }
}

/// The days follow one another, and on each stands what the journal's own lines of it moved, closed or not.
fn booked(real: &mut Real, shop: &Shop, rows: &[Table]) {
    let journal = must::rows(rows, "journal");
    let mut end = 0;
    for day in Shop::new().today().iter_days().take_while(|day| *day <= shop.today()) {
        let units = |kind: &str| -> i64 {
            let lines = journal
                .iter()
                .filter(|line| line["kind"] == kind && line["at"].starts_with(&day.to_string()));
            let payloads =
                lines.map(|line| serde_json::from_str::<Value>(&line["payload"].replace("''", "'")).unwrap());
            payloads.map(|it| it["units"].as_array().unwrap().len().cast_signed() as i64).sum()
        };
        let stock = real.desk.day(day).unwrap().stock;
        assert_eq!(stock.start, end, "{day}: the shelf at its start");
        let told = [stock.issued, stock.shipped];
        assert_eq!(told, ["issued", "shipped"].map(units), "{day}: handed out, sent back");
        if day > Shop::new().today() {
            assert_eq!(stock.came, units("arrived"), "{day}: came in");
        }
        end = stock.end;
    }
}

/// In the line stand those who walked in today, and nobody who sent the product in.
fn lined_up(real: &mut Real, shop: &Shop) {
    let waits = |person: &Person| person.kind == Kind::WalkIn && person.case_state == "RECORDED";
    let mut line = real.desk.line(shop.today()).unwrap();
    line.retain(waits);
    let mut line: Vec<String> = line.into_iter().map(|person| person.number).collect();
    let walked_in = |case: &&case::Case| {
        let came = case.state == State::Recorded && case.recorded == shop.today();
        came && case.channel != Channel::Online && !case.booked && !case.held
    };
    let mut model: Vec<String> =
        shop.cases.iter().filter(walked_in).map(|case| case.number.clone()).collect();
    line.sort();
    model.sort();
    assert_eq!(line, model, "the line of walk-ins");
}

/// The case that an act was about balances, and owes what the model says.
fn balanced(real: &mut Real, shop: &Shop, act: &Act) {
    let Some(at) = act::case_of(act).and_then(|back| shop.at(back)) else { return };
    let case = &shop.cases[at];
    let view = real.desk.case(&case.number).unwrap();
    let minor = |money: Option<caredesk::domain::money::Money>| money.map_or(0, |money| money.minor);
    if let Some(fee) = view.fee {
        let due = fee.minor - minor(view.paid) - minor(view.waived);
        assert_eq!(view.due.map(|due| due.minor), Some(due), "{act:?}: what is due");
        assert_eq!(Some(due), case.due(), "{act:?}: what is due by the model");
    }
    assert_eq!(view.parts_owed, case.parts_owed(), "{act:?}: parts owed");
    assert_eq!(view.units.len(), case.issued.len(), "{act:?}: units handed out");
}

#[rstest]
fn a_shop_lives_as_its_plain_model_says(#[values(1, 2, 3, 4)] share: u32) {
    let lived = TestRunner::new(runs()).run(&vec(step(), ACTS).prop_map(Life), |life| {
        live(life.0);
        Ok(())
    });
    lived.unwrap_or_else(|failure| panic!("share {share}: {failure}"));
}

#[test]
fn a_replacement_that_was_taken_back_is_free_although_the_makers_list_has_it_as_used() {
    let (back, cause, parts, owner) = (0, Cause::Accident, 0, Some(Owner::Same));
    let (channel, said, reason, price) = (Channel::Swift, true, true, true);
    let choose = Act::Choose { case: back, choice: Choice::Replacement, price, reason, owner, by: None };
    let acts = [
        Act::Record { serial: 0, cause, parts, owner: Owner::Same, channel, said, ago: 0 },
        Act::Receive(back, Brought::Own, parts, owner),
        Act::Assess { case: back, cause, parts, owner, elsewhere: false, said },
        choose.clone(),
        Act::Pay(back, None, reason),
        Act::Issue(back, vec![0]),
        Act::Void(back, 1, true),
        Act::Claims(0, 1),
        choose,
    ];
    live(acts.into_iter().map(|act| (0, act)).collect());
}
