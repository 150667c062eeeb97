//! Memory per GPU: Korthikanti et al. 2022, figures 1 and 7.

use crate::assert_near;
use crate::shapes::{KORTHIKANTI, Measured};
use stakesim_training::{Layout, Recompute, memory_per_gpu};

const GIB: f64 = (1u64 << 30) as f64;

fn activations(model: &Measured, recompute: Recompute, sequence_parallel: bool) -> f64 {
    let layout = Layout {
        recompute,
        sequence_parallel,
        ..model.layout
    };
    memory_per_gpu(&model.workload, &layout).activations.bytes() as f64
}

#[test]
fn states_and_activations_are_those_of_figure_1() {
    // GiB: weights, gradients and optimiser; activations plain; with sequence parallelism and selective recomputation.
    let figure = [
        (45.5625, 59.25, 9.5625),
        (45.5625, 66.84375, 12.3515625),
        (31.640625, 114.0234375, 23.076171875),
        (32.958984375, 131.25, 26.5625),
    ];
    for (model, (states, plain, tuned)) in KORTHIKANTI.iter().zip(figure) {
        let held = memory_per_gpu(&model.workload, &model.layout)
            .states
            .bytes() as f64;
        // The figure leaves the embeddings out: 1.5 % of the smallest model.
        assert_near(model.name, held / GIB, states, 0.02);
        assert_near(
            model.name,
            activations(model, Recompute::None, false) / GIB,
            plain,
            1e-9,
        );
        assert_near(
            model.name,
            activations(model, Recompute::Selective, true) / GIB,
            tuned,
            1e-9,
        );
    }
}

#[test]
fn savings_are_those_of_figure_7() {
    // Percent of plain: sequence parallelism; selective recomputation; both; full recomputation.
    let figure = [
        [66.84, 49.42, 16.18, 7.64],
        [62.04, 56.53, 18.49, 8.71],
        [58.31, 62.04, 20.27, 9.42],
        [58.31, 62.04, 20.27, 9.42],
    ];
    let ways = [
        (Recompute::None, true),
        (Recompute::Selective, false),
        (Recompute::Selective, true),
        (Recompute::Full, false),
    ];
    for (model, percents) in KORTHIKANTI.iter().zip(figure) {
        let plain = activations(model, Recompute::None, false);
        for ((recompute, sequence_parallel), percent) in ways.into_iter().zip(percents) {
            let got = activations(model, recompute, sequence_parallel) / plain * 100.0;
            assert_near(
                &format!("{} {recompute:?}", model.name),
                got,
                percent,
                0.012,
            );
        }
    }
}
