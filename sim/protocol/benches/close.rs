//! What closing an epoch costs as the network grows: `cargo bench -p stakesim-protocol`.
//!
//! One per cent of the providers is measured, ten delegators stand behind each hundredth of them, and audits are off: a node
//! audits when it likes. Growth of the fleet itself costs nothing; what was touched does.
//!
//! `all_mechanisms` is the same with commitments, tenure, market share, the growth and innovation pools and the unbonding queue on:
//! providers came in over the thirty epochs of a step of tenure, so each close moves one in thirty a step on, and those that are
//! measured bind their bond again when it is free and put a base unit into the queue.
//!
//! Times are those on the processor where the system tells them (Linux), so that a busy machine shows the same; else wall time.

use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};

const WHY: Cause = Cause(0);
const DAY: u64 = 86_400;
/// Delegators of the network, whatever its size.
const DELEGATORS: u32 = 1_000;

fn apply(protocol: &mut Protocol, operation: Operation) -> Outcome {
    let now = Tick(u64::from(protocol.epoch()) * DAY);
    protocol
        .apply(now, WHY, operation)
        .expect("legal by construction")
}

/// Epochs of a step of tenure, over which the providers of [`everything`] come in.
const STEP: u32 = 30;

/// So many bonded providers of one GPU each.
fn network(providers: u32, delegators: u32) -> Protocol {
    let mut params = Params::default();
    params.supply.max = Amount::new(1 << 90);
    let (mut protocol, owner) = opened(params, false);
    join(&mut protocol, owner, providers);
    delegate(&mut protocol, owner, providers, delegators);
    protocol
}

/// The same with every mechanism on that has to do with weight or stake.
fn everything(providers: u32, delegators: u32) -> Protocol {
    let mut params = Params::default();
    params.supply.max = Amount::new(1 << 90);
    params.tenure.step_epochs = STEP;
    params.tenure.bonus_per_step = Ratio::from_parts(1_000_000_000);
    params.tenure.cap = Ratio::ONE;
    params.market_share = MarketShareRule::Bonus {
        gain: Ratio::from_percent(50),
        cap: Ratio::from_percent(10),
    };
    params.growth.epochs = 100_000;
    params.bond.unbonding = UnbondingRule::Queue;
    let (mut protocol, owner) = opened(params, true);
    for part in 0..STEP {
        let before = providers * part / STEP;
        join(&mut protocol, owner, providers * (part + 1) / STEP - before);
        end_epoch(&mut protocol);
    }
    delegate(&mut protocol, owner, providers, delegators);
    protocol
}

/// A network with a price and somebody who has all tokens.
fn opened(params: Params, is_new: bool) -> (Protocol, ParticipantId) {
    let kind = Kind {
        group: GroupId(0),
        list_price_usd: MoneyRate::per_hour(Money::from_nano(300_000_000)),
        role: Role::Compute,
        is_new,
    };
    let mut protocol = Protocol::new(params, &[kind], 1).expect("the defaults agree");
    protocol.audit_every_epoch(false);
    let owner = protocol.open_participant();
    let to = Account::Liquid(owner);
    let amount = Amount::new(1 << 80);
    apply(&mut protocol, Operation::Genesis { to, amount });
    let price = TokenPrice::from_nano_per_token(300_000_000);
    apply(&mut protocol, Operation::ObservePrice { price });
    (protocol, owner)
}

/// So many more providers, each with a little more than the minimum bond.
fn join(protocol: &mut Protocol, owner: ParticipantId, providers: u32) {
    for _ in 0..providers {
        let register = Operation::Register {
            owner,
            kind: KindId(0),
            gpus: 1,
            tier: 0,
            commission: Ratio::from_percent(20),
        };
        let Outcome::Registered(provider) = apply(protocol, register) else {
            unreachable!("registering answers with the provider")
        };
        let minimum = protocol.bond_min(provider).expect("there is a price");
        let amount = minimum + Amount::new(1 << 20);
        apply(protocol, Operation::Bond { provider, amount });
    }
}

fn delegate(protocol: &mut Protocol, owner: ParticipantId, providers: u32, delegators: u32) {
    for at in 0..delegators {
        let delegator = protocol.open_participant();
        let amount = Amount::from_tokens(10, 9);
        let (from, to) = (owner, delegator);
        apply(protocol, Operation::Transfer { from, to, amount });
        let provider = ProviderId(at % providers);
        let delegate = Operation::Delegate {
            delegator,
            provider,
            amount,
        };
        apply(protocol, delegate);
    }
}

/// Measures every hundredth provider and closes the epoch.
fn epoch(protocol: &mut Protocol, providers: u32) {
    for provider in touched(protocol, providers) {
        let measured = Operation::RecordMeasurement {
            provider,
            up: Ratio::from_percent(90),
            jobs: 10,
            failed: 0,
            response: Ratio::ONE,
            rating: Ratio::ONE,
        };
        apply(protocol, measured);
    }
    end_epoch(protocol);
}

/// Every hundredth provider, others in each epoch.
fn touched(protocol: &Protocol, providers: u32) -> impl Iterator<Item = ProviderId> + use<> {
    let first = protocol.epoch() % 100;
    (0..providers / 100).map(move |at| ProviderId((at * 100 + first) % providers))
}

fn end_epoch(protocol: &mut Protocol) {
    let end = Tick((u64::from(protocol.epoch()) + 1) * DAY);
    protocol.end_epoch(end, WHY).expect("time goes on");
    protocol.drain_events().for_each(drop);
}

/// Those that will be measured bind what is free, monthly or annually by turns; those that are free unbond a little before.
fn restake(protocol: &mut Protocol, providers: u32) {
    for provider in touched(protocol, providers) {
        let is_bound = protocol.commitment(provider);
        if is_bound.is_some_and(|(_, until)| protocol.epoch() < until) {
            continue;
        }
        let amount = Amount::new(1);
        apply(protocol, Operation::Unbond { provider, amount });
        let tier = match provider.0 % 2 {
            0 => CommitmentTier::Monthly,
            _ => CommitmentTier::Annual,
        };
        apply(protocol, Operation::Commit { provider, tier });
    }
}

/// How long this thread has been on a processor, where the system tells.
fn on_processor() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

/// The time of so many runs.
fn timed(runs: u64, mut run: impl FnMut()) -> Duration {
    let (start, before) = (Instant::now(), on_processor());
    (0..runs).for_each(|_| run());
    match (before, on_processor()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed(),
    }
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("end_epoch");
    group.sample_size(20);
    for providers in [10_000, 100_000, 1_000_000] {
        let mut protocol = network(providers, DELEGATORS);
        group.throughput(Throughput::Elements(u64::from(providers / 100)));
        let id = BenchmarkId::new("one_percent_changed", providers);
        group.bench_function(id, |bencher| {
            bencher.iter_custom(|runs| timed(runs, || epoch(&mut protocol, providers)))
        });
    }
    for providers in [10_000, 100_000, 1_000_000] {
        let mut protocol = everything(providers, DELEGATORS);
        group.throughput(Throughput::Elements(u64::from(providers / 100)));
        let id = BenchmarkId::new("all_mechanisms", providers);
        group.bench_function(id, |bencher| {
            bencher.iter_custom(|runs| {
                timed(runs, || {
                    restake(&mut protocol, providers);
                    epoch(&mut protocol, providers);
                })
            });
        });
    }
    for delegators in [0, 10_000, 100_000] {
        let mut protocol = network(10_000, delegators);
        group.throughput(Throughput::Elements(100));
        let id = BenchmarkId::new("delegators", delegators);
        group.bench_function(id, |bencher| {
            bencher.iter_custom(|runs| timed(runs, || epoch(&mut protocol, 10_000)))
        });
    }
    group.finish();
}

criterion_group!(close, bench);
criterion_main!(close);
