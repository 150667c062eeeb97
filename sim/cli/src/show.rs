//! `stakesim show`: the effective scenario, what a folder of results holds, all parameters, all metrics, the
//! networks that have a preset.

use std::fs;
use std::path::{Path, PathBuf};

use experiment::folder::MANIFEST;
use experiment::results::Better;
use experiment::{metrics, networks, parameters, tables};

use crate::error::Error;
use crate::options::OverrideArgs;
use crate::output;

/// Rows of a table that are shown.
const ROWS: usize = 10;

#[derive(clap::Args)]
pub struct Args {
    /// A scenario file, a folder of results, or one of: parameters, metrics, networks
    #[arg(value_name = "FILE|DIR|parameters|metrics|networks")]
    what: PathBuf,
    /// Table of a folder of results
    table: Option<String>,
    #[command(flatten)]
    overrides: OverrideArgs,
}

pub fn run(args: &Args) -> Result<(), Error> {
    let text = match (args.what.to_str(), &args.table) {
        (Some("parameters"), None) => all_parameters(),
        (Some("metrics"), None) => all_metrics(),
        (Some("networks"), None) => all_networks(),
        (_, None) if args.what.is_dir() => folder(&args.what)?,
        (_, Some(name)) => table(&args.what, name)?,
        (_, None) => args.overrides.load(&args.what)?.to_toml(),
    };
    output::print(&text)
}

fn all_parameters() -> String {
    let row = |parameter: &parameters::Parameter| {
        let kind = parameter.access.type_name();
        let legal = parameter.legal().unwrap_or_default();
        let live = if parameter.is_live { "live" } else { "" };
        [
            parameter.path,
            kind,
            parameter.default,
            &legal,
            live,
            parameter.source,
            parameter.meaning,
        ]
        .map(str::to_owned)
        .to_vec()
    };
    let rows: Vec<_> = parameters::all().iter().map(row).collect();
    output::table(
        &[
            "path", "type", "default", "legal", "live", "source", "meaning",
        ],
        &rows,
        &[],
    )
}

fn all_metrics() -> String {
    let row = |metric: &metrics::Metric| {
        let better = match metric.better {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "",
        };
        [metric.name, metric.unit, better, metric.doc]
            .map(str::to_owned)
            .to_vec()
    };
    let rows: Vec<_> = metrics::all().iter().map(row).collect();
    output::table(&["metric", "unit", "better", "meaning"], &rows, &[])
}

fn all_networks() -> String {
    let part = |title: &str, texts: &[String]| format!("  {title}: {}\n", texts.join("; "));
    let network = |network: networks::Network| {
        format!("{} ({}): {}\n", network.name, network.id, network.preset)
            + &part("reproduced", &network.reproduced)
            + &part("not reproduced", &network.not_reproduced)
            + &part("sources", &network.sources)
    };
    networks::all()
        .into_iter()
        .map(network)
        .collect::<Vec<_>>()
        .join("\n")
}

fn folder(results: &Path) -> Result<String, Error> {
    let fault = |error: std::io::Error| Error::Input(format!("{}: {error}", results.display()));
    if !results.join(MANIFEST).is_file() {
        return Err(Error::Input(format!(
            "{} is not a folder of results: it has no {MANIFEST}",
            results.display()
        )));
    }
    let mut rows = Vec::new();
    for name in tables::names(results).map_err(fault)? {
        let preview = tables::preview(results, &name, 0).map_err(fault)?;
        rows.push(vec![
            name,
            preview.total.to_string(),
            preview.columns.len().to_string(),
        ]);
    }
    let summary = fs::read_to_string(results.join("summary.md")).map_err(fault)?;
    Ok(format!(
        "{}\n{}",
        summary.trim_end(),
        output::table(&["table", "rows", "columns"], &rows, &[1, 2])
    ))
}

fn table(results: &Path, name: &str) -> Result<String, Error> {
    let preview = tables::preview(results, name, ROWS).map_err(|error| {
        let known = tables::names(results).unwrap_or_default();
        let near = parameters::nearest(name, known.iter().map(String::as_str));
        let hint = match near {
            Some(near) => format!("did you mean {near}?"),
            None => format!("tables there: {}", known.join(", ")),
        };
        Error::Input(format!(
            "{} has no readable table {name}: {error}\n  hint: {hint}",
            results.display()
        ))
    })?;
    let columns: Vec<&str> = preview.columns.iter().map(String::as_str).collect();
    let shown = preview.rows.len();
    let mut text = output::table(&columns, &preview.rows, &[]);
    if shown < preview.total {
        text += &format!("... {shown} of {} rows\n", preview.total);
    }
    Ok(text)
}
