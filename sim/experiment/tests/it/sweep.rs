//! The runner of sweeps: the same runs whatever the threads, the kills and the shards.

use std::fs;
use std::path::PathBuf;

use stakesim_experiment::sweep::{
    Design, Journal, Plan, Point, RunRecord, Shard, Stop, Until, carry_out, merge_shards,
    write_shard,
};

use crate::watch::{After, FOREVER};

fn plan() -> Plan {
    let settings = |gain: &str| vec![("protocol.price.gain".to_owned(), gain.to_owned())];
    let point = |(index, gain)| Point {
        index,
        settings: settings(gain),
    };
    Plan {
        name: "test".to_owned(),
        scenario: "minimal".to_owned(),
        base: vec!["horizon=35 d".to_owned()],
        factors: vec!["protocol.price.gain".to_owned()],
        design: Design::Grid,
        points: (0..).zip(["1 %", "2 %", "4 %"]).map(point).collect(),
        normalise: None,
        seeds: vec![5, 6, 7],
        until: None,
        metrics: vec![
            "providers.return_median".to_owned(),
            "jobs.goodput".to_owned(),
        ],
        gates: Vec::new(),
        confidence: 0.95,
        text: String::new(),
        folder: PathBuf::new(),
    }
}

/// Runs a plan with a journal in a folder of its own.
fn run(plan: &Plan, shard: Shard) -> Vec<RunRecord> {
    let folder = tempfile::tempdir().unwrap();
    let (journal, none) = Journal::open(&folder.path().join("j"), "x").unwrap();
    carry_out(plan, shard, journal, none, &After::runs(FOREVER)).unwrap()
}

#[test]
fn runs_come_in_order_and_do_not_depend_on_the_threads() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| run(&plan(), Shard::WHOLE))
    };
    let (one, three) = (on(1), on(3));
    assert_eq!(one, three);
    let places: Vec<_> = one
        .iter()
        .map(|run| (run.point, run.replication, run.seed))
        .collect();
    let wanted = (0..3).flat_map(|point| [(point, 0, 5), (point, 1, 6), (point, 2, 7)]);
    assert_eq!(places, wanted.collect::<Vec<_>>());
}

#[test]
fn a_seed_as_a_factor_says_where_a_points_seeds_begin() {
    let settings = |seed: &str| vec![("seed".to_owned(), seed.to_owned())];
    let point = |(index, seed)| Point {
        index,
        settings: settings(seed),
    };
    let factor = Plan {
        factors: vec!["seed".to_owned()],
        points: (0..).zip(["6", "5"]).map(point).collect(),
        seeds: vec![1, 2],
        ..plan()
    };
    let runs = run(&factor, Shard::WHOLE);
    let seeds: Vec<_> = runs.iter().map(|run| run.seed).collect();
    assert_eq!(seeds, [6, 7, 5, 6]);
    assert_eq!(runs[0].digest, runs[3].digest);
    assert_ne!(runs[0].digest, runs[1].digest);
}

#[test]
fn a_point_and_a_seed_give_the_run_that_stakesim_run_gives() {
    let plan = plan();
    let mut scenario = plan.scenario_at(&plan.points[2]).unwrap();
    scenario.seed = 6;
    let (ending, _) = crate::stage::told(&scenario, crate::stage::Told::default());
    let runs = run(&plan, Shard::WHOLE);
    assert_eq!(runs[7].digest, format!("{:016x}", ending.digest));
}

#[test]
fn a_sweep_that_was_stopped_goes_on_and_repeats_nothing() {
    let whole = run(&plan(), Shard::WHOLE);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let open = || Journal::open(&path, "x").unwrap();
    let mut known = 0;
    loop {
        let (journal, finished) = open();
        assert!(finished.len() >= known, "nothing finished is forgotten");
        known = finished.len();
        match carry_out(&plan(), Shard::WHOLE, journal, finished, &After::runs(2)) {
            Ok(runs) => break assert_eq!(runs, whole),
            Err(stop) => assert!(matches!(stop, Stop::Interrupted), "{stop:?}"),
        }
        // A kill in the middle of a line.
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 3]).unwrap();
        known -= known.min(1);
    }
    let lines = fs::read_to_string(&path).unwrap().lines().count();
    assert_eq!(lines, 1 + whole.len(), "each run once");
}

#[test]
fn shards_put_together_are_the_whole() {
    let root = tempfile::tempdir().unwrap();
    let plan = plan();
    let folders: Vec<PathBuf> = (0..2)
        .map(|index| {
            let shard = Shard { index, count: 2 };
            let folder = root.path().join(index.to_string());
            fs::create_dir(&folder).unwrap();
            write_shard(&folder, &plan.name, "x", shard, &run(&plan, shard)).unwrap();
            folder
        })
        .collect();
    assert_eq!(
        merge_shards(&folders, "x").unwrap(),
        run(&plan, Shard::WHOLE)
    );
}

#[test]
fn a_precision_is_looked_at_at_the_ends_of_batches_and_never_beyond_the_cap() {
    let precise = |half_width, max| {
        let plan = Plan {
            seeds: (1..=max).map(u64::from).collect(),
            points: vec![plan().points.remove(0)],
            until: Some(Until {
                metric: "jobs.goodput".to_owned(),
                half_width,
                max,
                batch: 15,
            }),
            ..plan()
        };
        run(&plan, Shard::WHOLE).len()
    };
    assert_eq!(precise(1e-9, 37), 37);
    assert_eq!(
        precise(1.0, 60),
        30,
        "the first end of a batch with enough runs"
    );
}

#[test]
fn what_moves_a_run_moves_the_identity_and_a_gate_does_not() {
    let same = plan().identity().unwrap();
    let mut seeds = plan();
    seeds.seeds.push(8);
    let mut base = plan();
    base.base = vec!["horizon=36 d".to_owned()];
    let mut settings = plan();
    settings.points[1].settings[0].1 = "3 %".to_owned();
    for other in [seeds, base, settings] {
        assert_ne!(other.identity().unwrap(), same);
    }
    let mut text = plan();
    text.text = "# another comment".to_owned();
    assert_eq!(text.identity().unwrap(), same);
}
