//! The same timers on our engine and on other Rust engines, in one process: `cargo run --release`.
//!
//! Every engine runs the workload of `benches/engine/timer.rs` through the fastest interface it has: an entity
//! touches one cache line of state and sets its timer again after an exponential wait. Rounds of all engines
//! alternate, so that noise meets all alike; a figure is the fastest round by the thread's processor time.

mod desque;
#[path = "../../benches/engine/host.rs"]
mod host;
mod ours;
mod simcore;
mod simulacra;

use cpu_time::ThreadTime;

const SIZES: [(u32, &str); 3] = [(10_000, "10k"), (100_000, "100k"), (1_000_000, "1M")];
const ROUNDS: u32 = 9;

/// An engine with timers running on it.
trait Peer {
    /// Lives through so many events.
    fn run(&mut self, events: u64);
}

/// A name, and the making of an engine for so many entities.
type Entry = (&'static str, fn(u32) -> Box<dyn Peer>);

/// Ours is first.
const PEERS: [Entry; 6] = [
    ("stakesim, wheel", |entities| {
        Box::new(ours::Ours::<stakesim_engine::Wheel>::new(entities, true))
    }),
    ("stakesim, wheel, no prefetch", |entities| {
        Box::new(ours::Ours::<stakesim_engine::Wheel>::new(entities, false))
    }),
    ("stakesim, std heap", |entities| {
        Box::new(ours::Ours::<stakesim_engine::Heap>::new(entities, false))
    }),
    ("simulacra 0.1", |entities| {
        Box::new(simulacra::Simulacra::new(entities))
    }),
    ("desque 0.4", |entities| {
        Box::new(desque::Desque::new(entities))
    }),
    ("simcore 0.1", |entities| {
        Box::new(simcore::Simcore::new(entities))
    }),
];

fn main() {
    println!("processor: {}", processor());
    println!("million events/s, and how many times slower than the first row\n");
    println!(
        "{:30}{:>16}{:>16}{:>16}",
        "engine", SIZES[0].1, SIZES[1].1, SIZES[2].1
    );
    let columns: Vec<Vec<f64>> = SIZES
        .iter()
        .map(|&(entities, _)| speeds(entities))
        .collect();
    for (row, (name, _)) in PEERS.iter().enumerate() {
        print!("{name:30}");
        for column in &columns {
            print!("{:9.2}{:6.1}x", column[row], column[0] / column[row]);
        }
        println!();
    }
}

/// Million events a second of each peer at this size.
fn speeds(entities: u32) -> Vec<f64> {
    let mut engines: Vec<Box<dyn Peer>> = PEERS.iter().map(|(_, make)| make(entities)).collect();
    let events = u64::from(entities).clamp(200_000, 500_000);
    let mut fastest = vec![f64::INFINITY; engines.len()];
    for engine in &mut engines {
        engine.run(3 * u64::from(entities));
    }
    for _ in 0..ROUNDS {
        for (engine, fastest) in engines.iter_mut().zip(&mut fastest) {
            // The others have emptied the caches: not part of the figure.
            engine.run(events / 10);
            let start = ThreadTime::now();
            engine.run(events);
            *fastest = start.elapsed().as_secs_f64().min(*fastest);
        }
    }
    fastest
        .into_iter()
        .map(|seconds| events as f64 / seconds / 1e6)
        .collect()
}

fn processor() -> String {
    let cpuinfo = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = cpuinfo
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| "unknown".to_owned(), |(_, name)| name.to_owned())
}
