//! `stakesim check --deep`: whether each parameter of a scenario moves a metric that it is declared to move, in the direction
//! declared.

use experiment::deep::{self, Direction, Finding, Moved, Options, Report, Stop, Verdict};
use experiment::recording::{Failure, market_dry};
use experiment::scenario::Overrides;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::error::Error;
use crate::options::{Form, ScenarioArgs, json as document};
use crate::{interrupt, output};

/// Confidence of all of a parameter's intervals together.
const CONFIDENCE: f64 = 0.95;

#[derive(clap::Args)]
pub struct DeepArgs {
    /// Change every parameter alone, with its mechanism switched on, and list those that move no metric as declared; runs the scenario some 2,000 times at a reduced size
    #[arg(long)]
    pub deep: bool,
    /// Keep the scenario's size
    #[arg(long, requires = "deep")]
    full: bool,
    /// Seeds that a comparison begins with, counted up from the scenario's; up to three times as many where the answer is open
    #[arg(long, value_name = "N", default_value_t = 4, requires = "deep", value_parser = clap::value_parser!(u32).range(2..=1000))]
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

/// Probes the parameters and tells; "no" where one is contrary, unmoved or dead.
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
    match report.failures() {
        0 if report.findings.is_empty() => Err(Error::Input(format!(
            "no parameter begins with \"{}\"",
            args.only
        ))),
        0 => Ok(()),
        1 => Err(Error::No(
            "a parameter is not connected as declared".to_owned(),
        )),
        count => Err(Error::No(format!(
            "{count} parameters are not connected as declared"
        ))),
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
    let mut text = heading(report);
    let rows = |row: fn(&Finding) -> Option<Vec<String>>| -> Vec<Vec<String>> {
        report.findings.iter().filter_map(row).collect()
    };
    let measured = |name| {
        [
            name, "from", "to", "metric", "declared", "was", "by", "interval", "seeds", "with",
        ]
    };
    let right = [5, 6, 7, 8];
    text += &part(&measured("connected"), &right, rows(connected));
    text += &part(
        &["explained", "from", "to", "because"],
        &[],
        rows(explained),
    );
    text += &part(
        &measured("unmoved: no declared metric moves"),
        &right,
        rows(unmoved),
    );
    text += &part(
        &["unmoved: what else happened", "from", "to", "note"],
        &[],
        rows(noted),
    );
    text += &part(
        &["dead: not one row differs", "from", "to", "with"],
        &[],
        rows(dead),
    );
    text += &part(
        &measured("CONTRARY to what is declared"),
        &right,
        rows(contrary),
    );
    text += &format!("\n{}\n", counts(report));
    text
}

fn heading(report: &Report) -> String {
    let count = report.findings.len();
    let parameters = match count {
        1 => "1 parameter, changed",
        _ => &format!("{count} parameters, each changed"),
    };
    let (first, last) = (report.seeds.first(), report.seeds.last());
    let mut text = format!(
        "{}: {parameters} alone with its mechanism switched on\nunder {} seeds ({} to {}), up to {} where the \
         answer is open; the intervals of a parameter hold together with {:.0} %\n",
        report.scenario,
        report.seeds.len(),
        first.copied().unwrap_or_default(),
        last.copied().unwrap_or_default(),
        report.seeds_max,
        100.0 * report.confidence,
    );
    if !report.reduced.is_empty() {
        text += &format!("at a reduced size: {}\n", report.reduced.join(", "));
    }
    text
}

/// How many of each kind, those that speak against parameters only where there are some.
fn counts(report: &Report) -> String {
    let count = |is: fn(&Verdict) -> bool| {
        let findings = report.findings.iter();
        findings.filter(|of| is(&of.result)).count()
    };
    let of_kind = [
        (count(|of| matches!(of, Verdict::Connected(_))), "connected"),
        (
            count(|of| matches!(of, Verdict::Explained { .. })),
            "explained",
        ),
        (count(|of| matches!(of, Verdict::Unmoved { .. })), "unmoved"),
        (count(|of| matches!(of, Verdict::Dead)), "dead"),
        (count(|of| matches!(of, Verdict::Contrary(_))), "contrary"),
    ];
    let told = of_kind.iter().filter(|(count, _)| *count > 0);
    let told: Vec<_> = told
        .map(|(count, kind)| format!("{count} {kind}"))
        .collect();
    told.join(", ")
}

/// A table with its rows; nothing without rows.
fn part(header: &[&str], right: &[usize], rows: Vec<Vec<String>>) -> String {
    match rows.is_empty() {
        true => String::new(),
        false => format!("\n{}", output::table(header, &rows, right)),
    }
}

fn connected(of: &Finding) -> Option<Vec<String>> {
    match &of.result {
        Verdict::Connected(moved) => Some(moved_row(of, moved)),
        _ => None,
    }
}

fn contrary(of: &Finding) -> Option<Vec<String>> {
    match &of.result {
        Verdict::Contrary(moved) => Some(moved_row(of, moved)),
        _ => None,
    }
}

fn unmoved(of: &Finding) -> Option<Vec<String>> {
    match &of.result {
        Verdict::Unmoved {
            nearest: Some(moved),
            ..
        } => Some(moved_row(of, moved)),
        Verdict::Unmoved { note: None, .. } => Some(named(of, vec![])),
        _ => None,
    }
}

fn noted(of: &Finding) -> Option<Vec<String>> {
    match &of.result {
        Verdict::Unmoved {
            note: Some(note), ..
        } => Some(named(
            of,
            vec![note.lines().next().unwrap_or_default().to_owned()],
        )),
        _ => None,
    }
}

fn explained(of: &Finding) -> Option<Vec<String>> {
    match &of.result {
        Verdict::Explained { reason } => Some(named(of, vec![(*reason).to_owned()])),
        _ => None,
    }
}

fn dead(of: &Finding) -> Option<Vec<String>> {
    matches!(of.result, Verdict::Dead).then(|| named(of, vec![with(of)]))
}

fn named(of: &Finding, more: Vec<String>) -> Vec<String> {
    let to = of.to.clone().unwrap_or_default();
    [vec![of.path.to_owned(), of.from.clone(), to], more].concat()
}

fn moved_row(of: &Finding, moved: &Moved) -> Vec<String> {
    let interval = moved.interval.map_or_else(String::new, |interval| {
        format!(
            "{} to {}",
            output::number(interval.low),
            output::number(interval.high)
        )
    });
    let measured = vec![
        moved.metric.to_owned(),
        declared(moved.declared),
        output::number(moved.before),
        output::number(moved.difference),
        interval,
        moved.seeds.to_string(),
        with(of),
    ];
    named(of, measured)
}

/// Which way the metric goes when the parameter is raised.
fn declared(direction: Direction) -> String {
    match direction {
        Direction::Up => "up".to_owned(),
        Direction::Down => "down".to_owned(),
        Direction::Either(_) => "either".to_owned(),
        Direction::Along(order) => order.join(" < "),
    }
}

/// What was switched on for it.
fn with(of: &Finding) -> String {
    let names = of.switched_on.join("; ");
    match of.is_switched_on || names.is_empty() {
        true => names,
        false => format!("nothing: no result here with {names}"),
    }
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
