//! Model FLOPs utilisation from published iteration times: Korthikanti et al. 2022, table 5, and MegaScale (NSDI 2024), table 2.

use crate::assert_near;
use crate::shapes::{A100, KORTHIKANTI};
use stakesim_training::Transformer;

fn mfu_percent(workload: &Transformer, batch: u64, gpus: f64, iteration_s: f64) -> f64 {
    workload.model_flop(batch).flop() as f64 / (iteration_s * gpus * A100.peak.flop_per_s() as f64)
        * 100.0
}

#[test]
fn korthikanti_iteration_times_give_their_utilisation() {
    for (model, (iteration_s, percent)) in
        KORTHIKANTI
            .iter()
            .zip([(1.1, 41.5), (13.75, 51.4), (37.83, 56.0), (71.49, 56.3)])
    {
        let got = mfu_percent(
            &model.workload,
            model.batch,
            model.layout.gpus() as f64,
            iteration_s,
        );
        assert_near(model.name, got, percent, 0.005);
    }
}

#[test]
fn megascale_baseline_times_give_their_utilisation() {
    let workload = Transformer::gpt(96, 12_288, 128, 64_000, 2048);
    let rows = [
        (768, 256.0, 40.0, 53.0),
        (768, 512.0, 21.2, 49.9),
        (768, 768.0, 15.2, 46.7),
        (768, 1024.0, 11.9, 44.7),
        (6144, 3072.0, 29.02, 48.7),
        (6144, 6144.0, 14.78, 47.8),
        (6144, 8192.0, 12.24, 43.3),
        (6144, 12_288.0, 8.57, 41.2),
    ];
    for (batch, gpus, iteration_s, percent) in rows {
        assert_near(
            &format!("{gpus} GPUs"),
            mfu_percent(&workload, batch, gpus, iteration_s),
            percent,
            0.005,
        );
    }
}
