//! Several processes on one file: nobody loses anything, and no number is given twice.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};

use crate::shop::{Known, Ran, Shop};

const CUSTOMERS: usize = 24;

fn serial(number: usize) -> String {
    format!("08QDG6C01{number:05}")
}

fn shop() -> Shop {
    let shop = Shop::bare();
    shop.run(&["setup", "--site", "Alameda Center", "--region", "US"]).well();
    let head = "serial,model,purchase_region,purchased_on,owner_name\n".to_owned();
    let rows = (0..CUSTOMERS)
        .fold(head, |text, number| text + &format!("{},mavic-pro,US,2019-06-15,Maria\n", serial(number)));
    shop.import("devices", &rows).well();
    shop
}

#[test]
fn two_counters_recording_at_once_lose_no_case_and_share_no_number() {
    let shop = shop();
    let half = |from: usize| {
        let shop = &shop;
        move || -> Vec<String> {
            (from..CUSTOMERS).step_by(2).map(|number| shop.record(&serial(number), &["aircraft"])).collect()
        }
    };
    let numbers: Vec<String> = std::thread::scope(|scope| {
        let counters = [scope.spawn(half(0)), scope.spawn(half(1))];
        counters.into_iter().flat_map(|counter| counter.join().unwrap()).collect()
    });
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), CUSTOMERS, "{numbers:?}");
    let list = shop.run(&["case", "list", "--json"]).well().json();
    let listed: BTreeSet<&str> =
        list.as_array().unwrap().iter().map(|case| case["number"].as_str().unwrap()).collect();
    assert_eq!(listed, numbers.iter().map(String::as_str).collect());
    shop.verified();
}

#[test]
fn the_same_device_recorded_by_two_counters_at_once_has_one_case() {
    let shop = shop();
    let record = || -> Child {
        let mut command = shop.command();
        command.args(["case", "record", &serial(0), "--cause", "accident", "--part", "aircraft"]);
        command.args(["--said", "It fell from a tree", "--customer", "Maria", "--phone", "1", "--json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let both = [record(), record()].map(|child| Ran::from(child.wait_with_output().unwrap()));
    let refused: Vec<&Ran> = both.iter().filter(|ran| ran.code == 1).collect();
    assert_eq!(refused.len(), 1, "{both:?}");
    assert_eq!(refused[0].guard(), "open-case");
    assert_eq!(shop.run(&["case", "list", "--json"]).json().as_array().unwrap().len(), 1);
    shop.verified();
}

#[test]
fn one_request_sent_by_two_processes_at_once_is_one_act() {
    let shop = shop();
    let record = || -> Child {
        let mut command = shop.command();
        command.args(["case", "record", &serial(0), "--cause", "accident", "--part", "aircraft"]);
        command.args(["--said", "It fell from a tree", "--customer", "Maria", "--phone", "1", "--json"]);
        command.args(["--request-id", "0192aaaa-0000-7000-8000-000000000001"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let [one, other] = [record(), record()].map(|child| Ran::from(child.wait_with_output().unwrap()).well());
    assert_eq!(one.out, other.out);
    assert_eq!(shop.run(&["export", "journal"]).out.matches(",recorded,").count(), 1);
}

#[test]
fn an_import_and_a_counter_that_issues_both_get_everything_done() {
    let shop = Shop::small();
    let rows = 6000;
    let head = "serial,model,purchase_region,purchased_on,owner_name\n".to_owned();
    let many = (0..rows)
        .fold(head, |text, row| text + &format!("08QDG6C02{row:05},mavic-pro,US,2019-06-15,Maria {row}\n"));
    std::fs::write(shop.folder().join("many.csv"), many).unwrap();
    let mut command = shop.command();
    command.args(["import", "devices"]).arg(shop.folder().join("many.csv"));
    let import = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let case = shop.paid(Known::FRESH, &["aircraft"]);
    shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]).well();
    shop.run(&["case", "close", &case, "--json"]).well();
    let second = shop.paid(Known::UNITS[0], &["aircraft"]);
    Ran::from(import.wait_with_output().unwrap()).well();
    shop.run(&["issue", &second, "--unit", Known::UNITS[1], "--json"]).well();
    // The two replacements are customers' devices now.
    assert_eq!(shop.run(&["export", "devices"]).well().out.lines().count(), 1 + 4 + 2 + rows);
    shop.verified();
}

#[test]
fn two_imports_at_once_do_not_mix() {
    let shop = Shop::bare();
    shop.run(&["setup", "--site", "Alameda Center", "--region", "US"]).well();
    let import = |first: char| -> Child {
        let head = "serial,model,purchase_region,purchased_on\n".to_owned();
        let many = (0..3000)
            .fold(head, |text, row| text + &format!("08QDG6C{first}{row:06},mavic-pro,US,2019-06-15\n"));
        let file = shop.folder().join(format!("{first}.csv"));
        std::fs::write(&file, many).unwrap();
        let mut command = shop.command();
        command.args(["import", "devices"]).arg(file);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let both = [import('A'), import('B')].map(|child| Ran::from(child.wait_with_output().unwrap()));
    let done = both.iter().filter(|ran| ran.code == 0).count();
    assert!(done >= 1, "{both:?}");
    for ran in both.iter().filter(|ran| ran.code != 0) {
        assert!(ran.err.contains("another import is running"), "{ran:?}");
    }
    assert_eq!(shop.run(&["export", "devices"]).well().out.lines().count(), 1 + 3000 * done);
    shop.verified();
}
