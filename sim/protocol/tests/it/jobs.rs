//! Escrow, payment by use, refund.

use stakesim_protocol::*;
use units::{Amount, TokenPrice};

use crate::host::*;

fn open(host: &mut Host, customer: ParticipantId, escrow: u64) -> JobId {
    let open = Operation::OpenJob {
        customer,
        group: GroupId(0),
        kind: KindId(0),
        escrow: token(escrow),
        region: 0,
        priority: 0,
    };
    let Outcome::JobOpened(job) = host.run(open) else {
        panic!("no job")
    };
    job
}

#[test]
fn revenue_is_split_and_the_remainder_is_the_treasury_s() {
    let mut host = Host::new(Params::default());
    let (owner, provider) = host.provider(720);
    let customer = host.participant(100);
    let job = open(&mut host, customer, 50);
    // 3601 ns at 10^9 base units an hour are 1.0003 base units; 36_000_000_000_ns would be 10^7.
    let usage = 36_000_003_600;
    let before = host.liquid(owner);
    let settled = host.run(Operation::SettleJob {
        job,
        provider,
        usage,
    });
    // 10 000 001 base units: 80 % 8 000 000.8, 6 % 600 000.06, 3 % 300 000.03, 5 % 500 000.05, and the rest.
    let expected = Outcome::Settled {
        gross: Amount::new(10_000_001),
        rebate: Amount::ZERO,
        provider: Amount::new(8_000_000),
        platform: Amount::new(600_000),
        treasury: Amount::new(600_001),
        insurance: Amount::new(300_000),
        burned: Amount::new(500_000),
        verification: Amount::ZERO,
        delegators: Amount::ZERO,
        held: Amount::ZERO,
    };
    assert_eq!(settled, expected);
    assert_eq!(host.liquid(owner) - before, Amount::new(8_000_000));
    let refund = token(50) - Amount::new(10_000_001);
    assert_eq!(
        host.run(Operation::CloseJob { job }),
        Outcome::Closed { refund }
    );
    assert_eq!(
        host.attempt(Operation::CloseJob { job }),
        Err(Error::UnknownJob)
    );
    assert_eq!(host.close().burned, Amount::new(500_000));
}

#[test]
fn a_job_never_pays_more_than_its_escrow() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(720);
    let customer = host.participant(100);
    let job = open(&mut host, customer, 5);
    for paid in [5, 0] {
        let settled = host.run(Operation::SettleJob {
            job,
            provider,
            usage: 6 * HOUR_NS,
        });
        assert!(matches!(settled, Outcome::Settled { gross, .. } if gross == token(paid)));
    }
    assert_eq!(host.protocol.job_escrow(job), Some(Amount::ZERO));
}

#[test]
fn funding_takes_the_present_rate_and_opening_keeps_its_own() {
    let mut host = Host::new(Params::default());
    let customer = host.participant(100);
    let job = open(&mut host, customer, 5);
    host.run(Operation::ObservePrice {
        price: TokenPrice::from_nano_per_token(2_000_000_000),
    });
    host.close();
    assert_eq!(
        host.protocol.job_rate(KindId(0)),
        Some(Amount::new(500_000_000))
    );
    assert_eq!(host.protocol.job_price(job), Some(token(1)));
    host.run(Operation::FundJob {
        job,
        amount: token(1),
    });
    assert_eq!(host.protocol.job_price(job), Some(Amount::new(500_000_000)));
    assert_eq!(host.protocol.job_escrow(job), Some(token(6)));
}

#[test]
fn a_rate_follows_the_group_s_multiplier() {
    let mut params = Params::default();
    params.price.gain = units::Ratio::from_percent(5);
    let mut host = Host::new(params);
    let load = |busy| Operation::ObserveLoad {
        group: GroupId(0),
        busy,
        capacity: 100,
    };
    // 20 points above the band, times 5 %: one percent.
    host.run(load(95));
    assert_eq!(
        host.protocol.job_rate(KindId(0)),
        Some(Amount::new(1_010_000_000))
    );
    assert_eq!(host.attempt(load(95)), Err(Error::TooSoon));
    host.now = Tick(3_600);
    host.run(load(95));
    assert_eq!(
        host.protocol.job_rate(KindId(0)),
        Some(Amount::new(1_020_100_000))
    );
}

#[test]
fn a_tombstoned_provider_is_not_paid() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(720);
    let customer = host.participant(100);
    let job = open(&mut host, customer, 5);
    host.report(provider, ViolationKind::MaliciousResult, host.now);
    host.close();
    let settle = Operation::SettleJob {
        job,
        provider,
        usage: HOUR_NS,
    };
    assert!(
        host.attempt(settle).is_ok(),
        "work done before jail is paid"
    );
    host.now = Tick(host.now.0 + 1);
    host.report(provider, ViolationKind::MaliciousResult, host.now);
    host.close();
    assert_eq!(
        host.attempt(settle),
        Err(Error::WrongStanding(Standing::Tombstoned))
    );
}
