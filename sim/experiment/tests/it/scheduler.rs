//! The two policies, seen from the rows of jobs alone.

use crate::stage::{Told, minimal, told};

/// A fleet with far more work than it can do, so that queues are long.
fn crowded(policy: &str) -> Told {
    let policy = format!("scheduler.policy={policy}");
    let changes: &[&str] = &[
        "jobs.load.consumer=120 %",
        "jobs.load.datacentre=120 %",
        "jobs.elasticity=0",
        "jobs.trace_scale=60",
        &policy,
    ];
    told(
        &minimal(&[changes]),
        Told {
            with_jobs: true,
            ..Told::default()
        },
    )
    .1
}

/// Pairs of neighbours in the order of submission of which the later one started first, in the same kind group.
fn overtaken(told: &Told) -> usize {
    let count = |group: &str| {
        let mut jobs: Vec<_> = told.jobs.iter().filter(|row| row.group == group).collect();
        jobs.sort_by_key(|row| row.job);
        jobs.windows(2)
            .filter(|pair| pair[1].started_s < pair[0].started_s)
            .count()
    };
    count("consumer") + count("datacentre")
}

#[test]
fn first_come_starts_jobs_in_the_order_of_their_submission_and_backfill_does_not() {
    let (strict, eager) = (crowded("first_come"), crowded("backfill"));
    for told in [&strict, &eager] {
        let waited = told.jobs.iter().filter(|row| row.wait_s > 3600).count();
        assert!(
            waited > 50 && told.jobs.len() > 300,
            "{waited} of {} jobs waited",
            told.jobs.len()
        );
        assert!(
            told.jobs.iter().any(|row| row.source != "trace"),
            "large jobs ran"
        );
    }
    assert_eq!(overtaken(&strict), 0);
    assert!(overtaken(&eager) > 10, "{} overtaken", overtaken(&eager));
}

#[test]
fn backfill_keeps_more_gpus_at_work() {
    let held = |told: &Told| told.epochs.iter().map(|row| row.held_gpu_h).sum::<f64>();
    let (strict, eager) = (held(&crowded("first_come")), held(&crowded("backfill")));
    assert!(eager > strict, "{eager} GPU-hours against {strict}");
}
