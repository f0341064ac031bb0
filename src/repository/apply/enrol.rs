//! The rows of plans sold at the counter.

use rusqlite::named_params;

use crate::domain::event::{Bound, Decided, Extended, GivenBack, Noticed};
use crate::repository::apply::{moment, one};
use crate::repository::{Fault, Tx};

const SOLD: &str = "INSERT INTO sold (number, tier, serial, region, programme, starts_on, ends_on, granted, extends, sold_on)
    VALUES (:number, :tier, :serial, :region, :programme, :starts, :ends, :granted, :extends, :on)";

pub(super) fn bound(tx: &Tx<'_>, seq: i64, it: &Bound) -> Result<(), Fault> {
    one(
        tx,
        SOLD,
        named_params! {
            ":number": it.plan, ":tier": "refresh", ":serial": it.serial, ":region": it.region,
            ":programme": it.programme, ":starts": it.starts_on.to_string(), ":ends": it.ends_on.to_string(),
            ":granted": it.granted, ":extends": None::<String>, ":on": it.on.to_string(),
        },
    )?;
    decided(tx, seq, ("bind", &it.plan, &it.serial), &it.decided)
}

pub(super) fn extended(tx: &Tx<'_>, seq: i64, it: &Extended) -> Result<(), Fault> {
    one(
        tx,
        SOLD,
        named_params! {
            ":number": it.number, ":tier": "plus", ":serial": it.serial, ":region": it.region,
            ":programme": it.programme, ":starts": it.starts_on.to_string(), ":ends": it.ends_on.to_string(),
            ":granted": it.granted, ":extends": it.plan, ":on": it.on.to_string(),
        },
    )?;
    decided(tx, seq, ("extend", &it.plan, &it.serial), &it.decided)
}

pub(super) fn given_back(tx: &Tx<'_>, seq: i64, it: &GivenBack) -> Result<(), Fault> {
    let sql = "INSERT INTO given_back (plan, day) VALUES (:plan, :day)";
    one(tx, sql, named_params! { ":plan": it.plan, ":day": it.on.to_string() })?;
    decided(tx, seq, ("return-plan", &it.plan, &it.serial), &it.decided)
}

pub(super) fn noticed(tx: &Tx<'_>, it: &Noticed) -> Result<(), Fault> {
    let sql = "INSERT INTO noticed (serial, kind, issued_at) VALUES (:serial, :kind, :at)";
    one(tx, sql, named_params! { ":serial": it.serial, ":kind": it.kind, ":at": it.issued_at })
}

fn decided(
    tx: &Tx<'_>,
    seq: i64,
    (ask, plan, serial): (&str, &str, &str),
    decided: &Decided,
) -> Result<(), Fault> {
    let sql = concat!(
        "INSERT INTO enrolment (id, seq, plan, serial, ask, at, facts, answer) VALUES (:id, :seq, :plan, :serial, :ask, ",
        moment!(),
        ", :facts, :answer)"
    );
    one(
        tx,
        sql,
        named_params! {
            ":id": decided.id, ":plan": plan, ":serial": serial, ":ask": ask, ":facts": decided.facts,
            ":answer": decided.answer, ":seq": seq,
        },
    )
}
