//! The rules that span the parameters of contributions, governance and guards.

use units::Ratio;

use super::check::require;
use super::{ParamFault, Params, VotingRule};

impl Params {
    pub(super) fn check_contribution(&self) -> Result<(), ParamFault> {
        let c = &self.contribution;
        require(
            c.hold_back <= Ratio::ONE,
            "contribution.hold_back",
            "at most one",
        )?;
        require(
            c.schedule_epochs > 0,
            "contribution.schedule_epochs",
            "above zero",
        )?;
        // So that nobody has more than 256 schedules open.
        let term = u64::from(c.cliff_epochs) + u64::from(c.hold_back_epochs);
        require(
            term / u64::from(c.schedule_epochs) <= 254,
            "contribution.schedule_epochs",
            "at least (cliff_epochs + hold_back_epochs) / 254",
        )
    }

    pub(super) fn check_governance(&self) -> Result<(), ParamFault> {
        let g = &self.governance;
        require(
            g.voting_epochs > 0 && g.grace_epochs > 0,
            "governance",
            "voting and grace last at least one epoch",
        )?;
        require(
            g.voting_epochs < self.users.history_epochs,
            "governance.voting_epochs",
            "below users.history_epochs: ballots count the stake at the snapshot",
        )?;
        let weighs = match g.weight {
            VotingRule::Capped { share } => share > Ratio::ZERO && share <= Ratio::ONE,
            VotingRule::Linear | VotingRule::Quadratic => true,
        };
        require(weighs, "governance.weight", "a cap above zero, at most one")?;
        require(
            g.quorum <= Ratio::ONE && g.veto_share <= Ratio::ONE,
            "governance.quorum",
            "quorum and veto_share are at most one",
        )?;
        require(
            g.threshold < Ratio::ONE,
            "governance.threshold",
            "below one: no vote is more than all",
        )?;
        require(g.open_max <= 256, "governance.open_max", "at most 256")
    }

    pub(super) fn check_guard(&self) -> Result<(), ParamFault> {
        let g = &self.guard;
        require(g.fee_patience > 0, "guard.fee_patience", "above zero")?;
        require(g.fee_cut <= Ratio::ONE, "guard.fee_cut", "at most one")?;
        let far = Ratio::from_percent(1_000);
        require(
            g.solvency_min <= far && g.inflation_max <= far,
            "guard.solvency_min",
            "solvency_min and inflation_max are at most 10",
        )?;
        require(
            (1..=4_096).contains(&g.year_epochs),
            "guard.year_epochs",
            "between 1 and 4096",
        )?;
        require(g.halt_epochs > 0, "guard.halt_epochs", "above zero")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_without_a_bound_are_named() {
        let mut params = Params::default();
        params.contribution.schedule_epochs = 1;
        assert_eq!(params.check(), Ok(()));
        params.contribution.hold_back_epochs = 225;
        assert_eq!(
            params.check().map_err(|fault| fault.path),
            Err("contribution.schedule_epochs")
        );
    }

    #[test]
    fn a_threshold_that_no_vote_can_pass_is_named() {
        let mut params = Params::default();
        params.governance.threshold = Ratio::ONE;
        assert_eq!(
            params.check().map_err(|fault| fault.path),
            Err("governance.threshold")
        );
    }
}
