//! What closing an epoch costs as the network grows: `cargo bench -p stakesim-protocol`.
//!
//! One per cent of the providers is measured, ten delegators stand behind each hundredth of them, and audits are off: a node
//! audits when it likes. Growth of the fleet itself costs nothing; what was touched does.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use stakesim_protocol::*;
use units::{Amount, Money, MoneyRate, Ratio, TokenPrice};

const WHY: Cause = Cause(0);
const DAY: u64 = 86_400;
/// Delegators of the network, whatever its size.
const DELEGATORS: u32 = 1_000;

fn apply(protocol: &mut Protocol, operation: Operation) -> Outcome {
    protocol
        .apply(Tick(0), WHY, operation)
        .expect("legal by construction")
}

/// So many bonded providers of one GPU each.
fn network(providers: u32, delegators: u32) -> Protocol {
    let kind = Kind {
        group: GroupId(0),
        list_price_usd: MoneyRate::per_hour(Money::from_nano(300_000_000)),
        role: Role::Compute,
        is_new: false,
    };
    let mut params = Params::default();
    params.supply.max = Amount::new(1 << 90);
    let mut protocol = Protocol::new(params, &[kind], 1).expect("the defaults agree");
    protocol.audit_every_epoch(false);
    let owner = protocol.open_participant();
    let to = Account::Liquid(owner);
    let amount = Amount::new(1 << 80);
    apply(&mut protocol, Operation::Genesis { to, amount });
    let price = TokenPrice::from_nano_per_token(300_000_000);
    apply(&mut protocol, Operation::ObservePrice { price });
    for _ in 0..providers {
        let register = Operation::Register {
            owner,
            kind: KindId(0),
            gpus: 1,
            tier: 0,
            commission: Ratio::from_percent(20),
        };
        let Outcome::Registered(provider) = apply(&mut protocol, register) else {
            unreachable!("registering answers with the provider")
        };
        let amount = protocol.bond_min(provider).expect("there is a price");
        apply(&mut protocol, Operation::Bond { provider, amount });
    }
    for at in 0..delegators {
        let delegator = protocol.open_participant();
        let amount = Amount::from_tokens(10, 9);
        let (from, to) = (owner, delegator);
        apply(&mut protocol, Operation::Transfer { from, to, amount });
        let provider = ProviderId(at % providers);
        let delegate = Operation::Delegate {
            delegator,
            provider,
            amount,
        };
        apply(&mut protocol, delegate);
    }
    protocol
}

/// Measures every hundredth provider and closes the epoch.
fn epoch(protocol: &mut Protocol, providers: u32) {
    let epoch = u64::from(protocol.epoch());
    let now = Tick(epoch * DAY);
    for at in 0..providers / 100 {
        let measured = Operation::RecordMeasurement {
            provider: ProviderId((at * 100 + epoch as u32 % 100) % providers),
            up: Ratio::from_percent(90),
            jobs: 10,
            failed: 0,
            response: Ratio::ONE,
            rating: Ratio::ONE,
        };
        let recorded = protocol.apply(now, WHY, measured);
        recorded.expect("once an epoch");
    }
    let closed = protocol.end_epoch(Tick((epoch + 1) * DAY), WHY);
    closed.expect("time goes on");
    protocol.drain_events().for_each(drop);
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("end_epoch");
    group.sample_size(20);
    for providers in [10_000, 100_000, 1_000_000] {
        let mut protocol = network(providers, DELEGATORS);
        group.throughput(Throughput::Elements(u64::from(providers / 100)));
        let id = BenchmarkId::new("one_percent_changed", providers);
        group.bench_function(id, |bencher| {
            bencher.iter(|| epoch(&mut protocol, providers))
        });
    }
    for delegators in [0, 10_000, 100_000] {
        let mut protocol = network(10_000, delegators);
        group.throughput(Throughput::Elements(100));
        let id = BenchmarkId::new("delegators", delegators);
        group.bench_function(id, |bencher| bencher.iter(|| epoch(&mut protocol, 10_000)));
    }
    group.finish();
}

criterion_group!(close, bench);
criterion_main!(close);
