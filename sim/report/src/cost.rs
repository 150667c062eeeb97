//! Where the time of a step goes: a stacked bar for the layout in use and for the fastest others, one panel a kind of island.

use experiment::cost::{Answer, Candidate, Group, LayoutUsed};
use plotters::style::RGBColor;

use crate::kit::{Axis, Figure, Mark, Panel, Scale, number, palette};

/// Height of a bar in pixels.
const ROW: i32 = 34;
/// Free part of a row on either side of its bar.
const GAP: f64 = 0.16;

/// Colours of the parts, in their order.
const COLORS: [RGBColor; 8] = [
    palette::BLUE,
    palette::SKY,
    palette::ORANGE,
    palette::GREEN,
    palette::VERMILION,
    palette::PURPLE,
    palette::MUTED,
    palette::INK,
];

/// The chart.
pub fn figure(answer: &Answer) -> Figure {
    Figure {
        name: "breakdown".to_owned(),
        title: format!("{}: where the time of a step goes", answer.name),
        reading: "The first bar is the layout in use, the others are the fastest that fit the memory. Exposed is the exchange between replicas that no \
                  computation hides."
            .to_owned(),
        panels: answer.groups.iter().map(panel).collect(),
    }
}

/// What the small print says.
pub fn caption(answer: &Answer) -> String {
    format!(
        "{} · {} · MFU {} · stakesim {}",
        answer.name,
        answer.workload,
        number::percent(answer.mfu),
        answer.version
    )
}

fn panel(group: &Group) -> Panel {
    let used = Candidate {
        layout: group.layout.clone(),
        step: group.step,
    };
    let others = group
        .candidates
        .iter()
        .filter(|it| it.layout != used.layout);
    let bars: Vec<&Candidate> = std::iter::once(&used).chain(others).collect();
    let stacks = bars.iter().enumerate().map(|(at, bar)| stack(bar, at));
    let marks = stacks.flatten().collect();
    let longest = bars.iter().map(|bar| bar.step.total_s).fold(0.0, f64::max);
    Panel {
        heading: format!(
            "{} {}, layouts as tensor × pipeline × data, micro-batch",
            group.gpus_held, group.gpu
        ),
        height: ROW * bars.len() as i32,
        // Room for the number behind the longest bar.
        x: Axis::from_zero("seconds of a step", Scale::Plain, [longest * 1.1]),
        y: Axis::rows(bars.iter().map(|bar| name(&bar.layout))),
        marks,
    }
}

/// One bar, part after part, with its total behind it.
fn stack(bar: &Candidate, at: usize) -> Vec<Mark> {
    let top = -(at as f64);
    let mut from = 0.0;
    let mut marks = Vec::new();
    for (part, (label, seconds)) in bar.step.parts().into_iter().enumerate() {
        let to = from + seconds;
        if seconds > 0.0 {
            let corners = ((from, top - 1.0 + GAP), (to, top - GAP));
            marks.push(Mark::bar(label, COLORS[part], corners.0, corners.1));
        }
        from = to;
    }
    let total = number::short(bar.step.total_s);
    marks.push(Mark::note(
        palette::INK,
        (from, top - 0.5),
        format!("{total} s"),
    ));
    marks
}

fn name(layout: &LayoutUsed) -> String {
    let [tensor, pipeline, data] = [layout.tensor, layout.pipeline, layout.data];
    format!("{tensor} × {pipeline} × {data}, {}", layout.micro_batch)
}
