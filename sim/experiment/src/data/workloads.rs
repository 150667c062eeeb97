//! Shapes of neural networks.

use training::Transformer;

use super::rows::{Parsed, number, read};

/// A shape to be filled in.
pub const BLANK: Transformer = Transformer {
    layers: 0,
    hidden: 0,
    heads: 0,
    kv_heads: 0,
    ffn: 0,
    gated: false,
    vocab: 0,
    seq: 0,
    tied: false,
};

/// Reads a catalogue of named shapes.
pub fn parse(bytes: &[u8]) -> Parsed<(String, Transformer)> {
    let columns = [
        "name", "layers", "hidden", "heads", "kv_heads", "ffn", "gated", "vocab", "seq", "tied",
    ];
    read(
        bytes,
        columns,
        |[
            name,
            layers,
            hidden,
            heads,
            kv_heads,
            ffn,
            gated,
            vocab,
            seq,
            tied,
        ]| {
            let shape = Transformer {
                layers: number("layers", layers)?,
                hidden: number("hidden", hidden)?,
                heads: number("heads", heads)?,
                kv_heads: number("kv_heads", kv_heads)?,
                ffn: number("ffn", ffn)?,
                gated: truth("gated", gated)?,
                vocab: number("vocab", vocab)?,
                seq: number("seq", seq)?,
                tied: truth("tied", tied)?,
            };
            let sizes = [
                shape.layers,
                shape.hidden,
                shape.heads,
                shape.kv_heads,
                shape.ffn,
                shape.vocab,
                shape.seq,
            ];
            if sizes.contains(&0) {
                return Err("every size must be at least 1".to_owned());
            }
            Ok((name.to_owned(), shape))
        },
    )
}

fn truth(column: &str, cell: &str) -> Result<bool, String> {
    cell.parse()
        .map_err(|_| format!("{column} = \"{cell}\" is neither true nor false"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_shapes_have_their_published_parameter_counts() {
        let shapes = parse(crate::data::built_in::data("data/workloads.csv").unwrap()).unwrap();
        let published = [
            ("tinyllama_1b", 1.10e9),
            ("openllama_3b", 3.43e9),
            ("llama2_7b", 6.74e9),
            ("llama2_13b", 13.02e9),
            ("llama_33b", 32.53e9),
            ("llama2_70b", 68.98e9),
        ];
        for (name, params) in published {
            let (_, shape) = shapes.iter().find(|(known, _)| known == name).unwrap();
            let ratio = shape.params() as f64 / params;
            assert!(
                (0.99..1.01).contains(&ratio),
                "{name}: {} parameters",
                shape.params()
            );
        }
    }
}
