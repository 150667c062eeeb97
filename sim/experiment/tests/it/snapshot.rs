//! A run that is saved, restored and gone on with ends as one that was never stopped.

use world::config::Inputs;
use world::event::EventClass;
use world::{Ending, World};

use crate::stage::{Told, minimal, told};

/// Handles events until `is_cut` says so after one, or to the end.
fn go_on(world: &mut World<'_>, observer: &mut Told, mut is_cut: impl FnMut(&World<'_>) -> bool) {
    while let Some(event) = world.pop() {
        world.handle(event);
        if EventClass::of(event.class) == EventClass::EpochClose {
            world.tell(observer);
        }
        if is_cut(world) {
            return;
        }
    }
}

/// The end of a run that is saved and restored where `is_cut` first says so.
fn interrupted(
    inputs: &Inputs,
    seed: u64,
    is_cut: impl FnMut(&World<'_>) -> bool,
) -> (Ending, Told) {
    let mut observer = Told {
        with_postings: true,
        ..Told::default()
    };
    let mut world = World::new(inputs, seed, &observer);
    go_on(&mut world, &mut observer, is_cut);
    let saved = world.snapshot();
    drop(world);
    let mut world = World::restore(inputs, seed, &saved, &observer).expect("a snapshot restores");
    assert!(
        world.snapshot() == saved,
        "a restored world has another snapshot"
    );
    go_on(&mut world, &mut observer, |_| false);
    (world.finish(&mut observer), observer)
}

#[test]
fn a_run_split_at_an_epoch_tells_and_ends_the_same() {
    let scenario = minimal(&[]);
    let (ending, rows) = told(
        &scenario,
        Told {
            with_postings: true,
            ..Told::default()
        },
    );
    for half in [1, 20, 30, 39] {
        let split = interrupted(&scenario.inputs, scenario.seed, |world| {
            world.epoch() == half
        });
        assert_eq!(split.0, ending, "cut after epoch {half}");
        assert!(split.1 == rows, "cut after epoch {half}, the rows differ");
    }
}

#[test]
fn what_verifiers_and_storage_owe_survives_a_split() {
    let roles = [
        "roles.verifier.count=2000",
        "roles.storage.count=2000",
        "verification.challenge_rate=50 %",
        "behaviour.lazy=20 %",
    ];
    let scenario = minimal(&[&roles]);
    let (ending, rows) = told(&scenario, Told::default());
    assert!(rows.roles.iter().any(|row| row.asked > 0));
    let at = ending.events / 2;
    let split = interrupted(&scenario.inputs, scenario.seed, |world| {
        world.events() == at
    });
    assert_eq!(split.0, ending);
}

#[test]
fn a_run_split_between_any_two_events_ends_the_same() {
    let scenario = minimal(&[]);
    let (ending, _) = told(&scenario, Told::default());
    for share in [3, 5, 8] {
        let at = ending.events * share / 9;
        let split = interrupted(&scenario.inputs, scenario.seed, |world| {
            world.events() == at
        });
        assert_eq!(split.0, ending, "cut after event {at}");
    }
}

#[test]
fn bytes_that_are_no_snapshot_are_refused() {
    let scenario = minimal(&[]);
    assert!(
        World::restore(
            &scenario.inputs,
            scenario.seed,
            &[0xff; 40],
            &Told::default()
        )
        .is_err()
    );
}
