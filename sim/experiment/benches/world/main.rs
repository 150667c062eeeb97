//! Speed of the whole world, ledger and audit on: `cargo bench -p stakesim-experiment --no-default-features --bench world`.
//!
//! Each world stands beside the engine alone with a standard heap and as many entities, so that a speed can be read as a
//! ratio: absolute numbers belong to the machine.

mod reference;

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use reference::Timers;
use stakesim_experiment::run::{Audit, run};
use stakesim_experiment::scenario::{Overrides, Scenario, Start};
use world::observe::Nobody;

/// Events of one measured iteration of the reference.
const EVENTS: u64 = 100_000;

fn bench(criterion: &mut Criterion) {
    measure(criterion, "minimal", "minimal", &[]);
    let set = ["fleet.providers=1000", "horizon=60 d"];
    measure(criterion, "1000 providers, 60 d", "baseline", &set);
}

/// A scenario's world, and the reference of its size.
fn measure(criterion: &mut Criterion, name: &str, file: &str, set: &[&str]) {
    let overrides = Overrides {
        set: set.iter().map(|text| (*text).to_owned()).collect(),
        seed: None,
    };
    let scenario = Scenario::load(Start::File(Path::new(file)), &overrides)
        .unwrap_or_else(|faults| panic!("{faults:?}"));
    let whole = || {
        run(&scenario.inputs, scenario.seed, Audit::Epoch, &mut Nobody)
            .expect("nobody stops it and no invariant breaks")
    };
    let mut group = criterion.benchmark_group(name);
    group.sample_size(10);
    group.throughput(Throughput::Elements(whole().events));
    group.bench_function("world", |b| b.iter(whole));
    let mut timers = Timers::new(scenario.inputs.config.fleet.providers);
    group.throughput(Throughput::Elements(EVENTS));
    group.bench_function("std-heap engine alone", |b| b.iter(|| timers.run(EVENTS)));
    group.finish();
}

criterion_group!(world, bench);
criterion_main!(world);
