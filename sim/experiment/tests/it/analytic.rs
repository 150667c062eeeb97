//! The world against closed forms: waiting time of M/M/c, availability of alternating renewal, sums of emission.

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand_distr::{Distribution, Exp};
use stakesim_experiment::scenario::Scenario;
use units::Span;
use world::config::{Class, Spell, SpellLaw, TraceJob};

use crate::stage::{IDLE, QUIET, Told, UNFAILING, minimal, told};

/// Every provider an individual with one RTX 4090.
const SINGLE: &[&str] = &[
    "fleet.individual.share=100 %",
    "fleet.edge.share=0 %",
    "fleet.datacentre.share=0 %",
    "fleet.individual.gpus_mean=1",
    "fleet.individual.gpus_max=1",
    "fleet.individual.mix.rtx_3090=0 %",
    "fleet.individual.mix.rtx_4090=100 %",
    "fleet.individual.mix.rtx_5090=0 %",
];

const SERVERS: u32 = 10;
const LOAD: f64 = 0.8;
const SERVICE_S: f64 = 48.0;
const DAYS: u64 = 35;

/// Probability of waiting in M/M/c with offered load `a` (Erlang 1917).
fn erlang_c(c: u32, a: f64) -> f64 {
    // Erlang B by its recursion, then C from B.
    let b = (1..=c).fold(1.0, |b, n| a * b / (f64::from(n) + a * b));
    let c = f64::from(c);
    b / (1.0 - a / c * (1.0 - b))
}

/// A network that is an M/M/c queue: c single-GPU providers that never fail, single-GPU jobs with exponential gaps and lengths.
fn queue(seed: u64) -> Scenario {
    let (horizon, cycle) = (
        format!("horizon={DAYS} d"),
        format!("jobs.trace_loop={DAYS} d"),
    );
    let (fleet, reference) = (
        format!("fleet.providers={SERVERS}"),
        format!("fleet.providers_reference={SERVERS}"),
    );
    let sized: &[&str] = &[
        &horizon,
        &cycle,
        &fleet,
        &reference,
        "jobs.trace_scale=1",
        "jobs.demand_max=1",
    ];
    let mut scenario = minimal(&[QUIET, IDLE, UNFAILING, SINGLE, sized]);
    scenario.inputs.trace.clear();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    let gap = Exp::new(f64::from(SERVERS) * LOAD / SERVICE_S).unwrap();
    let length = Exp::new(1.0 / SERVICE_S).unwrap();
    let span = |s: f64| Span::from_ns((s * 1e9) as u64 + 1);
    let mut at = Span::ZERO;
    loop {
        at += span(gap.sample(&mut random));
        if at >= Span::from_days(DAYS) {
            break;
        }
        let duration = span(length.sample(&mut random));
        scenario.inputs.trace.push(TraceJob {
            submit: at,
            duration,
            gpus: 1,
        });
    }
    scenario
}

/// Mean and its standard error from daily batches, which are far longer than the queue's memory of some minutes.
fn batch_means(days: &[(f64, f64)]) -> (f64, f64) {
    let weight: f64 = days.iter().map(|day| day.1).sum();
    let mean = days.iter().map(|day| day.0 * day.1).sum::<f64>() / weight;
    let n = days.len() as f64;
    let variance = days
        .iter()
        .map(|day| libm::pow((day.0 - mean) * day.1 * n / weight, 2.0))
        .sum::<f64>()
        / (n - 1.0);
    (mean, (variance / n).sqrt())
}

#[test]
fn the_mean_waiting_time_is_that_of_m_m_c() {
    let (_, told) = told(&queue(20), Told::default());
    let days: Vec<_> = told.epochs[1..]
        .iter()
        .map(|row| (row.wait_mean_h * 3600.0, f64::from(row.jobs_started)))
        .collect();
    let (mean, error) = batch_means(&days);
    let c = f64::from(SERVERS);
    let expected = erlang_c(SERVERS, c * LOAD) * SERVICE_S / (c * (1.0 - LOAD));
    // Student's t with 33 degrees of freedom, 99 % on both sides together.
    let band = 2.73 * error;
    assert!(
        (mean - expected).abs() < band,
        "{mean} s against {expected} s, band {band} s"
    );
    // The band must be narrow enough to tell neighbours apart: M/D/c waits about half as long, M/M/c at 82 % load a sixth longer.
    assert!(band < 0.12 * expected, "band {band} s around {expected} s");
    let busy: Vec<_> = told
        .kinds
        .iter()
        .filter(|row| row.kind == "rtx_4090" && row.epoch > 0)
        .map(|row| row.utilisation)
        .collect();
    let busy = busy.iter().sum::<f64>() / busy.len() as f64;
    assert!(
        (busy - LOAD).abs() < 0.01,
        "utilisation {busy} against {LOAD}"
    );
}

/// Mean and second moment of a spell's law, in hours; the laws and shapes used below only.
fn moments(spell: &Spell) -> (f64, f64) {
    let mean = spell.mean.ns() as f64 / 3.6e12;
    let shape = spell.shape.parts() as f64 / 1e12;
    let ratio = match spell.law {
        SpellLaw::Exponential => 2.0,
        SpellLaw::Lognormal => libm::exp(shape * shape),
        // Gamma(1 + 2/k) / Gamma(1 + 1/k)^2 = 4! / 2!^2 at k = 1/2.
        SpellLaw::Weibull => {
            assert!((shape - 0.5).abs() < 1e-12);
            6.0
        }
    };
    (mean, ratio * mean * mean)
}

/// Expected share of `t` hours up, and its standard error for `nodes`, of an alternating renewal process that starts up:
/// MTBF / (MTBF + MTTR), the first-order correction for the start, and the variance of the renewal-reward theorem.
fn availability(up: &Spell, down: &Spell, t: f64, nodes: f64) -> (f64, f64) {
    let ((x, xx), (y, yy)) = (moments(up), moments(down));
    let cycle = x + y;
    let share = x / cycle;
    let cycle_squared = xx + 2.0 * x * y + yy;
    let start = (share * cycle_squared - xx) / (2.0 * cycle);
    let variance = (y * y * (xx - x * x) + x * x * (yy - y * y)) / (cycle * cycle * cycle);
    (share + start / t, (variance / t / nodes).sqrt())
}

#[test]
fn availability_is_mtbf_over_mtbf_and_mttr_in_each_class() {
    let fleet: &[&str] = &[
        "horizon=200 d",
        "fleet.providers=450",
        "fleet.individual.share=1/2",
        "fleet.edge.share=1/4",
        "fleet.datacentre.share=1/4",
        "fleet.individual.gpus_mean=1",
        "fleet.individual.gpus_max=1",
        "fleet.edge.gpus_min=1",
        "fleet.edge.gpus_mean=1",
        "fleet.edge.gpus_max=1",
        "fleet.datacentre.gpus_min=1",
        "fleet.datacentre.gpus_mean=1",
        "fleet.datacentre.gpus_max=1",
        // Each law once, with spells short enough that each node has a hundred of them.
        "failures.individual.up_law=lognormal",
        "failures.individual.up_mean=40 h",
        "failures.individual.up_shape=1",
        "failures.individual.down_law=lognormal",
        "failures.individual.down_mean=7 h",
        "failures.individual.down_shape=1.3",
        "failures.edge.up_law=weibull",
        "failures.edge.up_mean=30 h",
        "failures.edge.up_shape=0.5",
        "failures.edge.down_law=exponential",
        "failures.edge.down_mean=5 h",
        "failures.datacentre.up_law=exponential",
        "failures.datacentre.up_mean=36 h",
        "failures.datacentre.down_law=lognormal",
        "failures.datacentre.down_mean=2 h",
        "failures.datacentre.down_shape=0.5",
    ];
    let scenario = minimal(&[QUIET, IDLE, fleet]);
    let (_, told) = told(&scenario, Told::default());
    for class in Class::ALL {
        let of_class = &scenario.inputs.config.fleet.classes[class as usize];
        let rows: Vec<_> = told
            .providers
            .iter()
            .filter(|row| row.class == class.name())
            .collect();
        assert!(
            rows.len() >= 100 && rows.iter().all(|row| row.exited_epoch.is_none()),
            "{}",
            class.name()
        );
        let mean = rows.iter().map(|row| row.availability).sum::<f64>() / rows.len() as f64;
        let (expected, error) = availability(
            &of_class.up,
            &of_class.down,
            200.0 * 24.0,
            rows.len() as f64,
        );
        // 99.7 % for each class.
        assert!(
            (mean - expected).abs() < 3.0 * error,
            "{}: {mean} against {expected}, standard error {error}",
            class.name()
        );
        assert!(
            error < 0.005,
            "{}: a standard error of {error} tells nothing",
            class.name()
        );
    }
}

/// Controllers that never move: the budget is the schedule.
const UNSCALED: &[&str] = &[
    "protocol.scaling.demand.gain=0",
    "protocol.scaling.scarcity.gain=0",
    "protocol.scaling.market.gain=0",
    "protocol.scaling.staked.gain=0",
];

/// Coins minted by emission in a run of 40 epochs, in base units at the reference fleet's scale.
fn emitted(changes: &[&str]) -> (f64, Told) {
    let (_, told) = told(
        &minimal(&[UNSCALED, &["fleet.providers_reference=60"], changes]),
        Told::default(),
    );
    let minted: u128 = told
        .epochs
        .iter()
        .map(|row| u128::from(row.minted_base_units))
        .sum();
    (minted as f64 / 1e9, told)
}

#[test]
fn emission_sums_to_its_closed_form_under_both_rules() {
    for (rule, decay) in [("fixed", 0.0), ("decaying", 0.01)] {
        let rule = format!("protocol.emission.rule={rule}");
        let decay_text = format!("protocol.emission.decay_per_epoch={} %", decay * 100.0);
        let (minted, told) = emitted(&[
            &rule,
            &decay_text,
            "protocol.emission.per_epoch=100000 token",
        ]);
        let n = f64::from(told.epochs.len() as u32);
        let expected = if decay == 0.0 {
            1e5 * n
        } else {
            1e5 * (1.0 - libm::pow(1.0 - decay, n)) / decay
        };
        // What is divided among kinds rounds down: less is minted, by a few base units of 1e-9 coins an epoch.
        assert!(
            minted <= expected + 1e-6,
            "{rule}: {minted} above {expected}"
        );
        assert!(
            minted > expected - 1e-3,
            "{rule}: {minted} against {expected}"
        );
        assert!(told.epochs.iter().all(|row| row.factor_product == 1.0));
    }
}
