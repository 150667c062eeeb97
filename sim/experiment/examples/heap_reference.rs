//! Prints how many timer events a second the engine alone lives through with a standard heap: the yardstick of
//! `cargo xtask scale`. The one argument is the number of entities.

use std::time::Instant;

use reference::Timers;

#[path = "../benches/world/reference.rs"]
mod reference;

const EVENTS: u64 = 2_000_000;

fn main() {
    let entities = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let entities: u32 = entities.expect("the argument is the number of entities");
    let mut timers = Timers::new(entities);
    timers.run(3 * u64::from(entities));
    let start = Instant::now();
    std::hint::black_box(timers.run(EVENTS));
    println!("{:.0}", EVENTS as f64 / start.elapsed().as_secs_f64());
}
