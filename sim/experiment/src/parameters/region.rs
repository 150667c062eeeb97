//! `[region.<name>]`: where providers are and what electricity costs there.

use super::{Access::*, Parameter, fixed};

const TARIFF: &str = "data/electricity.csv, 2025 Q2";

macro_rules! region {
    ($at:literal, $name:literal, $share:literal, $residential:literal, $business:literal) => {
        [
            fixed(concat!("region.", $name, ".share"), Ratio(|d| &mut d.config.fleet.regions[$at].share), "0 %..100 %", $share, "assumption; the mean residential tariff is then near the world's 0.165 USD/kWh", "Share of the providers; sums to 100 %."),
            fixed(concat!("region.", $name, ".residential"), EnergyPrice(|d| &mut d.config.fleet.regions[$at].residential), "0 USD/kWh..5 USD/kWh", $residential, TARIFF, "Residential tariff."),
            fixed(concat!("region.", $name, ".business"), EnergyPrice(|d| &mut d.config.fleet.regions[$at].business), "0 USD/kWh..5 USD/kWh", $business, TARIFF, "Business tariff."),
        ]
    };
}

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend(region!(0, "north_america", "40 %", "0.139 USD/kWh", "0.155 USD/kWh"));
    table.extend(region!(1, "europe", "35 %", "0.245 USD/kWh", "0.204 USD/kWh"));
    table.extend(region!(2, "asia", "25 %", "0.084 USD/kWh", "0.107 USD/kWh"));
}
