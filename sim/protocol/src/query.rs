//! Questions about the present state. Nothing here changes it.

use units::{Amount, Ratio, TokenPrice, wide};

use crate::account::{Account, AccountKind, Asset};
use crate::error::Error;
use crate::ids::{GroupId, KindId, ParticipantId, ProviderId, Tick};
use crate::ledger::Scope;
use crate::operation::ViolationKind;
use crate::params::{BondUnit, CommitmentTier, MatrixRow, Params};
use crate::pools::BonusPool;
use crate::provider::Provider;
use crate::reason::Reason;
use crate::standing::Standing;
use crate::state::{OPEN_SUPPLY, Protocol};

/// The price of a unit of the stable asset.
const A_DOLLAR: TokenPrice = TokenPrice::from_nano_per_token(1_000_000_000);

impl Protocol {
    /// The parameters in force.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// The open epoch, from zero.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// The tick of the last operation.
    #[must_use]
    pub fn now(&self) -> Tick {
        self.now
    }

    /// What an account holds; zero for one that was never opened.
    #[must_use]
    pub fn balance(&self, asset: Asset, account: Account) -> Amount {
        self.ledger.balance(asset, account)
    }

    /// What an account holds of the native token.
    pub(crate) fn native(&self, account: Account) -> Amount {
        self.ledger.balance(Asset::Native, account)
    }

    /// What an account holds of the asset of bonds ([`BondParams::asset`](crate::BondParams::asset)).
    #[must_use]
    pub fn in_bond_asset(&self, account: Account) -> Amount {
        self.ledger.balance(self.params.bond.asset, account)
    }

    /// The asset that a reason moves.
    #[inline]
    pub(crate) fn asset_of(&self, reason: Reason) -> Asset {
        match reason {
            Reason::StableDeposit | Reason::StableRedeem => Asset::Stable,
            _ if reason.is_of_bonds() => self.params.bond.asset,
            _ => Asset::Native,
        }
    }

    /// What all accounts of a kind hold together.
    #[must_use]
    pub fn held(&self, asset: Asset, kind: AccountKind) -> Amount {
        self.ledger.held(asset, kind)
    }

    /// How much has moved for a reason.
    #[must_use]
    pub fn tally(&self, asset: Asset, reason: Reason, scope: Scope) -> Amount {
        self.ledger.tally(asset, reason, scope)
    }

    pub(crate) fn provider(&self, id: ProviderId) -> Result<&Provider, Error> {
        self.providers.get(id.index()).ok_or(Error::UnknownProvider)
    }

    /// Panics when the provider was never registered, as all queries by id do.
    fn known(&self, id: ProviderId) -> &Provider {
        &self.providers[id.index()]
    }

    /// A provider's standing. Panics when it was never registered.
    #[must_use]
    pub fn standing(&self, provider: ProviderId) -> Standing {
        self.known(provider).standing
    }

    /// Who owns a provider. Panics when it was never registered.
    #[must_use]
    pub fn owner(&self, provider: ProviderId) -> ParticipantId {
        self.known(provider).owner
    }

    /// Whether the host may give a provider new jobs: it is active and its bond has not been short for too long.
    /// Panics when it was never registered.
    #[must_use]
    pub fn may_take_jobs(&self, provider: ProviderId) -> bool {
        self.standing(provider) == Standing::Active && !self.is_underbonded(provider)
    }

    /// A provider's self-bond.
    #[must_use]
    pub fn bonded(&self, provider: ProviderId) -> Amount {
        self.in_bond_asset(Account::SelfBond(provider))
    }

    /// The share of its delegators' rewards that a provider takes. Panics when it was never registered.
    #[must_use]
    pub fn commission(&self, provider: ProviderId) -> Ratio {
        self.known(provider).commission
    }

    /// What is delegated to a provider.
    #[must_use]
    pub fn delegated(&self, provider: ProviderId) -> Amount {
        self.in_bond_asset(Account::Delegated(provider))
    }

    /// What is on its way out of a provider's bond and delegations.
    #[must_use]
    pub fn unbonding(&self, provider: ProviderId) -> Amount {
        self.in_bond_asset(Account::Unbonding(provider))
    }

    /// The smallest self-bond of a provider, at the smoothed price, rounded up. None before the first price.
    /// Panics when it was never registered.
    #[must_use]
    pub fn bond_min(&self, provider: ProviderId) -> Option<Amount> {
        self.bond_of_days(
            self.known(provider),
            self.params.bond.cover_min,
            self.oracle.smoothed,
        )
    }

    /// The self-bond and delegations at which a provider has full weight, at the smoothed price, rounded up. None
    /// before the first price. Panics when it was never registered.
    #[must_use]
    pub fn bond_full(&self, provider: ProviderId) -> Option<Amount> {
        self.bond_of_days(
            self.known(provider),
            self.params.bond.cover_full,
            self.oracle.smoothed,
        )
    }

    /// Tokens worth `days` of list price, rounded up; native bonds are sized at the first price whatever the present one.
    pub(crate) fn bond_of_days(
        &self,
        provider: &Provider,
        days: u32,
        price: TokenPrice,
    ) -> Option<Amount> {
        let price = match (self.params.bond.asset, self.params.bond.unit) {
            (Asset::Stable, _) => A_DOLLAR,
            (_, BondUnit::Usd) => price,
            (_, BondUnit::Native) => self.oracle.first,
        };
        if price.is_zero() || self.oracle.first.is_zero() {
            return None;
        }
        let nano = self.list_value(provider) * u128::from(days);
        let price = u128::from(price.nano_per_token());
        // More tokens than can be counted are more than anybody can bond.
        let tokens = wide::mul_div_rem(nano, self.base_units_per_token(), price);
        let rounded = tokens.map(|(whole, rest)| whole.saturating_add(u128::from(rest > 0)));
        Some(rounded.map_or(Amount::MAX, Amount::new))
    }

    /// What all of a provider's GPUs list for, 10^-9 USD per day.
    pub(crate) fn list_value(&self, provider: &Provider) -> u128 {
        u128::from(provider.gpus) * self.kinds[provider.kind.index()].list_price
    }

    pub(crate) fn base_units_per_token(&self) -> u128 {
        10u128.pow(u32::from(self.params.supply.decimals))
    }

    /// A provider's reward weight in force: 10^-9 USD of list price a day, scaled by collateral, ramp,
    /// commitment, tenure, market share and score. A weight
    /// that rises by new stake counts from the next epoch (in epoch zero at once), one that falls counts at once.
    /// Panics when it was never registered.
    #[must_use]
    pub fn weight(&self, provider: ProviderId) -> u128 {
        self.known(provider).weight
    }

    /// The owner's unclaimed rewards and commission, with what a claim would hold back of them. Panics when the provider was never
    /// registered.
    #[must_use]
    pub fn claimable(&self, provider: ProviderId) -> Amount {
        let earned = self.compute_earnings(provider);
        self.known(provider).unclaimed + earned.owner
    }

    /// A delegator's unclaimed rewards at a provider.
    #[must_use]
    pub fn claimable_delegation(&self, delegator: ParticipantId, provider: ProviderId) -> Amount {
        let Some(delegation) = self.delegations.get(&(provider, delegator)) else {
            return Amount::ZERO;
        };
        let index = self.known(provider).share_index + self.compute_earnings(provider).share_step;
        delegation.unclaimed
            + crate::rewards::accrued(delegation.shares, index - delegation.paid_index)
    }

    /// What a delegator's stake at a provider is worth now, rounded down.
    ///
    /// Shares round in favour of those who are in:
    ///
    /// ```
    /// use stakesim_protocol::*;
    /// use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};
    /// let mut params = Params::default();
    /// params.supply = SupplyParams { decimals: 0, max: Amount::new(1_000_000) };
    /// params.emission.per_epoch = Amount::ZERO;
    /// params.ladder.malicious_jail_epochs = 1;
    /// let list_price_usd = MoneyRate::per_hour(Money::from_usd(1));
    /// let mut protocol = Protocol::new(params, &[Kind { group: GroupId(0), list_price_usd, role: Role::Compute, is_new: false }], 1)?;
    /// let (now, why, price) = (Tick(0), Cause(0), TokenPrice::from_nano_per_token(1_000_000_000));
    /// protocol.apply(now, why, Operation::ObservePrice { price })?;
    /// let owner = protocol.open_participant();
    /// protocol.apply(now, why, Operation::Genesis { to: Account::Liquid(owner), amount: Amount::new(2_000) })?;
    /// let (kind, commission) = (KindId(0), Ratio::ZERO);
    /// protocol.apply(now, why, Operation::Register { owner, kind, gpus: 1, tier: 0, commission })?;
    /// let provider = ProviderId(0);
    /// protocol.apply(now, why, Operation::Bond { provider, amount: Amount::new(1_500) })?;
    /// let amount = Amount::new(100);
    /// protocol.apply(now, why, Operation::Delegate { delegator: owner, provider, amount })?;
    /// let (kind, victim) = (ViolationKind::MaliciousResult, None);
    /// let report =
    ///     Operation::ReportViolation { provider, kind, at: now, reporter: None, victim, loss: Amount::ZERO, severity: Ratio::ONE };
    /// protocol.apply(now, why, report)?;
    /// protocol.end_epoch(Tick(86_400), why)?;
    /// protocol.end_epoch(Tick(172_800), why)?;
    ///
    /// // 100 shares are worth 70 now. 10 tokens buy 14.28 shares, so 14: of 80 tokens for 114 shares these are worth 9.82.
    /// let other = protocol.open_participant();
    /// let (from, to, amount) = (owner, other, Amount::new(10));
    /// protocol.apply(Tick(172_800), why, Operation::Transfer { from, to, amount })?;
    /// protocol.apply(Tick(172_800), why, Operation::Delegate { delegator: other, provider, amount })?;
    /// assert_eq!(protocol.delegation(other, provider), Amount::new(9));
    /// assert_eq!(protocol.delegation(owner, provider), Amount::new(70));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn delegation(&self, delegator: ParticipantId, provider: ProviderId) -> Amount {
        let Some(delegation) = self.delegations.get(&(provider, delegator)) else {
            return Amount::ZERO;
        };
        self.stake_of_shares(provider, delegation.shares)
    }

    /// All that has been minted and not burned.
    #[must_use]
    pub fn minted(&self) -> Amount {
        self.params.supply.max - self.native(Account::Issuance)
    }

    /// What is minted and held neither by the treasury nor by the insurance pool, nor under lock, nor held back of anybody's pay.
    #[must_use]
    pub fn circulating(&self) -> Amount {
        self.minted()
            - self.native(Account::Treasury)
            - self.native(Account::Insurance)
            - self.native(Account::Locked)
            - self.vesting_total()
    }

    /// All self-bonds and delegations, without what is unbonding.
    #[must_use]
    pub fn staked_total(&self) -> Amount {
        let moved = |reason| self.tally(self.params.bond.asset, reason, Scope::Lifetime);
        moved(Reason::Bond) + moved(Reason::Delegate) + moved(Reason::SlashReturn)
            - moved(Reason::Unbond)
            - moved(Reason::Undelegate)
            - moved(Reason::Slash)
            - moved(Reason::SlashRedelegated)
    }

    /// An amount of native tokens in the asset of bonds: itself, or what it is worth in dollars at the oracle's price, rounded down, at
    /// most 2^96 base units; zero before the first price.
    #[must_use]
    pub fn worth_in_bond_asset(&self, native: Amount) -> Amount {
        let price = u128::from(self.oracle.price.nano_per_token());
        match self.params.bond.asset {
            Asset::Native => native,
            _ => exchanged(native, price, u128::from(A_DOLLAR.nano_per_token())),
        }
    }

    /// An amount of the asset of bonds in native tokens: itself, or what its dollars would buy at the oracle's price, rounded down, at
    /// most 2^96 base units; zero before the first price.
    #[must_use]
    pub fn worth_in_tokens(&self, bonds: Amount) -> Amount {
        let price = self.oracle.price.nano_per_token();
        match self.params.bond.asset {
            Asset::Native => bonds,
            _ if price == 0 => Amount::ZERO,
            _ => {
                let dollar = u128::from(A_DOLLAR.nano_per_token());
                exchanged(bonds, dollar, u128::from(price))
            }
        }
    }

    /// What a kind of violation costs.
    #[must_use]
    pub fn matrix_row(&self, kind: ViolationKind) -> MatrixRow {
        self.params.matrix_row(kind)
    }

    /// A group's price multiplier. Panics when there is no such group.
    #[must_use]
    pub fn price_multiplier(&self, group: GroupId) -> Ratio {
        self.groups[group.index()].multiplier
    }

    /// A kind's relative reward weight. Panics when there is no such kind.
    #[must_use]
    pub fn scarcity(&self, kind: KindId) -> Ratio {
        self.kinds[kind.index()].scarcity
    }

    /// What a GPU-hour of a kind costs now, base units, rounded down: list price × multiplier at the oracle's price. None
    /// before the first price. Panics when there is no such kind.
    #[must_use]
    pub fn job_rate(&self, kind: KindId) -> Option<Amount> {
        self.kinds[kind.index()].rate
    }

    /// The price that pays jobs; zero before the first.
    #[must_use]
    pub fn oracle_price(&self) -> TokenPrice {
        self.oracle.price
    }

    /// The smoothed price that sizes bonds; zero before the first.
    #[must_use]
    pub fn smoothed_price(&self) -> TokenPrice {
        self.oracle.smoothed
    }

    /// What is left in a job's escrow; none when it is not open.
    #[must_use]
    pub fn job_escrow(&self, job: crate::ids::JobId) -> Option<Amount> {
        self.jobs.job(job).ok().map(|job| job.escrow)
    }

    /// A provider's commitment and the epoch in which its stake is free again; none when it has none. Panics when it was
    /// never registered.
    #[must_use]
    pub fn commitment(&self, provider: ProviderId) -> Option<(CommitmentTier, u32)> {
        let commitment = self.known(provider).commitment;
        commitment.map(|commitment| (commitment.tier, commitment.until_epoch))
    }

    /// The steps of tenure that a provider has taken. Panics when it was never registered.
    #[must_use]
    pub fn tenure_steps(&self, provider: ProviderId) -> u32 {
        self.known(provider).tenure_steps
    }

    /// A provider's weight in a bonus pool, in force, in the unit of [`Protocol::weight`]. Panics when it was never registered.
    #[must_use]
    pub fn pool_weight(&self, provider: ProviderId, pool: BonusPool) -> u128 {
        let holdings = &self.known(provider).pools;
        holdings.as_ref().map_or(0, |all| all[pool as usize].weight)
    }

    /// GPUs of active compute providers.
    #[must_use]
    pub fn active_gpus(&self) -> u64 {
        self.active_gpus
    }

    /// The price a job pays, base units per GPU-hour; none when it is not open.
    #[must_use]
    pub fn job_price(&self, job: crate::ids::JobId) -> Option<Amount> {
        self.jobs.job(job).ok().map(|job| job.rate)
    }
}

/// `⌊amount · a / b⌋`, at most the supply of an asset without an issuer.
fn exchanged(amount: Amount, a: u128, b: u128) -> Amount {
    let exact = wide::mul_div_rem(amount.base_units(), a, b);
    exact.map_or(OPEN_SUPPLY, |(whole, _)| {
        Amount::new(whole).min(OPEN_SUPPLY)
    })
}
