//! Coming and going, commitments, appeals and asking to come back.

use stakesim_protocol::*;
use units::Ratio;

use super::super::parameters::KINDS;
use super::super::records::{Objection, Provider};
use super::super::state::Oracle;
use super::Generator;
use super::{EVER, LIVE, PEOPLE, is_gone};

impl Generator {
    pub fn join(&mut self, oracle: &Oracle) -> Operation {
        let live = oracle
            .providers
            .iter()
            .filter(|p| !is_gone(p.standing))
            .count();
        let is_room = live < LIVE && oracle.providers.len() < EVER;
        match self.random.below(10) {
            _ if self.random.once_in(2) => self.object(oracle),
            0..=3 if is_room => self.register(),
            0 => Operation::Register {
                owner: self.person(),
                kind: KindId(0),
                gpus: 0,
                tier: 0,
                commission: Ratio::ZERO,
            },
            1 if live > LIVE / 2
                && oracle.providers.len() < EVER - LIVE
                && self.random.once_in(4) =>
            {
                Operation::Exit {
                    provider: self.provider(oracle),
                }
            }
            2 => Operation::Exit {
                provider: self.gone(oracle),
            },
            4..=6 => Operation::Commit {
                provider: self.provider(oracle),
                tier: self.random.one_of(&CommitmentTier::ALL),
            },
            _ => Operation::SetCommission {
                provider: self.provider(oracle),
                commission: self.random.ratio(0, 1_050),
            },
        }
    }

    /// Appeals and their verdicts, and asking to come back.
    pub fn object(&mut self, oracle: &Oracle) -> Operation {
        let count = oracle.cases.len() as u64;
        let back = self.random.below(count.min(12) + 1);
        let case = CaseId((count + u64::from(self.random.once_in(20)) - back) as u32);
        match self.random.below(4) {
            0 => Operation::Appeal { case },
            1..=2 => {
                let open = (oracle.cases.iter())
                    .rposition(|case| matches!(case.objection, Objection::Open { .. }));
                let is_upheld = self.random.once_in(2);
                match open {
                    Some(place) if !self.random.once_in(4) => Operation::ResolveAppeal {
                        case: CaseId(place as u32),
                        is_upheld,
                    },
                    _ => Operation::ResolveAppeal { case, is_upheld },
                }
            }
            _ => {
                let out =
                    |p: &Provider| matches!(p.standing, Standing::Suspended | Standing::Jailed);
                let out: Vec<usize> = (0..oracle.providers.len())
                    .filter(|v| out(&oracle.providers[*v]))
                    .collect();
                let provider = match out.is_empty() || self.random.once_in(6) {
                    true => self.provider(oracle),
                    false => ProviderId(self.random.one_of(&out) as u32),
                };
                Operation::Unjail { provider }
            }
        }
    }

    pub fn gone(&mut self, oracle: &Oracle) -> ProviderId {
        let gone = (oracle.providers.iter()).position(|p| p.standing == Standing::Exited);
        ProviderId(gone.unwrap_or(oracle.providers.len()) as u32)
    }

    pub fn register(&mut self) -> Operation {
        let random = &mut self.random;
        Operation::Register {
            owner: ParticipantId(random.nearly(u64::from(PEOPLE)) as u32),
            kind: KindId(random.nearly(u64::from(KINDS)) as u16),
            gpus: random.between(1, 8) as u32,
            tier: random.nearly(3) as u8,
            commission: random.ratio(0, 1_000),
        }
    }
}
