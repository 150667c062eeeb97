//! The same scenario and seed give the same run, whatever is observed or audited; another seed gives another one.
//! Thread counts are the command line's tests.

use stakesim_experiment::run::{Audit, Stopped, run};
use world::observe::{Nobody, Observer};

use crate::stage::{Told, minimal, told};

#[test]
fn a_run_repeats_to_the_last_row() {
    let scenario = minimal(&[]);
    let (first, second) = (told(&scenario, Told::all()), told(&scenario, Told::all()));
    assert!(
        first.1.jobs.len() > 100 && first.1.postings.len() > 1000 && !first.1.verdicts.is_empty()
    );
    assert_eq!(first.0, second.0);
    // Not assert_eq: the rows of a failure would fill the terminal.
    assert!(first.1 == second.1, "the rows of two runs differ");
}

#[test]
fn what_is_observed_changes_nothing() {
    let scenario = minimal(&[]);
    let all = told(&scenario, Told::all());
    for (with_jobs, with_postings) in [(false, false), (true, false), (false, true)] {
        let some = told(
            &scenario,
            Told {
                with_jobs,
                with_postings,
                ..Told::default()
            },
        );
        assert_eq!(some.0, all.0, "jobs {with_jobs}, postings {with_postings}");
        assert!(some.1.epochs == all.1.epochs && some.1.providers == all.1.providers);
        assert_eq!(
            (some.1.jobs.is_empty(), some.1.postings.is_empty()),
            (!with_jobs, !with_postings)
        );
    }
}

#[test]
fn when_it_is_audited_changes_nothing() {
    let scenario = minimal(&[]);
    let end = |audit| run(&scenario.inputs, scenario.seed, audit, &mut Nobody).unwrap();
    assert_eq!(end(Audit::Epoch), end(Audit::End));
}

#[test]
fn another_seed_is_another_run() {
    let scenario = minimal(&[]);
    let end = |seed| run(&scenario.inputs, seed, Audit::End, &mut Nobody).unwrap();
    let (one, two) = (end(1), end(2));
    assert_ne!(one.digest, two.digest);
    assert_ne!(one.state_digest, two.state_digest);
}

#[test]
fn an_observer_stops_a_run_at_an_epoch_boundary() {
    struct Impatient(u32);
    impl Observer for Impatient {
        fn progress(&mut self, _now: units::SimTime, _events: u64) -> std::ops::ControlFlow<()> {
            self.0 += 1;
            if self.0 == 3 {
                std::ops::ControlFlow::Break(())
            } else {
                std::ops::ControlFlow::Continue(())
            }
        }
    }
    let scenario = minimal(&[]);
    let mut observer = Impatient(0);
    let stopped = run(&scenario.inputs, scenario.seed, Audit::End, &mut observer);
    assert_eq!((stopped, observer.0), (Err(Stopped::Interrupted), 3));
}
