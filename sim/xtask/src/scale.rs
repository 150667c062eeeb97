//! `cargo xtask scale`: speed and memory by fleet size, each size a process of its own.

use std::path::Path;

use crate::shell::{self, Failure, Outcome};
use crate::stakesim::{self, Run};
use crate::workspace::{Scratch, cargo};

/// Providers.
const SIZES: [u32; 4] = [1250, 2500, 5000, 10_000];

/// Prints the table. `--set` changes the baseline, for a shorter look.
pub fn run(args: &[String]) -> Outcome {
    let mut set = Vec::new();
    for pair in args.chunks(2) {
        match pair {
            [option, text] if option == "--set" => set.push(text.clone()),
            _ => return Err(Failure::usage("scale takes --set PATH=VALUE")),
        }
    }
    let binary = stakesim::build()?;
    let scratch = Scratch::new("scale")?;
    println!("CPU: {}. Baseline, one core, ledger and audit on.\n", cpu());
    println!(
        "| providers | events | seconds | events/s | std-heap engine alone, events/s | ratio | peak memory, MiB | bytes a provider |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    for providers in SIZES {
        let mut set = set.clone();
        set.push(format!("fleet.providers={providers}"));
        let out = scratch.path().join(providers.to_string());
        let run = stakesim::run(
            &binary,
            "scenarios/baseline.toml",
            &out,
            &stakesim::set(&set),
        )?;
        println!("{}", row(providers, &run, reference(providers)?));
        std::fs::remove_dir_all(&out).map_err(Failure::file(Path::new(&out)))?;
    }
    Ok(())
}

fn row(providers: u32, run: &Run, reference: f64) -> String {
    let number = |name| run.manifest(name).unwrap_or(f64::NAN);
    let (speed, memory) = (number("events_per_second"), number("peak_memory_bytes"));
    format!(
        "| {providers} | {} | {:.2} | {speed:.0} | {reference:.0} | {:.2} | {:.0} | {:.0} |",
        number("events"),
        number("wall_seconds"),
        speed / reference,
        memory / f64::from(1 << 20),
        memory / f64::from(providers),
    )
}

/// Timer events a second of the engine with a standard heap and as many entities, now and on this machine.
fn reference(entities: u32) -> Outcome<f64> {
    let entities = entities.to_string();
    let words =
        "run --release --quiet --locked --package stakesim-experiment --example heap_reference --";
    let mut command = cargo(&words.split(' ').collect::<Vec<_>>());
    let text = shell::output(command.arg(entities))?;
    text.trim()
        .parse()
        .map_err(|_| Failure::no(format!("heap_reference printed {text}")))
}

/// Name of the processor, where the system tells.
fn cpu() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == "model name").then(|| value.trim().to_owned())
    });
    name.unwrap_or_else(|| format!("unknown {}", std::env::consts::ARCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_names_ratio_and_memory_per_provider() {
        let run = Run::parse(
            r#"{"manifest":{"events":7000,"wall_seconds":2.5,"events_per_second":2800.0,"peak_memory_bytes":1048576}}"#,
        );
        assert_eq!(
            row(1000, &run, 5600.0),
            "| 1000 | 7000 | 2.50 | 2800 | 5600 | 0.50 | 1 | 1049 |"
        );
    }
}
