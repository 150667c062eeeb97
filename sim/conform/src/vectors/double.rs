//! Doubles and scaled lists in rows: how a row's numbers become what rules of floats take, and back.

use num_bigint::BigInt;
use protocol::networks::float::Double;

use super::case::{Case, Problem};
use super::decimal::Decimal;
use super::json::Json;

impl Case<'_> {
    /// The double nearest to an input.
    ///
    /// # Errors
    /// [`Problem::Malformed`] when it is missing or no number, [`Problem::Rule`] past the largest double.
    pub fn double(&self, key: &str) -> Result<Double, Problem> {
        double(&self.decimal(key)?)
    }

    /// The double nearest to an input, or to this text when the row has none.
    ///
    /// # Errors
    /// As [`Case::double`].
    pub fn double_or(&self, key: &str, otherwise: &str) -> Result<Double, Problem> {
        match (self.find(key), Decimal::parse(otherwise)) {
            (None, Some(otherwise)) => double(&otherwise),
            _ => self.double(key),
        }
    }

    /// A list of numbers as integers of `10^-places`; digits beyond are refused.
    ///
    /// # Errors
    /// [`Problem::Malformed`] when it is not such a list.
    pub fn scaled_list<T: TryFrom<BigInt>>(
        &self,
        key: &str,
        places: u32,
    ) -> Result<Vec<T>, Problem> {
        let read = |item: &Json| T::try_from(item.decimal()?.scaled(places)?).ok();
        let items = self.items(key)?;
        let list: Option<Vec<T>> = items.iter().map(read).collect();
        list.ok_or_else(|| {
            Problem::Malformed(format!(
                "input {key} is not a list of numbers of at most {places} decimals"
            ))
        })
    }
}

/// The double nearest to a number.
///
/// # Errors
/// [`Problem::Rule`] past the largest double.
pub fn double(number: &Decimal) -> Result<Double, Problem> {
    let (mantissa, places) = number.parts();
    Ok(Double::of_ratio(mantissa, &BigInt::from(10).pow(places))?)
}

/// A double as the shortest number that reads back as itself.
///
/// # Errors
/// [`Problem::Malformed`] for one of more than 400 places.
pub fn number(double: Double) -> Result<Json, Problem> {
    let text = f64::from_bits(double.bits()).to_string();
    let number = Decimal::parse(&text);
    let number = number.ok_or_else(|| Problem::Malformed(format!("{text} has too many places")))?;
    Ok(Json::from(number))
}

#[cfg(test)]
mod tests {
    //! The rules' doubles against the machine's, bit for bit.

    use protocol::networks::RuleError;

    use super::*;

    fn double(number: f64) -> Double {
        Double::from_bits(number.to_bits()).unwrap()
    }

    /// Numbers of all sizes, from a fixed multiplicative generator.
    fn numbers() -> impl Iterator<Item = f64> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let drawn = (0..400).map(move |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            // Exponents near one, so that sums have something to round.
            f64::from_bits(state >> 12 | ((1023 - 30 + (state & 63)) << 52))
        });
        drawn.chain([1.0, 0.5, -3.0, 0.1, 5e-324, 2.2e-308, 1.7e308])
    }

    #[test]
    fn the_four_operations_are_the_machines() {
        let numbers: Vec<f64> = numbers().collect();
        for (index, &a) in numbers.iter().enumerate() {
            let b = numbers[(index * 7 + 3) % numbers.len()];
            let (x, y) = (double(a), double(b));
            let check = |got: Result<Double, RuleError>, machine: f64| {
                if machine.is_finite() {
                    assert_eq!(got, Ok(double(machine)), "{a} {b}");
                } else {
                    assert_eq!(got, Err(RuleError::Overflow), "{a} {b}");
                }
            };
            check(x.plus(y), a + b);
            check(x.minus(y), a - b);
            check(x.times(y), a * b);
            check(x.over(y), a / b);
            assert_eq!(x.cmp(&y), a.total_cmp(&b));
        }
    }

    #[test]
    fn sums_and_products_near_zero_lose_their_digits_as_the_format_says() {
        let least = double(5e-324);
        assert_eq!(
            least.times(double(0.5)),
            Ok(Double::ZERO),
            "a tie goes to the even one"
        );
        assert_eq!(least.times(double(0.75)), Ok(least));
        assert_eq!(least.minus(least), Ok(Double::ZERO));
        assert_eq!(Double::ONE.over(Double::ZERO), Err(RuleError::ZeroDivisor));
    }

    #[test]
    fn powers_are_the_doubles_nearest_to_the_true_ones() {
        // By Python's mpmath with 60 digits: `mpmath.mpf(0.85) ** mpmath.mpf(y)`, rounded to a double.
        for (base, exponent, expected) in [
            (0.85, 0.1, 0.983_879_456_540_526_3),
            (0.85, 0.5, 0.921_954_445_729_288_7),
            (0.85, 10.3, 0.187_505_898_794_897_35),
            (0.999, 1000.0, 0.367_695_424_770_963_73),
            (2.0, -3.0, 0.125),
            (2.0, 0.5, std::f64::consts::SQRT_2),
            (0.0, 0.3, 0.0),
            (-3.0, 3.0, -27.0),
            (1.5, 5000.5, f64::INFINITY),
            (1.5, -5000.5, 0.0),
        ] {
            let got = double(base).power(double(exponent));
            if expected.is_finite() {
                assert_eq!(got, Ok(double(expected)), "{base}^{exponent}");
            } else {
                assert_eq!(got, Err(RuleError::Overflow));
            }
        }
        assert_eq!(
            Double::ZERO.power(double(-0.5)),
            Err(RuleError::ZeroDivisor)
        );
        assert!(double(-2.0).power(double(0.5)).is_err());
    }

    #[test]
    fn doubles_are_read_and_printed_as_the_machine_does() {
        for text in ["0.1", "-2.5", "0.054909999999999994", "1e22", "3"] {
            let machine: f64 = text.parse().unwrap();
            let ours = super::double(&Decimal::parse(text).unwrap()).unwrap();
            assert_eq!(ours, double(machine));
            assert_eq!(number(ours).unwrap().decimal(), Decimal::parse(text));
        }
        assert_eq!(Double::from_bits(f64::NAN.to_bits()), None);
        assert_eq!(Double::from_bits((-0.0f64).to_bits()), Some(Double::ZERO));
    }
}
