//! `stakesim cost`: what a training job costs, from a file of workload, hardware and parallelism.

mod fit;

use std::fs;
use std::path::{Path, PathBuf};

use experiment::cost::{Answer, COST, Group, Job, LayoutUsed, StepTimes};
use experiment::folder::ResultFolder;

use crate::error::Error;
use crate::options::{Form, json};
use crate::output::{self, number};

#[derive(clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = "Exit code 0: the job fits the memory of its GPUs. 1: it does not, or no layout does."
)]
pub struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// Cost file
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// Folder for the document and its chart
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Form of the result on stdout
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Fit the model's constants to published measurements
    Fit(fit::Args),
}

pub fn run(args: &Args) -> Result<(), Error> {
    if let Some(Command::Fit(args)) = &args.command {
        return fit::run(args);
    }
    let file = args.file.as_deref().unwrap_or(Path::new(""));
    let job = Job::load(file).map_err(Error::Scenario)?;
    let answer = job
        .answer()
        .map_err(|misfit| Error::No(misfit.to_string()))?;
    if let Some(target) = &args.out {
        write(&answer, target)?;
    }
    output::print(&match args.format {
        Form::Table => as_table(&answer, args.out.as_deref()),
        Form::Json => json(&answer),
    })?;
    match answer.fits {
        true => Ok(()),
        false => Err(Error::No(
            "it does not fit the memory of its GPUs".to_owned(),
        )),
    }
}

fn write(answer: &Answer, target: &Path) -> Result<(), Error> {
    let folder = ResultFolder::stage(target).map_err(Error::output(target))?;
    let document = folder.path().join(COST);
    fs::write(&document, json(answer)).map_err(Error::output(target))?;
    report::render_cost(answer, folder.path()).map_err(Error::output(target))?;
    folder.commit().map_err(Error::output(target))
}

fn as_table(answer: &Answer, target: Option<&Path>) -> String {
    let mut text = format!(
        "{}: {}, {} B parameters, {} B training tokens, {} GPUs\n",
        answer.name,
        answer.workload,
        number(answer.params as f64 / 1e9),
        number(answer.training_tokens as f64 / 1e9),
        answer.gpus,
    );
    for group in &answer.groups {
        text += &group_lines(group);
    }
    text += "\n";
    text += &output::table(&["job", "", ""], &job_rows(answer), &[1]);
    if !answer.assumed.is_empty() {
        let row = |it: &experiment::cost::Assumed| {
            vec![it.key.clone(), it.value.clone(), it.source.clone()]
        };
        let rows: Vec<_> = answer.assumed.iter().map(row).collect();
        text += "\n";
        text += &output::table(&["left out, assumed", "value", "source"], &rows, &[]);
    }
    if let Some(target) = target {
        text += &format!(
            "\nchart: {}\n",
            target.join("plots/breakdown.svg").display()
        );
    }
    text
}

fn group_lines(group: &Group) -> String {
    let many = match group.count {
        1 => String::new(),
        count => format!("{count} islands of "),
    };
    let unused = u64::from(group.gpus_held) - group.gpus;
    let unused = match unused {
        0 => String::new(),
        unused => format!(" ({unused} more stay unused)"),
    };
    let mut text = format!(
        "\n{many}{} {}{unused}, {} sequences a step\n{}\n\n",
        group.gpus,
        group.gpu,
        group.batch,
        layout_words(&group.layout)
    );
    text += &output::table(&["step", "s", "share"], &step_rows(&group.step), &[1, 2]);
    let gb = |bytes: u64| number(bytes as f64 / 1e9);
    let memory = &group.memory;
    text += &format!(
        "\nmemory of the fullest GPU: states {} GB + activations {} GB of {} GB: {}\n",
        gb(memory.states_bytes),
        gb(memory.activations_bytes),
        gb(memory.device_bytes),
        if memory.fits {
            "fits"
        } else {
            "does not fit (a tenth is kept free)"
        }
    );
    if group.candidates.len() > 1 {
        let rows: Vec<_> = group
            .candidates
            .iter()
            .map(|it| {
                let [step_s, mfu] = [number(it.step.total_s), percent(it.step.mfu)];
                vec![layout_words(&it.layout), step_s, mfu]
            })
            .collect();
        text += "\n";
        text += &output::table(
            &["fastest layouts that fit", "step s", "MFU"],
            &rows,
            &[1, 2],
        );
    }
    text
}

fn step_rows(step: &StepTimes) -> Vec<Vec<String>> {
    let row = |(name, seconds): (&str, f64)| {
        vec![
            name.to_owned(),
            number(seconds),
            percent(seconds / step.total_s),
        ]
    };
    let mut rows: Vec<_> = step.parts().into_iter().map(row).collect();
    rows.push(row(("total", step.total_s)));
    rows
}

fn job_rows(answer: &Answer) -> Vec<Vec<String>> {
    let row = |name: &str, value: String, unit: &str| vec![name.to_owned(), value, unit.to_owned()];
    let mut rows = vec![
        row("tokens/s", number(answer.tokens_per_s), ""),
        row("MFU", percent(answer.mfu), ""),
        row("HFU", percent(answer.hfu), ""),
    ];
    if let Some(round) = &answer.round {
        let islands = format!("of {} islands", round.islands);
        rows.extend([
            row("round", number(round.total_s), "s"),
            row("inner steps", number(round.inner_s), "s"),
            row("exchange", number(round.sync_s), "s"),
            row("payload", number(round.payload_bytes as f64 / 1e9), "GB"),
            row("time trained", percent(round.utilisation), &islands),
        ]);
    }
    let checkpoint = &answer.checkpoint;
    let hours = |seconds: f64| number(seconds / 3600.0);
    rows.push(row("between failures", hours(checkpoint.mtbf_s), "h"));
    if answer.round.is_none() {
        let size = number(checkpoint.size_bytes as f64 / 1e9);
        rows.extend([
            row("checkpoint", size, "GB"),
            row("checkpoint every", hours(checkpoint.interval_s), "h"),
        ]);
    }
    rows.extend([
        row(
            "effective time",
            percent(checkpoint.effective_time_ratio),
            "",
        ),
        row("duration", number(answer.days), "d"),
        row("held", number(answer.gpu_hours), "GPU-h"),
        row("energy", number(answer.energy_kwh), "kWh"),
    ]);
    if let Some(rent) = answer.money.rent_usd {
        rows.push(row("rented", number(rent), "USD"));
    }
    if let Some(owned) = &answer.money.owned {
        let parts = format!(
            "USD ({} capital, {} energy)",
            number(owned.capital_usd),
            number(owned.energy_usd)
        );
        rows.push(row("owned", number(owned.total_usd), &parts));
    }
    rows
}

fn layout_words(layout: &LayoutUsed) -> String {
    let mut text = format!(
        "tensor {}, pipeline {}, data {}, micro-batch {}",
        layout.tensor, layout.pipeline, layout.data, layout.micro_batch
    );
    if layout.interleave > 1 {
        text += &format!(", {} chunks", layout.interleave);
    }
    text += &format!(", recompute {}", layout.recompute);
    if layout.sequence_parallel {
        text += ", sequence parallel";
    }
    if layout.zero > 0 {
        text += &format!(", ZeRO {}", layout.zero);
    }
    text
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
