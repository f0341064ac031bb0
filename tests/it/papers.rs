//! Every paper of a case through the command line: what it says, when it can be had, how it goes out.

use caredesk::paper::text::width;
use rstest::rstest;

use crate::shop::{Known, Ran, Shop};

const WIDE: &str = "李小龍（香港分店）김민준";

/// A case on this serial for a customer with a wide name.
fn recorded(shop: &Shop, serial: &str) -> String {
    let words = "It fell from a tree; 一个螺旋桨也断了";
    let record = ["case", "record", serial, "--cause", "accident", "--part", "aircraft", "--said", words];
    let customer = ["--customer", WIDE, "--phone", "+1 415 555 0101", "--owner", "same", "--json"];
    shop.run(&[&record[..], &customer[..]].concat()).well().json()["number"].as_str().unwrap().to_owned()
}

fn assessed(shop: &Shop, serial: &str) -> String {
    let case = recorded(shop, serial);
    step(shop, &["receive", &case, "--serial", serial, "--part", "aircraft"]);
    step(shop, &["assess", &case, "--cause", "accident", "--part", "aircraft", "--finding", "Arm broken"]);
    case
}

fn step(shop: &Shop, words: &[&str]) {
    shop.run(&[&["case"], words, &["--json"]].concat()).well();
}

fn paper(shop: &Shop, kind: &str, case: &str, more: &[&str]) -> Ran {
    shop.run(&[&["paper", kind, case], more].concat())
}

fn copies(shop: &Shop, kind: &str, case: &str) -> i64 {
    paper(shop, kind, case, &["--json"]).well().json()["copy"].as_i64().unwrap()
}

#[test]
fn every_paper_of_a_case_at_both_widths() {
    let shop = Shop::small();
    let case = assessed(&shop, Known::FRESH);
    step(&shop, &["choose", &case, "replacement"]);
    step(&shop, &["pay", &case, "--method", "card"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    let empty = assessed(&shop, Known::EMPTY);
    for kind in ["slip", "quote", "certificate", "receipt", "hand-over", "refusal", "label"] {
        let case = if kind == "refusal" { &empty } else { &case };
        for width in ["80", "42"] {
            let text = paper(&shop, kind, case, &["--width", width]).well().out;
            insta::assert_snapshot!(format!("{kind}-{width}"), text);
        }
    }
    shop.verified();
}

#[rstest]
#[case::recorded(&["slip", "quote", "certificate", "receipt", "hand-over", "label"], "recorded")]
#[case::assessed(&["certificate", "receipt", "hand-over", "refusal"], "assessed")]
fn a_paper_that_the_case_cannot_have_yet_is_refused(#[case] kinds: &[&str], #[case] state: &str) {
    let shop = Shop::small();
    let case =
        if state == "recorded" { recorded(&shop, Known::FRESH) } else { assessed(&shop, Known::FRESH) };
    let before = shop.run(&["export", "journal"]).out;
    for kind in kinds {
        let ran = paper(&shop, kind, &case, &["--json"]);
        assert_eq!((ran.code, ran.guard().as_str()), (1, "wrong-state"), "{kind}");
    }
    assert_eq!(shop.run(&["export", "journal"]).out, before);
}

#[test]
fn a_paper_is_an_original_again_when_it_says_something_else() {
    let shop = Shop::small();
    let case = assessed(&shop, Known::FRESH);
    assert_eq!([copies(&shop, "quote", &case), copies(&shop, "quote", &case)], [0, 1]);
    step(&shop, &["choose", &case, "replacement"]);
    assert_eq!([copies(&shop, "quote", &case), copies(&shop, "quote", &case)], [0, 1]);
    step(&shop, &["pay", &case, "--method", "card"]);
    assert_eq!([copies(&shop, "receipt", &case), copies(&shop, "receipt", &case)], [0, 1]);
    step(&shop, &["refund", &case, "--amount", "20.00", "--reason", "slow"]);
    let receipt = paper(&shop, "receipt", &case, &[]).well().out;
    assert!(receipt.contains("-20.00 USD") && !receipt.contains("COPY"), "{receipt}");
    shop.verified();
}

#[test]
fn a_copy_stores_no_text_of_its_own_and_says_how_it_went_out() {
    let shop = Shop::small();
    let case = assessed(&shop, Known::FRESH);
    let file = shop.folder().join("out.txt");
    paper(&shop, "slip", &case, &["--out", file.to_str().unwrap()]).well();
    assert!(std::fs::read_to_string(&file).unwrap().contains("COPY 1"));
    let journal = shop.run(&["export", "journal", "--format", "jsonl"]).well().out;
    let lines = journal.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let printed: Vec<_> = lines.filter(|line| line["kind"] == "printed").collect();
    let [first, copy] = printed.as_slice() else { panic!("{printed:?}") };
    assert_eq!(first["payload"]["text"], copy["payload"]["text"]);
    assert_eq!(
        (&first["payload"]["way"], &copy["payload"]["way"]),
        (&serde_json::Value::Null, &"file".into())
    );
    shop.verified();
}

#[test]
fn the_same_request_prints_the_same_copy() {
    let shop = Shop::small();
    let case = assessed(&shop, Known::FRESH);
    let again = ["--request-id", "0192aaaa-0000-7000-8000-000000000003"];
    let first = paper(&shop, "slip", &case, &again).well().out;
    assert_eq!(paper(&shop, "slip", &case, &again).well().out, first);
    assert_eq!(copies(&shop, "slip", &case), 2);
}

#[test]
fn no_paper_of_a_customer_says_what_staff_wrote_for_themselves() {
    let shop = Shop::small();
    let case = assessed(&shop, Known::FRESH);
    step(&shop, &["hold", &case, "--reason", "INTERNAL hold"]);
    step(&shop, &["unhold", &case, "--reason", "INTERNAL unhold"]);
    step(&shop, &["choose", &case, "replacement"]);
    step(&shop, &["change-mind", &case, "--reason", "INTERNAL mind"]);
    step(&shop, &["choose", &case, "replacement"]);
    step(&shop, &["pay", &case, "--method", "cash", "--amount", "50.00", "--reason", "INTERNAL waiver"]);
    step(&shop, &["refund", &case, "--amount", "10.00", "--reason", "INTERNAL refund"]);
    step(&shop, &["pay", &case, "--method", "card"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    let back = assessed(&shop, Known::EMPTY);
    step(&shop, &["choose", &back, "return-unrepaired", "--reason", "INTERNAL reason"]);
    step(&shop, &["hold", &back, "--reason", "INTERNAL rest"]);
    step(&shop, &["hand-over", &back, "--serial", Known::EMPTY]);
    let mut printed = 0;
    for case in [&case, &back] {
        for kind in ["slip", "quote", "certificate", "receipt", "hand-over", "refusal", "label"] {
            let ran = paper(&shop, kind, case, &[]);
            assert!(!ran.out.contains("INTERNAL"), "{kind}: {}", ran.out);
            printed += usize::from(ran.code == 0);
        }
    }
    assert_eq!(printed, 6 + 5);
    shop.verified();
}

#[test]
fn the_reason_of_a_fee_goes_with_its_choice() {
    let shop = Shop::small();
    let case = shop.chosen(Known::SPARK, &["aircraft"]);
    let pay = ["pay", &case, "--method", "card", "--amount"];
    step(&shop, &[&pay[..], &["49", "--reason", "list of the day"]].concat());
    assert!(paper(&shop, "receipt", &case, &[]).out.contains("49.00 USD (list of the day)"));
    step(&shop, &["refund", &case, "--amount", "49", "--reason", "INTERNAL refund"]);
    step(&shop, &["change-mind", &case]);
    step(&shop, &["choose", &case, "paid-repair", "--price", "30"]);
    step(&shop, &["work", &case]);
    step(&shop, &["finish", &case, "--result", "new arm"]);
    step(&shop, &[&pay[..], &["20", "--reason", "INTERNAL waiver"]].concat());
    let receipt = paper(&shop, "receipt", &case, &[]).out;
    assert!(receipt.contains("30.00 USD\n") && !receipt.contains("list of the day"), "{receipt}");
    assert!(!receipt.contains("INTERNAL"), "{receipt}");
}

fn with_config(shop: &Shop, config: &str, words: &[&str]) -> Ran {
    let file = shop.folder().join("config.toml");
    std::fs::write(&file, config).unwrap();
    shop.command().env("PATH", "/usr/bin:/bin").arg("--config").arg(file).args(words).output().unwrap().into()
}

#[test]
fn the_printer_gets_the_paper_as_wide_as_the_config_says() {
    let shop = Shop::small();
    let case = assessed(&shop, Known::FRESH);
    let got = shop.folder().join("printed.txt");
    let config = format!("paper = 42\nprint = [\"sh\", \"-c\", \"cat > {}\"]\n", got.display());
    with_config(&shop, &config, &["paper", "label", &case, "--print"]).well();
    let text = std::fs::read_to_string(got).unwrap();
    assert!(
        text.contains("LABEL") && text.contains(&"=".repeat(42)) && !text.contains(&"=".repeat(43)),
        "{text}"
    );
    assert_eq!(
        std::fs::read_to_string(shop.folder().join(format!("papers/{case}-label.txt"))).unwrap(),
        text
    );
}

#[rstest]
#[case::off("print = []", "printing is turned off")]
#[case::fails("print = \"false\"", "false failed")]
#[case::not_there("print = \"no-such-printer -d x\"", "no-such-printer does not start")]
fn a_printer_that_does_not_print_is_told_and_the_paper_kept(#[case] config: &str, #[case] says: &str) {
    let shop = Shop::small();
    let case = assessed(&shop, Known::FRESH);
    let day = "2020-03-02".to_owned();
    let before = shop.run(&["export", "journal"]).well().out;
    for (kind, subject) in [("label", case.as_str()), ("slip", case.as_str()), ("day", day.as_str())] {
        let ran = with_config(&shop, config, &["paper", kind, subject, "--print"]);
        assert_eq!(ran.code, 1);
        assert!(ran.err.starts_with("caredesk: printer: ") && ran.err.contains(says), "{}", ran.err);
    }
    assert!(shop.folder().join(format!("papers/{case}-label.txt")).exists());
    assert_eq!(
        shop.run(&["export", "journal"]).well().out,
        before,
        "what was not printed is not in the journal"
    );
    for (kind, subject, next) in [("label", &case, [0, 1]), ("slip", &case, [1, 2]), ("day", &day, [0, 1])] {
        assert_eq!([copies(&shop, kind, subject), copies(&shop, kind, subject)], next, "{kind}");
    }
    shop.verified();
}

#[test]
fn two_who_print_at_once_print_two_copies() {
    let shop = Shop::small();
    let case = assessed(&shop, Known::FRESH);
    let [begun, go, got] = ["begun", "go", "got"].map(|name| shop.folder().join(name));
    let script = format!(
        "touch {}; until [ -e {} ]; do sleep 0.02; done; cat > {}",
        begun.display(),
        go.display(),
        got.display()
    );
    let config = format!("print = [\"sh\", \"-c\", {script:?}]\n");
    let second = std::thread::scope(|scope| {
        let first = scope.spawn(|| with_config(&shop, &config, &["paper", "slip", &case, "--print"]));
        while !begun.exists() && !first.is_finished() {
            std::thread::yield_now();
        }
        let second = scope.spawn(|| copies(&shop, "slip", &case));
        std::fs::write(&go, "").unwrap();
        first.join().unwrap().well();
        second.join().unwrap()
    });
    assert!(std::fs::read_to_string(got).unwrap().contains("COPY 1"));
    assert_eq!(second, 2);
    shop.verified();
}

#[test]
fn a_day_sheet_is_kept_and_its_width_can_be_chosen() {
    let shop = Shop::small();
    assessed(&shop, Known::FRESH);
    let sheet = paper(&shop, "day", "2020-03-02", &["--width", "42"]).well().out;
    assert!(sheet.contains("DAY SHEET") && sheet.lines().all(|line| width(line) <= 42), "{sheet}");
    assert!(shop.run(&["export", "journal"]).out.contains("sheet-printed"));
    let list = paper(&shop, "packing", "PL-9", &[]);
    assert_eq!(list.code, 1, "{list:?}");
    shop.verified();
}

#[test]
fn the_condition_of_the_unit_stands_on_the_slip_and_on_no_other_paper() {
    let shop = Shop::small();
    let case = recorded(&shop, Known::FRESH);
    let receive = ["receive", &case, "--serial", Known::FRESH, "--part", "aircraft"];
    step(&shop, &[&receive[..], &["--condition", "WET, one screw missing"]].concat());
    let shown = shop.run(&["case", "show", &case, "--json"]).well().json();
    assert_eq!(shown["condition"], "WET, one screw missing");
    assert!(shop.run(&["case", "show", &case]).well().out.contains("; condition: WET, one screw missing"));
    step(&shop, &["assess", &case, "--cause", "accident", "--part", "aircraft", "--finding", "Arm broken"]);
    step(&shop, &["choose", &case, "replacement"]);
    step(&shop, &["pay", &case, "--method", "card"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    for kind in ["slip", "quote", "certificate", "receipt", "hand-over", "label"] {
        let text = paper(&shop, kind, &case, &[]).well().out;
        assert_eq!(text.contains("WET"), kind == "slip", "{kind}: {text}");
    }
    shop.verified();
}

#[test]
fn the_slip_of_a_unit_that_is_brought_again_is_written_beside_the_first() {
    let shop = Shop::small();
    let case = recorded(&shop, Known::FRESH);
    let unit = ["--serial", Known::FRESH, "--part", "aircraft"];
    let again = ["reopen", &case, "--by", "ben", "--reason", "came back"];
    step(&shop, &[&["receive", &case][..], &unit].concat());
    step(&shop, &["cancel", &case, "--reason", "goes home"]);
    step(&shop, &again);
    let file = shop.folder().join(format!("papers/{case}-slip-2.txt"));
    assert!(!file.exists(), "without a unit there is no new slip");
    step(&shop, &["cancel", &case, "--reason", "goes home"]);
    step(&shop, &[&again[..], &unit, &["--condition", "WET, one screw missing"]].concat());
    let slip = std::fs::read_to_string(file).unwrap();
    assert!(slip.contains("INTAKE SLIP") && slip.contains("WET, one screw missing"), "{slip}");
    shop.verified();
}
