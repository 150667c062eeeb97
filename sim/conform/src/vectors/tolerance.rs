//! How far from an expected value a result may be, where the publisher said so.

use super::decimal::Decimal;
use super::json::Json;

/// A stated tolerance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// At most this far.
    Absolute(Decimal),
    /// At most this share of the expected value.
    Relative(Decimal),
    /// Half a unit of the last place that the expected value is written with.
    Rounded,
}

impl Tolerance {
    /// Reads `0.001`, `"1%"`, `"5 HNT"`, `"relative 0.001"`, `"equal to 12 decimals"` and `"rounded to whole GRT"`. `units` gives the base units of words such as `HNT`; a word that is not in it counts as one.
    #[must_use]
    pub fn read(value: &Json, units: &[(&str, &str)]) -> Option<Tolerance> {
        if let Json::Number(number) = value {
            return Some(Tolerance::Absolute(number.clone()));
        }
        let text = value.text()?;
        let words = text.split(|c: char| c.is_whitespace() || "=±~<≤()".contains(c));
        let words = words.map(|word| word.trim_start_matches("+-").trim_start_matches("+/-"));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        if words.starts_with(&["rounded", "to", "whole"]) {
            return Some(Tolerance::Rounded);
        }
        let at = words
            .iter()
            .position(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
        let (number, is_percent) = match words[at].strip_suffix('%') {
            Some(share) => (Decimal::parse(share)?, true),
            None => (fraction(words[at])?, false),
        };
        match words.get(at + 1) {
            next if is_percent || matches!(next, Some(&("%" | "percent"))) => {
                Some(Tolerance::Relative(number.times(&Decimal::new(1, 2))))
            }
            _ if words
                .iter()
                .any(|word| word.starts_with("rel") || word.ends_with("relative")) =>
            {
                Some(Tolerance::Relative(number))
            }
            Some(&"ppm") => Some(Tolerance::Relative(number.times(&Decimal::new(1, 6)))),
            Some(&("decimals" | "digits")) => {
                let places = number.whole()?.try_into().ok()?;
                Some(Tolerance::Absolute(Decimal::new(1, places)))
            }
            word => {
                let unit = units.iter().find(|(name, _)| word == Some(name));
                let scale =
                    unit.map_or(Some(Decimal::new(1, 0)), |(_, base)| Decimal::parse(base))?;
                Some(Tolerance::Absolute(number.times(&scale)))
            }
        }
    }

    /// Whether `got` is near enough.
    #[must_use]
    pub fn allows(&self, expected: &Decimal, got: &Decimal) -> bool {
        let distance = expected.distance(got);
        match self {
            Tolerance::Absolute(most) => distance <= *most,
            Tolerance::Relative(share) => distance <= share.times(&expected.magnitude()),
            Tolerance::Rounded => distance <= Decimal::new(5, expected.parts().1 + 1),
        }
    }
}

/// A number, or one over a power of ten: `1/1000`.
fn fraction(word: &str) -> Option<Decimal> {
    let Some((one, whole)) = word.split_once('/') else {
        return Decimal::parse(word);
    };
    let is_power = whole.starts_with('1') && whole[1..].bytes().all(|digit| digit == b'0');
    let places = u32::try_from(whole.len()).ok()?.checked_sub(1)?;
    let one = Decimal::parse(one).filter(|_| is_power)?;
    Some(one.times(&Decimal::new(1, places)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerances_are_read_as_people_write_them() {
        let read = |value: Json| Tolerance::read(&value, &[("HNT", "1e8")]);
        let absolute = |text: &str| Some(Tolerance::Absolute(Decimal::parse(text).unwrap()));
        assert_eq!(read(Json::parse("0.001").unwrap()), absolute("0.001"));
        assert_eq!(read("5 HNT".into()), absolute("500000000"));
        assert_eq!(read("2 micro-NOS per claim".into()), absolute("2"));
        assert_eq!(read("1e-18".into()), absolute("1e-18"));
        assert_eq!(
            read("equal to 12 decimals of GRT".into()),
            absolute("1e-12")
        );
        assert_eq!(
            read("1%".into()),
            Some(Tolerance::Relative(Decimal::parse("0.01").unwrap()))
        );
        assert_eq!(
            read("rounded to whole GRT upstream".into()),
            Some(Tolerance::Rounded)
        );
        for text in ["1 %", "1 percent", "rel 0.01", "+-1%"] {
            let hundredth = Decimal::parse("0.01").map(Tolerance::Relative);
            assert_eq!(read(text.into()), hundredth, "{text}");
        }
        let per_mille = Decimal::parse("0.001").map(Tolerance::Relative);
        assert_eq!(read("relative 0.001".into()), per_mille);
        assert_eq!(read("max_relative = 0.001".into()), per_mille);
        for text in ["±1", "+-1", "+/-1", "~1", "<= 1", "≤1", "(1)"] {
            assert_eq!(read(text.into()), absolute("1"), "{text}");
        }
        assert_eq!(
            read("2 ppm".into()),
            Decimal::parse("2e-6").map(Tolerance::Relative)
        );
        assert_eq!(read("1/1000".into()), absolute("0.001"));
        assert_eq!(read("1/7".into()), None);
        assert_eq!(read("roughly".into()), None);
    }
}
