//! `stakesim check`: tells all faults of a scenario at once, and with `--deep` which of its parameters are not connected.

mod deep;

use experiment::estimate::estimate;
use experiment::scenario::Scenario;
use serde_json::json;

use crate::error::Error;
use crate::options::{Form, ScenarioArgs, json as document};
use crate::output;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    scenario: ScenarioArgs,
    #[command(flatten)]
    deep: deep::DeepArgs,
    /// Form of the result on stdout
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

pub fn run(args: &Args) -> Result<(), Error> {
    if args.deep.deep {
        return deep::run(&args.scenario, &args.deep, args.format);
    }
    let checked = args.scenario.load();
    if args.format == Form::Json {
        output::print(&document(&match &checked {
            Ok(scenario) => json!({
                "ok": true, "name": scenario.name, "seed": scenario.seed, "digest": scenario.digest,
                "changed": scenario.changed, "data": scenario.data, "estimate": estimate(&scenario.inputs), "faults": [],
            }),
            Err(Error::Scenario(faults)) => json!({ "ok": false, "faults": faults }),
            Err(error) => json!({ "ok": false, "error": error.to_string() }),
        }))?;
    }
    let scenario = checked?;
    if args.format == Form::Table {
        output::print(&as_text(&scenario))
    } else {
        Ok(())
    }
}

fn as_text(scenario: &Scenario) -> String {
    let size = estimate(&scenario.inputs);
    let mut text = format!(
        "{}: ok, scenario digest {}\nabout {} events, {} job rows, {} MiB of memory\n",
        scenario.name,
        scenario.digest,
        output::number(size.events as f64),
        output::number(size.job_rows as f64),
        size.memory_bytes >> 20,
    );
    if !scenario.changed.is_empty() {
        let row = |changed: &experiment::results::Changed| {
            vec![
                changed.path.clone(),
                changed.baseline.clone(),
                changed.value.clone(),
            ]
        };
        let rows: Vec<_> = scenario.changed.iter().map(row).collect();
        text += "\n";
        text += &output::table(&["changed", "baseline", "value"], &rows, &[1, 2]);
    }
    text
}
