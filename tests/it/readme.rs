//! Every command of the README is run, in the README's order, on a shop with the README's files.

use std::process::Command;

use crate::shop::{NOW, Shop};

fn readme() -> String {
    std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap()
}

/// The indented lines, which are commands.
fn commands() -> Vec<String> {
    readme().lines().filter_map(|line| line.strip_prefix("    ")).map(str::to_owned).collect()
}

/// Splits a command as a shell does, double quotes only.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words
}

#[test]
fn every_command_of_the_readme_does_what_it_says() {
    let shop = Shop::bare();
    for (kind, text) in Shop::small_files() {
        std::fs::write(shop.folder().join(format!("{kind}.csv")), text).unwrap();
    }
    std::fs::create_dir(shop.folder().join("my-editions")).unwrap();
    let mut run = 0;
    for line in commands() {
        let words = words(&line);
        // The screens are opened by the terminal tests, cargo's commands by `.ci/run`.
        if words.len() == 1 || words[0] == "cargo" {
            continue;
        }
        assert_eq!(words[0], "caredesk", "{line}");
        let done = Command::new(env!("CARGO_BIN_EXE_caredesk"))
            .env_clear()
            .env("HOME", shop.folder())
            .env("CAREDESK_DATA_DIR", shop.folder())
            .env("CAREDESK_NOW", NOW)
            .current_dir(shop.folder())
            .args(&words[1..])
            .output()
            .unwrap();
        assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
        run += 1;
    }
    assert!(run >= 15, "only {run} commands were found");
}

#[test]
fn the_readme_names_the_two_commands_and_its_pictures_exist() {
    let cargo: Vec<String> = commands().into_iter().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(&cargo[..2], ["cargo run --release -- practice", "cargo test --locked"]);
    let readme = readme();
    let pictures: Vec<&str> =
        readme.split("](assets/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(pictures.len() >= 2, "{pictures:?}");
    for picture in pictures {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/").to_owned() + picture;
        assert!(std::path::Path::new(&path).exists(), "{path} is not there");
    }
}

#[test]
fn the_readme_lists_every_key_of_the_table() {
    let readme = readme();
    for binding in caredesk::tui::key::BINDINGS {
        let name = binding.name();
        let special =
            name.starts_with("Ctrl+") || name.starts_with("Alt+") || name.len() > 1 && name.starts_with('F');
        assert!(!special || readme.contains(&name), "{name} ({}) is not in the README", binding.label);
    }
}
