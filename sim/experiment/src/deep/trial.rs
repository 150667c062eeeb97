//! One side of a comparison: a scenario, and its runs under as many seeds as were asked for so far.

use std::collections::BTreeMap;

use super::footprint::{Footprint, footprint};
use crate::estimate::estimate;
use crate::recording::Failure;
use crate::scenario::Scenario;

/// A scenario and its runs.
pub struct Trial {
    scenario: Scenario,
    runs: Vec<Footprint>,
    dry: Option<u32>,
}

impl Trial {
    /// Nothing run yet.
    pub fn new(scenario: Scenario) -> Self {
        Self {
            scenario,
            runs: Vec::new(),
            dry: None,
        }
    }

    /// Canonical texts of all its values by path.
    pub fn effective(&self) -> &BTreeMap<String, String> {
        &self.scenario.effective
    }

    /// Events that a run is expected to have.
    pub fn events(&self) -> u64 {
        estimate(&self.scenario.inputs).events
    }

    /// Its runs under these seeds, which begin with those of before; nothing where the market runs dry under one of them.
    ///
    /// # Errors
    /// Any other failure.
    pub fn under(
        &mut self,
        seeds: &[u64],
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<Option<&[Footprint]>, Failure> {
        while self.dry.is_none() && self.runs.len() < seeds.len() {
            self.scenario.seed = seeds[self.runs.len()];
            match footprint(&self.scenario, is_stopped) {
                Ok(run) => self.runs.push(run),
                Err(Failure::MarketDry { epoch }) => self.dry = Some(epoch),
                Err(failure) => return Err(failure),
            }
        }
        Ok(self.runs.get(..seeds.len()))
    }

    /// The epoch in which the market ran dry, where it did.
    pub fn dry(&self) -> Option<u32> {
        self.dry
    }
}
