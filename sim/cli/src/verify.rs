//! `stakesim verify`: runs a folder's scenario again and compares digests.

use std::fs;
use std::path::{Path, PathBuf};

use experiment::folder::MANIFEST;
use experiment::recording::{Failure, market_dry, record};
use experiment::results::{Manifest, RESULT_SCHEMA};
use experiment::run::Audit;
use experiment::scenario::{Overrides, Scenario, Start};

use crate::error::Error;
use crate::progress::Watch;
use crate::{interrupt, output};

#[derive(clap::Args)]
pub struct Args {
    /// Folder of results
    #[arg(value_name = "DIR")]
    results: PathBuf,
    /// No progress bar
    #[arg(long)]
    quiet: bool,
}

pub fn run(args: &Args) -> Result<(), Error> {
    let manifest = read(&args.results)?;
    let file = args.results.join(MANIFEST);
    let start = Start::Text(&file.to_string_lossy(), &manifest.scenario);
    let overrides = Overrides {
        set: Vec::new(),
        seed: Some(manifest.seed),
    };
    let scenario = Scenario::load(start, &overrides).map_err(Error::Scenario)?;
    if scenario.digest != manifest.scenario_digest {
        let message = format!(
            "{}: scenario and data have digest {}, the manifest says {}",
            args.results.display(),
            scenario.digest,
            manifest.scenario_digest
        );
        return Err(Error::No(format!(
            "{message}\n  hint: a data file changed, or run.json was edited"
        )));
    }
    interrupt::listen();
    let watch = Watch::new(scenario.inputs.config.horizon, args.quiet);
    let again = record(&scenario, Audit::End, None, &mut |now, events| {
        watch.tell(now, events)
    });
    let again = again.map_err(|failure| match failure {
        Failure::Interrupted => Error::Interrupted,
        Failure::Output(error) => Error::Output(args.results.clone(), error),
        Failure::MarketDry { epoch } => Error::Input(market_dry(epoch)),
        Failure::Broken { epoch, fault } => Error::Broken(format!(
            "an invariant broke at the close of epoch {epoch}: {fault}"
        )),
    })?;
    drop(watch);
    compare(&args.results, &manifest, &again.manifest)
}

fn read(results: &Path) -> Result<Manifest, Error> {
    let file = results.join(MANIFEST);
    let fault = |message: String| Error::Input(format!("{}: {message}", file.display()));
    let text =
        fs::read_to_string(&file).map_err(|error| fault(format!("cannot be read: {error}")))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| fault(format!("not a manifest: {error}")))?;
    if manifest.schema != RESULT_SCHEMA {
        let message = format!(
            "result schema {}, this version reads {RESULT_SCHEMA}",
            manifest.schema
        );
        return Err(fault(message));
    }
    Ok(manifest)
}

fn compare(results: &Path, old: &Manifest, new: &Manifest) -> Result<(), Error> {
    let compared = [
        ("digest", &old.digest, &new.digest),
        ("state_digest", &old.state_digest, &new.state_digest),
        ("events", &old.events.to_string(), &new.events.to_string()),
    ];
    let differs: Vec<_> = compared
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .collect();
    if differs.is_empty() {
        return output::print(&format!(
            "{}: verified, digest {}\n",
            results.display(),
            new.digest
        ));
    }
    let mut message = format!(
        "{}: the same scenario and seed give another run",
        results.display()
    );
    for (name, old, new) in differs {
        message += &format!("\n  {name}: {old} then, {new} now");
    }
    if old.version != new.version {
        message += &format!(
            "\n  hint: it was written by version {}, this is {}",
            old.version, new.version
        );
    }
    Err(Error::No(message))
}
