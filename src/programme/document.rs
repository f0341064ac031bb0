//! The shape of a programme file. Every key is required, and an unknown one is an error.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::domain::edition::{
    AfterUse, ClockDay, DamageInTerm, DateOnly, FirstDay, HandheldClock, Incomplete, LastDay, Leftover,
    Openness, OwnerPolicy, PlusRegion, Rebind, WarrantyRoute,
};
use crate::domain::product::Kind;

/// A text with its place.
pub(super) type Text = Spanned<String>;

/// The rows of a table in the order in which they are written.
#[derive(Debug)]
pub(super) struct Rows<T>(pub Vec<(Text, T)>);

/// The days of `quote.valid_days`; none for the word `unset`.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValidDays(pub Option<u32>);

/// A series' kind; none for the word `none`.
#[derive(Debug, Clone, Copy)]
pub(super) struct KindWord(pub Option<Kind>);

macro_rules! tables {
    ($($name:ident { $($(#[$serde:meta])* $key:ident: $value:ty),+ $(,)? })+) => {
        $(#[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name { $($(#[$serde])* pub $key: $value),+ })+
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
        #[serde(rename = "return")] returned: Returned,
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Rows<T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rows<T>, A::Error> {
                let mut rows: Vec<(Text, T)> = Vec::new();
                while let Some(row) = map.next_entry()? {
                    rows.push(row);
                }
                // The TOML reader sorts keys by name; staff see them as they are written.
                rows.sort_by_key(|(key, _)| key.span().start);
                Ok(Rows(rows))
            }
        }

        from.deserialize_map(InOrder(PhantomData))
    }
}

impl<'de> Deserialize<'de> for ValidDays {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct DaysOrUnset;

        impl Visitor<'_> for DaysOrUnset {
            type Value = ValidDays;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number of days, or \"unset\"")
            }

            fn visit_str<E: Error>(self, word: &str) -> Result<ValidDays, E> {
                let wrong = || E::invalid_value(serde::de::Unexpected::Str(word), &self);
                if word == "unset" { Ok(ValidDays(None)) } else { Err(wrong()) }
            }

            fn visit_i64<E: Error>(self, days: i64) -> Result<ValidDays, E> {
                let wrong = |_| E::invalid_value(serde::de::Unexpected::Signed(days), &self);
                u32::try_from(days).map(|days| ValidDays(Some(days))).map_err(wrong)
            }
        }

        from.deserialize_any(DaysOrUnset)
    }
}

impl<'de> Deserialize<'de> for KindWord {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum Word {
            Aircraft,
            Handheld,
            Gimbal,
            None,
        }

        Ok(Self(match Word::deserialize(from)? {
            Word::Aircraft => Some(Kind::Aircraft),
            Word::Handheld => Some(Kind::Handheld),
            Word::Gimbal => Some(Kind::Gimbal),
            Word::None => None,
        }))
    }
}
