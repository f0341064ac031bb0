//! The shape of a programme file. Every key is required, and an unknown one is an error.

use toml::Spanned;

use crate::domain::edition::{
    AfterUse, ClockDay, DamageInTerm, DateOnly, FirstDay, HandheldClock, Incomplete, LastDay, Leftover,
    Openness, OwnerPolicy, PlusRegion, Rebind, WarrantyRoute,
};
use crate::domain::product::Kind;
use crate::programme::mistake::Wrong;
use crate::programme::shape::{Shape, Table, Value, number, other, word};

pub(super) use crate::programme::shape::{Rows, Text};

/// The days of `quote.valid_days`; none for the word `unset`.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValidDays(pub Option<u32>);

/// A series' kind; none for the word `none`.
#[derive(Debug, Clone, Copy)]
pub(super) struct KindWord(pub Option<Kind>);

macro_rules! shape {
    ($name:ident { $($key:ident $(as $written:literal)?),+ }) => {
        impl Shape for $name {
            fn read(value: &Value<'_>) -> Result<Self, Wrong> {
                let table = Table::of(value, &[$(shape!(@ $key $($written)?)),+])?;
                Ok(Self { $($key: table.take(shape!(@ $key $($written)?))?),+ })
            }
        }
    };
    (@ $key:ident) => { stringify!($key) };
    (@ $key:ident $written:literal) => { $written };
}

macro_rules! tables {
    ($($name:ident { $($key:ident $(as $written:literal)?: $value:ty),+ $(,)? })+) => {
        $(#[derive(Debug)]
        pub(super) struct $name { $(pub $key: $value),+ }

        shape!($name { $($key $(as $written)?),+ });)+
    };
}

macro_rules! words {
    ($($name:ident),+ $(,)?) => {
        $(impl Shape for $name {
            fn read(value: &Value<'_>) -> Result<Self, Wrong> {
                word(value, Self::WORDS)
            }
        })+
    };
}

tables! {
    Document {
        id: Text,
        first_day: Text,
        term: Term,
        balance: Balance,
        clock: Clock,
        owner: Owner,
        claim: Claim,
        returned as "return": Returned,
        quote: Quote,
        bind: Bind,
        plus: Plus,
        cause: Causes,
        parts: Parts,
        warranty: Warranty,
        series: Rows<Series>,
        models: Rows<Model>,
        regions: Regions,
        channels: Channels,
        fees: Vec<Fee>,
        serial: Serial,
        clauses: Spanned<Rows<Text>>,
    }
    Term { months: Spanned<u32>, last_day: LastDay, starts: Spanned<Vec<FirstDay>>, ship_days: Spanned<u32> }
    Balance { allowance: Spanned<u8>, per_case: Text }
    Clock { day: ClockDay }
    Owner { policy: OwnerPolicy }
    Claim { damage_in_term: DamageInTerm }
    Returned { after_use: AfterUse }
    Quote { valid_days: ValidDays }
    Bind {
        activation_hours: Spanned<u32>,
        handheld_window_days: Spanned<u32>,
        handheld_days: HandheldClock,
        invitation_hours: Spanned<u32>,
        approval_hours: Spanned<u32>,
        rebind: Rebind,
        date_only: Spanned<DateOnly>,
    }
    Plus {
        months: Spanned<u32>,
        granted: Spanned<u8>,
        starts: Text,
        leftover: Leftover,
        once: bool,
        region: PlusRegion,
        revives: bool,
    }
    Causes { normal_use: Spanned<Openness>, routes: Spanned<Rows<Route>> }
    Route {
        name: Text,
        warranty: WarrantyRoute,
        replacement: Spanned<Openness>,
        paid: Openness,
        clauses: Spanned<Vec<Text>>,
    }
    Parts { incomplete: Incomplete, names: Rows<Text> }
    Warranty {
        no_receipt_days: Spanned<u32>,
        min_days_after_replacement: Spanned<u32>,
        tables: Rows<WarrantyTable>,
    }
    WarrantyTable {
        assumed: bool,
        note: String,
        months: Spanned<Rows<Spanned<u32>>>,
        below_cycles: Rows<Spanned<u32>>,
        none: Vec<Text>,
    }
    Series { name: Text, kind: Spanned<KindWord>, carrying: Text, replaceable: Vec<Text> }
    Model { name: Text, series: Text, warranty: Text }
    Regions { eu: Text, refer: Vec<Spanned<[Text; 2]>>, listed: Spanned<Rows<Listed>> }
    Listed { currency: Text, members: Vec<Text> }
    Channels { not_offered: Spanned<Rows<Vec<Text>>> }
    Fee { model: Text, ordinal: Text, currency: Text, amount: Text, source: Text }
    Serial {
        dated_length: Spanned<u32>,
        newer_prefix: Text,
        year_letters: Text,
        first_year: Spanned<u32>,
        months: Text,
        days: Text,
        earliest_year: Spanned<u32>,
        product_codes: Rows<Text>,
    }
}

shape!(DateOnly { inside_days, refer_days });

words! {
    AfterUse, ClockDay, DamageInTerm, FirstDay, HandheldClock, Incomplete, LastDay, Leftover, Openness,
    OwnerPolicy, PlusRegion, Rebind, WarrantyRoute,
}

impl Shape for ValidDays {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        let wanted = "a number of days, or \"unset\"";
        match value.get_ref().as_str() {
            Some("unset") => Ok(Self(None)),
            Some(_) => Err(other(value, wanted)),
            None => number(value, wanted).map(|days| Self(Some(days))),
        }
    }
}

impl Shape for KindWord {
    fn read(value: &Value<'_>) -> Result<Self, Wrong> {
        let kinds = [
            ("aircraft", Some(Kind::Aircraft)),
            ("handheld", Some(Kind::Handheld)),
            ("gimbal", Some(Kind::Gimbal)),
            ("none", None),
        ];
        word(value, &kinds).map(Self)
    }
}
