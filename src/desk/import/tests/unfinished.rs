//! Imports that are cut off.

use super::*;
use crate::repository::Patience;
use crate::repository::registry::Merge;
use rstest::rstest;

fn shop_in(folder: &std::path::Path) -> Shop {
    Shop::over(Repository::open(&folder.join("caredesk.db"), Patience::Command).unwrap())
}

fn staged_files(folder: &std::path::Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().ends_with(".staged")).count()
}

/// Seals an import and merges up to `upto` rows, as if the machine went off then.
fn cut_off(shop: &mut Shop, text: &str) -> Merge {
    let mut staging = Staging::create(&shop.repository, Kind::Devices).unwrap();
    let job = Job {
        kind: Kind::Devices,
        file: "f.csv",
        editions: &shop.editions,
        aim: Aim::Merge,
        bad_rows: BadRows::RefuseAll,
        stamp: stamp(),
    };
    let (digest, _) = stage(&mut staging, &job, text.as_bytes(), &mut |_| {}).unwrap();
    let rows = staging.rows();
    let mut staged = Attached::new(&mut shop.repository, Kind::Devices, staging.close().unwrap()).unwrap();
    staged.fold().unwrap();
    registry::begin(&mut staged, &stamp(), (&digest, rows)).unwrap()
}

#[rstest]
#[case::into_an_empty_registry("")]
#[case::into_a_filled_one(DEVICES)]
fn an_import_that_was_cut_off_is_finished_at_the_next_start(#[case] before: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    if !before.is_empty() {
        shop.good(Kind::Devices, before);
    }
    let (_, text) = EXAMPLES[0];
    cut_off(&mut shop, text);
    drop(shop);

    let mut shop = shop_in(folder.path());
    assert_eq!(staged_files(folder.path()), 1);
    assert_eq!(finish_interrupted(&mut shop.repository, &stamp()).unwrap(), Some(Kind::Devices));
    let mut whole = Shop::new();
    if !before.is_empty() {
        whole.good(Kind::Devices, before);
    }
    whole.good(Kind::Devices, text);
    assert_eq!(shop.export(Kind::Devices), whole.export(Kind::Devices));
    assert_eq!(staged_files(folder.path()), 0);
    assert_eq!(shop.ask("SELECT actor || kind FROM journal ORDER BY seq DESC"), "Annimported");
    assert_eq!(finish_interrupted(&mut shop.repository, &stamp()).unwrap(), None);
}

#[test]
fn a_merge_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    shop.good(Kind::Devices, DEVICES);
    cut_off(&mut shop, EXAMPLES[0].1);
    shop.sql("UPDATE merge SET next = 2001");
    finish_interrupted(&mut shop.repository, &stamp()).unwrap();
    assert_eq!(shop.ask("SELECT count(*) || '' FROM device"), "271", "two, and the rows from the 2001st on");
}

#[test]
fn a_unit_that_came_into_stock_while_devices_were_read_is_not_loaded_as_a_customers() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    cut_off(&mut shop, DEVICES);
    shop.sql(
        "INSERT INTO stock (serial, model, part, state)
         VALUES ('0K1XH34GTPE36Y', 'mavic-air', 'aircraft', 'in-stock')",
    );
    let fault = finish_interrupted(&mut shop.repository, &stamp()).unwrap_err().to_string();
    assert!(fault.contains("0K1XH34GTPE36Y is in stock"), "{fault}");
    assert_eq!(shop.ask("SELECT count(*) || '' FROM device"), "0");
    let waits =
        "SELECT count(*) || '' FROM sqlite_schema WHERE name IN ('device_not_stock', 'device_serial')";
    assert_eq!(shop.ask(waits), "2", "what waited for the rows is there again");
}

#[test]
fn a_staging_file_that_was_never_sealed_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    std::mem::forget(Staging::create(&shop.repository, Kind::Devices).unwrap());
    assert_eq!(staged_files(folder.path()), 1);
    assert_eq!(finish_interrupted(&mut shop.repository, &stamp()).unwrap(), None);
    assert_eq!(staged_files(folder.path()), 0);
}

#[test]
fn one_import_runs_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    let held = registry::lock(&shop.repository).unwrap();
    let failure = shop.run(Kind::Devices, DEVICES.as_bytes(), (Aim::Merge, BadRows::RefuseAll)).unwrap_err();
    assert!(matches!(failure, Failure::Running));
    drop(held);
    shop.good(Kind::Devices, DEVICES);
}

#[test]
fn a_lost_staging_file_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    let merge = cut_off(&mut shop, DEVICES);
    std::fs::remove_file(folder.path().join(merge.staged)).unwrap();
    let failure = finish_interrupted(&mut shop.repository, &stamp()).unwrap_err();
    assert!(matches!(failure, Failure::StagedGone { kind: Kind::Devices, .. }));
    assert_eq!(finish_interrupted(&mut shop.repository, &stamp()).unwrap(), None);
}
