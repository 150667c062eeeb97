//! Operations on stake: bonds, delegations, user stake.

use stakesim_protocol::*;

use super::super::state::Oracle;
use super::Generator;

impl Generator {
    pub fn stake(&mut self, oracle: &Oracle) -> Operation {
        let provider = self.provider(oracle);
        let v = provider.0 as usize;
        let is_known = v < oracle.providers.len();
        let delegator = self.person();
        let free = oracle.to_bond(delegator.0);
        match self.random.below(10) {
            0..=1 => {
                let owner = oracle.providers.get(v).map_or(0, |provider| provider.owner);
                let held = oracle.to_bond(owner);
                let minimum = is_known.then(|| oracle.minimum(v)).flatten();
                let wanted = match minimum {
                    Some(minimum) if self.random.once_in(2) => minimum.min(held),
                    _ => held / 4,
                };
                let amount = self.amount(wanted);
                Operation::Bond { provider, amount }
            }
            2 if self.random.once_in(2) => {
                let amount = self.amount(free / 100);
                Operation::TopUp { provider, amount }
            }
            3 => {
                let held = oracle.balance(Account::SelfBond(provider));
                let minimum = is_known.then(|| oracle.minimum(v)).flatten().unwrap_or(0);
                let spare = held.saturating_sub(minimum);
                let wanted = if self.random.once_in(3) { held } else { spare };
                let amount = self.amount(wanted);
                Operation::Unbond { provider, amount }
            }
            4..=6 => Operation::Delegate {
                delegator,
                provider,
                amount: self.amount(free / 8),
            },
            7 => {
                let delegator = self.delegator(oracle, v, delegator);
                let worth = if is_known {
                    oracle.worth(v, delegator.0)
                } else {
                    0
                };
                Operation::Redelegate {
                    delegator,
                    from: provider,
                    to: self.provider(oracle),
                    amount: self.amount(worth),
                }
            }
            _ => {
                let delegator = self.delegator(oracle, v, delegator);
                let worth = if is_known {
                    oracle.worth(v, delegator.0)
                } else {
                    0
                };
                Operation::Undelegate {
                    delegator,
                    provider,
                    amount: self.amount(worth),
                }
            }
        }
    }

    pub fn user(&mut self, oracle: &Oracle, participant: ParticipantId) -> Operation {
        if self.random.once_in(2) {
            let free = oracle.balance(Account::Liquid(participant));
            return Operation::UserStake {
                participant,
                amount: self.amount(free / 8),
            };
        }
        let staked = oracle.balance(Account::UserStake(participant));
        Operation::UserUnstake {
            participant,
            amount: self.amount(staked),
        }
    }
}
