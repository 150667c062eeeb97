//! Values of the effective scenario by path, for reference lines, warnings and the list of assumptions.

use experiment::parameters;
use toml_edit::{DocumentMut, Item};
use units::Quantity;

/// The effective scenario of a run, as read from its manifest.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    document: DocumentMut,
}

impl Settings {
    /// Reads the effective scenario; one that cannot be read leaves every value unknown.
    #[must_use]
    pub fn new(scenario: &str) -> Self {
        Self {
            document: scenario.parse().unwrap_or_default(),
        }
    }

    /// The value at a path such as `protocol.price.band`, as written, without quotes. The path is one of the parameter
    /// table's: a mistyped one is a bug.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<String> {
        debug_assert!(parameters::find(path).is_some(), "{path} is no parameter");
        let mut item: &Item = self.document.as_item();
        for part in path.split('.') {
            item = item.get(part)?;
        }
        let value = item.as_value()?;
        Some(value.as_str().map_or_else(
            || value.clone().decorated("", "").to_string(),
            str::to_owned,
        ))
    }

    /// The quantity at a path.
    #[must_use]
    pub fn quantity<Q: Quantity>(&self, path: &str) -> Option<Q> {
        Q::parse(&self.text(path)?).ok()
    }

    /// The ratio at a path as a number.
    #[must_use]
    pub fn ratio(&self, path: &str) -> Option<f64> {
        let ratio: units::Ratio = self.quantity(path)?;
        Some(ratio.parts() as f64 / units::Ratio::ONE.parts() as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_path_and_read_with_its_unit() {
        let settings = Settings::new(
            "[protocol.price]\nband = \"10 %\" # half\n[fleet]\nproviders = 3 # few\n",
        );
        assert_eq!(settings.ratio("protocol.price.band"), Some(0.1));
        assert_eq!(settings.text("fleet.providers").as_deref(), Some("3"));
        assert_eq!(settings.text("protocol.price.target"), None);
        assert_eq!(Settings::new("[broken").text("fleet.providers"), None);
    }
}
