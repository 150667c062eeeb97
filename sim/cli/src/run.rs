//! `stakesim run`: a scenario to a folder of results.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use experiment::estimate::estimate;
use experiment::folder::{MANIFEST, ResultFolder};
use experiment::machine::available_memory;
use experiment::recording::{Failure, market_dry, record};
use experiment::results::RunResult;
use experiment::run::Audit;
use experiment::scenario::Scenario;
use experiment::tables::Tables;
use serde_json::json;
use units::{Bytes, Quantity};

use crate::error::Error;
use crate::options::{Form, ScenarioArgs, TableFormat, json as document};
use crate::progress::Watch;
use crate::{gates, interrupt, output};

/// Where results go unless `--out` says otherwise.
const RUNS: &str = "reports/runs";

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    /// Folder of results [default: reports/runs/NAME]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Form of the result on stdout
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
    /// When the protocol's invariants are recomputed
    #[arg(long, value_enum, default_value = "epoch")]
    audit: AuditAt,
    /// File format of the tables
    #[arg(long, value_enum, default_value = "parquet")]
    tables: TableFormat,
    /// Write every posting of the ledger too
    #[arg(long)]
    postings: bool,
    /// Refuse a scenario estimated to need more memory [default: what is available]
    #[arg(long, value_name = "SIZE", value_parser = parse_bytes)]
    memory_limit: Option<Bytes>,
    /// No progress bar
    #[arg(long)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AuditAt {
    Epoch,
    End,
}

fn parse_bytes(text: &str) -> Result<Bytes, String> {
    Bytes::parse(text).map_err(|error| format!("{error}; {}", error.hint()))
}

pub fn run(args: &Args) -> Result<(), Error> {
    let scenario = args.scenario.load()?;
    refuse_too_large(&scenario, args.memory_limit)?;
    let target = args
        .out
        .clone()
        .unwrap_or_else(|| Path::new(RUNS).join(&scenario.name));
    // Before anything stands on the disk that an interruption would have to clear away.
    interrupt::listen();
    let folder = ResultFolder::stage(&target).map_err(Error::output(&target))?;
    let result = simulate(args, &scenario, &folder, &target)?;
    let verdicts = gates::point_checks(&scenario, &result);
    report::render(&result, &verdicts, folder.path()).map_err(Error::output(&target))?;
    gates::write(&verdicts, folder.path()).map_err(Error::output(&target))?;
    let manifest = document(&result.manifest);
    fs::write(folder.path().join(MANIFEST), manifest).map_err(Error::output(&target))?;
    if interrupt::is_asked() {
        return Err(Error::Interrupted);
    }
    folder.commit().map_err(Error::output(&target))?;
    output::print(&match args.format {
        Form::Table => gates::table(&verdicts) + &as_table(&result, &target),
        Form::Json => document(&json!({
            "out": target, "manifest": result.manifest, "metrics": result.metrics, "gates": gates::json(&verdicts),
        })),
    })?;
    gates::judge(&verdicts)
}

fn refuse_too_large(scenario: &Scenario, limit: Option<Bytes>) -> Result<(), Error> {
    let Some(limit) = limit.or(available_memory().map(Bytes::new)) else {
        return Ok(());
    };
    estimate(&scenario.inputs).check(limit).map_err(|refusal| {
        Error::Input(format!(
            "{refusal}\n  hint: lower fleet.providers or horizon, or raise --memory-limit"
        ))
    })
}

/// Runs and writes the tables.
fn simulate(
    args: &Args,
    scenario: &Scenario,
    folder: &ResultFolder,
    target: &Path,
) -> Result<RunResult, Error> {
    let format = args.tables.format();
    let audit = match args.audit {
        AuditAt::Epoch => Audit::Epoch,
        AuditAt::End => Audit::End,
    };
    let mut tables =
        Tables::create(folder.path(), format, args.postings).map_err(Error::output(target))?;
    let watch = Watch::new(scenario.inputs.config.horizon, args.quiet);
    tell_of_bugs(format!(
        "stakesim run {} (seed {})",
        args.scenario.reproduce(),
        scenario.seed
    ));
    let result = record(scenario, audit, Some(&mut tables), &mut |now, events| {
        watch.tell(now, events)
    });
    let result = result.map_err(|failure| match failure {
        Failure::Interrupted => Error::Interrupted,
        Failure::Output(error) => Error::Output(target.to_path_buf(), error),
        Failure::MarketDry { epoch } => Error::Input(market_dry(epoch)),
        Failure::Broken { epoch, fault } => Error::Broken(format!(
            "an invariant broke at the close of epoch {epoch}: {fault}\n  this is a bug; it happens again with: stakesim run {} (seed {})",
            args.scenario.reproduce(),
            scenario.seed,
        )),
    })?;
    tables.finish(&result).map_err(Error::output(target))?;
    Ok(result)
}

/// A panic names the command that makes it happen again.
fn tell_of_bugs(command: String) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        before(panic);
        output::error(&format!("it happens again with: {command}"));
    }));
}

fn as_table(result: &RunResult, target: &Path) -> String {
    let row = |metric: &experiment::results::MetricValue| {
        vec![
            metric.name.to_owned(),
            output::number(metric.value),
            metric.unit.to_owned(),
        ]
    };
    let rows: Vec<_> = result.metrics.iter().map(row).collect();
    let mut text = output::table(&["metric", "value", "unit"], &rows, &[1]);
    let manifest = &result.manifest;
    text += &format!(
        "\n{}, seed {}: {} events in {:.1} s, digest {}\nreview: {}\n",
        manifest.name,
        manifest.seed,
        output::number(manifest.events as f64),
        manifest.wall_seconds,
        manifest.digest,
        target.join("index.html").display(),
    );
    text
}
