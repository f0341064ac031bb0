//! The cells of each kind of file: what may stand in them, and as what it is stored.

use std::borrow::Cow;
use std::cell::Cell;

use crate::desk::names;
use crate::domain::day::{parse_day, stored_instant};
use crate::domain::edition::{Editions, FeeOrdinal};
use crate::domain::facts::Notice;
use crate::domain::money::Currency;
use crate::domain::plan::Source;
use crate::domain::region::Code;
use crate::domain::serial::{Serial, in_alphabet, normalise};
use crate::domain::writing::Writing;
use crate::repository::registry::Kind;

/// The longest text that a cell may hold, in bytes.
const LONGEST: usize = 1000;

crate::words! {
    /// What a stock file may say of a unit; everything else is the counter's to say.
    Shelved("state") {
        /// Can be handed out.
        InStock = "in-stock",
        /// Set aside.
        Quarantine = "quarantine",
    }
}

/// What cells are checked against.
pub(super) struct Known<'a> {
    pub editions: &'a Editions,
    /// Cells from which unseen characters were taken.
    pub cleaned: Cell<u64>,
}

/// Whether a column must be there, and its cells filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// In the header and in every row.
    Key,
    /// In the header; an empty cell keeps what is there.
    Header,
    /// As one likes.
    Free,
}

pub(super) type Stored<'a> = Result<Cow<'a, str>, String>;
pub(super) type Check = for<'a> fn(&Known<'_>, &'a str) -> Stored<'a>;

type Checks = &'static [(Need, Check)];

const DEVICES: Checks = &[
    (Need::Key, serial),
    (Need::Header, model),
    (Need::Free, region),
    (Need::Free, day),
    (Need::Free, activation),
    (Need::Free, day),
    (Need::Free, text),
    (Need::Free, text),
    (Need::Free, text),
    (Need::Free, serial),
];

const PLANS: Checks = &[
    (Need::Key, number),
    (Need::Header, tier),
    (Need::Header, serial),
    (Need::Header, region),
    (Need::Free, programme),
    (Need::Free, day),
    (Need::Free, day),
    (Need::Free, granted),
    (Need::Free, number),
    (Need::Free, day),
    (Need::Free, day),
];

const CLAIMS: Checks = &[
    (Need::Key, number),
    (Need::Key, ordinal),
    (Need::Free, day),
    (Need::Free, text),
    (Need::Free, serial),
    (Need::Free, serial),
];

const NOTICES: Checks = &[(Need::Key, serial), (Need::Key, notice), (Need::Key, instant)];

const STOCK: Checks = &[
    (Need::Key, unit),
    (Need::Header, model),
    (Need::Header, part),
    (Need::Header, shelved),
    (Need::Free, text),
];

const FEES: Checks = &[
    (Need::Key, programme),
    (Need::Key, model),
    (Need::Key, currency),
    (Need::Key, fee_ordinal),
    (Need::Header, text),
    (Need::Free, text),
];

/// Needs and checks, in the order of [`Kind::columns`].
pub(super) const fn checks(kind: Kind) -> Checks {
    match kind {
        Kind::Devices => DEVICES,
        Kind::Plans => PLANS,
        Kind::Claims => CLAIMS,
        Kind::Notices => NOTICES,
        Kind::Stock => STOCK,
        Kind::Fees => FEES,
    }
}

fn say(problem: impl std::fmt::Display) -> String {
    problem.to_string()
}

/// What is written as it stands when a parser takes it.
fn as_is<T, E: std::fmt::Display>(cell: &str, parsed: Result<T, E>) -> Stored<'_> {
    parsed.map(|_| Cow::Borrowed(cell)).map_err(say)
}

fn serial<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    if matches!(cell.len(), 14 | 20) && cell.chars().all(in_alphabet) {
        return Ok(Cow::Borrowed(cell));
    }
    cell.parse::<Serial>().map(|serial| Cow::Owned(serial.as_str().to_owned())).map_err(say)
}

/// A serial, or the shop's own label: `S-` and digits.
fn unit<'a>(known: &Known<'_>, cell: &'a str) -> Stored<'a> {
    let label = cell.trim().to_ascii_uppercase();
    match label.strip_prefix("S-") {
        Some(digits)
            if !digits.is_empty() && digits.len() <= 20 && digits.bytes().all(|b| b.is_ascii_digit()) =>
        {
            Ok(Cow::Owned(label))
        }
        Some(_) if normalise(cell).len() < 14 => {
            Err(format!("\"{cell}\" is not a stock label (S- and digits)"))
        }
        Some(_) | None => serial(known, cell),
    }
}

fn model<'a>(known: &Known<'_>, cell: &'a str) -> Stored<'a> {
    match known.editions.model(cell) {
        Some(_) => Ok(Cow::Borrowed(cell)),
        None => Err(format!("no edition of the programme knows the model \"{cell}\"")),
    }
}

fn part<'a>(known: &Known<'_>, cell: &'a str) -> Stored<'a> {
    if known.editions.all().any(|edition| edition.part(cell).is_some()) {
        return Ok(Cow::Borrowed(cell));
    }
    Err(format!("no edition of the programme knows the part \"{cell}\""))
}

fn programme<'a>(known: &Known<'_>, cell: &'a str) -> Stored<'a> {
    match known.editions.named(cell) {
        Some(_) => Ok(Cow::Borrowed(cell)),
        None => Err(format!(
            "there is no edition \"{cell}\" of the programme here: put its file into the programmes folder"
        )),
    }
}

fn region<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    as_is(cell, cell.parse::<Code>())
}

fn day<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    as_is(cell, parse_day(cell))
}

fn instant<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    stored_instant(cell).map_err(say)
}

fn activation<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    if cell == "never" || parse_day(cell).is_ok() {
        Ok(Cow::Borrowed(cell))
    } else {
        stored_instant(cell).map_err(say)
    }
}

fn tier<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    as_is(cell, cell.parse::<Source>()).map_err(|_| format!("\"{cell}\" is no tier (refresh or plus)"))
}

fn notice<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    as_is(cell, cell.parse::<Notice>())
}

fn shelved<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    as_is(cell, cell.parse::<Shelved>())
}

fn currency<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    as_is(cell, cell.parse::<Currency>())
}

fn whole(cell: &str, least: u8) -> Option<u8> {
    let plain = cell.len() <= 2 && cell.bytes().all(|byte| byte.is_ascii_digit());
    cell.parse().ok().filter(|&number: &u8| plain && number >= least)
}

fn granted<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    match whole(cell, 0) {
        Some(_) => Ok(Cow::Borrowed(cell)),
        None => Err(format!("\"{cell}\" is not a number of replacements (0 to 99)")),
    }
}

fn ordinal<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    match whole(cell, 1) {
        Some(number) => Ok(Cow::Owned(number.to_string())),
        None => Err(format!("\"{cell}\" is not the number of a replacement (1 to 99)")),
    }
}

fn fee_ordinal<'a>(_: &Known<'_>, cell: &'a str) -> Stored<'a> {
    match FeeOrdinal::parse(cell) {
        Some(_) => Ok(Cow::Borrowed(cell)),
        None => Err(format!("\"{cell}\" is not a replacement's place (1, 2 or plus)")),
    }
}

fn text<'a>(known: &Known<'_>, cell: &'a str) -> Stored<'a> {
    if cell.len() > LONGEST {
        return Err(format!("is longer than {LONGEST} bytes"));
    }
    let clean = names::clean(cell);
    if matches!(&clean, Cow::Owned(_)) {
        known.cleaned.set(known.cleaned.get() + 1);
    }
    Ok(clean)
}

fn number<'a>(known: &Known<'_>, cell: &'a str) -> Stored<'a> {
    match text(known, cell)? {
        clean if clean.is_empty() => Err("is nothing but blanks".to_owned()),
        clean => Writing::PlanNumber.fits(&clean).map(|()| clean).map_err(|refusal| refusal.problem),
    }
}
