//! A cost file read into a job. Everything is checked before anything is worked out, and all faults are told at once.

use std::path::Path;

use toml_edit::TableLike;

use super::Job;
use crate::scenario::Faults;
use crate::sweep::{Reader, Section, read};

/// Keys of a cost file.
const KEYS: [&str; 10] = [
    "schema",
    "name",
    "workload",
    "training",
    "hardware",
    "islands",
    "local_sgd",
    "parallelism",
    "failures",
    "prices",
];

impl Job {
    /// Reads and checks a cost file.
    ///
    /// # Errors
    /// All faults of the file.
    pub fn load(path: &Path) -> Result<Self, Faults> {
        read(path, "cost", |reader, table| reader.job(table))
    }
}

impl Reader<'_> {
    fn job(&mut self, table: &dyn TableLike) -> Option<Job> {
        let top = &Section {
            table,
            name: "",
            line: 1,
        };
        let mut assumed = Vec::new();
        self.refuse_unknown(top, &KEYS);
        self.schema(top);
        let name = self.name(top);
        let workload = self.workload(top);
        let training = self.training(top);
        let islands = self.hardware(top, &mut assumed);
        let local_sgd = self.local_sgd(top, &mut assumed);
        let known = islands.as_deref().unwrap_or(&[]);
        let parallelism = self.parallelism(top, workload.as_ref(), training, known);
        let failures = self.failures(top, &mut assumed);
        let prices = self.prices(top, &mut assumed);
        Some(Job {
            name: name?,
            workload: workload?,
            training: training?,
            islands: islands?,
            local_sgd: local_sgd?,
            parallelism: parallelism?,
            failures: failures?,
            prices: prices?,
            assumed,
        })
    }
}
