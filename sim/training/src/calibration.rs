//! What has to be measured: the few constants of hardware and software that no data sheet states.
//!
//! One [`Calibration`] stands for one kind of GPU under one software stack. Nothing here is fitted; a fit writes such values, and
//! [`Calibration::TUNED`] holds those of the simulated world.

/// The measured constants of one kind of GPU under one software stack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// Share of the dense peak that wide matrix products reach.
    pub matmul: f64,
    /// Side of a matrix product, in elements, at which half of that is reached.
    pub narrow_half: f64,
    /// Share of the peak that the attention core reaches, counted without the causal mask; more where a kernel skips what is masked.
    pub attention: f64,
    /// Bytes through device memory per layer and element of the residual stream, forward and backward: norms, residuals, activation functions.
    pub activation_traffic: f64,
    /// Bytes through device memory per attention score, forward and backward; none under fused attention.
    pub attention_traffic: f64,
    /// Bytes through device memory per logit, forward and backward.
    pub logit_traffic: f64,
    /// Bytes through device memory per parameter that a GPU updates.
    pub optimiser_traffic: f64,
    /// Host seconds to launch one layer's kernels for one micro-batch, forward and backward.
    pub launch_s: f64,
    /// Host seconds more per layer and micro-batch for each GPU that shares its matrices.
    pub tensor_launch_s: f64,
    /// How launches hide behind the GPU's work: the exponent of the norm that joins both. 1 adds them, infinity takes the longer.
    pub launch_overlap: f64,
    /// Host seconds per micro-batch and pipeline stage.
    pub pass_s: f64,
    /// Seconds per step, whatever its size.
    pub step_s: f64,
    /// Share of the stated rate inside a node that collectives reach.
    pub intra: f64,
    /// Share of the stated rate between nodes that collectives reach.
    pub inter: f64,
    /// Share of the last backward pass behind which the exchange between replicas hides.
    pub data_overlap: f64,
    /// Bytes of a gradient in the exchange between replicas.
    pub gradient_bytes: f64,
}

/// One constant by name: what a file, a fit and a reader need of it.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    /// Name of the field.
    pub name: &'static str,
    /// Unit.
    pub unit: &'static str,
    /// Smallest legal value.
    pub min: f64,
    /// Largest legal value.
    pub max: f64,
    /// Meaning, in a line.
    pub meaning: &'static str,
    /// The value, to read or set.
    pub of: fn(&mut Calibration) -> &mut f64,
}

macro_rules! constants {
    ($($field:ident, $unit:literal, $min:literal, $max:literal, $meaning:literal;)+) => {
        [$(Constant {
            name: stringify!($field),
            unit: $unit,
            min: $min,
            max: $max,
            meaning: $meaning,
            of: |calibration| &mut calibration.$field,
        }),+]
    };
}

impl Calibration {
    /// Tuned kernels on A100 whose launches add to the arithmetic, fused attention, and links that reach what they are said to: a fit of
    /// three constants to ten published iterations. The simulated world takes `matmul` from its scenario.
    pub const TUNED: Calibration = Calibration {
        matmul: 0.73,
        narrow_half: 130.0,
        attention: 0.73,
        activation_traffic: 0.0,
        attention_traffic: 0.0,
        logit_traffic: 0.0,
        optimiser_traffic: 0.0,
        launch_s: 0.6e-3,
        tensor_launch_s: 0.0,
        launch_overlap: 1.0,
        pass_s: 0.0,
        step_s: 0.0,
        intra: 1.0,
        inter: 1.0,
        data_overlap: 1.0,
        gradient_bytes: 2.0,
    };

    /// Every constant, in the order in which files list them.
    pub const CONSTANTS: [Constant; 16] = constants! {
        matmul, "share of peak", 0.05, 1.0, "wide matrix products";
        narrow_half, "elements", 0.0, 4096.0, "side of a matrix product that reaches half of it";
        attention, "share of peak", 0.05, 2.0, "attention core, causal mask not deducted";
        activation_traffic, "bytes", 0.0, 1000.0, "device memory traffic per layer and residual element";
        attention_traffic, "bytes", 0.0, 200.0, "device memory traffic per attention score";
        logit_traffic, "bytes", 0.0, 500.0, "device memory traffic per logit";
        optimiser_traffic, "bytes", 0.0, 500.0, "device memory traffic per updated parameter";
        launch_s, "s", 0.0, 0.02, "host time per layer and micro-batch";
        tensor_launch_s, "s", 0.0, 0.002, "host time more per layer, micro-batch and tensor-parallel GPU";
        launch_overlap, "", 1.0, 16.0, "how launches hide: 1 adds them to the GPU's work";
        pass_s, "s", 0.0, 0.1, "host time per micro-batch and stage";
        step_s, "s", 0.0, 1.0, "time per step whatever its size";
        intra, "share of rate", 0.05, 1.0, "collectives inside a node";
        inter, "share of rate", 0.05, 1.0, "collectives between nodes";
        data_overlap, "share of backward pass", 0.0, 1.0, "what hides the exchange between replicas";
        gradient_bytes, "bytes", 1.0, 4.0, "a gradient in the exchange between replicas";
    };

    /// Names of constants outside their legal range, in the order of [`Calibration::CONSTANTS`].
    #[must_use]
    pub fn illegal(mut self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for constant in &Self::CONSTANTS {
            if !(constant.min..=constant.max).contains((constant.of)(&mut self)) {
                names.push(constant.name);
            }
        }
        names
    }

    /// Operations per second on a GPU of this peak in products whose narrowest side has `side` elements.
    #[must_use]
    pub fn achieved_flop_per_s(&self, peak_flop_per_s: f64, side: f64) -> f64 {
        peak_flop_per_s * self.matmul * side / (side + self.narrow_half)
    }

    /// Seconds that work of `gpu_s` takes when launching it takes the host `host_s`.
    #[must_use]
    pub fn launched_s(&self, gpu_s: f64, host_s: f64) -> f64 {
        let longer = gpu_s.max(host_s);
        if self.launch_overlap == 1.0 || longer == 0.0 || longer.is_infinite() {
            return gpu_s + host_s;
        }
        let shorter = gpu_s.min(host_s) / longer;
        longer
            * libm::pow(
                1.0 + libm::pow(shorter, self.launch_overlap),
                1.0 / self.launch_overlap,
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_products_are_slower_and_wide_ones_approach_the_achievable_peak() {
        let calibration = Calibration::TUNED;
        let half = calibration.achieved_flop_per_s(1e6, calibration.narrow_half);
        assert!((half - 365_000.0).abs() < 1e-6);
        assert!(calibration.achieved_flop_per_s(1e6, 1e9) > 729_999.0);
    }

    #[test]
    fn launches_add_hide_in_part_or_leave_the_longer() {
        let launched = |launch_overlap, gpu_s, host_s| {
            let calibration = Calibration {
                launch_overlap,
                ..Calibration::TUNED
            };
            calibration.launched_s(gpu_s, host_s)
        };
        assert_eq!(launched(1.0, 3.0, 4.0), 7.0);
        assert!((launched(2.0, 3.0, 4.0) - 5.0).abs() < 1e-12);
        assert!((launched(16.0, 3.0, 30.0) - 30.0).abs() < 1e-9);
        assert_eq!(launched(2.0, 0.0, 0.0), 0.0);
        assert_eq!(launched(2.0, f64::INFINITY, 1.0), f64::INFINITY);
    }

    #[test]
    fn a_constant_outside_its_range_is_named() {
        assert!(Calibration::TUNED.illegal().is_empty());
        let broken = Calibration {
            matmul: 1.5,
            pass_s: f64::NAN,
            ..Calibration::TUNED
        };
        assert_eq!(broken.illegal(), ["matmul", "pass_s"]);
    }
}
