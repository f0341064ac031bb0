//! The shelf from scripts: one journey from the delivery to the packing list.

use crate::shop::{Known, Shop};
use crate::support::texts;

const NEW: &str = "08QDH32NEW00A1";

#[test]
fn a_unit_comes_in_is_counted_kept_handed_out_and_the_old_one_goes_back() {
    let shop = Shop::small();
    let got = shop.run(&["stock", "receive", NEW, "--model", "mavic-pro", "--place", "shelf B2", "--json"]);
    assert_eq!(got.well().json()[0]["state"], "in-stock");
    let again = shop.run(&["stock", "receive", NEW, "--model", "mavic-pro", "--json"]);
    assert_eq!((again.code, again.json()["error"]["field"].as_str()), (1, Some("serial")));
    let customers = shop.run(&["stock", "receive", Known::FRESH, "--model", "mavic-pro", "--json"]);
    assert_eq!(customers.guard(), "serial-bound-before");

    let case = shop.paid(Known::FRESH, &["aircraft"]);
    assert_eq!(shop.run(&["stock", "keep", NEW, &case, "--json"]).well().json()["case"], case.as_str());
    let kept = shop.run(&["stock", "list", "--state", "reserved", "--json"]).well().json();
    assert_eq!(kept.as_array().unwrap().len(), 1);
    let counted = shop.run(&["stock", "count", "--place", "shelf B2", NEW, NEW, "08QDG6C01200C3", "--json"]);
    let counted = counted.well().json();
    assert_eq!(texts(&counted["here"]), [NEW]);
    assert_eq!(texts(&counted["missing"]), [Known::UNITS[0]]);
    assert_eq!(texts(&counted["found"]), Vec::<&str>::new());
    assert_eq!(texts(&counted["strange"]), [Known::CANADA]);
    let missing = shop.run(&["issue", &case, "--unit", Known::UNITS[0], "--json"]);
    assert_eq!(missing.guard(), "unit-not-in-stock");
    shop.run(&["issue", &case, "--unit", NEW, "--json"]).well();

    let late = ["stock", "parts", "--at", "2020-03-20T10:00:00-08:00", "--json"];
    let parts = shop.run(&late).well().json();
    assert_eq!((&parts[0]["serial"], &parts[0]["overdue"]), (&Known::FRESH.into(), &true.into()));
    shop.run(&["stock", "quarantine", Known::BOUND_BEFORE, "--reason", "was a customer's"]).well();
    let back = ["stock", "find", Known::BOUND_BEFORE, "--reason", "looks new", "--json"];
    assert_eq!(shop.run(&back).guard(), "serial-bound-before");
    let packing = shop.run(&["stock", "ship", "--all", "--json"]).well().json();
    assert_eq!(packing["lines"].as_array().unwrap().len(), 2);
    let list = packing["packing"].as_str().unwrap();
    let file = std::fs::read_to_string(shop.folder().join(format!("papers/packing-{list}.txt"))).unwrap();
    assert!(file.contains("PACKING LIST") && file.contains(Known::FRESH), "{file}");
    let again = shop.run(&["paper", "packing", list]).well().out;
    assert!(again.contains("COPY 1") && again.contains(Known::BOUND_BEFORE), "{again}");
    assert_eq!(shop.run(&["stock", "ship", "--all", "--json"]).code, 1);
    let export = shop.run(&["export", "stock"]).well().out;
    assert!(export.contains(&format!("{NEW},mavic-pro,aircraft,issued,shelf B2\n")), "{export}");
    assert!(export.contains("08QDH32447HHS2,mavic-pro,aircraft,returned,shelf A8\n"), "{export}");
    shop.verified();
}

#[test]
fn an_empty_shelf_is_counted_with_no_scan_and_read_in_words() {
    let shop = Shop::small();
    let counted = shop.run(&["stock", "count", "--place", "drawer 2"]).well().out;
    assert_eq!(
        counted,
        "drawer 2: 0 scanned\nhere       0  \nmissing    1  08QDH32BATT0T1\nfound      0  \nstrange    0  \n"
    );
    shop.run(&["stock", "find", Known::BATTERY]).well();
    shop.verified();
}
