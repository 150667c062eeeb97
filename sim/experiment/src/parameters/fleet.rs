//! `[fleet]`: who takes part, in three classes of providers.

use super::{ASSUMPTION, Access::*, Parameter, fixed};

/// The parameters of one class of providers.
macro_rules! class {
    ($table:ident, $at:literal, $name:literal, share $share:literal, gpus $min:literal $mean:literal $max:literal,
     mix $mix:tt, tariff $tariff:literal $factor:literal) => {
        $table.extend([
            fixed(concat!("fleet.", $name, ".share"), Ratio(|d| &mut d.config.fleet.classes[$at].share), "0 %..100 %", $share, ASSUMPTION, "Share of the providers; the three shares sum to 100 %."),
            fixed(concat!("fleet.", $name, ".gpus_min"), U32(|d| &mut d.config.fleet.classes[$at].gpus_min), "1..100000", $min, "class sizes of public network documents", "Fewest GPUs of a provider."),
            fixed(concat!("fleet.", $name, ".gpus_mean"), Factor(|d| &mut d.config.fleet.classes[$at].gpus_mean), "1..100000", $mean, ASSUMPTION, "Mean number of GPUs of a provider, before the cap."),
            fixed(concat!("fleet.", $name, ".gpus_max"), U32(|d| &mut d.config.fleet.classes[$at].gpus_max), "1..100000", $max, "class sizes of public network documents", "Most GPUs of a provider."),
            fixed(concat!("fleet.", $name, ".tariff"), Choice(&["residential", "business"], |d, at| d.config.fleet.classes[$at].is_business_tariff = at == 1), "", $tariff, ASSUMPTION, "Electricity tariff of its region that it pays."),
            fixed(concat!("fleet.", $name, ".power_factor"), Factor(|d| &mut d.config.fleet.classes[$at].power_factor), "0.1..5", $factor, ASSUMPTION, "Its electricity price over that tariff."),
        ]);
        class!(mix $table, $at, $name, $mix);
    };
    (mix $table:ident, $at:literal, $name:literal, [$a:literal $b:literal $c:literal $d:literal $e:literal $f:literal]) => {
        $table.extend([
            class!(kind $at, $name, 0, "rtx_3090", $a),
            class!(kind $at, $name, 1, "rtx_4090", $b),
            class!(kind $at, $name, 2, "rtx_5090", $c),
            class!(kind $at, $name, 3, "l40s", $d),
            class!(kind $at, $name, 4, "a100_sxm_80gb", $e),
            class!(kind $at, $name, 5, "h100_sxm", $f),
        ]);
    };
    (kind $at:literal, $name:literal, $kind:literal, $gpu:literal, $share:literal) => {
        fixed(concat!("fleet.", $name, ".mix.", $gpu), Ratio(|d| &mut d.config.fleet.classes[$at].mix[$kind]), "0 %..100 %", $share, ASSUMPTION, "Share of the class's providers with this GPU; sums to 100 %.")
    };
}

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("fleet.providers", U32(|d| &mut d.config.fleet.providers), "1..1000000", "5000", ASSUMPTION, "Providers at the start."),
        fixed("fleet.providers_reference", U32(|d| &mut d.config.fleet.providers_reference), "1..1000000", "5000", ASSUMPTION, "Fleet for which supply, emission, delegators and demand are stated; they scale with `providers` over this."),
        fixed("fleet.node_gpus", U32(|d| &mut d.config.fleet.node_gpus), "1..8", "8", "usual server size", "Most GPUs in one node; a node fails as a whole."),
        fixed("fleet.power_price_sigma", Factor(|d| &mut d.config.fleet.power_price_sigma), "0..2", "0.35", ASSUMPTION, "Sigma of the log-normal spread of electricity prices inside a region."),
    ]);
    class!(table, 0, "individual", share "92 %", gpus "1" "1.6" "4", mix ["30 %" "50 %" "20 %" "0 %" "0 %" "0 %"], tariff "residential" "1");
    class!(table, 1, "edge", share "7.6 %", gpus "10" "16" "50", mix ["0 %" "50 %" "0 %" "30 %" "20 %" "0 %"], tariff "business" "0.8");
    class!(table, 2, "datacentre", share "0.4 %", gpus "100" "200" "1000", mix ["0 %" "0 %" "0 %" "0 %" "50 %" "50 %"], tariff "business" "0.65");
}
