//! Every kind of bad input has its sentence, and changes nothing.

use super::*;
use rstest::rstest;

#[rstest]
#[case::serial(
    "0K1XH34GTPE3,spark,,,,",
    "f.csv:2: serial: \"0K1XH34GTPE3\" has 12 characters, a serial has 14 or 20: cut off?"
)]
#[case::no_serial(",spark,,,,", "f.csv:2: serial: is empty: every row needs it")]
#[case::no_model("1636EA8UWQD6X1,,,,,", "f.csv:2: model: is empty: a new device needs its model")]
#[case::model(
    "1636EA8UWQD6X1,sparc,,,,",
    "f.csv:2: model: no edition of the programme knows the model \"sparc\""
)]
#[case::region(
    "1636EA8UWQD6X1,spark,usa,,,",
    "f.csv:2: purchase_region: \"usa\" is not a region (a two-letter country code such as US, or EU)"
)]
#[case::day(
    "1636EA8UWQD6X1,spark,US,2019-02-29,,",
    "f.csv:2: purchased_on: \"2019-02-29\" is not a day of the calendar (write YYYY-MM-DD)"
)]
#[case::activation(
    "1636EA8UWQD6X1,spark,US,,soon,",
    "f.csv:2: activated_at: \"soon\" is not an instant with an offset (write 2020-03-02T10:00:00-08:00)"
)]
#[case::itself("1636EA8UWQD6X1,spark,US,,,1636EA8UWQD6X1", "f.csv:2: replaced_by: is the device itself")]
#[case::few("1636EA8UWQD6X1,spark", "f.csv:2: record: has 2 fields, the header has 6")]
#[case::many("1636EA8UWQD6X1,spark,,,,,,", "f.csv:2: record: has 8 fields, the header has 6")]
#[case::nul("1636EA8UWQD6X1,sp\0rk,,,,", "f.csv:2: model: holds a NUL byte: this is not text")]
#[case::open_quote(
    "1636EA8UWQD6X1,spark,,,,\"",
    "f.csv:2: record: ends inside a quote: is the file cut off?"
)]
fn a_bad_device_has_its_sentence(#[case] row: &str, #[case] expected: &str) {
    let header = "serial,model,purchase_region,purchased_on,activated_at,replaced_by";
    assert_eq!(Shop::new().bad(Kind::Devices, &format!("{header}\n{row}\n")), [expected]);
}

#[rstest]
#[case::tier("P2,gold,0K1XH34GTPE36Y,US,2019-06-15,,,,", "tier: \"gold\" is no tier (refresh or plus)")]
#[case::no_device(
    "P2,refresh,1636EA8UWQD6X1,US,2019-06-15,,,,",
    "serial: device 1636EA8UWQD6X1 is not in the registry: import devices first"
)]
#[case::ends(
    "P2,refresh,0K1XH34GTPE36Y,US,2019-06-15,2019-06-14,,,",
    "ends_on: 2019-06-14 is before the plan starts on 2019-06-15"
)]
#[case::granted(
    "P2,refresh,0K1XH34GTPE36Y,US,2019-06-15,,100,,",
    "granted: \"100\" is not a number of replacements (0 to 99)"
)]
#[case::no_start("P2,refresh,0K1XH34GTPE36Y,US,,,,,", "programme: is empty, and no day tells the edition")]
#[case::second(
    "P2,refresh,08QDG6C01200B3,US,2019-06-15,,,,",
    "serial: device 08QDG6C01200B3 has the plan P1 already"
)]
#[case::refresh_extends(
    "P2,refresh,0K1XH34GTPE36Y,US,2019-06-15,,,P1,",
    "extends: a refresh plan extends no other plan"
)]
#[case::plus_of_nothing(
    "P2,plus,0K1XH34GTPE36Y,US,,,,P9,2020-01-01",
    "extends: plan P9 is not in the registry, or is no refresh plan"
)]
#[case::second_plus(
    "P2,plus,08QDG6C01200B3,US,,,,P1,2020-01-01",
    "extends: plan P1 has a plus already: one for each plan"
)]
#[case::plus_too_late(
    "P1P,plus,08QDG6C01200B3,US,,,,P1,2020-06-15",
    "sold_on: 2020-06-15 is not in the term of plan P1 (2019-06-15 to 2020-06-14)"
)]
#[case::tier_changes(
    "P1,plus,08QDG6C01200B3,US,,,,P1P,2020-06-14",
    "tier: plan P1 is a refresh plan already: a tier does not change"
)]
#[case::itself("P3,plus,08QDG6C01200B3,US,,,,P3,2020-06-14", "extends: is the plan itself")]
fn a_bad_plan_has_its_sentence(#[case] row: &str, #[case] expected: &str) {
    let header = "number,tier,serial,region,starts_on,ends_on,granted,extends,sold_on";
    assert_eq!(
        Shop::small().bad(Kind::Plans, &format!("{header}\n{row}\n")),
        [format!("f.csv:2: {expected}")]
    );
}

#[test]
fn plus_may_be_sold_on_the_last_day_of_the_term() {
    let mut shop = Shop::small();
    shop.good(Kind::Plans, "number,tier,serial,region,sold_on\nP1P,,,,2020-06-14\n");
    assert_eq!(shop.ask("SELECT sold_on FROM plan WHERE number = 'P1P'"), "2020-06-14");
}

#[rstest]
#[case::ends_before("P1,,2020-04-30,,", Some("ends_on: the plan would run from 2019-06-15 to 2020-04-30"))]
#[case::ends_that_day("P1,,2020-05-01,,", None)]
#[case::starts_after("P1,2020-05-02,,,", Some("starts_on: the plan would run from 2020-05-02 to 2021-05-01"))]
#[case::starts_that_day("P1,2020-05-01,,,", None)]
#[case::runs_out_before(
    "P1,2019-05-01,,,",
    Some("starts_on: the plan would run from 2019-05-01 to 2020-04-30")
)]
#[case::runs_out_that_day("P1,2019-05-02,,,", None)]
#[case::beside_a_plus_that_was_bought_earlier("P1,,2020-04-30,,\nP1P,,,2020-04-30,", None)]
#[case::of_a_plus_that_is_returned("P1,,2020-04-30,,\nP1P,,,2020-04-30,2020-05-02", None)]
fn a_plan_does_not_leave_the_day_its_plus_was_bought(#[case] rows: &str, #[case] bad: Option<&str>) {
    let mut shop = Shop::small();
    let file = format!(
        "tier,serial,region,number,starts_on,ends_on,sold_on,returned_on\n,,,{}\n",
        rows.replace('\n', "\n,,,")
    );
    match bad {
        Some(say) => {
            let say = format!("f.csv:2: {say}, and its plus P1P was bought on 2020-05-01, outside of it");
            assert_eq!(shop.bad(Kind::Plans, &file), [say]);
        }
        None => drop(shop.good(Kind::Plans, &file)),
    }
}

#[test]
fn two_living_plans_in_one_file_are_refused_and_a_returned_one_is_not() {
    let head = "number,tier,serial,region,starts_on,returned_on";
    let rows = "A,refresh,0K1XH34GTPE36Y,US,2019-06-15,\nB,refresh,0K1XH34GTPE36Y,US,2019-06-15,";
    let got = Shop::small().bad(Kind::Plans, &format!("{head}\n{rows}\n"));
    assert_eq!(got, ["f.csv:3: serial: device 0K1XH34GTPE36Y has a plan twice in this file (see line 2)"]);
    Shop::small().good(Kind::Plans, &format!("{head}\n{rows}2019-07-01\n"));
}

#[rstest]
#[case(Kind::Claims, "plan,ordinal\nP9,1", "plan: plan P9 is not in the registry: import plans first")]
#[case(Kind::Claims, "plan,ordinal\nP1,3", "ordinal: plan P1 grants 2 replacements, there is no number 3")]
#[case(Kind::Claims, "plan,ordinal\nP1,0", "ordinal: \"0\" is not the number of a replacement (1 to 99)")]
#[case(
    Kind::Notices,
    "serial,kind,issued_at\n1636EA8UWQD6X1,video-pending,2020-01-01T00:00:00Z",
    "serial: device 1636EA8UWQD6X1 is not in the registry: import devices first"
)]
#[case(
    Kind::Notices,
    "serial,kind,issued_at\n0K1XH34GTPE36Y,video,2020-01-01T00:00:00Z",
    "kind: unknown notice \"video\" (one of: repair-invitation, video-approved, video-rejected, video-pending)"
)]
#[case(
    Kind::Stock,
    "serial,model,part,state\n0K1XH34GTPE36Y,spark,aircraft,in-stock",
    "serial: 0K1XH34GTPE36Y is a customer's device: it cannot be in stock too"
)]
#[case(
    Kind::Stock,
    "serial,model,part,state\nS-1,spark,wing,in-stock",
    "part: no edition of the programme knows the part \"wing\""
)]
#[case(
    Kind::Stock,
    "serial,model,part,state\nS-1,spark,propellers,issued",
    "state: unknown state \"issued\" (one of: in-stock, quarantine)"
)]
#[case(
    Kind::Stock,
    "serial,model,part,state\nS-1,spark,aircraft,in-stock",
    "serial: S-1 is the shop's own label: a whole unit comes in by its own serial"
)]
#[case(
    Kind::Stock,
    "serial,model,part,state\nS-X,spark,propellers,in-stock",
    "serial: \"S-X\" is not a stock label (S- and digits)"
)]
#[case(
    Kind::Fees,
    "programme,model,currency,ordinal,amount\n2018-01,spark,USD,1,49",
    "programme: there is no edition \"2018-01\" of the programme here: put its file into the programmes folder"
)]
#[case(
    Kind::Fees,
    "programme,model,currency,ordinal,amount\n2019-05,spark,JPY,1,49.50",
    "amount: \"49.50\" has more decimals than JPY has (0)"
)]
#[case(
    Kind::Fees,
    "programme,model,currency,ordinal,amount\n2019-05,spark,USD,3,49",
    "ordinal: a plan of 2019-05 has 2 replacements, not 3"
)]
#[case(
    Kind::Fees,
    "programme,model,currency,ordinal,amount\n2019-05,spark,USD,1,",
    "amount: is empty: a fee needs its amount"
)]
#[case(
    Kind::Fees,
    "programme,model,currency,ordinal,amount,source\n2019-05,spark,USD,1,49,",
    "source: is empty: a new fee says where it comes from"
)]
#[case(
    Kind::Fees,
    "programme,model,currency,ordinal,amount,source\n2019-05,spark,SEK,1,49,ours",
    "currency: no region of the edition 2019-05 has SEK (one of USD, CAD, GBP, CHF, NOK, AUD, HKD, TWD, JPY, KRW, CNY, EUR)"
)]
fn a_bad_row_of_another_kind_has_its_sentence(
    #[case] kind: Kind,
    #[case] file: &str,
    #[case] expected: &str,
) {
    assert_eq!(Shop::small().bad(kind, file), [format!("f.csv:2: {expected}")]);
}

#[test]
fn a_device_that_is_in_stock_here_is_refused_until_it_is_issued() {
    let mut shop = Shop::new();
    shop.good(Kind::Stock, "serial,model,part,state\n1636EA8UWQD6X1,spark,aircraft,in-stock\n");
    let file = "serial,model\n1636EA8UWQD6X1,spark\n";
    let got = shop.bad(Kind::Devices, file);
    assert_eq!(
        got,
        ["f.csv:2: serial: 1636EA8UWQD6X1 is in stock here: a unit becomes a customer's when it is issued"]
    );
    shop.sql(
        "INSERT INTO unit (serial, state, at) VALUES ('1636EA8UWQD6X1', 'issued', '2020-03-01T10:00:00Z')",
    );
    shop.good(Kind::Devices, file);
    shop.good(Kind::Stock, "serial,model,part,state\n1636EA8UWQD6X1,,,in-stock\n");
}

#[rstest]
#[case::unknown(b"serial,model,colour\n", "there is no column \"colour\" in a file of devices")]
#[case::missing(b"serial,purchased_on\n", "the column \"model\" is missing from the header")]
#[case::twice(b"serial,model,serial\n", "the column \"serial\" stands twice in the header")]
#[case::semicolons(b"serial;model\n", "save the file with commas between the columns")]
#[case::empty(b"", "the file is empty: its first line names the columns")]
#[case::utf16(b"\xFF\xFEs\0e\0", "the file is UTF-16: save it as CSV UTF-8")]
#[case::sheet(b"PK\x03\x04...", "the file is a spreadsheet or an archive")]
#[case::binary(b"\x7FELF\0\0\n", "the header holds a NUL byte: this is not text")]
fn a_file_of_another_kind_is_refused_as_a_whole(#[case] file: &[u8], #[case] expected: &str) {
    let failure = Shop::new().run(Kind::Devices, file, (Aim::Merge, BadRows::RefuseAll)).unwrap_err();
    assert!(matches!(failure, Failure::NotThis { .. }));
    assert!(failure.to_string().contains(expected), "{failure}");
}

#[test]
fn a_cell_in_another_encoding_is_named() {
    let file = b"serial,model,owner_name\n1636EA8UWQD6X1,spark,Zo\xEB\n";
    let report = Shop::new().run(Kind::Devices, file, (Aim::Merge, BadRows::RefuseAll)).unwrap();
    let expected = "f.csv:2: owner_name: is not UTF-8: save the file as UTF-8 and import it again";
    assert_eq!(report.bad[0].to_string(), expected);
}

#[test]
fn a_record_that_is_too_long_is_one_bad_row_and_the_next_are_read() {
    let mut shop = Shop::new();
    let long = "x".repeat(3 << 20);
    let file = format!("serial,model\n1636EA8UWQD6X1,\"a\n{long}\"\n\n0K1XH34GTPE36Y,sparc\n");
    let bad = shop.bad(Kind::Devices, &file);
    assert_eq!(bad.len(), 2);
    assert_eq!(bad[0], "f.csv:2: record: is longer than 1 MiB: is a quote left open?");
    assert!(bad[1].starts_with("f.csv:5: model: "), "{}", bad[1]);
}

#[test]
fn a_hundred_bad_rows_are_told_and_all_are_counted() {
    let rows = "x,spark\n".repeat(101);
    let report = Shop::new().import(Kind::Devices, &format!("serial,model\n{rows}"));
    assert_eq!((report.bad.len(), report.bad_count, report.rows), (100, 101, 101));
}

#[test]
fn good_rows_go_in_beside_bad_ones_only_when_asked() {
    let file = b"serial,model\nx,spark\n1636EA8UWQD6X1,spark\n";
    let mut shop = Shop::new();
    let report = shop.run(Kind::Devices, file, (Aim::Merge, BadRows::KeepGoing)).unwrap();
    assert_eq!((report.ended, report.inserted, report.bad_count), (Ended::Merged, 1, 1));
    assert_eq!(shop.ask("SELECT serial FROM device"), "1636EA8UWQD6X1");
}

#[test]
fn a_dry_run_tells_what_is_bad_and_writes_nothing() {
    let mut shop = Shop::new();
    let good = shop.run(Kind::Devices, DEVICES.as_bytes(), (Aim::DryRun, BadRows::RefuseAll)).unwrap();
    assert_eq!((good.ended, good.rows, good.bad_count), (Ended::DryRun, 2, 0));
    assert_eq!(shop.ask("SELECT (SELECT count(*) FROM device) || (SELECT count(*) FROM journal)"), "00");
}

#[test]
fn a_fee_that_is_here_already_keeps_its_source_and_comes_in_again_as_it_is() {
    let mut shop = Shop::small();
    let head = "programme,model,currency,ordinal,amount,source";
    let fee = |currency: &str, source: &str| format!("{head}\n2019-05,spark,{currency},1,49.00,{source}\n");
    shop.good(Kind::Fees, &fee("USD", "ours"));
    shop.good(Kind::Fees, &fee("USD", ""));
    assert_eq!(shop.export(Kind::Fees), fee("USD", "ours"));
    // As an earlier version of the program took them.
    shop.sql("UPDATE fee SET currency = 'SEK', source = NULL");
    shop.good(Kind::Fees, &fee("SEK", ""));
    assert_eq!(shop.export(Kind::Fees), fee("SEK", ""));
}

/// A file that cannot be read any further after so many rows.
struct Torn {
    rows: usize,
}

impl Read for Torn {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let Some(left) = self.rows.checked_sub(1) else {
            return Err(std::io::Error::other("the stick was pulled out"));
        };
        self.rows = left;
        let row = format!("08QDG6C01{left:05},mavic-pro\n");
        row.as_bytes().read(buffer)
    }
}

#[test]
fn a_file_that_breaks_off_while_it_is_read_leaves_nothing() {
    let mut shop = Shop::new();
    let job = Job {
        kind: Kind::Devices,
        file: "f.csv",
        editions: &shop.editions,
        aim: Aim::Merge,
        bad_rows: BadRows::KeepGoing,
        stamp: stamp(),
    };
    let torn = "serial,model\n".as_bytes().chain(Torn { rows: 1500 });
    let failure = import(&mut shop.repository, &job, torn, &mut |_| ()).unwrap_err();
    assert_eq!(failure.to_string(), "f.csv cannot be read: the stick was pulled out: nothing was imported");
    assert_eq!(shop.ask("SELECT count(*) || '' FROM device"), "0");
}
