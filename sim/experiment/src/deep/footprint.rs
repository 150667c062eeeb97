//! Everything that a run tells, down to one number: two runs with the same footprint told the same rows of every table, jobs
//! and postings included, and had the same events of every class.
//!
//! The run's own digest would not do: it covers the protocol's state, of which the parameters are a part, and so differs
//! even where a parameter does nothing.

use std::io;
use std::ops::ControlFlow;

use engine::Digest;
use world::rows::{JobRow, PostingRow};
use world::table::{Column, Row};

use crate::data::digest_of;
use crate::recorder::Stream;
use crate::recording::{Failure, record};
use crate::results::RunResult;
use crate::run::Audit;
use crate::scenario::Scenario;

/// What is kept of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Footprint {
    /// Digest of all rows and of the counts of events.
    pub digest: u64,
    /// Value of every metric, in the order of the registry.
    pub metrics: Vec<f64>,
}

/// Runs a scenario for its footprint. `is_stopped` is asked at each epoch boundary.
///
/// # Errors
/// See [`Failure`].
pub fn footprint(scenario: &Scenario, is_stopped: &dyn Fn() -> bool) -> Result<Footprint, Failure> {
    let mut rows = Rows(Digest::new());
    let mut go_on = |_, _| match is_stopped() {
        true => ControlFlow::Break(()),
        false => ControlFlow::Continue(()),
    };
    let run = record(scenario, Audit::End, Some(&mut rows), &mut go_on)?;
    let mut digest = rows.0;
    kept_tables(&mut digest, &run);
    for count in run.manifest.events_by_class.values() {
        digest.mix(*count);
    }
    Ok(Footprint {
        digest: digest.value(),
        metrics: run.metrics.iter().map(|of| of.value).collect(),
    })
}

/// Jobs and postings, digested as they stream by.
struct Rows(Digest);

impl Stream for Rows {
    fn wants_postings(&self) -> bool {
        true
    }

    fn jobs(&mut self, rows: &[JobRow]) -> io::Result<()> {
        mix(&mut self.0, rows);
        Ok(())
    }

    fn postings(&mut self, rows: &[PostingRow]) -> io::Result<()> {
        mix(&mut self.0, rows);
        Ok(())
    }
}

fn kept_tables(digest: &mut Digest, run: &RunResult) {
    mix(digest, &run.epochs);
    mix(digest, &run.kinds);
    mix(digest, &run.providers);
    mix(digest, &run.violations);
    mix(digest, &run.standings);
    mix(digest, &run.contributions);
    mix(digest, &run.proposals);
    mix(digest, &run.roles);
    mix(digest, &run.verdicts);
}

fn mix<R: Row>(digest: &mut Digest, rows: &[R]) {
    digest.mix(rows.len() as u64);
    let mut all = |words: &mut dyn Iterator<Item = u64>| words.for_each(|word| digest.mix(word));
    for column in R::columns(rows) {
        match column {
            Column::U32(values) => all(&mut values.into_iter().map(u64::from)),
            Column::U64(values) => all(&mut values.into_iter()),
            Column::F64(values) => all(&mut values.into_iter().map(f64::to_bits)),
            Column::Bool(values) => all(&mut values.into_iter().map(u64::from)),
            Column::Text(values) => all(&mut values.iter().map(|text| digest_of(text.as_bytes()))),
            Column::MaybeU32(values) => {
                all(&mut values
                    .into_iter()
                    .map(|value| value.map_or(u64::MAX, u64::from)));
            }
            Column::MaybeF64(values) => {
                all(&mut values
                    .into_iter()
                    .map(|value| value.map_or(u64::MAX, f64::to_bits)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest_of_rows(rows: &[PostingRow]) -> u64 {
        let mut digest = Digest::new();
        mix(&mut digest, rows);
        digest.value()
    }

    #[test]
    fn every_cell_counts() {
        let row = PostingRow {
            epoch: 0,
            tick_s: 0,
            cause: 0,
            asset: "native",
            from: "treasury",
            from_id: 0,
            to: "platform",
            to_id: 0,
            amount_base_units: 1,
            reason: "trade",
        };
        let others = [
            PostingRow {
                to: "market",
                ..row.clone()
            },
            PostingRow {
                amount_base_units: 2,
                ..row.clone()
            },
            PostingRow {
                from_id: 1,
                ..row.clone()
            },
        ];
        let known = digest_of_rows(std::slice::from_ref(&row));
        assert_eq!(known, digest_of_rows(std::slice::from_ref(&row)));
        for other in others {
            assert_ne!(digest_of_rows(&[other]), known);
        }
    }
}
