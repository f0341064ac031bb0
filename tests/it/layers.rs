//! Reads the sources: an arrow that points back fails here.

use std::path::{Path, PathBuf};

/// What each part may name of the others; nothing else.
const MAY: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("programme", &["domain"]),
    ("paper", &["domain"]),
    ("repository", &["domain"]),
    ("desk", &["domain", "programme", "paper", "repository"]),
    ("cli", &["domain", "programme", "paper", "repository", "desk"]),
    ("tui", &["domain", "programme", "paper", "repository", "desk"]),
];

/// Crates that the domain may name.
const PURE: [&str; 3] = ["chrono", "serde", "thiserror"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
    found
}

fn part_of(path: &Path) -> String {
    let inside = path.strip_prefix(root()).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// A file's code, without comments; a list of names in braces is one line.
fn code(path: &Path) -> Vec<(usize, String)> {
    joined(&std::fs::read_to_string(path).unwrap())
}

fn joined(text: &str) -> Vec<(usize, String)> {
    let mut code: Vec<(usize, String)> = Vec::new();
    let is_open = |line: &str| line.contains("::{") && line.matches('{').count() > line.matches('}').count();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
        match code.last_mut().filter(|(_, before)| is_open(before)) {
            Some((_, before)) => before.push_str(line.trim()),
            None => code.push((at + 1, line.to_owned())),
        }
    }
    code
}

/// Parts that a line names after `crate::` or `caredesk::`.
fn named(line: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for start in ["crate::", "caredesk::"] {
        for rest in line.split(start).skip(1) {
            let one = |text: &str| {
                text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
            };
            match rest.strip_prefix('{') {
                Some(list) => parts.extend(list.split([',', '}']).map(|piece| one(piece.trim()))),
                None => parts.push(one(rest)),
            }
        }
    }
    parts
}

fn wrong_arrows(part: &str, lines: &[(usize, String)]) -> Vec<usize> {
    let Some((_, may)) = MAY.iter().find(|(known, _)| *known == part) else { return Vec::new() };
    let known = |name: &str| MAY.iter().any(|(part, _)| *part == name);
    let wrong = |line: &str| {
        named(line).iter().any(|name| known(name) && name != part && !may.contains(&name.as_str()))
    };
    lines.iter().filter(|(_, line)| wrong(line)).map(|(at, _)| *at).collect()
}

#[test]
fn no_arrow_points_back() {
    for path in sources(&root()) {
        let wrong = wrong_arrows(&part_of(&path), &code(&path));
        assert!(wrong.is_empty(), "{}: lines {wrong:?} name a part above their own", path.display());
    }
}

#[test]
fn a_wrong_arrow_would_be_found() {
    let line = |text: &str| vec![(1, text.to_owned())];
    assert_eq!(wrong_arrows("domain", &line("use crate::desk::Desk;")), [1]);
    assert_eq!(wrong_arrows("cli", &line("use crate::{desk::Desk, tui};")), [1]);
    assert_eq!(wrong_arrows("repository", &line("let x = crate::programme::built_in();")), [1]);
    assert_eq!(
        wrong_arrows("cli", &joined("use crate::{\n    desk::{\n        Desk,\n    },\n    tui,\n};")),
        [1]
    );
    assert!(wrong_arrows("desk", &line("use crate::repository::Tx;")).is_empty());
}

#[test]
fn the_domain_names_no_crate_but_time_serialising_and_errors() {
    let manifest = include_str!("../../Cargo.toml");
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let crates: Vec<String> = section
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.trim().replace('-', "_"))
        .filter(|name| !PURE.contains(&name.as_str()))
        .collect();
    assert!(crates.len() > 10, "the manifest's dependencies were not read");
    for path in sources(&root().join("domain")) {
        for (at, line) in
            code(&path).iter().filter(|(_, line)| !line.contains("proptest") && !line.contains("rstest"))
        {
            let wrong = crates.iter().find(|name| line.contains(&format!("{name}::")));
            assert_eq!(wrong, None, "{}:{at} names a crate that the domain must not know", path.display());
        }
    }
}

#[test]
fn sql_stands_in_the_repository_only() {
    // Unit tests may look into the file to see what an import left there.
    let tests = |path: &Path| {
        path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
    };
    for path in sources(&root()).iter().filter(|path| part_of(path) != "repository" && !tests(path)) {
        for (at, line) in code(path) {
            let sql = ["SELECT ", "INSERT INTO ", "UPDATE cases", "DELETE FROM ", "rusqlite::"];
            let wrong = sql.iter().find(|word| line.contains(**word));
            assert_eq!(wrong, None, "{}:{at} has SQL outside the repository", path.display());
        }
    }
}

#[test]
fn the_top_level_holds_only_what_it_should() {
    let allowed = ["Cargo.toml", "Cargo.lock", "src", "assets", "tests", "README.md", "target"];
    for entry in std::fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            name.starts_with('.') || allowed.contains(&name.as_str()),
            "{name} does not belong at the top"
        );
    }
}
