//! Searches on a network small enough for a test: the same bytes whatever the threads and the kills, an answer that is known,
//! and combinations that are no scenario.

use std::fs;
use std::path::Path;

use stakesim_experiment::scenario::Overrides;
use stakesim_experiment::search::{Ended, Outcome, Search, write};
use stakesim_experiment::sweep::{Journal, Stop};
use stakesim_experiment::tables::Format;

use crate::watch::{After, FOREVER};

/// What is minted is in proportion to the scheduled emission.
const EMISSION: &str = "[[factors]]\npath = \"protocol.emission.per_epoch\"\nlow = \"1000 token\"\nhigh = \"9000 token\"\n";
const LEAST: &str = "[[objectives]]\nmetric = \"emission.minted\"\ngoal = \"min\"\n";
const WORK: &str = "[[objectives]]\nmetric = \"jobs.goodput\"\n";

fn load(tables: &str, evaluations: u32) -> Search {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("test.toml");
    let text = format!(
        "schema = 1\nname = \"test\"\nscenario = \"minimal\"\nseeds = [1, 2]\nmetrics = [\"emission.minted\"]\n\n[set]\n\
         horizon = \"14 d\"\n\"protocol.emission.rule\" = \"fixed\"\n\n[search]\nevaluations = {evaluations}\npopulation = 5\n\n{tables}"
    );
    fs::write(&file, text).unwrap();
    Search::load(&file, &Overrides::default()).unwrap()
}

/// Goes on with the journal of a path, and stops after so many runs.
fn go_on(search: &Search, journal: &Path, runs: usize) -> Result<Outcome, Stop> {
    let (open, finished) = Journal::open(journal, &search.identity().unwrap()).unwrap();
    search.carry_out(open, finished, &After::runs(runs))
}

fn search(search: &Search) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    go_on(search, &folder.path().join("journal"), FOREVER).unwrap()
}

/// The bytes of all that a search leaves.
fn bytes(outcome: &Outcome) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    write(outcome, folder.path(), Format::Csv).unwrap().unwrap();
    ["search.json", "candidates.csv", "runs.csv"]
        .map(|name| fs::read(folder.path().join(name)).unwrap())
        .to_vec()
}

/// Two factors, two objectives, a gate, ten candidates.
fn trade_off() -> Search {
    let lazy =
        "[[factors]]\npath = \"behaviour.lazy\"\nlow = \"0 %\"\nhigh = \"20 %\"\nsteps = 5\n";
    let gate = "[[gates]]\nmetric = \"jobs.goodput\"\nop = \">=\"\nvalue = 0.5\nwhy = \"test\"\n";
    load(&format!("{EMISSION}{lazy}{LEAST}{WORK}{gate}"), 10)
}

#[test]
fn a_search_gives_the_same_bytes_at_any_thread_count() {
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| bytes(&search(&trade_off())))
    };
    assert_eq!(on(1), on(2));
}

#[test]
fn a_search_that_was_stopped_goes_on_and_repeats_nothing() {
    let whole = search(&trade_off());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut goes = 0;
    loop {
        match go_on(&trade_off(), &path, 9) {
            Ok(outcome) => break assert_eq!(bytes(&outcome), bytes(&whole)),
            Err(stop) => assert!(matches!(stop, Stop::Interrupted), "{stop:?}"),
        }
        goes += 1;
        // A kill in the middle of a line.
        let text = fs::read(&path).unwrap();
        fs::write(&path, &text[..text.len() - 3]).unwrap();
    }
    assert!(goes >= 2, "{goes}");
    let lines = fs::read_to_string(&path).unwrap().lines().count();
    assert_eq!(lines, 1 + whole.runs.len(), "each run once");
}

#[test]
fn a_journal_serves_a_longer_search_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let mut shorter = trade_off();
    shorter.evaluations = 6;
    go_on(&shorter, &path, FOREVER).unwrap();
    let longer = go_on(&trade_off(), &path, FOREVER).unwrap();
    assert_eq!(bytes(&longer), bytes(&search(&trade_off())));
}

#[test]
fn the_least_emission_that_meets_a_gate_is_where_proportion_puts_it() {
    let gate = "[[gates]]\nmetric = \"emission.minted\"\nstat = \"min\"\nop = \">=\"\nvalue = 800\nwhy = \"test\"\n";
    let outcome = search(&load(&format!("{EMISSION}{LEAST}{gate}"), 40));
    let tokens = |at: usize| {
        let text = &outcome.candidates[at].point.settings[0].1;
        text.trim_end_matches(" token").parse::<f64>().unwrap()
    };
    let minted = |at: usize| outcome.candidates[at].found.as_ref().unwrap().objectives[0].value;
    let flip = tokens(0) * 800.0 / minted(0);
    let best = outcome.best().unwrap();
    // The values of a range are a hundredth of it apart, here 80 token: within three of them.
    let off = tokens(best) - flip;
    assert!((0.0..240.0).contains(&off), "{} {flip}", tokens(best));
    assert!(outcome.candidates.len() <= 40);
    assert_eq!(outcome.front, [best]);
    assert_eq!(outcome.search.fresh_seeds, [3, 4]);
    assert!(outcome.runs.iter().all(|run| (1..=4).contains(&run.seed)));
}

#[test]
fn a_combination_that_is_no_scenario_is_infeasible_and_no_error() {
    // The shares of the fees sum to one with 5 % burned only.
    let burn = "[[factors]]\npath = \"protocol.fees.burn\"\nvalues = [\"5 %\", \"8 %\"]\n";
    let outcome = search(&load(&format!("{EMISSION}steps = 3\n{burn}{LEAST}"), 10));
    assert_eq!(outcome.ended, Ended::Exhausted);
    assert_eq!((outcome.candidates.len(), outcome.unmeasured()), (6, 3));
    assert_eq!(outcome.feasible(), 3);
    let refused = outcome.candidates[1].found.as_ref().unwrap_err().reason();
    assert!(refused.starts_with("refused: protocol.fees"), "{refused}");
    assert_eq!(
        outcome.runs.len(),
        3 * 2 + 2,
        "nothing is run for the refused"
    );
}

#[test]
fn a_candidate_whose_runs_end_early_is_infeasible_and_the_others_go_on() {
    let price =
        "[[factors]]\npath = \"market.price\"\nvalues = [\"0.3 USD/token\", \"0.001 USD/token\"]\n";
    let asked = load(&format!("{EMISSION}steps = 2\n{price}{LEAST}"), 10);
    let outcome = search(&asked);
    let failed = |at: usize| outcome.candidates[at].found.is_err();
    assert_eq!([0, 1, 2, 3].map(failed), [false, true, false, true]);
    let reason = outcome.candidates[1].found.as_ref().unwrap_err().reason();
    assert!(
        reason.contains("more coins than the market holds"),
        "{reason}"
    );
    assert_eq!(outcome.runs.len(), 2 * 2 + 2);
    assert_eq!(bytes(&outcome), bytes(&search(&asked)));
}

#[test]
fn without_a_feasible_candidate_the_nearest_is_told() {
    let gate =
        "[[gates]]\nmetric = \"emission.minted\"\nop = \">=\"\nvalue = 1e9\nwhy = \"test\"\n";
    let outcome = search(&load(&format!("{EMISSION}steps = 4\n{LEAST}{gate}"), 10));
    assert!(outcome.front.is_empty() && outcome.confirmed().next().is_none());
    let nearest = &outcome.candidates[outcome.nearest.unwrap()];
    assert_eq!(nearest.point.settings[0].1, "9000 token");
    assert!(outcome.sentence().starts_with("NONE"));
    assert_eq!(outcome.gate_rows().len(), 1);
}
