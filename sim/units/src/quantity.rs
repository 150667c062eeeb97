//! Reading and printing quantities: the trait, and the error that says what is wrong with a text.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

/// A value with a unit that people write down. `parse(print(x)) == x` for every `x`.
pub trait Quantity: Sized + Copy {
    /// What a text of this kind looks like, with an example.
    const UNIT: &'static str;

    /// Reads a text exactly; a text that is not a whole number of base units is refused.
    fn parse(text: &str) -> Result<Self, QuantityError>;

    /// The shortest exact spelling among the usual units.
    fn print(self) -> String;
}

/// Why a text is not the quantity that was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityError {
    /// The text as given.
    pub text: String,
    /// What was expected ([`Quantity::UNIT`]).
    pub expected: &'static str,
    /// What is wrong with it.
    pub kind: QuantityErrorKind,
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuantityErrorKind {
    /// Nothing was written.
    Empty,
    /// The number cannot be read.
    BadNumber,
    /// The unit is not one of this quantity's.
    UnknownUnit {
        /// The unit as given.
        unit: String,
        /// The units that would be understood.
        known: String,
    },
    /// A number without a unit.
    MissingUnit {
        /// The units that would be understood.
        known: String,
    },
    /// Not a whole number of the smallest unit.
    Lossy {
        /// The unit in which the value is counted.
        base: &'static str,
    },
    /// Larger than the quantity can hold.
    Overflow,
    /// Negative where only zero and above make sense.
    Negative,
}

impl QuantityError {
    pub(crate) fn new(text: &str, expected: &'static str, kind: QuantityErrorKind) -> Self {
        QuantityError {
            text: text.to_string(),
            expected,
            kind,
        }
    }

    /// What to write instead.
    #[must_use]
    pub fn hint(&self) -> String {
        match &self.kind {
            QuantityErrorKind::Empty | QuantityErrorKind::BadNumber => {
                format!("write {}", self.expected)
            }
            QuantityErrorKind::UnknownUnit { known, .. }
            | QuantityErrorKind::MissingUnit { known } => {
                format!("the units are {known}")
            }
            QuantityErrorKind::Lossy { base } => {
                format!("values are whole numbers of {base}; write fewer digits")
            }
            QuantityErrorKind::Overflow => "write a smaller value".to_string(),
            QuantityErrorKind::Negative => "write a value that is zero or above".to_string(),
        }
    }
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let QuantityError {
            text,
            expected,
            kind,
        } = self;
        match kind {
            QuantityErrorKind::Empty => write!(f, "empty text, expected {expected}"),
            QuantityErrorKind::BadNumber => {
                write!(f, "\"{text}\" has no readable number, expected {expected}")
            }
            QuantityErrorKind::UnknownUnit { unit, .. } => {
                write!(
                    f,
                    "\"{text}\" has the unknown unit \"{unit}\", expected {expected}"
                )
            }
            QuantityErrorKind::MissingUnit { .. } => {
                write!(f, "\"{text}\" has no unit, expected {expected}")
            }
            QuantityErrorKind::Lossy { base } => {
                write!(
                    f,
                    "\"{text}\" is not a whole number of {base}, expected {expected}"
                )
            }
            QuantityErrorKind::Overflow => {
                write!(f, "\"{text}\" is too large, expected {expected}")
            }
            QuantityErrorKind::Negative => write!(f, "\"{text}\" is negative, expected {expected}"),
        }
    }
}

impl core::error::Error for QuantityError {}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{Bytes, Money, Ratio, Span};
    use core::fmt::Debug;

    /// The law of every quantity, and that the printed form has no needless space.
    pub(crate) fn survives_printing<Q: Quantity + PartialEq + Debug>(value: Q) {
        let text = value.print();
        assert_eq!(Q::parse(&text), Ok(value), "printed as {text}");
        assert_eq!(text.trim(), text);
    }

    fn kind<Q: Quantity + Debug>(text: &str) -> QuantityErrorKind {
        Q::parse(text).expect_err(text).kind
    }

    #[test]
    fn every_fault_has_its_own_kind() {
        assert_eq!(kind::<Span>("  "), QuantityErrorKind::Empty);
        for text in [
            "d",
            "1..5 d",
            "1. d",
            ".5 d",
            "--1 d",
            "1__0 d",
            "1e d5",
            "0x10 d",
            "\u{661} d",
            "1,5 d",
        ] {
            let kind = kind::<Span>(text);
            assert!(
                matches!(
                    kind,
                    QuantityErrorKind::BadNumber | QuantityErrorKind::UnknownUnit { .. }
                ),
                "{text}"
            );
        }
        assert_eq!(kind::<Span>("day"), QuantityErrorKind::BadNumber);
        assert!(
            matches!(kind::<Span>("3 fortnights"), QuantityErrorKind::UnknownUnit { unit, .. } if unit == "fortnights")
        );
        assert!(
            matches!(kind::<Span>("3"), QuantityErrorKind::MissingUnit { known } if known.starts_with("d, h, min"))
        );
        assert!(matches!(
            kind::<Span>("0.5 ns"),
            QuantityErrorKind::Lossy {
                base: "nanoseconds"
            }
        ));
        assert_eq!(kind::<Span>("600 y"), QuantityErrorKind::Overflow);
        assert_eq!(kind::<Span>("1e40 s"), QuantityErrorKind::Overflow);
        assert_eq!(kind::<Span>("-1 s"), QuantityErrorKind::Negative);
        assert_eq!(kind::<u32>("4294967296"), QuantityErrorKind::Overflow);
        assert!(matches!(
            kind::<u64>("1.5"),
            QuantityErrorKind::Lossy { .. }
        ));
    }

    #[test]
    fn an_error_says_what_was_given_what_was_expected_and_what_helps() {
        let error = Bytes::parse("80 Gb").unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"80 Gb\" has the unknown unit \"Gb\", expected a data size such as \"80 GB\""
        );
        assert!(error.hint().contains("GB, MB, kB"));
        let error = Ratio::parse("1/3").unwrap_err();
        assert!(
            error
                .to_string()
                .contains("\"1/3\" is not a whole number of parts of 10^-12")
        );
    }

    #[test]
    fn minus_zero_is_zero_and_negatives_pass_only_where_they_mean_something() {
        assert_eq!(Span::parse("-0 s"), Ok(Span::ZERO));
        assert_eq!(
            Money::parse("-1.5 USD"),
            Ok(Money::from_nano(-1_500_000_000))
        );
    }
}
