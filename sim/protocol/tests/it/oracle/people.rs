//! The books of people: what they contribute, propose and stake as users.

use stakesim_protocol::*;
use units::Amount;

use super::compare::{Pair, differ};

impl Pair {
    pub fn contributors(&self) -> Result<(), String> {
        for person in 0..self.oracle.people {
            let (protocol, id) = (&self.protocol, ParticipantId(person));
            let naive = self.oracle.vested(person);
            let held: u128 = naive.schedules.iter().map(|schedule| schedule.held()).sum();
            let tested = [
                protocol.vouched(id),
                protocol.claimable_contribution(id),
                protocol.held_back(id),
            ];
            let ours = [naive.vouched, naive.claimable, held];
            differ("contributor", tested.map(Amount::base_units), ours)?;
            for category in [Category::Data, Category::Model, Category::Engagement] {
                let points = protocol.contribution_points(category, id);
                differ("points", points, self.oracle.points(category, person))?;
            }
        }
        Ok(())
    }

    pub fn proposals(&self) -> Result<(), String> {
        for (id, naive) in self.oracle.proposals.iter().enumerate() {
            let status = self.protocol.proposal_status(ProposalId(id as u32));
            differ(&format!("proposal {id}"), status, naive.status())?;
        }
        differ("halted", self.protocol.is_halted(), self.oracle.is_halted())?;
        let (ours, theirs) = (&self.oracle.params, self.protocol.params());
        differ("parameters are the same", theirs == ours, true)
    }

    /// User stake now and as far back as it is remembered.
    pub fn users(&self) -> Result<(), String> {
        let (protocol, oracle) = (&self.protocol, &self.oracle);
        let back = u64::from(oracle.params.users.history_epochs).min(oracle.epoch) - 1;
        let epoch = oracle.epoch - oracle.now % (back + 1);
        let mut total = 0;
        for person in 0..oracle.people {
            let id = ParticipantId(person);
            differ(
                "tier",
                usize::from(protocol.user_tier(id)),
                oracle.tier(person),
            )?;
            let stake = protocol.user_stake_at(id, epoch as u32).base_units();
            let ours = oracle.stakes_at[epoch as usize - 1][person as usize];
            differ(&format!("stake of {person} at {epoch}"), stake, ours)?;
            total += ours;
        }
        let sum = protocol.user_stake_total_at(epoch as u32).base_units();
        differ("all user stake", sum, total)
    }
}
