//! `stakesim check --deep`: which parameters of a scenario do nothing, and which move no metric.

use experiment::deep::{self, Finding, Options, Outcome, Probed, Report, Stop};
use experiment::recording::{Failure, market_dry};
use experiment::scenario::Overrides;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::error::Error;
use crate::options::{Form, ScenarioArgs, json as document};
use crate::{interrupt, output};

/// Confidence of the tests and intervals.
const CONFIDENCE: f64 = 0.95;

#[derive(clap::Args)]
pub struct DeepArgs {
    /// Change every parameter alone and list those that do nothing; runs the scenario about 2,500 times at a reduced size
    #[arg(long)]
    pub deep: bool,
    /// Keep the scenario's size
    #[arg(long, requires = "deep")]
    full: bool,
    /// Seeds of each comparison, counted up from the scenario's
    #[arg(long, value_name = "N", default_value_t = 4, requires = "deep", value_parser = clap::value_parser!(u32).range(1..=1000))]
    seeds: u32,
    /// Only parameters whose paths begin so, such as protocol.ladder
    #[arg(
        long,
        value_name = "PATH",
        default_value = "",
        hide_default_value = true,
        requires = "deep"
    )]
    only: String,
}

/// Probes the parameters and tells; "no" where one is dead.
pub fn run(scenario: &ScenarioArgs, args: &DeepArgs, form: Form) -> Result<(), Error> {
    let overrides = Overrides {
        set: scenario.overrides.set.clone(),
        seed: scenario.overrides.seed,
    };
    let options = Options {
        seeds: args.seeds,
        is_full: args.full,
        confidence: CONFIDENCE,
        only: &args.only,
    };
    interrupt::listen();
    let watch = Watch::new();
    let report = deep::probe(&scenario.file, &overrides, options, &watch).map_err(told)?;
    drop(watch);
    output::print(&match form {
        Form::Table => as_text(&report),
        Form::Json => document(&report),
    })?;
    match report.dead() {
        0 if report.findings.is_empty() => Err(Error::Input(format!(
            "no parameter begins with \"{}\"",
            args.only
        ))),
        0 => Ok(()),
        1 => Err(Error::No("a parameter does nothing".to_owned())),
        count => Err(Error::No(format!("{count} parameters do nothing"))),
    }
}

fn told(stop: Stop) -> Error {
    match stop {
        Stop::Faults(faults) => Error::Scenario(faults),
        Stop::Run(_, Failure::Interrupted) => Error::Interrupted,
        Stop::Run(_, Failure::MarketDry { epoch }) => Error::Input(market_dry(epoch)),
        Stop::Run(set, Failure::Broken { epoch, fault }) => Error::Broken(format!(
            "in epoch {epoch}, with {}: {fault:?}",
            set.join(", ")
        )),
        Stop::Run(_, Failure::Output(error)) => Error::Broken(format!(
            "a run that writes nothing could not write: {error}"
        )),
    }
}

fn as_text(report: &Report) -> String {
    let seeds = report
        .seeds
        .iter()
        .map(u64::to_string)
        .collect::<Vec<_>>()
        .join(", ");
    let count = report.findings.len();
    let mut text = format!(
        "{}: {count} parameters, each changed alone, under seeds {seeds}\n",
        report.scenario
    );
    if !report.reduced.is_empty() {
        text += &format!("at a reduced size: {}\n", report.reduced.join(", "));
    }
    let found =
        |is: fn(&Finding) -> bool| report.findings.iter().filter(move |finding| is(finding));
    let moved = found(|of| matches!(of.result, Probed::Compared(Outcome::Moves(_)))).map(moved_row);
    let header = [
        "moves",
        "from",
        "to",
        "metric",
        "was",
        "by",
        "95 % interval",
        "others",
        "with",
    ];
    text += &part(&header, &[4, 5, 6, 7], moved.collect());
    let acts = found(|of| {
        matches!(
            of.result,
            Probed::Compared(Outcome::Acts) | Probed::Stopped(_)
        )
    });
    let acts = acts.map(|of| {
        row(
            of,
            match &of.result {
                Probed::Stopped(why) => why.lines().next().unwrap_or_default().to_owned(),
                _ => String::new(),
            },
        )
    });
    text += &part(
        &[
            "acts, but moves no metric measurably",
            "from",
            "to",
            "with",
            "note",
        ],
        &[],
        acts.collect(),
    );
    let skipped = found(|of| matches!(of.result, Probed::Skipped(_)));
    let skipped = skipped.map(|of| match of.result {
        Probed::Skipped(why) => vec![of.path.to_owned(), of.from.clone(), why.to_owned()],
        _ => Vec::new(),
    });
    text += &part(&["not tried", "value", "because"], &[], skipped.collect());
    let dead = found(Finding::is_dead);
    let dead = dead.map(|of| {
        vec![
            of.path.to_owned(),
            of.from.clone(),
            of.to.clone().unwrap_or_default(),
        ]
    });
    text += &part(
        &["dead: not one row differs", "from", "to"],
        &[],
        dead.collect(),
    );
    text
}

/// A table with its rows; nothing without rows.
fn part(header: &[&str], right: &[usize], rows: Vec<Vec<String>>) -> String {
    match rows.is_empty() {
        true => String::new(),
        false => format!("\n{}", output::table(header, &rows, right)),
    }
}

fn row(of: &Finding, note: String) -> Vec<String> {
    vec![
        of.path.to_owned(),
        of.from.clone(),
        of.to.clone().unwrap_or_default(),
        with(of),
        note,
    ]
}

fn moved_row(of: &Finding) -> Vec<String> {
    let Probed::Compared(Outcome::Moves(moved)) = &of.result else {
        return Vec::new();
    };
    let interval = moved.interval.map_or_else(String::new, |interval| {
        format!(
            "{} to {}",
            output::number(interval.low),
            output::number(interval.high)
        )
    });
    vec![
        of.path.to_owned(),
        of.from.clone(),
        of.to.clone().unwrap_or_default(),
        moved.metric.to_owned(),
        output::number(moved.before),
        output::number(moved.difference),
        interval,
        moved.others.to_string(),
        with(of),
    ]
}

/// What was switched on for it.
fn with(of: &Finding) -> String {
    of.need.map_or_else(String::new, |need| need.set.join(", "))
}

/// Parameters that have been tried, on a terminal.
struct Watch {
    bar: ProgressBar,
}

impl Watch {
    fn new() -> Self {
        // The bar hides itself where stderr is no terminal.
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(5));
        let style = ProgressStyle::with_template("{pos}/{len} parameters [{bar:30}] eta {eta}");
        bar.set_style(style.expect("the template is ours").progress_chars("=> "));
        Self { bar }
    }
}

impl deep::Watch for Watch {
    fn begin(&self, parameters: usize) {
        self.bar.set_length(parameters as u64);
    }

    fn finished(&self) {
        self.bar.inc(1);
    }

    fn is_stopped(&self) -> bool {
        interrupt::is_asked()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
