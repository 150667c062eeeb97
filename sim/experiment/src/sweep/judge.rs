//! A sweep's gates, each read at every point that it asks for, and all judged together.

use std::collections::BTreeMap;
use std::path::Path;

use super::outcome::Outcome;
use super::stored::Stored;
use crate::gates::{Reading, Ruling, rule_readings};

/// The rulings of a sweep, gates first, then points.
///
/// # Errors
/// What is wrong with a result that a relative gate is held against: it cannot be read, or lacks a point, a seed or a metric.
pub fn judge(outcome: &Outcome) -> Result<Vec<Ruling>, String> {
    let plan = &outcome.plan;
    let mut others: BTreeMap<&str, Stored> = BTreeMap::new();
    for gate in &plan.gates {
        if let Some(relative) = &gate.relative
            && !others.contains_key(&*relative.baseline)
        {
            let folder = Path::new(&gate.file)
                .parent()
                .unwrap_or(Path::new(""))
                .join(&relative.baseline);
            others.insert(&relative.baseline, Stored::read(&folder)?);
        }
    }
    let mut readings = Vec::new();
    for gate in &plan.gates {
        for point in plan
            .points
            .iter()
            .filter(|point| gate.is_read_at(&point.settings))
        {
            let seeds: Vec<u64> = outcome
                .runs_of(point.index)
                .iter()
                .map(|run| run.seed)
                .collect();
            let baseline = match &gate.relative {
                None => Vec::new(),
                Some(relative) => {
                    let other = &others[&*relative.baseline];
                    let there = other.point_with(&point.settings);
                    let there = there.ok_or_else(|| {
                        format!(
                            "{}: it has no point like {:?}",
                            relative.baseline, point.settings
                        )
                    })?;
                    other.paired(there, gate.metric, &seeds)?
                }
            };
            readings.push(Reading {
                gate,
                point: Some(point.index as usize),
                values: outcome.values(point.index, gate.metric),
                baseline,
            });
        }
    }
    Ok(rule_readings(&readings, plan.confidence))
}
