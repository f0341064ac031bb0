//! An act that is sent again.

use crate::shop::{Known, Shop};

const FIRST: &str = "0192aaaa-0000-7000-8000-000000000003";
const SECOND: &str = "0192aaaa-0000-7000-8000-000000000004";

#[test]
fn a_set_up_that_is_sent_again_gets_its_first_answer() {
    let shop = Shop::bare();
    let setup = |region: &str, id: &str| {
        shop.run(&["setup", "--site", "Alameda", "--region", region, "--request-id", id, "--json"])
    };
    let first = setup("US", FIRST).well().out;
    assert_eq!(setup("CA", FIRST).well().out, first);
    assert_eq!(setup("CA", SECOND).guard(), "wrong-state");
    shop.verified();
}

#[test]
fn a_region_without_the_programme_is_refused_with_those_that_have_it() {
    let shop = Shop::bare();
    let refused = shop.run(&["setup", "--site", "Alameda", "--region", "AQ", "--json"]);
    assert_eq!((refused.code, &refused.json()["error"]["field"]), (1, &"region".into()));
    assert!(refused.err.contains("not offered in AQ") && refused.err.contains("EU"), "{}", refused.err);
    assert_eq!(shop.run(&["setup", "--site", "Alameda", "--region", "DE"]).code, 0);
}

#[test]
fn a_reprint_that_is_sent_again_is_the_same_copy() {
    let shop = Shop::small();
    let case = shop.record(Known::FRESH, &["aircraft"]);
    shop.run(&["case", "receive", &case, "--serial", Known::FRESH, "--part", "aircraft", "--json"]).well();
    let reprint = |id: &str| shop.run(&["paper", "slip", &case, "--request-id", id]).well().out;
    let first = reprint(FIRST);
    assert!(first.contains("COPY 1"), "{first}");
    assert_eq!(reprint(FIRST), first);
    assert!(reprint(SECOND).contains("COPY 2"));
    shop.verified();
}

#[test]
fn an_import_takes_no_request_id() {
    let shop = Shop::bare();
    let ran = shop.import_bytes("devices", b"serial,model\n", &["--request-id", FIRST]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("the same file again changes nothing"), "{}", ran.err);
}
