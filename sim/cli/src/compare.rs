//! `stakesim compare`: two folders of results side by side.

use std::path::PathBuf;

use experiment::compare::{Comparison, Finding, Parting, Refused, Side, compare};

use crate::error::Error;
use crate::options::{Form, json as document};
use crate::output;

#[derive(clap::Args)]
pub struct Args {
    /// Folder of results, of a run or a sweep, to compare with
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// Folder of results to be compared
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Let a gate through that got worse when its estimate moved by no more than this share of its bound
    #[arg(long, default_value = "0 %", value_parser = parse_share)]
    tolerance: f64,
    /// Confidence of the intervals
    #[arg(long, default_value = "95 %", value_parser = parse_confidence)]
    confidence: f64,
    /// Run nothing again: do not look for the event at which two runs part
    #[arg(long)]
    no_replay: bool,
    /// List every metric, also those that do not differ
    #[arg(long)]
    all: bool,
    /// Form of the result on stdout
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

fn parse_share(text: &str) -> Result<f64, String> {
    use units::{Quantity, Ratio};
    let ratio = Ratio::parse(text).map_err(|error| format!("{error}; {}", error.hint()))?;
    Ok(ratio.parts() as f64 / Ratio::ONE.parts() as f64)
}

fn parse_confidence(text: &str) -> Result<f64, String> {
    let share = parse_share(text)?;
    match share > 0.0 && share < 1.0 {
        true => Ok(share),
        false => Err("it lies between 0 and 100 %, such as 95 %".to_owned()),
    }
}

pub fn run(args: &Args) -> Result<(), Error> {
    let comparison =
        compare(&args.old, &args.new, args.confidence, !args.no_replay).map_err(|refused| {
            match refused {
                Refused::Results(why) => Error::Input(why),
                Refused::Scenario(faults) => Error::Scenario(faults),
            }
        })?;
    output::print(&match args.format {
        Form::Table => as_table(&comparison, args.all),
        Form::Json => document(&comparison),
    })?;
    let worse: Vec<&str> = comparison
        .flips
        .iter()
        .filter(|flip| flip.is_worse(args.tolerance))
        .map(|flip| &*flip.gate)
        .collect();
    match worse.is_empty() {
        true => Ok(()),
        false => Err(Error::No(format!("gates got worse: {}", worse.join("; ")))),
    }
}

fn as_table(of: &Comparison, all: bool) -> String {
    let mut text = format!("{} (old) and {} (new)\n\n", of.old, of.new);
    if of.changed.is_empty() {
        text += "no parameter differs\n";
    } else {
        let rows: Vec<_> = of
            .changed
            .iter()
            .map(|change| vec![change.path.clone(), change.old.clone(), change.new.clone()])
            .collect();
        text += &output::table(&["parameter", "old", "new"], &rows, &[]);
    }
    text += &format!("\n{}", metrics(of, all));
    if !of.flips.is_empty() {
        let rows: Vec<_> = of
            .flips
            .iter()
            .map(|flip| {
                vec![
                    flip.gate.clone(),
                    flip.old.word().to_owned(),
                    flip.new.word().to_owned(),
                ]
            })
            .collect();
        text += &format!("\n{}", output::table(&["gate", "old", "new"], &rows, &[]));
    }
    if let Some(parting) = &of.parting {
        text += &format!("\n{}\n", parted(parting));
    }
    for left_out in &of.left_out {
        text += &format!("left out: {left_out}\n");
    }
    text
}

fn metrics(of: &Comparison, all: bool) -> String {
    let is_shown = |finding: Finding| all || finding != Finding::Same;
    let rows = of
        .metrics
        .iter()
        .filter(|row| is_shown(row.finding))
        .map(|row| {
            let difference = &row.difference;
            let interval = difference.interval.map_or(String::new(), |interval| {
                format!(
                    "{} to {}",
                    output::number(interval.low),
                    output::number(interval.high)
                )
            });
            let ratio = if difference.variance_ratio.is_finite() {
                format!("{:.1}", difference.variance_ratio)
            } else {
                String::new()
            };
            vec![
                row.point.clone(),
                row.metric.clone(),
                output::number(row.old),
                output::number(row.new),
                output::number(difference.mean),
                interval,
                word(row.finding).to_owned(),
                ratio,
            ]
        });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return "no metric differs\n".to_owned();
    }
    let interval = format!("{} % interval", output::number(of.confidence * 100.0));
    let header = [
        "at",
        "metric",
        "old",
        "new",
        "new - old",
        &interval,
        "finding",
        "variance saved",
    ];
    let note = "variance saved: how many times as many runs independent seeds would have taken; findings are corrected after Holm over all rows";
    format!(
        "{}{note}\n",
        output::table(&header, &rows, &[2, 3, 4, 5, 7])
    )
}

fn word(finding: Finding) -> &'static str {
    match finding {
        Finding::Same => "same",
        Finding::Better => "better",
        Finding::Worse => "worse",
        Finding::Differs => "differs",
        Finding::Undecided => "undecided",
        Finding::Observed => "observed (one pair)",
    }
}

fn parted(parting: &Parting) -> String {
    let side = |side: &Option<Side>| {
        side.as_ref().map_or("nothing".to_owned(), |of| {
            format!("{} {} at {} s", of.class, of.entity, of.at_s)
        })
    };
    match parting {
        Parting::Event { number, old, new } => format!(
            "the first pair of runs parts at event {number}: {} (old), {} (new)",
            side(old),
            side(new)
        ),
        Parting::Epoch { epoch, number } => {
            format!(
                "the first pair of runs has the same {number} events until the close of epoch {epoch}, which the books close differently"
            )
        }
    }
}
