//! Hand-worked cases of contributions, voting and guards, read from data. The numbers are the paper's, not the code's.
//!
//! A case is `{name, why, given, do, expect}`. *Given*: parameters by path over `base_governance.json`, liquid base units
//! of each participant (`people`), of the `treasury` and the `insurance` pool, the first `price_nano` (none or zero: no price) and whether
//! participant 0 owns a `provider` (registered, without bond or weight). *Do*: one operation a line (see `governance_steps`),
//! with the `error` that it must give. *Expect*: balances and other answers at the end; `check` expects them on the way.

use serde_json::{Map, Value};
use stakesim_protocol::*;
use units::{Amount, Ratio, TokenPrice};

use crate::governance_steps::{id, number, operation, percent};
use crate::host::{DAY, Host, WHY, dollar_an_hour};

fn read(name: &str) -> Value {
    let path = format!("{}/tests/cases/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Sets a parameter by its dotted path; the path must be there.
fn set(params: &mut Value, path: &str, value: &Value) {
    let pointer = format!("/{}", path.replace('.', "/"));
    *params.pointer_mut(&pointer).expect(path) = value.clone();
}

fn params(given: &Value) -> Params {
    let mut params = serde_json::to_value(Params::default()).unwrap();
    let base = read("base_governance");
    let own = given.get("params").and_then(Value::as_object);
    for (path, value) in base
        .as_object()
        .unwrap()
        .iter()
        .chain(own.into_iter().flatten())
    {
        set(&mut params, path, value);
    }
    serde_json::from_value(params).unwrap()
}

struct Story {
    host: Host,
    jobs: Vec<JobId>,
    last: Option<EpochSummary>,
    events: Vec<String>,
}

impl Story {
    fn new(given: &Value) -> Story {
        let protocol = Protocol::new(params(given), &[dollar_an_hour()], 1).unwrap();
        let now = Tick(0);
        let mut host = Host { protocol, now };
        for (index, liquid) in given["people"].as_array().unwrap().iter().enumerate() {
            host.protocol.open_participant();
            mint(
                &mut host,
                Account::Liquid(ParticipantId(index as u32)),
                liquid,
            );
        }
        mint(&mut host, Account::Treasury, &given["treasury"]);
        mint(&mut host, Account::Insurance, &given["insurance"]);
        if let Some(nano @ 1..) = given["price_nano"].as_u64() {
            let price = TokenPrice::from_nano_per_token(nano);
            host.run(Operation::ObservePrice { price });
        }
        if given["provider"] == true {
            host.register(ParticipantId(0), 1, 0);
        }
        let (jobs, last, events) = (Vec::new(), None, Vec::new());
        Story {
            host,
            jobs,
            last,
            events,
        }
    }

    fn close(&mut self) {
        let now = Tick((u64::from(self.host.protocol.epoch()) + 1) * DAY);
        self.host.now = now;
        let summary = self.host.protocol.end_epoch(now, WHY).unwrap();
        assert_eq!(summary.audit_fault, None);
        self.last = Some(summary);
    }

    fn take(&mut self, step: &Value) {
        match step["op"].as_str().unwrap() {
            "close" => (0..step["times"].as_u64().unwrap()).for_each(|_| self.close()),
            "check" => self.expect(step["expect"].as_object().unwrap()),
            _ => self.ask(step),
        }
        let told = self.host.protocol.drain_events().filter_map(tell);
        self.events.extend(told.collect::<Vec<_>>());
    }

    fn ask(&mut self, step: &Value) {
        let before = crate::host::bytes(&self.host.protocol);
        let result = self.host.attempt(operation(step, &self.jobs));
        if let Some(name) = step.get("error").and_then(Value::as_str) {
            let error = format!("{:?}", result.expect_err("must be refused"));
            assert!(
                error.split([' ', '(']).next() == Some(name),
                "{error} for {name}"
            );
            assert_eq!(before, crate::host::bytes(&self.host.protocol));
            return;
        }
        let gives = |key: &str, got: u128| {
            if let Some(want) = step.get(key) {
                assert_eq!(number(want), got, "{key}");
            }
        };
        match result.unwrap() {
            Outcome::JobOpened(job) => self.jobs.push(job),
            Outcome::Claimed(amount) | Outcome::Withdrawn(amount) => {
                gives("gives", amount.base_units());
            }
            Outcome::Contributed { points } => gives("gives", points.into()),
            Outcome::Proposed(proposal) => gives("gives", proposal.0.into()),
            Outcome::Unbonding { amount, epoch } => {
                gives("due", epoch.into());
                gives("amount", amount.base_units());
            }
            Outcome::Forfeited { held_back, vouched } => {
                gives("held_back", held_back.base_units());
                gives("vouched", vouched.base_units());
            }
            Outcome::Settled { gross, .. } => gives("gross", gross.base_units()),
            _ => {}
        }
    }

    fn balance(&self, account: Account) -> Amount {
        self.host.protocol.balance(Asset::Native, account)
    }

    fn expect(&self, expected: &Map<String, Value>) {
        for (key, want) in expected {
            match key.as_str() {
                "reward_pool" => self.holds(key, want, self.balance(Account::RewardPool)),
                "treasury" => self.holds(key, want, self.balance(Account::Treasury)),
                "insurance" => self.holds(key, want, self.balance(Account::Insurance)),
                "deposits" => self.holds(key, want, self.balance(Account::ProposalDeposit)),
                "events" => assert_eq!(want, &Value::from(self.events.clone())),
                "summary" => self.reports(want),
                "params" => self.is_set(want),
                _ => {
                    for (name, want) in want.as_object().unwrap() {
                        self.has(key, name, want);
                    }
                }
            }
        }
    }

    fn holds(&self, key: &str, want: &Value, got: Amount) {
        assert_eq!(number(want), got.base_units(), "{key}");
    }

    fn reports(&self, want: &Value) {
        let got = serde_json::to_value(self.last.as_ref().unwrap()).unwrap();
        for (field, want) in want.as_object().unwrap() {
            assert_eq!(want, &got[field], "summary.{field}");
        }
    }

    fn is_set(&self, want: &Value) {
        let got = serde_json::to_value(self.host.protocol.params()).unwrap();
        for (path, want) in want.as_object().unwrap() {
            let pointer = format!("/{}", path.replace('.', "/"));
            assert_eq!(Some(want), got.pointer(&pointer), "{path}");
        }
    }

    /// One answer about one participant or proposal.
    fn has(&self, key: &str, name: &str, want: &Value) {
        let protocol = &self.host.protocol;
        let number: u32 = name.parse().unwrap();
        let who = ParticipantId(number);
        let amount = match key {
            "liquid" => self.balance(Account::Liquid(who)),
            "unbonded" => self.balance(Account::Unbonded(who)),
            "vouched" => self.balance(Account::Vouched(who)),
            "user_stake" => self.balance(Account::UserStake(who)),
            "claimable" => protocol.claimable_contribution(who),
            "held_back" => protocol.held_back(who),
            "proposals" => {
                let status = protocol.proposal_status(ProposalId(number));
                let status = status.map_or("Over".into(), |status| format!("{status:?}"));
                return assert_eq!(want, &Value::from(status), "proposal {name}");
            }
            _ => panic!("nothing is called {key}"),
        };
        self.holds(&format!("{key} {name}"), want, amount);
    }
}

fn mint(host: &mut Host, to: Account, amount: &Value) {
    if let Some(amount @ 1..) = amount.as_u64() {
        let amount = Amount::new(amount.into());
        host.run(Operation::Genesis { to, amount });
    }
}

/// An event in a few words; none for those of providers.
fn tell(event: ProtocolEvent) -> Option<String> {
    Some(match event {
        ProtocolEvent::Proposed { proposal, .. } => format!("Proposed {}", proposal.0),
        ProtocolEvent::ProposalTallied {
            proposal,
            status,
            votes,
        } => {
            let Votes {
                yes,
                no,
                abstain,
                veto,
            } = votes;
            format!(
                "Tallied {} {status:?} {yes} {no} {abstain} {veto}",
                proposal.0
            )
        }
        ProtocolEvent::ProposalClosed { proposal, status } => {
            format!("Closed {} {status:?}", proposal.0)
        }
        ProtocolEvent::ParameterChanged { proposal, change } => {
            format!(
                "Changed {} {:?} {}",
                proposal.0, change.parameter, change.value
            )
        }
        ProtocolEvent::GuardActed { action } => format!("GuardActed {action:?}"),
        ProtocolEvent::BreakerTripped { in_a_row } => format!("BreakerTripped {in_a_row}"),
        ProtocolEvent::TradingHalted => "TradingHalted".into(),
        ProtocolEvent::TradingResumed => "TradingResumed".into(),
        _ => return None,
    })
}

/// Runs every case of a mechanism and names the ones that disagree.
fn run(mechanism: &str) {
    let cases = read(mechanism);
    let mut wrong = Vec::new();
    for case in cases.as_array().unwrap() {
        let told = std::panic::catch_unwind(|| {
            let mut story = Story::new(&case["given"]);
            for step in case["do"].as_array().unwrap() {
                story.take(step);
            }
            story.expect(case["expect"].as_object().unwrap());
        });
        if told.is_err() {
            wrong.push(case["name"].as_str().unwrap());
        }
    }
    assert!(wrong.is_empty(), "{mechanism}: {wrong:#?}");
    assert!(cases.as_array().unwrap().len() >= 10);
}

#[test]
fn contributions_pay_what_the_paper_says() {
    run("contribution");
}

#[test]
fn hold_backs_come_free_as_the_paper_says() {
    run("hold_back");
}

#[test]
fn proposals_live_as_the_paper_says() {
    run("proposal_life");
}

#[test]
fn votes_weigh_what_the_paper_says() {
    run("voting_rules");
}

#[test]
fn parameters_change_as_the_paper_says() {
    run("parameter_change");
}

#[test]
fn grants_are_paid_as_the_paper_says() {
    run("grant");
}

#[test]
fn guards_act_as_the_paper_says() {
    run("guards");
}

#[test]
fn the_breaker_acts_as_the_paper_says() {
    run("breaker");
}

#[test]
fn a_share_in_percent_is_a_ratio() {
    assert_eq!(percent(&Value::from(50)), Ratio::from_percent(50));
    assert_eq!(id(&Value::from(3)), ParticipantId(3));
}
