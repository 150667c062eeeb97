//! Search files: what is refused, and with which words.

use std::fs;
use std::path::Path;

use stakesim_experiment::scenario::Overrides;
use stakesim_experiment::search::{Goal, Search, Side};

const HEAD: &str = "schema = 1\nname = \"test\"\nscenario = \"minimal\"\nseeds = [4, 9]\n";
const LIMITS: &str = "[search]\nevaluations = 40\n";
const FACTOR: &str = "[[factors]]\npath = \"protocol.price.gain\"\nlow = \"1 %\"\nhigh = \"5 %\"\n";
const OBJECTIVE: &str = "[[objectives]]\nmetric = \"jobs.goodput\"\n";

fn load(parts: &[&str]) -> Result<Search, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.toml");
    fs::write(&file, parts.concat()).unwrap();
    Search::load(&file, &Overrides::default()).map_err(|faults| faults.to_string())
}

#[track_caller]
fn refused(parts: &[&str], words: &[&str]) {
    let told = load(parts).unwrap_err();
    for word in words {
        assert!(told.contains(word), "{word:?} is not in:\n{told}");
    }
}

#[test]
fn what_is_not_said_has_a_default() {
    let search = load(&[HEAD, LIMITS, FACTOR, OBJECTIVE]).unwrap();
    assert_eq!(
        (search.evaluations, search.population, search.seed),
        (40, 20, 1)
    );
    assert_eq!(
        search.fresh_seeds,
        [10, 11],
        "as many, none of them the search's"
    );
    assert_eq!(search.side, Side::Estimate);
    assert_eq!(search.objectives[0].goal, Goal::Max, "the registry's");
    let values = &search.values[0];
    assert_eq!(
        (values.len(), &*values[0], &*values[1]),
        (101, "1 %", "1.04 %")
    );
}

#[test]
fn values_of_a_whole_number_come_once_however_fine_the_steps() {
    let whole = "[[factors]]\npath = \"protocol.bond.cover_min\"\nlow = 5\nhigh = 7\n";
    let search = load(&[HEAD, LIMITS, whole, OBJECTIVE]).unwrap();
    assert_eq!(search.values[0], ["5", "6", "7"]);
    refused(
        &[HEAD, LIMITS, whole, "steps = 9\n", OBJECTIVE],
        &["more steps than values"],
    );
}

#[test]
fn an_objective_needs_a_metric_that_there_is_and_a_way_to_go() {
    let typo = "[[objectives]]\nmetric = \"jobs.goodputt\"\n";
    refused(
        &[HEAD, LIMITS, FACTOR, typo],
        &["unknown metric", "did you mean \"jobs.goodput\"?"],
    );
    let way = "[[objectives]]\nmetric = \"jobs.goodput\"\ngoal = \"maxi\"\n";
    refused(
        &[HEAD, LIMITS, FACTOR, way],
        &["objectives.goal", "did you mean \"max\"?"],
    );
    let neither = "[[objectives]]\nmetric = \"emission.minted\"\n";
    refused(&[HEAD, LIMITS, FACTOR, neither], &["better neither way"]);
    refused(
        &[HEAD, LIMITS, FACTOR],
        &["objectives: expected at least one"],
    );
    refused(
        &[HEAD, LIMITS, FACTOR, OBJECTIVE, OBJECTIVE],
        &["an objective already"],
    );
    refused(
        &[HEAD, LIMITS, FACTOR, &OBJECTIVE.repeat(4)],
        &["4 objectives", "1 to 3"],
    );
    let stat = "[[objectives]]\nmetric = \"jobs.goodput\"\nstat = \"avg\"\n";
    refused(&[HEAD, LIMITS, FACTOR, stat], &["unknown statistic"]);
}

#[test]
fn a_gate_is_read_at_every_candidate_and_on_its_own() {
    let gate = "[[gates]]\nmetric = \"jobs.goodput\"\nop = \">=\"\nvalue = 0.5\n";
    let place = "where = { \"protocol.price.gain\" = \"1 %\" }\n";
    refused(
        &[HEAD, LIMITS, FACTOR, OBJECTIVE, gate, place],
        &["gates.where", "take where out"],
    );
    let other = "[[gates]]\nmetric = \"jobs.goodput\"\nbaseline = \"old\"\nmargin = 0.1\n";
    refused(
        &[HEAD, LIMITS, FACTOR, OBJECTIVE, other],
        &["gates.baseline", "write op and value"],
    );
    let typo = "[[gates]]\nmetric = \"jobs.goodput\"\nopp = \">=\"\nvalue = 0.5\n";
    refused(
        &[HEAD, LIMITS, FACTOR, OBJECTIVE, typo],
        &["did you mean op?", "gates.op: missing"],
    );
}

#[test]
fn a_search_says_how_far_it_goes_and_all_faults_are_told_at_once() {
    refused(
        &[HEAD, FACTOR, OBJECTIVE],
        &["search: missing", "evaluations = 200"],
    );
    let limits = "[search]\nevaluation = 40\npopulation = 2\nfeasible_by = \"mean\"\n";
    refused(
        &[HEAD, limits, FACTOR, OBJECTIVE],
        &[
            "did you mean evaluations?",
            "search.evaluations: missing",
            "search.population = 2: not a legal whole number",
            "estimate, interval",
        ],
    );
    let small = "[search]\nevaluations = 10\npopulation = 11\n";
    refused(&[HEAD, small, FACTOR, OBJECTIVE], &["4 to 10"]);
    refused(
        &[HEAD, "design = \"grid\"\n", LIMITS, FACTOR, OBJECTIVE],
        &["unknown key"],
    );
    refused(
        &[HEAD, LIMITS, OBJECTIVE],
        &["factors: expected at least one"],
    );
    let set = "[set]\nhorizon = \"0 d\"\n";
    refused(&[HEAD, LIMITS, FACTOR, OBJECTIVE, set], &["horizon"]);
}

#[test]
fn what_steers_the_search_is_in_its_identity_and_its_length_is_not() {
    let identity = |limits: &str, more: &str| {
        let search = load(&[HEAD, limits, FACTOR, OBJECTIVE, more]).unwrap();
        search.identity().unwrap()
    };
    let same = identity(LIMITS, "");
    assert_eq!(
        identity("[search]\nevaluations = 50\nconfirm = 7\n", ""),
        same
    );
    for other in [
        "seed = 2\n",
        "population = 6\n",
        "feasible_by = \"interval\"\n",
    ] {
        assert_ne!(identity(&format!("{LIMITS}{other}"), ""), same, "{other}");
    }
    let gate = "[[gates]]\nmetric = \"jobs.goodput\"\nop = \">=\"\nvalue = 0.5\n";
    assert_ne!(identity(LIMITS, gate), same);
    assert_ne!(identity(LIMITS, "goal = \"min\"\n"), same);
}

#[test]
fn the_examples_are_sound() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/searches");
    let mut read = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let search = Search::load(&path, &Overrides::default());
        let search = search.unwrap_or_else(|faults| panic!("{faults}"));
        assert!(search.combinations() > search.evaluations.into());
        read += 1;
    }
    assert!(read > 0);
}
