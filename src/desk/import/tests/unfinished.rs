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

#[rstest]
#[case::a_full_disk(Fault::Full, true)]
#[case::another_counter(Fault::Busy, true)]
#[case::a_disk_that_fails(Fault::Disk("x".to_owned()), true)]
#[case::a_row_that_cannot_go_in(Fault::Constraint("x".to_owned()), true)]
#[case::a_damaged_file(Fault::Damaged("x".to_owned()), false)]
#[case::what_nobody_knows(Fault::Sqlite("x".to_owned()), false)]
fn what_may_be_gone_at_the_next_start_leaves_the_counter_open(#[case] fault: Fault, #[case] open: bool) {
    let failure = super::super::unfinished::broken_off(Kind::Plans, fault);
    assert_eq!(matches!(&failure, Failure::Unfinished(_)), open);
    assert_eq!(failure.to_string().contains("an import of plans is only partly in: what is in stays"), open);
}

#[test]
fn a_staging_file_that_is_damaged_is_a_fault_of_every_start() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    let merge = cut_off(&mut shop, DEVICES);
    std::fs::write(folder.path().join(merge.staged), "no database ".repeat(4000)).unwrap();
    for _ in 0..2 {
        let failure = finish_interrupted(&mut shop.repository, &stamp()).unwrap_err();
        assert!(matches!(failure, Failure::Fault(Fault::Damaged(_))), "{failure:?}");
    }
}

#[test]
fn an_import_waits_for_an_earlier_one_that_cannot_be_finished() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    cut_off(&mut shop, DEVICES);
    let unit = "INSERT INTO stock (serial, model, part, state)
                VALUES ('0K1XH34GTPE36Y', 'mavic-air', 'aircraft', 'in-stock')";
    shop.sql(unit);
    let (_, plans) = EXAMPLES[1];
    let failure =
        shop.run(Kind::Plans, plans.as_bytes(), (Aim::Merge, BadRows::RefuseAll)).unwrap_err().to_string();
    assert!(failure.starts_with("an import of devices is only partly in"), "{failure}");
    assert!(failure.ends_with("this file was not imported"), "{failure}");
    shop.sql("DROP TRIGGER stock_no_delete; DELETE FROM stock");
    shop.good(Kind::Fees, EXAMPLES[5].1);
    assert_eq!(shop.ask("SELECT count(*) || '' FROM device"), "2", "the earlier one went first");
}

#[rstest]
#[case::nothing_is_in(0, true)]
#[case::a_row_is_in(1, false)]
fn a_merge_is_taken_back_while_nothing_is_in(#[case] merged: i64, #[case] gone: bool) {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = shop_in(folder.path());
    let merge = cut_off(&mut shop, DEVICES);
    shop.sql(&format!("UPDATE merge SET next = next + {merged}"));
    let path = folder.path().join(&merge.staged);
    let mut staged = Attached::new(&mut shop.repository, Kind::Devices, path).unwrap();
    assert_eq!(registry::take_back(&mut staged, &merge).unwrap(), gone);
    drop(staged);
    assert_eq!(staged_files(folder.path()) == 0, gone);
    assert_eq!(registry::interrupted(&shop.repository).unwrap().is_none(), gone);
}
