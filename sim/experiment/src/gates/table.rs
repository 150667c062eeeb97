//! Verdicts as rows of a terminal table; whoever prints them lines them up.

use super::verdicts::Verdicts;

impl Verdicts {
    /// Heads of the columns.
    #[must_use]
    pub fn header(&self) -> Vec<String> {
        let mut header = vec!["verdict".to_owned(), "gate".to_owned()];
        if !self.points.is_empty() {
            header.push("at".to_owned());
        }
        header.push("estimate".to_owned());
        if self.has_inference() {
            header.push(self.interval_name());
        }
        header.extend(["bound".to_owned(), "because".to_owned()]);
        header
    }

    /// One row a ruling, with the columns of [`Self::header`].
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<String>> {
        let row = |ruling: &super::Ruling| {
            let mut row = vec![ruling.verdict.word().to_owned(), ruling.gate.subject()];
            if !self.points.is_empty() {
                row.push(self.point(ruling).to_owned());
            }
            row.push(ruling.estimate());
            if self.has_inference() {
                row.push(ruling.interval());
            }
            row.extend([ruling.bound(), ruling.reason.clone()]);
            row
        };
        self.rulings.iter().map(row).collect()
    }
}
