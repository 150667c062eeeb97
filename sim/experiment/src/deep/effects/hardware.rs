//! `[gpu.<kind>]`.

use super::Direction::{Along, Down, Up};
use super::preset::*;
use super::{Effect, Preset, effect};

const OWNED: &[Preset] = &[ONLY_INDIVIDUALS, ONLY_KIND, SMALL_GANGS, NOBODY_LEAVES];

const EXCHANGING: &[Preset] = &[ONLY_INDIVIDUALS, ONLY_KIND, SMALL_GANGS, EXCHANGE];

const FASTER: &str = "the faster the GPUs, the more of a gang's time goes into exchanges, which customers did not plan with";

pub(super) const EFFECTS: &[Effect] = &[
    effect(&["gpu.*.list_price"], &[("fees.usd", Up)], "prices of jobs are multiples of it").with(OWNED),
    effect(&["gpu.*.capital"], &[("providers.return_median", Down), ("capacity.hardware_per_gpu", Up)], "the same income on dearer hardware").with(OWNED),
    effect(&["gpu.*.life"], &[("providers.return_median", Up)], "hardware that lasts longer loses less worth a day").with(OWNED),
    effect(&["gpu.*.residual"], &[("providers.return_median", Up)], "hardware that keeps its worth loses less a day").with(OWNED),
    effect(&["gpu.*.power_busy"], &[("providers.return_median", Down)], "costs").with(OWNED),
    effect(&["gpu.*.power_idle"], &[("providers.return_median", Down)], "costs").with(OWNED),
    effect(&["gpu.*.other_cost"], &[("providers.return_median", Down)], "costs").with(OWNED),
    effect(&["gpu.*.efficiency"], &[("utilisation.consumer", Up), ("utilisation.datacentre", Up)], FASTER).with(EXCHANGING),
    effect(&["gpu.*.is_new"], &[("treasury.end", Along(&["yes", "no"]))], "innovation rewards without newer hardware are the treasury's").with(OWNED),
];
