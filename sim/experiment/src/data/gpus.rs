//! Specifications of GPU kinds.

use conform::measured::Stack;
use training::Gpu;
use units::{BitRate, Bytes, FlopRate, Power, Quantity};
use world::config::GpuKind;

use super::constants;
use super::rows::{Parsed, number, read};

/// The data-sheet facts of one GPU kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Specification {
    /// Key name, such as `rtx_4090`.
    pub name: String,
    peak: FlopRate,
    memory: Bytes,
    memory_bandwidth: BitRate,
    link: BitRate,
    tdp: Power,
}

impl Specification {
    /// Writes the facts into a GPU kind.
    pub fn fill(&self, kind: &mut GpuKind) {
        kind.peak = self.peak;
        kind.memory = self.memory;
        kind.memory_bandwidth = self.memory_bandwidth;
        kind.link = self.link;
        kind.tdp = self.tdp;
        // Islands shard everything, as this stack does.
        kind.calibration = constants::of(Stack::Mosaic, &self.name, self.peak)
            .0
            .calibration;
    }

    /// The kind as the training model sees it, its link replaced where one is given.
    #[must_use]
    pub fn device(&self, link: Option<BitRate>) -> Gpu {
        Gpu {
            peak: self.peak,
            memory: self.memory,
            memory_bandwidth: self.memory_bandwidth,
            link: link.unwrap_or(self.link),
            tdp: self.tdp,
        }
    }
}

/// Reads a catalogue.
pub fn parse(bytes: &[u8]) -> Parsed<Specification> {
    let columns = [
        "name",
        "bf16_dense_tflops",
        "memory_gb",
        "memory_bandwidth_gb_s",
        "link_gb_s",
        "tdp_w",
    ];
    read(
        bytes,
        columns,
        |[name, peak, memory, bandwidth, link, tdp]| {
            Ok(Specification {
                name: name.to_owned(),
                peak: positive(
                    FlopRate::parse(&format!("{peak} TFLOP/s")),
                    "bf16_dense_tflops",
                )?,
                memory: positive(Bytes::parse(&format!("{memory} GB")), "memory_gb")?,
                memory_bandwidth: positive(
                    BitRate::parse(&format!("{bandwidth} GB/s")),
                    "memory_bandwidth_gb_s",
                )?,
                link: positive(BitRate::parse(&format!("{link} GB/s")), "link_gb_s")?,
                tdp: Power::from_watts(number("tdp_w", tdp)?),
            })
        },
    )
}

fn positive<T: Quantity + Default + PartialEq>(
    value: Result<T, units::QuantityError>,
    column: &str,
) -> Result<T, String> {
    let value = value.map_err(|error| format!("{column}: {error}"))?;
    if value == T::default() {
        Err(format!("{column} must be above zero"))
    } else {
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_rtx_4090_has_its_data_sheet() {
        let catalogue = parse(crate::data::built_in::data("data/gpus.csv").unwrap()).unwrap();
        let card = catalogue
            .iter()
            .find(|card| card.name == "rtx_4090")
            .unwrap();
        assert_eq!(card.peak, FlopRate::parse("165.2 TFLOP/s").unwrap());
        assert_eq!(
            (card.memory, card.tdp),
            (Bytes::parse("24 GB").unwrap(), Power::from_watts(450))
        );
    }

    #[test]
    fn a_specification_that_is_no_number_names_its_column() {
        let text = b"name,bf16_dense_tflops,memory_gb,memory_bandwidth_gb_s,link_gb_s,tdp_w\nx,fast,24,1008,31,450\n";
        let faults = parse(text).unwrap_err();
        assert!(
            faults[0].message.starts_with("bf16_dense_tflops"),
            "{}",
            faults[0].message
        );
    }
}
