//! The tables that a run writes, one row struct each: the struct is the schema, its doc lines the column reference.
//!
//! Amounts of the coin are in base units as `u64` (a scenario whose supply passes that is refused); dollars are `f64` for
//! reading only, and no rule computes with them. Where bonds are held in dollars, amounts of bonds, delegations, unbonding and slashes
//! are base units of the stable asset, which has as many to a dollar as the coin has to a coin.

use crate::table::table;

table! {
    /// The network as a whole, one row an epoch.
    EpochRow as "epochs" {
        /// Epoch number from 0; the row is written when it closes.
        epoch: u32,
        /// Coins in existence: minted less burned.
        supply_base_units: u64,
        /// Supply outside the treasury, insurance, locked genesis allocations and held-back pay.
        circulating_base_units: u64,
        /// Ceiling that the emission rule gave for the epoch.
        emission_ceiling_base_units: u64,
        /// Coins minted in the epoch.
        minted_base_units: u64,
        /// Coins burned in the epoch, fees and slashes together.
        burned_base_units: u64,
        /// Minted to providers and their delegators.
        minted_performance_base_units: u64,
        /// Minted to the treasury: its own share and categories without participants.
        minted_treasury_base_units: u64,
        /// Paid by claims in the epoch: rewards, commission and delegators' part of fees, but for what is held back, and what of that has vested.
        claimed_base_units: u64,
        /// Job fees paid by customers in the epoch, before the split.
        fees_base_units: u64,
        /// Provider share of those fees, with what its delegators have of it.
        fees_provider_base_units: u64,
        /// Discounts on job fees for user stake in the epoch: what customers would have paid beside the fees.
        rebates_base_units: u64,
        /// Slashed in the epoch for downtime.
        slashed_downtime_base_units: u64,
        /// Slashed in the epoch for failed jobs.
        slashed_failed_job_base_units: u64,
        /// Slashed in the epoch for malicious results.
        slashed_malicious_base_units: u64,
        /// Of all slashed in the epoch, taken from honest providers and their delegators.
        slashed_honest_base_units: u64,
        /// Slashed so far and still held in the slash escrow.
        slash_escrow_base_units: u64,
        /// Bonds of providers, without delegations.
        bonded_base_units: u64,
        /// Delegations.
        delegated_base_units: u64,
        /// Coins in the unbonding queue, of bonds and delegations.
        unbonding_base_units: u64,
        /// Coins on the market, which is where everybody buys and sells.
        market_base_units: u64,
        /// Treasury balance.
        treasury_base_units: u64,
        /// Of the bonds, those that a commitment binds at the close.
        committed_base_units: u64,
        /// Stake of users at the start of the next epoch.
        user_stake_base_units: u64,
        /// Delegations moved from one provider to another in the epoch.
        redelegated_base_units: u64,
        /// Coins that left the unbonding queue in the epoch.
        matured_base_units: u64,
        /// Losses that customers claimed from the insurance pool in the epoch.
        insurance_claimed_base_units: u64,
        /// Paid by the insurance pool for them.
        insurance_paid_base_units: u64,
        /// Insurance pool balance.
        insurance_base_units: u64,
        /// Bonds and delegations over circulating supply.
        staked_ratio: f64,
        /// Token price of the epoch.
        token_price_usd: f64,
        /// Moving average of the token price, used to size bonds.
        token_price_smoothed_usd: f64,
        /// Reward scaling by network demand.
        factor_demand: f64,
        /// Reward scaling by market conditions.
        factor_market: f64,
        /// Reward scaling by staked ratio.
        factor_staked: f64,
        /// Product of the network factors after its clamp: the budget over the schedule.
        factor_product: f64,
        /// Protocol share of fees over the value minted, in the epoch.
        fee_to_emission: f64,
        /// Providers in business at the close: individuals.
        providers_individual: u32,
        /// Providers in business at the close: edge.
        providers_edge: u32,
        /// Providers in business at the close: data centres.
        providers_datacentre: u32,
        /// Providers that entered in the epoch.
        entries: u32,
        /// Providers that left in the epoch.
        exits: u32,
        /// Warnings given in the epoch.
        warnings: u32,
        /// Penalties (second rung; minor and moderate scaled ones) in the epoch.
        penalties: u32,
        /// Severe verdicts (third rung, immediate regime and major scaled ones) in the epoch.
        severe: u32,
        /// Jobs submitted in the epoch.
        jobs_submitted: u32,
        /// Jobs first started in the epoch.
        jobs_started: u32,
        /// Jobs finished in the epoch.
        jobs_finished: u32,
        /// Waiting jobs withdrawn by their customers in the epoch, or too large for the fleet.
        jobs_abandoned: u32,
        /// Interruptions of running jobs in the epoch.
        jobs_interrupted: u32,
        /// Jobs waiting at the close.
        jobs_waiting: u32,
        /// Mean waiting time of the jobs first started in the epoch, in hours (0 where none started).
        wait_mean_h: f64,
        /// Largest waiting time among the jobs first started in the epoch, in hours.
        wait_max_h: f64,
        /// Work kept over GPU time held, in the epoch.
        goodput: f64,
        /// GPU-hours held by jobs in the epoch.
        held_gpu_h: f64,
        /// GPU-hours whose work was lost to failures in the epoch.
        lost_gpu_h: f64,
        /// Job fees of the epoch in dollars.
        fees_usd: f64,
        /// Minted in the epoch, in dollars at the epoch's price.
        minted_usd: f64,
        /// Slashed in the epoch for any other violation.
        slashed_other_base_units: u64,
        /// Incidents reported in the epoch (`incidents.*`).
        incidents: u32,
        /// Appeals made at the close.
        appeals: u32,
        /// Appeals upheld in the epoch.
        appeals_upheld: u32,
        /// Returned out of the slash escrow by upheld appeals in the epoch.
        returned_base_units: u64,
        /// Grants paid from the treasury after the close.
        grants_base_units: u64,
        /// Whether the circuit breaker tripped at the close.
        is_breaker_tripped: bool,
        /// Whether the guard of fees cuts the next epoch's emission ceiling.
        is_fee_cut: bool,
        /// Whether the guard of the treasury's runway holds grants back in the next epoch.
        are_grants_paused: bool,
        /// Whether the guard of solvency gives the treasury's part of the next epoch's fees to the insurance pool.
        is_insurance_first: bool,
        /// Whether the guard of inflation caps the next epoch's emission.
        is_inflation_capped: bool,
        /// Whether trading is halted in the next epoch.
        is_trading_halted: bool,
        /// Bonds and delegations in dollars: at the epoch's price, or the dollars that they are.
        staked_usd: f64,
        /// Coins bought at the market in the epoch, in the first also at genesis.
        bought_base_units: u64,
        /// Coins sold there.
        sold_base_units: u64,
        /// Part of all reward weight that providers with a monthly commitment have at the close.
        weight_monthly_share: f64,
        /// The same of those with an annual one.
        weight_annual_share: f64,
        /// Named customers whose stake reaches the first tier and not the second.
        users_tier_1: u32,
        /// The second and not the third.
        users_tier_2: u32,
        /// The third.
        users_tier_3: u32,
        /// Of what is unbonding, what is due and kept back by the churn limit.
        unbonding_waiting_base_units: u64,
        /// Epochs for which the oldest of it has been due.
        unbonding_wait_epochs: u32,
        /// Coins that came into the insurance pool in the epoch: from fees, slashes and forfeits.
        insurance_in_base_units: u64,
    }
}

table! {
    /// One GPU kind, one row an epoch and kind.
    KindRow as "kinds" {
        /// Epoch number from 0.
        epoch: u32,
        /// GPU kind.
        kind: &'static str,
        /// Kind group whose price controller rules it.
        group: &'static str,
        /// Mean number of GPUs that were up and in business.
        up_gpus: f64,
        /// GPU-hours held over GPU-hours up.
        utilisation: f64,
        /// Price multiplier of the group at the close.
        price_multiplier: f64,
        /// Price at the close.
        price_usd_per_gpu_h: f64,
        /// Scarcity factor of the kind.
        factor_scarcity: f64,
        /// Demand of the group over its reference, by the elasticity to price.
        demand_factor: f64,
    }
}

table! {
    /// One provider over its whole life in the run.
    ProviderRow as "providers" {
        /// Number of the provider in this run.
        provider: u32,
        /// Class.
        class: &'static str,
        /// Ordinal in the class: together with the class, the provider's identity under every seed-paired scenario.
        ordinal: u32,
        /// Region.
        region: &'static str,
        /// GPU kind.
        kind: &'static str,
        /// Behaviour.
        behaviour: &'static str,
        /// For how long it binds its bond whenever it is free to: flexible, monthly or annual.
        commitment: &'static str,
        /// GPUs owned.
        gpus: u32,
        /// Standing at the end.
        standing: &'static str,
        /// Epoch of entry.
        entered_epoch: u32,
        /// Epoch of exit, where it left.
        exited_epoch: Option<u32>,
        /// Share of its time in business that its GPUs were up.
        availability: f64,
        /// GPU-hours held by jobs over GPU-hours up.
        utilisation: f64,
        /// GPU-hours held by jobs.
        held_gpu_h: f64,
        /// Price of electricity.
        power_price_usd_per_kwh: f64,
        /// Hardware at entry.
        hardware_usd: f64,
        /// Bond at entry.
        bond_usd: f64,
        /// Provider share of job fees at receipt, without its delegators' part.
        revenue_usd: f64,
        /// Rewards and commission claimed or due, what is held back included, at the price of the claim.
        rewards_usd: f64,
        /// Electricity.
        power_usd: f64,
        /// Link, upkeep and space.
        other_usd: f64,
        /// Straight-line depreciation over the time in business.
        depreciation_usd: f64,
        /// Slashed from its own bond and lost of its held-back pay, at the price of the day.
        slashed_usd: f64,
        /// Net of revenue, rewards, costs, depreciation and slashes.
        net_usd: f64,
        /// Net over hardware and bond at entry, scaled to a year; nothing for a provider in business under 30 days.
        return_per_year: Option<f64>,
        /// Years until cash flow before depreciation pays back hardware and bond, where it ever does.
        payback_years: Option<f64>,
        /// Jobs or job parts settled.
        jobs_settled: u32,
        /// Jobs that failed by its fault.
        jobs_failed: u32,
        /// Warnings received.
        warnings: u32,
        /// Slashes received.
        slashes: u32,
        /// Fees burned or lost by dealing with itself.
        self_deal_cost_usd: f64,
        /// Its own bond at the end.
        bonded_base_units: u64,
        /// Delegated to it at the end.
        delegated_base_units: u64,
        /// Reward weight in force at the end, in the unit of the weight rule; for reading only.
        reward_weight: f64,
    }
}

table! {
    /// One finished or dropped job.
    JobRow as "jobs" {
        /// Job number in order of submission.
        job: u32,
        /// Where it came from: `trace` or the name of the gang template.
        source: &'static str,
        /// Kind group it asked for.
        group: &'static str,
        /// GPUs asked for.
        gpus: u32,
        /// Submitted, seconds since the start.
        submitted_s: u64,
        /// First started, seconds since the start.
        started_s: u64,
        /// Finished, seconds since the start.
        finished_s: u64,
        /// Waiting time until the first start.
        wait_s: u64,
        /// Running time on an undisturbed gang of the size asked for.
        ideal_s: u64,
        /// (waiting + running) / max(ideal running time, 10 min), at least 1.
        bounded_slowdown: f64,
        /// Interruptions by failures.
        interruptions: u32,
        /// GPU-hours held.
        held_gpu_h: f64,
        /// GPU-hours of work lost.
        lost_gpu_h: f64,
        /// Paid by the customer in base units.
        paid_base_units: u64,
        /// Share of the work that was really done (lazy providers claim without doing).
        delivered: f64,
    }
}

table! {
    /// One check of one provider.
    VerdictRow as "verdicts" {
        /// Epoch in which the challenge was drawn.
        epoch: u32,
        /// Provider checked.
        provider: u32,
        /// Its behaviour (known to the simulator, not to the network).
        behaviour: &'static str,
        /// Whether the first check failed.
        first_failed: bool,
        /// Whether the second, independent check failed too (false where the first passed).
        confirmed: bool,
        /// When the verdict arrived, seconds since the start.
        decided_s: u64,
        /// Verifier of the first check; nothing where the network checks by itself.
        verifier: Option<u32>,
    }
}

table! {
    /// One step on the ladder.
    ViolationRow as "violations" {
        /// Epoch in which it was judged.
        epoch: u32,
        /// Provider.
        provider: u32,
        /// Class of the provider; the role of one that rents out no GPUs.
        class: &'static str,
        /// Its behaviour (known to the simulator, not to the network).
        behaviour: &'static str,
        /// Violation kind.
        violation: &'static str,
        /// Rung: warning, penalty, severe; malicious, final; minor, moderate, major.
        rung: &'static str,
        /// Slashed from its own bond.
        slashed_self_base_units: u64,
        /// Slashed from delegations.
        slashed_delegated_base_units: u64,
        /// Slashed from unbonding entries.
        slashed_unbonding_base_units: u64,
        /// Cause: the number of the event that began it.
        cause: u64,
    }
}

table! {
    /// How many providers stand where, one row an epoch.
    StandingRow as "standings" {
        /// Epoch number from 0; counted when it has closed.
        epoch: u32,
        /// Providers without a sufficient bond yet.
        registered: u32,
        /// Providers that are active.
        active: u32,
        /// Of the active or registered, those on the recovery ramp.
        recovering: u32,
        /// Suspended providers.
        suspended: u32,
        /// Jailed providers.
        jailed: u32,
        /// Of the suspended or jailed, those whose term is over and who have to ask to come back.
        awaiting_review: u32,
        /// Providers barred for ever.
        tombstoned: u32,
        /// Providers that have left.
        exited: u32,
        /// Appeals that wait for a decision.
        appealing: u32,
    }
}

table! {
    /// One kind of contribution, one row an epoch and kind; only where there are contributors or voters.
    ContributionRow as "contributions" {
        /// Epoch number from 0.
        epoch: u32,
        /// Kind: data, model or governance.
        kind: &'static str,
        /// Participants who contributed in the epoch.
        contributors: u32,
        /// Points recorded in the epoch; of governance those of earlier votes that the epoch rewards.
        points: u64,
        /// Minted to them in the epoch, what is held back included.
        minted_base_units: u64,
        /// Claimed by them at the close.
        claimed_base_units: u64,
        /// Forfeited at the close: held-back rewards and vouching bonds.
        forfeited_base_units: u64,
    }
}

table! {
    /// One proposal.
    ProposalRow as "proposals" {
        /// Number of the proposal.
        proposal: u32,
        /// Epoch in which it was opened; stake at its opening counts.
        opened_epoch: u32,
        /// Epoch whose close tallied, where the run lasted so long.
        tallied_epoch: Option<u32>,
        /// What it would do: set, grant or text.
        action: &'static str,
        /// The parameter that it would set, below `protocol`; empty for others.
        parameter: &'static str,
        /// Weight for it, by the voting rule: base units, or roots of base units under the quadratic rule.
        yes_weight: u64,
        /// Weight against it.
        no_weight: u64,
        /// Weight of those who abstained.
        abstain_weight: u64,
        /// Weight of vetoes.
        veto_weight: u64,
        /// Voters who voted.
        ballots: u32,
        /// Stake that voted over all user stake.
        turnout: f64,
        /// Fewest voters who together outweigh all others who voted.
        deciders: u32,
        /// What came of it: voting or passed where the run ended first, rejected, no_quorum, vetoed, executed, expired, failed.
        status: &'static str,
    }
}

table! {
    /// One provider that rents out no GPUs: a verifier, an operator or a provider of storage; only where there are any.
    RoleRow as "roles" {
        /// Number of the provider in this run.
        provider: u32,
        /// Role: verifier, operator or storage.
        role: &'static str,
        /// Behaviour; a lazy verifier signs without checking.
        behaviour: &'static str,
        /// Standing at the end.
        standing: &'static str,
        /// Epoch of exit, where it left.
        exited_epoch: Option<u32>,
        /// Share of its time in business that it was up.
        availability: f64,
        /// Verdicts that a verifier owed, proofs that a provider of storage was asked for.
        asked: u64,
        /// Of those, not given.
        missed: u64,
        /// Verdicts found to be false.
        false_verdicts: u32,
        /// Hardware at entry.
        hardware_usd: f64,
        /// Bond at entry.
        bond_usd: f64,
        /// Fees for checks, at receipt.
        fees_usd: f64,
        /// Its share of the slashes for what it found, at receipt.
        finds_usd: f64,
        /// Rewards and commission claimed or due, what is held back included, at the price of the claim.
        rewards_usd: f64,
        /// Electricity.
        power_usd: f64,
        /// Link, upkeep, space, and what checks cost.
        other_usd: f64,
        /// Straight-line depreciation over the time in business.
        depreciation_usd: f64,
        /// Slashed from its own bond and lost of its held-back pay, at the price of the day.
        slashed_usd: f64,
        /// Net of income, costs, depreciation and slashes.
        net_usd: f64,
        /// Net over hardware and bond at entry, scaled to a year; nothing for one in business under 30 days.
        return_per_year: Option<f64>,
        /// Warnings received.
        warnings: u32,
        /// Slashes received.
        slashes: u32,
    }
}

table! {
    /// One posting of the ledger.
    PostingRow as "postings" {
        /// Epoch open when it was made.
        epoch: u32,
        /// Tick: seconds since the start.
        tick_s: u64,
        /// Cause: the number of the event that began it.
        cause: u64,
        /// Asset.
        asset: &'static str,
        /// Kind of the account debited.
        from: &'static str,
        /// Owner of the account debited (0 for system accounts).
        from_id: u32,
        /// Kind of the account credited.
        to: &'static str,
        /// Owner of the account credited (0 for system accounts).
        to_id: u32,
        /// Amount moved.
        amount_base_units: u64,
        /// Reason.
        reason: &'static str,
    }
}

table! {
    /// One reason why money moved, over the whole run: everything that moved for it, to and fro not set off.
    FlowRow as "flows" {
        /// Asset.
        asset: &'static str,
        /// Reason.
        reason: &'static str,
        /// Kind of the accounts debited; `staked` are bonds and delegations.
        from: &'static str,
        /// Kind of the accounts credited.
        to: &'static str,
        /// Amount moved, at most the largest `u64`.
        amount_base_units: u64,
        /// The same in whole coins, for reading only.
        amount_tokens: f64,
    }
}

table! {
    /// One kind of account over the whole run: opening and in are closing and out.
    BalanceRow as "balances" {
        /// Asset.
        asset: &'static str,
        /// Kind of account; `staked` are bonds and delegations.
        account: &'static str,
        /// Balance before genesis: all is unissued.
        opening_base_units: u64,
        /// Moved in, genesis included, at most the largest `u64`.
        in_base_units: u64,
        /// Moved out, at most the largest `u64`.
        out_base_units: u64,
        /// Balance at the end.
        closing_base_units: u64,
        /// The latter in whole coins, for reading only.
        closing_tokens: f64,
    }
}
