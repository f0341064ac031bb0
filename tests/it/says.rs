//! What a command says to the person who typed it.

use rstest::rstest;

use crate::shop::{Known, Shop};

#[rstest]
#[case::a_barcode("190021012345", "barcode; scan the serial")]
#[case::cut_off("08QDE5J01200B", "has 13 characters")]
#[case::a_name("Nobody At All", "nothing found: try")]
fn what_is_not_found_says_what_may_be_wrong(#[case] text: &str, #[case] says: &str) {
    let shop = Shop::small();
    let ran = shop.run(&["lookup", text]).well();
    assert!(ran.out.contains(says), "{}", ran.out);
}

#[test]
fn an_error_that_quotes_what_was_typed_cannot_steer_the_terminal() {
    let shop = Shop::small();
    for words in [&["case", "show", "00\u{202e}\u{1b}[31m"][..], &["import", "devices", "/x\u{1b}[31m"]] {
        let ran = shop.run(words);
        assert!(ran.code > 0 && !ran.err.contains(['\u{1b}', '\u{202e}']), "{ran:?}");
    }
}

#[rstest]
#[case::of_one_step(&["setup"], "Name this counter, once")]
#[case::of_many_steps(&["case"], "Open a case and bring it forward")]
#[case::of_a_step(&["case", "pay"], "Take the fee, or another amount with a reason")]
#[case::with_flags_of_another(&["verify"], "Check the database: schema")]
#[case::of_the_screens(&["practice"], "Open the screens on a throw-away shop")]
#[case::of_the_program(&[], "The counter program of walk-in drone service centres.")]
fn help_begins_with_what_a_command_does(#[case] command: &[&str], #[case] says: &str) {
    let shop = Shop::bare();
    let help = shop.run(&[command, &["--help"]].concat()).well();
    assert!(help.out.starts_with(says), "{}", help.out);
    assert!(help.out.contains("--data-dir"), "{}", help.out);
    let version = shop.run(&["--version"]).well();
    assert_eq!(version.out.trim(), concat!("caredesk ", env!("CARGO_PKG_VERSION")));
}

#[rstest]
#[case::part(&["--part", "wing"], "--part: unknown part \"wing\" (one of aircraft, ", "claim.parts[0]")]
#[case::day(&["--damaged-on", "2030-01-01"], "--damaged-on: 2030-01-01 is after", "claim.damaged_on")]
fn a_refused_value_is_told_by_its_option_and_to_scripts_by_its_field(
    #[case] words: &[&str],
    #[case] says: &str,
    #[case] field: &str,
) {
    let shop = Shop::small();
    let refused = shop.run(&[&["check", Known::FRESH, "--json"], words].concat());
    assert_eq!(refused.code, 1);
    assert!(refused.err.starts_with(&format!("caredesk: {says}")), "{}", refused.err);
    assert_eq!(refused.json()["error"]["field"], field);
}

#[test]
fn an_option_of_an_act_is_told_by_its_name_too() {
    let shop = Shop::small();
    let refused = shop.run(&["stock", "receive", "--model", "foo", "08QDG6C0S00001", "--json"]);
    assert_eq!((refused.code, refused.json()["error"]["field"].as_str()), (1, Some("model")));
    assert!(refused.err.starts_with("caredesk: --model: "), "{}", refused.err);
}

#[rstest]
#[case::the_plan_that_is_not_there("P-9", "P-2", "plan: there is no plan P-9", "plan")]
#[case::the_number_that_is_taken("P-1", "P-1", "--number: P-1 is a plan already", "number")]
fn of_two_plan_numbers_the_wrong_one_is_blamed(
    #[case] plan: &str,
    #[case] number: &str,
    #[case] says: &str,
    #[case] field: &str,
) {
    let shop = Shop::small();
    let refused = shop.run(&["plan", "extend", plan, "--number", number, "--json"]);
    assert!(refused.err.starts_with(&format!("caredesk: {says}")), "{}", refused.err);
    assert_eq!((refused.code, refused.json()["error"]["field"].as_str()), (1, Some(field)));
}

#[rstest]
#[case::a_word_too_few(&["case", "record", "--json"], "required arguments")]
#[case::a_value(&["lookup", "0", "--limit", "foo", "--json"], "invalid value 'foo'")]
#[case::a_moment(&["check", Known::FRESH, "--at", "noon", "--json"], "noon")]
#[case::a_file(&["import", "devices", "nowhere.csv", "--json"], "cannot open nowhere.csv")]
fn wrong_usage_is_told_to_scripts_as_json_too(#[case] words: &[&str], #[case] says: &str) {
    let shop = Shop::small();
    let wrong = shop.run(words);
    let say = wrong.json()["error"]["say"].as_str().unwrap_or_default().to_owned();
    assert!(say.contains(says) && wrong.err == format!("caredesk: {say}\n"), "{wrong:?}");
    assert_eq!((wrong.code, wrong.out.lines().count()), (2, 1));
}

#[test]
fn a_file_that_is_no_database_is_told_to_scripts_as_json_too() {
    let shop = Shop::bare();
    std::fs::write(shop.folder().join("caredesk.db"), "hello").unwrap();
    let wrong = shop.run(&["lookup", "0", "--json"]);
    let say = wrong.json()["error"]["say"].as_str().unwrap_or_default().to_owned();
    assert!(wrong.code == 2 && say.contains("is not a database"), "{wrong:?}");
}
