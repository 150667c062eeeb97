//! `cargo xtask baseline-gates`: the baseline under many seeds against its sanity gates.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Mutex;
use std::thread;

use crate::gates::{GATES, Gate, SELF_DEALING};
use crate::shell::{Failure, Outcome};
use crate::stakesim::{self, Run};
use crate::workspace::{Scratch, root};

/// Seeds that the defaults were tuned on.
const TUNING: (u64, u64) = (1, 20);
/// Seeds never used for tuning.
const HELD_OUT: (u64, u64) = (101, 120);
/// Seeds of the runs with self-dealers.
const SELF_DEALING_SEEDS: [u64; 2] = [1, 101];
/// A run holds one core.
const PROCESSES: usize = 2;
/// Where the tables stand.
const REPORT: &str = "reports/baseline-gates.md";

/// Options of the command.
#[derive(Debug, Default, PartialEq)]
struct Options {
    seeds: Option<(u64, u64)>,
    set: Vec<String>,
}

/// Runs all seeds and writes the report, or with options prints it.
pub fn run(args: &[String]) -> Outcome {
    let options = Options::parse(args)?;
    let mut report = Report::new();
    let binary = stakesim::build()?;
    match options.seeds {
        Some(seeds) => report.seeds(&binary, "Seeds", seeds, &options.set)?,
        None => {
            report.seeds(&binary, "Seeds used for tuning", TUNING, &options.set)?;
            report.seeds(
                &binary,
                "Seeds never used for tuning",
                HELD_OUT,
                &options.set,
            )?;
            report.self_dealing(&binary, &options.set)?;
        }
    }
    if options == Options::default() {
        let path = root().join(REPORT);
        std::fs::write(&path, &report.text).map_err(Failure::file(&path))?;
        println!("{REPORT}");
    } else {
        print!("{}", report.text);
    }
    match report.failures {
        0 => Ok(()),
        count => Err(Failure::no(format!("{count} gates failed"))),
    }
}

impl Options {
    fn parse(args: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match (arg.as_str(), args.next()) {
                ("--seeds", Some(range)) => options.seeds = Some(seeds(range)?),
                ("--set", Some(text)) => options.set.push(text.clone()),
                _ => {
                    return Err(Failure::usage(
                        "baseline-gates takes --seeds A..B and --set PATH=VALUE",
                    ));
                }
            }
        }
        Ok(options)
    }
}

/// "3..5" is the seeds 3, 4 and 5.
fn seeds(text: &str) -> Outcome<(u64, u64)> {
    let ends = text.split_once("..").and_then(|(first, last)| {
        let last = last.strip_prefix('=').unwrap_or(last);
        Some((first.parse().ok()?, last.parse().ok()?))
    });
    ends.filter(|(first, last)| first <= last).ok_or_else(|| {
        Failure::usage(format!(
            "{text}: seeds are written first..last, such as 1..20"
        ))
    })
}

/// The Markdown text and what it found.
struct Report {
    text: String,
    failures: usize,
}

impl Report {
    fn new() -> Self {
        let text = "\
# Sanity gates of the baseline

Written by `cargo xtask baseline-gates`. One row a seed; the last row has each column's worst value. Failures are bold.
"
        .to_owned();
        Self { text, failures: 0 }
    }

    /// A table of a range of seeds against the baseline's gates.
    fn seeds(&mut self, binary: &Path, title: &str, seeds: (u64, u64), set: &[String]) -> Outcome {
        let runs = run_all(binary, (seeds.0..=seeds.1).collect(), set)?;
        self.table(
            &format!("{title}: {} to {}", seeds.0, seeds.1),
            &GATES,
            &runs,
        );
        Ok(())
    }

    /// The baseline with a few self-dealers.
    fn self_dealing(&mut self, binary: &Path, set: &[String]) -> Outcome {
        let mut set = set.to_vec();
        set.push("behaviour.self_dealing=1 %".to_owned());
        let runs = run_all(binary, SELF_DEALING_SEEDS.to_vec(), &set)?;
        self.table(
            "One provider in a hundred deals with itself",
            &[SELF_DEALING],
            &runs,
        );
        Ok(())
    }

    fn table(&mut self, title: &str, gates: &[Gate], runs: &BTreeMap<u64, Run>) {
        let row = |first: &str, cells: &mut dyn Iterator<Item = String>| {
            let cells: Vec<String> = cells.collect();
            format!("| {first} | {} |\n", cells.join(" | "))
        };
        let text = &mut self.text;
        let _ = write!(text, "\n## {title}\n\n");
        *text += &row("seed", &mut gates.iter().map(|gate| gate.title.to_owned()));
        *text += &row("---:", &mut gates.iter().map(|_| "---:".to_owned()));
        *text += &row("gate", &mut gates.iter().map(Gate::range));
        for (seed, run) in runs {
            let measured = || gates.iter().map(|gate| (gate, gate.measure(run)));
            *text += &row(
                &seed.to_string(),
                &mut measured().map(|(gate, value)| gate.cell(value)),
            );
            self.failures += measured()
                .filter(|(gate, value)| !gate.passes(*value))
                .count();
        }
        *text += &row(
            "worst",
            &mut gates.iter().map(|gate| gate.cell(worst(gate, runs))),
        );
    }
}

/// The value nearest to failing, or furthest beyond.
fn worst(gate: &Gate, runs: &BTreeMap<u64, Run>) -> Option<f64> {
    let values = runs.values().map(|run| gate.measure(run));
    values
        .min_by(|a, b| gate.room(*a).total_cmp(&gate.room(*b)))
        .flatten()
}

/// Runs the baseline with each seed, some processes at a time. The first failure is told after those that run have ended.
fn run_all(binary: &Path, seeds: Vec<u64>, set: &[String]) -> Outcome<BTreeMap<u64, Run>> {
    let scratch = Scratch::new("gates")?;
    let waiting = Mutex::new(seeds.into_iter());
    let results = Mutex::new(Ok(BTreeMap::new()));
    // A function, so that the lock is not held while the seed runs.
    let next = || waiting.lock().expect("no thread panics").next();
    let work = || {
        while let Some(seed) = next() {
            let result = run_one(binary, scratch.path(), seed, set);
            let mut results = results.lock().expect("no thread panics");
            let failed = match (result, results.as_mut()) {
                (Ok(run), Ok(runs)) => {
                    runs.insert(seed, run);
                    continue;
                }
                (Err(failure), Ok(_)) => failure,
                (_, Err(_)) => return,
            };
            *results = Err(failed);
            return;
        }
    };
    thread::scope(|scope| {
        for _ in 0..PROCESSES {
            scope.spawn(work);
        }
    });
    results.into_inner().expect("no thread panics")
}

fn run_one(binary: &Path, folder: &Path, seed: u64, set: &[String]) -> Outcome<Run> {
    let out = folder.join(seed.to_string());
    let mut options = vec![
        "--audit".into(),
        "end".into(),
        "--seed".into(),
        seed.to_string(),
    ];
    options.extend(stakesim::set(set));
    let run = stakesim::run(binary, "scenarios/baseline.toml", &out, &options)?;
    std::fs::remove_dir_all(&out).map_err(Failure::file(&out))?;
    eprintln!("seed {seed}");
    Ok(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(median: &str) -> Run {
        Run::parse(&format!(
            r#"{{"metrics":[{{"name":"providers.return_median","value":{median}}}]}}"#
        ))
    }

    #[test]
    fn seeds_are_a_range_with_both_ends() {
        assert_eq!(seeds("1..20").unwrap(), (1, 20));
        assert_eq!(seeds("7..=7").unwrap(), (7, 7));
        for wrong in ["", "3", "4..3", "a..b", "-1..2"] {
            assert_eq!(seeds(wrong).unwrap_err().code, 2, "{wrong}");
        }
    }

    #[test]
    fn an_option_without_its_value_is_refused() {
        assert!(Options::parse(&["--seeds".to_owned()]).is_err());
        let args = ["--set", "a=1", "--seeds", "1..2", "--set", "b=2"].map(str::to_owned);
        let options = Options::parse(&args).unwrap();
        assert_eq!((options.seeds, options.set.len()), (Some((1, 2)), 2));
    }

    #[test]
    fn the_worst_value_is_the_one_nearest_to_an_end_of_its_gate() {
        let runs = BTreeMap::from([(1, run("0.10")), (2, run("0.55")), (3, run("-0.10"))]);
        assert_eq!(worst(&GATES[0], &runs), Some(0.55));
        let runs = BTreeMap::from([(1, run("0.70")), (2, run("null"))]);
        assert_eq!(worst(&GATES[0], &runs), None);
    }

    #[test]
    fn every_failure_of_every_seed_counts_once() {
        let mut report = Report::new();
        let runs = BTreeMap::from([(1, run("0.10")), (2, run("0.70")), (3, run("null"))]);
        report.table("x", &GATES[..1], &runs);
        assert_eq!(report.failures, 2);
        assert!(
            report.text.contains("| 2 | **70.0 %** |\n"),
            "{}",
            report.text
        );
        assert!(
            report.text.contains("| worst | **none** |\n"),
            "{}",
            report.text
        );
    }
}
