//! `stakesim cliff`: where along one factor the gates of a sweep file flip.

use std::fs;
use std::path::{Path, PathBuf};

use experiment::gates::Verdict;
use experiment::scenario::Overrides;
use experiment::sweep::{Cliff, CliffError, Finding, Limits, Look, Plan};
use serde_json::{Value, json};
use units::{Quantity, Ratio};

use crate::error::Error;
use crate::options::{Form, json as document};
use crate::progress::SweepWatch;
use crate::{interrupt, journal, output};

#[derive(clap::Args)]
pub struct Args {
    /// Sweep file with one factor from low to high, and gates; its steps do not matter here
    file: PathBuf,
    /// Set a parameter at every value, such as fleet.providers=1000; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// Width of the answer as a share of the range
    #[arg(long, value_name = "SHARE", default_value = "1 %", value_parser = parse_tolerance)]
    tolerance: f64,
    /// Most values to look at, both ends included; each runs all seeds
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(3..=100))]
    steps: u32,
    /// No progress bar
    #[arg(long)]
    quiet: bool,
    /// Form of the result on stdout
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

fn parse_tolerance(text: &str) -> Result<f64, String> {
    let legal = Ratio::from_parts(10_000_000)..=Ratio::from_percent(50);
    match Ratio::parse(text) {
        Ok(share) if legal.contains(&share) => Ok(share.parts() as f64 / Ratio::ONE.parts() as f64),
        Ok(_) => Err("expected 0.001 % to 50 %".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

pub fn run(args: &Args) -> Result<(), Error> {
    let overrides = Overrides {
        set: args.set.clone(),
        seed: None,
    };
    let plan = Plan::load(&args.file, &overrides).map_err(Error::Scenario)?;
    interrupt::listen();
    let limits = Limits {
        tolerance: args.tolerance,
        steps: args.steps,
    };
    let target = journal::target(None, &format!("{}.cliff", plan.name));
    // A folder of journals, one a value: which values those are is found out on the way.
    let journals = journal::beside(&target);
    fs::create_dir_all(&journals).map_err(Error::output(&journals))?;
    let watch = SweepWatch::new(args.quiet);
    let found = Cliff::find(&plan, limits, &journals, &watch);
    drop(watch);
    let cliff = found.map_err(|error| told(error, &args.file, &target))?;
    fs::remove_dir_all(&journals).map_err(Error::output(&journals))?;
    output::print(&match args.format {
        Form::Table => as_table(&plan, &cliff),
        Form::Json => document(&as_json(&plan, &cliff)),
    })?;
    match cliff.finding {
        Finding::Between { .. } => Ok(()),
        Finding::Same(Verdict::Pass) => Err(Error::No(
            "no cliff: the gates pass at both ends".to_owned(),
        )),
        Finding::Same(_) => Err(Error::No("no cliff: a gate fails at both ends".to_owned())),
        Finding::EndUndecided => {
            let message =
                "no cliff: an end of the range is undecided\n  hint: more seeds, or a wider range";
            Err(Error::No(message.to_owned()))
        }
    }
}

fn as_table(plan: &Plan, cliff: &Cliff) -> String {
    let header = [&*cliff.range.factor, "verdict", "gate", "estimate", "bound"];
    let row = |look: &Look| {
        // The gate that decided: the first with the verdict of them all.
        let ruling = look
            .rulings
            .iter()
            .find(|ruling| ruling.verdict == look.verdict);
        let cells = ruling.map(|ruling| [ruling.gate.subject(), ruling.estimate(), ruling.bound()]);
        let mut row = vec![look.value.clone(), look.verdict.word().to_owned()];
        row.extend(cells.into_iter().flatten());
        row
    };
    let rows: Vec<_> = cliff.looks.iter().map(row).collect();
    let mut text = output::table(&header, &rows, &[]);
    text += &format!(
        "\n{}: {} values, each under {} seeds\n",
        plan.name,
        rows.len(),
        plan.seeds.len()
    );
    if let Finding::Between {
        pass,
        fail,
        undecided,
        is_narrow,
    } = &cliff.finding
    {
        text += &sentence(cliff, *pass, *fail);
        for ruling in cliff.first_to_fail() {
            text += &format!(
                "fails first: {} {}: {}\n",
                ruling.gate.subject(),
                ruling.bound(),
                ruling.gate.why
            );
        }
        if let (Some(first), Some(last)) = (undecided.first(), undecided.last()) {
            let (first, last) = (&cliff.looks[*first].value, &cliff.looks[*last].value);
            text += &match first == last {
                true => format!("undecided between them: {first}; more seeds would tell\n"),
                false => {
                    format!("undecided between them: {first} to {last}; more seeds would tell\n")
                }
            };
        }
        if !is_narrow {
            text += "wider than the tolerance: the steps ran out\n";
        }
    }
    text
}

/// The bracket in words, the lower value first.
fn sentence(cliff: &Cliff, pass: usize, fail: usize) -> String {
    let (pass_at, fail_at) = (&cliff.looks[pass].value, &cliff.looks[fail].value);
    let factor = &cliff.range.factor;
    match pass < fail {
        true => format!(
            "{factor}: largest value known to pass {pass_at}, smallest known to fail {fail_at}\n"
        ),
        false => format!(
            "{factor}: largest value known to fail {fail_at}, smallest known to pass {pass_at}\n"
        ),
    }
}

fn as_json(plan: &Plan, cliff: &Cliff) -> Value {
    let value = |at: &usize| &cliff.looks[*at].value;
    let look = |look: &Look| {
        let gate = |ruling: &experiment::gates::Ruling| {
            json!({
                "gate": ruling.gate.subject(),
                "verdict": ruling.verdict,
                "estimate": ruling.evidence.estimate,
                "bound": ruling.bound,
                "n": ruling.evidence.n,
            })
        };
        let gates: Vec<_> = look.rulings.iter().map(gate).collect();
        json!({ "value": look.value, "verdict": look.verdict, "gates": gates })
    };
    let (pass, fail, undecided, is_narrow) = match &cliff.finding {
        Finding::Between {
            pass,
            fail,
            undecided,
            is_narrow,
        } => {
            let undecided: Vec<_> = undecided.iter().map(value).collect();
            (Some(value(pass)), Some(value(fail)), undecided, *is_narrow)
        }
        _ => (None, None, Vec::new(), false),
    };
    json!({
        "name": plan.name,
        "factor": cliff.range.factor,
        "low": cliff.range.low,
        "high": cliff.range.high,
        "scale": if cliff.range.is_log { "log" } else { "linear" },
        "seeds": plan.seeds,
        "confidence": plan.confidence,
        "is_found": cliff.is_found(),
        "pass": pass,
        "fail": fail,
        "undecided": undecided,
        "is_narrow": is_narrow,
        "fails_first": cliff.first_to_fail().map(|ruling| ruling.gate.subject()).collect::<Vec<_>>(),
        "values": cliff.looks.iter().map(look).collect::<Vec<_>>(),
    })
}

/// What ended a search early. Finished runs are kept, and the message says so.
fn told(error: CliffError, file: &Path, target: &Path) -> Error {
    match error {
        CliffError::Plan(message) => Error::Input(format!("{}: {message}", file.display())),
        CliffError::Faults(faults) => Error::Scenario(faults),
        CliffError::Journal(error) => journal::refused(&journal::beside(target), error),
        CliffError::Stop(stop) => journal::told(stop, target),
    }
}
