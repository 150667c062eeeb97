//! A delegator: adds to a position that yields more than it asks for, withdraws from one that yields less.

use units::{Amount, Ratio};

/// What a delegator sees of one position at its weekly decision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Position {
    /// Stake.
    pub stake: Amount,
    /// Rewards claimed for the time since the last decision.
    pub rewards: Amount,
    /// That time, in years.
    pub years: f64,
    /// Whether the provider was slashed in it.
    pub was_slashed: bool,
}

/// What it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Delegates more, with coins bought at the market.
    Add(Amount),
    /// Withdraws part.
    Withdraw(Amount),
    /// Moves part to another provider.
    Redelegate(Amount),
    /// Leaves things as they are.
    Keep,
}

/// Yields closer to the required one than this share of it move nothing.
const INDIFFERENCE: f64 = 0.1;

/// Its decision: away from a provider that was slashed, by the share `redelegate`; else one step towards or away from the
/// position.
#[must_use]
pub fn decide(seen: &Position, yield_required: f64, step: Ratio, redelegate: Ratio) -> Move {
    if seen.stake.is_zero() || seen.years <= 0.0 {
        return Move::Keep;
    }
    let moved = redelegate.mul_floor(seen.stake);
    if seen.was_slashed && !moved.is_zero() {
        return Move::Redelegate(moved);
    }
    let yearly = seen.rewards.base_units() as f64 / seen.stake.base_units() as f64 / seen.years;
    let part = step.mul_floor(seen.stake);
    if part.is_zero() || (yearly - yield_required).abs() <= INDIFFERENCE * yield_required {
        Move::Keep
    } else if yearly > yield_required {
        Move::Add(part)
    } else {
        Move::Withdraw(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_the_yield() {
        let at = |rewards| {
            let seen = Position {
                stake: Amount::new(1000),
                rewards: Amount::new(rewards),
                years: 0.5,
                was_slashed: false,
            };
            decide(&seen, 0.10, Ratio::from_percent(2), Ratio::ONE)
        };
        assert_eq!(at(60), Move::Add(Amount::new(20)));
        assert_eq!(at(52), Move::Keep);
        assert_eq!(at(40), Move::Withdraw(Amount::new(20)));
    }

    #[test]
    fn it_turns_from_a_slashed_provider_where_it_is_used_to() {
        let seen = Position {
            stake: Amount::new(1000),
            rewards: Amount::new(60),
            years: 0.5,
            was_slashed: true,
        };
        let at = |share| {
            decide(
                &seen,
                0.10,
                Ratio::from_percent(2),
                Ratio::from_percent(share),
            )
        };
        assert_eq!(at(40), Move::Redelegate(Amount::new(400)));
        assert_eq!(at(0), Move::Add(Amount::new(20)));
    }
}
