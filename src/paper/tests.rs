//! Golden papers: each kind at both widths, with a Latin and with a wide name.

use rstest::rstest;

use super::*;
use crate::paper::text::width;

const LATIN: [&str; 2] = ["Maria Fernanda López de la Cruz", "Mavic Pro"];
const WIDE: [&str; 2] = ["李小龍（香港分店）김민준", "Mavic Air 2"];

fn head(case: Option<&str>) -> Head {
    Head {
        site: "Alameda Service Center".to_owned(),
        case: case.map(str::to_owned),
        at: "2020-03-02 10:00 by Ana".to_owned(),
        practice: false,
    }
}

fn clauses() -> Clauses {
    vec![(
        "C26".to_owned(),
        "The plan moves to the replacement unit by itself; the old serial number is retired.".to_owned(),
    )]
}

fn text(word: &str) -> String {
    word.to_owned()
}

fn papers(names: [&str; 2]) -> Vec<(&'static str, Sheet)> {
    [before(names), during(names), after(names), beside(names), vec![("day", of_day(names))]].concat()
}

fn before([customer, product]: [&str; 2]) -> Vec<(&'static str, Sheet)> {
    let case = || head(Some("0001-00042-7"));
    let (customer, product, serial) = (text(customer), text(product), text("08QDG6C01200B3"));
    vec![
        (
            "slip",
            slip(Slip {
                head: case(),
                customer: customer.clone(),
                contact: text("+1 415 555 0101"),
                serial: serial.clone(),
                product: product.clone(),
                plan: text("P-1, 2 of 2 replacements left"),
                said: text("It fell from a tree while I was filming the river; 一个螺旋桨也断了"),
                parts: text("aircraft, propellers"),
                condition: Some(text("Scratches on the left side, one screw missing, wet; SD card inside")),
                verdict: text("COVERED - 2 OF 2 LEFT"),
                clauses: clauses(),
            }),
        ),
        (
            "quote",
            quote(Quote {
                head: case(),
                customer: customer.clone(),
                product: product.clone(),
                serial: serial.clone(),
                finding: text("Front left arm broken, gimbal torn off"),
                options: vec![
                    (text("Replacement"), text("open, 79.00 USD")),
                    (text("Warranty repair"), text("not open: an accident is no defect (C5)")),
                ],
                choice: text("replacement"),
                price: text("79.00 USD"),
                valid: text("until it is handed out"),
                clauses: clauses(),
            }),
        ),
    ]
}

fn during([customer, product]: [&str; 2]) -> Vec<(&'static str, Sheet)> {
    let case = || head(Some("0001-00042-7"));
    let (customer, product, serial) = (text(customer), text(product), text("08QDG6C01200B3"));
    vec![
        (
            "certificate",
            certificate(Certificate {
                head: case(),
                customer: customer.clone(),
                product: product.clone(),
                old: serial.clone(),
                new: text("08QDH32F456EZY"),
                plan: text("P-1"),
                ordinal: text("number 1 of 2"),
                balance: text("1 of 2"),
                ends: text("2020-06-14, unchanged"),
                warranty: text("longest part until 2020-06-14, unchanged"),
                fee: text("79.00 USD, paid 79.00 USD"),
                clauses: clauses(),
            }),
        ),
        (
            "receipt",
            receipt(Receipt {
                head: case(),
                customer: customer.clone(),
                purpose: text("replacement by the plan"),
                fee: text("79.00 USD"),
                lines: vec![
                    entry(["2020-03-02 10:05", "paid", "card", "79.00 USD"]),
                    entry(["2020-03-02 11:20", "paid back", "card", "-20.00 USD"]),
                ],
                net: text("59.00 USD"),
                waived: text("20.00 USD"),
                due: text("0.00 USD"),
            }),
        ),
    ]
}

fn entry([at, what, how, amount]: [&str; 4]) -> Entry {
    Entry { at: text(at), what: text(what), how: text(how), amount: text(amount) }
}

fn after([customer, product]: [&str; 2]) -> Vec<(&'static str, Sheet)> {
    let case = || head(Some("0001-00042-7"));
    let (customer, product, serial) = (text(customer), text(product), text("08QDG6C01200B3"));
    vec![
        (
            "hand-over",
            hand_over(HandOver {
                head: case(),
                customer: customer.clone(),
                product: product.clone(),
                serial: serial.clone(),
                done: text("paid repair"),
                result: text("Arm and gimbal replaced, test flight of 12 minutes"),
                paid: text("120.00 USD"),
                owed: String::new(),
            }),
        ),
        (
            "refusal",
            refusal(Refusal {
                head: case(),
                customer: customer.clone(),
                product: product.clone(),
                serial: serial.clone(),
                asked: text("a replacement by plan P-1"),
                because: vec![(
                    text("C2"),
                    text(
                        "Recorded on 2020-07-01, after the plan's last day. The plan covers 2019-06-15 to 2020-06-14.",
                    ),
                )],
                instead: vec![text("Have it repaired at your cost."), text("Take it home as it is.")],
                clauses: clauses(),
            }),
        ),
    ]
}

fn beside([customer, product]: [&str; 2]) -> Vec<(&'static str, Sheet)> {
    let case = || head(Some("0001-00042-7"));
    let (customer, product, serial) = (text(customer), text(product), text("08QDG6C01200B3"));
    vec![
        (
            "label",
            label(Label {
                head: case(),
                customer,
                product: product.clone(),
                serial: serial.clone(),
                parts: text("aircraft"),
            }),
        ),
        (
            "packing",
            packing(Packing {
                head: head(None),
                number: text("PL-2020-03-02-1"),
                items: vec![
                    [serial, product.clone(), text("aircraft"), text("0001-00042-7")],
                    [text("S-1001"), product, text("propellers"), String::new()],
                ],
            }),
        ),
    ]
}

fn of_day([person, product]: [&str; 2]) -> Sheet {
    let word = |(name, says): (&str, &str)| (text(name), text(says));
    day_sheet(DaySheet {
        head: head(None),
        day: text("2020-03-02, closed"),
        counts: [("Recorded", "3"), ("Closed", "2")].map(word).to_vec(),
        replacements: vec![[product, "number 1", "2"].map(text)],
        money: vec![["card", "158.00 USD", "20.00 USD", "138.00 USD"].map(text)],
        watched: vec![["waived", "0001-00042-7", person, "long wait; 等了很久"].map(text)],
        shelf: [("Before", "5"), ("Handed out", "2"), ("After", "3")].map(word).to_vec(),
        owed: vec![word(("0001-00042-7", "propellers"))],
        open: vec![format!("{person}: 20.00 USD are still due")],
        explained: text("paid tomorrow"),
        journal: text("line 42"),
    })
}

#[rstest]
#[case::latin("latin", LATIN)]
#[case::wide("wide", WIDE)]
fn every_paper_is_as_it_was(#[case] name: &str, #[case] names: [&str; 2]) {
    for (kind, sheet) in papers(names) {
        for size in Width::ALL {
            let text = render(&sheet, Print { width: *size, copy: 0 });
            insta::assert_snapshot!(format!("{kind}-{name}-{size}"), text);
        }
    }
}

#[rstest]
fn no_line_is_wider_than_its_paper(#[values(LATIN, WIDE)] names: [&str; 2], #[values(0, 3)] copy: u32) {
    for (kind, sheet) in papers(names) {
        for size in Width::ALL {
            for line in render(&sheet, Print { width: *size, copy }).lines() {
                assert!(width(line) <= size.cells(), "{kind} at {size}: {line}");
            }
        }
    }
}

#[test]
fn a_copy_differs_from_the_original_by_its_mark_alone() {
    for (kind, sheet) in papers(LATIN) {
        let original = render(&sheet, Print { width: Width::Page, copy: 0 });
        let copy = render(&sheet, Print { width: Width::Page, copy: 2 });
        let (mark, rest) = copy.split_once('\n').unwrap();
        assert_eq!((mark.trim(), rest), ("COPY 2", original.as_str()), "{kind}");
    }
}

#[test]
fn a_snapshot_renders_again_as_it_was_stored() {
    for (kind, sheet) in papers(WIDE) {
        let stored = serde_json::to_string(&sheet).unwrap();
        let again: Sheet = serde_json::from_str(&stored).unwrap();
        assert_eq!(again, sheet, "{kind}");
    }
}

#[test]
fn no_paper_promises_a_new_unit() {
    for (kind, sheet) in papers(LATIN) {
        let text = render(&sheet, Print { width: Width::Page, copy: 0 }).to_lowercase();
        let promises =
            text.replace("new or equivalent to new", "").replace("new serial", "").contains(" new ");
        assert!(!promises, "{kind}: {text}");
    }
}
