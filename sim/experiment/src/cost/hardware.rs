//! What it is trained on: GPUs on one fabric, or islands of them on the internet.

use training::{Calibration, Gpu, Network};
use units::{BitRate, Money, MoneyRate, Quantity, Ratio, Span};

use super::keys::{Assumed, Key, Optional};
use super::software::Software;
use crate::data::{built_in, gpus, prices};
use crate::parameters::nearest;
use crate::sweep::{Reader, Section};

/// Keys of `[hardware]`.
const KEYS: [&str; 9] = [
    "gpu",
    "gpus",
    "gpus_per_node",
    "link",
    "fabric",
    "latency",
    "rent",
    "purchase",
    "server_power",
];
/// Keys that `[[islands]]` has besides.
const ISLAND_KEYS: [&str; 3] = ["count", "up", "down"];

const RATE: [&str; 2] = ["1 kbit/s", "100 Tbit/s"];
const LINK: Key = key("link", RATE);
const FABRIC: Key = key("fabric", RATE);
const LATENCY: Optional = Optional {
    key: key("latency", ["0 s", "10 s"]),
    default: "5 us",
    source: "assumption: a hop of a data-centre fabric",
};
const RENT: Key = key("rent", ["0 USD/h", "1000 USD/h"]);
const PURCHASE: Key = key("purchase", ["0 USD", "10000000 USD"]);
const SERVER_POWER: Key = key("server_power", ["1", "5"]);

const fn key(name: &'static str, [least, most]: [&'static str; 2]) -> Key {
    Key { name, least, most }
}

/// GPUs of one kind on one fabric.
#[derive(Clone, Debug, PartialEq)]
pub struct Island {
    /// Islands like this one.
    pub count: u32,
    /// Name of the GPU kind in the catalogue.
    pub kind: String,
    /// The kind.
    pub gpu: Gpu,
    /// What of kind and software had to be measured.
    pub calibration: Calibration,
    /// GPUs of each such island.
    pub gpus: u32,
    /// Links inside.
    pub network: Network,
    /// Uplink of each.
    pub up: BitRate,
    /// Downlink of each.
    pub down: BitRate,
    /// Rent of one GPU, where known.
    pub rent: Option<MoneyRate>,
    /// Purchase price of one GPU, where known.
    pub purchase: Option<Money>,
    /// Rated power of the server per chip, over the chip's.
    pub server_power: Ratio,
}

impl Island {
    /// GPUs of all islands like this one.
    #[must_use]
    pub fn all_gpus(&self) -> u64 {
        u64::from(self.gpus) * u64::from(self.count)
    }
}

impl Reader<'_> {
    /// Reads `[hardware]`, or all `[[islands]]`.
    pub fn hardware(
        &mut self,
        top: &Section<'_>,
        software: Option<&Software>,
        assumed: &mut Vec<Assumed>,
    ) -> Option<Vec<Island>> {
        if !top.table.contains_key("islands") {
            let hint = "begin it with a line [hardware]; it holds gpu, gpus and gpus_per_node";
            let section = self.section(top, "hardware", hint)?;
            self.refuse_unknown(&section, &KEYS);
            let island = self.island(&section, false, assumed)?;
            return Some(vec![calibrated(island, software?, assumed)]);
        }
        if top.table.contains_key("hardware") {
            let fault = self.fault(top, "hardware", "either this or [[islands]], not both");
            self.faults.push(fault);
        }
        let keys: Vec<&str> = KEYS.into_iter().chain(ISLAND_KEYS).collect();
        let sections = self.sections(top, "islands");
        if sections.is_empty() {
            let fault = self.fault(top, "islands", "expected at least one");
            self.faults
                .push(fault.hint("begin each kind with a line [[islands]]"));
        }
        let mut islands = Vec::new();
        for section in &sections {
            self.refuse_unknown(section, &keys);
            let first = assumed.len();
            let island = self.island(section, true, assumed);
            // Several kinds leave out the same keys.
            let kind = island.as_ref().map_or("", |island| &island.kind);
            for note in &mut assumed[first..] {
                note.key = format!("{} of {kind}", note.key);
            }
            islands.extend(
                island
                    .zip(software)
                    .map(|(island, software)| calibrated(island, software, assumed)),
            );
        }
        (!sections.is_empty() && islands.len() == sections.len()).then_some(islands)
    }

    fn island(
        &mut self,
        section: &Section<'_>,
        is_one_of_many: bool,
        assumed: &mut Vec<Assumed>,
    ) -> Option<Island> {
        let count = self.count_or(section, "count", 100_000, 1);
        let kind = self.gpu_kind(section);
        let gpus = self.count(section, "gpus", 1_000_000);
        let per_node = self.count(section, "gpus_per_node", 1_024);
        let optional = |reader: &mut Self, key: Key| match section.table.contains_key(key.name) {
            true => reader.quantity::<BitRate>(section, key).map(Some),
            false => Some(None),
        };
        let link = optional(self, LINK);
        let is_single_node = gpus.zip(per_node).is_some_and(|(all, node)| all <= node);
        let fabric = match is_single_node && !section.table.contains_key(FABRIC.name) {
            true => Some(BitRate::ZERO),
            false => self.quantity(section, FABRIC),
        };
        let latency = match is_single_node && !section.table.contains_key("latency") {
            true => Some(Span::ZERO),
            false => self.quantity_or(Some(section), section.name, LATENCY, assumed),
        };
        let (up, down) = match is_one_of_many {
            true => (
                self.quantity(section, key("up", RATE)),
                self.quantity(section, key("down", RATE)),
            ),
            false => (Some(BitRate::ZERO), Some(BitRate::ZERO)),
        };
        let price = kind.as_ref().map(|(_, price)| price.clone());
        let rented = price.as_ref().and_then(|it| it.rent);
        let rent = self.price_or(section, RENT, rented, per_hour, assumed);
        let bought = price.as_ref().and_then(|it| it.purchase);
        let purchase = self.price_or(section, PURCHASE, bought, Money::print, assumed);
        let server_power = self.server_power(section, price.as_ref(), assumed);
        let (specification, price) = kind?;
        let gpu = specification.device(link?);
        Some(Island {
            count: count?,
            kind: price.name,
            gpu,
            calibration: Calibration::TUNED,
            gpus: gpus?,
            network: Network {
                intra: gpu.link,
                inter: fabric?,
                gpus_per_node: per_node?,
                latency: latency?,
            },
            up: up?,
            down: down?,
            rent: rent?,
            purchase: purchase?,
            server_power: server_power?,
        })
    }

    /// The kind that `gpu` names, with its prices.
    fn gpu_kind(&mut self, section: &Section<'_>) -> Option<(gpus::Specification, prices::Price)> {
        if !section.table.contains_key("gpu") {
            self.missing(section, "gpu", "write gpu = \"h100_sxm\"");
        }
        let name = self.string(section, "gpu")?;
        let bytes = built_in::data("data/gpus.csv").expect("a built-in data file");
        let kinds = gpus::parse(bytes).expect("our own data file");
        let all_prices = prices::parse(bytes).expect("our own data file");
        let found = kinds
            .iter()
            .zip(all_prices)
            .find(|(kind, _)| kind.name == name);
        if let Some((kind, price)) = found {
            return Some((kind.clone(), price));
        }
        let names = || kinds.iter().map(|kind| kind.name.as_str());
        let legal = names().collect::<Vec<_>>().join(", ");
        let fault = self
            .fault(section, "gpu", "unknown GPU kind")
            .legal(Some(legal));
        self.faults.push(match nearest(&name, names()) {
            Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
            None => fault,
        });
        None
    }

    /// A price as written, else the catalogue's, which is noted. The outer nothing is a fault, the inner one an unknown price.
    fn price_or<T: Quantity + PartialOrd>(
        &mut self,
        section: &Section<'_>,
        key: Key,
        catalogue: Option<T>,
        print: impl Fn(T) -> String,
        assumed: &mut Vec<Assumed>,
    ) -> Option<Option<T>> {
        if section.table.contains_key(key.name) {
            return self.quantity(section, key).map(Some);
        }
        if let Some(price) = catalogue {
            assumed.push(Assumed {
                key: section.path(key.name),
                value: print(price),
                source: "scenarios/data/gpus.csv".to_owned(),
            });
        }
        Some(catalogue)
    }

    fn server_power(
        &mut self,
        section: &Section<'_>,
        price: Option<&prices::Price>,
        assumed: &mut Vec<Assumed>,
    ) -> Option<Ratio> {
        let name = price.map_or("", |price| price.name.as_str());
        let (default, source) = match name.split('_').next() {
            Some("h100") => ("1.82", "10.2 kW a server of eight (Epoch AI)"),
            Some("a100") => ("2.03", "6.5 kW a server of eight (Epoch AI)"),
            _ => ("1.8", "servers of other kinds (Epoch AI)"),
        };
        let wanted = Optional {
            key: SERVER_POWER,
            default,
            source,
        };
        self.quantity_or(Some(section), section.name, wanted, assumed)
    }
}

/// A rent as prices of GPUs are quoted.
fn per_hour(rent: MoneyRate) -> String {
    format!("{} USD/h", rent.nano_per_day() as f64 / 24e9)
}

/// The island with the constants of its kind under that software.
fn calibrated(island: Island, software: &Software, assumed: &mut Vec<Assumed>) -> Island {
    let calibration = software.calibration(&island.kind, island.gpu.peak, assumed);
    Island {
        calibration,
        ..island
    }
}
