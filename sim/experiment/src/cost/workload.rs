//! What is trained: a named shape, or one written out; and how much of it a run is.

use training::Transformer;

use crate::data::{built_in, workloads};
use crate::parameters::nearest;
use crate::sweep::{Reader, Section};

/// Keys of `[workload]`.
const KEYS: [&str; 10] = [
    "shape", "kind", "layers", "hidden", "heads", "kv_heads", "ffn", "vocab", "seq", "tied",
];
/// Keys that a named shape settles.
const SETTLED: [&str; 8] = [
    "kind", "layers", "hidden", "heads", "kv_heads", "ffn", "vocab", "tied",
];
/// Keys of `[training]`.
const TRAINING_KEYS: [&str; 2] = ["batch", "training_tokens"];
/// Most training tokens of a run: a thousand times the largest published one.
const TOKENS_MAX: u64 = 100_000_000_000_000_000;

/// The two families of shapes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Biases, learned positions, feed-forward four times as wide, tied embeddings.
    Gpt,
    /// No biases, rotary positions, a gated feed-forward layer, two embeddings.
    Llama,
}

/// A workload with the name that people call it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Name of the shape, or of its family.
    pub name: String,
    /// Shape.
    pub shape: Transformer,
}

/// The size of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Training {
    /// Sequences of an optimiser step, of one island where there are several.
    pub batch: u64,
    /// Training tokens of the whole run.
    pub training_tokens: u64,
}

impl Reader<'_> {
    /// Reads `[workload]`.
    pub fn workload(&mut self, top: &Section<'_>) -> Option<Workload> {
        let hint =
            "begin it with a line [workload] and name a shape, such as shape = \"llama2_70b\"";
        let section = self.section(top, "workload", hint)?;
        self.refuse_unknown(&section, &KEYS);
        match section.table.contains_key("shape") {
            true => self.named_shape(&section),
            false => self.written_shape(&section),
        }
    }

    /// Reads `[training]`.
    pub fn training(&mut self, top: &Section<'_>) -> Option<Training> {
        let hint = "begin it with a line [training]; it holds batch and training_tokens";
        let section = self.section(top, "training", hint)?;
        self.refuse_unknown(&section, &TRAINING_KEYS);
        for (key, hint) in [
            (
                "batch",
                "sequences of an optimiser step, such as batch = 1536",
            ),
            (
                "training_tokens",
                "tokens of the whole run, such as training_tokens = 300_000_000_000",
            ),
        ] {
            if !section.table.contains_key(key) {
                self.missing(&section, key, hint);
            }
        }
        let batch = self.whole(&section, "batch", 1..=1_000_000);
        let training_tokens = self.whole(&section, "training_tokens", 1..=TOKENS_MAX);
        Some(Training {
            batch: batch?,
            training_tokens: training_tokens?,
        })
    }

    fn named_shape(&mut self, section: &Section<'_>) -> Option<Workload> {
        for key in SETTLED {
            if section.table.contains_key(key) {
                let fault = self.fault(section, key, "a named shape settles this");
                self.faults
                    .push(fault.hint("leave it out, or leave out shape and write all of them"));
            }
        }
        let name = self.string(section, "shape")?;
        let bytes = built_in::data("data/workloads.csv").expect("a built-in data file");
        let shapes = workloads::parse(bytes).expect("our own data file");
        let Some((_, shape)) = shapes.iter().find(|(known, _)| *known == name) else {
            let names = || shapes.iter().map(|(known, _)| known.as_str());
            let legal = names().collect::<Vec<_>>().join(", ");
            let fault = self
                .fault(section, "shape", "unknown shape")
                .legal(Some(legal));
            self.faults.push(match nearest(&name, names()) {
                Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
                None => fault
                    .hint("or leave it out and write kind, layers, hidden, heads, vocab and seq"),
            });
            return None;
        };
        let seq = self.count_or(section, "seq", 4_194_304, shape.seq)?;
        Some(Workload {
            name,
            shape: Transformer { seq, ..*shape },
        })
    }

    fn written_shape(&mut self, section: &Section<'_>) -> Option<Workload> {
        let kind = self.word(
            section,
            "kind",
            &[("gpt", Kind::Gpt), ("llama", Kind::Llama)],
        );
        let layers = self.count(section, "layers", 10_000);
        let hidden = self.count(section, "hidden", 1_000_000);
        let heads = self.count(section, "heads", 10_000);
        let vocab = self.count(section, "vocab", 100_000_000);
        let seq = self.count(section, "seq", 4_194_304);
        let is_llama = kind == Some(Kind::Llama);
        let (width, all_heads) = (hidden.unwrap_or(1), heads.unwrap_or(1));
        let ffn = match is_llama {
            // How wide a gated layer is differs between shapes of one width: it is never guessed.
            true => self.count(section, "ffn", 4_000_000),
            false => self.count_or(section, "ffn", 4_000_000, 4 * width),
        };
        let kv_heads = self.count_or(section, "kv_heads", all_heads, all_heads);
        let tied = self.truth_or(section, "tied", !is_llama);
        let shape = Transformer {
            layers: layers?,
            hidden: hidden?,
            heads: heads?,
            kv_heads: kv_heads?,
            ffn: ffn?,
            gated: is_llama,
            vocab: vocab?,
            seq: seq?,
            tied: tied?,
        };
        let uneven = |reader: &mut Self, key, message| {
            let fault = reader.fault(section, key, message);
            reader.faults.push(fault);
        };
        if !shape.hidden.is_multiple_of(shape.heads) {
            uneven(self, "heads", "hidden must be a multiple of it");
        }
        if !shape.heads.is_multiple_of(shape.kv_heads) {
            uneven(self, "kv_heads", "heads must be a multiple of it");
        }
        let name = if is_llama { "llama shape" } else { "gpt shape" };
        kind.map(|_| Workload {
            name: name.to_owned(),
            shape,
        })
    }
}
