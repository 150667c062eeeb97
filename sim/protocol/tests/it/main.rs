//! The protocol through its public door: stories with hand arithmetic, and properties of random operations.

mod bonding;
mod bytes;
#[cfg(feature = "canary")]
mod canary;
mod casebook;
mod cases;
mod cases_bonding;
mod cases_conduct;
mod cases_delegation;
mod cases_emission;
mod cases_governance;
mod cases_job_failure;
mod cases_job_settlement;
mod cases_load_price;
mod cases_redelegation;
mod cases_stable_bond;
mod cases_unbonding;
mod cases_user_stake;
mod cases_valuation;
mod cases_verification;
mod cases_vesting;
mod cases_weight;
mod control;
mod delegation;
mod governance_steps;
mod host;
mod jobs;
mod ladder;
mod oracle;
mod order;
mod play;
mod random;
mod random_governance;
mod rewards;
mod swarm;
mod weights;
