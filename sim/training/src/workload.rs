//! The neural network that is trained: its shape, its parameters and its operations.

use serde::{Deserialize, Serialize};
use units::Flop;

use crate::layout::Recompute;

/// A decoder-only transformer. Ungated shapes follow GPT (biases, learned positions), gated ones Llama (no biases, rotary positions).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Transformer {
    /// Number of layers.
    pub layers: u32,
    /// Width of the residual stream.
    pub hidden: u32,
    /// Attention heads.
    pub heads: u32,
    /// Key and value heads; fewer than `heads` under grouped-query attention.
    pub kv_heads: u32,
    /// Width of the feed-forward layer.
    pub ffn: u32,
    /// Whether the feed-forward layer has a third, gating matrix (SwiGLU).
    pub gated: bool,
    /// Rows of the vocabulary embedding.
    pub vocab: u32,
    /// Sequence length in training tokens.
    pub seq: u32,
    /// Whether input and output share one embedding.
    pub tied: bool,
}

impl Transformer {
    /// The GPT-2/3 shape: full attention, feed-forward four times as wide, tied embeddings.
    #[must_use]
    pub const fn gpt(layers: u32, hidden: u32, heads: u32, vocab: u32, seq: u32) -> Transformer {
        Transformer {
            layers,
            hidden,
            heads,
            kv_heads: heads,
            ffn: 4 * hidden,
            gated: false,
            vocab,
            seq,
            tied: true,
        }
    }

    /// All parameters, embeddings, biases and norms included.
    #[must_use]
    pub fn params(&self) -> u64 {
        let [layers, hidden, ffn, vocab, seq] =
            [self.layers, self.hidden, self.ffn, self.vocab, self.seq].map(u64::from);
        let embeddings = vocab * hidden * if self.tied { 1 } else { 2 };
        let (small_per_layer, positions, final_norm) = if self.gated {
            (2 * hidden, 0, hidden)
        } else {
            // Biases of the query and output, key and value, and feed-forward projections; two norms with bias.
            (
                2 * hidden + 2 * self.kv_width() + ffn + hidden + 4 * hidden,
                seq * hidden,
                2 * hidden,
            )
        };
        self.matrix_params() + layers * small_per_layer + embeddings + positions + final_norm
    }

    /// Parameters of the layers' matrices: what the bulk of the operations multiplies by.
    #[must_use]
    pub fn matrix_params(&self) -> u64 {
        let [layers, hidden, ffn] = [self.layers, self.hidden, self.ffn].map(u64::from);
        let attention = 2 * hidden * (hidden + self.kv_width());
        let feed_forward = if self.gated { 3 } else { 2 } * hidden * ffn;
        layers * (attention + feed_forward)
    }

    /// Model operations per training token by the usual identity `6·N + 12·L·h·s` (PaLM, MosaicML): the basis of published utilisation.
    #[must_use]
    pub fn flop_per_token(&self) -> Flop {
        Flop::new(6 * u128::from(self.params()) + self.attention_flop_per_token())
    }

    /// Model operations of one optimiser step over `batch` sequences: matrices, attention core and vocabulary head, forward and
    /// backward (Narayanan et al., eq. 3, without recomputation). Causal masking is not deducted, as in published tables.
    #[must_use]
    pub fn model_flop(&self, batch: u64) -> Flop {
        let per_token = 6 * u128::from(self.matrix_params())
            + self.attention_flop_per_token()
            + self.head_flop_per_token();
        self.per_step(batch, per_token)
    }

    /// Operations the hardware does in that step: model operations and what is computed twice. Full recomputation repeats the
    /// layers' forward pass (a third of their operations, not of the head's), selective repeats the attention core only.
    #[must_use]
    pub fn hardware_flop(&self, batch: u64, recompute: Recompute) -> Flop {
        let repeated_per_token = match recompute {
            Recompute::None => 0,
            Recompute::Selective => self.attention_flop_per_token() / 3,
            Recompute::Full => {
                2 * u128::from(self.matrix_params()) + self.attention_flop_per_token() / 3
            }
        };
        self.model_flop(batch) + self.per_step(batch, repeated_per_token)
    }

    /// Model operations of one layer for a training token, forward and backward: in its matrices, and in the attention core.
    pub(crate) fn layer_flop_per_token(&self) -> (f64, f64) {
        let layers = f64::from(self.layers);
        (
            6.0 * self.matrix_params() as f64 / layers,
            self.attention_flop_per_token() as f64 / layers,
        )
    }

    fn per_step(&self, batch: u64, flop_per_token: u128) -> Flop {
        Flop::new(u128::from(batch) * u128::from(self.seq) * flop_per_token)
    }

    /// `12·L·h·s`: scores and weighted values, two products forward and four backward.
    fn attention_flop_per_token(&self) -> u128 {
        [12, self.layers, self.hidden, self.seq]
            .map(u128::from)
            .iter()
            .product()
    }

    fn head_flop_per_token(&self) -> u128 {
        [6, self.vocab, self.hidden]
            .map(u128::from)
            .iter()
            .product()
    }

    /// Width of the keys, and of the values.
    fn kv_width(&self) -> u64 {
        u64::from(self.hidden) * u64::from(self.kv_heads) / u64::from(self.heads)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn llama(
        layers: u32,
        hidden: u32,
        heads: u32,
        kv_heads: u32,
        ffn: u32,
        vocab: u32,
    ) -> Transformer {
        Transformer {
            layers,
            hidden,
            heads,
            kv_heads,
            ffn,
            gated: true,
            vocab,
            seq: 4096,
            tied: false,
        }
    }

    #[test]
    fn llama_shapes_have_their_published_parameters_exactly() {
        assert_eq!(
            llama(32, 4096, 32, 32, 11_008, 32_000).params(),
            6_738_415_616
        );
        assert_eq!(
            llama(32, 4096, 32, 8, 14_336, 128_256).params(),
            8_030_261_248
        );
        assert_eq!(
            llama(80, 8192, 64, 8, 28_672, 128_256).params(),
            70_553_706_496
        );
    }

    #[test]
    fn gpt_shapes_have_their_published_parameters_exactly() {
        // MosaicML's table lists this 350M model at a sequence length of 16 384.
        assert_eq!(
            Transformer::gpt(24, 1024, 16, 50_368, 16_384).params(),
            370_665_472
        );
    }

    #[test]
    fn step_operations_agree_with_the_published_closed_form() {
        let w = Transformer::gpt(96, 12_288, 96, 51_200, 2048);
        let [l, h, s, v, batch] = [96.0, 12_288.0, 2048.0, 51_200.0, 64.0];
        let near = |flop: Flop, expected: f64| {
            assert!((flop.flop() as f64 / expected - 1.0).abs() < 1e-12)
        };
        near(
            w.model_flop(64),
            72.0 * batch * s * l * h * h * (1.0 + s / (6.0 * h) + v / (12.0 * l * h)),
        );
        let full = 96.0 * batch * s * l * h * h * (1.0 + s / (6.0 * h) + v / (16.0 * l * h));
        near(w.hardware_flop(64, Recompute::Full), full);
        let core = 4.0 * batch * s * s * h * l;
        near(
            w.hardware_flop(64, Recompute::Selective),
            w.model_flop(64).flop() as f64 + core,
        );
        assert_eq!(w.hardware_flop(64, Recompute::None), w.model_flop(64));
    }
}
