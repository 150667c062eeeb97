//! A node's reputation from audits: a beta distribution that forgets.
//!
//! The network computes in doubles. So do we, on integers, in the order of its formula; its power is Go's `math.Pow`, which for `n` audits
//! can err by `n × 2^-53` of itself, ours is the double nearest to the true power.

use crate::networks::RuleError;
use crate::networks::float::Double;

/// How fast a reputation forgets, and when it is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forgetting {
    /// What an audit leaves of the past.
    pub lambda: Double,
    /// What an audit weighs.
    pub weight: Double,
}

/// Past good and bad audits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reputation {
    /// Good ones.
    pub alpha: Double,
    /// Bad ones.
    pub beta: Double,
}

impl Reputation {
    /// After so many successes, one after the other.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past the largest double.
    pub fn after_successes(
        self,
        count: i64,
        forgetting: &Forgetting,
    ) -> Result<Reputation, RuleError> {
        let Forgetting { lambda, weight } = *forgetting;
        let count = Double::of(count)?;
        if lambda == Double::ONE {
            return Ok(Reputation {
                alpha: self.alpha.plus(weight.times(count)?)?,
                beta: self.beta,
            });
        }
        let kept = lambda.power(count)?;
        // The sum of a geometric series.
        let gained = weight
            .times(Double::ONE.minus(kept)?)?
            .over(Double::ONE.minus(lambda)?)?;
        Ok(Reputation {
            alpha: kept.times(self.alpha)?.plus(gained)?,
            beta: kept.times(self.beta)?,
        })
    }

    /// After so many failures, one after the other.
    ///
    /// # Errors
    /// [`RuleError::Overflow`] past the largest double.
    pub fn after_failures(
        self,
        count: i64,
        forgetting: &Forgetting,
    ) -> Result<Reputation, RuleError> {
        let turned = self.turned().after_successes(count, forgetting)?;
        Ok(turned.turned())
    }

    /// Whether the share of good audits is at most this.
    ///
    /// # Errors
    /// [`RuleError::ZeroDivisor`] without any past.
    pub fn is_disqualified(self, cutoff: Double) -> Result<bool, RuleError> {
        let all = self.alpha.plus(self.beta)?;
        Ok(self.alpha.over(all)? <= cutoff)
    }

    const fn turned(self) -> Reputation {
        Reputation {
            alpha: self.beta,
            beta: self.alpha,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn double(mantissa: i64, places: u32) -> Double {
        Double::of_decimal(&mantissa.into(), places).unwrap()
    }

    fn perfect() -> Reputation {
        Reputation {
            alpha: double(1_000, 0),
            beta: Double::ZERO,
        }
    }

    fn forgetting(lambda: Double) -> Forgetting {
        Forgetting {
            lambda,
            weight: Double::ONE,
        }
    }

    #[test]
    fn halves_are_forgotten_exactly() {
        let past = Reputation {
            alpha: double(8, 0),
            beta: double(4, 0),
        };
        let half = forgetting(double(5, 1));
        let good = past.after_successes(2, &half).unwrap();
        assert_eq!(
            good,
            Reputation {
                alpha: double(35, 1),
                beta: double(1, 0)
            }
        );
        let bad = past.after_failures(1, &half).unwrap();
        assert_eq!(
            bad,
            Reputation {
                alpha: double(4, 0),
                beta: double(3, 0)
            }
        );
        let never = past.after_successes(3, &forgetting(Double::ONE)).unwrap();
        assert_eq!(
            never,
            Reputation {
                alpha: double(11, 0),
                beta: double(4, 0)
            }
        );
    }

    #[test]
    fn forty_one_failures_disqualify_who_was_perfect() {
        // 0.999^40 is 0.96077, 0.999^41 is 0.95981; alpha and beta stay at 1,000 together.
        let cutoff = double(96, 2);
        let slow = forgetting(double(999, 3));
        let after = |count| perfect().after_failures(count, &slow).unwrap();
        assert_eq!(after(40).is_disqualified(cutoff), Ok(false));
        assert_eq!(after(41).is_disqualified(cutoff), Ok(true));
        let nobody = Reputation {
            alpha: Double::ZERO,
            beta: Double::ZERO,
        };
        assert_eq!(nobody.is_disqualified(cutoff), Err(RuleError::ZeroDivisor));
    }
}
