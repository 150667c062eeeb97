//! Any bytes as operations and closes: no panic, no broken invariant.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/it/play.rs"]
mod play;

fuzz_target!(|bytes: &[u8]| {
    play::play(bytes);
});
