//! Integration tests of the experiment crate: generated files, scenarios from text to inputs, and the system tests, which
//! run whole simulated networks and hold them against closed forms, against a second reader of the books, or against
//! themselves under a change that must not matter.

mod allocation_presets;
mod analytic;
mod cliff;
mod compare;
mod coverage;
mod deep;
mod determinism;
mod extremes;
mod fresh;
mod gate_errors;
mod gates;
mod golden;
mod honest;
mod metamorphic;
mod named_points;
mod network_presets;
mod postings;
mod preset_emission;
mod roles;
mod scenarios;
mod scheduler;
mod search;
mod search_files;
mod self_dealing;
mod sensitivity;
mod shared_fees;
mod snapshot;
mod society;
mod stage;
mod stake_scenarios;
mod staked_presets;
mod swarm;
mod sweep;
mod sweep_files;
mod verification;
mod vesting;
mod watch;
