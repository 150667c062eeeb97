//! A watch for tests of sweeps, searches and cliffs: silent, counting, and stopping where a test wants it.

use std::sync::atomic::{AtomicUsize, Ordering};

use stakesim_experiment::sweep::{RunRecord, Watch};

/// More runs than any test makes.
pub const FOREVER: usize = usize::MAX;

/// Stops after so many runs.
pub struct After {
    most: usize,
    runs: AtomicUsize,
}

impl After {
    pub fn runs(most: usize) -> Self {
        let runs = AtomicUsize::new(0);
        Self { most, runs }
    }

    pub fn finished_runs(self) -> usize {
        self.runs.into_inner()
    }
}

impl Watch for After {
    fn begin(&self, _wanted: usize, _finished: usize) {}
    fn finished(&self, _run: &RunRecord) {
        self.runs.fetch_add(1, Ordering::SeqCst);
    }
    fn is_stopped(&self) -> bool {
        self.runs.load(Ordering::SeqCst) >= self.most
    }
}
