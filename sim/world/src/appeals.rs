//! Owners who object to verdicts, the host who decides, and those who must ask to come back. Deposits are bought at the market
//! and not booked as a cost of the provider.

use protocol::{
    CaseId, Error, Operation, Outcome, ProviderId, SlashSource, Standing, ViolationKind,
};
use units::Amount;

use crate::actors::appellant::appeals;
use crate::number::ratio;
use crate::provider::Provider;
use crate::purpose;
use crate::society::PendingAppeal;
use crate::world::World;

/// Draws of one verdict: a provider has at most one of a kind in an epoch that matters here.
fn ordinal(epoch: u32, kind: ViolationKind) -> u64 {
    u64::from(epoch) * ViolationKind::COUNT as u64 + kind as u64
}

impl World<'_> {
    /// An owner hears of a verdict.
    pub(crate) fn consider_appeal(
        &mut self,
        provider: ProviderId,
        case: CaseId,
        kind: ViolationKind,
    ) {
        let of = &self.inputs.config.appeals;
        let Provider { key, owner, .. } = self.state.fleet.providers[provider.0 as usize];
        let ordinal = ordinal(self.state.epoch, kind);
        let draw = self.setup.draws.unit(purpose::APPEAL, key.0, ordinal);
        if !appeals(ratio(of.share), draw) {
            return;
        }
        let decision = self
            .setup
            .draws
            .unit(purpose::APPEAL_UPHELD, key.0, ordinal);
        let is_upheld = decision < ratio(of.upheld);
        let decided = self.state.epoch + of.delay_epochs;
        let deposit = self.inputs.config.protocol.appeal.deposit;
        if self.liquid(owner) < deposit && !self.buy(owner, deposit) {
            return;
        }
        match self.rule(Operation::Appeal { case }) {
            // Without a hold the slash was released at the same close.
            Err(Error::CaseClosed) => return,
            Err(error) => panic!("{case:?}: an appeal was refused: {error}"),
            Ok(_) => {}
        }
        self.state.tally.appeals += 1;
        let pending = PendingAppeal {
            case,
            provider: provider.0,
            is_upheld,
        };
        let due = self.state.society.appeals.entry(decided).or_default();
        due.push(pending);
    }

    /// Whether a provider waits for the decision of an appeal.
    pub(crate) fn is_appealing(&self, id: u32) -> bool {
        let mut pending = self.state.society.appeals.values().flatten();
        pending.any(|of| of.provider == id)
    }

    /// The decisions of the epoch that closes.
    pub(crate) fn decide_appeals(&mut self) {
        let epoch = self.state.epoch;
        let due = self.state.society.appeals.remove(&epoch);
        for PendingAppeal {
            case,
            provider,
            is_upheld,
        } in due.unwrap_or_default()
        {
            let own = self.taken_from_owner(case);
            let returned = match self.rule(Operation::ResolveAppeal { case, is_upheld }) {
                Ok(Outcome::Returned(returned)) => returned,
                // It took too long: the protocol has rejected it.
                Err(Error::NotAppealed | Error::CaseClosed) => continue,
                other => unreachable!("an appeal is decided: {other:?}"),
            };
            if is_upheld {
                self.state.tally.appeals_upheld += 1;
                self.state.tally.returned += returned;
                let worth = self.worth_of_bonds(own, self.state.market.price);
                self.state.fleet.books[provider as usize].slashed -= worth;
            }
        }
    }

    /// What a verdict took from the provider's own bond and its held-back pay.
    fn taken_from_owner(&self, case: CaseId) -> Amount {
        let taken = self.state.rules.case(case).map(|case| &case.taken);
        let own = taken
            .into_iter()
            .flatten()
            .filter(|(source, _)| matches!(source, SlashSource::SelfBond | SlashSource::Vesting));
        own.map(|(_, amount)| *amount).sum()
    }

    /// A provider whose term is over begins to put things right.
    pub(crate) fn plan_review(&mut self, provider: ProviderId) {
        let after = self.inputs.config.incidents.remediation_epochs;
        self.ask_again(provider.0, after);
    }

    fn ask_again(&mut self, id: u32, after: u32) {
        let at = self.state.epoch.saturating_add(after);
        self.state.society.reviews.entry(at).or_default().push(id);
    }

    /// Those who have put things right fill up their bond and ask to come back.
    pub(crate) fn remediate(&mut self) {
        let epoch = self.state.epoch;
        let due = self.state.society.reviews.remove(&epoch);
        for id in due.unwrap_or_default() {
            let of = &self.state.fleet.providers[id as usize];
            let (rules, owner) = (of.rules, of.owner);
            let standing = self.state.rules.standing(rules);
            if !of.in_business || !matches!(standing, Standing::Suspended | Standing::Jailed) {
                continue;
            }
            let minimum = self.state.rules.bond_min(rules).unwrap_or(Amount::ZERO);
            let amount = minimum.saturating_sub(self.state.rules.bonded(rules));
            if !amount.is_zero() && self.fund(owner, amount) {
                self.must(Operation::Bond {
                    provider: rules,
                    amount,
                });
            }
            match self.rule(Operation::Unjail { provider: rules }) {
                // Nobody sold it coins.
                Err(Error::BelowMinimumBond { .. }) => self.ask_again(id, 1),
                // A later verdict: the protocol tells when its term is over.
                Ok(_) | Err(Error::TooEarly { .. }) => {}
                Err(error) => panic!("provider {id} may not come back: {error}"),
            }
        }
    }
}
