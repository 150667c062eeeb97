//! A flow as a picture: nodes as tall as what goes through them, bands as curves.

use super::Flow;
use crate::kit::{Axis, Mark, Panel, number, palette};

/// Width of a plot without tick labels, in pixels.
const WIDTH: f64 = 728.0;
/// Room for the names left of the first column.
const LEFT: f64 = 140.0;
/// Room for the names right of the last column.
const RIGHT: f64 = 225.0;
/// Width of a node.
const NODE: f64 = 12.0;
/// Room for a name above the topmost node.
const HEAD: f64 = 20.0;
/// Least height of a band that has room for a number.
const LETTERED: f64 = 14.0;
/// Straight pieces of a curve.
const PIECES: u32 = 24;

/// Where a node stands: upper edge and height, in pixels from the top.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    top: f64,
    height: f64,
}

impl Flow {
    /// The chart, with a height in pixels; `token` is the count of base units in a whole coin.
    #[must_use]
    pub fn panel(&self, heading: &str, height: i32, token: f64) -> Panel {
        let places = self.places(f64::from(height));
        let mut marks = Vec::new();
        if self.bands.is_empty() {
            let middle = (WIDTH / 2.0, f64::from(-height) / 2.0);
            let nothing = "nothing moved in this run".to_owned();
            marks.push(Mark::centred(palette::MUTED, middle, nothing));
        }
        let mut numbers = Vec::new();
        for (&(from, to), &(amount, color)) in &self.bands {
            let [start, end] = self.ends(from, to, &places);
            let x = (self.x(from) + NODE, self.x(to));
            marks.push(Mark::ribbon(color, band(x, start, end)));
            if end.height >= LETTERED && !self.is_told((from, to)) {
                let at = (x.1, -(end.top + end.height / 2.0));
                let words = number::short(amount as f64 / token);
                numbers.push(Mark::before(palette::INK, at, words));
            }
        }
        for index in (0..self.nodes.len()).filter(|index| self.size(*index) > 0) {
            numbers.extend(self.node_marks(index, places[index], token));
        }
        marks.extend(numbers);
        Panel {
            heading: heading.to_owned(),
            height,
            x: Axis::bare(0.0, WIDTH),
            y: Axis::bare(f64::from(-height), 0.0),
            marks,
        }
    }

    /// Whether a node's own number says what the band carries, or will: it is the only one at a named end.
    fn is_told(&self, (from, to): (usize, usize)) -> bool {
        let is_only_out = self.bands.keys().filter(|ends| ends.0 == from).count() == 1;
        let is_only_in = self.bands.keys().filter(|ends| ends.1 == to).count() == 1;
        self.nodes[to].is_passing || is_only_in || is_only_out && !self.nodes[from].is_passing
    }

    /// A node's bar and its name with amount and share.
    fn node_marks(&self, index: usize, place: Place, token: f64) -> Vec<Mark> {
        let node = &self.nodes[index];
        let (x, bottom) = (self.x(index), place.top + place.height.max(1.0));
        let bar = Mark::bar("", node.color, (x, -bottom), (x + NODE, -place.top)).unlisted();
        if node.is_passing {
            return vec![Mark::ribbon(
                node.color,
                vec![
                    (x, -bottom),
                    (x, -place.top),
                    (x + NODE, -place.top),
                    (x + NODE, -bottom),
                ],
            )];
        }
        let size = self.size(index) as f64;
        let sum = self.sums()[node.column] as f64;
        let amount = number::short(size / token);
        let middle = place.top + place.height / 2.0;
        let ink = palette::INK;
        let amount = format!("{amount} ({})", number::percent(size / sum));
        let words = if node.column == 0 {
            vec![
                Mark::before(ink, (x, 8.0 - middle), node.name.clone()),
                Mark::before(palette::MUTED, (x, -8.0 - middle), amount),
            ]
        } else if node.column + 1 == self.columns() {
            let words = format!("{} {amount}", node.name);
            vec![Mark::note(ink, (x + NODE, -middle), words)]
        } else {
            let words = format!("{} {amount}", node.name);
            // To the left: bands spread and cross on the right.
            let end = x + NODE + 6.0;
            vec![Mark::before(ink, (end, 9.0 - place.top), words)]
        };
        std::iter::once(bar).chain(words).collect()
    }

    fn x(&self, index: usize) -> f64 {
        let steps = self.columns().saturating_sub(1).max(1) as f64;
        LEFT + self.nodes[index].column as f64 * (WIDTH - LEFT - RIGHT - NODE) / steps
    }

    /// Where the nodes stand: in order from the top, one scale for all columns, each column in the middle of the height.
    fn places(&self, height: f64) -> Vec<Place> {
        let sums = self.sums();
        let columns = sums.len();
        // Two lines beside the first column, one above the nodes of the middle, one beside the last.
        let gap = |column: usize| match column {
            0 => 34.0,
            column if column + 1 == columns => 18.0,
            _ => 24.0,
        };
        let shown = |column: usize| {
            let nodes = 0..self.nodes.len();
            nodes.filter(move |index| self.nodes[*index].column == column && self.size(*index) > 0)
        };
        let gaps = |column| gap(column) * shown(column).count().saturating_sub(1) as f64;
        let mut scale = f64::INFINITY;
        for (column, sum) in sums.iter().enumerate().filter(|(_, sum)| **sum > 0) {
            scale = scale.min((height - HEAD - gaps(column)) / *sum as f64);
        }
        let mut places = vec![Place::default(); self.nodes.len()];
        for (column, sum) in sums.iter().enumerate().filter(|(_, sum)| **sum > 0) {
            let filled = *sum as f64 * scale + gaps(column);
            let mut top = HEAD + (height - HEAD - filled) / 2.0;
            for index in shown(column) {
                let height = self.size(index) as f64 * scale;
                places[index] = Place { top, height };
                top += height + gap(column);
            }
        }
        places
    }

    /// The two ends of a band: bands leave a node in the order of where they go, and come in the order of where from.
    fn ends(&self, from: usize, to: usize, places: &[Place]) -> [Place; 2] {
        let height = |node: usize, amount: u128| -> f64 {
            places[node].height * amount as f64 / self.size(node) as f64
        };
        let above = |node: usize, is_above: &dyn Fn(usize, usize) -> bool| -> f64 {
            let bands = self
                .bands
                .iter()
                .filter(|((from, to), _)| is_above(*from, *to));
            places[node].top
                + bands
                    .map(|(_, (amount, _))| height(node, *amount))
                    .sum::<f64>()
        };
        let amount = self.bands[&(from, to)].0;
        let start = Place {
            top: above(from, &|of, other| of == from && other < to),
            height: height(from, amount),
        };
        let end = Place {
            top: above(to, &|other, of| of == to && other < from),
            height: height(to, amount),
        };
        [start, end]
    }
}

/// The outline of a band between two abscissas, at least a hair thick.
fn band((left, right): (f64, f64), start: Place, end: Place) -> Vec<(f64, f64)> {
    let edge = |from: f64, to: f64| {
        (0..=PIECES).map(move |piece| {
            let along = f64::from(piece) / f64::from(PIECES);
            let eased = along * along * (3.0 - 2.0 * along);
            (left + (right - left) * along, -(from + (to - from) * eased))
        })
    };
    let upper = edge(start.top, end.top);
    let lower: Vec<_> = edge(
        start.top + start.height.max(0.7),
        end.top + end.height.max(0.7),
    )
    .collect();
    upper.chain(lower.into_iter().rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::flow;
    use super::*;

    #[test]
    fn no_two_nodes_of_a_column_overlap_and_all_stand_inside() {
        let flow = flow();
        let places = flow.places(300.0);
        for (index, place) in places.iter().enumerate() {
            assert!(place.top >= HEAD - 1e-9 && place.top + place.height <= 300.0 + 1e-9);
            for (other, below) in places.iter().enumerate().skip(index + 1) {
                if flow.nodes[index].column == flow.nodes[other].column {
                    assert!(place.top + place.height + 17.0 < below.top);
                }
            }
        }
    }
}
