//! Points of a list that stand in scenario files, and points made equal in market value and in emission.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use stakesim_experiment::compare::{Finding, MetricRow, Parting, compare};
use stakesim_experiment::scenario::{Fault, Overrides};
use stakesim_experiment::sweep::{
    Basis, EMISSION_TOLERANCE, Journal, Outcome, Plan, RunRecord, Shard, Stop, carry_out,
    merge_shards, write, write_shard,
};
use stakesim_experiment::tables::Format;

use crate::watch::{After, FOREVER};

const HEAD: &str = "schema = 1\nname = \"test\"\nscenario = \"minimal\"\ndesign = \"list\"\n\
    seeds = { first = 1, count = 2 }\nmetrics = [\"fees.usd\", \"providers.return_median\"]\n";
const FILES: &str = "[[points]]\nfrom = \"minimal\"\n[[points]]\nfrom = \"rich.toml\"\n\
    [[points]]\nfrom = \"rich.toml\"\nname = \"richer\"\n\"protocol.emission.per_epoch\" = \"300000 token\"\n";
const NORMALISE: &str = "[normalise]\nmarket_value = \"222000000 USD\"\nemission = \"9000 USD\"\n";
/// More coins in circulation, and more of everything minted.
const RICH: &str = "schema = 1\nname = \"rich\"\nextends = \"minimal\"\nhorizon = \"60 d\"\n\
    [market]\ngenesis.circulating = \"400000000 token\"\nprice = \"0.2 USD/token\"\n\
    [protocol.emission]\nper_epoch = \"200000 token\"\n";

/// A folder with a sweep file and what its points are read from.
fn load_in(folder: &Path, rest: &str, set: &[&str]) -> Result<Plan, Vec<Fault>> {
    fs::write(folder.join("rich.toml"), RICH).unwrap();
    let file = folder.join("test.toml");
    fs::write(&file, format!("{HEAD}{rest}")).unwrap();
    let set = set.iter().map(|text| (*text).to_owned()).collect();
    Plan::load(&file, &Overrides { set, seed: None }).map_err(|faults| faults.0)
}

fn load(rest: &str) -> Result<Plan, Vec<Fault>> {
    load_in(tempfile::tempdir().unwrap().path(), rest, &[])
}

/// Line, key and message of every fault.
fn seen(faults: &[Fault]) -> Vec<(usize, &str, &str)> {
    let mut seen = Vec::new();
    for fault in faults {
        seen.push((fault.line, &*fault.path, &*fault.message));
    }
    seen
}

fn values(plan: &Plan) -> Vec<Vec<&str>> {
    let texts = |point: &'_ [(String, String)]| point.len();
    assert!(
        plan.points
            .iter()
            .all(|point| texts(&point.settings) == plan.factors.len())
    );
    let points = plan.points.iter();
    points
        .map(|point| point.settings.iter().map(|(_, text)| &**text).collect())
        .collect()
}

#[test]
fn a_point_from_a_file_sets_what_its_scenario_differs_in_and_others_keep_the_base() {
    let plan = load(FILES).unwrap();
    let paths = [
        "name",
        "horizon",
        "market.genesis.circulating",
        "market.price",
        "protocol.emission.per_epoch",
    ];
    assert_eq!(plan.factors, paths);
    let base = ["40 d", "300000000 token", "0.3 USD/token", "100000 token"];
    let rich = ["60 d", "400000000 token", "0.2 USD/token"];
    let expected = [
        [&["minimal"][..], &base].concat(),
        [&["rich"][..], &rich, &["200000 token"]].concat(),
        [&["richer"][..], &rich, &["300000 token"]].concat(),
    ];
    assert_eq!(values(&plan), expected);
    assert_eq!(plan.points[2].label(), "richer");
    let scenario = plan.scenario_at(&plan.points[1]).unwrap();
    assert_eq!(
        (&*scenario.name, scenario.effective["horizon"].as_str()),
        ("rich", "60 d")
    );
}

#[test]
fn what_is_set_wins_over_the_files_of_points() {
    let folder = tempfile::tempdir().unwrap();
    let rest = format!("{FILES}[set]\nhorizon = \"35 d\"\n");
    let plan = load_in(
        folder.path(),
        &rest,
        &["market.genesis.circulating=350000000 token"],
    );
    let plan = plan.unwrap();
    assert_eq!(
        plan.factors,
        ["name", "market.price", "protocol.emission.per_epoch"]
    );
    let scenario = plan.scenario_at(&plan.points[1]).unwrap();
    assert_eq!(scenario.effective["horizon"], "35 d");
    assert_eq!(
        scenario.effective["market.genesis.circulating"],
        "350000000 token"
    );
}

#[test]
fn files_that_are_not_there_and_names_that_are_none_are_told_with_their_lines() {
    let rest = "[[points]]\nfrom = \"rihc.toml\"\n[[points]]\nfrom = \"rich.toml\"\n\
        [[points]]\nfrom = \"rich.toml\"\n[[points]]\nhorizon = \"50 d\"\n\
        [[points]]\nname = \"a b\"\nhorizon = \"51 d\"\n[[points]]\nfrom = 3\n";
    let faults = load(rest).unwrap_err();
    let expected = [
        (8, "points.from", "no such scenario"),
        (11, "points.name", "the name of the point of line 9"),
        (13, "points.name", "missing"),
        (16, "points.name", "not a legal name"),
        (19, "points.from", "expected a string, found integer"),
    ];
    assert_eq!(seen(&faults), expected);
    assert_eq!(
        faults[0].hint.as_deref(),
        Some("did you mean \"rich.toml\"?")
    );
}

#[test]
fn faults_of_a_points_file_are_told_as_that_files_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("bad.toml"),
        RICH.replace("60 d", "60 dd"),
    )
    .unwrap();
    let faults = load_in(folder.path(), "[[points]]\nfrom = \"bad.toml\"\n", &[]).unwrap_err();
    assert_eq!(
        (faults.len(), faults[0].line, &*faults[0].path),
        (1, 4, "horizon")
    );
    assert!(faults[0].file.ends_with("bad.toml"));
}

#[test]
fn a_sweep_that_normalises_has_every_point_twice_and_no_price_of_its_own() {
    let plan = load(&format!("{NORMALISE}{FILES}")).unwrap();
    assert_eq!(plan.factors[..2], ["name", "normalise"]);
    assert!(!plan.factors.iter().any(|path| path == "market.price"));
    let labels: Vec<_> = plan.points.iter().map(|point| point.label()).collect();
    assert_eq!(labels[1], "rich (equal market value)");
    assert_eq!(labels[4], "rich (equal emission)");
    assert_eq!(plan.at_market_value(&plan.points[4]), Some(&plan.points[1]));
    assert_eq!(plan.points[1].basis(), Some(Basis::MarketValue));
    let price =
        |at: usize| plan.scenario_at(&plan.points[at]).unwrap().effective["market.price"].clone();
    // 222 M USD over 740 M and over 840 M coins.
    assert_eq!(
        (price(0), price(1)),
        ("0.3 USD/token".into(), "0.264285714 USD/token".into())
    );
    for kept in ["emission.usd", "price.start", "fees.usd"] {
        assert!(plan.metric_names().contains(&kept), "{kept}");
    }
}

#[test]
fn a_bad_normalisation_is_refused_with_what_would_be_right() {
    let rest = "[normalise]\nmarket_value = \"0 USD\"\nemision = \"9 USD\"\n[set]\nmarket.price = \"1 USD/token\"\n\
        [[points]]\nname = \"a\"\nmarket.price = \"2 USD/token\"\n";
    let faults = load(rest).unwrap_err();
    let expected = [
        (7, "normalise.emission", "missing"),
        (8, "normalise.market_value", "out of range"),
        (9, "normalise.emision", "unknown key"),
        (11, "market.price", "a factor varies it"),
        (14, "market.price", "[normalise] sets it"),
    ];
    assert_eq!(seen(&faults), expected);
    assert_eq!(faults[2].hint.as_deref(), Some("did you mean emission?"));
    let text = format!("{HEAD}{NORMALISE}[[factors]]\npath = \"horizon\"\nvalues = [\"40 d\"]\n");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("grid.toml");
    fs::write(&file, text.replace("\"list\"", "\"grid\"")).unwrap();
    let faults = Plan::load(&file, &Overrides::default()).unwrap_err().0;
    let message = "only design = \"list\" can be normalised";
    assert_eq!(seen(&faults), [(7, "normalise", message)]);
}

#[test]
fn gates_stand_at_points_by_their_names() {
    let gate = |name: &str| {
        let gate = "[[gates]]\nmetric = \"fees.usd\"\nop = \">=\"\nvalue = 1\nwhere = { name = ";
        load(&format!("{FILES}{gate}\"{name}\" }}\n"))
    };
    assert_eq!(gate("rich").unwrap().gates.len(), 1);
    assert_eq!(
        gate("poor").unwrap_err()[0].message,
        "no point has these values"
    );
}

fn small() -> Plan {
    load_in(
        tempfile::tempdir().unwrap().keep().as_path(),
        &format!("{NORMALISE}{FILES}[set]\nhorizon = \"35 d\"\n"),
        &[],
    )
    .unwrap()
}

fn run(plan: &Plan, shard: Shard) -> Vec<RunRecord> {
    let folder = tempfile::tempdir().unwrap();
    let (journal, none) = Journal::open(&folder.path().join("j"), "x").unwrap();
    carry_out(plan, shard, journal, none, &After::runs(FOREVER)).unwrap()
}

#[test]
fn runs_at_equal_emission_mint_what_was_asked_for_whatever_the_rules() {
    let plan = small();
    let outcome = Outcome::new(plan.clone(), "x".to_owned(), run(&plan, Shard::WHOLE));
    let mut prices = Vec::new();
    for point in &plan.points {
        let emission = outcome.values(point.index, "emission.usd");
        let is_near = |of: &f64| (of / 9_000.0 - 1.0).abs() <= EMISSION_TOLERANCE;
        let is_at_emission = point.basis() == Some(Basis::Emission);
        assert_eq!(
            emission.iter().all(is_near),
            is_at_emission,
            "{} {emission:?}",
            point.label()
        );
        prices.push(outcome.values(point.index, "price.start"));
    }
    assert_eq!(prices[0], [0.3, 0.3]);
    assert!(
        prices[3][0] != prices[3][1],
        "each seed has its own price: {prices:?}"
    );
    assert!(
        prices[5] < prices[4],
        "who mints more coins has the cheaper one: {prices:?}"
    );
}

#[test]
fn normalised_runs_are_the_same_stopped_or_in_shards_that_lack_the_first_run() {
    let mut plan = small();
    plan.seeds.truncate(1);
    let whole = run(&plan, Shard::WHOLE);
    let root = tempfile::tempdir().unwrap();
    let path = root.path().join("journal");
    let stopped = loop {
        let (journal, finished) = Journal::open(&path, "x").unwrap();
        match carry_out(&plan, Shard::WHOLE, journal, finished, &After::runs(4)) {
            Ok(runs) => break runs,
            Err(stop) => assert!(matches!(stop, Stop::Interrupted), "{stop:?}"),
        }
    };
    assert_eq!(stopped, whole);
    // Of two parts, neither has a point both at equal market value and at equal emission.
    let folders: Vec<_> = (0..2)
        .map(|index| {
            let shard = Shard { index, count: 2 };
            let folder = root.path().join(index.to_string());
            fs::create_dir(&folder).unwrap();
            write_shard(&folder, &plan.name, "x", shard, &run(&plan, shard)).unwrap();
            folder
        })
        .collect();
    assert_eq!(merge_shards(&folders, "x").unwrap(), whole);
}

#[test]
fn every_preset_of_a_network_is_a_point_of_the_comparison() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/networks");
    let plan = Plan::load(&folder.join("compare.toml"), &Overrides::default());
    let plan = plan.unwrap_or_else(|faults| panic!("{faults}"));
    let names: Vec<_> = plan
        .points
        .iter()
        .filter_map(|point| point.name())
        .collect();
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let stem = file.trim_end_matches(".toml");
        let is_preset = !matches!(stem, "networks" | "compare");
        assert!(
            !is_preset || names.contains(&stem),
            "{file} is no point of compare.toml"
        );
    }
    assert_eq!(
        (names.first(), plan.seeds.len() >= 5),
        (Some(&"baseline"), true)
    );
}

/// A folder with the result of a sweep over the files, `rich.toml` changed by a replacement.
fn result(from: &str, to: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rest = format!("{NORMALISE}{FILES}[set]\nhorizon = \"35 d\"\n");
    let _ = load_in(folder.path(), &rest, &[]).unwrap();
    fs::write(folder.path().join("rich.toml"), RICH.replace(from, to)).unwrap();
    let file = folder.path().join("test.toml");
    let mut plan = Plan::load(&file, &Overrides::default()).unwrap();
    plan.seeds.truncate(1);
    let runs = run(&plan, Shard::WHOLE);
    let identity = plan.identity().unwrap();
    let outcome = Outcome::new(plan, identity, runs);
    write(&outcome, folder.path(), Format::Csv)
        .unwrap()
        .unwrap();
    folder
}

#[test]
fn a_comparison_knows_points_by_their_names_and_replays_them_at_their_own_price() {
    let old = result("", "");
    let new = result("200000 token", "220000 token");
    let found = compare(old.path(), new.path(), 0.95, true).unwrap();
    let points: BTreeSet<&str> = found.metrics.iter().map(|row| &*row.point).collect();
    assert_eq!((points.len(), found.left_out.len()), (6, 0), "{found:?}");
    assert!(points.contains("rich (equal emission)"));
    // More coins at the same worth: the point that has its own schedule is the same as before.
    let differs = |row: &&MetricRow| row.finding != Finding::Same;
    let moved: BTreeSet<&str> = found
        .metrics
        .iter()
        .filter(differs)
        .map(|row| &*row.point)
        .collect();
    assert_eq!(
        moved,
        ["rich (equal emission)", "rich (equal market value)"].into()
    );
    assert!(
        matches!(found.parting, Some(Parting::Epoch { epoch: 0, .. })),
        "{:?}",
        found.parting
    );
}
