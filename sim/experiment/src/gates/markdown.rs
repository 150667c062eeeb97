//! Verdicts as a section of `summary.md`, fit for a pull request.

use super::number::percent;
use super::skew::is_few;
use super::verdicts::Verdicts;

impl Verdicts {
    /// The section, from its heading to its last line. Empty where there is no gate.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        if self.rulings.is_empty() {
            return String::new();
        }
        let mut header = self.header();
        header.push("why it is asked".to_owned());
        let mut text = format!("## Gates: {}\n\n", self.sum());
        text += &line(header.iter().map(|cell| plain(cell)));
        text += &line(header.iter().map(|_| "---".to_owned()));
        for (mut row, ruling) in self.rows().into_iter().zip(&self.rulings) {
            row.push(ruling.gate.why.clone());
            let mut cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
            cells[0] = format!("**{}**", cells[0]);
            text += &line(cells.into_iter());
        }
        text += "\n";
        text += &self.method();
        text
    }

    /// How the verdicts were reached, in a paragraph.
    #[must_use]
    pub fn method(&self) -> String {
        if !self.has_inference() {
            return "Point checks: the values of these runs against the bounds. They say nothing about other seeds.\n"
                .to_owned();
        }
        let few = match self
            .rulings
            .iter()
            .any(|ruling| is_few(ruling.gate.stat, ruling.evidence.n))
        {
            true => {
                " \"Few runs\": under 30 a mean is trusted to come from a metric that is not much skewed."
            }
            false => "",
        };
        format!(
            "Verdicts at {} confidence, by one-sided tests with Holm's correction over all gates and points read here. \
             Intervals are confidence intervals of the estimate, not corrected; each end alone has {} confidence.{few}\n",
            percent(self.confidence),
            percent(self.confidence)
        )
    }
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// A text that Markdown shows as it stands, on one line.
fn plain(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' => escaped.extend(['\\', letter]),
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_break_its_table() {
        assert_eq!(plain("a|b\nc <x> *y*"), "a\\|b c &lt;x&gt; \\*y\\*");
    }
}
