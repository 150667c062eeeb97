//! A run of a seed, and how a difference is told: by the few steps that still show it.

use stakesim_protocol::{Kind, Params, Tick};

use super::compare::{Pair, Step};
use super::coverage::Coverage;
use super::generate::{Generator, PEOPLE, genesis};
use super::parameters;
use super::random::Random;

/// Operations in each epoch.
pub const OPERATIONS: u32 = 100;

/// A seed's network, and what has been done to it.
pub struct Run {
    pub params: Params,
    pub kinds: Vec<Kind>,
    pub pair: Pair,
    pub steps: Vec<Step>,
}

impl Run {
    pub fn new(random: &mut Random) -> Run {
        let params = parameters::params(random);
        let kinds = parameters::kinds(random, 6);
        Run::of(params, kinds)
    }

    pub fn of(params: Params, kinds: Vec<Kind>) -> Run {
        let pair = Pair::new(&params, &kinds, parameters::GROUPS, PEOPLE);
        Run {
            params,
            kinds,
            pair,
            steps: Vec::new(),
        }
    }

    pub fn take(&mut self, step: Step) -> Result<(), String> {
        self.steps.push(step);
        self.pair.take(&step)
    }

    pub fn play(&mut self, random: Random, epochs: u32) -> Result<(), String> {
        let mut generator = Generator::new(random);
        for operation in genesis(&self.pair.oracle) {
            self.take(Step::Do(Tick(0), operation))?;
        }
        for _ in 0..epochs {
            for _ in 0..OPERATIONS {
                let step = generator.operation(&self.pair.oracle);
                self.take(step)?;
            }
            let before = self.pair.oracle.epoch;
            while self.pair.oracle.epoch == before {
                let step = generator.close(&self.pair.oracle);
                self.take(step)?;
            }
        }
        Ok(())
    }

    /// How some steps alone fare, on a network of their own: the step at which they part, and how.
    pub fn replay(&self, steps: &[Step]) -> Option<(usize, String)> {
        let mut pair = Pair::new(&self.params, &self.kinds, parameters::GROUPS, PEOPLE);
        let part = |(place, step)| pair.take(step).err().map(|fault| (place, fault));
        steps.iter().enumerate().find_map(part)
    }

    /// Leaves out ever smaller runs of steps for as long as some difference stays.
    pub fn shrunk(&self) -> (Vec<Step>, String) {
        let mut steps = self.steps.clone();
        let mut fault = String::new();
        let mut size = steps.len() / 2;
        let mut replays = 2_000_000 / (steps.len() + 1_000);
        while size > 0 && replays > 0 {
            let mut at = 0;
            while at < steps.len() && replays > 0 {
                replays -= 1;
                let mut fewer = steps.clone();
                fewer.drain(at..(at + size).min(steps.len()));
                match self.replay(&fewer) {
                    Some((place, how)) => {
                        fewer.truncate(place + 1);
                        (steps, fault) = (fewer, how);
                    }
                    None => at += size,
                }
            }
            size /= 2;
        }
        (steps, fault)
    }
}

/// Runs a seed; a difference is told with the few steps that show it.
pub fn seed(seed: u64, epochs: u32) -> Coverage {
    let mut random = Random::new(seed);
    let mut run = Run::new(&mut random);
    if let Err(fault) = run.play(random, epochs) {
        let count = run.steps.len();
        let (steps, shown) = run.shrunk();
        let steps: Vec<String> = steps.iter().map(|step| format!("{step:?}")).collect();
        panic!(
            "seed {seed}, step {count}, {:?}: {fault}\nIn short: {shown}\n{}\n{:?}\n{:?}",
            run.steps[count - 1],
            steps.join("\n"),
            run.params,
            run.kinds,
        );
    }
    run.pair.coverage
}
