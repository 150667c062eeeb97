//! Draws by name, the samplers over them, and the digest.

use criterion::{Criterion, Throughput};
use stakesim_engine::{Digest, Draws, Purpose, sample};

const DRAWS: u64 = 1000;

/// A name and a quantile function.
type Sampler = (&'static str, fn(f64) -> f64);

pub fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("streams");
    group.throughput(Throughput::Elements(DRAWS));
    let draws = Draws::new(7);
    group.bench_function("word", |b| {
        b.iter(|| (0..DRAWS).fold(0, |sum, ordinal| sum ^ draws.word(Purpose(1), 2, ordinal)));
    });
    group.bench_function("digest of a word", |b| {
        b.iter(|| {
            let mut digest = Digest::new();
            (0..DRAWS).for_each(|word| digest.mix(word));
            digest.value()
        });
    });
    let samplers: [Sampler; 4] = [
        ("exponential", |u| sample::exponential(u, 3.0)),
        ("weibull", |u| sample::weibull(u, 0.7, 3.0)),
        ("normal", sample::normal),
        ("lognormal", |u| sample::lognormal(u, 0.0, 1.0)),
    ];
    for (name, sampler) in samplers {
        group.bench_function(name, |b| {
            b.iter(|| {
                (0..DRAWS)
                    .map(|n| sampler(draws.unit(Purpose(1), 2, n)))
                    .sum::<f64>()
            });
        });
    }
    group.finish();
}
