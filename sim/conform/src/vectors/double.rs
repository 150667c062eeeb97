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
