//! Warning, penalty, severe; jail and tombstone; what answers for an infraction; where slashes go; the way back.

use stakesim_protocol::*;
use units::{Amount, Ratio};

use crate::host::*;

const MALICIOUS: ViolationKind = ViolationKind::MaliciousResult;

/// The defaults with a tight allowance, so that two days down are a violation.
fn tight() -> Params {
    let mut params = Params::default();
    params.ladder.downtime_allowance = [25, 5, 1].map(Ratio::from_percent);
    params
}

/// A day of outage with the baseline's window, and the quiet days that let it pass out of the window.
fn outage(host: &mut Host, provider: ProviderId) -> EpochSummary {
    host.measure(provider, 0);
    host.close();
    host.measure(provider, 0);
    host.close()
}

#[test]
fn outages_climb_from_a_warning_to_a_suspension() {
    let mut host = Host::new(tight());
    let (_, provider) = host.provider(1_000);
    // Two days down are more than 25 % of seven. Each outage counts once: its days leave the window.
    let slashed: Vec<Amount> = (0..4)
        .map(|_| outage(&mut host, provider).slashed[0])
        .collect();
    // Nothing; 0.5 % of 1000; 0.5 % of 995; 3 % of 990.025.
    let expected = [0, 5_000_000_000, 4_975_000_000, 29_700_750_000].map(Amount::new);
    assert_eq!(slashed, expected);
    assert_eq!(host.protocol.standing(provider), Standing::Suspended);
    let kind = ViolationKind::Downtime;
    assert!(host.events().contains(&ProtocolEvent::Warned {
        provider,
        kind,
        cause: WHY
    }));
}

#[test]
fn violations_are_forgotten_with_their_half_life() {
    let mut host = Host::new(tight());
    let (_, provider) = host.provider(1_000);
    outage(&mut host, provider);
    host.close_times(60);
    // Remembered a quarter: 1.25 is still the first.
    assert_eq!(outage(&mut host, provider).slashed[0], Amount::ZERO);
    assert_eq!(outage(&mut host, provider).slashed[0], token(5));
}

#[test]
fn failed_jobs_are_a_ladder_of_their_own() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    outage(&mut host, provider);
    let (response, rating) = (Ratio::ONE, Ratio::ONE);
    let measured = Operation::RecordMeasurement {
        provider,
        up: Ratio::ONE,
        jobs: 10,
        failed: 3,
        response,
        rating,
    };
    host.run(measured);
    let summary = host.close();
    let mut violations = [0; ViolationKind::COUNT];
    violations[ViolationKind::FailedJobs as usize] = 1;
    assert_eq!(
        (summary.violations, summary.slashed),
        (violations, [Amount::ZERO; ViolationKind::COUNT])
    );
    host.run(measured);
    assert_eq!(host.close().slashed[1], token(5));
}

#[test]
fn a_penalty_takes_a_quarter_of_the_epoch_s_reward_and_no_more() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    host.report(provider, ViolationKind::Downtime, host.now);
    host.close();
    let before = host.protocol.claimable(provider);
    host.report(provider, ViolationKind::Downtime, host.now);
    let summary = host.close();
    let earned = host.protocol.claimable(provider) - before;
    // What the epoch paid is the rest and what was taken, give or take the rounding of two epochs settled at once.
    let quarter = Ratio::from_percent(25).mul_floor(earned + summary.forfeited);
    let off = quarter
        .base_units()
        .abs_diff(summary.forfeited.base_units());
    assert!(off <= 1, "{off}");
    assert_eq!(
        host.protocol
            .tally(Asset::Native, Reason::RewardForfeit, Scope::ClosedEpoch),
        summary.forfeited
    );
}

#[test]
fn malicious_work_is_jailed_and_then_tombstoned() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    host.report(provider, MALICIOUS, host.now);
    host.report(provider, MALICIOUS, host.now);
    // Two reports of one epoch are one offence.
    assert_eq!(host.close().slashed[2], token(300));
    assert_eq!(host.protocol.standing(provider), Standing::Jailed);
    // What was done before the verdict has been answered for.
    host.report(provider, MALICIOUS, Tick(10));
    assert_eq!(host.close().slashed[2], Amount::ZERO);
    host.report(provider, MALICIOUS, host.now);
    assert_eq!(host.close().slashed[2], token(700));
    assert_eq!(host.protocol.standing(provider), Standing::Tombstoned);
    host.close_times(40);
    assert_eq!(host.protocol.standing(provider), Standing::Tombstoned);
    assert_eq!(host.protocol.weight(provider), 0);
}

#[test]
fn unbonding_after_the_infraction_does_not_save_the_bond() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    host.now = Tick(500);
    host.run(Operation::Unbond {
        provider,
        amount: token(1_000),
    });
    host.report(provider, MALICIOUS, Tick(400));
    host.close();
    let slashed = host.events().into_iter().find_map(|event| match event {
        ProtocolEvent::Slashed {
            from_self,
            from_unbonding,
            ..
        } => Some((from_self, from_unbonding)),
        _ => None,
    });
    assert_eq!(slashed, Some((Amount::ZERO, token(300))));
}

#[test]
fn unbonding_before_the_infraction_is_out_of_reach() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    host.run(Operation::Unbond {
        provider,
        amount: token(280),
    });
    host.now = Tick(500);
    host.report(provider, MALICIOUS, Tick(400));
    assert_eq!(host.close().slashed[2], token(216));
}

#[test]
fn stake_that_came_after_the_infraction_does_not_answer_for_it() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let delegator = host.participant(1_000);
    host.now = Tick(500);
    host.run(Operation::Bond {
        provider,
        amount: token(500),
    });
    host.run(Operation::Delegate {
        delegator,
        provider,
        amount: token(1_000),
    });
    host.report(provider, MALICIOUS, Tick(400));
    assert_eq!(host.close().slashed[2], token(300));
    assert_eq!(host.protocol.delegation(delegator, provider), token(1_000));
}

#[test]
fn a_slash_takes_the_same_share_of_bond_and_delegations() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let delegators = [host.participant(100), host.participant(300)];
    for (delegator, amount) in delegators.into_iter().zip([token(100), token(300)]) {
        host.run(Operation::Delegate {
            delegator,
            provider,
            amount,
        });
    }
    host.close();
    host.run(Operation::Undelegate {
        delegator: delegators[1],
        provider,
        amount: token(200),
    });
    host.report(provider, MALICIOUS, host.now);
    assert_eq!(host.close().slashed[2], token(420));
    assert_eq!(host.protocol.bonded(provider), token(700));
    assert_eq!(host.protocol.delegation(delegators[0], provider), token(70));
    assert_eq!(host.protocol.delegation(delegators[1], provider), token(70));
    assert_eq!(host.protocol.unbonding(provider), token(140));
}

#[test]
fn slashes_are_held_and_then_make_good_the_loss_first() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    let (reporter, victim) = (Some(host.participant(0)), Some(host.participant(0)));
    let at = host.now;
    host.run(Operation::ReportViolation {
        provider,
        kind: MALICIOUS,
        at,
        reporter,
        victim,
        loss: token(100),
        severity: Ratio::ONE,
    });
    host.close_times(7);
    assert_eq!(
        host.protocol.balance(Asset::Native, Account::SlashEscrow),
        token(300)
    );
    let released = host.close().released;
    // 100 of 300 to the victim; of the other 200: 10, 40, 30 and 20 %.
    let expected = Released {
        compensation: token(100),
        reporter: token(20),
        insurance: token(80),
        burned: token(60),
        treasury: token(40),
    };
    assert_eq!(released, expected);
    assert_eq!(host.liquid(victim.unwrap()), token(100));
}

#[test]
fn a_reinstated_provider_climbs_back_to_its_weight() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(2_880);
    let full = host.protocol.weight(provider);
    for _ in 0..4 {
        host.report(provider, ViolationKind::Downtime, host.now);
    }
    host.close();
    assert_eq!(host.protocol.standing(provider), Standing::Suspended);
    assert_eq!(host.protocol.weight(provider), 0);
    // Slashes of 0.5, 0.5 and 3 % were taken; top up to see the ramp alone.
    host.run(Operation::Bond {
        provider,
        amount: token(200),
    });
    host.close_times(6);
    assert_eq!(host.protocol.weight(provider), 0);
    let mut percents = Vec::new();
    for _ in 0..9 {
        host.close();
        percents.push(host.protocol.weight(provider) * 100 / full);
    }
    // 25 % + 75 % · step / 7.
    assert_eq!(percents, [25, 35, 46, 57, 67, 78, 89, 100, 100]);
    assert_eq!(host.protocol.standing(provider), Standing::Active);
}

#[test]
fn evidence_is_neither_from_the_future_nor_older_than_the_queue() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    host.close_times(20);
    let report = |at| Operation::ReportViolation {
        provider,
        kind: MALICIOUS,
        at,
        reporter: None,
        victim: None,
        loss: Amount::ZERO,
        severity: Ratio::ONE,
    };
    assert_eq!(
        host.attempt(report(Tick(20 * DAY + 1))),
        Err(Error::EvidenceFromTheFuture)
    );
    assert_eq!(
        host.attempt(report(Tick(6 * DAY - 1))),
        Err(Error::EvidenceTooOld)
    );
    assert!(host.attempt(report(Tick(6 * DAY))).is_ok());
}

#[test]
fn a_second_suspension_takes_the_place_of_the_first() {
    let mut host = Host::new(Params::default());
    let (_, provider) = host.provider(1_000);
    for _ in 0..4 {
        host.report(provider, ViolationKind::Downtime, host.now);
    }
    host.close();
    host.close_times(2);
    host.report(provider, ViolationKind::Downtime, host.now);
    host.close();
    // The first would have ended with epoch 7; the second, of epoch 3, ends with epoch 10.
    host.close_times(6);
    assert_eq!(host.protocol.standing(provider), Standing::Suspended);
    assert_eq!(host.close().reinstated, 1);
}

#[test]
fn a_suspension_during_the_way_back_begins_the_ramp_anew() {
    let mut params = Params::default();
    params.ladder.severe_suspension_epochs = 1;
    let mut host = Host::new(params);
    let (_, provider) = host.provider(5_000);
    let full = host.protocol.weight(provider);
    for _ in 0..4 {
        host.report(provider, ViolationKind::Downtime, host.now);
    }
    host.close_times(3);
    // Back since epoch 1 and a step up; the next step is due with the end of the next suspension.
    host.report(provider, ViolationKind::Downtime, host.now);
    host.close();
    host.events();
    let mut percents = Vec::new();
    for _ in 0..3 {
        host.close();
        percents.push(host.protocol.weight(provider) * 100 / full);
    }
    assert_eq!(percents, [25, 35, 46]);
    assert_eq!(host.events(), [ProtocolEvent::Reinstated { provider }]);
}
