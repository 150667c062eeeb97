//! Random parameters of conduct: short terms, and at times a penalty that takes everything.

use stakesim_protocol::*;
use units::{Amount, Ratio};

use super::super::random::Random;

pub fn conduct(random: &mut Random, params: &mut Params) {
    let score = &mut params.score;
    score.weight_uptime = random.below(5) as u32;
    score.weight_error = random.below(5) as u32;
    score.weight_response = random.below(5) as u32;
    score.weight_rating = random.between(1, 5) as u32;
    score.zero_below = random.ratio(0, 900);
    score.cap = random.ratio(1_000, 1_500);
    score.benchmark_uptime = [0; 3].map(|_| random.ratio(500, 1_000));
    score.benchmark_error = random.ratio(0, 200);
    // By a figure that was drawn already: half of the seeds.
    let rules = [StorageScore::Mean, StorageScore::Proofs];
    score.storage = rules[(score.zero_below.parts() % 2) as usize];
    let ladder = &mut params.ladder;
    ladder.window_epochs = random.between(1, 6) as u32;
    ladder.downtime_allowance = [0; 3].map(|_| random.ratio(200, 900));
    ladder.failed_job_allowance = random.ratio(0, 500);
    ladder.failed_jobs_min = random.below(10) as u32;
    ladder.penalty_at = random.between(1, 3) as u32;
    ladder.severe_at = ladder.penalty_at + random.below(3) as u32;
    ladder.memory_half_life_epochs = random.between(1, 10) as u32;
    // A penalty may take everything, which empties pools behind a provider that goes on.
    ladder.penalty_slash = match random.below(2) {
        0 => Ratio::ONE,
        _ => random.ratio(0, 20),
    };
    ladder.penalty_forfeit = random.ratio(0, 1_000);
    ladder.severe_slash = random.ratio(0, 60);
    ladder.severe_forfeit = random.ratio(0, 1_000);
    ladder.severe_suspension_epochs = random.between(1, 4) as u32;
    ladder.malicious_slash = random.ratio(0, 500);
    ladder.malicious_jail_epochs = random.between(1, 5) as u32;
    // By a figure that was drawn already: a quarter of the seeds each.
    ladder.slash_order = [
        SlashOrder::Proportional,
        SlashOrder::StakeAlone,
        SlashOrder::OwnFirst,
        SlashOrder::UnbondingFirst,
    ][(ladder.severe_forfeit.parts() % 4) as usize];
    params.recovery.floor = random.ratio(0, 1_000);
    params.recovery.epochs = random.below(5) as u32;
    let [reporter, insurance, burn, treasury] = random.shares();
    params.slash_release = SlashReleaseParams {
        hold_epochs: random.below(5) as u32,
        reporter,
        insurance,
        burn,
        treasury,
    };
}

/// The matrix beside the ladder: mostly the groups' rows, some of the host's own.
pub fn matrix(random: &mut Random, params: &mut Params) {
    let mut rising = |most: u64| {
        let mut shares = [0; 3].map(|_| random.ratio(0, most));
        shares.sort_unstable();
        shares
    };
    let [light, heavy] = [rising(100), rising(400)];
    params.matrix.light_slash = light;
    params.matrix.heavy_slash = heavy;
    params.matrix.false_report_slash = random.ratio(0, 200);
    for rule in &mut params.matrix.groups {
        if random.once_in(4) {
            rule.regime = random.one_of(&[Regime::Graduated, Regime::Immediate, Regime::Scaled]);
            rule.is_correlated = random.once_in(2);
            rule.recovery = random.one_of(&[RecoveryPath::Automatic, RecoveryPath::Review]);
        }
    }
    for row in &mut params.matrix.rows {
        *row = random.once_in(6).then(|| own_row(random));
    }
    params.correlation.gain = random.ratio(0, 5_000);
    let rules = [CorrelationRule::Multiply, CorrelationRule::Add];
    params.correlation.rule = rules[(params.correlation.gain.parts() % 2) as usize];
    params.correlation.cap = random.ratio(1_000, 4_000);
    params.correlation.window_epochs = random.below(8) as u32;
    params.appeal.deposit = Amount::new(u128::from(random.next()) >> random.between(8, 40));
    params.appeal.max_epochs = random.between(1, 5) as u32;
}

fn own_row(random: &mut Random) -> MatrixRow {
    let regime = random.one_of(&[Regime::Graduated, Regime::Immediate, Regime::Scaled]);
    let mut row = MatrixRow {
        regime,
        slash: [0; 3].map(|_| random.ratio(0, 200)),
        forfeit: [0; 3].map(|_| random.ratio(0, 1_000)),
        term_epochs: [0; 3].map(|_| random.below(4) as u32),
        tombstone_at: 0,
        is_correlated: random.once_in(2),
        recovery: random.one_of(&[RecoveryPath::Automatic, RecoveryPath::Review]),
    };
    match regime {
        Regime::Graduated => {
            row.slash[0] = Ratio::ZERO;
            row.forfeit[0] = Ratio::ZERO;
            row.term_epochs[0] = 0;
        }
        Regime::Immediate => row.term_epochs = [0; 3].map(|_| random.between(1, 4) as u32),
        Regime::Scaled => {}
    }
    row
}
