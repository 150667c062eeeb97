//! `[protocol]`: the rules of the token, for the reference fleet.

use ::protocol::{FeeSharing, SlashOrder, StorageScore};

use super::issuance::{self, EMISSION_RULES};
use super::{ASSUMPTION, Access::*, Parameter, fixed, live};

pub(super) fn parameters(table: &mut Vec<Parameter>) {
    table.push(fixed("protocol.epoch", Span(|d| &mut d.config.epoch), "1 h..30 d", "1 d", "usual: Gonka, Helium", "Settlement period; a whole number of seconds and of health checks."));
    supply(table);
    shares(table);
    bond(table);
    control(table);
    score(table);
    ladder(table);
    after(table);
}

fn supply(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("protocol.supply.decimals", U8(|d| &mut d.config.protocol.supply.decimals), "0..18", "9", "Solana's usual", "Decimal places of a coin."),
        fixed("protocol.supply.max", Amount(|d| &mut d.config.protocol.supply.max), "", "1000000000 token", ASSUMPTION, "Most coins that can ever exist; at most 2^63 - 1 base units."),
        live("protocol.emission.rule", Choice(&EMISSION_RULES, |d, at| d.config.protocol.emission.rule = issuance::RULES[at].1), "", "decaying", "Gonka", "fixed: the same each epoch; decaying: a constant share less each epoch; halving: half as much after so many epochs; stable_value: the same dollars each epoch; the others are live networks' rules: sim/protocol/rules/emission.md."),
        live("protocol.emission.per_epoch", Amount(|d| &mut d.config.protocol.emission.per_epoch), "", "100000 token", ASSUMPTION, "Scheduled emission of the first epoch."),
        live("protocol.emission.decay_per_epoch", Ratio(|d| &mut d.config.protocol.emission.decay_per_epoch), "0 %..100 %", "0.0475 %", "Gonka: half-life 1,459 epochs", "Share lost every epoch under the decaying rule; under exponential the exponent of an epoch."),
        live("protocol.emission.halving_epochs", U32(|d| &mut d.config.protocol.emission.halving_epochs), "1..36500", "1460", "assumption; Gonka's half-life is 1,459 epochs", "Epochs from one halving to the next under the halving rule."),
        live("protocol.emission.value_usd", Money(|d| &mut d.config.protocol.emission.value_usd), "0 USD..1000000000 USD", "30000 USD", "assumption: the first epoch's emission at the starting price", "Worth of an epoch's emission under the stable-value rule, at the reference fleet."),
    ]);
    issuance::parameters(table);
}

macro_rules! share {
    ($path:literal, $field:ident.$name:ident, $default:literal, $source:expr, $meaning:literal) => {
        live($path, Ratio(|d| &mut d.config.protocol.$field.$name), "0 %..100 %", $default, $source, $meaning)
    };
}

fn shares(table: &mut Vec<Parameter>) {
    table.extend([
        share!("protocol.split.performance", split.performance, "60 %", ASSUMPTION, "Share of emission for compute providers, by weight. The nine shares sum to 100 %; one without participants goes to the treasury."),
        share!("protocol.split.commitment", split.commitment, "10 %", ASSUMPTION, "For long-term commitment."),
        share!("protocol.split.treasury", split.treasury, "12 %", ASSUMPTION, "For the treasury."),
        share!("protocol.split.growth", split.growth, "4 %", ASSUMPTION, "For network growth."),
        share!("protocol.split.model", split.model, "4 %", ASSUMPTION, "For model development."),
        share!("protocol.split.storage", split.storage, "3 %", ASSUMPTION, "For storage."),
        share!("protocol.split.data", split.data, "3 %", ASSUMPTION, "For data."),
        share!("protocol.split.innovation", split.innovation, "2 %", ASSUMPTION, "For newer hardware."),
        share!("protocol.split.engagement", split.engagement, "2 %", ASSUMPTION, "For engagement and governance."),
        share!("protocol.fees.provider", fees.provider, "80 %", ASSUMPTION, "Share of job revenue for the provider. The six shares sum to 100 %."),
        share!("protocol.fees.platform", fees.platform, "6 %", ASSUMPTION, "For the platform operator."),
        share!("protocol.fees.treasury", fees.treasury, "6 %", ASSUMPTION, "For the treasury."),
        share!("protocol.fees.burn", fees.burn, "5 %", ASSUMPTION, "Burned."),
        share!("protocol.fees.insurance", fees.insurance, "3 %", ASSUMPTION, "For the insurance pool."),
        share!("protocol.fees.verification", fees.verification, "0 %", "assumption: off", "For verifiers, by verdicts given; what nobody has earned waits in a pool."),
        fixed("protocol.fees.sharing", Choice(&["owner", "as_rewards"], |d, at| d.config.protocol.fees.sharing = [FeeSharing::Owner, FeeSharing::AsRewards][at]), "", "owner", "assumption; as_rewards: Cosmos, EigenLayer", "Whose the provider's share of job revenue is: the owner's alone, or divided as rewards are: delegators have their part by stake, less the commission."),
    ]);
}

fn bond(table: &mut Vec<Parameter>) {
    table.extend([
        live("protocol.bond.cover_min", U32(|d| &mut d.config.protocol.bond.cover_min), "1..3650", "30", ASSUMPTION, "Smallest self-bond, in days of list price."),
        live("protocol.bond.cover_full", U32(|d| &mut d.config.protocol.bond.cover_full), "1..3650", "120", ASSUMPTION, "Collateral at full weight, in days of list price."),
        live("protocol.bond.weight_base", Ratio(|d| &mut d.config.protocol.bond.weight_base), "0 %..100 %", "20 %", "Gonka: 0.2 and 0.8", "Weight without any collateral, as a share of full weight."),
        fixed("protocol.bond.price_ema_epochs", U32(|d| &mut d.config.protocol.bond.price_ema_epochs), "1..3650", "30", ASSUMPTION, "Length of the price average that sizes bonds, in epochs."),
        live("protocol.bond.shortfall_tolerance", Ratio(|d| &mut d.config.protocol.bond.shortfall_tolerance), "0 %..100 %", "70 %", ASSUMPTION, "Share of the minimum below which a bond is short."),
        live("protocol.bond.shortfall_epochs", U32(|d| &mut d.config.protocol.bond.shortfall_epochs), "1..64", "7", ASSUMPTION, "Epochs that a bond may be short before the provider gets no new jobs."),
        live("protocol.bond.unbonding_epochs", U32(|d| &mut d.config.protocol.bond.unbonding_epochs), "1..3650", "14", "Prime 7 d, Phala 7 d, Cosmos Hub 21 d", "Epochs that coins stay in the unbonding queue."),
    ]);
}

macro_rules! controller {
    ($name:ident, $gain:literal, $floor:literal, $cap:literal, $step:literal, $meaning:literal) => {
        [
            live(concat!("protocol.scaling.", stringify!($name), ".gain"), Factor(|d| &mut d.config.protocol.scaling.$name.gain), "0..10", $gain, ASSUMPTION, $meaning),
            live(concat!("protocol.scaling.", stringify!($name), ".floor"), Factor(|d| &mut d.config.protocol.scaling.$name.floor), "0..1", $floor, ASSUMPTION, "Smallest factor."),
            live(concat!("protocol.scaling.", stringify!($name), ".cap"), Factor(|d| &mut d.config.protocol.scaling.$name.cap), "1..10", $cap, ASSUMPTION, "Largest factor."),
            live(concat!("protocol.scaling.", stringify!($name), ".step_max"), Factor(|d| &mut d.config.protocol.scaling.$name.step_max), "0..10", $step, ASSUMPTION, "Largest change in an epoch."),
        ]
    };
}

fn control(table: &mut Vec<Parameter>) {
    table.extend([
        live("protocol.price.target", Ratio(|d| &mut d.config.protocol.price.target), "0 %..100 %", "65 %", ASSUMPTION, "Utilisation aimed at, for prices and for rewards."),
        live("protocol.price.band", Ratio(|d| &mut d.config.protocol.price.band), "0 %..50 %", "10 %", "Gonka: 40-60 %", "Half-width of the dead band around the target."),
        live("protocol.price.gain", Ratio(|d| &mut d.config.protocol.price.gain), "0 %..100 %", "2 %", "assumption: Gonka has 5 %, at which prices swing between their clamps when demand answers with a week's lag", "Relative change of the price in an hour, for each unit of utilisation outside the band."),
        live("protocol.price.step_max", Ratio(|d| &mut d.config.protocol.price.step_max), "0 %..99 %", "2 %", "Gonka", "Largest relative change in an hour."),
        live("protocol.price.floor", Factor(|d| &mut d.config.protocol.price.floor), "0.01..1", "0.6", ASSUMPTION, "Smallest multiplier of the list price."),
        live("protocol.price.cap", Factor(|d| &mut d.config.protocol.price.cap), "1..10", "1.8", ASSUMPTION, "Largest multiplier of the list price."),
    ]);
    table.extend(controller!(demand, "0.1", "0.8", "1.25", "0.01", "Aim of the demand factor: 1 + gain x (utilisation - target)."));
    table.extend(controller!(scarcity, "0.1", "0.75", "1.5", "0.02", "Aim of a GPU kind's scarcity factor: 1 + gain x (its utilisation - target); weighs kinds against each other."));
    table.extend(controller!(market, "1", "0.8", "1.25", "0.02", "Aim of the market factor: 1 + gain x (sqrt(average price / price) - 1)."));
    table.extend(controller!(staked, "0.1", "0.9", "1.1", "0.005", "Aim of the staking factor: 1 + gain x (target - staked ratio)."));
    table.extend(controller!(growth, "0", "1", "1.15", "0.01", "Aim of the growth factor: 1 + gain x the missing share of protocol.growth.target_gpus."));
    table.extend([
        live("protocol.scaling.staked_target", Ratio(|d| &mut d.config.protocol.scaling.staked_target), "0 %..100 %", "40 %", ASSUMPTION, "Staked share of the circulating supply aimed at."),
        fixed("protocol.scaling.market_ema_epochs", U32(|d| &mut d.config.protocol.scaling.market_ema_epochs), "1..3650", "30", ASSUMPTION, "Length of the average price that the market factor refers to, in epochs."),
        live("protocol.scaling.product_floor", Factor(|d| &mut d.config.protocol.scaling.product_floor), "0..1", "0.7", ASSUMPTION, "Smallest budget over the schedule."),
        live("protocol.scaling.product_cap", Factor(|d| &mut d.config.protocol.scaling.product_cap), "1..10", "1.25", ASSUMPTION, "Largest budget over the schedule."),
    ]);
}

fn score(table: &mut Vec<Parameter>) {
    table.extend([
        live("protocol.score.weight_uptime", U32(|d| &mut d.config.protocol.score.weight_uptime), "0..1000", "3", ASSUMPTION, "Weight of uptime in the score."),
        live("protocol.score.weight_error", U32(|d| &mut d.config.protocol.score.weight_error), "0..1000", "3", ASSUMPTION, "Weight of the share of jobs that did not fail."),
        live("protocol.score.weight_response", U32(|d| &mut d.config.protocol.score.weight_response), "0..1000", "2", ASSUMPTION, "Weight of response time."),
        live("protocol.score.weight_rating", U32(|d| &mut d.config.protocol.score.weight_rating), "0..1000", "2", ASSUMPTION, "Weight of users' rating."),
        live("protocol.score.zero_below", Factor(|d| &mut d.config.protocol.score.zero_below), "0..0.99", "0.5", ASSUMPTION, "Score below which the multiplier is zero."),
        live("protocol.score.cap", Factor(|d| &mut d.config.protocol.score.cap), "1..10", "1.1", ASSUMPTION, "Largest multiplier."),
        live("protocol.score.benchmark_uptime.individual", Ratio(|d| &mut d.config.protocol.score.benchmark_uptime[0]), "1 %..100 %", "85 %", ASSUMPTION, "Uptime of an individual that scores one."),
        live("protocol.score.benchmark_uptime.edge", Ratio(|d| &mut d.config.protocol.score.benchmark_uptime[1]), "1 %..100 %", "98.5 %", ASSUMPTION, "The same for edge providers."),
        live("protocol.score.benchmark_uptime.datacentre", Ratio(|d| &mut d.config.protocol.score.benchmark_uptime[2]), "1 %..100 %", "99.5 %", ASSUMPTION, "The same for data centres."),
        live("protocol.score.benchmark_error", Ratio(|d| &mut d.config.protocol.score.benchmark_error), "0 %..99 %", "2 %", ASSUMPTION, "Share of failed jobs that scores one."),
        fixed("protocol.score.storage", Choice(&["mean", "proofs"], |d, at| d.config.protocol.score.storage = [StorageScore::Mean, StorageScore::Proofs][at]), "", "mean", "assumption: as everybody", "How providers of storage are scored: mean: like everybody; proofs: by the share of proofs of storage that they served, so that they earn by verified capacity."),
    ]);
}

fn ladder(table: &mut Vec<Parameter>) {
    table.extend([
        fixed("protocol.ladder.window_epochs", U32(|d| &mut d.config.protocol.ladder.window_epochs), "1..16", "7", ASSUMPTION, "Window over which downtime and failures are summed, in epochs."),
        live("protocol.ladder.downtime_allowance.individual", Ratio(|d| &mut d.config.protocol.ladder.downtime_allowance[0]), "0 %..100 %", "70 %", "assumption: the ladder punishes abandonment; ordinary outages are priced by the reward score", "Share of the window that an individual may be down."),
        live("protocol.ladder.downtime_allowance.edge", Ratio(|d| &mut d.config.protocol.ladder.downtime_allowance[1]), "0 %..100 %", "40 %", "assumption: the ladder punishes abandonment; ordinary outages are priced by the reward score", "The same for edge providers."),
        live("protocol.ladder.downtime_allowance.datacentre", Ratio(|d| &mut d.config.protocol.ladder.downtime_allowance[2]), "0 %..100 %", "10 %", "assumption: the ladder punishes abandonment; ordinary outages are priced by the reward score", "The same for data centres."),
        live("protocol.ladder.failed_job_allowance", Ratio(|d| &mut d.config.protocol.ladder.failed_job_allowance), "0 %..100 %", "5 %", ASSUMPTION, "Share of the window's jobs that may fail."),
        live("protocol.ladder.failed_jobs_min", U32(|d| &mut d.config.protocol.ladder.failed_jobs_min), "1..1000000", "3", ASSUMPTION, "Fewer failures than this in a window are never a violation."),
        live("protocol.ladder.penalty_at", U32(|d| &mut d.config.protocol.ladder.penalty_at), "1..100", "2", ASSUMPTION, "Violation of a kind that is the first to be penalised; those before are warnings."),
        live("protocol.ladder.severe_at", U32(|d| &mut d.config.protocol.ladder.severe_at), "1..100", "4", ASSUMPTION, "Violation of a kind that is the first to be severe."),
        live("protocol.ladder.memory_half_life_epochs", U32(|d| &mut d.config.protocol.ladder.memory_half_life_epochs), "1..3650", "30", ASSUMPTION, "Epochs after which a violation counts half."),
        share!("protocol.ladder.penalty_slash", ladder.penalty_slash, "0.5 %", "Cosmos Hub 0.01-1 %", "Share of the exposed stake that a penalty slashes."),
        share!("protocol.ladder.penalty_forfeit", ladder.penalty_forfeit, "25 %", ASSUMPTION, "Share of the epoch's reward that a penalty takes."),
        share!("protocol.ladder.severe_slash", ladder.severe_slash, "3 %", "Gonka 10 %", "Share of the exposed stake that a severe violation slashes."),
        share!("protocol.ladder.severe_forfeit", ladder.severe_forfeit, "100 %", ASSUMPTION, "Share of the epoch's reward that a severe violation takes."),
        live("protocol.ladder.severe_suspension_epochs", U32(|d| &mut d.config.protocol.ladder.severe_suspension_epochs), "1..3650", "7", ASSUMPTION, "Epochs that a severe violation suspends."),
        share!("protocol.ladder.malicious_slash", ladder.malicious_slash, "30 %", "Gonka 20 %, Cosmos Hub 5 %", "Share slashed for a malicious result, as long as protocol.matrix.malicious.tombstone_at does not take everything."),
        live("protocol.ladder.malicious_jail_epochs", U32(|d| &mut d.config.protocol.ladder.malicious_jail_epochs), "1..3650", "30", ASSUMPTION, "Epochs that the first malicious result jails."),
        live("protocol.ladder.slash_order", Choice(&["proportional", "stake_alone", "own_first", "unbonding_first"], |d, at| d.config.protocol.ladder.slash_order = [SlashOrder::Proportional, SlashOrder::StakeAlone, SlashOrder::OwnFirst, SlashOrder::UnbondingFirst][at]), "", "proportional", "assumption; stake_alone: Prime Intellect; own_first: The Graph; unbonding_first: Cosmos", "Whose stake pays a slash first. proportional: owner and delegators alike, from what is staked and what is leaving; stake_alone: of each side the stake where it is enough, else what is leaving, then the stake; own_first: the owner before its delegators; unbonding_first: what is leaving its share, the stake the rest."),
    ]);
}

fn after(table: &mut Vec<Parameter>) {
    table.extend([
        live("protocol.recovery.floor", Ratio(|d| &mut d.config.protocol.recovery.floor), "0 %..100 %", "25 %", ASSUMPTION, "Share of full weight on the first day back."),
        live("protocol.recovery.epochs", U32(|d| &mut d.config.protocol.recovery.epochs), "0..3650", "7", ASSUMPTION, "Epochs from there to full weight."),
        live("protocol.slash_release.hold_epochs", U32(|d| &mut d.config.protocol.slash_release.hold_epochs), "0..3650", "7", ASSUMPTION, "Epochs that slashed coins are held before they are released; victims come first, up to their loss."),
        share!("protocol.slash_release.reporter", slash_release.reporter, "10 %", ASSUMPTION, "Share of the rest for whoever reported. The four shares sum to 100 %."),
        share!("protocol.slash_release.insurance", slash_release.insurance, "40 %", ASSUMPTION, "For the insurance pool."),
        share!("protocol.slash_release.burn", slash_release.burn, "30 %", ASSUMPTION, "Burned."),
        share!("protocol.slash_release.treasury", slash_release.treasury, "20 %", ASSUMPTION, "For the treasury."),
        live("protocol.guard.price_move_max", Ratio(|d| &mut d.config.protocol.guard.price_move_max), "0 %..1000 %", "25 %", ASSUMPTION, "Relative move of the coin's price in an epoch that trips the circuit breaker."),
        live("protocol.guard.tripped_ceiling", Factor(|d| &mut d.config.protocol.guard.tripped_ceiling), "0..1", "0.7", ASSUMPTION, "The next epoch's emission ceiling when tripped, over the schedule."),
        live("protocol.guard.trips_max", U32(|d| &mut d.config.protocol.guard.trips_max), "0..3650", "3", ASSUMPTION, "How many epochs in a row it may trip."),
        live("protocol.guard.fee_floor", Factor(|d| &mut d.config.protocol.guard.fee_floor), "0..10", "0", "assumption: off", "Fees that the protocol keeps over emission below which an epoch is low."),
        live("protocol.guard.fee_patience", U32(|d| &mut d.config.protocol.guard.fee_patience), "1..3650", "7", ASSUMPTION, "Low epochs in a row that cut the next emission ceiling."),
        live("protocol.guard.fee_cut", Ratio(|d| &mut d.config.protocol.guard.fee_cut), "0 %..100 %", "50 %", ASSUMPTION, "Share of the ceiling that is left then."),
        live("protocol.guard.runway_min", U64(|d| &mut d.config.protocol.guard.runway_min), "0..36500", "0", "assumption: off", "Epochs that the treasury would last at its last loss below which grants wait."),
        live("protocol.guard.solvency_min", Factor(|d| &mut d.config.protocol.guard.solvency_min), "0..10", "0", "assumption: off", "Insurance pool over open job escrow below which the pool gets the treasury's part of fees."),
        live("protocol.guard.inflation_max", Ratio(|d| &mut d.config.protocol.guard.inflation_max), "0 %..1000 %", "0 %", "assumption: off", "What may be minted in a year, as a share of the circulating supply."),
        fixed("protocol.guard.year_epochs", U32(|d| &mut d.config.protocol.guard.year_epochs), "1..4096", "365", "definition", "Epochs in that year."),
        fixed("protocol.guard.halts_trading", Choice(&["no", "yes"], |d, at| d.config.protocol.guard.halts_trading = at == 1), "", "no", "assumption: off", "Whether a tripped breaker halts trading: transfers and new jobs."),
        live("protocol.guard.halt_epochs", U32(|d| &mut d.config.protocol.guard.halt_epochs), "1..3650", "1", ASSUMPTION, "Epochs for which it does."),
    ]);
}
