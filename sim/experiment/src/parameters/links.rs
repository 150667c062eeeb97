//! `[links]`: networks between and inside providers.

use super::{ASSUMPTION, Access::*, Parameter, fixed};

macro_rules! links {
    ($at:literal, $name:literal, $up:literal, $down:literal, $source:literal, $fabric:literal) => {
        [
            fixed(concat!("links.", $name, ".up"), BitRate(|d| &mut d.config.fleet.classes[$at].link_up), "1 Mbit/s..100 Tbit/s", $up, $source, "Upload of a provider's access link."),
            fixed(concat!("links.", $name, ".down"), BitRate(|d| &mut d.config.fleet.classes[$at].link_down), "1 Mbit/s..100 Tbit/s", $down, $source, "Download of a provider's access link."),
            fixed(concat!("links.", $name, ".fabric"), BitRate(|d| &mut d.config.fleet.classes[$at].fabric), "100 Mbit/s..100 Tbit/s", $fabric, ASSUMPTION, "Fabric between the nodes of one provider."),
        ]
    };
}

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.push(fixed("links.latency", Span(|d| &mut d.config.fleet.latency), "0 ns..10 s", "75 ms", "transatlantic round trip, public latency pages", "Latency between providers."));
    table.extend(links!(0, "individual", "110 Mbit/s", "500 Mbit/s", "peers observed in the Covenant-72B run", "10 Gbit/s"));
    table.extend(links!(1, "edge", "1 Gbit/s", "1 Gbit/s", "dedicated internet access", "100 Gbit/s"));
    table.extend(links!(2, "datacentre", "10 Gbit/s", "10 Gbit/s", "leased line", "400 Gbit/s"));
}
