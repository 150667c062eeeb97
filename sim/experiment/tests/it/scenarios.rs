//! Scenarios from text to inputs: what is refused, with which words, and what is the same under another spelling.

use std::fs;
use std::path::Path;

use stakesim_experiment::scenario::{Fault, Overrides, Scenario, Start};
use units::Ratio;

fn load(text: &str) -> Result<Scenario, Vec<Fault>> {
    load_in(tempfile::tempdir().unwrap().path(), text)
}

fn load_in(folder: &Path, text: &str) -> Result<Scenario, Vec<Fault>> {
    let file = folder.join("test.toml");
    fs::write(&file, text).unwrap();
    Scenario::load(Start::File(&file), &Overrides::default()).map_err(|faults| faults.0)
}

fn change(text: &str) -> Result<Scenario, Vec<Fault>> {
    load(&format!(
        "schema = 1\nname = \"test\"\nextends = \"baseline\"\n{text}"
    ))
}

fn the_fault(text: &str) -> Fault {
    let mut faults = change(text).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults.remove(0)
}

fn set(assignments: &[&str]) -> Result<Scenario, Vec<Fault>> {
    let set = assignments.iter().map(|text| (*text).to_owned()).collect();
    let overrides = Overrides { set, seed: None };
    Scenario::load(Start::File(Path::new("baseline")), &overrides).map_err(|faults| faults.0)
}

#[test]
fn the_baseline_loads_and_differs_from_itself_in_nothing() {
    let baseline = set(&[]).unwrap();
    assert_eq!(baseline.changed, []);
    assert_eq!(baseline.inputs.config.fleet.providers, 5000);
    let mut rules = protocol::Params::default();
    rules.valuation.region = vec![Ratio::ONE; 3];
    // Off, so that every division of fees is legal.
    rules.users.discounts = [Ratio::ZERO; 3];
    assert_eq!(baseline.inputs.config.protocol, rules);
    assert!(baseline.inputs.trace.len() > 75_000);
}

#[test]
fn the_baseline_on_disk_is_the_built_in_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/baseline.toml");
    let on_disk = Scenario::load(Start::File(&path), &Overrides::default()).unwrap();
    assert_eq!(on_disk, set(&[]).unwrap());
}

#[test]
fn the_effective_scenario_runs_again_as_the_same() {
    let changed = set(&[
        "fleet.providers=60",
        "market.volatility=1/2",
        "fleet.individual.tariff=business",
    ])
    .unwrap();
    let text = changed.to_toml();
    let again = Scenario::load(Start::Text("run.json", &text), &Overrides::default()).unwrap();
    assert_eq!(again, changed);
    assert_eq!(changed.changed.len(), 3);
    assert_eq!(changed.changed[2].value, "50 %");
}

#[test]
fn another_spelling_of_a_value_is_the_same_scenario() {
    assert!(set(&["horizon=52.142857142857142857 w"]).is_err());
    let (days, hours) = (
        set(&["horizon=10 d"]).unwrap(),
        set(&["horizon=240 h"]).unwrap(),
    );
    assert_eq!(days.digest, hours.digest);
    assert_ne!(days.digest, set(&["horizon=11 d"]).unwrap().digest);
}

#[test]
fn an_unknown_key_suggests_its_neighbour() {
    let fault = the_fault("[fleet]\nprovider = 10\n");
    assert_eq!(
        (fault.line, &*fault.path, &*fault.message),
        (5, "fleet.provider", "unknown key")
    );
    assert_eq!(fault.hint.as_deref(), Some("did you mean fleet.providers?"));
}

#[test]
fn a_wrong_unit_names_the_units() {
    let fault = the_fault("horizon = \"3 parsecs\"\n");
    assert_eq!(fault.message, "unknown unit \"parsecs\"");
    assert!(fault.hint.unwrap().contains("the units are d, h"));
}

#[test]
fn wrong_types_are_named_both_ways() {
    assert_eq!(
        the_fault("[fleet]\nproviders = \"10\"\n").message,
        "expected an integer, found string"
    );
    assert_eq!(
        the_fault("[behaviour]\nlazy = 0.5\n").message,
        "expected a string, found float"
    );
    assert_eq!(
        the_fault("fleet = 3\n").hint.unwrap(),
        "this is a table: write its keys"
    );
    assert_eq!(
        the_fault("[[fleet]]\nproviders = 1\n").message,
        "unknown key"
    );
}

#[test]
fn an_empty_fleet_and_a_horizon_of_zero_are_out_of_range() {
    let fleet = the_fault("[fleet]\nproviders = 0\n");
    assert_eq!(
        (&*fleet.message, fleet.legal.as_deref()),
        ("out of range", Some("1 to 1000000"))
    );
    let horizon = the_fault("horizon = \"0 d\"\n");
    assert_eq!(
        (&*horizon.message, horizon.legal.as_deref()),
        ("out of range", Some("1 h to 3650 d"))
    );
}

#[test]
fn a_horizon_of_half_an_epoch_is_refused() {
    assert_eq!(
        the_fault("horizon = \"36 h\"\n").message,
        "not a whole number of epochs"
    );
}

#[test]
fn shares_that_are_not_a_whole_are_refused_wherever_they_stand() {
    let cases = [
        (
            "[fleet.individual]\nshare = \"91 %\"\n",
            "fleet.<class>.share",
            "the shares sum to 99 %, not to 100 %",
        ),
        (
            "[fleet.edge.mix]\nl40s = \"31 %\"\n",
            "fleet.edge.mix.<gpu>",
            "the shares sum to 101 %, not to 100 %",
        ),
        (
            "[region]\nnorth_america.share = \"30 %\"\neurope.share = \"30 %\"\nasia.share = \"10 %\"\n",
            "region.<region>.share",
            "the shares sum to 70 %, not to 100 %",
        ),
        (
            "[jobs.gang.consumer_16]\nweight = \"49 %\"\n",
            "jobs.gang.consumer_<gpus>.weight",
            "the shares sum to 99 %, not to 100 %",
        ),
        (
            "[protocol.fees]\nburn = \"4 %\"\n",
            "protocol.fees.*",
            "the shares sum to 99 %, not to 100 %",
        ),
        (
            "[protocol.split]\nmodel = \"5 %\"\n",
            "protocol.split.*",
            "the shares sum to 101 %, not to 100 %",
        ),
        (
            "[protocol.slash_release]\nburn = \"0 %\"\n",
            "protocol.slash_release.*",
            "the shares sum to 70 %, not to 100 %",
        ),
    ];
    for (text, path, message) in cases {
        let fault = the_fault(text);
        assert_eq!(
            (&*fault.path, &*fault.message, fault.line),
            (path, message, 3 + text.lines().count())
        );
    }
    let behaviours = the_fault("[behaviour]\nlazy = \"60 %\"\nself_dealing = \"50 %\"\n");
    assert_eq!(behaviours.message, "the shares sum to 110 %, above 100 %");
}

#[test]
fn the_rules_of_the_protocol_are_told_with_their_place() {
    let fault = the_fault("[protocol.ladder]\npenalty_at = 9\n");
    assert_eq!(
        (&*fault.path, fault.line),
        ("protocol.ladder.penalty_at", 5)
    );
}

#[test]
fn all_faults_are_told_at_once_in_the_order_of_lines() {
    let faults = change(
        "horizon = \"3 x\"\n[fleet]\nproviders = 0\nnode_gpu = 8\n[behaviour]\nlazy = \"2\"\n",
    )
    .unwrap_err();
    let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [4, 6, 7, 9]);
}

#[test]
fn a_missing_trace_names_where_it_was_looked_for() {
    let fault = the_fault("[jobs]\ntrace_file = \"no/such.csv\"\n");
    assert_eq!((fault.line, &*fault.path), (5, "jobs.trace_file"));
    assert!(
        fault.message.contains("no/such.csv cannot be read"),
        "{}",
        fault.message
    );
}

#[test]
fn a_malformed_trace_names_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("jobs.csv"),
        "submit_s,duration_s,num_gpus\n1,60,1\n2,-60,1\n",
    )
    .unwrap();
    let text =
        "schema = 1\nname = \"test\"\nextends = \"baseline\"\njobs.trace_file = \"jobs.csv\"\n";
    let faults = load_in(folder.path(), text).unwrap_err();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].file.ends_with("jobs.csv"));
    assert_eq!(faults[0].line, 3);
    assert_eq!(
        faults[0].message,
        "duration_s = \"-60\" is not a whole number in range"
    );
}

#[test]
fn a_copy_of_a_built_in_trace_is_that_trace() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = stakesim_experiment::data::built_in::data("data/philly_jobs.csv").unwrap();
    fs::write(folder.path().join("copy.csv"), bytes).unwrap();
    let text =
        "schema = 1\nname = \"baseline\"\nextends = \"baseline\"\njobs.trace_file = \"copy.csv\"\n";
    assert_eq!(load_in(folder.path(), text).unwrap(), set(&[]).unwrap());
}

#[test]
fn a_scenario_extends_a_file_beside_it_and_never_itself() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("base.toml"),
        "schema = 1\nname = \"base\"\nextends = \"baseline\"\nseed = 7\n",
    )
    .unwrap();
    let child = load_in(
        folder.path(),
        "schema = 1\nname = \"child\"\nextends = \"base.toml\"\n",
    )
    .unwrap();
    assert_eq!((&*child.name, child.seed), ("child", 7));
    let faults = load_in(
        folder.path(),
        "schema = 1\nname = \"child\"\nextends = \"test.toml\"\n",
    )
    .unwrap_err();
    assert!(
        faults[0].message.contains("comes back"),
        "{}",
        faults[0].message
    );
}

#[test]
fn schema_name_and_completeness_are_asked_for() {
    let faults = load("horizon = \"1 d\"\n").unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| fault.to_string()).collect();
    assert!(
        told.iter().any(|text| text.contains("schema: missing")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|text| text.contains("name: missing")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|text| text.contains("keys are missing")),
        "{told:?}"
    );
    let faults = load("schema = 2\nname = \"x\"\nextends = \"baseline\"\n").unwrap_err();
    assert_eq!(faults[0].message, "unsupported schema");
    assert_eq!(
        load("schema = 1\nname = \"a/b\"\nextends = \"baseline\"\n").unwrap_err()[0].message,
        "not a legal name"
    );
}

#[test]
fn broken_syntax_is_one_fault_with_its_line() {
    let faults = load("schema = 1\nname = \"x\nextends = \"baseline\"\n").unwrap_err();
    assert_eq!((faults.len(), faults[0].line), (1, 2));
}

#[test]
fn a_set_override_is_named_by_its_position() {
    let faults = set(&["seed=3", "fleet.providers=none", "nonsense"]).unwrap_err();
    assert_eq!(faults.len(), 2);
    assert_eq!((&*faults[0].file, faults[0].line), ("--set", 2));
    assert_eq!((&*faults[1].file, faults[1].line), ("--set", 3));
}

#[test]
fn amounts_follow_the_decimals_and_too_large_a_supply_is_refused() {
    let six = set(&["protocol.supply.decimals=6"]).unwrap();
    assert_eq!(
        six.inputs.config.protocol.supply.max.base_units(),
        10u128.pow(15)
    );
    let faults = set(&["protocol.supply.decimals=12"]).unwrap_err();
    assert_eq!(
        faults[0].message,
        "the supply, scaled to the fleet, passes 2^63 - 1 base units"
    );
    let faults = set(&["market.genesis.treasury=900000000 token"]).unwrap_err();
    assert_eq!(faults[0].path, "market.genesis.*");
}
