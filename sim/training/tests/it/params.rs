//! Parameters of ten GPT shapes: Narayanan et al. 2021 (arXiv 2104.04473), table 1. The two smallest are rounded in print.

use crate::assert_near;
use stakesim_training::Transformer;

#[test]
fn gpt_shapes_have_the_published_sizes_within_3_percent() {
    let rows = [
        (24, 2304, 24, 1.7),
        (30, 3072, 32, 3.6),
        (36, 4096, 32, 7.5),
        (40, 6144, 48, 18.4),
        (48, 8192, 64, 39.1),
        (60, 10_240, 80, 76.1),
        (80, 12_288, 96, 145.6),
        (96, 16_384, 128, 310.1),
        (105, 20_480, 128, 529.6),
        (128, 25_600, 160, 1008.0),
    ];
    for (layers, hidden, heads, billions) in rows {
        let params = Transformer::gpt(layers, hidden, heads, 51_200, 2048).params();
        assert_near(
            &format!("{layers} layers of {hidden}"),
            params as f64 / 1e9,
            billions,
            0.03,
        );
    }
}
