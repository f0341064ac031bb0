//! Makes big registries: the same number is the same device in every run.

use std::fmt::Write as _;
use std::io::Write;
use std::ops::Range;

const MODELS: [&str; 6] = ["spark", "mavic-pro", "mavic-air", "mavic-2-pro", "osmo-pocket", "ronin-s"];
const REGIONS: [&str; 6] = ["US", "CA", "DE", "GB", "JP", "CN"];
const FIRST: [&str; 10] = ["Liam", "Zoë", "娜", "Søren", "Ann", "Łukasz", "Maria", "José", "민준", "Yuki"];
const LAST: [&str; 10] =
    ["O’Neill", "Müller", "李", "Jensen", "Smith", "Nowak", "Rossi", "García", "김", "Sato"];
const SYLLABLES: [&str; 16] =
    ["ba", "der", "fen", "go", "hal", "ki", "lor", "man", "ne", "pol", "ra", "sen", "tu", "vik", "wes", "zo"];
const LETTERS: &[u8; 34] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

const DEVICES: &str = "serial,model,purchase_region,purchased_on,activated_at,warranty_starts_on,owner_name,\
                       owner_phone,owner_email,replaced_by";
const PLANS: &str =
    "number,tier,serial,region,programme,starts_on,ends_on,granted,extends,sold_on,returned_on";

/// The fee of the model that is issued.
pub const FEES: &str =
    "programme,model,currency,ordinal,amount,source\n2019-05,mavic-pro,USD,1,129.00,bench\n";

/// A number that looks random and is the same every time.
const fn mixed(number: u64, what: u64) -> u64 {
    let mixed = (number ^ (what << 56)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    mixed ^ (mixed >> 33)
}

fn one<'a>(words: &[&'a str], number: u64) -> &'a str {
    words[(number % words.len() as u64) as usize]
}

/// The serial of the device with this number; no two are the same, and they come in no order.
pub fn serial(number: u64) -> String {
    // A factor that has no divisor in common with the space permutes it.
    const SPACE: u64 = 34_u64.pow(11);
    let mut rest = ((u128::from(number) * 7_919_191_919_191 + 12_345) % u128::from(SPACE)) as u64;
    let mut text = String::from("08Q");
    for _ in 0..11 {
        text.push(char::from(LETTERS[(rest % 34) as usize]));
        rest /= 34;
    }
    text
}

/// The name of a device's owner: first names repeat much, last names from very much to hardly.
pub fn name(number: u64) -> String {
    let (first, last) = (one(&FIRST, mixed(number, 1)), one(&LAST, mixed(number, 2)));
    if mixed(number, 3).is_multiple_of(4) {
        return format!("{first} {last}");
    }
    let mut rest = mixed(number, 4);
    let mut made = String::new();
    for _ in 0..4 {
        made.push_str(one(&SYLLABLES, rest));
        rest >>= 4;
    }
    format!("{first} {}{}", made.remove(0).to_ascii_uppercase(), made)
}

/// The phone number of a device's owner.
pub fn phone(number: u64) -> String {
    format!("+45{:09}", mixed(number, 5) % 1_000_000_000)
}

/// Writes so many devices as the maker's CSV; in another `issue` of it every tenth has other days.
pub fn devices(out: &mut impl Write, count: u64, issue: u64) -> std::io::Result<()> {
    writeln!(out, "{DEVICES}")?;
    for number in 0..count {
        let day = if number.is_multiple_of(10) { mixed(number ^ issue, 6) } else { mixed(number, 6) };
        let day = format!("201{}-{:02}-{:02}", day % 3 + 7, (day >> 8) % 12 + 1, (day >> 16) % 28 + 1);
        let (model, region) = (one(&MODELS, mixed(number, 7)), one(&REGIONS, mixed(number, 8)));
        let (serial, name, phone) = (serial(number), name(number), phone(number));
        writeln!(
            out,
            "{serial},{model},{region},{day},{day}T10:00:00Z,{day},{name},{phone},user{number}@example.org,"
        )?;
    }
    Ok(())
}

/// Writes a plan for each of so many devices.
pub fn plans(out: &mut impl Write, count: u64) -> std::io::Result<()> {
    writeln!(out, "{PLANS}")?;
    (0..count).try_for_each(|number| writeln!(out, "{}", plan(number)))
}

fn plan(number: u64) -> String {
    format!("CR{number:09},refresh,{},US,2019-05,2019-06-15,,2,,2019-06-15,", serial(number))
}

/// Devices of one model and region, to issue replacements for.
pub fn same_devices(numbers: Range<u64>) -> String {
    numbers.fold(format!("{DEVICES}\n"), |mut text, number| {
        let serial = serial(number);
        let row = "mavic-pro,US,2019-06-15,2019-06-16T17:00:00Z,2019-06-15,Maria López,+1 415 555 0101,,";
        writeln!(text, "{serial},{row}").unwrap();
        text
    })
}

/// Their plans.
pub fn same_plans(numbers: Range<u64>) -> String {
    numbers.fold(format!("{PLANS}\n"), |mut text, number| {
        writeln!(text, "{}", plan(number)).unwrap();
        text
    })
}

/// Units on the shelf.
pub fn stock(numbers: Range<u64>) -> String {
    numbers.fold("serial,model,part,state,place\n".to_owned(), |mut text, number| {
        writeln!(text, "{},mavic-pro,aircraft,in-stock,shelf A1", serial(number)).unwrap();
        text
    })
}
