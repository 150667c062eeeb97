//! What a GPU kind is bought and rented for, where the catalogue says so.

use units::{Money, MoneyRate, Quantity};

use super::rows::{Parsed, read};

/// Prices of one GPU kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// Key name, such as `rtx_4090`.
    pub name: String,
    /// Purchase price of the chip or card; of a range its middle.
    pub purchase: Option<Money>,
    /// The low rent of one GPU.
    pub rent: Option<MoneyRate>,
}

/// Reads the prices of a catalogue.
pub fn parse(bytes: &[u8]) -> Parsed<Price> {
    let columns = ["name", "purchase_usd", "rent_low_usd_h"];
    read(bytes, columns, |[name, purchase, rent]| {
        Ok(Price {
            name: name.to_owned(),
            purchase: middle(purchase)?,
            rent: given(rent, "rent_low_usd_h", |text| {
                MoneyRate::parse(&format!("{text} USD/h"))
            })?,
        })
    })
}

/// The middle of `"1070-2199"`, or the one price.
fn middle(cell: &str) -> Result<Option<Money>, String> {
    let usd = |text: &str| Money::parse(&format!("{text} USD"));
    let (low, high) = cell.split_once('-').unwrap_or((cell, cell));
    let [low, high] = [low, high].map(|end| given(end, "purchase_usd", usd));
    Ok(low?
        .zip(high?)
        .map(|(low, high)| Money::from_nano((low.nano() + high.nano()) / 2)))
}

fn given<T>(
    cell: &str,
    column: &str,
    parse: impl Fn(&str) -> Result<T, units::QuantityError>,
) -> Result<Option<T>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let value = parse(cell).map_err(|error| format!("{column}: {error}"))?;
    Ok(Some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_counts_as_its_middle_and_a_missing_price_as_none() {
        let prices = parse(crate::data::built_in::data("data/gpus.csv").unwrap()).unwrap();
        let of = |name: &str| prices.iter().find(|price| price.name == name).unwrap();
        assert_eq!(of("a100_sxm_80gb").purchase, Some(Money::from_usd(17_424)));
        assert_eq!(of("l40s").purchase, None);
        assert_eq!(
            of("l40s").rent,
            Some(MoneyRate::parse("0.602 USD/h").unwrap())
        );
    }
}
