//! The rows that an epoch and a run leave behind, and the digest of what they say. Reads state, changes only the digest.

use protocol::{
    Account, Asset, CommitmentTier, EpochSummary, GuardAction, Reason, Scope, Standing,
    ViolationKind,
};
use units::{Amount, TokenPrice};

use crate::config::Class;
use crate::epoch::KindUse;
use crate::number::{base, gpu_hours, hours, price_usd, ratio, share, usd};
use crate::owners::is_bound;
use crate::rows::{EpochRow, KindRow, PostingRow, ProviderRow};
use crate::world::World;

impl World<'_> {
    /// Writes the rows of the epoch and mixes its aggregates into the digest.
    pub(crate) fn close_rows(
        &mut self,
        summary: &EpochSummary,
        price: TokenPrice,
        usage: &[KindUse],
    ) {
        let row = self.epoch_row(summary, price, usage);
        for value in [
            row.supply_base_units,
            row.minted_base_units,
            row.burned_base_units,
            row.fees_base_units,
            row.treasury_base_units,
        ] {
            self.state.digest.mix(value);
        }
        self.state.digest.mix(self.state.engine.digest());
        self.epoch_rows.push(row);
        for (kind, of) in usage.iter().enumerate() {
            let row = self.kind_row(summary, kind, of);
            self.kind_rows.push(row);
        }
        self.standing_rows.push(self.standing_row());
    }

    fn native(&self, account: Account) -> Amount {
        self.state.rules.balance(Asset::Native, account)
    }

    /// Of the coin, or of the asset of bonds where the reason moves that.
    fn closed(&self, reason: Reason) -> u64 {
        let rules = &self.state.rules;
        let asset = match reason.is_of_bonds() {
            true => rules.params().bond.asset,
            false => Asset::Native,
        };
        base(rules.tally(asset, reason, Scope::ClosedEpoch))
    }

    /// Coins that came into the insurance pool in the closed epoch.
    fn insured(&self) -> u64 {
        let came = |reason| {
            let rules = &self.state.rules;
            base(rules.tally(Asset::Native, reason, Scope::ClosedEpoch))
        };
        came(Reason::FeeInsurance)
            + came(Reason::SlashInsurance)
            + came(Reason::AppealForfeit)
            + came(Reason::VouchForfeit)
    }

    /// Of all reward weight, the parts of those with a monthly and an annual commitment.
    fn committed_weight(&self) -> [f64; 2] {
        let rules = &self.state.rules;
        let (mut all, mut parts) = (0.0, [0.0; 2]);
        for of in &self.state.fleet.providers {
            let weight = rules.weight(of.rules) as f64;
            all += weight;
            match rules.commitment(of.rules) {
                Some((CommitmentTier::Monthly, _)) => parts[0] += weight,
                Some((CommitmentTier::Annual, _)) => parts[1] += weight,
                _ => {}
            }
        }
        parts.map(|part| share(part, all))
    }

    /// Named customers by the tier of their stake, the first tier first.
    fn customers_by_tier(&self) -> [u32; 3] {
        let mut counts = [0; 3];
        for customer in &self.state.customers {
            if let Some(tier) = self.state.rules.user_tier(customer.account).checked_sub(1) {
                counts[usize::from(tier)] += 1;
            }
        }
        counts
    }

    /// Bonds that a commitment binds.
    fn committed(&self) -> u64 {
        let rules = &self.state.rules;
        let bound = self
            .state
            .fleet
            .providers
            .iter()
            .filter(|of| is_bound(rules, of.rules));
        base(bound.map(|of| rules.bonded(of.rules)).sum())
    }

    fn epoch_row(&self, summary: &EpochSummary, price: TokenPrice, usage: &[KindUse]) -> EpochRow {
        let rules = &self.state.rules;
        let tally = &self.state.tally;
        let decimals = self.inputs.config.protocol.supply.decimals;
        let worth = |amount: Amount| usd(price.of(amount, decimals));
        let providers = |class: Class| {
            let of_class = |id: &u32| {
                let of = &self.state.fleet.providers[*id as usize];
                of.in_business && of.class == class && self.is_compute(*id)
            };
            let all = 0..self.state.fleet.providers.len() as u32;
            all.filter(of_class).count() as u32
        };
        let of_all = |reason: fn(&protocol::ProviderId) -> Account| -> u64 {
            self.state
                .fleet
                .providers
                .iter()
                .map(|of| base(rules.in_bond_asset(reason(&of.rules))))
                .sum()
        };
        let guards = |action: GuardAction| summary.guard_actions & action.bit() != 0;
        let slashed_other = tally.slashed[ViolationKind::MaliciousResult as usize + 1..].iter();
        let held: u128 = usage.iter().map(|of| of.held_ns).sum();
        let (waiting, waits) = rules.waiting_to_leave();
        let [weight_monthly_share, weight_annual_share] = self.committed_weight();
        let [users_tier_1, users_tier_2, users_tier_3] = self.customers_by_tier();
        let protocol_fees = tally.fees.saturating_sub(tally.fees_provider);
        EpochRow {
            epoch: self.state.epoch,
            supply_base_units: base(rules.minted()),
            circulating_base_units: base(rules.circulating()),
            emission_ceiling_base_units: base(summary.ceiling),
            minted_base_units: base(summary.minted),
            burned_base_units: base(summary.burned),
            minted_performance_base_units: self.closed(Reason::Emission),
            minted_treasury_base_units: self.closed(Reason::EmissionTreasury),
            claimed_base_units: base(tally.claimed),
            fees_base_units: base(tally.fees),
            fees_provider_base_units: base(tally.fees_provider),
            rebates_base_units: base(tally.rebates),
            slashed_downtime_base_units: base(tally.slashed[0]),
            slashed_failed_job_base_units: base(tally.slashed[1]),
            slashed_malicious_base_units: base(tally.slashed[2]),
            slashed_honest_base_units: base(tally.slashed_honest),
            slash_escrow_base_units: base(rules.in_bond_asset(Account::SlashEscrow)),
            bonded_base_units: of_all(|id| Account::SelfBond(*id)),
            delegated_base_units: of_all(|id| Account::Delegated(*id)),
            unbonding_base_units: of_all(|id| Account::Unbonding(*id)),
            market_base_units: base(self.native(Account::Liquid(self.state.accounts.market))),
            treasury_base_units: base(self.native(Account::Treasury)),
            committed_base_units: self.committed(),
            user_stake_base_units: base(rules.user_stake_total_at(rules.epoch())),
            redelegated_base_units: self.closed(Reason::Redelegate),
            matured_base_units: base(summary.matured),
            insurance_claimed_base_units: base(tally.losses),
            insurance_paid_base_units: base(summary.insurance_payouts),
            insurance_base_units: base(self.native(Account::Insurance)),
            staked_ratio: ratio(summary.staked_ratio),
            token_price_usd: price_usd(price),
            token_price_smoothed_usd: price_usd(summary.smoothed_price),
            factor_demand: ratio(summary.factors.demand),
            factor_market: ratio(summary.factors.market),
            factor_staked: ratio(summary.factors.staked),
            factor_product: ratio(summary.factors.product),
            fee_to_emission: share(worth(protocol_fees), worth(summary.minted)),
            providers_individual: providers(Class::Individual),
            providers_edge: providers(Class::Edge),
            providers_datacentre: providers(Class::Datacentre),
            entries: tally.entries,
            exits: tally.exits,
            warnings: tally.warnings,
            penalties: tally.penalties,
            severe: tally.severe,
            jobs_submitted: tally.submitted,
            jobs_started: tally.started,
            jobs_finished: tally.finished,
            jobs_abandoned: tally.abandoned,
            jobs_interrupted: tally.interrupted,
            jobs_waiting: self.state.queues.waiting() as u32,
            wait_mean_h: share(gpu_hours(tally.wait), f64::from(tally.started)),
            wait_max_h: hours(tally.wait_max),
            goodput: if held == 0 {
                1.0
            } else {
                1.0 - share(gpu_hours(tally.lost_ns), gpu_hours(held)).min(1.0)
            },
            held_gpu_h: gpu_hours(held),
            lost_gpu_h: gpu_hours(tally.lost_ns),
            fees_usd: worth(tally.fees),
            minted_usd: worth(summary.minted),
            slashed_other_base_units: base(slashed_other.copied().sum()),
            incidents: tally.incidents,
            appeals: tally.appeals,
            appeals_upheld: tally.appeals_upheld,
            returned_base_units: base(tally.returned),
            grants_base_units: base(tally.grants),
            is_breaker_tripped: summary.breaker_tripped,
            is_fee_cut: guards(GuardAction::FeeCut),
            are_grants_paused: guards(GuardAction::GrantsPaused),
            is_insurance_first: guards(GuardAction::InsuranceFirst),
            is_inflation_capped: guards(GuardAction::InflationCapped),
            is_trading_halted: summary.is_halted,
            staked_usd: usd(self.worth_of_bonds(rules.staked_total(), price)),
            bought_base_units: base(tally.bought),
            sold_base_units: base(tally.sold),
            weight_monthly_share,
            weight_annual_share,
            users_tier_1,
            users_tier_2,
            users_tier_3,
            unbonding_waiting_base_units: base(waiting),
            unbonding_wait_epochs: waits,
            insurance_in_base_units: self.insured(),
        }
    }

    fn kind_row(&self, summary: &EpochSummary, kind: usize, of: &KindUse) -> KindRow {
        let of_kind = &self.inputs.config.gpus[kind];
        let group = of_kind.group;
        let multiplier = ratio(
            self.state
                .rules
                .price_multiplier(protocol::GroupId(group as u8)),
        );
        KindRow {
            epoch: self.state.epoch,
            kind: of_kind.name,
            group: group.name(),
            up_gpus: gpu_hours(of.up_ns) / hours(self.inputs.config.epoch),
            utilisation: share(gpu_hours(of.held_ns), gpu_hours(of.up_ns)),
            price_multiplier: multiplier,
            price_usd_per_gpu_h: usd(of_kind.list_price.over(units::Span::from_hours(1)))
                * multiplier,
            factor_scarcity: ratio(summary.factors.scarcity[kind]),
            demand_factor: self.state.demand.factor[group as usize],
        }
    }

    /// One provider's story, at the end.
    pub(crate) fn provider_row(&self, id: u32) -> ProviderRow {
        let of = &self.state.fleet.providers[id as usize];
        let books = &self.state.fleet.books[id as usize];
        let lived = f64::from(of.gpus) * hours(books.in_business);
        ProviderRow {
            provider: id,
            class: of.class.name(),
            ordinal: of.key.ordinal(),
            region: self.inputs.config.fleet.regions[usize::from(of.region)].name,
            kind: self.inputs.config.gpus[usize::from(of.kind)].name,
            behaviour: of.behaviour.name(),
            commitment: self.wishes(of.key).name(),
            gpus: of.gpus,
            standing: standing(self.state.rules.standing(of.rules)),
            entered_epoch: of.entered,
            exited_epoch: of.exited,
            availability: share(gpu_hours(books.up_ns), lived),
            utilisation: share(gpu_hours(books.held_ns), gpu_hours(books.up_ns)),
            held_gpu_h: gpu_hours(books.held_ns),
            power_price_usd_per_kwh: of.power_price.nano_per_kwh() as f64 / 1e9,
            hardware_usd: usd(books.hardware),
            bond_usd: usd(books.bond),
            revenue_usd: usd(books.revenue),
            rewards_usd: usd(books.rewards),
            power_usd: usd(books.power),
            other_usd: usd(books.other),
            depreciation_usd: usd(books.depreciation),
            slashed_usd: usd(books.slashed),
            net_usd: usd(books.net()),
            return_per_year: books.return_per_year(),
            payback_years: books.payback_years(),
            jobs_settled: books.settled,
            jobs_failed: books.failed,
            warnings: books.warnings,
            slashes: books.slashes,
            self_deal_cost_usd: usd(books.self_deal_cost),
            bonded_base_units: base(self.state.rules.bonded(of.rules)),
            delegated_base_units: base(self.state.rules.delegated(of.rules)),
            reward_weight: self.state.rules.weight(of.rules) as f64,
        }
    }
}

/// A posting as a row.
#[must_use]
pub fn posting_row(posting: &protocol::Posting) -> PostingRow {
    let (from, from_id) = name(posting.from);
    let (to, to_id) = name(posting.to);
    PostingRow {
        epoch: posting.epoch,
        tick_s: posting.tick.0,
        cause: posting.cause.0,
        asset: asset_name(posting.asset),
        from,
        from_id,
        to,
        to_id,
        amount_base_units: base(posting.amount),
        reason: posting.reason.name(),
    }
}

/// An asset's name in tables.
pub(crate) fn asset_name(asset: Asset) -> &'static str {
    match asset {
        Asset::Native => "native",
        Asset::Stable => "stable",
        Asset::Credits => "credits",
    }
}

fn name(account: Account) -> (&'static str, u32) {
    match account {
        Account::Issuance => ("issuance", 0),
        Account::RewardPool => ("reward_pool", 0),
        Account::Treasury => ("treasury", 0),
        Account::Insurance => ("insurance", 0),
        Account::Platform => ("platform", 0),
        Account::JobEscrow => ("job_escrow", 0),
        Account::SlashEscrow => ("slash_escrow", 0),
        Account::Locked => ("locked", 0),
        Account::Liquid(of) => ("liquid", of.0),
        Account::Unbonded(of) => ("unbonded", of.0),
        Account::SelfBond(of) => ("self_bond", of.0),
        Account::Delegated(of) => ("delegated", of.0),
        Account::Unbonding(of) => ("unbonding", of.0),
        Account::AppealDeposit => ("appeal_deposit", 0),
        Account::ProposalDeposit => ("proposal_deposit", 0),
        Account::Vouched(of) => ("vouched", of.0),
        Account::UserStake(of) => ("user_stake", of.0),
        Account::VerificationPool => ("verification_pool", 0),
        Account::Vesting(of) => ("vesting", of.0),
    }
}

pub(crate) fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Registered => "registered",
        Standing::Active => "active",
        Standing::Suspended => "suspended",
        Standing::Jailed => "jailed",
        Standing::Tombstoned => "tombstoned",
        Standing::Exited => "exited",
    }
}
