//! Where the fees and the emission of the run went.

use crate::kit::{Axis, Figure, Mark, Panel, Scale, number, palette};
use crate::review::Review;
use plotters::style::RGBColor;

/// A part of a bar: name, tokens, colour.
type Part = (&'static str, f64, RGBColor);

/// The chart.
pub fn figure(review: &Review) -> Figure {
    let fees = review.total(|row| row.fees_base_units);
    let fees_provider = review.total(|row| row.fees_provider_base_units);
    let minted = review.total(|row| row.minted_base_units);
    let performance = review.total(|row| row.minted_performance_base_units);
    let treasury = review.total(|row| row.minted_treasury_base_units);
    let burned = review.total(|row| row.burned_base_units);
    let slashed = review.total(|row| {
        row.slashed_downtime_base_units
            + row.slashed_failed_job_base_units
            + row.slashed_malicious_base_units
            + row.slashed_other_base_units
    });
    let bars: [(&str, Vec<Part>); 4] = [
        (
            "job fees paid",
            vec![
                ("to providers", fees_provider, palette::BLUE),
                (
                    "kept by the protocol (platform, treasury, burn, insurance)",
                    fees - fees_provider,
                    palette::SKY,
                ),
            ],
        ),
        (
            "coins minted",
            vec![
                (
                    "to compute providers and their delegators",
                    performance,
                    palette::GREEN,
                ),
                ("to the treasury", treasury, palette::ORANGE),
                (
                    "to other categories",
                    (minted - performance - treasury).max(0.0),
                    palette::PURPLE,
                ),
            ],
        ),
        ("coins burned", vec![("burned", burned, palette::VERMILION)]),
        ("coins slashed", vec![("slashed", slashed, palette::MUTED)]),
    ];
    let totals: Vec<f64> = bars
        .iter()
        .map(|(_, parts)| parts.iter().map(|part| part.1).sum())
        .collect();
    // Room at the right for the total beside the longest bar.
    let mut x = Axis::from_zero(
        "tokens over the whole run",
        Scale::Plain,
        totals.iter().map(|total| total * 1.1),
    );
    x.has_grid = true;
    let mut marks = Vec::new();
    for (index, (_, parts)) in bars.iter().enumerate() {
        marks.extend(bar(-(index as f64) - 0.5, parts, x.to));
    }
    let y = Axis::rows(bars.iter().map(|(name, _)| (*name).to_owned()));
    Figure {
        name: "flows".to_owned(),
        title: "Where fees and emission went".to_owned(),
        reading: "Sums over the run. Emission of categories without participants goes to the treasury. Part of the fees kept by the \
                  protocol and part of the slashes are burned, so the burned bar overlaps with those."
            .to_owned(),
        panels: vec![Panel { heading: String::new(), height: 190, x, y, marks }],
    }
}

fn bar(y: f64, parts: &[Part], width: f64) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut from = 0.0;
    for (name, tokens, color) in parts.iter().filter(|part| part.1 > 0.0) {
        marks.push(Mark::bar(
            name,
            *color,
            (from, y - 0.3),
            (from + tokens, y + 0.3),
        ));
        // A share is written inside where it fits.
        if parts.len() > 1 && *tokens > width * 0.08 {
            let share = tokens / parts.iter().map(|part| part.1).sum::<f64>();
            marks.push(Mark::centred(
                palette::on(*color),
                (from + tokens / 2.0, y),
                number::percent(share),
            ));
        }
        from += tokens;
    }
    marks.push(Mark::note(palette::INK, (from, y), number::short(from)));
    marks
}
