//! Sweep files from text to plan: what points come out, and what is refused with which words.

use std::fs;
use std::path::Path;

use stakesim_experiment::scenario::{Fault, Overrides};
use stakesim_experiment::sweep::Plan;

const HEAD: &str =
    "schema = 1\nname = \"test\"\nscenario = \"minimal\"\nseeds = { first = 1, count = 2 }\n";
const GAIN: &str = "[[factors]]\npath = \"protocol.price.gain\"\nvalues = [\"1 %\", \"0.02\"]\n";

fn load_with(text: &str, set: &[&str], seed: Option<u64>) -> Result<Plan, Vec<Fault>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.toml");
    fs::write(&file, text).unwrap();
    let set = set.iter().map(|text| (*text).to_owned()).collect();
    Plan::load(&file, &Overrides { set, seed }).map_err(|faults| faults.0)
}

fn load(rest: &str) -> Result<Plan, Vec<Fault>> {
    load_with(&format!("{HEAD}{rest}"), &[], None)
}

fn the_fault(rest: &str) -> Fault {
    let mut faults = load(rest).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    faults.remove(0)
}

/// Line, key and message of a fault.
fn seen(fault: &Fault) -> (usize, &str, &str) {
    (fault.line, &fault.path, &fault.message)
}

fn values(plan: &Plan) -> Vec<Vec<&str>> {
    let texts = |settings: &'_ [(String, String)]| settings.len();
    assert!(
        plan.points
            .iter()
            .all(|point| texts(&point.settings) == plan.factors.len())
    );
    let point = plan.points.iter();
    point
        .map(|point| point.settings.iter().map(|(_, text)| &**text).collect())
        .collect()
}

#[test]
fn a_grid_holds_every_combination_in_canonical_spelling() {
    let plan = load(&format!(
        "{GAIN}[[factors]]\npath = \"fleet.providers\"\nlow = 40\nhigh = 60\nsteps = 3\n"
    ))
    .unwrap();
    assert_eq!(plan.factors, ["protocol.price.gain", "fleet.providers"]);
    let expected = [
        ["1 %", "40"],
        ["1 %", "50"],
        ["1 %", "60"],
        ["2 %", "40"],
        ["2 %", "50"],
        ["2 %", "60"],
    ];
    assert_eq!(values(&plan), expected);
    assert!((0..).zip(&plan.points).all(|(at, point)| point.index == at));
    assert_eq!((plan.seeds, plan.confidence), (vec![1, 2], 0.95));
}

#[test]
fn a_zip_walks_its_lists_together_and_refuses_unequal_ones() {
    let zip = |values: &str| {
        load(&format!(
            "design = \"zip\"\n{GAIN}[[factors]]\npath = \"protocol.emission.rule\"\nvalues = {values}\n"
        ))
    };
    let plan = zip("[\"fixed\", \"decaying\"]").unwrap();
    assert_eq!(values(&plan), [["1 %", "fixed"], ["2 %", "decaying"]]);
    let faults = zip("[\"fixed\"]").unwrap_err();
    let message = "1 values, but protocol.price.gain has 2: a zip takes them one by one";
    assert_eq!(seen(&faults[0]), (9, "protocol.emission.rule", message));
}

#[test]
fn a_list_takes_its_points_as_written_with_the_paths_of_the_first() {
    let plan = load(
        "design = \"list\"\n[[points]]\nprotocol.price.gain = \"1 %\"\nhorizon = \"10 d\"\n\
         [[points]]\nhorizon = \"20 d\"\n\"protocol.price.gain\" = \"2 %\"\n",
    )
    .unwrap();
    assert_eq!(values(&plan), [["1 %", "10 d"], ["2 %", "20 d"]]);
    let fault = the_fault(
        "design = \"list\"\n[[points]]\nhorizon = \"10 d\"\n[[points]]\nhorizon = \"10 d\"\n",
    );
    assert_eq!(
        seen(&fault),
        (8, "points", "the same as the point of line 6")
    );
    let faults = load("design = \"list\"\n[[points]]\nhorizon = \"10 d\"\n[[points]]\n\"behaviour.lazy\" = \"1 %\"\n").unwrap_err();
    let messages: Vec<_> = faults.iter().map(seen).collect();
    assert_eq!(
        messages,
        [
            (8, "horizon", "missing here"),
            (8, "behaviour.lazy", "not in the first point")
        ]
    );
}

#[test]
fn sampled_designs_stay_in_their_ranges_and_follow_their_seed() {
    let sampled = |design: &str, seed: u32| {
        load(&format!(
            "design = \"{design}\"\nsamples = 8\ndesign_seed = {seed}\n\
             [[factors]]\npath = \"behaviour.lazy\"\nlow = \"1 %\"\nhigh = \"8 %\"\nscale = \"log\"\n\
             [[factors]]\npath = \"protocol.emission.rule\"\nvalues = [\"fixed\", \"decaying\"]\n"
        ))
        .unwrap()
    };
    for design in ["latin_hypercube", "sobol"] {
        let (one, again, other) = (sampled(design, 1), sampled(design, 1), sampled(design, 2));
        assert_eq!(one.points, again.points);
        assert_ne!(one.points, other.points);
        let lazy = values(&one).into_iter();
        let lazy: Vec<f64> = lazy
            .map(|point| point[0].trim_end_matches(" %").parse().unwrap())
            .collect();
        assert!(
            lazy.iter().all(|share| (1.0..=8.0).contains(share)),
            "{lazy:?}"
        );
        // Half of a logarithmic scale from 1 to 8 lies below the root of 8.
        assert_eq!(
            lazy.iter().filter(|share| **share < 8_f64.sqrt()).count(),
            4
        );
        let fixed = values(&one).into_iter().filter(|point| point[1] == "fixed");
        assert_eq!(fixed.count(), 4);
    }
}

#[test]
fn what_is_set_holds_at_every_point_and_the_command_line_wins() {
    let text = format!("{HEAD}{GAIN}[set]\n\"fleet.providers\" = 50\nbehaviour.lazy = \"0.02\"\n");
    let plan = load_with(&text, &["fleet.providers=70", "horizon=20 d"], Some(5)).unwrap();
    assert_eq!(
        plan.base,
        ["behaviour.lazy=2 %", "fleet.providers=70", "horizon=20 d"]
    );
    assert_eq!(plan.seeds, [5, 6]);
    let faults = load_with(&text, &["protocol.price.gain=3 %"], None).unwrap_err();
    let expected = (1, "protocol.price.gain", "a factor of the sweep varies it");
    assert_eq!((seen(&faults[0]), &*faults[0].file), (expected, "--set"));
}

#[test]
fn every_fault_of_a_file_is_told_at_once_each_in_its_line() {
    let text = "schema = 2\nname = \"a b\"\nscenario = \"basline\"\ndesing = \"grid\"\n\
        seeds = [1, 1]\nconfidence = \"30 %\"\nmetrics = [\"providers.return_medain\"]\n\
        [set]\nfleet.provider = 3\nhorizon = 3\n\
        [[factors]]\npath = \"protocol.price.gian\"\nvalues = [\"1 %\"]\n\
        [[factors]]\npath = \"protocol.price.gain\"\nvalues = [\"1 %\", \"2 d\", \"101 %\"]\n\
        [[factors]]\npath = \"protocol.price.gain\"\nlow = \"2 %\"\nhigh = \"1 %\"\nsteps = 3\n\
        [until]\nmetric = \"gini.revenue\"\nhalf_width = 0\nmax = 4\nbatch = 8\n\
        [[gates]]\nmetric = \"gini.revenue\"\nop = \"<=\"\n";
    let faults = load_with(text, &["nonsense"], None).unwrap_err();
    let found: Vec<_> = faults
        .iter()
        .map(|fault| (fault.line, &*fault.path))
        .collect();
    let expected = [
        (1, "schema"),
        (2, "name"),
        (3, "scenario"),
        (4, "desing"),
        (5, "seeds"),
        (6, "confidence"),
        (7, "metrics"),
        (9, "fleet.provider"),
        (10, "horizon"),
        (12, "protocol.price.gian"),
        (16, "protocol.price.gain"),
        (16, "protocol.price.gain"),
        (18, "factors.path"),
        (20, "factors.high"),
        (24, "until.half_width"),
        (26, "until.batch"),
        (27, "gates.value"),
        (1, ""),
    ];
    assert_eq!(found, expected, "{faults:#?}");
    let hint = |at: usize| faults[at].hint.as_deref().unwrap_or_default();
    assert_eq!(hint(2), "did you mean \"baseline\"?");
    assert_eq!(hint(3), "did you mean design?");
    assert_eq!(hint(6), "did you mean \"providers.return_median\"?");
    assert_eq!(hint(7), "did you mean fleet.providers?");
    assert_eq!(hint(9), "did you mean protocol.price.gain?");
    assert_eq!(faults[11].legal.as_deref(), Some("0 % to 100 %"));
}

#[test]
fn a_combination_that_a_rule_refuses_names_its_point() {
    let fault = the_fault(
        "[set]\n\"fleet.node_gpus\" = 8\n[[factors]]\npath = \"protocol.epoch\"\nvalues = [\"1 d\", \"5 d\"]\n\
         [[factors]]\npath = \"horizon\"\nvalues = [\"40 d\", \"42 d\"]\n",
    );
    let message = "not a whole number of epochs; at the point protocol.epoch = 5 d, horizon = 42 d";
    assert_eq!(seen(&fault), (10, "horizon", message));
    assert!(fault.file.ends_with("test.toml"));
}

#[test]
fn what_every_point_refuses_is_told_once_where_it_was_set() {
    let fault = the_fault(&format!(
        "{GAIN}[set]\nbehaviour.lazy = \"60 %\"\nbehaviour.self_dealing = \"50 %\"\n"
    ));
    let message = "the shares sum to 110 %, above 100 %";
    assert_eq!(seen(&fault), (10, "behaviour.*", message));
}

#[test]
fn more_than_ten_refused_points_are_counted() {
    let faults = load(
        "[set]\n\"protocol.epoch\" = \"4 d\"\n\
         [[factors]]\npath = \"horizon\"\nlow = \"5 d\"\nhigh = \"29 d\"\nsteps = 13\n",
    )
    .unwrap_err();
    assert_eq!(faults.len(), 11);
    assert_eq!(faults[10].message, "and 3 more points are refused");
}

#[test]
fn too_many_points_too_many_samples_and_foreign_keys_are_refused() {
    let factor = |path: &str| {
        format!("[[factors]]\npath = \"{path}\"\nlow = \"1 %\"\nhigh = \"2 %\"\nsteps = 400\n")
    };
    let fault = the_fault(&format!(
        "{}{}",
        factor("behaviour.lazy"),
        factor("protocol.price.gain")
    ));
    assert_eq!(seen(&fault), (5, "factors", "they make 160000 points"));
    let range = "[[factors]]\npath = \"behaviour.lazy\"\nlow = \"1 %\"\nhigh = \"2 %\"\n";
    let fault = the_fault(&format!("design = \"sobol\"\nsamples = 65537\n{range}"));
    assert_eq!(
        (seen(&fault).1, fault.legal.as_deref()),
        ("samples", Some("1 to 65536"))
    );
    assert_eq!(
        seen(&the_fault(&format!("design = \"sobol\"\n{range}"))).2,
        "missing"
    );
    assert_eq!(
        seen(&the_fault(&format!("samples = 8\n{GAIN}"))).1,
        "samples"
    );
    assert_eq!(seen(&the_fault("design = \"list\"\n")).1, "points");
    assert_eq!(
        seen(&the_fault("factors = []\n")).2,
        "expected at least one"
    );
    let seed = the_fault("[[factors]]\npath = \"seed\"\nvalues = [-1]\n");
    assert_eq!(seen(&seed).1, "seed");
    let seed = the_fault(
        "[set]\nseed = 3\n[[factors]]\npath = \"market.price\"\nvalues = [\"1 USD/token\"]\n",
    );
    assert!(seed.hint.unwrap().starts_with("seeds are replications"));
}

#[test]
fn until_stretches_the_seeds_to_its_cap() {
    let until = "[until]\nmetric = \"providers.return_median\"\nhalf_width = \"0.5 %\"\nmax = 12\nbatch = 4\n";
    let plan = load(&format!("{GAIN}{until}")).unwrap();
    assert_eq!(plan.seeds, (1..=12).collect::<Vec<_>>());
    let until = plan.until.unwrap();
    assert_eq!((until.half_width, until.max, until.batch), (0.005, 12, 4));
}

#[test]
fn gates_stand_at_points_that_there_are() {
    let gate = |at: &str| {
        format!(
            "{GAIN}[[gates]]\nmetric = \"gini.revenue\"\nop = \"<=\"\nvalue = 0.9\nwhere = {{ \"protocol.price.gain\" = \"{at}\" }}\n"
        )
    };
    assert_eq!(load(&gate("2 %")).unwrap().gates.len(), 1);
    assert_eq!(
        seen(&the_fault(&gate("3 %"))),
        (8, "gates.where", "no point has these values")
    );
}

#[test]
fn files_are_found_beside_the_sweep_and_faults_of_the_base_are_told_as_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let load = || {
        let file = folder.path().join("test.toml");
        Plan::load(&file, &Overrides::default()).map_err(|faults| faults.0)
    };
    let head = HEAD.replace("minimal", "base.toml");
    let jobs = "[set]\njobs.trace_file = \"own.csv\"\n";
    write("test.toml", &format!("{head}{GAIN}{jobs}"));
    write("own.csv", "submit_s,duration_s,num_gpus\n0,60,1\n");
    let base = "schema = 1\nname = \"base\"\nextends = \"minimal\"\n";
    write("base.toml", base);
    let own = folder.path().join("own.csv");
    assert_eq!(
        load().unwrap().base,
        [format!("jobs.trace_file={}", own.display())]
    );
    write("base.toml", &format!("{base}[fleet]\nproviders = 0\n"));
    let faults = load().unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(seen(&faults[0]), (5, "fleet.providers", "out of range"));
    assert!(faults[0].file.ends_with("base.toml"));
}

#[test]
fn the_committed_sweeps_are_legal() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios/sweeps");
    for (name, points) in [("slashing", 12), ("scaling", 16), ("sustainability", 12)] {
        let file = folder.join(format!("{name}.toml"));
        let plan =
            Plan::load(&file, &Overrides::default()).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!((&*plan.name, plan.points.len()), (name, points));
        assert!(!plan.gates.is_empty(), "{name}");
    }
}
