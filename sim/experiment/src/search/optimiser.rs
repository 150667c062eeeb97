//! The optimiser's side: which combinations to look at next. It knows places in lists of values, and neither parameters nor
//! runs.
//!
//! The work is `heuropt`'s NSGA-II (Deb et al. 2002) with simulated binary crossover and polynomial mutation: for one, two or
//! three objectives, with the rule that a feasible combination beats any that is not, and the same draws under the same seed.
//! With one objective it is an elitist genetic algorithm. Other crates with such an optimiser lack constraints, score one
//! combination at a time, or bring a library of linear algebra or C code. Its asynchronous form is used because there a whole
//! generation has been asked for before the first answer is needed: so a generation is one batch on our own pool of threads,
//! and a search that is stopped drops it.
//!
//! A gene is the middle of one of equal cells in 0 to 1, a cell for each value of a factor. Children are put back into the
//! middle of their cell at once, so the last bits of the platform's `powf` do not get into the next generation.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use heuropt::prelude::{
    CompositeVariation, Initializer, Nsga2, Nsga2Config, PolynomialMutation, Rng,
    SimulatedBinaryCrossover, Variation,
};

use super::batch::Batch;
use crate::sweep::latin_hypercube;

/// Distribution indices of crossover and mutation: Deb's for real numbers.
const CROSSOVER_ETA: f64 = 15.0;
const MUTATION_ETA: f64 = 20.0;
/// Chance of a factor to be crossed, as in Deb's.
const CROSSOVER_CHANCE: f64 = 0.5;

/// What is searched, as far as the optimiser cares.
#[derive(Clone, Debug)]
pub struct Space {
    /// Number of values of each factor, at least one.
    pub counts: Vec<usize>,
    /// Number of objectives.
    pub objectives: usize,
    /// Combinations of a generation.
    pub population: usize,
    /// Seed of the optimiser's own draws.
    pub seed: u64,
}

/// How good a combination is.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Objectives, less is better. Without meaning where there is an infinite violation.
    pub objectives: Vec<f64>,
    /// How far from feasible: zero where it is.
    pub violation: f64,
}

/// Scores of a generation, given each combination's place in every factor's list; nothing when the search is over.
pub type Rate<'a> = dyn FnMut(&[Vec<usize>]) -> Option<Vec<Score>> + 'a;

/// Asks for the scores of one generation after the other until there are none.
pub fn optimise(space: &Space, rate: &mut Rate<'_>) {
    let batch = Batch::new(space.objectives);
    let bounds = vec![(0.0, 1.0); space.counts.len()];
    let mutated = 1.0 / space.counts.len() as f64;
    let variation = CompositeVariation {
        crossover: SimulatedBinaryCrossover::new(bounds.clone(), CROSSOVER_ETA, CROSSOVER_CHANCE),
        mutation: PolynomialMutation::new(bounds, MUTATION_ETA, mutated),
    };
    let config = Nsga2Config {
        population_size: space.population,
        generations: usize::MAX,
        seed: space.seed,
    };
    let cells = Cells { space };
    let mut search = Nsga2::new(config, cells, Snapped { cells, variation });
    let mut generations = pin!(search.run_async(&batch, space.population));
    let mut context = Context::from_waker(Waker::noop());
    while generations.as_mut().poll(&mut context).is_pending() {
        let asked = batch.asked();
        let places: Vec<_> = asked.iter().map(|genes| cells.places(genes)).collect();
        let Some(scores) = rate(&places) else {
            return;
        };
        batch.answer(scores);
    }
}

/// The cells of the genes.
#[derive(Clone, Copy)]
struct Cells<'a> {
    space: &'a Space,
}

impl Cells<'_> {
    /// The cell of each gene.
    fn places(&self, genes: &[f64]) -> Vec<usize> {
        let place =
            |(gene, count): (&f64, &usize)| ((gene * *count as f64) as usize).min(count - 1);
        genes.iter().zip(&self.space.counts).map(place).collect()
    }

    /// The genes in the middle of their cells.
    fn snapped(&self, genes: &[f64]) -> Vec<f64> {
        let places = self.places(genes).into_iter();
        let middle = |(place, count): (usize, &usize)| (place as f64 + 0.5) / *count as f64;
        places.zip(&self.space.counts).map(middle).collect()
    }
}

impl Initializer<Vec<f64>> for Cells<'_> {
    /// A Latin hypercube: every factor's range is covered evenly from the first generation on.
    fn initialize(&mut self, size: usize, _rng: &mut Rng) -> Vec<Vec<f64>> {
        let (points, columns) = (size as u32, self.space.counts.len() as u32);
        let sample = latin_hypercube(points, columns, self.space.seed);
        sample.iter().map(|genes| self.snapped(genes)).collect()
    }
}

/// A variation whose children lie in the middle of their cells.
struct Snapped<'a, V> {
    cells: Cells<'a>,
    variation: V,
}

impl<V: Variation<Vec<f64>>> Variation<Vec<f64>> for Snapped<'_, V> {
    fn vary(&mut self, parents: &[Vec<f64>], rng: &mut Rng) -> Vec<Vec<f64>> {
        let children = self.variation.vary(parents, rng);
        children
            .iter()
            .map(|genes| self.cells.snapped(genes))
            .collect()
    }
}
