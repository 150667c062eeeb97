//! Electric energy of a run at the wall.

use units::{Energy, Power};

use crate::rounding::to_u128;

/// How a GPU's rated power becomes power at the meter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draw {
    /// Rated power of the chip.
    pub tdp: Power,
    /// Rated power of the server per chip, over the chip's: 1.82 for an 8×H100 server, 2.03 for 8×A100, else 1.8 (Epoch AI).
    pub server_per_chip: f64,
    /// Mean draw over rated power: 0.75 in training (Epoch AI).
    pub load: f64,
    /// Power usage effectiveness of the building: 1.1 for the largest operators, 1.25 otherwise (Epoch AI).
    pub pue: f64,
}

/// Energy at the meter for this many GPU-hours, to the nearest millijoule.
#[must_use]
pub fn run_energy(gpu_hours: f64, draw: &Draw) -> Energy {
    let watts = draw.tdp.mw() as f64 / 1e3 * draw.server_per_chip * draw.load * draw.pue;
    Energy::from_mj(to_u128(gpu_hours * 3600.0 * watts * 1e3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_factor_raises_the_draw() {
        let chip = Draw {
            tdp: Power::from_watts(1_000),
            server_per_chip: 1.0,
            load: 1.0,
            pue: 1.0,
        };
        assert_eq!(run_energy(1.0, &chip), Energy::KWH);
        let wall = Draw {
            server_per_chip: 2.0,
            load: 0.75,
            pue: 1.25,
            ..chip
        };
        assert_eq!(run_energy(8.0, &wall), Energy::KWH * 15);
    }
}
