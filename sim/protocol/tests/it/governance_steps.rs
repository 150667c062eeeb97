//! The words of the cases: each line of a story as one operation.

use serde_json::Value;
use stakesim_protocol::*;
use units::{Amount, Ratio, TokenPrice};

/// A number, or one in quotes when it may pass 64 bits.
pub fn number(value: &Value) -> u128 {
    match value.as_str() {
        Some(text) => text.parse().unwrap(),
        None => value.as_u64().expect("a number").into(),
    }
}

pub fn id(value: &Value) -> ParticipantId {
    ParticipantId(number(value) as u32)
}

pub fn percent(value: &Value) -> Ratio {
    Ratio::from_percent(number(value) as u64)
}

/// A variant by its name.
fn named<T: serde::de::DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).expect("a variant's name")
}

fn action(step: &Value) -> Action {
    match step["op"].as_str() {
        Some("propose_set") => Action::Set {
            parameter: named(&step["parameter"]),
            value: number(&step["value"]),
        },
        Some("propose_grant") => Action::Grant {
            to: id(&step["to"]),
            amount: Amount::new(number(&step["amount"])),
        },
        _ => Action::Text,
    }
}

/// What a step asks for. Panics on a word that is not in the vocabulary.
pub fn operation(step: &Value, jobs: &[JobId]) -> Operation {
    let who = || id(&step["who"]);
    let amount = || Amount::new(number(&step["amount"]));
    let proposal = || ProposalId(number(&step["proposal"]) as u32);
    match step["op"].as_str().unwrap() {
        "contribute" => Operation::RecordContribution {
            by: who(),
            kind: named(&step["kind"]),
            utility: number(&step["utility"]) as u64,
            quality: percent(&step["quality_percent"]),
        },
        "vouch" => Operation::Vouch {
            participant: who(),
            amount: amount(),
        },
        "unvouch" => Operation::Unvouch {
            participant: who(),
            amount: amount(),
        },
        "claim" => Operation::ClaimContribution { participant: who() },
        "forfeit" => Operation::ForfeitContribution {
            participant: who(),
            share: percent(&step["share_percent"]),
        },
        "withdraw" => Operation::Withdraw { participant: who() },
        "stake" => Operation::UserStake {
            participant: who(),
            amount: amount(),
        },
        "unstake" => Operation::UserUnstake {
            participant: who(),
            amount: amount(),
        },
        "propose_text" | "propose_grant" | "propose_set" => Operation::Propose {
            by: who(),
            action: action(step),
        },
        "vote" => Operation::Vote {
            voter: who(),
            proposal: proposal(),
            choice: named(&step["choice"]),
        },
        "execute" => Operation::Execute {
            proposal: proposal(),
        },
        "halt" => Operation::HaltTrading,
        "resume" => Operation::ResumeTrading,
        "transfer" => Operation::Transfer {
            from: who(),
            to: id(&step["to"]),
            amount: amount(),
        },
        "price" => Operation::ObservePrice {
            price: TokenPrice::from_nano_per_token(number(&step["nano"]) as u64),
        },
        "open_job" => Operation::OpenJob {
            customer: who(),
            group: GroupId(0),
            kind: KindId(0),
            escrow: Amount::new(number(&step["escrow"])),
            region: 0,
            priority: 0,
        },
        // The GPU rents for 10^9 base units an hour: 3600 ns of use cost one.
        "settle" => Operation::SettleJob {
            job: jobs[number(&step["job"]) as usize],
            provider: ProviderId(0),
            usage: number(&step["gross"]) as u64 * 3_600,
        },
        other => panic!("no such step: {other}"),
    }
}
