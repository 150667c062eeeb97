//! A flow: columns of nodes joined by bands. Every column carries the same sum; amounts are whole base units, so that this
//! is exact. How it is drawn: [`chart`].

mod chart;

use std::collections::BTreeMap;

use plotters::style::RGBColor;

use super::palette;

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
pub mod tests {
    use super::*;

    pub fn flow() -> Flow {
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
}
