//! One run of a sweep: a point and the number of a replication to a record. At equal emission it takes several runs to know which.

use std::ops::ControlFlow;

use super::journal::RunRecord;
use super::normalise::{Approach, Basis, EMISSION, PRICE_START};
use super::runner::{Stop, Watch};
use super::{Plan, Point};
use crate::metrics;
use crate::recording::{Failure, record};
use crate::run::Audit;
use crate::scenario::Scenario;

/// A point and the number of a replication.
pub type Task<'a> = (&'a Point, u32);

/// The scenario of a point, kept for its next replication.
pub type Last = Option<(u32, Scenario)>;

/// Carries out a task. `first` is the run of the same seed at equal market value, where this one is at equal emission and the
/// other is known already: it saves a run and changes nothing.
pub fn carry_out_task(
    plan: &Plan,
    task: Task<'_>,
    last: &mut Last,
    first: Option<&RunRecord>,
    watch: &dyn Watch,
) -> Result<RunRecord, Stop> {
    if watch.is_stopped() {
        return Err(Stop::Interrupted);
    }
    let (point, _) = task;
    if point.basis() == Some(Basis::Emission) {
        return at_equal_emission(plan, task, first, watch);
    }
    let scenario = match last {
        Some((index, scenario)) if *index == point.index => scenario,
        _ => {
            let scenario = plan.scenario_at(point).map_err(Stop::Faults)?;
            &mut last.insert((point.index, scenario)).1
        }
    };
    run(plan, task, scenario, watch)
}

fn at_equal_emission(
    plan: &Plan,
    task: Task<'_>,
    first: Option<&RunRecord>,
    watch: &dyn Watch,
) -> Result<RunRecord, Stop> {
    let (point, replication) = task;
    let names = plan.metric_names();
    let value = |run: &RunRecord, metric: &str| {
        let at = names.iter().position(|name| *name == metric);
        run.values[at.expect("a sweep that normalises keeps it")]
    };
    let normalise = plan.normalise.as_ref();
    let target = normalise.expect("a point has a basis").emission;
    let first = match first {
        Some(run) => run.clone(),
        None => {
            let mut scenario = plan.scenario_at(point).map_err(Stop::Faults)?;
            run(plan, task, &mut scenario, watch)?
        }
    };
    let mut approach = Approach::new(target, value(&first, PRICE_START), value(&first, EMISSION));
    let mut runs = vec![first];
    while let Some(price) = approach.next() {
        let mut scenario = plan
            .scenario_priced(&point.settings, Some(price))
            .map_err(Stop::Faults)?;
        match run(plan, task, &mut scenario, watch) {
            Ok(run) => {
                approach.ran(price, value(&run, EMISSION));
                runs.push(run);
            }
            Err(Stop::Run {
                failure: Failure::MarketDry { .. },
                ..
            }) => approach.ran_dry(price),
            Err(stop) => return Err(stop),
        }
    }
    Ok(RunRecord {
        point: point.index,
        replication,
        ..runs.swap_remove(approach.closest())
    })
}

fn run(
    plan: &Plan,
    (point, replication): Task<'_>,
    scenario: &mut Scenario,
    watch: &dyn Watch,
) -> Result<RunRecord, Stop> {
    let seed = plan.seed(point, replication);
    scenario.seed = seed;
    let mut go_on = |_, _| match watch.is_stopped() {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    let result =
        record(scenario, Audit::Epoch, None, &mut go_on).map_err(|failure| match failure {
            Failure::Interrupted => Stop::Interrupted,
            failure => Stop::Run {
                settings: point.written(),
                seed,
                failure,
            },
        })?;
    let all = metrics::all();
    let kept = plan.metric_names();
    let values = all
        .iter()
        .zip(&result.metrics)
        .filter(|(metric, _)| kept.contains(&metric.name))
        .map(|(_, of)| of.value);
    Ok(RunRecord {
        point: point.index,
        replication,
        seed,
        digest: result.manifest.digest.clone(),
        events: result.manifest.events,
        values: values.collect(),
    })
}
