//! The sums of a day's sheet, made again from the exported journal.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::long_day::UNITS;
use crate::shop::Shop;

/// What the exported journal says, summed by itself.
#[derive(Default)]
struct Sums {
    kinds: BTreeMap<String, u64>,
    /// Taken and refunded, by method.
    money: BTreeMap<String, [i64; 2]>,
    waived: i64,
    /// Replacements by ordinal.
    ordinals: BTreeMap<u64, u64>,
    /// Units that went out, came back and were missed.
    shelf: [usize; 3],
}

fn sums(shop: &Shop) -> Sums {
    let mut sums = Sums::default();
    let journal = shop.run(&["export", "journal", "--format", "jsonl"]).well().out;
    for line in journal.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let payload = match &line["payload"] {
            Value::String(text) => serde_json::from_str(text).unwrap(),
            payload => payload.clone(),
        };
        let kind = line["kind"].as_str().unwrap();
        *sums.kinds.entry(kind.to_owned()).or_insert(0) += 1;
        sums.units(kind, &payload);
        let lines = payload["lines"].as_array().cloned().unwrap_or_default();
        for line in lines.iter().chain(payload.get("line")) {
            let minor = line["amount"]["minor"].as_i64().unwrap();
            match line["method"].as_str() {
                None => sums.waived += minor,
                Some(method) => {
                    let sum = sums.money.entry(method.to_owned()).or_insert([0, 0]);
                    sum[usize::from(line["kind"] == "refunded")] += minor;
                }
            }
        }
    }
    sums
}

impl Sums {
    fn units(&mut self, kind: &str, payload: &Value) {
        let listed = |key: &str| payload[key].as_array().unwrap();
        match kind {
            "issued" => {
                *self.ordinals.entry(payload["slot"]["ordinal"].as_u64().unwrap()).or_default() += 1;
                self.shelf[0] += listed("units").len();
            }
            "voided" => self.shelf[1] += listed("units").iter().filter(|unit| unit["how"] == "back").count(),
            "counted" => self.shelf[2] += listed("missing").len(),
            _ => {}
        }
    }
}

/// Fails unless the sheet of the day says what the exported journal adds up to.
pub(crate) fn confirmed(shop: &Shop) {
    let Sums { kinds, money, waived, ordinals, shelf } = sums(shop);
    let sheet = shop.run(&["day", "show", "--json"]).well().json();
    for (key, kind) in [
        ("opened", "recorded"),
        ("received", "received"),
        ("issued", "issued"),
        ("closed", "closed"),
        ("cancelled", "cancelled"),
        ("handed_over", "handed-over"),
    ] {
        assert_eq!(sheet[key], kinds[kind], "{key}");
    }
    assert_eq!((&sheet["opened"], &sheet["no_shows"]), (&25.into(), &1.into()));
    for (method, [taken, refunded]) in &money {
        let net = taken - refunded;
        let wanted = json!({"currency": "USD", "taken": taken, "refunded": refunded, "net": net});
        assert_eq!(&sheet["money"][method], &wanted, "{method}");
    }
    assert_eq!(sheet["money"].as_object().unwrap().len(), money.len());
    let listed = |key: &str| sheet[key].as_array().unwrap().len();
    assert_eq!((listed("voids"), listed("overrides"), listed("reopened")), (2, 1, 1));
    assert!(sheet["voids"][0]["who"] == "Ana" && sheet["voids"][0]["by"] == "Ben", "{sheet}");

    let total: i64 =
        sheet["waivers"].as_array().unwrap().iter().map(|it| it["amount"]["minor"].as_i64().unwrap()).sum();
    assert_eq!((total, listed("waivers") > 0), (waived, true));
    let line = |(ordinal, count): (&u64, &u64)| json!({"model": "mavic-pro", "source": "refresh", "ordinal": ordinal, "count": count});
    assert_eq!(sheet["replacements"], ordinals.iter().map(line).collect::<Value>());

    let stock = &sheet["stock"];
    let number = |key: &str| usize::try_from(stock[key].as_i64().unwrap()).unwrap();
    let [issued, back, missing] = shelf;
    assert_eq!((number("start"), number("in")), (0, UNITS));
    assert_eq!(["issued", "back", "missing"].map(number), shelf);
    assert_eq!(number("end"), UNITS - issued + back - missing);
}
