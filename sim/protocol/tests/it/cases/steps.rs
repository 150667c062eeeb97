//! What a case does: operations by name, waiting, closing epochs, and looking in between.

use serde_json::Value;
use stakesim_protocol::*;
use units::{Amount, Quantity, Ratio, TokenPrice};

use super::{Play, WHY};

const HOUR_NS: u64 = 3_600_000_000_000;

/// Somebody and something that there is not.
const NOBODY: ParticipantId = ParticipantId(u32::MAX);
const NOWHERE: ProviderId = ProviderId(u32::MAX);
const NO_JOB: JobId = JobId(u64::MAX);

impl Play {
    /// Does one step and compares what it answers.
    pub fn take(&mut self, step: &Value) -> Result<(), String> {
        match step["op"].as_str().unwrap() {
            "wait" => {
                self.now += step["ticks"].as_u64().unwrap();
                Ok(())
            }
            "close" => {
                for _ in 0..step["times"].as_u64().unwrap() {
                    self.close()?;
                }
                Ok(())
            }
            "check" => self.expect(step),
            _ => self.operate(step),
        }
    }

    fn close(&mut self) -> Result<(), String> {
        let length = self.protocol.params().epoch_ticks;
        let end = (u64::from(self.protocol.epoch()) + 1) * length;
        self.now = self.now.max(end);
        let summary = self.protocol.end_epoch(Tick(self.now), WHY);
        let fault = summary.audit_fault;
        self.summary = Some(summary);
        fault.map_or(Ok(()), |fault| Err(fault.to_string()))
    }

    fn operate(&mut self, step: &Value) -> Result<(), String> {
        let operation = self.operation(step);
        let result = self.protocol.apply(Tick(self.now), WHY, operation);
        match (step["fails"].as_str(), result) {
            (None, Ok(outcome)) => {
                if let (Some(name), Outcome::JobOpened(job)) = (step["as"].as_str(), &outcome) {
                    self.jobs.insert(name.to_owned(), *job);
                }
                compare(&step["gives"], &outcome)
            }
            (Some(error), Err(found)) => {
                let found = format!("{found:?}");
                let name = found.split([' ', '(']).next().unwrap();
                let same = error == found || error == name;
                same.then_some(()).ok_or(format!("failed with {found}"))
            }
            (_, found) => Err(format!("{found:?}")),
        }
    }

    fn operation(&self, step: &Value) -> Operation {
        let amount = |key: &str| Amount::new(u128::from(step[key].as_u64().unwrap()));
        let provider = |key: &str| {
            let name = step[key].as_str().unwrap();
            self.providers.get(name).copied().unwrap_or(NOWHERE)
        };
        let person = |key: &str| {
            let name = step[key].as_str().unwrap();
            self.people.get(name).copied().unwrap_or(NOBODY)
        };
        let job = || {
            let name = step["job"].as_str().unwrap();
            self.jobs.get(name).copied().unwrap_or(NO_JOB)
        };
        let small = |key: &str| step[key].as_u64().unwrap_or(0) as u8;
        let group = GroupId(0);
        match step["op"].as_str().unwrap() {
            "bond" => Operation::Bond {
                provider: provider("provider"),
                amount: amount("amount"),
            },
            "top_up" => Operation::TopUp {
                provider: provider("provider"),
                amount: amount("amount"),
            },
            "unbond" => Operation::Unbond {
                provider: provider("provider"),
                amount: amount("amount"),
            },
            "exit" => Operation::Exit {
                provider: provider("provider"),
            },
            "withdraw" => Operation::Withdraw {
                participant: person("participant"),
            },
            "set_commission" => Operation::SetCommission {
                provider: provider("provider"),
                commission: Ratio::parse(step["commission"].as_str().unwrap()).unwrap(),
            },
            "delegate" => Operation::Delegate {
                delegator: person("delegator"),
                provider: provider("provider"),
                amount: amount("amount"),
            },
            "undelegate" => Operation::Undelegate {
                delegator: person("delegator"),
                provider: provider("provider"),
                amount: amount("amount"),
            },
            "redelegate" => Operation::Redelegate {
                delegator: person("delegator"),
                from: provider("from"),
                to: provider("to"),
                amount: amount("amount"),
            },
            "user_stake" => Operation::UserStake {
                participant: person("participant"),
                amount: amount("amount"),
            },
            "user_unstake" => Operation::UserUnstake {
                participant: person("participant"),
                amount: amount("amount"),
            },
            "open_job" => Operation::OpenJob {
                customer: person("customer"),
                group,
                kind: KindId(0),
                escrow: amount("escrow"),
                region: small("region"),
                priority: small("priority"),
            },
            "fund_job" => Operation::FundJob {
                job: job(),
                amount: amount("amount"),
            },
            "settle_job" => Operation::SettleJob {
                job: job(),
                provider: provider("provider"),
                usage: step["ns"]
                    .as_u64()
                    .unwrap_or_else(|| step["hours"].as_u64().unwrap() * HOUR_NS),
            },
            "close_job" => Operation::CloseJob { job: job() },
            "fail_job" => Operation::FailJob {
                job: job(),
                provider: provider("provider"),
                loss: amount("loss"),
                is_fault: step["is_fault"].as_bool().unwrap(),
            },
            "load" => Operation::ObserveLoad {
                group,
                busy: step["busy"].as_u64().unwrap(),
                capacity: step["capacity"].as_u64().unwrap(),
            },
            "price" => Operation::ObservePrice {
                price: TokenPrice::parse(step["price"].as_str().unwrap()).unwrap(),
            },
            "report" => self.report(step, provider("provider")),
            other => panic!("no operation {other}"),
        }
    }

    fn report(&self, step: &Value, provider: ProviderId) -> Operation {
        let mut kinds = ViolationKind::ALL.into_iter();
        let kind = kinds
            .find(|kind| step["kind"] == format!("{kind:?}"))
            .unwrap();
        let at = Tick(step["at"].as_u64().unwrap());
        let loss = Amount::ZERO;
        Operation::ReportViolation {
            provider,
            kind,
            at,
            reporter: None,
            victim: None,
            loss,
        }
    }
}

/// The named numbers of an outcome that a step lists.
fn compare(wanted: &Value, outcome: &Outcome) -> Result<(), String> {
    let all = |named: &[(&str, Amount)]| -> Vec<(String, Value)> {
        let number = |amount: &Amount| Value::from(amount.base_units() as u64);
        named
            .iter()
            .map(|(name, amount)| ((*name).to_owned(), number(amount)))
            .collect()
    };
    let mut found = match *outcome {
        Outcome::Unbonding { amount, .. } | Outcome::Redelegated { amount, .. } => {
            all(&[("amount", amount)])
        }
        Outcome::Withdrawn(amount) => all(&[("amount", amount)]),
        Outcome::Settled {
            gross,
            rebate,
            provider,
            platform,
            treasury,
            insurance,
            burned,
        } => all(&[
            ("gross", gross),
            ("rebate", rebate),
            ("provider", provider),
            ("platform", platform),
            ("treasury", treasury),
            ("insurance", insurance),
            ("burned", burned),
        ]),
        Outcome::Closed { refund } => all(&[("refund", refund)]),
        Outcome::Failed { refund, payout } => all(&[("refund", refund), ("payout", payout)]),
        Outcome::Priced(multiplier) => {
            vec![("multiplier".to_owned(), multiplier.to_string().into())]
        }
        _ => Vec::new(),
    };
    if let Outcome::Unbonding { epoch, .. } | Outcome::Redelegated { epoch, .. } = *outcome {
        found.push(("epoch".to_owned(), epoch.into()));
    }
    for (name, value) in wanted.as_object().into_iter().flatten() {
        if !found.contains(&(name.clone(), value.clone())) {
            return Err(format!("wanted {name} {value}, found {found:?}"));
        }
    }
    Ok(())
}
