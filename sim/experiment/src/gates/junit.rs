//! `junit.xml`: verdicts as test cases, in the form that GitHub actions, GitLab and Jenkins read.

use std::fmt::Write;

use super::rule::{Ruling, Verdict};
use super::verdicts::Verdicts;

impl Verdicts {
    /// The document. A failed gate is a failure of type `failed`; an undecided one is one of type `undecided`, or skipped
    /// where undecided gates are let through.
    #[must_use]
    pub fn to_junit(&self) -> String {
        let tests = self.rulings.len();
        let stops = |ruling: &&Ruling| !self.lets_through(ruling);
        let failures = self.rulings.iter().filter(stops).count();
        let skipped = match self.allows_undecided {
            true => self.count(Verdict::Undecided),
            false => 0,
        };
        let name = escape(&self.name);
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        let _ = writeln!(
            xml,
            "<testsuites name=\"stakesim\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n  \
             <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
        );
        for ruling in &self.rulings {
            xml += &self.case(ruling, &name);
        }
        xml += "  </testsuite>\n</testsuites>\n";
        xml
    }

    fn case(&self, ruling: &Ruling, suite: &str) -> String {
        let mut name = format!("{} {}", ruling.gate.subject(), ruling.bound());
        if ruling.point.is_some() {
            let _ = write!(name, " at {}", self.point(ruling));
        }
        let mut case = format!(
            "    <testcase classname=\"{suite}\" name=\"{}\"",
            escape(&name)
        );
        let told = escape(&self.told(ruling));
        let message = escape(&format!(
            "{}: {}; {}",
            ruling.verdict.word(),
            ruling.estimate(),
            ruling.reason
        ));
        let kind = match ruling.verdict {
            Verdict::Fail => "failed",
            _ => "undecided",
        };
        case += &match (ruling.verdict, self.lets_through(ruling)) {
            (Verdict::Pass, _) => {
                format!(">\n      <system-out>{told}</system-out>\n    </testcase>\n")
            }
            (_, true) => format!(">\n      <skipped message=\"{message}\"/>\n    </testcase>\n"),
            (_, false) => format!(
                ">\n      <failure type=\"{kind}\" message=\"{message}\">{told}</failure>\n    </testcase>\n"
            ),
        };
        case
    }

    /// What a reader of the failure needs, on a few lines.
    fn told(&self, ruling: &Ruling) -> String {
        let mut text = format!(
            "estimate {} over {} runs\n",
            ruling.estimate(),
            ruling.evidence.n
        );
        if ruling.evidence.interval.is_some() {
            let _ = writeln!(text, "{} {}", self.interval_name(), ruling.interval());
        }
        let _ = write!(text, "bound {}\n{}", ruling.bound(), ruling.reason);
        if !ruling.gate.why.is_empty() {
            let _ = write!(text, "\nasked because: {}", ruling.gate.why);
        }
        text
    }
}

/// A text as it may stand in an attribute or an element. What XML 1.0 cannot hold becomes the replacement character.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\r' => escaped.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_comes_back_from_an_attribute_and_an_element_as_it_was() {
        let text = "a < b & \"c\" > 'd'\n\te\r | ]]> \u{e9} \u{1f980}";
        let xml = format!("<x y=\"{0}\">{0}</x>", escape(text));
        let document = roxmltree::Document::parse(&xml).unwrap();
        let root = document.root_element();
        assert_eq!(root.attribute("y"), Some(text));
        assert_eq!(root.text(), Some(text));
    }

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        let xml = format!("<x>{}</x>", escape("a\0b\u{1b}c\u{ffff}"));
        let document = roxmltree::Document::parse(&xml).unwrap();
        let replaced = "a\u{fffd}b\u{fffd}c\u{fffd}";
        assert_eq!(document.root_element().text(), Some(replaced));
    }
}
