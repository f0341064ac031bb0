//! Disks that are full or cannot be written: told, nothing lost that was answered, and the counter works on.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use rstest::rstest;

use crate::bad_files::{HEAD, everything, sentence};
use crate::shop::{Ran, Shop};

/// What the scripts have in common: the program on this folder, a case, and a small disk with the shop on it.
const WORDS: &str = r#"
    run() { "$CAREDESK" --data-dir "$PWD" "$@"; }
    record() {
        run case record 08QDG6C01200B3 --cause accident --part aircraft --said 'It fell from a tree' \
            --customer Maria --phone 1 "$@"
    }
    full() { mkdir full; mount -t tmpfs -o size="$1" tmpfs full; cp caredesk.db full; cd full; }
"#;

/// Runs a script with mounts of its own that end with it; none, which is said, where the machine does not allow it.
fn with_mounts(shop: &Shop, script: &str) -> Option<Ran> {
    let run = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["-m", "sh", "-e", "-c", script]).current_dir(shop.folder());
        command.env("CAREDESK_NOW", crate::shop::NOW).env("USER", "test").env("HOME", shop.folder());
        command.env("CAREDESK", env!("CARGO_BIN_EXE_caredesk")).stdin(Stdio::null()).output()
    };
    if !run("mount -t tmpfs -o size=64k tmpfs .").is_ok_and(|probe| probe.status.success()) {
        // Not by a macro: its words would only be seen of a test that fails.
        let mut seen = std::io::stderr();
        writeln!(seen, "not run: nothing can be mounted here, so that disks are not tried").unwrap();
        return None;
    }
    run(&format!("{WORDS}{script}")).ok().map(Ran::from)
}

fn many(shop: &Shop, rows: usize) {
    let rows = (0..rows).fold(HEAD.to_owned(), |text, row| {
        text + &format!("08QDG6C02{row:05},mavic-pro,US,2019-06-15,Maria {row}\n")
    });
    fs::write(shop.folder().join("many.csv"), rows).unwrap();
}

#[test]
fn a_read_only_folder_is_told_and_can_still_be_looked_at_or_says_why_not() {
    let shop = Shop::small();
    let before = everything(&shop);
    // Without the right to mount, as in some containers, there is nothing to prove.
    let script = "mount --bind $PWD $PWD; mount -o remount,bind,ro $PWD; record";
    let Some(ran) = with_mounts(&shop, script) else { return };
    sentence(&ran, 2, &["read-only"]);
    assert_eq!(everything(&shop), before);
    shop.verified();
}

#[rstest]
#[case::to_the_last_byte("0")]
#[case::while_the_log_grows("45056")]
fn a_full_disk_is_told_and_loses_nothing_that_was_answered(#[case] room: &str) {
    let shop = Shop::small();
    let script = r#"
        full 1600k
        head -c ROOM /dev/zero > room; head -c 4M /dev/zero > filler 2>/dev/null || true; rm room
        record --json && exit 50
        test $? = 2 || exit 51
        rm filler
        test "$(run case list --json)" = "[]" || exit 52
        record > /dev/null || exit 53
        run verify > /dev/null || exit 54"#;
    let Some(ran) = with_mounts(&shop, &script.replace("ROOM", room)) else { return };
    sentence(&ran, 0, &["disk is full", "nothing was saved"]);
    assert!(room == "0" || ran.out.contains("\"error\""), "{ran:?}");
}

#[test]
fn an_import_that_fills_the_disk_is_told_and_gives_the_room_back() {
    let shop = Shop::small();
    many(&shop, 20_000);
    let script = r#"
        full 1600k
        run import devices ../many.csv && exit 50
        test $? = 2 || exit 51
        test "$(run export devices | wc -l)" = 5 || exit 52
        ls | grep -q staged && exit 53
        record > /dev/null || exit 54
        run verify > /dev/null || exit 55"#;
    let Some(ran) = with_mounts(&shop, script) else { return };
    sentence(&ran, 0, &["disk is full", "nothing was saved"]);
}

#[test]
fn an_import_that_fills_the_disk_while_it_merges_leaves_the_counter_open_and_is_finished_when_there_is_room()
{
    let shop = Shop::small();
    many(&shop, 8_000);
    let script = r#"
        full 2400k
        told() { grep -q "an import of devices is only partly in.*the disk is full.*free some space" "$1" || exit "$2"; }
        run import devices ../many.csv 2> ../said && exit 50
        test $? = 2 || exit 51
        told ../said 52; grep -q "nothing was saved" ../said && exit 53
        ls | grep -q staged || exit 54
        run lookup 08QDG6C01200B3 > ../found 2> ../said || exit 55
        grep -q mavic-pro ../found || exit 56
        told ../said 57; test "$(wc -l < ../said)" = 1 || exit 58
        test "$(run case list --json 2> ../said)" = "[]" || exit 59
        run check 08QDG6C01200B3 > /dev/null 2> ../said || exit 60
        run export devices 2> ../said > ../out || exit 61
        lines=$(wc -l < ../out); test "$lines" -gt 5 && test "$lines" -lt 8005 || exit 62
        run import devices ../many.csv 2> ../said && exit 63
        told ../said 64; grep -q "this file was not imported" ../said || exit 65
        test "$(wc -l < ../said)" = 1 || exit 66
        run verify > ../said && exit 67
        grep -q "import: one is only partly in.*free some space" ../said || exit 68
        mount -o remount,size=16m "$PWD"
        run lookup 08QDG6C01200B3 > /dev/null 2> ../said || exit 69
        test -s ../said && exit 70
        test "$(run export devices | wc -l)" = 8005 || exit 71
        run verify > /dev/null || exit 72
        ls | grep -q staged && exit 73
        run import devices ../many.csv | grep -q "0 new, 0 changed" || exit 74"#;
    let Some(ran) = with_mounts(&shop, script) else { return };
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
}

#[test]
fn an_import_of_which_nothing_is_in_yet_gives_the_room_back_and_is_not_finished_later() {
    let shop = Shop::small();
    many(&shop, 2_000);
    let script = r#"
        full 880k
        run import devices ../many.csv && exit 50
        test $? = 2 || exit 51
        ls | grep -q staged && exit 52
        test "$(run export devices | wc -l)" = 5 || exit 53
        record > /dev/null || exit 54
        run verify > /dev/null || exit 55
        mount -o remount,size=16m "$PWD"
        test "$(run export devices | wc -l)" = 5 || exit 56
        run import devices ../many.csv > /dev/null || exit 57"#;
    let Some(ran) = with_mounts(&shop, script) else { return };
    sentence(&ran, 0, &["disk is full", "nothing was saved"]);
}

#[test]
fn an_import_that_is_whole_says_so_although_the_log_cannot_be_written_back() {
    let shop = Shop::small();
    many(&shop, 2_000);
    let script = r#"
        full 1050k
        run import devices ../many.csv | grep -q "2000 new" || exit 50
        ls | grep -q wal || exit 51
        run verify > /dev/null || exit 52"#;
    let Some(ran) = with_mounts(&shop, script) else { return };
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
}
