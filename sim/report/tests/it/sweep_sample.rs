//! Made-up sweeps, built by hand: a plan, runs from a formula, gates.

use std::path::PathBuf;

use experiment::gates::{Gate, Op};
use experiment::scenario::Overrides;
use experiment::statistics::Stat;
use experiment::sweep::{Basis, Design, Normalise, Outcome, Plan, Point, RunRecord};
use units::Money;

/// Metrics that every made-up sweep keeps.
pub const METRICS: [&str; 3] = [
    "providers.return_median",
    "providers.exited_share",
    "jobs.wait_mean_h",
];

/// Factors with their values, crossed.
pub fn grid(factors: &[(&str, &[&str])], replications: u32) -> Outcome {
    let mut settings: Vec<Vec<(String, String)>> = vec![Vec::new()];
    for (path, values) in factors {
        let with = |point: &Vec<(String, String)>| -> Vec<Vec<(String, String)>> {
            let longer = |value: &&str| {
                let more = ((*path).to_owned(), (*value).to_owned());
                point.iter().cloned().chain([more]).collect()
            };
            values.iter().map(longer).collect()
        };
        settings = settings.iter().flat_map(with).collect();
    }
    outcome(
        Design::Grid,
        factors.iter().map(|(path, _)| *path).collect(),
        settings,
        replications,
    )
}

/// Runs made up for a plan that was read from a file.
pub fn runs_for(plan: Plan) -> Outcome {
    let run = |point: &Point, replication| RunRecord {
        values: vec![
            0.02 + f64::from(point.index * 7 % 11 + replication) * 0.004;
            plan.metric_names().len()
        ],
        ..run(point, replication)
    };
    let of_point = |point| (0..plan.seeds.len().min(4) as u32).map(move |n| (point, n));
    let runs = plan
        .points
        .iter()
        .flat_map(of_point)
        .map(|(point, n)| run(point, n))
        .collect();
    Outcome::new(plan, "0123456789abcdef".to_owned(), runs)
}

/// A design for sensitivity over two factors with their ranges in a file: `design` is its line and what belongs to it.
pub fn for_sensitivity(design: &str, replications: u32) -> Outcome {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("sweep.toml");
    let metrics = METRICS.map(|name| format!("\"{name}\"")).join(", ");
    let text = format!(
        "schema = 1\nname = \"made-up\"\nscenario = \"baseline\"\n{design}\nseeds = {{ first = 1, count = {replications} }}\nmetrics = [{metrics}]\n\
         [[factors]]\npath = \"protocol.price.gain\"\nlow = \"1 %\"\nhigh = \"10 %\"\n\
         [[factors]]\npath = \"verification.challenge_rate\"\nlow = \"1 %\"\nhigh = \"10 %\"\n"
    );
    std::fs::write(&file, text).unwrap();
    let plan = Plan::load(&file, &Overrides::default()).unwrap();
    let of_point = |point| (0..replications).map(move |n| run(point, n));
    let runs = plan.points.iter().flat_map(of_point).collect();
    Outcome::new(plan, "0123456789abcdef".to_owned(), runs)
}

/// Metrics of a made-up sweep that normalises, in the order of the registry.
const EQUALISED: [&str; 5] = [
    "emission.usd",
    "emission.usd_per_gpu_h",
    "treasury.runway",
    "price.start",
    "gini.rewards",
];

/// Three points at equal market value and at equal emission. What useful work costs turns over between the two, by far; the Gini
/// coefficient of the first two turns over within the noise; the third never reaches the emission and has a treasury that grows.
pub fn normalised(replications: u32) -> Outcome {
    let names = ["steady", "burning", "halving"];
    let setting = |path: &str, value: &str| (path.to_owned(), value.to_owned());
    let settings = Basis::ALL.into_iter().flat_map(|basis| {
        names.map(|name| {
            let gain = if name == "steady" { "1 %" } else { "2 %" };
            let rest = setting("protocol.price.gain", gain);
            vec![
                setting("name", name),
                setting("normalise", basis.name()),
                rest,
            ]
        })
    });
    let paths = vec!["name", "normalise", "protocol.price.gain"];
    let mut all = outcome(Design::List, paths, settings.collect(), replications);
    all.plan.normalise = Some(Normalise {
        market_value: Money::from_usd(222_000_000),
        emission: Money::from_usd(1_000_000),
    });
    all.plan.metrics = EQUALISED.map(str::to_owned).to_vec();
    let mut all = Outcome::new(all.plan, all.identity, all.runs);
    for run in &mut all.runs {
        let (at, is_equal) = (run.point as usize % 3, run.point >= 3);
        let noise = f64::from(run.replication * 7 % 5) / 5.0 - 0.4;
        let own = f64::from((run.replication * 3 + run.point) % 4) / 100.0;
        run.values = vec![
            match (is_equal, at) {
                (true, 0 | 1) => 1_000_000.0 + 2_000.0 * noise,
                _ => 400_000.0 * (at as f64 + 1.0),
            },
            if is_equal {
                0.3 - 0.1 * at as f64
            } else {
                0.1 + 0.1 * at as f64
            } + 0.02 * noise,
            if at == 2 {
                f64::NAN
            } else {
                300.0 + 100.0 * at as f64
            },
            if is_equal { 0.5 } else { 0.3 },
            0.5 + own
                + if (at == 0) == is_equal { 0.001 } else { 0.0 }
                + if at == 2 { 0.2 } else { 0.0 },
        ];
    }
    all
}

/// Points spread over two factors.
pub fn sampled(points: u32, replications: u32) -> Outcome {
    let place = |at: u32| {
        let gain = format!("{} %", f64::from(at * 7 % points) * 0.1 + 0.5);
        let bond = format!("{} d", 10 + at * 5 % points);
        vec![
            ("protocol.price.gain".to_owned(), gain),
            ("protocol.bond.unbonding".to_owned(), bond),
        ]
    };
    let settings = (0..points).map(place).collect();
    outcome(
        Design::Sobol,
        vec!["protocol.price.gain", "protocol.bond.unbonding"],
        settings,
        replications,
    )
}

/// Any points under a design.
pub fn outcome(
    design: Design,
    factors: Vec<&str>,
    settings: Vec<Vec<(String, String)>>,
    replications: u32,
) -> Outcome {
    let points: Vec<Point> = (0..)
        .zip(settings)
        .map(|(index, settings)| Point { index, settings })
        .collect();
    let seeds: Vec<u64> = (1..=u64::from(replications)).collect();
    let of_point =
        |point: &Point| -> Vec<RunRecord> { (0..replications).map(|n| run(point, n)).collect() };
    let runs = points.iter().flat_map(of_point).collect();
    let plan = Plan {
        name: "made-up".to_owned(),
        scenario: "baseline".to_owned(),
        base: vec!["fleet.providers=500".to_owned()],
        factors: factors.into_iter().map(str::to_owned).collect(),
        design,
        points,
        normalise: None,
        seeds,
        until: None,
        metrics: METRICS.map(str::to_owned).to_vec(),
        gates: Vec::new(),
        confidence: 0.95,
        text: "scenario = \"baseline\" # <made up>\n".to_owned(),
        folder: PathBuf::from("nowhere/at/all"),
    };
    Outcome::new(plan, "0123456789abcdef".to_owned(), runs)
}

/// A gate on a metric of a made-up sweep.
pub fn gate(metric: &'static str, stat: Stat, op: Op, value: f64) -> Gate {
    Gate {
        metric,
        unit: "",
        stat,
        op,
        value,
        is_percent: metric.ends_with("share"),
        why: "a fleet that bleeds is no fleet".to_owned(),
        relative: None,
        settings: Vec::new(),
        file: "nowhere/at/all/sweep.toml".to_owned(),
        line: 7,
    }
}

/// The sweep with a gate at every point, which passes at some, fails at some and leaves some open.
pub fn gated(mut outcome: Outcome) -> Outcome {
    outcome.plan.gates = vec![
        gate("providers.exited_share", Stat::Mean, Op::AtMost, 0.05),
        gate(
            "providers.return_median",
            Stat::Quantile(5),
            Op::AtLeast,
            0.1,
        ),
    ];
    outcome
}

/// Numbers that lean on the settings in different ways, with noise that leans on the seed.
fn run(point: &Point, replication: u32) -> RunRecord {
    let size = |at: usize| -> f64 {
        let text = point.settings.get(at).map_or("0", |setting| &setting.1);
        let number = text.split(' ').next().unwrap_or("0");
        number.parse().unwrap_or(text.len() as f64)
    };
    let noise = f64::from(replication * 37 % 19) / 19.0 - 0.5
        + f64::from((replication + point.index) * 11 % 13) / 26.0
        - 0.25;
    let exited = 0.02 + 0.006 * size(0) + 0.000_8 * size(1) + 0.02 * noise;
    RunRecord {
        point: point.index,
        replication,
        seed: u64::from(replication) + 1,
        digest: "00000000000000ff".to_owned(),
        events: 12_150,
        values: vec![
            0.21 - 0.01 * size(0) + 0.05 * noise,
            exited,
            3.0 + 0.2 * size(1) * noise.abs(),
        ],
    }
}
