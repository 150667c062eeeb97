//! Designs for sensitivities, from the sweep file to `sensitivity.json`, on made-up runs.

use std::fs;

use stakesim_experiment::scenario::{Fault, Overrides};
use stakesim_experiment::sensitivity::{self, Index, Sensitivity};
use stakesim_experiment::sweep::{Design, Outcome, Plan, RunRecord};

const HEAD: &str = "schema = 1\nname = \"test\"\nscenario = \"minimal\"\nseeds = [1, 2]\nmetrics = [\"jobs.goodput\"]\n";
/// Out of the order of their paths, so that columns and factors differ.
const FACTORS: &str = "[[factors]]\npath = \"verification.challenge_rate\"\nlow = \"2 %\"\nhigh = \"8 %\"\n\
                       [[factors]]\npath = \"behaviour.lazy\"\nlow = \"0 %\"\nhigh = \"6 %\"\n\
                       [[factors]]\npath = \"protocol.price.gain\"\nlow = \"1 %\"\nhigh = \"8 %\"\nscale = \"log\"\n";

fn load(design: &str, factors: &str) -> Result<Plan, Vec<Fault>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.toml");
    fs::write(&file, format!("{HEAD}{design}{factors}")).unwrap();
    Plan::load(&file, &Overrides::default()).map_err(|faults| faults.0)
}

/// Per cent of a point's setting.
fn percent(settings: &[(String, String)], path: &str) -> f64 {
    let (_, text) = settings.iter().find(|(known, _)| known == path).unwrap();
    text.trim_end_matches(" %").parse().unwrap()
}

/// Runs whose one metric is four times the challenge rate less the lazy share, in per cent, and the same under each seed but for
/// a shift that the seeds have in common.
fn outcome(plan: Plan) -> Outcome {
    let mut runs = Vec::new();
    for point in &plan.points {
        let rate = percent(&point.settings, "verification.challenge_rate");
        let value = 4.0 * rate - percent(&point.settings, "behaviour.lazy");
        for (replication, seed) in (0..).zip(&plan.seeds) {
            runs.push(RunRecord {
                point: point.index,
                replication,
                seed: *seed,
                digest: String::new(),
                events: 1,
                values: vec![value + f64::from(replication)],
            });
        }
    }
    Outcome::new(plan, "x".to_owned(), runs)
}

fn found(plan: Plan) -> Sensitivity {
    let mut all = sensitivity::of(&outcome(plan)).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn a_morris_file_gives_trajectories_over_round_values() {
    let plan = load("design = \"morris\"\ntrajectories = 10\n", FACTORS).unwrap();
    assert_eq!(plan.design, Design::Morris { levels: 4, seed: 1 });
    assert_eq!(plan.points.len(), 10 * 4);
    let mut gains: Vec<_> = plan
        .points
        .iter()
        .map(|point| point.settings[2].1.clone())
        .collect();
    gains.sort();
    gains.dedup();
    assert_eq!(gains, ["1 %", "2 %", "4 %", "8 %"]);
    for pair in plan
        .points
        .windows(2)
        .enumerate()
        .filter(|(at, _)| at % 4 != 3)
    {
        let (one, other) = (&pair.1[0].settings, &pair.1[1].settings);
        assert_eq!(one.iter().zip(other).filter(|(a, b)| a != b).count(), 1);
    }
}

#[test]
fn morris_effects_go_to_the_factors_that_have_them() {
    let found = found(load("design = \"morris\"\ntrajectories = 10\n", FACTORS).unwrap());
    let expected = [
        ("verification.challenge_rate", 24.0),
        ("behaviour.lazy", -6.0),
        ("protocol.price.gain", 0.0),
    ];
    for (factor, (path, mu)) in found.factors.iter().zip(expected) {
        let Index::Morris(index) = factor.index else {
            panic!("{:?}", factor.index);
        };
        assert_eq!(factor.factor, path);
        assert!((index.mu - mu).abs() < 1e-9, "{path}: {index:?}");
    }
}

#[test]
fn sobol_indices_go_to_the_factors_that_have_them() {
    let plan = load("design = \"saltelli\"\nsamples = 128\n", FACTORS).unwrap();
    assert_eq!(plan.points.len(), 128 * 5);
    // Ranges of 24 and 6: variances as 16 to 1.
    let expected = [16.0 / 17.0, 1.0 / 17.0, 0.0];
    for (factor, total) in found(plan).factors.iter().zip(expected) {
        let Index::Sobol(index) = factor.index else {
            panic!("{:?}", factor.index);
        };
        assert!((index.total - total).abs() < 0.02, "{factor:?}");
        assert!((index.first - total).abs() < 0.02, "{factor:?}");
    }
}

#[test]
fn the_document_is_written_for_these_designs_and_for_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(sensitivity::SENSITIVITY);
    let grid = "[[factors]]\npath = \"behaviour.lazy\"\nvalues = [\"1 %\"]\n\
                [[factors]]\npath = \"verification.challenge_rate\"\nvalues = [\"2 %\"]\n";
    sensitivity::write(&outcome(load("", grid).unwrap()), folder.path()).unwrap();
    assert!(!file.exists());
    let plan = load(
        "design = \"morris\"\ntrajectories = 4\nlevels = 6\ndesign_seed = 3\n",
        FACTORS,
    )
    .unwrap();
    sensitivity::write(&outcome(plan), folder.path()).unwrap();
    let document: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(document["design"]["morris"]["levels"], 6);
    let first = &document["metrics"][0]["factors"][0];
    assert_eq!(
        (&document["metrics"][0]["metric"], &first["factor"]),
        (
            &"jobs.goodput".into(),
            &"verification.challenge_rate".into()
        )
    );
    assert!((first["mu_star"].as_f64().unwrap() - 24.0).abs() < 1e-9);
}

#[test]
fn what_does_not_belong_to_a_design_is_refused() {
    let refused = |design: &str, factors: &str| -> Vec<(String, String)> {
        let faults = load(design, factors).unwrap_err();
        faults
            .into_iter()
            .map(|fault| (fault.path, fault.message))
            .collect()
    };
    let one = |path: &str, message: &str| vec![(path.to_owned(), message.to_owned())];
    let listed = "[[factors]]\npath = \"behaviour.lazy\"\nvalues = [\"1 %\"]\n";
    assert_eq!(
        refused("design = \"saltelli\"\nsamples = 8\n", listed),
        one(
            "factors.values",
            "this design needs a range: effects are counted over all of it"
        )
    );
    assert_eq!(
        refused(
            "design = \"morris\"\ntrajectories = 8\nlevels = 5\n",
            FACTORS
        ),
        one("levels", "odd: a step goes over half the levels")
    );
    assert_eq!(
        refused("design = \"morris\"\n", FACTORS),
        one("trajectories", "missing")
    );
    assert_eq!(
        refused("design = \"saltelli\"\nsamples = 8\nlevels = 4\n", FACTORS),
        one("levels", "only morris has levels")
    );
    assert_eq!(
        refused("design = \"saltelli\"\nsamples = 65536\n", FACTORS),
        one("samples", "they make 327680 points")
    );
}

#[test]
fn morris_levels_reach_both_ends_of_a_count() {
    let factors = "[[factors]]\npath = \"fleet.providers\"\nlow = 40\nhigh = 70\n";
    let plan = load("design = \"morris\"\ntrajectories = 20\n", factors).unwrap();
    let mut seen: Vec<_> = plan
        .points
        .iter()
        .map(|point| point.settings[0].1.clone())
        .collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen, ["40", "50", "60", "70"]);
}
