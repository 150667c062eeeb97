//! How unequally revenue is spread over providers.

use crate::kit::{Axis, Figure, Mark, Panel, number, palette};
use crate::review::Review;
use crate::stats;

/// Points kept of a curve.
const POINTS: usize = 365;

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let income = stats::lorenz(
        review
            .run
            .providers
            .iter()
            .map(|row| row.revenue_usd + row.rewards_usd),
    );
    let gpus = stats::lorenz(review.run.providers.iter().map(|row| f64::from(row.gpus)));
    let named = |name: &str, curve: &[(f64, f64)]| {
        format!("{name} (Gini {})", number::fixed(stats::gini(curve), 2))
    };
    let marks = vec![
        Mark::rule(Some("all equal"), palette::MUTED, (0.0, 0.0), (1.0, 1.0)),
        Mark::line(
            &named("GPUs owned", &gpus),
            palette::ORANGE,
            stats::thin(&gpus, POINTS),
        ),
        Mark::line(
            &named("job fees and rewards", &income),
            palette::BLUE,
            stats::thin(&income, POINTS),
        ),
    ];
    let x = Axis::share("share of providers, lowest first");
    let y = Axis::share("");
    Figure {
        name: "lorenz".to_owned(),
        title: "Concentration of provider income (Lorenz curve)".to_owned(),
        reading: "The further a curve hangs below the diagonal, the fewer hold most of the whole. Where income follows the GPUs \
                  owned, the rules of the token add no concentration of their own."
            .to_owned(),
        panels: vec![Panel { heading: "share of the whole".to_owned(), height: 340, x, y, marks }],
    }
}
