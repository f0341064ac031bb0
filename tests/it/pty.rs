//! The real program in a real terminal: the job from scan to certificate, and what must never go wrong.

use crate::shop::{Known, Shop};
use crate::terminal::Terminal;

/// What must be the last words to a terminal: cursor shown, paste marks off, the old screen back.
fn left_as_it_was(terminal: &Terminal) {
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    for (what, on, off) in [
        ("the alternate screen", "\x1b[?1049h", "\x1b[?1049l"),
        ("bracketed paste", "\x1b[?2004h", "\x1b[?2004l"),
        ("the hidden cursor", "\x1b[?25l", "\x1b[?25h"),
    ] {
        assert!(raw.rfind(off) > raw.rfind(on), "{what} was left on");
    }
}

/// From the scan to the payment taken, on the unit in hand.
fn to_the_issue(terminal: &mut Terminal, serial: &str) {
    terminal.wait_for("Find");
    terminal.scan(serial);
    terminal.wait_for("COVERED");
    terminal.press("F6");
    terminal.wait_for("Brought by");
    terminal.press("s");
    terminal.press("Enter");
    terminal.press("a");
    terminal.press("Enter");
    terminal.press("Enter");
    terminal.press("1");
    terminal.wait_for("Ready");
    terminal.press("F9");
    terminal.wait_for("RECEIVED");
    terminal.press("F9");
    terminal.wait_for("ASSESSED");
    terminal.press("F9");
    terminal.wait_for("Paid by");
    terminal.press("F9");
    terminal.wait_for("BEFORE");
}

fn hand_out(terminal: &mut Terminal, unit: &str) {
    terminal.scan(unit);
    terminal.wait_for(unit);
    terminal.press("F9");
    terminal.wait_for("Last four");
    for letter in &unit.chars().collect::<Vec<_>>()[unit.len() - 4..] {
        terminal.press(&letter.to_string());
    }
    terminal.press("F9");
    terminal.wait_for("REPLACEMENT CERTIFICATE");
}

#[test]
fn a_walk_in_replacement_takes_at_most_24_keys_and_3_scans() {
    let shop = Shop::registry();
    shop.import("devices", "serial,model,purchase_region,purchased_on,owner_name,owner_phone\n08QDG6C01200B3,mavic-pro,US,2019-06-15,陳怡君,+1 415 555 0101\n").well();
    shop.import("plans", "number,tier,serial,region,programme,starts_on,ends_on,granted,extends,sold_on,returned_on\nP-1,refresh,08QDG6C01200B3,US,2019-05,2019-06-15,,2,,2019-06-15,\n").well();
    let unit = "08Q6H32F456EZY";
    let mut terminal = Terminal::start(&shop, &[]);
    to_the_issue(&mut terminal, Known::FRESH);
    hand_out(&mut terminal, unit);
    terminal.press("F9");
    terminal.wait_for("0 open");
    assert!(terminal.keys <= 24, "{} keys", terminal.keys);
    assert!(terminal.scans <= 3, "{} scans", terminal.scans);

    terminal.press("F2");
    terminal.wait_for("Scan the unit");
    terminal.scan(unit);
    let card = terminal.wait_for("1 of 2 left");
    assert!(card.contains("2019-06-15 to 2020-06-14"), "{card}");
    assert!(card.contains("陳怡君"), "{card}");
    terminal.press("F2");
    terminal.wait_for("Scan the unit");
    terminal.scan(Known::FRESH);
    let old = terminal.wait_for(unit);
    assert!(old.contains("replaced"), "{old}");
    terminal.press("Ctrl+Q");
    assert_eq!(terminal.ended(), 0);
    left_as_it_was(&terminal);
    shop.verified();
}

#[test]
fn practice_opens_on_made_up_devices_and_leaves_nothing_behind() {
    let shop = Shop::bare();
    let temporary = shop.folder().join("tmp");
    std::fs::create_dir(&temporary).unwrap();
    let place = temporary.to_str().unwrap().to_owned();
    let mut terminal = Terminal::start_with(&shop, &["practice"], (24, 80), &[("TMPDIR", &place)]);
    let screen = terminal.wait_for("Practice Center");
    assert!(screen.contains("PRACTICE"), "{screen}");
    terminal.wait_for("covered, 2 of 2 left");
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 1);
    terminal.press("Ctrl+Q");
    assert_eq!(terminal.ended(), 0);
    left_as_it_was(&terminal);
    assert_eq!(std::fs::read_dir(&temporary).unwrap().count(), 0, "the practice shop was left behind");
    assert!(!shop.database().exists(), "practice touched the real shop");
}

#[test]
fn the_first_start_asks_for_the_name_and_then_says_what_one_can_do() {
    let shop = Shop::bare();
    let mut terminal = Terminal::start(&shop, &[]);
    terminal.wait_for("Region");
    terminal.words("Oakland");
    terminal.press("Enter");
    terminal.press("U");
    terminal.press("S");
    terminal.press("F9");
    let welcome = terminal.wait_for(&format!("caredesk --data-dir {} import", shop.folder().display()));
    assert!(welcome.contains("practice"), "{welcome}");
    terminal.press("Ctrl+Q");
    assert_eq!(terminal.ended(), 0);
    let again = shop.run(&["setup", "--site", "Oakland", "--region", "US"]);
    assert_eq!(again.code, 0, "{again:?}");
}

#[test]
fn a_scan_neither_answers_a_question_nor_commits_a_form() {
    let shop = Shop::small();
    let mut terminal = Terminal::start(&shop, &[]);
    terminal.wait_for("Find");
    terminal.scan(Known::FRESH);
    terminal.wait_for("COVERED");
    terminal.press("F6");
    terminal.wait_for("Brought by");
    terminal.press("s");
    terminal.press("Enter");
    terminal.press("a");
    terminal.press("Enter");
    terminal.press("Enter");
    terminal.press("1");
    terminal.scan(Known::UNITS[0]);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(shop.run(&["case", "list", "--json"]).well().out, "[]\n", "a scan committed the form");
    for _ in 0..4 {
        terminal.press("F9");
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    terminal.wait_for("BEFORE");
    terminal.scan(Known::UNITS[0]);
    terminal.wait_for(Known::UNITS[0]);
    terminal.press("F9");
    terminal.wait_for("Last four");
    terminal.scan(Known::UNITS[0]);
    terminal.press("Enter");
    std::thread::sleep(std::time::Duration::from_millis(300));
    let cases = shop.run(&["case", "list", "--json"]).well().json();
    assert_eq!(cases[0]["state"], "CHOSEN", "a scan or Enter answered the question");
}

#[test]
fn a_hostile_paste_and_a_tiny_window_do_no_harm() {
    let shop = Shop::small();
    let mut terminal = Terminal::start(&shop, &[]);
    terminal.wait_for("Find");
    let hostile = format!("\x1b[200~{}\x1b[201~", "a\n\u{202e}\x07𝒳".repeat(750));
    terminal.send(hostile.as_bytes());
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.resize(3, 10);
    terminal.wait("a small screen's word", |screen| !screen.trim().is_empty());
    terminal.resize(1, 1);
    terminal.resize(24, 80);
    terminal.wait_for("Lookup");
    terminal.press("F2");
    terminal.wait_for("Scan the unit");
    terminal.scan(Known::FRESH);
    terminal.wait_for("COVERED");
    assert_eq!(shop.run(&["case", "list", "--json"]).well().out, "[]\n");
    terminal.press("Ctrl+Q");
    assert_eq!(terminal.ended(), 0);
    left_as_it_was(&terminal);
}

#[test]
fn a_signal_puts_the_terminal_back_and_keeps_a_half_filled_form() {
    let shop = Shop::small();
    let mut terminal = Terminal::start(&shop, &[]);
    terminal.wait_for("Find");
    terminal.scan(Known::FRESH);
    terminal.wait_for("COVERED");
    terminal.press("F6");
    terminal.wait_for("Brought by");
    terminal.press("s");
    terminal.press("Enter");
    terminal.press("a");
    std::process::Command::new("kill").args(["-TERM", &terminal.id().to_string()]).status().unwrap();
    assert_eq!(terminal.ended(), 128 + 15);
    left_as_it_was(&terminal);
    let again = Terminal::start(&shop, &[]);
    again.wait_for("1 parked");
}

#[test]
fn no_color_means_no_colour() {
    let shop = Shop::small();
    let mut terminal = Terminal::start_with(&shop, &[], (24, 80), &[("NO_COLOR", "1")]);
    terminal.wait_for("Find");
    terminal.scan(Known::FRESH);
    terminal.wait_for("COVERED");
    let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
    for sequence in raw.split("\x1b[").skip(1) {
        let Some((codes, _)) = sequence
            .split_once('m')
            .filter(|(codes, _)| codes.bytes().all(|b| b.is_ascii_digit() || b == b';'))
        else {
            continue;
        };
        let coloured = |code: &str| matches!(code.parse::<u16>(), Ok(30..=38 | 40..=48 | 90..=107));
        assert!(!codes.split(';').any(coloured), "colour {codes:?}");
    }
}

#[test]
fn a_broken_edition_is_told_when_the_terminal_is_back() {
    let shop = Shop::small();
    let folder = shop.folder().join("programmes");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("broken.toml"), "id = 3\n").unwrap();
    for purpose in [&[][..], &["practice"]] {
        let arguments = [&["--programmes", folder.to_str().unwrap()], purpose].concat();
        let mut terminal = Terminal::start(&shop, &arguments);
        assert_eq!(terminal.ended(), 2);
        left_as_it_was(&terminal);
        let raw = String::from_utf8_lossy(&terminal.raw()).into_owned();
        let (_, behind) = raw.rsplit_once("\x1b[?1049l").unwrap();
        assert!(behind.contains("caredesk: ") && behind.contains("broken.toml:1"), "{behind:?}");
    }
}

#[test]
fn without_a_terminal_the_screens_say_so_in_a_sentence() {
    let shop = Shop::small();
    let ran = shop.run(&[]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains("terminal"), "{}", ran.err);
}
