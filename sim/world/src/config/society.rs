//! What a scenario can say about those around the providers: incidents, appeals, contributors, voters. All are off in the
//! baseline. Plain data, as in the rest of the configuration.

use units::{Amount, Ratio, Span};

/// Incidents that nobody in the world brings about by what it does, so that every kind of violation can be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Incidents {
    /// Incidents of a provider in a year, each of a kind by lot.
    pub per_provider_year: Ratio,
    /// Flaws in a year that are common to all providers of one GPU kind.
    pub flaws_per_year: Ratio,
    /// Share of the providers of that kind that such a flaw hits.
    pub flaw_share: Ratio,
    /// Share of incidents that another provider reports.
    pub reported: Ratio,
    /// Epochs of remediation after the end of a term that needs review.
    pub remediation_epochs: u32,
}

/// Appeals of those who were punished.
#[derive(Clone, Debug, PartialEq)]
pub struct Appeals {
    /// Share of verdicts that are appealed.
    pub share: Ratio,
    /// Probability that an appeal is upheld.
    pub upheld: Ratio,
    /// Epochs until it is decided.
    pub delay_epochs: u32,
}

/// Those who contribute data and models.
#[derive(Clone, Debug, PartialEq)]
pub struct Contributors {
    /// How many, at the reference fleet.
    pub count: u32,
    /// Share of them that contribute models; the others contribute data.
    pub models: Ratio,
    /// Utility that each contributes in an epoch, in points at full quality.
    pub points: u32,
    /// Smallest quality; it is uniform between this and one.
    pub quality_min: Ratio,
    /// Share of them whose contributions are bad.
    pub bad: Ratio,
    /// Probability that one of those is found out in an epoch; it then loses everything that can be forfeited.
    pub found_out: Ratio,
}

/// Voters and what they vote on.
#[derive(Clone, Debug, PartialEq)]
pub struct Voters {
    /// How many, at the reference fleet.
    pub count: u32,
    /// Median of their user stake.
    pub stake_median: Amount,
    /// Standard deviation of its logarithm.
    pub stake_sigma: Ratio,
    /// Probability that one votes on a proposal.
    pub turnout: Ratio,
    /// Most of all stake that one voter's weighs under the capped rule.
    pub cap: Ratio,
    /// Shares of votes: yes, no, abstain, veto.
    pub choices: [Ratio; 4],
    /// Epochs between proposals; zero: none are made.
    pub proposal_epochs: u32,
    /// By how much a proposal would change a parameter, up or down.
    pub change: Ratio,
    /// Share of the treasury that a proposed grant asks for.
    pub grant: Ratio,
}

/// A fall of the coin's price for good.
#[derive(Clone, Debug, PartialEq)]
pub struct Crash {
    /// When.
    pub at: Span,
    /// Share of the price that is lost; zero: none.
    pub fall: Ratio,
}
