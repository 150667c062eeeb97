//! A voter: votes or stays away, and has an opinion by lot.

use protocol::Choice;

/// Choices in the order of their shares.
pub const CHOICES: [Choice; 4] = [Choice::Yes, Choice::No, Choice::Abstain, Choice::Veto];

/// What it votes, if it does. The two draws are for turning out and for the choice.
#[must_use]
pub fn vote(turnout: f64, shares: [f64; 4], draws: [f64; 2]) -> Option<Choice> {
    if draws[0] >= turnout {
        return None;
    }
    let mut sum = 0.0;
    let place = shares.iter().position(|share| {
        sum += share;
        draws[1] < sum
    });
    // Shares whose sum falls short of one by rounding leave the rest to the last that has any.
    let last = || shares.iter().rposition(|share| *share > 0.0).unwrap_or(0);
    Some(CHOICES[place.unwrap_or_else(last)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_away_above_the_turnout_and_chooses_by_the_shares() {
        let shares = [0.6, 0.25, 0.1, 0.05];
        let at = |turn, choice| vote(0.4, shares, [turn, choice]);
        assert_eq!(at(0.4, 0.0), None);
        assert_eq!(at(0.39, 0.0), Some(Choice::Yes));
        assert_eq!(at(0.0, 0.61), Some(Choice::No));
        assert_eq!(at(0.0, 0.86), Some(Choice::Abstain));
        assert_eq!(at(0.0, 0.999_999), Some(Choice::Veto));
        assert_eq!(
            vote(1.0, [0.9, 0.0, 0.0, 0.0], [0.0, 0.95]),
            Some(Choice::Yes)
        );
    }
}
