//! A flow chart: columns of nodes as tall as what goes through them, joined by curved bands. Every column carries the same
//! sum; amounts are whole base units, so that this is exact.

use std::collections::BTreeMap;

use plotters::style::RGBColor;

use super::{Axis, Mark, Panel, number, palette};

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

/// A node: one place in one column.
#[derive(Clone, Debug, PartialEq)]
struct Node {
    column: usize,
    name: String,
    color: RGBColor,
    /// A band goes through here on its way between columns further apart: neither drawn nor named.
    is_passing: bool,
}

/// Bands between nodes, which are in the order in which they were named.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    nodes: Vec<Node>,
    /// By the two nodes joined: amount and colour.
    bands: BTreeMap<(usize, usize), (u128, RGBColor)>,
}

/// Where a node stands: upper edge and height, in pixels from the top.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    top: f64,
    height: f64,
}

impl Flow {
    /// The node of this name in a column; it is made where there is none.
    pub fn node(&mut self, column: usize, name: &str, color: RGBColor) -> usize {
        self.find_or_make(column, name, color, false)
    }

    /// A node that a band only passes on its way to a column further on.
    pub fn passing(&mut self, column: usize, name: &str, color: RGBColor) -> usize {
        self.find_or_make(column, name, color, true)
    }

    fn find_or_make(
        &mut self,
        column: usize,
        name: &str,
        color: RGBColor,
        is_passing: bool,
    ) -> usize {
        let is_it = |node: &Node| (node.column, node.name.as_str()) == (column, name);
        self.nodes.iter().position(is_it).unwrap_or_else(|| {
            self.nodes.push(Node {
                column,
                name: name.to_owned(),
                color,
                is_passing,
            });
            self.nodes.len() - 1
        })
    }

    /// Adds to the band between two nodes, which has the colour of the first.
    pub fn add(&mut self, from: usize, to: usize, amount: u128) {
        if amount > 0 {
            let color = self.nodes[from].color;
            self.bands.entry((from, to)).or_insert((0, color)).0 += amount;
        }
    }

    /// Gives the bands to the last column the colours of their ends.
    #[must_use]
    pub fn coloured_by_end(mut self) -> Self {
        let last = self.columns().saturating_sub(1);
        for ((_, to), (_, color)) in &mut self.bands {
            if self.nodes[*to].column == last {
                *color = self.nodes[*to].color;
            }
        }
        self
    }

    fn columns(&self) -> usize {
        self.nodes
            .iter()
            .map(|node| node.column + 1)
            .max()
            .unwrap_or(0)
    }

    fn paid_in(&self, node: usize) -> u128 {
        let bands = self.bands.iter().filter(|((_, to), _)| *to == node);
        bands.map(|(_, (amount, _))| amount).sum()
    }

    fn paid_out(&self, node: usize) -> u128 {
        let bands = self.bands.iter().filter(|((from, _), _)| *from == node);
        bands.map(|(_, (amount, _))| amount).sum()
    }

    fn size(&self, node: usize) -> u128 {
        self.paid_in(node).max(self.paid_out(node))
    }

    /// What each column carries.
    #[must_use]
    pub fn sums(&self) -> Vec<u128> {
        let mut sums = vec![0; self.columns()];
        for (index, node) in self.nodes.iter().enumerate() {
            sums[node.column] += self.size(index);
        }
        sums
    }

    /// Makes one node "Other" of all nodes of a column that carry less than a share of its sum, where there are two or more.
    /// Returns the names that went into it.
    pub fn merge_small(&mut self, share: f64) -> Vec<String> {
        let sums = self.sums();
        let mut merged = Vec::new();
        for (column, sum) in sums.iter().enumerate() {
            let is_small = |index: &usize| {
                let node = &self.nodes[*index];
                let size = self.size(*index);
                let is_there = size > 0 && node.column == column && !node.is_passing;
                is_there && (size as f64) < share * *sum as f64
            };
            let small: Vec<usize> = (0..self.nodes.len()).filter(is_small).collect();
            if small.len() < 2 {
                continue;
            }
            let other = self.node(column, "Other", palette::MUTED);
            merged.extend(small.iter().map(|index| self.nodes[*index].name.clone()));
            let moved = |index: usize| if small.contains(&index) { other } else { index };
            for ((from, to), (amount, color)) in std::mem::take(&mut self.bands) {
                let band = self.bands.entry((moved(from), moved(to)));
                band.or_insert((0, color)).0 += amount;
            }
        }
        merged
    }

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
impl Flow {
    /// What goes through the node of a name, nothing where there is none.
    #[must_use]
    pub fn carried(&self, column: usize, name: &str) -> u128 {
        let is_it = |node: &Node| (node.column, node.name.as_str()) == (column, name);
        let node = self.nodes.iter().position(is_it);
        node.map_or(0, |node| self.size(node))
    }

    /// Nodes between the first column and the last that pay out something else than they are paid.
    #[must_use]
    pub fn leaks(&self) -> Vec<&str> {
        let last = self.columns().saturating_sub(1);
        let nodes = self.nodes.iter().enumerate();
        nodes
            .filter(|(_, node)| 0 < node.column && node.column < last)
            .filter(|(index, _)| self.paid_in(*index) != self.paid_out(*index))
            .map(|(_, node)| node.name.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow() -> Flow {
        let mut flow = Flow::default();
        let [mint, spend] = ["mint", "spend"].map(|name| flow.node(0, name, palette::BLUE));
        let pool = flow.node(1, "pool", palette::GREEN);
        let past = flow.passing(1, "past", palette::BLUE);
        let [a, b, c] = ["a", "b", "c"].map(|name| flow.node(2, name, palette::INK));
        flow.add(mint, pool, 100_000);
        flow.add(mint, past, 50_000);
        flow.add(past, a, 50_000);
        flow.add(spend, pool, 900);
        flow.add(pool, a, 100_000);
        flow.add(pool, b, 800);
        flow.add(pool, c, 100);
        flow
    }

    #[test]
    fn every_column_has_the_same_sum_before_and_after_small_nodes_are_merged() {
        let mut flow = flow();
        assert_eq!(flow.sums(), [150_900; 3]);
        assert_eq!(flow.merge_small(0.01), ["b", "c"]);
        assert_eq!(flow.sums(), [150_900; 3]);
        assert!(flow.leaks().is_empty());
        let other = flow.node(2, "Other", palette::MUTED);
        assert_eq!(flow.size(other), 900);
    }

    #[test]
    fn a_single_small_node_keeps_its_name_and_a_leak_is_named() {
        let mut flow = flow();
        assert!(flow.merge_small(0.001).is_empty());
        flow.add(0, 2, 1);
        assert_eq!(flow.leaks(), ["pool"]);
    }

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
