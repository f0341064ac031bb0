//! Each mistake is named with its line and key.

use rstest::rstest;

use super::BUILT_IN;
use crate::programme::{BadProgramme, read};

/// Reads the built-in edition with one edit, which must have changed exactly one place.
fn refused(from: &str, to: &str) -> (String, BadProgramme) {
    assert_eq!(BUILT_IN.matches(from).count(), 1, "\"{from}\" must stand in the file once");
    let text = BUILT_IN.replace(from, to);
    let error = read("x.toml", &text).unwrap_err();
    (text, error)
}

fn check(edit: (&str, &str), line: &str, key: &str, problem: &str) {
    let (text, error) = refused(edit.0, edit.1);
    assert_eq!(error.key, key, "{error}");
    assert!(error.problem.starts_with(problem), "{error}");
    let number = error.line.unwrap();
    let stands = text.lines().nth(number - 1).unwrap();
    assert!(stands.starts_with(line), "{error}\nstands: {stands}");
    assert_eq!(error.to_string(), format!("x.toml:{number}: {key}: {}", error.problem.replace('\n', " ")));
    assert_eq!(error.to_string().lines().count(), 1);
}

#[rstest]
#[case::unknown_key(("policy = \"strict\"", "polcy = \"strict\""), "polcy", "owner.polcy", "unknown key (one of policy)")]
#[case::unknown_table(("[owner]", "[ownr]"), "[ownr]", "ownr", "unknown key (one of id, ")]
#[case::missing_key(("\npolicy = \"strict\"", "\n#"), "[owner]", "owner.policy", "this key is missing; add it")]
#[case::missing_table(("[clock]\nday = \"centre\"", ""), "# The care", "clock", "this key is missing; add it")]
#[case::missing_id(("\nid = \"2019-05\"", "\n#"), "# The care", "id", "this key is missing; add it")]
#[case::misplaced(("[bind.date_only]", "[channels.date_only]"), "[bind]", "bind.date_only", "this key is missing")]
#[case::missing_inner(("\ninside_days = 1", "\n#"), "[bind.date_only]", "bind.date_only.inside_days", "this key is")]
#[case::word(("rebind = \"never\"", "rebind = \"x\""), "rebind", "bind.rebind", "unknown value \"x\" (one of never, after-end)")]
#[case::word_in_list(("\"shipped\", ", "\"sent\", "), "starts", "term.starts", "unknown value \"sent\" (one of agreement")]
#[case::no_word(("rebind = \"never\"", "rebind = 3"), "rebind", "bind.rebind", "write one of its words")]
#[case::negative(("activation_hours = 48", "activation_hours = -1"), "activ", "bind.activation_hours", "integer -1 stands here; write a whole number")]
#[case::number_as_text(("activation_hours = 48", "activation_hours = \"48\""), "activ", "bind.activation_hours", "string \"48\" stands")]
#[case::yes_or_no(("once = true", "once = \"yes\""), "once", "plus.once", "string \"yes\" stands here; write true or false")]
#[case::valid_days(("valid_days = \"unset\"", "valid_days = \"never\""), "valid", "quote.valid_days", "string \"never\" stands here; write a number of days, or \"unset\"")]
#[case::negative_days(("valid_days = \"unset\"", "valid_days = -1"), "valid", "quote.valid_days", "integer -1 stands here; write a number of days, or \"unset\"")]
#[case::date(("activation_hours = 48", "activation_hours = 2020-01-01"), "activ", "bind.activation_hours", "date stands here; write a whole number")]
#[case::no_pair(("[[\"EU\", \"GB\"]]", "[[\"EU\"]]"), "refer", "regions.refer", "sequence stands here; write two texts in [ ]")]
#[case::no_toml(("policy = \"strict\"", "policy \"strict\""), "policy", "owner", "key with no value")]
#[case::open_text(("policy = \"strict\"", "policy = \"strict"), "policy", "owner.policy", "unexpected key or value")]
#[case::key_twice(("once = true", "once = true\nonce = false"), "once = false", "plus.once", "stands here twice")]
#[case::model_twice(("\nspark =", "\nmavic-mini = 1\nspark ="), "mavic-mini = { name", "models.mavic-mini", "stands here twice")]
#[case::part_twice(("\ngrip = \"grip\"", "\ngrip = \"a\"\ngrip = \"b\""), "grip = \"b\"", "parts.names.grip", "stands here twice")]
#[case::region_twice(("\nAU =", "\nCA =1\nAU ="), "CA =1", "regions.listed.CA", "stands here twice")]
#[case::cause_twice(("[cause.routes.lost]", "[cause.routes.water]"), "[cause.routes.water]", "cause.routes.water", "stands here twice")]
#[case::clause_twice(("\nC3 = ", "\nC2 = "), "C2 = \"The plan gives", "clauses.C2", "stands here twice")]
fn the_shape_of_the_file_is_checked(
    #[case] edit: (&str, &str),
    #[case] line: &str,
    #[case] key: &str,
    #[case] problem: &str,
) {
    check(edit, line, key, problem);
}

#[rstest]
#[case::id(("id = \"2019-05\"", "id = \"May 2019\""), "id", "id", "\"May 2019\" is no id")]
#[case::id_on_two_lines(("id = \"2019-05\"", "id = \"2019\\n05\""), "id", "id", "\"2019")]
#[case::no_day(("\"2019-05-01\"", "\"2019-02-30\""), "first_day", "first_day", "\"2019-02-30\" is not a day")]
#[case::allowance(("allowance = 2", "allowance = 0"), "allowance", "balance.allowance", "0 is out of range (1 to 99)")]
#[case::zero_months(("months = 12                     # FAQ C2\n", "months = 0\n"), "months", "term.months", "0 is out of range")]
#[case::plus_months(("months = 12                     # FAQ C22", "months = 0 #"), "months", "plus.months", "0 is out of range")]
#[case::no_last_resort((", \"bound\"]", "]"), "starts", "term.starts", "end this list with \"bound\"")]
#[case::start_twice(("[\"agreement\", \"shipped\"", "[\"shipped\", \"shipped\""), "starts", "term.starts", "a word stands in this list twice")]
#[case::per_case(("per_case = \"one\"", "per_case = \"part\""), "per_case", "balance.per_case", "\"part\" is not understood here; write \"one\"")]
#[case::plus_starts(("\"after-original\"", "\"at-once\""), "starts", "plus.starts", "\"at-once\" is not understood here")]
#[case::eu(("eu = \"one\"", "eu = \"each\""), "eu", "regions.eu", "\"each\" is not understood here")]
#[case::date_only(("inside_days = 1", "inside_days = 3"), "[bind.date_only]", "bind.date_only", "refer_days is less")]
#[case::normal_use(("normal_use = \"open\"", "normal_use = \"closed\""), "replacement", "cause.routes.normal-use.replacement", "says something else")]
#[case::unknown_cause(("[cause.routes.lost]", "[cause.routes.flown]"), "[cause.routes.flown]", "cause.routes.flown", "unknown cause \"flown\" (one of: ")]
#[case::missing_cause(("[cause.routes.lost]\nname = \"lost, no unit\"\nwarranty = \"closed\"\nreplacement = \"closed\"\npaid = \"closed\"\nclauses = [\"C1\"]", ""), "[cause.routes.accident]", "cause.routes.lost", "this key is missing")]
#[case::cause_clause(("[\"C35\"]", "[\"C99\"]"), "clauses", "cause.routes.water.clauses", "unknown clause \"C99\"")]
#[case::cause_clause_twice(("[\"C35\"]", "[\"C35\", \"C35\"]"), "clauses", "cause.routes.water.clauses", "the clause \"C35\" stands here twice")]
#[case::no_clause(("[\"C35\"]", "[]"), "clauses", "cause.routes.water.clauses", "no clause stands here")]
#[case::unknown_clause(("\nC3 = ", "\nC3a = "), "C3a", "clauses.C3a", "unknown clause \"C3a\"")]
#[case::missing_clause(("\nC35 = ", "\n#"), "[clauses]", "clauses.C35", "this key is missing")]
#[case::empty_clause(("\"Water damage is covered.\"", "\" \""), "C35", "clauses.C35", "this text is empty")]
fn settings_causes_and_clauses_are_checked(
    #[case] edit: (&str, &str),
    #[case] line: &str,
    #[case] key: &str,
    #[case] problem: &str,
) {
    check(edit, line, key, problem);
}

#[rstest]
#[case::part_id(("\ngrip = \"grip\"", "\nGrip = \"grip\""), "Grip", "parts.names.Grip", "\"Grip\" is no id")]
#[case::unknown_part(("[\"aircraft\", \"propellers\"]", "[\"aircraft\", \"wings\"]"), "replaceable", "series.inspire.replaceable", "unknown part \"wings\" (one of aircraft, ")]
#[case::listed_twice(("[\"aircraft\", \"propellers\"]", "[\"aircraft\", \"aircraft\"]"), "replaceable", "series.inspire.replaceable", "the part \"aircraft\" stands here twice")]
#[case::carrying(("[\"aircraft\", \"propellers\"]", "[\"propellers\"]"), "carrying", "series.inspire.carrying", "the carrying part \"aircraft\" is not among")]
#[case::kind(("kind = \"gimbal\"", "kind = \"boat\""), "kind", "series.zenmuse.kind", "unknown value \"boat\" (one of aircraft, ")]
#[case::no_kind(("kind = \"gimbal\"", "kind = \"none\""), "kind", "series.zenmuse.kind", "a series with a plan needs its kind")]
#[case::series(("\"Ronin-S\", series = \"ronin\"", "\"Ronin-S\", series = \"rnin\""), "ronin-s", "models.ronin-s.series", "unknown series \"rnin\" (one of mavic, ")]
#[case::table(("\"Spark\", series = \"mavic\", warranty = \"first\"", "\"Spark\", series = \"mavic\", warranty = \"1\""), "spark", "models.spark.warranty", "unknown warranty table \"1\" (one of first, ")]
#[case::warranty_part(("{ camera = 12, ", "{ camera = 12, wings = 6, "), "months", "warranty.tables.assumed-camera.months.wings", "unknown part \"wings\"")]
#[case::warranty_months(("{ camera = 12, ", "{ camera = 0, "), "months", "warranty.tables.assumed-camera.months.camera", "0 is out of range")]
#[case::forgotten(("{ camera = 12, ", "{ "), "months", "warranty.tables.assumed-camera.months", "the part \"camera\" is missing; write its months")]
#[case::both(("{ camera = 12, ", "{ camera = 12, lens = 6, "), "months", "warranty.tables.assumed-camera.months.lens", "\"lens\" stands in none too")]
#[case::code_model(("095 = \"inspire-2\"", "095 = \"inspire\""), "095", "serial.product_codes.095", "unknown model \"inspire\"")]
#[case::code_length(("095 = \"inspire-2\"", "09 = \"inspire-2\""), "09", "serial.product_codes.09", "a product code is the first three")]
#[case::years(("\"DEFGHJK", "\"DEFGHIK"), "year_letters", "serial.year_letters", "\"DEFGHIKLMNPQRSTUVWXYZ\" must be characters")]
#[case::year_twice(("\"DEFGHJK", "\"DEFGHDK"), "year_letters", "serial.year_letters", "the character D stands here twice")]
#[case::months_row(("\"123456789ABC\"", "\"123456789AB\""), "months", "serial.months", "11 characters stand here; write 12")]
fn products_and_serials_are_checked(
    #[case] edit: (&str, &str),
    #[case] line: &str,
    #[case] key: &str,
    #[case] problem: &str,
) {
    check(edit, line, key, problem);
}

#[rstest]
#[case::no_currency(("AU = { currency = \"AUD\", members = [] }", "AU = { members = [] }"), "AU", "regions.listed.AU.currency", "this key is missing; add it")]
#[case::bad_currency(("\"AUD\"", "\"Aud\""), "AU", "regions.listed.AU.currency", "\"Aud\" is not a currency code")]
#[case::bad_region(("\nAU = ", "\nAus = "), "Aus", "regions.listed.Aus", "\"Aus\" is not a region")]
#[case::member_twice(("\"AT\", ", "\"AT\", \"AT\", "), "  \"AT\"", "regions.listed.EU.members", "the country \"AT\" stands here twice")]
#[case::member_listed(("\"AT\", ", "\"AT\", \"GB\", "), "  \"AT\"", "regions.listed.EU.members", "the country \"GB\" stands in two regions")]
#[case::no_eu(("[regions.listed.EU]", "[regions.listed.EX]"), "[regions.listed]", "regions.listed.EU", "this key is missing")]
#[case::refer(("[[\"EU\", \"GB\"]]", "[[\"EU\", \"UK\"]]"), "refer", "regions.refer", "unknown region \"UK\" (one of US, ")]
#[case::refer_itself(("[[\"EU\", \"GB\"]]", "[[\"EU\", \"EU\"]]"), "refer", "regions.refer", "\"EU\" stands here with itself")]
#[case::channel(("swift = []", "fast = []"), "fast", "channels.not_offered.fast", "unknown channel \"fast\"")]
#[case::no_channel(("swift = []\n", ""), "[channels.not_offered]", "channels.not_offered.swift", "this key is missing")]
#[case::channel_region(("swift = []", "swift = [\"BR\"]"), "swift", "channels.not_offered.swift", "unknown region \"BR\"")]
#[case::fee_model(("\"mavic-air-2\"\nordinal = \"1\"", "\"mavic-3\"\nordinal = \"1\""), "model", "fees[5].model", "unknown model \"mavic-3\"")]
#[case::fee_ordinal(("\"mavic-air-2\"\nordinal = \"1\"", "\"mavic-air-2\"\nordinal = \"3\""), "ordinal", "fees[5].ordinal", "\"3\" is no replacement of the plan (\"1\" to \"2\", or \"plus\")")]
#[case::fee_twice(("\"mavic-air-2\"\nordinal = \"2\"", "\"mavic-air-2\"\nordinal = \"1\""), "ordinal", "fees[6].ordinal", "this fee of mavic-air-2 stands here twice")]
#[case::fee_amount(("\"569.00\"", "\"569.000\""), "amount", "fees[5].amount", "\"569.000\" has more decimals than HKD has (2)")]
#[case::fee_number(("\"569.00\"", "569"), "amount", "fees[5].amount", "integer 569 stands here; write a text in quotes")]
#[case::fee_currency(("\"HKD\"\namount = \"569.00\"", "\"BRL\"\namount = \"569.00\""), "currency", "fees[5].currency", "unknown currency \"BRL\" (one of USD, ")]
#[case::fee_source(("\"569.00\"\nsource = \"distributor, 2020\"", "\"569.00\""), "[[fees]]", "fees[5].source", "this key is missing; add it")]
#[case::fee_no_source(("\"569.00\"\nsource = \"distributor, 2020\"", "\"569.00\"\nsource = \"\""), "source", "fees[5].source", "this text is empty")]
fn regions_channels_and_fees_are_checked(
    #[case] edit: (&str, &str),
    #[case] line: &str,
    #[case] key: &str,
    #[case] problem: &str,
) {
    check(edit, line, key, problem);
}

#[test]
fn an_empty_file_names_the_first_missing_key() {
    assert_eq!(read("x.toml", "").unwrap_err().to_string(), "x.toml:1: id: this key is missing; add it");
}

#[test]
fn no_key_of_the_built_in_edition_can_be_left_out() {
    // Models, regions and product codes are rows of lists, each of which may go.
    let row =
        |line: &str| line.contains("series = \"") || line.contains("members = []") || line.starts_with('0');
    let keys: Vec<&str> = BUILT_IN
        .lines()
        .filter(|line| line.contains(" = ") && !line.starts_with(['#', ' ']) && !row(line))
        .collect();
    assert!(keys.len() > 200);
    for line in keys {
        let text = BUILT_IN.replacen(&format!("\n{line}\n"), "\n\n", 1);
        assert!(read("x.toml", &text).is_err(), "left out: {line}");
    }
}
