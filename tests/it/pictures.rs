//! The README's pictures: drawn from the program's own screens on the practice shop.
//!
//! `CAREDESK_PICTURES=write cargo test pictures` draws them anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use crate::shop::{Known, Shop};
use crate::terminal::Terminal;

const CELL: (u32, u32) = (9, 19);

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures").join(format!("{name}.svg"))
}

fn colour(colour: vt100::Color, otherwise: &str) -> String {
    const BASE: [&str; 16] = [
        "#1c1f26", "#e06c75", "#98c379", "#e5a54b", "#61afef", "#c678dd", "#56b6c2", "#d7dae0", "#7f848e",
        "#ff7a85", "#b5e890", "#ffc66d", "#8ccbff", "#e29bf5", "#7fd7e0", "#ffffff",
    ];
    match colour {
        vt100::Color::Default => otherwise.to_owned(),
        vt100::Color::Idx(at) if at < 16 => BASE[usize::from(at)].to_owned(),
        vt100::Color::Idx(at) if at < 232 => {
            // The six-step cube of the 256 colours.
            let step = |place: u8| [0, 95, 135, 175, 215, 255][usize::from((at - 16) / place % 6)];
            format!("#{:02x}{:02x}{:02x}", step(36), step(6), step(1))
        }
        vt100::Color::Idx(at) => format!("#{0:02x}{0:02x}{0:02x}", 8 + 10 * (at - 232)),
        vt100::Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// One text element for each run of cells that look the same.
fn svg(screen: &vt100::Screen) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let (wide, high) = (u32::from(columns) * CELL.0 + 20, u32::from(rows) * CELL.1 + 20);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\" \
         font-family=\"DejaVu Sans Mono, Noto Sans Mono CJK SC, monospace\" font-size=\"15\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#1c1f26\"/>\n"
    );
    for row in 0..rows {
        for column in 0..columns {
            let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else {
                continue;
            };
            let (mut fore, mut back) = (colour(cell.fgcolor(), "#d7dae0"), colour(cell.bgcolor(), "#1c1f26"));
            if cell.inverse() {
                std::mem::swap(&mut fore, &mut back);
            }
            let (x, y) = (10 + u32::from(column) * CELL.0, 10 + u32::from(row) * CELL.1);
            let cells = if cell.is_wide() { 2 } else { 1 };
            if back != "#1c1f26" {
                let (w, h) = (CELL.0 * cells, CELL.1);
                writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{back}\"/>")
                    .unwrap();
            }
            if !cell.contents().trim().is_empty() {
                let weight = if cell.bold() { " font-weight=\"bold\"" } else { "" };
                let (base, text) = (y + 14, escaped(cell.contents()));
                writeln!(out, "<text x=\"{x}\" y=\"{base}\" fill=\"{fore}\"{weight}>{text}</text>").unwrap();
            }
        }
    }
    out.push_str("</svg>\n");
    out
}

fn compare(name: &str, terminal: &Terminal) {
    let drawn = svg(&terminal.parsed());
    let path = file(name);
    if std::env::var("CAREDESK_PICTURES").is_ok_and(|how| how == "write") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &drawn).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == drawn,
        "{name}.svg is not what the program shows now: CAREDESK_PICTURES=write cargo test pictures"
    );
}

#[test]
fn the_pictures_are_what_the_program_shows() {
    let shop = Shop::small();
    let mut terminal = Terminal::start_with(&shop, &[], (24, 80), &[]);
    terminal.wait_for("Find");
    terminal.scan(Known::FRESH);
    terminal.wait_for("COVERED");
    terminal.settle();
    compare("lookup", &terminal);
    terminal.press("F8");
    terminal.wait_for("Eligibility");
    terminal.settle();
    compare("eligibility", &terminal);
    drop(terminal);

    let case = shop.paid(Known::FRESH, &["aircraft"]);
    let mut terminal = Terminal::start_with(&shop, &[], (24, 80), &[]);
    terminal.wait_for("Find");
    terminal.scan(&case);
    terminal.wait_for("hand out");
    terminal.press("F9");
    terminal.wait_for("BEFORE");
    terminal.scan(Known::UNITS[0]);
    terminal.wait_for(Known::UNITS[0]);
    terminal.settle();
    compare("issue", &terminal);
}

#[test]
fn the_pictures_of_the_day_are_what_the_program_shows() {
    let shop = Shop::small();
    let ready = shop.assessed(Known::FRESH, &["aircraft"]);
    shop.run(&["case", "choose", &ready, "return-unrepaired", "--reason", "wants it back"]).well();
    let held = shop.assessed(Known::SPARK, &["gimbal"]);
    shop.run(&["case", "hold", &held, "--reason", "waits for the customer's call"]).well();
    shop.record(Known::CANADA, &["battery"]);
    let mut terminal = Terminal::start_with(&shop, &[], (24, 80), &[]);
    terminal.wait_for("Find");
    terminal.press("Ctrl+G");
    terminal.wait_for("Menu");
    terminal.words("5");
    terminal.wait_for("Tab today");
    terminal.settle();
    compare("queue", &terminal);
    terminal.press("Ctrl+G");
    terminal.wait_for("Menu");
    terminal.words("7");
    terminal.wait_for("DAY SHEET");
    terminal.settle();
    compare("day", &terminal);
}
