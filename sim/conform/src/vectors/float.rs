//! Floats and scaled lists in rows: how a row's numbers become what rules of floats take, and back.

use num_bigint::BigInt;
use protocol::networks::float::Float;

use super::case::{Case, Problem};
use super::decimal::Decimal;
use super::json::Json;

impl Case<'_> {
    /// The float nearest to an input.
    ///
    /// # Errors
    /// [`Problem::Malformed`] when it is missing or no number, [`Problem::Rule`] past the greatest float.
    pub fn float<const BITS: u32, const EXPONENT_MAX: i32>(
        &self,
        key: &str,
    ) -> Result<Float<BITS, EXPONENT_MAX>, Problem> {
        float(&self.decimal(key)?)
    }

    /// The float nearest to an input, or to this text when the row has none.
    ///
    /// # Errors
    /// As [`Case::float`].
    pub fn float_or<const BITS: u32, const EXPONENT_MAX: i32>(
        &self,
        key: &str,
        otherwise: &str,
    ) -> Result<Float<BITS, EXPONENT_MAX>, Problem> {
        match (self.find(key), Decimal::parse(otherwise)) {
            (None, Some(otherwise)) => float(&otherwise),
            _ => self.float(key),
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

/// The float nearest to a number.
///
/// # Errors
/// [`Problem::Rule`] past the greatest float.
pub fn float<const BITS: u32, const EXPONENT_MAX: i32>(
    number: &Decimal,
) -> Result<Float<BITS, EXPONENT_MAX>, Problem> {
    let (mantissa, places) = number.parts();
    Ok(Float::of_decimal(mantissa, places)?)
}

/// A float as the shortest number that reads back as itself.
///
/// # Errors
/// None: there is one.
pub fn number<const BITS: u32, const EXPONENT_MAX: i32>(
    float: Float<BITS, EXPONENT_MAX>,
) -> Result<Json, Problem> {
    let (mantissa, places) = float.shortest()?;
    Ok(Json::from(Decimal::new(mantissa, places)))
}
