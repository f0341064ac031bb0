//! An act that is sent again, and a file of an older version that is opened again.

use rusqlite::Connection;

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

#[test]
fn the_customers_of_an_older_file_are_found_once_it_is_opened() {
    let shop = Shop::small();
    shop.record(Known::SPARK, &["aircraft"]);
    let sql = Connection::open(shop.database()).unwrap();
    sql.execute_batch(
        "DROP TRIGGER person_new; DROP TRIGGER person_erased; DROP INDEX case_customer;
         DROP TABLE person_key; DROP TABLE person_unkeyed;",
    )
    .unwrap();
    sql.pragma_update(None, "user_version", caredesk::repository::VERSION - 1).unwrap();
    drop(sql);
    for typed in ["lópez", "lop mar", "0101"] {
        let hits = shop.run(&["lookup", typed, "--json"]).well().json();
        let whys: Vec<_> = hits.as_array().unwrap().iter().map(|hit| (&hit["serial"], &hit["why"])).collect();
        assert!(whys.iter().any(|(serial, why)| **serial == Known::SPARK && why.as_str().unwrap().ends_with("on a case")), "{typed}: {whys:?}");
    }
    shop.verified();
}
