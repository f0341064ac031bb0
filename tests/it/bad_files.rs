//! Files that are not what they should be: a clear sentence, the right exit code, and nothing lost.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use rstest::rstest;
use rusqlite::Connection;

use crate::shop::{Known, Ran, Shop};

pub const HEAD: &str = "serial,model,purchase_region,purchased_on,owner_name\n";
const GOOD: &str = "08QDG6C01300B3,mavic-pro,US,2019-06-15,Maria\n";

/// Everything the shop knows, to see that nothing is lost.
pub fn everything(shop: &Shop) -> String {
    ["devices", "plans", "claims", "stock", "journal"]
        .map(|kind| shop.run(&["export", kind]).well().out)
        .concat()
}

/// One sentence for a person: it begins with the program's name, ends in one line, and says what was wrong.
pub fn sentence(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, code, "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.starts_with("caredesk: "), "{}", ran.err);
    told(ran, words);
}

fn told(ran: &Ran, words: &[&str]) {
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    for words in words {
        assert!(ran.err.contains(words), "{words}: {}", ran.err);
    }
}

#[rstest]
#[case::empty(b"", "is empty")]
#[case::another_header(b"name,price\nx,1\n", "name")]
#[case::a_column_missing(b"model,purchase_region\nmavic-pro,US\n", "serial")]
#[case::a_column_twice(b"serial,serial,model\n", "serial")]
#[case::utf_16(b"\xFF\xFEs\0e\0r\0", "UTF-16")]
#[case::a_spreadsheet(b"PK\x03\x04\x14\0\x06\0", "spreadsheet")]
#[case::random_bytes(b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\n\0\0", "NUL")]
#[case::a_header_in_another_encoding(b"serial,mod\xE8le\n", "UTF-8")]
fn a_file_that_is_none_of_this_kind_is_named_and_nothing_is_imported(
    #[case] bytes: &[u8],
    #[case] words: &str,
) {
    let shop = Shop::small();
    let before = everything(&shop);
    let ran = shop.import_bytes("devices", bytes, &[]);
    sentence(&ran, 1, &["devices.csv", words, "nothing was imported"]);
    assert_eq!(everything(&shop), before);
}

#[rstest]
#[case::cut_off_in_a_row(b"08QDG6C01400B3,mavic-pro,US", "devices.csv:3: ")]
#[case::cut_off_in_a_quote(b"08QDG6C01400B3,mavic-pro,US,2019-06-15,\"Mar", "cut off")]
#[case::a_quote_left_open(
    b"08QDG6C01400B3,mavic-pro,US,2019-06-15,\"Maria\n08QDG6C01500B3,mavic-pro,US,,\n",
    "devices.csv:3: "
)]
#[case::a_nul(b"08QDG6C01400B3,mavic-pro,US,2019-06-15,Ma\0ria\n", "NUL")]
#[case::windows_1252(b"08QDG6C01400B3,mavic-pro,US,2019-06-15,Mar\xEDa L\xF3pez\n", "UTF-8")]
#[case::too_many_cells(b"08QDG6C01400B3,mavic-pro,US,2019-06-15,Maria,x,y\n", "devices.csv:3: ")]
#[case::bytes(b"\xDE\xAD\xBE\xEF\x01\x02,,,,\n", "devices.csv:3: ")]
fn a_bad_row_is_told_with_its_line_and_no_row_goes_in(#[case] row: &[u8], #[case] words: &str) {
    let shop = Shop::small();
    let before = everything(&shop);
    let bytes = [HEAD.as_bytes(), GOOD.as_bytes(), row].concat();
    let ran = shop.import_bytes("devices", &bytes, &[]);
    assert_eq!(ran.code, 1, "{ran:?}");
    told(&ran, &["devices.csv:3: ", words]);
    assert_eq!(everything(&shop), before);
    let kept = shop.import_bytes("devices", &bytes, &["--keep-going"]);
    assert_eq!(kept.code, 1, "{kept:?}");
    let after = everything(&shop);
    assert!(after.contains("08QDG6C01300B3") && !after.contains("08QDG6C01400B3"), "{after}");
    shop.verified();
}

/// Feeds `megabytes` without a line end to an import and returns how it ended and its highest memory in kB.
fn flooded(shop: &Shop, first: &[u8], megabytes: usize) -> (Ran, u64) {
    let mut command = shop.command();
    command.args(["import", "devices", "-"]).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let block = vec![b'x'; 1 << 20];
    let mut highest = 0;
    input.write_all(first).unwrap();
    for megabyte in 0..megabytes {
        if input.write_all(&block).is_err() {
            break;
        }
        if megabyte % 16 == 15 {
            highest = highest.max(memory(child.id()));
        }
    }
    drop(input);
    (child.wait_with_output().unwrap().into(), highest)
}

fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

#[rstest]
#[case::in_the_header(b"", "1 MiB")]
#[case::in_a_row(b"serial,model\n", "1 MiB")]
#[case::in_an_open_quote(b"serial,model\n\"", "1 MiB")]
fn a_line_of_hundreds_of_megabytes_is_refused_in_little_memory(#[case] first: &[u8], #[case] words: &str) {
    let shop = Shop::small();
    let before = everything(&shop);
    let (ran, highest) = flooded(&shop, first, 100);
    assert_eq!(ran.code, 1, "{ran:?}");
    told(&ran, &["standard input", words]);
    // A header is refused at once, perhaps before its memory was seen.
    assert!(highest > 0 || first.is_empty() || cfg!(not(target_os = "linux")), "the memory was never seen");
    assert!(highest < 200_000, "{highest} kB");
    assert_eq!(everything(&shop), before);
}

#[test]
fn a_file_that_is_not_there_and_a_folder_in_its_place_are_told() {
    let shop = Shop::small();
    sentence(&shop.run(&["import", "devices", "/nowhere/x.csv"]), 2, &["/nowhere/x.csv", "check the path"]);
    let folder = shop.folder().to_str().unwrap();
    sentence(&shop.run(&["import", "devices", folder]), 2, &[folder, "nothing was imported"]);
    sentence(&shop.run(&["decide", folder]), 2, &[folder]);
}

/// Commands that look and commands that write.
const BOTH: [&[&str]; 3] = [&["verify"], &["lookup", "08Q"], &["setup", "--site", "A", "--region", "US"]];

/// Puts this into the place of the database, and says that it is refused in words and left as it is.
fn refused(bytes: &[u8], words: &[&str]) {
    let shop = Shop::bare();
    fs::write(shop.database(), bytes).unwrap();
    for arguments in BOTH {
        sentence(&shop.run(arguments), 2, words);
        assert_eq!(fs::read(shop.database()).unwrap(), bytes, "{arguments:?} changed the file");
    }
}

fn database(sql: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(sql).unwrap();
    connection.close().unwrap();
    fs::read(path).unwrap()
}

#[rstest]
#[case::a_text(
    b"Dear customer, this is a letter and no database at all. It goes on for a while.",
    "not a database"
)]
#[case::a_short_text(b"hello", "not a database")]
#[case::a_database_cut_in_its_header(b"SQLite format 3\0\x10\0", "not a database")]
fn a_file_that_is_no_database_is_left_alone(#[case] bytes: &[u8], #[case] words: &str) {
    refused(bytes, &["caredesk.db", words, "--data-dir"]);
}

#[rstest]
#[case::with_its_own_mark("PRAGMA application_id = 42; CREATE TABLE songs (name)")]
#[case::with_no_mark("CREATE TABLE songs (name)")]
#[case::with_no_mark_and_wal("PRAGMA journal_mode = WAL; CREATE TABLE songs (name)")]
#[case::with_a_version_only("PRAGMA user_version = 1")]
fn a_database_of_another_program_is_left_alone(#[case] sql: &str) {
    refused(&database(sql), &["another program", "nothing was changed", "--data-dir"]);
}

#[test]
fn a_file_of_a_newer_caredesk_is_left_alone() {
    let newer =
        format!("PRAGMA application_id = {}; PRAGMA user_version = 99; CREATE TABLE x (y)", 0x6364_736B);
    refused(&database(&newer), &["newer caredesk", "99", "nothing was changed"]);
}

#[test]
fn a_folder_in_the_place_of_the_database_is_told() {
    let shop = Shop::bare();
    fs::create_dir(shop.database()).unwrap();
    for arguments in BOTH {
        sentence(&shop.run(arguments), 2, &["caredesk.db", "--data-dir"]);
    }
    assert!(shop.database().is_dir());
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told() {
    let shop = Shop::bare();
    let file = shop.folder().join("file");
    fs::write(&file, "x").unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_caredesk"))
        .arg("--data-dir")
        .arg(&file)
        .args(["lookup", "x"])
        .output();
    sentence(&ran.unwrap().into(), 2, &["cannot use the folder", "--data-dir"]);
    assert_eq!(fs::read_to_string(file).unwrap(), "x");
}

#[rstest]
#[case::a_typo("first_day = 2019-05-01\nfirst_dai = 1\n", "2020-01.toml")]
#[case::no_toml("this is = = no TOML", "2020-01.toml")]
#[case::nothing("", "2020-01.toml")]
fn a_programme_file_with_a_mistake_is_named(#[case] text: &str, #[case] words: &str) {
    let shop = Shop::small();
    let folder = shop.folder().join("programmes");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("2020-01.toml"), text).unwrap();
    let folder = folder.to_str().unwrap();
    sentence(&shop.run(&["--programmes", folder, "check", Known::FRESH]), 2, &[words]);
    sentence(&shop.run(&["--programmes", folder, "decide"]), 2, &[words]);
    sentence(&shop.run(&["--programmes", "/nowhere", "decide"]), 2, &["/nowhere"]);
    shop.verified();
}

#[test]
fn a_mistake_in_an_edition_is_told_with_its_file_and_line() {
    let shop = Shop::small();
    let folder = shop.folder().join("programmes");
    fs::create_dir(&folder).unwrap();
    let right =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/programmes/2019-05.toml"))
            .unwrap();
    let wrong = right.replacen("handheld", "hand-held", 1);
    assert_ne!(right, wrong);
    fs::write(folder.join("2019-05.toml"), wrong).unwrap();
    let ran = shop.run(&["--programmes", folder.to_str().unwrap(), "check", Known::FRESH]);
    sentence(&ran, 2, &["2019-05.toml:", "hand-held"]);
}

#[rstest]
#[case::an_unknown_key("who = \"Ana\"\nwho_else = \"Ben\"\n", ":2: ")]
#[case::no_toml("who = \n", ":1: ")]
#[case::another_type("who = 7\n", ":1: ")]
#[case::another_encoding("who = \"\u{0}\"\n", ":1: ")]
fn a_broken_config_is_told_with_its_line(#[case] text: &str, #[case] line: &str) {
    let shop = Shop::small();
    let file = shop.folder().join("config.toml");
    fs::write(&file, text).unwrap();
    sentence(&shop.run(&["--config", file.to_str().unwrap(), "lookup", "08Q"]), 2, &["config.toml", line]);
    sentence(
        &shop.run(&["--config", "/nowhere/c.toml", "lookup", "08Q"]),
        2,
        &["/nowhere/c.toml", "check the path"],
    );
}

/// Runs a command whose standard output nobody reads any more.
fn unheard(shop: &Shop, arguments: &[&str]) -> Ran {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    shop.command().args(arguments).stdout(writer).stderr(Stdio::piped()).output().unwrap().into()
}

#[rstest]
#[case::devices(&["export", "devices"])]
#[case::journal(&["export", "journal"])]
#[case::cases(&["case", "list", "--json"])]
#[case::a_look_up(&["lookup", "08Q"])]
#[case::help(&["--help"])]
#[case::verify(&["verify"])]
fn a_reader_that_went_away_is_no_error(#[case] arguments: &[&str]) {
    let ran = unheard(&Shop::small(), arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_reader_of_the_first_line_only_is_no_error() {
    let shop = Shop::registry();
    let mut command = shop.command();
    command.args(["export", "devices"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    assert!(line.starts_with("serial,"), "{line}");
    drop(out);
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn an_act_that_nobody_hears_is_done_and_a_refusal_still_has_its_code() {
    let shop = Shop::small();
    let record = ["case", "record", Known::FRESH, "--cause", "accident", "--part", "aircraft", "--said"];
    let record =
        [&record[..], &["It fell from a tree", "--customer", "Maria", "--phone", "1", "--json"]].concat();
    assert_eq!(unheard(&shop, &record).code, 0);
    assert_eq!(shop.run(&["export", "journal"]).out.matches(",recorded,").count(), 1);
    sentence(&unheard(&shop, &record), 1, &["still open"]);
    let file = shop.folder().join("bad.csv");
    fs::write(&file, format!("{HEAD}x,mavic-pro,US,,\n")).unwrap();
    assert_eq!(unheard(&shop, &["import", "devices", file.to_str().unwrap()]).code, 1);
    let connection = Connection::open(shop.database()).unwrap();
    connection.execute_batch("DROP TRIGGER payment_no_update").unwrap();
    assert_eq!(unheard(&shop, &["verify"]).code, 1);
}
