//! What the editions at hand say.

use std::path::Path;

use chrono::NaiveDate;
use rstest::rstest;

use super::{BUILT_IN, STRICTER};
use crate::domain::claim::{Cause, Channel};
use crate::domain::clause::Clause;
use crate::domain::edition::{
    DateOnly, Edition, FeeOrdinal, FirstDay, HandheldClock, LastDay, Made, Openness, OwnerPolicy,
    WarrantyRoute,
};
use crate::domain::product::{Kind, ModelId, Part};
use crate::domain::region::Standing;
use crate::programme::{built_in, editions, read};

fn built() -> Edition {
    built_in().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_built_in_edition_says_what_the_programme_says() {
    let edition = built();
    assert_eq!(
        (edition.id.as_str(), edition.first_day, edition.allowance),
        ("2019-05", day("2019-05-01"), 2)
    );
    assert_eq!(edition.clauses.len(), Clause::ALL.len());
    assert_eq!(edition.causes.len(), Cause::ALL.len());
    assert_eq!((edition.parts.len(), edition.models.len()), (12, 25));
    let settings = &edition.settings;
    assert_eq!((settings.term.months, settings.term.last_day), (12, LastDay::DayBefore));
    assert_eq!(settings.term.starts, [FirstDay::Agreement, FirstDay::Shipped, FirstDay::Bound]);
    assert_eq!(settings.bind.date_only, DateOnly { inside_days: 1, refer_days: 2 });
    assert_eq!(settings.claim.owner_policy, OwnerPolicy::Strict);
    assert_eq!(settings.quote_valid_days, None);
}

#[rstest]
#[case("spark", Some(Kind::Aircraft), "aircraft", "aircraft gimbal camera propellers battery")]
#[case("osmo-pocket", Some(Kind::Handheld), "camera", "camera battery")]
#[case("ronin-s", Some(Kind::Handheld), "gimbal", "gimbal grip")]
#[case("phantom-4-pro", Some(Kind::Aircraft), "aircraft", "aircraft gimbal camera propellers")]
#[case("inspire-2", Some(Kind::Aircraft), "aircraft", "aircraft propellers")]
#[case("zenmuse-x4s", Some(Kind::Gimbal), "gimbal", "gimbal camera")]
#[case("matrice-200", None, "aircraft", "")]
#[case("osmo-mobile-2", None, "gimbal", "")]
fn a_model_has_its_series_parts(
    #[case] id: &str,
    #[case] kind: Option<Kind>,
    #[case] carrying: &str,
    #[case] replaceable: &str,
) {
    let edition = built();
    let model = edition.model(id).unwrap();
    assert_eq!(model.kind, kind);
    assert_eq!(model.carrying, Some(Part::new(carrying)));
    let parts: Vec<&str> = model.replaceable.iter().map(Part::as_str).collect();
    assert_eq!(parts.join(" "), replaceable);
}

#[rstest]
#[case("spark", "aircraft", Some(12), false)]
#[case("spark", "charger", Some(6), false)]
#[case("mavic-2-zoom", "charger", Some(12), false)]
#[case("mavic-air", "propellers", None, false)]
#[case("mavic-air-2", "charger", None, true)]
#[case("osmo-action", "camera", Some(12), true)]
#[case("inspire-2", "camera", Some(6), true)]
#[case("ronin-sc", "grip", Some(12), true)]
#[case("ronin-sc", "camera", Some(6), true)]
#[case("ronin-sc", "gimbal", Some(12), true)]
fn a_part_has_the_months_of_its_table(
    #[case] id: &str,
    #[case] part: &str,
    #[case] months: Option<u32>,
    #[case] assumed: bool,
) {
    let edition = built();
    let model = edition.model(id).unwrap();
    assert_eq!(model.warranty_on(&Part::new(part)).map(|row| row.months), months);
    assert_eq!(model.warranty_assumed, assumed);
}

#[test]
fn every_battery_under_warranty_has_a_limit_of_cycles_and_no_other_part_has() {
    for model in built().models {
        for row in &model.warranty {
            assert_eq!(row.below_cycles, (row.part.as_str() == "battery").then_some(200), "{}", model.id);
        }
    }
}

#[rstest]
#[case(Cause::Accident, WarrantyRoute::Closed, Openness::Open, Openness::Open)]
#[case(Cause::Water, WarrantyRoute::Closed, Openness::Open, Openness::Open)]
#[case(Cause::Defect, WarrantyRoute::Rule, Openness::Open, Openness::Open)]
#[case(Cause::Cosmetic, WarrantyRoute::Closed, Openness::Closed, Openness::Open)]
#[case(Cause::Lost, WarrantyRoute::Closed, Openness::Closed, Openness::Closed)]
#[case(Cause::Modified, WarrantyRoute::Closed, Openness::Closed, Openness::Open)]
#[case(Cause::ThirdPartyPart, WarrantyRoute::Closed, Openness::Refer, Openness::Open)]
#[case(Cause::Unknown, WarrantyRoute::AskWhileInWarranty, Openness::Refer, Openness::Open)]
fn a_cause_opens_what_its_table_says(
    #[case] cause: Cause,
    #[case] warranty: WarrantyRoute,
    #[case] replacement: Openness,
    #[case] paid: Openness,
) {
    let edition = built();
    let route = &edition.causes[&cause];
    assert_eq!((route.warranty, route.replacement, route.paid), (warranty, replacement, paid));
}

#[rstest]
#[case("DE", "EU", Some("EUR"))]
#[case("GB", "GB", Some("GBP"))]
#[case("JP", "JP", Some("JPY"))]
#[case("BR", "BR", None)]
fn a_country_stands_for_its_region(
    #[case] country: &str,
    #[case] code: &str,
    #[case] currency: Option<&str>,
) {
    let region = built().region(country.parse().unwrap());
    assert_eq!(region.code().as_str(), code);
    assert_eq!(region.currency(), currency.map(|text| text.parse().unwrap()));
    assert_eq!(region.standing() == Standing::Unlisted, currency.is_none());
}

#[test]
fn only_known_fees_are_known() {
    let edition = built();
    let fee = |model: &str, ordinal, currency: &str| {
        edition.fee(&ModelId::new(model), ordinal, currency.parse().unwrap()).map(|money| money.minor)
    };
    assert_eq!(fee("mavic-pro", FeeOrdinal::Refresh(2), "EUR"), Some(13_900));
    assert_eq!(fee("mavic-air-2", FeeOrdinal::Refresh(1), "HKD"), Some(56_900));
    assert_eq!(fee("mavic-pro", FeeOrdinal::Plus, "USD"), None);
    assert_eq!(fee("spark", FeeOrdinal::Refresh(1), "USD"), None);
    assert_eq!(edition.fees.len(), 6);
}

#[test]
fn a_serial_tells_its_day_and_product() {
    let edition = built();
    let serial = "08QDE5J01200B3".parse().unwrap();
    assert_eq!(edition.serials.made(&serial), Made::On(day("2017-05-18")));
    assert_eq!(edition.serials.product(&serial), Some("mavic-pro"));
}

#[test]
fn staff_see_models_and_parts_in_the_order_of_the_file() {
    let edition = built();
    let models: Vec<&str> = edition.models.iter().take(3).map(|model| model.id.as_str()).collect();
    assert_eq!(models, ["spark", "mavic-pro", "mavic-pro-platinum"]);
    let parts: Vec<&str> = edition.parts.iter().take(3).map(|(part, _)| part.as_str()).collect();
    assert_eq!(parts, ["aircraft", "gimbal", "camera"]);
}

#[test]
fn the_stricter_edition_reads_and_differs() {
    let (loose, strict) = (built(), read("2021-stricter.toml", STRICTER).unwrap());
    assert_eq!(
        (strict.id.as_str(), strict.first_day, strict.allowance),
        ("2021-stricter", day("2021-01-01"), 1)
    );
    assert_eq!((strict.settings.term.months, strict.settings.term.last_day), (6, LastDay::Anniversary));
    assert_eq!(strict.settings.bind.activation_hours, 24);
    assert_eq!(strict.settings.bind.handheld_window_days, 14);
    assert_eq!(strict.settings.bind.handheld_days, HandheldClock::Elapsed);
    assert_eq!(strict.settings.claim.owner_policy, OwnerPolicy::Ignore);
    assert_eq!(strict.settings.quote_valid_days, Some(14));
    assert_eq!(strict.causes[&Cause::NormalUse].replacement, Openness::Refer);
    let battery = Part::new("battery");
    assert!(loose.model("spark").unwrap().replaces(&battery));
    assert!(!strict.model("spark").unwrap().replaces(&battery));
    let japan = strict.region("JP".parse().unwrap());
    assert!(loose.offers(Channel::Swift, japan) && !strict.offers(Channel::Swift, japan));
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn ids(dir: Option<&Path>) -> Vec<String> {
    editions(dir).unwrap().all().map(|edition| edition.id.clone()).collect()
}

#[test]
fn a_folder_adds_editions_and_only_its_toml_files_are_read() {
    assert_eq!(ids(None), ["2019-05"]);
    let folder = folder(&[("2021.toml", STRICTER), ("notes.txt", "hello"), (".2021.toml", "half")]);
    assert_eq!(ids(Some(folder.path())), ["2019-05", "2021-stricter"]);
}

#[test]
fn a_folder_replaces_the_built_in_edition() {
    let text = BUILT_IN.replace("allowance = 2", "allowance = 3");
    let folder = folder(&[("own.toml", &text)]);
    let editions = editions(Some(folder.path())).unwrap();
    assert_eq!(editions.all().count(), 1);
    assert_eq!(editions.named("2019-05").unwrap().allowance, 3);
}

#[test]
fn two_files_with_one_id_are_refused_by_name() {
    let folder = folder(&[("b.toml", STRICTER), ("a.toml", STRICTER)]);
    let said = editions(Some(folder.path())).unwrap_err().to_string();
    assert!(said.contains("b.toml: the edition \"2021-stricter\" stands in "), "{said}");
    assert!(said.contains("a.toml too"), "{said}");
}

#[test]
fn a_folder_that_is_not_there_is_an_error_and_not_an_empty_one() {
    let said = editions(Some(Path::new("/nowhere/programmes"))).unwrap_err().to_string();
    assert!(said.starts_with("/nowhere/programmes: the programmes folder cannot be read: "), "{said}");
}

#[test]
fn a_file_in_another_encoding_is_told_with_its_line() {
    let folder = folder(&[]);
    std::fs::write(folder.path().join("x.toml"), b"id = \"2020-01\"\nname = \"Caf\xe9\"\n").unwrap();
    let said = editions(Some(folder.path())).unwrap_err().to_string();
    assert!(said.ends_with("x.toml:2: is not UTF-8 here: save the file as UTF-8"), "{said}");
}
