//! Expected against got, result by result.

use super::decimal::Decimal;
use super::json::Json;
use super::kind::Kind;
use super::tolerance::Tolerance;

/// How one row, or a part of it of a weaker kind, came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Equal to the last digit.
    Exact,
    /// Within the stated tolerance.
    Within,
    /// Neither.
    Failed,
}

/// The worst verdict of each kind that a row holds.
pub type Verdicts = Vec<(Kind, Verdict)>;

/// Texts beside results that say something to readers.
pub const NOTES: [&str; 4] = ["note", "rule", "checks", "tolerance"];

/// Compares everything that `expected` asks for. What `got` has beyond that is not looked at.
#[must_use]
pub fn compare(kind: Kind, expected: &Json, got: &Json, tolerance: Option<&Tolerance>) -> Verdicts {
    let mut verdicts = Verdicts::new();
    walk(kind, expected, Some(got), tolerance, &mut verdicts);
    verdicts.sort();
    // Sorted from best to worst within a kind: the last of each stays.
    verdicts.reverse();
    verdicts.dedup_by_key(|(kind, _)| *kind);
    verdicts.reverse();
    verdicts
}

fn walk(
    kind: Kind,
    expected: &Json,
    got: Option<&Json>,
    tolerance: Option<&Tolerance>,
    verdicts: &mut Verdicts,
) {
    match (expected, got) {
        (Json::Map(entries), _) => {
            for (key, value) in entries {
                if NOTES.contains(&key.as_str()) {
                    continue;
                }
                let got = got.and_then(|got| got.at(key));
                if key == "range" {
                    verdicts.push((kind, range(value, got)));
                } else {
                    // What is stated for the row says nothing of a number of a weaker kind.
                    let of_key = kind.of_key(key);
                    let tolerance = tolerance.filter(|_| of_key == kind);
                    walk(of_key, value, got, tolerance, verdicts);
                }
            }
        }
        (Json::List(items), Some(Json::List(others))) if items.len() == others.len() => {
            for (item, other) in items.iter().zip(others) {
                walk(kind, item, Some(other), tolerance, verdicts);
            }
            if items.is_empty() {
                verdicts.push((kind, Verdict::Exact));
            }
        }
        _ => verdicts.push((
            kind,
            got.map_or(Verdict::Failed, |got| leaf(kind, expected, got, tolerance)),
        )),
    }
}

/// A result that must lie between two numbers, both allowed.
fn range(expected: &Json, got: Option<&Json>) -> Verdict {
    let inside = || {
        let [low, high] = expected.items()? else {
            return None;
        };
        let got = got?.decimal()?;
        Some(low.decimal()? <= got && got <= high.decimal()?)
    };
    if inside() == Some(true) {
        Verdict::Exact
    } else {
        Verdict::Failed
    }
}

fn leaf(kind: Kind, expected: &Json, got: &Json, tolerance: Option<&Tolerance>) -> Verdict {
    if expected == got {
        return Verdict::Exact;
    }
    let (Some(number), Some(other)) = (expected.decimal(), got.decimal()) else {
        return Verdict::Failed;
    };
    if number == other {
        return Verdict::Exact;
    }
    let allowed = match (kind, tolerance) {
        (Kind::Asserted, _) => false,
        (Kind::Trace, _) => is_float(expected) && last_place(&number).allows(&number, &other),
        (_, Some(tolerance)) => tolerance.allows(&number, &other),
        // A float that somebody printed: its last digits are the float's, not the rule's.
        (Kind::AssertedApprox | Kind::Derived | Kind::Doc, None) if is_float(expected) => {
            Tolerance::Relative(Decimal::new(1, 14)).allows(&number, &other)
        }
        _ => false,
    };
    if allowed {
        Verdict::Within
    } else {
        Verdict::Failed
    }
}

/// What a printed number leaves open: one unit of its last place, as some print rounded and some cut off.
fn last_place(number: &Decimal) -> Tolerance {
    Tolerance::Absolute(Decimal::new(1, number.parts().1))
}

/// Whether this was written as a number with many decimals, as floats are.
fn is_float(expected: &Json) -> bool {
    matches!(expected, Json::Number(number) if number.parts().1 > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(kind: Kind, expected: &str, got: &str, tolerance: Option<&str>) -> Verdicts {
        let [expected, got] = [expected, got].map(|text| Json::parse(text).unwrap());
        let tolerance = tolerance.map(|text| Tolerance::read(&text.into(), &[]).unwrap());
        compare(kind, &expected, &got, tolerance.as_ref())
    }

    #[test]
    fn asserted_numbers_are_equal_to_the_last_digit_however_they_are_written() {
        let exact = vec![(Kind::Asserted, Verdict::Exact)];
        let failed = vec![(Kind::Asserted, Verdict::Failed)];
        assert_eq!(
            verdicts(
                Kind::Asserted,
                r#"{"a":"10","b":[1.50]}"#,
                r#"{"a":10,"b":["1.5"]}"#,
                None
            ),
            exact
        );
        assert_eq!(
            verdicts(Kind::Asserted, r#"{"a":10}"#, r#"{"a":11}"#, Some("5")),
            failed
        );
        assert_eq!(
            verdicts(Kind::Asserted, r#"{"a":10,"b":2}"#, r#"{"a":10}"#, None),
            failed
        );
        assert_eq!(verdicts(Kind::Asserted, "[1,2]", "[1,2,3]", None), failed);
        assert_eq!(
            verdicts(Kind::Asserted, r#""Epsilon""#, r#""Other""#, None),
            failed
        );
    }

    #[test]
    fn a_weaker_number_beside_an_asserted_one_is_told_apart() {
        let found = verdicts(
            Kind::Asserted,
            r#"{"a":1,"mintable_derived":2}"#,
            r#"{"a":1,"mintable_derived":3}"#,
            None,
        );
        assert_eq!(
            found,
            [
                (Kind::Asserted, Verdict::Exact),
                (Kind::Derived, Verdict::Failed)
            ]
        );
    }

    #[test]
    fn a_tolerance_is_of_the_rows_own_kind_alone() {
        let found = |derived: &str| {
            let expected = format!(r#"{{"a":100,"a_derived":{derived}}}"#);
            let got = r#"{"a":101,"a_derived":100}"#;
            verdicts(Kind::AssertedApprox, &expected, got, Some("2"))
        };
        let within = (Kind::AssertedApprox, Verdict::Within);
        assert_eq!(found("100"), [within, (Kind::Derived, Verdict::Exact)]);
        assert_eq!(found("101"), [within, (Kind::Derived, Verdict::Failed)]);
    }

    #[test]
    fn ranges_tolerances_and_printed_digits() {
        assert_eq!(
            verdicts(
                Kind::AssertedApprox,
                r#"{"range":[1,3]}"#,
                r#"{"range":3}"#,
                None
            )[0]
            .1,
            Verdict::Exact
        );
        assert_eq!(
            verdicts(
                Kind::AssertedApprox,
                r#"{"range":[1,3]}"#,
                r#"{"range":4}"#,
                None
            )[0]
            .1,
            Verdict::Failed
        );
        assert_eq!(
            verdicts(Kind::AssertedApprox, "100", "101", Some("1%"))[0].1,
            Verdict::Within
        );
        assert_eq!(
            verdicts(Kind::AssertedApprox, "100", "102", Some("1%"))[0].1,
            Verdict::Failed
        );
        assert_eq!(
            verdicts(Kind::Trace, "0.0999", "0.09999", None)[0].1,
            Verdict::Within
        );
        assert_eq!(
            verdicts(
                Kind::Derived,
                "0.07871035652324211",
                "0.078710356523242106",
                None
            )[0]
            .1,
            Verdict::Within
        );
        assert_eq!(
            verdicts(Kind::Derived, "7", "8", None)[0].1,
            Verdict::Failed
        );
    }
}
