//! What identifies a run: scenario, seed, version, digests, data.

use crate::kit::number;
use crate::review::Review;
use crate::table::{Cell, Table};

/// The table.
pub fn table(review: &Review) -> Table {
    let manifest = &review.run.manifest;
    let mut rows = vec![
        ["scenario".to_owned(), manifest.name.clone()],
        ["seed".to_owned(), manifest.seed.to_string()],
        [
            "version".to_owned(),
            format!("stakesim {}", manifest.version),
        ],
        ["horizon".to_owned(), manifest.horizon.clone()],
        ["epochs closed".to_owned(), manifest.epochs.to_string()],
        ["events".to_owned(), number::whole(manifest.events)],
        [
            "digest of scenario and data".to_owned(),
            manifest.scenario_digest.clone(),
        ],
        ["digest of all events".to_owned(), manifest.digest.clone()],
        [
            "digest of the final state".to_owned(),
            manifest.state_digest.clone(),
        ],
    ];
    for (path, data) in &manifest.data {
        rows.push([
            path.clone(),
            format!("{} rows, digest {}", number::whole(data.rows), data.digest),
        ]);
    }
    Table {
        caption: "What identifies this run",
        columns: vec!["what", "value"],
        rows: rows
            .into_iter()
            .map(|row| row.into_iter().map(Cell::text).collect())
            .collect(),
    }
}
