//! How a text becomes a typed value, is held against its legal range, and reaches its field.

use units::{
    Amount, BitRate, EnergyPrice, Money, MoneyRate, Power, Quantity, QuantityError, Ratio, Span,
    TokenPrice,
};

use super::{Draft, Parameter, nearest};

/// Where a value of one type goes.
pub type Field<T> = fn(&mut Draft) -> &mut T;

/// The type of a parameter and the field it fills.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Access {
    /// Dimensionless, written in percent.
    Ratio(Field<Ratio>),
    /// Dimensionless, written as a bare decimal.
    Factor(Field<Ratio>),
    Span(Field<Span>),
    /// Written in tokens; `protocol.supply.decimals` says how many base units that is.
    Amount(Field<Amount>),
    Money(Field<Money>),
    /// Written per hour.
    PerHour(Field<MoneyRate>),
    /// Written per day.
    PerDay(Field<MoneyRate>),
    EnergyPrice(Field<EnergyPrice>),
    TokenPrice(Field<TokenPrice>),
    BitRate(Field<BitRate>),
    Power(Field<Power>),
    U8(Field<u8>),
    U32(Field<u32>),
    U64(Field<u64>),
    /// One of the names, by its place in the list.
    Choice(&'static [&'static str], fn(&mut Draft, usize)),
    /// A data file.
    File(Field<String>),
    /// A name that a data file defines.
    Name(Field<String>),
}

/// Why a text is not a legal value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not a quantity of this type.
    Quantity(QuantityError),
    /// Outside the legal range.
    OutOfRange,
    /// Not one of the names.
    UnknownName {
        /// The name that was perhaps meant.
        nearest: Option<&'static str>,
    },
}

/// Reads one value type: how it is parsed, printed and compared.
struct Reader<T> {
    parse: fn(&str, u8) -> Result<T, QuantityError>,
    print: fn(T, u8) -> String,
}

impl Access {
    /// The type's name in the documentation.
    #[must_use]
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Ratio(_) => "ratio",
            Self::Factor(_) => "factor",
            Self::Span(_) => "duration",
            Self::Amount(_) => "coin amount",
            Self::Money(_) => "money",
            Self::PerHour(_) | Self::PerDay(_) => "money rate",
            Self::EnergyPrice(_) => "energy price",
            Self::TokenPrice(_) => "token price",
            Self::BitRate(_) => "bit rate",
            Self::Power(_) => "power",
            Self::U8(_) | Self::U32(_) | Self::U64(_) => "count",
            Self::Choice(..) => "choice",
            Self::File(_) => "file",
            Self::Name(_) => "name",
        }
    }

    /// What a value looks like, for errors.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Ratio(_) | Self::Factor(_) => Ratio::UNIT,
            Self::Span(_) => Span::UNIT,
            Self::Amount(_) => "an amount such as \"1.5 token\"",
            Self::Money(_) => Money::UNIT,
            Self::PerHour(_) | Self::PerDay(_) => MoneyRate::UNIT,
            Self::EnergyPrice(_) => EnergyPrice::UNIT,
            Self::TokenPrice(_) => TokenPrice::UNIT,
            Self::BitRate(_) => BitRate::UNIT,
            Self::Power(_) => Power::UNIT,
            Self::U8(_) | Self::U32(_) | Self::U64(_) => "a whole number such as 1000",
            Self::Choice(..) => "one of the names",
            Self::File(_) => "a path such as \"data/philly_jobs.csv\"",
            Self::Name(_) => "a name such as \"llama2_7b\"",
        }
    }

    /// Whether a scenario writes the value as a bare integer (else as a string).
    #[must_use]
    pub const fn is_count(self) -> bool {
        matches!(self, Self::U8(_) | Self::U32(_) | Self::U64(_))
    }
}

impl Parameter {
    /// The legal range as its two ends.
    #[must_use]
    pub fn range_ends(&self) -> Option<(&'static str, &'static str)> {
        self.range.split_once("..")
    }

    /// The legal values in words.
    #[must_use]
    pub fn legal(&self) -> Option<String> {
        match (self.access, self.range_ends()) {
            (Access::Choice(names, _), _) => Some(names.join(", ")),
            (_, Some((least, most))) => Some(format!("{least} to {most}")),
            (_, None) => None,
        }
    }

    /// Reads a text, holds it against the legal range and writes it into the draft. Returns the canonical spelling.
    pub fn set(&self, draft: &mut Draft, text: &str) -> Result<String, Refused> {
        fn quantity<T: Quantity>() -> Reader<T> {
            Reader {
                parse: |text, _| T::parse(text),
                print: |value, _| value.print(),
            }
        }
        match self.access {
            Access::Ratio(field) => self.store(draft, text, field, &quantity()),
            Access::Factor(field) => self.store(draft, text, field, &FACTOR),
            Access::Span(field) => self.store(draft, text, field, &quantity()),
            Access::Amount(field) => self.store(draft, text, field, &TOKENS),
            Access::Money(field) => self.store(draft, text, field, &quantity()),
            Access::PerHour(field) => self.store(draft, text, field, &PER_HOUR),
            Access::PerDay(field) => self.store(draft, text, field, &quantity()),
            Access::EnergyPrice(field) => self.store(draft, text, field, &quantity()),
            Access::TokenPrice(field) => self.store(draft, text, field, &quantity()),
            Access::BitRate(field) => self.store(draft, text, field, &quantity()),
            Access::Power(field) => self.store(draft, text, field, &quantity()),
            Access::U8(field) => self.store(draft, text, field, &SMALL),
            Access::U32(field) => self.store(draft, text, field, &quantity()),
            Access::U64(field) => self.store(draft, text, field, &quantity()),
            Access::Choice(names, choose) => choose_name(draft, text, names, choose),
            Access::File(field) | Access::Name(field) => {
                text.clone_into(field(draft));
                Ok(text.to_owned())
            }
        }
    }

    fn store<T: Copy + Ord>(
        &self,
        draft: &mut Draft,
        text: &str,
        field: Field<T>,
        reader: &Reader<T>,
    ) -> Result<String, Refused> {
        let decimals = draft.config.protocol.supply.decimals;
        let read = |text: &str| (reader.parse)(text, decimals);
        let value = read(text).map_err(Refused::Quantity)?;
        if let Some((least, most)) = self.range_ends() {
            // The ends of a range are written in this crate. With few decimals its least may not be a whole base unit.
            let is_below = read(least).is_ok_and(|least| value < least);
            let is_above = read(most).is_ok_and(|most| value > most);
            if is_below || is_above {
                return Err(Refused::OutOfRange);
            }
        }
        *field(draft) = value;
        Ok((reader.print)(value, decimals))
    }

    /// A legal text that differs from the default, where the range or the choice has one.
    #[cfg(test)]
    pub(super) fn another_legal_text(&self) -> Option<String> {
        let candidates: Vec<&str> = match self.access {
            Access::Choice(names, _) => names.to_vec(),
            Access::File(_) | Access::Name(_) => vec!["another"],
            _ => self.range_ends().map(|(least, most)| vec![least, most])?,
        };
        candidates
            .into_iter()
            .find(|text| *text != self.default)
            .map(ToOwned::to_owned)
    }
}

fn choose_name(
    draft: &mut Draft,
    text: &str,
    names: &'static [&'static str],
    choose: fn(&mut Draft, usize),
) -> Result<String, Refused> {
    let Some(at) = names.iter().position(|name| *name == text) else {
        return Err(Refused::UnknownName {
            nearest: nearest(text, names.iter().copied()),
        });
    };
    choose(draft, at);
    Ok(text.to_owned())
}

const TOKENS: Reader<Amount> = Reader {
    parse: Amount::parse_tokens,
    print: |amount, decimals| amount.print_tokens(decimals),
};

const SMALL: Reader<u8> = Reader {
    parse: |text, _| {
        let kind = units::QuantityErrorKind::Overflow;
        let overflow = |_| QuantityError {
            text: text.to_owned(),
            expected: u32::UNIT,
            kind,
        };
        u8::try_from(u32::parse(text)?).map_err(overflow)
    },
    print: |value, _| value.to_string(),
};

const PER_HOUR: Reader<MoneyRate> = Reader {
    parse: |text, _| MoneyRate::parse(text),
    print: |rate, _| {
        let nano = rate.nano_per_day();
        if nano % 24 == 0 {
            format!("{}/h", Money::from_nano(nano / 24))
        } else {
            rate.print()
        }
    },
};

const FACTOR: Reader<Ratio> = Reader {
    parse: |text, _| Ratio::parse(text),
    print: |ratio, _| print_factor(ratio),
};

/// "1.25" for 125 %.
fn print_factor(ratio: Ratio) -> String {
    let (one, parts) = (Ratio::ONE.parts(), ratio.parts());
    let fraction = format!("{:012}", parts % one);
    match fraction.trim_end_matches('0') {
        "" => (parts / one).to_string(),
        digits => format!("{}.{digits}", parts / one),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::find;

    fn set(path: &str, text: &str) -> Result<String, Refused> {
        find(path).unwrap().set(&mut Draft::blank(), text)
    }

    #[test]
    fn factors_print_as_bare_decimals() {
        assert_eq!(print_factor(Ratio::from_percent(125)), "1.25");
        assert_eq!(print_factor(Ratio::from_percent(1200)), "12");
        assert_eq!(print_factor(Ratio::from_parts(1)), "0.000000000001");
    }

    #[test]
    fn a_value_outside_its_range_is_refused_at_both_ends() {
        assert_eq!(set("fleet.providers", "0"), Err(Refused::OutOfRange));
        assert_eq!(
            set("verification.challenge_rate", "101 %"),
            Err(Refused::OutOfRange)
        );
        assert_eq!(
            set("verification.challenge_rate", "1/4"),
            Ok("25 %".to_owned())
        );
    }

    #[test]
    fn a_wrong_unit_is_not_a_range_fault() {
        assert!(matches!(
            set("horizon", "3 parsecs"),
            Err(Refused::Quantity(_))
        ));
    }

    #[test]
    fn a_mistyped_choice_names_its_neighbour() {
        let refused = set("scheduler.policy", "backfil");
        assert_eq!(
            refused,
            Err(Refused::UnknownName {
                nearest: Some("backfill")
            })
        );
    }
}
