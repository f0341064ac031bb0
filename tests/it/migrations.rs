//! Files of earlier versions: a copy opens, becomes today's, and holds what it held.

use caredesk::domain::event::Event;
use rusqlite::Connection;

use crate::shop::{Known, Shop};
use crate::support::fixture;

/// Two cases, one closed with a replacement and one chosen, which a row of the maker's contradicts.
fn version_1() -> Shop {
    copy_of("version-1.db")
}

/// A day with two sheets and a plan with plus that was given back; the first of each was written by a clock ahead.
fn version_6() -> Shop {
    copy_of("version-6.db")
}

fn copy_of(file: &str) -> Shop {
    let shop = Shop::bare();
    std::fs::copy(fixture(file), shop.database()).unwrap();
    shop
}

fn one<T: rusqlite::types::FromSql>(shop: &Shop, sql: &str) -> T {
    Connection::open(shop.database()).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_file_of_version_1_becomes_todays_and_still_shows_its_cases() {
    let shop = version_1();
    assert_eq!(one::<i64>(&shop, "PRAGMA user_version"), 1);
    let cases = shop.run(&["case", "list", "--json"]).well().json();
    let states: Vec<_> =
        cases.as_array().unwrap().iter().map(|case| (&case["number"], &case["state"])).collect();
    assert_eq!(
        states,
        [(&"0001-00001-5".into(), &"CLOSED".into()), (&"0001-00002-8".into(), &"CHOSEN".into())]
    );
    assert_eq!(one::<i64>(&shop, "PRAGMA user_version"), caredesk::repository::VERSION);
    shop.verified();

    let closed = shop.run(&["case", "show", "0001-00001-5", "--json"]).well().json();
    assert_eq!(&closed["plan"], "P-1");
    assert!(closed["unit"].to_string().contains(Known::UNITS[0]), "{closed}");
    let chosen = shop.run(&["case", "show", "0001-00002-8", "--json"]).well().json();
    assert_eq!((&chosen["state"], &chosen["plan"]), (&"CHOSEN".into(), &"P-3".into()));
}

#[test]
fn the_registry_of_version_1_stays_as_it_was() {
    let (before, shop) = (version_1(), version_1());
    shop.run(&["case", "list"]).well();
    for table in ["plan", "slot", "device", "conflict"] {
        let sql =
            format!("SELECT group_concat(row, char(10)) FROM (SELECT json_array(t.*) AS row FROM {table} t)");
        let columns: String =
            one(&shop, &format!("SELECT group_concat(name) FROM pragma_table_xinfo('{table}')"));
        let sql = sql.replace("t.*", &columns);
        assert_eq!(one::<String>(&before, &sql), one::<String>(&shop, &sql), "{table}");
    }
}

#[test]
fn a_file_of_version_1_refuses_from_now_on_what_a_new_one_refuses() {
    let shop = version_1();
    let delete = || Connection::open(shop.database()).unwrap().execute("DELETE FROM request", []);
    shop.run(&["case", "list"]).well();
    assert_eq!(delete().unwrap_err().to_string(), "the result of an act stays");
}

#[test]
fn what_version_1_flagged_stands_in_the_journal_from_now_on() {
    let shop = version_1();
    assert_eq!(one::<i64>(&shop, "SELECT count(*) FROM conflict"), 1);
    shop.run(&["case", "list"]).well();
    let payload = "SELECT json_extract(payload, '$.plan', '$.ordinal') FROM journal WHERE kind = 'flagged'";
    assert_eq!(one::<String>(&shop, payload), "[\"P-3\",2]");
    Connection::open(shop.database()).unwrap().execute("DELETE FROM conflict", []).unwrap();
    let ran = shop.run(&["verify"]);
    assert!(ran.code == 1 && ran.out.contains("table conflict"), "{ran:?}");
}

#[test]
fn what_version_1_wrote_in_its_journal_would_be_written_the_same_today() {
    let lines: String = one(&version_1(), "SELECT group_concat(payload, char(10)) FROM journal");
    for line in lines.lines() {
        let event: Event = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json::to_string(&event).unwrap(), line.replace("\"late\":true,", ""));
    }
}

#[test]
fn the_customers_of_a_file_of_version_1_are_found_once_it_is_opened() {
    let shop = version_1();
    for typed in ["lópez", "lop mar", "0101"] {
        let hits = shop.run(&["lookup", typed, "--json"]).well().json();
        let whys: Vec<_> = hits.as_array().unwrap().iter().map(|hit| hit["why"].as_str().unwrap()).collect();
        assert!(whys.iter().any(|why| why.ends_with("on a case")), "{typed}: {whys:?}");
    }
    shop.verified();
}

#[test]
fn what_lies_elsewhere_since_version_5_is_what_it_was() {
    let (before, shop) = (version_1(), version_1());
    shop.run(&["case", "list"]).well();
    for (table, columns) in [
        ("decision", "id, case_id, step, at, facts, answer"),
        ("paper", "id, case_id, kind, text, at, copies"),
        ("binding", "id, plan, serial, from_at, to_at, case_id"),
        ("prose", "id, hex(salt), body, erased_at"),
        ("request", "id, seq, result, hex(digest)"),
    ] {
        let sql = format!(
            "SELECT group_concat(row, char(10)) FROM (SELECT json_array({columns}) AS row FROM {table} ORDER BY id)"
        );
        assert_eq!(one::<String>(&before, &sql), one::<String>(&shop, &sql), "{table}");
    }
}

#[test]
fn papers_and_plans_of_version_6_stand_in_the_order_of_the_journal_from_now_on() {
    let (before, shop) = (version_6(), version_6());
    let plan = shop.run(&["plan", "show", "P-1", "--json"]).well().json();
    let asked: Vec<_> = plan["decisions"].as_array().unwrap().iter().map(|it| &it["ask"]).collect();
    assert_eq!(asked, ["extend", "return-plan"]);
    let lines = |kinds: &str| {
        let sql = format!("SELECT group_concat(seq) FROM journal WHERE kind IN ({kinds})");
        one::<String>(&before, &sql)
    };
    for (table, columns, kinds) in [
        ("sheet", "id, kind, subject, text, at, copies", "'sheet-printed'"),
        ("enrolment", "id, plan, serial, ask, at, facts, answer", "'extended', 'given-back'"),
    ] {
        let seqs = format!("SELECT group_concat(seq) FROM (SELECT seq FROM {table} ORDER BY id DESC)");
        assert_eq!(one::<String>(&shop, &seqs), lines(kinds), "{table}");
        let rows = format!("SELECT group_concat(json_array({columns}), char(10)) FROM {table}");
        assert_eq!(one::<String>(&before, &rows), one::<String>(&shop, &rows), "{table}");
        for change in [format!("DELETE FROM {table}"), format!("UPDATE {table} SET seq = seq + 1")] {
            let changed = Connection::open(shop.database()).unwrap().execute(&change, []);
            assert!(changed.unwrap_err().to_string().ends_with("stays"), "{change}");
        }
    }
    shop.verified();
}

#[test]
fn a_day_sheet_of_version_6_is_printed_again_as_a_copy_of_the_one_printed_last() {
    let shop = version_6();
    let print = || shop.run(&["paper", "day", "2020-03-02", "--at", "2020-03-02T18:00:00-08:00"]).well().out;
    let (third, copy) = (print(), print());
    assert!(!third.contains("COPY") && copy.contains("COPY 1"), "{third}{copy}");
    shop.verified();
}
