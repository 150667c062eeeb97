//! Points side by side that were made equal twice, in market value and in emission: what each question's metrics say of them,
//! who ranks where, and which pairs change places between the two. Only sweeps that normalise have this part.

pub mod dots;
pub mod tables;

use std::cmp::Ordering;

use experiment::results::Better;
use experiment::statistics::{PairedDifference, paired_difference};
use experiment::sweep::Basis;

use super::shown::Shown;
use super::study::{Estimate, Study};

/// A question with the metrics that answer it.
pub struct Question {
    /// Heading.
    pub title: &'static str,
    /// Stem of its chart's file name.
    pub stem: &'static str,
    metrics: &'static [&'static str],
}

/// The questions, in the order of the review.
pub const QUESTIONS: [Question; 6] = [
    Question {
        title: "What does useful work cost in emission?",
        stem: "emission",
        metrics: &["emission.usd_per_gpu_h"],
    },
    Question {
        title: "What do providers earn, and how unequally within a class?",
        stem: "returns",
        metrics: &[
            "providers.return_median",
            "return_median.individual",
            "return_deviation.individual",
            "return_median.edge",
            "return_deviation.edge",
            "return_median.datacentre",
            "return_deviation.datacentre",
        ],
    },
    Question {
        title: "What does it cost to corrupt a third of the network?",
        stem: "corruption",
        metrics: &[
            "corruption.cost",
            "corruption.slashable",
            "corruption.payback",
            "corruption.stake_cost",
        ],
    },
    Question {
        title: "What do honest providers lose to slashing?",
        stem: "honest-slashes",
        metrics: &["slashes.honest_share_of_bonds"],
    },
    Question {
        title: "How concentrated are rewards and weight?",
        stem: "concentration",
        metrics: &["gini.rewards", "hhi.capacity", "corruption.providers"],
    },
    Question {
        title: "Can it go on?",
        stem: "sustainability",
        metrics: &["fee_to_emission", "treasury.growth", "treasury.runway"],
    },
];

/// A point under both bases.
pub struct Twin {
    /// Its name.
    pub name: String,
    /// Its places in the design: at equal market value, at equal emission.
    pub points: [u32; 2],
}

/// One point in a metric.
pub struct Standing {
    /// The point.
    pub name: String,
    /// Its mean on each basis.
    pub on: [Estimate; 2],
    /// Its rank on each basis, from 1 for the best; equal means share one. Nothing without a value.
    pub rank: [Option<usize>; 2],
}

/// A pair that changes places.
pub struct Reversal {
    /// Who ranks higher at equal market value, and who at equal emission.
    pub ahead: [String; 2],
    /// The former less the latter, seed by seed, on each basis.
    pub difference: [PairedDifference; 2],
}

impl Reversal {
    /// On how many of the two bases the interval of the difference leaves zero out.
    pub fn clear(&self) -> usize {
        let is_clear = |of: &&PairedDifference| {
            let leaves_out = |low: f64, high: f64| low > 0.0 || high < 0.0;
            of.interval.is_some_and(|of| leaves_out(of.low, of.high))
        };
        self.difference.iter().filter(is_clear).count()
    }
}

/// A metric over all points.
pub struct Contest {
    /// The metric.
    pub shown: Shown,
    /// The points in the order of the design.
    pub standings: Vec<Standing>,
    /// The pairs that change places, those clear of noise first.
    pub reversals: Vec<Reversal>,
}

/// All points with their twins; none where the sweep does not normalise.
pub fn twins(study: &Study) -> Vec<Twin> {
    let plan = &study.outcome.plan;
    let at_emission = |point| Some((plan.at_market_value(point)?, point));
    let pairs = plan.points.iter().filter_map(at_emission);
    let twin = |(first, second): (&experiment::sweep::Point, &experiment::sweep::Point)| Twin {
        name: first.name().unwrap_or_default().to_owned(),
        points: [first.index, second.index],
    };
    pairs.map(twin).collect()
}

/// The metrics of a question that the sweep kept.
pub fn contests(study: &Study, question: &Question) -> Vec<Contest> {
    let twins = twins(study);
    let kept = |name: &&str| study.kept.iter().find(|shown| shown.metric.name == *name);
    let metrics = question.metrics.iter().filter_map(kept);
    metrics
        .map(|shown| contest(study, *shown, &twins))
        .collect()
}

fn contest(study: &Study, shown: Shown, twins: &[Twin]) -> Contest {
    let on = |twin: &Twin| twin.points.map(|point| study.estimate(&[point], &shown));
    let estimates: Vec<[Estimate; 2]> = twins.iter().map(on).collect();
    let rank = |at: usize, basis: usize| {
        let mean = estimates[at][basis].mean;
        let is_ahead =
            |other: &&[Estimate; 2]| better(&shown, other[basis].mean, mean) == Ordering::Less;
        mean.is_finite()
            .then(|| 1 + estimates.iter().filter(is_ahead).count())
    };
    let standing = |(at, twin): (usize, &Twin)| Standing {
        name: twin.name.clone(),
        on: estimates[at],
        rank: [rank(at, 0), rank(at, 1)],
    };
    let standings: Vec<Standing> = twins.iter().enumerate().map(standing).collect();
    let mut reversals = Vec::new();
    for (at, one) in twins.iter().enumerate() {
        for (place, other) in twins.iter().enumerate().skip(at + 1) {
            let order = [0, 1].map(|basis| {
                better(
                    &shown,
                    estimates[at][basis].mean,
                    estimates[place][basis].mean,
                )
            });
            reversals.extend(match order {
                [Ordering::Less, Ordering::Greater] => reversal(study, &shown, one, other),
                [Ordering::Greater, Ordering::Less] => reversal(study, &shown, other, one),
                _ => None,
            });
        }
    }
    // What is clear of noise first.
    reversals.sort_by_key(|reversal| std::cmp::Reverse(reversal.clear()));
    Contest {
        shown,
        standings,
        reversals,
    }
}

/// `Less` where the one ranks higher: by the better direction, or the larger first where neither is. What has no value neither
/// leads nor follows.
fn better(shown: &Shown, one: f64, other: f64) -> Ordering {
    let order = one.partial_cmp(&other).unwrap_or(Ordering::Equal);
    match shown.metric.better {
        Better::Lower => order,
        Better::Higher | Better::Neither => order.reverse(),
    }
}

fn reversal(study: &Study, shown: &Shown, one: &Twin, other: &Twin) -> Option<Reversal> {
    let difference = |basis: usize| {
        let values = |twin: &Twin| study.outcome.values(twin.points[basis], shown.metric.name);
        let both = values(one).into_iter().zip(values(other));
        let (one, other): (Vec<f64>, Vec<f64>) =
            both.filter(|(a, b)| a.is_finite() && b.is_finite()).unzip();
        paired_difference(&other, &one, study.outcome.plan.confidence)
    };
    Some(Reversal {
        ahead: [one.name.clone(), other.name.clone()],
        difference: [difference(0)?, difference(1)?],
    })
}

/// How to read this part.
pub fn reading(study: &Study) -> Option<String> {
    use experiment::sweep::{EMISSION_TOLERANCE, EMISSION_TRIES_MAX};
    use units::Quantity;

    let normalise = study.outcome.plan.normalise?;
    Some(format!(
        "Every point ran twice under the same seeds and differs between the two in the coin's price alone. At {}, all coins that exist at genesis are worth {} (at the \
         reference fleet). At {}, the price is set seed by seed so that the run mints coins worth {}, found in at most {EMISSION_TRIES_MAX} runs to within {} %; the first table \
         says what was reached. Rank 1 is the better end, or the largest value where neither end is better. A pair changes places when the order of its means does; it is \
         clear of noise where the {} interval of the difference seed by seed, each for itself, leaves out zero.",
        Basis::MarketValue.words(),
        normalise.market_value.print(),
        Basis::Emission.words(),
        normalise.emission.print(),
        EMISSION_TOLERANCE * 100.0,
        study.confidence(),
    ))
}
