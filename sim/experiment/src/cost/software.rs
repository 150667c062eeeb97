//! The software that trains: whose measured constants are taken.

use conform::measured::Stack;
use training::Calibration;
use units::FlopRate;

use super::keys::Assumed;
use crate::data::constants;
use crate::sweep::{Reader, Section};

/// A software stack.
#[derive(Clone, Copy)]
pub struct Software {
    stack: Stack,
}

impl Reader<'_> {
    /// Reads `software`: the stack whose constants hold.
    pub fn software(&mut self, top: &Section<'_>, assumed: &mut Vec<Assumed>) -> Option<Software> {
        // Tuned for training on many nodes, so the first to think of.
        let first = Stack::Megatron;
        if !top.table.contains_key("software") {
            assumed.push(Assumed {
                key: "software".to_owned(),
                value: first.name().to_owned(),
                source: "Megatron-LM as its authors ran it".to_owned(),
            });
        }
        let others = Stack::ALL.into_iter().filter(|stack| *stack != first);
        let words: Vec<(&'static str, Stack)> = std::iter::once(first)
            .chain(others)
            .map(|stack| (stack.name(), stack))
            .collect();
        let stack = self.word(top, "software", &words)?;
        Some(Software { stack })
    }
}

impl Software {
    /// The constants of a kind of GPU of the catalogue. One that nobody measured takes those of the kind nearest in
    /// peak, as shares of what its own data sheet says, which is noted.
    pub fn calibration(
        &self,
        kind: &str,
        peak: FlopRate,
        assumed: &mut Vec<Assumed>,
    ) -> Calibration {
        let (found, is_own) = constants::of(self.stack, kind, peak);
        if is_own {
            return found.calibration;
        }
        assumed.push(Assumed {
            key: format!("constants of {kind}"),
            value: found.gpu.clone(),
            source: format!(
                "{} was never measured on {kind}: the shares of the kind nearest in peak",
                self.stack.name()
            ),
        });
        found.calibration
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::testing::{ISLANDS, NODE, load};

    #[test]
    fn each_stack_has_constants_of_its_own() {
        let step_s = |software: &str| {
            let job = load(&format!("software = \"{software}\"\n{NODE}")).unwrap();
            job.answer().unwrap().groups[0].step.total_s
        };
        assert!(step_s("vtrain_single") > step_s("megatron"));
        let faults = load(&format!("software = \"megatorn\"\n{NODE}"))
            .unwrap_err()
            .0;
        assert_eq!(
            faults[0].hint.as_deref(),
            Some("did you mean \"megatron\"?")
        );
    }

    #[test]
    fn a_kind_that_nobody_measured_is_noted() {
        let noted = |text: &str| {
            let assumed = load(text).unwrap().assumed;
            assumed.iter().any(|it| it.key == "constants of rtx_4090")
        };
        assert!(noted(ISLANDS) && !noted(NODE));
    }
}
