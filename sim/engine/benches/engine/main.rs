//! Speed of the kernel: `cargo bench -p stakesim-engine`, or with a name behind `--` one group only.
//!
//! * `hold`: a queue alone, one pop and one push an element; ours, and the standard heap with 24-byte entries.
//! * `timer`: the engine, each entity rescheduling itself, 64 bytes of state touched.
//! * `phold`: the engine, each message moving to a random entity.
//! * `streams`: draws and samplers.

mod hold;
mod host;
mod phold;
mod streams;
mod timer;

criterion::criterion_group!(
    engine,
    hold::bench,
    timer::bench,
    phold::bench,
    streams::bench
);
criterion::criterion_main!(engine);

/// How many entities, and the name of it in the report.
const SIZES: [(u32, &str); 3] = [(10_000, "10k"), (100_000, "100k"), (1_000_000, "1M")];

/// How many events one measured iteration has.
const EVENTS: u64 = 100_000;
