//! In, out, in again.

use super::*;
use rstest::rstest;

fn filled() -> Shop {
    let mut shop = Shop::new();
    for (kind, text) in EXAMPLES {
        let report = shop.good(kind, text);
        assert_eq!(report.inserted, text.lines().count() as u64 - 1, "{kind}");
    }
    shop
}

/// Amounts come out with the currency's own decimals; nothing else may differ.
fn as_exported(kind: Kind, text: &str) -> String {
    if kind == Kind::Fees {
        text.replace(",49,", ",49.00,").replace(",69,", ",69.00,")
    } else {
        text.to_owned()
    }
}

#[test]
fn the_example_comes_out_as_it_went_in() {
    let mut shop = filled();
    for (kind, text) in EXAMPLES {
        let (given, got) = (as_exported(kind, text), shop.export(kind));
        assert_eq!(got.lines().next(), given.lines().next(), "{kind}: the header");
        assert_eq!(records(&got), records(&given), "{kind}");
    }
}

#[test]
fn a_moment_with_small_letters_is_the_same_moment() {
    let mut shop = Shop::small();
    for letters in ["2019-06-20T12:00:00Z", "2019-06-20t12:00:00z"] {
        shop.good(Kind::Notices, &format!("serial,kind,issued_at\n08QDG6C01200B3,video-pending,{letters}\n"));
        shop.good(Kind::Devices, &format!("serial,model,activated_at\n0K1XH34GTPE36Y,mavic-air,{letters}\n"));
    }
    assert_eq!(
        shop.export(Kind::Notices),
        "serial,kind,issued_at\n08QDG6C01200B3,video-pending,2019-06-20T12:00:00Z\n"
    );
    assert_eq!(shop.ask("SELECT activated_at FROM device WHERE model = 'mavic-air'"), "2019-06-20T12:00:00Z");
}

#[test]
fn what_was_exported_fills_another_shop_with_the_same_records() {
    let mut first = filled();
    let mut second = Shop::new();
    for kind in Kind::ALL {
        second.good(*kind, &first.export(*kind));
    }
    assert_eq!(second.everything(), first.everything());
}

#[test]
fn a_second_import_of_the_same_files_changes_no_row() {
    let mut shop = filled();
    let digests = |shop: &mut Shop| -> Vec<(u64, String)> {
        let tables = Kind::ALL.iter().flat_map(|kind| kind.tables());
        shop.repository
            .read(|tx| tables.map(|table| registry::table_digest(tx, table)).collect::<Result<_, Fault>>())
            .unwrap()
    };
    let before = digests(&mut shop);
    for (kind, text) in EXAMPLES {
        let report = shop.good(kind, text);
        let rows = text.lines().count() as u64 - 1;
        assert_eq!((report.inserted, report.changed, report.unchanged), (0, 0, rows), "{kind}");
    }
    assert_eq!(digests(&mut shop), before);
    assert_eq!(shop.ask("SELECT count(*) || ' ' || (SELECT count(*) FROM merge) FROM journal"), "12 0");
}

#[test]
fn an_import_into_a_filled_registry_stores_what_one_into_an_empty_one_does() {
    let (kind, text) = EXAMPLES[0];
    let (head, tail) = text.split_at(text.char_indices().filter(|(_, c)| *c == '\n').nth(700).unwrap().0 + 1);
    let mut parts = Shop::new();
    parts.good(kind, head);
    parts.good(kind, &format!("{}\n{tail}", text.lines().next().unwrap()));
    let mut whole = Shop::new();
    whole.good(kind, text);
    assert_eq!(parts.export(kind), whole.export(kind));
    let words = "SELECT group_concat(x, ';') FROM (SELECT w.word || d.serial AS x FROM owner_word w
                 JOIN device d ON d.id = w.device ORDER BY w.word, d.serial)";
    assert_eq!(parts.ask(words), whole.ask(words));
    let tails = "SELECT group_concat(d.tail || coalesce(o.phone_tail, '-'), ';') FROM (SELECT * FROM device ORDER BY serial) d
                 LEFT JOIN owner o ON o.device = d.id";
    assert_eq!(parts.ask(tails), whole.ask(tails));
}

#[test]
fn loading_an_empty_registry_leaves_the_schema_as_it_was() {
    let shop = filled();
    let schema = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema ORDER BY name)";
    assert_eq!(shop.ask(schema), Shop::new().ask(schema));
}

#[test]
fn an_empty_cell_keeps_what_is_there() {
    let mut shop = Shop::small();
    let before = shop.export(Kind::Devices);
    shop.good(Kind::Devices, "serial,model,purchased_on,owner_name\n08QDG6C01200B3,,,\n");
    assert_eq!(shop.export(Kind::Devices), before);
}

#[test]
fn a_new_name_is_found_and_the_old_one_is_not() {
    let mut shop = Shop::small();
    let report = shop.good(Kind::Devices, "serial,model,owner_name\n08QDG6C01200B3,,Zoë Smith\n");
    assert_eq!(report.changed, 1);
    assert_eq!(shop.ask("SELECT group_concat(word, ' ') FROM owner_word WHERE device = 1"), "smith zoe");
    assert_eq!(shop.ask("SELECT phone_tail FROM owner WHERE device = 1"), "890354");
}

#[rstest]
#[case::into_an_empty_registry(false)]
#[case::into_a_filled_one(true)]
fn the_last_of_two_rows_with_one_key_goes_before_and_its_empty_cells_keep_the_first(#[case] filled: bool) {
    let mut shop = if filled { Shop::small() } else { Shop::new() };
    let file = "serial,model,purchased_on,owner_name,owner_phone\n1636EA8UWQD6X1,spark,2019-01-01,Ann Lee,1\n\
                1636EA8UWQD6X1,spark,2019-02-02,,2\n";
    shop.good(Kind::Devices, file);
    let got = shop.ask(
        "SELECT purchased_on || name || phone || phone_tail || (SELECT group_concat(word) FROM owner_word w WHERE w.device = d.id)
         FROM device d JOIN owner o ON o.device = d.id WHERE serial = '1636EA8UWQD6X1'",
    );
    assert_eq!(got, "2019-02-02Ann Lee22ann,lee");
}

#[rstest]
#[case::bundled("2019-06-15", "2019-06-17")]
#[case::bought_later("2019-06-20", "2019-06-20")]
fn a_plan_without_a_first_day_starts_by_the_edition(#[case] sold: &str, #[case] starts: &str) {
    let mut shop = Shop::new();
    shop.good(Kind::Devices, DEVICES);
    let file = format!("number,tier,serial,region,sold_on\nP2,refresh,0K1XH34GTPE36Y,US,{sold}\n");
    shop.good(Kind::Plans, &file);
    let got = shop.ask("SELECT starts_on || programme || granted || (SELECT count(*) FROM slot) FROM plan");
    assert_eq!(got, format!("{starts}2019-0522"));
}

#[test]
fn two_plans_can_change_places_in_one_file() {
    let mut shop = Shop::small();
    shop.good(Kind::Plans, "number,tier,serial,region,starts_on\nP2,refresh,0K1XH34GTPE36Y,US,2019-06-15\n");
    let report =
        shop.good(Kind::Plans, "number,tier,serial,region\nP1,,0K1XH34GTPE36Y,\nP2,,08QDG6C01200B3,\n");
    assert_eq!(report.ended, Ended::Merged);
    assert_eq!(
        shop.ask("SELECT group_concat(serial) FROM plan WHERE tier = 'refresh'"),
        "0K1XH34GTPE36Y,08QDG6C01200B3"
    );
}

#[test]
fn byte_order_mark_crlf_and_quotes_are_read() {
    let mut shop = Shop::new();
    let file = "\u{FEFF}model,serial,owner_name\r\n\r\nspark,\"1636EA8UWQD6X1\",\"Lee, \"\"Ann\"\"\"\r\n";
    assert_eq!(shop.good(Kind::Devices, file).inserted, 1);
    assert_eq!(shop.ask("SELECT name FROM owner"), "Lee, \"Ann\"");
}

#[test]
fn unseen_characters_are_taken_out_and_counted() {
    let mut shop = Shop::new();
    let report = shop.good(Kind::Devices, "serial,model,owner_name\n1636EA8UWQD6X1,spark,A\u{202E}nn\n");
    assert_eq!((report.cleaned, shop.ask("SELECT name FROM owner")), (1, "Ann".to_owned()));
}

#[test]
fn a_granted_number_that_rises_adds_replacements() {
    let mut shop = Shop::small();
    shop.good(Kind::Plans, "number,tier,serial,region,granted\nP1,,,,3\n");
    assert_eq!(shop.ask("SELECT count(*) || '' FROM slot WHERE plan = 'P1'"), "3");
}

#[test]
fn an_import_that_changes_nothing_does_not_make_good_what_damaged_its_tables() {
    let mut shop = Shop::small();
    let tables =
        "SELECT json_extract(payload, '$.tables') FROM journal WHERE payload LIKE '%\"kind\":\"devices\"%'
                  ORDER BY seq DESC";
    let before = shop.ask(tables);
    shop.sql("UPDATE device SET purchased_on = '2000-01-01' WHERE serial = '0K1XH34GTPE36Y'");
    let row = DEVICES.lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(shop.good(Kind::Devices, &row).unchanged, 1);
    assert_eq!(shop.ask(tables), before);
    shop.good(Kind::Devices, &row.replace("2019-06-15", "2019-06-16"));
    assert_ne!(shop.ask(tables), before);
}

#[rstest]
#[case::all_new(0, 0, (3000, 0, 0))]
#[case::all_known(3000, 0, (0, 0, 3000))]
#[case::some_of_each(2000, 500, (1000, 500, 1500))]
fn new_changed_and_known_rows_are_counted_over_many_transactions(
    #[case] there: usize,
    #[case] changed: usize,
    #[case] counts: (u64, u64, u64),
) {
    let header = "serial,model,owner_name\n";
    let row = |at: usize, name: &str| format!("08Q{at:011},mavic-pro,{name} Smith\n");
    let mut shop = Shop::small();
    let before: String = (0..there).map(|at| row(at, "Ann")).collect();
    shop.good(Kind::Devices, &format!("{header}{before}"));
    let name = |at: usize| if (1000..1000 + changed).contains(&at) { "Zoë" } else { "Ann" };
    let file: String = (0..3000).map(|at| row(at, name(at))).collect();
    let report = shop.good(Kind::Devices, &format!("{header}{file}"));
    assert_eq!((report.inserted, report.changed, report.unchanged), counts);
    let words = |word: &str| format!("SELECT count(*) || '' FROM owner_word WHERE word = '{word}'");
    assert_eq!(shop.ask(&words("ann")), (3000 - changed).to_string());
    assert_eq!(shop.ask(&words("smith")), "3000");
}
